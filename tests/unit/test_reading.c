/*
 * What a number can be: its readings, their order, and what hints change.
 * Runs on the embedded catalogue.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/compiler.h"
#include "explain/reading.h"

#define HRESULT	 WW_SPACE_HRESULT
#define NTSTATUS WW_SPACE_NTSTATUS
#define WIN32	 WW_SPACE_WIN32
#define BUGCHECK WW_SPACE_BUGCHECK
#define JET	 WW_SPACE_JET

/* The number of readings is not the point. */
#define ANY 0

static int
setup(void **state)
{
	static struct ww_arena arena;

	/* No way out: a test that runs out of memory crashes. */
	ww_arena_init(&arena, NULL);
	*state = &arena;
	return 0;
}

static int
teardown(void **state)
{
	ww_arena_release(*state);
	return 0;
}

static struct ww_hints
hints_of(const char *in)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();
	struct ww_hints hints = { .space = WW_SPACES,
				  .family = { c, NULL },
				  .context = { c, NULL } };

	if (in != NULL) {
		hints.context = ww_context(c, ww_slice_cstr(in));
		assert_non_null(hints.context.p);
	}
	return hints;
}

static struct ww_rec
family_called(const char *id)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();

	for (uint32_t i = 0; i < ww_count(c, WW_S_FAMILY); i++) {
		struct ww_rec r = ww_rec_at(c, WW_S_FAMILY, i);

		if (ww_slice_eq(ww_rec_str(r, WW_FAMILY_ID), ww_slice_cstr(id)))
			return r;
	}
	fail_msg("no family %s", id);
	return (struct ww_rec){ c, NULL };
}

static struct ww_readings
read_code(struct ww_arena *arena, const char *text,
	  const struct ww_hints *hints)
{
	struct ww_spelled spelled[WW_SPELLED_MAX];

	if (ww_spelling_parse(ww_slice_cstr(text), spelled) == 0)
		fail_msg("%s is no number", text);
	return ww_readings_of(arena, ww_catalogue_embedded(), &spelled[0],
			      hints);
}

static struct ww_slice
name_of(uint32_t code)
{
	struct ww_rec r = ww_rec_at(ww_catalogue_embedded(), WW_S_CODE, code);

	return ww_rec_str(r, WW_CODE_NAME);
}

static bool
has_name(const uint32_t *codes, uint32_t n, const char *name)
{
	for (uint32_t i = 0; i < n; i++)
		if (ww_slice_eq(name_of(codes[i]), ww_slice_cstr(name)))
			return true;
	return false;
}

static bool
is_called(const struct ww_reading *r, const char *name)
{
	return has_name(r->codes, r->n_codes, name) ||
	       has_name(r->aliases, r->n_aliases, name);
}

static struct ww_slice
family_id(const struct ww_reading *r)
{
	return r->family.p == NULL ? (struct ww_slice){ 0 }
				   : ww_rec_str(r->family, WW_FAMILY_ID);
}

