/*
 * Logs of the server: what WSUS, IIS and HTTP.sys write a line, and what
 * became of the services they tell of.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "input/dialects.h"

#include "tell.h"

#include "arena.h"

static const char *
shown(ww_time time)
{
	struct ww_buf buf = ww_buf_in(&arena);

	ww_time_add(&buf, time);
	if (time != WW_NO_TIME && time % WW_SECOND != 0)
		ww_buf_printf(&buf, ".%03d", (int)(time / 1000 % 1000));
	ww_buf_char(&buf, '\0');
	return buf.p;
}

static struct ww_reader *
new_reader(const struct ww_dialect *dialect)
{
	struct ww_reader *reader = ww_arena_new(&arena, struct ww_reader);

	reader->arena = &arena;
	reader->state = ww_arena_alloc(&arena, dialect->state_size);
	return reader;
}

struct row {
	const char *line;
	const char *time; /* NULL: it starts no record */
	const char *text;
	enum ww_level level;
};

/* Rows are the lines of one log, in order. */
static void
check_rows(const struct ww_dialect *dialect, const struct row *rows, size_t n)
{
	struct ww_reader *reader = new_reader(dialect);

	for (size_t i = 0; i < n; i++) {
		struct ww_slice line = ww_slice_cstr(rows[i].line);
		struct ww_record record = { .time = WW_NO_TIME };
		struct ww_buf text = ww_buf_in(&arena);

		assert_int_equal(dialect->parse(reader, line, &record),
				 rows[i].time != NULL);
		if (rows[i].time == NULL)
			continue;
		ww_buf_add(&text, record.text);
		ww_buf_char(&text, '\0');
		assert_string_equal(text.p, rows[i].text);
		assert_string_equal(shown(record.time), rows[i].time);
		assert_int_equal(record.level, rows[i].level);
	}
}

#define STAMP "2020-01-23 14:17:51.157 UTC"
#define TIME  "2020-01-23 14:17:51.157"

static const struct row wsus_rows[] = {
	{ STAMP "\tInfo\tWsusService.15\tEventLogEventReporter.ReportEvent\t"
		"EventId=382,Type=Information",
	  TIME,
	  "EventLogEventReporter.ReportEvent\tEventId=382,Type=Information",
	  WW_LEVEL_INFO },
	{ STAMP "\tWarning\tw3wp.7\tSoapUtilities.CreateException\tThrow", TIME,
	  "SoapUtilities.CreateException\tThrow", WW_LEVEL_WARNING },
	{ "   at Microsoft.UpdateServices.Internal.Client.SyncUpdates()", NULL,
	  NULL, WW_LEVEL_NONE },
	{ STAMP "\tError\tw3wp.130\tDBConnection.LogSqlException\tDBLAYER",
	  TIME, "DBConnection.LogSqlException\tDBLAYER", WW_LEVEL_ERROR },
	{ STAMP "\tChange\tw3wp.58\tAdminDataAccess.Start\tstarted", TIME,
	  "AdminDataAccess.Start\tstarted", WW_LEVEL_INFO },
	/* From a web page, where tabs became blanks. */
	{ STAMP "  Info         WsusService.15 ThreadEntry ThreadStart", TIME,
	  "ThreadEntry ThreadStart", WW_LEVEL_INFO },
	{ STAMP "\tInfo\tWsusService", TIME, "", WW_LEVEL_INFO },
	{ STAMP "\tNotice\tWsusService.1\ta", NULL, NULL, WW_LEVEL_NONE },
	{ STAMP, NULL, NULL, WW_LEVEL_NONE },
	{ "2020-01-23 14:17:51.157\tInfo\tWsusService.1\ta", NULL, NULL,
	  WW_LEVEL_NONE },
	{ "2020-02-30 14:17:51.157 UTC\tInfo\tWsusService.1\ta", NULL, NULL,
	  WW_LEVEL_NONE },
	{ "", NULL, NULL, WW_LEVEL_NONE },
};

