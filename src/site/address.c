#include "site/address.h"

#include "base/compiler.h"

#include "base/banned.h"

#define SUFFIX ".html"

/* Folders hold few files when they are named by a number's last digits. */
#define SHARD_DIGITS 2
#define VALUE_DIGITS 8

/* Where each kind lies; those with an id or a value lie in a folder. */
static const struct {
	const char *name;
	bool folder;
} places[SITE_KINDS] = {
	[SITE_HOME] = { "index", false },
	[SITE_SEARCH] = { "search", false },
	[SITE_ABOUT] = { "about", false },
	[SITE_EVENTS] = { "events", false },
	[SITE_CODE] = { "code", true },
	[SITE_EVENT] = { "event", true },
	[SITE_TOPIC] = { "topic", true },
	[SITE_SYMPTOM] = { "symptom", true },
	[SITE_FAMILY] = { "family", true },
	[SITE_LOG] = { "log", true },
};

void
site_add_place(struct ww_buf *buf, const struct site_page *page)
{
	ww_buf_add(buf, ww_slice_cstr(places[page->kind].name));
	if (page->kind == SITE_CODE) {
		ww_buf_char(buf, '/');
		ww_buf_hex(buf, page->value & 0xff, SHARD_DIGITS);
		ww_buf_add(buf, WW_LIT("/0x"));
		ww_buf_hex(buf, page->value, VALUE_DIGITS);
	} else if (places[page->kind].folder) {
		ww_buf_char(buf, '/');
		ww_buf_add(buf, page->id);
	}
}

void
site_add_address(struct ww_buf *buf, const struct ww_catalogue *c,
		 const struct site_page *page)
{
	ww_buf_add(buf, ww_catalogue_language_id(c, page->lang));
	ww_buf_char(buf, '/');
	site_add_place(buf, page);
	ww_buf_add(buf, WW_LIT(SUFFIX));
}

struct ww_slice
site_root(const struct site_page *page)
{
	static const char up[] = "../../../";
	size_t depth = page->kind == SITE_CODE	   ? 3
		       : places[page->kind].folder ? 2
						   : 1;

	return ww_slice_of(up, 3 * depth);
}

/* What ids are made of: they lead to no other folder. */
static bool
is_id(struct ww_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!ww_is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_')
			return false;
	return s.len > 0;
}

bool
site_parse_value(struct ww_slice s, uint32_t *ret)
{
	uint64_t v;

	if (!ww_slice_starts(s, WW_LIT("0x")) || !ww_slice_hex(s, &v) ||
	    v > UINT32_MAX)
		return false;
	*ret = (uint32_t)v;
	return true;
}

static bool
parse_parts(struct ww_slice rest, struct site_page *ret)
{
	struct ww_slice name = ww_slice_until(&rest, '/');
	unsigned kind = 0;

	while (kind < SITE_KINDS &&
	       !ww_slice_eq(name, ww_slice_cstr(places[kind].name)))
		kind++;
	if (kind == SITE_KINDS || places[kind].folder != (rest.len > 0))
		return false;
	ret->kind = (enum site_kind)kind;
	if (kind == SITE_CODE) {
		ww_slice_until(&rest, '/');
		return site_parse_value(rest, &ret->value);
	}
	ret->id = rest;
	return !places[kind].folder || is_id(rest);
}

/* Each page has one address: other spellings of it are none. */
static bool
is_address(struct ww_arena *arena, const struct ww_catalogue *c,
	   const struct site_page *page, struct ww_slice address)
{
	struct ww_buf buf = ww_buf_in(arena);

	site_add_address(&buf, c, page);
	return ww_slice_eq(ww_buf_slice(&buf), address);
}

static bool
take_suffix(struct ww_slice *rest)
{
	const struct ww_slice suffix = WW_LIT(SUFFIX);

	if (rest->len < suffix.len ||
	    !ww_slice_eq(ww_slice_from(*rest, rest->len - suffix.len), suffix))
		return false;
	rest->len -= suffix.len;
	return true;
}

bool
site_parse(struct ww_arena *arena, const struct ww_catalogue *c,
	   struct ww_slice address, struct site_page *ret)
{
	struct ww_slice rest = address;
	struct ww_slice word = ww_slice_until(&rest, '/');
	int lang = ww_catalogue_language(c, word);

	*ret = (struct site_page){ 0 };
	if (lang < 0 || !take_suffix(&rest))
		return false;
	ret->lang = (unsigned)lang;
	return parse_parts(rest, ret) && is_address(arena, c, ret, address);
}
