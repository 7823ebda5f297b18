/*
 * The frame of a page: what a browser, a search engine and a reader with
 * other eyes are told about it.
 */
#include "render/html/page.h"
#include "base/compiler.h"
#include "base/message.h"
#include "render/html/html.h"
#include "render/html/linked_data.h"

#include "render-html-assets.h"

#include "base/banned.h"

/* Nothing is loaded from anywhere; what runs is what was built in. */
#define POLICY                                               \
	"default-src 'none'; style-src '" WW_PAGE_STYLE_HASH \
	"'; script-src '" WW_PAGE_SCRIPT_HASH                \
	"'; img-src data:; base-uri 'none'; form-action 'none'"

/* A site brings its own. */
#define SITE_POLICY                                                 \
	"default-src 'none'; style-src 'self'; script-src 'self'; " \
	"img-src data:; connect-src 'self'; base-uri 'none'; "      \
	"form-action 'self'"

/* 0x80244007 WU_E_PT_SOAPCLIENT_SOAPFAULT, or what was asked */
static struct ww_slice
title_of_answer(struct ww_html *h, const struct ww_node *answer)
{
	const struct ww_node *reading = ww_html_first(answer, WW_NODE_READINGS);
	const struct ww_node *event = ww_html_first(answer, WW_NODE_EVENTS);
	struct ww_buf buf = ww_buf_in(h->r->out.arena);

	if (event != NULL) {
		ww_buf_add(&buf, ww_child_text(event, WW_NODE_PROVIDER));
		ww_buf_char(&buf, ' ');
		ww_buf_add(&buf, ww_child_text(event, WW_NODE_NUMBER));
	} else if (reading != NULL) {
		ww_buf_add(&buf, ww_shown_value(reading));
		ww_buf_char(&buf, ' ');
		ww_buf_add(&buf,
			   ww_child_text(ww_html_first(reading, WW_NODE_NAMES),
					 WW_NODE_ID));
	} else if (ww_node_find(answer, WW_NODE_RECOGNISED) != NULL) {
		ww_buf_add(&buf, ww_html_line_title(h, answer));
	} else {
		ww_buf_add(&buf, ww_child_text(answer, WW_NODE_QUERY));
	}
	return ww_slice_trim(ww_buf_slice(&buf));
}

static struct ww_slice
title_of(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *answer = ww_html_first(root, WW_NODE_ANSWERS);

	if (h->notice != NULL)
		return h->notice->title;
	if (answer != NULL)
		return title_of_answer(h, answer);
	if (ww_node_find(root, WW_NODE_VERDICT) != NULL)
		return ww_colon_text(h->r, ww_verdict_text(h->r, root),
				     ww_child_text(root, WW_NODE_SUMMARY));
	if (ww_node_find(root, WW_NODE_QUERY) != NULL)
		return ww_child_text(root, WW_NODE_QUERY);
	if (ww_node_find(root, WW_NODE_ENTRIES) != NULL)
		return ww_tr(h->r->report, N_("Time line"));
	if (ww_node_find(root, WW_NODE_SYMPTOMS) != NULL)
		return ww_tr(h->r->report, N_("Why did Windows fail?"));
	if (ww_child_is(root, WW_NODE_KIND, "list"))
		return ww_html_list_title(h, root);
	if (ww_node_find(root, WW_NODE_RESULTS) != NULL)
		return ww_tr(h->r->report, N_("Search"));
	return ww_tr(h->r->report, N_("Codes"));
}

static struct ww_slice
description_of(const struct ww_node *root)
{
	const struct ww_node *answer = ww_html_first(root, WW_NODE_ANSWERS);
	const struct ww_node *reading = ww_html_first_reading(root);
	const struct ww_node *event = ww_html_first(answer, WW_NODE_EVENTS);

	if (reading != NULL)
		return ww_child_text(reading, WW_NODE_MEANING);
	if (event != NULL)
		return ww_child_text(event, WW_NODE_TITLE);
	return ww_child_text(root, WW_NODE_SUMMARY);
}

static void
add_meta(struct ww_html *h, const char *name, struct ww_slice content)
{
	if (content.len == 0)
		return;
	ww_html_add(h, "<meta name=\"");
	ww_html_add(h, name);
	ww_html_add(h, "\"");
	ww_html_attr(h, "content", content);
	ww_html_add(h, ">\n");
}

static void
add_link(struct ww_html *h, const char *rel, struct ww_slice lang,
	 struct ww_slice address)
{
	if (!ww_html_is_url(address))
		return;
	ww_html_add(h, "<link rel=\"");
	ww_html_add(h, rel);
	ww_html_add(h, "\"");
	ww_html_attr(h, "hreflang", lang);
	ww_html_url(h, address);
	ww_html_add(h, ">\n");
}

/* Within the page, for one that stands alone. */
static void
add_asset(struct ww_html *h, const char *tag, const char *name)
{
	ww_html_add(h, "<");
	ww_html_add(h, tag);
	ww_html_add(h, ">");
	ww_buf_add(&h->r->out, ww_page_asset(ww_slice_cstr(name)).bytes);
	ww_html_add(h, "</");
	ww_html_add(h, tag);
	ww_html_add(h, ">\n");
}

/* A page that waits asks again. */
static void
add_refresh(struct ww_html *h)
{
	if (h->notice == NULL || h->notice->refresh == 0)
		return;
	ww_html_add(h, "<meta http-equiv=\"refresh\" content=\"");
	ww_html_number(h, h->notice->refresh);
	ww_html_add(h, "\">\n");
}

