#include "input/evtx/template.h"

#include "base/bytes.h"
#include "base/compiler.h"
#include "base/message.h"
#include "base/utf8.h"
#include "input/evtx/value.h"

#include "base/banned.h"

/* Tokens; the bit MORE says that others follow. */
enum token {
	END_OF_STREAM,
	OPEN_ELEMENT,
	CLOSE_START,
	CLOSE_EMPTY,
	CLOSE_ELEMENT,
	VALUE,
	ATTRIBUTE,
	CDATA,
	CHARACTER,
	ENTITY,
	INSTRUCTION,
	INSTRUCTION_DATA,
	INSTANCE,
	SLOT,
	OPTIONAL_SLOT,
	FRAGMENT,
	MORE = 0x40
};

#define NAME_HEADER ((size_t)8) /* next name, hash, length */

/* In bytes; real ones have some 60 characters. */
#define NAME_MAX ((size_t)2048)

struct compiling {
	struct ww_evtx_compiler *c;
	size_t start, at, end;
	bool dependencies; /* elements have a dependency id */
	bool known;	   /* whether they have was seen */
	uint32_t open[WW_EVTX_DEPTH_MAX];
	unsigned depth;
	bool done;
	bool in_start; /* of an element: attributes may follow */
	bool in_attribute;
	uint32_t attribute;
	bool joins; /* text goes on with the text before it */
	const char *why;
};

/* The pool */

struct ww_evtx_block {
	struct ww_evtx_block *next;
	size_t size;
	char *bytes;
};

#define BLOCK_SIZE ((size_t)64 * 1024)

/* Sizes are powers of two, so that a block that was outgrown fits again. */
static struct ww_evtx_block *
new_block(struct ww_arena *arena, size_t size)
{
	struct ww_evtx_block *block = ww_arena_new(arena, struct ww_evtx_block);

	block->size = BLOCK_SIZE;
	while (block->size < size)
		block->size *= 2;
	block->bytes = ww_arena_alloc(arena, block->size);
	return block;
}

/* The first free block that is large enough, or a new one, comes next. */
static void
enter_block(struct ww_evtx_pool *pool, size_t size)
{
	struct ww_evtx_block **next =
	    pool->at == NULL ? &pool->first : &pool->at->next;
	struct ww_evtx_block **fit = next, *block;

	while (*fit != NULL && (*fit)->size < size)
		fit = &(*fit)->next;
	block = *fit;
	if (block != NULL)
		*fit = block->next;
	else
		block = new_block(pool->arena, size);
	block->next = *next;
	*next = block;
	pool->at = block;
	pool->used = 0;
	pool->total += block->size;
}

void *
ww_evtx_pool_alloc(struct ww_evtx_pool *pool, size_t size)
{
	char *p;

	size = (size + 15) & ~(size_t)15;
	if (pool->at == NULL || size > pool->at->size - pool->used)
		enter_block(pool, size);
	p = pool->at->bytes + pool->used;
	pool->used += size;
	return memset(p, 0, size);
}

void
ww_evtx_pool_reset(struct ww_evtx_pool *pool)
{
	pool->at = NULL;
	pool->used = 0;
	pool->total = 0;
}

/* Reading */

static bool
fail(struct compiling *k, const char *why)
{
	if (k->why == NULL)
		k->why = why;
	return false;
}

static bool
has(struct compiling *k, size_t n)
{
	return n <= k->end - k->at ||
	       fail(k, N_("its binary XML ends too early (byte {at})"));
}

static bool
spend(struct compiling *k, size_t n)
{
	*k->c->budget -= (int64_t)n;
	return *k->c->budget >= 0 || fail(k, N_("the records of its chunk are "
						"too much work (byte {at})"));
}

/* Memory counts as work: there is no more of it than of that. */
static void *
take_memory(struct compiling *k, size_t size)
{
	*k->c->budget -= (int64_t)(size / 16);
	return ww_evtx_pool_alloc(k->c->pool, size);
}

