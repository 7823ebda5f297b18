#include <stdio.h>

#include "episode/kept.h"
#include "episode/trackers.h"
#include "episode/wu.h"

#include "base/banned.h"

/*
 * Scans.  From Windows 10 on a scan is a call with a number and runs in one
 * thread from START to END:
 *
 *	* START * Finding updates CallerId = X  Id = 25 (cV = ...)
 *	* END * Finding updates CallerId = X, Id = 25, Exit code = 0x80240438
 *
 * In 1607 and 1709 the exit code is a line of its own before the END.  Agents
 * up to Windows 8.1 write an exit code in case of failure only, and those up
 * to Windows 7 no numbers:
 *
 *	** START **  Agent: Finding updates [CallerId = AutomaticUpdates]
 *	  * Found 0 updates and 76 categories in search; ...
 *	  * WARNING: Exit code = 0x8024402C
 *	**  END  **  Agent: Finding updates [CallerId = AutomaticUpdates]
 *	WARNING: WU client failed Searching for update with error 0x8024402c
 *
 * Series are told apart by service, and a scan of what is in the client's
 * store already ("Online = No") is a series of its own: it asks no server, and
 * its success must not pass for one of the server's.
 */

#define SERVER_MAX 240

struct state {
	/* The policy's WSUS, and where it was said. */
	char server[SERVER_MAX];
	struct ww_record said;
};

static struct ww_episode *
begin(const struct ww_marked_line *l, struct ww_slice number,
      struct ww_slice caller)
{
	struct state *state = l->state;
	struct ww_wu_key key = ww_wu_key(number, caller);
	struct ww_episode *e =
	    ww_wu_begin(l, WW_EPISODE_WU_SCAN, ww_wu_key_slice(&key), caller);

	if (state->said.raw.len > 0)
		ww_track_note(l->t, e, "wsus-server", state->said.raw,
			      &state->said);
	return e;
}

/* End it; what is quoted is the line that has the number. */
static void
end_by(const struct ww_marked_line *l, struct ww_episode *e, const char *note,
       uint32_t code)
{
	ww_wu_end(l, e, code);
	ww_track_quote(e, note);
}

/* The end is on record; the result may have stood before it. */
static void
end(const struct ww_marked_line *l, struct ww_episode *e)
{
	uint32_t code;

	if (ww_track_code(ww_episode_note(e, "exit-code"), &code))
		end_by(l, e, "exit-code", code);
	else if (ww_episode_note(e, "found").len > 0)
		ww_track_end(l->t, e, WW_OUTCOME_SUCCEEDED, l->record);
	else if (ww_track_code(ww_episode_note(e, "step-code"), &code))
		end_by(l, e, "step-code", code);
}

static void
take_start(const struct ww_marked_line *l)
{
	begin(l, ww_wu_captured(l, "id"),
	      ww_wu_caller(ww_wu_captured(l, "caller")));
}

static void
take_end(const struct ww_marked_line *l)
{
	struct ww_slice caller = ww_wu_caller(ww_wu_captured(l, "caller"));
	struct ww_wu_key key = ww_wu_key(ww_wu_captured(l, "id"), caller);
	struct ww_episode *e =
	    ww_wu_need(l, WW_EPISODE_WU_SCAN, ww_wu_key_slice(&key), caller);
	struct ww_slice stated =
	    ww_slice_behind(l->record->text, WW_LIT("Exit code = "));
	uint32_t code;

	if (ww_wu_hex(stated, &code))
		ww_wu_end(l, e, code);
	else
		end(l, e);
}

/* START or END of an agent up to Windows 8.1; 8.1 has numbers too. */
static void
take_classic(const struct ww_marked_line *l)
{
	struct ww_slice whole = ww_wu_captured(l, "caller");
	struct ww_slice caller = ww_wu_caller(whole);
	struct ww_slice number = ww_slice_trim(
	    ww_wu_before(ww_slice_behind(whole, WW_LIT(" Id = ")), "]"));
	struct ww_wu_key key = ww_wu_key(number, caller);
	struct ww_episode *e = ww_wu_here_of(l, WW_EPISODE_WU_SCAN);

	if (ww_wu_begins(l, "START")) {
		begin(l, number, caller);
	} else if (ww_wu_begins(l, "END")) {
		if (e == NULL)
			e = ww_wu_need(l, WW_EPISODE_WU_SCAN,
				       ww_wu_key_slice(&key), caller);
		end(l, e);
	}
}

/* A line of its own: "Exit code =" stands in many others too. */
static void
take_exit_code(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_here_of(l, WW_EPISODE_WU_SCAN);

	if (e != NULL && ww_wu_begins(l, "Exit code"))
		ww_wu_note(l, e, "exit-code", ww_wu_captured(l, "code"));
}

