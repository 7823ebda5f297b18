#include "report/page.h"

#include "base/message.h"
#include "code/number.h"
#include "code/spelling.h"

#include "base/banned.h"

/* Neighbours shown for a code that no topic covers, on each side. */
#define NEIGHBOURS 2

static struct ww_rec
code_rec(const struct ww_report *report, uint32_t code)
{
	return ww_rec_at(report->c, WW_S_CODE, code);
}

static void
add_name(struct ww_report *report, struct ww_node *names, struct ww_rec code)
{
	struct ww_slice id = ww_rec_str(code, WW_CODE_NAME);
	uint32_t flags = ww_rec_num(code, WW_CODE_FLAGS);
	struct ww_node *name;

	if (id.len == 0)
		return;
	name = ww_add(report, names, WW_NODE_NAME);
	ww_add_slice(report, name, WW_NODE_ID, id);
	ww_add_slice(report, name, WW_NODE_ORIGIN,
		     ww_rec_str(code, WW_CODE_ORIGIN));
	if (flags & WW_FLAG_DEPRECATED)
		ww_add_slice(report, name, WW_NODE_NOTE,
			     ww_tr(report, N_("older name")));
}

static void
add_names(struct ww_report *report, struct ww_node *node,
	  const struct ww_reading *r)
{
	struct ww_node *names = ww_add(report, node, WW_NODE_NAMES);

	for (uint32_t i = 0; i < r->n_codes; i++)
		add_name(report, names, code_rec(report, r->codes[i]));
	for (uint32_t i = 0; i < r->n_aliases; i++)
		add_name(report, names, code_rec(report, r->aliases[i]));
}

static void
add_identity(struct ww_report *report, struct ww_node *node,
	     const struct ww_reading *r)
{
	ww_add_slice(report, node, WW_NODE_SPACE,
		     ww_slice_cstr(ww_space_id(r->space)));
	ww_add_hex(report, node, WW_NODE_VALUE, r->value);
	ww_add_number(report, node, WW_NODE_SIGNED, (int32_t)r->value);
	ww_add_number(report, node, WW_NODE_UNSIGNED, r->value);
	add_names(report, node, r);
}

static const char *
severity_of(const struct ww_reading *r)
{
	static const char *const severities[] = { N_("success"),
						  N_("information"),
						  N_("warning"), N_("error") };
	struct ww_ntstatus status = { .v = r->value };
	struct ww_hresult hr = { .v = r->value };

	switch (r->space) {
	case WW_SPACE_NTSTATUS:
		return severities[ww_ntstatus_severity(status)];
	case WW_SPACE_HRESULT:
		return ww_hresult_failed(hr) ? N_("failure") : N_("success");
	case WW_SPACE_BUGCHECK:
		return N_("stop");
	default:
		return NULL;
	}
}

static void
add_bits(struct ww_report *report, struct ww_node *node,
	 const struct ww_reading *r)
{
	const char *severity = severity_of(r);
	struct ww_hresult hr = { .v = r->value };
	unsigned number = ww_hresult_facility(hr);
	struct ww_node *facility;
	struct ww_rec rec;

	if (severity != NULL)
		ww_add_slice(report, node, WW_NODE_SEVERITY,
			     ww_tr(report, severity));
	if (r->space != WW_SPACE_HRESULT && r->space != WW_SPACE_NTSTATUS)
		return;
	/* A carried NTSTATUS has the facility of what it carries. */
	if (r->kind == WW_READING_NTSTATUS)
		return;
	rec = ww_facility(report->c, r->space, number);
	facility = ww_add(report, node, WW_NODE_FACILITY);
	ww_add_number(report, facility, WW_NODE_NUMBER, number);
	ww_add_slice(report, facility, WW_NODE_ID,
		     ww_rec_str(rec, WW_FACILITY_NAME));
	ww_add_text(report, facility, WW_NODE_TITLE,
		    ww_rec_text(rec, WW_FACILITY_TITLE, report->lang));
	ww_add_number(report, node, WW_NODE_CODE, ww_hresult_code(hr));
}

