/*
 * The tables of the knowledge: facilities and codes.  Rows are collected from
 * all files first, since a catalogue holds its codes sorted by value.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "code/number.h"
#include "compile/files.h"
#include "compile/load.h"
#include "compile/table.h"

#include "base/banned.h"

#define ROWS_MAX 65536

struct row {
	uint32_t value;
	uint32_t family;     /* record number */
	uint32_t prominence; /* of the family */
	uint32_t flags;
	struct ww_slice family_id;
	struct ww_slice name, origin, meaning, reviewed;
	uint32_t sources[2]; /* place and count in WW_S_ID */
};

struct rows {
	struct row *p;
	size_t n;
};

static uint32_t
parse_value(struct problems *problems, struct ww_slice s)
{
	uint32_t v = 0;
	bool good = s.len == 8;

	for (size_t i = 0; good && i < s.len; i++) {
		good = ww_hex_value(s.p[i]) >= 0 && s.p[i] <= 'F';
		v = v << 4 | (uint32_t)(ww_hex_value(s.p[i]) & 15);
	}
	if (!good)
		problem(problems,
			"\"%.*s\" is not eight upper-case hexadecimal digits",
			(int)s.len, s.p);
	return v;
}

static uint32_t
parse_flags(struct problems *problems, struct ww_slice list)
{
	uint32_t flags = 0;

	while (list.len > 0) {
		struct ww_slice word = ww_slice_item(&list);
		unsigned i = 0;

		while (ww_code_flags[i] != NULL &&
		       !ww_slice_eq(ww_slice_cstr(ww_code_flags[i]), word))
			i++;
		if (ww_code_flags[i] == NULL)
			problem(problems, "no flag is called \"%.*s\"",
				(int)word.len, word.p);
		else
			flags |= 1u << i;
	}
	return flags;
}

static void
parse_sources(struct compiler *c, struct ww_slice list, uint32_t ret[2])
{
	uint32_t ids[32], n = 0;

	while (list.len > 0 && n < WW_ARRAY_LEN(ids)) {
		struct ww_slice id = ww_slice_item(&list);
		uint32_t found = find_id(c, WW_S_SOURCE, id);

		if (found == 0)
			problem(&c->problems, "no source has the id \"%.*s\"",
				(int)id.len, id.p);
		else
			ids[n++] = found - 1;
	}
	if (n == 0)
		problem(&c->problems, "the row has no source");
	ret[0] = image_ids(&c->image, ids, n);
	ret[1] = n;
}

/* "-" in the name column: the number has no public name. */
static struct ww_slice
parse_name(struct ww_slice cell)
{
	return ww_slice_eq(cell, WW_LIT("-")) ? (struct ww_slice){ 0 } : cell;
}

static void
read_code_file(struct compiler *c, struct ww_slice family_id,
	       struct ww_slice text, struct rows *rows)
{
	static const char heading[] =
	    "value\tname\torigin\tmeaning\tflags\tsources\treviewed";
	uint32_t family = find_id(c, WW_S_FAMILY, family_id);
	struct table t;

	if (family == 0) {
		problem(&c->problems, "families/ has no file for this family");
		return;
	}
	table_start(&t, text, heading, &c->problems);
	while (table_next(&t) && rows->n < ROWS_MAX) {
		struct row *row = &rows->p[rows->n++];

		*row = (struct row){
			.value = parse_value(&c->problems, t.cells[0]),
			.family = family - 1,
			.prominence =
			    image_get(&c->image, WW_S_FAMILY, family - 1,
				      WW_FAMILY_PROMINENCE),
			.family_id = family_id,
			.name = parse_name(t.cells[1]),
			.origin = t.cells[2],
			.meaning = t.cells[3],
			.flags = parse_flags(&c->problems, t.cells[4]),
			.reviewed = t.cells[6],
		};
		parse_sources(c, t.cells[5], row->sources);
	}
}

