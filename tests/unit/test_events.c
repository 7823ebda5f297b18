/*
 * Events exported as text or XML: which files are, what record an event
 * becomes in each form, and what it tells.  Events are written after real
 * ones.
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

#define XMLNS "xmlns='http://schemas.microsoft.com/win/2004/08/events/event'"

#define XML(provider, id, time, data)                                         \
	"<Event " XMLNS "><System><Provider Name='" provider "' Guid='{0}'/>" \
	"<EventID Qualifiers='0'>" id "</EventID><Level>2</Level>"            \
	"<TimeCreated SystemTime='2026-03-10T" time ".4304781Z'/>"            \
	"<Execution ProcessID='1603' ThreadID='1612'/></System>" data         \
	"</Event>"

#define WEVTUTIL(n, source, id, time, text)                    \
	"Event[" n "]:\n  Log Name: System\n  Source: " source \
	"\n  Date: 2026-03-10T" time ".123\n  Event ID: " id   \
	"\n  Task: N/A\n  Level: Error\n  Computer: PC-0412\n" \
	"  Description: \n" text "\n\n"

#define LIST(source, id, time, text)                                \
	"TimeCreated  : 3/10/2026 " time "\nProviderName : " source \
	"\nId           : " id "\nMessage      : " text "\n\n"

#define VIEWER(source, id, time, text)                                     \
	"Log Name:      System\nSource:        " source                    \
	"\nDate:          3/10/2026 " time "\nEvent ID:      " id          \
	"\nTask Category: None\nLevel:         Error\nDescription:\n" text \
	"\n"

#define WU    "Microsoft-Windows-WindowsUpdateClient"
#define SCM   "Service Control Manager"
#define AUDIT "Microsoft-Windows-Security-Auditing"
#define FAILED                                                           \
	"Installation Failure: Windows failed to install the following " \
	"update with error 0x80070643: "
#define DONE                                                           \
	"Installation Successful: Windows successfully installed the " \
	"following update: "

static void
test_heads(void **state)
{
	static const struct {
		const char *head;
		enum ww_dialect_id id;
	} heads[] = {
		{ XML("A", "1", "09:00:00", ""), WW_DIALECT_EVENTS },
		{ "<?xml version='1.0'?>\n<Events>" XML("A", "1", "09:00:00",
							""),
		  WW_DIALECT_EVENTS },
		{ "<Event><Id>1</Id></Event>\n", WW_DIALECT_TEXT },
		{ WEVTUTIL("0", "A", "1", "09:00:00", "B"), WW_DIALECT_EVENTS },
		{ LIST("A", "1", "9:00:00 AM", "B"), WW_DIALECT_EVENTS },
		{ VIEWER("A", "1", "9:00:00 AM", "B"), WW_DIALECT_EVENTS },
		{ "Source: A\nDate: B\nLevel: C\n", WW_DIALECT_TEXT },
		{ "Id: 7\nDate: B\nMessage: C\n", WW_DIALECT_TEXT },
		{ "Event[0] was called\nId : 7\n", WW_DIALECT_TEXT },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(heads); i++)
		assert_int_equal(
		    ww_dialect_sniff(ww_slice_cstr(heads[i].head))->id,
		    heads[i].id);
}

/* One event's record, in words: its time of day, level and text. */
static const char *
record_of(const char *text)
{
	const struct ww_dialect *dialect = &ww_dialect_events;
	struct ww_buf out = ww_buf_in(&arena);
	struct ww_reader *reader = ww_arena_new(&arena, struct ww_reader);
	struct ww_record r = { .time = WW_NO_TIME };
	struct ww_slice first = ww_slice_line(ww_slice_cstr(text));

	reader->arena = &arena;
	reader->state = ww_arena_alloc(&arena, dialect->state_size + 1);
	assert_true(dialect->parse(reader, first, &r));
	r.raw = r.text = ww_slice_cstr(text);
	dialect->complete(reader, &r);
	if (r.time != WW_NO_TIME)
		ww_buf_printf(&out, "%02d:%02d ",
			      (int)(r.time % WW_DAY / (60 * WW_MINUTE)),
			      (int)(r.time % (60 * WW_MINUTE) / WW_MINUTE));
	ww_buf_printf(&out, "%d ", r.level);
	ww_buf_add(&out, r.text);
	ww_buf_char(&out, '\0');
	return out.p;
}