static void
add_head(struct ww_html *h, const struct ww_node *root)
{
	bool alone = h->page->root.p == NULL;

	ww_html_add(h, "<head>\n<meta charset=\"utf-8\">\n"
		       "<meta http-equiv=\"Content-Security-Policy\" "
		       "content=\"");
	ww_html_add(h, alone ? POLICY "\">\n" : SITE_POLICY "\">\n");
	add_meta(h, "viewport", WW_LIT("width=device-width"));
	add_meta(h, "color-scheme", WW_LIT("light dark"));
	/* What a form sends must say where it comes from. */
	add_meta(h, "referrer",
		 alone ? WW_LIT("no-referrer") : WW_LIT("same-origin"));
	add_meta(h, "generator", WW_LIT("winwhy"));
	add_meta(h, "description", description_of(root));
	add_refresh(h);
	ww_html_element(h, "title", title_of(h, root));
	ww_html_add(h, "\n<link rel=\"icon\" href=\"data:,\">\n");
	add_link(h, "canonical", WW_LIT(""), h->page->address);
	for (size_t i = 0; i < h->page->n_alternates; i++)
		add_link(h, "alternate", h->page->alternates[i].lang,
			 h->page->alternates[i].address);
	if (h->page->address.len > 0)
		ww_html_linked_data(h, root);
	if (alone)
		add_asset(h, "style", "page.css");
	else
		ww_html_site_head(h);
	ww_html_add(h, "</head>\n");
}

/* The words that the script shows. */
static void
add_body(struct ww_html *h)
{
	static const struct {
		const char *name, *english;
	} words[] = {
		{ "data-copy", N_("Copy") },
		{ "data-copied", N_("Copied") },
		{ "data-in", N_("Zoom in") },
		{ "data-out", N_("Zoom out") },
		{ "data-all", N_("Show all") },
		{ "data-earlier", N_("Earlier") },
		{ "data-later", N_("Later") },
	};

	ww_html_add(h, "<body");
	for (size_t i = 0; i < WW_ARRAY_LEN(words); i++)
		ww_html_attr(h, words[i].name,
			     ww_tr(h->r->report, words[i].english));
	ww_html_add(h, ">\n");
}

static void
show_notice(struct ww_html *h)
{
	ww_html_add(h, "<article>\n<header>\n");
	ww_html_element(h, "h1", h->notice->title);
	ww_html_element(h, "p class=\"lead\"", h->notice->text);
	ww_html_add(h, "</header>\n</article>\n");
}

static void
add_main(struct ww_html *h, const struct ww_node *root)
{
	ww_html_add(h, "<main>\n");
	if (h->notice != NULL)
		show_notice(h);
	else if (ww_node_find(root, WW_NODE_ENTRIES) != NULL)
		ww_html_entries(h, root);
	else if (ww_node_find(root, WW_NODE_VERDICT) != NULL ||
		 ww_node_find(root, WW_NODE_COVERAGE) != NULL)
		ww_html_diagnosis(h, root);
	else if (ww_child_is(root, WW_NODE_KIND, "list"))
		ww_html_list(h, root);
	else
		ww_html_answers(h, root);
	ww_html_add(h, "</main>\n");
}

static void
add_end(struct ww_html *h)
{
	ww_html_add(h, "<footer><p>");
	ww_html_tr(h, N_("Made by winwhy, which tells why Windows failed. "
			 "This page asks nobody for anything."));
	ww_html_add(h, "</p></footer>\n");
	add_asset(h, "script", "page.js");
}

static void
add_page(struct ww_html *h)
{
	const struct ww_node *root = ww_report_root(h->r->report);

	ww_html_add(h, "<!DOCTYPE html>\n<html");
	ww_html_attr(h, "lang", ww_child_text(root, WW_NODE_LANG));
	ww_html_add(h, ">\n");
	add_head(h, root);
	add_body(h);
	if (h->page->root.p != NULL)
		ww_html_site_header(h);
	add_main(h, root);
	if (h->page->root.p != NULL)
		ww_html_site_end(h);
	else
		add_end(h);
	ww_html_add(h, "</body>\n</html>\n");
}

void
ww_render_html(struct ww_render *r)
{
	static const struct ww_page alone = { 0 };
	struct ww_html h = { .r = r, .page = &alone, .level = 2 };

	add_page(&h);
}

static void
run(struct ww_report *report, void *ctx)
{
	(void)report;
	add_page(ctx);
}

static enum ww_status
render(struct ww_report *report, const struct ww_page *page,
       const struct ww_notice *notice, struct ww_slice *ret)
{
	struct ww_render r = { .report = report,
			       .out = ww_buf_in(&report->arena) };
	struct ww_html h = {
		.r = &r, .page = page, .notice = notice, .level = 2
	};

	if (!ww_report_build(report, run, &h))
		return WW_NOMEM;
	*ret = ww_buf_slice(&r.out);
	return WW_OK;
}

enum ww_status
ww_render_page(struct ww_report *report, const struct ww_page *page,
	       struct ww_slice *ret)
{
	return render(report, page, NULL, ret);
}

enum ww_status
ww_render_notice(const struct ww_catalogue *c, unsigned lang,
		 const struct ww_page *page, const struct ww_notice *notice,
		 struct ww_report **retreport, struct ww_slice *ret)
{
	struct ww_report *report = ww_report_new(c, lang, "notice");

	if (report == NULL)
		return WW_NOMEM;
	if (render(report, page, notice, ret) != WW_OK) {
		ww_report_close(report);
		return WW_NOMEM;
	}
	*retreport = report;
	return WW_OK;
}