/* Stands behind the END, and is the result where that is missing. */
static void
take_failed(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_here_of(l, WW_EPISODE_WU_SCAN);
	uint32_t code;

	if (e != NULL && ww_wu_code(l, &code))
		ww_wu_end(l, e, code);
}

/* What Automatic Updates is told, in a thread of its own. */
static void
take_callback(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_automatic(l, WW_EPISODE_WU_SCAN);
	uint32_t code;

	if (e != NULL && ww_wu_code(l, &code))
		ww_wu_end(l, e, code);
}

/* A step of the scan; the result where no exit code is given. */
static void
take_step(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_here_of(l, WW_EPISODE_WU_SCAN);

	if (e != NULL)
		ww_wu_note(l, e, "step-code", ww_wu_captured(l, "code"));
}

/* Found 0 updates and 7 categories in search; ... */
static void
take_found(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_here_of(l, WW_EPISODE_WU_SCAN);
	struct ww_slice number =
	    ww_slice_behind(l->record->text, WW_LIT("Found "));

	if (e != NULL && number.len > 0)
		ww_wu_note(l, e, "found", ww_wu_before(number, " "));
}

static void
take_online(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_here_of(l, WW_EPISODE_WU_SCAN);

	if (e != NULL)
		ww_wu_note(l, e, "online", ww_wu_captured(l, "online"));
}

static void
take_service(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_here_of(l, WW_EPISODE_WU_SCAN);
	struct ww_slice name =
	    ww_wu_service(ww_wu_guid(ww_wu_captured(l, "service")));
	char subject[64];
	int len;

	if (e == NULL || e->subject.len > 0)
		return;
	ww_wu_note(l, e, "service", name);
	if (!ww_slice_eq(ww_episode_note(e, "online"), WW_LIT("No"))) {
		ww_track_subject(l->t, e, name);
		return;
	}
	len = snprintf(subject, sizeof(subject), "%.*s (offline)",
		       (int)name.len, name.p);
	ww_track_subject(l->t, e, ww_slice_of(subject, (size_t)len));
}

static void
take_server(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_here_of(l, WW_EPISODE_WU_SCAN);

	if (e != NULL)
		ww_wu_note(l, e, "server", ww_wu_captured(l, "url"));
}

/* WSUS server: http://wsus:8530 (Changed); (null) and <NULL> are none. */
static void
take_policy(const struct ww_marked_line *l)
{
	struct ww_slice url = ww_wu_before(ww_wu_captured(l, "url"), " (");
	struct state *state = l->state;

	url = ww_keep_text(state->server, SERVER_MAX, url);
	if (!ww_wu_has(url, "://"))
		url.len = 0;
	state->said = (struct ww_record){
		.time = l->record->time,
		.line = l->record->line,
		.raw = ww_slice_of(state->server, url.len),
	};
}

enum line {
	START,
	END,
	CLASSIC,
	EXIT_CODE,
	FAILED,
	CALLBACK,
	STEP,
	FOUND,
	ONLINE,
	SERVICE,
	SERVER,
	POLICY,
};

static const struct ww_mark marks[] = {
	{ START,
	  "* START * Finding updates CallerId = {caller:text} Id = {id:int}" },
	{ END,
	  "* END * Finding updates CallerId = {caller:text} Id = {id:int}" },
	{ CLASSIC, "Agent: Finding updates [CallerId ={caller:rest}" },
	{ EXIT_CODE, "Exit code = {code:code}" },
	{ FAILED,
	  "WU client failed Searching for update with error {code:code}" },
	{ CALLBACK, "Search callback failed, result = {code:code}" },
	{ CALLBACK, "Failed to find updates with error code {code:code}" },
	{ STEP, "WARNING: Failed to {what:text}, error = {code:code}" },
	{ FOUND, " categories in search" },
	{ ONLINE, "Online = {online:word};" },
	{ SERVICE, "ServiceID = {service:guid}" },
	{ SERVER, "Server URL = {url:rest}" },
	{ POLICY, "WSUS server: {url:rest}" },
};

static void (*const takers[])(const struct ww_marked_line *l) = {
	[START] = take_start,	  [END] = take_end,
	[CLASSIC] = take_classic, [EXIT_CODE] = take_exit_code,
	[FAILED] = take_failed,	  [CALLBACK] = take_callback,
	[STEP] = take_step,	  [FOUND] = take_found,
	[ONLINE] = take_online,	  [SERVICE] = take_service,
	[SERVER] = take_server,	  [POLICY] = take_policy,
};

const struct ww_tracker ww_tracker_wu_scan = {
	.dialects = { WW_DIALECT_WU, WW_DIALECT_WU_CLASSIC },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = takers,
};
