/*
 * Search results as a report.
 */
#include <winwhy/search.h>

#include "base/utf8.h"
#include "report/tree.h"

#include "base/banned.h"

static void
add_code(struct ww_report *report, struct ww_node *result, uint32_t number)
{
	struct ww_rec code = ww_rec_at(report->c, WW_S_CODE, number);
	struct ww_rec family = ww_rec_ref(code, WW_CODE_FAMILY, WW_S_FAMILY);

	ww_add_slice(report, result, WW_NODE_SPACE,
		     ww_rec_word(code, WW_CODE_SPACE, WW_WORDS_SPACE));
	ww_add_hex(report, result, WW_NODE_VALUE,
		   ww_rec_num(code, WW_CODE_VALUE));
	ww_add_slice(report, result, WW_NODE_ID,
		     ww_rec_str(code, WW_CODE_NAME));
	ww_add_text(report, result, WW_NODE_TITLE,
		    ww_rec_text(family, WW_FAMILY_NAME, report->lang));
	ww_add_text(report, result, WW_NODE_SUMMARY,
		    ww_rec_text(code, WW_CODE_MEANING, report->lang));
}

static void
add_topic(struct ww_report *report, struct ww_node *result, uint32_t number)
{
	struct ww_rec topic = ww_rec_at(report->c, WW_S_TOPIC, number);
	struct ww_list codes =
	    ww_rec_list(topic, WW_TOPIC_CODES, WW_S_TOPIC_CODE);
	struct ww_rec first = ww_list_at(report->c, codes, 0);

	ww_add_hex(report, result, WW_NODE_VALUE,
		   ww_rec_num(first, WW_TOPIC_CODE_VALUE));
	ww_add_slice(report, result, WW_NODE_ID,
		     ww_rec_str(topic, WW_TOPIC_ID));
	ww_add_text(report, result, WW_NODE_TITLE,
		    ww_rec_text(topic, WW_TOPIC_TITLE, report->lang));
	ww_add_text(report, result, WW_NODE_SUMMARY,
		    ww_rec_text(topic, WW_TOPIC_SUMMARY, report->lang));
}

struct finding {
	struct ww_search *search;
	struct ww_slice words;
	size_t max;
};

static void
add_results(struct ww_report *report, void *ctx)
{
	const struct finding *f = ctx;
	struct ww_slice query =
	    ww_slice_trim(ww_utf8_from_any(&report->arena, f->words));
	size_t docs = (size_t)ww_count(report->c, WW_S_CODE) +
		      ww_count(report->c, WW_S_TOPIC);
	size_t max = f->max < docs ? f->max : docs;
	struct ww_hit *hits =
	    ww_arena_array(&report->arena, max + 1, sizeof(*hits));
	struct ww_node *list;
	size_t n = ww_search_run(f->search, query, hits, max);

	query.p = ww_arena_copy(&report->arena, query.p, query.len);
	ww_add_slice(report, report->root, WW_NODE_QUERY, query);
	list = ww_add(report, report->root, WW_NODE_RESULTS);
	report->known = n > 0;
	for (size_t i = 0; i < n; i++) {
		struct ww_node *result = ww_add(report, list, WW_NODE_RESULT);
		bool topic = hits[i].kind == WW_HIT_TOPIC;

		ww_add_slice(report, result, WW_NODE_KIND,
			     topic ? WW_LIT("topic") : WW_LIT("code"));
		if (topic)
			add_topic(report, result, hits[i].number);
		else
			add_code(report, result, hits[i].number);
	}
}

enum ww_status
ww_find_words(const struct ww_catalogue *c, struct ww_slice words,
	      unsigned lang, size_t max, struct ww_report **ret,
	      struct ww_error *reterr)
{
	struct finding f = { .words = words, .max = max };
	enum ww_status st;

	if (ww_search_open(c, &f.search) != WW_OK)
		return ww_report_no_memory(reterr);
	st = ww_report_make(c, lang, "search", add_results, &f, ret, reterr);
	ww_search_close(f.search);
	return st;
}
