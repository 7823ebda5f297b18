/*
 * What a site puts round its pages: the way home, the search, the languages,
 * and the pages of the codes that were mentioned.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "render/html/html.h"

#include "render-html-assets.h"

#include "base/banned.h"

static const char style[] = WW_PAGE_STYLE;
static const char script[] = WW_PAGE_SCRIPT;
static const char site_style[] = WW_PAGE_SITE_STYLE;
static const char site_script[] = WW_PAGE_SITE_SCRIPT;

#define ASSET(name_, type_, bytes_)                                 \
	{                                                           \
		WW_LIT(name_),                                      \
		{                                                   \
			type_, { (bytes_), sizeof(bytes_) }         \
		}                                                   \
	}

/* A page that stands alone has the first two within. */
static const struct {
	struct ww_slice name;
	struct ww_asset asset;
} assets[] = {
	ASSET("page.css", "text/css; charset=utf-8", style),
	ASSET("page.js", "text/javascript; charset=utf-8", script),
	ASSET("site.css", "text/css; charset=utf-8", site_style),
	ASSET("site.js", "text/javascript; charset=utf-8", site_script),
};

struct ww_asset
ww_page_asset(struct ww_slice name)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(assets); i++)
		if (ww_slice_eq(assets[i].name, name))
			return assets[i].asset;
	return (struct ww_asset){ 0 };
}

/* name="root/file" */
static void
add_asset_address(struct ww_html *h, const char *name, struct ww_slice file)
{
	struct ww_buf address = ww_buf_in(h->r->out.arena);

	ww_buf_add(&address, h->page->root);
	ww_buf_add(&address, file);
	ww_html_attr(h, name, ww_buf_slice(&address));
}

void
ww_html_site_head(struct ww_html *h)
{
	ww_html_add(h, "<link rel=\"stylesheet\"");
	add_asset_address(h, "href", assets[0].name);
	ww_html_add(h, ">\n<link rel=\"stylesheet\"");
	add_asset_address(h, "href", assets[2].name);
	ww_html_add(h, ">\n");
}

void
ww_html_open_link(struct ww_html *h, const char *kind, struct ww_slice id)
{
	struct ww_slice address = { 0 };

	if (h->page->link != NULL)
		address = h->page->link(h->page->ctx, kind, id);
	ww_html_add(h, "<a");
	ww_html_url(h, address);
	ww_html_add(h, ">");
}

static void
add_search(struct ww_html *h)
{
	struct ww_slice label =
	    ww_tr(h->r->report,
		  N_("A code, a name, words or a line of a log"));

	ww_html_add(h, "<form role=\"search\" method=\"get\"");
	ww_html_attr(h, "action",
		     h->page->link(h->page->ctx, "search", WW_LIT("")));
	ww_html_add(h, "><input type=\"search\" name=\"q\" maxlength=\"4000\" "
		       "autocomplete=\"off\" spellcheck=\"false\"");
	ww_html_attr(h, "aria-label", label);
	ww_html_attr(h, "placeholder", label);
	ww_html_add(h, "><button>");
	ww_html_tr(h, N_("Search"));
	ww_html_add(h, "</button></form>\n");
}

/* Each language calls itself by its own name. */
static void
add_languages(struct ww_html *h)
{
	const struct ww_catalogue *c = h->r->report->c;

	ww_html_add(h, "<nav");
	ww_html_attr(h, "aria-label", ww_tr(h->r->report, N_("Languages")));
	ww_html_add(h, ">");
	for (size_t i = 0; i < h->page->n_alternates; i++) {
		const struct ww_alternate *other = &h->page->alternates[i];
		int lang = ww_catalogue_language(c, other->lang);

		if (lang < 0 || (unsigned)lang == h->r->report->lang)
			continue;
		ww_html_add(h, "<a");
		ww_html_url(h, other->link);
		ww_html_attr(h, "hreflang", other->lang);
		ww_html_attr(h, "lang", other->lang);
		ww_html_add(h, ">");
		/* Translators: the name of your language. */
		ww_html_text(h, ww_message(c, (unsigned)lang, N_("English")));
		ww_html_add(h, "</a>");
	}
	ww_html_add(h, "</nav>\n");
}

void
ww_html_site_header(struct ww_html *h)
{
	ww_html_add(h, "<header class=\"site\">\n");
	ww_html_open_link(h, "home", WW_LIT(""));
	ww_html_add(h, "winwhy</a>\n");
	add_search(h);
	add_languages(h);
	ww_html_add(h, "</header>\n");
}

/*
 * The pages of the codes that were mentioned: links for who has no script;
 * with one they are laid upon the codes themselves.
 */
static void
add_mentioned(struct ww_html *h)
{
	bool any = false;

	for (size_t i = 0; i < h->n_mentioned; i++) {
		struct ww_slice value = h->mentioned[i];
		struct ww_slice address =
		    h->page->link(h->page->ctx, "code", value);

		if (address.len == 0)
			continue;
		if (!any) {
			ww_html_add(h, "<nav class=\"codes\"");
			ww_html_attr(h, "aria-label",
				     ww_tr(h->r->report,
					   N_("Pages of these codes")));
			ww_html_add(h, ">\n<h2>");
			ww_html_tr(h, N_("Pages of these codes"));
			ww_html_add(h, "</h2>\n<ul>\n");
		}
		any = true;
		ww_html_add(h, "<li><a");
		ww_html_url(h, address);
		ww_html_attr(h, "data-code", value);
		ww_html_add(h, ">");
		ww_html_element(h, "code", value);
		ww_html_add(h, "</a></li>\n");
	}
	ww_html_add(h, any ? "</ul>\n</nav>\n" : "");
}

void
ww_html_site_end(struct ww_html *h)
{
	add_mentioned(h);
	ww_html_add(h, "<footer><p>");
	ww_html_open_link(h, "about", WW_LIT(""));
	ww_html_tr(h, N_("What it knows, and its sources"));
	ww_html_add(h, "</a></p></footer>\n<script");
	add_asset_address(h, "src", assets[1].name);
	ww_html_add(h, "></script>\n<script");
	add_asset_address(h, "src", assets[3].name);
	ww_html_add(h, "></script>\n");
}
