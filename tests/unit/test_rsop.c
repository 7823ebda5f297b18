/*
 * What gpresult /x writes: which files are, what their lines say, and what
 * became of the extensions.  Lines are written after real ones.
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

#define ROOT                                                             \
	"<?xml version=\"1.0\" encoding=\"utf-16\"?>\n"                  \
	"<Rsop xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" " \
	"xmlns=\"http://www.microsoft.com/GroupPolicy/Rsop\">\n"
#define EXTENSION(name, code)                                   \
	"<ExtensionStatus>\n<Name>" name                        \
	"</Name>\n<EndTime>2026-03-10T08:12:09</EndTime>\n"     \
	"<LoggingStatus>Complete</LoggingStatus>\n<Error>" code \
	"</Error>\n</ExtensionStatus>\n"

static void
test_heads(void **state)
{
	(void)state;
	assert_int_equal(ww_dialect_sniff(ww_slice_cstr(ROOT))->id,
			 WW_DIALECT_RSOP);
	assert_int_equal(ww_dialect_sniff(WW_LIT("$ns = 'http://www.microsoft"
						 ".com/GroupPolicy/Rsop'\n"))
			     ->id,
			 WW_DIALECT_TEXT);
}

/* Of each line that tells something: what it says, and a line feed. */
static const char *
messages(struct ww_slice text)
{
	struct ww_reader reader = { .arena = &arena };
	struct ww_buf out = ww_buf_in(&arena);

	reader.state = ww_arena_alloc(&arena, ww_dialect_rsop.state_size);
	while (text.len > 0) {
		struct ww_slice line = ww_slice_line(text);
		struct ww_record r;

		text = ww_slice_from(text, line.len + (line.len < text.len));
		if (!ww_dialect_rsop.parse(&reader, line, &r))
			continue;
		ww_buf_add(&out, r.text);
		ww_buf_add(&out, WW_LIT("\n"));
	}
	ww_buf_char(&out, '\0');
	return out.p;
}

static const struct {
	const char *text, *messages;
} readings[] = {
	{ ROOT "<ReadTime>2026-03-10T08:20:11Z</ReadTime>\n"
	       "<ComputerResults>\n<Name>PC-0412</Name>\n"
	       "<SecurityGroup>\n<Name xmlns=\"x\">Everyone</Name>\n"
	       "</SecurityGroup>\n  <SlowLink>false</SlowLink>\n"
	       "</ComputerResults>\n<UserResults>\n<Name>CONTOSO\\eva</Name>\n",
	  "Computer Name = PC-0412\nComputer SlowLink = false\n"
	  "User Name = CONTOSO\\eva\n" },

	{ ROOT
	  "<ComputerResults>\n" EXTENSION("Group Policy Infrastructure", "0")
	      EXTENSION("Security",
			"1332") "</ComputerResults>\n"
				"<UserResults>\n" EXTENSION("Security", "5"),
	  "Computer EndTime = 2026-03-10T08:12:09\n"
	  "Extension Group Policy Infrastructure: Error = 0\n"
	  "Extension Security: Error = 1332\n"
	  "Extension Security [UserResults]: Error = 5\n" },

	{ ROOT "<ComputerResults>\n<ExtensionData>\n<Extension q=\"x\">\n"
	       "<q1:RegistrySetting>\n<q1:GPO>\n<q1:Domain>d</q1:Domain>\n"
	       "</q1:GPO>\n<q1:KeyPath>SOFTWARE\\A</q1:KeyPath>\n<q1:Value>\n"
	       "<q1:Name>Number</q1:Name>\n<q1:Number>7</q1:Number>\n"
	       "</q1:Value>\n</q1:RegistrySetting>\n</Extension>\n"
	       "<Name>Registry</Name>\n</ExtensionData>\n<Site>Lyon</Site>\n",
	  "HKLM\\SOFTWARE\\A Number = 7\nComputer Site = Lyon\n" },

	{ ROOT "<ComputerResults>\n<ExtensionData>\n<q2:Policy>\n"
	       "<q2:Name>Be quiet</q2:Name>\n<q2:State>Enabled</q2:State>\n"
	       "<q2:Explain>Two\nlines &lt;of&gt; it.</q2:Explain>\n"
	       "<q2:EditText>\n<q2:Name>From:</q2:Name>\n"
	       "<q2:State>Enabled</q2:State>\n<q2:Value>8</q2:Value>\n"
	       "</q2:EditText>\n<q2:Category>A/B</q2:Category>\n"
	       "<q2:EditText>\n<q2:Name>To:</q2:Name>\n"
	       "<q2:Value>9</q2:Value>\n</q2:EditText>\n</q2:Policy>\n",
	  "Computer Policy Be quiet: State = Enabled\n"
	  "Computer Policy Be quiet: From: = 8\n"
	  "Computer Policy Be quiet: To: = 9\n" },

	/* Neither cut nor odd lines lead it astray. */
	{ "<Rsop \n<\n<>\n</>\n<a\n<ComputerResults/>\n</b></c>\n"
	  "<ComputerResults>\n<Name>\n<Name>PC\n<Domain>d</Domain>\n",
	  "" },
};

static void
test_messages(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(readings); i++)
		assert_string_equal(messages(ww_slice_cstr(readings[i].text)),
				    readings[i].messages);
}

#define LOCATION(boxes)                                                    \
	"<q1:Policy>\n<q1:Name>Specify intranet Microsoft update "         \
	"service location</q1:Name>\n<q1:State>Enabled</q1:State>\n" boxes \
	"</q1:Policy>\n"
#define COMPUTER(parts) ROOT "<ComputerResults>\n" parts "</ComputerResults>\n"

static const struct {
	const char *what, *log, *told;
} stories[] = {
	{ "each has its own end",
	  COMPUTER(EXTENSION("Registry", "0") EXTENSION("Security", "1332")),
	  "succeeded 0 [Registry]\nfailed 1332 [Security]\n" },

	{ "it wants a start, or has not come to its end",
	  COMPUTER(EXTENSION("Folder Redirection", "1274")
		       EXTENSION("Printers", "2147483658")),
	  "open [Folder Redirection]\nopen [Printers]\n" },

	{ "a server that is no address",
	  COMPUTER(LOCATION(
	      "<q1:EditText>\n<q1:Name>Set the intranet update service for "
	      "detecting updates:</q1:Name>\n<q1:Value>wsus01</q1:Value>\n"
	      "</q1:EditText>\n")),
	  "failed [] server=wsus01\n" },

	{ "cut before the server", COMPUTER(LOCATION("")), "" },
};

static void
test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(stories); i++) {
		print_message("%s\n", stories[i].what);
		assert_string_equal(tell_text(&arena, WW_DIALECT_RSOP,
					      stories[i].log),
				    stories[i].told);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_stories),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