static void
add_carries(struct ww_report *report, struct ww_node *node,
	    const struct ww_reading *r)
{
	struct ww_node *carries;

	if (r->kind == WW_READING_NAMED || r->kind == WW_READING_STRUCTURE)
		return;
	carries = ww_add(report, node, WW_NODE_CARRIES);
	if (r->kind == WW_READING_HTTP) {
		ww_add_slice(report, carries, WW_NODE_SPACE, WW_LIT("http"));
		ww_add_number(report, carries, WW_NODE_NUMBER, r->inner_value);
		return;
	}
	ww_add_slice(report, carries, WW_NODE_SPACE,
		     ww_slice_cstr(ww_space_id(r->inner_space)));
	if (r->inner_space == WW_SPACE_WIN32)
		ww_add_number(report, carries, WW_NODE_NUMBER, r->inner_value);
	else
		ww_add_hex(report, carries, WW_NODE_VALUE, r->inner_value);
}

/* The meaning of a setup phase or operation, or its bare number. */
static void
add_setup_part(struct ww_report *report, struct ww_node *pair,
	       enum ww_node_kind kind, enum ww_space space, uint32_t value)
{
	struct ww_rec code = ww_page_code(report, space, value);

	if (code.p == NULL)
		ww_add_hex(report, pair, kind, value);
	else
		ww_add_slice(report, pair, kind, ww_page_named(report, code).s);
}

void
ww_page_extend(struct ww_report *report, struct ww_node *node, uint32_t extend)
{
	struct ww_node *pair = ww_add(report, node, WW_NODE_PAIR);

	ww_add_hex(report, pair, WW_NODE_VALUE, extend);
	add_setup_part(report, pair, WW_NODE_PHASE, WW_SPACE_SETUP_PHASE,
		       extend >> 16);
	add_setup_part(report, pair, WW_NODE_OPERATION,
		       WW_SPACE_SETUP_OPERATION, extend & 0xffff);
}

static void
add_given(struct ww_report *report, struct ww_node *node,
	  const struct ww_spelled *s)
{
	struct ww_node *list;

	if (s->has_extend)
		ww_page_extend(report, node, s->extend);
	if (s->n_params == 0)
		return;
	list = ww_add(report, node, WW_NODE_PARAMETERS);
	for (unsigned i = 0; i < s->n_params; i++)
		ww_add_hex(report, list, WW_NODE_PARAMETER, s->params[i]);
}

/* The Win32 code that an HRESULT wraps is the same failure. */
static uint32_t
unwrapped(struct ww_rec code)
{
	struct ww_hresult hr = { .v = ww_rec_num(code, WW_TOPIC_CODE_VALUE) };
	bool wraps =
	    ww_rec_num(code, WW_TOPIC_CODE_SPACE) == WW_SPACE_HRESULT &&
	    ww_hresult_facility(hr) == WW_FACILITY_WIN32;

	return wraps ? hr.v & 0xffff : hr.v;
}

/* Whether the topic tells of several numbers, so that each says more. */
static bool
tells_of_several(struct ww_rec topic)
{
	struct ww_list codes =
	    ww_rec_list(topic, WW_TOPIC_CODES, WW_S_TOPIC_CODE);

	for (uint32_t i = 1; i < codes.count; i++)
		if (unwrapped(ww_list_at(topic.c, codes, i)) !=
		    unwrapped(ww_list_at(topic.c, codes, 0)))
			return true;
	return false;
}

/*
 * The meaning: a name's own sentence, and behind it the topic's summary, where
 * the topic tells of other numbers too; otherwise the summary, which says more.
 * What a number that all parts of Windows raise means in one of them, the topic
 * of that part says best.
 */
