#include "site/map.h"

#include "site/xml.h"

#include "base/banned.h"

#define XML_HEAD   "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
#define NAME_SPACE " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"

void
site_add_map_name(struct ww_buf *buf, size_t number)
{
	ww_buf_add(buf, WW_LIT("sitemap-"));
	ww_buf_decimal(buf, (int64_t)number + 1);
	ww_buf_add(buf, WW_LIT(".xml"));
}

struct ww_slice
site_maps(struct ww_arena *arena, const struct site_files *files)
{
	struct ww_buf buf = ww_buf_in(arena);

	ww_buf_add(&buf, WW_LIT(XML_HEAD "<sitemapindex" NAME_SPACE));
	for (size_t i = 0; i < files->maps; i++) {
		ww_buf_add(&buf, WW_LIT("<sitemap><loc>"));
		site_add_xml(&buf, files->site.base);
		site_add_map_name(&buf, i);
		ww_buf_add(&buf, WW_LIT("</loc></sitemap>\n"));
	}
	ww_buf_add(&buf, WW_LIT("</sitemapindex>\n"));
	return ww_buf_slice(&buf);
}

/* The i-th page of all languages. */
static struct site_page
page_at(const struct site_files *files, size_t i)
{
	unsigned lang = files->site.lang + (unsigned)(i / files->pages);

	return site_plan_at(&files->plan, lang, i % files->pages);
}

struct ww_slice
site_map(struct ww_arena *arena, const struct site_files *files, size_t number)
{
	size_t i = number * SITE_MAP_MAX, n = files->langs * files->pages;
	struct ww_buf buf = ww_buf_in(arena);

	if (n - i > SITE_MAP_MAX)
		n = i + SITE_MAP_MAX;
	ww_buf_add(&buf, WW_LIT(XML_HEAD "<urlset" NAME_SPACE));
	for (; i < n; i++) {
		struct site_page page = page_at(files, i);

		ww_buf_add(&buf, WW_LIT("<url><loc>"));
		site_add_xml(&buf, files->site.base);
		site_add_address(&buf, files->site.c, &page);
		ww_buf_add(&buf, WW_LIT("</loc></url>\n"));
	}
	ww_buf_add(&buf, WW_LIT("</urlset>\n"));
	return ww_buf_slice(&buf);
}
