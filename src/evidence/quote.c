#include "evidence/quote.h"

#include "base/banned.h"

/* Not in the middle of a UTF-8 character. */
static size_t
character_border(struct ww_slice s, size_t at)
{
	while (at > 0 && at < s.len && ((unsigned char)s.p[at] & 0xC0) == 0x80)
		at--;
	return at;
}

struct ww_quote
ww_quote_place(uint32_t file, const struct ww_record *record)
{
	struct ww_slice text = ww_slice_trim(record->raw);
	bool cut = text.len > WW_QUOTE_MAX;

	if (cut)
		text.len = character_border(text, WW_QUOTE_MAX);
	return (struct ww_quote){ .file = file,
				  .line = record->line,
				  .time = record->time,
				  .cut = cut,
				  .text = text };
}