static struct ww_evtx_node *
add_node(struct compiling *k, enum ww_evtx_node_kind kind)
{
	struct ww_evtx_node *node;

	if (k->c->n_nodes == WW_EVTX_NODES_MAX) {
		fail(k, N_("its binary XML is too long (byte {at})"));
		return NULL;
	}
	node = &k->c->nodes[k->c->n_nodes++];
	*node = (struct ww_evtx_node){ .kind = (uint8_t)kind,
				       .end = k->c->n_nodes };
	return node;
}

static struct ww_slice
pool_utf16(struct compiling *k, const uint8_t *p, size_t len)
{
	/* Plain text: a unit becomes at most three bytes, never six. */
	size_t cap = len / 2 * 6 + 1;
	struct ww_evtx_out out = { .p = take_memory(k, cap), .cap = cap };

	ww_evtx_put_utf16(&out, p, len, WW_EVTX_PLAIN);
	return ww_slice_of(out.p, out.len);
}

static struct ww_slice
pool_join(struct compiling *k, const struct ww_slice *parts, size_t n)
{
	struct ww_evtx_out out = { .cap = 0 };

	for (size_t i = 0; i < n; i++)
		out.cap += parts[i].len;
	out.p = take_memory(k, out.cap + 1);
	for (size_t i = 0; i < n; i++)
		ww_evtx_add(&out, parts[i]);
	return ww_slice_of(out.p, out.len);
}

/* Names */

/* Characters of names in XML 1.0, without the colon; the first of them. */
static const struct {
	uint32_t from, to;
	bool inside; /* not at the start */
} name_ranges[] = {
	{ 'a', 'z', false },	   { 'A', 'Z', false },
	{ '_', '_', false },	   { '0', '9', true },
	{ '-', '.', true },	   { 0xB7, 0xB7, true },
	{ 0xC0, 0xD6, false },	   { 0xD8, 0xF6, false },
	{ 0xF8, 0x2FF, false },	   { 0x300, 0x36F, true },
	{ 0x370, 0x37D, false },   { 0x37F, 0x1FFF, false },
	{ 0x200C, 0x200D, false }, { 0x203F, 0x2040, true },
	{ 0x2070, 0x218F, false }, { 0x2C00, 0x2FEF, false },
	{ 0x3001, 0xD7FF, false }, { 0xF900, 0xFDCF, false },
	{ 0xFDF0, 0xFFFC, false }, { 0x10000, 0xEFFFF, false },
};

static bool
is_of_name(uint32_t c, bool start)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(name_ranges); i++)
		if (c >= name_ranges[i].from && c <= name_ranges[i].to)
			return !start || !name_ranges[i].inside;
	return false;
}

/*
 * What cannot stand in a name of XML becomes an underscore, which is no
 * longer.  One colon parts a prefix from the name.
 */
static size_t
clean_name(char *p, size_t len)
{
	bool start = true, prefixed = false;
	size_t to = 0;

	for (size_t at = 0; at < len;) {
		uint32_t c;
		size_t n = ww_utf8_decode(ww_slice_of(p + at, len - at), &c);
		bool colon = c == ':' && !prefixed && !start && at + n < len;

		if (!colon && !is_of_name(c, start)) {
			p[to++] = '_';
		} else {
			memmove(p + to, p + at, n);
			to += n;
		}
		prefixed |= colon;
		start = colon;
		at += n;
	}
	return to;
}

/* Where the name at the offset begins and how long it is, in bytes. */
static bool
name_at(const uint8_t *chunk, size_t chunk_len, size_t offset,
	const uint8_t **ret, size_t *retlen)
{
	size_t len;

	if (offset > chunk_len || chunk_len - offset < NAME_HEADER)
		return false;
	len = 2 * (size_t)ww_load16(chunk + offset + 6);
	if (chunk_len - offset - NAME_HEADER < len)
		return false;
	*ret = chunk + offset + NAME_HEADER;
	*retlen = len;
	return true;
}

static void
note_ref(struct compiling *k, size_t at, bool is_inline, const uint8_t *name,
	 size_t len)
{
	struct ww_evtx_name_ref *ref = &k->c->refs[k->c->n_refs++];
	uint8_t *copy = NULL;

	if (!is_inline) {
		copy = take_memory(k, len + 1);
		memcpy(copy, name, len);
	}
	*ref = (struct ww_evtx_name_ref){ .at = (uint32_t)(at - k->start),
					  .is_inline = is_inline,
					  .name = copy,
					  .len = (uint32_t)len };
}

