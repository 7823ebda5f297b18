/*
 * Signatures: what they refer to becomes record numbers, and each proves
 * itself on the lines it says it hits and misses.
 */
#include "compile/link.h"
#include "rules/pattern.h"

#include "base/banned.h"

/* A miss must share so much with a pattern to be a neighbour of it. */
#define SHARED_MIN 4

struct proof {
	struct compiler *c;
	uint32_t signature;
	struct ww_pattern *patterns; /* in the arena */
	uint32_t n_patterns;
};

static struct ww_slice
list_string(const struct proof *p, unsigned at, enum ww_section section,
	    uint32_t i)
{
	const struct image *im = &p->c->image;
	uint32_t first = image_get(im, WW_S_SIGNATURE, p->signature, at);

	return image_str_at(im, image_get(im, section, first + i, 0));
}

static uint32_t
list_count(const struct proof *p, unsigned at)
{
	return image_get(&p->c->image, WW_S_SIGNATURE, p->signature, at + 1);
}

static void
read_patterns(struct proof *p)
{
	uint32_t n = list_count(p, WW_SIGNATURE_PATTERNS);

	p->patterns = ww_arena_array(p->c->arena, n, sizeof(*p->patterns));
	for (uint32_t i = 0; i < n; i++) {
		struct ww_slice text =
		    list_string(p, WW_SIGNATURE_PATTERNS, WW_S_PATTERN, i);
		struct ww_error error;

		/* The heap moves as it grows; patterns are read only here. */
		if (ww_pattern_read(p->c->arena, text,
				    &p->patterns[p->n_patterns],
				    &error) == WW_OK) {
			p->n_patterns++;
			continue;
		}
		problem(&p->c->problems, "pattern \"%.*s\", byte %u: %s",
			(int)text.len, text.p, (unsigned)error.at, error.why);
	}
}

static bool
matches(const struct proof *p, struct ww_slice line)
{
	struct ww_captures captures;

	for (uint32_t i = 0; i < p->n_patterns; i++)
		if (ww_pattern_find(&p->patterns[i], line, &captures))
			return true;
	return false;
}

static bool
shares(struct ww_slice literal, struct ww_slice line)
{
	for (size_t i = 0; i + SHARED_MIN <= literal.len; i++)
		if (ww_slice_casehas(line,
				     ww_slice_part(literal, i, SHARED_MIN)))
			return true;
	return false;
}

static bool
is_neighbour(const struct proof *p, struct ww_slice line)
{
	for (uint32_t i = 0; i < p->n_patterns; i++)
		for (unsigned k = 0; k < p->patterns[i].n_pieces; k++)
			if (!p->patterns[i].pieces[k].is_hole &&
			    shares(p->patterns[i].pieces[k].text, line))
				return true;
	return false;
}

static void
check_samples(const struct proof *p)
{
	struct problems *problems = &p->c->problems;

	for (uint32_t i = 0; i < list_count(p, WW_SIGNATURE_HITS); i++) {
		struct ww_slice line =
		    list_string(p, WW_SIGNATURE_HITS, WW_S_SAMPLE, i);

		if (!matches(p, line))
			problem(problems, "does not hit \"%.*s\"",
				(int)line.len, line.p);
	}
	for (uint32_t i = 0; i < list_count(p, WW_SIGNATURE_MISSES); i++) {
		struct ww_slice line =
		    list_string(p, WW_SIGNATURE_MISSES, WW_S_SAMPLE, i);

		if (matches(p, line))
			problem(problems, "does not miss \"%.*s\"",
				(int)line.len, line.p);
		else if (!is_neighbour(p, line))
			problem(problems, "has nothing in common with \"%.*s\"",
				(int)line.len, line.p);
	}
}

/* A pattern that hits nothing it was given is not needed. */
static void
check_patterns_used(const struct proof *p)
{
	for (uint32_t i = 0; i < p->n_patterns; i++) {
		struct proof one = *p;
		bool used = false;

		one.patterns = &p->patterns[i];
		one.n_patterns = 1;
		for (uint32_t k = 0; k < list_count(p, WW_SIGNATURE_HITS); k++)
			used = used ||
			       matches(&one, list_string(p, WW_SIGNATURE_HITS,
							 WW_S_SAMPLE, k));
		if (!used)
			problem(&p->c->problems,
				"no line shows what pattern %u is for", i + 1);
	}
}

