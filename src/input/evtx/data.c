/*
 * The data of an event as names and texts.
 */
#include "base/bytes.h"
#include "input/evtx/reader.h"
#include "input/evtx/value.h"

#include "base/banned.h"

struct taking {
	struct ww_evtx *x;
	const struct ww_evtx_pick *pick; /* or NULL: all */
	ww_evtx_take_fn *take;
	void *ctx;
};

/* What to do with an instance that holds data. */
typedef bool visit_fn(struct taking *t, const struct ww_evtx_instance *i);

static bool
visit_inner(struct taking *t, const struct ww_evtx_instance *outer,
	    const struct ww_evtx_node *node, visit_fn *visit)
{
	struct ww_evtx_instance inner;
	bool done;

	if (!ww_evtx_enter(t->x, outer, node, &inner))
		return false;
	done = visit(t, &inner);
	ww_evtx_leave(t->x, &inner);
	return done;
}

/* The event's own data, and those in the slots beside its System part. */
static bool
visit_event(struct taking *t, const struct ww_evtx_instance *i, visit_fn *visit)
{
	const struct ww_evtx_node *nodes = i->tpl->nodes;

	if (!visit(t, i))
		return false;
	for (uint32_t at = nodes[0].content;
	     i->tpl->is_event && at < nodes[0].end; at = nodes[at].end)
		if (ww_evtx_is_inner(i, &nodes[at]) &&
		    !visit_inner(t, i, &nodes[at], visit))
			return false;
	return true;
}

/* Fields */

static void
take_value(struct taking *t, struct ww_slice name,
	   const struct ww_evtx_value *value)
{
	struct ww_evtx_out out = { .p = t->x->text, .cap = WW_EVTX_TEXT_MAX };

	ww_evtx_put_value(&out, value, WW_EVTX_PLAIN);
	t->take(t->ctx, name, ww_slice_of(out.p, out.len));
}

static void
take_text(struct taking *t, const struct ww_evtx_instance *i,
	  const struct ww_evtx_datum *d)
{
	const struct ww_evtx_node *nodes = i->tpl->nodes;
	struct ww_evtx_out out = { .p = t->x->text, .cap = WW_EVTX_TEXT_MAX };
	struct ww_evtx_value value;

	for (uint32_t at = d->from; at < d->to; at = nodes[at].end) {
		if (nodes[at].kind == WW_EVTX_TEXT)
			ww_evtx_put_text(&out, nodes[at].name, WW_EVTX_PLAIN);
		if (nodes[at].kind != WW_EVTX_SLOT)
			continue;
		value = ww_evtx_slot(i, nodes[at].slot);
		ww_evtx_put_value(&out, &value, WW_EVTX_PLAIN);
	}
	t->take(t->ctx, d->name, ww_slice_of(out.p, out.len));
}

/* Each item of an array without a name is a field of its own. */
static bool
take_items(struct taking *t, struct ww_evtx_value array)
{
	struct ww_evtx_value item;

	while (ww_evtx_item(&array, &item)) {
		if (!ww_evtx_spend(t->x, 1))
			return false;
		take_value(t, (struct ww_slice){ 0 }, &item);
	}
	return true;
}

static bool take_fields(struct taking *t, const struct ww_evtx_instance *i);

static bool
take_field(struct taking *t, const struct ww_evtx_instance *i,
	   const struct ww_evtx_datum *d)
{
	const struct ww_evtx_node *node = &i->tpl->nodes[d->from];
	struct ww_evtx_value value;

	if (d->to - d->from != 1 || node->kind == WW_EVTX_TEXT) {
		take_text(t, i, d);
		return true;
	}
	if (ww_evtx_is_inner(i, node))
		return visit_inner(t, i, node, take_fields);
	value = ww_evtx_slot(i, node->slot);
	if ((value.type & WW_EVTX_ARRAY) != 0 && d->name.len == 0)
		return take_items(t, value);
	take_value(t, d->name, &value);
	return true;
}

/* As many data of a template as there are bits for. */
#define CHOICE_MAX 64

static bool
is_named(const struct ww_evtx_pick *pick, struct ww_slice name)
{
	for (size_t i = 0; i < pick->n; i++)
		if (ww_slice_casecmp(name, pick->names[i]) == 0)
			return true;
	return false;
}

static uint64_t
choose(const struct ww_evtx_pick *pick, const struct ww_evtx_template *tpl)
{
	uint64_t ret = 0;

	for (uint32_t n = 0; n < tpl->n_data && n < CHOICE_MAX; n++) {
		if (tpl->data[n].name.len == 0)
			return UINT64_MAX;
		ret |= (uint64_t)is_named(pick, tpl->data[n].name) << n;
	}
	return ret;
}

static uint64_t
choice_of(const struct taking *t, const struct ww_evtx_template *tpl)
{
	struct ww_evtx_choice *choice = tpl->choice;

	if (t->pick == NULL)
		return UINT64_MAX;
	if (choice->pick != t->pick->number)
		*choice = (struct ww_evtx_choice){
			.pick = t->pick->number,
			.data = choose(t->pick, tpl),
		};
	return choice->data;
}

