/*
 * Conversations with update servers: each step, what it broke on, and what
 * clients of either generation end with then.
 */
#include "catalogue/troubles.h"
#include "diagnose/facts.h"
#include "evidence/step.h"
#include "report/diagnosis.h"
#include "report/redact.h"

#include "base/banned.h"

struct ww_text
ww_tell_trouble(struct ww_telling *t, const struct ww_episode *e)
{
	struct ww_slice word = ww_episode_note(e, "trouble");

	return ww_rec_text(ww_trouble(t->report->c, word), WW_TROUBLE_SAYS,
			   t->report->lang);
}

/* A step, its sentence read again */

static bool
is_slow(const struct ww_step *step, struct ww_rec known)
{
	return known.p != NULL &&
	       step->ms > ww_rec_num(known, WW_PROBE_STEP_SLOW);
}

static void
add_figures(struct ww_telling *t, struct ww_node *node,
	    const struct ww_step *step)
{
	struct ww_report *r = t->report;

	if (step->status > 0)
		ww_add_number(r, node, WW_NODE_STATUS, (int64_t)step->status);
	if (step->bytes > 0)
		ww_add_number(r, node, WW_NODE_BYTES, (int64_t)step->bytes);
	ww_add_number(r, node, WW_NODE_MILLISECONDS, (int64_t)step->ms);
}

static void
add_trouble(struct ww_telling *t, struct ww_node *node,
	    const struct ww_step *step)
{
	if (step->trouble.len == 0)
		return;
	ww_tell_word(t, node, WW_NODE_TROUBLE, step->trouble);
	ww_page_field(t->report, node, WW_NODE_BECAUSE,
		      ww_trouble(t->report->c, step->trouble), WW_TROUBLE_SAYS);
}

static void
add_turn(struct ww_telling *t, struct ww_node *list, struct ww_slice text)
{
	struct ww_report *r = t->report;
	struct ww_node *node;
	struct ww_rec known;
	struct ww_step step;

	if (!ww_step_read(text, &step))
		return;
	known = ww_probe_step(r->c, step.name);
	node = ww_add(r, list, WW_NODE_TURN);
	ww_tell_word(t, node, WW_NODE_ID, step.name);
	ww_page_field(r, node, WW_NODE_TITLE, known, WW_PROBE_STEP_TITLE);
	ww_add_slice(r, node, WW_NODE_STATE, ww_step_word(step.result));
	add_trouble(t, node, &step);
	add_figures(t, node, &step);
	if (is_slow(&step, known))
		ww_add_bool(r, node, WW_NODE_SLOW, true);
	ww_tell_marked(t, node, WW_NODE_REQUEST, step.target,
		       ww_redact_mark_request);
	ww_tell_slice(t, node, WW_NODE_DETAIL_TEXT, step.detail);
}

static void
add_conversation(struct ww_telling *t, struct ww_node *node,
		 const struct ww_episode *e)
{
	struct ww_node *list = ww_add(t->report, node, WW_NODE_CONVERSATION);

	for (const struct ww_item *i = e->items; i != NULL; i = i->next)
		add_turn(t, list, i->detail);
}

/* Clients */

static void
add_code(struct ww_report *r, struct ww_node *list, struct ww_rec code)
{
	struct ww_node *node = ww_add(r, list, WW_NODE_CLIENT_CODE);

	ww_add_hex(r, node, WW_NODE_VALUE, ww_client_code(code));
	ww_add_slice(r, node, WW_NODE_ID,
		     ww_rec_str(code, WW_TOPIC_CODE_WRITTEN));
}

static void
add_client(struct ww_report *r, struct ww_node *list, struct ww_rec client)
{
	struct ww_node *node = ww_add(r, list, WW_NODE_CLIENT), *codes;
	struct ww_list all =
	    ww_rec_list(client, WW_CLIENT_CODE_CODES, WW_S_TOPIC_CODE);

	ww_page_word(r, node, WW_NODE_GENERATION, client, WW_CLIENT_CODE_CLIENT,
		     WW_WORDS_CLIENT);
	codes = ww_add(r, node, WW_NODE_CLIENT_CODES);
	for (uint32_t i = 0; i < all.count; i++)
		add_code(r, codes, ww_list_at(r->c, all, i));
	ww_page_word(r, node, WW_NODE_CERTAINTY, client,
		     WW_CLIENT_CODE_CERTAINTY, WW_WORDS_CERTAINTY);
	ww_page_source_ids(r, node, client, WW_CLIENT_CODE_SOURCES);
}

static void
add_clients(struct ww_telling *t, struct ww_node *node,
	    const struct ww_episode *e)
{
	struct ww_report *r = t->report;
	struct ww_rec trouble = ww_trouble(r->c, ww_episode_note(e, "trouble"));
	struct ww_list clients =
	    ww_rec_list(trouble, WW_TROUBLE_CLIENTS, WW_S_CLIENT_CODE);
	struct ww_node *list;

	if (clients.count == 0)
		return;
	list = ww_add(r, node, WW_NODE_CLIENTS);
	for (uint32_t i = 0; i < clients.count; i++)
		add_client(r, list, ww_list_at(r->c, clients, i));
}

static void
add_setting(struct ww_telling *t, struct ww_node *node, enum ww_node_kind kind,
	    const struct ww_note *setting)
{
	if (setting != NULL)
		ww_tell_slice(t, node, kind, setting->value);
}

/* Clients may be told to go elsewhere, or another way. */
static void
add_settings(struct ww_telling *t, struct ww_node *node, struct ww_slice asked,
	     const struct ww_episode *e)
{
	struct ww_beside beside =
	    ww_settings_beside(t->d->places, t->d->n_files, asked,
			       ww_episode_note(e, "through-proxy"));

	add_setting(t, node, WW_NODE_POLICY, beside.server);
	add_setting(t, node, WW_NODE_ALTERNATE, beside.alternate);
	add_setting(t, node, WW_NODE_MACHINE_PROXY, beside.proxy);
}

static void
add_probe(struct ww_telling *t, struct ww_node *list, const struct ww_group *g)
{
	static const char *const states[] = {
		[WW_STATE_UNKNOWN] = "unknown",
		[WW_STATE_GOOD] = "succeeded",
		[WW_STATE_FAILING] = "failing",
	};
	struct ww_told last = ww_tell_last(g);
	struct ww_node *node;

	if (last.file == NULL)
		return;
	node = ww_add(t->report, list, WW_NODE_PROBE);
	ww_tell_slice(t, node, WW_NODE_SUBJECT, g->subject);
	ww_tell_time(t, node, WW_NODE_TIME, last.episode->begin);
	ww_add_slice(t->report, node, WW_NODE_STATE,
		     ww_slice_cstr(states[g->state]));
	add_conversation(t, node, last.episode);
	ww_tell_facts(t, node, last.episode);
	add_settings(t, node, g->subject, last.episode);
	add_clients(t, node, last.episode);
}

void
ww_tell_probes(struct ww_telling *t)
{
	struct ww_node *list = NULL;

	for (const struct ww_group *g = t->d->conclusion.groups; g != NULL;
	     g = g->next) {
		if (g->kind != WW_EPISODE_WSUS_PROBE)
			continue;
		if (list == NULL)
			list =
			    ww_add(t->report, t->report->root, WW_NODE_PROBES);
		add_probe(t, list, g);
	}
}
