/*
 * The frame of pages that only a server has: those of diagnoses, and what is
 * said in place of a page.
 */
#ifndef WW_SERVE_FRAME_H
#define WW_SERVE_FRAME_H

#include "catalogue/catalogue.h"
#include "render/html/page.h"
#include "site/address.h"

/* Of a page of the site. */
struct ww_page frame_of_page(struct ww_arena *arena,
			     const struct ww_catalogue *c,
			     const struct site_page *page);

/* Of LANG/diagnosis/NAME/page.html. */
struct ww_page frame_of_diagnosis(struct ww_arena *arena,
				  const struct ww_catalogue *c, unsigned lang);

/* Of whatever stands at a path. */
struct ww_page frame_at(struct ww_arena *arena, const struct ww_catalogue *c,
			unsigned lang, struct ww_slice path);

/* From a path back to the root: "../" for each slash in it. */
struct ww_slice frame_root(struct ww_arena *arena, struct ww_slice path);

#endif
