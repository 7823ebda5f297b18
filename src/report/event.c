/*
 * Events of Windows: what one is, and what the one in a record says.
 */
#include "explain/event.h"
#include "diagnose/event_field.h"
#include "explain/event_question.h"
#include "report/page.h"

#include "base/banned.h"

/* So many fields of an event are filled into its sentence. */
#define FILLS_MAX 24

/* A page */

static void
add_values(struct ww_report *report, struct ww_node *node, struct ww_rec field)
{
	struct ww_list values =
	    ww_rec_list(field, WW_EVENT_FIELD_VALUES, WW_S_EVENT_VALUE);
	struct ww_node *list = NULL;

	for (uint32_t i = 0; i < values.count; i++) {
		struct ww_rec rec = ww_list_at(report->c, values, i);
		struct ww_node *item;

		if (list == NULL)
			list = ww_add(report, node, WW_NODE_VALUES);
		item = ww_add(report, list, WW_NODE_VALUE_MEANING);
		ww_add_slice(report, item, WW_NODE_VALUE,
			     ww_rec_str(rec, WW_EVENT_VALUE_VALUE));
		ww_page_field(report, item, WW_NODE_MEANS, rec,
			      WW_EVENT_VALUE_MEANS);
	}
}

static void
add_field(struct ww_report *report, struct ww_node *list, struct ww_rec rec)
{
	struct ww_node *node = ww_add(report, list, WW_NODE_FIELD);

	ww_add_slice(report, node, WW_NODE_ID,
		     ww_rec_str(rec, WW_EVENT_FIELD_NAME));
	ww_page_field(report, node, WW_NODE_WHAT, rec, WW_EVENT_FIELD_WHAT);
	if (ww_rec_num(rec, WW_EVENT_FIELD_IS) != WW_CODE_IS_NONE) {
		ww_page_word(report, node, WW_NODE_IS, rec, WW_EVENT_FIELD_IS,
			     WW_WORDS_CODE_KIND);
		ww_page_word(report, node, WW_NODE_BASE, rec,
			     WW_EVENT_FIELD_BASE, WW_WORDS_BASE);
	}
	add_values(report, node, rec);
}

static void
add_forms(struct ww_report *report, struct ww_node *node, struct ww_rec kind)
{
	struct ww_list forms =
	    ww_rec_list(kind, WW_EVENT_KIND_FORMS, WW_S_EVENT_FORM);
	struct ww_node *list = ww_add(report, node, WW_NODE_FORMS);

	for (uint32_t i = 0; i < forms.count; i++) {
		struct ww_rec rec = ww_list_at(report->c, forms, i);
		struct ww_list fields =
		    ww_rec_list(rec, WW_EVENT_FORM_FIELDS, WW_S_EVENT_FIELD);
		struct ww_node *form = ww_add(report, list, WW_NODE_FORM);
		struct ww_node *all;

		ww_add_slice(report, form, WW_NODE_VERSIONS,
			     ww_rec_str(rec, WW_EVENT_FORM_VERSIONS));
		all = ww_add(report, form, WW_NODE_FIELDS);
		for (uint32_t k = 0; k < fields.count; k++)
			add_field(report, all,
				  ww_list_at(report->c, fields, k));
	}
}

static void
add_event(struct ww_report *report, struct ww_node *list, struct ww_rec kind)
{
	struct ww_node *node = ww_add(report, list, WW_NODE_EVENT);

	ww_add_slice(report, node, WW_NODE_ID,
		     ww_rec_str(kind, WW_EVENT_KIND_ID));
	ww_add_slice(report, node, WW_NODE_PROVIDER,
		     ww_rec_str(kind, WW_EVENT_KIND_PROVIDER));
	ww_add_number(report, node, WW_NODE_NUMBER,
		      ww_rec_num(kind, WW_EVENT_KIND_NUMBER));
	ww_page_word(report, node, WW_NODE_WEIGHT, kind, WW_EVENT_KIND_WEIGHT,
		     WW_WORDS_WEIGHT);
	ww_page_field(report, node, WW_NODE_TITLE, kind, WW_EVENT_KIND_TITLE);
	ww_page_field(report, node, WW_NODE_SAYS, kind, WW_EVENT_KIND_SAYS);
	ww_page_field(report, node, WW_NODE_NEXT, kind, WW_EVENT_KIND_NEXT);
	add_forms(report, node, kind);
	ww_page_word(report, node, WW_NODE_CERTAINTY, kind,
		     WW_EVENT_KIND_CERTAINTY, WW_WORDS_CERTAINTY);
	ww_page_cited(report, node, kind, WW_EVENT_KIND_SOURCES);
}

bool
ww_page_events(struct ww_report *report, struct ww_slice text,
	       struct ww_node *(*add_answer)(void *ctx), void *ctx)
{
	struct ww_rec kinds[WW_EVENTS_ASKED_MAX];
	size_t n = ww_event_question(report->c, text, kinds);
	struct ww_node *list;

	if (n == 0)
		return false;
	list = ww_add(report, add_answer(ctx), WW_NODE_EVENTS);
	for (size_t i = 0; i < n; i++)
		add_event(report, list, kinds[i]);
	return true;
}

