#include "diagnose/analysis.h"

#include <stdlib.h>

#include "code/number.h"
#include "code/scan.h"
#include "diagnose/code_fields.h"
#include "diagnose/event_field.h"
#include "explain/event.h"
#include "explain/names.h"
#include "input/records.h"

#include "base/banned.h"

struct analysing {
	struct ww_analysis *a;
	const struct ww_analyser *by;
	struct ww_records records;
	struct ww_tracking *tracking;
	struct ww_name_lookup names;

	struct ww_scan *scan; /* of the window */
	bool sighted;	      /* a code that no record has taken yet … */
	struct ww_sighting sighting; /* … this one */
	struct ww_cue_memo memo;
	struct ww_code_kinds kinds;

	const struct ww_record *record; /* of records, or it is … */
	struct ww_record counted;	/* … a line, where none are read */
	bool record_is_noise;
};

/* Codes */

static enum ww_role
role_of(const struct analysing *s, const struct ww_sighting *sighting)
{
	struct ww_hresult hr = { .v = sighting->spelled.value };

	if (sighting->leftover)
		return WW_ROLE_LEFTOVER;
	if (s->record_is_noise)
		return WW_ROLE_NOISE;
	/* Small numbers are Win32 codes, and those fail when they are not 0. */
	if (!ww_hresult_failed(hr) && hr.v >> 16 != 0 &&
	    !sighting->spelled.stop)
		return WW_ROLE_SUCCESS;
	return WW_ROLE_SEEN;
}

/* Whether one of the name's numbers is this one, or wraps it. */
static bool
is_name_of(const struct ww_catalogue *c, struct ww_range names, uint32_t value)
{
	struct ww_entry entry;

	for (uint32_t i = 0; i < names.count; i++)
		if (ww_catalogue_entry(c,
				       ww_catalogue_named(c, names.first + i),
				       0, &entry) == WW_OK &&
		    (entry.value == value ||
		     ww_hresult_from_win32(entry.value).v == value))
			return true;
	return false;
}

/*
 * The number of a sighting; of a name the first of its numbers.  False for a
 * name that only repeats the number before it.
 */
static bool
value_of(const struct analysing *s, const struct ww_sighting *sighting,
	 uint32_t before, uint32_t *ret)
{
	const struct ww_catalogue *c = s->by->rules->c;
	struct ww_range names;
	struct ww_entry entry;

	if (sighting->spelled.form != WW_FORM_NAME) {
		*ret = sighting->spelled.value;
		return true;
	}
	names = ww_catalogue_name(c, sighting->text, 1);
	if (names.count == 0 || is_name_of(c, names, before) ||
	    ww_catalogue_entry(c, ww_catalogue_named(c, names.first), 0,
			       &entry) != WW_OK)
		return false;
	*ret = entry.value;
	return true;
}

/*
 * In a log 0x30 and 0x00000026 are a flag, a size or a count far more often
 * than a code: they take a word before them.
 */
static bool
is_plain_number(struct analysing *s, struct ww_slice text,
		const struct ww_sighting *sighting)
{
	const struct ww_spelled *spelled = &sighting->spelled;

	return spelled->form == WW_FORM_HEX &&
	       (spelled->digits < 8 || spelled->value >> 16 == 0) &&
	       !ww_cue_recall(&s->memo, text, sighting->at).code;
}

static void
add_code(struct analysing *s, uint32_t value, enum ww_code_kind kind,
	 enum ww_role role)
{
	ww_codes_add(&s->a->codes, value, kind, role,
		     (struct ww_place){ s->record->line, s->record->time });
	if (role == WW_ROLE_SEEN && !s->by->codes_only)
		ww_tracking_code(s->tracking, value, kind, s->record);
}

static void
count_code(struct analysing *s, struct ww_slice text,
	   const struct ww_sighting *sighting, uint32_t value)
{
	enum ww_role role = role_of(s, sighting);

	if (!sighting->leftover && is_plain_number(s, text, sighting))
		return;
	/* Its tracker knows the stop code; here it would be an error's. */
	if (s->a->dialect == WW_DIALECT_DUMP && sighting->spelled.stop)
		return;
	add_code(s, value, WW_CODE_IS_NONE, role);
}

/* Where the record lies in the window. */
static size_t
place_of(const struct analysing *s, struct ww_slice part)
{
	return (size_t)(part.p - s->records.window.p);
}

