#include "serve/diagnosis.h"

#include "base/compiler.h"
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

static void
show_wait(struct call *call, struct response *ret)
{
	unsigned lang = answer_language(call);

	answer_notice(
	    call, 200,
	    &(struct ww_notice){
		.title = ww_message(call->app->c, lang,
				    N_("The files are being read")),
		.text = ww_message(call->app->c, lang,
				   N_("This page shows the answer as soon as "
				      "it is there.")),
		.refresh = LOOK_AGAIN,
	    },
	    ret);
}

void
diagnosis_show(struct call *call, struct response *ret)
{
	const char *why = NULL;
	struct ww_slice name = call->captured[1];
	enum job_state state = jobs_state(call->app->jobs, name, &why);

	if (state == JOB_FAILED)
		answer_problem(call, 500, why, ret);
	else if (state != JOB_NONE && state != JOB_DONE)
		show_wait(call, ret);
	else if (!jobs_answer(call->app->jobs, name, JOB_PAGE,
			      call->request->arena, &ret->body))
		answer_problem(call, 404,
			       N_("this diagnosis is not kept any more; send "
				  "the files again"),
			       ret);
}

void
diagnosis_save(struct call *call, struct response *ret)
{
	static const struct {
		const char *file, *type;
		enum job_answer answer;
	} saved[] = {
		{ "report.html", NULL, JOB_REPORT },
		{ "report.json", ANSWER_JSON, JOB_JSON },
		{ "report.txt", ANSWER_TEXT, JOB_TEXT },
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(saved); i++) {
		if (!ww_slice_eq(call->captured[2],
				 ww_slice_cstr(saved[i].file)))
			continue;
		*ret = (struct response){ .type = saved[i].type,
					  .file_name = saved[i].file };
		if (jobs_answer(call->app->jobs, call->captured[1],
				saved[i].answer, call->request->arena,
				&ret->body))
			return;
	}
	answer_problem(call, 404, N_("there is no such diagnosis"), ret);
}

void
diagnosis_delete(struct call *call, struct response *ret)
{
	jobs_delete(call->app->jobs, call->captured[1]);
	answer_see(call, 303, WW_LIT(""), ret);
}
