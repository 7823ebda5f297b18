/*
 * What is known of events: found by provider and number, asked for in the
 * usual spellings, and codes in their fields by kind and base.  Runs on the
 * embedded catalogue.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/compiler.h"
#include "diagnose/event_field.h"
#include "explain/event.h"
#include "explain/event_question.h"

static struct ww_slice
id_of(struct ww_rec kind)
{
	return ww_rec_str(kind, WW_EVENT_KIND_ID);
}

static void
assert_id(struct ww_rec kind, const char *id)
{
	struct ww_slice is = id_of(kind);

	assert_int_equal(is.len, strlen(id));
	assert_memory_equal(is.p, id, is.len);
}

static void
test_look_up(void **state)
{
	static const struct {
		const char *provider;
		uint32_t number;
		const char *id; /* NULL: it is not known */
	} rows[] = {
		{ "Microsoft-Windows-WindowsUpdateClient", 20,
		  "windowsupdateclient-20" },
		{ "microsoft-windows-windowsupdateclient", 20,
		  "windowsupdateclient-20" },
		{ "BugCheck", 1001, "wer-systemerrorreporting-1001" },
		{ "Windows Error Reporting", 1001,
		  "windows-error-reporting-1001" },
		{ "Ntfs", 98, "ntfs-98" },
		{ "Contoso", 20, NULL },
		{ "Service Control Manager", 20, NULL },
		{ "Microsoft-Windows-WindowsUpdateClient", 65535, NULL },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct ww_rec kind =
		    ww_event_kind(ww_catalogue_embedded(),
				  ww_slice_cstr(rows[i].provider),
				  rows[i].number);

		if (rows[i].id == NULL)
			assert_null(kind.p);
		else
			assert_id(kind, rows[i].id);
	}
}

static void
test_questions(void **state)
{
	static const struct {
		const char *text;
		const char *id; /* of the first; NULL: no question for one */
	} rows[] = {
		{ "Event ID 4625", "security-auditing-4625" },
		{ "event 4625", "security-auditing-4625" },
		{ "EventID: 4625", "security-auditing-4625" },
		{ "4625 Security-Auditing", "security-auditing-4625" },
		{ "Microsoft-Windows-Security-Auditing 4625",
		  "security-auditing-4625" },
		{ "WindowsUpdateClient 20", "windowsupdateclient-20" },
		{ "windowsupdateclient/20", "windowsupdateclient-20" },
		{ "Source: Kernel-Power, Event ID: 41", "kernel-power-41" },
		{ "kernel power event 41", "kernel-power-41" },
		{ "SCM 7000", "service-control-manager-7000" },
		{ "Service Control Manager 7000",
		  "service-control-manager-7000" },
		{ "Defender 1116", "windows-defender-1116" },
		{ "\xC3\xA9v\xC3\xA9nement 6008", "eventlog-6008" },
		{ "4625", NULL },
		{ "error 20", NULL },
		{ "Windows 20", NULL },
		{ "event 20 and 21", NULL },
		{ "event 64999", NULL },
		{ "Event ID 4625\nEvent ID 4624", NULL },
		{ "event 0xC000006A", NULL },
		{ "event", NULL },
		{ "", NULL },
	};
	struct ww_rec found[WW_EVENTS_ASKED_MAX];

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		size_t n =
		    ww_event_question(ww_catalogue_embedded(),
				      ww_slice_cstr(rows[i].text), found);

		if ((n > 0) != (rows[i].id != NULL))
			fail_msg("%s", rows[i].text);
		if (n > 0)
			assert_id(found[0], rows[i].id);
	}
}

/* The codes of a record's fields, as text, in the order of the fields. */
static void
codes_of(const char *record, struct ww_buf *out)
{
	struct ww_event_walk walk = { .codes = true };
	struct ww_told_event e;
	struct ww_rec kind, field;
	uint32_t code;

	assert_true(ww_told_event_read(ww_slice_cstr(record), &e));
	kind = ww_event_kind(ww_catalogue_embedded(), e.provider, e.number);
	assert_non_null(kind.p);
	while (ww_event_next_field(kind, &walk, &field)) {
		if (!ww_event_code(field, ww_event_field_value(&e, field),
				   &code))
			continue;
		if (out->len > 0)
			ww_buf_char(out, ' ');
		ww_code_kind_add(out, ww_event_code_kind(field, code), code);
	}
}

#define EVENT(provider, number, fields) \
	"Event ID " number " of " provider ": " fields
#define WINDOWS "Microsoft-Windows-"