static void
next_sighting(struct analysing *s)
{
	s->sighted = ww_scan_next(s->scan, &s->sighting);
}

/* "returning 1603" is a code because the tracker says so. */
static void
stated_code(struct analysing *s)
{
	uint32_t code;

	if (ww_tracking_stated(s->tracking, &code))
		ww_codes_add(&s->a->codes, code, WW_CODE_IS_NONE, WW_ROLE_SEEN,
			     (struct ww_place){ s->record->line,
						s->record->time });
}

/* The codes that the vector pass finds inside the record. */
static void
codes_by_mask(struct analysing *s)
{
	size_t start = place_of(s, s->record->raw);
	size_t end = start + s->record->raw.len;

	while (s->sighted && s->sighting.at < start)
		next_sighting(s);
	for (; s->sighted && s->sighting.at < end; next_sighting(s))
		count_code(s, s->records.window, &s->sighting,
			   s->sighting.spelled.value);
}

/* Providers whose %%1053 stands for the message of a Win32 code. */
static bool
has_win32_parameters(struct ww_slice provider)
{
	return ww_slice_casecmp(provider, WW_LIT("Service Control Manager")) ==
		   0 ||
	       ww_slice_casecmp(provider, WW_LIT("NETLOGON")) == 0;
}

/* Every spelling, also names and what words announce. */
static void
codes_by_words(struct analysing *s)
{
	bool in_head = s->records.dialect->codes == WW_CODES_WORDS;
	struct ww_find find =
	    ww_find_in(in_head ? s->record->raw : s->record->text, &s->names);
	struct ww_sighting sighting;
	uint32_t value = 0;

	find.kernels = s->by->kernels;
	find.memo = &s->memo;
	find.leftovers = true;
	find.own_parameters = s->records.dialect->id == WW_DIALECT_EVENTS &&
			      !has_win32_parameters(s->record->component);
	while (ww_find_next(&find, &sighting))
		if (value_of(s, &sighting, value, &value))
			count_code(s, find.text, &sighting, value);
}

/* The code in a field of an event; 0 is none. */
static void
code_by_field(struct analysing *s, const struct ww_told_event *e,
	      struct ww_rec field)
{
	uint32_t value;

	if (ww_event_code(field, ww_event_field_value(e, field), &value) &&
	    value != 0)
		add_code(s, value, ww_event_code_kind(field, value),
			 s->record_is_noise ? WW_ROLE_NOISE : WW_ROLE_SEEN);
}

/*
 * Of an event whose fields are known those that hold codes are looked at, and
 * no number elsewhere in it is one.  False: of this one they are not.
 */
static bool
codes_by_fields(struct analysing *s)
{
	const struct ww_code_fields *fields;
	struct ww_told_event e;

	if (!ww_told_event_read(s->record->text, &e))
		return false;
	fields = ww_code_fields_of(&s->kinds, s->by->rules->c, &e);
	if (!fields->known || !ww_told_event_has_fields(&e))
		return false;
	for (unsigned i = 0; i < fields->n; i++)
		code_by_field(s, &e, fields->fields[i]);
	return true;
}

static void
codes_of_event(struct analysing *s)
{
	if (!codes_by_fields(s))
		codes_by_words(s);
}

/* Records */

static bool
is_outside(struct analysing *s)
{
	ww_time time = s->record->time;

	if (time == WW_NO_TIME ||
	    ((s->by->since == WW_NO_TIME || time >= s->by->since) &&
	     (s->by->until == WW_NO_TIME || time <= s->by->until)))
		return false;
	s->a->outside++;
	return true;
}

static void
note_time(struct analysing *s)
{
	struct ww_analysis *a = s->a;
	ww_time time = s->record->time;

	if (time == WW_NO_TIME)
		return;
	if (a->first == WW_NO_TIME)
		a->first = a->last = time;
	/* A second earlier happens when threads write at the same time. */
	else if (!s->records.dialect->any_order && time + WW_SECOND < a->last)
		a->backward++;
	if (s->records.dialect->any_order && time < a->first)
		a->first = time;
	if (!s->records.dialect->any_order || time > a->last)
		a->last = time;
	ww_activity_add(&a->activity, time, 1, 0);
}

