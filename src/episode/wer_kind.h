/*
 * The kinds of reports of Windows Error Reporting that tell of a failure, and
 * which part of a report's signature is what.  Used by wer.c only.
 *
 * Parts are known by their numbers: their names are in the language of the
 * machine.
 */
#ifndef WW_EPISODE_WER_KIND_H
#define WW_EPISODE_WER_KIND_H

#include "base/slice.h"
#include "catalogue/format.h"

/* What a part is to the episode. */
enum ww_wer_role {
	WW_WER_NOTE,	  /* a fact by the name that stands beside */
	WW_WER_SUBJECT,	  /* the program, the package */
	WW_WER_UPDATE,	  /* the update's id; all zeros: of none */
	WW_WER_MODULE,	  /* where it failed */
	WW_WER_OFFSET,	  /* and at which offset in that */
	WW_WER_EXCEPTION, /* the exception that ended a program */
	WW_WER_RESULT,	  /* an HRESULT */
	WW_WER_STEP,	  /* of an update: Scan, Download, Install … */
	WW_WER_STOP,	  /* a stop code; its parameters follow */
};

#define WW_WER_PARTS_MAX 6

struct ww_wer_part {
	unsigned number;
	enum ww_wer_role role;
	const char *note; /* of WW_WER_NOTE */
};

struct ww_wer_kind {
	const char *type; /* EventType */
	enum ww_episode_id episode;
	unsigned last; /* the part that ends the report */
	unsigned n_parts;
	struct ww_wer_part parts[WW_WER_PARTS_MAX];
};

/* NULL: a kind that tells of no failure, or of none that is known. */
const struct ww_wer_kind *ww_wer_kind(struct ww_slice type);

/* What that part is; NULL: nothing that is looked at. */
const struct ww_wer_part *ww_wer_part(const struct ww_wer_kind *kind,
				      unsigned number);

#endif
