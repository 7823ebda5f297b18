/*
 * Pages: text in every place it can stand in, and what a published page has
 * that a saved one has not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <winwhy/winwhy.h>

#include "base/compiler.h"
#include "render/html/html.h"

#include "arena.h"

static void
add_attr(struct ww_html *h, struct ww_slice text)
{
	ww_html_attr(h, "a", text);
}

static void
escapes(void **state)
{
	const struct {
		void (*add)(struct ww_html *, struct ww_slice);
		struct ww_slice text;
		const char *expected;
	} cases[] = {
		{ ww_html_text, WW_LIT("a<b>&\"'"), "a&lt;b&gt;&amp;\"'" },
		{ ww_html_text, WW_LIT("a\nb\tc"), "a b c" },
		{ ww_html_text, WW_LIT("a\0b\x1b\x7f\xC2\x85z"), "abz" },
		{ ww_html_text, WW_LIT("\xEF\xBF\xBE\xEF\xB7\x90z"), "z" },
		{ ww_html_text, WW_LIT("\xC3\xA9\xF0\x9F\x98\x80"),
		  "\xC3\xA9\xF0\x9F\x98\x80" },
		{ ww_html_text, WW_LIT("a\xC3"), "a\xEF\xBF\xBD" },
		{ ww_html_text, WW_LIT("a\xFFz"), "a\xEF\xBF\xBDz" },
		{ ww_html_text, WW_LIT(""), "" },
		{ ww_html_lines, WW_LIT("a\n\tb<"), "a\n\tb&lt;" },
		{ add_attr, WW_LIT("\"><b a='"), " a=\"&quot;&gt;&lt;b a='\"" },
		{ add_attr, WW_LIT("a&b\n"), " a=\"a&amp;b \"" },
		{ add_attr, WW_LIT(""), "" },
		{ ww_html_url, WW_LIT("https://a.example/?a=1&b=\"2"),
		  " href=\"https://a.example/?a=1&amp;b=&quot;2\"" },
		{ ww_html_url, WW_LIT("../80/0x80244007.html"),
		  " href=\"../80/0x80244007.html\"" },
		{ ww_html_url, WW_LIT("/0x5"), " href=\"/0x5\"" },
		{ ww_html_url, WW_LIT("javascript:alert(1)"), "" },
		{ ww_html_url, WW_LIT("//other.example/"), "" },
		{ ww_html_url, WW_LIT("data:text/html,x"), "" },
		{ ww_html_url, WW_LIT(""), "" },
		{ ww_html_json, WW_LIT("a\"</script><!--\n"),
		  "\"a\\\"\\u003c/script>\\u003c!--\\n\"" },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(cases); i++) {
		struct ww_render r = { .out = ww_buf_in(&arena) };
		struct ww_html h = { .r = &r };

		cases[i].add(&h, cases[i].text);
		assert_text(ww_buf_slice(&r.out), cases[i].expected);
	}
}

static struct ww_report *
explain(const char *text)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();
	const struct ww_question question = { .text = ww_slice_cstr(text) };
	struct ww_report *report = NULL;
	struct ww_error error;

	assert_int_equal(ww_explain(c, &question, 1, &report, &error), WW_OK);
	return report;
}

static struct ww_slice
main_of(struct ww_slice page)
{
	struct ww_slice from = ww_slice_behind(page, WW_LIT("<main>"));
	size_t end = ww_slice_casefind(from, WW_LIT("</main>"));

	assert_true(end < from.len);
	return ww_slice_of(from.p, end);
}

/* Only the pages of update codes are published. */
static struct ww_slice
link_to(void *ctx, const char *kind, struct ww_slice id)
{
	struct ww_buf buf = ww_buf_in(&arena);

	(void)ctx;
	if (strcmp(kind, "code") == 0 && !ww_slice_starts(id, WW_LIT("0x8024")))
		return (struct ww_slice){ 0 };
	ww_buf_add(&buf, WW_LIT("../"));
	ww_buf_add(&buf, ww_slice_cstr(kind));
	ww_buf_char(&buf, '/');
	ww_buf_add(&buf, id);
	return ww_buf_slice(&buf);
}

