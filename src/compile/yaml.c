/*
 * YAML to records.  Which keys a mapping may have, which it must have, and
 * what becomes of each value stands in the schema of its section.
 */
#include <stdio.h>
#include <yaml.h>

#include "base/buf.h"
#include "compile/files.h"
#include "compile/load.h"

#include "base/banned.h"

/* Deeper than any record of the schema nests. */
#define NEST_MAX 8

struct loader {
	struct compiler *c;
	yaml_document_t doc;
	struct ww_buf path; /* where we are, as the translators' context */
};

static void compile_record(struct loader *l, yaml_node_t *node,
			   enum ww_section section, uint32_t *words,
			   unsigned depth);

static void
at_node(struct loader *l, const yaml_node_t *node)
{
	l->c->problems.line = (unsigned)node->start_mark.line + 1;
}

static struct ww_slice
scalar_of(const yaml_node_t *node)
{
	return ww_slice_trim(ww_slice_of((const char *)node->data.scalar.value,
					 node->data.scalar.length));
}

/* Enter a part of the path; returns where it was, for leave(). */
static size_t
enter(struct loader *l, struct ww_slice part)
{
	size_t before = l->path.len;

	ww_buf_char(&l->path, '/');
	ww_buf_add(&l->path, part);
	return before;
}

static void
leave(struct loader *l, size_t before)
{
	l->path.len = before;
}

static yaml_node_t *
member(struct loader *l, yaml_node_t *map, const char *key)
{
	yaml_node_pair_t *pair = map->data.mapping.pairs.start;

	for (; pair < map->data.mapping.pairs.top; pair++) {
		yaml_node_t *k = yaml_document_get_node(&l->doc, pair->key);

		if (k->type == YAML_SCALAR_NODE &&
		    ww_slice_eq(scalar_of(k), ww_slice_cstr(key)))
			return yaml_document_get_node(&l->doc, pair->value);
	}
	return NULL;
}

static bool
known_key(const struct ww_schema *schema, struct ww_slice key)
{
	for (size_t i = 0; i < schema->n_fields; i++)
		if (schema->fields[i].key != NULL &&
		    ww_slice_eq(ww_slice_cstr(schema->fields[i].key), key))
			return true;
	return false;
}

static void
reject_unknown_keys(struct loader *l, yaml_node_t *map,
		    const struct ww_schema *schema)
{
	yaml_node_pair_t *pair = map->data.mapping.pairs.start;

	for (; pair < map->data.mapping.pairs.top; pair++) {
		yaml_node_t *k = yaml_document_get_node(&l->doc, pair->key);
		struct ww_slice key = k->type == YAML_SCALAR_NODE
					  ? scalar_of(k)
					  : WW_LIT("(not a word)");

		if (known_key(schema, key))
			continue;
		at_node(l, k);
		problem(&l->c->problems, "%s has no key \"%.*s\"", schema->name,
			(int)key.len, key.p);
	}
}

static uint32_t
compile_enum(struct loader *l, struct ww_slice word, unsigned list)
{
	const char *const *words = ww_words_of((enum ww_words)list);

	for (uint32_t i = 0; words[i] != NULL; i++)
		if (ww_slice_eq(ww_slice_cstr(words[i]), word))
			return i;
	problem(&l->c->problems, "\"%.*s\" is none of the words for it",
		(int)word.len, word.p);
	return 0;
}

static uint32_t
compile_num(struct loader *l, struct ww_slice digits)
{
	uint32_t v = 0;

	for (size_t i = 0; i < digits.len; i++) {
		if (!ww_is_digit(digits.p[i]) || v > 99999) {
			problem(&l->c->problems,
				"\"%.*s\" is no number up to 999999",
				(int)digits.len, digits.p);
			return 0;
		}
		v = v * 10 + (uint32_t)(digits.p[i] - '0');
	}
	return v;
}

static uint32_t
compile_ref(struct loader *l, struct ww_slice id, enum ww_section target)
{
	uint32_t found = find_id(l->c, target, id);

	if (found == 0)
		problem(&l->c->problems, "no %s has the id \"%.*s\"",
			ww_schema_of(target)->name, (int)id.len, id.p);
	return found;
}

