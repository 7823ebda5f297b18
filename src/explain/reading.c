#include "explain/reading.h"

#include "base/compiler.h"
#include "code/number.h"
#include "explain/rank.h"

#include "base/banned.h"

/* More readings of one number than any has. */
#define READINGS_MAX 64

/* Names of one value that are looked at; the most any has is 45. */
#define NAMES_MAX 256

/* Facility of interfaces: each numbers its own errors from 0x200. */
#define FACILITY_ITF 4

struct gather {
	struct ww_arena *arena;
	const struct ww_catalogue *c;
	const struct ww_spelled *spelled;
	struct ww_readings out;
};

static struct ww_rec
code_at(const struct gather *g, uint32_t code)
{
	return ww_rec_at(g->c, WW_S_CODE, code);
}

static struct ww_rec
family_of(const struct gather *g, uint32_t code)
{
	return ww_rec_ref(code_at(g, code), WW_CODE_FAMILY, WW_S_FAMILY);
}

static unsigned
prominence_of(const struct gather *g, uint32_t code)
{
	return ww_rec_num(family_of(g, code), WW_FAMILY_PROMINENCE);
}

/* NULL when there are as many as any number has. */
static struct ww_reading *
add_reading(struct gather *g, enum ww_reading_kind kind, enum ww_space space,
	    uint32_t value)
{
	struct ww_reading *r;

	if (g->out.p == NULL)
		g->out.p =
		    ww_arena_array(g->arena, READINGS_MAX, sizeof(*g->out.p));
	if (g->out.n == READINGS_MAX)
		return NULL;
	r = &g->out.p[g->out.n++];
	*r = (struct ww_reading){
		.kind = kind,
		.space = space,
		.value = value,
		.spelled = *g->spelled,
		.family = { g->c, NULL },
		.topic = { g->c, NULL },
	};
	return r;
}

/*
 * Whether two codes of one value and space are the same failure under two
 * names.  Interfaces that share FACILITY_ITF or the API space number their
 * errors alone; Win32 families share one range, so each is its own as well.
 */
static bool
same_failure(const struct gather *g, uint32_t a, uint32_t b)
{
	struct ww_rec ra = code_at(g, a), rb = code_at(g, b);
	uint32_t space = ww_rec_num(ra, WW_CODE_SPACE);
	struct ww_hresult hr = { .v = ww_rec_num(ra, WW_CODE_VALUE) };

	if (space != ww_rec_num(rb, WW_CODE_SPACE))
		return false;
	if (ww_rec_num(ra, WW_CODE_FAMILY) == ww_rec_num(rb, WW_CODE_FAMILY))
		return true;
	switch (space) {
	case WW_SPACE_HRESULT:
		return ww_hresult_failed(hr) &&
		       ww_hresult_facility(hr) != FACILITY_ITF;
	case WW_SPACE_NTSTATUS:
	case WW_SPACE_BUGCHECK:
		return true;
	default:
		return false;
	}
}

/* Whether it is a name of the system itself: ERROR_SUCCESS, not SEC_E_OK. */
static bool
is_plain_name(const struct gather *g, uint32_t code)
{
	struct ww_slice name = ww_rec_str(code_at(g, code), WW_CODE_NAME);

	return ww_slice_starts(name, WW_LIT("ERROR_")) ||
	       ww_slice_starts(name, WW_LIT("STATUS_")) ||
	       ww_slice_starts(name, WW_LIT("E_"));
}

/*
 * Names with a meaning before those without, better known first, names of the
 * system before those of a part.
 */
static bool
names_better(const struct gather *g, uint32_t a, uint32_t b)
{
	bool ma = ww_rec_num(code_at(g, a), WW_CODE_MEANING) != 0;
	bool mb = ww_rec_num(code_at(g, b), WW_CODE_MEANING) != 0;

	if (ma != mb)
		return ma;
	if (prominence_of(g, a) != prominence_of(g, b))
		return prominence_of(g, a) > prominence_of(g, b);
	return is_plain_name(g, a) && !is_plain_name(g, b);
}

