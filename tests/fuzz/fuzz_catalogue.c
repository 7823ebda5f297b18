/*
 * Arbitrary bytes as a catalogue.  Size and checksum are made to fit first,
 * so that the fuzzer gets past them; what opens is walked, looked up in,
 * searched and explained from.  A small compiled catalogue is the best seed.
 */
#include <stdlib.h>

#include <winwhy/winwhy.h>

#include "base/compiler.h"
#include "base/crc32.h"
#include "base/utf8.h"
#include "catalogue/catalogue.h"

#include "fuzz.h"

/* Look-ups of each kind: enough to meet damage, few enough to stay fast. */
#define LOOKUPS_MAX 64

static void
seal(uint8_t *p, size_t size)
{
	if (size < WW_HEADER_END)
		return;
	ww_store32(p + WW_HEADER_SIZE, (uint32_t)size);
	ww_store32(p + WW_HEADER_CRC,
		   ww_crc32(p + WW_HEADER_SECTIONS, size - WW_HEADER_SECTIONS));
}

static void
check_string(struct ww_slice s)
{
	require(ww_utf8_check(s) == s.len);
}

static void
check_field(struct ww_rec r, const struct ww_field *f)
{
	enum ww_section target = (enum ww_section)f->target;
	uint32_t n;

	switch (f->kind) {
	case WW_KIND_NUM:
		break;
	case WW_KIND_ENUM:
		require(ww_rec_word(r, f->at, (enum ww_words)f->target).p !=
			NULL);
		break;
	case WW_KIND_STR:
		check_string(ww_rec_str(r, f->at));
		break;
	case WW_KIND_TEXT:
		for (unsigned lang = 0; lang <= r.c->n_langs; lang++)
			check_string(ww_rec_text(r, f->at, lang).s);
		break;
	case WW_KIND_REF:
		require(ww_rec_num(r, f->at) == 0 ||
			ww_rec_ref(r, f->at, target).p != NULL);
		break;
	case WW_KIND_LIST:
		n = ww_rec_num(r, f->at + 1);
		require(ww_rec_num(r, f->at) <= ww_count(r.c, target));
		require(n <= ww_count(r.c, target) - ww_rec_num(r, f->at));
		break;
	case WW_KIND_IDS:
		n = ww_rec_num(r, f->at + 1);
		for (uint32_t i = 0; i < n && i < LOOKUPS_MAX; i++)
			require(ww_rec_id(r, f->at, target, i).p != NULL);
		break;
	}
}

static void
check_records(const struct ww_catalogue *c)
{
	for (enum ww_section s = WW_FIRST_RECORD_SECTION; s < WW_SECTIONS;
	     s++) {
		const struct ww_schema *schema = ww_schema_of(s);

		for (uint32_t i = 0; i < ww_count(c, s); i++)
			for (size_t f = 0; f < schema->n_fields; f++)
				check_field(ww_rec_at(c, s, i),
					    &schema->fields[f]);
	}
}

/* Each code leads to itself by its value; names need only be harmless. */
static void
check_lookups(const struct ww_catalogue *c)
{
	uint32_t n = ww_catalogue_size(c);

	for (uint32_t i = 0; i < n && i < LOOKUPS_MAX; i++) {
		struct ww_entry e;
		struct ww_range range;

		require(ww_catalogue_entry(c, i, i % 3, &e) == WW_OK);
		range = ww_catalogue_value(c, e.value);
		require(i >= range.first && i - range.first < range.count);
		range = ww_catalogue_name(c, e.name, i & 1);
		for (uint32_t k = 0; k < range.count && k < LOOKUPS_MAX; k++)
			require(ww_catalogue_named(c, range.first + k) < n);
		ww_topic_keys(c, e.value);
	}
	ww_catalogue_value(c, 0);
	ww_catalogue_value(c, UINT32_MAX);
	ww_context(c, WW_LIT("wu"));
	ww_facility(c, WW_SPACE_HRESULT, 7);
	ww_message(c, 1, "Meaning");
	ww_catalogue_language(c, WW_LIT("fr"));
}

static void
check_search(const struct ww_catalogue *c)
{
	static const char *const queries[] = { "access denied", "a e s",
					       "corupt storge" };
	struct ww_search *search;
	struct ww_hit hits[10];

	if (ww_search_open(c, &search) != WW_OK)
		return;
	for (size_t i = 0; i < WW_ARRAY_LEN(queries); i++) {
		size_t n = ww_search_run(search, ww_slice_cstr(queries[i]),
					 hits, WW_ARRAY_LEN(hits));

		require(n <= WW_ARRAY_LEN(hits));
		for (size_t k = 1; k < n; k++)
			require(hits[k - 1].words >= hits[k].words);
	}
	ww_search_close(search);
}

static void
explain(const struct ww_catalogue *c, const struct ww_question *questions,
	size_t n)
{
	static const struct ww_style style = { .full = 1 };
	struct ww_report *report;
	struct ww_error error;

	if (ww_explain(c, questions, n, &report, &error) != WW_OK)
		return;
	for (unsigned f = 0; f < WW_FORMATS; f++) {
		struct ww_slice text;

		if (ww_render(report, (enum ww_format)f, &style, &text) ==
		    WW_OK)
			check_string(text);
	}
	ww_report_close(report);
}

static void
check_explain(const struct ww_catalogue *c)
{
	struct ww_slice name =
	    ww_rec_str(ww_rec_at(c, WW_S_CODE, 0), WW_CODE_NAME);
	const struct ww_question questions[] = {
		{ .text = WW_LIT("0x80244007"), .lang = 1 },
		{ .text = WW_LIT("0x80070005") },
		{ .text = WW_LIT("0xC1900101-0x20017") },
		{ .text = name },
	};

	explain(c, questions, WW_ARRAY_LEN(questions));
	explain(c,
		&(struct ww_question){ .text = WW_LIT("0x80244007"),
				       .in = WW_LIT("wu") },
		1);
	explain(c,
		&(struct ww_question){ .text = WW_LIT("0x80244007"),
				       .as = WW_LIT("wu") },
		1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A copy of its own length: a read behind the end is seen. */
	uint8_t *copy = malloc(size > 0 ? size : 1);
	struct ww_catalogue *c = NULL;
	struct ww_error error = { 0 };

	if (copy == NULL)
		return 0;
	if (size > 0)
		memcpy(copy, data, size);
	seal(copy, size);
	if (ww_catalogue_open(copy, size, &c, &error) == WW_OK) {
		check_records(c);
		check_lookups(c);
		check_search(c);
		check_explain(c);
	} else {
		require(c == NULL && error.status != WW_OK);
		require(error.why != NULL && error.at <= size);
	}
	ww_catalogue_close(c);
	free(copy);
	return 0;
}
