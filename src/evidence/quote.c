#include "evidence/quote.h"

#include "base/utf8.h"

#include "base/banned.h"

struct ww_quote
ww_quote_place(uint32_t file, const struct ww_record *record)
{
	struct ww_slice text = ww_slice_trim(ww_record_raw(record));

	return (struct ww_quote){ .file = file,
				  .line = record->line,
				  .time = record->time,
				  .cut = text.len > WW_QUOTE_MAX,
				  .text = ww_utf8_cut(text, WW_QUOTE_MAX) };
}