/* The codes of a range that are the same failure as its i-th, sorted. */
static uint32_t
take_names(struct gather *g, struct ww_range range, uint32_t i,
	   const uint32_t **ret)
{
	uint32_t *names = ww_arena_array(g->arena, range.count, sizeof(*names));
	uint32_t n = 0;

	for (uint32_t k = 0; k < range.count; k++) {
		uint32_t code = range.first + k, at = n;

		if (!same_failure(g, range.first + i, code))
			continue;
		/* Stable: the compiler's order holds among equals. */
		for (; at > 0 && names_better(g, code, names[at - 1]); at--)
			names[at] = names[at - 1];
		names[at] = code;
		n++;
	}
	*ret = names;
	return n;
}

/* Whether an earlier code of the range has taken the i-th along. */
static bool
is_taken(const struct gather *g, struct ww_range range, uint32_t i)
{
	for (uint32_t k = 0; k < i; k++)
		if (same_failure(g, range.first + k, range.first + i))
			return true;
	return false;
}

/* The names of a value.  A catalogue from outside may claim any number. */
static struct ww_range
names_of(const struct gather *g, uint32_t value)
{
	struct ww_range range = ww_catalogue_value(g->c, value);

	if (range.count > NAMES_MAX)
		range.count = NAMES_MAX;
	return range;
}

static void
add_named(struct gather *g, uint32_t value)
{
	struct ww_range range = names_of(g, value);

	for (uint32_t i = 0; i < range.count; i++) {
		struct ww_rec code = code_at(g, range.first + i);
		struct ww_reading *r;

		if (is_taken(g, range, i))
			continue;
		r = add_reading(g, WW_READING_NAMED,
				(enum ww_space)ww_rec_num(code, WW_CODE_SPACE),
				value);
		if (r == NULL)
			return;
		r->n_codes = take_names(g, range, i, &r->codes);
		r->family = family_of(g, r->codes[0]);
	}
}

/* A number in another space carried by this one: its names are ours. */
static bool
add_carried(struct gather *g, enum ww_reading_kind kind, enum ww_space space,
	    uint32_t value, enum ww_space inner_space, uint32_t inner)
{
	struct ww_range range = names_of(g, inner);
	bool any = false;

	for (uint32_t i = 0; i < range.count; i++) {
		struct ww_reading *r;

		if (ww_rec_num(code_at(g, range.first + i), WW_CODE_SPACE) !=
			(uint32_t)inner_space ||
		    is_taken(g, range, i))
			continue;
		r = add_reading(g, kind, space, value);
		if (r == NULL)
			return any;
		r->inner_space = inner_space;
		r->inner_value = inner;
		r->n_codes = take_names(g, range, i, &r->codes);
		r->family = family_of(g, r->codes[0]);
		any = true;
	}
	return any;
}

static size_t
common_ending(struct ww_slice a, struct ww_slice b)
{
	size_t n = 0;

	while (n < a.len && n < b.len &&
	       ww_fold(a.p[a.len - 1 - n]) == ww_fold(b.p[b.len - 1 - n]))
		n++;
	return n;
}

/* The carried reading whose name ends most like the alias. */
static struct ww_reading *
closest(struct gather *g, size_t first, uint32_t alias)
{
	struct ww_slice name = ww_rec_str(code_at(g, alias), WW_CODE_NAME);
	struct ww_reading *best = &g->out.p[first];
	size_t most = 0;

	for (size_t i = first; i < g->out.n; i++) {
		struct ww_reading *r = &g->out.p[i];
		size_t n =
		    common_ending(name, ww_rec_str(code_at(g, r->codes[0]),
						   WW_CODE_NAME));

		if (n > most) {
			most = n;
			best = r;
		}
	}
	return best;
}

/* One more alias, better known ones first. */
static void
add_alias(struct gather *g, struct ww_reading *r, uint32_t code)
{
	uint32_t *grown =
	    ww_arena_array(g->arena, r->n_aliases + 1, sizeof(*grown));
	uint32_t at = r->n_aliases;

	if (at > 0)
		memcpy(grown, r->aliases, at * sizeof(*grown));
	for (; at > 0 && names_better(g, code, grown[at - 1]); at--)
		grown[at] = grown[at - 1];
	grown[at] = code;
	r->aliases = grown;
	r->n_aliases++;
}

