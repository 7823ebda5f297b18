/*
 * Event logs of Windows Vista and later (EVTX): chunks of 64 KiB, each with
 * the records, names and templates that it needs.  A record is binary XML,
 * most often a template with values.  What is known of a template is worked
 * out once per file: see template.h.
 *
 * Three users: diagnosis takes the system part and the data as text, the
 * command `events` renders whole events, and both want the counts.
 */
#ifndef WW_INPUT_EVTX_EVTX_H
#define WW_INPUT_EVTX_EVTX_H

#include "base/arena.h"
#include "base/simd/kernels.h"
#include "base/slice.h"
#include "evidence/time.h"
#include "input/binary.h"
#include "input/evtx/out.h"
#include "input/loss.h"

/* Events as records, for diagnosis. */
extern const struct ww_binary ww_binary_evtx;

struct ww_evtx; /* owned by the arena it was opened in */

/* Up to n bytes of the file; fewer at its end only. */
typedef size_t ww_evtx_read_fn(void *ctx, void *p, size_t n);

/* Reads the file's header.  All memory is the arena's. */
struct ww_evtx *ww_evtx_open(struct ww_arena *arena,
			     const struct ww_kernels *kernels,
			     ww_evtx_read_fn *read, void *ctx);

/*
 * Another reader of the same file, which is given chunks and no header.  It
 * may work at the same time as the first one, on another thread.
 */
struct ww_evtx *ww_evtx_open_like(struct ww_arena *arena,
				  const struct ww_evtx *first,
				  ww_evtx_read_fn *read, void *ctx);

/* The chunk that is read next stands at that offset of the file. */
void ww_evtx_go_to(struct ww_evtx *x, uint64_t at);

/* Types of values, as they stand in the file. */
enum ww_evtx_type {
	WW_EVTX_NULL,
	WW_EVTX_STRING, /* UTF-16 */
	WW_EVTX_ANSI,
	WW_EVTX_I8,
	WW_EVTX_U8,
	WW_EVTX_I16,
	WW_EVTX_U16,
	WW_EVTX_I32,
	WW_EVTX_U32,
	WW_EVTX_I64,
	WW_EVTX_U64,
	WW_EVTX_F32,
	WW_EVTX_F64,
	WW_EVTX_BOOL,
	WW_EVTX_BINARY,
	WW_EVTX_GUID,
	WW_EVTX_SIZE, /* of a pointer: 4 or 8 bytes */
	WW_EVTX_FILETIME,
	WW_EVTX_SYSTEMTIME,
	WW_EVTX_SID,
	WW_EVTX_HEX32,
	WW_EVTX_HEX64,
	WW_EVTX_XML = 0x21,   /* binary XML inside binary XML */
	WW_EVTX_UTF8 = 0x7F,  /* of ours: literal text of a template */
	WW_EVTX_ARRAY = 0x80, /* with one of the others */
};

struct ww_evtx_value {
	const uint8_t *p; /* borrowed: the chunk, or a template */
	uint32_t len;	  /* bytes */
	uint8_t type;
};

/* What the System element of every event holds. */
enum ww_evtx_part {
	WW_EVTX_PROVIDER,
	WW_EVTX_PROVIDER_GUID,
	WW_EVTX_SOURCE, /* EventSourceName: the name that classic events have */
	WW_EVTX_ID,
	WW_EVTX_QUALIFIERS,
	WW_EVTX_VERSION,
	WW_EVTX_LEVEL,
	WW_EVTX_TASK,
	WW_EVTX_OPCODE,
	WW_EVTX_KEYWORDS,
	WW_EVTX_TIME,
	WW_EVTX_RECORD_ID,
	WW_EVTX_ACTIVITY,
	WW_EVTX_RELATED,
	WW_EVTX_PROCESS,
	WW_EVTX_THREAD,
	WW_EVTX_CHANNEL,
	WW_EVTX_COMPUTER,
	WW_EVTX_USER,
	WW_EVTX_PARTS
};

struct ww_evtx_template;

/* A template with its values. */
struct ww_evtx_instance {
	const struct ww_evtx_template *tpl;
	const struct ww_evtx_value *values;
	uint32_t n_values;
};

/* Valid until the next call of ww_evtx_next(). */
struct ww_evtx_record {
	uint64_t at;	  /* offset in the file */
	uint64_t id;	  /* EventRecordID, by the record's header */
	uint64_t created; /* FILETIME, in UTC; or when it was written */
	bool carved;	  /* of bytes that are not in use any more */
	struct ww_evtx_instance event;
};

/*
 * Carve from now on: in the bytes of each chunk behind its records stand older
 * ones when it is used again.  They come behind the chunk's own records, in
 * the order in which they stand, and only when all of their binary XML is
 * there; what is the same as a record before it, one of the last hundred
 * thousand or so, is passed over.
 */
