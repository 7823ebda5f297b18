/*
 * Text in the XML of feeds and sitemaps: texts of the catalogue, and addresses
 * that were given.
 */
#ifndef WW_SITE_XML_H
#define WW_SITE_XML_H

#include "base/buf.h"

static inline void
site_add_xml(struct ww_buf *buf, struct ww_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		switch (text.p[i]) {
		case '<':
			ww_buf_add(buf, WW_LIT("&lt;"));
			break;
		case '>':
			ww_buf_add(buf, WW_LIT("&gt;"));
			break;
		case '&':
			ww_buf_add(buf, WW_LIT("&amp;"));
			break;
		case '"':
			ww_buf_add(buf, WW_LIT("&quot;"));
			break;
		default:
			/* XML 1.0 has no word for the other controls. */
			if ((unsigned char)text.p[i] >= ' ' ||
			    text.p[i] == '\n' || text.p[i] == '\t')
				ww_buf_char(buf, text.p[i]);
		}
}

/* <name>text</name> */
static inline void
site_add_element(struct ww_buf *buf, const char *name, struct ww_slice text)
{
	ww_buf_char(buf, '<');
	ww_buf_add(buf, ww_slice_cstr(name));
	ww_buf_char(buf, '>');
	site_add_xml(buf, text);
	ww_buf_add(buf, WW_LIT("</"));
	ww_buf_add(buf, ww_slice_cstr(name));
	ww_buf_add(buf, WW_LIT(">\n"));
}

#endif
