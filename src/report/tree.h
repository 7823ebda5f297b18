/*
 * Building a report tree.  Used by whatever composes reports; renderers use
 * the public header only.
 */
#ifndef WW_REPORT_TREE_H
#define WW_REPORT_TREE_H

#include <winwhy/report.h>

#include "base/arena.h"
#include "base/buf.h"
#include "catalogue/catalogue.h"

struct ww_node {
	enum ww_node_kind kind;
	bool untranslated;
	bool told;	 /* the user's own text, or one that tells of it */
	bool marked;	 /* of which only that is the user's: redact.h */
	uint32_t record; /* of a SOURCE_ID: the source in the catalogue */
	struct ww_slice text;
	struct ww_node *child; /* first */
	struct ww_node *last;  /* of the children */
	struct ww_node *next;
};

struct ww_report {
	struct ww_arena arena; /* owns the tree and what is rendered */
	jmp_buf oom;
	const struct ww_catalogue *c; /* borrowed */
	unsigned lang;
	bool known;
	struct ww_node *root;
};

/* A report with an empty root; NULL when there is no memory. */
struct ww_report *ww_report_new(const struct ww_catalogue *c, unsigned lang,
				const char *kind);

/*
 * Run build(report, ctx), which may allocate from the report's arena.  False
 * when memory ran out in it: the report is then only fit to be closed.
 */
bool ww_report_build(struct ww_report *report,
		     void (*build)(struct ww_report *, void *), void *ctx);

/* WW_NOMEM, and what *reterr says of it. */
enum ww_status ww_report_no_memory(struct ww_error *reterr);

/*
 * Both: a new report, built.  WW_NOMEM fills *reterr and is the only
 * failure; *ret is the caller's to close.
 */
enum ww_status ww_report_make(const struct ww_catalogue *c, unsigned lang,
			      const char *kind,
			      void (*build)(struct ww_report *, void *),
			      void *ctx, struct ww_report **ret,
			      struct ww_error *reterr);

/* A new last child. */
struct ww_node *ww_add(struct ww_report *report, struct ww_node *parent,
		       enum ww_node_kind kind);

/* Likewise with a text; an empty text adds nothing and gives NULL. */
struct ww_node *ww_add_slice(struct ww_report *report, struct ww_node *parent,
			     enum ww_node_kind kind, struct ww_slice text);
struct ww_node *ww_add_text(struct ww_report *report, struct ww_node *parent,
			    enum ww_node_kind kind, struct ww_text text);

void ww_add_number(struct ww_report *report, struct ww_node *parent,
		   enum ww_node_kind kind, int64_t v);

/* 0x and at least 8 hexadecimal digits, in the report's arena. */
struct ww_slice ww_hex_text(struct ww_report *report, uint64_t v);

/* The same as a child. */
void ww_add_hex(struct ww_report *report, struct ww_node *parent,
		enum ww_node_kind kind, uint64_t v);

void ww_add_bool(struct ww_report *report, struct ww_node *parent,
		 enum ww_node_kind kind, bool v);

/* A text of the interface in the report's language. */
struct ww_slice ww_tr(const struct ww_report *report, const char *english);

#endif
