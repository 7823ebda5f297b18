/*
 * What fails now, over several files: which end came last, and which belongs
 * to what another file began.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <winwhy/catalogue.h>

#include "diagnose/finding.h"

#define FILES 3
#define MANY  5000

struct bundle {
	struct ww_arena arena;
	jmp_buf oom;
	struct ww_analysis files[FILES];
	struct ww_analysis *places[FILES];
};

static int
set_up(void **state)
{
	static struct bundle bundle;
	struct bundle *b = &bundle;

	*b = (struct bundle){ .arena = { 0 } };
	ww_arena_init(&b->arena, &b->oom);
	for (uint32_t i = 0; i < FILES; i++) {
		b->files[i].number = i;
		b->files[i].was_read = true;
		b->files[i].dialect = WW_DIALECT_CBS;
		b->places[i] = &b->files[i];
	}
	*state = b;
	return 0;
}

static int
tear_down(void **state)
{
	struct bundle *b = *state;

	ww_arena_release(&b->arena);
	return 0;
}

static struct ww_series *
add_series(struct bundle *b, int file, const char *subject)
{
	struct ww_series *s = ww_arena_new(&b->arena, struct ww_series);

	s->kind = WW_EPISODE_CBS_SESSION;
	s->subject = ww_slice_cstr(subject);
	s->failing_since = WW_NO_TIME;
	s->next = b->files[file].series;
	b->files[file].series = s;
	return s;
}

static struct ww_episode *
make_episode(struct bundle *b, int file, ww_time begin, ww_time end)
{
	static uint64_t line;
	struct ww_episode *e = ww_arena_new(&b->arena, struct ww_episode);

	e->kind = WW_EPISODE_CBS_SESSION;
	e->key = WW_LIT("startup");
	e->file = (uint32_t)file;
	e->begin = begin;
	e->end = end;
	e->first.line = ++line;
	e->outcome_quote.line = ++line;
	return e;
}

static void
add_good(struct bundle *b, struct ww_series *s, int file, ww_time end)
{
	s->good = make_episode(b, file, end, end);
	s->n[WW_OUTCOME_SUCCEEDED]++;
	s->failing = 0;
}

static void
add_failure(struct bundle *b, struct ww_series *s, int file, ww_time end)
{
	struct ww_variant *v = ww_arena_new(&b->arena, struct ww_variant);

	v->latest = make_episode(b, file, end, end);
	v->first = end;
	v->next = s->failed;
	s->failed = v;
	s->n[WW_OUTCOME_FAILED]++;
	s->failing++;
}

static const struct ww_group *
group_of(struct bundle *b)
{
	const struct ww_group *g = ww_groups_make(&b->arena, b->places, FILES);

	assert_non_null(g);
	return g;
}

static void
the_clock_decides_between_files(void **state)
{
	struct bundle *b = *state;

	/* Read later, and written earlier. */
	add_good(b, add_series(b, 0, "KB1"), 0, 2000);
	add_failure(b, add_series(b, 1, "KB1"), 1, 1000);
	assert_int_equal(group_of(b)->state, WW_STATE_GOOD);
}

static void
without_clocks_the_later_file_decides(void **state)
{
	struct bundle *b = *state;

	add_failure(b, add_series(b, 0, "KB1"), 0, WW_NO_TIME);
	add_good(b, add_series(b, 1, "KB1"), 1, WW_NO_TIME);
	assert_int_equal(group_of(b)->state, WW_STATE_GOOD);
}

static void
without_clocks_a_later_failure_stands(void **state)
{
	struct bundle *b = *state;

	add_good(b, add_series(b, 0, "KB1"), 0, WW_NO_TIME);
	add_failure(b, add_series(b, 1, "KB1"), 1, WW_NO_TIME);
	assert_int_equal(group_of(b)->state, WW_STATE_FAILING);
}

static void
lines_decide_within_a_file(void **state)
{
	struct bundle *b = *state;
	struct ww_series *s = add_series(b, 0, "KB1");

	/* The clock was set back before the success. */
	add_failure(b, s, 0, 9000);
	add_good(b, s, 0, 1000);
	s->open = make_episode(b, 0, 500, WW_NO_TIME);
	s->n[WW_OUTCOME_OPEN]++;
	assert_int_equal(group_of(b)->state, WW_STATE_UNKNOWN);
}

