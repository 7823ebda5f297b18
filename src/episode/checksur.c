/*
 * Runs of the System Update Readiness Tool of Windows Vista and 7, as its
 * own log tells them.  A run has no last line: it ends where another begins.
 */
#include "episode/component.h"
#include "episode/kept.h"
#include "episode/servicing.h"
#include "episode/trackers.h"

#include "base/compiler.h"
#include "base/message.h"

#include "base/banned.h"

/* Tab-separated fields of a line that are looked at. */
#define FIELDS_MAX 6

#define NAME_MAX   400

/* Words of a line among which the name of a repaired file stands. */
#define FIX_WORDS_MAX 24

enum {
	TITLE,
	PHASE,
	FAULT,
	FIX,
	SECONDS,
	NONE_FOUND,
	FOUND,
	FIXED,
	UNAVAILABLE,
};

static const struct ww_mark marks[] = {
	{ TITLE, "^Checking System Update Readiness" },
	{ PHASE, "^Checking Windows Servicing Packages" },
	{ FAULT, "^(f)\tC" },
	{ FAULT, "^(f) C" }, /* quoted, without its tabs */
	{ FIX, "^(fix)" },
	{ SECONDS, "^Seconds executed: {n:int}" },
	{ NONE_FOUND, "^No errors detected" },
	{ FOUND, "^Found {n:int} errors" },
	{ FIXED, "^Fixed {n:int} errors" },
	/* The list below "Unavailable repair files". */
	{ UNAVAILABLE, "^servicing\\packages\\{rest}" },
	{ UNAVAILABLE, "^winsxs\\manifests\\{rest}" },
};

struct state {
	bool has_found;
	unsigned found, fixed;
	struct ww_version_sum newest;
	struct ww_kept end;
};

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

static struct ww_episode *
running(const struct ww_marked_line *l)
{
	const struct ww_slice any = { 0 };

	return ww_track_open(l->t, WW_EPISODE_STORE_CHECK, any);
}

static unsigned
number(const struct ww_marked_line *l)
{
	return ww_track_number(ww_captured(l->captures, "n"));
}

static void
end_run(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	struct ww_record end = ww_kept_record(&s->end);
	struct ww_episode *e = running(l);
	bool failed = s->found > s->fixed;

	if (e != NULL && s->has_found) {
		if (failed && s->newest.known)
			ww_track_note(l->t, e, "version",
				      ww_version_text(&s->newest), &end);
		ww_track_end(l->t, e,
			     failed ? WW_OUTCOME_FAILED : WW_OUTCOME_SUCCEEDED,
			     &end);
	}
	*s = (struct state){ .has_found = false };
}

static void
on_title(const struct ww_marked_line *l)
{
	const struct ww_slice none = { 0 };

	end_run(l);
	ww_track_begin(l->t, WW_EPISODE_STORE_CHECK, none, l->record);
}

/* The title's own line has no time yet. */
static void
on_phase(const struct ww_marked_line *l)
{
	struct ww_episode *e = running(l);

	if (e != NULL && e->begin == WW_NO_TIME)
		e->begin = l->record->time;
}

/* Fields of a line, by tabs, or by blanks when there is none. */
static unsigned
split(struct ww_slice line, struct ww_slice fields[FIELDS_MAX])
{
	char mark = memchr(line.p, '\t', line.len) != NULL ? '\t' : ' ';
	unsigned n = 0;

	while (line.len > 0 && n < FIELDS_MAX) {
		size_t len = 0;

		while (len < line.len && line.p[len] != mark)
			len++;
		if (len > 0)
			fields[n++] = ww_slice_trim(ww_slice_of(line.p, len));
		line = ww_slice_from(line, len < line.len ? len + 1 : len);
	}
	return n;
}

static bool
is_code(struct ww_slice s)
{
	return s.len == 10 && ww_slice_casestarts(s, WW_LIT("0x"));
}

static void
append(char *room, size_t *n, struct ww_slice s)
{
	*n += ww_keep_text(room + *n, NAME_MAX - *n, s).len;
}

/*
 * What is behind the code: a path below C:\Windows, or a file and the
 * component it belongs to, which become one path as later tools print it.
 */
static struct ww_slice
name_of(struct ww_slice line, char *room)
{
	struct ww_slice fields[FIELDS_MAX];
	unsigned n = split(line, fields), i = 0;
	size_t len = 0;

	while (i < n && !is_code(fields[i]))
		i++;
	if (++i >= n)
		return (struct ww_slice){ 0 };
	if (memchr(fields[i].p, '\\', fields[i].len) != NULL || i + 1 == n)
		return fields[i];
	append(room, &len, fields[i + 1]);
	append(room, &len, WW_LIT("\\"));
	append(room, &len, fields[i]);
	return ww_slice_of(room, len);
}

