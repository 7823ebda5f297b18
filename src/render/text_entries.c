/*
 * A time line of records: a line each, cut to the width unless all is wanted.
 */
#include "base/utf8.h"
#include "render/text.h"

#include "base/banned.h"

/* Columns of a time with three digits of its fraction, and of a level. */
#define TIME_COLUMNS  23
#define LEVEL_COLUMNS 8

/* No column grows beyond these for a single long name. */
#define PLACE_COLUMNS_MAX     48
#define COMPONENT_COLUMNS_MAX 20

/* Less than that of a text says nothing. */
#define TEXT_COLUMNS_MIN 20

/* Different files that are told apart by their names alone. */
#define FILES_MAX 32

struct columns {
	bool utc;
	bool paths; /* two files have one name: their folders are shown */
	size_t place, component;
};

static struct ww_slice
name_of(struct ww_slice path)
{
	size_t n = path.len;

	while (n > 0 && path.p[n - 1] != '/' && path.p[n - 1] != '\\')
		n--;
	return ww_slice_from(path, n);
}

/* Whether the paths of n files and one more are told apart by their names. */
static bool
is_unlike(const struct ww_slice *paths, size_t n, struct ww_slice path)
{
	for (size_t i = 0; i < n; i++)
		if (ww_slice_eq(name_of(paths[i]), name_of(path)) &&
		    !ww_slice_eq(paths[i], path))
			return false;
	return true;
}

static bool
need_paths(const struct ww_node *entries)
{
	struct ww_slice paths[FILES_MAX];
	size_t n = 0;

	for (const struct ww_node *e = ww_node_child(entries); e != NULL;
	     e = ww_node_next(e)) {
		struct ww_slice path = ww_child_text(e, WW_NODE_FILE);
		size_t i = 0;

		while (i < n && !ww_slice_eq(paths[i], path))
			i++;
		if (i < n)
			continue;
		if (n == FILES_MAX || !is_unlike(paths, n, path))
			return true;
		paths[n++] = path;
	}
	return false;
}

/* CBS.log:2252 */
static struct ww_slice
place_of(struct ww_render *r, const struct ww_node *entry, bool paths)
{
	struct ww_slice path = ww_child_text(entry, WW_NODE_FILE);

	return ww_place_text(r, paths ? path : name_of(path), entry);
}

static void
widen(size_t *columns, struct ww_slice text, size_t most)
{
	size_t width = ww_utf8_width(text);

	if (width > most)
		width = most;
	if (width > *columns)
		*columns = width;
}

static struct columns
measure(struct ww_render *r, const struct ww_node *root)
{
	struct columns ret = { .utc = ww_child_is(root, WW_NODE_CLOCK, "utc") };
	const struct ww_node *entries = ww_node_find(root, WW_NODE_ENTRIES);

	ret.paths = r->style.full || need_paths(entries);
	for (const struct ww_node *e = ww_node_child(entries); e != NULL;
	     e = ww_node_next(e)) {
		widen(&ret.place, place_of(r, e, ret.paths), PLACE_COLUMNS_MAX);
		widen(&ret.component, ww_child_text(e, WW_NODE_COMPONENT),
		      COMPONENT_COLUMNS_MAX);
	}
	return ret;
}

/* The text in a column; returns how many columns were taken. */
static size_t
add_column(struct ww_render *r, enum paint paint, struct ww_slice text,
	   size_t columns)
{
	size_t width = ww_utf8_width(text);

	ww_text_paint(r, paint, text);
	if (width < columns)
		ww_buf_fill(&r->out, ' ', columns - width);
	ww_buf_add(&r->out, WW_LIT("  "));
	return (width > columns ? width : columns) + 2;
}

/* A log's own time, or UTC with its Z; without the last digits. */
static struct ww_slice
time_of(struct ww_render *r, const struct ww_node *entry, bool utc)
{
	struct ww_slice own = ww_child_text(entry, WW_NODE_TIME);
	struct ww_slice shared = ww_child_text(entry, WW_NODE_UTC);
	struct ww_slice time = utc && shared.len > 0 ? shared : own;
	struct ww_buf buf = ww_buf_in(r->out.arena);

	if (time.len > TIME_COLUMNS)
		time.len = TIME_COLUMNS;
	ww_buf_add(&buf, time);
	if (utc && shared.len > 0)
		ww_buf_char(&buf, 'Z');
	return ww_buf_slice(&buf);
}