static const struct row change_rows[] = {
	{ STAMP "\tSynchronization manually started\tCONTOSO\\admin", TIME,
	  "Synchronization manually started\tCONTOSO\\admin", WW_LEVEL_NONE },
	{ STAMP, TIME, "", WW_LEVEL_NONE },
	{ "a line that goes on", NULL, NULL, WW_LEVEL_NONE },
};

static const struct row iis_rows[] = {
	{ "2026-11-19 08:00:00 GET /before/fields 200", NULL, NULL,
	  WW_LEVEL_NONE },
	{ "#Software: Microsoft Internet Information Services 10.0", NULL, NULL,
	  WW_LEVEL_NONE },
	{ "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port "
	  "cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus "
	  "sc-win32-status time-taken",
	  NULL, NULL, WW_LEVEL_NONE },
	{ "2026-11-19 08:41:07 10.0.0.5 POST /ClientWebService/client.asmx - "
	  "8530 - 10.0.1.2 Windows-Update-Agent - 503 0 64 1234",
	  "2026-11-19 08:41:07",
	  "POST /ClientWebService/client.asmx status 503 substatus 0 win32 64 "
	  "took 1234 ms",
	  WW_LEVEL_NONE },
	/* An empty user name must not move what follows. */
	{ "2026-11-19 08:41:08 ::1 POST /a q 444  D\\u ::1 Agent - 200 0 0 15",
	  "2026-11-19 08:41:08",
	  "POST /a status 200 substatus 0 win32 0 took 15 ms", WW_LEVEL_NONE },
	/* Cut in the middle: what stands at its end is no status. */
	{ "2026-11-19 08:41:09 10.0.0.5 POST /a - 8530 - 10.0.1.2 Agent",
	  "2026-11-19 08:41:09", "POST /a", WW_LEVEL_NONE },
	{ "2026-11-19 08:41", NULL, NULL, WW_LEVEL_NONE },
	{ "", NULL, NULL, WW_LEVEL_NONE },
	/* Other columns from here on, without a date. */
	{ "#Date: 2026-11-20 00:00:00", NULL, NULL, WW_LEVEL_NONE },
	{ "#Fields: time sc-status cs-uri-stem", NULL, NULL, WW_LEVEL_NONE },
	{ "09:00:01 404 /Content/a.cab", "2026-11-20 09:00:01",
	  "- /Content/a.cab status 404", WW_LEVEL_NONE },
	{ "#Fields:", NULL, NULL, WW_LEVEL_NONE },
	{ "09:00:02 404 /Content/a.cab", NULL, NULL, WW_LEVEL_NONE },
};

static const struct row httperr_rows[] = {
	{ "#Fields: date time c-ip c-port s-ip s-port cs-version cs-method "
	  "cs-uri sc-status s-siteid s-reason s-queuename",
	  NULL, NULL, WW_LEVEL_NONE },
	{ "2026-11-19 08:41:07 10.0.1.2 50000 10.0.0.5 8530 HTTP/1.1 POST "
	  "/SimpleAuthWebService/SimpleAuth.asmx 503 1 AppOffline WsusPool",
	  "2026-11-19 08:41:07",
	  "POST /SimpleAuthWebService/SimpleAuth.asmx status 503 reason "
	  "AppOffline queue WsusPool",
	  WW_LEVEL_NONE },
	{ "2026-11-19 08:41:08 10.0.1.2 50000 10.0.0.5 8530 - - - - - "
	  "Timer_ConnectionIdle -",
	  "2026-11-19 08:41:08",
	  "- - status - reason Timer_ConnectionIdle queue -", WW_LEVEL_NONE },
	{ "#Fields: date time c-ip c-port s-ip s-port cs-version cs-method "
	  "cs-uri streamid sc-status s-siteid s-reason s-queuename",
	  NULL, NULL, WW_LEVEL_NONE },
	{ "2026-11-19 08:41:09 fe80::1%11 50000 fe80::2%11 80 HTTP/2 GET / 1 "
	  "400 - BadRequest -",
	  "2026-11-19 08:41:09", "GET / status 400 reason BadRequest queue -",
	  WW_LEVEL_NONE },
};

