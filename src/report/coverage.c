/*
 * What was looked at, what could not be, and what would settle what is open.
 */
#include "base/message.h"
#include "report/diagnosis.h"

#include "base/banned.h"

static const char *const encodings[] = {
	[WW_ENCODING_UTF8] = "UTF-8",
	[WW_ENCODING_UTF16LE] = "UTF-16LE",
	[WW_ENCODING_UTF16BE] = "UTF-16BE",
	[WW_ENCODING_ANSI] = "Windows code page",
	[WW_ENCODING_CONSOLE] = "console code page",
	[WW_ENCODING_DOUBLE] = "double-byte code page",
};

static const char *const zone_sources[] = {
	[WW_ZONE_ASSUMED] = "assumed",
	[WW_ZONE_STATED] = "stated",
	[WW_ZONE_DERIVED] = "derived",
};

struct covering {
	struct ww_telling *t;
	const struct ww_analysis *a;
	struct ww_node *problems; /* NULL until there is one */
	struct ww_node *node;
};

static void
add_counted(struct covering *k, uint64_t count, struct ww_slice what)
{
	struct ww_report *r = k->t->report;
	struct ww_buf buf = ww_buf_in(&r->arena);
	struct ww_buf digits = ww_buf_in(&r->arena);

	if (count == 0)
		return;
	if (k->problems == NULL)
		k->problems = ww_add(r, k->node, WW_NODE_PROBLEMS);
	ww_buf_decimal(&digits, (int64_t)count);
	ww_buf_template(&buf,
			count > 1 ? ww_tr(r, N_("{count} x {what}"))
				  : WW_LIT("{what}"),
			(const struct ww_fill[]){
			    { "count", ww_buf_slice(&digits) },
			    { "what", what },
			    { 0 },
			});
	ww_add_slice(r, k->problems, WW_NODE_PROBLEM, ww_buf_slice(&buf));
}

static void
add_problem(struct covering *k, uint64_t count, const char *english)
{
	add_counted(k, count, ww_tr(k->t->report, english));
}

/* What a reader of a binary format passed over, with name and place. */
static void
add_loss(struct covering *k, const struct ww_loss *loss)
{
	struct ww_buf buf = ww_buf_in(&k->t->report->arena);

	ww_loss_add_text(&buf, loss, ww_tr(k->t->report, loss->what));
	add_counted(k, loss->count, ww_buf_slice(&buf));
}

static void
add_problems(struct covering *k)
{
	const struct ww_analysis *a = k->a;
	const struct ww_stream_state *s = &a->stream;

	add_problem(k, a->undecoded != NULL,
		    a->undecoded == NULL ? "" : a->undecoded);
	add_problem(k, a->copied,
		    N_("the traces beside it tell the same, which was not "
		       "counted again"));
	for (unsigned i = 0; i < a->losses.n; i++)
		add_loss(k, &a->losses.list[i]);
	add_problem(k, s->failed != NULL, s->failed == NULL ? "" : s->failed);
	add_problem(k, a->stopped, N_("reading was interrupted"));
	add_problem(k, a->encoding == WW_ENCODING_DOUBLE,
		    N_("its double-byte code page is not decoded"));
	add_problem(k, s->undecodable,
		    N_("bytes that make no character were replaced"));
	add_problem(k, s->nuls > 0,
		    N_("runs of NUL bytes, as after a crash, were skipped"));
	add_problem(k, s->cut_lines, N_("a line over 64 KiB was split"));
	add_problem(k, a->backward,
		    N_("a record is older than the one before it"));
	add_problem(k, a->outside,
		    N_("a record outside of --since and --until"));
}

static void
add_zone(struct covering *k)
{
	struct ww_report *r = k->t->report;
	struct ww_buf buf = ww_buf_in(&r->arena);
	int minutes = k->a->zone.minutes;
	unsigned size = (unsigned)(minutes < 0 ? -minutes : minutes);

	if (k->a->first == WW_NO_TIME)
		return;
	if (k->a->zone.source != WW_ZONE_ASSUMED) {
		ww_buf_printf(&buf, "%c%02u:%02u", minutes < 0 ? '-' : '+',
			      size / 60, size % 60);
		ww_add_slice(r, k->node, WW_NODE_ZONE, ww_buf_slice(&buf));
	}
	ww_add_slice(r, k->node, WW_NODE_ZONE_SOURCE,
		     ww_slice_cstr(zone_sources[k->a->zone.source]));
}

