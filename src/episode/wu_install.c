#include "base/message.h"
#include "episode/trackers.h"
#include "episode/wu_updates.h"

#include "base/banned.h"

/*
 * Installs.  A call has the caller's name only.  The client's process begins
 * it and is given the counts; in between the service works for it, in threads
 * that are found by the GUIDs of the deployment job and of the call:
 *
 *	* START *   Install ClientId = X, Flags: 0X10050 (cV: ...)
 *	* START *  Installing updates CallerId = X
 *	Deployment job Id GUID : Beginning Installing of updates, CallerId = X.
 *	WU client deploy call id GUID successfully resumed update deployment
 *	job GUID.
 *	Deployment job Id GUID : NotifyClient (2916)(0) called for update id ...
 *	LogHistory called. idUpdate={GUID}.204, resultMapped=0, ...
 *	  Install ClientId = X
 *	Install call complete (succeeded = 1, ..., failed = 0, ...
 *
 * (the second up to Windows 10, the fourth in Windows 11).  Calls of one
 * caller may overlap; each step is met in the order in which they began.
 *
 * The history entry is the result of one update and has its code.  "Ending
 * Installing updates, ... Exit code = 0x00000000" stands there although every
 * update failed.
 *
 * The lines of Automatic Updates up to Windows 8.1 are written after articles
 * and postings: no real log of theirs with an install was at hand.
 */

#define GUID_LEN 36

/* Calls that are told apart at a time. */
#define CALLS_MAX 16

enum step { BY_CLIENT = 1, BY_AGENT = 2, BY_JOB = 4, RESUMED = 8 };

/* A call that runs, or did. */
struct call {
	struct ww_wu_key key;
	char caller[WW_WU_CALLER_MAX];
	size_t caller_len;
	unsigned steps; /* those it has been met in */
	bool ended;
	char job[GUID_LEN], deploy[GUID_LEN];
};

struct state {
	struct ww_wu_title title;
	struct call calls[CALLS_MAX]; /* a ring */
	unsigned n_calls;	      /* all there have been */
};

/* NULL when it has ended: its key may then be another call's. */
static struct ww_episode *
episode_of(const struct ww_marked_line *l, const struct call *call)
{
	return call->ended ? NULL
			   : ww_track_open(l->t, WW_EPISODE_WU_INSTALL,
					   ww_wu_key_slice(&call->key));
}

/* A key that no other running call has: a second one gets a number. */
static struct ww_wu_key
free_key(const struct ww_marked_line *l, struct ww_slice caller)
{
	static const char digits[] = "23456789";
	struct ww_wu_key key = ww_wu_key((struct ww_slice){ 0 }, caller);

	for (size_t i = 0; i + 1 < sizeof(digits); i++) {
		if (ww_track_open(l->t, WW_EPISODE_WU_INSTALL,
				  ww_wu_key_slice(&key)) == NULL)
			break;
		key = ww_wu_key(ww_slice_of(digits + i, 1), caller);
	}
	return key;
}

static struct call *
begin(const struct ww_marked_line *l, struct ww_slice caller)
{
	struct state *state = l->state;
	struct call *call = &state->calls[state->n_calls++ % CALLS_MAX];

	*call = (struct call){ .key = free_key(l, caller) };
	call->caller_len = caller.len;
	if (caller.len > 0)
		memcpy(call->caller, caller.p, caller.len);
	ww_wu_begin(l, WW_EPISODE_WU_INSTALL, ww_wu_key_slice(&call->key),
		    caller);
	return call;
}

/*
 * The caller's oldest call, running or ended, that has not been met in that
 * step.
 */
static struct call *
oldest(const struct ww_marked_line *l, struct ww_slice caller, enum step step,
       bool ended)
{
	struct state *state = l->state;
	unsigned i =
	    state->n_calls < CALLS_MAX ? 0 : state->n_calls - CALLS_MAX;

	for (; i < state->n_calls; i++) {
		struct call *call = &state->calls[i % CALLS_MAX];
		struct ww_slice name =
		    ww_slice_of(call->caller, call->caller_len);

		if ((call->steps & step) == 0 && ww_slice_eq(name, caller) &&
		    (episode_of(l, call) == NULL) == ended)
			return call;
	}
	return NULL;
}

/* The same, or a new call; the line's thread works for it. */
static struct call *
meet(const struct ww_marked_line *l, struct ww_slice caller, enum step step)
{
	struct call *call = oldest(l, caller, step, false);

	if (call != NULL)
		ww_track_thread(l->t, episode_of(l, call), l->record);
	else
		call = begin(l, caller);
	call->steps |= step;
	return call;
}

static void
keep_guid(char kept[GUID_LEN], struct ww_slice guid)
{
	guid = ww_wu_guid(guid);
	if (guid.len == GUID_LEN)
		memcpy(kept, guid.p, GUID_LEN);
}

/* Deployment job Id GUID : ...; Deploy call GUID : ... */
static struct ww_slice
subject_guid(const struct ww_marked_line *l)
{
	struct ww_slice rest =
	    ww_slice_behind(l->record->text, WW_LIT(" job Id "));

	if (rest.len == 0)
		rest = ww_slice_behind(l->record->text, WW_LIT("Deploy call "));
	return ww_wu_guid(rest);
}