/*
 * HRESULTs of FACILITY_WIN32: the failure is the Win32 code's, and names of
 * the whole number (COR_E_FILENOTFOUND, DIERR_NOTFOUND) are aliases of it.
 */
static bool
add_win32(struct gather *g, enum ww_space space, uint32_t value)
{
	struct ww_range range = names_of(g, value);
	size_t first = g->out.n;

	if (!add_carried(g, WW_READING_WIN32, space, value, WW_SPACE_WIN32,
			 value & 0xffff))
		return false;
	for (uint32_t i = 0; i < range.count; i++) {
		uint32_t code = range.first + i;

		if (ww_rec_num(code_at(g, code), WW_CODE_SPACE) ==
		    (uint32_t)space)
			add_alias(g, closest(g, first, code), code);
	}
	return true;
}

static void
add_structure(struct gather *g, uint32_t value)
{
	/* 0xC… is an NTSTATUS first; the R bit makes it an HRESULT too. */
	enum ww_space space = value >> 30 == WW_SEVERITY_ERROR
				  ? WW_SPACE_NTSTATUS
				  : WW_SPACE_HRESULT;

	add_reading(g, WW_READING_STRUCTURE, space, value);
}

static bool
has_space(const struct gather *g, enum ww_space space)
{
	for (size_t i = 0; i < g->out.n; i++)
		if (g->out.p[i].space == space)
			return true;
	return false;
}

static uint32_t
http_hresult(uint32_t status)
{
	return WW_HRESULT_S | (uint32_t)WW_FACILITY_HTTP << 16 | status;
}

/* FACILITY_HTTP: whatever names the number has, it is an HTTP status. */
static void
add_http(struct gather *g, uint32_t v)
{
	if (!has_space(g, WW_SPACE_HRESULT))
		add_reading(g, WW_READING_HTTP, WW_SPACE_HRESULT, v);
	for (size_t i = 0; i < g->out.n; i++) {
		if (g->out.p[i].space != WW_SPACE_HRESULT)
			continue;
		g->out.p[i].kind = WW_READING_HTTP;
		g->out.p[i].inner_value = v & 0xffff;
	}
}

/* Three decimal digits may be an HTTP status that has a name as HRESULT. */
static void
add_http_status(struct gather *g, uint32_t status)
{
	size_t first = g->out.n;

	add_named(g, http_hresult(status));
	for (size_t i = first; i < g->out.n; i++) {
		g->out.p[i].kind = WW_READING_HTTP;
		g->out.p[i].inner_value = status;
	}
}

/* What the bits of the number say that its own names do not. */
static void
add_computed(struct gather *g, uint32_t v)
{
	struct ww_hresult hr = { .v = v };
	struct ww_ntstatus status = { .v = v };
	unsigned facility = ww_hresult_facility(hr);

	if (ww_hresult_is_ntstatus(hr) && ww_hresult_failed(hr) &&
	    (v & WW_HRESULT_R) != 0)
		add_carried(g, WW_READING_NTSTATUS, WW_SPACE_HRESULT, v,
			    WW_SPACE_NTSTATUS, ww_hresult_to_ntstatus(hr).v);
	if (ww_ntstatus_facility(status) == WW_FACILITY_NTWIN32 &&
	    v >> 28 == 0xC && !has_space(g, WW_SPACE_NTSTATUS))
		add_win32(g, WW_SPACE_NTSTATUS, v);
	if (ww_hresult_failed(hr) && facility == WW_FACILITY_HTTP)
		add_http(g, v);
	if ((v & ~0xffffu) == WW_BUGCHECK_M && !has_space(g, WW_SPACE_BUGCHECK))
		add_carried(g, WW_READING_MINIDUMP, WW_SPACE_BUGCHECK, v,
			    WW_SPACE_BUGCHECK, v & 0xffff);
}

/* Whether the topic is meant for a context; a hint may name it. */
static bool
names_context(struct ww_rec topic, struct ww_rec context)
{
	uint32_t n = ww_rec_num(topic, WW_TOPIC_CONTEXTS + 1);

	for (uint32_t i = 0; i < n && context.p != NULL; i++)
		if (ww_rec_id(topic, WW_TOPIC_CONTEXTS, WW_S_CONTEXT, i).p ==
		    context.p)
			return true;
	return false;
}

