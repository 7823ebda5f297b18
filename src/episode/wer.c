/*
 * Reports of Windows Error Reporting: of programs, updates, packages and
 * Windows itself that failed.  Each is an episode, which its last part ends.
 */
#include "base/compiler.h"
#include "episode/trackers.h"
#include "episode/wer_kind.h"
#include "episode/wu.h"

#include "base/banned.h"

enum { TYPE, VALUE };

static const struct ww_mark marks[] = {
	{ TYPE, "^EventType={type:rest}" },
	{ VALUE, "^Signature {n:int} = {value:rest}" },
};

#define NAME_LEN 64

struct state {
	const struct ww_wer_kind *kind; /* NULL: none that is looked at */
	struct ww_episode *report;
	bool has_result;
	uint32_t result;
	char module[NAME_LEN];
	size_t module_len;
};

/* A part of the signature at hand. */
struct part {
	const struct ww_marked_line *l;
	struct state *s;
	unsigned number;
	struct ww_slice value;
};

static void
on_type(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	if (s->report == NULL)
		s->kind = ww_wer_kind(ww_captured(l->captures, "type"));
}

static void
begin(const struct part *p)
{
	struct ww_slice none = { 0 };

	if (p->s->report == NULL)
		p->s->report = ww_track_begin(p->l->t, p->s->kind->episode,
					      none, p->l->record);
}

/* What is quoted is the line that says most. */
static void
end(const struct part *p)
{
	struct ww_episode *e = p->s->report;
	bool by_result = p->s->has_result;
	uint32_t result = p->s->result;

	*p->s = (struct state){ .kind = NULL };
	if (by_result)
		ww_wu_end(p->l, e, result);
	else
		ww_track_end(p->l->t, e, WW_OUTCOME_FAILED, p->l->record);
	ww_track_quote(e, "stop-code");
	ww_track_quote(e, "hresult");
}

static void
note(const struct part *p, const char *name)
{
	if (p->value.len > 0)
		ww_track_note(p->l->t, p->s->report, name, p->value,
			      p->l->record);
}

/* Programs */

/* Windows calls one that it does not know "unknown", in any language. */
static void
keep_module(const struct part *p)
{
	size_t n = p->value.len;

	if (n >= NAME_LEN || ww_slice_eq(p->value, WW_LIT("unknown")))
		return;
	memcpy(p->s->module, p->value.p, n);
	p->s->module_len = n;
}

/* ntdll.dll and 00000000000550ce */
static void
note_place(const struct part *p)
{
	struct ww_slice offset = p->value;
	char text[NAME_LEN + sizeof("+0x") + 16];
	const struct ww_slice plus = WW_LIT("+0x");
	size_t n = p->s->module_len;

	while (offset.len > 1 && offset.p[0] == '0')
		offset = ww_slice_from(offset, 1);
	if (n == 0 || offset.len == 0 || offset.len > 16)
		return;
	memcpy(text, p->s->module, n);
	memcpy(text + n, plus.p, plus.len);
	memcpy(text + n + plus.len, offset.p, offset.len);
	ww_track_note(p->l->t, p->s->report, "place",
		      ww_slice_of(text, n + plus.len + offset.len),
		      p->l->record);
}

static void
take_exception(const struct part *p)
{
	struct ww_episode *e = p->s->report;

	if (!ww_track_code(p->value, &e->code))
		return;
	e->has_code = true;
	note(p, "exception");
}

/* Updates */

/* What an update was about to do; all but the first two change Windows. */
static const struct {
	const char *name;
	enum ww_episode_id episode;
} steps[] = {
	{ "Scan", WW_EPISODE_WU_SCAN },
	{ "Download", WW_EPISODE_WU_DOWNLOAD },
};

static void
take_step(const struct part *p)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(steps); i++)
		if (ww_slice_casecmp(p->value, ww_slice_cstr(steps[i].name)) ==
		    0)
			p->s->report->kind = steps[i].episode;
	note(p, "stage");
}

/* Hexadecimal digits: 8024402c.  The note is for its quote only. */
static void
take_result(const struct part *p)
{
	p->s->has_result = ww_wu_hex(p->value, &p->s->result);
	note(p, "hresult");
}

static void
take_update(const struct part *p)
{
	struct ww_slice id = ww_wu_guid(p->value);

	if (!ww_slice_starts(id, WW_LIT("00000000-0000-")))
		ww_track_subject(p->l->t, p->s->report, id);
}

/* Windows */

static void
take_stop(const struct part *p)
{
	uint64_t v;

	if (!ww_slice_hex(p->value, &v) || v == 0 || v > UINT32_MAX)
		return;
	begin(p);
	ww_track_stop(p->l->t, p->s->report, (uint32_t)v, p->l->record);
	ww_track_subject(p->l->t, p->s->report,
			 ww_episode_note(p->s->report, "stop-code"));
}

static void
take_parameter(const struct part *p)
{
	struct ww_episode *e = p->s->report;
	unsigned n = p->number;

	if (n == 0 || n > WW_STOP_PARAMETERS_MAX)
		return;
	if (!ww_slice_hex(p->value, &e->parameters[n - 1]))
		return;
	e->has_parameters = n == WW_STOP_PARAMETERS_MAX;
}

/* Parts */

static void
take(const struct part *p, const struct ww_wer_part *known)
{
	begin(p);
	switch (known->role) {
	case WW_WER_NOTE:
		note(p, known->note);
		break;
	case WW_WER_SUBJECT:
		ww_track_subject(p->l->t, p->s->report, p->value);
		break;
	case WW_WER_UPDATE:
		take_update(p);
		break;
	case WW_WER_MODULE:
		keep_module(p);
		break;
	case WW_WER_OFFSET:
		note_place(p);
		break;
	case WW_WER_EXCEPTION:
		take_exception(p);
		break;
	case WW_WER_RESULT:
		take_result(p);
		break;
	case WW_WER_STEP:
		take_step(p);
		break;
	case WW_WER_STOP:
		break;
	}
}

static void
on_value(const struct ww_marked_line *l)
{
	struct part p = {
		.l = l,
		.s = l->state,
		.number = ww_track_number(ww_captured(l->captures, "n")),
		.value = ww_captured(l->captures, "value"),
	};
	const struct ww_wer_part *known;

	if (p.s->kind == NULL)
		return;
	known = ww_wer_part(p.s->kind, p.number);
	if (known != NULL && known->role == WW_WER_STOP)
		take_stop(&p);
	else if (known != NULL)
		take(&p, known);
	else if (p.s->report != NULL && p.s->report->stop != 0)
		take_parameter(&p);
	if (p.s->report != NULL && p.number == p.s->kind->last)
		end(&p);
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