static const struct {
	const char *in; /* the context, or NULL */
	const char *text;
	size_t n;
	enum ww_reading_kind kind;
	enum ww_space space;
	const char *family; /* NULL: any, or none */
	const char *name;   /* the first one, NULL: it has none */
} rows[] = {
	/* One Win32 number, two components. */
	{ NULL, "0x80072F8F", 2, WW_READING_WIN32, HRESULT, "winhttp",
	  "ERROR_WINHTTP_SECURE_FAILURE" },
	{ "wu", "0x80072F8F", 2, WW_READING_WIN32, HRESULT, "winhttp",
	  "ERROR_WINHTTP_SECURE_FAILURE" },
	{ "wininet", "0x80072F8F", 2, WW_READING_WIN32, HRESULT, "wininet",
	  "ERROR_INTERNET_DECODING_FAILED" },
	{ "WinINet", "-2147012721", 2, WW_READING_WIN32, HRESULT, "wininet",
	  "ERROR_INTERNET_DECODING_FAILED" },

	/* Warnings have the failure bit of an HRESULT. */
	{ NULL, "0x80000005", ANY, WW_READING_NAMED, NTSTATUS, "ntstatus",
	  "STATUS_BUFFER_OVERFLOW" },
	{ NULL, "0xC0000005", ANY, WW_READING_NAMED, NTSTATUS, "ntstatus",
	  "STATUS_ACCESS_VIOLATION" },

	/* Setup's HRESULTs have the reserved bit. */
	{ NULL, "0xC1900107", 1, WW_READING_NAMED, HRESULT, "setup",
	  "MOSETUP_E_CLEANUP_PENDING" },
	{ NULL, "0xC1900101", 1, WW_READING_NAMED, HRESULT, "setup",
	  "MOSETUP_E_SETUP_PLATFORM" },
	{ NULL, "0xC1900101-0x20017", 1, WW_READING_NAMED, HRESULT, "setup",
	  "MOSETUP_E_SETUP_PLATFORM" },

	/* Known without a public name. */
	{ NULL, "0x87D00668", 1, WW_READING_NAMED, HRESULT, "configmgr", "" },

	{ NULL, "0x80244007", ANY, WW_READING_NAMED, HRESULT, "wu",
	  "WU_E_PT_SOAPCLIENT_SOAPFAULT" },
	{ NULL, "0xFFFFFFFF80244007", ANY, WW_READING_NAMED, HRESULT, "wu",
	  "WU_E_PT_SOAPCLIENT_SOAPFAULT" },

	/* A small number: how it was written decides. */
	{ NULL, "0x7E", 2, WW_READING_NAMED, BUGCHECK, "bugcheck",
	  "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED" },
	{ NULL, "0x0000007E", 2, WW_READING_NAMED, BUGCHECK, "bugcheck",
	  "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED" },
	{ NULL, "7E", 2, WW_READING_NAMED, BUGCHECK, "bugcheck",
	  "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED" },
	{ NULL, "126", 2, WW_READING_NAMED, WIN32, "win32",
	  "ERROR_MOD_NOT_FOUND" },
	{ NULL, "0x1000007E", 1, WW_READING_NAMED, BUGCHECK, "bugcheck",
	  "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED_M" },
	{ NULL, "1603", 2, WW_READING_NAMED, WIN32, "msi",
	  "ERROR_INSTALL_FAILURE" },
	{ NULL, "-1811", 1, WW_READING_NAMED, JET, "esent",
	  "JET_errFileNotFound" },

	/* Without a name, but with a topic: what people ask about. */
	{ NULL, "0x0000011b", 2, WW_READING_STRUCTURE, WIN32, NULL, NULL },
	{ NULL, "283", 2, WW_READING_STRUCTURE, WIN32, NULL, NULL },
	{ NULL, "STOP: 0x0000011b", 1, WW_READING_NAMED, BUGCHECK, "bugcheck",
	  "DRIVER_RETURNED_HOLDING_CANCEL_LOCK" },
	{ NULL, "0x00000002", ANY, WW_READING_NAMED, WIN32, "win32",
	  "ERROR_FILE_NOT_FOUND" },
	{ NULL, "STOP 0x00000002", ANY, WW_READING_NAMED, BUGCHECK, "bugcheck",
	  "DEVICE_QUEUE_NOT_BUSY" },
	{ NULL, "0x00000002 (1,2,3,4)", ANY, WW_READING_NAMED, BUGCHECK,
	  "bugcheck", "DEVICE_QUEUE_NOT_BUSY" },

	/* One number inside another. */
	{ NULL, "0x80070005", 1, WW_READING_WIN32, HRESULT, "win32",
	  "ERROR_ACCESS_DENIED" },
	{ NULL, "-2147024891", 1, WW_READING_WIN32, HRESULT, "win32",
	  "ERROR_ACCESS_DENIED" },
	{ NULL, "HRESULT_FROM_WIN32(5)", 1, WW_READING_WIN32, HRESULT, "win32",
	  "ERROR_ACCESS_DENIED" },
	{ NULL, "0x80073712", 1, WW_READING_WIN32, HRESULT, "win32",
	  "ERROR_SXS_COMPONENT_STORE_CORRUPT" },
	{ NULL, "0xC0070005", 1, WW_READING_WIN32, NTSTATUS, "win32",
	  "ERROR_ACCESS_DENIED" },
	{ NULL, "0xD0000022", 1, WW_READING_NTSTATUS, HRESULT, "ntstatus",
	  "STATUS_ACCESS_DENIED" },

	/* Only bits. */
	{ NULL, "0x8A2B3C4D", 1, WW_READING_STRUCTURE, HRESULT, NULL, NULL },
	{ NULL, "0xCDEF1234", 1, WW_READING_STRUCTURE, NTSTATUS, NULL, NULL },
};

