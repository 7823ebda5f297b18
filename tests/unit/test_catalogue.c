/*
 * Look-ups in the embedded catalogue: values, names, languages, topics and
 * contexts, against what a linear scan says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "catalogue/catalogue.h"

#define MISSES 100000

static const struct ww_catalogue *c;

static int
setup(void **state)
{
	(void)state;
	c = ww_catalogue_embedded();
	return 0;
}

/* xorshift32: the same numbers in every run. */
static uint32_t
next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static struct ww_entry
entry_at(uint32_t i)
{
	struct ww_entry e = { 0 };

	assert_int_equal(ww_catalogue_entry(c, i, 0, &e), WW_OK);
	return e;
}

static void
test_entries(void **state)
{
	struct ww_entry e = { .value = 77 };

	(void)state;
	assert_true(ww_catalogue_size(c) > 1000);
	for (uint32_t i = 0; i < ww_catalogue_size(c); i++) {
		e = entry_at(i);
		assert_true(e.space < WW_SPACES);
		assert_true(e.family.len > 0);
		assert_true(e.origin.len > 0);
		assert_int_equal(e.meaning_in_english, 0);
		assert_int_equal(ww_utf8_check(e.meaning), e.meaning.len);
	}
	e.value = 77;
	assert_int_equal(ww_catalogue_entry(c, ww_catalogue_size(c), 0, &e),
			 WW_NOT_FOUND);
	assert_int_equal(ww_catalogue_entry(c, UINT32_MAX, 0, &e),
			 WW_NOT_FOUND);
	assert_int_equal(e.value, 77);
}

static void
test_by_value(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < ww_catalogue_size(c); i++) {
		struct ww_entry e = entry_at(i);
		struct ww_range range = ww_catalogue_value(c, e.value);

		assert_true(i >= range.first && i - range.first < range.count);
		for (uint32_t k = 0; k < range.count; k++)
			assert_int_equal(entry_at(range.first + k).value,
					 e.value);
		assert_true(range.first == 0 ||
			    entry_at(range.first - 1).value != e.value);
		assert_true(range.first + range.count == ww_catalogue_size(c) ||
			    entry_at(range.first + range.count).value !=
				e.value);
	}
}

/* The codes are sorted by value, so that halving them is the oracle. */
static bool
is_value(const uint32_t *values, uint32_t n, uint32_t v)
{
	uint32_t low = 0, high = n;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (values[middle] == v)
			return true;
		if (values[middle] < v)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static uint32_t *
all_values(void)
{
	uint32_t n = ww_catalogue_size(c);
	uint32_t *values = malloc((size_t)n * sizeof(*values));

	assert_non_null(values);
	for (uint32_t i = 0; i < n; i++) {
		values[i] = entry_at(i).value;
		assert_true(i == 0 || values[i - 1] <= values[i]);
	}
	return values;
}

/* Half of them near values that exist, where a mix-up would show. */
static void
test_misses(void **state)
{
	uint32_t n = ww_catalogue_size(c), seed = 0x2545F491, known = 0;
	uint32_t *values = all_values();

	(void)state;
	for (unsigned i = 0; i < MISSES; i++) {
		uint32_t v = next_random(&seed);
		bool expected;

		if (i % 2 == 0)
			v = values[v % n] ^ 1u << (v >> 27);
		expected = is_value(values, n, v);
		known += expected;
		if ((ww_catalogue_value(c, v).count > 0) != expected)
			fail_msg("%08X is %s", v,
				 expected ? "not found" : "found");
	}
	assert_true(known > 0 && known < MISSES);
	free(values);
}

static void
test_by_name(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < ww_catalogue_size(c); i++) {
		struct ww_entry e = entry_at(i);
		struct ww_range range = ww_catalogue_name(c, e.name, 1);
		bool found = e.name.len == 0;

		for (uint32_t k = 0; k < range.count; k++) {
			uint32_t code = ww_catalogue_named(c, range.first + k);

			found |= code == i;
			assert_int_equal(ww_slice_casecmp(entry_at(code).name,
							  e.name),
					 0);
		}
		if (!found)
			fail_msg("%.*s is not found", (int)e.name.len,
				 e.name.p);
	}
}

