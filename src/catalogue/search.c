#include <winwhy/search.h>

#include <stdlib.h>

#include "base/compiler.h"
#include "catalogue/catalogue.h"
#include "catalogue/distance.h"
#include "catalogue/words.h"

#include "base/banned.h"

/* Words of a query that are looked at; people type three. */
#define QUERY_WORDS_MAX 12

/*
 * A prefix of one or two letters stands in a thousand terms.  So few
 * documents of each are taken that a key stroke stays below a millisecond.
 */
#define SHORT_PREFIX   2
#define SHORT_POSTINGS 24

/* A shorter query is no name; of a prefix that many share, none is meant. */
#define NAME_LEAST  4
#define NAMES_MOST  32
#define NAME_FACTOR 100000

/* How well a term fits a word, in sixteenths. */
enum fit { FIT_EXACT = 16, FIT_PREFIX = 12, FIT_STEM = 8, FIT_TYPO = 5 };

struct score {
	uint32_t total;
	uint32_t best;	/* of the word at hand */
	uint8_t words;	/* words found so far */
	uint8_t at;	/* the word that `best` belongs to, plus 1 */
	uint8_t listed; /* stands in the list of documents found */
};

struct ww_search {
	const struct ww_catalogue *c; /* borrowed */
	uint32_t n_docs;
	struct score *scores; /* owned, one for each document */
	uint32_t *found;      /* owned, documents with a score */
	uint32_t n_found;
	unsigned word; /* the word at hand, from 1 */
};

enum ww_status
ww_search_open(const struct ww_catalogue *c, struct ww_search **ret)
{
	struct ww_search *s = calloc(1, sizeof(*s));
	uint32_t n = ww_count(c, WW_S_CODE) + ww_count(c, WW_S_TOPIC);

	if (s == NULL)
		return WW_NOMEM;
	s->c = c;
	s->n_docs = n;
	s->scores = calloc((size_t)n + 1, sizeof(*s->scores));
	s->found = calloc((size_t)n + 1, sizeof(*s->found));
	if (s->scores == NULL || s->found == NULL) {
		ww_search_close(s);
		return WW_NOMEM;
	}
	*ret = s;
	return WW_OK;
}

void
ww_search_close(struct ww_search *s)
{
	if (s == NULL)
		return;
	free(s->scores);
	free(s->found);
	free(s);
}

static struct ww_slice
term_text(const struct ww_catalogue *c, uint32_t term)
{
	return ww_rec_str(ww_rec_at(c, WW_S_TERM, term), WW_TERM_TEXT);
}

