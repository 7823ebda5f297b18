/*
 * Reports as bytes.
 */
#ifndef WINWHY_RENDER_H
#define WINWHY_RENDER_H

#include <winwhy/report.h>

#ifdef __cplusplus
extern "C" {
#endif

enum ww_format {
	WW_FORMAT_TEXT,
	WW_FORMAT_JSON,
	WW_FORMAT_JSONL, /* one answer a line */
	WW_FORMAT_MARKDOWN,
	WW_FORMAT_HTML, /* a page that stands alone */
	WW_FORMATS
};

struct ww_style {
	unsigned width; /* columns for text, at least 40; 0 is 80 */
	int colour;	/* ANSI sequences in text */
	int full;	/* text: also what is usually folded away */
	int brief;	/* text and Markdown: one line for each code */
};

/*
 * Render a report.  *ret is UTF-8 and lives as long as the report.
 * WW_NOMEM, and WW_INVALID for no format, are the only failures.
 */
WW_API enum ww_status ww_render(struct ww_report *report, enum ww_format format,
				const struct ww_style *style,
				struct ww_slice *ret);

#ifdef __cplusplus
}
#endif

#endif
