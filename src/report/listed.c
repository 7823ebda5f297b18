/*
 * The pages of what is listed: a symptom with its topics, a family with its
 * codes, a kind of log with what is recognised in it, and a topic by itself.
 */
#include "report/listed.h"

#include "report/recognised.h"

#include "base/banned.h"

/* Codes */

/* The first topic that covers a code of the family, or a record without p. */
static struct ww_rec
topic_of(const struct ww_report *report, struct ww_rec code)
{
	struct ww_list keys =
	    ww_topic_keys(report->c, ww_rec_num(code, WW_CODE_VALUE));

	for (uint32_t i = 0; i < keys.count; i++) {
		struct ww_rec key = ww_list_at(report->c, keys, i);
		uint32_t family = ww_rec_num(key, WW_TOPIC_KEY_FAMILY);

		if (ww_rec_num(key, WW_TOPIC_KEY_SPACE) ==
			ww_rec_num(code, WW_CODE_SPACE) &&
		    (family == 0 || family == ww_rec_num(code, WW_CODE_FAMILY)))
			return ww_rec_ref(key, WW_TOPIC_KEY_TOPIC, WW_S_TOPIC);
	}
	return (struct ww_rec){ report->c, NULL };
}

static void
add_member(struct ww_report *report, struct ww_node *list, enum ww_space space,
	   uint32_t value, struct ww_rec code)
{
	struct ww_node *item = ww_add(report, list, WW_NODE_MEMBER);

	ww_add_slice(report, item, WW_NODE_SPACE,
		     ww_slice_cstr(ww_space_id(space)));
	ww_add_hex(report, item, WW_NODE_VALUE, value);
	ww_add_number(report, item, WW_NODE_SIGNED, (int32_t)value);
	ww_add_slice(report, item, WW_NODE_ID, ww_rec_str(code, WW_CODE_NAME));
	ww_page_field(report, item, WW_NODE_MEANING, code, WW_CODE_MEANING);
}

static void
add_family_codes(struct ww_report *report, struct ww_rec family)
{
	uint32_t number = ww_rec_number(family, WW_S_FAMILY) + 1;
	struct ww_node *list = ww_add(report, report->root, WW_NODE_MEMBERS);

	for (uint32_t i = 0; i < ww_count(report->c, WW_S_CODE); i++) {
		struct ww_rec code = ww_rec_at(report->c, WW_S_CODE, i);
		struct ww_rec topic;

		if (ww_rec_num(code, WW_CODE_FAMILY) != number)
			continue;
		add_member(report, list,
			   (enum ww_space)ww_rec_num(code, WW_CODE_SPACE),
			   ww_rec_num(code, WW_CODE_VALUE), code);
		topic = topic_of(report, code);
		if (topic.p != NULL)
			ww_page_item(report, list->last, WW_NODE_TOPIC, topic,
				     WW_TOPIC_ID, WW_TOPIC_TITLE);
	}
}

static void
add_topic_codes(struct ww_report *report, struct ww_rec topic)
{
	struct ww_list codes =
	    ww_rec_list(topic, WW_TOPIC_CODES, WW_S_TOPIC_CODE);
	struct ww_node *list = ww_add(report, report->root, WW_NODE_MEMBERS);

	for (uint32_t i = 0; i < codes.count; i++) {
		struct ww_rec rec = ww_list_at(report->c, codes, i);
		enum ww_space space =
		    (enum ww_space)ww_rec_num(rec, WW_TOPIC_CODE_SPACE);
		uint32_t value = ww_rec_num(rec, WW_TOPIC_CODE_VALUE);

		add_member(report, list, space, value,
			   ww_page_code(report, space, value));
	}
}

/* Pages */

