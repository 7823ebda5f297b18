#include "site/front.h"

#include "base/message.h"
#include "report/tree.h"
#include "site/page.h"

#include "base/banned.h"

enum ww_status
site_front(struct ww_arena *arena, const struct site *site,
	   struct ww_report **retreport, struct ww_slice *ret,
	   struct ww_error *reterr)
{
	const struct site_page home = { .kind = SITE_HOME, .lang = site->lang };
	struct ww_page frame =
	    site_frame_at(arena, site, home.lang, WW_LIT("./"));

	/* To search engines it is that home, and they need it once. */
	frame.address = site_published(arena, site, &home);
	return site_render(site, &home, &frame, retreport, ret, reterr);
}

struct ww_notice
site_nothing(const struct ww_catalogue *c, unsigned lang)
{
	return (struct ww_notice){
		.title = ww_message(c, lang, N_("There is no such page")),
		.text = ww_message(c, lang,
				   N_("What you look for may have a page of "
				      "another name: search for it.")),
	};
}

enum ww_status
site_missing(struct ww_arena *arena, const struct site *site,
	     struct ww_report **retreport, struct ww_slice *ret,
	     struct ww_error *reterr)
{
	unsigned lang = site->lang;
	struct ww_page frame =
	    site_frame_at(arena, site, lang,
			  site->base.len > 0 ? site->base : WW_LIT("/"));
	const struct ww_notice notice = site_nothing(site->c, lang);

	return ww_render_notice(site->c, lang, &frame, &notice, retreport,
				ret) == WW_OK
		   ? WW_OK
		   : ww_report_no_memory(reterr);
}

struct ww_slice
site_robots(struct ww_arena *arena, const struct site *site)
{
	struct ww_buf buf = ww_buf_in(arena);

	ww_buf_add(&buf, WW_LIT("User-agent: *\nAllow: /\n"));
	if (site->base.len > 0) {
		ww_buf_add(&buf, WW_LIT("Sitemap: "));
		ww_buf_add(&buf, site->base);
		ww_buf_add(&buf, WW_LIT(SITE_MAPS_NAME "\n"));
	}
	return ww_buf_slice(&buf);
}