static bool
is_partly_read(const struct ww_analysis *a)
{
	return a->stopped || a->undecoded != NULL || a->losses.n > 0 ||
	       a->stream.failed != NULL;
}

static void
add_read(struct covering *k)
{
	struct ww_report *r = k->t->report;
	const struct ww_analysis *a = k->a;
	struct ww_rec log = ww_rec_at(r->c, WW_S_LOG_KIND, a->dialect);

	ww_add_slice(r, k->node, WW_NODE_STATE,
		     is_partly_read(a) ? WW_LIT("partly") : WW_LIT("read"));
	ww_add_slice(r, k->node, WW_NODE_LOG_KIND,
		     ww_rec_str(log, WW_LOG_KIND_ID));
	if (a->binary != NULL)
		ww_add_slice(r, k->node, WW_NODE_TITLE, ww_tr(r, a->binary));
	else
		ww_page_field(r, k->node, WW_NODE_TITLE, log,
			      WW_LOG_KIND_TITLE);
	ww_tell_slice(k->t, k->node, WW_NODE_MACHINE, a->machine);
	if (a->binary == NULL)
		ww_add_number(r, k->node, WW_NODE_LINES, (int64_t)a->lines);
	ww_add_number(r, k->node, WW_NODE_RECORDS, (int64_t)a->records);
	ww_add_number(r, k->node, WW_NODE_BYTES, (int64_t)a->stream.bytes);
	ww_add_slice(r, k->node, WW_NODE_ENCODING,
		     ww_slice_cstr(encodings[a->encoding]));
	ww_tell_time(k->t, k->node, WW_NODE_FIRST, a->first);
	ww_tell_time(k->t, k->node, WW_NODE_LAST, a->last);
	add_zone(k);
	add_problems(k);
	/* It has to be written again. */
	if (a->undecoded != NULL)
		ww_add_slice(r, k->node, WW_NODE_FETCH,
			     ww_rec_str(log, WW_LOG_KIND_FETCH));
}

/* event log (EVTX): recognised, and not read by this version */
static struct ww_slice
why_format(struct ww_telling *t, const char *format)
{
	struct ww_buf buf = ww_buf_in(&t->report->arena);
	const struct ww_fill fills[] = {
		{ "format", ww_tr(t->report, format) },
		{ 0 },
	};

	ww_buf_template(&buf,
			ww_tr(t->report, N_("{format}: recognised, and not "
					    "read by this version")),
			fills);
	return ww_buf_slice(&buf);
}

static struct ww_slice
why_not_read(struct ww_telling *t, const struct ww_analysis *a)
{
	if (a->format != NULL)
		return why_format(t, a->format);
	if (a->no_memory)
		return ww_tr(t->report, N_("out of memory"));
	if (a->unreadable.len == 0 && !a->passed_over)
		return ww_tr(t->report, N_("reading was interrupted"));
	return a->unreadable;
}

static void
add_file(struct ww_telling *t, struct ww_node *list,
	 const struct ww_analysis *a)
{
	struct covering k = { .t = t, .a = a };

	k.node = ww_add(t->report, list, WW_NODE_COVERED);
	ww_tell_slice(t, k.node, WW_NODE_FILE, a->label);
	if (!ww_slice_eq(a->label, a->name))
		ww_tell_slice(t, k.node, WW_NODE_PATH, a->name);
	if (a->was_read) {
		add_read(&k);
		return;
	}
	ww_add_slice(t->report, k.node, WW_NODE_STATE,
		     a->passed_over ? WW_LIT("passed_over")
				    : WW_LIT("unreadable"));
	ww_tell_slice(t, k.node, WW_NODE_BECAUSE, why_not_read(t, a));
}

static bool
is_there(const struct ww_telling *t, enum ww_dialect_id id)
{
	for (uint32_t i = 0; i < t->d->n_files; i++)
		if (t->d->places[i]->was_read && t->d->places[i]->dialect == id)
			return true;
	return false;
}