/* The running call of a deployment job, or of the GUID of the call. */
static struct call *
find(const struct ww_marked_line *l, struct ww_slice guid)
{
	struct state *state = l->state;

	guid = ww_wu_guid(guid);
	for (unsigned i = 0; i < CALLS_MAX; i++) {
		struct call *call = &state->calls[i];
		struct ww_slice job = ww_slice_of(call->job, GUID_LEN);
		struct ww_slice deploy = ww_slice_of(call->deploy, GUID_LEN);

		if (ww_slice_casecmp(job, guid) == 0 ||
		    ww_slice_casecmp(deploy, guid) == 0)
			return episode_of(l, call) == NULL ? NULL : call;
	}
	return NULL;
}

/* A service that starts anew knows nothing of the calls before. */
static void
take_startup(const struct ww_marked_line *l)
{
	struct state *state = l->state;

	memset(state->calls, 0, sizeof(state->calls));
	state->n_calls = 0;
}

/*
 * A client's thread is given a result: most likely that of a call which the
 * service has just said to be over, and else of the oldest that runs.
 */
static void
resume(const struct ww_marked_line *l, struct ww_slice caller)
{
	struct call *call = oldest(l, caller, RESUMED, true);

	if (call == NULL || (call->steps & BY_CLIENT) == 0)
		call = oldest(l, caller, RESUMED, false);
	if (call == NULL)
		return;
	call->steps |= RESUMED;
	if (!call->ended)
		ww_track_thread(l->t, episode_of(l, call), l->record);
}

/*
 * The client's process: START, a line with the correlation vector when the
 * call is queued, one without in the thread that is given the result, END.
 */
static void
take_client(const struct ww_marked_line *l)
{
	struct ww_slice rest = ww_wu_captured(l, "caller");
	struct ww_slice caller = ww_wu_caller(rest);

	if (ww_wu_begins(l, "START"))
		begin(l, caller)->steps |= BY_CLIENT;
	else if (!ww_wu_begins(l, "END") && !ww_wu_begins(l, "SUBMITTED") &&
		 !ww_wu_has(rest, " (cV"))
		resume(l, caller);
}

static void
take_agent(const struct ww_marked_line *l)
{
	if (ww_wu_begins(l, "START"))
		meet(l, ww_wu_caller(ww_wu_captured(l, "caller")), BY_AGENT);
}

static void
take_job(const struct ww_marked_line *l)
{
	struct call *call =
	    meet(l, ww_wu_caller(ww_wu_captured(l, "caller")), BY_JOB);

	keep_guid(call->job, subject_guid(l));
}

static void
take_deploy(const struct ww_marked_line *l)
{
	struct call *call = find(l, ww_wu_captured(l, "job"));

	if (call == NULL)
		return;
	keep_guid(call->deploy, ww_wu_captured(l, "call"));
	ww_track_thread(l->t, episode_of(l, call), l->record);
}

/* The thread that hands on the results of a job. */
static void
take_notifier(const struct ww_marked_line *l)
{
	const struct call *call = find(l, subject_guid(l));

	if (call != NULL)
		ww_track_thread(l->t, episode_of(l, call), l->record);
}

/* Whatever ends it, its key is free for another call. */
static void
forget(const struct ww_marked_line *l, const struct ww_episode *e)
{
	struct state *state = l->state;

	for (unsigned i = 0; i < CALLS_MAX; i++) {
		struct call *call = &state->calls[i];

		if (ww_slice_eq(ww_wu_key_slice(&call->key), e->key))
			call->ended = true;
	}
}

static void
end(const struct ww_marked_line *l, struct ww_episode *e, uint32_t code)
{
	forget(l, e);
	ww_wu_end_call(l, e, N_("installed"), code);
}

static void
take_job_end(const struct ww_marked_line *l)
{
	const struct call *call = find(l, subject_guid(l));
	uint32_t code;

	if (call != NULL && ww_wu_code(l, &code) && ww_wu_failed(code))
		end(l, episode_of(l, call), code);
}

/* The result of one update: of the call, if it has no other. */
static void
set_result(const struct ww_marked_line *l, struct ww_episode *e,
	   struct ww_slice id, uint32_t code)
{
	ww_wu_set_result(l, e, id, N_("installed"), code);
	if (ww_wu_is_single(e)) {
		end(l, e, code);
	} else if (ww_wu_failed(code)) {
		e->has_code = true;
		e->code = code;
	}
}

/*
 * LogHistory called for Caller=X, idUpdate=GUID.200, operation = Install,
 * resultMapped=0, resultUnMapped=0; before Windows 11 without the caller and
 * the operation.
 */
