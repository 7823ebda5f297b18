/*
 * One line for each thing: value, name, meaning; of a diagnosis the verdict.
 */
#include "base/compiler.h"
#include "render/render.h"

#include "base/banned.h"

static void
add_part(struct ww_render *r, struct ww_slice s)
{
	if (s.len == 0)
		return;
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_add_clean(&r->out, s);
}

/* What stands before the colon: SP_EXECUTION_SAFE_OS. */
static struct ww_slice
up_to_colon(struct ww_slice s)
{
	const char *colon = s.len == 0 ? NULL : memchr(s.p, ':', s.len);

	return colon == NULL ? s : ww_slice_of(s.p, (size_t)(colon - s.p));
}

static void
add_pair(struct ww_render *r, const struct ww_node *pair)
{
	if (pair == NULL)
		return;
	ww_buf_char(&r->out, '-');
	ww_buf_add(&r->out, ww_child_text(pair, WW_NODE_VALUE));
	add_part(r, up_to_colon(ww_child_text(pair, WW_NODE_PHASE)));
	add_part(r, up_to_colon(ww_child_text(pair, WW_NODE_OPERATION)));
}

static void
add_reading(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *name =
	    ww_node_child(ww_node_find(reading, WW_NODE_NAMES));
	struct ww_slice meaning = ww_child_text(reading, WW_NODE_MEANING);

	ww_buf_add(&r->out, ww_shown_value(reading));
	add_pair(r, ww_node_find(reading, WW_NODE_PAIR));
	add_part(r, ww_child_text(name, WW_NODE_ID));
	if (meaning.len == 0)
		meaning = ww_child_text(ww_node_find(reading, WW_NODE_FAMILY),
					WW_NODE_TITLE);
	if (meaning.len == 0)
		meaning = ww_tr(r->report, N_("no name is known"));
	add_part(r, meaning);
	ww_buf_char(&r->out, '\n');
}

static bool
has_name(const struct ww_node *reading)
{
	return ww_node_child(ww_node_find(reading, WW_NODE_NAMES)) != NULL;
}

static void
add_event(struct ww_render *r, const struct ww_node *event)
{
	ww_buf_add(&r->out, ww_child_text(event, WW_NODE_PROVIDER));
	ww_buf_char(&r->out, ' ');
	ww_buf_add(&r->out, ww_child_text(event, WW_NODE_NUMBER));
	add_part(r, ww_child_text(event, WW_NODE_TITLE));
	ww_buf_char(&r->out, '\n');
}

/* The topic goes on from there. */
static void
add_sign(struct ww_render *r, const struct ww_node *sign)
{
	const struct ww_node *topic = ww_node_find(sign, WW_NODE_TOPIC);

	ww_add_clean(&r->out,
		     ww_sign_text(r, sign, ww_child_text(sign, WW_NODE_TITLE)));
	if (topic != NULL) {
		ww_buf_add(&r->out, WW_LIT("  topic/"));
		ww_buf_add(&r->out, ww_child_text(topic, WW_NODE_ID));
	}
	ww_buf_char(&r->out, '\n');
}

static void
add_answer(struct ww_render *r, const struct ww_node *answer)
{
	const struct ww_node *readings = ww_node_find(answer, WW_NODE_READINGS);
	const struct ww_node *s =
	    ww_node_child(ww_node_find(answer, WW_NODE_SUGGESTIONS));
	const struct ww_node *event =
	    ww_node_child(ww_node_find(answer, WW_NODE_EVENTS));
	const struct ww_node *known = ww_node_find(answer, WW_NODE_RECOGNISED);
	const struct ww_node *sign = ww_node_child(known);

	for (; sign != NULL; sign = ww_node_next(sign))
		add_sign(r, sign);
	if (event != NULL) {
		for (; event != NULL; event = ww_node_next(event))
			add_event(r, event);
		return;
	}
	/* A number without a name is likelier to be a slip than an answer. */
	if (ww_node_child(readings) != NULL &&
	    (s == NULL || has_name(ww_node_child(readings)))) {
		add_reading(r, ww_node_child(readings));
		return;
	}
	if (known != NULL)
		return;
	ww_add_clean(&r->out, ww_child_text(answer, WW_NODE_QUERY));
	add_part(r, ww_tr(r->report, s == NULL ? N_("nothing is known of this")
					       : N_("did you mean")));
	for (; s != NULL; s = ww_node_next(s))
		add_part(r, ww_node_text(s));
	ww_buf_char(&r->out, '\n');
}

static void
add_result(struct ww_render *r, const struct ww_node *result)
{
	ww_buf_add(&r->out, ww_child_text(result, WW_NODE_VALUE));
	add_part(r, ww_child_text(result, WW_NODE_ID));
	add_part(r, ww_child_text(result, WW_NODE_SUMMARY));
	ww_buf_char(&r->out, '\n');
}

/* What there is to browse: an item of any list that has ids and titles. */
static void
add_listed(struct ww_render *r, const struct ww_node *item)
{
	if (ww_node_kind(item) == WW_NODE_MEMBER)
		ww_buf_add(&r->out, ww_shown_value(item));
	add_part(r, ww_child_text(item, WW_NODE_ID));
	add_part(r, ww_child_text(item, WW_NODE_TITLE));
	add_part(r, ww_child_text(item, WW_NODE_MEANING));
	ww_buf_char(&r->out, '\n');
}

static void
add_list(struct ww_render *r, const struct ww_node *root)
{
	static const enum ww_node_kind lists[] = {
		WW_NODE_SYMPTOMS,   WW_NODE_FAMILIES, WW_NODE_LOGS,
		WW_NODE_EVENTS,	    WW_NODE_COUNTS,   WW_NODE_TOPICS,
		WW_NODE_RECOGNISED, WW_NODE_MEMBERS,
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(lists); i++) {
		const struct ww_node *n =
		    ww_node_child(ww_node_find(root, lists[i]));

		for (; n != NULL; n = ww_node_next(n))
			add_listed(r, n);
	}
}

static void
add_verdict(struct ww_render *r, const struct ww_node *root)
{
	ww_buf_add(&r->out, ww_verdict_text(r, root));
	add_part(r, ww_child_text(root, WW_NODE_SUMMARY));
	ww_buf_char(&r->out, '\n');
}

static void
add_code(struct ww_render *r, const struct ww_node *code)
{
	ww_buf_add(&r->out, ww_child_text(code, WW_NODE_COUNT));
	ww_buf_add(&r->out, WW_LIT(" x "));
	ww_buf_add(&r->out, ww_child_text(code, WW_NODE_VALUE));
	add_part(r, ww_child_text(code, WW_NODE_ID));
	add_part(r, ww_child_text(code, WW_NODE_MEANING));
	ww_buf_char(&r->out, '\n');
}

void
ww_render_brief(struct ww_render *r)
{
	const struct ww_node *root = ww_report_root(r->report);
	const struct ww_node *n;

	if (ww_node_find(root, WW_NODE_VERDICT) != NULL) {
		add_verdict(r, root);
		return;
	}
	if (ww_child_is(root, WW_NODE_KIND, "list")) {
		add_list(r, root);
		return;
	}
	n = ww_node_child(ww_node_find(root, WW_NODE_ANSWERS));
	for (; n != NULL; n = ww_node_next(n))
		add_answer(r, n);
	n = ww_node_child(ww_node_find(root, WW_NODE_RESULTS));
	for (; n != NULL; n = ww_node_next(n))
		add_result(r, n);
	n = ww_node_child(ww_node_find(root, WW_NODE_CODES));
	for (; n != NULL; n = ww_node_next(n))
		add_code(r, n);
}
