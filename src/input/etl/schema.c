#include "input/etl/schema.h"

#include "base/utf8.h"
#include "input/etl/bytes.h"
#include "input/etl/value.h"

#include "base/banned.h"

/* Flags of EVENT_HEADER. */
enum { EXTENDED = 1, STRING_ONLY = 4 };

/* Types of extended data. */
enum { SCHEMA = 11, TRAITS = 12 };

/* Marks in the description of a field. */
enum {
	MORE = 0x80,	 /* another byte follows */
	COUNTED = 0x60,	 /* it is an array … */
	CONSTANT = 0x20, /* … of a number that follows here */
	VARIABLE = 0x40, /* … of one that stands in the payload */
	TYPE = 0x1F,
};

/*
 * Events have a few fields.  Descriptions may repeat what takes no room, so
 * work and text have limits of their own: a text cannot be that long unless
 * an event was made to.
 */
#define VALUES_MAX     65536
#define TEXT_MAX       ((size_t)192 * 1024)
#define DEPTH_MAX      8
#define FIELD_NAME_MAX 256

/* Extended data */

/* An item is a header of eight bytes and its data, aligned to eight. */
static bool
take_item(struct ww_slice *rest, unsigned *type, struct ww_slice *data,
	  bool *more)
{
	const uint8_t *p = ww_etl_bytes(*rest);
	size_t total, size;

	if (rest->len < 8)
		return false;
	total = ww_load16(p);
	*type = ww_load16(p + 2);
	*more = (ww_load16(p + 4) & 1) != 0;
	size = ww_load16(p + 6);
	if (total < 8 || size > total - 8 || total > rest->len)
		return false;
	*data = ww_slice_part(*rest, 8, size);
	*rest = ww_slice_from(*rest, total);
	return true;
}

/* A text up to its NUL, taken off with it.  False: there is no NUL. */
static bool
take_name(struct ww_slice *s, struct ww_slice *ret)
{
	const char *end = s->len == 0 ? NULL : memchr(s->p, '\0', s->len);
	size_t n;

	if (end == NULL)
		return false;
	n = (size_t)(end - s->p);
	*ret = ww_slice_part(*s, 0, n);
	*s = ww_slice_from(*s, n + 1);
	return true;
}

/* Bytes that say of themselves whether another follows. */
static bool
pass_chain(struct ww_slice *s)
{
	while (s->len > 0) {
		bool more = ((uint8_t)s->p[0] & MORE) != 0;

		*s = ww_slice_from(*s, 1);
		if (!more)
			return true;
	}
	return false;
}

/* The size of all of it, tags, the event's name, descriptions of fields. */
static bool
read_schema(struct ww_slice data, struct ww_etl_schema *ret)
{
	size_t size = data.len < 2 ? 0 : ww_load16(ww_etl_bytes(data));

	if (size < 2 || size > data.len)
		return false;
	ret->fields = ww_slice_part(data, 2, size - 2);
	return pass_chain(&ret->fields) && take_name(&ret->fields, &ret->name);
}

static void
read_traits(struct ww_slice data, struct ww_etl_schema *ret)
{
	if (data.len < 2)
		return;
	data = ww_slice_from(data, 2);
	if (!take_name(&data, &ret->provider))
		ret->provider = (struct ww_slice){ 0 };
}

void
ww_etl_schema_find(struct ww_slice event, struct ww_etl_schema *ret)
{
	const uint8_t *p = ww_etl_bytes(event);
	unsigned flags = ww_load16(p + WW_ETL_AT_FLAGS), type;
	struct ww_slice rest = ww_slice_from(event, WW_ETL_EVENT_SIZE), data;
	bool more = (flags & EXTENDED) != 0;

	*ret = (struct ww_etl_schema){ .pointer = p[2] == 0x12 ? 4 : 8 };
	while (more && take_item(&rest, &type, &data, &more)) {
		if (type == SCHEMA)
			ret->found = read_schema(data, ret);
		else if (type == TRAITS)
			read_traits(data, ret);
	}
	ret->payload = rest;
	ret->plain = (flags & STRING_ONLY) != 0 && !ret->found;
	ret->found |= ret->plain;
}