/* In front of the name, which is in UTF-16; 16 bits of it. */
static bool
is_hash_right(const uint8_t *name, size_t len)
{
	uint32_t hash = 0;

	for (size_t i = 0; i + 2 <= len; i += 2)
		hash = hash * 65599 + ww_load16(name + i);
	return (hash & 0xFFFF) == ww_load16(name - 4);
}

/* The name whose offset stands here, and which may follow at once. */
static bool
take_name(struct compiling *k, struct ww_slice *ret)
{
	const uint8_t *name;
	size_t offset, len, at = k->at;
	bool is_inline;

	if (!has(k, 4))
		return false;
	offset = ww_load32(k->c->chunk + k->at);
	k->at += 4;
	is_inline = offset == k->at;
	if (!name_at(k->c->chunk, k->c->len, offset, &name, &len))
		return fail(k,
			    N_("a name lies outside of its chunk (byte {at})"));
	if (len > NAME_MAX)
		return fail(k, N_("a name is too long (byte {at})"));
	if (k->c->strict && !is_hash_right(name, len))
		return fail(k, N_("a name was overwritten (byte {at})"));
	if (!spend(k, len / 16) ||
	    (is_inline && !has(k, NAME_HEADER + len + 2)))
		return false;
	if (is_inline)
		k->at += NAME_HEADER + len + 2;
	note_ref(k, at, is_inline, name, len);
	*ret = pool_utf16(k, name, len);
	return true;
}

static bool
take_clean_name(struct compiling *k, struct ww_slice *ret)
{
	if (!take_name(k, ret))
		return false;
	ret->len = clean_name((char *)(uintptr_t)ret->p, ret->len);
	if (ret->len == 0)
		*ret = WW_LIT("_");
	return true;
}

/* "name": */
static struct ww_slice
key_of(struct compiling *k, struct ww_slice before, struct ww_slice name)
{
	size_t cap = 6 * name.len + 8 + before.len;
	struct ww_evtx_out out = { .p = take_memory(k, cap), .cap = cap };

	ww_evtx_add_char(&out, '"');
	ww_evtx_add(&out, before);
	ww_evtx_put_text(&out, name, WW_EVTX_IN_JSON);
	ww_evtx_add(&out, WW_LIT("\":"));
	return ww_slice_of(out.p, out.len);
}

/* Text */

static bool
add_text(struct compiling *k, struct ww_slice text)
{
	struct ww_evtx_node *last = &k->c->nodes[k->c->n_nodes - 1];

	if (k->joins) {
		last->name =
		    pool_join(k, (struct ww_slice[]){ last->name, text }, 2);
		return spend(k, last->name.len / 16);
	}
	last = add_node(k, WW_EVTX_TEXT);
	if (last == NULL)
		return false;
	last->name = text;
	k->joins = true;
	return true;
}

/* UTF-16 behind its length. */
static bool
take_utf16(struct compiling *k, struct ww_slice *ret)
{
	size_t len;

	if (!has(k, 2))
		return false;
	len = 2 * (size_t)ww_load16(k->c->chunk + k->at);
	k->at += 2;
	if (!has(k, len) || !spend(k, len / 16))
		return false;
	*ret = pool_utf16(k, k->c->chunk + k->at, len);
	k->at += len;
	return true;
}

static bool
take_value(struct compiling *k)
{
	struct ww_slice text;

	if (!has(k, 1))
		return false;
	if (k->c->chunk[k->at++] != WW_EVTX_STRING)
		return fail(
		    k, N_("a literal value of an unknown type (byte {at})"));
	return take_utf16(k, &text) && add_text(k, text);
}

/* No text, but XML has it. */
static bool
add_instruction(struct compiling *k, struct ww_slice xml)
{
	struct ww_evtx_node *node = add_node(k, WW_EVTX_TEXT);

	if (node == NULL)
		return false;
	node->xml = xml;
	k->joins = false;
	return true;
}