/*
 * A log that would tell more, with how to get it; once.  With English words
 * for why, otherwise by what such a log holds.
 */
static void
add_log(struct ww_telling *t, struct ww_node *list, enum ww_dialect_id id,
	const char *why, uint64_t *told)
{
	struct ww_rec log = ww_rec_at(t->report->c, WW_S_LOG_KIND, id);
	struct ww_node *node;

	if ((*told >> id & 1) != 0)
		return;
	*told |= UINT64_C(1) << id;
	node = ww_add(t->report, list, WW_NODE_COVERED);
	ww_page_field(t->report, node, WW_NODE_TITLE, log, WW_LOG_KIND_TITLE);
	ww_add_slice(t->report, node, WW_NODE_STATE, WW_LIT("missing"));
	ww_add_slice(t->report, node, WW_NODE_LOG_KIND,
		     ww_rec_str(log, WW_LOG_KIND_ID));
	if (why != NULL)
		ww_add_slice(t->report, node, WW_NODE_BECAUSE,
			     ww_tr(t->report, why));
	else
		ww_page_field(t->report, node, WW_NODE_BECAUSE, log,
			      WW_LOG_KIND_HOLDS);
	ww_add_slice(t->report, node, WW_NODE_WHERE,
		     ww_rec_str(log, WW_LOG_KIND_PATH));
	ww_page_word(t->report, node, WW_NODE_SIDE, log, WW_LOG_KIND_SIDE,
		     WW_WORDS_SIDE);
	ww_add_slice(t->report, node, WW_NODE_FETCH,
		     ww_rec_str(log, WW_LOG_KIND_FETCH));
}

/* One of a kind that is not in the bundle. */
static void
add_missing(struct ww_telling *t, struct ww_node *list, enum ww_dialect_id id,
	    uint64_t *told)
{
	if (!is_there(t, id))
		add_log(t, list, id, NULL, told);
}

static void
add_settling(struct ww_telling *t, struct ww_node *list,
	     enum ww_episode_id kind, uint64_t *told)
{
	struct ww_rec rec = ww_rec_at(t->report->c, WW_S_EPISODE_KIND, kind);
	struct ww_list logs =
	    ww_rec_list(rec, WW_EPISODE_KIND_SETTLED_BY, WW_S_IN_LOG);

	for (uint32_t i = 0; i < logs.count; i++)
		add_missing(t, list,
			    (enum ww_dialect_id)
				ww_rec_num(ww_list_at(t->report->c, logs, i),
					   WW_IN_LOG_LOG),
			    told);
}

/* What is open: failures whose cause no line shows, ends not on record. */
static void
add_would_settle(struct ww_telling *t, struct ww_node *list)
{
	uint64_t told = 0;

	for (const struct ww_finding *f = t->d->conclusion.findings; f != NULL;
	     f = f->next)
		if (f->cause.p == NULL && f->group != NULL)
			add_settling(t, list, f->group->kind, &told);
	for (const struct ww_group *g = t->d->conclusion.groups; g != NULL;
	     g = g->next)
		if (g->state == WW_STATE_UNKNOWN && g->open.file != NULL)
			add_log(t, list, g->open.file->dialect,
				N_("what was written since: the end of what "
				   "was begun"),
				&told);
}

static void
add_skipped(struct ww_telling *t, struct ww_node *list,
	    const struct ww_skipped *s)
{
	struct ww_node *node = ww_add(t->report, list, WW_NODE_COVERED);

	ww_add_slice(t->report, node, WW_NODE_STATE, WW_LIT("passed_over"));
	ww_tell_slice(t, node, WW_NODE_BECAUSE, s->why);
	if (s->count > 0)
		ww_add_number(t->report, node, WW_NODE_COUNT,
			      (int64_t)s->count);
}

void
ww_tell_coverage(struct ww_telling *t)
{
	struct ww_node *list =
	    ww_add(t->report, t->report->root, WW_NODE_COVERAGE);

	for (uint32_t i = 0; i < t->d->n_files; i++)
		add_file(t, list, t->d->places[i]);
	for (const struct ww_skipped *s = t->d->skipped; s != NULL; s = s->next)
		add_skipped(t, list, s);
	add_would_settle(t, list);
}
