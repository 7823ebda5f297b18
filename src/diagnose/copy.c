#include "diagnose/copy.h"

#include "base/banned.h"

/* Series that are compared; no client has so many, and each takes time. */
#define COMPARED_MAX 1000000

struct comparing {
	struct ww_analysis *const *files;
	size_t n;
	const struct ww_analysis *log;
	unsigned left; /* of COMPARED_MAX */
	unsigned same; /* episodes that both have */
};

static bool
is_trace_of(const struct ww_analysis *a, const struct ww_analysis *log)
{
	return a->was_read && a->dialect == log->dialect && a->binary != NULL &&
	       ww_slice_eq(a->machine, log->machine);
}

/* What the log covers is within what the traces cover. */
static bool
is_within(const struct comparing *c)
{
	ww_time first = ww_analysis_utc(c->log, c->log->first);
	ww_time last = ww_analysis_utc(c->log, c->log->last);
	bool begun = false, ended = false;

	if (first == WW_NO_TIME || last == WW_NO_TIME)
		return false;
	for (size_t i = 0; i < c->n; i++) {
		const struct ww_analysis *a = c->files[i];

		if (!is_trace_of(a, c->log) || a->first == WW_NO_TIME)
			continue;
		begun |= ww_analysis_utc(a, a->first) <= first + WW_SECOND;
		ended |= ww_analysis_utc(a, a->last) >= last - WW_SECOND;
	}
	return begun && ended;
}

/* The same call, which ended at the same time. */
static bool
is_same(const struct comparing *c, const struct ww_episode *e,
	const struct ww_analysis *trace, const struct ww_episode *other)
{
	return other != NULL && e->outcome == other->outcome &&
	       e->end != WW_NO_TIME && other->end != WW_NO_TIME &&
	       ww_analysis_utc(c->log, e->end) ==
		   ww_analysis_utc(trace, other->end) &&
	       ww_slice_eq(e->key, other->key);
}

static bool
is_in_series(const struct comparing *c, const struct ww_episode *e,
	     const struct ww_analysis *trace, const struct ww_series *s)
{
	if (s->kind != e->kind)
		return false;
	if (is_same(c, e, trace, s->good))
		return true;
	for (const struct ww_variant *v = s->failed; v != NULL; v = v->next)
		if (is_same(c, e, trace, v->latest))
			return true;
	return false;
}

static bool
is_in_traces(struct comparing *c, const struct ww_episode *e)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct ww_analysis *a = c->files[i];

		if (!is_trace_of(a, c->log))
			continue;
		for (const struct ww_series *s = a->series; s != NULL;
		     s = s->next) {
			if (c->left == 0)
				return false;
			c->left--;
			if (!is_in_series(c, e, a, s))
				continue;
			c->same++;
			return true;
		}
	}
	return false;
}

/* All of its ends are in the traces. */
static bool
is_told(struct comparing *c, const struct ww_series *s)
{
	if (s->good != NULL && !is_in_traces(c, s->good))
		return false;
	for (const struct ww_variant *v = s->failed; v != NULL; v = v->next)
		if (!is_in_traces(c, v->latest))
			return false;
	return true;
}

static bool
is_copy(struct comparing *c)
{
	if (!is_within(c))
		return false;
	for (const struct ww_series *s = c->log->series; s != NULL; s = s->next)
		if (!is_told(c, s))
			return false;
	return c->same > 0;
}

static void
drop(struct ww_analysis *a)
{
	a->copied = true;
	a->series = NULL;
	a->hits = a->harmless = NULL;
	a->codes = ww_codes_in(&a->arena);
	a->activity = (struct ww_activity){ .width = 0 };
}

void
ww_copies_drop(struct ww_analysis *const *files, size_t n)
{
	struct comparing c = { .files = files, .n = n, .left = COMPARED_MAX };

	for (size_t i = 0; i < n; i++) {
		struct ww_analysis *a = files[i];

		if (!a->was_read || a->dialect != WW_DIALECT_WU ||
		    a->binary != NULL)
			continue;
		c.log = a;
		c.same = 0;
		if (is_copy(&c))
			drop(a);
	}
}
