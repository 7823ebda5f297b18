/*
 * Kinds of answers that many routes give.
 */
#ifndef WW_SERVE_ANSWER_H
#define WW_SERVE_ANSWER_H

#include "base/message.h"
#include "render/html/page.h"
#include "serve/route.h"
#include "site/address.h"

#define ANSWER_JSON "application/json"
#define ANSWER_TEXT "text/plain; charset=utf-8"

/* What is said in several places. */
#define NO_DIAGNOSIS N_("there is no such diagnosis, or not any more")
#define TOO_MUCH     N_("that is more than this server takes at once")

/* What ?lang= says, or the path's first part, or the browser. */
unsigned answer_language(const struct call *call);

/* Programs ask below api/. */
bool answer_is_for_program(const struct call *call);

/* A report in a format; the report is closed. */
void answer_report(const struct call *call, struct ww_report *report,
		   enum ww_format format, struct response *ret);

/* A report as a page of the site; likewise. */
void answer_page(const struct call *call, const struct site_page *page,
		 struct ww_report *report, struct response *ret);

/* A page that says one thing. */
void answer_notice(const struct call *call, unsigned status,
		   const struct ww_notice *notice, struct response *ret);

/*
 * What went wrong, an English message: for a program as JSON, for a person
 * as a page.
 */
void answer_problem(const struct call *call, unsigned status, const char *why,
		    struct response *ret);

/* Look there; from the root of the site. */
void answer_see(const struct call *call, unsigned status,
		struct ww_slice address, struct response *ret);

#endif
