/*
 * Full-text search over names, meanings and topics, in every language of the
 * catalogue, fast enough to run on each key stroke.
 */
#ifndef WINWHY_SEARCH_H
#define WINWHY_SEARCH_H

#include <winwhy/catalogue.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Memory for searches of one thread. */
struct ww_search;

/* WW_OK fills *ret; WW_NOMEM is the only failure. */
WW_API enum ww_status ww_search_open(const struct ww_catalogue *catalogue,
				     struct ww_search **ret);
WW_API void ww_search_close(struct ww_search *search);

enum ww_hit_kind {
	WW_HIT_CODE,  /* number is for ww_catalogue_entry() */
	WW_HIT_TOPIC, /* number is for ww_catalogue_topic() */
};

struct ww_hit {
	enum ww_hit_kind kind;
	uint32_t number;
	uint32_t score; /* comparable within one search only */
	unsigned words; /* how many of the words were found in it */
};

/*
 * The documents that answer a query, best first, at most max; returns how
 * many.  Words match in full, as prefixes, by stem, or with a typing error;
 * documents that have all words come before those that lack one.
 */
WW_API size_t ww_search_run(struct ww_search *search, struct ww_slice query,
			    struct ww_hit *ret, size_t max);

/* A topic, as far as search shows it. */
struct ww_topic_title {
	struct ww_slice id;
	struct ww_slice title;
	struct ww_slice summary;
};

WW_API enum ww_status ww_catalogue_topic(const struct ww_catalogue *catalogue,
					 uint32_t number, unsigned lang,
					 struct ww_topic_title *ret);

#ifdef __cplusplus
}
#endif

#endif
