/*
 * How it works: of each rule's first or second literal, whichever is longer, a
 * window of step + 3 bytes is chosen, and the `step` pieces of four
 * bytes in it are put in a table.  A text is looked at in every step-th place
 * only: wherever the literal stands, one of those pieces lies at such a place.
 * Rules for the start of a text have tables of their own, which are asked once.
 * A bit map small enough for the first cache answers for nearly all places
 * that none does.
 */
#include "rules/matcher.h"

#include <assert.h>

#include "base/bytes.h"
#include "base/compiler.h"

#include "base/banned.h"

#define GRAM	   4
#define STEP_MAX   8
#define MAP_BITS   15
#define TABLE_BITS 11

/*
 * What attempts on one text may cost, in bytes looked at: so many for each of
 * its own, and what a text of a few lines may need.  So a line that is made
 * of nothing but the beginnings of patterns takes no longer than its length
 * explains.
 */
#define COST_BYTE    32
#define COST_TEXT    32768
#define COST_ATTEMPT 16

struct gram {
	uint32_t value;	 /* folded */
	uint32_t rule;	 /* its place among the rules */
	bool second;	 /* it is of the rule's second literal */
	uint32_t before; /* bytes of the literal before the gram */
	uint32_t behind; /* from the gram to the literal's last gram … */
	uint32_t tail;	 /* … which is this one */
	uint32_t next;	 /* gram of the same bucket, plus 1 */
};

struct table {
	bool used;			    /* it has a gram */
	uint32_t buckets[1u << TABLE_BITS]; /* gram plus 1 */
	uint64_t map[(1u << MAP_BITS) / 64];
};

struct ww_matcher {
	const struct ww_rule *rules; /* borrowed */
	size_t n_rules;
	size_t step;
	struct gram *grams; /* owned, arena */
	uint32_t n_grams;
	struct table anywhere, at_start, at_long_start;
};

/* Letters folded; other bytes may fall together, which only costs a look. */
static uint32_t
gram_at(const char *p)
{
	return ww_load32((const uint8_t *)p) | 0x20202020u;
}

/* Of the first bytes, as many as every literal has. */
static uint32_t
head_at(const char *p)
{
	static_assert(WW_ANCHOR_MIN > GRAM, "a byte more than a piece");

	return gram_at(p) + 31 * gram_at(p + WW_ANCHOR_MIN - GRAM);
}

/*
 * Of as many bytes as most literals for the start have: all events begin
 * alike, "Event ID 4624 of" does not.
 */
#define LONG_HEAD 16

static inline uint32_t
long_head_at(const char *p)
{
	const uint64_t fold = UINT64_C(0x2020202020202020);
	uint64_t first = ww_load64((const uint8_t *)p) | fold;
	uint64_t second = ww_load64((const uint8_t *)p + 8) | fold;

	return (uint32_t)((first + 31 * second) *
			      UINT64_C(0x9e3779b97f4a7c15) >>
			  32);
}

static uint32_t
hash_of(uint32_t gram)
{
	return gram * 0x9e3779b1u;
}

/*
 * How many rules have a gram in their literals.  They are lines of logs, so
 * what many of them share is what logs are full of: "package", "Session".
 */
#define SHARED_BITS 12

struct shared {
	uint16_t rules[1u << SHARED_BITS];
	uint32_t last[1u << SHARED_BITS]; /* the rule that counted, plus 1 */
};

static void
count_grams(struct shared *shared, struct ww_slice literal, uint32_t rule)
{
	for (size_t i = 0; i + GRAM <= literal.len; i++) {
		uint32_t h =
		    hash_of(gram_at(literal.p + i)) >> (32 - SHARED_BITS);

		if (shared->last[h] == rule + 1)
			continue;
		shared->last[h] = rule + 1;
		shared->rules[h]++;
	}
}

static void
count_rules(struct shared *shared, const struct ww_rule *rules, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (unsigned k = 0; k < rules[i].pattern.n_pieces; k++)
			if (!rules[i].pattern.pieces[k].is_hole)
				count_grams(shared,
					    rules[i].pattern.pieces[k].text,
					    (uint32_t)i);
}