static struct ww_slice
without_extension(struct ww_slice name)
{
	if (name.len > 4 && name.p[name.len - 4] == '.')
		name.len -= 4;
	return name;
}

/* Package_for_KB1~31bf…~amd64~~6.1.1.0 without folder and extension. */
static struct ww_slice
bare(struct ww_slice name)
{
	size_t at = name.len;

	while (at > 0 && name.p[at - 1] != '\\')
		at--;
	return without_extension(ww_slice_from(name, at));
}

static void
on_fault(const struct ww_marked_line *l)
{
	char room[NAME_MAX];
	struct ww_slice name = name_of(l->record->text, room);
	struct ww_slice version = ww_component_version(name);
	struct ww_episode *e = running(l);

	if (e == NULL || name.len == 0)
		return;
	if (version.len == 0)
		version = ww_component_version(bare(name));
	ww_track_item(l->t, e, name, version, N_("not repaired"), true,
		      l->record);
	ww_version_add(&state_of(l)->newest, version);
}

/* Whether a path ends with the file, both without extension. */
static bool
ends_with_file(struct ww_slice path, struct ww_slice file)
{
	size_t at;

	path = without_extension(path);
	if (file.len == 0 || path.len < file.len)
		return false;
	at = path.len - file.len;
	/* The last letters tell most of them apart. */
	return ww_fold(path.p[path.len - 1]) == ww_fold(file.p[file.len - 1]) &&
	       (at == 0 || path.p[at - 1] == '\\') &&
	       ww_slice_casecmp(ww_slice_from(path, at), file) == 0;
}

static void
repair(const struct ww_marked_line *l, struct ww_episode *e,
       struct ww_slice file)
{
	for (struct ww_item *item = e->items; item != NULL; item = item->next)
		if (item->bad && ends_with_file(item->name, file))
			ww_track_item(l->t, e, item->name, item->detail,
				      N_("repaired"), false, l->record);
}

/* (fix) names the file, and not always in the same place. */
static void
on_fix(const struct ww_marked_line *l)
{
	struct ww_slice rest = l->record->text, word;
	struct ww_episode *e = running(l);

	ww_slice_word(&rest);
	for (int i = 0; e != NULL && i < FIX_WORDS_MAX; i++) {
		if ((word = ww_slice_word(&rest)).len == 0)
			break;
		repair(l, e, bare(word));
	}
}

static void
on_seconds(const struct ww_marked_line *l)
{
	ww_keep(&state_of(l)->end, l->record);
}

static void
on_none_found(const struct ww_marked_line *l)
{
	state_of(l)->has_found = true;
	state_of(l)->found = state_of(l)->fixed = 0;
	ww_keep(&state_of(l)->end, l->record);
}

static void
on_found(const struct ww_marked_line *l)
{
	struct ww_episode *e = running(l);

	state_of(l)->has_found = true;
	state_of(l)->found = number(l);
	ww_keep(&state_of(l)->end, l->record);
	if (e != NULL)
		ww_track_note(l->t, e, "detected",
			      ww_captured(l->captures, "n"), l->record);
}

static void
on_fixed(const struct ww_marked_line *l)
{
	struct ww_episode *e = running(l);

	state_of(l)->fixed = number(l);
	if (e != NULL)
		ww_track_note(l->t, e, "repaired",
			      ww_captured(l->captures, "n"), l->record);
}

/* Files that the tool has no replacement for and that one may give it. */
static void
on_unavailable(const struct ww_marked_line *l)
{
	struct ww_slice name = ww_slice_trim(l->record->text);
	struct ww_slice version = ww_component_version(bare(name));
	struct ww_episode *e = running(l);

	if (e == NULL || !state_of(l)->has_found)
		return;
	ww_track_item(l->t, e, name, version, N_("no replacement at hand"),
		      true, l->record);
	ww_version_add(&state_of(l)->newest, version);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[TITLE] = on_title,
	[PHASE] = on_phase,
	[FAULT] = on_fault,
	[FIX] = on_fix,
	[SECONDS] = on_seconds,
	[NONE_FOUND] = on_none_found,
	[FOUND] = on_found,
	[FIXED] = on_fixed,
	[UNAVAILABLE] = on_unavailable,
};

const struct ww_tracker ww_tracker_checksur = {
	.dialects = { WW_DIALECT_CHECKSUR },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = end_run,
};
