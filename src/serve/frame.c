#include "serve/frame.h"

#include "base/buf.h"
#include "site/frame.h"

#include "base/banned.h"

/* This server diagnoses files. */
static struct ww_page
taking_files(struct ww_page page)
{
	page.takes_files = true;
	return page;
}

struct ww_page
frame_of_page(struct ww_arena *arena, const struct ww_catalogue *c,
	      const struct site_page *page)
{
	return taking_files(site_frame(arena, c, page));
}

struct ww_page
frame_of_diagnosis(struct ww_arena *arena, const struct ww_catalogue *c,
		   unsigned lang)
{
	return frame_at(arena, c, lang, WW_LIT("en/diagnosis/name/page.html"));
}

struct ww_page
frame_at(struct ww_arena *arena, const struct ww_catalogue *c, unsigned lang,
	 struct ww_slice path)
{
	return taking_files(
	    site_frame_at(arena, c, lang, frame_root(arena, path)));
}

struct ww_slice
frame_root(struct ww_arena *arena, struct ww_slice path)
{
	struct ww_buf root = ww_buf_in(arena);

	for (size_t i = 0; i < path.len; i++)
		if (path.p[i] == '/')
			ww_buf_add(&root, WW_LIT("../"));
	return root.len == 0 ? WW_LIT("./") : ww_buf_slice(&root);
}
