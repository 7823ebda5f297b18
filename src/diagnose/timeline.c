#include "diagnose/timeline.h"

#include "base/utf8.h"
#include "catalogue/catalogue.h"
#include "code/find.h"
#include "code/number.h"
#include "diagnose/analysis.h"
#include "explain/names.h"
#include "input/records.h"

#include "base/banned.h"

/* No two clocks are further apart than from UTC-12 to UTC+14. */
#define HOUR	     (60 * WW_MINUTE)
#define CLOCKS_APART (26 * HOUR)

struct ww_timeline *
ww_timeline_new(struct ww_arena *arena, const struct ww_catalogue *c,
		const struct ww_timeline_options *options)
{
	struct ww_timeline *t = ww_arena_new(arena, struct ww_timeline);
	struct ww_slice *texts[] = { &t->options.source, &t->options.text };

	t->c = c;
	t->options = *options;
	for (size_t i = 0; i < 2; i++)
		texts[i]->p = ww_arena_copy(arena, texts[i]->p, texts[i]->len);
	t->runs = ww_runs_new(arena, &options->storage);
	ww_cue_memo_init(&t->memo);
	return t;
}

/* Codes */

static bool
is_number_of(const struct ww_catalogue *c, struct ww_slice name, uint32_t value)
{
	struct ww_range names = ww_catalogue_name(c, name, 1);
	struct ww_entry entry;

	for (uint32_t i = 0; i < names.count; i++)
		if (ww_catalogue_entry(c,
				       ww_catalogue_named(c, names.first + i),
				       0, &entry) == WW_OK &&
		    entry.value == value)
			return true;
	return false;
}

/* The code asked for, also where an HRESULT wraps it. */
static bool
is_code(const struct ww_timeline *t, const struct ww_sighting *s)
{
	uint32_t code = t->options.code;

	if (s->spelled.form == WW_FORM_NAME)
		return is_number_of(t->c, s->text, code);
	return s->spelled.value == code ||
	       s->spelled.value == ww_hresult_from_win32(code).v;
}

static bool
is_failure(const struct ww_sighting *s)
{
	struct ww_hresult hr = { .v = s->spelled.value };

	return s->spelled.form != WW_FORM_NAME && ww_hresult_failed(hr);
}

/* Whether the record has a code: the one asked for, or any failure. */
static bool
has_code(struct ww_timeline *t, struct ww_slice text, bool asked_for)
{
	const struct ww_name_lookup names = ww_names_of(t->c);
	struct ww_find find = ww_find_in(text, &names);
	struct ww_sighting s;

	find.memo = &t->memo;
	while (ww_find_next(&find, &s))
		if (asked_for ? is_code(t, &s) : is_failure(&s))
			return true;
	return false;
}

/* Which records are wanted */

/* Logs without levels: what holds a failure counts as an error. */
static bool
is_level(struct ww_timeline *t, const struct ww_record *record)
{
	enum ww_level least = t->options.level == 2   ? WW_LEVEL_ERROR
			      : t->options.level == 1 ? WW_LEVEL_WARNING
						      : WW_LEVEL_NONE;

	if (record->level >= least)
		return true;
	return record->level == WW_LEVEL_NONE &&
	       has_code(t, record->raw, false);
}

/* A kind of log, a component, or part of the file's name. */
static bool
is_source(const struct ww_timeline *t, const struct ww_analysis *a,
	  const struct ww_record *record)
{
	struct ww_slice source = t->options.source;
	struct ww_rec log = ww_rec_at(t->c, WW_S_LOG_KIND, a->dialect);

	return source.len == 0 ||
	       ww_slice_casecmp(ww_rec_str(log, WW_LOG_KIND_ID), source) == 0 ||
	       ww_slice_casecmp(record->component, source) == 0 ||
	       ww_slice_casehas(a->name, source);
}

/* What no clock can bring near the time asked for is passed over at once. */
static bool
may_be_near(const struct ww_timeline *t, ww_time time)
{
	ww_time far = t->options.within + CLOCKS_APART;

	return !t->options.has_around || (time >= t->options.around - far &&
					  time <= t->options.around + far);
}

/* The span as one more, or as part of the last where they meet. */
static void
join_span(struct ww_timeline_part *part, struct ww_span span)
{
	struct ww_span *last = &part->spans[part->n_spans];

	if (part->n_spans > 0)
		last--;
	if (part->n_spans == 0 ||
	    (part->n_spans < WW_SPANS_MAX &&
	     (span.first > last->last || span.last < last->first))) {
		part->spans[part->n_spans++] = span;
		return;
	}
	if (span.first < last->first)
		last->first = span.first;
	if (span.last > last->last)
		last->last = span.last;
}

static void
add_span(struct ww_timeline *t, struct ww_analysis *a, ww_time time)
{
	struct ww_timeline_part *part = &a->timeline;
	struct ww_span span = { time - t->options.within,
				time + t->options.within };

	if (part->spans == NULL)
		part->spans = ww_arena_array(&a->arena, WW_SPANS_MAX,
					     sizeof(*part->spans));
	join_span(part, span);
}

/* A record without a time has that of the one before it. */
static bool
find_time(struct ww_analysis *a, const struct ww_record *record)
{
	if (record->time != WW_NO_TIME) {
		a->timeline.timed = true;
		a->timeline.last = record->time;
	} else if (!a->timeline.timed) {
		a->timeline.timeless++;
	}
	return a->timeline.timed;
}

static struct ww_kept_record
keep(const struct ww_analysis *a, const struct ww_record *record)
{
	struct ww_slice text = ww_slice_trim(record->text);

	return (struct ww_kept_record){
		.time = a->timeline.last,
		.line = record->line,
		.stamped = record->time != WW_NO_TIME,
		.cut = text.len > WW_KEPT_TEXT,
		.level = record->level,
		.component = ww_utf8_cut(record->component, WW_KEPT_COMPONENT),
		.text = ww_utf8_cut(text, WW_KEPT_TEXT),
	};
}

bool
ww_timeline_take(struct ww_timeline *t, struct ww_analysis *a,
		 const struct ww_records *records)
{
	const struct ww_record *record = records->record;
	struct ww_kept_record kept;

	if (!find_time(a, record))
		return false;
	if (t->options.has_code && has_code(t, record->raw, true))
		add_span(t, a, a->timeline.last);
	if (!may_be_near(t, a->timeline.last) || !is_source(t, a, record) ||
	    !ww_slice_has_words(record->raw, t->options.text) ||
	    !is_level(t, record))
		return false;
	kept = keep(a, record);
	ww_runs_add(t->runs, &kept, &a->arena, &a->timeline.runs);
	return true;
}

void
ww_timeline_end(struct ww_timeline *t, struct ww_analysis *a)
{
	ww_runs_finish(t->runs, &a->arena, &a->timeline.runs);
}