static void
add_meaning(struct ww_report *report, struct ww_node *node,
	    const struct ww_reading *r)
{
	struct ww_text summary =
	    ww_rec_text(r->topic, WW_TOPIC_SUMMARY, report->lang);
	struct ww_text own = { .s = { 0 } };
	bool shared = false;

	for (uint32_t i = 0; i < r->n_codes && own.s.len == 0; i++) {
		struct ww_rec code = code_rec(report, r->codes[i]);

		own = ww_rec_text(code, WW_CODE_MEANING, report->lang);
		shared =
		    ww_rec_num(ww_rec_ref(code, WW_CODE_FAMILY, WW_S_FAMILY),
			       WW_FAMILY_SHARED) != 0;
	}
	shared = shared &&
		 ww_rec_list(r->topic, WW_TOPIC_CONTEXTS, WW_S_ID).count > 0;
	if (summary.s.len > 0 &&
	    (own.s.len == 0 || shared || !tells_of_several(r->topic))) {
		ww_add_text(report, node, WW_NODE_MEANING, summary);
		return;
	}
	ww_add_text(report, node, WW_NODE_MEANING, own);
	ww_add_text(report, node, WW_NODE_SUMMARY, summary);
}

static void
add_flags(struct ww_report *report, struct ww_node *node,
	  const struct ww_reading *r)
{
	struct ww_node *list = NULL;
	uint32_t flags = 0;

	for (uint32_t i = 0; i < r->n_codes; i++)
		flags |=
		    ww_rec_num(code_rec(report, r->codes[i]), WW_CODE_FLAGS);
	/* A name is deprecated, not the reading: see add_name(). */
	flags &= WW_CODE_FLAGS_ALL & ~(uint32_t)WW_FLAG_DEPRECATED;
	for (unsigned i = 0; flags >> i != 0; i++) {
		if ((flags >> i & 1) == 0)
			continue;
		if (list == NULL)
			list = ww_add(report, node, WW_NODE_FLAGS);
		ww_add_slice(report, list, WW_NODE_FLAG,
			     ww_slice_cstr(ww_code_flags[i]));
	}
}

/*
 * Whether nobody goes wrong by the low word: the facility carries it, or the
 * number does not look like an NTSTATUS, which invites to cut it down.
 */
static bool
carries_low_word(const struct ww_reading *r)
{
	struct ww_hresult hr = { .v = r->value };

	return r->space != WW_SPACE_HRESULT || hr.v < 0xC0000000u ||
	       (r->kind != WW_READING_NAMED &&
		r->kind != WW_READING_STRUCTURE) ||
	       ww_hresult_facility(hr) == WW_FACILITY_WIN32;
}

/* Say so where others cut a number down to a low word that means nothing. */
static void
add_refused(struct ww_report *report, struct ww_node *node,
	    const struct ww_reading *r)
{
	/* The stop code that others take the low word for. */
	struct ww_rec stop =
	    ww_page_code(report, WW_SPACE_BUGCHECK, r->value & 0xffff);
	struct ww_slice name = ww_rec_str(stop, WW_CODE_NAME);
	struct ww_buf low = ww_buf_in(&report->arena);
	struct ww_buf text = ww_buf_in(&report->arena);
	struct ww_fill fills[] = { { "low", { 0 } },
				   { "name", name },
				   { NULL, { 0 } } };

	if (carries_low_word(r) || name.len == 0)
		return;
	ww_buf_add(&low, WW_LIT("0x"));
	ww_buf_hex(&low, r->value & 0xffff, 1);
	fills[0].value = ww_buf_slice(&low);
	ww_buf_template(&text,
			ww_tr(report, N_("{name}: the low word {low} is no "
					 "code of its own, since this "
					 "facility carries no other number")),
			fills);
	ww_add_slice(report, node, WW_NODE_REFUSED, ww_buf_slice(&text));
}

static void
add_family(struct ww_report *report, struct ww_node *node,
	   const struct ww_reading *r)
{
	struct ww_node *family;

	if (r->family.p == NULL)
		return;
	family = ww_add(report, node, WW_NODE_FAMILY);
	ww_add_slice(report, family, WW_NODE_ID,
		     ww_rec_str(r->family, WW_FAMILY_ID));
	ww_add_text(report, family, WW_NODE_TITLE,
		    ww_rec_text(r->family, WW_FAMILY_NAME, report->lang));
	ww_add_text(report, family, WW_NODE_RAISED_BY,
		    ww_rec_text(r->family, WW_FAMILY_RAISED, report->lang));
	ww_add_text(report, family, WW_NODE_SURFACES,
		    ww_rec_text(r->family, WW_FAMILY_SURFACES, report->lang));
}