static bool
take_fields(struct taking *t, const struct ww_evtx_instance *i)
{
	const struct ww_evtx_template *tpl = i->tpl;
	uint64_t choice = choice_of(t, tpl);

	if (!ww_evtx_spend(t->x, tpl->n_data))
		return false;
	for (uint32_t n = 0; n < tpl->n_data; n++) {
		const struct ww_evtx_datum *d = &tpl->data[n];

		/* More data may stand inside of any. */
		if (n < CHOICE_MAX && (choice >> n & 1) == 0 &&
		    (d->from == d->to ||
		     !ww_evtx_is_inner(i, &tpl->nodes[d->from])))
			continue;
		if (!take_field(t, i, d))
			return false;
	}
	return true;
}

bool
ww_evtx_fields(struct ww_evtx *x, const struct ww_evtx_record *r,
	       ww_evtx_take_fn *take, void *ctx)
{
	return ww_evtx_picked_fields(x, r, NULL, take, ctx);
}

bool
ww_evtx_picked_fields(struct ww_evtx *x, const struct ww_evtx_record *r,
		      const struct ww_evtx_pick *pick, ww_evtx_take_fn *take,
		      void *ctx)
{
	struct taking t = { .x = x, .pick = pick, .take = take, .ctx = ctx };

	if (visit_event(&t, &r->event, take_fields))
		return true;
	return pick == NULL && ww_evtx_give_up(x, r);
}

/* Codes */

/* The fewest digits that are a code without 0x before them. */
#define DIGITS 8

static bool
is_digit(const uint8_t *p, size_t unit)
{
	unsigned c = ww_load16(p + 2 * unit);

	return c < 0x80 && ww_hex_value((char)c) >= 0;
}

/* Whether the digits around that unit are enough. */
static bool
is_long_number(const uint8_t *p, size_t n, size_t unit)
{
	size_t digits = 0;

	for (size_t i = unit; i < n && digits < DIGITS && is_digit(p, i); i++)
		digits++;
	if (digits == 0)
		return false;
	for (size_t i = unit; i > 0 && digits < DIGITS && is_digit(p, i - 1);
	     i--)
		digits++;
	return digits >= DIGITS;
}

/* Whether one of four units is an x, large or small. */
static bool
has_x(uint64_t units)
{
	const uint64_t each = UINT64_C(0x0001000100010001);
	uint64_t other = (units | 0x20 * each) ^ 'x' * each;

	/* Zero is where taking one away borrows, and the top bit was free. */
	return ((other - each) & ~other & 0x8000 * each) != 0;
}

/* Whether that x is the one of 0x, at the start of a number. */
static bool
is_prefix(const uint8_t *p, size_t x)
{
	return x > 0 && ww_load16(p + 2 * (x - 1)) == '0' &&
	       (x == 1 || !is_digit(p, x - 2));
}

static bool
has_prefix(const uint8_t *p, size_t n)
{
	size_t i = 1;

	while (i < n) {
		if (n - i >= 4 && !has_x(ww_load64(p + 2 * i))) {
			i += 4;
			continue;
		}
		if ((ww_load16(p + 2 * i) | 0x20) == 'x' && is_prefix(p, i))
			return true;
		i++;
	}
	return false;
}

/*
 * 0x, or 8 digits in a row, in UTF-16; most text has neither.  Of 8 in a row
 * one stands at every 8th place.
 */
static bool
is_code_text(const uint8_t *p, size_t len)
{
	size_t n = len / 2;

	for (size_t i = DIGITS - 1; i < n; i += DIGITS)
		if (is_long_number(p, n, i))
			return true;
	return has_prefix(p, n);
}

static bool
is_code(const struct ww_evtx_value *value)
{
	if ((value->type & ~(unsigned)WW_EVTX_ARRAY) == WW_EVTX_STRING)
		return is_code_text(value->p, value->len);
	if (value->type == WW_EVTX_ANSI || value->type == WW_EVTX_UTF8)
		return value->len >= 3;
	if (value->type != WW_EVTX_HEX32 && value->type != WW_EVTX_I32 &&
	    value->type != WW_EVTX_U32)
		return false;
	return value->len == 4 && (value->p[3] & 0xC0) != 0;
}

/* Through the data of the values; literal text has been the same before. */
static bool
has_no_code(struct taking *t, const struct ww_evtx_instance *i)
{
	/* The outer template's values are the System part. */
	if (t->x->nested == 0 && i->tpl->n_data == 0)
		return true;
	if (i->n_values == 0 && i->tpl->n_data > 0)
		return false;
	for (uint32_t n = 0; n < i->n_values; n++)
		if (is_code(&i->values[n]) || i->values[n].type == WW_EVTX_XML)
			return false;
	return true;
}

bool
ww_evtx_may_hold_code(struct ww_evtx *x, const struct ww_evtx_record *r)
{
	struct taking t = { .x = x };

	/* What is damaged is looked at, too. */
	return !visit_event(&t, &r->event, has_no_code);
}