static uint32_t
compile_scalar(struct loader *l, yaml_node_t *node,
	       const struct ww_field *field)
{
	struct ww_slice s;

	if (node->type != YAML_SCALAR_NODE) {
		problem(&l->c->problems, "\"%s\" takes one text", field->key);
		return 0;
	}
	s = scalar_of(node);
	if (s.len > UINT16_MAX) {
		problem(&l->c->problems, "text of %zu bytes, at most %u", s.len,
			UINT16_MAX);
		return 0;
	}
	if (s.len == 0)
		problem(&l->c->problems, "\"%s\" is empty", field->key);
	switch (field->kind) {
	case WW_KIND_NUM:
		return compile_num(l, s);
	case WW_KIND_ENUM:
		return compile_enum(l, s, field->target);
	case WW_KIND_STR:
		return image_str(&l->c->image, s);
	case WW_KIND_TEXT:
		return image_text(&l->c->image, ww_buf_slice(&l->path), s);
	default:
		return compile_ref(l, s, (enum ww_section)field->target);
	}
}

/* Items of a list; a single mapping counts as a list of one. */
static size_t
count_items(const yaml_node_t *node)
{
	if (node->type != YAML_SEQUENCE_NODE)
		return 1;
	return (size_t)(node->data.sequence.items.top -
			node->data.sequence.items.start);
}

static yaml_node_t *
item_at(struct loader *l, yaml_node_t *node, size_t i)
{
	if (node->type != YAML_SEQUENCE_NODE)
		return node;
	return yaml_document_get_node(&l->doc,
				      node->data.sequence.items.start[i]);
}

/* What a list item is called in the path: its id, or its number from 1. */
static struct ww_slice
item_name(struct loader *l, yaml_node_t *item, size_t i)
{
	struct ww_buf name = ww_buf_in(l->c->arena);
	yaml_node_t *id =
	    item->type == YAML_MAPPING_NODE ? member(l, item, "id") : NULL;

	if (id != NULL && id->type == YAML_SCALAR_NODE)
		return scalar_of(id);
	ww_buf_decimal(&name, (int64_t)i + 1);
	return ww_buf_slice(&name);
}

static void
compile_list(struct loader *l, yaml_node_t *node, enum ww_section target,
	     uint32_t ret[2], unsigned depth)
{
	size_t n = count_items(node);
	unsigned width = ww_schema_of(target)->width;
	uint32_t *words =
	    ww_arena_array(l->c->arena, n * width, sizeof(*words));

	for (size_t i = 0; i < n; i++) {
		yaml_node_t *item = item_at(l, node, i);
		size_t before = l->path.len;

		if (node->type == YAML_SEQUENCE_NODE)
			enter(l, item_name(l, item, i));
		compile_record(l, item, target, words + i * width, depth + 1);
		leave(l, before);
	}
	/* Children first, so that a record's children stand side by side. */
	ret[0] = image_append(&l->c->image, target, words, (uint32_t)n);
	ret[1] = (uint32_t)n;
}

static void
compile_ids(struct loader *l, yaml_node_t *node, enum ww_section target,
	    uint32_t ret[2])
{
	size_t n = count_items(node);
	uint32_t *ids = ww_arena_array(l->c->arena, n, sizeof(*ids));

	for (size_t i = 0; i < n; i++) {
		yaml_node_t *item = item_at(l, node, i);
		uint32_t found;

		at_node(l, item);
		if (item->type != YAML_SCALAR_NODE) {
			problem(&l->c->problems, "a list of ids is expected");
			continue;
		}
		found = compile_ref(l, scalar_of(item), target);
		ids[i] = found == 0 ? 0 : found - 1;
	}
	ret[0] = image_ids(&l->c->image, ids, (uint32_t)n);
	ret[1] = (uint32_t)n;
}

static void
compile_field(struct loader *l, yaml_node_t *node, const struct ww_field *field,
	      uint32_t *words, unsigned depth)
{
	enum ww_section target = (enum ww_section)field->target;

	at_node(l, node);
	switch (field->kind) {
	case WW_KIND_LIST:
		compile_list(l, node, target, words + field->at, depth);
		break;
	case WW_KIND_IDS:
		compile_ids(l, node, target, words + field->at);
		break;
	default:
		words[field->at] = compile_scalar(l, node, field);
		return;
	}
	if (field->needed && words[field->at + 1] == 0)
		problem(&l->c->problems, "\"%s\" is empty", field->key);
}

static void
compile_mapping(struct loader *l, yaml_node_t *map,
		const struct ww_schema *schema, uint32_t *words, unsigned depth)
{
	reject_unknown_keys(l, map, schema);
	for (size_t i = 0; i < schema->n_fields; i++) {
		const struct ww_field *field = &schema->fields[i];
		yaml_node_t *value;
		size_t before;

		if (field->key == NULL)
			continue;
		value = member(l, map, field->key);
		if (value == NULL) {
			at_node(l, map);
			if (field->needed)
				problem(&l->c->problems, "%s needs \"%s\"",
					schema->name, field->key);
			continue;
		}
		before = enter(l, ww_slice_cstr(field->key));
		compile_field(l, value, field, words, depth);
		leave(l, before);
	}
}

