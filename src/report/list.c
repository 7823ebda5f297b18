/*
 * What the catalogue holds, to browse: whole lists, and the pages they lead
 * to by name.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "report/listed.h"

#include "base/banned.h"

struct listing {
	enum ww_section section;
	unsigned id; /* its field */
	const char *word;
	void (*add_page)(struct ww_report *report, struct ww_rec rec);
};

/* The index */

static void
add_symptoms(struct ww_report *report)
{
	struct ww_node *list = ww_add(report, report->root, WW_NODE_SYMPTOMS);

	for (uint32_t i = 0; i < ww_count(report->c, WW_S_SYMPTOM); i++) {
		struct ww_rec rec = ww_rec_at(report->c, WW_S_SYMPTOM, i);
		struct ww_node *item =
		    ww_page_item(report, list, WW_NODE_SYMPTOM, rec,
				 WW_SYMPTOM_ID, WW_SYMPTOM_TITLE);

		ww_add_number(report, item, WW_NODE_COUNT,
			      ww_rec_num(rec, WW_SYMPTOM_TOPICS + 1));
	}
}

static void
add_families(struct ww_report *report)
{
	struct ww_node *list = ww_add(report, report->root, WW_NODE_FAMILIES);
	uint32_t n = ww_count(report->c, WW_S_FAMILY);
	uint32_t *counts =
	    ww_arena_array(&report->arena, n + 1, sizeof(*counts));

	/* A code's family is numbered from 1. */
	for (uint32_t i = 0; i < ww_count(report->c, WW_S_CODE); i++)
		counts[ww_rec_num(ww_rec_at(report->c, WW_S_CODE, i),
				  WW_CODE_FAMILY)]++;
	for (uint32_t i = 0; i < n; i++) {
		struct ww_node *item =
		    ww_page_item(report, list, WW_NODE_FAMILY,
				 ww_rec_at(report->c, WW_S_FAMILY, i),
				 WW_FAMILY_ID, WW_FAMILY_NAME);

		ww_add_number(report, item, WW_NODE_COUNT, counts[i + 1]);
	}
}

static void
add_logs(struct ww_report *report)
{
	struct ww_node *list = ww_add(report, report->root, WW_NODE_LOGS);

	for (uint32_t i = 0; i < ww_count(report->c, WW_S_LOG_KIND); i++) {
		struct ww_rec rec = ww_rec_at(report->c, WW_S_LOG_KIND, i);
		struct ww_node *item =
		    ww_page_item(report, list, WW_NODE_LOG, rec, WW_LOG_KIND_ID,
				 WW_LOG_KIND_TITLE);

		ww_page_field(report, item, WW_NODE_WHAT, rec,
			      WW_LOG_KIND_HOLDS);
	}
}

static void
add_index(struct ww_report *report)
{
	add_symptoms(report);
	add_families(report);
	add_logs(report);
}

/* Whole lists */

static void
add_events(struct ww_report *report)
{
	struct ww_node *list = ww_add(report, report->root, WW_NODE_EVENTS);

	for (uint32_t i = 0; i < ww_count(report->c, WW_S_EVENT_KIND); i++) {
		struct ww_rec rec = ww_rec_at(report->c, WW_S_EVENT_KIND, i);
		struct ww_node *item =
		    ww_page_item(report, list, WW_NODE_EVENT, rec,
				 WW_EVENT_KIND_ID, WW_EVENT_KIND_TITLE);

		ww_add_slice(report, item, WW_NODE_PROVIDER,
			     ww_rec_str(rec, WW_EVENT_KIND_PROVIDER));
		ww_add_number(report, item, WW_NODE_NUMBER,
			      ww_rec_num(rec, WW_EVENT_KIND_NUMBER));
	}
}

static uint32_t
count_meanings(const struct ww_report *report)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < ww_count(report->c, WW_S_CODE); i++)
		n += ww_rec_num(ww_rec_at(report->c, WW_S_CODE, i),
				WW_CODE_MEANING) != 0;
	return n;
}