static bool
take_cdata(struct compiling *k)
{
	struct ww_slice text;

	/* Written as text is: it may hold the mark that ends a CDATA. */
	return take_utf16(k, &text) && add_text(k, text);
}

static bool
take_character(struct compiling *k)
{
	const uint8_t *unit = k->c->chunk + k->at;

	if (!has(k, 2))
		return false;
	k->at += 2;
	return add_text(k, pool_utf16(k, unit, 2));
}

static bool
take_entity(struct compiling *k)
{
	static const struct {
		const char *name, *text;
	} entities[] = {
		{ "amp", "&" },	  { "lt", "<" },   { "gt", ">" },
		{ "quot", "\"" }, { "apos", "'" },
	};
	struct ww_slice name;

	if (!take_clean_name(k, &name))
		return false;
	for (size_t i = 0; i < WW_ARRAY_LEN(entities); i++)
		if (ww_slice_eq(name, ww_slice_cstr(entities[i].name)))
			return add_text(k, ww_slice_cstr(entities[i].text));
	return add_text(k, pool_join(k,
				     (struct ww_slice[]){ WW_LIT("&"), name,
							  WW_LIT(";") },
				     3));
}

/* <?name data?>, in two tokens */
static bool
take_instruction(struct compiling *k)
{
	struct ww_slice name, data = { 0 };

	if (!take_clean_name(k, &name))
		return false;
	if (k->at < k->end && k->c->chunk[k->at] == INSTRUCTION_DATA) {
		k->at++;
		if (!take_utf16(k, &data))
			return false;
		if (ww_slice_casehas(data, WW_LIT("?>")))
			data.len = 0;
	}
	/* It stands at the start of a document only, which this is none of. */
	if (ww_slice_casecmp(name, WW_LIT("xml")) == 0)
		return true;
	return add_instruction(k, pool_join(k,
					    (struct ww_slice[]){
						WW_LIT("<?"), name, WW_LIT(" "),
						data, WW_LIT("?>") },
					    5));
}

static bool
take_slot(struct compiling *k, bool optional)
{
	struct ww_evtx_node *node;

	if (!has(k, 3) || (node = add_node(k, WW_EVTX_SLOT)) == NULL)
		return false;
	node->slot = ww_load16(k->c->chunk + k->at);
	node->optional = optional;
	k->at += 3;
	k->joins = false;
	return true;
}

/* Elements */

/* The offset of a name, told by what stands there. */
static bool
is_name_offset(struct compiling *k, size_t at)
{
	const uint8_t *name;
	size_t offset, len;

	if (k->end - k->at < at + 4 - k->at)
		return false;
	offset = ww_load32(k->c->chunk + at);
	return name_at(k->c->chunk, k->c->len, offset, &name, &len) &&
	       (offset == at + 4 || offset < at);
}

/*
 * In templates an element has a dependency id; in records, and in templates
 * of some writers, it has none.  The first one tells: its size fits what is
 * there, and the offset of its name is one.
 */
static bool
see_dependencies(struct compiling *k)
{
	size_t left = k->end - k->at;
	bool with = left >= 10 &&
		    ww_load32(k->c->chunk + k->at + 2) <= left - 6 &&
		    is_name_offset(k, k->at + 6);
	bool without = left >= 8 &&
		       ww_load32(k->c->chunk + k->at) <= left - 4 &&
		       is_name_offset(k, k->at + 4);

	k->known = true;
	k->dependencies = with;
	return with || without ||
	       fail(k,
		    N_("an element whose name or size is wrong (byte {at})"));
}