static void
test_rows(void **state)
{
	(void)state;
	check_rows(&ww_dialect_wsus, wsus_rows, WW_ARRAY_LEN(wsus_rows));
	check_rows(&ww_dialect_wsus_change, change_rows,
		   WW_ARRAY_LEN(change_rows));
	check_rows(&ww_dialect_iis, iis_rows, WW_ARRAY_LEN(iis_rows));
	check_rows(&ww_dialect_httperr, httperr_rows,
		   WW_ARRAY_LEN(httperr_rows));
}

/* Threads of two processes with the same number are not the same. */
static void
test_threads(void **state)
{
	struct ww_reader *reader = new_reader(&ww_dialect_wsus);
	struct ww_slice a = WW_LIT(STAMP "\tInfo\tw3wp.7\tA.B\tc");
	struct ww_slice b = WW_LIT(STAMP "\tInfo\tWsusService.7\tA.B\tc");
	struct ww_record first = { 0 }, second = { 0 };

	(void)state;
	assert_true(ww_dialect_wsus.parse(reader, a, &first));
	assert_true(ww_dialect_wsus.parse(reader, b, &second));
	assert_int_equal(first.thread, 7);
	assert_int_equal(second.thread, 7);
	assert_int_not_equal(first.process, second.process);
	assert_true(ww_slice_eq(first.component, WW_LIT("w3wp")));
}

/* A path as long as a line must not push out what follows it. */
static void
test_long_path(void **state)
{
	struct ww_reader *reader = new_reader(&ww_dialect_iis);
	struct ww_slice fields =
	    WW_LIT("#Fields: date time cs-method cs-uri-stem "
		   "sc-status sc-win32-status time-taken");
	struct ww_buf buf = ww_buf_in(&arena);
	struct ww_record record = { 0 };
	static const char end[] = " status 404 win32 2 took 7 ms";

	(void)state;
	ww_buf_add(&buf, WW_LIT("2026-11-19 08:41:07 GET /"));
	ww_buf_fill(&buf, 'a', 60000);
	ww_buf_add(&buf, WW_LIT(" 404 2 7"));
	assert_false(ww_dialect_iis.parse(reader, fields, &record));
	assert_true(ww_dialect_iis.parse(reader, ww_buf_slice(&buf), &record));
	assert_true(record.text.len < WW_COMPOSED_MAX);
	assert_memory_equal(record.text.p + record.text.len - strlen(end), end,
			    strlen(end));
}

static const struct {
	const char *head;
	const struct ww_dialect *dialect; /* NULL: none of these */
} heads[] = {
	{ "#Software: Microsoft Internet Information Services 10.0\r\n#Fields: "
	  "date time cs-method cs-uri-stem sc-status\r\n",
	  &ww_dialect_iis },
	{ "#Date: 2021-04-01 00:00:21\n#Fields: date time sc-status\n",
	  &ww_dialect_iis },
	{ "#Software: Microsoft HTTP API 2.0\n#Fields: date time cs-uri "
	  "sc-status s-reason\n",
	  &ww_dialect_httperr },
	{ "#Version: 1.5\n#Software: Microsoft Windows Firewall\n#Fields: date "
	  "time action protocol src-ip dst-ip\n",
	  NULL },
	{ STAMP "\tInfo\tw3wp.1\tA.B\tc\n" STAMP "\tInfo\tw3wp.1\tA.B\tc\n",
	  &ww_dialect_wsus },
	{ STAMP "\tapproved\n" STAMP "\tdeclined\n", &ww_dialect_wsus_change },
	{ "2020-01-23 14:17:51.157\tInfo\ta\n", NULL },
	{ "", NULL },
};