static void
test_name_case(void **state)
{
	struct ww_range upper =
	    ww_catalogue_name(c, WW_LIT("E_ACCESSDENIED"), 1);
	struct ww_range lower =
	    ww_catalogue_name(c, WW_LIT("e_accessdenied"), 1);

	(void)state;
	assert_true(upper.count > 0);
	assert_int_equal(upper.first, lower.first);
	assert_int_equal(upper.count, lower.count);
}

static uint32_t
count_prefix(struct ww_slice prefix)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < ww_catalogue_size(c); i++) {
		struct ww_slice name = entry_at(i).name;

		n += name.len > 0 && ww_slice_casestarts(name, prefix);
	}
	return n;
}

static void
test_prefixes(void **state)
{
	static const char *const prefixes[] = {
		"WU_E_",
		"wu_e_pt_soap",
		"E",
		"STATUS_",
		"z",
		"_",
		"JET_err",
		"ERROR_SXS_",
		"9",
		"NoSuchPrefix",
		"E_ACCESSDENIED",
		"E_ACCESSDENIED_",
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(prefixes); i++) {
		struct ww_slice prefix = ww_slice_cstr(prefixes[i]);
		struct ww_range range = ww_catalogue_name(c, prefix, 0);

		assert_int_equal(range.count, count_prefix(prefix));
		for (uint32_t k = 0; k < range.count; k++) {
			uint32_t code = ww_catalogue_named(c, range.first + k);

			assert_true(
			    ww_slice_casestarts(entry_at(code).name, prefix));
		}
	}
}

static void
test_name_misses(void **state)
{
	static const char *const names[] = {
		"",
		"NO_SUCH_NAME",
		"E_ACCESSDENIE",
		"E_ACCESSDENIEDX",
		"\xFF\xFF",
		"zzzzzzzz",
		" E_ACCESSDENIED",
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(names); i++)
		assert_int_equal(
		    ww_catalogue_name(c, ww_slice_cstr(names[i]), 1).count, 0);
	assert_int_equal(ww_catalogue_name(c, WW_LIT(""), 0).count, 0);
}

static void
test_languages(void **state)
{
	uint32_t translated = 0;
	int fr = ww_catalogue_language(c, WW_LIT("fr"));

	(void)state;
	assert_int_equal(ww_catalogue_language(c, WW_LIT("en")), 0);
	assert_int_equal(ww_catalogue_language(c, WW_LIT("EN")), 0);
	assert_int_equal(ww_catalogue_language(c, WW_LIT("xx")), -1);
	assert_int_equal(ww_catalogue_language(c, WW_LIT("")), -1);
	assert_true(fr > 0);
	for (unsigned i = 0; i < c->n_langs; i++)
		assert_int_equal(
		    ww_catalogue_language(c, ww_catalogue_language_id(c, i)),
		    i);
	assert_int_equal(ww_catalogue_language_id(c, c->n_langs).len, 0);
	for (uint32_t i = 0; i < ww_catalogue_size(c); i++) {
		struct ww_entry e = { 0 }, english = entry_at(i);

		assert_int_equal(ww_catalogue_entry(c, i, (unsigned)fr, &e),
				 WW_OK);
		assert_int_equal(e.meaning.len == 0, english.meaning.len == 0);
		if (e.meaning_in_english)
			assert_true(ww_slice_eq(e.meaning, english.meaning));
		translated += e.meaning.len > 0 && !e.meaning_in_english;
	}
	assert_true(translated > 0);
}

static void
test_messages(void **state)
{
	static const char english[] = "no message reads like this";

	(void)state;
	for (unsigned lang = 0; lang <= c->n_langs; lang++)
		assert_true(ww_slice_eq(ww_message(c, lang, english),
					ww_slice_cstr(english)));
	for (uint32_t i = 0; i < ww_count(c, WW_S_MESSAGE); i++) {
		struct ww_rec r = ww_rec_at(c, WW_S_MESSAGE, i);
		struct ww_slice key = ww_rec_text(r, WW_MESSAGE_TEXT, 0).s;

		/* NUL-terminated in the heap. */
		assert_true(ww_slice_eq(ww_message(c, 0, key.p), key));
		assert_true(ww_slice_eq(ww_message(c, 1, key.p),
					ww_rec_text(r, WW_MESSAGE_TEXT, 1).s));
	}
}

