/*
 * Checks of the component store by DISM and by Windows itself, as CBS.log
 * tells them: the session that was asked for one, and the block "Checking
 * System Update Readiness" with what was found and what came of it.
 */
#include "episode/component.h"
#include "episode/kept.h"
#include "episode/servicing.h"
#include "episode/trackers.h"

#include "base/compiler.h"
#include "base/message.h"

#include "base/banned.h"

#define PATH_KEPT 300

enum {
	INITIALIZED,
	SOURCE,
	ASKED,
	STARTED,
	LOCAL_ONLY,
	NO_UPDATE,
	BLOCK,
	ITEM,
	OPERATION,
	RESULT,
	STEP,
	DETECTED,
	REPAIRED,
	DURATION,
	COMPLETE,
};

static const struct ww_mark marks[] = {
	{ INITIALIZED, "^Session: {id:word} initialized by client " },
	{ SOURCE, "^Exec: Addsource called, {text}, Path: {path:rest}" },
	{ ASKED, "^Client specifies {rest}" },
	{ STARTED, "^Exec: Session processing started.{rest}" },
	{ LOCAL_ONLY, "specified using local source only" },
	{ NO_UPDATE, "not qualified for Windows Update download, skip WU" },
	{ BLOCK, "^Checking System Update Readiness" },
	/* Tabs, which get lost when lines are quoted. */
	{ ITEM, "^(p)\tCSI" },
	{ ITEM, "^(p)\tCBS" },
	{ ITEM, "^(p) CSI" },
	{ ITEM, "^(p) CBS" },
	{ OPERATION, "^Operation: {rest}" },
	{ RESULT, "^Operation result: {code}" },
	{ STEP, "^Last Successful Step: {rest}" },
	{ DETECTED, "^Total Detected Corruption:{gap}{n:int}" },
	{ REPAIRED, "^Total Repaired Corruption:{gap}{n:int}" },
	{ DURATION, "^Total Operation Time: {n:int}" },
	{ COMPLETE, "^Exec: Processing complete, session(Corruption {rest}" },
};

struct count {
	bool known;
	unsigned n;
};

struct state {
	char source[PATH_KEPT]; /* of the session that is prepared */
	size_t source_len;
	uint64_t source_at; /* see ww_track_now(); 0: none was named */
	bool in_session;    /* it ends with its session, not with its block */
	bool in_block;
	bool detect_only;
	bool has_result;
	uint32_t result;
	struct count detected, repaired;
	struct ww_version_sum newest; /* of what is damaged */
	struct ww_kept end;	      /* the block's last line */
};

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

/* Only one session at a time may work on the store. */
static struct ww_episode *
running(const struct ww_marked_line *l)
{
	const struct ww_slice any = { 0 };

	return ww_track_open(l->t, WW_EPISODE_STORE_CHECK, any);
}

static void
note(const struct ww_marked_line *l, const char *name, struct ww_slice value)
{
	struct ww_episode *e = running(l);

	if (e != NULL && value.len > 0)
		ww_track_note(l->t, e, name, value, l->record);
}

static struct ww_slice
captured(const struct ww_marked_line *l, const char *name)
{
	return ww_slice_trim(ww_captured(l->captures, name));
}

static void
forget(struct state *s)
{
	s->in_session = s->in_block = s->detect_only = s->has_result = false;
	s->detected.known = s->repaired.known = false;
	s->newest.known = false;
	s->end.line = 0;
}

/* Found, and not one more than was repaired. */
static bool
is_repaired(const struct state *s, const struct ww_episode *e)
{
	if (!s->detected.known)
		return e->n_bad == 0;
	return s->detected.n == 0 ||
	       (s->repaired.known && s->repaired.n >= s->detected.n);
}

/* What was not yet said of the items is known at the end. */
static void
settle_items(const struct ww_marked_line *l, struct ww_episode *e,
	     bool repaired)
{
	const char *state = repaired ? N_("repaired")
			    : state_of(l)->detect_only
				? N_("found, not repaired")
				: N_("not repaired");

	for (struct ww_item *item = e->items; item != NULL; item = item->next)
		if (item->bad)
			ww_track_item(l->t, e, item->name, item->detail, state,
				      !repaired, l->record);
}

static void
end_check(const struct ww_marked_line *l, struct ww_episode *e)
{
	struct state *s = l->state;
	bool repaired = is_repaired(s, e);
	bool clean = s->has_result && s->result == 0;

	settle_items(l, e, repaired && clean);
	if (!repaired && s->newest.known)
		ww_track_note(l->t, e, "version", ww_version_text(&s->newest),
			      l->record);
	if (clean && !repaired)
		ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
	else if (s->has_result)
		ww_servicing_end(l->t, e, s->result, l->record);
	forget(s);
}

/* The block was read to its end, and nothing more came. */
static void
end_kept(const struct ww_marked_line *l)
{
	struct ww_record end = ww_kept_record(&state_of(l)->end);
	struct ww_marked_line kept = *l;
	struct ww_episode *e = running(l);

	kept.record = &end;
	if (e != NULL && state_of(l)->end.line != 0 && state_of(l)->has_result)
		end_check(&kept, e);
	forget(l->state);
}

static struct ww_episode *
begin(const struct ww_marked_line *l, struct ww_slice key)
{
	struct state *s = l->state;
	struct ww_episode *e;

	end_kept(l);
	e = ww_track_begin(l->t, WW_EPISODE_STORE_CHECK, key, l->record);
	if (s->source_len > 0)
		ww_track_note(l->t, e, "source-path",
			      ww_slice_of(s->source, s->source_len), l->record);
	if (s->source_at > 0)
		ww_track_adopt(l->t, e, s->source_at);
	s->source_len = 0;
	s->source_at = 0;
	return e;
}