/* Values */

struct walk {
	const struct ww_etl_taker *taker; /* NULL: looks at descriptions */
	struct ww_slice fields;		  /* descriptions not looked at yet */
	struct ww_slice payload;
	struct ww_buf *out;
	size_t text; /* told so far */
	unsigned pointer;
	unsigned values_left;
	uint64_t budget;
};

/* Take a description. */
static bool
take_field(struct walk *w, struct ww_etl_field *ret)
{
	*ret = (struct ww_etl_field){ 0 };
	if (!take_name(&w->fields, &ret->name) || w->fields.len == 0)
		return false;
	ret->in = (uint8_t)w->fields.p[0];
	w->fields = ww_slice_from(w->fields, 1);
	if ((ret->in & MORE) != 0) {
		if (w->fields.len == 0)
			return false;
		ret->out = (uint8_t)w->fields.p[0];
		w->fields = ww_slice_from(w->fields, 1);
		if ((ret->out & MORE) != 0 && !pass_chain(&w->fields))
			return false;
		ret->out &= 0x7F;
	}
	ret->counted = ret->in & COUNTED;
	ret->in &= TYPE;
	if (ret->counted != CONSTANT)
		/* Of a type of somebody's own nothing is known. */
		return ret->counted != COUNTED;
	if (w->fields.len < 2)
		return false;
	ret->count = ww_load16(ww_etl_bytes(w->fields));
	w->fields = ww_slice_from(w->fields, 2);
	return true;
}

/* How many values it has in the payload. */
static bool
count_values(struct walk *w, struct ww_etl_field *field)
{
	if (field->counted == 0)
		field->count = 1;
	if (field->counted != VARIABLE)
		return true;
	if (w->payload.len < 2)
		return false;
	field->count = ww_load16(ww_etl_bytes(w->payload));
	w->payload = ww_slice_from(w->payload, 2);
	return true;
}

static bool
may_go_on(struct walk *w)
{
	if (w->values_left == 0 || w->text > TEXT_MAX ||
	    w->text + VALUES_MAX - w->values_left > w->budget)
		return false;
	w->values_left--;
	return true;
}

static void
tell(struct walk *w, enum ww_etl_step step, const struct ww_etl_field *field)
{
	w->taker->take(w->taker->ctx, step, field);
}

static bool
add_value(struct walk *w, const struct ww_etl_field *field)
{
	const struct ww_etl_type type = { field->in, field->out, w->pointer };
	size_t before;
	bool whole;

	if (!may_go_on(w))
		return false;
	tell(w, WW_ETL_ITEM, field);
	before = w->out->len;
	whole = ww_etl_value(&type, &w->payload, w->out);
	w->text += w->out->len - before;
	tell(w, WW_ETL_TEXT, field);
	return whole;
}

static bool add_fields(struct walk *w, unsigned n, unsigned depth);

/* Pass over the descriptions of a structure that has no values. */
static bool
pass_fields(struct walk *w, unsigned n, unsigned depth)
{
	struct ww_etl_field field;

	while (n-- > 0) {
		if (!may_go_on(w) || !take_field(w, &field))
			return false;
		if (field.in == WW_ETL_STRUCT &&
		    (depth == 0 || !pass_fields(w, field.out, depth - 1)))
			return false;
	}
	return true;
}

/* Its members are described behind it, once. */
static bool
add_struct(struct walk *w, const struct ww_etl_field *field,
	   struct ww_slice members, unsigned depth)
{
	bool whole;

	if (depth == 0 || !may_go_on(w))
		return false;
	w->fields = members;
	tell(w, WW_ETL_ITEM, field);
	whole = add_fields(w, field->out, depth - 1);
	tell(w, WW_ETL_END_STRUCT, field);
	return whole;
}

static bool
add_items(struct walk *w, struct ww_etl_field *field, unsigned depth)
{
	struct ww_slice members = w->fields;

	if (field->in == WW_ETL_STRUCT && field->count == 0)
		return depth > 0 && pass_fields(w, field->out, depth - 1);
	for (; field->index < field->count; field->index++)
		if (!(field->in == WW_ETL_STRUCT
			  ? add_struct(w, field, members, depth)
			  : add_value(w, field)))
			return false;
	return true;
}