static const struct {
	const char *text, *told;
} records[] = {
	{ WEVTUTIL("0", "A", "7", "21:04:05", "B:\n  C\r\nSource: D"),
	  "21:04 4 Event ID 7 of A: B: C Source: D" },
	{ LIST("A", "7", "9:04:05 PM", "B\n               C\n\n        D"),
	  "21:04 0 Event ID 7 of A: B C D" },
	/* What Format-List * has behind the message. */
	{ "Message              : B\n                       Id   : 9\n"
	  "Id                   : 7\nLevel                : 3\n"
	  "RecordId             : 1603\nProviderName         : A\n"
	  "TimeCreated          : 3/10/2026 9:04:05 PM\n",
	  "21:04 3 Event ID 7 of A: B Id : 9" },
	/* Pushed to the right, in an order that was asked for. */
	{ "  LogName : L\n  Id      : 7\n  Message : B\n            C : D\n"
	  "  ProviderName : E\n  Source  : A\n",
	  "0 Event ID 7 of A: B C : D ProviderName : E" },
	{ VIEWER("A", "7", "9:04:05 PM", "B\nC"),
	  "21:04 4 Event ID 7 of A: B C" },
	{ VIEWER("A", "7", "9:04:05 PM",
		 "B &amp;\nEvent Xml:\n<Event " XMLNS ">\n  <System>\n"
		 "    <Provider Name=\"A\" />\n    <EventID>7</EventID>\n"
		 "  </System>\n  <EventData>\n    <Data Name=\"x\">1</Data>\n"
		 "  </EventData>\n</Event>"),
	  "21:04 4 Event ID 7 of A: B &; x = 1" },
	{ "Nom du journal :System\nSource :       A\n"
	  "Date :         10/03/2026 21:04:05\nID de l’événement :7\n"
	  "Niveau :       Erreur\nDescription :\nB : C.",
	  "21:04 4 Event ID 7 of A: B : C." },
	/* A value is no other field. */
	{ XML("A", "7", "21:04:05",
	      "<EventData><Data Name='x'>a, y = 5</Data>"
	      "<Data Name='y'>6</Data></EventData>"),
	  "21:04 4 Event ID 7 of A: x = a, y= 5, y = 6" },
	{ XML("A", "7", "21:04:05",
	      "<EventData><Data Name='x'>1 &lt;\n 2</Data><Data/>"
	      "<Data>3</Data><Binary>00</Binary></EventData>"),
	  "21:04 4 Event ID 7 of A: x = 1 < 2, param3 = 3, Binary = 00" },
	{ XML("A", "7", "21:04:05",
	      "<UserData><a:B xmlns:a='c'><a:D>1</a:D></a:B></UserData>"
	      "<RenderingInfo Culture='en-US'><Message>C.</Message>"
	      "<Level>Error</Level></RenderingInfo>"),
	  "21:04 4 Event ID 7 of A: C; D = 1" },
	/* Cut anywhere. */
	{ "<Event " XMLNS "><System><Provider Name='A", "0 Event ID  of A: " },
	{ "<Event >", "0 Event ID  of : " },
	{ "Event[0]:", "0 Event ID  of : " },
};

static void
test_records(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(records); i++) {
		print_message("%s\n", records[i].text);
		assert_string_equal(record_of(records[i].text),
				    records[i].told);
	}
}

#define DATA(name, value) "<Data Name='" name "'>" value "</Data>"
#define ALL(data)	  "<EventData>" data "</EventData>"

