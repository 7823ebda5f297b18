#include "serve/app.h"

#include "base/compiler.h"
#include "base/message.h"
#include "serve/answer.h"
#include "serve/api.h"
#include "serve/diagnosis.h"
#include "serve/pages.h"
#include "serve/upload.h"

#include "base/banned.h"

/* Text that is asked about; of more, a file is sent. */
#define TEXT_MAX ((size_t)1024 * 1024)

static const struct route routes[] = {
	{ "GET", "", pages_root, TAKES_NOTHING },
	{ "GET", "robots.txt", pages_robots, TAKES_NOTHING },
	{ "GET", "*/search.html", pages_search, TAKES_NOTHING },
	{ "POST", "*/diagnosis", diagnosis_start, TAKES_FILES },
	{ "GET", "*/diagnosis/*/page.html", diagnosis_show, TAKES_NOTHING },
	{ "POST", "*/diagnosis/*/delete", diagnosis_delete, TAKES_NOTHING },
	{ "GET", "*/diagnosis/*/*", diagnosis_save, TAKES_NOTHING },
	{ "GET", "api/v1/openapi.json", api_description, TAKES_NOTHING },
	{ "POST", "api/v1/explain", api_explain, TAKES_TEXT },
	{ "GET", "api/v1/explain", api_explain, TAKES_NOTHING },
	{ "GET", "api/v1/search", api_search, TAKES_NOTHING },
	{ "GET", "api/v1/list", api_list, TAKES_NOTHING },
	{ "POST", "api/v1/diagnosis", api_diagnose, TAKES_FILES },
	{ "GET", "api/v1/diagnosis/*", api_diagnosis, TAKES_NOTHING },
	{ "DELETE", "api/v1/diagnosis/*", api_diagnosis_delete, TAKES_NOTHING },
	{ "GET", "api/v1/diagnosis/*/report", api_diagnosis_report,
	  TAKES_NOTHING },
};

static bool
take(void *ctx, struct ww_slice bytes)
{
	struct call *call = ctx;

	if (call->upload != NULL)
		return upload_take(call->upload, bytes);
	if (bytes.len > TEXT_MAX - call->text.len) {
		call->too_long = true;
		return false;
	}
	ww_buf_add(&call->text, bytes);
	return true;
}

static void
answer(void *ctx, struct response *ret)
{
	struct call *call = ctx;

	if (call->route != NULL)
		call->route->answer(call, ret);
	else
		pages_site(call, ret);
}

static void
end(void *ctx)
{
	struct call *call = ctx;

	if (call->upload != NULL)
		upload_end(call->upload);
}

static bool
begin(void *ctx, const struct request *request, struct body *ret,
      struct response *retnow)
{
	struct call *call = ww_arena_new(request->arena, struct call);
	const char *allow;

	*call = (struct call){ .app = ctx,
			       .request = request,
			       .text = ww_buf_in(request->arena) };
	*ret = (struct body){ .ctx = call, .answer = answer, .end = end };
	if (!route_find(routes, WW_ARRAY_LEN(routes), call, &allow) ||
	    (call->route == NULL && !request_reads(request))) {
		answer_problem(call, 405,
			       N_("that is not done with this address"),
			       retnow);
		retnow->allow = allow != NULL ? allow : "GET";
		return false;
	}
	if (call->route == NULL || call->route->takes == TAKES_NOTHING)
		return true;
	ret->take = take;
	if (call->route->takes == TAKES_FILES)
		call->upload = upload_begin(call, retnow);
	return call->upload != NULL || call->route->takes == TAKES_TEXT;
}

static void
tick(void *ctx)
{
	struct app *app = ctx;

	jobs_tick(app->jobs);
}

struct http_app
app_of(struct app *app)
{
	return (struct http_app){ .ctx = app, .begin = begin, .tick = tick };
}
