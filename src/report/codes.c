/*
 * The codes of all files: what each means, how often and where it stands, and
 * what it was to what failed.
 */
#include <stdlib.h>

#include "report/diagnosis.h"

#include "base/banned.h"

/* Codes told in a verdict; `codes` tells all. */
#define CODES_MAX 200

static const char *const roles[] = {
	[WW_ROLE_SEEN] = "seen",	 [WW_ROLE_CAUSE] = "cause",
	[WW_ROLE_CARRIER] = "carrier",	 [WW_ROLE_ECHO] = "echo",
	[WW_ROLE_LEFTOVER] = "leftover", [WW_ROLE_SUCCESS] = "success",
	[WW_ROLE_NOISE] = "noise",
};

/* A code over all files. */
struct total {
	uint32_t value;
	enum ww_code_kind kind;
	uint64_t count;
	uint64_t by_role[WW_ROLES];
	enum ww_role role; /* what it is to the findings */
	const struct ww_analysis *first_file, *last_file;
	struct ww_place first, last;
};

struct totals {
	struct total *p; /* in the report's arena, by value, then by count */
	size_t n;
};

static int
by_value(const void *a, const void *b)
{
	const struct total *ta = a, *tb = b;

	if (ta->value != tb->value)
		return ta->value < tb->value ? -1 : 1;
	if (ta->kind != tb->kind)
		return ta->kind < tb->kind ? -1 : 1;
	return ta->first_file->number < tb->first_file->number ? -1 : 1;
}

/* What matters to the findings first; what is known to mean nothing last. */
static int
weight_of(enum ww_role role)
{
	static const int weights[] = {
		[WW_ROLE_CAUSE] = 0,	[WW_ROLE_CARRIER] = 0,
		[WW_ROLE_ECHO] = 1,	[WW_ROLE_SEEN] = 2,
		[WW_ROLE_LEFTOVER] = 3, [WW_ROLE_SUCCESS] = 3,
		[WW_ROLE_NOISE] = 3,
	};

	return weights[role];
}

static int
by_count(const void *a, const void *b)
{
	const struct total *ta = a, *tb = b;
	int wa = weight_of(ta->role), wb = weight_of(tb->role);

	if (wa != wb)
		return wa < wb ? -1 : 1;
	if (ta->count != tb->count)
		return ta->count > tb->count ? -1 : 1;
	if (ta->value != tb->value)
		return ta->value < tb->value ? -1 : 1;
	return ta->kind < tb->kind ? -1 : ta->kind > tb->kind;
}

static void
add_file(struct totals *all, const struct ww_analysis *a,
	 const struct ww_code_count **codes)
{
	for (uint32_t i = 0; i < a->codes.n; i++) {
		struct total *t = &all->p[all->n++];

		*t = (struct total){ .value = codes[i]->value,
				     .kind = (enum ww_code_kind)codes[i]->kind,
				     .count = codes[i]->count,
				     .first_file = a,
				     .last_file = a,
				     .first = codes[i]->first,
				     .last = codes[i]->last };
		memcpy(t->by_role, codes[i]->by_role, sizeof(t->by_role));
	}
}

/* Its likeliest name; p is NULL of what has none. */
static struct ww_rec
name_of(const struct ww_telling *t, const struct total *total)
{
	struct ww_readings readings =
	    ww_code_readings(&t->report->arena, t->report->c, total->first_file,
			     WW_SPACES, total->kind, total->value);
	const struct ww_reading *r = readings.n > 0 ? &readings.p[0] : NULL;

	if (r == NULL || r->n_codes == 0)
		return (struct ww_rec){ t->report->c, NULL };
	return ww_rec_at(t->report->c, WW_S_CODE, r->codes[0]);
}

/* Of a kind that one record stated and another did not it is the same. */
static bool
is_same(const struct ww_telling *t, const struct total *a,
	const struct total *b)
{
	return a->value == b->value &&
	       (a->kind == b->kind || name_of(t, a).p == name_of(t, b).p);
}

/* Rows of one code become one row. */
static void
sum_up(const struct ww_telling *t, struct totals *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct total *to = n > 0 ? &all->p[n - 1] : NULL;

		if (to == NULL || !is_same(t, to, &all->p[i])) {
			all->p[n++] = all->p[i];
			continue;
		}
		to->count += all->p[i].count;
		for (int r = 0; r < WW_ROLES; r++)
			to->by_role[r] += all->p[i].by_role[r];
		to->last_file = all->p[i].last_file;
		to->last = all->p[i].last;
	}
	all->n = n;
}

static struct totals
collect(struct ww_telling *t)
{
	struct ww_arena *arena = &t->report->arena;
	struct totals all = { 0 };
	size_t n = 0;

	for (uint32_t i = 0; i < t->d->n_files; i++)
		n += t->d->places[i]->codes.n;
	all.p = ww_arena_array(arena, n + 1, sizeof(*all.p));
	for (uint32_t i = 0; i < t->d->n_files; i++) {
		const struct ww_analysis *a = t->d->places[i];

		add_file(&all, a, ww_codes_sorted(&a->codes, arena));
	}
	if (all.n > 0)
		qsort(all.p, all.n, sizeof(*all.p), by_value);
	sum_up(t, &all);
	return all;
}

/* What it was to the failures found */

