/*
 * What the search of a static site looks through: a script with a row for
 * each page, loaded when somebody types.  A row is the page's address within
 * its language without its end (or its number, for a code), a name, and a
 * sentence, with tabs between.
 */
#include "site/index.h"

#include "base/json.h"

#include "base/banned.h"

static void
add_row(struct ww_buf *rows, struct ww_slice address, struct ww_slice name,
	struct ww_slice text)
{
	ww_buf_add(rows, address);
	ww_buf_char(rows, '\t');
	ww_buf_add(rows, name);
	ww_buf_char(rows, '\t');
	ww_buf_add(rows, text);
	ww_buf_char(rows, '\n');
}

/* Windows itself writes these in decimal. */
static bool
is_decimal(struct ww_rec code)
{
	switch (ww_rec_num(code, WW_CODE_SPACE)) {
	case WW_SPACE_WIN32:
	case WW_SPACE_JET:
	case WW_SPACE_API:
		return true;
	default:
		return false;
	}
}

static void
add_value(struct ww_arena *arena, struct ww_buf *rows,
	  const struct ww_catalogue *c, unsigned lang, uint32_t value)
{
	struct ww_range range = ww_catalogue_value(c, value);
	struct ww_buf hex = ww_buf_in(arena);

	ww_buf_add(&hex, WW_LIT("0x"));
	ww_buf_hex(&hex, value, 8);
	for (uint32_t i = 0; i < range.count; i++) {
		struct ww_rec code = ww_rec_at(c, WW_S_CODE, range.first + i);

		ww_buf_add(rows, is_decimal(code) ? WW_LIT("#") : WW_LIT(""));
		add_row(rows, ww_buf_slice(&hex),
			ww_rec_str(code, WW_CODE_NAME),
			ww_rec_text(code, WW_CODE_MEANING, lang).s);
	}
	/* A page that a topic alone gives is found by its number. */
	if (range.count == 0)
		add_row(rows, ww_buf_slice(&hex), WW_LIT(""), WW_LIT(""));
}

/* Titles of what has an id. */
static void
add_titles(struct ww_arena *arena, struct ww_buf *rows,
	   const struct site_plan *plan, unsigned lang)
{
	static const struct {
		enum site_kind kind;
		enum ww_section section;
		unsigned id, title;
	} titled[] = {
		{ SITE_TOPIC, WW_S_TOPIC, WW_TOPIC_ID, WW_TOPIC_TITLE },
		{ SITE_SYMPTOM, WW_S_SYMPTOM, WW_SYMPTOM_ID, WW_SYMPTOM_TITLE },
		{ SITE_FAMILY, WW_S_FAMILY, WW_FAMILY_ID, WW_FAMILY_NAME },
		{ SITE_LOG, WW_S_LOG_KIND, WW_LOG_KIND_ID, WW_LOG_KIND_TITLE },
		{ SITE_EVENT, WW_S_EVENT_KIND, WW_EVENT_KIND_ID,
		  WW_EVENT_KIND_TITLE },
	};

	for (size_t k = 0; k < WW_ARRAY_LEN(titled); k++)
		for (uint32_t i = 0; i < ww_count(plan->c, titled[k].section);
		     i++) {
			struct ww_rec rec =
			    ww_rec_at(plan->c, titled[k].section, i);
			const struct site_page page = {
				.kind = titled[k].kind,
				.id = ww_rec_str(rec, titled[k].id),
			};
			struct ww_buf at = ww_buf_in(arena);

			site_add_place(&at, &page);
			add_row(rows, ww_buf_slice(&at), WW_LIT(""),
				ww_rec_text(rec, titled[k].title, lang).s);
		}
}

struct ww_slice
site_index(struct ww_arena *arena, const struct site_plan *plan, unsigned lang)
{
	struct ww_buf rows = ww_buf_in(arena), script = ww_buf_in(arena);

	add_titles(arena, &rows, plan, lang);
	for (size_t i = 0; i < plan->n_values; i++)
		add_value(arena, &rows, plan->c, lang, plan->values[i]);
	ww_buf_add(&script, WW_LIT("winwhySearch("));
	ww_json_string(&script, ww_buf_slice(&rows));
	ww_buf_add(&script, WW_LIT(");\n"));
	return ww_buf_slice(&script);
}
