/*
 * The sources of a page in full, each once: every id that the page cites.
 */
#include "report/page.h"

#include "base/banned.h"

struct cited {
	struct ww_report *report;
	struct ww_node *list;
	bool *seen; /* by source number */
};

static void
cite(struct cited *cited, struct ww_rec source)
{
	struct ww_report *report = cited->report;
	struct ww_node *node;
	uint32_t number;

	if (source.p == NULL)
		return;
	number = ww_rec_number(source, WW_S_SOURCE);
	if (cited->seen[number])
		return;
	cited->seen[number] = true;
	node = ww_add(report, cited->list, WW_NODE_SOURCE);
	ww_add_slice(report, node, WW_NODE_ID,
		     ww_rec_str(source, WW_SOURCE_ID));
	ww_add_slice(report, node, WW_NODE_TITLE,
		     ww_rec_str(source, WW_SOURCE_TITLE));
	ww_add_slice(report, node, WW_NODE_PUBLISHER,
		     ww_rec_str(source, WW_SOURCE_PUBLISHER));
	ww_add_slice(report, node, WW_NODE_URL,
		     ww_rec_str(source, WW_SOURCE_URL));
	ww_add_slice(report, node, WW_NODE_READ,
		     ww_rec_str(source, WW_SOURCE_READ));
}

static void
cite_all(struct cited *cited, struct ww_rec rec, unsigned at)
{
	uint32_t n = ww_rec_num(rec, at + 1);

	for (uint32_t i = 0; i < n; i++)
		cite(cited, ww_rec_id(rec, at, WW_S_SOURCE, i));
}

/* The ids that stand in the tree.  A page is a handful of levels deep. */
static void
cite_below(struct cited *cited, const struct ww_node *node)
{
	for (; node != NULL; node = ww_node_next(node)) {
		if (ww_node_kind(node) == WW_NODE_SOURCE_ID)
			cite(cited, ww_rec_at(cited->report->c, WW_S_SOURCE,
					      node->record));
		cite_below(cited, ww_node_child(node));
	}
}

static struct cited
start(struct ww_report *report, struct ww_node *node)
{
	return (struct cited){
		.report = report,
		.list = ww_add(report, node, WW_NODE_SOURCES),
		.seen = ww_arena_array(&report->arena,
				       ww_count(report->c, WW_S_SOURCE) + 1,
				       sizeof(bool)),
	};
}

void
ww_page_cited(struct ww_report *report, struct ww_node *node, struct ww_rec rec,
	      unsigned at)
{
	struct cited cited = start(report, node);

	cite_all(&cited, rec, at);
}

void
ww_page_all_sources(struct ww_report *report, struct ww_node *node)
{
	struct cited cited = start(report, node);

	for (uint32_t i = 0; i < ww_count(report->c, WW_S_SOURCE); i++)
		cite(&cited, ww_rec_at(report->c, WW_S_SOURCE, i));
}

void
ww_page_sources(struct ww_report *report, struct ww_node *node,
		const struct ww_reading *reading)
{
	const struct ww_node *cites = ww_node_child(node);
	struct cited cited = start(report, node);

	cite_all(&cited, reading->topic, WW_TOPIC_SOURCES);
	cite_below(&cited, cites);
	for (uint32_t i = 0; i < reading->n_codes; i++)
		cite_all(&cited,
			 ww_rec_at(report->c, WW_S_CODE, reading->codes[i]),
			 WW_CODE_SOURCES);
	if (reading->topic.p == NULL)
		cite_all(&cited, reading->family, WW_FAMILY_SOURCES);
}
