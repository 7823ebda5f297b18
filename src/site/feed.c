#include "site/feed.h"

#include <stdlib.h>

#include "base/message.h"
#include "site/xml.h"

#include "base/banned.h"

/* Older changes are no news. */
#define ENTRIES_MAX 50

struct change {
	struct ww_slice day, id;
	uint32_t number; /* of the topic */
};

/* The latest first; of one day by id. */
static int
compare(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	int c = ww_slice_cmp(y->day, x->day);

	return c != 0 ? c : ww_slice_cmp(x->id, y->id);
}

static struct change *
changes_of(struct ww_arena *arena, const struct ww_catalogue *c)
{
	uint32_t n = ww_count(c, WW_S_TOPIC);
	struct change *all = ww_arena_array(arena, n + 1, sizeof(*all));

	for (uint32_t i = 0; i < n; i++) {
		struct ww_rec topic = ww_rec_at(c, WW_S_TOPIC, i);

		all[i] = (struct change){
			ww_rec_str(topic, WW_TOPIC_CHANGED),
			ww_rec_str(topic, WW_TOPIC_ID),
			i,
		};
	}
	qsort(all, n, sizeof(*all), compare);
	return all;
}

/* Topics have a day and no time. */
static void
add_updated(struct ww_buf *buf, struct ww_slice day)
{
	ww_buf_add(buf, WW_LIT("<updated>"));
	site_add_xml(buf, day);
	ww_buf_add(buf, WW_LIT("T00:00:00Z</updated>\n"));
}

static void
add_address(struct ww_buf *buf, const struct site *site,
	    const struct site_page *page)
{
	site_add_xml(buf, site->base);
	site_add_address(buf, site->c, page);
}

/* An id that stays, and the link. */
static void
add_place(struct ww_buf *buf, const struct site *site,
	  const struct site_page *page)
{
	ww_buf_add(buf, WW_LIT("<id>"));
	add_address(buf, site, page);
	ww_buf_add(buf, WW_LIT("</id>\n<link href=\""));
	add_address(buf, site, page);
	ww_buf_add(buf, WW_LIT("\"/>\n"));
}

static void
add_entry(struct ww_buf *buf, const struct site *site, unsigned lang,
	  const struct change *change)
{
	struct ww_rec topic = ww_rec_at(site->c, WW_S_TOPIC, change->number);
	const struct site_page page = { .kind = SITE_TOPIC,
					.lang = lang,
					.id = change->id };

	ww_buf_add(buf, WW_LIT("<entry>\n"));
	site_add_element(buf, "title",
			 ww_rec_text(topic, WW_TOPIC_TITLE, lang).s);
	add_place(buf, site, &page);
	add_updated(buf, change->day);
	site_add_element(buf, "summary",
			 ww_rec_text(topic, WW_TOPIC_SUMMARY, lang).s);
	ww_buf_add(buf, WW_LIT("</entry>\n"));
}

struct ww_slice
site_feed(struct ww_arena *arena, const struct site *site, unsigned lang)
{
	const struct change *all = changes_of(arena, site->c);
	const struct site_page home = { .kind = SITE_HOME, .lang = lang };
	uint32_t n = ww_count(site->c, WW_S_TOPIC);
	struct ww_buf buf = ww_buf_in(arena);

	ww_buf_add(&buf, WW_LIT("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
				"<feed xmlns=\"http://www.w3.org/2005/Atom\" "
				"xml:lang=\""));
	ww_buf_add(&buf, ww_catalogue_language_id(site->c, lang));
	ww_buf_add(&buf, WW_LIT("\">\n"));
	site_add_element(&buf, "title",
			 ww_message(site->c, lang,
				    N_("winwhy: topics that changed")));
	ww_buf_add(&buf, WW_LIT("<author><name>winwhy</name></author>\n"));
	add_place(&buf, site, &home);
	add_updated(&buf, n > 0 ? all[0].day : WW_LIT("1970-01-01"));
	for (uint32_t i = 0; i < n && i < ENTRIES_MAX; i++)
		add_entry(&buf, site, lang, &all[i]);
	ww_buf_add(&buf, WW_LIT("</feed>\n"));
	return ww_buf_slice(&buf);
}
