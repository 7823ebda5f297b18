/*
 * rsyslog's mmexternal: it writes a message as a line and reads a line back,
 * an object with what is to change; {} where nothing is.  Exactly one reply
 * for each line, or it waits for ever.
 */
#include "annotate/annotator.h"
#include "annotate/object.h"

#include "base/banned.h"

/* Where interface.input="fulljson" has the message. */
#define MESSAGE WW_LIT("msg")

/* What is looked at of a line; where it is an object, one of its members. */
static struct ww_slice
text_of(struct ww_annotator *a, struct ww_slice line)
{
	struct ww_slice field = a->options.field;
	struct ww_object object;

	if (!ww_object_read(line, field.len > 0 ? field : MESSAGE, &object))
		return line;
	if (!object.has_field)
		return field.len > 0 ? ww_slice_of(line.p, 0) : line;
	return ww_slice_of(a->texts, ww_object_text(object.value, a->texts));
}

static void
reply(struct ww_annotator *a, struct ww_slice line)
{
	struct ww_slice text = text_of(a, line);
	struct ww_sighting s;

	ww_scan_text(&a->scan, text);
	while (ww_scan_next(&a->scan, &s))
		ww_annotate_note(a, text, &s, 0);
	if (a->n_notes == 0) {
		ww_annotate_put(a, WW_LIT("{}\n"));
		return;
	}
	ww_buf_add(&a->out, WW_LIT("{\"$!\":{\"" WW_MEMBER "\":"));
	ww_annotate_array(a);
	ww_annotate_put(a, WW_LIT("}}\n"));
}

void
ww_annotate_replies(struct ww_annotator *a, struct ww_slice text, bool part)
{
	/* A line without its line feed is no message. */
	for (size_t at = 0; !part && at < text.len;) {
		size_t end = ww_annotate_line_end(text, at);

		if (text.p[end - 1] != '\n')
			return;
		if (a->in_part)
			ww_annotate_put(a, WW_LIT("{}\n"));
		else
			reply(a, ww_slice_part(text, at, end - 1 - at));
		a->in_part = false;
		at = end;
	}
}