/* What logs are full of, whether a rule has it or not. */
static const char usual_words[] =
    "2024 2025 2026 0x8007 0x8024 80070 80240 200 403 404 500 action agent "
    "cannot code create download error failed file hash info install job "
    "operation package plan product result return search service session "
    "start state status successfully update version warning";

/* What one of them weighs, in rules that share it. */
#define USUAL_WEIGHT 8

static void
count_usual_words(struct shared *shared)
{
	for (const char *p = usual_words; p[GRAM - 1] != '\0'; p++)
		shared->rules[hash_of(gram_at(p)) >> (32 - SHARED_BITS)] +=
		    USUAL_WEIGHT;
}

/* Letters that every word has, blanks and marks; the others tell more. */
static const unsigned char common[256] = {
	[' '] = 1, ['.'] = 1, ['0'] = 1, [':'] = 1, ['='] = 1, ['A'] = 1,
	['E'] = 1, ['I'] = 1, ['L'] = 1, ['N'] = 1, ['O'] = 1, ['R'] = 1,
	['S'] = 1, ['T'] = 1, ['a'] = 1, ['e'] = 1, ['i'] = 1, ['l'] = 1,
	['n'] = 1, ['o'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1,
};

/* How often a gram is likely to be met. */
static unsigned
weight_of(const struct shared *shared, const char *p)
{
	unsigned weight =
	    4u * shared->rules[hash_of(gram_at(p)) >> (32 - SHARED_BITS)];

	for (size_t i = 0; i < GRAM; i++)
		weight += common[(unsigned char)p[i]];
	return weight;
}

/* Where in the literal the window of the rarest grams starts. */
static size_t
rarest_window(const struct shared *shared, struct ww_slice literal, size_t step)
{
	size_t best = 0;
	unsigned sum = 0, least = ~0u;

	for (size_t i = 0; i + GRAM <= literal.len; i++) {
		sum += weight_of(shared, literal.p + i);
		if (i + 1 < step)
			continue;
		if (sum < least) {
			least = sum;
			best = i + 1 - step;
		}
		sum -= weight_of(shared, literal.p + i + 1 - step);
	}
	return best;
}

/* The longer a literal, the fewer lines have it. */
static bool
is_second_longer(const struct ww_pattern *pattern)
{
	return ww_pattern_has_second(pattern) &&
	       pattern->pieces[2].text.len > pattern->pieces[0].text.len;
}

/* The literal by which the pattern is found. */
static struct ww_slice
literal_of(const struct ww_pattern *pattern)
{
	return pattern->pieces[is_second_longer(pattern) ? 2 : 0].text;
}

static void
add_gram(struct ww_matcher *m, struct table *table, struct ww_slice literal,
	 size_t before, struct gram gram)
{
	uint32_t h;

	gram.before = (uint32_t)before;
	gram.behind = (uint32_t)(literal.len - GRAM - before);
	gram.tail = gram_at(literal.p + literal.len - GRAM);
	h = hash_of(gram.value);
	gram.next = table->buckets[h >> (32 - TABLE_BITS)];
	m->grams[m->n_grams] = gram;
	table->buckets[h >> (32 - TABLE_BITS)] = ++m->n_grams;
	h >>= 32 - MAP_BITS;
	table->map[h / 64] |= (uint64_t)1 << h % 64;
	table->used = true;
}

static void
add_rule(struct ww_matcher *m, const struct shared *shared, size_t rule)
{
	const struct ww_pattern *pattern = &m->rules[rule].pattern;
	struct gram gram = { .rule = (uint32_t)rule,
			     .second = is_second_longer(pattern) };
	struct ww_slice literal = literal_of(pattern);
	size_t first;

	if (pattern->at_start && literal.len >= LONG_HEAD) {
		gram.value = long_head_at(literal.p);
		add_gram(m, &m->at_long_start, literal, 0, gram);
		return;
	}
	if (pattern->at_start) {
		gram.value = head_at(literal.p);
		add_gram(m, &m->at_start, literal, 0, gram);
		return;
	}
	first = rarest_window(shared, literal, m->step);
	for (size_t i = first; i < first + m->step; i++) {
		gram.value = gram_at(literal.p + i);
		add_gram(m, &m->anywhere, literal, i, gram);
	}
}

/* The widest step at which no literal can be missed. */
static size_t
step_for(const struct ww_rule *rules, size_t n)
{
	size_t step = STEP_MAX;

	for (size_t i = 0; i < n; i++) {
		size_t len = literal_of(&rules[i].pattern).len;

		if (!rules[i].pattern.at_start && len < step + GRAM - 1)
			step = len - GRAM + 1;
	}
	return step;
}

struct ww_matcher *
ww_matcher_new(struct ww_arena *arena, const struct ww_rule *rules, size_t n)
{
	struct ww_matcher *m = ww_arena_new(arena, struct ww_matcher);
	struct shared *shared = ww_arena_new(arena, struct shared);

	m->rules = rules;
	m->n_rules = n;
	m->step = step_for(rules, n);
	m->grams = ww_arena_array(arena, n * m->step, sizeof(*m->grams));
	count_rules(shared, rules, n);
	count_usual_words(shared);
	for (size_t i = 0; i < n; i++)
		add_rule(m, shared, i);
	return m;
}

static inline bool
may_have(const struct table *table, uint32_t gram)
{
	uint32_t h = hash_of(gram) >> (32 - MAP_BITS);

	return (table->map[h / 64] >> h % 64 & 1) != 0;
}

struct run {
	const struct ww_matcher *m;
	struct ww_slice text;
	struct ww_matched *ret;
	size_t n;
	size_t cost;
};

static bool
is_matched(const struct run *r, uint32_t id)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->ret[i].id == id)
			return true;
	return false;
}

