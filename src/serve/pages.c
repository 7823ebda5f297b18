#include "serve/pages.h"

#include <winwhy/winwhy.h>

#include "base/message.h"
#include "serve/answer.h"
#include "site/front.h"
#include "site/page.h"

#include "base/banned.h"

static struct ww_slice
address_of(const struct call *call, const struct site_page *page)
{
	struct ww_buf to = ww_buf_in(call->request->arena);

	site_add_address(&to, call->app->c, page);
	return ww_buf_slice(&to);
}

void
pages_root(struct call *call, struct response *ret)
{
	const struct site_page home = { .kind = SITE_HOME,
					.lang = answer_language(call) };

	answer_see(call, 302, address_of(call, &home), ret);
}

/* Diagnoses are nobody's but the visitor's. */
void
pages_robots(struct call *call, struct response *ret)
{
	(void)call;
	*ret = (struct response){
		.type = ANSWER_TEXT,
		.body = WW_LIT("User-agent: *\nDisallow: /*/diagnosis/\n"),
		.lasting = true,
	};
}

static bool
show(const struct call *call, const struct site_page *page,
     struct ww_slice words, struct response *ret)
{
	struct ww_report *report;
	struct ww_error error;

	if (site_report(call->app->c, page, words, &report, &error) != WW_OK)
		return false;
	answer_page(call, page, report, ret);
	return true;
}

/* The number that the words are, and nothing else; false: they are none. */
static bool
is_code(const struct call *call, struct ww_slice words, uint32_t *ret)
{
	struct ww_number number;
	struct ww_range named;
	struct ww_entry entry;

	if (ww_code_parse(words, &number, 1) > 0 && !number.has_extend) {
		*ret = number.value;
		return true;
	}
	named = ww_catalogue_name(call->app->c, words, 1);
	if (named.count == 0 ||
	    ww_catalogue_entry(call->app->c,
			       ww_catalogue_named(call->app->c, named.first), 0,
			       &entry) != WW_OK)
		return false;
	*ret = entry.value;
	return true;
}

/* A code or a name leads to its page; false: the words are none. */
static bool
lead_to_code(const struct call *call, struct ww_slice words,
	     struct response *ret)
{
	struct site_page code = { .kind = SITE_CODE,
				  .lang = answer_language(call) };

	if (!is_code(call, words, &code.value))
		return false;
	answer_see(call, 302, address_of(call, &code), ret);
	return true;
}

/* A pasted line, or a code with what belongs to it: explained, not found. */
static bool
explain(const struct call *call, const struct site_page *page,
	struct ww_slice words, struct response *ret)
{
	const struct ww_question question = { .text = words,
					      .lang = page->lang };
	struct ww_report *report;
	struct ww_error error;

	if (words.len == 0 ||
	    ww_explain(call->app->c, &question, 1, &report, &error) != WW_OK)
		return false;
	if (ww_report_known(report)) {
		answer_page(call, page, report, ret);
		return true;
	}
	ww_report_close(report);
	return false;
}

void
pages_search(struct call *call, struct response *ret)
{
	const struct site_page page = { .kind = SITE_SEARCH,
					.lang = answer_language(call) };
	struct ww_slice words =
	    ww_slice_trim(request_argument(call->request, "q"));

	if (!lead_to_code(call, words, ret) &&
	    !explain(call, &page, words, ret) && !show(call, &page, words, ret))
		answer_problem(call, 503, N_("out of memory"), ret);
}

static bool
show_asset(const struct call *call, struct response *ret)
{
	struct ww_asset asset = ww_page_asset(call->request->path);

	if (asset.name == NULL)
		return false;
	*ret = (struct response){ .type = asset.type,
				  .body = asset.bytes,
				  .lasting = true };
	return true;
}

/* As on the page that a site has for this. */
static void
show_nothing(const struct call *call, struct response *ret)
{
	const struct ww_notice notice =
	    site_nothing(call->app->c, answer_language(call));

	if (answer_is_for_program(call))
		answer_problem(call, 404, N_("There is no such page"), ret);
	else
		answer_notice(call, 404, &notice, ret);
}

/* The folder of a language leads to its home. */
static bool
lead_home(const struct call *call, struct response *ret)
{
	struct ww_slice folder = call->request->path;
	struct site_page home = { .kind = SITE_HOME };
	int lang;

	if (folder.len > 0 && folder.p[folder.len - 1] == '/')
		folder.len--;
	lang = ww_catalogue_language(call->app->c, folder);
	if (lang < 0)
		return false;
	home.lang = (unsigned)lang;
	answer_see(call, 302, address_of(call, &home), ret);
	return true;
}

/* An address is typed, too: /0x80244007 is enough. */
void
pages_site(struct call *call, struct response *ret)
{
	struct site_page page;

	if (show_asset(call, ret))
		return;
	if (site_parse(call->request->arena, call->app->c, call->request->path,
		       &page) &&
	    show(call, &page, WW_LIT(""), ret))
		return;
	if (!lead_home(call, ret) &&
	    !lead_to_code(call, call->request->path, ret))
		show_nothing(call, ret);
}