static void
test_codes(void **state)
{
	static const struct {
		const char *record, *codes;
	} rows[] = {
		/* A size that looks like a code is none. */
		{ EVENT(WINDOWS "Bits-Client", "61",
			"hr = 2147954407, bytesTotal = 2147954408"),
		  "0x80072EE7" },
		{ EVENT("Service Control Manager", "7000",
			"param1 = 0x80070005, param2 = %%1058"),
		  "1058" },
		{ EVENT("Service Control Manager", "7023",
			"param1 = A, param2 = %%2147942414"),
		  "0x8007000E" },
		{ EVENT(WINDOWS "Security-Auditing", "4771",
			"TicketOptions = 0x40810010, Status = 0x18"),
		  "0x18" },
		{ EVENT(WINDOWS "Security-Auditing", "4625",
			"Status = 0xc000006d, FailureReason = %%2313, "
			"SubStatus = 0xc000006a, LogonType = 3"),
		  "0xC000006D 0xC000006A" },
		/* The order is another in each version. */
		{ EVENT(WINDOWS "WindowsUpdateClient", "31",
			"errorCode = 0x80244019, updateGuid = {1}"),
		  "0x80244019" },
		{ EVENT(WINDOWS "WindowsUpdateClient", "31",
			"updateTitle = 0x80070643, errorCode = 0x80244019"),
		  "0x80244019" },
		{ EVENT("ESENT", "455",
			"param1 = A, param2 = 7, param5 = -1023 (0xfffffc01)"),
		  "-1023" },
		{ EVENT("Schannel", "36887", "AlertDesc = 40"), "40" },
		{ EVENT("Application Error", "1000",
			"param3 = 5f0d2a11, param7 = c0000005, param8 = "
			"0000000000031f4a"),
		  "0xC0000005" },
		/* What newer versions of Windows call the same field. */
		{ EVENT("Application Error", "1000",
			"AppName = a.exe, ExceptionCode = c0000409"),
		  "0xC0000409" },
		{ EVENT("NETLOGON", "5805",
			"param1 = PC-1, param2 = %%5, Binary = 220000C0"),
		  "5 0xC0000022" },
		{ EVENT(WINDOWS "Kernel-PnP", "219", "Status = 3221226341"),
		  "0xC0000365" },
		{ EVENT(WINDOWS "Kernel-Power", "41", "BugcheckCode = 159"),
		  "0x0000009F" },
		{ EVENT(WINDOWS "Time-Service", "134",
			"ErrorMessage = No such host. (0x80072AF9), "
			"RetryMinutes = 15"),
		  "0x80072AF9" },
		{ EVENT(WINDOWS "Windows Defender", "2001",
			"Product Name = %%827, Error Code = 0x80072ee2, "
			"Error Description = A 0x80070005"),
		  "0x80072EE2" },
		/* No codes, or none that can be. */
		{ EVENT(WINDOWS "Bits-Client", "61", "hr = 99999999999"), "" },
		{ EVENT(WINDOWS "Bits-Client", "61", "hr = -"), "" },
		{ EVENT(WINDOWS "Bits-Client", "61", "hr = 0x"), "" },
		{ EVENT("NETLOGON", "5805", "Binary = 2200"), "" },
		{ EVENT("Service Control Manager", "7000", "param2 = %%"), "" },
	};
	struct ww_arena arena;

	(void)state;
	ww_arena_init(&arena, NULL);
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct ww_buf out = ww_buf_in(&arena);

		codes_of(rows[i].record, &out);
		ww_buf_char(&out, '\0');
		assert_string_equal(out.p, rows[i].codes);
	}
	ww_arena_release(&arena);
}

static void
test_records(void **state)
{
	static const struct {
		const char *text;
		bool is_one, fields;
	} rows[] = {
		{ "Event ID 7 of A: b = 1", true, true },
		{ "Event ID 7 of A: A sentence; b = 1, c = 2", true, true },
		{ "Event ID 7 of A: Product Name = 1", true, true },
		{ "Event ID 7 of A: A sentence.", true, false },
		{ "Event ID 7 of A: ", true, false },
		{ "Event ID 7 of A", false, false },
		{ "Event ID of A: b", false, false },
		{ "Event ID 7 of : b", true, false },
		{ "", false, false },
	};
	struct ww_told_event e;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		assert_int_equal(ww_told_event_read(ww_slice_cstr(rows[i].text),
						    &e),
				 rows[i].is_one);
		if (rows[i].is_one)
			assert_int_equal(ww_told_event_has_fields(&e),
					 rows[i].fields);
	}
}

/* Each event is found by its own name, and its fields are walked once. */
static void
test_all(void **state)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();

	(void)state;
	for (uint32_t i = 0; i < ww_count(c, WW_S_EVENT_KIND); i++) {
		struct ww_rec kind = ww_rec_at(c, WW_S_EVENT_KIND, i);
		struct ww_event_walk walk = { .codes = false };
		struct ww_rec field;
		unsigned n = 0;

		assert_ptr_equal(
		    ww_event_kind(c, ww_rec_str(kind, WW_EVENT_KIND_PROVIDER),
				  ww_rec_num(kind, WW_EVENT_KIND_NUMBER))
			.p,
		    kind.p);
		while (ww_event_next_field(kind, &walk, &field))
			n++;
		assert_int_equal(n > 0,
				 ww_rec_num(kind, WW_EVENT_KIND_FORMS + 1) > 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_look_up),
		cmocka_unit_test(test_questions),
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