static bool
is_in(const struct ww_episode *e, uint32_t value)
{
	const struct ww_seen *s = e->codes;

	while (s != NULL && s->value != value)
		s = s->next;
	return s != NULL || (e->has_code && e->code == value);
}

static bool
is_carrier(const struct ww_catalogue *c, uint32_t value)
{
	struct ww_range range = ww_catalogue_value(c, value);

	for (uint32_t i = 0; i < range.count; i++)
		if ((ww_rec_num(ww_rec_at(c, WW_S_CODE, range.first + i),
				WW_CODE_FLAGS) &
		     (WW_FLAG_CARRIER | WW_FLAG_SUM)) != 0)
			return true;
	return false;
}

/* Whether the code was first seen where the cause shows, or behind that. */
static bool
is_from_cause_on(const struct ww_finding *f, const struct ww_seen *seen)
{
	return f->hit == NULL || seen->first.file != f->hit->first.file ||
	       seen->first.line >= f->hit->first.line;
}

/* The first code from the line that shows the cause on is the cause's. */
static enum ww_role
role_in(const struct ww_finding *f, uint32_t value)
{
	const struct ww_seen *s = f->told.episode->codes;

	for (; s != NULL && !is_from_cause_on(f, s); s = s->next)
		if (s->value == value)
			return WW_ROLE_SEEN;
	return s == NULL || s->value == value ? WW_ROLE_CAUSE : WW_ROLE_ECHO;
}

static bool
is_in_echo(const struct ww_finding *f, uint32_t value)
{
	const struct ww_echo *e = f->echoes;

	while (e != NULL && !is_in(e->failure->variant->latest, value))
		e = e->next;
	return e != NULL;
}

/* Whether the value is part of what the finding tells, and as what. */
static bool
finding_role(const struct ww_telling *t, const struct ww_finding *f,
	     uint32_t value, enum ww_role *ret)
{
	bool own = f->told.episode != NULL && is_in(f->told.episode, value);

	if (!own && !is_in_echo(f, value))
		return false;
	*ret = is_carrier(t->report->c, value) ? WW_ROLE_CARRIER
	       : own			       ? role_in(f, value)
					       : WW_ROLE_ECHO;
	return true;
}

static enum ww_role
role_of(const struct ww_telling *t, const struct total *total)
{
	static const enum ww_role only[] = { WW_ROLE_NOISE, WW_ROLE_LEFTOVER,
					     WW_ROLE_SUCCESS };
	enum ww_role role;

	for (size_t i = 0; i < WW_ARRAY_LEN(only); i++)
		if (total->by_role[only[i]] == total->count)
			return only[i];
	for (const struct ww_finding *f = t->d->conclusion.findings; f != NULL;
	     f = f->next)
		if (finding_role(t, f, total->value, &role))
			return role;
	return total->by_role[WW_ROLE_NOISE] > 0 ? WW_ROLE_NOISE : WW_ROLE_SEEN;
}

/* Telling */

static void
add_meaning(struct ww_telling *t, struct ww_node *node,
	    const struct total *total)
{
	struct ww_rec code = name_of(t, total);

	if (code.p == NULL)
		return;
	ww_add_slice(t->report, node, WW_NODE_ID,
		     ww_rec_str(code, WW_CODE_NAME));
	ww_page_field(t->report, node, WW_NODE_MEANING, code, WW_CODE_MEANING);
}

static void
add_place(struct ww_telling *t, struct ww_node *node, enum ww_node_kind kind,
	  const struct ww_analysis *file, struct ww_place place)
{
	struct ww_node *at = ww_add(t->report, node, kind);

	ww_tell_slice(t, at, WW_NODE_FILE, file->label);
	ww_tell_line(t, at, file, place.line);
	ww_tell_time(t, at, WW_NODE_TIME, place.time);
}

static void
tell_total(struct ww_telling *t, struct ww_node *list,
	   const struct total *total)
{
	struct ww_node *node = ww_add(t->report, list, WW_NODE_CODE_SEEN);

	ww_add_slice(t->report, node, WW_NODE_VALUE,
		     ww_tell_code_of(t, total->kind, total->value));
	add_meaning(t, node, total);
	ww_add_number(t->report, node, WW_NODE_COUNT, (int64_t)total->count);
	ww_add_slice(t->report, node, WW_NODE_ROLE,
		     ww_slice_cstr(roles[total->role]));
	add_place(t, node, WW_NODE_FIRST_PLACE, total->first_file,
		  total->first);
	add_place(t, node, WW_NODE_LAST_PLACE, total->last_file, total->last);
}

void
ww_tell_codes(struct ww_telling *t)
{
	struct ww_node *list =
	    ww_add(t->report, t->report->root, WW_NODE_CODES);
	struct totals all = collect(t);
	size_t n = all.n < CODES_MAX ? all.n : CODES_MAX;

	for (size_t i = 0; i < all.n; i++)
		all.p[i].role = role_of(t, &all.p[i]);
	if (all.n > 0)
		qsort(all.p, all.n, sizeof(*all.p), by_count);
	for (size_t i = 0; i < n; i++)
		tell_total(t, list, &all.p[i]);
	if (all.n > n)
		ww_add_number(t->report, t->report->root, WW_NODE_OMITTED,
			      (int64_t)(all.n - n));
}
