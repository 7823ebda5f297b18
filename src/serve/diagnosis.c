#include "serve/diagnosis.h"

#include "base/message.h"
#include "serve/answer.h"
#include "serve/upload.h"

#include "base/banned.h"

/* Seconds until the browser looks again. */
#define LOOK_AGAIN 2

void
diagnosis_start(struct call *call, struct response *ret)
{
	struct ww_buf to = ww_buf_in(call->request->arena);
	unsigned lang = answer_language(call);
	const char *name;

	if (!upload_submit(call, lang, &name, ret))
		return;
	ww_buf_add(&to, ww_catalogue_language_id(call->app->c, lang));
	ww_buf_printf(&to, "/diagnosis/%s/page.html", name);
	answer_see(call, 303, ww_buf_slice(&to), ret);
}

/* How far it is, and what becomes of this page. */
static struct ww_slice
wait_text(const struct call *call, unsigned lang, unsigned files)
{
	const struct ww_catalogue *c = call->app->c;
	struct ww_buf number = ww_buf_in(call->request->arena);
	struct ww_buf text = ww_buf_in(call->request->arena);

	ww_buf_decimal(&number, files);
	if (files > 0)
		ww_buf_template(&text,
				ww_message(c, lang,
					   N_("Files read so far: {n}.")),
				(const struct ww_fill[]){
				    { "n", ww_buf_slice(&number) }, { 0 } });
	ww_buf_add(&text, files > 0 ? WW_LIT(" ") : WW_LIT(""));
	ww_buf_add(&text,
		   ww_message(c, lang,
			      N_("This page shows the answer as soon as it is "
				 "there.")));
	return ww_buf_slice(&text);
}

static void
show_wait(struct call *call, const struct job_news *news, struct response *ret)
{
	unsigned lang = answer_language(call);
	const struct ww_notice notice = {
		.title = ww_message(call->app->c, lang,
				    N_("The files are being read")),
		.text = wait_text(call, lang, news->files),
		.refresh = LOOK_AGAIN,
	};

	answer_notice(call, 200, &notice, ret);
}

void
diagnosis_show(struct call *call, struct response *ret)
{
	struct ww_slice name = call->captured[1];
	struct job_news news = jobs_news(call->app->jobs, name);

	if (news.state == JOB_FAILED)
		answer_problem(call, 500, news.why, ret);
	else if (news.state != JOB_NONE && news.state != JOB_DONE)
		show_wait(call, &news, ret);
	else if (!jobs_answer(call->app->jobs, name, JOB_PAGE,
			      call->request->arena, &ret->body))
		answer_problem(call, 404, NO_DIAGNOSIS, ret);
}

void
diagnosis_save(struct call *call, struct response *ret)
{
	static const char *const types[JOB_FILES] = {
		[JOB_REPORT] = NULL,
		[JOB_JSON] = ANSWER_JSON,
		[JOB_TEXT] = ANSWER_TEXT,
	};

	for (unsigned i = JOB_REPORT; i < JOB_FILES; i++) {
		const char *name = job_file_name((enum job_file)i);

		if (!ww_slice_eq(call->captured[2], ww_slice_cstr(name)))
			continue;
		*ret = (struct response){ .type = types[i], .file_name = name };
		if (jobs_answer(call->app->jobs, call->captured[1],
				(enum job_file)i, call->request->arena,
				&ret->body))
			return;
	}
	answer_problem(call, 404, NO_DIAGNOSIS, ret);
}

void
diagnosis_delete(struct call *call, struct response *ret)
{
	jobs_delete(call->app->jobs, call->captured[1]);
	answer_see(call, 303, WW_LIT(""), ret);
}