static void
add_recipe(struct ww_report *report, struct ww_node *list, struct ww_rec rec,
	   const struct ww_fill *fills)
{
	struct ww_node *recipe = ww_add(report, list, WW_NODE_RECIPE);
	struct ww_buf command = ww_buf_in(&report->arena);

	ww_add_slice(report, recipe, WW_NODE_SHELL,
		     ww_rec_word(rec, WW_RECIPE_SHELL, WW_WORDS_SHELL));
	ww_buf_template(&command, ww_rec_str(rec, WW_RECIPE_COMMAND), fills);
	ww_add_slice(report, recipe, WW_NODE_COMMAND, ww_buf_slice(&command));
	ww_add_text(report, recipe, WW_NODE_NOTE,
		    ww_rec_text(rec, WW_RECIPE_NOTE, report->lang));
}

static struct ww_slice
decimal(struct ww_report *report, int64_t v)
{
	struct ww_buf buf = ww_buf_in(&report->arena);

	ww_buf_decimal(&buf, v);
	return ww_buf_slice(&buf);
}

/* Commands that decode the number on Windows, or why none does. */
static void
add_decode(struct ww_report *report, struct ww_node *node,
	   const struct ww_reading *r)
{
	struct ww_list recipes =
	    ww_rec_list(r->family, WW_FAMILY_DECODE, WW_S_RECIPE);
	bool carried =
	    r->kind == WW_READING_WIN32 || r->kind == WW_READING_NTSTATUS;
	uint32_t value = carried ? r->inner_value : r->value;
	const struct ww_fill fills[] = {
		{ "hex", ww_hex_text(report, value) },
		{ "signed", decimal(report, (int32_t)value) },
		{ "unsigned", decimal(report, value) },
		{ "code", decimal(report, value & 0xffff) },
		{ "hresult",
		  ww_hex_text(report, ww_hresult_from_win32(value).v) },
		{ NULL, { 0 } },
	};
	struct ww_buf why = ww_buf_in(&report->arena);
	struct ww_text text;
	struct ww_node *list;

	if (recipes.count > 0) {
		list = ww_add(report, node, WW_NODE_DECODE);
		for (uint32_t i = 0; i < recipes.count; i++)
			add_recipe(report, list,
				   ww_list_at(report->c, recipes, i), fills);
	}
	text = ww_rec_text(r->family, WW_FAMILY_NO_DECODE, report->lang);
	ww_buf_template(&why, text.s, fills);
	text.s = ww_buf_slice(&why);
	ww_add_text(report, node, WW_NODE_NO_DECODE, text);
}

/* Where the family logs, unless the topic says it better. */
static void
add_logs(struct ww_report *report, struct ww_node *node,
	 const struct ww_reading *r)
{
	struct ww_list logs =
	    r->topic.p != NULL
		? ww_rec_list(r->topic, WW_TOPIC_LOGGED, WW_S_LOG)
		: ww_rec_list(r->family, WW_FAMILY_LOGS, WW_S_LOG);
	struct ww_node *list;

	if (logs.count == 0)
		return;
	list = ww_add(report, node, WW_NODE_LOGGED_IN);
	for (uint32_t i = 0; i < logs.count; i++) {
		struct ww_rec rec = ww_list_at(report->c, logs, i);
		struct ww_node *log = ww_add(report, list, WW_NODE_LOG);

		ww_add_text(report, log, WW_NODE_WHERE,
			    ww_rec_text(rec, WW_LOG_WHERE, report->lang));
		ww_add_text(report, log, WW_NODE_WHAT,
			    ww_rec_text(rec, WW_LOG_WHAT, report->lang));
	}
}

