#include "serve/api.h"

#include "base/json.h"
#include "base/message.h"
#include "serve/answer.h"
#include "serve/upload.h"

#include "serve-openapi.h"

#include "base/banned.h"

/* A page of them; the rest is found with more words. */
#define RESULTS_MAX 20

/* docs/openapi.json, as C. */
static const char openapi[] = WW_PAGE_OPENAPI;

void
api_description(struct call *call, struct response *ret)
{
	(void)call;
	*ret = (struct response){ .type = ANSWER_JSON,
				  .body = ww_slice_of(openapi, sizeof(openapi)),
				  .lasting = true };
}

static bool
is_asked(const struct call *call, struct ww_slice text, struct response *ret)
{
	if (ww_slice_trim(text).len > 0)
		return true;
	answer_problem(call, 400, N_("nothing was asked"), ret);
	return false;
}

/* The text of ?q=, or the body of a POST. */
void
api_explain(struct call *call, struct response *ret)
{
	bool posted = call->route->takes == TAKES_TEXT;
	const struct ww_question question = {
		.text = posted ? ww_buf_slice(&call->text)
			       : request_argument(call->request, "q"),
		.as = request_argument(call->request, "as"),
		.in = request_argument(call->request, "in"),
		.lang = answer_language(call),
		.redact = request_argument(call->request, "redact").len > 0,
	};
	struct ww_report *report;
	struct ww_error error;
	enum ww_status st;

	if (call->too_long) {
		answer_problem(call, 413, TOO_MUCH, ret);
		return;
	}
	if (!is_asked(call, question.text, ret))
		return;
	st = ww_explain(call->app->c, &question, 1, &report, &error);
	if (st == WW_OK)
		answer_report(call, report, WW_FORMAT_JSON, ret);
	else
		answer_problem(call, st == WW_INVALID ? 400 : 503, error.why,
			       ret);
}

void
api_search(struct call *call, struct response *ret)
{
	struct ww_slice words = request_argument(call->request, "q");
	struct ww_report *report;
	struct ww_error error;

	if (!is_asked(call, words, ret))
		return;
	if (ww_find_words(call->app->c, words, answer_language(call),
			  RESULTS_MAX, &report, &error) == WW_OK)
		answer_report(call, report, WW_FORMAT_JSON, ret);
	else
		answer_problem(call, 503, error.why, ret);
}

void
api_list(struct call *call, struct response *ret)
{
	struct ww_report *report;
	struct ww_error error;
	enum ww_status st =
	    ww_list(call->app->c, request_argument(call->request, "what"),
		    answer_language(call), &report, &error);

	if (st == WW_OK)
		answer_report(call, report, WW_FORMAT_JSON, ret);
	else
		answer_problem(call, st == WW_NOT_FOUND ? 404 : 503, error.why,
			       ret);
}

/* Diagnoses */

static const char *const state_words[] = {
	[JOB_NONE] = "gone",	   [JOB_FILLING] = "waiting",
	[JOB_WAITING] = "waiting", [JOB_RUNNING] = "reading",
	[JOB_DONE] = "done",	   [JOB_FAILED] = "failed",
};

/* {"diagnosis": NAME, "state": "reading", "files": 3} */
static void
tell_news(const struct call *call, struct ww_slice name,
	  const struct job_news *news, struct response *ret)
{
	struct ww_buf body = ww_buf_in(call->request->arena);

	ww_buf_add(&body, WW_LIT("{\"diagnosis\": "));
	ww_json_string(&body, name);
	ww_buf_add(&body, WW_LIT(", \"state\": "));
	ww_json_string(&body, ww_slice_cstr(state_words[news->state]));
	if (news->state == JOB_RUNNING)
		ww_buf_printf(&body, ", \"files\": %u", news->files);
	if (news->why != NULL) {
		ww_buf_add(&body, WW_LIT(", \"problem\": "));
		ww_json_string(&body,
			       ww_message(call->app->c, answer_language(call),
					  news->why));
	}
	ww_buf_add(&body, WW_LIT("}\n"));
	ret->type = ANSWER_JSON;
	ret->body = ww_buf_slice(&body);
}

void
api_diagnose(struct call *call, struct response *ret)
{
	const struct job_news news = { .state = JOB_WAITING };
	struct ww_buf to = ww_buf_in(call->request->arena);
	const char *name;

	if (!upload_submit(call, answer_language(call), &name, ret))
		return;
	ww_buf_printf(&to, "api/v1/diagnosis/%s", name);
	answer_see(call, 202, ww_buf_slice(&to), ret);
	tell_news(call, ww_slice_cstr(name), &news, ret);
}

void
api_diagnosis(struct call *call, struct response *ret)
{
	struct ww_slice name = call->captured[0];
	struct job_news news = jobs_news(call->app->jobs, name);

	if (news.state == JOB_NONE)
		answer_problem(call, 404, NO_DIAGNOSIS, ret);
	else
		tell_news(call, name, &news, ret);
}

void
api_diagnosis_report(struct call *call, struct response *ret)
{
	ret->type = ANSWER_JSON;
	if (!jobs_answer(call->app->jobs, call->captured[0], JOB_JSON,
			 call->request->arena, &ret->body))
		answer_problem(call, 404, NO_DIAGNOSIS, ret);
}

void
api_diagnosis_delete(struct call *call, struct response *ret)
{
	jobs_delete(call->app->jobs, call->captured[0]);
	ret->status = 204;
}
