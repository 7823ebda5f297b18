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

/* A page that stands alone has the first two within. */
enum { PAGE_STYLE, PAGE_SCRIPT, SITE_STYLE, SITE_SCRIPT };

static const struct ww_asset assets[] = {
	[PAGE_STYLE] = { "page.css", WW_TYPE_STYLE, { style, sizeof(style) } },
	[PAGE_SCRIPT] = { "page.js",
			  WW_TYPE_SCRIPT,
			  { script, sizeof(script) } },
	[SITE_STYLE] = { "site.css",
			 WW_TYPE_STYLE,
			 { site_style, sizeof(site_style) } },
	[SITE_SCRIPT] = { "site.js",
			  WW_TYPE_SCRIPT,
			  { site_script, sizeof(site_script) } },
};

struct ww_asset
ww_page_asset(struct ww_slice name)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(assets); i++)
		if (ww_slice_eq(ww_slice_cstr(assets[i].name), name))
			return assets[i];
	return (struct ww_asset){ 0 };
}

struct ww_asset
ww_page_asset_at(size_t i)
{
	return i < WW_ARRAY_LEN(assets) ? assets[i] : (struct ww_asset){ 0 };
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

static struct ww_slice
address_of(struct ww_html *h, const char *kind, struct ww_slice id)
{
	return h->page->link == NULL ? (struct ww_slice){ 0 }
				     : h->page->link(h->page->ctx, kind, id);
}

void
ww_html_site_head(struct ww_html *h)
{
	ww_html_add(h, "<link rel=\"stylesheet\"");
	add_asset_address(h, "href", ww_slice_cstr(assets[PAGE_STYLE].name));
	ww_html_add(h, ">\n<link rel=\"stylesheet\"");
	add_asset_address(h, "href", ww_slice_cstr(assets[SITE_STYLE].name));
	ww_html_add(h, ">\n");
	/* Who is told of changes must know where to look for them. */
	if (h->page->address.len == 0 || h->page->takes_files)
		return;
	ww_html_add(h, "<link rel=\"alternate\" "
		       "type=\"application/atom+xml\"");
	ww_html_url(h, address_of(h, "feed", WW_LIT("")));
	ww_html_add(h, ">\n");
}

void
ww_html_open_link(struct ww_html *h, const char *kind, struct ww_slice id)
{
	ww_html_add(h, "<a");
	ww_html_url(h, address_of(h, kind, id));
	ww_html_add(h, ">");
}

static void
add_link(struct ww_html *h, const char *kind, const char *english)
{
	ww_html_open_link(h, kind, WW_LIT(""));
	ww_html_tr(h, english);
	ww_html_add(h, "</a>");
}

static bool
is_home(const struct ww_html *h)
{
	const struct ww_node *root = ww_report_root(h->r->report);

	return ww_node_find(root, WW_NODE_SYMPTOMS) != NULL;
}

/*
 * The script searches while one types: a server is asked, a site without one
 * has an index of its pages.
 */
static void
add_search(struct ww_html *h)
{
	struct ww_slice label =
	    ww_tr(h->r->report, N_("A code, a name, words or a line of a log"));

	ww_html_add(h, "<form role=\"search\" method=\"get\"");
	ww_html_attr(h, "action", address_of(h, "search", WW_LIT("")));
	if (h->page->takes_files)
		add_asset_address(h, "data-api", WW_LIT("api/v1/"));
	else
		ww_html_attr(h, "data-index",
			     address_of(h, "index", WW_LIT("")));
	ww_html_attr(h, "data-none",
		     ww_tr(h->r->report, N_("nothing is known of this")));
	ww_html_attr(h, "data-found", ww_tr(h->r->report, N_("found")));
	ww_html_add(h, ">\n<input type=\"search\" name=\"q\" id=\"q\" "
		       "maxlength=\"4000\" autocomplete=\"off\" "
		       "autocapitalize=\"off\" spellcheck=\"false\"");
	ww_html_attr(h, "aria-label", label);
	ww_html_attr(h, "placeholder", label);
	/* A home is opened to ask. */
	ww_html_add(h, is_home(h) ? " autofocus>\n<button>" : ">\n<button>");
	ww_html_tr(h, N_("Search"));
	ww_html_add(h, "</button>\n</form>\n");
}

/* Each language calls itself by its own name. */
static void
add_languages(struct ww_html *h)
{
	const struct ww_catalogue *c = h->r->report->c;

	ww_html_add(h, "<nav class=\"languages\"");
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

/* Where the page belongs: the family and the topic of a code. */
static void
add_trail(struct ww_html *h)
{
	static const struct {
		enum ww_node_kind kind;
		const char *link;
	} above[] = { { WW_NODE_FAMILY, "family" },
		      { WW_NODE_TOPIC, "topic" } };
	const struct ww_node *root = ww_report_root(h->r->report);
	const struct ww_node *answer = ww_html_first(root, WW_NODE_ANSWERS);
	const struct ww_node *reading = ww_html_first_reading(root);

	if (is_home(h))
		return;
	if (answer != NULL && ww_node_next(answer) != NULL)
		reading = NULL;
	ww_html_add(h, "<nav class=\"trail\"");
	ww_html_attr(h, "aria-label", ww_tr(h->r->report, N_("Belongs to")));
	ww_html_add(h, "><ul>\n<li>");
	add_link(h, "home", N_("Symptoms, families, logs"));
	ww_html_add(h, "</li>\n");
	for (size_t i = 0; i < WW_ARRAY_LEN(above); i++) {
		const struct ww_node *n = ww_node_find(reading, above[i].kind);

		if (ww_node_find(n, WW_NODE_ID) == NULL)
			continue;
		ww_html_add(h, "<li>");
		ww_html_open_link(h, above[i].link,
				  ww_child_text(n, WW_NODE_ID));
		ww_html_child(h, n, WW_NODE_TITLE);
		ww_html_add(h, "</a></li>\n");
	}
	ww_html_add(h, "</ul></nav>\n");
}

/* What a visitor may send to a server. */
static void
add_send(struct ww_html *h)
{
	ww_html_add(h, "<form class=\"send\" method=\"post\" "
		       "enctype=\"multipart/form-data\"");
	ww_html_attr(h, "action", address_of(h, "diagnosis", WW_LIT("")));
	add_asset_address(h, "data-api", WW_LIT("api/v1/"));
	ww_html_attr(h, "data-sent", ww_tr(h->r->report, N_("sent")));
	ww_html_attr(h, "data-reading", ww_tr(h->r->report, N_("being read")));
	ww_html_attr(h, "data-failed",
		     ww_tr(h->r->report, N_("could not be sent")));
	ww_html_add(h, ">\n<fieldset><legend>");
	ww_html_tr(h, N_("Or let the logs say it"));
	ww_html_add(h, "</legend>\n<p><label>");
	ww_html_tr(h, N_("Logs, event logs, traces, dumps, or a zip of them"));
	ww_html_add(h, " <input type=\"file\" name=\"files\" multiple>"
		       "</label></p>\n<p><label>");
	ww_html_tr(h, N_("or lines of a log"));
	ww_html_add(h, " <textarea name=\"text\" rows=\"3\" "
		       "spellcheck=\"false\"></textarea></label></p>\n"
		       "<p><label><input type=\"checkbox\" name=\"redact\"> ");
	ww_html_tr(h, N_("replace names of people, computers and networks"));
	ww_html_add(h, "</label></p>\n<p><button>");
	ww_html_tr(h, N_("Diagnose"));
	ww_html_add(h, "</button> <span class=\"soft\">");
	ww_html_tr(h, N_("The files stay on this server, are read there, and "
			 "are deleted then."));
	ww_html_add(h, "</span></p>\n<p role=\"status\"></p>\n"
		       "</fieldset>\n</form>\n");
}

/* The files of a diagnosis stand beside its page. */
static void
add_saves(struct ww_html *h)
{
	ww_html_add(h, "<nav class=\"saves\"");
	ww_html_attr(h, "aria-label", ww_tr(h->r->report, N_("Save")));
	ww_html_add(h, ">\n<p>");
	ww_html_tr(h, N_("Save"));
	ww_html_add(h, " <a href=\"./report.html\" download>HTML</a> "
		       "<a href=\"./report.json\" download>JSON</a> "
		       "<a href=\"./report.txt\" download>");
	ww_html_tr(h, N_("text"));
	ww_html_add(h, "</a></p>\n<form method=\"post\" action=\"./delete\">"
		       "<button>");
	ww_html_tr(h, N_("Delete"));
	ww_html_add(h, "</button></form>\n</nav>\n");
}

void
ww_html_site_header(struct ww_html *h)
{
	bool home = is_home(h);

	ww_html_add(h, home ? "<header class=\"site home\">\n"
			    : "<header class=\"site\">\n");
	ww_html_add(h, "<p class=\"brand\">");
	ww_html_open_link(h, "home", WW_LIT(""));
	ww_html_add(h, "winwhy</a> ");
	if (home)
		ww_html_element(h, "span",
				ww_tr(h->r->report,
				      N_("tells why Windows failed")));
	ww_html_add(h, "</p>\n");
	add_languages(h);
	add_search(h);
	if (home && h->page->takes_files)
		add_send(h);
	ww_html_add(h, "</header>\n");
	add_trail(h);
	if (h->page->saves)
		add_saves(h);
}

/* name="value" is what the script recognises it by. */
static void
add_page_of(struct ww_html *h, const char *kind, const char *name,
	    struct ww_slice value, struct ww_slice title)
{
	struct ww_slice address = address_of(h, kind, value);

	if (address.len == 0)
		return;
	ww_html_add(h, "<li><a");
	ww_html_url(h, address);
	ww_html_attr(h, name, value);
	ww_html_add(h, ">");
	ww_html_text(h, title);
	ww_html_add(h, "</a></li>\n");
}

/* The topics that a number has in parts of Windows. */
static const struct ww_node *
first_topic(struct ww_html *h)
{
	const struct ww_node *root = ww_report_root(h->r->report);

	return ww_html_first(ww_html_first_reading(root), WW_NODE_BY_CONTEXT);
}

/* Whether any of what was mentioned has a page. */
static bool
has_pages(struct ww_html *h)
{
	bool any = h->page->link != NULL && first_topic(h) != NULL;

	for (size_t i = 0; !any && i < h->n_mentioned; i++)
		any = address_of(h, "code", h->mentioned[i]).len > 0;
	return any;
}

/*
 * The pages of the codes and topics that were mentioned: links for who has no
 * script; with one they are laid upon what mentions them.
 */
static void
add_mentioned(struct ww_html *h)
{
	const struct ww_node *topic = first_topic(h);

	if (!has_pages(h))
		return;
	ww_html_add(h, "<nav class=\"codes\"");
	ww_html_attr(h, "aria-label",
		     ww_tr(h->r->report, N_("Pages of these codes")));
	ww_html_add(h, ">\n<ul>\n");
	for (; topic != NULL; topic = ww_node_next(topic))
		add_page_of(h, "topic", "data-topic",
			    ww_child_text(topic, WW_NODE_ID),
			    ww_child_text(topic, WW_NODE_TITLE));
	for (size_t i = 0; i < h->n_mentioned; i++)
		add_page_of(h, "code", "data-code", h->mentioned[i],
			    h->mentioned[i]);
	ww_html_add(h, "</ul>\n</nav>\n");
}

/* A site of files searches by script; who has none can still browse. */
static void
add_without_script(struct ww_html *h)
{
	const struct ww_node *root = ww_report_root(h->r->report);

	if (h->page->takes_files || ww_node_find(root, WW_NODE_RESULTS) == NULL)
		return;
	ww_html_add(h, "<noscript><p class=\"note\">");
	ww_html_tr(h, N_("Here the search needs script. Without it, look "
			 "things up by what they belong to:"));
	ww_html_add(h, " ");
	add_link(h, "home", N_("Symptoms, families, logs"));
	ww_html_add(h, "</p></noscript>\n");
}

void
ww_html_site_end(struct ww_html *h)
{
	add_mentioned(h);
	add_without_script(h);
	ww_html_add(h, "<footer><p>");
	add_link(h, "home", N_("Symptoms, families, logs"));
	ww_html_add(h, " ");
	add_link(h, "events", N_("Events of Windows"));
	ww_html_add(h, " ");
	add_link(h, "about", N_("What it knows, and its sources"));
	ww_html_add(h, "</p></footer>\n<script");
	add_asset_address(h, "src", ww_slice_cstr(assets[PAGE_SCRIPT].name));
	ww_html_add(h, "></script>\n<script");
	add_asset_address(h, "src", ww_slice_cstr(assets[SITE_SCRIPT].name));
	ww_html_add(h, "></script>\n");
}