static void
add_related_code(struct ww_report *report, struct ww_node *list, uint32_t value,
		 struct ww_slice id, struct ww_text note)
{
	struct ww_node *code = ww_add(report, list, WW_NODE_RELATED_CODE);

	ww_add_hex(report, code, WW_NODE_VALUE, value);
	ww_add_slice(report, code, WW_NODE_ID, id);
	ww_add_text(report, code, WW_NODE_NOTE, note);
}

static void
add_topic_related(struct ww_report *report, struct ww_node *list,
		  struct ww_list related)
{
	for (uint32_t i = 0; i < related.count; i++) {
		struct ww_rec rec = ww_list_at(report->c, related, i);
		struct ww_slice written = ww_rec_str(rec, WW_RELATED_CODE);

		/* Written as a number: then that is all there is to say. */
		if (!ww_spelling_is_name(written))
			written.len = 0;
		add_related_code(report, list,
				 ww_rec_num(rec, WW_RELATED_VALUE), written,
				 ww_rec_text(rec, WW_RELATED_NOTE,
					     report->lang));
	}
}

/* The nearest codes of the family on one side of the reading's own. */
static void
add_neighbours(struct ww_report *report, struct ww_node *list,
	       const struct ww_reading *r, int step)
{
	uint32_t family =
	    ww_rec_num(code_rec(report, r->codes[0]), WW_CODE_FAMILY);
	uint32_t at = r->codes[0], before;
	unsigned n = 0;

	before = ww_rec_num(code_rec(report, at), WW_CODE_VALUE);
	/* A family's values lie side by side: a short walk finds them. */
	for (unsigned walk = 0; walk < 64 && n < NEIGHBOURS; walk++) {
		struct ww_rec code = code_rec(report, at += (uint32_t)step);
		uint32_t value = ww_rec_num(code, WW_CODE_VALUE);

		if (code.p == NULL)
			return;
		if (value == before ||
		    ww_rec_num(code, WW_CODE_FAMILY) != family)
			continue;
		before = value;
		n++;
		add_related_code(report, list, value,
				 ww_rec_str(code, WW_CODE_NAME),
				 ww_rec_text(code, WW_CODE_MEANING,
					     report->lang));
	}
}

static void
add_related(struct ww_report *report, struct ww_node *node,
	    const struct ww_reading *r)
{
	struct ww_list related =
	    ww_rec_list(r->topic, WW_TOPIC_RELATED, WW_S_RELATED);
	struct ww_node *list;

	/* Win32 and NTSTATUS numbers stand in no order that means anything. */
	if (related.count == 0 &&
	    (r->kind != WW_READING_NAMED || r->space != WW_SPACE_HRESULT ||
	     r->n_codes == 0))
		return;
	list = ww_add(report, node, WW_NODE_RELATED);
	if (related.count > 0) {
		add_topic_related(report, list, related);
		return;
	}
	add_neighbours(report, list, r, -1);
	add_neighbours(report, list, r, 1);
}

void
ww_page_background(struct ww_report *report, struct ww_node *node,
		   const struct ww_reading *r, struct ww_slice text)
{
	add_family(report, node, r);
	ww_page_topic(report, node, r, text);
	add_decode(report, node, r);
	add_logs(report, node, r);
	add_related(report, node, r);
	ww_page_sources(report, node, r);
}

void
ww_page_reading(struct ww_report *report, struct ww_node *readings,
		const struct ww_reading *r, struct ww_slice text)
{
	struct ww_node *node = ww_add(report, readings, WW_NODE_READING);

	add_identity(report, node, r);
	add_bits(report, node, r);
	add_carries(report, node, r);
	add_given(report, node, &r->spelled);
	ww_page_stop(report, node, r);
	add_flags(report, node, r);
	add_meaning(report, node, r);
	ww_add_slice(report, node, WW_NODE_WHY_RANKED, ww_tr(report, r->why));
	add_refused(report, node, r);
	ww_page_by_context(report, node, r);
	ww_page_background(report, node, r, text);
}
