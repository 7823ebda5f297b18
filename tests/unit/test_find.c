/*
 * Codes in running text: what is found in a line, and what is passed over.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <stdio.h>

#include "base/compiler.h"
#include "code/find.h"
#include "code/writer.h"

static bool
is_known(const void *ctx, struct ww_slice name)
{
	static const char *const names[] = {
		"E_FAIL",	 "ERROR_ACCESS_DENIED",
		"S_OK",		 "CBS_E_CANCEL",
		"WSAEACCES",	 "DRIVER_IRQL_NOT_LESS_OR_EQUAL",
		"ERROR_SUCCESS", "STATUS_OBJECT_NAME_NOT_FOUND",
		"ERROR",
	};

	(void)ctx;
	for (size_t i = 0; i < WW_ARRAY_LEN(names); i++)
		if (ww_slice_casecmp(ww_slice_cstr(names[i]), name) == 0)
			return true;
	return false;
}

static const struct ww_name_lookup lookup = { .known = is_known };

/* The text of each sighting, and its value unless it is a name; in order. */
static const struct {
	const char *in;
	const char *out;
} rows[] = {
	/* A prefix. */
	{ "Scan failed [HRESULT = 0x80244022 - E_FAIL]",
	  "0x80244022=80244022 E_FAIL" },
	{ "hr:0x800f081f)", "0x800f081f=800F081F" },
	{ "exit(0xe0000203)", "0xe0000203=E0000203" },
	{ "Windows_Update_0x80070005", "" },
	{ "Error 0x80070057: bad property", "0x80070057=80070057" },
	{ "gave up (0X5).", "0X5=00000005" },
	{ "#define X 0x80070005L", "0x80070005L=80070005" },
	{ "hr 0xFFFFFFFF80244007 ", "0xFFFFFFFF80244007=80244007" },
	{ "rax=0xffffffff`80070005", "0xffffffff`80070005=80070005" },
	{ "\xE9\x94\x99\xE8\xAF\xAF\xEF\xBC\x9A"
	  "0x80070643\xE3\x80\x82",
	  "0x80070643=80070643" },

	/* Eight digits without one. */
	{ "[8024402F]", "8024402F=8024402F" },
	{ "ended with error 80070490", "80070490=80070490" },
	{ "hr = 80072ee2. Proxy list", "80072ee2=80072EE2" },
	{ "Exception code: c0000005", "c0000005=C0000005" },
	{ "got c0000022 from it", "c0000022=C0000022" },
	{ "what is 80070005?", "80070005=80070005" },
	{ "what is 88123456?", "" },
	{ "moved 12345678 bytes", "" },
	{ "the DEADBEEF pattern", "" },
	{ "STOP: c000021a {Fatal System Error}", "c000021a=C000021A" },

	/* Decimals with a sign, and large ones. */
	{ "ended: -2145107961", "-2145107961=80244007" },
	{ "exit -1073741819.", "-1073741819=C0000005" },
	{ "\xE2\x88\x92"
	  "2145107961",
	  "\xE2\x88\x92"
	  "2145107961=80244007" },
	{ "code -1811, Jet error -1022", "-1811=FFFFF8ED -1022=FFFFFC02" },
	{ "range 10-2147024891", "" },
	{ "between -5 and -1811", "" },
	{ "exit code -1", "" },
	{ "exit code 3221225477", "3221225477=C0000005" },
	{ "returned 2147942402", "2147942402=80070002" },
	{ "done (2149859335)", "2149859335=80244007" },
	{ "free: 10 of 2149859335", "" },

	/* Small decimals behind a cue. */
	{ "Installation failed with error 1603.", "1603=00000643" },
	{ "exit code 3010", "3010=00000BC2" },
	{ "exit code: 1603", "1603=00000643" },
	{ "failed with error 2", "2=00000002" },
	{ "error code: 5", "5=00000005" },
	{ "Error code is 5", "5=00000005" },
	{ "Error (1603)", "1603=00000643" },
	{ "status 1726", "1726=000006BE" },
	{ "GetLastError() = 5", "5=00000005" },
	{ "LastError=32;", "32=00000020" },
	{ "<ErrorCode>1168</ErrorCode>", "1168=00000490" },
	{ "\"errorCode\": \"1168\"", "1168=00000490" },
	{ "did not start: %%1053", "1053=0000041D" },
	{ "BugcheckCode 159", "159=0000009F" },
	{ "erreur 5", "5=00000005" },
	{ "code d'erreur 5", "5=00000005" },
	{ "Erreur\xC2\xA0: 5", "5=00000005" },
	{ "Fehler 5", "5=00000005" },
	{ "Fehler Nr. 5", "5=00000005" },
	{ "Fehlercode: 1603", "1603=00000643" },
	{ "\xD0\x9E\xD1\x88\xD0\xB8\xD0\xB1\xD0\xBA\xD0\xB0 5", "5=00000005" },
	{ "Return value 3.", "" },
	{ "returned 3 rows", "" },
	{ "HTTP status code 404", "" },
	{ "HTTP error 503", "" },
	{ "error 0, status 0x0, 0x00000000", "" },
	{ "5 errors, 12 warnings", "" },
	{ "error 5%", "" },
	{ "No error. 12 files", "" },
	{ "zip code 90210", "" },

	/* Names and macros. */
	{ "got E_FAIL, then CBS_E_CANCEL", "E_FAIL CBS_E_CANCEL" },
	{ "WSAEACCES on bind", "WSAEACCES" },
	{ "driver_irql_not_less_or_equal", "driver_irql_not_less_or_equal" },
	{ "ERROR S_OK ERROR_SUCCESS TRUE MY_OWN_NAME", "" },
	{ "C:\\x\\E_FAIL\\y E_FAIL.txt %E_FAIL%", "" },
	{ "= HRESULT_FROM_WIN32(14098);",
	  "HRESULT_FROM_WIN32(14098)=80073712" },
	{ "HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED)", "ERROR_ACCESS_DENIED" },

	/* Pairs and stop codes. */
	{ "0xC1900101 - 0x20017 The installation failed",
	  "0xC1900101 - 0x20017=C1900101+20017" },
	{ "0x8007042B-0x2000D", "0x8007042B-0x2000D=8007042B+2000D" },
	{ "0x80070005 - 0x80070006",
	  "0x80070005=80070005 0x80070006=80070006" },
	{ "The bugcheck was: 0x0000009f (0x3, 0xffffe00012345678, "
	  "0xfffff80212345678, 0xffffe00087654321). A dump",
	  "0x0000009f (0x3, 0xffffe00012345678, 0xfffff80212345678, "
	  "0xffffe00087654321)=0000009F/4" },
	{ "*** STOP: 0x0000007B (0xF78D2524)",
	  "0x0000007B (0xF78D2524)=0000007B/1" },
	{ "Bugcheck code 0x9F", "0x9F=0000009F" },
	{ "BugCheck 9F, {3, ffffe00012345678, 0, 1}",
	  "9F, {3, ffffe00012345678, 0, 1}=0000009F/4" },
	{ "error 0x80070005 (0x80070003)",
	  "0x80070005=80070005 0x80070003=80070003" },

	/* What only looks like a code. */
	{ "{8007000e-7df8-4e5b-8c10-c0000005abcd}", "" },
	{ "8024402f-7df8-4e5b-8c10-c0000005abcd", "" },
	{ "version 10.0.19041.1 and 6.1.7601", "" },
	{ "KB5001330 KB 5001330 KB80070005", "" },
	{ "error 2021-09-27 04:03:44, error 12:30", "" },
	{ "error 10.0.0.1", "" },
	{ "[gle=0x000000b7] gle=0x5", "" },
	{ "GetLastError left 0x000000b7", "" },
	{ "init @0x7fed806eb5d @0x77e41234", "" },
	{ "fault at address 0x77e41234 and at 0x77e41238", "" },
	{ "ntdll.dll+0x1f2a and foo!bar+0x12", "" },
	{ "0x00007ffb12345678 0x7fed806eb5d", "" },
	{ "00007ffb`12345678 00000000`80070005", "" },
	{ "PID=5372 TID=12244 thread=1234 (0x4D2) (pid 0x1a4)", "" },
	{ "colour #ff8800 #80ff8800 #0x80ff88", "" },
	{ "Note: 1: 2203 2: C:\\x.msi", "" },
	{ "Fault offset: 0x0000a5b1", "" },
	{ "flags: 0x2, ConfigFlags = 0x400", "" },
	{ "Info [0x0601c1] IBS", "" },
	{ "AddService=Name,0x00000002,Name_Inst", "" },
	{ "C:\\logs\\8024402f\\8024402f.log", "" },
	{ "e3b0c44298fc1c149afbf4c8996fb92427ae41e4 80070005ab", "" },
	{ "commit c0ffee12", "" },
	{ "PCI\\VEN_8086&DEV_80070005", "" },
	{ "1920x1080 0x 0xg 0x800700051", "" },
};

