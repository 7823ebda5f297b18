#include "diagnose/analysis.h"

#include <stdlib.h>

#include "code/number.h"
#include "code/scan.h"
#include "input/lines.h"

#include "base/banned.h"

struct analysing {
	struct ww_analysis *a;
	const struct ww_analyser *by;
	const struct ww_dialect *dialect;
	struct ww_reader reader;
	struct ww_stream *stream;
	struct ww_tracking *tracking;
	struct ww_name_lookup names;

	struct ww_slice window;
	struct ww_lines lines; /* of the window */
	struct ww_scan *scan;  /* of the window */
	bool sighted;	       /* a code that no record has taken yet … */
	struct ww_sighting sighting; /* … this one */
	struct ww_cue_memo memo;

	bool pending; /* a record whose last line is not known yet */
	struct ww_record record;
	uint64_t line; /* of the line at hand */
	bool cut;      /* it goes on behind the line feed that was put in */
	bool record_is_noise;
};

static bool
name_is_known(const void *ctx, struct ww_slice name)
{
	return ww_catalogue_name(ctx, name, 1).count > 0;
}

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
	if (!ww_hresult_failed(hr) && hr.v >> 16 != 0)
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
count_code(struct analysing *s, struct ww_slice text,
	   const struct ww_sighting *sighting, uint32_t value)
{
	enum ww_role role = role_of(s, sighting);

	if (!sighting->leftover && is_plain_number(s, text, sighting))
		return;
	ww_codes_add(&s->a->codes, value, role,
		     (struct ww_place){ s->record.line, s->record.time });
	if (role == WW_ROLE_SEEN && !s->by->codes_only)
		ww_tracking_code(s->tracking, value, &s->record);
}

/* Where the record lies in the window. */
static size_t
place_of(const struct analysing *s, struct ww_slice part)
{
	return (size_t)(part.p - s->window.p);
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
		ww_codes_add(&s->a->codes, code, WW_ROLE_SEEN,
			     (struct ww_place){ s->record.line,
						s->record.time });
}

/* The codes that the vector pass finds inside the record. */
static void
codes_by_mask(struct analysing *s)
{
	size_t start = place_of(s, s->record.raw);
	size_t end = start + s->record.raw.len;

	while (s->sighted && s->sighting.at < start)
		next_sighting(s);
	for (; s->sighted && s->sighting.at < end; next_sighting(s))
		count_code(s, s->window, &s->sighting,
			   s->sighting.spelled.value);
}

/* Every spelling, also names and what words announce. */
static void
codes_by_words(struct analysing *s)
{
	struct ww_find find =
	    ww_find_in(s->dialect->complete == NULL ? s->record.raw
						    : s->record.text,
		       &s->names);
	struct ww_sighting sighting;
	uint32_t value = 0;

	find.memo = &s->memo;
	find.leftovers = true;
	while (ww_find_next(&find, &sighting))
		if (value_of(s, &sighting, value, &value))
			count_code(s, find.text, &sighting, value);
}

/* Records */

static bool
is_outside(struct analysing *s)
{
	ww_time time = s->record.time;

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
	ww_time time = s->record.time;

	if (time == WW_NO_TIME)
		return;
	if (a->first == WW_NO_TIME)
		a->first = a->last = time;
	/* A second earlier happens when threads write at the same time. */
	else if (!s->dialect->any_order && time + WW_SECOND < a->last)
		a->backward++;
	if (s->dialect->any_order && time < a->first)
		a->first = time;
	if (!s->dialect->any_order || time > a->last)
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
		ww_tracking_harmless(s->tracking, match->id, &s->record,
				     &match->captures);
		break;
	case WW_SAYS_CONTEXT:
		ww_tracking_context(s->tracking, match->id, &s->record,
				    &match->captures);
		break;
	default:
		ww_tracking_hit(s->tracking, match->id, &s->record,
				&match->captures);
	}
}

/* Marks first, so that what else the record tells meets its episode. */
static void
take_matches(struct analysing *s)
{
	struct ww_matched matches[WW_MATCHES_MAX];
	size_t n = ww_matcher_run(s->by->rules->matchers[s->dialect->id],
				  s->record.text, matches);
	struct ww_rule_mark mark;

	s->record_is_noise = false;
	for (size_t i = 0; i < n; i++)
		if (ww_rule_is_mark(matches[i].id, &mark))
			ww_tracking_mark(s->tracking, mark.tracker, mark.mark,
					 &s->record, &matches[i].captures);
	for (size_t i = 0; i < n; i++)
		if (!ww_rule_is_mark(matches[i].id, &mark))
			take_signature(s, &matches[i]);
}