static void
open_cut(struct bundle *b, const char *subject, ww_time begin)
{
	struct ww_series *s = add_series(b, 0, subject);

	s->open = make_episode(b, 0, begin, WW_NO_TIME);
	s->open->subject = s->subject;
	s->n[WW_OUTCOME_OPEN]++;
}

static void
add_headless(struct bundle *b, int file, const char *subject, ww_time end)
{
	struct ww_series *s = add_series(b, file, subject);

	s->good = make_episode(b, file, WW_NO_TIME, end);
	s->good->subject = s->subject;
	s->n[WW_OUTCOME_SUCCEEDED]++;
}

static void
the_first_end_belongs_to_what_was_cut(void **state)
{
	struct bundle *b = *state;
	const struct ww_group *g;

	open_cut(b, "KB1", 1000);
	add_headless(b, 1, "", 50 * WW_MINUTE);
	add_headless(b, 2, "", 10 * WW_MINUTE);
	g = group_of(b);
	assert_int_equal(b->files[2].series->good->begin, 1000);
	assert_int_equal(b->files[1].series->good->begin, WW_NO_TIME);
	assert_null(b->files[0].series->open);
	/* The series of the end is named by its beginning. */
	assert_int_equal(g->state, WW_STATE_GOOD);
	assert_int_equal(g->n[WW_OUTCOME_SUCCEEDED], 1);
}

static void
an_end_of_another_subject_is_no_part(void **state)
{
	struct bundle *b = *state;

	open_cut(b, "KB1", 1000);
	add_headless(b, 1, "KB2", 2000);
	assert_int_equal(group_of(b)->state, WW_STATE_UNKNOWN);
}

static void
an_end_of_another_month_is_no_part(void **state)
{
	struct bundle *b = *state;

	open_cut(b, "KB1", 1000);
	add_headless(b, 1, "", 30 * WW_DAY);
	assert_int_equal(group_of(b)->state, WW_STATE_UNKNOWN);
}

static void
damage_seen_before_the_cut_is_kept(void **state)
{
	struct bundle *b = *state;
	struct ww_item *item = ww_arena_new(&b->arena, struct ww_item);
	struct ww_episode *open, *end;

	open_cut(b, "KB1", 1000);
	open = b->files[0].series->open;
	item->bad = true;
	open->items = open->last_item = item;
	open->n_items = open->n_bad = 1;
	add_headless(b, 1, "", 2000);
	group_of(b);
	end = b->files[1].series->good;
	assert_ptr_equal(end->items, item);
	assert_int_equal(end->n_bad, 1);
}

static void
a_success_is_known_to_all_of_its_kind(void **state)
{
	struct bundle *b = *state;
	const struct ww_group *g;

	add_good(b, add_series(b, 0, "KB1"), 0, 2000);
	add_good(b, add_series(b, 1, "KB2"), 1, 3000);
	add_failure(b, add_series(b, 2, "KB3"), 2, 1000);
	for (g = group_of(b); g != NULL; g = g->next) {
		assert_true(g->of_kind->has_good);
		assert_int_equal(g->of_kind->good, 3000);
	}
}

/* A log that tells of very many failures is not compared for minutes. */
static void
findings_have_a_limit(void **state)
{
	struct bundle *b = *state;
	struct ww_conclusion k;
	size_t n = 0;

	for (uint32_t i = 0; i < MANY; i++) {
		char *subject = ww_arena_alloc(&b->arena, 16);
		struct ww_series *s;

		snprintf(subject, 16, "KB%u", (unsigned)i);
		s = add_series(b, 0, subject);
		add_failure(b, s, 0, 1000);
		s->failed->latest->has_code = true;
		s->failed->latest->code = 0x8ABC0000u + i;
	}
	ww_conclude(&k, &b->arena, ww_catalogue_embedded(), b->places, FILES);
	for (const struct ww_finding *f = k.findings; f != NULL; f = f->next)
		n++;
	assert_int_equal(k.verdict, WW_VERDICT_FAULT);
	assert_in_range(n, 1, 256);
	assert_int_equal(k.omitted, MANY - 256);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(the_clock_decides_between_files),
		TEST(without_clocks_the_later_file_decides),
		TEST(without_clocks_a_later_failure_stands),
		TEST(lines_decide_within_a_file),
		TEST(the_first_end_belongs_to_what_was_cut),
		TEST(an_end_of_another_subject_is_no_part),
		TEST(an_end_of_another_month_is_no_part),
		TEST(damage_seen_before_the_cut_is_kept),
		TEST(a_success_is_known_to_all_of_its_kind),
		TEST(findings_have_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
