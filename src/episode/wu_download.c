#include "base/message.h"
#include "episode/trackers.h"
#include "episode/wu_updates.h"

#include "base/banned.h"

/*
 * Downloads.  From Windows 10 on a call is known by its GUID:
 *
 *	* START * Begin Downloading Updates [CallerId = X] [Call ID = {GUID}]
 *	* END * Begin Downloading Updates [...] [hr = 0x00000000]
 *	WU client calls back to download call {GUID} with code Call complete
 *	and error 0x80246007
 *
 * The END is that of the request only.  The callback carries the first error
 * of the updates; what the client's process is told (0x80240022) does not.
 *
 * The lines of agents up to Windows 8.1 are written after articles and
 * postings: no real log of theirs with a download was at hand.
 */

struct state {
	bool classic;
	struct ww_wu_title title;
};

static void
end(const struct ww_marked_line *l, struct ww_episode *e, uint32_t code)
{
	ww_wu_end_call(l, e, N_("downloaded"), code);
}

static void
take_start(const struct ww_marked_line *l)
{
	ww_wu_begin(l, WW_EPISODE_WU_DOWNLOAD,
		    ww_wu_guid(ww_wu_captured(l, "call")),
		    ww_wu_caller(ww_wu_captured(l, "caller")));
}

static void
take_requested(const struct ww_marked_line *l)
{
	struct ww_episode *e =
	    ww_track_open(l->t, WW_EPISODE_WU_DOWNLOAD,
			  ww_wu_guid(ww_wu_captured(l, "call")));
	uint32_t code;

	if (e != NULL && ww_wu_code(l, &code) && ww_wu_failed(code))
		end(l, e, code);
}

/* "Call progress" comes often; "complete" and "Aborted" once. */
static void
take_callback(const struct ww_marked_line *l)
{
	const struct state *state = l->state;
	struct ww_slice any = { 0 };
	struct ww_slice what = ww_wu_captured(l, "what");
	struct ww_slice call = ww_wu_guid(ww_wu_captured(l, "call"));
	struct ww_episode *e;
	uint32_t code;

	if (ww_slice_casestarts(what, WW_LIT("progress")) ||
	    !ww_wu_hex(ww_slice_behind(what, WW_LIT(" and error ")), &code))
		return;
	e = state->classic ? ww_track_open(l->t, WW_EPISODE_WU_DOWNLOAD, any)
			   : ww_wu_need(l, WW_EPISODE_WU_DOWNLOAD, call, any);
	if (e != NULL)
		end(l, e, code);
}

/* ** START **  DnldMgr: Downloading updates [CallerId = AutomaticUpdates] */
static void
take_classic(const struct ww_marked_line *l)
{
	struct state *state = l->state;
	struct ww_slice caller = ww_wu_caller(ww_wu_captured(l, "caller"));
	struct ww_wu_key key = ww_wu_key((struct ww_slice){ 0 }, caller);

	state->classic = true;
	if (ww_wu_begins(l, "START"))
		ww_wu_begin(l, WW_EPISODE_WU_DOWNLOAD, ww_wu_key_slice(&key),
			    caller);
}

/* The thread of the client's process in which the counts will stand. */
static void
take_resumed(const struct ww_marked_line *l)
{
	struct ww_slice caller = ww_wu_caller(ww_wu_captured(l, "caller"));
	struct ww_wu_key key = ww_wu_key((struct ww_slice){ 0 }, caller);
	struct ww_episode *e =
	    ww_track_open(l->t, WW_EPISODE_WU_DOWNLOAD, ww_wu_key_slice(&key));

	if (e != NULL && ww_wu_begins(l, "RESUMED"))
		ww_track_thread(l->t, e, l->record);
}

static void
take_counts(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_here_of(l, WW_EPISODE_WU_DOWNLOAD);

	if (e != NULL)
		ww_wu_end_by_counts(l, e, N_("downloaded"));
}

static void
take_failed(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_automatic(l, WW_EPISODE_WU_DOWNLOAD);
	uint32_t code;

	if (e != NULL && ww_wu_code(l, &code))
		end(l, e, code);
}

/* >>##  RESUMED  ## AU: Download update [UpdateId = {...}, succeeded] */
static void
take_succeeded(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_automatic(l, WW_EPISODE_WU_DOWNLOAD);

	if (e != NULL && ww_wu_has(ww_wu_captured(l, "rest"), "succeeded"))
		end(l, e, 0);
}

static void
take_service(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_wu_here_of(l, WW_EPISODE_WU_DOWNLOAD);

	if (e != NULL)
		ww_wu_note(l, e, "service",
			   ww_wu_service(
			       ww_wu_guid(ww_wu_captured(l, "service"))));
}

static void
take_title(const struct ww_marked_line *l)
{
	struct state *state = l->state;

	ww_wu_take_title(l, WW_EPISODE_WU_DOWNLOAD, &state->title);
}

static void
take_update(const struct ww_marked_line *l)
{
	struct state *state = l->state;

	ww_wu_take_update(l, WW_EPISODE_WU_DOWNLOAD, &state->title);
}

static void
take_count(const struct ww_marked_line *l)
{
	ww_wu_take_count(l, WW_EPISODE_WU_DOWNLOAD);
}

enum line {
	START,
	REQUESTED,
	CALLBACK,
	CLASSIC,
	RESUMED,
	COUNTS,
	FAILED,
	SUCCEEDED,
	SERVICE,
	TITLE,
	UPDATE,
	COUNT,
};

static const struct ww_mark marks[] = {
	{ START, "* START * Begin Downloading Updates [CallerId = "
		 "{caller:text}] [Call ID = {call:guid}" },
	{ REQUESTED, "* END * Begin Downloading Updates [CallerId = "
		     "{caller:text}] [Call ID = {call:guid}] [hr = "
		     "{code:code}]" },
	{ CALLBACK, "calls back to download call {call:guid} with code Call "
		    "{what:rest}" },
	{ CLASSIC, "DnldMgr: Downloading updates [CallerId ={caller:rest}" },
	{ RESUMED, "COMAPI: Download [ClientId ={caller:rest}" },
	{ COUNTS, "Download " WW_WU_COUNTS },
	{ FAILED, "Download failed, error = {code:code}" },
	{ SUCCEEDED, "AU: Download update [UpdateId ={rest:rest}" },
	{ SERVICE, "Owner is system = {owner:int}, Proxy session id = "
		   "{session:int}, ServiceId = {service:guid}" },
	{ TITLE, "Title = {title:rest}" },
	{ UPDATE, "UpdateId = {update:guid}" },
	{ COUNT, "Updates to download = {n:int}" },
};

static void (*const takers[])(const struct ww_marked_line *l) = {
	[START] = take_start,	    [REQUESTED] = take_requested,
	[CALLBACK] = take_callback, [CLASSIC] = take_classic,
	[RESUMED] = take_resumed,   [COUNTS] = take_counts,
	[FAILED] = take_failed,	    [SUCCEEDED] = take_succeeded,
	[SERVICE] = take_service,   [TITLE] = take_title,
	[UPDATE] = take_update,	    [COUNT] = take_count,
};

const struct ww_tracker ww_tracker_wu_download = {
	.dialects = { WW_DIALECT_WU, WW_DIALECT_WU_CLASSIC },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = takers,
};
