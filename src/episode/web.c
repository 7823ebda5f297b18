/*
 * The services of WSUS as IIS and HTTP.sys log them.  An episode is a run of
 * requests to one service that went alike: all answered, or all refused with
 * the same status.  A server has a handful of such runs, not millions.
 */
#include "episode/kept.h"
#include "episode/trackers.h"

#include "base/banned.h"

/* Refusals that are further apart belong to two failures. */
#define RUN_GAP (60 * WW_MINUTE)

/*
 * Windows authentication begins with a refusal or two.  So many in a row, of
 * however many clients, are none of it; and at the end of a log, so many.
 */
#define REFUSALS_MAX 50
#define REFUSALS_END 3

#define TEXT_SIZE    64

/* The first parts of their paths; the marks are numbered by it. */
static const char *const services[] = {
	"ClientWebService",    "SimpleAuthWebService",
	"ReportingWebService", "ServerSyncWebService",
	"DssAuthWebService",   "ApiRemoting30",
	"SelfUpdate",	       "Content"
};
#define SERVICES 8

static const struct ww_mark marks[] = {
	{ 0, "/ClientWebService" },    { 1, "/SimpleAuthWebService" },
	{ 2, "/ReportingWebService" }, { 3, "/ServerSyncWebService" },
	{ 4, "/DssAuthWebService" },   { 5, "/ApiRemoting30" },
	{ 6, "/SelfUpdate" },	       { 7, "/Content" },
};

/* What a line tells of a request. */
struct request {
	struct ww_slice path;
	unsigned status; /* 0: none was sent */
	bool failed;
	struct ww_slice substatus, win32, reason, queue;
	uint64_t took; /* milliseconds */
};

struct text {
	char p[TEXT_SIZE];
	size_t len;
};

/* The run of a service that goes on. */
struct run {
	struct ww_episode *e; /* NULL: none */
	bool failed;
	unsigned status;
	struct text substatus, reason;
	uint64_t requests, slowest;
	struct ww_kept last;
	/* Refusals with 401 that may be the start of an authentication. */
	uint64_t refusals;
	struct ww_kept first_refusal, last_refusal;
};

struct state {
	struct run runs[SERVICES];
};

/* The next word, taken off the text; the readers put one blank between. */
static struct ww_slice
take_word(struct ww_slice *rest)
{
	const char *end =
	    rest->len == 0 ? NULL : memchr(rest->p, ' ', rest->len);
	struct ww_slice word = *rest;

	if (end == NULL) {
		*rest = (struct ww_slice){ 0 };
		return word;
	}
	word.len = (size_t)(end - word.p);
	*rest = ww_slice_of(end + 1, rest->len - word.len - 1);
	return word;
}

static uint64_t
number_of(struct ww_slice digits)
{
	uint64_t v = 0;

	for (size_t i = 0; i < digits.len && i < 15; i++) {
		if (!ww_is_digit(digits.p[i]))
			return 0;
		v = v * 10 + (unsigned)(digits.p[i] - '0');
	}
	return v;
}

static void
set_field(struct request *r, struct ww_slice name, struct ww_slice value)
{
	if (ww_slice_eq(name, WW_LIT("status")))
		r->status = (unsigned)number_of(value);
	else if (ww_slice_eq(name, WW_LIT("substatus")))
		r->substatus = value;
	else if (ww_slice_eq(name, WW_LIT("win32")))
		r->win32 = value;
	else if (ww_slice_eq(name, WW_LIT("took")))
		r->took = number_of(value);
	else if (ww_slice_eq(name, WW_LIT("reason")))
		r->reason = value;
	else if (ww_slice_eq(name, WW_LIT("queue")))
		r->queue = value;
}

/*
 * POST /path status 503 …, as the readers compose it.  Without a status, a
 * client that went away is no failure; a worker process that did is one.
 */
static void
read_request(struct ww_slice text, struct request *ret)
{
	struct ww_slice name, value;

	*ret = (struct request){ 0 };
	take_word(&text);
	ret->path = take_word(&text);
	while ((name = take_word(&text)).len > 0) {
		value = take_word(&text);
		set_field(ret, name, value);
	}
	ret->failed =
	    ret->status >= 400 ||
	    (ret->status == 0 &&
	     ww_slice_starts(ret->reason, WW_LIT("Connection_Abandoned")));
}

/* Whether the path begins with the service, as a whole. */
static bool
is_of(struct ww_slice path, const char *service)
{
	struct ww_slice name = ww_slice_cstr(service);

	if (path.len == 0 || path.p[0] != '/')
		return false;
	path = ww_slice_from(path, 1);
	if (!ww_slice_casestarts(path, name))
		return false;
	return path.len == name.len || path.p[name.len] == '/' ||
	       path.p[name.len] == '?';
}

static void
set_text(struct text *text, struct ww_slice s)
{
	text->len = ww_keep_text(text->p, TEXT_SIZE, s).len;
}