static void
take_signature(struct analysing *s, const struct ww_matched *match)
{
	struct ww_rec rec =
	    ww_rec_at(s->by->rules->c, WW_S_SIGNATURE, match->id);

	switch (ww_rec_num(rec, WW_SIGNATURE_SAYS)) {
	case WW_SAYS_HARMLESS:
		s->record_is_noise = true;
		ww_tracking_harmless(s->tracking, match->id, s->record,
				     &match->captures);
		break;
	case WW_SAYS_CONTEXT:
		ww_tracking_context(s->tracking, match->id, s->record,
				    &match->captures);
		break;
	default:
		ww_tracking_hit(s->tracking, match->id, s->record,
				&match->captures);
	}
}

/* Marks first, so that what else the record tells meets its episode. */
static void
take_matches(struct analysing *s)
{
	struct ww_matched matches[WW_MATCHES_MAX];
	size_t n =
	    ww_matcher_run(s->by->rules->matchers[s->records.dialect->id],
			   s->record->text, matches);
	struct ww_rule_mark mark;

	s->record_is_noise = false;
	for (size_t i = 0; i < n; i++)
		if (ww_rule_is_mark(matches[i].id, &mark))
			ww_tracking_mark(s->tracking, mark.tracker, mark.mark,
					 s->record, &matches[i].captures);
	for (size_t i = 0; i < n; i++)
		if (!ww_rule_is_mark(matches[i].id, &mark))
			take_signature(s, &matches[i]);
}

static void
note_identities(struct analysing *s)
{
	struct ww_pseudonyms *p = s->a->identities;

	if (p != NULL && p->n < WW_IDENTITIES_MAX)
		ww_pseudonyms_gather(p, s->records.whole);
}

static void
take_record(struct analysing *s)
{
	if (is_outside(s))
		return;
	s->a->records++;
	note_time(s);
	note_identities(s);
	ww_tracking_record(s->tracking);
	/* An event that nobody wants has a time, and no text. */
	if (s->record->text.len == 0 && s->record->raw.len == 0)
		return;
	take_matches(s);
	if (s->records.dialect->id == WW_DIALECT_EVENTS)
		codes_of_event(s);
	else if (s->records.dialect->codes != WW_CODES_HEX)
		codes_by_words(s);
	else {
		codes_by_mask(s);
		stated_code(s);
	}
}

static void
scan_window(struct analysing *s)
{
	s->sighted = false;
	if (s->records.dialect->codes != WW_CODES_HEX)
		return;
	ww_scan_text(s->scan, s->records.window);
	next_sighting(s);
}

/* Codes only */

/* The lines of a window, without a last one that is not whole. */
static struct ww_slice
whole_lines(const struct analysing *s)
{
	struct ww_slice window = s->records.window;

	if (ww_stream_ended(s->records.stream))
		return window;
	while (window.len > 0 && window.p[window.len - 1] != '\n')
		window.len--;
	return window;
}

static void
count_window(struct analysing *s, struct ww_slice lines)
{
	uint64_t before = s->records.lines;
	struct ww_sighting sighting;

	ww_scan_text(s->scan, lines);
	while (ww_scan_next(s->scan, &sighting)) {
		s->counted.line = before + ww_scan_lines(s->scan) + 1;
		count_code(s, lines, &sighting, sighting.spelled.value);
	}
	s->records.lines = before + ww_scan_lines(s->scan);
}

/* Nothing but numbers that vector code finds: no line is looked at. */
static void
read_codes(struct analysing *s)
{
	struct ww_records *r = &s->records;
	size_t used = 0;

	s->counted = (struct ww_record){ .time = WW_NO_TIME };
	s->record = &s->counted;
	for (;;) {
		struct ww_slice lines;

		r->window = ww_stream_next(r->stream, used);
		if (r->window.len == 0 || atomic_load(s->by->stop))
			break;
		lines = whole_lines(s);
		count_window(s, lines);
		used = lines.len;
	}
	s->a->stopped = r->window.len > 0;
}

static bool
next_record(struct analysing *s)
{
	if (s->a->stopped || !ww_records_next(&s->records))
		return false;
	s->record = s->records.record;
	return true;
}

static void
read_all(struct analysing *s)
{
	uint64_t windows = 0;

	while (next_record(s)) {
		if (s->records.windows != windows) {
			windows = s->records.windows;
			scan_window(s);
			s->a->stopped = atomic_load(s->by->stop);
		}
		take_record(s);
	}
	ww_tracking_finish(s->tracking);
}

