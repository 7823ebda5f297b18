/*
 * What an event says of itself: the extended data behind EVENT_HEADER, in
 * which TraceLogging puts the names and types of what follows.  The layout is
 * that of Microsoft's TraceLoggingProvider.h.
 */
#ifndef WW_INPUT_ETL_SCHEMA_H
#define WW_INPUT_ETL_SCHEMA_H

#include "base/buf.h"
#include "base/slice.h"

/* In EVENT_HEADER. */
enum {
	WW_ETL_AT_FLAGS = 4,
	WW_ETL_AT_THREAD = 8,
	WW_ETL_AT_PROCESS = 12,
	WW_ETL_AT_TIME = 16,
	WW_ETL_AT_PROVIDER = 24,
	WW_ETL_AT_LEVEL = 44,
};

/* All borrowed from the event. */
struct ww_etl_schema {
	bool found;		  /* it says what it holds */
	bool plain;		  /* a string, and no more is said */
	struct ww_slice provider; /* the name it gives itself, if any */
	struct ww_slice name;	  /* of the event */
	struct ww_slice fields;	  /* their descriptions */
	struct ww_slice payload;
	unsigned pointer; /* bytes */
};

/* Of a whole event with EVENT_HEADER. */
void ww_etl_schema_find(struct ww_slice event, struct ww_etl_schema *ret);

/*
 * Text and values of a whole trace of so many bytes: several times what an
 * event that does not repeat itself can have.
 */
static inline uint64_t
ww_etl_schema_budget(uint64_t bytes)
{
	return (uint64_t)1024 * 1024 + 16 * bytes;
}

/* A field as it is described. */
struct ww_etl_field {
	struct ww_slice name;
	unsigned in, out; /* see value.h; WW_ETL_STRUCT: out members follow */
	unsigned counted; /* not 0: an array */
	unsigned count;	  /* of values */
	unsigned index;	  /* of the value at hand */
};

/* What is told of a field, in this order; all but begin and end repeatedly. */
enum ww_etl_step {
	WW_ETL_BEGIN,
	WW_ETL_ITEM, /* a value or structure follows, … */
	WW_ETL_TEXT, /* … the text of the value, at the buffer's end, … */
	WW_ETL_END_STRUCT, /* … or the end of the structure */
	WW_ETL_END,
};

struct ww_etl_taker {
	void (*take)(void *ctx, enum ww_etl_step step,
		     const struct ww_etl_field *field);
	void *ctx;
};

/*
 * The event's fields in order, whose values are put into *out as text; they
 * are taken off *budget.  False: the description and the payload do not fit;
 * what was read until then was told, and each beginning has its end.
 */
bool ww_etl_schema_walk(const struct ww_etl_schema *schema,
			const struct ww_etl_taker *taker, uint64_t *budget,
			struct ww_buf *out);

/*
 * The event's values as one text, likewise.  One value stands for itself;
 * several are parted by blanks, or with `named` written "[name] : value; ".
 */
bool ww_etl_schema_text(const struct ww_etl_schema *schema, bool named,
			uint64_t *budget, struct ww_buf *out);

/* At most `most` bytes of s as UTF-8 without controls; how many. */
size_t ww_etl_schema_clean(struct ww_slice s, char *ret, size_t most);

#endif
