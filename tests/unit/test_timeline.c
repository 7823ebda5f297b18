/*
 * The time line where the storage fails, and records at the limits of what is
 * kept of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winwhy/diagnose.h>

#include "base/slice.h"
#include "diagnose/runs.h"

#include "input/slice_input.h"

#define ROOM ((size_t)1 << 20)

struct memory {
	char *p;
	uint64_t end;
	bool refuses_writes, refuses_reads;
};

static int
on_write(void *ctx, uint64_t at, const void *bytes, size_t len)
{
	struct memory *m = ctx;

	if (m->refuses_writes)
		return 0;
	assert_int_equal(at, m->end);
	assert_true(len <= ROOM - at);
	memcpy(m->p + at, bytes, len);
	m->end += len;
	return 1;
}

static int
on_read(void *ctx, uint64_t at, void *buf, size_t len)
{
	struct memory *m = ctx;

	if (m->refuses_reads)
		return 0;
	assert_true(at + len <= m->end);
	memcpy(buf, m->p + at, len);
	return 1;
}

static struct ww_diagnosis *
read_text(struct memory *m, struct ww_slice text)
{
	const struct ww_timeline_options timeline = {
		.storage = { on_write, on_read, m },
	};
	const struct ww_diagnose_options options = { .timeline = &timeline };
	const struct ww_input input = { .read = ww_read_slice, .ctx = &text };
	struct ww_diagnosis *d;
	struct ww_error error;
	uint32_t place;

	assert_int_equal(ww_diagnosis_open(ww_catalogue_embedded(), &options,
					   &d, &error),
			 WW_OK);
	assert_int_equal(ww_diagnosis_place(d, WW_LIT("a.log"), &place), WW_OK);
	assert_int_equal(ww_diagnosis_read(d, place, &input), WW_OK);
	return d;
}

static void
a_storage_that_fails_is_told(void **state)
{
	const struct ww_slice text = WW_LIT("2026-11-19 08:00:00 INFO x\n");

	(void)state;
	for (int reads = 0; reads <= 1; reads++) {
		struct memory m = { .p = malloc(ROOM),
				    .refuses_reads = reads == 1,
				    .refuses_writes = reads == 0 };
		struct ww_diagnosis *d = read_text(&m, text);
		struct ww_report *report;
		struct ww_error error;

		assert_int_equal(ww_diagnosis_timeline(d, 10, &report, &error),
				 WW_IO);
		assert_non_null(error.why);
		ww_diagnosis_close(d);
		free(m.p);
	}
}

static void
reports_follow_each_other(void **state)
{
	const struct ww_slice text = WW_LIT("2026-11-19 08:00:02 two\n"
					    "2026-11-19 08:00:01 one\n"
					    "2026-11-19 08:00:03 three\n");
	static const char *const texts[] = { "one", "two", "three" };
	struct memory m = { .p = malloc(ROOM) };
	struct ww_diagnosis *d = read_text(&m, text);
	struct ww_report *report;
	struct ww_error error;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct ww_node *root, *entry;

		assert_int_equal(ww_diagnosis_timeline(d, 1, &report, &error),
				 WW_OK);
		root = ww_report_root(report);
		entry = ww_node_child(ww_node_find(root, WW_NODE_ENTRIES));
		assert_true(ww_slice_eq(
		    ww_node_text(ww_node_find(entry, WW_NODE_QUOTED)),
		    ww_slice_cstr(texts[i])));
		assert_null(ww_node_next(entry));
		/* What was read is told once. */
		assert_int_equal(ww_node_find(root, WW_NODE_COVERAGE) != NULL,
				 i == 0);
		ww_report_close(report);
	}
	assert_int_equal(ww_diagnosis_timeline(d, 1, &report, &error),
			 WW_NOT_FOUND);
	ww_diagnosis_close(d);
	free(m.p);
}

static void
a_diagnosis_has_no_time_line(void **state)
{
	const struct ww_diagnose_options options = { .lang = 0 };
	struct ww_diagnosis *d;
	struct ww_report *report;
	struct ww_error error;

	(void)state;
	assert_int_equal(ww_diagnosis_open(ww_catalogue_embedded(), &options,
					   &d, &error),
			 WW_OK);
	assert_int_equal(ww_diagnosis_timeline(d, 1, &report, &error),
			 WW_INVALID);
	ww_diagnosis_close(d);
}

static struct ww_slice
filled(char *p, size_t len)
{
	memset(p, 'x', len);
	return ww_slice_of(p, len);
}

static void
records_come_back_as_they_were(void **state)
{
	static const size_t lengths[] = { 0, 1, 63, WW_KEPT_COMPONENT };
	char component[WW_KEPT_COMPONENT], text[WW_KEPT_TEXT];
	struct memory m = { .p = malloc(ROOM) };
	const struct ww_storage storage = { on_write, on_read, &m };
	struct ww_sorted_run *list = NULL;
	struct ww_arena arena;
	struct ww_runs *runs;
	struct ww_slice rest;
	jmp_buf oom;

	(void)state;
	assert_int_equal(setjmp(oom), 0);
	ww_arena_init(&arena, &oom);
	runs = ww_runs_new(&arena, &storage);
	for (size_t i = 0; i < 4; i++) {
		struct ww_kept_record record = {
			.time = (ww_time)(4 - i) - 2,
			.line = UINT64_MAX - i,
			.stamped = i % 2 == 0,
			.cut = i % 2 != 0,
			.level = (enum ww_level)i,
			.component = filled(component, lengths[i]),
			.text = filled(text, i * WW_KEPT_TEXT / 3),
		};

		ww_runs_add(runs, &record, &arena, &list);
	}
	ww_runs_finish(runs, &arena, &list);
	assert_non_null(list);
	assert_null(list->next);
	rest = ww_slice_of(m.p, (size_t)m.end);
	for (size_t i = 4; i-- > 0;) {
		struct ww_kept_record record;
		size_t n = ww_run_read(rest, &record);

		assert_int_equal(ww_run_read(ww_slice_of(rest.p, n - 1),
					     &record),
				 0);
		assert_int_equal(ww_run_read(rest, &record), n);
		assert_true(n <= WW_RUN_RECORD_MAX);
		assert_int_equal(record.time, (ww_time)(4 - i) - 2);
		assert_true(record.line == UINT64_MAX - i);
		assert_int_equal(record.stamped, i % 2 == 0);
		assert_int_equal(record.cut, i % 2 != 0);
		assert_int_equal(record.level, i);
		assert_int_equal(record.component.len, lengths[i]);
		assert_int_equal(record.text.len, i * WW_KEPT_TEXT / 3);
		rest = ww_slice_from(rest, n);
	}
	assert_int_equal(rest.len, 0);
	ww_arena_release(&arena);
	free(m.p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_storage_that_fails_is_told),
		cmocka_unit_test(reports_follow_each_other),
		cmocka_unit_test(a_diagnosis_has_no_time_line),
		cmocka_unit_test(records_come_back_as_they_were),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
