/*
 * Event logs that several threads work on: the records and losses are those
 * that one thread finds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "input/records.h"
#include "sys/thread.h"

#include "../writers/evtx_writer.h"
#include "arena.h"
#include "input/slice_input.h"

#define CHUNKS 200
#define START  UINT64_C(134395488000000000) /* 2026-11-19 08:00:00 */

static struct evtx_writer w;

/* Threads */

static void *
start_crew(void *ctx, unsigned n, void (*fn)(void *arg), void *arg)
{
	(void)ctx;
	return ww_crew_start(n, fn, arg);
}

static void
wait_crew(void *ctx, void *started)
{
	(void)ctx;
	ww_crew_wait(started);
}

static void *
start_none(void *ctx, unsigned n, void (*fn)(void *arg), void *arg)
{
	(void)ctx;
	(void)n;
	(void)fn;
	(void)arg;
	return NULL;
}

static const struct ww_threads three = { .n = 3,
					 .start = start_crew,
					 .wait = wait_crew };
static const struct ww_threads none = { .n = 1,
					.start = start_none,
					.wait = wait_crew };

/* Writing */

#define MANY(n)                                                      \
	"<Data Name='TheNumberOfThingsThatWereCounted" n             \
	"0'>%0</Data><Data Name='TheNumberOfThingsThatWereCounted" n \
	"1'>%0</Data>"

/* Far longer as text than in the file. */
static const char dense[] =
    "<EventData>" MANY("0") MANY("1") MANY("2") MANY("3") MANY("4") MANY("5")
	MANY("6") MANY("7") MANY("8") MANY("9") "</EventData>";

static const char data[] = "<EventData><Data Name='Name'>%0</Data>"
			   "<Data Name='Status'>%1</Data>"
			   "<Data Name='Bytes'>%2</Data></EventData>";

/* The last name is too long to be kept. */
static const char *const providers[] = {
	"Disk", "Service",
	("Contoso-Device-Management-Enterprise-Diagnostics-Provider-Of-"
	 "Configuration-And-Compliance-Of-All-That-Is-Enrolled")
};

static void
put_event(uint64_t n, bool is_dense)
{
	static const uint8_t bytes[50];
	const struct evtx_value values[] = {
		EVTX_TEXT(n % 3 == 0 ? "Fabrikam" : "Contoso"),
		EVTX_NUMBER(EVTX_HEX32, 0x80070000 + n % 9),
		{ EVTX_BINARY, bytes, n % 50, 0 },
	};
	struct evtx_event e = {
		.provider = providers[n % WW_ARRAY_LEN(providers)],
		.channel = "System",
		.computer = "PC-0412",
		.id = (uint16_t)(7000 + n % 7),
		.level = (uint8_t)(n % 5),
		.time = START + n,
		.record = n + 1,
		.data = { data, values, WW_ARRAY_LEN(values) },
	};

	if (is_dense)
		e.data.xml = dense;
	evtx_event(&w, &e);
}

/* Dense events now and then: there is no room for a chunk of them. */
static void
write_log(void)
{
	evtx_open(&w);
	for (uint64_t n = 0; w.n_chunks < CHUNKS; n++)
		put_event(n, n % 3000 < 500);
	evtx_close(&w);
}

static uint8_t *
chunk(size_t i)
{
	return w.file + 4096 + i * EVTX_CHUNK;
}

/* Bytes that changed, a chunk that was never used, and an end too early. */
static void
damage_log(void)
{
	chunk(3)[5000] ^= 1;
	memset(chunk(70), 0, EVTX_CHUNK);
	chunk(71)[48] = 1;
	memset(chunk(130) + 20000, 0xFF, 3000);
	evtx_seal(&w, chunk(130));
	w.len -= EVTX_CHUNK / 2;
}

/* Reading */

static void
want_one_field(const void *ctx, struct ww_slice provider, unsigned id,
	       struct ww_wanted *ret)
{
	(void)ctx;
	*ret = (struct ww_wanted){ .always = id % 2 == 0,
				   .text = provider.len == 4,
				   .fields = { WW_LIT("Status") },
				   .n = 1 };
}

static void
open_records(struct ww_records *r, struct ww_slice *rest,
	     const struct ww_threads *threads, bool some)
{
	struct ww_input input = { .read = ww_read_slice,
				  .ctx = rest,
				  .threads = threads };

	*r = (struct ww_records){ .lines = 0 };
	*rest = ww_slice_of((const char *)w.file, w.len);
	ww_records_open(r, &arena, ww_kernels_choose(), &input);
	if (some)
		r->reader.wants.event = want_one_field;
}

static void
check_equal(struct ww_slice a, struct ww_slice b)
{
	assert_int_equal(a.len, b.len);
	assert_true(ww_slice_eq(a, b));
}

static void
check_record(const struct ww_record *a, const struct ww_record *b)
{
	assert_int_equal(a->line, b->line);
	assert_int_equal(a->time, b->time);
	assert_int_equal(a->level, b->level);
	check_equal(a->component, b->component);
	check_equal(a->text, b->text);
	check_equal(ww_record_raw(a), ww_record_raw(b));
}

static void
check_losses(const struct ww_losses *a, const struct ww_losses *b)
{
	assert_int_equal(a->n, b->n);
	for (unsigned i = 0; i < a->n; i++) {
		assert_string_equal(a->list[i].what, b->list[i].what);
		assert_int_equal(a->list[i].count, b->list[i].count);
		assert_int_equal(a->list[i].at, b->list[i].at);
	}
}

static uint64_t
check_same(const struct ww_threads *threads, bool some)
{
	struct ww_records alone, together;
	struct ww_slice rest[2];
	uint64_t n = 0;

	open_records(&alone, &rest[0], NULL, some);
	open_records(&together, &rest[1], threads, some);
	for (; ww_records_next(&alone); n++) {
		assert_true(ww_records_next(&together));
		check_record(alone.record, together.record);
	}
	assert_false(ww_records_next(&together));
	assert_false(ww_records_next(&together));
	check_losses(&alone.reader.losses, &together.reader.losses);
	return n;
}

static void
a_log_is_the_same(void **state)
{
	(void)state;
	write_log();
	assert_true(check_same(&three, false) > 10000);
	check_same(&three, true);
	check_same(&none, true);
	free(w.file);
}

static void
a_damaged_log_is_the_same(void **state)
{
	(void)state;
	write_log();
	damage_log();
	assert_true(check_same(&three, false) > 10000);
	check_same(&three, true);
	free(w.file);
}

/* Threads that are at work do not outlive the memory. */
static void
reading_may_stop(void **state)
{
	struct ww_records r;
	struct ww_slice rest;

	(void)state;
	write_log();
	for (unsigned i = 0; i < 20; i++) {
		open_records(&r, &rest, &three, false);
		for (unsigned n = 0; n < 500 * i; n++)
			assert_true(ww_records_next(&r));
		ww_arena_release(&arena);
	}
	free(w.file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_log_is_the_same),
		cmocka_unit_test(a_damaged_log_is_the_same),
		cmocka_unit_test(reading_may_stop),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
