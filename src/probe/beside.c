/*
 * What a client needs besides the conversation: the service that it reports
 * to, the files of its own renewal, the content, and a clock that is like the
 * server's.
 */
#include "base/compiler.h"
#include "probe/talk.h"

#include "base/banned.h"

#define CAB_PATH     "/SelfUpdate/wuident.cab"
#define REPORT_PATH  "/ReportingWebService/ReportingWebService.asmx"
#define CONTENT_PATH "/Content/"

/* Kerberos allows as much; cookies and certificates more. */
#define SKEW_MAX 300

/* The clock */

static int
month_of(struct ww_slice word)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (unsigned i = 0; word.len == 3 && i < 12; i++)
		if (ww_slice_eq(word, ww_slice_of(names + (size_t)3 * i, 3)))
			return (int)i + 1;
	return 0;
}

static int
digits(struct ww_slice s, size_t at, unsigned n)
{
	return at + n > s.len ? -1 : ww_time_digits(s.p + at, n);
}

/* Sun, 04 Oct 2026 14:50:49 GMT */
static ww_time
read_date(struct ww_slice s)
{
	struct ww_civil c;

	if (s.len < 25)
		return WW_NO_TIME;
	c = (struct ww_civil){
		.year = digits(s, 12, 4),
		.month = month_of(ww_slice_part(s, 8, 3)),
		.day = digits(s, 5, 2),
		.hour = digits(s, 17, 2),
		.minute = digits(s, 20, 2),
		.second = digits(s, 23, 2),
	};
	return ww_time_of(&c);
}

static void
compare_clocks(struct talk *t, ww_time theirs)
{
	struct ww_step step = { .name = WW_LIT("clock") };
	int64_t ahead = (theirs - t->world->now(t->world->ctx)) / WW_SECOND;

	step.detail = talk_text(t, "%+lld s", (long long)ahead);
	if (ahead > SKEW_MAX || ahead < -SKEW_MAX) {
		step.result = WW_STEP_ODD;
		step.trouble = WW_LIT("clocks-differ");
	}
	talk_tell(t, &step, false);
}

void
talk_meet(struct talk *t, struct ww_slice version)
{
	ww_time theirs;

	if (t->met || t->reply.status == 0 ||
	    t->reply.end == WW_HTTP_PROXY_DENIED)
		return;
	t->met = true;
	talk_note(t, "server-software", talk_reply_header(t, "Server"));
	talk_note(t, "server-version", version);
	theirs = read_date(talk_reply_header(t, "Date"));
	if (theirs != WW_NO_TIME)
		compare_clocks(t, theirs);
}

/* Files */

/* A larger file is all right: how it begins is enough. */
static struct ww_slice
trouble_of_file(struct talk *t)
{
	struct ww_slice trouble = trouble_of_transport(t);

	if (t->reply.end == WW_HTTP_TOO_LARGE)
		trouble.len = 0;
	return trouble.len > 0 ? trouble : trouble_of_status(t);
}

static void
look_at_cabinet(struct talk *t)
{
	struct ww_slice trouble, detail = { 0 };

	if (!talk_get(t, &t->root, CAB_PATH))
		return;
	trouble = trouble_of_file(t);
	if (trouble.len > 0)
		detail = t->reply.detail;
	else if (!ww_slice_starts(t->reply.body, WW_LIT("MSCF")))
		trouble = WW_LIT("not-a-cabinet");
	if (ww_slice_starts(t->reply.body, WW_LIT("MZ")))
		detail = WW_LIT("it is a program");
	talk_tell_file(t, "selfupdate", trouble, detail);
}

/* Content is plain HTTP even where the services are not. */
static struct ww_url
content_root(const struct talk *t)
{
	struct ww_url url = t->root;

	if (!url.tls)
		return url;
	url.tls = false;
	url.has_port = url.port != 443;
	url.port = url.port == 443 ? 80 : url.port - 1;
	return url;
}

/* It is not to be browsed: any answer says that it is there. */
static void
look_for(struct talk *t, const char *name, const struct ww_url *root,
	 const char *path)
{
	struct ww_slice trouble;

	if (!talk_get(t, root, path))
		return;
	trouble = trouble_of_transport(t);
	if (trouble.len == 0 &&
	    (t->reply.status >= 500 || t->reply.status == 404))
		trouble = trouble_of_status(t);
	talk_tell_file(t, name, trouble, t->reply.detail);
}

void
talk_look_beside(struct talk *t)
{
	struct ww_url content = content_root(t);

	look_for(t, "reporting", &t->root, REPORT_PATH);
	if (t->failed == NULL)
		look_at_cabinet(t);
	if (t->failed == NULL)
		look_for(t, "content", &content, CONTENT_PATH);
}
