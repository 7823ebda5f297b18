#include "compile/template.h"

#include "base/buf.h"

#include "base/banned.h"

static void
add_quoted(struct ww_buf *out, const char *keyword, struct ww_slice text)
{
	ww_buf_add(out, ww_slice_cstr(keyword));
	ww_buf_add(out, WW_LIT(" \""));
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] == '\n') {
			ww_buf_add(out, WW_LIT("\\n"));
			continue;
		}
		if (text.p[i] == '"' || text.p[i] == '\\')
			ww_buf_char(out, '\\');
		ww_buf_char(out, text.p[i]);
	}
	ww_buf_add(out, WW_LIT("\"\n"));
}

struct ww_slice
template_bytes(const struct image *image)
{
	struct ww_buf out = ww_buf_in(image->arena);
	uint32_t n = image_count(image, WW_S_TEXT);

	ww_buf_add(&out, WW_LIT("msgid \"\"\nmsgstr \"\"\n"
				"\"Content-Type: text/plain; "
				"charset=UTF-8\\n\"\n"));
	for (uint32_t i = 1; i < n; i++) {
		/* The interface has no context; its template is another. */
		if (image->contexts[i].len == 0)
			continue;
		ww_buf_char(&out, '\n');
		add_quoted(&out, "msgctxt", image->contexts[i]);
		add_quoted(&out, "msgid", image_text_at(image, i, 0));
		ww_buf_add(&out, WW_LIT("msgstr \"\"\n"));
	}
	return ww_buf_slice(&out);
}