static bool
add_fields(struct walk *w, unsigned n, unsigned depth)
{
	struct ww_etl_field field;
	bool whole = true;

	while (whole && n-- > 0 && w->fields.len > 0) {
		if (!may_go_on(w) || !take_field(w, &field) ||
		    !count_values(w, &field))
			return false;
		w->text += field.name.len;
		tell(w, WW_ETL_BEGIN, &field);
		whole = add_items(w, &field, depth);
		tell(w, WW_ETL_END, &field);
	}
	return whole;
}

/* A string to its end, of which no more is said. */
static void
add_plain(struct walk *w)
{
	const struct ww_etl_field field = { .in = WW_ETL_STRING, .count = 1 };

	tell(w, WW_ETL_BEGIN, &field);
	tell(w, WW_ETL_ITEM, &field);
	ww_etl_utf16(w->payload, w->out);
	tell(w, WW_ETL_TEXT, &field);
	tell(w, WW_ETL_END, &field);
}

bool
ww_etl_schema_walk(const struct ww_etl_schema *schema,
		   const struct ww_etl_taker *taker, uint64_t *budget,
		   struct ww_buf *out)
{
	uint64_t spent;
	bool whole;
	struct walk w = {
		.taker = taker,
		.fields = schema->fields,
		.payload = schema->payload,
		.out = out,
		.pointer = schema->pointer,
		.values_left = VALUES_MAX,
		.budget = *budget,
	};

	if (schema->plain) {
		add_plain(&w);
		return true;
	}
	whole = add_fields(&w, UINT32_MAX, DEPTH_MAX);
	spent = w.text + VALUES_MAX - w.values_left;
	*budget -= spent < *budget ? spent : *budget;
	return whole;
}

/* One text */

struct composing {
	struct ww_buf *out;
	size_t start;
	bool named;
};

static void
begin_text(struct composing *k, struct ww_slice name)
{
	char clean[FIELD_NAME_MAX];
	size_t n;

	if (k->out->len > k->start)
		ww_buf_char(k->out, ' ');
	if (!k->named)
		return;
	n = ww_etl_schema_clean(name, clean, sizeof(clean));
	ww_buf_char(k->out, '[');
	ww_buf_add(k->out, ww_slice_of(clean, n));
	ww_buf_add(k->out, WW_LIT("] : "));
}

/* Of a structure only the members are told. */
static void
compose(void *ctx, enum ww_etl_step step, const struct ww_etl_field *field)
{
	struct composing *k = ctx;

	if (field->in == WW_ETL_STRUCT)
		return;
	if (step == WW_ETL_BEGIN)
		begin_text(k, field->name);
	else if (step == WW_ETL_ITEM && field->index > 0)
		ww_buf_add(k->out, WW_LIT(", "));
	else if (step == WW_ETL_END && k->named)
		ww_buf_char(k->out, ';');
}

/* The first description is the only one, and of no structure. */
static bool
has_one_field(struct ww_slice fields)
{
	struct walk w = { .fields = fields };
	struct ww_etl_field field;

	return take_field(&w, &field) && w.fields.len == 0;
}

bool
ww_etl_schema_text(const struct ww_etl_schema *schema, bool named,
		   uint64_t *budget, struct ww_buf *out)
{
	struct composing k = {
		.out = out,
		.start = out->len,
		.named =
		    named && !schema->plain && !has_one_field(schema->fields),
	};
	const struct ww_etl_taker taker = { compose, &k };

	return ww_etl_schema_walk(schema, &taker, budget, out);
}

size_t
ww_etl_schema_clean(struct ww_slice s, char *ret, size_t most)
{
	size_t len = 0;

	while (s.len > 0) {
		char utf8[4];
		uint32_t c;
		size_t n = ww_utf8_decode(s, &c);

		s = ww_slice_from(s, n);
		n = ww_utf8_encode(c < 0x20 || c == 0x7F ? '?' : c, utf8);
		if (n > most - len)
			break;
		memcpy(ret + len, utf8, n);
		len += n;
	}
	return len;
}
