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

struct call {
	struct ww_tracking *t;
	struct state *s;
	const struct ww_record *record;
	const struct ww_captures *captures;
};

/* Only one session at a time may work on the store. */
static struct ww_episode *
running(const struct call *c)
{
	const struct ww_slice any = { 0 };

	return ww_track_open(c->t, WW_EPISODE_STORE_CHECK, any);
}

static void
note(const struct call *c, const char *name, struct ww_slice value)
{
	struct ww_episode *e = running(c);

	if (e != NULL && value.len > 0)
		ww_track_note(c->t, e, name, value, c->record);
}

static struct ww_slice
captured(const struct call *c, const char *name)
{
	return ww_slice_trim(ww_captured(c->captures, name));
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
settle_items(const struct call *c, struct ww_episode *e, bool repaired)
{
	const char *state = repaired		? N_("repaired")
			    : c->s->detect_only ? N_("found, not repaired")
						: N_("not repaired");

	for (struct ww_item *item = e->items; item != NULL; item = item->next)
		if (item->bad)
			ww_track_item(c->t, e, item->name, item->detail, state,
				      !repaired, c->record);
}

static void
end_check(const struct call *c, struct ww_episode *e)
{
	struct state *s = c->s;
	bool repaired = is_repaired(s, e);
	bool clean = s->has_result && s->result == 0;

	settle_items(c, e, repaired && clean);
	if (!repaired && s->newest.known)
		ww_track_note(c->t, e, "version", ww_version_text(&s->newest),
			      c->record);
	if (clean && !repaired)
		ww_track_end(c->t, e, WW_OUTCOME_FAILED, c->record);
	else if (s->has_result)
		ww_servicing_end(c->t, e, s->result, c->record);
	forget(s);
}

/* The block was read to its end, and nothing more came. */
static void
end_kept(const struct call *c)
{
	struct ww_record end = ww_kept_record(&c->s->end);
	struct call kept = *c;
	struct ww_episode *e = running(c);

	kept.record = &end;
	if (e != NULL && c->s->end.line != 0 && c->s->has_result)
		end_check(&kept, e);
	forget(c->s);
}

static struct ww_episode *
begin(const struct call *c, struct ww_slice key)
{
	struct state *s = c->s;
	struct ww_episode *e;

	end_kept(c);
	e = ww_track_begin(c->t, WW_EPISODE_STORE_CHECK, key, c->record);
	if (s->source_len > 0)
		ww_track_note(c->t, e, "source-path",
			      ww_slice_of(s->source, s->source_len), c->record);
	if (s->source_at > 0)
		ww_track_adopt(c->t, e, s->source_at);
	s->source_len = 0;
	s->source_at = 0;
	return e;
}

/* A source is named before the check is asked for, or not at all. */
static void
on_initialized(const struct call *c)
{
	c->s->source_len = 0;
	c->s->source_at = 0;
}

static void
on_source(const struct call *c)
{
	struct ww_slice path = captured(c, "path");

	c->s->source_len = ww_keep_text(c->s->source, PATH_KEPT, path).len;
	c->s->source_at = ww_track_now(c->t);
}

/* Client specifies store corruption detect and repair. */
static void
on_asked(const struct call *c)
{
	const struct ww_slice none = { 0 };

	if (!ww_slice_casehas(captured(c, "rest"), WW_LIT("corruption")))
		return;
	begin(c, none);
	c->s->in_session = true;
}

/* Client: X, Session(Store Corruption Detect/Repair): 30792633_1394979193 */
static void
on_started(const struct call *c)
{
	struct ww_slice rest = captured(c, "rest");
	struct ww_episode *e = running(c);

	if (!ww_slice_casehas(rest, WW_LIT("Corruption")))
		return;
	if (e == NULL || !c->s->in_session)
		begin(c, ww_servicing_field(rest, "): "));
	c->s->in_session = true;
	note(c, "client", ww_servicing_field(rest, "Client: "));
}

static void
on_local_only(const struct call *c)
{
	note(c, "local-source-only", WW_LIT("yes"));
}

static void
on_no_update(const struct call *c)
{
	note(c, "skip-wu", WW_LIT("yes"));
}

static void
on_block(const struct call *c)
{
	const struct ww_slice none = { 0 };

	if (c->s->end.line != 0 || running(c) == NULL)
		begin(c, none);
	c->s->in_block = true;
}

static void
on_item(const struct call *c)
{
	struct ww_finding found = ww_finding_of(c->record->text);
	struct ww_episode *e = running(c);
	struct ww_slice version = ww_component_version(found.name);

	if (!c->s->in_block || e == NULL || found.name.len == 0)
		return;
	ww_track_item(c->t, e, found.name, version,
		      found.repaired ? N_("repaired") : N_("not repaired"),
		      !found.repaired, c->record);
	if (!found.repaired)
		ww_version_add(&c->s->newest, version);
}

static void
on_operation(const struct call *c)
{
	if (!c->s->in_block)
		return;
	note(c, "operation", captured(c, "rest"));
	c->s->detect_only =
	    ww_slice_casestarts(captured(c, "rest"), WW_LIT("Detect only"));
}

static void
on_result(const struct call *c)
{
	if (!c->s->in_block)
		return;
	c->s->has_result = ww_track_code(captured(c, "code"), &c->s->result);
	note(c, "result", captured(c, "code"));
	ww_keep(&c->s->end, c->record);
}

static void
on_step(const struct call *c)
{
	if (c->s->in_block)
		note(c, "last-step", captured(c, "rest"));
}

static struct count
count(const struct call *c)
{
	return (struct count){ .known = true,
			       .n = ww_track_number(captured(c, "n")) };
}

static void
on_detected(const struct call *c)
{
	if (!c->s->in_block)
		return;
	c->s->detected = count(c);
	note(c, "detected", captured(c, "n"));
}

static void
on_repaired(const struct call *c)
{
	if (!c->s->in_block)
		return;
	c->s->repaired = count(c);
	note(c, "repaired", captured(c, "n"));
}

/* The block ends; a session goes on for some lines. */
static void
on_duration(const struct call *c)
{
	struct ww_episode *e = running(c);

	if (c->s->in_block && !c->s->in_session && e != NULL &&
	    c->s->has_result)
		end_check(c, e);
	c->s->in_block = false;
}

/* Corruption Repairing): 30792633_1394979193 [HRESULT = 0x800f0820 - … */
static void
on_complete(const struct call *c)
{
	struct ww_episode *e = running(c);
	uint32_t code;

	if (e == NULL || !ww_servicing_hresult(captured(c, "rest"), &code))
		return;
	if (!c->s->has_result || c->s->result == 0)
		c->s->result = code;
	c->s->has_result = true;
	end_check(c, e);
}

static void (*const actions[])(const struct call *c) = {
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

static void
mark_store(struct ww_tracking *t, void *state, unsigned mark,
	   const struct ww_record *record, const struct ww_captures *captures)
{
	const struct call c = {
		.t = t, .s = state, .record = record, .captures = captures
	};

	actions[mark](&c);
}

static void
finish_store(struct ww_tracking *t, void *state)
{
	const struct call c = { .t = t, .s = state };

	end_kept(&c);
}

const struct ww_tracker ww_tracker_store = {
	.dialects = { WW_DIALECT_CBS, WW_DIALECT_DISM },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.mark = mark_store,
	.finish = finish_store,
};