static const struct {
	const char *what, *log, *told;
} stories[] = {
	{ "an update that fails and is installed later",
	  WEVTUTIL("0", WU, "20", "09:00:00", FAILED "Contoso 4.2")
	      WEVTUTIL("1", WU, "19", "10:00:00", DONE "Contoso 4.2"),
	  "succeeded [Contoso 4.2]\nfailed 80070643 [Contoso 4.2]\n" },

	{ "the same with the newest event first",
	  LIST(WU, "19", "10:00:00 AM", DONE "Contoso 4.2")
	      LIST(WU, "20", "9:00:00 AM", FAILED "Contoso 4.2"),
	  "succeeded [Contoso 4.2]\nfailed 80070643 [Contoso 4.2]\n" },

	{ "data of updates, all on one line",
	  "<Events>" XML(WU, "20", "09:00:00",
			 ALL(DATA("errorCode", "0x80070643")
				 DATA("updateTitle", "Contoso: A, 4.2")
				     DATA("updateGuid", "{1}")))
	      XML(WU, "31", "09:01:00",
		  ALL(DATA("updateTitle", "Contoso")
			  DATA("errorCode", "0x8024402c")))
		  XML(WU, "25", "09:02:00",
		      ALL(DATA("errorCode", "0x80240438")))
		      XML(WU, "26", "09:03:00",
			  ALL(DATA("updateCount", "1603"))) "</Events>",
	  "failed 80070643 [Contoso: A, 4.2]\nfailed 8024402c [Contoso]\n"
	  "succeeded []\nfailed 80240438 []\n" },

	{ "updates that are installed by wusa",
	  VIEWER("Microsoft-Windows-WUSA", "3", "9:00:00 AM",
		 "Windows update \"Contoso 7 (KB5031455)\" could not be "
		 "installed because of error 2147942405 \"Access is denied.\" "
		 "(Command line: \"wusa.exe 7 \")")
	      VIEWER("Microsoft-Windows-WUSA", "2", "9:01:00 AM",
		     "Windows update \"Contoso 8\" was successfully "
		     "installed. (Command line: \"wusa.exe 8\")")
		  VIEWER("Microsoft-Windows-WUSA", "3", "9:02:00 AM",
			 "Windows update  could not be installed because of "
			 "error 2147944030 \"Not supported.\""),
	  "failed 80070005 [Contoso 7 (KB5031455)]\n"
	  "succeeded [Contoso 8]\nfailed 8007065e []\n" },

	{ "data of wusa",
	  XML("Microsoft-Windows-WUSA", "3", "09:00:00",
	      ALL(DATA("UpdateTitle", "A") DATA("ErrorCode", "2147942405")
		      DATA("ErrorString", "B"))),
	  "failed 80070005 [A]\n" },

	{ "a package that is not installed",
	  VIEWER("Microsoft-Windows-Servicing", "3", "9:00:00 AM",
		 "Package KB5031455 failed to be changed to the Installed "
		 "state. Status: 0x800f0922.")
	      VIEWER("Microsoft-Windows-Servicing", "2", "9:00:00 AM",
		     "Package KB5031456 was successfully changed to the "
		     "Installed state."),
	  "failed 800f0922 [KB5031455]\nsucceeded [KB5031456]\n" },

	{ "products",
	  LIST("MsiInstaller", "1033", "9:00:00 AM",
	       "Windows Installer installed the product. Product Name: "
	       "Contoso Agent. Product Version: 4.2.0. Product Language: "
	       "1033. Installation success or error status: 1603.")
	      LIST("MsiInstaller", "1034", "9:01:00 AM",
		   "Windows Installer removed the product. Product Name: "
		   "Old Agent. Removal success or error status: 1602."),
	  "failed 1603 [Contoso Agent]\ncancelled x1 [Old Agent]\n" },

	{ "data of products",
	  XML("MsiInstaller", "1033", "09:00:00",
	      ALL("<Data>Contoso Agent</Data><Data>4.2.0</Data>"
		  "<Data>1033</Data><Data>0</Data>")),
	  "succeeded 0 [Contoso Agent]\n" },

	{ "services: one that runs again, one that never did",
	  WEVTUTIL("0", SCM, "7031", "09:00:00",
		   "The Contoso Service service terminated unexpectedly.  It "
		   "has done this 2 time(s).")
	      WEVTUTIL("1", SCM, "7036", "09:01:00",
		       "The Contoso Service service entered the running state.")
		  WEVTUTIL("2", SCM, "7036", "09:01:00",
			   "The Other service entered the running state."),
	  "succeeded [Contoso Service]\nopen [Contoso Service]\n" },

	{ "a service that ends for good",
	  VIEWER(SCM, "7034", "9:00:00 AM",
		 "The Contoso service terminated unexpectedly.  It has done "
		 "this 1 time(s)."),
	  "failed [Contoso]\n" },

	{ "services whose error is a sentence",
	  VIEWER(SCM, "7000", "9:00:00 AM",
		 "The A service failed to start due to the following error: "
		 "\nThe service did not respond to the start or control "
		 "request in a timely fashion.")
	      VIEWER(SCM, "7023", "9:00:00 AM",
		     "The B service terminated with the following error: \n"
		     "Something else."),
	  "failed 1053 [A]\nfailed [B]\n" },

	{ "one that runs again, with the newest event first",
	  WEVTUTIL("0", SCM, "7036", "09:01:00",
		   "The Contoso service entered the running state.")
	      WEVTUTIL("1", SCM, "7034", "09:00:00",
		       "The Contoso service terminated unexpectedly."),
	  "" },

	{ "data of services",
	  XML(SCM, "7000", "09:00:00",
	      ALL(DATA("param1", "A") DATA("param2", "%%1053")))
	      XML(SCM, "7001", "09:00:00",
		  ALL(DATA("param1", "B") DATA("param2", "A")
			  DATA("param3", "%%1053")))
		  XML(SCM, "7024", "09:00:00",
		      ALL(DATA("param1", "C") DATA("param2", "%%5")))
		      XML(SCM, "7009", "09:00:00",
			  ALL(DATA("param1", "30000") DATA("param2", "A"))),
	  "failed 1053 [A]\nfailed 1053 [B]\nfailed [C]\n" },

	{ "stops, and a cut of the power",
	  XML("Microsoft-Windows-WER-SystemErrorReporting", "1001", "09:00:00",
	      ALL(DATA("param1", "0x0000009f (0x3, 0x0, 0x0, 0x0)")))
	      XML("Microsoft-Windows-Kernel-Power", "41", "10:00:00",
		  ALL(DATA("BugcheckCode", "0"))),
	  "failed [] stop-code=0x0000009F\nfailed []\n" },

	{ "one stop that three events tell of",
	  XML("EventLog", "6008", "09:00:00", "")
	      XML("Microsoft-Windows-Kernel-Power", "41", "09:00:01",
		  ALL(DATA("BugcheckCode", "159")))
		  XML("BugCheck", "1001", "09:01:00",
		      ALL(DATA("param1", "0x0000009f (0x3, 0x0, 0x0, 0x0)"))),
	  "failed [] stop-code=0x0000009F\n" },

	{ "the same with the newest event first, and no report",
	  XML("Microsoft-Windows-Kernel-Power", "41", "09:00:01",
	      ALL(DATA("BugcheckCode", "159")))
	      XML("EventLog", "6008", "09:00:00", ""),
	  "failed [] stop-code=0x0000009F\n" },

	{ "two cuts of the power, and shutdowns",
	  XML("EventLog", "6008", "09:00:00", "")
	      XML("Microsoft-Windows-Kernel-Power", "41", "09:00:01",
		  ALL(DATA("BugcheckCode", "0")))
		  XML("EventLog", "6006", "10:00:00", "")
		      XML("Microsoft-Windows-Kernel-Power", "41", "11:00:01",
			  ALL(DATA("BugcheckCode", "0"))),
	  "succeeded []\nfailed x2 []\n" },

	{ "logons that are refused, by the closer status",
	  XML(AUDIT, "4625", "09:00:00",
	      ALL(DATA("TargetUserName", "jdoe") DATA("Status", "0xc000006d")
		      DATA("SubStatus", "0xc000006a")
			  DATA("IpAddress", "10.0.0.9")))
	      XML(AUDIT, "4625", "09:01:00",
		  ALL(DATA("TargetUserName", "jdoe")
			  DATA("Status", "0xc0000234") DATA("SubStatus", "0x0")
			      DATA("IpAddress", "-")
				  DATA("WorkstationName", "PC-1")))
		  XML(AUDIT, "4771", "09:02:00",
		      ALL(DATA("TargetUserName", "svc") DATA("Status", "0x18")
			      DATA("IpAddress", "::ffff:10.0.0.9"))),
	  "failed c000006a [jdoe (10.0.0.9)]\n"
	  "failed c0000234 [jdoe (PC-1)]\nfailed 24 [svc (10.0.0.9)]\n" },

	{ "one that gets in where it had been refused, and one at once",
	  XML(AUDIT, "4625", "09:00:00",
	      ALL(DATA("TargetUserName", "jdoe") DATA("SubStatus", "0xc000006a")
		      DATA("IpAddress", "10.0.0.9")))
	      XML(AUDIT, "4624", "09:01:00",
		  ALL(DATA("TargetUserName", "JDoe")
			  DATA("IpAddress", "10.0.0.9")))
		  XML(AUDIT, "4776", "09:02:00",
		      ALL(DATA("TargetUserName", "other")
			      DATA("Status", "0x0"))),
	  "succeeded [jdoe (10.0.0.9)]\nfailed c000006a [jdoe "
	  "(10.0.0.9)]\n" },

	{ "the same with the newest event first: it got in since",
	  XML(AUDIT, "4624", "09:01:00",
	      ALL(DATA("TargetUserName", "jdoe") DATA("IpAddress", "10.0.0.9")))
	      XML(AUDIT, "4625", "09:00:00",
		  ALL(DATA("TargetUserName", "jdoe")
			  DATA("SubStatus", "0xc000006a")
			      DATA("IpAddress", "10.0.0.9"))),
	  "" },

	{ "logons that lack what they should have",
	  XML(AUDIT, "4625", "09:00:00",
	      "") XML(AUDIT, "4771", "09:00:00",
		      ALL(DATA("TargetUserName", "jdoe")))
	      XML(AUDIT, "4776", "09:00:00", ALL(DATA("Status", "0xc000006a"))),
	  "" },

	{ "other providers' events of these numbers",
	  VIEWER("Contoso", "20", "9:00:00 AM", FAILED "A")
	      VIEWER("Contoso", "7000", "9:00:00 AM",
		     "The A service failed to start"),
	  "" },

	{ "events that lack what they should have",
	  XML(WU, "20", "09:00:00", "") XML(SCM, "7000", "09:00:00", "")
	      XML("MsiInstaller", "1033", "09:00:00", "")
		  XML("BugCheck", "1001", "09:00:00", ""),
	  "failed []\n" },
};

static void
test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(stories); i++) {
		print_message("%s\n", stories[i].what);
		assert_string_equal(tell_text(&arena, WW_DIALECT_EVENTS,
					      stories[i].log),
				    stories[i].told);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_stories),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