static void
compile_record(struct loader *l, yaml_node_t *node, enum ww_section section,
	       uint32_t *words, unsigned depth)
{
	const struct ww_schema *schema = ww_schema_of(section);

	at_node(l, node);
	if (depth > NEST_MAX) {
		problem(&l->c->problems, "nested deeper than %d", NEST_MAX);
		return;
	}
	/* A record whose only key is "" is written as its value alone. */
	if (schema->fields[0].key != NULL && schema->fields[0].key[0] == '\0')
		words[0] = compile_scalar(l, node, &schema->fields[0]);
	else if (node->type == YAML_MAPPING_NODE)
		compile_mapping(l, node, schema, words, depth);
	else
		problem(&l->c->problems, "%s takes keys and values",
			schema->name);
}

/* The folder or file name that starts every context of a section. */
static struct ww_slice
section_name(enum ww_section section)
{
	switch (section) {
	case WW_S_FAMILY:
		return WW_LIT("family");
	case WW_S_CONTEXT:
		return WW_LIT("context");
	case WW_S_STEP:
		return WW_LIT("step");
	case WW_S_TOPIC:
		return WW_LIT("topic");
	case WW_S_SYMPTOM:
		return WW_LIT("symptom");
	case WW_S_LOG_KIND:
		return WW_LIT("log");
	case WW_S_EPISODE_KIND:
		return WW_LIT("episode");
	case WW_S_SIGNATURE:
		return WW_LIT("signature");
	case WW_S_STOP:
		return WW_LIT("stop");
	case WW_S_EVENT_KIND:
		return WW_LIT("event");
	case WW_S_TROUBLE:
		return WW_LIT("trouble");
	case WW_S_PROBE_STEP:
		return WW_LIT("probe-step");
	default:
		return WW_LIT("source");
	}
}

/* A file of its own is found by the id it holds: foo.yaml holds foo. */
static void
check_file_name(struct loader *l, enum ww_section section, struct ww_slice id)
{
	const char *name = strrchr(l->c->problems.file, '/');
	struct ww_slice stem;

	if (name == NULL || (section != WW_S_TOPIC && section != WW_S_FAMILY))
		return;
	stem = ww_slice_cstr(name + 1);
	stem.len -= sizeof(".yaml") - 1;
	if (!ww_slice_eq(stem, id))
		problem(&l->c->problems,
			"holds the id \"%.*s\", not its own name", (int)id.len,
			id.p);
}

static void
compile_document(struct loader *l, enum ww_section section)
{
	yaml_node_t *root = yaml_document_get_root_node(&l->doc);
	unsigned width = ww_schema_of(section)->width;
	size_t n;

	if (root == NULL) {
		problem(&l->c->problems, "is empty");
		return;
	}
	n = count_items(root);
	for (size_t i = 0; i < n; i++) {
		yaml_node_t *item = item_at(l, root, i);
		uint32_t *words =
		    ww_arena_array(l->c->arena, width, sizeof(*words));

		l->path.len = 0;
		ww_buf_add(&l->path, section_name(section));
		check_file_name(l, section, item_name(l, item, i));
		enter(l, item_name(l, item, i));
		compile_record(l, item, section, words, 0);
		image_append(&l->c->image, section, words, 1);
	}
}

void
load_yaml(struct compiler *c, const char *path, enum ww_section section)
{
	struct loader l = { .c = c, .path = ww_buf_in(c->arena) };
	struct ww_slice text = file_read(c->arena, path, &c->problems);
	yaml_parser_t parser;

	c->problems.file = path;
	c->problems.line = 0;
	if (text.len == 0) {
		problem(&c->problems, "is empty");
		return;
	}
	if (!yaml_parser_initialize(&parser)) {
		problem(&c->problems, "no memory for the YAML parser");
		return;
	}
	yaml_parser_set_input_string(&parser, (const unsigned char *)text.p,
				     text.len);
	if (yaml_parser_load(&parser, &l.doc)) {
		compile_document(&l, section);
		yaml_document_delete(&l.doc);
	} else {
		c->problems.line = (unsigned)parser.problem_mark.line + 1;
		problem(&c->problems, "%s", parser.problem);
	}
	yaml_parser_delete(&parser);
}

void
load_yaml_dir(struct compiler *c, const char *name, enum ww_section section)
{
	struct file_list list =
	    file_list(c->arena, file_path(c->arena, c->dir, name), ".yaml",
		      &c->problems);

	for (size_t i = 0; i < list.n; i++)
		load_yaml(c, list.paths[i], section);
}
