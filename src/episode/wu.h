/*
 * What the trackers of the update client's calls share: a line at hand, the
 * pieces of its text, keys, and the end of a call.
 *
 * Only what the client states as a result ends a call: the exit code of a
 * scan, the callback that completes a download, the history entry or the
 * counts of an install.  *FAILED* lines stand by the thousand in healthy logs
 * and never do.
 */
#ifndef WW_EPISODE_WU_H
#define WW_EPISODE_WU_H

#include "episode/tracker.h"

/* What a hole held, without white space around it. */
struct ww_slice ww_wu_captured(const struct ww_marked_line *l,
			       const char *name);

/* The hole "code" as a code.  False: it held none. */
bool ww_wu_code(const struct ww_marked_line *l, uint32_t *ret);

/* What stands before the literal, letters folded; without it everything. */
struct ww_slice ww_wu_before(struct ww_slice s, const char *literal);

bool ww_wu_has(struct ww_slice s, const char *literal);

/*
 * Whether the line's text begins so, behind the stars and rules that agents
 * draw and behind "WARNING:".
 */
bool ww_wu_begins(const struct ww_marked_line *l, const char *literal);

/* "X] ", "X  Id = 3]", "X (cV: ...", "X, Flags: ..." to "X". */
struct ww_slice ww_wu_caller(struct ww_slice s);

/* {GUID}, or what begins with it, to GUID. */
struct ww_slice ww_wu_guid(struct ww_slice s);

/* Hexadecimal digits, with or without 0x, at the start of s. */
bool ww_wu_hex(struct ww_slice s, uint32_t *ret);

/* Callers are names of programs; longer ones are cut. */
#define WW_WU_CALLER_MAX 64

struct ww_wu_key {
	char p[WW_WU_CALLER_MAX + 16];
	size_t len;
};

/*
 * A call's key: its number, when it has one, and the caller.  A caller
 * without a name has one too, since an empty key means any.
 */
struct ww_wu_key ww_wu_key(struct ww_slice number, struct ww_slice caller);

static inline struct ww_slice
ww_wu_key_slice(const struct ww_wu_key *key)
{
	return ww_slice_of(key->p, key->len);
}

/* The open episode that the line's thread is known to work for, or NULL. */
struct ww_episode *ww_wu_here(const struct ww_marked_line *l);
struct ww_episode *ww_wu_here_of(const struct ww_marked_line *l,
				 enum ww_episode_id kind);

/* The latest open one if Automatic Updates called it, or NULL. */
struct ww_episode *ww_wu_automatic(const struct ww_marked_line *l,
				   enum ww_episode_id kind);

/* A new episode with its caller as a note; with need, if none is open. */
struct ww_episode *ww_wu_begin(const struct ww_marked_line *l,
			       enum ww_episode_id kind, struct ww_slice key,
			       struct ww_slice caller);
struct ww_episode *ww_wu_need(const struct ww_marked_line *l,
			      enum ww_episode_id kind, struct ww_slice key,
			      struct ww_slice caller);

void ww_wu_note(const struct ww_marked_line *l, struct ww_episode *e,
		const char *name, struct ww_slice value);

/* Whether the code says that something failed on this machine. */
bool ww_wu_failed(uint32_t code);

/* WU_E_CALL_CANCELLED: by a person, or in favour of another call. */
#define WW_WU_CANCELLED 0x8024000Bu

/* The end as the code has it: a success, a failure, or cancelled. */
void ww_wu_end(const struct ww_marked_line *l, struct ww_episode *e,
	       uint32_t code);

/* "WSUS", "Windows Update", ... or the GUID. */
struct ww_slice ww_wu_service(struct ww_slice guid);

/* Titles are longer than that only by accident. */
#define WW_WU_TITLE_MAX 240

/*
 * Installation Failure: Windows failed to install the following update with
 * error 0x80242015: the title.  Whatever the language, the title is what
 * follows the second colon.
 */
struct ww_slice ww_wu_title(struct ww_slice message);

#endif