static void
test_heads(void **state)
{
	static const struct ww_dialect *const all[] = { &ww_dialect_wsus,
							&ww_dialect_wsus_change,
							&ww_dialect_iis,
							&ww_dialect_httperr };

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(heads); i++) {
		const struct ww_dialect *best = NULL;
		unsigned surest = 0;

		for (size_t k = 0; k < WW_ARRAY_LEN(all); k++) {
			unsigned sure =
			    all[k]->sniff(ww_slice_cstr(heads[i].head));

			if (sure > surest)
				best = all[k];
			if (sure > surest)
				surest = sure;
		}
		assert_ptr_equal(best, heads[i].dialect);
	}
}

#define IIS                                                             \
	"#Software: Microsoft Internet Information Services 10.0\n"     \
	"#Fields: date time cs-method cs-uri-stem c-ip cs(User-Agent) " \
	"sc-status sc-substatus sc-win32-status time-taken\n"
#define ASKED(time, path, status) \
	"2026-11-19 " time " POST " path " 10.0.1.2 Agent " status "\n"
#define CLIENT "/ClientWebService/client.asmx"
#define API    "/ApiRemoting30/WebService.asmx"
#define HTTPERR                                                            \
	"#Software: Microsoft HTTP API 2.0\n"                              \
	"#Fields: date time c-ip c-port s-ip s-port cs-version cs-method " \
	"cs-uri sc-status s-siteid s-reason s-queuename\n"
#define REFUSED(time, path, status)                                            \
	"2026-11-19 " time " 10.0.1.2 50000 10.0.0.5 8530 HTTP/1.1 POST " path \
	" " status "\n"

#define FAULT(thread, id, code)                                     \
	"2026-11-19 08:41:07.000 UTC\tWarning\t" thread             \
	"\tSoapUtilities.CreateException\tThrowException: actor = " \
	"http://wsus01:8530/ClientWebService/client.asmx, ID=" id   \
	", ErrorCode=" code ", Message=, Client=e1b6b3b7\n"
#define ID "5F2C0A11-0000-4000-8000-0123456789AB"
#define TOLD_FAULT(subject, code)                                \
	"failed [" subject "] fault-id=5f2c0a11-0000-4000-8000-" \
	"0123456789ab fault-code=" code " client=e1b6b3b7 "      \
	"server=http://wsus01:8530/ClientWebService/client.asmx"
#define OTHER                                                         \
	"2026-11-19 08:41:00.000 UTC\tInfo\tWsusService.15\tA.B\tc\n" \
	"2026-11-19 08:41:00.000 UTC\tInfo\tWsusService.15\tA.B\tc\n"