/* Every key is found by its value and names a topic that lists it. */
static void
test_topic_keys(void **state)
{
	uint32_t n = ww_count(c, WW_S_TOPIC_KEY), seed = 1;

	(void)state;
	assert_true(n > 0);
	for (uint32_t i = 0; i < n; i++) {
		struct ww_rec key = ww_rec_at(c, WW_S_TOPIC_KEY, i);
		struct ww_list list =
		    ww_topic_keys(c, ww_rec_num(key, WW_TOPIC_KEY_VALUE));

		assert_true(i >= list.first && i - list.first < list.count);
		for (uint32_t k = 0; k < list.count; k++)
			assert_int_equal(ww_rec_num(ww_list_at(c, list, k),
						    WW_TOPIC_KEY_VALUE),
					 ww_rec_num(key, WW_TOPIC_KEY_VALUE));
		assert_non_null(
		    ww_rec_ref(key, WW_TOPIC_KEY_TOPIC, WW_S_TOPIC).p);
	}
	assert_int_equal(ww_topic_keys(c, 0xFFFFFFFF).count, 0);
	assert_int_equal(ww_topic_keys(c, next_random(&seed)).count, 0);
}

static void
test_contexts(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < ww_count(c, WW_S_CONTEXT); i++) {
		struct ww_rec r = ww_rec_at(c, WW_S_CONTEXT, i);
		struct ww_list words =
		    ww_rec_list(r, WW_CONTEXT_WORDS, WW_S_WORD);

		assert_ptr_equal(ww_context(c, ww_rec_str(r, WW_CONTEXT_ID)).p,
				 r.p);
		for (uint32_t k = 0; k < words.count; k++) {
			struct ww_slice word =
			    ww_rec_str(ww_list_at(c, words, k), WW_WORD_STR);

			if (ww_context(c, word).p != r.p)
				fail_msg("\"%.*s\" is of two contexts",
					 (int)word.len, word.p);
		}
	}
	assert_non_null(ww_context(c, WW_LIT("WSUS")).p);
	assert_null(ww_context(c, WW_LIT("nosuchcontext")).p);
	assert_null(ww_context(c, WW_LIT("")).p);
}

static void
test_facilities(void **state)
{
	struct ww_rec r = ww_facility(c, WW_SPACE_HRESULT, 7);

	(void)state;
	assert_non_null(r.p);
	assert_true(ww_slice_eq(ww_rec_str(r, WW_FACILITY_NAME),
				WW_LIT("FACILITY_WIN32")));
	assert_null(ww_facility(c, WW_SPACE_WIN32, 7).p);
	assert_null(ww_facility(c, WW_SPACE_HRESULT, 0xFFFF).p);
}

/* Reading outside a section answers nothing. */
static void
test_outside(void **state)
{
	struct ww_rec none = ww_rec_at(c, WW_S_CODE, UINT32_MAX);

	(void)state;
	assert_null(none.p);
	assert_int_equal(ww_rec_num(none, WW_CODE_VALUE), 0);
	assert_int_equal(ww_rec_str(none, WW_CODE_NAME).len, 0);
	assert_int_equal(ww_rec_text(none, WW_CODE_MEANING, 0).s.len, 0);
	assert_int_equal(ww_word_at(c, WW_S_ID, UINT32_MAX), 0);
	assert_int_equal(ww_heap_string(c, UINT32_MAX).len, 0);
	assert_int_equal(ww_heap_string(c, 0).len, 0);
	assert_int_equal(ww_text_at(c, UINT32_MAX, 1).s.len, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_by_value),
		cmocka_unit_test(test_misses),
		cmocka_unit_test(test_by_name),
		cmocka_unit_test(test_name_case),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_name_misses),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_topic_keys),
		cmocka_unit_test(test_contexts),
		cmocka_unit_test(test_facilities),
		cmocka_unit_test(test_outside),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
