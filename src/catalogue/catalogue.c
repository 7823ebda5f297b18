#include "catalogue/catalogue.h"

#include <stdlib.h>

#include "base/crc32.h"

#include "base/banned.h"

static enum ww_status
fail(struct ww_error *reterr, enum ww_status status, uint64_t at,
     const char *why)
{
	*reterr = (struct ww_error){ .status = status, .at = at, .why = why };
	return status;
}

static enum ww_status
map_section(struct ww_catalogue *ret, const uint8_t *p, size_t len,
	    enum ww_section i, struct ww_error *reterr)
{
	size_t entry = WW_HEADER_END + (size_t)i * WW_DIR_END;
	uint32_t offset = ww_load32(p + entry + WW_DIR_OFFSET);
	uint32_t count = ww_load32(p + entry + WW_DIR_COUNT);
	size_t width = ww_section_width(i, ret->n_langs);

	if (ww_load32(p + entry + WW_DIR_WIDTH) != width)
		return fail(reterr, WW_CORRUPT, entry + WW_DIR_WIDTH,
			    "a section's records are not as wide as its "
			    "fields");
	/* Divide, never multiply: count * width could wrap. */
	if (offset % 4 != 0 || offset > len || count > (len - offset) / width)
		return fail(reterr, WW_CORRUPT, entry + WW_DIR_OFFSET,
			    "a section lies outside the file");
	ret->sections[i] = (struct ww_catalogue_section){
		.p = p + offset,
		.count = count,
		.width = (uint32_t)width,
	};
	return WW_OK;
}

static enum ww_status
map_header(const uint8_t *p, size_t len, struct ww_error *reterr)
{
	if (len < WW_HEADER_END)
		return fail(reterr, WW_TRUNCATED, len,
			    "a catalogue's header is 24 bytes");
	if (memcmp(p, WW_CATALOGUE_MAGIC, WW_CATALOGUE_MAGIC_SIZE) != 0)
		return fail(reterr, WW_UNSUPPORTED, 0,
			    "is no winwhy catalogue");
	if (ww_load32(p + WW_HEADER_VERSION) != WW_CATALOGUE_VERSION)
		return fail(reterr, WW_UNSUPPORTED, WW_HEADER_VERSION,
			    "a catalogue of another version");
	if (ww_load32(p + WW_HEADER_SIZE) > len)
		return fail(reterr, WW_TRUNCATED, len,
			    "the file is shorter than its header says");
	if (ww_load32(p + WW_HEADER_SECTIONS) != WW_SECTIONS ||
	    len < WW_HEADER_END + (size_t)WW_SECTIONS * WW_DIR_END)
		return fail(reterr, WW_CORRUPT, WW_HEADER_SECTIONS,
			    "not the sections of this version");
	return WW_OK;
}

enum ww_status
ww_catalogue_map(struct ww_catalogue *ret, const uint8_t *p, size_t len,
		 struct ww_error *reterr)
{
	enum ww_status st = map_header(p, len, reterr);
	const uint8_t *langs;

	if (st != WW_OK)
		return st;
	len = ww_load32(p + WW_HEADER_SIZE);
	ret->base = p;
	langs = p + WW_HEADER_END + (size_t)WW_S_LANG * WW_DIR_END;
	ret->n_langs = ww_load32(langs + WW_DIR_COUNT);
	if (ret->n_langs < 1 || ret->n_langs > WW_LANGS_MAX)
		return fail(reterr, WW_CORRUPT,
			    (uint64_t)(langs + WW_DIR_COUNT - p),
			    "has no language, or too many");
	for (enum ww_section i = 0; i < WW_SECTIONS && st == WW_OK; i++)
		st = map_section(ret, p, len, i, reterr);
	return st;
}

static enum ww_status
check_crc(const uint8_t *p, struct ww_error *reterr)
{
	size_t size = ww_load32(p + WW_HEADER_SIZE);

	if (size < WW_HEADER_SECTIONS ||
	    ww_crc32(p + WW_HEADER_SECTIONS, size - WW_HEADER_SECTIONS) !=
		ww_load32(p + WW_HEADER_CRC))
		return fail(reterr, WW_CORRUPT, WW_HEADER_CRC,
			    "the checksum does not fit the bytes");
	return WW_OK;
}

enum ww_status
ww_catalogue_open(const void *bytes, size_t len, struct ww_catalogue **ret,
		  struct ww_error *reterr)
{
	struct ww_catalogue *c = malloc(sizeof(*c));
	enum ww_status st;