/* The pending record is whole: its raw text ends where `end` is. */
static void
finish_record(struct analysing *s, size_t end)
{
	struct ww_record *r = &s->record;
	size_t text_start;

	s->pending = false;
	r->raw.len = end - place_of(s, r->raw);
	/* A message from the line itself goes on to the record's end. */
	if (!s->dialect->single_line) {
		text_start = place_of(s, r->text);
		r->text.len = end - text_start;
	}
	/* What stands round a message tells names that stand in others. */
	if (s->by->redact)
		ww_pseudonyms_gather(s->a->identities, r->raw);
	if (s->dialect->complete != NULL)
		s->dialect->complete(&s->reader, r);
	if (is_outside(s))
		return;
	s->a->records++;
	note_time(s);
	ww_tracking_record(s->tracking, r);
	take_matches(s);
	if (s->dialect->codes == WW_CODES_WORDS)
		codes_by_words(s);
	else {
		codes_by_mask(s);
		stated_code(s);
	}
}

/* Lines */

/* Whether the line feed at `end` was put in, where a long line was cut. */
static bool
is_cut(const struct analysing *s, size_t start, size_t end)
{
	return end > start && s->window.p[end - 1] == WW_STREAM_CUT;
}

/* Without its line end. */
static struct ww_slice
line_at(struct ww_slice window, size_t start, size_t end)
{
	if (end > start && window.p[end - 1] == WW_STREAM_CUT)
		end--;
	if (end > start && window.p[end - 1] == '\r')
		end--;
	return ww_slice_of(window.p + start, end - start);
}

static void
take_line(struct analysing *s, size_t start, size_t end)
{
	struct ww_slice text = line_at(s->window, start, end);
	struct ww_record record = { .time = WW_NO_TIME };

	s->reader.pending = s->pending;
	if (!s->dialect->parse(&s->reader, text, &record)) {
		/* What goes on with no record is passed over. */
		return;
	}
	record.raw = text;
	record.line = s->line;
	if (s->pending)
		finish_record(s, start);
	s->record = record;
	s->pending = true;
	if (s->dialect->single_line)
		finish_record(s, end);
}

/* The records of a line: what of it belongs to each is taken by itself. */
static void
take_parts(struct analysing *s, size_t start, size_t end)
{
	for (;;) {
		struct ww_slice line = line_at(s->window, start, end);
		size_t part = ww_dialect_part(s->dialect, line);

		if (part == line.len)
			break;
		take_line(s, start, start + part);
		start += part;
	}
	take_line(s, start, end);
}

static void
scan_window(struct analysing *s)
{
	s->sighted = false;
	if (s->dialect->codes != WW_CODES_HEX)
		return;
	ww_scan_text(s->scan, s->window);
	next_sighting(s);
}

/* Read the lines of a window; returns the bytes that are done with. */
static size_t
take_window(struct analysing *s)
{
	size_t at = 0;

	scan_window(s);
	ww_lines_start(&s->lines, s->window);
	s->pending = false;
	while (at < s->window.len) {
		size_t end = ww_lines_next(&s->lines);

		/* A part of a line stays, unless the input ends with it. */
		if (end == s->window.len && !ww_stream_ended(s->stream))
			break;
		s->line += !s->cut;
		s->cut = is_cut(s, at, end);
		take_parts(s, at, end);
		at = end + 1;
	}
	if (at > s->window.len)
		at = s->window.len;
	if (!s->pending)
		return at;
	/* A record that fills a window is cut where it is. */
	if (ww_stream_ended(s->stream) ||
	    (place_of(s, s->record.raw) == 0 && at > WW_WINDOW_SIZE / 2)) {
		finish_record(s, at);
		return at;
	}
	/* Its lines are read again, with the lines that follow. */
	s->line = s->record.line - 1;
	s->cut = false;
	return place_of(s, s->record.raw);
}

/* Codes only */

/* The lines of a window, without a last one that is not whole. */
static struct ww_slice
whole_lines(const struct analysing *s)
{
	size_t n = s->window.len;

	if (ww_stream_ended(s->stream))
		return s->window;
	while (n > 0 && s->window.p[n - 1] != '\n')
		n--;
	return ww_slice_of(s->window.p, n);
}

