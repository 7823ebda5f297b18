/*
 * The outer grammar that the logs of servicing and of Windows Setup share,
 * CBS.log, dism.log and setupact.log:
 *
 *	2026-05-22 16:22:42, Info                  CBS    text
 *
 * in fixed columns.  Used by the readers of these.
 */
#ifndef WW_INPUT_SERVICING_H
#define WW_INPUT_SERVICING_H

#include "evidence/record.h"

#define WW_SERVICING_STAMP 19 /* bytes of 2026-05-22 16:22:42 */

/* The stamp of the line before: most lines share it.  Starts zeroed. */
struct ww_servicing_stamp {
	char text[WW_SERVICING_STAMP];
	bool known;
	ww_time time;
};

/*
 * Read a line that begins with a stamp into the time, level, component and
 * text of *ret.  False: it does not, and *ret is not touched.
 */
bool ww_servicing_line(struct ww_servicing_stamp *stamp, struct ww_slice line,
		       struct ww_record *ret);

/* What the first lines of a file are. */
struct ww_servicing_head {
	unsigned lines;	    /* that are not empty */
	unsigned stamped;   /* with a stamp of this grammar */
	unsigned servicing; /* of these, by a part of the servicing stack */
	unsigned dism;	    /* of these, by DISM */
	unsigned setup;	    /* of these, by a part of Windows Setup */
	unsigned plain;	    /* of these, in columns and by no part */
};

struct ww_servicing_head ww_servicing_look(struct ww_slice head);

/* A log of Windows Setup, though the servicing stack may write to it, too. */
static inline bool
ww_servicing_is_setup(const struct ww_servicing_head *look)
{
	return look->setup * 10 > look->servicing;
}

enum ww_servicing_block {
	WW_BLOCK_NONE,
	WW_BLOCK_CHECK, /* of a store check, cut out of CBS.log */
	WW_BLOCK_TOOL,	/* of the System Update Readiness Tool */
};

/* Whether the head begins with "Checking System Update Readiness". */
enum ww_servicing_block ww_servicing_block(struct ww_slice head);

/* Whether a line does. */
bool ww_servicing_is_title(struct ww_slice line);

#endif