/* Records for a time line: no rules, no codes. */
static void
read_timeline(struct analysing *s)
{
	struct ww_timeline *timeline = s->by->timeline;
	bool outside = false;

	while (next_record(s)) {
		s->a->stopped = atomic_load(s->by->stop);
		/* What has no time belongs to what stands before it. */
		if (s->record->time != WW_NO_TIME)
			outside = is_outside(s);
		if (outside)
			continue;
		s->a->records++;
		note_time(s);
		note_identities(s);
		ww_timeline_take(timeline, s->a, &s->records);
	}
	ww_timeline_end(timeline, s->a);
}

static bool
is_wanted(const struct ww_analyser *by, enum ww_dialect_id id)
{
	return by->only == 0 || (by->only >> id & 1) != 0;
}

static bool
by_rules_only(const struct ww_analyser *by)
{
	return by->timeline == NULL && !by->redact && !by->codes_only;
}

static void
start(struct analysing *s, const struct ww_input *input)
{
	struct ww_analysis *a = s->a;

	ww_records_open(&s->records, &a->work, s->by->kernels, input);
	/* Elsewhere all of them are shown, counted or searched for names. */
	if (by_rules_only(s->by))
		s->records.reader.wants = (struct ww_wants){
			.event = ww_rules_want_event,
			.ctx = s->by->rules,
		};
	a->format = ww_stream_format(s->records.stream);
	s->tracking = ww_tracking_new(&a->arena, a->number, &a->activity);
	s->names = ww_names_of(s->by->rules->c);
	s->scan = ww_arena_new(&a->work, struct ww_scan);
	ww_scan_init(s->scan, s->by->kernels);
	ww_cue_memo_init(&s->memo);
	a->first = a->last = WW_NO_TIME;
	a->dialect = s->records.dialect->id;
	a->codes = ww_codes_in(&a->arena);
	if (s->by->redact)
		a->identities = ww_pseudonyms_new(&a->arena);
}

static void
finish(struct analysing *s)
{
	struct ww_analysis *a = s->a;

	a->was_read = true;
	a->encoding = ww_stream_encoding(s->records.stream);
	a->stream = ww_stream_state(s->records.stream);
	/* Records that are no lines lose nothing where a line is cut. */
	if (s->records.dialect->split != NULL)
		a->stream.cut_lines = 0;
	a->zone = s->records.reader.zone;
	a->undecoded = s->records.reader.undecoded;
	a->losses = s->records.reader.losses;
	a->binary = s->records.binary == NULL ? NULL
		    : s->records.reader.name != NULL
			? s->records.reader.name
			: ww_stream_name(s->records.stream);
	a->lines = s->records.lines;
	a->series = ww_tracking_series(s->tracking);
	a->hits = ww_tracking_hits(s->tracking);
	a->harmless = ww_tracking_harmless_hits(s->tracking);
	a->facts = ww_tracking_facts(s->tracking);
}

static void
run(struct ww_analysis *a, const struct ww_analyser *by,
    const struct ww_input *input)
{
	struct analysing *s = ww_arena_new(&a->work, struct analysing);

	s->a = a;
	s->by = by;
	start(s, input);
	if (a->format != NULL) {
		a->unreadable = ww_slice_cstr(a->format);
		return;
	}
	if (!is_wanted(by, a->dialect)) {
		a->passed_over = true;
		return;
	}
	if (by->timeline != NULL)
		read_timeline(s);
	else if (by->codes_only && !by->redact && s->records.binary == NULL &&
		 s->records.dialect->codes == WW_CODES_HEX)
		read_codes(s);
	else
		read_all(s);
	finish(s);
}

/* The windows go with the file: a diagnosis has many. */
bool
ww_analysis_run(struct ww_analysis *a, const struct ww_analyser *by,
		const struct ww_input *input)
{
	ww_arena_init(&a->work, &a->oom);
	if (setjmp(a->oom) != 0) {
		a->no_memory = true;
		a->codes = (struct ww_codes){ .n = 0 };
		a->activity = (struct ww_activity){ .width = 0 };
	} else {
		run(a, by, input);
	}
	ww_arena_release(&a->work);
	return !a->no_memory;
}
