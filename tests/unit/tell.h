/*
 * What trackers tell of a log: the text goes through the reader that
 * claims it and the tracking, and comes back as lines that a test can
 * compare.
 */
#ifndef TESTS_UNIT_TELL_H
#define TESTS_UNIT_TELL_H

#include "base/buf.h"
#include "base/simd/kernels.h"
#include "episode/tracking.h"
#include "input/records.h"

#include "input/slice_input.h"

struct telling {
	struct ww_tracking *tracking;
	struct ww_activity activity;
	struct ww_matcher *matcher;
};

#define TELL_RULES 512

/* Marks of all trackers that follow the dialect; an id is both numbers. */
static struct ww_matcher *
tell_matcher(struct ww_arena *arena, enum ww_dialect_id id)
{
	struct ww_rule *rules =
	    ww_arena_array(arena, TELL_RULES, sizeof(*rules));
	struct ww_error error;
	size_t n = 0;

	for (unsigned t = 0; ww_trackers[t] != NULL; t++) {
		if (!ww_tracker_follows(ww_trackers[t], id))
			continue;
		for (size_t i = 0; i < ww_trackers[t]->n_marks; i++, n++) {
			const struct ww_mark *mark = &ww_trackers[t]->marks[i];

			assert_true(n < TELL_RULES);
			rules[n].id = t << 16 | mark->id;
			assert_int_equal(
			    ww_pattern_read(arena, ww_slice_cstr(mark->pattern),
					    &rules[n].pattern, &error),
			    WW_OK);
		}
	}
	return ww_matcher_new(arena, rules, n);
}

static void
tell_record(struct telling *s, const struct ww_record *r)
{
	struct ww_matched matches[WW_MATCHES_MAX];
	size_t n;

	ww_tracking_record(s->tracking);
	n = ww_matcher_run(s->matcher, r->text, matches);
	for (size_t i = 0; i < n; i++)
		ww_tracking_mark(s->tracking, matches[i].id >> 16,
				 matches[i].id & 0xffff, r,
				 &matches[i].captures);
}

static void
tell_episode(struct ww_buf *out, const struct ww_episode *e, uint64_t count)
{
	static const char *const outcomes[] = { "open", "succeeded", "failed",
						"cancelled" };

	ww_buf_add(out, ww_slice_cstr(outcomes[e->outcome]));
	if (count > 1)
		ww_buf_printf(out, " x%d", (int)count);
	if (e->has_code)
		ww_buf_printf(out, e->code >> 16 != 0 ? " %08x" : " %d",
			      e->code);
	ww_buf_printf(out, " [%.*s]", (int)e->subject.len, e->subject.p);
	for (const struct ww_note *n = e->notes; n != NULL; n = n->next)
		ww_buf_printf(out, " %.*s=%.*s", (int)n->name.len, n->name.p,
			      (int)n->value.len, n->value.p);
	for (const struct ww_item *i = e->items; i != NULL; i = i->next)
		ww_buf_printf(out, " (%.*s %s)", (int)i->name.len, i->name.p,
			      i->bad ? "bad" : "good");
	ww_buf_char(out, '\n');
}

static void
tell_series(struct ww_buf *out, const struct ww_series *s)
{
	if (s->good != NULL)
		tell_episode(out, s->good, s->n[WW_OUTCOME_SUCCEEDED]);
	for (const struct ww_variant *v = s->failed; v != NULL; v = v->next)
		tell_episode(out, v->latest, v->count);
	for (const struct ww_episode *e = s->open; e != NULL; e = e->next)
		tell_episode(out, e, 1);
	if (s->n[WW_OUTCOME_CANCELLED] > 0)
		ww_buf_printf(out, "cancelled x%d [%.*s]\n",
			      (int)s->n[WW_OUTCOME_CANCELLED],
			      (int)s->subject.len, s->subject.p);
}

/* All series of a file; its dialect must be this. */
static struct ww_series *
tell_bytes(struct ww_arena *arena, enum ww_dialect_id id, struct ww_slice bytes)
{
	struct ww_input input = { .read = ww_read_slice, .ctx = &bytes };
	struct ww_records records = { .lines = 0 };
	struct telling s = { .tracking = NULL };

	ww_records_open(&records, arena, ww_kernels_choose(), &input);
	assert_int_equal(records.dialect->id, id);
	s.tracking = ww_tracking_new(arena, 0, &s.activity);
	s.matcher = tell_matcher(arena, id);
	while (ww_records_next(&records))
		tell_record(&s, records.record);
	ww_tracking_finish(s.tracking);
	return ww_tracking_series(s.tracking);
}

static inline struct ww_series *
tell(struct ww_arena *arena, enum ww_dialect_id id, const char *text)
{
	return tell_bytes(arena, id, ww_slice_cstr(text));
}

/* Likewise, in words. */
static const char *
tell_words(struct ww_arena *arena, enum ww_dialect_id id, struct ww_slice bytes)
{
	struct ww_buf out = ww_buf_in(arena);

	for (const struct ww_series *s = tell_bytes(arena, id, bytes);
	     s != NULL; s = s->next)
		tell_series(&out, s);
	ww_buf_char(&out, '\0');
	return out.p;
}

static inline const char *
tell_text(struct ww_arena *arena, enum ww_dialect_id id, const char *text)
{
	return tell_words(arena, id, ww_slice_cstr(text));
}

#endif
