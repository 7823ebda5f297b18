/*
 * What search engines are told of a published page: schema.org as JSON-LD.
 */
#ifndef WW_RENDER_HTML_LINKED_DATA_H
#define WW_RENDER_HTML_LINKED_DATA_H

#include "render/html/html.h"

void ww_html_linked_data(struct ww_html *h, const struct ww_node *root);

#endif
