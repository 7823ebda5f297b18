/*
 * What a number means where a certain part of Windows raises it: the topics
 * that are chosen once that part is known.
 */
#include "base/message.h"
#include "catalogue/catalogue.h"
#include "code/number.h"
#include "report/page.h"

#include "base/banned.h"

/* So many topics share a number at most. */
#define TOPICS_MAX 16

struct topics {
	struct shared {
		struct ww_rec topic;
		uint32_t value; /* as which it is asked for */
	} p[TOPICS_MAX];
	size_t n;
};

/* "Windows Setup, Windows Update" */
static struct ww_slice
titles_of(struct ww_report *report, struct ww_rec topic)
{
	struct ww_list contexts =
	    ww_rec_list(topic, WW_TOPIC_CONTEXTS, WW_S_ID);
	struct ww_buf buf = ww_buf_in(&report->arena);

	for (uint32_t i = 0; i < contexts.count; i++) {
		struct ww_rec context =
		    ww_rec_id(topic, WW_TOPIC_CONTEXTS, WW_S_CONTEXT, i);

		ww_buf_add(&buf, i > 0 ? WW_LIT(", ") : WW_LIT(""));
		ww_buf_add(
		    &buf,
		    ww_rec_text(context, WW_CONTEXT_TITLE, report->lang).s);
	}
	return ww_buf_slice(&buf);
}

/* winwhy --in cbs 0x80070005 */
static struct ww_slice
command_for(struct ww_report *report, struct ww_rec topic, uint32_t value)
{
	struct ww_rec context =
	    ww_rec_id(topic, WW_TOPIC_CONTEXTS, WW_S_CONTEXT, 0);
	struct ww_buf buf = ww_buf_in(&report->arena);

	ww_buf_add(&buf, WW_LIT("winwhy --in "));
	ww_buf_add(&buf, ww_rec_str(context, WW_CONTEXT_ID));
	ww_buf_add(&buf, WW_LIT(" 0x"));
	ww_buf_hex(&buf, value, 8);
	return ww_buf_slice(&buf);
}

static void
add_topic(struct ww_report *report, struct ww_node *list, struct ww_rec topic,
	  uint32_t value)
{
	struct ww_node *item = ww_add(report, list, WW_NODE_IN_CONTEXT);

	ww_add_slice(report, item, WW_NODE_WHERE, titles_of(report, topic));
	ww_add_slice(report, item, WW_NODE_ID, ww_rec_str(topic, WW_TOPIC_ID));
	ww_page_field(report, item, WW_NODE_TITLE, topic, WW_TOPIC_TITLE);
	ww_add_slice(report, item, WW_NODE_COMMAND,
		     command_for(report, topic, value));
}

static void
collect(struct topics *ret, const struct ww_catalogue *c,
	const struct ww_reading *r, enum ww_space space, uint32_t value,
	uint32_t asked)
{
	struct ww_list keys = ww_topic_keys(c, value);

	for (uint32_t i = 0; i < keys.count && ret->n < TOPICS_MAX; i++) {
		struct ww_rec key = ww_list_at(c, keys, i);
		struct ww_rec topic =
		    ww_rec_ref(key, WW_TOPIC_KEY_TOPIC, WW_S_TOPIC);
		bool known = topic.p == r->topic.p;

		for (size_t k = 0; k < ret->n; k++)
			known |= topic.p == ret->p[k].topic.p;
		if (!known && ww_reading_covered(r, key, space) &&
		    ww_rec_list(topic, WW_TOPIC_CONTEXTS, WW_S_ID).count > 0)
			ret->p[ret->n++] = (struct shared){ topic, asked };
	}
}

/* Of the number itself, what it carries, and the HRESULT that carries it. */
static void
collect_all(struct topics *ret, const struct ww_catalogue *c,
	    const struct ww_reading *r)
{
	uint32_t wrapped = ww_hresult_from_win32(r->value).v;

	collect(ret, c, r, r->space, r->value, r->value);
	if (r->kind != WW_READING_NAMED && r->kind != WW_READING_STRUCTURE)
		collect(ret, c, r, r->inner_space, r->inner_value, r->value);
	if (r->space == WW_SPACE_WIN32 && r->value <= 0xFFFF)
		collect(ret, c, r, WW_SPACE_HRESULT, wrapped, wrapped);
}

void
ww_page_by_context(struct ww_report *report, struct ww_node *node,
		   const struct ww_reading *r)
{
	struct topics topics = { .n = 0 };
	struct ww_node *list;

	if (!r->in_context)
		collect_all(&topics, report->c, r);
	list = topics.n == 0 ? NULL : ww_add(report, node, WW_NODE_BY_CONTEXT);
	for (size_t i = 0; i < topics.n; i++)
		add_topic(report, list, topics.p[i].topic, topics.p[i].value);
}
