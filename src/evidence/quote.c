#include "evidence/quote.h"

#include "base/banned.h"

/* The bytes of s that are whole characters and at most max. */
static size_t
clip(struct ww_slice s, size_t max)
{
	size_t len = max;

	if (s.len <= max)
		return s.len;
	/* At most three: what is longer was no UTF-8. */
	while (len > max - 3 && ((unsigned char)s.p[len] & 0xC0) == 0x80)
		len--;
	return len;
}

struct ww_quote
ww_quote_of(struct ww_arena *arena, uint32_t file,
	    const struct ww_record *record)
{
	struct ww_slice text = record->raw;
	struct ww_quote quote = {
		.file = file,
		.line = record->line,
		.time = record->time,
	};

	while (text.len > 0 && ww_is_space(text.p[text.len - 1]))
		text.len--;
	quote.cut = text.len > WW_QUOTE_MAX;
	text.len = clip(text, WW_QUOTE_MAX);
	while (text.len > 0 && ww_is_space(text.p[text.len - 1]))
		text.len--;
	quote.text =
	    ww_slice_of(ww_arena_copy(arena, text.p, text.len), text.len);
	return quote;
}
