/*
 * What is looked for in each kind of log: the catalogue's signatures and the
 * trackers' marks, as one matcher a dialect.  Made once, read by all threads.
 */
#ifndef WW_DIAGNOSE_RULES_H
#define WW_DIAGNOSE_RULES_H

#include "catalogue/catalogue.h"
#include "input/dialect.h"
#include "rules/matcher.h"

/* What a rule for events begins with; empty: it may match any. */
struct ww_event_head {
	struct ww_slice text;
	const char *const *fields; /* as in ww_tracker */
};

struct ww_rules {
	const struct ww_catalogue *c; /* borrowed */
	/* By dialect; a signature's id is its record, see ww_rule_mark(). */
	struct ww_matcher *matchers[WW_DIALECTS];
	struct ww_event_head *event_heads; /* owned, arena */
	size_t n_event_heads;
};

/*
 * Read the catalogue's patterns.  Those that are none, in a catalogue that
 * came from outside, are left out.
 */
void ww_rules_make(struct ww_rules *ret, struct ww_arena *arena,
		   const struct ww_catalogue *c);

/*
 * Of any log the signatures that one line fulfils, without the trackers' marks
 * and those that ask for other lines; ids as above.
 */
struct ww_matcher *ww_rules_for_a_line(struct ww_arena *arena,
				       const struct ww_catalogue *c);

/* What signatures, trackers and the knowledge of codes look at in an event. */
void ww_rules_want_event(const void *rules, struct ww_slice provider,
			 unsigned id, struct ww_wanted *ret);

/* Ids of marks: this bit, the tracker's number, the mark's. */
#define WW_RULE_MARK	      0x80000000u
#define WW_RULE_TRACKER_SHIFT 16

/* Whether a match is a tracker's mark, and which. */
struct ww_rule_mark {
	unsigned tracker, mark;
};

static inline bool
ww_rule_is_mark(uint32_t id, struct ww_rule_mark *ret)
{
	*ret = (struct ww_rule_mark){
		.tracker = (id & ~WW_RULE_MARK) >> WW_RULE_TRACKER_SHIFT,
		.mark = id & ((1u << WW_RULE_TRACKER_SHIFT) - 1),
	};
	return (id & WW_RULE_MARK) != 0;
}

#endif
