#include "site/files.h"

#include "base/compiler.h"
#include "site/feed.h"
#include "site/front.h"
#include "site/index.h"
#include "site/map.h"
#include "site/page.h"

#include "base/banned.h"

/*
 * In this order: style and scripts, what a site has once, sitemaps, and for
 * each language its index, its feed and its pages.
 */
enum part {
	PART_ASSET,
	PART_FRONT,
	PART_MISSING,
	PART_ROBOTS,
	PART_MAPS,
	PART_MAP,
	PART_INDEX,
	PART_FEED,
	PART_PAGE,
};

/* A file as a part of the site, and its number in that. */
struct place {
	enum part part;
	unsigned lang;
	size_t number;
};

static size_t
assets(void)
{
	size_t n = 0;

	while (ww_page_asset_at(n).name != NULL)
		n++;
	return n;
}

static bool
is_published(const struct site_files *files)
{
	return files->site.base.len > 0;
}

/* Index, feed and pages. */
static size_t
files_of_language(const struct site_files *files)
{
	return files->pages + 1 + is_published(files);
}

/* Style, scripts, front page, page for what is missing, robots, maps. */
static size_t
files_once(const struct site_files *files)
{
	return assets() + 3 + (is_published(files) ? 1 + files->maps : 0);
}

void
site_files(struct ww_arena *arena, const struct site *site, bool all,
	   struct site_files *ret)
{
	size_t pages;

	*ret = (struct site_files){ .site = *site, .all = all };
	site_plan(arena, site->c, all, &ret->plan);
	ret->site.plan = &ret->plan;
	ret->pages = site_plan_size(&ret->plan);
	ret->langs = site->one_language ? 1 : site->c->n_langs;
	pages = ret->langs * ret->pages;
	ret->maps = (pages + SITE_MAP_MAX - 1) / SITE_MAP_MAX;
	ret->count = files_once(ret) + ret->langs * files_of_language(ret);
}

static struct place
place_once(size_t i)
{
	static const enum part parts[] = { PART_FRONT, PART_MISSING,
					   PART_ROBOTS, PART_MAPS };

	if (i < assets())
		return (struct place){ .part = PART_ASSET, .number = i };
	i -= assets();
	if (i < WW_ARRAY_LEN(parts))
		return (struct place){ .part = parts[i] };
	return (struct place){ .part = PART_MAP,
			       .number = i - WW_ARRAY_LEN(parts) };
}

static struct place
place_of(const struct site_files *files, size_t i)
{
	size_t once = files_once(files), each = files_of_language(files);
	struct place place = { .part = PART_PAGE };

	if (i < once)
		return place_once(i);
	place.lang = files->site.lang + (unsigned)((i - once) / each);
	place.number = (i - once) % each;
	if (place.number < files->pages)
		return place;
	place.part = place.number == files->pages ? PART_INDEX : PART_FEED;
	return place;
}

static void
add_in_language(struct ww_buf *buf, const struct site_files *files,
		unsigned lang, const char *name)
{
	ww_buf_add(buf, ww_catalogue_language_id(files->site.c, lang));
	ww_buf_char(buf, '/');
	ww_buf_add(buf, ww_slice_cstr(name));
}

void
site_file_name(struct ww_buf *buf, const struct site_files *files, size_t i)
{
	static const char *const once[] = {
		[PART_FRONT] = "index.html",
		[PART_MISSING] = "404.html",
		[PART_ROBOTS] = "robots.txt",
		[PART_MAPS] = SITE_MAPS_NAME,
	};
	struct place place = place_of(files, i);
	struct site_page page;

	switch (place.part) {
	case PART_ASSET:
		ww_buf_add(buf,
			   ww_slice_cstr(ww_page_asset_at(place.number).name));
		break;
	case PART_MAP:
		site_add_map_name(buf, place.number);
		break;
	case PART_INDEX:
		add_in_language(buf, files, place.lang, SITE_INDEX_NAME);
		break;
	case PART_FEED:
		add_in_language(buf, files, place.lang, SITE_FEED_NAME);
		break;
	case PART_PAGE:
		page = site_plan_at(&files->plan, place.lang, place.number);
		site_add_address(buf, files->site.c, &page);
		break;
	default:
		ww_buf_add(buf, ww_slice_cstr(once[place.part]));
	}
}

enum ww_status
site_file_bytes(struct ww_arena *arena, const struct site_files *files,
		size_t i, struct ww_report **retreport, struct ww_slice *ret,
		struct ww_error *reterr)
{
	const struct site *site = &files->site;
	struct place place = place_of(files, i);
	struct site_page page;

	*retreport = NULL;
	switch (place.part) {
	case PART_ASSET:
		*ret = ww_page_asset_at(place.number).bytes;
		break;
	case PART_FRONT:
		return site_front(arena, site, retreport, ret, reterr);
	case PART_MISSING:
		return site_missing(arena, site, retreport, ret, reterr);
	case PART_ROBOTS:
		*ret = site_robots(arena, site);
		break;
	case PART_MAPS:
		*ret = site_maps(arena, files);
		break;
	case PART_MAP:
		*ret = site_map(arena, files, place.number);
		break;
	case PART_INDEX:
		*ret = site_index(arena, &files->plan, place.lang);
		break;
	case PART_FEED:
		*ret = site_feed(arena, site, place.lang);
		break;
	case PART_PAGE:
		page = site_plan_at(&files->plan, place.lang, place.number);
		return site_render(site, &page, NULL, retreport, ret, reterr);
	}
	return WW_OK;
}
