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
	struct ww_slice fields; /* descriptions not looked at yet */
	struct ww_slice payload;
	struct ww_buf *out;
	size_t start; /* of the text */
	unsigned pointer;
	unsigned values_left;
	uint64_t budget;
	bool named;
};

struct field {
	struct ww_slice name;
	unsigned in, out;
	unsigned counted; /* CONSTANT, VARIABLE or neither */
	unsigned count;
};

/* Take a description. */
static bool
take_field(struct walk *w, struct field *ret)
{
	*ret = (struct field){ 0 };
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
count_values(struct walk *w, struct field *field)
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
	size_t text = w->out->len - w->start;

	if (w->values_left == 0 || text > TEXT_MAX ||
	    text + VALUES_MAX - w->values_left > w->budget)
		return false;
	w->values_left--;
	return true;
}

static void
add_name(struct walk *w, struct ww_slice name)
{
	char clean[FIELD_NAME_MAX];
	size_t n = ww_etl_schema_clean(name, clean, sizeof(clean));

	ww_buf_add(w->out, ww_slice_of(clean, n));
}

static bool
add_values(struct walk *w, const struct field *field)
{
	const struct ww_etl_type type = { field->in, field->out, w->pointer };

	if (w->named) {
		if (w->out->len > w->start)
			ww_buf_char(w->out, ' ');
		ww_buf_char(w->out, '[');
		add_name(w, field->name);
		ww_buf_add(w->out, WW_LIT("] : "));
	} else if (w->out->len > w->start) {
		ww_buf_char(w->out, ' ');
	}
	for (unsigned i = 0; i < field->count; i++) {
		if (i > 0)
			ww_buf_add(w->out, WW_LIT(", "));
		if (!may_go_on(w) || !ww_etl_value(&type, &w->payload, w->out))
			return false;
	}
	if (w->named)
		ww_buf_char(w->out, ';');
	return true;
}

static bool add_fields(struct walk *w, unsigned n, unsigned depth);

/* Pass over the descriptions of a structure that has no values. */
static bool
pass_fields(struct walk *w, unsigned n, unsigned depth)
{
	struct field field;

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
add_struct(struct walk *w, const struct field *field, unsigned depth)
{
	struct ww_slice members = w->fields;

	if (depth == 0)
		return false;
	if (field->count == 0)
		return pass_fields(w, field->out, depth - 1);
	for (unsigned i = 0; i < field->count; i++) {
		w->fields = members;
		if (!may_go_on(w) || !add_fields(w, field->out, depth - 1))
			return false;
	}
	return true;
}

static bool
add_fields(struct walk *w, unsigned n, unsigned depth)
{
	struct field field;

	while (n-- > 0 && w->fields.len > 0) {
		if (!may_go_on(w) || !take_field(w, &field) ||
		    !count_values(w, &field))
			return false;
		if (field.in == WW_ETL_STRUCT ? !add_struct(w, &field, depth)
					      : !add_values(w, &field))
			return false;
	}
	return true;
}

/* The first description is the only one, and of no structure. */
static bool
has_one_field(struct ww_slice fields)
{
	struct walk w = { .fields = fields };
	struct field field;

	return take_field(&w, &field) && w.fields.len == 0;
}

bool
ww_etl_schema_text(const struct ww_etl_schema *schema, bool named,
		   uint64_t *budget, struct ww_buf *out)
{
	uint64_t spent;
	bool whole;
	struct walk w = {
		.fields = schema->fields,
		.payload = schema->payload,
		.out = out,
		.start = out->len,
		.pointer = schema->pointer,
		.values_left = VALUES_MAX,
		.budget = *budget,
		.named = named && !has_one_field(schema->fields),
	};

	if (schema->plain) {
		ww_etl_utf16(schema->payload, out);
		return true;
	}
	whole = add_fields(&w, UINT32_MAX, DEPTH_MAX);
	spent = out->len - w.start + VALUES_MAX - w.values_left;
	*budget -= spent < *budget ? spent : *budget;
	return whole;
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
