/*
 * Threats that Microsoft Defender Antivirus detected, and what became of them.
 * A clean event tells the result of the action on a threat; the block of a
 * threat's actions tells of each file that it is gone.
 */
#include "episode/kept.h"
#include "episode/trackers.h"

#include "base/compiler.h"

#include "base/banned.h"

#define THREAT_SIZE 128

/* Results that are no end: a restart must follow, */
#define RESTART_REQUIRED 0x80508022u
/* the threat is no longer there or was hidden from the scan, */
#define NOT_FOUND 0x80508023u
/* and what is seen before the files are removed. */
#define BEFORE_REMOVAL 0x80508033u

enum {
	DETECTED,
	ADDED,
	CLEANED,
	BEGUN,
	THREAT,
	REMOVED,
	FINISHED,
};

static const struct ww_mark marks[] = {
	{ DETECTED, "^DETECTIONEVENT MPSOURCE_{source:word} {threat:word} "
		    "{resource:rest}" },
	{ ADDED, "^DETECTION_ADD{number:word} {threat:word} {resource:rest}" },
	{ CLEANED, "^DETECTION_CLEANEVENT MPSOURCE_{source:word} "
		   "MP_THREAT_ACTION_{action:word} {code:code} {threat:word} "
		   "{resource:rest}" },
	{ BEGUN, "^Beginning threat actions" },
	{ THREAT, "^Threat Name:{threat:rest}" },
	{ REMOVED, "^Action remove successful on file:{resource:rest}" },
	{ FINISHED, "^Finished threat actions" },
};

struct state {
	bool acting; /* within a block of actions */
	bool gone;   /* it has removed a file */
	char threat[THREAT_SIZE];
	size_t len;
};

static struct ww_episode *
of_threat(const struct ww_marked_line *l, struct ww_slice threat)
{
	struct ww_episode *e = ww_track_need(l->t, WW_EPISODE_MALWARE_DETECTION,
					     threat, l->record);

	ww_track_subject(l->t, e, threat);
	return e;
}

/* file:C:\a.exe; or process:pid:7968,…; what follows is of no use. */
static struct ww_slice
resource_of(const struct ww_marked_line *l)
{
	struct ww_slice s = ww_slice_trim(ww_captured(l->captures, "resource"));
	const struct ww_slice more = WW_LIT(" PropBag [");
	size_t n = 0;

	while (n < s.len && s.p[n] != ';' &&
	       !ww_slice_starts(ww_slice_from(s, n), more))
		n++;
	return ww_slice_of(s.p, n);
}

static void
on_detected(const struct ww_marked_line *l)
{
	struct ww_episode *e = of_threat(l, ww_captured(l->captures, "threat"));

	ww_track_note(l->t, e, "resource", resource_of(l), l->record);
}

static void
on_cleaned(const struct ww_marked_line *l)
{
	struct ww_slice action = ww_captured(l->captures, "action");
	struct ww_episode *e = of_threat(l, ww_captured(l->captures, "threat"));
	uint32_t code;

	ww_track_note(l->t, e, "resource", resource_of(l), l->record);
	ww_track_note(l->t, e, "action", action, l->record);
	if (!ww_track_code(ww_captured(l->captures, "code"), &code))
		return;
	/* Somebody chose to leave it: it is not handled, and no failure. */
	if (ww_slice_eq(action, WW_LIT("ALLOW")) ||
	    ww_slice_eq(action, WW_LIT("NOACTION")))
		return;
	if (code == RESTART_REQUIRED)
		ww_track_end(l->t, e, WW_OUTCOME_OPEN, l->record);
	else if (code != NOT_FOUND && code != BEFORE_REMOVAL)
		ww_track_end_code(l->t, e, code, l->record);
}

static void
on_begun(const struct ww_marked_line *l)
{
	*(struct state *)l->state = (struct state){ .acting = true };
}

static void
on_threat(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	if (s->acting)
		s->len = ww_keep_text(s->threat, THREAT_SIZE,
				      ww_slice_trim(
					  ww_captured(l->captures, "threat")))
			     .len;
}

static void
on_removed(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	s->gone = s->acting;
}

/* The files are gone; where none was removed, nothing is concluded. */
static void
on_finished(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	if (s->acting && s->gone && s->len > 0)
		ww_track_end(l->t, of_threat(l, ww_slice_of(s->threat, s->len)),
			     WW_OUTCOME_SUCCEEDED, l->record);
	*s = (struct state){ .acting = false };
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[DETECTED] = on_detected, [ADDED] = on_detected, [CLEANED] = on_cleaned,
	[BEGUN] = on_begun,	  [THREAT] = on_threat,	 [REMOVED] = on_removed,
	[FINISHED] = on_finished,
};

const struct ww_tracker ww_tracker_detection = {
	.dialects = { WW_DIALECT_MPLOG },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
};
