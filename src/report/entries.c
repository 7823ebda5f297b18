/*
 * A time line of records: each with its time, where it stands, and its text.
 */
#include "base/compiler.h"
#include "code/find.h"
#include "code/number.h"
#include "report/diagnosis.h"

#include "base/banned.h"

/* Codes told of one record. */
#define CODES_MAX 8

static const char *const levels[] = {
	[WW_LEVEL_NONE] = "",	    [WW_LEVEL_VERBOSE] = "verbose",
	[WW_LEVEL_INFO] = "info",   [WW_LEVEL_WARNING] = "warning",
	[WW_LEVEL_ERROR] = "error",
};

static void
add_time(struct ww_telling *t, struct ww_node *node, enum ww_node_kind kind,
	 ww_time time)
{
	struct ww_buf buf = ww_buf_in(&t->report->arena);

	ww_time_add_exact(&buf, time);
	ww_add_slice(t->report, node, kind, ww_buf_slice(&buf));
}

/*
 * What fails, by its number; names repeat what stands beside them, and three
 * digits are a status of HTTP more often than not.
 */
static bool
is_told(const struct ww_sighting *s, const uint32_t *told, size_t n)
{
	struct ww_hresult hr = { .v = s->spelled.value };

	if (s->spelled.form == WW_FORM_NAME ||
	    (!ww_hresult_failed(hr) && (hr.v < 1000 || hr.v >> 16 != 0)))
		return false;
	for (size_t i = 0; i < n; i++)
		if (told[i] == hr.v)
			return false;
	return true;
}

static void
add_codes(struct ww_telling *t, struct ww_node *node, struct ww_slice text)
{
	struct ww_find find = ww_find_in(text, NULL);
	struct ww_node *list = NULL;
	uint32_t told[CODES_MAX];
	struct ww_sighting s;
	size_t n = 0;

	while (n < CODES_MAX && ww_find_next(&find, &s)) {
		if (!is_told(&s, told, n))
			continue;
		told[n++] = s.spelled.value;
		if (list == NULL)
			list = ww_add(t->report, node, WW_NODE_CODES_FOUND);
		ww_add_slice(t->report, list, WW_NODE_CODE_FOUND,
			     ww_tell_code(t, s.spelled.value));
	}
}

static void
add_entry(struct ww_telling *t, struct ww_node *list,
	  const struct ww_timed *timed)
{
	const struct ww_kept_record *record = &timed->record;
	const struct ww_analysis *file = timed->file;
	struct ww_report *r = t->report;
	struct ww_node *node = ww_add(r, list, WW_NODE_ENTRY);
	struct ww_rec log = ww_rec_at(r->c, WW_S_LOG_KIND, file->dialect);

	if (record->stamped)
		add_time(t, node, WW_NODE_TIME, record->time);
	if (record->stamped && file->zone.source != WW_ZONE_ASSUMED)
		add_time(t, node, WW_NODE_UTC, timed->utc);
	ww_tell_slice(t, node, WW_NODE_FILE, file->label);
	ww_tell_at(t, node, file, record->line);
	ww_tell_slice(t, node, WW_NODE_MACHINE, file->machine);
	ww_add_slice(r, node, WW_NODE_LOG_KIND,
		     ww_rec_str(log, WW_LOG_KIND_ID));
	ww_add_slice(r, node, WW_NODE_LEVEL,
		     ww_slice_cstr(levels[record->level]));
	ww_tell_slice(t, node, WW_NODE_COMPONENT, record->component);
	ww_tell_said(t, node, WW_NODE_QUOTED, file, record->text);
	if (record->cut)
		ww_add_bool(r, node, WW_NODE_CUT, true);
	if (file->dialect == WW_DIALECT_EVENTS)
		ww_page_event_told(r, node, record->text, record->cut);
	add_codes(t, node, record->text);
}

void
ww_tell_entries(struct ww_telling *t, size_t max)
{
	const struct ww_diagnosis *d = t->d;
	struct ww_report *r = t->report;
	bool mixed = ww_timeline_is_mixed(d->places, d->n_files);
	struct ww_node *list;
	struct ww_timed timed;
	size_t n = 0;

	ww_add_slice(r, r->root, WW_NODE_CLOCK,
		     mixed ? WW_LIT("utc") : WW_LIT("log"));
	list = ww_add(r, r->root, WW_NODE_ENTRIES);
	while (n < max && ww_timeline_next(d->timeline, &timed)) {
		add_entry(t, list, &timed);
		n++;
	}
	if (n == max)
		ww_add_bool(r, r->root, WW_NODE_MORE, true);
	r->known = n > 0;
}
