/*
 * Reports of Windows Error Reporting: a program or Windows that crashed.  The
 * parts of the signature are known by their numbers.
 */
#include "base/compiler.h"
#include "episode/trackers.h"

#include "base/banned.h"

enum { TYPE, VALUE };

static const struct ww_mark marks[] = {
	{ TYPE, "^EventType={type:rest}" },
	{ VALUE, "^Signature {n:int} = {value:rest}" },
};

#define NAME_LEN 64

/* Which part is what; the last of them ends the report. */
struct layout {
	const char *type;
	unsigned name, version, module, code, offset, last;
};

static const struct layout layouts[] = {
	{ "APPCRASH", 0, 1, 3, 6, 7, 7 },
	{ "MoAppCrash", 1, 2, 4, 7, 8, 8 },
	{ "BEX", 0, 1, 3, 7, 6, 7 },
	{ "BEX64", 0, 1, 3, 7, 6, 7 },
};

/* Of a stop: the code, and behind it its parameters. */
#define STOP_LAST 4

struct state {
	const struct layout *layout; /* of a program; NULL: none */
	bool stop;
	struct ww_episode *report;
	char module[NAME_LEN];
	size_t module_len;
};

static void
on_type(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	struct ww_slice type = ww_captured(l->captures, "type");

	if (s->report != NULL)
		return;
	s->stop = ww_slice_casecmp(type, WW_LIT("BlueScreen")) == 0;
	s->layout = NULL;
	for (size_t i = 0; i < WW_ARRAY_LEN(layouts); i++)
		if (ww_slice_casecmp(type, ww_slice_cstr(layouts[i].type)) == 0)
			s->layout = &layouts[i];
}

static void
begin(const struct ww_marked_line *l, enum ww_episode_id kind)
{
	struct state *s = l->state;

	if (s->report != NULL)
		return;
	s->report =
	    ww_track_begin(l->t, kind, (struct ww_slice){ 0 }, l->record);
}

static void
end(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	struct ww_episode *e = s->report;

	*s = (struct state){ .layout = NULL };
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
}

/* Programs */

/* ntdll.dll and 00000000000550ce */
static void
note_place(const struct ww_marked_line *l, struct ww_slice offset)
{
	struct state *s = l->state;
	char text[NAME_LEN + sizeof("+0x") + 16];
	const struct ww_slice plus = WW_LIT("+0x");
	size_t n = s->module_len;

	while (offset.len > 1 && offset.p[0] == '0')
		offset = ww_slice_from(offset, 1);
	if (n == 0 || offset.len == 0 || offset.len > 16)
		return;
	memcpy(text, s->module, n);
	memcpy(text + n, plus.p, plus.len);
	memcpy(text + n + plus.len, offset.p, offset.len);
	ww_track_note(l->t, s->report, "place",
		      ww_slice_of(text, n + plus.len + offset.len), l->record);
}

static void
keep_module(struct state *s, struct ww_slice module)
{
	s->module_len = module.len < NAME_LEN ? module.len : 0;
	if (s->module_len > 0)
		memcpy(s->module, module.p, module.len);
}

static void
take_part(const struct ww_marked_line *l, unsigned n, struct ww_slice value)
{
	struct state *s = l->state;
	const struct layout *p = s->layout;
	bool last = n == p->last;

	if (n == p->name) {
		begin(l, WW_EPISODE_APP_CRASH);
		ww_track_subject(l->t, s->report, value);
	}
	if (s->report == NULL)
		return;
	if (n == p->version)
		ww_track_note(l->t, s->report, "version", value, l->record);
	if (n == p->module)
		keep_module(s, value);
	if (n == p->offset)
		note_place(l, value);
	if (n == p->code && ww_track_code(value, &s->report->code)) {
		s->report->has_code = true;
		ww_track_note(l->t, s->report, "exception", value, l->record);
	}
	if (last)
		end(l);
}

/* Windows */

static void
begin_stop(const struct ww_marked_line *l, uint32_t code)
{
	struct state *s = l->state;

	begin(l, WW_EPISODE_STOP);
	ww_track_stop(l->t, s->report, code, l->record);
	ww_track_subject(l->t, s->report,
			 ww_episode_note(s->report, "stop-code"));
}

static void
take_stop(const struct ww_marked_line *l, unsigned n, struct ww_slice value)
{
	struct state *s = l->state;
	struct ww_episode *e = s->report;
	uint64_t v;

	if (!ww_slice_hex(value, &v))
		return;
	if (n == 0 && v != 0 && v <= UINT32_MAX)
		begin_stop(l, (uint32_t)v);
	if (e == NULL || n == 0 || n > STOP_LAST)
		return;
	e->parameters[n - 1] = v;
	if (n < STOP_LAST)
		return;
	e->has_parameters = true;
	end(l);
	ww_track_quote(e, "stop-code");
}

static void
on_value(const struct ww_marked_line *l)
{
	const struct state *s = l->state;
	unsigned n = ww_track_number(ww_captured(l->captures, "n"));
	struct ww_slice value = ww_captured(l->captures, "value");

	if (s->layout != NULL)
		take_part(l, n, value);
	else if (s->stop)
		take_stop(l, n, value);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[TYPE] = on_type,
	[VALUE] = on_value,
};

const struct ww_tracker ww_tracker_wer = {
	.dialects = { WW_DIALECT_WER },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.by_time = true,
	.on = actions,
};
