/*
 * A whole site as files: their names, and the bytes of each, which depend on
 * nothing but the catalogue and the options.
 */
#ifndef WW_SITE_FILES_H
#define WW_SITE_FILES_H

#include "site/frame.h"

/* Addresses in one sitemap; the protocol allows no more. */
#define SITE_MAP_MAX 50000

struct site_files {
	struct site site;
	struct site_plan plan;
	bool all;     /* as the plan was made */
	size_t pages; /* in one language */
	size_t langs, maps;
	size_t count; /* of all files */
};

/*
 * The files of a site; `site` needs no plan.  ret must stay where it is, for
 * its site leads to its plan.
 */
void site_files(struct ww_arena *arena, const struct site *site, bool all,
		struct site_files *ret);

/* Where the i-th of them lies below the site's folder; each name once. */
void site_file_name(struct ww_buf *buf, const struct site_files *files,
		    size_t i);

/*
 * Its bytes, which live as long as the arena and *retreport, which the caller
 * closes; NULL: there is none.  Several threads may ask at once, each with an
 * arena of its own.
 */
enum ww_status site_file_bytes(struct ww_arena *arena,
			       const struct site_files *files, size_t i,
			       struct ww_report **retreport,
			       struct ww_slice *ret, struct ww_error *reterr);

#endif
