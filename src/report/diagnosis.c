#include "report/diagnosis.h"

#include "base/message.h"
#include "explain/event.h"
#include "report/redact.h"

#include "base/banned.h"

static const char *const verdicts[] = {
	[WW_VERDICT_NO_FAULT] = "no_fault",
	[WW_VERDICT_UNKNOWN] = "unknown",
	[WW_VERDICT_FAULT] = "fault",
};

static struct ww_node *
add_copy(struct ww_telling *t, struct ww_node *parent, enum ww_node_kind kind,
	 struct ww_slice text)
{
	text.p = ww_arena_copy(&t->report->arena, text.p, text.len);
	return ww_add_slice(t->report, parent, kind, text);
}

void
ww_tell_slice(struct ww_telling *t, struct ww_node *parent,
	      enum ww_node_kind kind, struct ww_slice text)
{
	struct ww_node *node = add_copy(t, parent, kind, text);

	if (node != NULL)
		node->told = true;
}

void
ww_tell_word(struct ww_telling *t, struct ww_node *parent,
	     enum ww_node_kind kind, struct ww_slice word)
{
	add_copy(t, parent, kind, word);
}

void
ww_tell_text(struct ww_telling *t, struct ww_node *parent,
	     enum ww_node_kind kind, struct ww_text text)
{
	struct ww_node *node = ww_add_text(t->report, parent, kind, text);

	if (node != NULL)
		node->told = node->marked = t->d->analyser.redact;
}

static struct ww_slice
marked(struct ww_telling *t, struct ww_slice text,
       void (*mark)(struct ww_buf *, struct ww_slice))
{
	struct ww_buf out = ww_buf_in(&t->report->arena);

	if (!t->d->analyser.redact || text.len == 0)
		return text;
	mark(&out, text);
	return ww_buf_slice(&out);
}

struct ww_slice
ww_tell_hole(struct ww_telling *t, struct ww_slice text)
{
	return marked(t, text, ww_redact_mark);
}

void
ww_tell_marked(struct ww_telling *t, struct ww_node *parent,
	       enum ww_node_kind kind, struct ww_slice text,
	       void (*mark)(struct ww_buf *, struct ww_slice))
{
	struct ww_node *node = add_copy(t, parent, kind, marked(t, text, mark));

	if (node != NULL)
		node->told = node->marked = t->d->analyser.redact;
}

void
ww_tell_said(struct ww_telling *t, struct ww_node *parent,
	     enum ww_node_kind kind, const struct ww_analysis *file,
	     struct ww_slice text)
{
	if (file->dialect == WW_DIALECT_PROBE)
		ww_tell_marked(t, parent, kind, text, ww_redact_mark_probe);
	else
		ww_tell_slice(t, parent, kind, text);
}

void
ww_tell_time(struct ww_telling *t, struct ww_node *parent,
	     enum ww_node_kind kind, ww_time time)
{
	struct ww_buf buf = ww_buf_in(&t->report->arena);

	ww_time_add(&buf, time);
	ww_add_slice(t->report, parent, kind, ww_buf_slice(&buf));
}

void
ww_tell_line(struct ww_telling *t, struct ww_node *node,
	     const struct ww_analysis *file, uint64_t line)
{
	ww_add_number(t->report, node,
		      file->binary == NULL ? WW_NODE_LINE : WW_NODE_RECORD,
		      (int64_t)line);
}

void
ww_tell_at(struct ww_telling *t, struct ww_node *node,
	   const struct ww_analysis *file, uint64_t line)
{
	ww_tell_line(t, ww_add(t->report, node, WW_NODE_AT), file, line);
}

void
ww_tell_quote(struct ww_telling *t, struct ww_node *list,
	      const struct ww_analysis *file, const struct ww_quote *quote)
{
	struct ww_node *item = ww_add(t->report, list, WW_NODE_QUOTE);

	ww_tell_slice(t, item, WW_NODE_FILE, file->label);
	ww_tell_at(t, item, file, quote->line);
	ww_tell_time(t, item, WW_NODE_TIME, quote->time);
	ww_tell_said(t, item, WW_NODE_QUOTED, file, quote->text);
	if (quote->cut)
		ww_add_bool(t->report, item, WW_NODE_CUT, true);
	if (file->dialect == WW_DIALECT_EVENTS)
		ww_page_event_told(t->report, item, quote->text, quote->cut);
}

struct ww_slice
ww_tell_code_of(struct ww_telling *t, enum ww_code_kind kind, uint32_t code)
{
	struct ww_buf buf = ww_buf_in(&t->report->arena);

	ww_code_kind_add(&buf, kind, code);
	return ww_buf_slice(&buf);
}

struct ww_slice
ww_tell_code(struct ww_telling *t, uint32_t code)
{
	return ww_tell_code_of(t, WW_CODE_IS_NONE, code);
}

struct ww_slice
ww_tell_end(struct ww_telling *t, const struct ww_episode *e)
{
	return ww_tell_code_of(t, e->code_kind, e->code);
}

/* The last file's mark of an interrupted run, so that nobody relies on it. */
static bool
was_stopped(const struct ww_diagnosis *d)
{
	for (uint32_t i = 0; i < d->n_files; i++)
		if (d->places[i]->stopped)
			return true;
	return false;
}