/*
 * Whether every part of Windows raises the number: one of its names says so,
 * if not the reading's own.  DNS_ERROR_INVALID_DATA is ERROR_INVALID_DATA; but
 * interfaces number their own errors, and mean theirs.
 */
static bool
is_shared(const struct gather *g, const struct ww_reading *r)
{
	struct ww_hresult hr = { .v = r->value };

	if (r->space == WW_SPACE_HRESULT &&
	    ww_hresult_facility(hr) == FACILITY_ITF)
		return ww_rec_num(r->family, WW_FAMILY_SHARED) != 0;
	for (size_t i = 0; i < g->out.n; i++)
		if (g->out.p[i].space == r->space &&
		    g->out.p[i].value == r->value &&
		    ww_rec_num(g->out.p[i].family, WW_FAMILY_SHARED) != 0)
			return true;
	return false;
}

/* A shared number means what a topic of one part says where that is named. */
static bool
topic_applies(const struct gather *g, const struct ww_reading *r,
	      struct ww_rec topic, struct ww_rec context)
{
	return ww_rec_num(topic, WW_TOPIC_CONTEXTS + 1) == 0 ||
	       names_context(topic, context) || !is_shared(g, r);
}

bool
ww_reading_covered(const struct ww_reading *r, struct ww_rec key,
		   enum ww_space space)
{
	uint32_t family = ww_rec_num(key, WW_TOPIC_KEY_FAMILY);

	return ww_rec_num(key, WW_TOPIC_KEY_SPACE) == (uint32_t)space &&
	       (family == 0 || r->family.p == NULL ||
		family - 1 == ww_rec_number(r->family, WW_S_FAMILY));
}

/*
 * The topic with the lowest order that covers a number of the reading; one
 * that names the context before one that does not.
 */
static struct ww_rec
topic_of(const struct gather *g, const struct ww_reading *r,
	 enum ww_space space, uint32_t value, struct ww_rec context)
{
	struct ww_list keys = ww_topic_keys(g->c, value);
	struct ww_rec best = { g->c, NULL };

	for (uint32_t i = 0; i < keys.count; i++) {
		struct ww_rec key = ww_list_at(g->c, keys, i);
		struct ww_rec topic =
		    ww_rec_ref(key, WW_TOPIC_KEY_TOPIC, WW_S_TOPIC);

		if (!ww_reading_covered(r, key, space) ||
		    !topic_applies(g, r, topic, context))
			continue;
		if (names_context(topic, context))
			return topic;
		if (best.p == NULL)
			best = topic;
	}
	return best;
}

/* A topic of the number itself, or else of the number it carries. */
static void
find_topic(const struct gather *g, struct ww_reading *r, struct ww_rec context)
{
	bool carried =
	    r->kind != WW_READING_NAMED && r->kind != WW_READING_STRUCTURE;

	r->topic = topic_of(g, r, r->space, r->value, context);
	/* 0xC1420127: only its bits say that it is an NTSTATUS. */
	if (r->topic.p == NULL && r->kind == WW_READING_STRUCTURE)
		r->topic = topic_of(g, r, WW_SPACE_HRESULT, r->value, context);
	if (r->topic.p == NULL && carried)
		r->topic =
		    topic_of(g, r, r->inner_space, r->inner_value, context);
}

/* Only Windows Setup writes extend codes. */
static struct ww_rec
context_of(const struct gather *g, const struct ww_hints *hints)
{
	if (hints->context.p != NULL || !g->spelled->has_extend)
		return hints->context;
	return ww_context(g->c, WW_LIT("setup"));
}

/*
 * A number without a name in some space may have a topic there, as print
 * errors have: a reading of its own, unless a context or what stands around
 * the number says that it is something else.
 */