static void
take_history(const struct ww_marked_line *l)
{
	struct ww_slice text = l->record->text, any = { 0 };
	struct ww_slice named = ww_slice_behind(text, WW_LIT("Caller="));
	struct ww_slice caller = ww_wu_caller(named);
	struct ww_wu_key key = ww_wu_key(any, caller);
	struct ww_slice id =
	    ww_wu_guid(ww_slice_behind(text, WW_LIT("idUpdate=")));
	struct ww_episode *e = ww_wu_here_of(l, WW_EPISODE_WU_INSTALL);
	uint32_t code;

	if (!ww_wu_hex(ww_slice_behind(text, WW_LIT("resultMapped=")), &code))
		return;
	if (e != NULL && named.len > 0 &&
	    !ww_slice_eq(ww_episode_note(e, "caller"), caller))
		e = NULL;
	if (e == NULL)
		e = ww_wu_need(l, WW_EPISODE_WU_INSTALL,
			       named.len == 0 ? any : ww_wu_key_slice(&key),
			       caller);
	set_result(l, e, id, code);
}

/* ... callback code = Update failed, ..., mapped result = 0x80070002, ... */
static void
take_update_callback(const struct ww_marked_line *l)
{
	struct ww_slice text = l->record->text;
	const struct call *call = find(l, subject_guid(l));
	uint32_t code;

	if (call != NULL && ww_wu_has(text, "callback code = Update failed") &&
	    ww_wu_hex(ww_slice_behind(text, WW_LIT(" mapped result = ")),
		      &code))
		set_result(l, episode_of(l, call),
			   ww_wu_guid(ww_wu_captured(l, "update")), code);
}

static void
take_counts(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_here_of(l, WW_EPISODE_WU_INSTALL);

	if (e == NULL)
		return;
	forget(l, e);
	ww_wu_end_by_counts(l, e, N_("installed"));
}

/* # WARNING: Install failed, error = 0x80070643 / 0x80070643 */
static void
take_failed(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_automatic(l, WW_EPISODE_WU_INSTALL);

	if (e != NULL)
		e->has_code = ww_wu_code(l, &e->code);
}

/* ##  END  ##  AU: Installing updates [CallId = {...}] */
static void
take_automatic(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_automatic(l, WW_EPISODE_WU_INSTALL);

	if (e != NULL && ww_wu_begins(l, "END"))
		end(l, e, e->has_code ? e->code : 0);
}

static void
take_title(const struct ww_marked_line *l)
{
	struct state *state = l->state;

	ww_wu_take_title(l, WW_EPISODE_WU_INSTALL, &state->title);
}

static void
take_update(const struct ww_marked_line *l)
{
	struct state *state = l->state;

	ww_wu_take_update(l, WW_EPISODE_WU_INSTALL, &state->title);
}

static void
take_count(const struct ww_marked_line *l)
{
	ww_wu_take_count(l, WW_EPISODE_WU_INSTALL);
}

enum line {
	STARTUP,
	CLIENT,
	AGENT,
	JOB,
	DEPLOY,
	NOTIFIER,
	JOB_END,
	HISTORY,
	UPDATE_CALLBACK,
	COUNTS,
	FAILED,
	AUTOMATIC,
	TITLE,
	UPDATE,
	COUNT,
};

static const struct ww_mark marks[] = {
	{ STARTUP, "Service startup" },
	{ CLIENT, "Install ClientId ={caller:rest}" },
	{ CLIENT, "COMAPI: Install [ClientId ={caller:rest}" },
	{ AGENT, "Installing updates CallerId ={caller:rest}" },
	{ AGENT, "Agent: Installing updates [CallerId ={caller:rest}" },
	{ JOB, ": Beginning {what:text}updates, CallerId ={caller:rest}" },
	{ DEPLOY, "WU client deploy call id {call:guid} successfully resumed "
		  "update deployment job {job:guid}" },
	{ NOTIFIER, ": NotifyClient (" },
	{ JOB_END, ": Ending {what:text}Exit code = {code:code}" },
	{ HISTORY, "LogHistory called" },
	{ UPDATE_CALLBACK,
	  ": deployment callback for top-level update {update:guid}" },
	{ COUNTS, "Install " WW_WU_COUNTS },
	{ FAILED, "Install failed, error = {code:code}" },
	{ AUTOMATIC, "AU: Install" },
	{ TITLE, "Title = {title:rest}" },
	{ UPDATE, "UpdateId = {update:guid}" },
	{ COUNT, "Updates to install = {n:int}" },
	{ COUNT, "Updates in request: {n:int}" },
};

static void (*const takers[])(const struct ww_marked_line *l) = {
	[CLIENT] = take_client,
	[AGENT] = take_agent,
	[DEPLOY] = take_deploy,
	[STARTUP] = take_startup,
	[JOB] = take_job,
	[NOTIFIER] = take_notifier,
	[JOB_END] = take_job_end,
	[HISTORY] = take_history,
	[UPDATE_CALLBACK] = take_update_callback,
	[COUNTS] = take_counts,
	[FAILED] = take_failed,
	[AUTOMATIC] = take_automatic,
	[TITLE] = take_title,
	[UPDATE] = take_update,
	[COUNT] = take_count,
};

const struct ww_tracker ww_tracker_wu_install = {
	.dialects = { WW_DIALECT_WU, WW_DIALECT_WU_CLASSIC },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = takers,
};