	if (c == NULL)
		return fail(reterr, WW_NOMEM, 0, "out of memory");
	if ((st = ww_catalogue_map(c, bytes, len, reterr)) != WW_OK)
		goto out;
	if ((st = check_crc(bytes, reterr)) != WW_OK)
		goto out;
	if ((st = ww_catalogue_validate(c, reterr)) != WW_OK)
		goto out;
	*ret = c;
	return WW_OK;
out:
	free(c);
	return st;
}

void
ww_catalogue_close(struct ww_catalogue *catalogue)
{
	free(catalogue);
}

struct ww_slice
ww_heap_string(const struct ww_catalogue *c, uint32_t at)
{
	const struct ww_catalogue_section *heap = &c->sections[WW_S_HEAP];
	size_t len;

	if (heap->count < 3 || at > heap->count - 3)
		return (struct ww_slice){ 0 };
	len = ww_load16(heap->p + at);
	if (len > heap->count - at - 3)
		return (struct ww_slice){ 0 };
	return ww_slice_of((const char *)heap->p + at + 2, len);
}

struct ww_text
ww_text_at(const struct ww_catalogue *c, uint32_t text, unsigned lang)
{
	struct ww_rec r = ww_rec_at(c, WW_S_TEXT, text);
	struct ww_slice s = { 0 };

	if (lang > 0 && lang < c->n_langs)
		s = ww_rec_str(r, lang);
	if (s.len > 0 || lang == 0)
		return (struct ww_text){ .s =
					     s.len > 0 ? s : ww_rec_str(r, 0) };
	s = ww_rec_str(r, 0);
	return (struct ww_text){ .s = s, .english = s.len > 0 };
}

struct ww_slice
ww_rec_word(struct ww_rec r, unsigned at, enum ww_words list)
{
	const char *const *words = ww_words_of(list);
	uint32_t n = ww_rec_num(r, at);

	for (uint32_t i = 0; words[i] != NULL; i++)
		if (i == n)
			return ww_slice_cstr(words[i]);
	return (struct ww_slice){ 0 };
}

uint32_t
ww_rec_number(struct ww_rec r, enum ww_section section)
{
	const struct ww_catalogue_section *s = &r.c->sections[section];

	return (uint32_t)((size_t)(r.p - s->p) / s->width);
}

int
ww_catalogue_language(const struct ww_catalogue *c, struct ww_slice id)
{
	for (unsigned i = 0; i < c->n_langs; i++)
		if (ww_slice_casecmp(ww_catalogue_language_id(c, i), id) == 0)
			return (int)i;
	return -1;
}

struct ww_slice
ww_catalogue_language_id(const struct ww_catalogue *c, unsigned lang)
{
	return ww_rec_str(ww_rec_at(c, WW_S_LANG, lang), WW_LANG_ID);
}

uint32_t
ww_catalogue_size(const struct ww_catalogue *c)
{
	return ww_count(c, WW_S_CODE);
}

struct ww_range
ww_catalogue_value(const struct ww_catalogue *c, uint32_t value)
{
	const struct ww_catalogue_section *values = &c->sections[WW_S_VALUE];
	const struct ww_catalogue_section *pilots = &c->sections[WW_S_PILOT];
	const uint8_t *p;
	uint32_t pilot;

	if (values->count == 0 || pilots->count == 0)
		return (struct ww_range){ 0 };
	pilot = ww_load16(pilots->p +
			  (size_t)ww_hash_bucket(value, pilots->count) * 2);
	p = values->p + (size_t)ww_hash_place(value, pilot, values->count) *
			    WW_VALUE_WIDTH * 4;
	if (ww_load32(p + (size_t)WW_VALUE_VALUE * 4) != value)
		return (struct ww_range){ 0 };
	return (struct ww_range){
		.first = ww_load32(p + (size_t)WW_VALUE_CODES * 4),
		.count = ww_load32(p + (size_t)WW_VALUE_CODES * 4 + 4),
	};
}

/* A field of an entry of NAME; 0 outside it. */
static uint32_t
name_field(const struct ww_catalogue *c, uint32_t place, size_t field)
{
	const struct ww_catalogue_section *s = &c->sections[WW_S_NAME];

	return place < s->count
		   ? ww_load32(s->p + (size_t)place * WW_NAME_END + field)
		   : 0;
}

static struct ww_slice
name_at(const struct ww_catalogue *c, uint32_t place)
{
	return ww_heap_string(c, name_field(c, place, WW_NAME_STRING));
}

static int
compare_at(const struct ww_catalogue *c, uint32_t place, struct ww_slice name,
	   bool prefix)
{
	struct ww_slice s = name_at(c, place);

	if (prefix && s.len > name.len)
		s.len = name.len;
	return ww_slice_casecmp(s, name);
}