/* What is said of a page changes nothing in it. */
static void
publishes(void **state)
{
	const struct ww_alternate alternates[] = {
		{ WW_LIT("en"), WW_LIT("./en"),
		  WW_LIT("https://w.example/en/0x80244007") },
		{ WW_LIT("fr"), WW_LIT("./fr"),
		  WW_LIT("https://w.example/fr/0x80244007") },
	};
	const struct ww_page page = {
		.root = WW_LIT("../"),
		.link = link_to,
		.address = alternates[0].address,
		.alternates = alternates,
		.n_alternates = WW_ARRAY_LEN(alternates),
	};
	const struct ww_style style = { 0 };
	struct ww_report *report = explain("0x80244007");
	struct ww_slice saved, published;

	(void)state;
	assert_int_equal(ww_render(report, WW_FORMAT_HTML, &style, &saved),
			 WW_OK);
	assert_int_equal(ww_render_page(report, &page, &published), WW_OK);
	assert_true(ww_slice_eq(main_of(saved), main_of(published)));
	assert_false(ww_slice_casehas(saved, WW_LIT("application/ld+json")));
	assert_true(ww_slice_casehas(published, WW_LIT("\"FAQPage\"")));
	assert_true(ww_slice_casehas(published, WW_LIT("\"TechArticle\"")));
	assert_true(ww_slice_casehas(
	    published, WW_LIT("<link rel=\"canonical\" "
			      "href=\"https://w.example/en/0x80244007\">")));
	assert_true(
	    ww_slice_casehas(published, WW_LIT("<link rel=\"alternate\" "
					       "hreflang=\"fr\" ")));
	ww_report_close(report);
}

/* Pages of codes behind <main>, where there are some. */
static void
links(void **state)
{
	const struct ww_page page = { .root = WW_LIT("../"), .link = link_to };
	struct ww_report *report = explain("0x80244007");
	struct ww_slice text, behind;

	(void)state;
	assert_int_equal(ww_render_page(report, &page, &text), WW_OK);
	assert_true(ww_slice_casehas(main_of(text),
				     WW_LIT("<a data-code=\"0x80244008\">"
					    "<code>0x80244008</code></a>")));
	behind = ww_slice_behind(text, WW_LIT("</main>"));
	assert_true(
	    ww_slice_casehas(behind, WW_LIT("<a href=\"../code/0x80244008\" "
					    "data-code=\"0x80244008\">")));
	assert_true(
	    ww_slice_casehas(behind, WW_LIT("<script src=\"../page.js\">")));
	ww_report_close(report);
}

/* A notice needs no report, and is escaped like all else. */
static void
notices(void **state)
{
	const struct ww_page page = { .root = WW_LIT("../"), .link = link_to };
	const struct ww_notice notice = { WW_LIT("<no>"), WW_LIT("a & b"), 3 };
	struct ww_report *report;
	struct ww_slice text;

	(void)state;
	assert_int_equal(ww_render_notice(ww_catalogue_embedded(), 0, &page,
					  &notice, &report, &text),
			 WW_OK);
	assert_true(ww_slice_casehas(text, WW_LIT("<h1>&lt;no&gt;</h1>")));
	assert_true(ww_slice_casehas(text, WW_LIT("a &amp; b</p>")));
	assert_true(ww_slice_casehas(
	    text, WW_LIT("<meta http-equiv=\"refresh\" content=\"3\">")));
	ww_report_close(report);
}

static void
assets(void **state)
{
	size_t n = 0;

	(void)state;
	for (; ww_page_asset_at(n).name != NULL; n++)
		assert_ptr_equal(ww_page_asset(
				     ww_slice_cstr(ww_page_asset_at(n).name))
				     .bytes.p,
				 ww_page_asset_at(n).bytes.p);
	assert_int_equal(n, 4);
	assert_null(ww_page_asset(WW_LIT("../page.css")).bytes.p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes), cmocka_unit_test(publishes),
		cmocka_unit_test(links),   cmocka_unit_test(notices),
		cmocka_unit_test(assets),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