static void
add_count(struct ww_report *report, struct ww_node *list, const char *english,
	  uint32_t count)
{
	struct ww_node *item = ww_add(report, list, WW_NODE_COUNTED);

	ww_add_slice(report, item, WW_NODE_TITLE, ww_tr(report, english));
	ww_add_number(report, item, WW_NODE_COUNT, count);
}

/* How much there is, and where all of it comes from. */
static void
add_about(struct ww_report *report)
{
	static const struct {
		const char *title; /* English */
		enum ww_section section;
	} counted[] = {
		{ N_("names of codes"), WW_S_CODE },
		{ N_("topics that explain a failure"), WW_S_TOPIC },
		{ N_("causes with their evidence"), WW_S_CAUSE },
		{ N_("steps with risk and undo"), WW_S_STEP },
		{ N_("events of Windows"), WW_S_EVENT_KIND },
		{ N_("kinds of logs"), WW_S_LOG_KIND },
		{ N_("signatures of lines in logs"), WW_S_SIGNATURE },
		{ N_("sources"), WW_S_SOURCE },
	};
	struct ww_node *list = ww_add(report, report->root, WW_NODE_COUNTS);

	for (size_t i = 0; i < WW_ARRAY_LEN(counted); i++) {
		add_count(report, list, counted[i].title,
			  ww_count(report->c, counted[i].section));
		if (counted[i].section == WW_S_CODE)
			add_count(report, list,
				  N_("codes with a sentence of their own"),
				  count_meanings(report));
	}
	ww_page_all_sources(report, report->root);
}

static const struct {
	const char *word;
	void (*add)(struct ww_report *report);
} whole[] = {
	{ "", add_index },
	{ "events", add_events },
	{ "about", add_about },
};

static const struct listing listings[] = {
	{ WW_S_SYMPTOM, WW_SYMPTOM_ID, "symptom/", ww_list_symptom },
	{ WW_S_FAMILY, WW_FAMILY_ID, "family/", ww_list_family },
	{ WW_S_LOG_KIND, WW_LOG_KIND_ID, "log/", ww_list_log },
	{ WW_S_TOPIC, WW_TOPIC_ID, "topic/", ww_list_topic },
};

struct asked {
	void (*whole)(struct ww_report *report); /* or NULL: */
	const struct listing *listing;
	struct ww_rec rec;
};

static bool
find(const struct ww_catalogue *c, struct ww_slice what, struct asked *ret)
{
	*ret = (struct asked){ 0 };
	for (size_t i = 0; i < WW_ARRAY_LEN(whole); i++) {
		ret->whole = whole[i].add;
		if (ww_slice_eq(what, ww_slice_cstr(whole[i].word)))
			return true;
	}
	for (size_t i = 0; i < WW_ARRAY_LEN(listings); i++) {
		const struct listing *l = &listings[i];
		struct ww_slice word = ww_slice_cstr(l->word);

		if (!ww_slice_starts(what, word))
			continue;
		for (uint32_t k = 0; k < ww_count(c, l->section); k++) {
			struct ww_rec rec = ww_rec_at(c, l->section, k);

			*ret = (struct asked){ NULL, l, rec };
			if (ww_slice_eq(ww_rec_str(rec, l->id),
					ww_slice_from(what, word.len)))
				return true;
		}
	}
	return false;
}

static void
add_asked(struct ww_report *report, void *ctx)
{
	const struct asked *asked = ctx;

	report->known = true;
	if (asked->whole != NULL)
		asked->whole(report);
	else
		asked->listing->add_page(report, asked->rec);
}

enum ww_status
ww_list(const struct ww_catalogue *c, struct ww_slice what, unsigned lang,
	struct ww_report **ret, struct ww_error *reterr)
{
	struct asked asked;

	if (!find(c, what, &asked)) {
		*reterr = (struct ww_error){ .status = WW_NOT_FOUND,
					     .why = N_("nothing of that name "
						       "is there") };
		return WW_NOT_FOUND;
	}
	return ww_report_make(c, lang, "list", add_asked, &asked, ret, reterr);
}
