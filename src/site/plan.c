#include "site/plan.h"

#include <stdlib.h>

#include "base/compiler.h"
#include "code/number.h"

#include "base/banned.h"

/* Kinds of which there is one page. */
static const enum site_kind singles[] = { SITE_HOME, SITE_SEARCH, SITE_ABOUT,
					  SITE_EVENTS };

/* Kinds that have a page for each record of a section. */
static const struct {
	enum site_kind kind;
	enum ww_section section;
	unsigned id;
} shelves[] = {
	{ SITE_SYMPTOM, WW_S_SYMPTOM, WW_SYMPTOM_ID },
	{ SITE_FAMILY, WW_S_FAMILY, WW_FAMILY_ID },
	{ SITE_LOG, WW_S_LOG_KIND, WW_LOG_KIND_ID },
	{ SITE_TOPIC, WW_S_TOPIC, WW_TOPIC_ID },
	{ SITE_EVENT, WW_S_EVENT_KIND, WW_EVENT_KIND_ID },
};

static int
compare(const void *a, const void *b)
{
	uint32_t x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (x > y) - (x < y);
}

static size_t
keep_each_once(uint32_t *values, size_t n)
{
	size_t kept = 0;

	qsort(values, n, sizeof(*values), compare);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || values[i] != values[kept - 1])
			values[kept++] = values[i];
	return kept;
}

/* A Win32 code is met as often in its HRESULT, which has no row of its own. */
static bool
is_wrapped(struct ww_rec code)
{
	return ww_rec_num(code, WW_CODE_SPACE) == WW_SPACE_WIN32 &&
	       ww_rec_num(code, WW_CODE_VALUE) - 1 < 0xffff;
}

void
site_plan(struct ww_arena *arena, const struct ww_catalogue *c, bool all,
	  struct site_plan *ret)
{
	uint32_t n_codes = ww_count(c, WW_S_CODE);
	uint32_t n_keys = ww_count(c, WW_S_TOPIC_KEY);
	uint32_t *values =
	    ww_arena_array(arena, 2 * (size_t)n_codes + n_keys + 1,
			   sizeof(*values));
	size_t n = 0;

	for (uint32_t i = 0; i < n_codes; i++) {
		struct ww_rec code = ww_rec_at(c, WW_S_CODE, i);
		uint32_t value = ww_rec_num(code, WW_CODE_VALUE);

		if (!all && ww_rec_num(code, WW_CODE_MEANING) == 0)
			continue;
		values[n++] = value;
		if (is_wrapped(code))
			values[n++] = ww_hresult_from_win32(value).v;
	}
	for (uint32_t i = 0; i < n_keys; i++)
		values[n++] = ww_rec_num(ww_rec_at(c, WW_S_TOPIC_KEY, i),
					 WW_TOPIC_KEY_VALUE);
	*ret = (struct site_plan){ .c = c,
				   .values = values,
				   .n_values = keep_each_once(values, n) };
}

bool
site_plan_has(const struct site_plan *plan, uint32_t value)
{
	return bsearch(&value, plan->values, plan->n_values,
		       sizeof(*plan->values), compare) != NULL;
}

size_t
site_plan_size(const struct site_plan *plan)
{
	size_t n = WW_ARRAY_LEN(singles) + plan->n_values;

	for (size_t i = 0; i < WW_ARRAY_LEN(shelves); i++)
		n += ww_count(plan->c, shelves[i].section);
	return n;
}

struct site_page
site_plan_at(const struct site_plan *plan, unsigned lang, size_t i)
{
	struct site_page page = { .lang = lang };

	if (i < WW_ARRAY_LEN(singles)) {
		page.kind = singles[i];
		return page;
	}
	i -= WW_ARRAY_LEN(singles);
	for (size_t k = 0; k < WW_ARRAY_LEN(shelves); k++) {
		uint32_t n = ww_count(plan->c, shelves[k].section);

		if (i < n) {
			page.kind = shelves[k].kind;
			page.id =
			    ww_rec_str(ww_rec_at(plan->c, shelves[k].section,
						 (uint32_t)i),
				       shelves[k].id);
			return page;
		}
		i -= n;
	}
	page.kind = SITE_CODE;
	page.value = plan->values[i];
	return page;
}
