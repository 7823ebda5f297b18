#include "diagnose/rules.h"

#include <stdio.h>

#include "catalogue/events.h"
#include "episode/trackers.h"
#include "episode/tracking.h"

#include "base/banned.h"

/* The most rules that one dialect has. */
#define RULES_MAX 4096

struct making {
	struct ww_arena *arena;
	const struct ww_catalogue *c;
	struct ww_rule *rules; /* of the dialect at hand */
	size_t n;
};

static void
add_rule(struct making *m, uint32_t id, struct ww_slice text)
{
	struct ww_error error;

	if (m->n < RULES_MAX &&
	    ww_pattern_read(m->arena, text, &m->rules[m->n].pattern, &error) ==
		WW_OK)
		m->rules[m->n++].id = id;
}

static bool
is_for(const struct making *m, struct ww_rec signature, enum ww_dialect_id id)
{
	struct ww_list logs =
	    ww_rec_list(signature, WW_SIGNATURE_LOGS, WW_S_IN_LOG);

	for (uint32_t i = 0; i < logs.count; i++)
		if (ww_rec_num(ww_list_at(m->c, logs, i), WW_IN_LOG_LOG) ==
		    (uint32_t)id)
			return true;
	return false;
}

static void
add_patterns(struct making *m, struct ww_rec signature)
{
	struct ww_list patterns =
	    ww_rec_list(signature, WW_SIGNATURE_PATTERNS, WW_S_PATTERN);

	for (uint32_t i = 0; i < patterns.count; i++)
		add_rule(m, ww_rec_number(signature, WW_S_SIGNATURE),
			 ww_rec_str(ww_list_at(m->c, patterns, i),
				    WW_PATTERN_TEXT));
}

static void
add_signatures(struct making *m, enum ww_dialect_id id)
{
	for (uint32_t i = 0; i < ww_count(m->c, WW_S_SIGNATURE); i++) {
		struct ww_rec rec = ww_rec_at(m->c, WW_S_SIGNATURE, i);

		if (is_for(m, rec, id))
			add_patterns(m, rec);
	}
}

static void
add_marks(struct making *m, enum ww_dialect_id id)
{
	for (unsigned t = 0; ww_trackers[t] != NULL; t++) {
		const struct ww_tracker *tracker = ww_trackers[t];

		if (!ww_tracker_follows(tracker, id))
			continue;
		for (size_t k = 0; k < tracker->n_marks; k++)
			add_rule(m,
				 WW_RULE_MARK | t << WW_RULE_TRACKER_SHIFT |
				     tracker->marks[k].id,
				 ww_slice_cstr(tracker->marks[k].pattern));
	}
}

/* Literal pieces that begin a record; all else may stand in any event. */
static struct ww_event_head
head_of(const struct ww_rule *rule)
{
	const struct ww_pattern *p = &rule->pattern;
	struct ww_event_head ret = { .fields = NULL };
	struct ww_rule_mark mark;

	if (p->at_start && !p->pieces[0].is_hole)
		ret.text = p->pieces[0].text;
	if (ww_rule_is_mark(rule->id, &mark))
		ret.fields = ww_trackers[mark.tracker]->event_fields;
	return ret;
}

static void
note_event_heads(struct ww_rules *ret, const struct making *m)
{
	ret->event_heads =
	    ww_arena_array(m->arena, m->n + 1, sizeof(*ret->event_heads));
	for (size_t i = 0; i < m->n; i++)
		ret->event_heads[ret->n_event_heads++] = head_of(&m->rules[i]);
}

static void
want_text(struct ww_wanted *ret)
{
	ret->always = ret->text = true;
}

static void
want_field(struct ww_wanted *ret, struct ww_slice name)
{
	if (name.len == 0)
		return;
	for (unsigned i = 0; i < ret->n; i++)
		if (ww_slice_eq(ret->fields[i], name))
			return;
	if (ret->n < WW_WANTED_FIELDS_MAX)
		ret->fields[ret->n++] = name;
	else
		ret->text = true;
}

static void
want_by_head(struct ww_wanted *ret, const struct ww_event_head *head)
{
	if (head->fields == NULL) {
		want_text(ret);
		return;
	}
	ret->always = true;
	for (size_t i = 0; head->fields[i] != NULL; i++)
		want_field(ret, ww_slice_cstr(head->fields[i]));
}

/* Of what is not known every word may be a code. */
static void
want_codes(struct ww_wanted *ret, struct ww_rec kind)
{
	struct ww_event_walk walk = { .codes = true };
	struct ww_rec field;

	if (!ww_event_has_fields(kind)) {
		ret->text = true;
		return;
	}
	while (ww_event_next_field(kind, &walk, &field)) {
		want_field(ret, ww_rec_str(field, WW_EVENT_FIELD_NAME));
		want_field(ret, ww_rec_str(field, WW_EVENT_FIELD_ALSO));
	}
}

void
ww_rules_want_event(const void *rules, struct ww_slice provider, unsigned id,
		    struct ww_wanted *ret)
{
	const struct ww_rules *r = rules;
	char text[256];
	struct ww_slice head;
	int n = snprintf(text, sizeof(text), "Event ID %u of %.*s: ", id,
			 (int)(provider.len < 200 ? provider.len : 200),
			 provider.len == 0 ? "" : provider.p);

	*ret = (struct ww_wanted){ .n = 0 };
	if (n <= 0 || (size_t)n >= sizeof(text)) {
		want_text(ret);
		return;
	}
	head = ww_slice_of(text, (size_t)n);
	for (size_t i = 0; i < r->n_event_heads; i++)
		if (ww_slice_casestarts(head, r->event_heads[i].text) ||
		    ww_slice_casestarts(r->event_heads[i].text, head))
			want_by_head(ret, &r->event_heads[i]);
	want_codes(ret, ww_event_kind(r->c, provider, id));
}

/* Room for the rules of one matcher. */
static void
start(struct making *m)
{
	m->rules = ww_arena_array(m->arena, RULES_MAX, sizeof(*m->rules));
	m->n = 0;
}

void
ww_rules_make(struct ww_rules *ret, struct ww_arena *arena,
	      const struct ww_catalogue *c)
{
	struct making m = { .arena = arena, .c = c };

	*ret = (struct ww_rules){ .c = c };
	for (unsigned id = 0; id < WW_DIALECTS; id++) {
		start(&m);
		add_marks(&m, (enum ww_dialect_id)id);
		add_signatures(&m, (enum ww_dialect_id)id);
		if (id == WW_DIALECT_EVENTS)
			note_event_heads(ret, &m);
		ret->matchers[id] = ww_matcher_new(arena, m.rules, m.n);
	}
}

struct ww_matcher *
ww_rules_for_a_line(struct ww_arena *arena, const struct ww_catalogue *c)
{
	struct making m = { .arena = arena, .c = c };

	start(&m);
	for (uint32_t i = 0; i < ww_count(c, WW_S_SIGNATURE); i++) {
		struct ww_rec rec = ww_rec_at(c, WW_S_SIGNATURE, i);

		if (ww_rec_list(rec, WW_SIGNATURE_NEAR, WW_S_NEAR).count == 0)
			add_patterns(&m, rec);
	}
	return ww_matcher_new(arena, m.rules, m.n);
}
