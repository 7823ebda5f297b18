/*
 * Full-text search in the embedded catalogue: what people type and the
 * document that must be near the top.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <winwhy/search.h>

#include "base/compiler.h"
#include "base/slice.h"

#define HITS_MAX 50

static int
setup(void **state)
{
	struct ww_search *search;

	if (ww_search_open(ww_catalogue_embedded(), &search) != WW_OK)
		return 1;
	*state = search;
	return 0;
}

static int
teardown(void **state)
{
	ww_search_close(*state);
	return 0;
}

/* The name of a code or the id of a topic. */
static struct ww_slice
document(const struct ww_hit *hit)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();
	struct ww_topic_title topic = { 0 };
	struct ww_entry entry = { 0 };

	if (hit->kind == WW_HIT_CODE) {
		assert_int_equal(ww_catalogue_entry(c, hit->number, 0, &entry),
				 WW_OK);
		return entry.name;
	}
	assert_int_equal(ww_catalogue_topic(c, hit->number, 0, &topic), WW_OK);
	return topic.id;
}

static const struct {
	const char *query;
	size_t within; /* the first so many */
	const char *document;
} rows[] = {
	{ "access denied", 3, "ERROR_ACCESS_DENIED" },
	{ "ACCESS  DENIED!", 3, "ERROR_ACCESS_DENIED" },
	{ "denied access", 3, "ERROR_ACCESS_DENIED" },
	{ "component store corrupt", 3, "ERROR_SXS_COMPONENT_STORE_CORRUPT" },
	{ "component store corrupt", 3, "CBS_E_STORE_CORRUPTION" },
	{ "disk full", 3, "ERROR_DISK_FULL" },
	{ "certificate expired", 10, "CERT_E_EXPIRED" },
	{ "secure failure", 3, "ERROR_WINHTTP_SECURE_FAILURE" },
	{ "wsus soap", 3, "wu-soap-fault" },

	/* Prefixes, as on each key stroke. */
	{ "soapfau", 3, "WU_E_PT_SOAPCLIENT_SOAPFAULT" },
	{ "component store corr", 3, "ERROR_SXS_COMPONENT_STORE_CORRUPT" },

	/* Typing errors. */
	{ "corupt storge", 10, "ERROR_SXS_COMPONENT_STORE_CORRUPT" },
	{ "soapfualt", 5, "WU_E_PT_SOAPCLIENT_SOAPFAULT" },
	{ "certificate expird", 10, "CERT_E_EXPIRED" },

	/* Names. */
	{ "ERROR_SXS_COMPONENT_STORE_CORRUPT", 1,
	  "ERROR_SXS_COMPONENT_STORE_CORRUPT" },
	{ "WU_E_PT_SOAPCLIENT_SOAPFAULT", 1, "WU_E_PT_SOAPCLIENT_SOAPFAULT" },
	{ "STATUS_ACCESS_DENIED", 2, "STATUS_ACCESS_DENIED" },
	/* The index cuts names where a capital starts. */
	{ "JET_errDiskFull", 3, "JET_errDiskFull" },
	{ "E_ACCESSDENIED", 5, "E_ACCESSDENIED" },

	/*
	 * The index leaves out words that are too common; a query that has
	 * one must not be led to other words that start like it.
	 */
	{ "file not found", 1, "ERROR_FILE_NOT_FOUND" },
	{ "\"File not found.\"", 1, "ERROR_FILE_NOT_FOUND" },
	{ " (logon - failure)", 1, "ERROR_LOGON_FAILURE" },
	{ "access to the file is denied", 10, "ERROR_ACCESS_DENIED" },

	/* French. */
	{ "erreur soap", 1, "wu-soap-fault" },
	{ "magasin de composants endommage", 1, "store-corruption" },
	{ "pool d'applications arrete", 4, "wu-server-unavailable" },
};

static void
test_queries(void **state)
{
	unsigned failures = 0;

	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct ww_hit hits[HITS_MAX];
		size_t n = ww_search_run(*state, ww_slice_cstr(rows[i].query),
					 hits, rows[i].within);
		bool found = false;

		assert_true(n <= rows[i].within);
		for (size_t k = 0; k < n; k++)
			found |= ww_slice_eq(document(&hits[k]),
					     ww_slice_cstr(rows[i].document));
		if (found)
			continue;
		print_error("\"%s\": %s is not among the first %zu\n",
			    rows[i].query, rows[i].document, rows[i].within);
		failures++;
	}
	assert_int_equal(failures, 0);
}

/* Words of the index that are left out add nothing to a query. */
static void
test_stop_words(void **state)
{
	static const char *const words[] = { "the", "not", "is",
					     "of",  "de",  "les" };

	for (size_t i = 0; i < WW_ARRAY_LEN(words); i++) {
		struct ww_hit hits[1];
		char query[64] = "access denied ";

		memcpy(query + strlen(query), words[i], strlen(words[i]) + 1);
		assert_int_equal(ww_search_run(*state, ww_slice_cstr(query),
					       hits, 1),
				 1);
		if (hits[0].words != 2)
			fail_msg("\"%s\" counts as %u words found", query,
				 hits[0].words);
	}
}

