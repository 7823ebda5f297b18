#include "site/page.h"

#include <winwhy/search.h>

#include "base/compiler.h"
#include "base/message.h"
#include "report/tree.h"

#include "base/banned.h"

/* Search results shown. */
#define RESULTS_MAX 50

/* The longest question that an address makes: a provider and a number. */
#define QUESTION_MAX 512

static enum ww_status
not_found(struct ww_error *reterr)
{
	*reterr = (struct ww_error){ .status = WW_NOT_FOUND,
				     .why = N_("there is no such page") };
	return WW_NOT_FOUND;
}

static enum ww_status
ask(const struct ww_catalogue *c, unsigned lang, const struct ww_buf *text,
    struct ww_report **ret, struct ww_error *reterr)
{
	const struct ww_question question = { .text = ww_buf_slice(text),
					      .lang = lang };
	enum ww_status st = ww_explain(c, &question, 1, ret, reterr);

	if (st != WW_OK || ww_report_known(*ret))
		return st;
	ww_report_close(*ret);
	return not_found(reterr);
}

static struct ww_rec
event_of(const struct ww_catalogue *c, struct ww_slice id)
{
	for (uint32_t i = 0; i < ww_count(c, WW_S_EVENT_KIND); i++) {
		struct ww_rec kind = ww_rec_at(c, WW_S_EVENT_KIND, i);

		if (ww_slice_eq(ww_rec_str(kind, WW_EVENT_KIND_ID), id))
			return kind;
	}
	return (struct ww_rec){ c, NULL };
}

static enum ww_status
event_report(const struct ww_catalogue *c, const struct site_page *page,
	     struct ww_report **ret, struct ww_error *reterr)
{
	struct ww_rec kind = event_of(c, page->id);
	char room[QUESTION_MAX];
	struct ww_buf text = { .p = room, .cap = sizeof(room) };
	struct ww_slice provider = ww_rec_str(kind, WW_EVENT_KIND_PROVIDER);

	if (kind.p == NULL || provider.len > QUESTION_MAX - 16)
		return not_found(reterr);
	ww_buf_add(&text, provider);
	ww_buf_char(&text, ' ');
	ww_buf_decimal(&text, ww_rec_num(kind, WW_EVENT_KIND_NUMBER));
	return ask(c, page->lang, &text, ret, reterr);
}

static enum ww_status
code_report(const struct ww_catalogue *c, const struct site_page *page,
	    struct ww_report **ret, struct ww_error *reterr)
{
	char room[16];
	struct ww_buf text = { .p = room, .cap = sizeof(room) };

	ww_buf_add(&text, WW_LIT("0x"));
	ww_buf_hex(&text, page->value, 8);
	return ask(c, page->lang, &text, ret, reterr);
}

/* Lists are called what their pages are, and that of all nothing. */
static enum ww_status
list_report(const struct ww_catalogue *c, const struct site_page *page,
	    struct ww_report **ret, struct ww_error *reterr)
{
	char room[QUESTION_MAX];
	struct ww_buf what = { .p = room, .cap = sizeof(room) };

	if (page->id.len > QUESTION_MAX - 16)
		return not_found(reterr);
	if (page->kind != SITE_HOME)
		site_add_place(&what, page);
	return ww_list(c, ww_buf_slice(&what), page->lang, ret, reterr);
}

enum ww_status
site_report(const struct ww_catalogue *c, const struct site_page *page,
	    struct ww_slice words, struct ww_report **ret,
	    struct ww_error *reterr)
{
	switch (page->kind) {
	case SITE_CODE:
		return code_report(c, page, ret, reterr);
	case SITE_EVENT:
		return event_report(c, page, ret, reterr);
	case SITE_SEARCH:
		return ww_find_words(c, words, page->lang, RESULTS_MAX, ret,
				     reterr);
	default:
		return list_report(c, page, ret, reterr);
	}
}

/* A frame that lives with the report. */
struct framing {
	const struct site *site;
	const struct site_page *page;
	struct ww_page frame;
};

static void
add_frame(struct ww_report *report, void *ctx)
{
	struct framing *f = ctx;

	f->frame = site_frame(&report->arena, f->site, f->page);
}

enum ww_status
site_render(const struct site *site, const struct site_page *page,
	    const struct ww_page *frame, struct ww_report **retreport,
	    struct ww_slice *ret, struct ww_error *reterr)
{
	struct framing f = { .site = site, .page = page };
	struct ww_report *report;
	enum ww_status st =
	    site_report(site->c, page, WW_LIT(""), &report, reterr);

	if (st != WW_OK)
		return st;
	if ((frame != NULL || ww_report_build(report, add_frame, &f)) &&
	    ww_render_page(report, frame != NULL ? frame : &f.frame, ret) ==
		WW_OK) {
		*retreport = report;
		return WW_OK;
	}
	ww_report_close(report);
	return ww_report_no_memory(reterr);
}
