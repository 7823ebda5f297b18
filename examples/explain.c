/*
 * The smallest program that asks libwinwhy:
 *	cc explain.c $(pkg-config --cflags --libs winwhy) -o explain
 *	./explain 0x80244007
 */
#include <stdio.h>
#include <string.h>

#include <winwhy/winwhy.h>

int
main(int argc, char **argv)
{
	const char *code = argc > 1 ? argv[1] : "0x80244007";
	struct ww_question question = {
		.text = { .p = code, .len = strlen(code) },
	};
	struct ww_style style = { .brief = 1 };
	struct ww_report *report;
	struct ww_error error;
	struct ww_slice text;

	if (ww_explain(ww_catalogue_embedded(), &question, 1, &report,
		       &error) != WW_OK) {
		fprintf(stderr, "explain: %s\n", error.why);
		return 1;
	}
	if (ww_render(report, WW_FORMAT_TEXT, &style, &text) == WW_OK)
		fwrite(text.p, 1, text.len, stdout);
	ww_report_close(report);
	return 0;
}