static void
tell_omitted(struct ww_telling *t)
{
	struct ww_buf n = ww_buf_in(&t->report->arena);
	struct ww_buf out = ww_buf_in(&t->report->arena);
	struct ww_fill fills[] = { { .name = "count" }, { 0 } };

	ww_buf_decimal(&n, (int64_t)t->d->conclusion.omitted);
	fills[0].value = ww_buf_slice(&n);
	ww_buf_template(&out,
			ww_tr(t->report,
			      N_("more failures are on record than are told "
				 "apart here; left out: {count}")),
			fills);
	ww_add_slice(t->report, t->report->root, WW_NODE_NOTE,
		     ww_buf_slice(&out));
}

bool
ww_tell_any_read(const struct ww_telling *t)
{
	for (uint32_t i = 0; i < t->d->n_files; i++)
		if (t->d->places[i]->was_read)
			return true;
	return false;
}

/* What the files tell of, and what they and their machines are called. */
static void
redact(struct ww_telling *t)
{
	struct ww_pseudonyms *p;

	if (!t->d->analyser.redact)
		return;
	p = ww_pseudonyms_new(&t->report->arena);
	for (uint32_t i = 0; i < t->d->n_files; i++) {
		const struct ww_analysis *a = t->d->places[i];

		ww_pseudonyms_add(p, WW_IDENTITY_HOST, a->machine);
		ww_redact_path(p, a->name);
		if (a->identities != NULL)
			ww_pseudonyms_join(p, a->identities);
	}
	ww_report_redact(t->report, p);
}

static void
tell_verdict(struct ww_telling *t)
{
	const struct ww_diagnosis *d = t->d;
	struct ww_report *report = t->report;

	ww_add_slice(report, report->root, WW_NODE_VERDICT,
		     ww_slice_cstr(verdicts[d->conclusion.verdict]));
	ww_tell_text(t, report->root, WW_NODE_SUMMARY, ww_tell_summary(t));
	if (was_stopped(d))
		ww_add_slice(report, report->root, WW_NODE_NOTE,
			     ww_tr(report, N_("reading was interrupted: this "
					      "is what was known by then")));
	else if (d->conclusion.omitted > 0)
		tell_omitted(t);
	ww_tell_probes(t);
	ww_tell_findings(t);
}

static void
tell(struct ww_report *report, void *ctx)
{
	struct ww_telling *t = ctx;

	t->report = report;
	tell_verdict(t);
	ww_tell_outcomes(t);
	ww_tell_machine_facts(t);
	ww_tell_coverage(t);
	ww_tell_timeline(t);
	ww_tell_codes(t);
	report->known = ww_tell_any_read(t);
	redact(t);
}

static void
tell_probe(struct ww_report *report, void *ctx)
{
	struct ww_telling *t = ctx;

	t->report = report;
	tell_verdict(t);
	report->known = true;
	redact(t);
}

static void
tell_codes(struct ww_report *report, void *ctx)
{
	struct ww_telling *t = ctx;

	t->report = report;
	ww_tell_codes(t);
	ww_tell_coverage(t);
	report->known = ww_tell_any_read(t);
	redact(t);
}

/* What was read is told once. */
static void
tell_timeline(struct ww_report *report, void *ctx)
{
	struct ww_telling *t = ctx;
	bool first = !t->d->timeline->begun;

	t->report = report;
	ww_tell_entries(t, t->max);
	if (first)
		ww_tell_coverage(t);
	redact(t);
}

static enum ww_status
make_report(struct ww_diagnosis *d, const char *kind, size_t max,
	    void (*build)(struct ww_report *, void *), struct ww_report **ret,
	    struct ww_error *reterr)
{
	struct ww_telling t = { .d = d, .max = max };

	if (!ww_diagnosis_conclude(d))
		return ww_report_no_memory(reterr);
	return ww_report_make(d->c, d->lang, kind, build, &t, ret, reterr);
}

enum ww_status
ww_diagnosis_report(struct ww_diagnosis *d, struct ww_report **ret,
		    struct ww_error *reterr)
{
	return make_report(d, "diagnose", 0, tell, ret, reterr);
}

enum ww_status
ww_diagnosis_probe(struct ww_diagnosis *d, struct ww_report **ret,
		   struct ww_error *reterr)
{
	return make_report(d, "probe", 0, tell_probe, ret, reterr);
}

enum ww_status
ww_diagnosis_codes(struct ww_diagnosis *d, struct ww_report **ret,
		   struct ww_error *reterr)
{
	return make_report(d, "codes", 0, tell_codes, ret, reterr);
}

enum ww_status
ww_diagnosis_timeline(struct ww_diagnosis *d, size_t max,
		      struct ww_report **ret, struct ww_error *reterr)
{
	bool first = d->timeline != NULL && !d->timeline->begun;
	enum ww_status st = WW_INVALID;

	if (d->timeline != NULL)
		st =
		    make_report(d, "timeline", max, tell_timeline, ret, reterr);
	if (st != WW_OK)
		return st;
	if (d->timeline->runs->failed)
		st = WW_IO;
	else if (!first && !(*ret)->known)
		st = WW_NOT_FOUND;
	if (st == WW_OK)
		return WW_OK;
	ww_report_close(*ret);
	*reterr = (struct ww_error){
		.status = st,
		.why = N_("the temporary file could not be used"),
	};
	return st;
}