static bool
same_text(const struct text *text, struct ww_slice s)
{
	s.len = s.len < TEXT_SIZE ? s.len : TEXT_SIZE;
	return ww_slice_eq(ww_slice_of(text->p, text->len), s);
}

/* A dash and a nought say nothing. */
static void
note(struct ww_tracking *t, struct ww_episode *e, const char *name,
     struct ww_slice value, const struct ww_record *record)
{
	if (value.len > 0 && !ww_slice_eq(value, WW_LIT("-")) &&
	    !ww_slice_eq(value, WW_LIT("0")))
		ww_track_note(t, e, name, value, record);
}

static void
end_run(struct ww_tracking *t, struct run *run)
{
	struct ww_record last = ww_kept_record(&run->last);

	if (run->e == NULL)
		return;
	ww_track_note_number(t, run->e, "requests", run->requests, &last);
	if (run->slowest > 0)
		ww_track_note_number(t, run->e, "slowest", run->slowest, &last);
	if (run->failed && run->status > 0) {
		run->e->has_code = true;
		run->e->code = run->status;
	}
	ww_track_end(t, run->e,
		     run->failed ? WW_OUTCOME_FAILED : WW_OUTCOME_SUCCEEDED,
		     &last);
	run->e = NULL;
}

static void
begin_run(struct ww_tracking *t, struct run *run, unsigned service,
	  const struct request *r, const struct ww_record *record)
{
	struct ww_slice subject = ww_slice_cstr(services[service]);

	run->e = ww_track_begin(t, WW_EPISODE_WEB_SERVICE, subject, record);
	ww_track_subject(t, run->e, subject);
	run->failed = r->failed;
	run->status = r->status;
	set_text(&run->substatus, r->substatus);
	set_text(&run->reason, r->reason);
	run->requests = run->slowest = 0;
	if (!r->failed)
		return;
	note(t, run->e, "path", r->path, record);
	if (r->status > 0)
		ww_track_note_number(t, run->e, "status", r->status, record);
	note(t, run->e, "substatus", r->substatus, record);
	note(t, run->e, "win32", r->win32, record);
	note(t, run->e, "reason", r->reason, record);
	note(t, run->e, "queue", r->queue, record);
}

/* Whether the request went like those of the run. */
static bool
goes_on(const struct run *run, const struct request *r, ww_time time)
{
	if (run->e == NULL || run->failed != r->failed)
		return false;
	if (!run->failed)
		return true;
	return run->status == r->status &&
	       same_text(&run->substatus, r->substatus) &&
	       same_text(&run->reason, r->reason) &&
	       time - run->last.time <= RUN_GAP;
}

static void
add_request(struct ww_tracking *t, struct run *run, unsigned service,
	    const struct request *r, const struct ww_record *record)
{
	if (!goes_on(run, r, record->time)) {
		end_run(t, run);
		begin_run(t, run, service, r, record);
	}
	run->requests++;
	if (r->took > run->slowest)
		run->slowest = r->took;
	ww_keep(&run->last, record);
}

/* The refusals were no start of an authentication: they are a run. */
static void
add_refusals(struct ww_tracking *t, struct run *run, unsigned service,
	     const struct request *r)
{
	struct ww_record first = ww_kept_record(&run->first_refusal);
	uint64_t n = run->refusals;

	run->refusals = 0;
	add_request(t, run, service, r, &first);
	run->requests += n - 1;
	run->last = run->last_refusal;
}

static bool
is_refusal_run(const struct run *run)
{
	return run->e != NULL && run->failed && run->status == 401;
}

static void
on_refusal(struct ww_tracking *t, struct run *run, unsigned service,
	   const struct request *r, const struct ww_record *record)
{
	if (run->refusals++ == 0)
		ww_keep(&run->first_refusal, record);
	ww_keep(&run->last_refusal, record);
	if (run->refusals == REFUSALS_MAX)
		add_refusals(t, run, service, r);
}

static void
on_request(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	unsigned service = l->mark;
	struct run *run = &s->runs[service];
	struct request r;

	read_request(l->record->text, &r);
	if (!is_of(r.path, services[service]) || (r.status == 0 && !r.failed))
		return;
	if (r.status == 401 && !is_refusal_run(run)) {
		on_refusal(l->t, run, service, &r, l->record);
		return;
	}
	run->refusals = 0;
	add_request(l->t, run, service, &r, l->record);
}

static void
end_runs(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	struct request refused = { .status = 401, .failed = true };

	for (unsigned i = 0; i < SERVICES; i++) {
		if (s->runs[i].refusals >= REFUSALS_END)
			add_refusals(l->t, &s->runs[i], i, &refused);
		end_run(l->t, &s->runs[i]);
	}
}

static void (*const actions[SERVICES])(const struct ww_marked_line *l) = {
	on_request, on_request, on_request, on_request,
	on_request, on_request, on_request, on_request,
};

const struct ww_tracker ww_tracker_web = {
	.dialects = { WW_DIALECT_IIS, WW_DIALECT_HTTPERR },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = end_runs,
};
