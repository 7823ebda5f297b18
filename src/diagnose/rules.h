/*
 * What is looked for in each kind of log: the catalogue's signatures and the
 * trackers' marks, as one matcher a dialect.  Made once, read by all threads.
 */
#ifndef WW_DIAGNOSE_RULES_H
#define WW_DIAGNOSE_RULES_H

#include "catalogue/catalogue.h"
#include "rules/matcher.h"

struct ww_rules {
	const struct ww_catalogue *c; /* borrowed */
	/* By dialect; a signature's id is its record, see ww_rule_mark(). */
	struct ww_matcher *matchers[WW_DIALECTS];
	/* What the signatures of events begin with. */
	struct ww_slice *event_heads; /* owned, arena */
	size_t n_event_heads;
};

/*
 * Read the catalogue's patterns.  Those that are none, in a catalogue that
 * came from outside, are left out.
 */
void ww_rules_make(struct ww_rules *ret, struct ww_arena *arena,
		   const struct ww_catalogue *c);

/* Whether a signature or a tracker may tell something of such an event. */
bool ww_rules_want_event(const void *rules, struct ww_slice provider,
			 unsigned id);

/* Whether a match is a tracker's mark, and which. */
struct ww_rule_mark {
	unsigned tracker, mark;
};
bool ww_rule_is_mark(uint32_t id, struct ww_rule_mark *ret);

#endif