static void
check_row(struct ww_arena *arena, size_t i)
{
	struct ww_hints hints = hints_of(rows[i].in);
	struct ww_readings got = read_code(arena, rows[i].text, &hints);
	const struct ww_reading *first = &got.p[0];
	struct ww_slice id, name = { 0 };

	if (got.n == 0 || (rows[i].n != ANY && got.n != rows[i].n))
		fail_msg("%s has %zu readings", rows[i].text, got.n);
	if (first->n_codes > 0)
		name = name_of(first->codes[0]);
	id = family_id(first);
	if (first->kind != rows[i].kind || first->space != rows[i].space)
		fail_msg("%s is of kind %d in space %s", rows[i].text,
			 (int)first->kind, ww_space_id(first->space));
	if (rows[i].family != NULL &&
	    !ww_slice_eq(id, ww_slice_cstr(rows[i].family)))
		fail_msg("%s is of family %.*s", rows[i].text, (int)id.len,
			 id.p);
	if (rows[i].name == NULL)
		assert_int_equal(first->n_codes, 0);
	else if (!ww_slice_eq(name, ww_slice_cstr(rows[i].name)))
		fail_msg("%s is called %.*s", rows[i].text, (int)name.len,
			 name.p);
}

static void
test_first_reading(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		check_row(*state, i);
}

static const struct {
	const char *text;
	enum ww_space space;
	uint32_t value;
} inner[] = {
	{ "0x80072F8F", WIN32, 0x2F8F },
	{ "0x80070005", WIN32, 5 },
	{ "0xC0070005", WIN32, 5 },
	{ "0xD0000022", NTSTATUS, 0xC0000022 },
};

static void
test_carried(void **state)
{
	struct ww_hints hints = hints_of(NULL);

	for (size_t i = 0; i < WW_ARRAY_LEN(inner); i++) {
		struct ww_readings got =
		    read_code(*state, inner[i].text, &hints);

		assert_int_equal(got.p[0].inner_space, inner[i].space);
		assert_int_equal(got.p[0].inner_value, inner[i].value);
	}
}

/* 404 has a name of its own in bits; 418 has none and is only carried. */
static void
test_http(void **state)
{
	struct ww_hints hints = hints_of(NULL);
	struct ww_readings got = read_code(*state, "0x80190194", &hints);

	assert_int_equal(got.p[0].space, HRESULT);
	assert_true(is_called(&got.p[0], "HTTP_E_STATUS_NOT_FOUND"));
	got = read_code(*state, "0x801901A2", &hints);
	assert_int_equal(got.n, 1);
	assert_int_equal(got.p[0].kind, WW_READING_HTTP);
	assert_int_equal(got.p[0].space, HRESULT);
	assert_int_equal(got.p[0].inner_value, 418);
}

/* Names of the whole number are aliases of the code inside. */
static void
test_aliases(void **state)
{
	struct ww_hints hints = hints_of(NULL);
	struct ww_readings got = read_code(*state, "0x80070005", &hints);

	assert_true(
	    has_name(got.p[0].aliases, got.p[0].n_aliases, "E_ACCESSDENIED"));
	/* Of the two components, the alias is the one's it is named after. */
	hints = hints_of("wininet");
	got = read_code(*state, "0x80072F8F", &hints);
	assert_true(is_called(&got.p[0], "WININET_E_DECODING_FAILED"));
	assert_false(is_called(&got.p[1], "WININET_E_DECODING_FAILED"));
}