static const struct {
	const char *what;
	enum ww_dialect_id dialect;
	const char *log;
	const char *told;
} stories[] = {
	{ "runs of a service", WW_DIALECT_IIS,
	  IIS ASKED("08:00:00", CLIENT, "200 0 0 30")
	      ASKED("08:00:01", "/clientwebservice/client.asmx", "200 0 0 1200")
		  ASKED("08:01:00", CLIENT, "500 0 0 60001")
		      ASKED("08:01:01", CLIENT, "500 0 0 60002")
			  ASKED("08:01:02", CLIENT, "500 24 50 1")
			      ASKED("08:02:00", CLIENT, "200 0 0 5"),
	  "succeeded x2 [ClientWebService] requests=1 slowest=5\n"
	  "failed x2 500 [ClientWebService] path=" CLIENT " status=500 "
	  "substatus=24 win32=50 requests=1 slowest=1\n" },

	{ "services side by side", WW_DIALECT_IIS,
	  IIS ASKED("08:00:00", CLIENT, "200 0 0 30")
	      ASKED("08:00:01", "/Content/AB/1.cab", "404 0 2 3")
		  ASKED("08:00:02", CLIENT, "200 0 0 30")
		      ASKED("08:00:03", "/SelfUpdate/wuident.cab", "304 0 0 3"),
	  "succeeded [ClientWebService] requests=2 slowest=30\n"
	  "succeeded [SelfUpdate] requests=1 slowest=3\n"
	  "failed 404 [Content] path=/Content/AB/1.cab status=404 win32=2 "
	  "requests=1 slowest=3\n" },

	{ "paths of other sites", WW_DIALECT_IIS,
	  IIS ASKED("08:00:00", "/app" CLIENT, "500 0 0 1")
	      ASKED("08:00:00", "/ClientWebServices/a", "500 0 0 1")
		  ASKED("08:00:00", "/index.html", "404 0 0 1"),
	  "" },

	{ "an authentication begins with refusals", WW_DIALECT_IIS,
	  IIS ASKED("08:00:00", API, "401 2 5 1")
	      ASKED("08:00:00", API, "401 1 2148074254 1")
		  ASKED("08:00:00", API, "200 0 0 9")
		      ASKED("08:00:01", API, "401 2 5 1"),
	  "succeeded [ApiRemoting30] requests=1 slowest=9\n" },

	{ "refusals that nothing follows", WW_DIALECT_IIS,
	  IIS ASKED("08:00:00", CLIENT, "401 2 5 1")
	      ASKED("08:00:01", CLIENT, "401 2 5 1")
		  ASKED("08:00:02", CLIENT, "401 2 5 1"),
	  "failed 401 [ClientWebService] status=401 requests=3\n" },

	{ "requests that HTTP.sys refused", WW_DIALECT_HTTPERR,
	  HTTPERR REFUSED("08:00:00", CLIENT, "503 1 AppOffline WsusPool")
	      REFUSED("08:00:10", CLIENT, "503 1 AppOffline WsusPool")
		  REFUSED("08:00:20", "-", "- - Timer_ConnectionIdle -")
		      REFUSED("08:00:30", CLIENT, "- 1 Client_Reset WsusPool"),
	  "failed 503 [ClientWebService] path=" CLIENT " status=503 "
	  "reason=AppOffline queue=WsusPool requests=2\n" },

	{ "an hour without refusals parts two failures", WW_DIALECT_HTTPERR,
	  HTTPERR REFUSED("08:00:00", CLIENT, "503 1 AppOffline WsusPool")
	      REFUSED("09:00:01", CLIENT, "503 1 AppOffline WsusPool"),
	  "failed x2 503 [ClientWebService] path=" CLIENT " status=503 "
	  "reason=AppOffline queue=WsusPool requests=1\n" },

	{ "a worker process that went away", WW_DIALECT_HTTPERR,
	  HTTPERR REFUSED("08:00:00", CLIENT,
			  "- 1 Connection_Abandoned_By_ReqQueue WsusPool"),
	  "failed [ClientWebService] path=" CLIENT " "
	  "reason=Connection_Abandoned_By_ReqQueue queue=WsusPool "
	  "requests=1\n" },

	{ "nothing wrong on the WSUS server", WW_DIALECT_WSUS, OTHER, "" },

	{ "a fault, and the exception of its thread", WW_DIALECT_WSUS,
	  OTHER
	  "2026-11-19 08:41:05.000 UTC\tError\tw3wp.12\tDBConnection."
	  "LogSqlException\tDBLAYER: Errors[0]: Timeout expired.\n"
	  "2026-11-19 08:41:06.000 UTC\tError\tw3wp.12\tClientImplementation."
	  "SyncUpdates\tSystem.ArgumentException: Item has been added.\n"
	  "   at System.Collections.Hashtable.Insert(Object key)\n"
	  "2026-11-19 08:41:06.500 UTC\tError\tw3wp.9\tA.B\tSystem."
	  "OtherException: of another thread\n" FAULT("w3wp.12", ID,
						      "InternalServerError"),
	  TOLD_FAULT(
	      "ClientWebService/SyncUpdates: InternalServerError",
	      "InternalServerError") " exception=System.ArgumentException: "
				     "Item has been added.\n" },

	{ "an exception too old to belong to the fault", WW_DIALECT_WSUS,
	  OTHER
	  "2026-11-19 08:40:06.000 UTC\tError\tw3wp.12\tClientImplementation."
	  "SyncUpdates\tSystem.ArgumentException: Item has been added.\n" FAULT(
	      "w3wp.12", ID, "InternalServerError"),
	  TOLD_FAULT("ClientWebService: InternalServerError",
		     "InternalServerError") "\n" },

	{ "the stack names the method", WW_DIALECT_WSUS,
	  OTHER FAULT(
	      "w3wp.12", ID,
	      "InvalidCookie") "   at "
			       "Microsoft.UpdateServices.Internal."
			       "SoapUtilities.Create(X x)\n"
			       "   at "
			       "Microsoft.UpdateServices.Internal."
			       "ClientImplementation.Check("
			       "Cookie cookie)\n"
			       "   at "
			       "Microsoft.UpdateServices.Internal.Client."
			       "SyncUpdates(Cookie "
			       "cookie)\n"
			       "   at System.Web.Services.Protocols.Invoke()\n",
	  TOLD_FAULT("ClientWebService/SyncUpdates: InvalidCookie",
		     "InvalidCookie") "\n" },

	{ "a client is only asked to begin anew", WW_DIALECT_WSUS,
	  OTHER FAULT("w3wp.12", ID, "ConfigChanged"), "" },

	{ "a fault of the upstream server", WW_DIALECT_WSUS,
	  OTHER
	  "2026-11-19 08:41:07.000 UTC\tError\tWsusService.25\tSoapUtilities."
	  "LogException\tUSS ThrowException: Actor = https://fe2.example/v6/"
	  "ServerSyncWebService/ServerSyncWebService.asmx, Method = \"http://"
	  "www.microsoft.com/SoftwareDistribution/GetUpdateData\", ID=" ID
	  ", ErrorCode=InternalServerError, Message=\n",
	  "failed [ServerSyncWebService/GetUpdateData: InternalServerError] "
	  "fault-id=5f2c0a11-0000-4000-8000-0123456789ab "
	  "fault-code=InternalServerError server=https://fe2.example/v6/"
	  "ServerSyncWebService/ServerSyncWebService.asmx\n" },

	{ "a fault that lacks nearly everything", WW_DIALECT_WSUS,
	  OTHER "2026-11-19 08:41:07.000 UTC\tWarning\tw3wp.12\tSoapUtilities."
		"CreateException\tThrowException: actor = x, \n",
	  "failed [x] server=x\n" },
};

static void
test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(stories); i++) {
		print_message("%s\n", stories[i].what);
		assert_string_equal(tell_text(&arena, stories[i].dialect,
					      stories[i].log),
				    stories[i].told);
	}
}

/* So many refusals in a row are no authentication, whatever follows. */
static void
test_many_refusals(void **state)
{
	struct ww_buf log = ww_buf_in(&arena);

	(void)state;
	ww_buf_add(&log, WW_LIT(IIS));
	for (int i = 0; i < 60; i++)
		ww_buf_printf(&log,
			      "2026-11-19 08:00:%02d POST " CLIENT
			      " 10.0.1.2 Agent 401 2 5 1\n",
			      i);
	ww_buf_add(&log, WW_LIT(ASKED("08:01:00", CLIENT, "200 0 0 5")));
	ww_buf_char(&log, '\0');
	assert_string_equal(
	    tell_text(&arena, WW_DIALECT_IIS, log.p),
	    "succeeded [ClientWebService] requests=1 slowest=5\n"
	    "failed 401 [ClientWebService] path=" CLIENT " status=401 "
	    "substatus=2 win32=5 requests=60 slowest=1\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_threads),
		cmocka_unit_test(test_long_path),
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_stories),
		cmocka_unit_test(test_many_refusals),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
