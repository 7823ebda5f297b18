/*
 * What a reader keeps: the chunk at hand, the templates of the file, room for
 * values.  Used by this folder only.
 */
#ifndef WW_INPUT_EVTX_READER_H
#define WW_INPUT_EVTX_READER_H

#include "input/evtx/template.h"

/* By the offset of their definitions in the chunk at hand. */
#define WW_EVTX_PLACES 1024

/* By GUID: of a file. */
#define WW_EVTX_TABLE 1024

/* A value takes four bytes of the chunk to describe. */
#define WW_EVTX_VALUES_MAX (WW_EVTX_CHUNK / 4)

/* Text of one field, for those who take the data as text. */
#define WW_EVTX_TEXT_MAX ((size_t)8 * WW_EVTX_CHUNK)

struct ww_evtx_place {
	uint32_t chunk;	 /* the number of the chunk it was seen in */
	uint32_t offset; /* of the definition */
	const struct ww_evtx_template *tpl;
};

struct ww_evtx_bucket {
	struct ww_evtx_template *first;
};

struct ww_evtx {
	ww_evtx_read_fn *read;
	void *ctx;
	const struct ww_kernels *kernels;
	struct ww_evtx_state state;
	struct ww_crc32 crc;
	bool checked; /* chunks have check sums */

	uint8_t *chunk;	   /* WW_EVTX_CHUNK bytes */
	uint64_t chunk_at; /* its offset in the file */
	size_t len;	   /* of it are there */
	uint32_t number;   /* of the chunk; 0: none yet */
	size_t at, end;	   /* the records that are left */
	bool damaged;	   /* the chunk is */
	uint64_t last_id;  /* of the record before */
	bool any;	   /* record of the chunk was read */
	bool carving;	   /* the record at hand is of unused bytes */
	int64_t budget;	   /* of work for the chunk */

	struct ww_evtx_carver *carver; /* NULL: what is unused stays so */
	struct ww_evtx_place *places;  /* WW_EVTX_PLACES */
	struct ww_evtx_bucket *table;  /* WW_EVTX_TABLE */
	struct ww_evtx_pool kept;      /* of the templates in the table */
	struct ww_evtx_pool scratch;   /* of the record at hand */
	struct ww_evtx_compiler compiler;

	struct ww_evtx_value *values; /* WW_EVTX_VALUES_MAX */
	uint32_t n_values;	      /* taken, from the first on */
	unsigned nested;	      /* instances that were entered */
	char *text;		      /* WW_EVTX_TEXT_MAX */
	const char *why;	      /* the record at hand could not be read */
};

/* Tokens, names and values of the records of one chunk. */
#define WW_EVTX_BUDGET ((int64_t)1024 * 1024)

/* The record at chunk + at, whose size fits.  False: see x->why. */
bool ww_evtx_record_at(struct ww_evtx *x, size_t at,
		       struct ww_evtx_record *ret);

/* Where the next record stands for sure, from at on; or the end. */
size_t ww_evtx_find_record(const struct ww_evtx *x, size_t at, size_t end);

/* A live record was read: it is not carved again. */
void ww_evtx_remember(struct ww_evtx *x, size_t at);

/* The next record of the bytes behind the end of the chunk's records. */
bool ww_evtx_carve_next(struct ww_evtx *x, struct ww_evtx_record *ret);

/*
 * The instance at chunk + at, up to `end`: its template and its values, which
 * are taken off x->values until x->n_values is set back.  The bytes may begin
 * with the mark of a fragment, or be elements without a template.  False: see
 * x->why.
 */
bool ww_evtx_instance_at(struct ww_evtx *x, size_t at, size_t end,
			 struct ww_evtx_instance *ret);

/* The record was read, and is damaged inside: count it.  Returns false. */
bool ww_evtx_give_up(struct ww_evtx *x, const struct ww_evtx_record *r);

/* Work for n nodes, as far as the chunk's budget allows. */
bool ww_evtx_spend(struct ww_evtx *x, size_t n);

/*
 * Enter the instance that the node holds.  ww_evtx_leave() frees the room for
 * its values again; false: there is nothing to leave.
 */
bool ww_evtx_enter(struct ww_evtx *x, const struct ww_evtx_instance *outer,
		   const struct ww_evtx_node *node,
		   struct ww_evtx_instance *ret);
void ww_evtx_leave(struct ww_evtx *x, const struct ww_evtx_instance *i);

/* The event cannot be told: say why.  Returns false. */
static inline bool
ww_evtx_fail(struct ww_evtx *x, const char *why)
{
	x->why = why;
	return false;
}

/* Whether a node is a slot with binary XML, or a template in place. */
static inline bool
ww_evtx_is_inner(const struct ww_evtx_instance *i,
		 const struct ww_evtx_node *node)
{
	return node->kind == WW_EVTX_INSTANCE ||
	       (node->kind == WW_EVTX_SLOT && node->slot < i->n_values &&
		i->values[node->slot].type == WW_EVTX_XML &&
		i->values[node->slot].len > 0);
}

/* The value that a slot stands for; null where there is none. */
static inline struct ww_evtx_value
ww_evtx_slot(const struct ww_evtx_instance *i, uint32_t slot)
{
	return slot < i->n_values ? i->values[slot]
				  : (struct ww_evtx_value){ 0 };
}

#endif