static void
link_cause(struct compiler *c, uint32_t signature)
{
	struct image *im = &c->image;
	uint32_t topic =
	    image_get(im, WW_S_SIGNATURE, signature, WW_SIGNATURE_TOPIC);
	uint32_t id =
	    image_get(im, WW_S_SIGNATURE, signature, WW_SIGNATURE_CAUSE);
	uint32_t says =
	    image_get(im, WW_S_SIGNATURE, signature, WW_SIGNATURE_SAYS);
	uint32_t at = topic == 0 || id == 0 ? 0 : cause_at(im, topic - 1, id);

	if (id != 0 && at == 0)
		problem(&c->problems, "the topic has no cause \"%s\"",
			image_str_at(im, id).p);
	if (says == WW_SAYS_CAUSE && id == 0)
		problem(&c->problems, "shows a cause, and names none");
	if (says == WW_SAYS_HARMLESS &&
	    image_get(im, WW_S_SIGNATURE, signature, WW_SIGNATURE_BECAUSE) == 0)
		problem(&c->problems, "does not say why it is harmless");
	image_set(im, WW_S_SIGNATURE, signature, WW_SIGNATURE_CAUSE_AT, at);
}

static void
link_near(struct compiler *c, uint32_t near)
{
	struct image *im = &c->image;
	struct ww_slice id =
	    image_str_at(im, image_get(im, WW_S_NEAR, near, WW_NEAR_SIGNATURE));
	uint32_t found = find_id(c, WW_S_SIGNATURE, id);
	uint32_t within = image_get(im, WW_S_NEAR, near, WW_NEAR_WITHIN);
	bool counted =
	    within == WW_WITHIN_RECORDS || within == WW_WITHIN_SECONDS;

	if (found == 0)
		problem(&c->problems, "no signature has the id \"%.*s\"",
			(int)id.len, id.p);
	if (counted != (image_get(im, WW_S_NEAR, near, WW_NEAR_COUNT) > 0))
		problem(&c->problems, "a count belongs to records and seconds");
	image_set(im, WW_S_NEAR, near, WW_NEAR_SIGNATURE_AT,
		  found == 0 ? 0 : found - 1);
}

static void
link_signature(struct compiler *c, uint32_t signature)
{
	struct proof p = { .c = c, .signature = signature };
	uint32_t near =
	    image_get(&c->image, WW_S_SIGNATURE, signature, WW_SIGNATURE_NEAR);
	uint32_t n = list_count(&p, WW_SIGNATURE_NEAR);

	at_record(c, WW_S_SIGNATURE, signature);
	link_cause(c, signature);
	for (uint32_t i = 0; i < n; i++)
		link_near(c, near + i);
	read_patterns(&p);
	check_samples(&p);
	check_patterns_used(&p);
}

/* The kinds of logs and episodes stand in the order of their words. */
static void
check_kinds(struct compiler *c, enum ww_section section, enum ww_words list)
{
	const char *const *words = ww_words_of(list);
	uint32_t n = image_count(&c->image, section), i = 0;

	c->problems.file = ww_schema_of(section)->name;
	c->problems.line = 0;
	for (; words[i] != NULL; i++)
		if (i >= n ||
		    !ww_slice_eq(ww_slice_cstr(words[i]),
				 image_str_at(&c->image,
					      image_get(&c->image, section, i,
							0))))
			problem(&c->problems, "\"%s\" is not in its place",
				words[i]);
	if (n > i)
		problem(&c->problems, "has more records than words");
}

void
link_signatures(struct compiler *c)
{
	check_kinds(c, WW_S_LOG_KIND, WW_WORDS_DIALECT);
	check_kinds(c, WW_S_EPISODE_KIND, WW_WORDS_EPISODE);
	for (uint32_t i = 0; i < image_count(&c->image, WW_S_SIGNATURE); i++)
		link_signature(c, i);
}