static bool
open_element(struct compiling *k, bool attributes)
{
	struct ww_evtx_node *node;
	struct ww_slice name;
	size_t head;

	if (k->depth == WW_EVTX_DEPTH_MAX)
		return fail(
		    k,
		    N_("its elements are too deep in each other (byte {at})"));
	if (!k->known && !see_dependencies(k))
		return false;
	/* Dependency id, size; neither tells anything. */
	head = k->dependencies ? 6 : 4;
	if (!has(k, head))
		return false;
	k->at += head;
	if (!take_clean_name(k, &name))
		return false;
	if (attributes && !has(k, 4))
		return false;
	k->at += attributes ? 4 : 0;
	if (k->depth > 0)
		k->c->nodes[k->open[k->depth - 1]].leaf = false;
	node = add_node(k, WW_EVTX_ELEMENT);
	if (node == NULL)
		return false;
	node->name = name;
	node->key = key_of(k, WW_LIT(""), name);
	node->leaf = true;
	node->content = k->c->n_nodes;
	k->open[k->depth++] = k->c->n_nodes - 1;
	k->in_start = true;
	return true;
}

static bool
is_new_attribute(struct compiling *k, struct ww_slice name)
{
	const struct ww_evtx_node *nodes = k->c->nodes;
	uint32_t a = nodes[k->open[k->depth - 1]].content;

	for (; a < k->c->n_nodes; a = nodes[a].end) {
		if (!spend(k, 1 + name.len / 16))
			return false;
		if (ww_slice_eq(nodes[a].name, name))
			return fail(k, N_("an attribute that stands twice "
					  "(byte {at})"));
	}
	return true;
}

static bool
open_attribute(struct compiling *k)
{
	struct ww_evtx_node *node;
	struct ww_slice name;

	if (!take_clean_name(k, &name) || !is_new_attribute(k, name) ||
	    (node = add_node(k, WW_EVTX_ATTRIBUTE)) == NULL)
		return false;
	node->name = name;
	node->key = key_of(k, WW_LIT("@"), name);
	k->attribute = k->c->n_nodes - 1;
	k->in_attribute = true;
	return true;
}

static bool
close_start(struct compiling *k)
{
	if (k->depth == 0)
		return fail(
		    k,
		    N_("the end of an element that was not begun (byte {at})"));
	k->c->nodes[k->open[k->depth - 1]].content = k->c->n_nodes;
	k->in_start = false;
	return true;
}

static bool
close_element(struct compiling *k, bool empty)
{
	struct ww_evtx_node *node;

	if (!(empty ? close_start(k) : k->depth > 0))
		return fail(
		    k,
		    N_("the end of an element that was not begun (byte {at})"));
	node = &k->c->nodes[k->open[--k->depth]];
	node->empty = empty;
	node->end = k->c->n_nodes;
	k->done = k->depth == 0;
	return true;
}

static bool
take_instance(struct compiling *k)
{
	struct ww_evtx_node *node = add_node(k, WW_EVTX_INSTANCE);

	/* How long it is, only its template tells: nothing may follow. */
	if (node == NULL)
		return false;
	node->offset = (uint32_t)(k->at - 1);
	while (k->depth > 0)
		close_element(k, false);
	k->done = true;
	return true;
}

/* Tokens */

static bool
is_content(unsigned token)
{
	return token == VALUE || token == CDATA || token == CHARACTER ||
	       token == ENTITY || token == SLOT || token == OPTIONAL_SLOT;
}

/* In a start tag are attributes, and what they hold. */
static bool
is_of_start(const struct compiling *k, unsigned token)
{
	return token == ATTRIBUTE || token == CLOSE_START ||
	       token == CLOSE_EMPTY || (k->in_attribute && is_content(token));
}

/* What is no content ends the attribute at hand. */
static void
leave_attribute(struct compiling *k)
{
	if (k->in_attribute)
		k->c->nodes[k->attribute].end = k->c->n_nodes;
	k->in_attribute = false;
	k->joins = false;
}

