/*
 * Templates with their values, and elements without a template.
 */
#include "input/evtx/reader.h"

#include "base/bytes.h"
#include "base/message.h"

#include "base/banned.h"

/* Next definition, GUID, size. */
#define DEFINITION ((size_t)24)

/* Behind the mark of a fragment: token, kind, id, offset of the definition. */
#define INSTANCE_HEADER ((size_t)10)

#define FRAGMENT_MARK	0x0F
#define INSTANCE_MARK	0x0C

/* Above it, what is new in the chunk is not kept at all. */
#define KEPT_LIMIT ((size_t)16 * 1024 * 1024)

/* Of the elements and templates that a record has of its own. */
#define SCRATCH_LIMIT ((size_t)16 * 1024 * 1024)

/* Templates with one GUID that are kept. */
#define ALIKE_MAX 32

static size_t
table_place(const uint8_t *guid, size_t len)
{
	uint64_t hash = ww_load32(guid) ^ ww_load32(guid + 8) * UINT64_C(31) ^
			len * UINT64_C(0x9E3779B97F4A7C15);

	hash *= UINT64_C(0x9E3779B97F4A7C15);
	return (size_t)(hash >> 32) & (WW_EVTX_TABLE - 1);
}

static struct ww_evtx_template *
compile_in(struct ww_evtx *x, size_t at, size_t len, struct ww_evtx_pool *pool)
{
	struct ww_evtx_compiler *c = &x->compiler;

	if (x->scratch.total > SCRATCH_LIMIT) {
		ww_evtx_fail(
		    x, N_("a record that takes too much memory (byte {at})"));
		return NULL;
	}
	c->chunk = x->chunk;
	c->len = x->len;
	c->budget = &x->budget;
	c->pool = pool;
	c->strict = x->carving;
	return ww_evtx_compile(c, at, len, &x->why);
}

/* GUID, size and body: len bytes at chunk + at. */
static struct ww_evtx_template *
compile(struct ww_evtx *x, size_t at, size_t len, struct ww_evtx_pool *pool)
{
	const size_t head = DEFINITION - 4; /* without the next one's offset */
	struct ww_evtx_compiler *c = &x->compiler;
	struct ww_evtx_template *t;
	uint8_t *body;

	t = compile_in(x, at + head, len - head, pool);
	if (t == NULL || pool != &x->kept)
		return t;
	body = ww_evtx_pool_alloc(pool, len);
	memcpy(body, x->chunk + at, len);
	t->body = body;
	t->body_len = (uint32_t)len;
	t->n_refs = c->n_refs;
	t->refs = ww_evtx_pool_alloc(pool, c->n_refs * sizeof(*t->refs));
	if (c->n_refs > 0)
		memcpy(t->refs, c->refs, c->n_refs * sizeof(*t->refs));
	for (uint32_t i = 0; i < t->n_refs; i++)
		t->refs[i].at += (uint32_t)head;
	return t;
}

/* A template that holds another one, at an offset, is of its chunk only. */
static bool
is_of_chunk(const struct ww_evtx_template *t)
{
	for (uint32_t i = 0; i < t->n_nodes; i++)
		if (t->nodes[i].kind == WW_EVTX_INSTANCE)
			return true;
	return false;
}

/*
 * The template of a definition: known from a chunk before, or new.  It counts
 * as the work that it is when nothing is known, since who reads a chunk may
 * have read all before it, or none.
 */
static const struct ww_evtx_template *
recognise(struct ww_evtx *x, size_t at, size_t len, bool *retkeep)
{
	struct ww_evtx_bucket *bucket =
	    &x->table[table_place(x->chunk + at, len)];
	unsigned alike = 0;
	struct ww_evtx_template *t;
	int64_t budget;

	*retkeep = true;
	x->budget -= (int64_t)(ALIKE_MAX * len / 32);
	for (struct ww_evtx_template *k = bucket->first; k != NULL;
	     k = k->next) {
		alike++;
		if (ww_evtx_is_template(k, x->chunk, x->len, at, len)) {
			x->budget -= k->work;
			return k;
		}
	}
	budget = x->budget;
	*retkeep = alike < ALIKE_MAX && x->kept.total < KEPT_LIMIT;
	t = compile(x, at, len, *retkeep ? &x->kept : &x->scratch);
	if (t == NULL || !*retkeep)
		return t;
	t->work = budget - x->budget;
	if (is_of_chunk(t)) {
		*retkeep = false;
		return t;
	}
	t->next = bucket->first;
	bucket->first = t;
	return t;
}

/* Where in the chunk it stands tells, if it was met there before. */
static const struct ww_evtx_template *
template_at(struct ww_evtx *x, size_t offset)
{
	struct ww_evtx_place *place =
	    &x->places[(offset * 0x9E3779B1u >> 8) & (WW_EVTX_PLACES - 1)];
	const struct ww_evtx_template *t;
	size_t len;
	bool keep;

	if (place->chunk == x->number && place->offset == offset)
		return place->tpl;
	if (offset > x->len || x->len - offset < DEFINITION) {
		ww_evtx_fail(
		    x,
		    N_("its template lies outside of its chunk (byte {at})"));
		return NULL;
	}
	len = ww_load32(x->chunk + offset + DEFINITION - 4);
	if (len > x->len - offset - DEFINITION) {
		ww_evtx_fail(
		    x,
		    N_("its template lies outside of its chunk (byte {at})"));
		return NULL;
	}
	t = recognise(x, offset + 4, len + DEFINITION - 4, &keep);
	if (t != NULL && keep)
		*place =
		    (struct ww_evtx_place){ x->number, (uint32_t)offset, t };
	return t;
}

