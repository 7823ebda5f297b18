/*
 * NDJSON: a member more in the object of a line, and nothing else changed.
 * The texts of many lines are scanned in one go.
 */
#include "annotate/annotator.h"
#include "annotate/object.h"

#include "base/banned.h"

/* Lines that are scanned together. */
#define BATCH 512

struct line {
	struct ww_slice text; /* with its line feed */
	bool is_object;
	size_t close; /* of its object; 0: it gets no member */
};

struct batch {
	struct line lines[BATCH];
	size_t n;
	size_t fill; /* of a->texts */
};

/* What is looked at of a line; a line feed ends it. */
static void
add_text(struct ww_annotator *a, struct batch *b, struct ww_slice text)
{
	b->fill += ww_object_text(text, a->texts + b->fill);
	a->texts[b->fill++] = '\n';
}

static void
add_line(struct ww_annotator *a, struct batch *b, struct ww_slice text)
{
	struct line *line = &b->lines[b->n++];
	struct ww_slice nothing = { .p = text.p };
	struct ww_object object;

	*line = (struct line){ .text = text };
	line->is_object = ww_object_read(text, a->options.field, &object);
	if (!line->is_object) {
		a->counts.invalid += ww_slice_trim(text).len > 0;
		add_text(a, b, nothing);
		return;
	}
	if (!object.annotated)
		line->close = object.close;
	if (object.annotated || (a->options.field.len > 0 && !object.has_field))
		add_text(a, b, nothing);
	else if (object.has_field)
		add_text(a, b, object.value);
	else
		add_text(a, b, ww_slice_of(text.p, object.close));
}

static void
write_line(struct ww_annotator *a, const struct line *line)
{
	if (!line->is_object) {
		ww_annotate_copy(a, line->text);
		return;
	}
	if (a->n_notes == 0) {
		ww_annotate_copy_object(a, line->text);
		return;
	}
	ww_annotate_copy_object(a, ww_slice_of(line->text.p, line->close));
	ww_buf_add(&a->out, WW_LIT(",\"" WW_MEMBER "\":"));
	ww_annotate_array(a);
	ww_annotate_copy_object(a, ww_slice_from(line->text, line->close));
}

static void
write_batch(struct ww_annotator *a, struct batch *b)
{
	struct ww_slice text = ww_slice_of(a->texts, b->fill);
	struct ww_sighting s;
	bool sighted;

	ww_scan_text(&a->scan, text);
	sighted = ww_scan_next(&a->scan, &s);
	for (size_t i = 0; i < b->n; i++) {
		while (sighted && ww_scan_lines(&a->scan) == i) {
			ww_annotate_note(a, text, &s, 0);
			sighted = ww_scan_next(&a->scan, &s);
		}
		write_line(a, &b->lines[i]);
	}
	b->n = b->fill = 0;
}

/* A line that is too long to be held goes through. */
static bool
pass_part(struct ww_annotator *a, struct ww_slice *text, bool part)
{
	size_t end = 0;

	if (a->in_part)
		end = ww_annotate_line_end(*text, 0);
	else if (part) {
		a->counts.too_long++;
		end = text->len;
	}
	ww_annotate_copy(a, ww_slice_of(text->p, end));
	*text = ww_slice_from(*text, end);
	return text->len > 0;
}

void
ww_annotate_objects(struct ww_annotator *a, struct ww_slice text, bool part)
{
	struct batch b;

	b.n = b.fill = 0;
	if (!pass_part(a, &text, part))
		return;
	for (size_t at = 0; at < text.len;) {
		size_t end = ww_annotate_line_end(text, at);

		if (b.n == BATCH || b.fill + (end - at) + 1 > WW_HELD_MAX)
			write_batch(a, &b);
		add_line(a, &b, ww_slice_part(text, at, end - at));
		at = end;
	}
	write_batch(a, &b);
}