static void
test_two_names(void **state)
{
	struct ww_hints hints = hints_of(NULL);
	struct ww_readings got = read_code(*state, "0x800F0950", &hints);

	assert_int_equal(got.n, 1);
	assert_int_equal(got.p[0].space, HRESULT);
	assert_int_equal(got.p[0].n_codes, 2);
	assert_true(is_called(&got.p[0], "CBS_E_INVALID_WINDOWS_UPDATE_COUNT"));
	assert_true(
	    is_called(&got.p[0], "CBS_E_NO_OPTIONAL_CONTENT_FOUND_FOR_BUILD"));
}

/* FACILITY_ITF: each interface numbers its own errors. */
static void
test_interfaces(void **state)
{
	struct ww_hints hints = hints_of(NULL);
	struct ww_readings got = read_code(*state, "0x80040102", &hints);

	assert_true(got.n >= 3);
	for (size_t i = 0; i < got.n; i++) {
		assert_int_equal(got.p[i].space, HRESULT);
		for (size_t k = 0; k < i; k++)
			assert_ptr_not_equal(got.p[i].family.p,
					     got.p[k].family.p);
	}
	hints.family = family_called("mapi");
	got = read_code(*state, "0x80040102", &hints);
	assert_int_equal(got.n, 1);
	assert_true(is_called(&got.p[0], "MAPI_E_NO_SUPPORT"));
}

static void
test_never_bugcheck(void **state)
{
	static const char *const texts[] = { "0xC1900101", "0xC1900101-0x20017",
					     "0xC1900101-0x30018",
					     "-1047526143", "0x80244007" };
	struct ww_hints hints = hints_of(NULL);

	for (size_t i = 0; i < WW_ARRAY_LEN(texts); i++) {
		struct ww_readings got = read_code(*state, texts[i], &hints);

		for (size_t k = 0; k < got.n; k++)
			assert_int_not_equal(got.p[k].space, BUGCHECK);
	}
	hints.space = BUGCHECK;
	assert_int_equal(read_code(*state, "0xC1900101", &hints).n, 0);
}

static const struct {
	const char *text;
	enum ww_space space;
	const char *why;
} reasons[] = {
	{ "0xC000021A (0x1, 0xC0000005, 0, 0)", BUGCHECK,
	  "four parameters follow it: stop codes are written so" },
	{ "0xC000021A (0x1, 0xC0000005, 0, 0)", NTSTATUS,
	  "it starts with C: NTSTATUS values of severity error do" },
	{ "0x7E", BUGCHECK,
	  "a small number in hexadecimal: stop codes are written so" },
	{ "0x00000103", NTSTATUS,
	  "an NTSTATUS that tells success or information" },
};

/* A reason is true of the number. */
static void
test_reasons(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(reasons); i++) {
		struct ww_hints hints = hints_of(NULL);
		struct ww_readings got;

		hints.space = reasons[i].space;
		got = read_code(*state, reasons[i].text, &hints);
		assert_int_equal(got.n, 1);
		assert_string_equal(got.p[0].why, reasons[i].why);
	}
}

static void
test_space_hint(void **state)
{
	struct ww_hints hints = hints_of(NULL);
	struct ww_readings got;

	hints.space = WIN32;
	got = read_code(*state, "0x7E", &hints);
	assert_int_equal(got.n, 1);
	assert_true(is_called(&got.p[0], "ERROR_MOD_NOT_FOUND"));
	hints.space = BUGCHECK;
	got = read_code(*state, "126", &hints);
	assert_int_equal(got.n, 1);
	assert_true(
	    is_called(&got.p[0], "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED"));
	hints.space = HRESULT;
	assert_int_equal(read_code(*state, "126", &hints).n, 0);
}

static void
test_family_hint(void **state)
{
	struct ww_hints hints = hints_of(NULL);
	struct ww_readings got;

	hints.family = family_called("wininet");
	got = read_code(*state, "0x80072F8F", &hints);
	assert_int_equal(got.n, 1);
	assert_true(is_called(&got.p[0], "ERROR_INTERNET_DECODING_FAILED"));
	hints.family = family_called("esent");
	assert_int_equal(read_code(*state, "0x80072F8F", &hints).n, 0);
}