void ww_evtx_carve(struct ww_evtx *x, struct ww_arena *arena);

/*
 * The next record.  What cannot be read is counted and passed over.  False at
 * the end of the file.
 */
bool ww_evtx_next(struct ww_evtx *x, struct ww_evtx_record *ret);

/*
 * The record at that offset once more, of the chunk at hand, or of the next
 * one where there is none yet.  False: no such record is there.
 */
bool ww_evtx_again(struct ww_evtx *x, uint64_t at, struct ww_evtx_record *ret);

/* A part of the system; null where the event has none. */
struct ww_evtx_value ww_evtx_part(const struct ww_evtx_record *r,
				  enum ww_evtx_part part);

/* As a number, whether stored as one or as digits; 0 when it is none. */
uint64_t ww_evtx_part_number(const struct ww_evtx_record *r,
			     enum ww_evtx_part part);

void ww_evtx_put_number(struct ww_evtx_out *out, uint64_t v);

/* 2026-11-19T08:41:07.1234567Z */
void ww_evtx_put_filetime(struct ww_evtx_out *out, uint64_t filetime);

/* When the event was created, in UTC. */
ww_time ww_evtx_time(const struct ww_evtx_record *r);

/*
 * The data of an event, in order, as text that is valid during the call:
 * <Data> by its name, which is empty where it has none, other elements by
 * theirs, attributes as element_attribute.  False, here and below: the event
 * is damaged inside, which is counted; what came before stands.
 */
typedef void ww_evtx_take_fn(void *ctx, struct ww_slice name,
			     struct ww_slice text);
bool ww_evtx_fields(struct ww_evtx *x, const struct ww_evtx_record *r,
		    ww_evtx_take_fn *take, void *ctx);

/*
 * Some data, by their names; all of a template where one has no name, since
 * those are known by their place.  Damage is not counted here: whoever meets it
 * takes them all.
 */
struct ww_evtx_pick {
	uint64_t number; /* not 0, and of no other pick from the same file */
	const struct ww_slice *names;
	size_t n;
};
bool ww_evtx_picked_fields(struct ww_evtx *x, const struct ww_evtx_record *r,
			   const struct ww_evtx_pick *pick,
			   ww_evtx_take_fn *take, void *ctx);

/*
 * What rules see of an event, which is what they see of one that was exported:
 * see input/events.h.  In p[cap], which holds at least 256 bytes; what does
 * not fit is cut.
 */
bool ww_evtx_line(struct ww_evtx *x, const struct ww_evtx_record *r, char *p,
		  size_t cap, struct ww_slice *ret);

/*
 * The same in two steps: what it begins with, and the fields behind its first
 * *len bytes, of which *len is then more if there were any.  pick may be NULL:
 * all.
 */
size_t ww_evtx_line_head(const struct ww_evtx_record *r, char *p, size_t cap);
bool ww_evtx_line_fields(struct ww_evtx *x, const struct ww_evtx_record *r,
			 const struct ww_evtx_pick *pick, char *p, size_t cap,
			 size_t *len);

/* As text, in p[cap]; what does not fit is left out. */
struct ww_slice ww_evtx_part_text(const struct ww_evtx_record *r,
				  enum ww_evtx_part part, char *p, size_t cap);

/*
 * Whether a value of the event may be an error code: a number that fails as
 * an HRESULT or NTSTATUS does, or text with 0x or 8 digits in it.
 */
bool ww_evtx_may_hold_code(struct ww_evtx *x, const struct ww_evtx_record *r);

/*
 * The whole event as XML, on one line, without a line end.  False: nothing is
 * added to *out; room for WW_EVTX_EVENT_MAX bytes is enough for any.
 */
#define WW_EVTX_EVENT_MAX ((size_t)1024 * 1024)
bool ww_evtx_xml(struct ww_evtx *x, const struct ww_evtx_record *r,
		 struct ww_evtx_out *out);

/* The same as a JSON object. */
bool ww_evtx_json(struct ww_evtx *x, const struct ww_evtx_record *r,
		  struct ww_evtx_out *out);

struct ww_evtx_state {
	uint64_t bytes;
	uint64_t chunks, empty_chunks; /* empty: set aside, never used */
	uint64_t damaged_chunks;
	uint64_t records;   /* read whole */
	uint64_t recovered; /* of them: in damaged chunks, or behind the end */
	uint64_t failed;    /* records that could not be read */
	uint64_t carved;    /* not one of `records` */
	uint64_t remains;   /* of older records, which could not be carved */
	struct ww_losses losses; /* damage, by its kind */
	bool dirty; /* the header says that the log was not closed */
};
const struct ww_evtx_state *ww_evtx_state(const struct ww_evtx *x);

#endif