static void
count_window(struct analysing *s, struct ww_slice lines)
{
	uint64_t before = s->line;
	struct ww_sighting sighting;

	ww_scan_text(s->scan, lines);
	while (ww_scan_next(s->scan, &sighting)) {
		s->record.line = before + ww_scan_lines(s->scan) + 1;
		count_code(s, lines, &sighting, sighting.spelled.value);
	}
	s->line = before + ww_scan_lines(s->scan);
}

/* Nothing but numbers that vector code finds: no line is looked at. */
static void
read_codes(struct analysing *s)
{
	size_t used = 0;

	s->record.time = WW_NO_TIME;
	for (;;) {
		struct ww_slice lines;

		s->window = ww_stream_next(s->stream, used);
		if (s->window.len == 0 || atomic_load(s->by->stop))
			break;
		lines = whole_lines(s);
		count_window(s, lines);
		used = lines.len;
	}
	s->a->stopped = s->window.len > 0;
}

static void
read_all(struct analysing *s)
{
	size_t used = 0;

	for (;;) {
		s->window = ww_stream_next(s->stream, used);
		if (s->window.len == 0)
			break;
		used = take_window(s);
		if (atomic_load(s->by->stop)) {
			s->a->stopped = true;
			break;
		}
	}
	ww_tracking_finish(s->tracking);
}

static bool
is_wanted(const struct ww_analyser *by, enum ww_dialect_id id)
{
	return by->only == 0 || (by->only >> id & 1) != 0;
}

static void
start(struct analysing *s, const struct ww_input *input)
{
	struct ww_analysis *a = s->a;

	s->stream = ww_stream_open(&a->arena, s->by->kernels, input);
	a->format = ww_stream_format(s->stream);
	s->dialect = ww_dialect_sniff(ww_stream_head(s->stream));
	s->reader.arena = &a->arena;
	s->reader.zone.source = s->dialect->zone;
	s->reader.state = ww_arena_alloc(&a->arena, s->dialect->state_size + 1);
	s->tracking = ww_tracking_new(&a->arena, a->number, &a->activity);
	s->names = (struct ww_name_lookup){ name_is_known, s->by->rules->c };
	s->scan = ww_arena_new(&a->arena, struct ww_scan);
	ww_scan_init(s->scan, s->by->kernels);
	ww_cue_memo_init(&s->memo);
	a->first = a->last = WW_NO_TIME;
	a->dialect = s->dialect->id;
	a->codes = ww_codes_in(&a->arena);
	if (s->by->redact)
		a->identities = ww_pseudonyms_new(&a->arena);
}

static void
finish(struct analysing *s)
{
	struct ww_analysis *a = s->a;

	a->was_read = true;
	a->encoding = ww_stream_encoding(s->stream);
	a->stream = ww_stream_state(s->stream);
	/* Records that are no lines lose nothing where a line is cut. */
	if (s->dialect->split != NULL)
		a->stream.cut_lines = 0;
	a->zone = s->reader.zone;
	a->undecoded = s->reader.undecoded;
	a->lines = s->line;
	a->series = ww_tracking_series(s->tracking);
	a->hits = ww_tracking_hits(s->tracking);
	a->harmless = ww_tracking_harmless_hits(s->tracking);
	a->facts = ww_tracking_facts(s->tracking);
}

bool
ww_analysis_run(struct ww_analysis *a, const struct ww_analyser *by,
		const struct ww_input *input)
{
	struct analysing *s;

	if (setjmp(a->oom) != 0) {
		a->no_memory = true;
		a->codes = (struct ww_codes){ .n = 0 };
		a->activity = (struct ww_activity){ .width = 0 };
		return false;
	}
	s = ww_arena_new(&a->arena, struct analysing);
	s->a = a;
	s->by = by;
	s->lines.kernels = by->kernels;
	start(s, input);
	if (a->format != NULL) {
		a->unreadable = ww_slice_cstr(a->format);
		return true;
	}
	if (is_wanted(by, a->dialect)) {
		if (by->codes_only && !by->redact &&
		    s->dialect->codes == WW_CODES_HEX)
			read_codes(s);
		else
			read_all(s);
		finish(s);
	} else {
		a->passed_over = true;
	}
	return true;
}