/* The first place whose name is not less than `name` (or its prefixes). */
static uint32_t
lower_bound(const struct ww_catalogue *c, struct ww_slice name, int order,
	    bool prefix)
{
	uint32_t low = 0, high = ww_count(c, WW_S_NAME);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (compare_at(c, middle, name, prefix) < order)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct ww_range
ww_catalogue_name(const struct ww_catalogue *c, struct ww_slice name, int exact)
{
	uint32_t first, end;

	if (name.len == 0)
		return (struct ww_range){ 0 };
	first = lower_bound(c, name, 0, !exact);
	/* Of the words of a log hardly any is a name. */
	if (first == ww_count(c, WW_S_NAME) ||
	    compare_at(c, first, name, !exact) != 0)
		return (struct ww_range){ 0 };
	end = lower_bound(c, name, 1, !exact);
	return (struct ww_range){ .first = first, .count = end - first };
}

uint32_t
ww_catalogue_named(const struct ww_catalogue *c, uint32_t place)
{
	return name_field(c, place, WW_NAME_CODE);
}

enum ww_status
ww_catalogue_entry(const struct ww_catalogue *c, uint32_t entry, unsigned lang,
		   struct ww_entry *ret)
{
	struct ww_rec r = ww_rec_at(c, WW_S_CODE, entry);
	struct ww_text meaning = ww_rec_text(r, WW_CODE_MEANING, lang);

	if (r.p == NULL)
		return WW_NOT_FOUND;
	*ret = (struct ww_entry){
		.value = ww_rec_num(r, WW_CODE_VALUE),
		.space = (enum ww_space)ww_rec_num(r, WW_CODE_SPACE),
		.name = ww_rec_str(r, WW_CODE_NAME),
		.origin = ww_rec_str(r, WW_CODE_ORIGIN),
		.family = ww_rec_str(ww_rec_ref(r, WW_CODE_FAMILY, WW_S_FAMILY),
				     WW_FAMILY_ID),
		.meaning = meaning.s,
		.meaning_in_english = meaning.english,
	};
	return WW_OK;
}

struct ww_list
ww_topic_keys(const struct ww_catalogue *c, uint32_t value)
{
	uint32_t low = 0, high = ww_count(c, WW_S_TOPIC_KEY), end;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct ww_rec r = ww_rec_at(c, WW_S_TOPIC_KEY, middle);

		if (ww_rec_num(r, WW_TOPIC_KEY_VALUE) < value)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < ww_count(c, WW_S_TOPIC_KEY); end++)
		if (ww_rec_num(ww_rec_at(c, WW_S_TOPIC_KEY, end),
			       WW_TOPIC_KEY_VALUE) != value)
			break;
	return (struct ww_list){ WW_S_TOPIC_KEY, low, end - low };
}

struct ww_rec
ww_facility(const struct ww_catalogue *c, enum ww_space kind, unsigned number)
{
	for (uint32_t i = 0; i < ww_count(c, WW_S_FACILITY); i++) {
		struct ww_rec r = ww_rec_at(c, WW_S_FACILITY, i);

		if (ww_rec_num(r, WW_FACILITY_NUMBER) == number &&
		    ww_rec_num(r, WW_FACILITY_KIND) == (uint32_t)kind)
			return r;
	}
	return (struct ww_rec){ c, NULL };
}

struct ww_rec
ww_context(const struct ww_catalogue *c, struct ww_slice word)
{
	for (uint32_t i = 0; i < ww_count(c, WW_S_CONTEXT); i++) {
		struct ww_rec r = ww_rec_at(c, WW_S_CONTEXT, i);
		struct ww_list words =
		    ww_rec_list(r, WW_CONTEXT_WORDS, WW_S_WORD);

		if (ww_slice_casecmp(ww_rec_str(r, WW_CONTEXT_ID), word) == 0)
			return r;
		for (uint32_t k = 0; k < words.count; k++)
			if (ww_slice_casecmp(ww_rec_str(ww_list_at(c, words, k),
							WW_WORD_STR),
					     word) == 0)
				return r;
	}
	return (struct ww_rec){ c, NULL };
}

struct ww_slice
ww_message(const struct ww_catalogue *c, unsigned lang, const char *english)
{
	struct ww_slice key = ww_slice_cstr(english);
	uint32_t low = 0, high = lang == 0 ? 0 : ww_count(c, WW_S_MESSAGE);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct ww_rec r = ww_rec_at(c, WW_S_MESSAGE, middle);
		int order =
		    ww_slice_cmp(ww_rec_text(r, WW_MESSAGE_TEXT, 0).s, key);

		if (order == 0)
			return ww_rec_text(r, WW_MESSAGE_TEXT, lang).s;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return key;
}
