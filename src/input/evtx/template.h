/*
 * Binary XML as a list of nodes, worked out once for each template of a file:
 * elements, attributes, literal text, and where values go.  Used by this
 * folder only.
 *
 * The same template stands in many chunks, each time with other offsets to
 * its names.  It is the same when its GUID, its bytes and its names are; the
 * offsets are passed over.
 */
#ifndef WW_INPUT_EVTX_TEMPLATE_H
#define WW_INPUT_EVTX_TEMPLATE_H

#include "input/evtx/evtx.h"

#define WW_EVTX_CHUNK ((size_t)65536)

/* Elements inside each other; real events have 6, hostile ones end here. */
#define WW_EVTX_DEPTH_MAX 32

/* Binary XML inside binary XML. */
#define WW_EVTX_NESTED_MAX 8

enum ww_evtx_node_kind {
	WW_EVTX_ELEMENT,
	WW_EVTX_ATTRIBUTE,
	WW_EVTX_TEXT,
	WW_EVTX_SLOT,	 /* a value stands here */
	WW_EVTX_INSTANCE /* a template with its values, at an offset */
};

/* In the order of the text; what is inside of a node follows it. */
struct ww_evtx_node {
	uint8_t kind;
	bool optional; /* slot: without a value its element is left out */
	bool empty;    /* element: <name/> */
	uint16_t slot;
	uint32_t end;	  /* the first node behind what is inside */
	uint32_t content; /* element: the first node behind its attributes */
	uint32_t same;	  /* the next sibling of that name; 0: none */
	bool repeated;	  /* a sibling of that name stands before */
	bool leaf;	  /* element: no element inside */
	uint32_t offset;  /* INSTANCE: in the chunk */
	struct ww_slice name; /* of element and attribute; TEXT: the text */
	/*
	 * Element and attribute: "name": as JSON has it.  Of what stands in
	 * EventData, by the attribute Name; empty: it has none.
	 */
	struct ww_slice key;
	struct ww_slice xml; /* TEXT: an instruction, which only XML has */
};

/* Where a part of the system stands. */
struct ww_evtx_source {
	bool in_slot;
	uint16_t slot;
	struct ww_evtx_value literal; /* elsewhere; null: nowhere */
};

/* An element or attribute that holds data. */
struct ww_evtx_datum {
	struct ww_slice name; /* empty: <Data> without a name */
	uint32_t from, to;    /* its content */
};

/* An offset to a name in the body. */
struct ww_evtx_name_ref {
	uint32_t at;	     /* in the body */
	bool is_inline;	     /* the name stands right behind it */
	const uint8_t *name; /* UTF-16 as it stood, without its NUL */
	uint32_t len;
};

/* Which data were picked last time, as bits; of the first 64. */
struct ww_evtx_choice {
	uint64_t pick; /* its number; 0: none yet */
	uint64_t data;
};

struct ww_evtx_template {
	struct ww_evtx_node *nodes;
	uint32_t n_nodes;
	bool is_event; /* the root is <Event> */
	struct ww_evtx_source system[WW_EVTX_PARTS];
	struct ww_evtx_datum *data; /* in order */
	uint32_t n_data;
	struct ww_evtx_choice *choice;
	int64_t work; /* that it was to compile */
	/* What it is recognised by: */
	struct ww_evtx_template *next; /* in the table */
	const uint8_t *body;	       /* as it stood, GUID and size first */
	uint32_t body_len;
	struct ww_evtx_name_ref *refs;
	uint32_t n_refs;
};

/* Memory that is given back at once: by records, or by chunks. */
struct ww_evtx_pool {
	struct ww_arena *arena; /* borrowed */
	struct ww_evtx_block *first, *at;
	size_t used;  /* of the block at hand */
	size_t total; /* of all blocks in use */
};

void *ww_evtx_pool_alloc(struct ww_evtx_pool *pool, size_t size);
void ww_evtx_pool_reset(struct ww_evtx_pool *pool);

/* What a compilation works with. */
struct ww_evtx_compiler {
	const uint8_t *chunk; /* len bytes of it are there */
	size_t len;
	struct ww_evtx_node *nodes; /* room for WW_EVTX_NODES_MAX */
	struct ww_evtx_name_ref *refs;
	uint32_t n_nodes, n_refs;
	int64_t *budget; /* less for each token */
	struct ww_evtx_pool *pool;
	bool strict; /* names must have the hash that stands before them */
};

/* The shortest node has three bytes in the file. */
#define WW_EVTX_NODES_MAX (WW_EVTX_CHUNK / 3)

/*
 * Work out the binary XML at chunk + at, of len bytes.  NULL: *retwhy says
 * what is wrong.
 */
struct ww_evtx_template *ww_evtx_compile(struct ww_evtx_compiler *c, size_t at,
					 size_t len, const char **retwhy);

/* Whether the definition at chunk + at, of len bytes, is this template's. */
bool ww_evtx_is_template(const struct ww_evtx_template *t, const uint8_t *chunk,
			 size_t chunk_len, size_t at, size_t len);

#endif
