/*
 * Sitemaps, by which search engines find the pages of a published site; one
 * holds so many, and another one names all of them (sitemaps.org).
 */
#ifndef WW_SITE_MAP_H
#define WW_SITE_MAP_H

#include "site/files.h"

/* sitemap-1.xml for number 0 */
void site_add_map_name(struct ww_buf *buf, size_t number);

struct ww_slice site_maps(struct ww_arena *arena,
			  const struct site_files *files);
struct ww_slice site_map(struct ww_arena *arena, const struct site_files *files,
			 size_t number);

#endif
