/*
 * Events of traces as JSON objects, whose members are called as those of
 * event logs; the fields that an event describes are in "data".
 */
#include "base/compiler.h"
#include "input/etl/event.h"
#include "input/etl/value.h"
#include "input/evtx/value.h"
#include "input/json_keys.h"

#include "base/banned.h"

/* Structures inside each other; the walk goes no deeper. */
#define DEPTH_MAX 16

struct writing {
	struct ww_etl *e;
	struct ww_evtx_out *out;
	struct ww_json_keys keys;
	unsigned outer[DEPTH_MAX], depth;
	unsigned unnamed; /* fields so far */
	bool too_many;	  /* keys */
};

static void
put_key(struct writing *w, struct ww_slice key)
{
	if (!ww_json_keys_put(&w->keys, w->out, key))
		w->too_many = true;
}

static void
put_string(struct writing *w, struct ww_slice s)
{
	ww_evtx_add_char(w->out, '"');
	ww_evtx_put_text(w->out, s, WW_EVTX_IN_JSON);
	ww_evtx_add_char(w->out, '"');
}

/* Fields */

/* A field without a name is a parameter, as in event logs. */
static void
put_name(struct writing *w, struct ww_slice name)
{
	struct ww_buf *room = &w->e->value;
	struct ww_evtx_out key = { .cap = 6 * name.len + 32 };

	ww_buf_reserve(room, key.cap);
	key.p = room->p;
	ww_evtx_add_char(&key, '"');
	if (name.len > 0) {
		ww_evtx_put_text(&key, name, WW_EVTX_IN_JSON);
	} else {
		ww_evtx_add(&key, WW_LIT("param"));
		ww_evtx_put_number(&key, ++w->unnamed);
	}
	ww_evtx_add(&key, WW_LIT("\":"));
	put_key(w, ww_slice_of(key.p, key.len));
}

/* A count, whatever its size; no address, code or character. */
static bool
is_number(const struct ww_etl_field *field)
{
	switch (field->out) {
	case WW_ETL_OUT_NONE:
	case WW_ETL_OUT_PORT:
	case WW_ETL_OUT_SIGNED:
	case WW_ETL_OUT_UNSIGNED:
		return field->in >= WW_ETL_I8 && field->in <= WW_ETL_F64;
	default:
		return false;
	}
}

static bool
is_real(const struct ww_etl_field *field)
{
	return field->in == WW_ETL_F32 || field->in == WW_ETL_F64;
}

/* Wherever JSON is read, 15 digits are exact. */
static bool
is_exact(struct ww_slice digits)
{
	return digits.len <= 15;
}

/* As JSON has it; what is missing, infinite or no number is null. */
static void
put_value(struct writing *w, const struct ww_etl_field *field)
{
	struct ww_slice text = ww_buf_slice(&w->e->value);
	bool negative = text.len > 0 && text.p[0] == '-';
	struct ww_slice digits = ww_slice_from(text, negative);
	bool digit = digits.len > 0 && ww_is_digit(digits.p[0]);

	if (field->in == WW_ETL_NULL || (is_number(field) && !digit))
		ww_evtx_add(w->out, WW_LIT("null"));
	else if (is_number(field) && (is_real(field) || is_exact(digits)))
		ww_evtx_add(w->out, text);
	else if (field->out == WW_ETL_OUT_BOOLEAN ||
		 (field->in == WW_ETL_BOOL32 && field->out == WW_ETL_OUT_NONE))
		ww_evtx_add(w->out, text.len > 0 ? text : WW_LIT("null"));
	else
		put_string(w, text);
	w->e->value.len = 0;
}

static void
put_begin(struct writing *w, const struct ww_etl_field *field)
{
	put_name(w, field->name);
	if (field->counted != 0)
		ww_evtx_add_char(w->out, '[');
}

/* A field whose one value is missing ends with its colon. */
static void
put_end(struct writing *w, const struct ww_etl_field *field)
{
	if (field->counted != 0)
		ww_evtx_add_char(w->out, ']');
	else if (w->out->len > 0 && w->out->p[w->out->len - 1] == ':')
		ww_evtx_add(w->out, WW_LIT("null"));
}

static void
open_object(struct writing *w)
{
	ww_evtx_add_char(w->out, '{');
	w->outer[w->depth++] = ww_json_keys_open(&w->keys);
}

static void
close_object(struct writing *w)
{
	ww_evtx_add_char(w->out, '}');
	ww_json_keys_close(&w->keys, w->outer[--w->depth]);
}

static void
take(void *ctx, enum ww_etl_step step, const struct ww_etl_field *field)
{
	struct writing *w = ctx;

	switch (step) {
	case WW_ETL_BEGIN:
		put_begin(w, field);
		break;
	case WW_ETL_ITEM:
		if (field->index > 0)
			ww_evtx_add_char(w->out, ',');
		if (field->in == WW_ETL_STRUCT)
			open_object(w);
		break;
	case WW_ETL_TEXT:
		put_value(w, field);
		break;
	case WW_ETL_END_STRUCT:
		close_object(w);
		break;
	case WW_ETL_END:
		put_end(w, field);
		break;
	}
}

/* The event */

static const struct {
	enum ww_etl_part part;
	struct ww_slice key;
} members[] = {
#define KEY(s)                              \
	{                                   \
		"\"" s "\":", sizeof(s) + 2 \
	}
	{ WW_ETL_PROVIDER_GUID, KEY("provider_guid") },
	{ WW_ETL_ID, KEY("id") },
	{ WW_ETL_VERSION, KEY("version") },
	{ WW_ETL_LEVEL, KEY("level") },
	{ WW_ETL_TASK, KEY("task") },
	{ WW_ETL_OPCODE, KEY("opcode") },
	{ WW_ETL_KEYWORDS, KEY("keywords") },
	{ WW_ETL_ACTIVITY, KEY("activity") },
	{ WW_ETL_PROCESS, KEY("process") },
	{ WW_ETL_THREAD, KEY("thread") },
#undef KEY
};

static void
put_head(struct writing *w, const struct ww_etl_record *r)
{
	struct ww_evtx_out *out = w->out;

	if (r->filetime != 0) {
		put_key(w, WW_LIT("\"time\":"));
		ww_evtx_add_char(out, '"');
		ww_evtx_put_filetime(out, r->filetime);
		ww_evtx_add_char(out, '"');
	}
	put_key(w, WW_LIT("\"record\":"));
	ww_evtx_put_number(out, r->number);
	if (r->schema.provider.len > 0) {
		put_key(w, WW_LIT("\"provider\":"));
		put_string(w, r->schema.provider);
	}
	for (size_t i = 0; i < WW_ARRAY_LEN(members); i++) {
		struct ww_evtx_value value = ww_etl_part(r, members[i].part);

		if (value.type == WW_EVTX_NULL)
			continue;
		put_key(w, members[i].key);
		ww_evtx_put_json(out, &value);
	}
	if (r->schema.name.len > 0) {
		put_key(w, WW_LIT("\"name\":"));
		put_string(w, r->schema.name);
	}
}

bool
ww_etl_json(struct ww_etl *e, const struct ww_etl_record *r,
	    struct ww_evtx_out *out)
{
	struct writing w = { .e = e, .out = out };
	const struct ww_etl_taker taker = { take, &w };
	size_t start = out->len;

	out->full = false;
	open_object(&w);
	put_head(&w, r);
	put_key(&w, WW_LIT("\"data\":"));
	open_object(&w);
	ww_etl_fields(e, r, &taker);
	close_object(&w);
	close_object(&w);
	return (!out->full && !w.too_many) || ww_etl_give_up(e, r, out, start);
}
