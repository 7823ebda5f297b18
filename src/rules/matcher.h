/*
 * Many patterns at once: one pass over a text finds where any of their first
 * literals stands.  Immutable once made; threads may share one.
 */
#ifndef WW_RULES_MATCHER_H
#define WW_RULES_MATCHER_H

#include "rules/pattern.h"

struct ww_matcher;

/* What a pattern is reported as; the caller's number. */
struct ww_rule {
	struct ww_pattern pattern;
	uint32_t id;
};

/* The rules are borrowed and must outlive the matcher. */
struct ww_matcher *ww_matcher_new(struct ww_arena *arena,
				  const struct ww_rule *rules, size_t n);

struct ww_matched {
	uint32_t id;
	struct ww_captures captures; /* borrowed from the text */
};

/* One text matches no more patterns than that; further ones are dropped. */
#define WW_MATCHES_MAX 16

/*
 * Every rule that matches somewhere in the text, each once, in the order of
 * the places.  Returns how many were written to ret[WW_MATCHES_MAX].
 */
size_t ww_matcher_run(const struct ww_matcher *matcher, struct ww_slice text,
		      struct ww_matched *ret);

#endif
