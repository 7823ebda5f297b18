#include "serve/answer.h"

#include "base/json.h"
#include "base/message.h"
#include "site/frame.h"

#include "base/banned.h"

/* The language that stands first among those the browser wants. */
static int
wanted_language(const struct call *call)
{
	struct ww_slice rest = request_header(call->request, "Accept-Language");

	while (rest.len > 0) {
		struct ww_slice item = ww_slice_trim(ww_slice_item(&rest));
		int lang = item.len < 2
			       ? -1
			       : ww_catalogue_language(call->app->c,
						       ww_slice_of(item.p, 2));

		if (lang >= 0)
			return lang;
	}
	return -1;
}

unsigned
answer_language(const struct call *call)
{
	struct ww_slice path = call->request->path;
	const char *slash =
	    path.len == 0 ? NULL : memchr(path.p, '/', path.len);
	int lang =
	    ww_catalogue_language(call->app->c,
				  request_argument(call->request, "lang"));

	if (lang < 0 && slash != NULL)
		lang = ww_catalogue_language(
		    call->app->c,
		    ww_slice_of(path.p, (size_t)(slash - path.p)));
	if (lang < 0)
		lang = wanted_language(call);
	return lang < 0 ? call->app->lang : (unsigned)lang;
}

/* Relative: a proxy may have put the site below a path of its own. */
static struct ww_slice
root_of(const struct call *call)
{
	struct ww_slice path = call->request->path;
	struct ww_buf root = ww_buf_in(call->request->arena);

	for (size_t i = 0; i < path.len; i++)
		if (path.p[i] == '/')
			ww_buf_add(&root, WW_LIT("../"));
	return root.len == 0 ? WW_LIT("./") : ww_buf_slice(&root);
}

/* What was rendered goes with its report. */
static struct ww_slice
kept(const struct call *call, struct ww_slice bytes)
{
	bytes.p = ww_arena_copy(call->request->arena, bytes.p, bytes.len);
	return bytes;
}

void
answer_report(const struct call *call, struct ww_report *report,
	      enum ww_format format, struct response *ret)
{
	static const char *const types[WW_FORMATS] = {
		[WW_FORMAT_TEXT] = ANSWER_TEXT,
		[WW_FORMAT_JSON] = ANSWER_JSON,
	};
	const struct ww_style style = { 0 };
	struct ww_slice bytes = { 0 };
	enum ww_status st = ww_render(report, format, &style, &bytes);

	*ret = (struct response){ .type = types[format],
				  .body = kept(call, bytes) };
	ww_report_close(report);
	if (st != WW_OK)
		answer_problem(call, 503, N_("out of memory"), ret);
}

void
answer_page(const struct call *call, const struct site_page *page,
	    struct ww_report *report, struct response *ret)
{
	struct ww_page frame =
	    site_frame(call->request->arena, &call->app->site, page);
	struct ww_slice bytes = { 0 };
	enum ww_status st = ww_render_page(report, &frame, &bytes);

	*ret = (struct response){ .body = kept(call, bytes),
				  .lasting = page->kind != SITE_SEARCH };
	ww_report_close(report);
	if (st != WW_OK)
		answer_problem(call, 503, N_("out of memory"), ret);
}

bool
answer_is_for_program(const struct call *call)
{
	return ww_slice_starts(call->request->path, WW_LIT("api/"));
}

static void
problem_as_json(const struct call *call, struct ww_slice text,
		struct response *ret)
{
	struct ww_buf body = ww_buf_in(call->request->arena);

	ww_buf_add(&body, WW_LIT("{\"problem\": "));
	ww_json_string(&body, text);
	ww_buf_add(&body, WW_LIT("}\n"));
	ret->type = ANSWER_JSON;
	ret->body = ww_buf_slice(&body);
}

void
answer_notice(const struct call *call, unsigned status,
	      const struct ww_notice *notice, struct response *ret)
{
	unsigned lang = answer_language(call);
	struct ww_page frame =
	    site_frame_at(call->request->arena, &call->app->site, lang,
			  root_of(call));
	struct ww_report *report;
	struct ww_slice bytes;

	*ret = (struct response){ .status = status };
	/* Without memory an empty page has to do. */
	if (ww_render_notice(call->app->c, lang, &frame, notice, &report,
			     &bytes) != WW_OK)
		return;
	ret->body = kept(call, bytes);
	ww_report_close(report);
}

void
answer_problem(const struct call *call, unsigned status, const char *why,
	       struct response *ret)
{
	unsigned lang = answer_language(call);
	struct ww_slice text = ww_message(call->app->c, lang, why);

	*ret = (struct response){ .status = status };
	if (answer_is_for_program(call)) {
		problem_as_json(call, text, ret);
		return;
	}
	answer_notice(call, status,
		      &(struct ww_notice){
			  .title = ww_message(call->app->c, lang,
					      N_("This did not work")),
			  .text = text },
		      ret);
}

void
answer_see(const struct call *call, unsigned status, struct ww_slice address,
	   struct response *ret)
{
	struct ww_buf to = ww_buf_in(call->request->arena);

	ww_buf_add(&to, root_of(call));
	ww_buf_add(&to, address);
	ww_buf_char(&to, '\0');
	*ret = (struct response){ .status = status, .location = to.p };
}