/* Whether the literal could stand there, by its two ends. */
static bool
may_stand(const struct run *r, const struct gram *gram, size_t at)
{
	size_t left = r->text.len - at - GRAM;

	return gram->before <= at && gram->behind <= left &&
	       gram_at(r->text.p + at + gram->behind) == gram->tail;
}

/* The gram's literal may stand at `at`: match its rule, unless it has. */
static void
try_rule(struct run *r, const struct gram *gram, size_t at)
{
	const struct ww_rule *rule = &r->m->rules[gram->rule];
	struct ww_matched *ret = r->ret + r->n;
	bool matches;

	if (r->n == WW_MATCHES_MAX || is_matched(r, rule->id))
		return;
	r->cost += COST_ATTEMPT;
	matches = gram->second
		      ? ww_pattern_match_second(&rule->pattern, r->text, at,
						&ret->captures, &r->cost)
		      : ww_pattern_match(&rule->pattern, r->text, at,
					 &ret->captures, &r->cost);
	ret->id = rule->id;
	r->n += matches;
}

/* One piece of four bytes stands at `at`: try the rules that have it. */
static void
try_gram(struct run *r, const struct table *table, uint32_t value, size_t at)
{
	uint32_t i = table->buckets[hash_of(value) >> (32 - TABLE_BITS)];
	const struct gram *gram;

	for (; i > 0; i = gram->next) {
		gram = &r->m->grams[i - 1];
		if (gram->value == value && may_stand(r, gram, at))
			try_rule(r, gram, at - gram->before);
	}
}

/* The rules for the start of a text. */
static void
try_start(struct run *r)
{
	const struct ww_matcher *m = r->m;
	const char *p = r->text.p;

	if (m->at_start.used && may_have(&m->at_start, head_at(p)))
		try_gram(r, &m->at_start, head_at(p), 0);
	if (m->at_long_start.used && r->text.len >= LONG_HEAD &&
	    may_have(&m->at_long_start, long_head_at(p)))
		try_gram(r, &m->at_long_start, long_head_at(p), 0);
}

size_t
ww_matcher_run(const struct ww_matcher *m, struct ww_slice text,
	       struct ww_matched *ret)
{
	struct run r = { .m = m, .text = text, .ret = ret };
	size_t cost_max = COST_TEXT + text.len * COST_BYTE, step = m->step;

	if (text.len < WW_ANCHOR_MIN)
		return 0;
	try_start(&r);
	for (size_t at = 0; at <= text.len - GRAM; at += step) {
		uint32_t gram = gram_at(text.p + at);

		if (!may_have(&m->anywhere, gram))
			continue;
		try_gram(&r, &m->anywhere, gram, at);
		if (r.cost > cost_max)
			break;
	}
	return r.n;
}
