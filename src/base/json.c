#include "base/json.h"

#include "base/banned.h"

static void
add_escape(struct ww_buf *out, unsigned char c)
{
	static const char shorts[] = "\"\\\b\f\n\r\t";
	static const char letters[] = "\"\\bfnrt";
	const char *at = c == 0 ? NULL : strchr(shorts, c);

	ww_buf_char(out, '\\');
	if (at != NULL) {
		ww_buf_char(out, letters[at - shorts]);
		return;
	}
	ww_buf_add(out, WW_LIT("u"));
	ww_buf_hex(out, c, 4);
}

void
ww_json_string(struct ww_buf *out, struct ww_slice s)
{
	size_t start = 0;

	ww_buf_char(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		ww_buf_add(out, ww_slice_part(s, start, i - start));
		add_escape(out, c);
		start = i + 1;
	}
	ww_buf_add(out, ww_slice_from(s, start));
	ww_buf_char(out, '"');
}