/* A level as it is shown; a log without them has a dash. */
static struct ww_slice
level_of(struct ww_render *r, struct ww_slice level)
{
	return level.len == 0 ? WW_LIT("-") : ww_word_text(r, level);
}

static bool
is_code(const struct ww_node *entry, struct ww_slice word)
{
	const struct ww_node *code =
	    ww_node_child(ww_node_find(entry, WW_NODE_CODES_FOUND));
	uint64_t value, other;

	for (; code != NULL; code = ww_node_next(code)) {
		if (ww_slice_eq(ww_node_text(code), word))
			return true;
		if (word.len >= 8 && ww_slice_hex(word, &value) &&
		    ww_slice_hex(ww_node_text(code), &other) && value == other)
			return true;
	}
	return false;
}

/* Up to the next word; the words of a text are what codes can be. */
static size_t
run_length(struct ww_slice text, bool word)
{
	size_t n = 0;

	while (n < text.len && ww_is_alnum(text.p[n]) == word)
		n++;
	return n;
}

static void
add_text(struct ww_render *r, const struct ww_node *entry, struct ww_slice text)
{
	if (!r->style.colour) {
		ww_add_clean(&r->out, text);
		return;
	}
	while (text.len > 0) {
		bool word = ww_is_alnum(text.p[0]);
		size_t n = run_length(text, word);
		struct ww_slice part = ww_slice_of(text.p, n);

		ww_text_paint(r,
			      word && is_code(entry, part) ? PAINT_TITLE
							   : PAINT_NONE,
			      part);
		text = ww_slice_from(text, n);
	}
}

/* What fits; the rest is an ellipsis. */
static struct ww_slice
fit(struct ww_slice text, size_t columns, bool *cut)
{
	size_t width = 0, at = 0;

	*cut = false;
	while (at < text.len) {
		uint32_t c;
		size_t n = ww_utf8_decode(ww_slice_from(text, at), &c);

		width += c == '\n' || c == '\t'
			     ? 1
			     : ww_utf8_width(ww_slice_part(text, at, n));
		if (width > columns) {
			*cut = true;
			break;
		}
		at += n;
	}
	return ww_slice_of(text.p, at);
}

/* What an event says, and itself behind that where there is room. */
static struct ww_slice
text_of(struct ww_render *r, const struct ww_node *entry)
{
	struct ww_slice says = ww_child_text(entry, WW_NODE_SAYS);
	struct ww_slice quoted = ww_child_text(entry, WW_NODE_QUOTED);
	struct ww_buf buf = ww_buf_in(r->out.arena);

	if (says.len == 0)
		return quoted;
	if (!r->style.full)
		return says;
	ww_buf_add(&buf, says);
	ww_buf_add(&buf, WW_LIT(" | "));
	ww_buf_add(&buf, quoted);
	return ww_buf_slice(&buf);
}

static void
add_entry(struct ww_render *r, const struct ww_node *entry,
	  const struct columns *columns)
{
	struct ww_slice level = ww_child_text(entry, WW_NODE_LEVEL);
	struct ww_slice text = text_of(r, entry);
	bool bad = ww_slice_eq(level, WW_LIT("error")) ||
		   ww_slice_eq(level, WW_LIT("warning"));
	bool cut = ww_node_find(entry, WW_NODE_CUT) != NULL;
	size_t width = ww_text_width(r), used;

	used = add_column(r, PAINT_DIM, time_of(r, entry, columns->utc),
			  TIME_COLUMNS + columns->utc);
	used += add_column(r, PAINT_DIM, place_of(r, entry, columns->paths),
			   columns->place);
	used += add_column(r, bad ? PAINT_RISK : PAINT_DIM, level_of(r, level),
			   LEVEL_COLUMNS);
	used +=
	    add_column(r, PAINT_NONE, ww_child_text(entry, WW_NODE_COMPONENT),
		       columns->component);
	if (!r->style.full)
		text = fit(text,
			   width > used + TEXT_COLUMNS_MIN ? width - used - 1
							   : TEXT_COLUMNS_MIN,
			   &cut);
	add_text(r, entry, text);
	if (cut)
		ww_buf_add(&r->out, WW_LIT("\xE2\x80\xA6"));
	ww_text_newline(r);
}

void
ww_text_entries(struct ww_render *r, const struct ww_node *root)
{
	struct columns columns = measure(r, root);
	const struct ww_node *e =
	    ww_node_child(ww_node_find(root, WW_NODE_ENTRIES));

	for (; e != NULL; e = ww_node_next(e))
		add_entry(r, e, &columns);
}