/* A source is named before the check is asked for, or not at all. */
static void
on_initialized(const struct ww_marked_line *l)
{
	/* It is another one: the check of a log that was cut is over. */
	if (state_of(l)->end.line != 0 && !state_of(l)->in_session)
		end_kept(l);
	state_of(l)->source_len = 0;
	state_of(l)->source_at = 0;
}

static void
on_source(const struct ww_marked_line *l)
{
	struct ww_slice path = captured(l, "path");

	state_of(l)->source_len =
	    ww_keep_text(state_of(l)->source, PATH_KEPT, path).len;
	state_of(l)->source_at = ww_track_now(l->t);
}

/* Client specifies store corruption detect and repair. */
static void
on_asked(const struct ww_marked_line *l)
{
	const struct ww_slice none = { 0 };

	if (!ww_slice_casehas(captured(l, "rest"), WW_LIT("corruption")))
		return;
	begin(l, none);
	state_of(l)->in_session = true;
}

/* Client: X, Session(Store Corruption Detect/Repair): 30792633_1394979193 */
static void
on_started(const struct ww_marked_line *l)
{
	struct ww_slice rest = captured(l, "rest");
	struct ww_episode *e = running(l);

	if (!ww_slice_casehas(rest, WW_LIT("Corruption")))
		return;
	if (e == NULL || !state_of(l)->in_session)
		begin(l, ww_servicing_field(rest, "): "));
	state_of(l)->in_session = true;
	note(l, "client", ww_servicing_field(rest, "Client: "));
}

static void
on_local_only(const struct ww_marked_line *l)
{
	note(l, "local-source-only", WW_LIT("yes"));
}

static void
on_no_update(const struct ww_marked_line *l)
{
	note(l, "skip-wu", WW_LIT("yes"));
}

static void
on_block(const struct ww_marked_line *l)
{
	const struct ww_slice none = { 0 };

	if (state_of(l)->end.line != 0 || running(l) == NULL)
		begin(l, none);
	state_of(l)->in_block = true;
}

static void
on_item(const struct ww_marked_line *l)
{
	struct ww_finding found = ww_finding_of(l->record->text);
	struct ww_episode *e = running(l);
	struct ww_slice version = ww_component_version(found.name);

	if (!state_of(l)->in_block || e == NULL || found.name.len == 0)
		return;
	ww_track_item(l->t, e, found.name, version,
		      found.repaired ? N_("repaired") : N_("not repaired"),
		      !found.repaired, l->record);
	if (!found.repaired)
		ww_version_add(&state_of(l)->newest, version);
}

static void
on_operation(const struct ww_marked_line *l)
{
	if (!state_of(l)->in_block)
		return;
	note(l, "operation", captured(l, "rest"));
	state_of(l)->detect_only =
	    ww_slice_casestarts(captured(l, "rest"), WW_LIT("Detect only"));
}

static void
on_result(const struct ww_marked_line *l)
{
	if (!state_of(l)->in_block)
		return;
	state_of(l)->has_result =
	    ww_track_code(captured(l, "code"), &state_of(l)->result);
	note(l, "result", captured(l, "code"));
	ww_keep(&state_of(l)->end, l->record);
}

static void
on_step(const struct ww_marked_line *l)
{
	if (state_of(l)->in_block)
		note(l, "last-step", captured(l, "rest"));
}

static struct count
count(const struct ww_marked_line *l)
{
	return (struct count){ .known = true,
			       .n = ww_track_number(captured(l, "n")) };
}

static void
on_detected(const struct ww_marked_line *l)
{
	if (!state_of(l)->in_block)
		return;
	state_of(l)->detected = count(l);
	note(l, "detected", captured(l, "n"));
}

static void
on_repaired(const struct ww_marked_line *l)
{
	if (!state_of(l)->in_block)
		return;
	state_of(l)->repaired = count(l);
	note(l, "repaired", captured(l, "n"));
}

/* The block ends; its session, if there is one, goes on for some lines. */
static void
on_duration(const struct ww_marked_line *l)
{
	if (state_of(l)->in_block && state_of(l)->has_result)
		ww_keep(&state_of(l)->end, l->record);
	state_of(l)->in_block = false;
}

/* Corruption Repairing): 30792633_1394979193 [HRESULT = 0x800f0820 - … */
static void
on_complete(const struct ww_marked_line *l)
{
	struct ww_episode *e = running(l);
	uint32_t code;

	if (e == NULL || !ww_servicing_hresult(captured(l, "rest"), &code))
		return;
	if (!state_of(l)->has_result || state_of(l)->result == 0)
		state_of(l)->result = code;
	state_of(l)->has_result = true;
	end_check(l, e);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[INITIALIZED] = on_initialized,
	[SOURCE] = on_source,
	[ASKED] = on_asked,
	[STARTED] = on_started,
	[LOCAL_ONLY] = on_local_only,
	[NO_UPDATE] = on_no_update,
	[BLOCK] = on_block,
	[ITEM] = on_item,
	[OPERATION] = on_operation,
	[RESULT] = on_result,
	[STEP] = on_step,
	[DETECTED] = on_detected,
	[REPAIRED] = on_repaired,
	[DURATION] = on_duration,
	[COMPLETE] = on_complete,
};

const struct ww_tracker ww_tracker_store = {
	.dialects = { WW_DIALECT_CBS, WW_DIALECT_DISM },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = end_kept,
};
