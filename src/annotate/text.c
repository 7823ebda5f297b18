/*
 * Text: below a line, a line for each of its codes that was not explained a
 * moment ago.
 */
#include "annotate/annotator.h"
#include "base/compiler.h"

#include "base/banned.h"

/* Of our lines, and of no log's: so that they can be found and taken out. */
#define MARK "  winwhy: "

static void
paint(struct ww_annotator *a, const char *sequence)
{
	if (a->options.colour)
		ww_buf_add(&a->out, ww_slice_cstr(sequence));
}

static void
add_part(struct ww_buf *out, struct ww_slice text)
{
	if (text.len == 0)
		return;
	ww_buf_add(out, WW_LIT("  "));
	ww_buf_add(out, text);
}

/* 0x80070005 as it was written; -2147024891 with the number that it is. */
static void
add_code(struct ww_buf *out, const struct ww_note *note)
{
	struct ww_slice spelled = ww_slice_cstr(note->spelled);
	uint64_t value;

	ww_buf_add(out, spelled);
	if (ww_slice_casestarts(spelled, WW_LIT("0x")) ||
	    (spelled.len == 8 && ww_slice_hex(spelled, &value) &&
	     value == note->known.value))
		return;
	ww_buf_add(out, spelled.len > 0 ? WW_LIT(" = 0x") : WW_LIT("0x"));
	ww_buf_hex(out, note->known.value, 8);
}

static void
add_note(struct ww_annotator *a, const struct ww_note *note)
{
	const struct ww_known *known = &note->known;

	paint(a, "\x1b[36m");
	ww_buf_add(&a->out, WW_LIT(MARK));
	add_code(&a->out, note);
	add_part(&a->out, known->name);
	paint(a, "\x1b[0m");
	add_part(&a->out, known->meaning);
	add_part(&a->out, known->family);
}

/* The line, whose end is known, and its notes, which end as it does. */
static void
end_line(struct ww_annotator *a, struct ww_slice line)
{
	bool ended = line.p[line.len - 1] == '\n';
	bool returns = ended && line.len > 1 && line.p[line.len - 2] == '\r';

	ww_annotate_copy(a, line);
	for (size_t i = 0; i < a->n_notes; i++) {
		if (!ended)
			ww_buf_char(&a->out, '\n');
		add_note(a, &a->notes[i]);
		if (returns)
			ww_buf_char(&a->out, '\r');
		if (ended)
			ww_buf_char(&a->out, '\n');
	}
	a->n_notes = 0;
}

void
ww_annotate_text(struct ww_annotator *a, struct ww_slice text, bool part)
{
	size_t done = 0, end = 0;
	struct ww_sighting s;

	/* The line may have begun in a part before. */
	if (a->n_notes > 0)
		end = ww_annotate_line_end(text, 0);
	ww_scan_text(&a->scan, text);
	while (ww_scan_next(&a->scan, &s)) {
		if (a->n_notes > 0 && s.at >= end) {
			end_line(a, ww_slice_part(text, done, end - done));
			done = end;
		}
		if (a->n_notes == 0)
			end = ww_annotate_line_end(text, s.at);
		ww_annotate_note(a, text, &s,
				 a->lines + ww_scan_lines(&a->scan) + 1);
	}
	if (a->n_notes > 0 && !(part && end == text.len)) {
		end_line(a, ww_slice_part(text, done, end - done));
		done = end;
	}
	ww_annotate_copy(a, ww_slice_from(text, done));
	a->lines += ww_scan_lines(&a->scan);
}