static bool
take_token(struct compiling *k)
{
	unsigned byte = k->c->chunk[k->at++];
	unsigned token = byte & ~(unsigned)MORE;

	if (!is_content(token))
		leave_attribute(k);
	else if (k->depth == 0)
		return fail(k, N_("text outside of any element (byte {at})"));
	if (k->in_start ? !is_of_start(k, token) : token == ATTRIBUTE)
		return fail(k, N_("an element whose start does not end, or "
				  "has ended before (byte {at})"));
	switch (token) {
	case OPEN_ELEMENT:
		return open_element(k, (byte & MORE) != 0);
	case ATTRIBUTE:
		return open_attribute(k);
	case CLOSE_START:
		return close_start(k);
	case CLOSE_EMPTY:
	case CLOSE_ELEMENT:
		return close_element(k, token == CLOSE_EMPTY);
	case VALUE:
		return take_value(k);
	case CDATA:
		return take_cdata(k);
	case CHARACTER:
		return take_character(k);
	case ENTITY:
		return take_entity(k);
	case INSTRUCTION:
		return take_instruction(k);
	case INSTANCE:
		return take_instance(k);
	case SLOT:
	case OPTIONAL_SLOT:
		return take_slot(k, token == OPTIONAL_SLOT);
	case FRAGMENT:
		k->at += 3;
		return k->at <= k->end ||
		       fail(k, N_("its binary XML ends too early (byte {at})"));
	default:
		return fail(k,
			    N_("an unknown token of binary XML (byte {at})"));
	}
}

static bool
take_tokens(struct compiling *k)
{
	while (!k->done)
		if (!has(k, 1) || !spend(k, 1) || !take_token(k))
			return false;
	return true;
}

/* What is worked out of the nodes */

/* The one slot or literal text of an element or attribute. */
static struct ww_evtx_source
source_of(const struct ww_evtx_node *nodes, uint32_t from, uint32_t to)
{
	const struct ww_evtx_node *node = &nodes[from];
	struct ww_evtx_source ret = { .in_slot = false };

	if (to - from != 1)
		return ret;
	ret.in_slot = node->kind == WW_EVTX_SLOT;
	ret.slot = node->slot;
	if (node->kind == WW_EVTX_TEXT)
		ret.literal = (struct ww_evtx_value){
			.p = (const uint8_t *)node->name.p,
			.len = (uint32_t)node->name.len,
			.type = WW_EVTX_UTF8,
		};
	return ret;
}

static const struct {
	enum ww_evtx_part part;
	const char *element, *attribute;
} parts[] = {
	{ WW_EVTX_PROVIDER, "Provider", "Name" },
	{ WW_EVTX_PROVIDER_GUID, "Provider", "Guid" },
	{ WW_EVTX_SOURCE, "Provider", "EventSourceName" },
	{ WW_EVTX_ID, "EventID", NULL },
	{ WW_EVTX_QUALIFIERS, "EventID", "Qualifiers" },
	{ WW_EVTX_VERSION, "Version", NULL },
	{ WW_EVTX_LEVEL, "Level", NULL },
	{ WW_EVTX_TASK, "Task", NULL },
	{ WW_EVTX_OPCODE, "Opcode", NULL },
	{ WW_EVTX_KEYWORDS, "Keywords", NULL },
	{ WW_EVTX_TIME, "TimeCreated", "SystemTime" },
	{ WW_EVTX_RECORD_ID, "EventRecordID", NULL },
	{ WW_EVTX_ACTIVITY, "Correlation", "ActivityID" },
	{ WW_EVTX_RELATED, "Correlation", "RelatedActivityID" },
	{ WW_EVTX_PROCESS, "Execution", "ProcessID" },
	{ WW_EVTX_THREAD, "Execution", "ThreadID" },
	{ WW_EVTX_CHANNEL, "Channel", NULL },
	{ WW_EVTX_COMPUTER, "Computer", NULL },
	{ WW_EVTX_USER, "Security", "UserID" },
};

static void
note_part(struct ww_evtx_template *t, struct ww_slice element,
	  struct ww_slice attribute, uint32_t from, uint32_t to)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(parts); i++)
		if (ww_slice_eq(element, ww_slice_cstr(parts[i].element)) &&
		    ww_slice_eq(attribute,
				ww_slice_cstr(parts[i].attribute == NULL
						  ? ""
						  : parts[i].attribute)))
			t->system[parts[i].part] =
			    source_of(t->nodes, from, to);
}

static void
read_system(struct ww_evtx_template *t, uint32_t system)
{
	const struct ww_evtx_node *nodes = t->nodes;

	for (uint32_t i = nodes[system].content; i < nodes[system].end;
	     i = nodes[i].end) {
		const struct ww_evtx_node *e = &nodes[i];

		if (e->kind != WW_EVTX_ELEMENT)
			continue;
		note_part(t, e->name, WW_LIT(""), e->content, e->end);
		for (uint32_t a = i + 1; a < e->content; a = nodes[a].end)
			note_part(t, e->name, nodes[a].name, a + 1,
				  nodes[a].end);
	}
}