static const char *const queries[] = {
	"access denied",
	"acc\xC3\xA8s refus\xC3\xA9",
	"a",
	"e s",
	"file not found",
	"wu wu wu",
	"corupt storge",
	"0x80244007",
	"one two three four five six seven eight nine ten eleven twelve more",
	"the \xFF\xFE server",
};

static void
check_order(const struct ww_hit *hits, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		assert_true(hits[k].words >= 1);
		assert_true(hits[k].score >= 1);
		if (k == 0)
			continue;
		assert_true(hits[k - 1].words >= hits[k].words);
		assert_true(hits[k - 1].words > hits[k].words ||
			    hits[k - 1].score >= hits[k].score);
		for (size_t i = 0; i < k; i++)
			assert_false(hits[i].kind == hits[k].kind &&
				     hits[i].number == hits[k].number);
	}
}

/* Documents with more words first, then by score, each document once. */
static void
test_order(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(queries); i++) {
		struct ww_hit hits[HITS_MAX];
		size_t n = ww_search_run(*state, ww_slice_cstr(queries[i]),
					 hits, HITS_MAX);

		assert_true(n <= HITS_MAX);
		check_order(hits, n);
	}
}

static bool
same_hit(const struct ww_hit *a, const struct ww_hit *b)
{
	return a->kind == b->kind && a->number == b->number &&
	       a->score == b->score && a->words == b->words;
}

/* A search leaves nothing behind, and fewer hits are the first of more. */
static void
test_repeat(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(queries); i++) {
		struct ww_slice query = ww_slice_cstr(queries[i]);
		struct ww_hit many[HITS_MAX], few[7];
		size_t n_many = ww_search_run(*state, query, many, HITS_MAX);
		size_t n_few;

		ww_search_run(*state, WW_LIT("something else"), few, 7);
		n_few = ww_search_run(*state, query, few, 7);
		assert_int_equal(n_few, n_many < 7 ? n_many : 7);
		for (size_t k = 0; k < n_few; k++)
			assert_true(same_hit(&many[k], &few[k]));
	}
}

/* Accents and case make no difference. */
static void
test_folding(void **state)
{
	static const char *const pairs[][2] = {
		{ "acc\xC3\xA8s refus\xC3\xA9", "acces refuse" },
		{ "MAGASIN D\xC3\x89"
		  "FECTUEUX",
		  "magasin defectueux" },
		{ "Access Denied", "aCCESS dENIED" },
		{ "access-denied", "access denied" },
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(pairs); i++) {
		struct ww_hit a[10], b[10];
		size_t n =
		    ww_search_run(*state, ww_slice_cstr(pairs[i][0]), a, 10);

		assert_int_equal(ww_search_run(*state,
					       ww_slice_cstr(pairs[i][1]), b,
					       10),
				 n);
		for (size_t k = 0; k < n; k++)
			assert_true(same_hit(&a[k], &b[k]));
	}
}

static void
test_nothing(void **state)
{
	static const char *const empty[] = {
		"", " ", "\t\n", "!?.,-_", "\xFF\xFE\x80", "zzzzqqqqxxxx"
	};
	struct ww_hit hits[10];

	for (size_t i = 0; i < WW_ARRAY_LEN(empty); i++)
		assert_int_equal(ww_search_run(*state, ww_slice_cstr(empty[i]),
					       hits, 10),
				 0);
	assert_int_equal(ww_search_run(*state, (struct ww_slice){ 0 }, hits,
				       10),
			 0);
	assert_int_equal(ww_search_run(*state, WW_LIT("access denied"), NULL,
				       0),
			 0);
	ww_search_close(NULL);
}

/* 10,000 letters: of one word, of 5,000 words, and behind real ones. */
static void
test_long(void **state)
{
	enum { LEN = 10000 };
	struct ww_hit hits[10];
	char *text = malloc(LEN);

	assert_non_null(text);
	memset(text, 'a', LEN);
	ww_search_run(*state, ww_slice_of(text, LEN), hits, 10);
	for (size_t i = 0; i < LEN; i += 2)
		text[i] = ' ';
	check_order(hits,
		    ww_search_run(*state, ww_slice_of(text, LEN), hits, 10));
	memset(text, 'q', LEN);
	memcpy(text, "access denied ", 14);
	assert_int_equal(ww_search_run(*state, ww_slice_of(text, LEN), hits,
				       10),
			 10);
	assert_int_equal(hits[0].words, 2);
	free(text);
}

/* The title of a topic finds it. */
static void
test_titles(void **state)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();
	struct ww_topic_title topic = { 0 };
	uint32_t n = 0;

	for (; ww_catalogue_topic(c, n, 0, &topic) == WW_OK; n++) {
		struct ww_hit hits[5];
		size_t n_hits = ww_search_run(*state, topic.title, hits, 5);
		bool found = false;

		assert_true(topic.id.len > 0 && topic.summary.len > 0);
		for (size_t k = 0; k < n_hits; k++)
			found |=
			    hits[k].kind == WW_HIT_TOPIC && hits[k].number == n;
		if (!found)
			fail_msg("\"%.*s\" does not find its topic",
				 (int)topic.title.len, topic.title.p);
	}
	assert_true(n > 0);
	assert_int_equal(ww_catalogue_topic(c, UINT32_MAX, 0, &topic),
			 WW_NOT_FOUND);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_queries),
		cmocka_unit_test(test_stop_words),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_repeat),
		cmocka_unit_test(test_folding),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_titles),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
