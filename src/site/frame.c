#include "site/frame.h"

#include "base/compiler.h"

#include "base/banned.h"

/* What the links of one page need. */
struct frame {
	struct ww_arena *arena;
	const struct site *site;
	unsigned lang;
	struct ww_slice root;
};

/* What pages call the kinds of pages. */
static const char *const kinds[SITE_KINDS] = {
	[SITE_HOME] = "home",	  [SITE_SEARCH] = "search",
	[SITE_ABOUT] = "about",	  [SITE_EVENTS] = "events",
	[SITE_CODE] = "code",	  [SITE_EVENT] = "event",
	[SITE_TOPIC] = "topic",	  [SITE_SYMPTOM] = "symptom",
	[SITE_FAMILY] = "family", [SITE_LOG] = "log",
};

/* What is no page: what a server takes in, and what a script searches. */
static const struct {
	const char *kind, *name;
} others[] = { { "diagnosis", "diagnosis" },
	       { "index", SITE_INDEX_NAME },
	       { "feed", SITE_FEED_NAME } };

static struct ww_slice
address_of(const struct frame *f, const struct site_page *page)
{
	struct ww_buf buf = ww_buf_in(f->arena);

	ww_buf_add(&buf, f->root);
	site_add_address(&buf, f->site->c, page);
	return ww_buf_slice(&buf);
}

static struct ww_slice
other_address(const struct frame *f, const char *kind)
{
	struct ww_buf buf = ww_buf_in(f->arena);
	size_t i = 0;

	while (i < WW_ARRAY_LEN(others) && strcmp(kind, others[i].kind) != 0)
		i++;
	if (i == WW_ARRAY_LEN(others))
		return WW_LIT("");
	ww_buf_add(&buf, f->root);
	ww_buf_add(&buf, ww_catalogue_language_id(f->site->c, f->lang));
	ww_buf_char(&buf, '/');
	ww_buf_add(&buf, ww_slice_cstr(others[i].name));
	return ww_buf_slice(&buf);
}

static struct ww_slice
link_to(void *ctx, const char *kind, struct ww_slice id)
{
	const struct frame *f = ctx;
	struct site_page page = { .lang = f->lang, .id = id };
	unsigned k = 0;

	while (k < SITE_KINDS && strcmp(kind, kinds[k]) != 0)
		k++;
	if (k == SITE_KINDS)
		return other_address(f, kind);
	page.kind = (enum site_kind)k;
	if (page.kind == SITE_CODE &&
	    (!site_parse_value(id, &page.value) ||
	     (f->site->plan != NULL &&
	      !site_plan_has(f->site->plan, page.value))))
		return WW_LIT("");
	return address_of(f, &page);
}

struct ww_slice
site_published(struct ww_arena *arena, const struct site *site,
	       const struct site_page *page)
{
	struct ww_buf buf = ww_buf_in(arena);

	if (site->base.len == 0)
		return WW_LIT("");
	ww_buf_add(&buf, site->base);
	site_add_address(&buf, site->c, page);
	return ww_buf_slice(&buf);
}

static bool
speaks(const struct site *site, unsigned lang)
{
	return !site->one_language || site->lang == lang;
}

/* The page in each language of the site. */
static void
add_alternates(struct ww_page *ret, const struct frame *f,
	       const struct site_page *page, bool is_published)
{
	unsigned n = f->site->c->n_langs;
	struct ww_alternate *all = ww_arena_array(f->arena, n, sizeof(*all));
	struct site_page other = *page;

	ret->alternates = all;
	for (other.lang = 0; other.lang < n; other.lang++) {
		if (!speaks(f->site, other.lang))
			continue;
		all[ret->n_alternates++] = (struct ww_alternate){
			.lang =
			    ww_catalogue_language_id(f->site->c, other.lang),
			.link = address_of(f, &other),
			.address =
			    is_published
				? site_published(f->arena, f->site, &other)
				: WW_LIT(""),
		};
	}
}

static struct frame *
new_frame(struct ww_arena *arena, const struct site *site, unsigned lang,
	  struct ww_slice root)
{
	struct frame *f = ww_arena_new(arena, struct frame);

	*f = (struct frame){ arena, site, lang, root };
	return f;
}

struct ww_page
site_frame(struct ww_arena *arena, const struct site *site,
	   const struct site_page *page)
{
	struct frame *f = new_frame(arena, site, page->lang, site_root(page));
	struct ww_page ret = {
		.root = f->root,
		.link = link_to,
		.ctx = f,
		.takes_files = site->takes_files,
		.address = site_published(arena, site, page),
	};

	add_alternates(&ret, f, page, true);
	return ret;
}

struct ww_page
site_frame_at(struct ww_arena *arena, const struct site *site, unsigned lang,
	      struct ww_slice root)
{
	struct frame *f = new_frame(arena, site, lang, root);
	const struct site_page home = { .kind = SITE_HOME, .lang = lang };
	struct ww_page ret = {
		.root = root,
		.link = link_to,
		.ctx = f,
		.takes_files = site->takes_files,
	};

	add_alternates(&ret, f, &home, false);
	return ret;
}