/* Sizes and types of all values, then the values. */
static bool
take_values(struct ww_evtx *x, size_t at, size_t end,
	    struct ww_evtx_instance *ret)
{
	struct ww_evtx_value *value = &x->values[x->n_values];
	const uint8_t *stop = x->chunk + end, *told, *first, *p;
	size_t n;

	if (end - at < 4)
		return ww_evtx_fail(x,
				    N_("its values end too early (byte {at})"));
	n = ww_load32(x->chunk + at);
	at += 4;
	if (n > (end - at) / 4 || n > WW_EVTX_VALUES_MAX - x->n_values)
		return ww_evtx_fail(
		    x, N_("more values than there is room for (byte {at})"));
	x->budget -= (int64_t)n / 4;
	ret->values = value;
	first = p = x->chunk + at + 4 * n;
	for (told = x->chunk + at; told < first; told += 4) {
		uint32_t word = ww_load32(told), len = word & 0xFFFF;

		if (len > (size_t)(stop - p))
			return ww_evtx_fail(
			    x, N_("its values end too early (byte {at})"));
		*value++ = (struct ww_evtx_value){
			.p = p,
			.len = len,
			.type = (uint8_t)(word >> 16),
		};
		p += len;
	}
	ret->n_values = (uint32_t)n;
	x->n_values += (uint32_t)n;
	return true;
}

/* The id that an instance states is the start of its template's GUID. */
static bool
is_overwritten(const struct ww_evtx *x, size_t offset, uint32_t id)
{
	return offset > x->len || x->len - offset < DEFINITION ||
	       ww_load32(x->chunk + offset + 4) != id;
}

static bool
take_instance(struct ww_evtx *x, size_t at, size_t end,
	      struct ww_evtx_instance *ret)
{
	size_t offset, len;

	if (end - at < INSTANCE_HEADER)
		return ww_evtx_fail(
		    x, N_("its binary XML ends too early (byte {at})"));
	offset = ww_load32(x->chunk + at + 6);
	if (x->carving &&
	    is_overwritten(x, offset, ww_load32(x->chunk + at + 2)))
		return ww_evtx_fail(
		    x, N_("its template was overwritten (byte {at})"));
	at += INSTANCE_HEADER;
	ret->tpl = template_at(x, offset);
	if (ret->tpl == NULL)
		return false;
	if (offset == at) {
		len = DEFINITION + ww_load32(x->chunk + at + DEFINITION - 4);
		if (len > end - at)
			return ww_evtx_fail(
			    x, N_("its template ends behind it (byte {at})"));
		at += len;
	}
	return take_values(x, at, end, ret);
}

/* Without a template: worked out for this one time. */
static bool
take_elements(struct ww_evtx *x, size_t at, size_t end,
	      struct ww_evtx_instance *ret)
{
	ret->tpl = compile_in(x, at, end - at, &x->scratch);
	ret->values = NULL;
	ret->n_values = 0;
	return ret->tpl != NULL;
}

bool
ww_evtx_instance_at(struct ww_evtx *x, size_t at, size_t end,
		    struct ww_evtx_instance *ret)
{
	if (!ww_evtx_spend(x, 1))
		return false;
	if (end - at >= 4 && x->chunk[at] == FRAGMENT_MARK)
		at += 4;
	if (at < end && x->chunk[at] == INSTANCE_MARK)
		return take_instance(x, at, end, ret);
	return take_elements(x, at, end, ret);
}

bool
ww_evtx_spend(struct ww_evtx *x, size_t n)
{
	x->budget -= (int64_t)n;
	return x->budget >= 0 ||
	       ww_evtx_fail(x, N_("the records of its chunk are too "
				  "much work (byte {at})"));
}

static bool
instance_of(struct ww_evtx *x, const struct ww_evtx_instance *outer,
	    const struct ww_evtx_node *node, struct ww_evtx_instance *ret)
{
	const struct ww_evtx_value *value;
	size_t at;

	if (node->kind == WW_EVTX_INSTANCE)
		return ww_evtx_instance_at(x, node->offset, x->len, ret);
	value = &outer->values[node->slot];
	at = (size_t)(value->p - x->chunk);
	return ww_evtx_instance_at(x, at, at + value->len, ret);
}

bool
ww_evtx_enter(struct ww_evtx *x, const struct ww_evtx_instance *outer,
	      const struct ww_evtx_node *node, struct ww_evtx_instance *ret)
{
	if (x->nested == WW_EVTX_NESTED_MAX)
		return ww_evtx_fail(
		    x, N_("binary XML too deep in binary XML (byte {at})"));
	if (!instance_of(x, outer, node, ret))
		return false;
	x->nested++;
	return true;
}

void
ww_evtx_leave(struct ww_evtx *x, const struct ww_evtx_instance *i)
{
	x->nested--;
	x->n_values -= i->n_values;
}
