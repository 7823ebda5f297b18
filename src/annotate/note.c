/*
 * Which codes of a line are told, and as what.
 */
#include "annotate/annotator.h"
#include "code/look.h"
#include "code/number.h"

#include "base/banned.h"

static bool
is_announced(struct ww_annotator *a, struct ww_slice text,
	     const struct ww_sighting *s)
{
	struct ww_cue cue = ww_cue_recall(&a->scan.memo, text, s->at);

	return cue.code || cue.stop;
}

/* 0x30 and 0x00000026: a flag, a size or a count far more often than a code. */
static bool
is_plain_number(const struct ww_spelled *s)
{
	return s->form == WW_FORM_HEX && s->n_params == 0 &&
	       (s->digits < 8 || s->value >> 16 == 0);
}

static bool
is_success(const struct ww_spelled *s)
{
	struct ww_hresult hr = { .v = s->value };

	return !ww_hresult_failed(hr) && s->value >> 16 != 0;
}

/* What an earlier call left behind says nothing of this line. */
static bool
is_worth(struct ww_annotator *a, struct ww_slice text,
	 const struct ww_sighting *s)
{
	bool quiet = is_plain_number(&s->spelled) ||
		     (a->format == WW_ANNOTATE_TEXT && is_success(&s->spelled));

	return !s->leftover && (!quiet || is_announced(a, text, s));
}

static bool
is_noted(const struct ww_annotator *a, const struct ww_known *known)
{
	for (size_t i = 0; i < a->n_notes; i++)
		if (a->notes[i].known.value == known->value &&
		    ww_slice_eq(a->notes[i].known.name, known->name))
			return true;
	return false;
}

static bool
was_told(const struct ww_annotator *a, const struct ww_known *known,
	 uint64_t line)
{
	return line > 0 && known->told > 0 &&
	       line - known->told < a->options.again;
}

/* As it stands in the line, so that who searches for that finds both. */
static void
copy_spelling(struct ww_note *note, const struct ww_sighting *s)
{
	size_t n = 0;

	while (n < s->text.len && n < sizeof(note->spelled) - 1 &&
	       (ww_is_kind(s->text.p[n], WW_KIND_TOKEN) || s->text.p[n] == '-'))
		n++;
	memcpy(note->spelled, s->text.p, n);
	note->spelled[n] = '\0';
}

/* At once: the next look-up may take the place of what is known. */
static void
add_object(struct ww_annotator *a, struct ww_known *known)
{
	if (a->n_notes > 1)
		ww_buf_char(&a->objects, ',');
	ww_known_json(&a->knowns, known, &a->objects);
}

void
ww_annotate_note(struct ww_annotator *a, struct ww_slice text,
		 const struct ww_sighting *s, uint64_t line)
{
	struct ww_known *known;
	struct ww_note *note;

	if (a->n_notes == WW_NOTES_MAX || !is_worth(a, text, s))
		return;
	known = ww_known_of(&a->knowns, &s->spelled);
	if (known->name.len == 0 || is_noted(a, known) ||
	    was_told(a, known, line))
		return;
	known->told = line;
	note = &a->notes[a->n_notes++];
	note->known = *known;
	a->counts.codes++;
	if (a->format == WW_ANNOTATE_TEXT)
		copy_spelling(note, s);
	else
		add_object(a, known);
}

void
ww_annotate_array(struct ww_annotator *a)
{
	ww_buf_char(&a->out, '[');
	ww_buf_add(&a->out, ww_buf_slice(&a->objects));
	ww_buf_char(&a->out, ']');
	a->objects.len = a->n_notes = 0;
}