static uint32_t
first_term(const struct ww_catalogue *c, struct ww_slice prefix)
{
	uint32_t low = 0, high = ww_count(c, WW_S_TERM);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (ww_slice_cmp(term_text(c, middle), prefix) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Rare words say more: the bits of documents per posting, 1 to 16. */
static uint32_t
rarity(const struct ww_search *s, uint32_t postings)
{
	uint32_t per = s->n_docs / (postings + 1) + 1, bits = 1;

	for (; per > 1; per >>= 1)
		bits++;
	return bits;
}

static void
add_posting(struct ww_search *s, uint32_t posting, uint32_t factor)
{
	uint32_t doc = posting >> 8;
	struct score *score;

	if (doc >= s->n_docs)
		return;
	score = &s->scores[doc];
	if (!score->listed) {
		score->listed = 1;
		s->found[s->n_found++] = doc;
	}
	if (score->at != s->word) {
		score->at = (uint8_t)s->word;
		/* The first slot is the whole query as a name: no word. */
		if (s->word > 1)
			score->words++;
		score->best = 0;
	}
	if ((posting & 255) * factor > score->best) {
		score->total += (posting & 255) * factor - score->best;
		score->best = (posting & 255) * factor;
	}
}

static void
add_term(struct ww_search *s, uint32_t term, enum fit fit, uint32_t most)
{
	struct ww_list list = ww_rec_list(ww_rec_at(s->c, WW_S_TERM, term),
					  WW_TERM_POSTINGS, WW_S_POSTING);
	uint32_t factor = rarity(s, list.count) * (uint32_t)fit;
	uint32_t n = list.count < most ? list.count : most;

	for (uint32_t i = 0; i < n; i++)
		add_posting(s, ww_word_at(s->c, WW_S_POSTING, list.first + i),
			    factor);
}

/* Every term that starts so; returns whether there is one. */
static bool
add_prefix(struct ww_search *s, struct ww_slice word, enum fit fit)
{
	uint32_t first = first_term(s->c, word), i;
	uint32_t most = word.len <= SHORT_PREFIX ? SHORT_POSTINGS : UINT32_MAX;

	for (i = first; i < ww_count(s->c, WW_S_TERM); i++) {
		struct ww_slice term = term_text(s->c, i);

		if (!ww_slice_starts(term, word))
			break;
		if (term.len == word.len)
			add_term(s, i, FIT_EXACT, UINT32_MAX);
		else
			add_term(s, i, fit, most);
	}
	return i > first;
}

/* Without an ending that English or French adds to a stem. */
static struct ww_slice
stem_of(struct ww_slice word)
{
	static const char *const endings[] = {
		"ations", "ation", "ings", "ment", "ions", "ing", "ion",
		"ees",	  "ed",	   "ee",   "es",   "er",   "s",	  "e",
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(endings); i++) {
		size_t n = strlen(endings[i]);

		if (word.len >= n + 4 &&
		    memcmp(word.p + word.len - n, endings[i], n) == 0)
			return ww_slice_of(word.p, word.len - n);
	}
	return word;
}

/* A bit for each letter and digit: words that differ by k differ here too. */
static uint64_t
signature(struct ww_slice word)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < word.len; i++)
		bits |= UINT64_C(1) << (word.p[i] & 63);
	return bits;
}

static unsigned
count_bits(uint64_t v)
{
	unsigned n = 0;

	for (; v != 0; v &= v - 1)
		n++;
	return n;
}

static void
add_typos(struct ww_search *s, struct ww_slice word)
{
	unsigned limit = word.len >= 8 ? 2 : 1;
	uint64_t bits = signature(word);

	if (word.len < 4)
		return;
	for (uint32_t i = 0; i < ww_count(s->c, WW_S_TERM); i++) {
		struct ww_slice term = term_text(s->c, i);

		if (term.len + limit < word.len ||
		    term.len > word.len + limit ||
		    count_bits(bits ^ signature(term)) > 2 * limit)
			continue;
		if (ww_distance(word, term, limit) <= limit)
			add_term(s, i, FIT_TYPO, UINT32_MAX);
	}
}

static void
add_word(struct ww_search *s, struct ww_slice word)
{
	struct ww_slice stem = stem_of(word);

	if (add_prefix(s, word, FIT_PREFIX))
		return;
	if (stem.len < word.len && add_prefix(s, stem, FIT_STEM))
		return;
	add_typos(s, word);
}

/* Whether document a answers better than b. */
static bool
better(const struct ww_search *s, uint32_t a, uint32_t b)
{
	const struct score *sa = &s->scores[a], *sb = &s->scores[b];

	if (sa->words != sb->words)
		return sa->words > sb->words;
	if (sa->total != sb->total)
		return sa->total > sb->total;
	return a < b;
}

/* Keep the best max documents at the front of *ret, in order. */
static size_t
take_best(const struct ww_search *s, struct ww_hit *ret, size_t max)
{
	uint32_t n_codes = ww_count(s->c, WW_S_CODE);
	size_t n = 0;

	for (uint32_t i = 0; i < s->n_found; i++) {
		uint32_t doc = s->found[i];
		size_t at = n;

		/* number holds the document until the end. */
		while (at > 0 && better(s, doc, ret[at - 1].number))
			at--;
		if (at == max)
			continue;
		n += n < max;
		memmove(ret + at + 1, ret + at, (n - at - 1) * sizeof(*ret));
		ret[at].number = doc;
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t doc = ret[i].number;

		ret[i] = (struct ww_hit){
			.kind = doc < n_codes ? WW_HIT_CODE : WW_HIT_TOPIC,
			.number = doc < n_codes ? doc : doc - n_codes,
			.score = s->scores[doc].total,
			.words = s->scores[doc].words,
		};
	}
	return n;
}