/* The literal attribute Name; empty where there is none. */
static struct ww_slice
literal_name(const struct ww_evtx_node *nodes, uint32_t element)
{
	for (uint32_t a = element + 1; a < nodes[element].content;
	     a = nodes[a].end)
		if (ww_slice_eq(nodes[a].name, WW_LIT("Name")) &&
		    nodes[a].end == a + 2 && nodes[a + 1].kind == WW_EVTX_TEXT)
			return nodes[a + 1].name;
	return (struct ww_slice){ 0 };
}

static bool
is_data_element(const struct ww_evtx_node *node)
{
	return ww_slice_eq(node->name, WW_LIT("Data"));
}

static void
add_datum(struct ww_evtx_template *t, struct ww_slice name, uint32_t from,
	  uint32_t to)
{
	t->data[t->n_data++] =
	    (struct ww_evtx_datum){ .name = name, .from = from, .to = to };
}

/* xmlns, and the name of a <Data>, are no data. */
static void
add_attributes(struct compiling *k, struct ww_evtx_template *t,
	       uint32_t element)
{
	const struct ww_evtx_node *nodes = t->nodes, *e = &nodes[element];

	if (is_data_element(e))
		return;
	for (uint32_t a = element + 1; a < e->content; a = nodes[a].end)
		if (!ww_slice_starts(nodes[a].name, WW_LIT("xmlns")))
			add_datum(t,
				  pool_join(k,
					    (struct ww_slice[]){
						e->name, WW_LIT("_"),
						nodes[a].name },
					    3),
				  a + 1, nodes[a].end);
}

/* Where to go on behind an element of the data: at what is inside, or behind.
 */
static uint32_t
read_datum(struct compiling *k, struct ww_evtx_template *t, uint32_t at)
{
	const struct ww_evtx_node *e = &t->nodes[at];
	bool is_data = is_data_element(e);

	add_attributes(k, t, at);
	if (!e->leaf)
		return e->content;
	/* Those without a name are counted, even when empty. */
	if (is_data || e->content < e->end)
		add_datum(t, is_data ? literal_name(t->nodes, at) : e->name,
			  e->content, e->end);
	return e->end;
}

/* What is inside of the element that holds the data. */
static void
read_data(struct compiling *k, struct ww_evtx_template *t, uint32_t top)
{
	const struct ww_evtx_node *nodes = t->nodes;
	uint32_t i = nodes[top].content;

	while (i < nodes[top].end) {
		if (nodes[i].kind == WW_EVTX_ELEMENT) {
			i = read_datum(k, t, i);
			continue;
		}
		/* More data may stand in binary XML of its own. */
		if (nodes[i].kind != WW_EVTX_TEXT)
			add_datum(t, (struct ww_slice){ 0 }, i, i + 1);
		i = nodes[i].end;
	}
}

/* What a child of EventData is called; empty: it is a <Data> without a name. */
static struct ww_slice
data_name(const struct ww_evtx_node *nodes, uint32_t at)
{
	struct ww_slice name = literal_name(nodes, at);

	return name.len > 0 || is_data_element(&nodes[at]) ? name
							   : nodes[at].name;
}

/* <Data Name="x"> is x in JSON. */
static void
name_data(struct compiling *k, uint32_t top)
{
	struct ww_evtx_node *nodes = k->c->nodes;

	for (uint32_t i = nodes[top].content; i < nodes[top].end;
	     i = nodes[i].end) {
		struct ww_slice name = data_name(nodes, i);

		if (nodes[i].kind == WW_EVTX_ELEMENT)
			nodes[i].key = name.len == 0
					   ? (struct ww_slice){ 0 }
					   : key_of(k, WW_LIT(""), name);
	}
}