static void
add_topical(struct gather *g, struct ww_rec context)
{
	uint32_t value = g->spelled->value;
	struct ww_list keys = ww_topic_keys(g->c, value);
	bool open = context.p == NULL && g->spelled->form != WW_FORM_NAME &&
		    !ww_spelled_is_stop(g->spelled);

	for (uint32_t i = 0; i < keys.count; i++) {
		struct ww_rec key = ww_list_at(g->c, keys, i);
		enum ww_space space =
		    (enum ww_space)ww_rec_num(key, WW_TOPIC_KEY_SPACE);

		if (!has_space(g, space) &&
		    (open || names_context(ww_rec_ref(key, WW_TOPIC_KEY_TOPIC,
						      WW_S_TOPIC),
					   context)))
			add_reading(g, WW_READING_STRUCTURE, space, value);
	}
}

static struct ww_readings
finish(struct gather *g, const struct ww_hints *hints)
{
	struct ww_rec context = context_of(g, hints);

	add_topical(g, context);
	for (size_t i = 0; i < g->out.n; i++) {
		struct ww_reading *r = &g->out.p[i];

		find_topic(g, r, context);
		r->in_context = names_context(r->topic, context);
	}
	ww_rank(&g->out, hints);
	return g->out;
}

/* --as http: 404 is asked for as the HRESULT that carries it. */
static uint32_t
hinted_value(const struct ww_spelled *spelled, const struct ww_hints *hints)
{
	struct ww_slice family = ww_rec_str(hints->family, WW_FAMILY_ID);

	if (!ww_slice_eq(family, WW_LIT("http")) || spelled->value < 100 ||
	    spelled->value > 599)
		return spelled->value;
	return WW_HRESULT_S | (uint32_t)WW_FACILITY_HTTP << 16 | spelled->value;
}

struct ww_readings
ww_readings_of(struct ww_arena *arena, const struct ww_catalogue *c,
	       const struct ww_spelled *spelled, const struct ww_hints *hints)
{
	struct gather g = { .arena = arena, .c = c, .spelled = spelled };
	uint32_t v = hinted_value(spelled, hints);

	/* Carried first: names of the whole number become their aliases. */
	if (v >> 16 != 0x8007 || !add_win32(&g, WW_SPACE_HRESULT, v))
		add_named(&g, v);
	else {
		struct ww_readings wrapped = g.out;

		g.out = (struct ww_readings){ 0 };
		add_named(&g, v);
		for (size_t i = 0; i < g.out.n; i++)
			if (g.out.p[i].space != WW_SPACE_HRESULT &&
			    wrapped.n < READINGS_MAX)
				wrapped.p[wrapped.n++] = g.out.p[i];
		g.out = wrapped;
	}
	add_computed(&g, v);
	if (spelled->form == WW_FORM_DECIMAL && spelled->digits == 3)
		add_http_status(&g, v);
	if (g.out.n == 0)
		add_structure(&g, v);
	return finish(&g, hints);
}

/* Whether the reading has the code, which then becomes its first name. */
static bool
lead_with(struct gather *g, struct ww_reading *r, uint32_t code)
{
	uint32_t *codes = ww_arena_array(g->arena, r->n_codes, sizeof(*codes));
	uint32_t n = 1;
	bool found = false;

	for (uint32_t i = 0; i < r->n_codes; i++) {
		if (r->codes[i] == code)
			found = true;
		else if (n < r->n_codes)
			codes[n++] = r->codes[i];
	}
	if (!found)
		return false;
	codes[0] = code;
	r->codes = codes;
	return true;
}

struct ww_readings
ww_readings_of_code(struct ww_arena *arena, const struct ww_catalogue *c,
		    uint32_t code, const struct ww_hints *hints)
{
	struct ww_rec rec = ww_rec_at(c, WW_S_CODE, code);
	struct ww_spelled spelled = {
		.form = WW_FORM_NAME,
		.value = ww_rec_num(rec, WW_CODE_VALUE),
	};
	struct gather g = { .arena = arena, .c = c, .spelled = &spelled };
	struct ww_readings kept = { 0 };

	add_named(&g, spelled.value);
	kept.p = g.out.p;
	for (size_t i = 0; i < g.out.n; i++)
		if (lead_with(&g, &g.out.p[i], code))
			kept.p[kept.n++] = g.out.p[i];
	g.out = kept;
	return finish(&g, hints);
}