static void
forget(struct ww_search *s)
{
	for (uint32_t i = 0; i < s->n_found; i++)
		s->scores[s->found[i]] = (struct score){ 0 };
	s->n_found = 0;
	s->word = 0;
}

static void
add_named(struct ww_search *s, struct ww_range range)
{
	for (uint32_t i = 0; i < range.count; i++)
		add_posting(s,
			    ww_catalogue_named(s->c, range.first + i) << 8 |
				255,
			    NAME_FACTOR);
}

/* A query that is a name, or the start of few, finds those before all. */
static void
add_names(struct ww_search *s, struct ww_slice query)
{
	struct ww_slice name = ww_slice_trim(query);
	struct ww_range range = ww_catalogue_name(s->c, name, 0);

	if (name.len >= NAME_LEAST && range.count <= NAMES_MOST)
		add_named(s, range);
}

/* Bytes of the longest name that words are put together to. */
#define SPOKEN_MAX 80

/*
 * "file not found": a prefix and the query with an underscore in each gap.
 * Nothing when that is too long.  Bytes of a longer character stay, and no
 * name has them.
 */
static struct ww_slice
spell_name(const char *prefix, struct ww_slice query, char ret[SPOKEN_MAX])
{
	size_t n = 0, start;
	bool gap = false;

	while (*prefix != '\0')
		ret[n++] = *prefix++;
	start = n;
	for (size_t i = 0; i < query.len; i++) {
		if (!ww_is_alnum(query.p[i]) && (uint8_t)query.p[i] < 0x80) {
			gap = n > start;
			continue;
		}
		if (n + 2 > SPOKEN_MAX)
			return (struct ww_slice){ 0 };
		if (gap)
			ret[n++] = '_';
		gap = false;
		ret[n++] = query.p[i];
	}
	return ww_slice_of(ret, n);
}

/* A query that says a name as people do finds it before all, too. */
static void
add_spoken_names(struct ww_search *s, struct ww_slice query)
{
	static const char *const prefixes[] = { "ERROR_", "STATUS_" };

	if (ww_slice_trim(query).len < NAME_LEAST)
		return;
	for (size_t k = 0; k < WW_ARRAY_LEN(prefixes); k++) {
		char buf[SPOKEN_MAX];
		struct ww_slice name = spell_name(prefixes[k], query, buf);

		add_named(s, ww_catalogue_name(s->c, name, 1));
	}
}

size_t
ww_search_run(struct ww_search *s, struct ww_slice query, struct ww_hit *ret,
	      size_t max)
{
	struct ww_words_in words = { .rest = query };
	size_t n;

	s->word = 1;
	add_names(s, query);
	add_spoken_names(s, query);
	while (s->word <= QUERY_WORDS_MAX && ww_words_next(&words)) {
		if (ww_word_is_common(words.word))
			continue;
		s->word++;
		add_word(s, ww_slice_of(words.word, words.len));
	}
	n = max == 0 ? 0 : take_best(s, ret, max);
	forget(s);
	return n;
}

enum ww_status
ww_catalogue_topic(const struct ww_catalogue *c, uint32_t number, unsigned lang,
		   struct ww_topic_title *ret)
{
	struct ww_rec r = ww_rec_at(c, WW_S_TOPIC, number);

	if (r.p == NULL)
		return WW_NOT_FOUND;
	*ret = (struct ww_topic_title){
		.id = ww_rec_str(r, WW_TOPIC_ID),
		.title = ww_rec_text(r, WW_TOPIC_TITLE, lang).s,
		.summary = ww_rec_text(r, WW_TOPIC_SUMMARY, lang).s,
	};
	return WW_OK;
}