/* Best known family first among the names of one value. */
static int
compare_rows(const void *a, const void *b)
{
	const struct row *ra = a, *rb = b;

	if (ra->value != rb->value)
		return ra->value < rb->value ? -1 : 1;
	if (ra->prominence != rb->prominence)
		return ra->prominence > rb->prominence ? -1 : 1;
	if (ra->family != rb->family)
		return ra->family < rb->family ? -1 : 1;
	if ((ra->flags ^ rb->flags) & WW_FLAG_DEPRECATED)
		return ra->flags & WW_FLAG_DEPRECATED ? 1 : -1;
	if ((ra->meaning.len > 0) != (rb->meaning.len > 0))
		return ra->meaning.len > 0 ? -1 : 1;
	return ww_slice_casecmp(ra->name, rb->name);
}

static bool
rule_holds(const struct image *image, uint32_t rule, const struct row *row)
{
	struct ww_slice origin =
	    image_str_at(image, image_get(image, WW_S_SPACE_RULE, rule,
					  WW_SPACE_RULE_ORIGIN));
	/* The word list has "any" before the four severities. */
	uint32_t severity =
	    image_get(image, WW_S_SPACE_RULE, rule, WW_SPACE_RULE_SEVERITY);
	struct ww_ntstatus status = { .v = row->value };

	return (origin.len == 0 || ww_slice_eq(origin, row->origin)) &&
	       (severity == 0 || severity == ww_ntstatus_severity(status) + 1u);
}

static uint32_t
space_of(const struct image *image, const struct row *row)
{
	uint32_t first =
	    image_get(image, WW_S_FAMILY, row->family, WW_FAMILY_SPACES);
	uint32_t n =
	    image_get(image, WW_S_FAMILY, row->family, WW_FAMILY_SPACES + 1);

	for (uint32_t i = first; i < first + n; i++)
		if (rule_holds(image, i, row))
			return image_get(image, WW_S_SPACE_RULE, i,
					 WW_SPACE_RULE_SPACE);
	return image_get(image, WW_S_FAMILY, row->family, WW_FAMILY_SPACE);
}

/* code/<family>/<value>/<name> */
static struct ww_slice
meaning_context(struct compiler *c, const struct row *row)
{
	struct ww_buf buf = ww_buf_in(c->arena);

	ww_buf_add(&buf, WW_LIT("code/"));
	ww_buf_add(&buf, row->family_id);
	ww_buf_char(&buf, '/');
	ww_buf_hex(&buf, row->value, 8);
	ww_buf_char(&buf, '/');
	ww_buf_add(&buf, row->name);
	return ww_buf_slice(&buf);
}

static void
add_code(struct compiler *c, const struct row *row)
{
	struct image *im = &c->image;
	uint32_t r = image_add(im, WW_S_CODE);

	image_set(im, WW_S_CODE, r, WW_CODE_VALUE, row->value);
	image_set(im, WW_S_CODE, r, WW_CODE_SPACE, space_of(im, row));
	image_set(im, WW_S_CODE, r, WW_CODE_FAMILY, row->family + 1);
	image_set(im, WW_S_CODE, r, WW_CODE_NAME, image_str(im, row->name));
	image_set(im, WW_S_CODE, r, WW_CODE_ORIGIN, image_str(im, row->origin));
	image_set(im, WW_S_CODE, r, WW_CODE_MEANING,
		  image_text(im, meaning_context(c, row), row->meaning));
	image_set(im, WW_S_CODE, r, WW_CODE_FLAGS, row->flags);
	image_set(im, WW_S_CODE, r, WW_CODE_SOURCES, row->sources[0]);
	image_set(im, WW_S_CODE, r, WW_CODE_SOURCES + 1, row->sources[1]);
	image_set(im, WW_S_CODE, r, WW_CODE_REVIEWED,
		  image_str(im, row->reviewed));
}

static int
compare_names(const void *a, const void *b)
{
	const struct row *const *ra = a, *const *rb = b;

	return ww_slice_casecmp((*ra)->name, (*rb)->name);
}

/*
 * Names that are compared one after the other lie side by side in the heap, so
 * that the last steps of a search stay within a page.
 */
