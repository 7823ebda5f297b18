#include "diagnose/rules.h"

#include "episode/tracking.h"

#include "base/banned.h"

/* Ids of marks: this bit, the tracker's number, the mark's. */
#define MARK	      0x80000000u
#define TRACKER_SHIFT 16

/* The most rules that one dialect has. */
#define RULES_MAX 4096

struct making {
	struct ww_arena *arena;
	const struct ww_catalogue *c;
	struct ww_rule *rules; /* of the dialect at hand */
	size_t n;
};

bool
ww_rule_is_mark(uint32_t id, struct ww_rule_mark *ret)
{
	*ret = (struct ww_rule_mark){
		.tracker = (id & ~MARK) >> TRACKER_SHIFT,
		.mark = id & ((1u << TRACKER_SHIFT) - 1),
	};
	return (id & MARK) != 0;
}

static void
add_rule(struct making *m, uint32_t id, struct ww_slice text)
{
	struct ww_error error;

	if (m->n < RULES_MAX &&
	    ww_pattern_read(m->arena, text, &m->rules[m->n].pattern, &error) ==
		WW_OK)
		m->rules[m->n++].id = id;
}

static bool
is_for(const struct making *m, struct ww_rec signature, enum ww_dialect_id id)
{
	struct ww_list logs =
	    ww_rec_list(signature, WW_SIGNATURE_LOGS, WW_S_IN_LOG);

	for (uint32_t i = 0; i < logs.count; i++)
		if (ww_rec_num(ww_list_at(m->c, logs, i), WW_IN_LOG_LOG) ==
		    (uint32_t)id)
			return true;
	return false;
}

static void
add_signatures(struct making *m, enum ww_dialect_id id)
{
	for (uint32_t i = 0; i < ww_count(m->c, WW_S_SIGNATURE); i++) {
		struct ww_rec rec = ww_rec_at(m->c, WW_S_SIGNATURE, i);
		struct ww_list patterns =
		    ww_rec_list(rec, WW_SIGNATURE_PATTERNS, WW_S_PATTERN);

		if (!is_for(m, rec, id))
			continue;
		for (uint32_t k = 0; k < patterns.count; k++)
			add_rule(m, i,
				 ww_rec_str(ww_list_at(m->c, patterns, k),
					    WW_PATTERN_TEXT));
	}
}

static void
add_marks(struct making *m, enum ww_dialect_id id)
{
	for (unsigned t = 0; ww_trackers[t] != NULL; t++) {
		const struct ww_tracker *tracker = ww_trackers[t];

		if (!ww_tracker_follows(tracker, id))
			continue;
		for (size_t k = 0; k < tracker->n_marks; k++)
			add_rule(m,
				 MARK | t << TRACKER_SHIFT |
				     tracker->marks[k].id,
				 ww_slice_cstr(tracker->marks[k].pattern));
	}
}

void
ww_rules_make(struct ww_rules *ret, struct ww_arena *arena,
	      const struct ww_catalogue *c)
{
	struct making m = { .arena = arena, .c = c };

	ret->c = c;
	for (unsigned id = 0; id < WW_DIALECTS; id++) {
		m.rules = ww_arena_array(arena, RULES_MAX, sizeof(*m.rules));
		m.n = 0;
		add_marks(&m, (enum ww_dialect_id)id);
		add_signatures(&m, (enum ww_dialect_id)id);
		ret->matchers[id] = ww_matcher_new(arena, m.rules, m.n);
	}
}