/* The next sibling of the same name, of each element inside this one. */
static bool
link_children(struct compiling *k, uint32_t parent)
{
	struct ww_evtx_node *nodes = k->c->nodes;

	for (uint32_t i = nodes[parent].content; i < nodes[parent].end;
	     i = nodes[i].end) {
		uint32_t j = nodes[i].end;

		if (nodes[i].kind != WW_EVTX_ELEMENT)
			continue;
		for (; j < nodes[parent].end; j = nodes[j].end) {
			if (!spend(k, 1 + nodes[i].name.len / 16))
				return false;
			if (nodes[j].kind == WW_EVTX_ELEMENT &&
			    ww_slice_eq(nodes[i].name, nodes[j].name))
				break;
		}
		if (j < nodes[parent].end) {
			nodes[i].same = j;
			nodes[j].repeated = true;
		}
	}
	return true;
}

static bool
link_nodes(struct compiling *k)
{
	for (uint32_t i = 0; i < k->c->n_nodes; i++) {
		const struct ww_evtx_node *node = &k->c->nodes[i];

		if (node->kind != WW_EVTX_ELEMENT)
			continue;
		if (ww_slice_eq(node->name, WW_LIT("EventData")))
			name_data(k, i);
		else if (!link_children(k, i))
			return false;
	}
	return true;
}

static void
read_event(struct compiling *k, struct ww_evtx_template *t)
{
	const struct ww_evtx_node *nodes = t->nodes;

	for (uint32_t i = nodes[0].content; i < nodes[0].end;
	     i = nodes[i].end) {
		if (nodes[i].kind != WW_EVTX_ELEMENT)
			continue;
		if (ww_slice_eq(nodes[i].name, WW_LIT("System")))
			read_system(t, i);
		else
			read_data(k, t, i);
	}
}

/* A copy of what is needed from the work space. */
static struct ww_evtx_template *
make(struct compiling *k)
{
	const struct ww_evtx_compiler *c = k->c;
	struct ww_evtx_template *t = take_memory(k, sizeof(*t));

	t->n_nodes = c->n_nodes;
	t->nodes = take_memory(k, c->n_nodes * sizeof(*t->nodes));
	memcpy(t->nodes, c->nodes, c->n_nodes * sizeof(*t->nodes));
	/* Not more data than elements and attributes. */
	t->data = take_memory(k, c->n_nodes * sizeof(*t->data));
	t->choice = take_memory(k, sizeof(*t->choice));
	t->is_event = ww_slice_eq(t->nodes[0].name, WW_LIT("Event"));
	if (t->is_event)
		read_event(k, t);
	else if (t->nodes[0].kind == WW_EVTX_ELEMENT)
		read_data(k, t, 0);
	return t;
}

struct ww_evtx_template *
ww_evtx_compile(struct ww_evtx_compiler *c, size_t at, size_t len,
		const char **retwhy)
{
	struct compiling k = { .c = c, .start = at, .at = at };

	c->n_nodes = c->n_refs = 0;
	k.end = at + len;
	if (!take_tokens(&k) || !link_nodes(&k)) {
		*retwhy = k.why;
		return NULL;
	}
	return make(&k);
}

bool
ww_evtx_is_template(const struct ww_evtx_template *t, const uint8_t *chunk,
		    size_t chunk_len, size_t at, size_t len)
{
	const uint8_t *body = chunk + at, *name;
	size_t done = 0, name_len;

	if (t->body_len != len)
		return false;
	for (uint32_t i = 0; i < t->n_refs; i++) {
		const struct ww_evtx_name_ref *ref = &t->refs[i];
		size_t offset = ww_load32(body + ref->at);

		if (memcmp(t->body + done, body + done, ref->at - done) != 0 ||
		    ref->is_inline != (offset == at + ref->at + 4))
			return false;
		/* Behind an inline offset: the next name, as an offset. */
		done = ref->at + 4 + (ref->is_inline ? 4 : 0);
		if (!ref->is_inline &&
		    (!name_at(chunk, chunk_len, offset, &name, &name_len) ||
		     name_len != ref->len ||
		     memcmp(name, ref->name, name_len) != 0))
			return false;
	}
	return memcmp(t->body + done, body + done, len - done) == 0;
}
