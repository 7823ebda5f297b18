/*
 * A site without its files: which pages it has, what they are called, and
 * what lies behind each address.
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
#include "site/frame.h"
#include "site/index.h"
#include "site/page.h"

#include "arena.h"

static struct ww_slice
address_of(const struct site_page *page)
{
	struct ww_buf buf = ww_buf_in(&arena);

	site_add_address(&buf, ww_catalogue_embedded(), page);
	return ww_buf_slice(&buf);
}

static void
addresses(void **state)
{
	static const struct {
		struct site_page page;
		const char *address, *root;
	} rows[] = {
		{ { .kind = SITE_HOME }, "en/index.html", "../" },
		{ { .kind = SITE_SEARCH, .lang = 1 }, "fr/search.html", "../" },
		{ { .kind = SITE_CODE, .lang = 1, .value = 0x80244007 },
		  "fr/code/07/0x80244007.html",
		  "../../../" },
		{ { .kind = SITE_CODE, .value = 0xAB },
		  "en/code/AB/0x000000AB.html",
		  "../../../" },
		{ { .kind = SITE_TOPIC, .id = { "msi-busy", 8 } },
		  "en/topic/msi-busy.html",
		  "../../" },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct ww_slice address = address_of(&rows[i].page);
		struct site_page page;

		assert_text(address, rows[i].address);
		assert_text(site_root(&rows[i].page), rows[i].root);
		assert_true(site_parse(&arena, ww_catalogue_embedded(), address,
				       &page));
		assert_int_equal(page.kind, rows[i].page.kind);
		assert_int_equal(page.lang, rows[i].page.lang);
		assert_int_equal(page.value, rows[i].page.value);
		assert_true(ww_slice_eq(page.id, rows[i].page.id));
	}
}

/* A page has one address, and an address leads to no other folder. */
static void
no_addresses(void **state)
{
	static const char *const rows[] = {
		"",
		"en",
		"en/",
		"en/index",
		"en/index.html/",
		"en/index.html/x",
		"de/index.html",
		"en/nothing.html",
		"en/code/0x80244007.html",
		"en/code/08/0x80244007.html",
		"en/code/07/0x8024400g.html",
		"en/code/07/0x80244007",
		"en/code/07/80244007.html",
		"en/code/7/0x80244007.html",
		"en/code/ab/0x000000ab.html",
		"en/code/07/0x080244007.html",
		"en/topic/.html",
		"en/topic/../about.html",
		"en/topic/a/b.html",
		"en/topic/a%2fb.html",
		"en/topic/a\0b.html",
		"/en/index.html",
		"../en/index.html",
		"en//index.html",
	};
	struct site_page page;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		assert_false(site_parse(&arena, ww_catalogue_embedded(),
					ww_slice_cstr(rows[i]), &page));
}

/* Each planned page has an address that leads back to it, and a report. */
static void
plans(void **state)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();
	struct site_plan plan, all;

	(void)state;
	site_plan(&arena, c, false, &plan);
	site_plan(&arena, c, true, &all);
	assert_true(plan.n_values > 5000 && all.n_values > plan.n_values);
	for (size_t i = 0; i + 1 < plan.n_values; i++)
		assert_true(plan.values[i] < plan.values[i + 1]);
	assert_true(site_plan_has(&plan, 0x80244007));
	assert_true(site_plan_has(&plan, 5));
	assert_true(site_plan_has(&plan, 0x80070005));
	assert_false(site_plan_has(&all, 0x8A5B0001));
	for (size_t i = 0; i < site_plan_size(&plan); i += 97) {
		struct site_page page = site_plan_at(&plan, 1, i), again;
		struct ww_report *report;
		struct ww_error error;

		assert_true(site_parse(&arena, c, address_of(&page), &again));
		assert_int_equal(page.kind, again.kind);
		assert_int_equal(site_report(c, &page, WW_LIT(""), &report,
					     &error),
				 WW_OK);
		ww_report_close(report);
	}
}

static void
pages_that_are_not_there(void **state)
{
	static const struct site_page rows[] = {
		{ .kind = SITE_TOPIC, .id = { "no-such-topic", 13 } },
		{ .kind = SITE_EVENT, .id = { "no-such-event", 13 } },
		{ .kind = SITE_CODE, .value = 0x12345678 },
	};
	struct ww_report *report;
	struct ww_error error;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		assert_int_equal(site_report(ww_catalogue_embedded(), &rows[i],
					     WW_LIT(""), &report, &error),
				 WW_NOT_FOUND);
}

static void
frames(void **state)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();
	const struct site_page code = { .kind = SITE_CODE,
					.value = 0x80244007 };
	struct site_plan plan;
	struct site site = { .c = c,
			     .plan = &plan,
			     .base = WW_LIT("https://w.example/why/") };
	struct ww_page page;

	(void)state;
	site_plan(&arena, c, false, &plan);
	page = site_frame(&arena, &site, &code);
	assert_text(page.address, "https://w.example/why/en/code/07/"
				  "0x80244007.html");
	assert_text(page.alternates[1].link,
		    "../../../fr/code/07/0x80244007.html");
	assert_text(page.link(page.ctx, "code", WW_LIT("0x80244008")),
		    "../../../en/code/08/0x80244008.html");
	assert_text(page.link(page.ctx, "home", WW_LIT("")),
		    "../../../en/index.html");
	assert_int_equal(page.link(page.ctx, "code", WW_LIT("0x8A5B0001")).len,
			 0);
	assert_int_equal(page.link(page.ctx, "code", WW_LIT("E_FAIL")).len, 0);
	page = site_frame_at(&arena, &site, 1, WW_LIT("../../../"));
	assert_int_equal(page.address.len, 0);
	assert_text(page.link(page.ctx, "diagnosis", WW_LIT("")),
		    "../../../fr/diagnosis");
}

/* The search of a site finds each page of it, and no other. */
static void
indexes(void **state)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();
	struct site_plan plan;
	struct ww_slice script;

	(void)state;
	site_plan(&arena, c, false, &plan);
	script = site_index(&arena, &plan, 1);
	assert_true(ww_slice_starts(script, WW_LIT("winwhySearch(\"")));
	assert_true(ww_slice_casehas(
	    script, WW_LIT("\\n0x80244007\\tWU_E_PT_SOAPCLIENT_SOAPFAULT\\t")));
	assert_true(ww_slice_casehas(script, WW_LIT("topic/msi-busy\\t\\t")));
	assert_false(ww_slice_casehas(script, WW_LIT("0x8A5B0001")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses),
		cmocka_unit_test(no_addresses),
		cmocka_unit_test(plans),
		cmocka_unit_test(pages_that_are_not_there),
		cmocka_unit_test(frames),
		cmocka_unit_test(indexes),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
