/*
 * The search index: each word of names, meanings and topics, with the
 * documents it stands in and how much it says there.
 */
#include <stdlib.h>

#include "catalogue/words.h"
#include "compile/link.h"

#include "base/banned.h"

/* How much a word says about its document, by where it stands. */
enum weight {
	WEIGHT_BODY = 4,
	WEIGHT_MEANING = 12,
	WEIGHT_NAME = 28,
	WEIGHT_SUMMARY = 16,
	WEIGHT_CAUSE = 10,
	WEIGHT_TITLE = 60,

	/* In addition, of a code that has a meaning, and of one in a topic. */
	WEIGHT_KNOWN = 4,
	WEIGHT_COVERED = 8,
};
#define WEIGHT_MAX 255u

struct hit {
	const char *word; /* in the arena, ended by a NUL */
	uint32_t doc;
	uint32_t weight;
};

struct hits {
	struct compiler *c;
	struct hit *p;
	size_t n, cap;
};

static void
add_hit(struct hits *hits, const char *word, size_t len, uint32_t doc,
	uint32_t weight)
{
	if (ww_word_is_common(word))
		return;
	if (hits->n == hits->cap) {
		size_t cap = hits->cap > 0 ? hits->cap * 2 : 65536;
		struct hit *p = ww_arena_array(hits->c->arena, cap, sizeof(*p));

		if (hits->n > 0)
			memcpy(p, hits->p, hits->n * sizeof(*p));
		hits->p = p;
		hits->cap = cap;
	}
	hits->p[hits->n++] = (struct hit){
		.word = ww_arena_copy(hits->c->arena, word, len),
		.doc = doc,
		.weight = weight,
	};
}

static void
add_words(struct hits *hits, struct ww_slice text, bool camel, uint32_t doc,
	  uint32_t weight)
{
	struct ww_words_in words = { .rest = text, .camel = camel };

	while (ww_words_next(&words))
		add_hit(hits, words.word, words.len, doc, weight);
}

/* A text in each language it has. */
static void
add_text(struct hits *hits, uint32_t text, uint32_t doc, uint32_t weight)
{
	const struct image *im = &hits->c->image;

	for (unsigned lang = 0; lang < im->n_langs; lang++)
		add_words(hits, image_text_at(im, text, lang), false, doc,
			  weight);
}

/* What people meet has a topic. */
static bool
has_topic(const struct image *im, uint32_t code)
{
	uint32_t value = image_get(im, WW_S_CODE, code, WW_CODE_VALUE);
	uint32_t space = image_get(im, WW_S_CODE, code, WW_CODE_SPACE);
	uint32_t n = image_count(im, WW_S_TOPIC_KEY);

	for (uint32_t i = 0; i < n; i++)
		if (image_get(im, WW_S_TOPIC_KEY, i, WW_TOPIC_KEY_VALUE) ==
			value &&
		    image_get(im, WW_S_TOPIC_KEY, i, WW_TOPIC_KEY_SPACE) ==
			space)
			return true;
	return false;
}

static void
add_codes(struct hits *hits)
{
	const struct image *im = &hits->c->image;
	uint32_t n = image_count(im, WW_S_CODE);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t family =
		    image_get(im, WW_S_CODE, i, WW_CODE_FAMILY) - 1;
		uint32_t prominence =
		    image_get(im, WW_S_FAMILY, family, WW_FAMILY_PROMINENCE);
		uint32_t meaning = image_get(im, WW_S_CODE, i, WW_CODE_MEANING);

		prominence += meaning != 0 ? WEIGHT_KNOWN : 0;
		prominence += has_topic(im, i) ? WEIGHT_COVERED : 0;
		add_words(hits,
			  image_str_at(im, image_get(im, WW_S_CODE, i,
						     WW_CODE_NAME)),
			  true, i, WEIGHT_NAME + prominence);
		add_text(hits, meaning, i, WEIGHT_MEANING + prominence);
	}
}

/* The text field `at` of n records of a section. */
static void
add_fields(struct hits *hits, enum ww_section section, uint32_t first,
	   uint32_t n, unsigned at, uint32_t doc, uint32_t weight)
{
	for (uint32_t i = first; i < first + n; i++)
		add_text(hits, image_get(&hits->c->image, section, i, at), doc,
			 weight);
}

static void
add_topics(struct hits *hits)
{
	const struct image *im = &hits->c->image;
	uint32_t n_codes = image_count(im, WW_S_CODE);

	for (uint32_t i = 0; i < image_count(im, WW_S_TOPIC); i++) {
		uint32_t doc = n_codes + i;

		add_fields(hits, WW_S_TOPIC, i, 1, WW_TOPIC_TITLE, doc,
			   WEIGHT_TITLE);
		add_fields(hits, WW_S_TOPIC, i, 1, WW_TOPIC_SUMMARY, doc,
			   WEIGHT_SUMMARY);
		add_fields(hits, WW_S_CAUSE,
			   image_get(im, WW_S_TOPIC, i, WW_TOPIC_CAUSES),
			   image_get(im, WW_S_TOPIC, i, WW_TOPIC_CAUSES + 1),
			   WW_CAUSE_TITLE, doc, WEIGHT_CAUSE);
		add_fields(hits, WW_S_PARAGRAPH,
			   image_get(im, WW_S_TOPIC, i, WW_TOPIC_MEANING),
			   image_get(im, WW_S_TOPIC, i, WW_TOPIC_MEANING + 1),
			   WW_PARAGRAPH_TEXT, doc, WEIGHT_BODY);
	}
}

static int
compare_hits(const void *a, const void *b)
{
	const struct hit *ha = a, *hb = b;
	int order = strcmp(ha->word, hb->word);

	if (order != 0)
		return order;
	if (ha->doc != hb->doc)
		return ha->doc < hb->doc ? -1 : 1;
	return ha->weight > hb->weight ? -1 : ha->weight < hb->weight;
}

/* The hits are sorted: the heaviest of a word and document comes first. */
static void
write_terms(struct image *im, const struct hit *hits, size_t n)
{
	for (size_t i = 0; i < n;) {
		const char *word = hits[i].word;
		uint32_t term = image_add(im, WW_S_TERM);
		uint32_t first = image_count(im, WW_S_POSTING);
		uint32_t doc = UINT32_MAX;

		for (; i < n && strcmp(hits[i].word, word) == 0; i++) {
			if (hits[i].doc == doc)
				continue;
			doc = hits[i].doc;
			image_push32(im, WW_S_POSTING,
				     doc << 8 | (hits[i].weight & WEIGHT_MAX));
		}
		image_set(im, WW_S_TERM, term, WW_TERM_TEXT,
			  image_str(im, ww_slice_cstr(word)));
		image_set(im, WW_S_TERM, term, WW_TERM_POSTINGS, first);
		image_set(im, WW_S_TERM, term, WW_TERM_POSTINGS + 1,
			  image_count(im, WW_S_POSTING) - first);
	}
}

void
link_terms(struct compiler *c)
{
	struct hits hits = { .c = c };

	add_codes(&hits);
	add_topics(&hits);
	if (hits.n > 0)
		qsort(hits.p, hits.n, sizeof(*hits.p), compare_hits);
	write_terms(&c->image, hits.p, hits.n);
}
