/*
 * What winwhy-unpack writes and winwhy reads: the members of an archive as
 * frames on one pipe.  The reader trusts no byte of it.
 *
 *	stream	"WWUNPAK1" frame...
 *	frame	kind:1 length:4 payload:length		(little-endian)
 *
 *	'B'	a member begins; payload: its name
 *	'D'	1 to WW_FRAME_DATA_MAX bytes of the member
 *	'E'	the member ends; why:1, WW_WHY_WHOLE unless the end is missing
 *	'P'	a member or an archive that cannot be given; why:1, its name
 *	'S'	how many were passed over; why:1 count:8
 *	'Z'	everything was said; empty, nothing follows
 *
 * Between 'B' and 'E' stand 'D' only.  A stream without 'Z' was cut off.
 * Names are UTF-8 without control characters, at most WW_UNPACK_NAME_MAX
 * bytes: members of an archive inside the archive stand behind its name and
 * a slash, and the empty name is the outermost archive.  A single compressed
 * file has the name of its archive.
 */
#ifndef WW_UNPACK_FRAME_H
#define WW_UNPACK_FRAME_H

#include "base/slice.h"
#include "unpack/inlet.h"
#include "unpack/limits.h"
#include "unpack/why.h"

#define WW_FRAME_MAGIC	  "WWUNPAK1"
#define WW_FRAME_HEADER	  5
#define WW_FRAME_DATA_MAX ((size_t)64 * 1024)

enum ww_frame_kind {
	WW_FRAME_MEMBER,  /* name; its bytes are next */
	WW_FRAME_PROBLEM, /* name, why */
	WW_FRAME_SKIPPED, /* why, count */
	WW_FRAME_DONE,	  /* the end, all is said */
	WW_FRAME_BROKEN,  /* the end, no 'Z' was seen; text */
};

struct ww_frame {
	enum ww_frame_kind kind;
	struct ww_slice name; /* borrowed until the next call */
	enum ww_why why;
	uint64_t count;
	const char *text; /* what is broken: English message */
};

/* One stream of frames, read by one thread. */
struct ww_frames {
	struct inlet in; /* where they come from; set read and ctx */

	/* The rest is the reader's own, zeroed at the start. */
	bool started;
	bool member; /* between 'B' and 'E' */
	bool ended;
	const char *broken; /* English message, sticky */
	uint32_t left;	    /* bytes of the data frame at hand */
	enum ww_why end;    /* of the member that ended */
	char name[WW_UNPACK_NAME_MAX];
};

/* The next thing that was said; what is left of a member is passed over. */
struct ww_frame ww_frames_next(struct ww_frames *f);

/*
 * Bytes of the member at hand, to be used as read of a struct ww_input with
 * the struct ww_frames as ctx.
 */
size_t ww_frames_read(void *frames, void *buf, size_t len, const char **retwhy);

#endif