/* A number of the family, for the commands that decode one. */
static uint32_t
sample_of(const struct ww_report *report, struct ww_rec family)
{
	uint32_t number = ww_rec_number(family, WW_S_FAMILY) + 1;

	for (uint32_t i = 0; i < ww_count(report->c, WW_S_CODE); i++) {
		struct ww_rec code = ww_rec_at(report->c, WW_S_CODE, i);

		if (ww_rec_num(code, WW_CODE_FAMILY) == number)
			return ww_rec_num(code, WW_CODE_VALUE);
	}
	return 0;
}

void
ww_list_family(struct ww_report *report, struct ww_rec family)
{
	const struct ww_reading reading = {
		.space = (enum ww_space)ww_rec_num(family, WW_FAMILY_SPACE),
		.value = sample_of(report, family),
		.family = family,
	};

	ww_page_background(report, report->root, &reading, WW_LIT(""));
	add_family_codes(report, family);
}

void
ww_list_topic(struct ww_report *report, struct ww_rec topic)
{
	const struct ww_reading reading = { .topic = topic };

	ww_page_field(report, report->root, WW_NODE_SUMMARY, topic,
		      WW_TOPIC_SUMMARY);
	ww_page_background(report, report->root, &reading, WW_LIT(""));
	add_topic_codes(report, topic);
}

void
ww_list_symptom(struct ww_report *report, struct ww_rec symptom)
{
	uint32_t n = ww_rec_num(symptom, WW_SYMPTOM_TOPICS + 1);
	struct ww_node *list;

	ww_page_item(report, report->root, WW_NODE_SYMPTOM, symptom,
		     WW_SYMPTOM_ID, WW_SYMPTOM_TITLE);
	list = ww_add(report, report->root, WW_NODE_TOPICS);
	for (uint32_t i = 0; i < n; i++) {
		struct ww_rec topic =
		    ww_rec_id(symptom, WW_SYMPTOM_TOPICS, WW_S_TOPIC, i);
		struct ww_node *item =
		    ww_page_item(report, list, WW_NODE_TOPIC, topic,
				 WW_TOPIC_ID, WW_TOPIC_TITLE);

		ww_page_field(report, item, WW_NODE_SUMMARY, topic,
			      WW_TOPIC_SUMMARY);
	}
}

static bool
stands_in(const struct ww_report *report, struct ww_rec signature, uint32_t log)
{
	struct ww_list logs =
	    ww_rec_list(signature, WW_SIGNATURE_LOGS, WW_S_IN_LOG);

	for (uint32_t i = 0; i < logs.count; i++)
		if (ww_rec_num(ww_list_at(report->c, logs, i), WW_IN_LOG_LOG) ==
		    log)
			return true;
	return false;
}

/* What the signatures of a log say, and the topic that goes on from there. */
static void
add_recognised(struct ww_report *report, uint32_t log)
{
	struct ww_node *list = ww_add(report, report->root, WW_NODE_RECOGNISED);

	for (uint32_t i = 0; i < ww_count(report->c, WW_S_SIGNATURE); i++) {
		struct ww_rec signature =
		    ww_rec_at(report->c, WW_S_SIGNATURE, i);

		if (stands_in(report, signature, log))
			ww_page_sign(report, list, signature);
	}
}

void
ww_list_log(struct ww_report *report, struct ww_rec log)
{
	struct ww_node *node =
	    ww_page_item(report, report->root, WW_NODE_LOG, log, WW_LOG_KIND_ID,
			 WW_LOG_KIND_TITLE);

	ww_page_field(report, node, WW_NODE_WHAT, log, WW_LOG_KIND_HOLDS);
	ww_page_word(report, node, WW_NODE_SIDE, log, WW_LOG_KIND_SIDE,
		     WW_WORDS_SIDE);
	ww_add_slice(report, node, WW_NODE_PATH,
		     ww_rec_str(log, WW_LOG_KIND_PATH));
	ww_add_slice(report, node, WW_NODE_FETCH,
		     ww_rec_str(log, WW_LOG_KIND_FETCH));
	add_recognised(report, ww_rec_number(log, WW_S_LOG_KIND));
}