static const struct {
	const char *name;
	enum ww_space space;
	uint32_t value;
	const char *family;
} names[] = {
	{ "WU_E_PT_SOAPCLIENT_SOAPFAULT", HRESULT, 0x80244007, "wu" },
	{ "ERROR_WINHTTP_SECURE_FAILURE", WIN32, 0x2F8F, "winhttp" },
	{ "ERROR_INTERNET_DECODING_FAILED", WIN32, 0x2F8F, "wininet" },
	{ "STATUS_ACCESS_DENIED", NTSTATUS, 0xC0000022, "ntstatus" },
	{ "JET_errFileNotFound", JET, 0xFFFFF8ED, "esent" },
	{ "DRIVER_POWER_STATE_FAILURE", BUGCHECK, 0x9F, "bugcheck" },
};

/* A name asks for its own reading and for no other of the number. */
static void
test_by_name(void **state)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();
	struct ww_hints hints = hints_of(NULL);

	for (size_t i = 0; i < WW_ARRAY_LEN(names); i++) {
		struct ww_range range =
		    ww_catalogue_name(c, ww_slice_cstr(names[i].name), 1);
		struct ww_readings got;

		if (range.count == 0)
			fail_msg("no code is called %s", names[i].name);
		got = ww_readings_of_code(*state, c,
					  ww_catalogue_named(c, range.first),
					  &hints);
		assert_int_equal(got.n, 1);
		assert_int_equal(got.p[0].space, names[i].space);
		assert_int_equal(got.p[0].value, names[i].value);
		assert_true(is_called(&got.p[0], names[i].name));
		assert_true(ww_slice_eq(family_id(&got.p[0]),
					ww_slice_cstr(names[i].family)));
	}
}

/* Every code has a reading by its value and exactly one by its name. */
static void
test_every_code(void **state)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();
	struct ww_hints hints = hints_of(NULL);

	(void)state;
	for (uint32_t i = 0; i < ww_count(c, WW_S_CODE); i++) {
		struct ww_arena arena;
		struct ww_entry e = { 0 };
		struct ww_spelled spelled = { .form = WW_FORM_HEX };
		struct ww_readings got;
		bool found = false;

		ww_arena_init(&arena, NULL);
		assert_int_equal(ww_catalogue_entry(c, i, 0, &e), WW_OK);
		spelled.value = e.value;
		got = ww_readings_of(&arena, c, &spelled, &hints);
		for (size_t k = 0; k < got.n; k++) {
			struct ww_reading *r = &got.p[k];

			assert_non_null(r->why);
			assert_true(k == 0 || got.p[k - 1].rank >= r->rank);
			for (uint32_t n = 0; n < r->n_codes; n++)
				found |= r->codes[n] == i;
			for (uint32_t n = 0; n < r->n_aliases; n++)
				found |= r->aliases[n] == i;
		}
		if (!found)
			fail_msg("%08X %.*s has no reading", e.value,
				 (int)e.name.len, e.name.p);
		got = ww_readings_of_code(&arena, c, i, &hints);
		assert_int_equal(got.n, 1);
		ww_arena_release(&arena);
	}
}

static void
test_topics(void **state)
{
	struct ww_hints hints = hints_of(NULL);
	struct ww_readings got = read_code(*state, "0x80244007", &hints);

	assert_non_null(got.p[0].topic.p);
	assert_true(ww_slice_eq(ww_rec_str(got.p[0].topic, WW_TOPIC_ID),
				WW_LIT("wu-soap-fault")));
	/* Two families of one number: each has its own topic. */
	got = read_code(*state, "0x80072F8F", &hints);
	assert_true(ww_slice_eq(ww_rec_str(got.p[0].topic, WW_TOPIC_ID),
				WW_LIT("winhttp-secure-failure")));
	assert_true(ww_slice_eq(ww_rec_str(got.p[1].topic, WW_TOPIC_ID),
				WW_LIT("wininet-decoding-failed")));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_reading),
		cmocka_unit_test(test_carried),
		cmocka_unit_test(test_http),
		cmocka_unit_test(test_aliases),
		cmocka_unit_test(test_two_names),
		cmocka_unit_test(test_interfaces),
		cmocka_unit_test(test_never_bugcheck),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_space_hint),
		cmocka_unit_test(test_family_hint),
		cmocka_unit_test(test_by_name),
		cmocka_unit_test(test_every_code),
		cmocka_unit_test(test_topics),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
