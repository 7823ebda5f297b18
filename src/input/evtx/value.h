/*
 * Values of event logs as text, in the form in which Windows shows them.
 * Used by the renderers of this folder.
 */
#ifndef WW_INPUT_EVTX_VALUE_H
#define WW_INPUT_EVTX_VALUE_H

#include "input/evtx/evtx.h"

/* What the text stands in. */
enum ww_evtx_escape {
	WW_EVTX_PLAIN, /* control characters are replaced */
	WW_EVTX_IN_XML,
	WW_EVTX_IN_JSON, /* inside of quotes */
};

/* Binary XML has no text; the items of an array are parted by commas. */
void ww_evtx_put_value(struct ww_evtx_out *out,
		       const struct ww_evtx_value *value,
		       enum ww_evtx_escape escape);

/* UTF-8, which is valid. */
void ww_evtx_put_text(struct ww_evtx_out *out, struct ww_slice text,
		      enum ww_evtx_escape escape);

/* UTF-16 to UTF-8, up to the NULs at its end. */
void ww_evtx_put_utf16(struct ww_evtx_out *out, const uint8_t *p, size_t len,
		       enum ww_evtx_escape escape);

/* As JSON has it: a number, true, null, an array, or else a string. */
void ww_evtx_put_json(struct ww_evtx_out *out,
		      const struct ww_evtx_value *value);

/* 2026-11-19T08:41:07.1234567Z to a FILETIME; false: it is no such time. */
bool ww_evtx_read_time(const struct ww_evtx_value *value, uint64_t *ret);

/* A number, whether stored as one or as digits; 0 when it is none. */
uint64_t ww_evtx_number(const struct ww_evtx_value *value);

/* Whether the value is of a numeric type, and which number. */
bool ww_evtx_load(const struct ww_evtx_value *value, uint64_t *ret,
		  bool *retnegative);

/*
 * Take the next item off an array; false when none is left.  Strings end with
 * a NUL each, all else has the size of its type.
 */
bool ww_evtx_item(struct ww_evtx_value *array, struct ww_evtx_value *ret);

#endif