static void
place_names(struct compiler *c, const struct rows *rows)
{
	const struct row **sorted =
	    ww_arena_array(c->arena, rows->n + 1, sizeof(void *));

	for (size_t i = 0; i < rows->n; i++)
		sorted[i] = &rows->p[i];
	qsort(sorted, rows->n, sizeof(void *), compare_names);
	for (size_t i = 0; i < rows->n; i++)
		image_str(&c->image, sorted[i]->name);
}

/* codes/wu.tsv is of the family wu. */
static struct ww_slice
family_of_path(const char *path)
{
	const char *name = strrchr(path, '/') + 1;

	return ww_slice_of(name, strlen(name) - sizeof(".tsv") + 1);
}

void
load_codes(struct compiler *c)
{
	struct file_list list =
	    file_list(c->arena, file_path(c->arena, c->dir, "codes"), ".tsv",
		      &c->problems);
	struct rows rows = { .p = ww_arena_array(c->arena, ROWS_MAX,
						 sizeof(*rows.p)) };

	for (size_t i = 0; i < list.n; i++) {
		struct ww_slice text =
		    file_read(c->arena, list.paths[i], &c->problems);

		c->problems.file = list.paths[i];
		c->problems.line = 0;
		read_code_file(c, family_of_path(list.paths[i]), text, &rows);
	}
	if (rows.n == ROWS_MAX)
		problem(&c->problems, "more than %d codes", ROWS_MAX - 1);
	qsort(rows.p, rows.n, sizeof(*rows.p), compare_rows);
	place_names(c, &rows);
	for (size_t i = 0; i < rows.n; i++)
		add_code(c, &rows.p[i]);
}

static uint32_t
parse_facility_kind(struct problems *problems, struct ww_slice word)
{
	const char *const *words = ww_words_of(WW_WORDS_SPACE);

	for (uint32_t i = 0; i < 2; i++)
		if (ww_slice_eq(ww_slice_cstr(words[i]), word))
			return i;
	problem(problems, "\"%.*s\" is neither hresult nor ntstatus",
		(int)word.len, word.p);
	return 0;
}

static uint32_t
parse_number(struct problems *problems, struct ww_slice s)
{
	uint32_t v = 0;
	bool good = s.len > 0 && s.len <= 5;

	for (size_t i = 0; good && i < s.len; i++) {
		good = ww_is_digit(s.p[i]);
		v = v * 10 + (uint32_t)(s.p[i] - '0');
	}
	if (!good)
		problem(problems, "\"%.*s\" is no decimal number", (int)s.len,
			s.p);
	return v;
}

static void
add_facility(struct compiler *c, const struct table *t)
{
	struct image *im = &c->image;
	struct ww_buf context = ww_buf_in(c->arena);
	uint32_t number = parse_number(&c->problems, t->cells[1]);
	uint32_t r = image_add(im, WW_S_FACILITY);

	ww_buf_add(&context, WW_LIT("facility/"));
	ww_buf_add(&context, t->cells[0]);
	ww_buf_char(&context, '/');
	ww_buf_add(&context, t->cells[2]);
	image_set(im, WW_S_FACILITY, r, WW_FACILITY_KIND,
		  parse_facility_kind(&c->problems, t->cells[0]));
	image_set(im, WW_S_FACILITY, r, WW_FACILITY_NUMBER, number);
	image_set(im, WW_S_FACILITY, r, WW_FACILITY_NAME,
		  image_str(im, parse_name(t->cells[2])));
	image_set(im, WW_S_FACILITY, r, WW_FACILITY_TITLE,
		  image_text(im, ww_buf_slice(&context), t->cells[3]));
}

void
load_facilities(struct compiler *c)
{
	const char *path = file_path(c->arena, c->dir, "facilities.tsv");
	struct ww_slice text = file_read(c->arena, path, &c->problems);
	struct table t;

	c->problems.file = path;
	table_start(&t, text, "kind\tnumber\tname\ttitle\tsources",
		    &c->problems);
	while (table_next(&t))
		add_facility(c, &t);
}
