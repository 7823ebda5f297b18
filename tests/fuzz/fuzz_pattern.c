/*
 * Arbitrary bytes as patterns and a text: lines are patterns up to an empty
 * one, and the text is the rest.  What all of them find at once must be what
 * each of them finds alone.
 */
#include <stdlib.h>

#include "base/compiler.h"
#include "rules/matcher.h"

#include "fuzz.h"

#define RULES_MAX 8

/*
 * Places times patterns: beyond that the matcher may give up trying, and the
 * two may differ.
 */
#define COMPARED_MAX 256

static void
check_error(const struct ww_error *error, struct ww_slice text)
{
	require(error->status == WW_INVALID);
	require(error->at <= text.len);
	require(error->why != NULL);
}

static void
check_pattern(const struct ww_pattern *p)
{
	unsigned holes = 0;

	require(p->n_pieces > 0 && p->n_pieces <= WW_PIECES_MAX);
	require(!p->pieces[0].is_hole);
	require(p->pieces[0].text.len >= WW_ANCHOR_MIN);
	for (unsigned i = 0; i < p->n_pieces; i++) {
		holes += p->pieces[i].is_hole;
		require(p->pieces[i].is_hole || p->pieces[i].text.len > 0);
	}
	require(holes <= WW_CAPTURES_MAX);
}

static void
check_captures(const struct ww_captures *captures, struct ww_slice text)
{
	require(captures->n <= WW_CAPTURES_MAX);
	for (unsigned i = 0; i < captures->n; i++) {
		struct ww_slice value = captures->p[i].value;

		require(value.len <= WW_HOLE_MAX);
		require(value.p >= text.p && value.p <= text.p + text.len);
		require(value.len <= (size_t)(text.p + text.len - value.p));
		if (i > 0)
			require(value.p >= captures->p[i - 1].value.p +
					       captures->p[i - 1].value.len);
	}
}

static bool
same_captures(const struct ww_captures *a, const struct ww_captures *b)
{
	for (unsigned i = 0; i < a->n && i < b->n; i++)
		if (a->p[i].value.p != b->p[i].value.p ||
		    a->p[i].value.len != b->p[i].value.len)
			return false;
	return a->n == b->n;
}

static const struct ww_matched *
find_match(const struct ww_matched *matches, size_t n, uint32_t id)
{
	for (size_t i = 0; i < n; i++)
		if (matches[i].id == id)
			return &matches[i];
	return NULL;
}

/* Each pattern alone, then all at once. */
static void
match(struct ww_arena *arena, const struct ww_rule *rules, size_t n,
      struct ww_slice text)
{
	struct ww_matched matches[WW_MATCHES_MAX];
	size_t found =
	    ww_matcher_run(ww_matcher_new(arena, rules, n), text, matches);
	struct ww_captures captures;

	require(found <= n);
	for (size_t i = 0; i < n; i++) {
		const struct ww_matched *at =
		    find_match(matches, found, rules[i].id);
		bool here = ww_pattern_find(&rules[i].pattern, text, &captures);

		if (here)
			check_captures(&captures, text);
		if (at != NULL)
			check_captures(&at->captures, text);
		if (text.len * n > COMPARED_MAX)
			continue;
		require(here == (at != NULL));
		require(!here || same_captures(&captures, &at->captures));
	}
}

static void
run(struct ww_arena *arena, struct ww_slice rest)
{
	struct ww_rule rules[RULES_MAX];
	struct ww_error error;
	struct ww_slice line;
	char *copy;
	size_t n = 0;

	while (n < RULES_MAX && (line = ww_slice_until(&rest, '\n')).len > 0) {
		rules[n].id = (uint32_t)n;
		if (ww_pattern_read(arena, line, &rules[n].pattern, &error) !=
		    WW_OK) {
			check_error(&error, line);
			continue;
		}
		check_pattern(&rules[n++].pattern);
	}
	/* A copy of its own length: a read behind the end is seen. */
	copy = malloc(rest.len + 1);
	require(copy != NULL);
	if (rest.len > 0)
		memcpy(copy + 1, rest.p, rest.len);
	match(arena, rules, n, ww_slice_of(copy + 1, rest.len));
	free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ww_arena arena;

	/* No way out: a run that has no memory is no finding. */
	ww_arena_init(&arena, NULL);
	run(&arena, ww_slice_of((const char *)data, size));
	ww_arena_release(&arena);
	return 0;
}
