/*
 * What trackers make of episodes: series, and memory that stays bounded.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "episode/tracking.h"

#define MANY 5000

struct tracked {
	struct ww_arena arena;
	jmp_buf oom;
	struct ww_activity activity;
	struct ww_tracking *t;
	struct ww_record record;
};

static int
set_up(void **state)
{
	static struct tracked tracked;
	struct tracked *k = &tracked;

	*k = (struct tracked){
		.record = { .time = 1000, .line = 1, .raw = WW_LIT("a line") }
	};
	ww_arena_init(&k->arena, &k->oom);
	k->t = ww_tracking_new(&k->arena, 0, &k->activity);
	*state = k;
	return 0;
}

static int
tear_down(void **state)
{
	struct tracked *k = *state;

	ww_arena_release(&k->arena);
	return 0;
}

static void
next_record(struct tracked *k)
{
	k->record.line++;
	k->record.time += WW_SECOND;
	ww_tracking_record(k->t);
}

/* An episode of a subject with this number. */
static void
tell(struct tracked *k, int number, enum ww_outcome outcome)
{
	char subject[16];
	int len = snprintf(subject, sizeof(subject), "KB%d", number);
	struct ww_episode *e = ww_track_begin(k->t, WW_EPISODE_CBS_SESSION,
					      WW_LIT("key"), &k->record);

	ww_track_subject(k->t, e, ww_slice_of(subject, (size_t)len));
	ww_track_end(k->t, e, outcome, &k->record);
	next_record(k);
}

static const struct ww_series *
series(struct tracked *k, const char *subject)
{
	const struct ww_series *s = ww_tracking_series(k->t);

	while (s != NULL && !ww_slice_eq(s->subject, ww_slice_cstr(subject)))
		s = s->next;
	return s;
}

static void
known_subjects_stay_apart_when_there_are_too_many(void **state)
{
	struct tracked *k = *state;

	tell(k, 1, WW_OUTCOME_SUCCEEDED);
	for (int i = 2; i < MANY; i++)
		tell(k, i, WW_OUTCOME_FAILED);
	/* The first one's success is not that of the second. */
	tell(k, 1, WW_OUTCOME_SUCCEEDED);
	tell(k, 2, WW_OUTCOME_FAILED);
	assert_int_equal(series(k, "KB1")->n[WW_OUTCOME_SUCCEEDED], 2);
	assert_int_equal(series(k, "KB1")->n[WW_OUTCOME_FAILED], 0);
	assert_int_equal(series(k, "KB2")->failing, 2);
	assert_null(series(k, "KB4999"));
	assert_true(series(k, "")->n[WW_OUTCOME_FAILED] > 3000);
}

static void
note_and_rename(struct tracked *k, struct ww_episode *e, int number)
{
	char value[64];
	int len =
	    snprintf(value, sizeof(value), "%0*d", 1 + number % 60, number);

	next_record(k);
	ww_track_note(k->t, e, "progress", ww_slice_of(value, (size_t)len),
		      &k->record);
	ww_track_subject(k->t, e, ww_slice_of(value, (size_t)len));
}

static void
what_is_replaced_takes_no_more_room(void **state)
{
	struct tracked *k = *state;
	struct ww_episode *e = ww_track_begin(k->t, WW_EPISODE_CBS_SESSION,
					      WW_LIT("key"), &k->record);
	const char *at;

	for (int i = 0; i < 10; i++)
		note_and_rename(k, e, i);
	at = k->arena.at;
	for (int i = 10; i < MANY; i++)
		note_and_rename(k, e, i);
	assert_ptr_equal(k->arena.at, at);
	assert_int_equal(e->notes->quote.line, k->record.line);
	assert_int_equal(e->notes->value.len, e->subject.len);
	/* All of it goes back with the episode. */
	ww_track_end(k->t, e, WW_OUTCOME_CANCELLED, &k->record);
	next_record(k);
	tell(k, 1, WW_OUTCOME_CANCELLED);
	for (int i = 0; i < MANY; i++)
		tell(k, 1, WW_OUTCOME_FAILED);
	assert_ptr_equal(series(k, "KB1")->failed->next, NULL);
}

static void
a_note_may_become_a_part_of_itself(void **state)
{
	struct tracked *k = *state;
	struct ww_episode *e = ww_track_begin(k->t, WW_EPISODE_CBS_SESSION,
					      WW_LIT("key"), &k->record);

	ww_track_note(k->t, e, "kb", WW_LIT("first"), &k->record);
	ww_track_note(k->t, e, "kb", WW_LIT("KB5004237 and more"), &k->record);
	ww_track_note(k->t, e, "kb", ww_slice_of(ww_episode_note(e, "kb").p, 9),
		      &k->record);
	assert_true(ww_slice_eq(ww_episode_note(e, "kb"), WW_LIT("KB5004237")));
}

static void
begin_and_end(struct tracked *k, int number, enum ww_outcome outcome)
{
	char name[600];
	struct ww_episode *e = ww_track_begin(k->t, WW_EPISODE_CBS_SESSION,
					      WW_LIT("key"), &k->record);

	memset(name, 'x', sizeof(name));
	for (int i = 0; i < 300; i++) {
		snprintf(name, sizeof(name), "item %d of %d", i, number);
		name[strlen(name)] = 'x';
		ww_track_item(k->t, e, ww_slice_of(name, sizeof(name)),
			      (struct ww_slice){ 0 }, "bad", true, &k->record);
	}
	snprintf(name, sizeof(name), "KB%d", number);
	ww_track_subject(k->t, e, ww_slice_cstr(name));
	e->has_code = true;
	e->code = (uint32_t)number;
	if (outcome != WW_OUTCOME_OPEN)
		ww_track_end(k->t, e, outcome, &k->record);
	next_record(k);
}

/* Chunks of an arena are that large, or larger. */
#define CHUNK ((size_t)256 * 1024)

static size_t
room_taken(const struct tracked *k)
{
	size_t n = 0;

	for (const void *const *c = (const void *const *)k->arena.chunks;
	     c != NULL; c = *c)
		n += CHUNK;
	return n;
}

/* A log of nothing but different things takes a bounded amount of memory. */
static void
plenty_is_enough(void **state)
{
	struct tracked *k = *state;
	const struct ww_series *s;

	for (int i = 0; i < 600; i++)
		begin_and_end(k, i,
			      i % 3 == 0 ? WW_OUTCOME_OPEN : WW_OUTCOME_FAILED);
	assert_in_range(room_taken(k), 16 << 20, 24 << 20);
	/* What is not kept is counted. */
	s = series(k, "");
	assert_non_null(s);
	assert_true(s->n[WW_OUTCOME_FAILED] > 300);
	assert_int_equal(s->failed->latest->n_bad, 300);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(known_subjects_stay_apart_when_there_are_too_many),
		TEST(what_is_replaced_takes_no_more_room),
		TEST(a_note_may_become_a_part_of_itself),
		TEST(plenty_is_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