static void
write_sighting(char *out, size_t size, const struct ww_sighting *s)
{
	size_t len = strlen(out);
	int n = snprintf(out + len, size - len, "%s%.*s", len > 0 ? " " : "",
			 (int)s->text.len, s->text.p);

	len += (size_t)n;
	if (s->spelled.form == WW_FORM_NAME)
		return;
	n = snprintf(out + len, size - len, "=%08X", s->spelled.value);
	len += (size_t)n;
	if (s->spelled.has_extend)
		snprintf(out + len, size - len, "+%X", s->spelled.extend);
	if (s->spelled.n_params > 0)
		snprintf(out + len, size - len, "/%u", s->spelled.n_params);
}

static void
finds_the_codes_of_a_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct ww_find find =
		    ww_find_in(ww_slice_cstr(rows[i].in), &lookup);
		struct ww_sighting sighting;
		char out[512] = "";

		print_message("%s\n", rows[i].in);
		while (ww_find_next(&find, &sighting)) {
			assert_ptr_equal(sighting.text.p,
					 rows[i].in + sighting.at);
			write_sighting(out, sizeof(out), &sighting);
		}
		assert_string_equal(out, rows[i].out);
	}
}

static void
knows_who_writes_so(void **state)
{
	static const struct {
		const char *in;
		enum ww_writer writer; /* of its first number */
	} written[] = {
		{ "Error 1920. Service 'Agent' (agent) failed to start.",
		  WW_WRITER_INSTALLER },
		{ "Product: Agent -- Error 1310. Error writing to file: C:\\x",
		  WW_WRITER_INSTALLER },
		{ "MSI(ERROR): 'Error 1304. Error writing to file: C:\\x'",
		  WW_WRITER_INSTALLER },
		{ "It went wrong:\nError 1722. There is a problem",
		  WW_WRITER_INSTALLER },
		{ "Erreur 1310. Erreur d'écriture", WW_WRITER_INSTALLER },
		{ "The setup failed with Error 1920. Please try again.",
		  WW_WRITER_UNKNOWN },
		{ "It ended with error 1603. Then it was over.",
		  WW_WRITER_UNKNOWN },
		{ "Error 1053: The service did not respond",
		  WW_WRITER_UNKNOWN },
		{ "Error 1920.", WW_WRITER_UNKNOWN },
		{ "Error 126. A module is missing", WW_WRITER_UNKNOWN },
		{ "This device cannot start. (Code 10)", WW_WRITER_DEVICES },
		{ "Ce périphérique ne peut pas démarrer. (code 10)",
		  WW_WRITER_DEVICES },
		{ "Code 43", WW_WRITER_DEVICES },
		{ "code 43 ", WW_WRITER_DEVICES },
		{ "Code 43 and more", WW_WRITER_UNKNOWN },
		{ "error code 43", WW_WRITER_UNKNOWN },
		{ "Code 1053", WW_WRITER_UNKNOWN },
		{ "It ended (code 1603)", WW_WRITER_UNKNOWN },
		{ "The TLS protocol defined fatal alert code is 46.",
		  WW_WRITER_SCHANNEL },
		{ "The TLS protocol defined fatal error code is 40. The "
		  "Windows SChannel error state is 1205.",
		  WW_WRITER_SCHANNEL },
		{ "The protocol defined fatal error code is 40.",
		  WW_WRITER_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(written); i++) {
		struct ww_slice text = ww_slice_cstr(written[i].in);
		struct ww_find find = ww_find_in(text, &lookup);
		struct ww_sighting sighting;

		print_message("%s\n", written[i].in);
		assert_true(ww_find_next(&find, &sighting));
		assert_int_equal(ww_writer_of(text, &sighting),
				 written[i].writer);
	}
}

static void
needs_no_names(void **state)
{
	struct ww_find find = ww_find_in(WW_LIT("E_FAIL 0x5"), NULL);
	struct ww_sighting sighting;

	(void)state;
	assert_true(ww_find_next(&find, &sighting));
	assert_int_equal(sighting.spelled.value, 5);
	assert_false(ww_find_next(&find, &sighting));
	assert_false(ww_find_next(&find, &sighting));
	find = ww_find_in((struct ww_slice){ 0 }, NULL);
	assert_false(ww_find_next(&find, &sighting));
}

/*
 * A megabyte of one pattern ends in seconds even with the sanitizers on; a
 * search that reads a run again from each byte would take an hour.
 */
static void
stays_linear(void **state)
{
	static const char *const patterns[] = {
		"0x",		"A_", "7",	   "8007000",
		"0x1 ",		"5 ", "error ",	   "-",
		"80070005-",	"a ", "STOP ",	   "STOP (0x1,",
		"0x1 (",	"`",  "80070005`", "((((",
		"1.",		"E(", "\xC2",	   "MAKE_SCODE(",
		"\xE2\x80\x93",
	};
	static char text[1 << 20];

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(patterns); i++) {
		size_t len = strlen(patterns[i]);
		struct ww_find find;
		struct ww_sighting sighting;

		for (size_t at = 0; at < sizeof(text); at++)
			text[at] = patterns[i][at % len];
		find = ww_find_in(ww_slice_of(text, sizeof(text)), &lookup);
		while (ww_find_next(&find, &sighting))
			assert_true(sighting.text.len > 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_codes_of_a_line),
		cmocka_unit_test(knows_who_writes_so),
		cmocka_unit_test(needs_no_names),
		cmocka_unit_test(stays_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
