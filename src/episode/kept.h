/*
 * A line, or a text of it, that a tracker needs when its record is gone: what
 * decided an outcome is often known only when something else begins.
 */
#ifndef WW_EPISODE_KEPT_H
#define WW_EPISODE_KEPT_H

#include "base/utf8.h"
#include "evidence/quote.h"

/* A text of at most size bytes, kept; a longer one is cut. */
static inline struct ww_slice
ww_keep_text(char *room, size_t size, struct ww_slice s)
{
	s = ww_utf8_cut(s, size);
	if (s.len > 0)
		memcpy(room, s.p, s.len);
	return ww_slice_of(room, s.len);
}

struct ww_kept {
	char text[WW_QUOTE_MAX];
	size_t len;
	uint64_t line;
	ww_time time;
};

/* As much of the record as a quote shows. */
static inline void
ww_keep(struct ww_kept *kept, const struct ww_record *record)
{
	struct ww_quote q = ww_quote_place(0, record);

	if (q.text.len > 0)
		memcpy(kept->text, q.text.p, q.text.len);
	kept->len = q.text.len;
	kept->line = record->line;
	kept->time = record->time;
}

/* Borrowed from kept: good enough to be quoted. */
static inline struct ww_record
ww_kept_record(const struct ww_kept *kept)
{
	struct ww_slice text = ww_slice_of(kept->text, kept->len);

	return (struct ww_record){ .time = kept->time,
				   .text = text,
				   .raw = text,
				   .line = kept->line };
}

#endif