/* What one says */

/* A code with its name: 0x80072EE7 (WININET_E_NAME_NOT_RESOLVED). */
static struct ww_slice
code_text(struct ww_report *report, struct ww_rec field, uint32_t code)
{
	enum ww_code_kind kind = ww_event_code_kind(field, code);
	const struct ww_spelled spelled = ww_code_kind_spelled(kind, code);
	const struct ww_hints hints = ww_code_kind_hints(report->c, kind);
	struct ww_readings readings =
	    ww_readings_of(&report->arena, report->c, &spelled, &hints);
	struct ww_buf buf = ww_buf_in(&report->arena);
	struct ww_slice name = { 0 };

	if (readings.n > 0 && readings.p[0].n_codes > 0)
		name = ww_rec_str(ww_rec_at(report->c, WW_S_CODE,
					    readings.p[0].codes[0]),
				  WW_CODE_NAME);
	ww_code_kind_add(&buf, kind, code);
	if (name.len > 0) {
		ww_buf_add(&buf, WW_LIT(" ("));
		ww_buf_add(&buf, name);
		ww_buf_char(&buf, ')');
	}
	return ww_buf_slice(&buf);
}

/* A dash is how Windows writes that there is nothing. */
static bool
is_nothing(struct ww_slice value)
{
	return value.len == 0 || ww_slice_eq(value, WW_LIT("-")) ||
	       ww_slice_casecmp(value, WW_LIT("(NULL)")) == 0;
}

/* The value as a sentence has it: a code, a word for it, or as it stands. */
static struct ww_slice
value_text(struct ww_report *report, struct ww_rec field, struct ww_slice value)
{
	struct ww_list values =
	    ww_rec_list(field, WW_EVENT_FIELD_VALUES, WW_S_EVENT_VALUE);
	uint32_t code;

	if (is_nothing(value))
		return (struct ww_slice){ 0 };
	if (ww_event_code(field, value, &code))
		return code != 0 ? code_text(report, field, code) : WW_LIT("0");
	if (ww_rec_num(field, WW_EVENT_FIELD_IS) != WW_CODE_IS_NONE)
		return (struct ww_slice){ 0 };
	for (uint32_t i = 0; i < values.count; i++) {
		struct ww_rec rec = ww_list_at(report->c, values, i);

		if (ww_slice_casecmp(ww_rec_str(rec, WW_EVENT_VALUE_VALUE),
				     value) == 0)
			return ww_rec_text(rec, WW_EVENT_VALUE_MEANS,
					   report->lang)
			    .s;
	}
	return value;
}

/* {name} stands in the sentence. */
static bool
is_in(struct ww_slice sentence, struct ww_slice name)
{
	for (size_t i = 0; i + name.len + 2 <= sentence.len; i++)
		if (sentence.p[i] == '{' &&
		    sentence.p[i + name.len + 1] == '}' &&
		    ww_slice_eq(ww_slice_part(sentence, i + 1, name.len), name))
			return true;
	return false;
}

/* The last value of a text that is cut may be cut itself. */
static bool
is_whole(const struct ww_told_event *e, bool cut, struct ww_slice value)
{
	return !cut || value.len == 0 ||
	       value.p + value.len < e->text.p + e->text.len;
}

/* False: a hole is left open, for the record lacks the field or is cut. */
static bool
fill_sentence(struct ww_report *report, const struct ww_told_event *e, bool cut,
	      struct ww_rec kind, struct ww_slice sentence, struct ww_buf *out)
{
	struct ww_fill fills[FILLS_MAX + 1] = { { 0 } };
	struct ww_event_walk walk = { 0 };
	struct ww_rec field;
	size_t n = 0;

	while (n < FILLS_MAX && ww_event_next_field(kind, &walk, &field)) {
		struct ww_slice name = ww_rec_str(field, WW_EVENT_FIELD_NAME);
		struct ww_slice value;

		if (!is_in(sentence, name))
			continue;
		value = ww_event_field_value(e, field);
		if (!is_whole(e, cut, value))
			return false;
		value = value_text(report, field, value);
		if (value.len == 0)
			return false;
		/* A string of the heap has its NUL. */
		fills[n++] = (struct ww_fill){ name.p, value };
	}
	return ww_buf_template(out, sentence, fills);
}

void
ww_page_event_told(struct ww_report *report, struct ww_node *node,
		   struct ww_slice text, bool cut)
{
	struct ww_buf buf = ww_buf_in(&report->arena);
	struct ww_told_event e;
	struct ww_rec kind;
	struct ww_text says;
	struct ww_node *child;

	if (!ww_told_event_read(text, &e))
		return;
	kind = ww_event_kind(report->c, e.provider, e.number);
	says = ww_rec_text(kind, WW_EVENT_KIND_SAYS, report->lang);
	if (says.s.len > 0 &&
	    fill_sentence(report, &e, cut, kind, says.s, &buf))
		says.s = ww_buf_slice(&buf);
	else
		says = ww_rec_text(kind, WW_EVENT_KIND_TITLE, report->lang);
	child = ww_add_text(report, node, WW_NODE_SAYS, says);
	if (child != NULL)
		child->told = true;
}
