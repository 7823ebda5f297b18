/*
 * Runs of sfc as CBS.log tells them: batches of "Verify", then "Repair".
 *
 * The log states no verdict ("All files … have been successfully repaired"
 * speaks of those that could be): files that were never repaired make the
 * run a failure.  Nor does it say when a run is over, so its end is the last
 * line of the run, known once something else begins.
 */
#include "episode/command.h"
#include "episode/component.h"
#include "episode/kept.h"
#include "episode/servicing.h"
#include "episode/trackers.h"

#include "base/compiler.h"
#include "base/message.h"
#include "base/utf8.h"

#include "base/banned.h"

/* sfc checks this many components at a time, and the rest at last. */
#define BATCH	 100

#define NAME_MAX 400

/* " (wow64)" and what else a component may be made for. */
#define ARCH_MAX  16
#define STORE_DIR WW_LIT("\\WinSxS\\")

enum {
	REQUESTED,
	VERIFYING,
	VERIFIED,
	REPAIRING,
	REPAIRED,
	IN_USE,
	MEMBER,
	MEMBER_OLD,
	MANIFEST,
	RESTORED,
	PROJECTED,
	PROJECTED_OLD,
	UNPROJECTED,
	DRIVER_CORRUPT,
	DRIVER_REPAIRED,
	ELSE,
};

static const struct ww_mark marks[] = {
	{ REQUESTED, "TiWorker: Client requests SFP repair object" },
	{ VERIFYING, "[SR] Verifying {n:int} " },
	{ VERIFIED, "[SR] Verify complete" },
	{ REPAIRING, "[SR] Repairing {n:int} " },
	{ REPAIRED, "[SR] Repair complete" },
	{ IN_USE, "[SR] Unable to complete Verify and Repair transaction" },
	{ MEMBER, "[SR] Cannot repair member file [{text}]'{file}' of "
		  "{component:text}, {rest}" },
	/* Windows 7 and 8 */
	{ MEMBER_OLD, "[SR] Cannot repair member file [{text}]\"{file}\" of "
		      "{component:text}, {rest}" },
	{ MANIFEST, "[SR] Cannot verify component files for "
		    "{component:text}, {rest}" },
	{ RESTORED, "[SR] Repaired file {path:rest}" },
	{ PROJECTED, "[SR] Repairing file \\??\\{path} from store" },
	{ PROJECTED_OLD, "[SR] Repairing corrupted file {path} from store" },
	{ UNPROJECTED, "[SR] Could not reproject corrupted file {path};" },
	{ DRIVER_CORRUPT, "[Pnp] Corrupt file: {path:rest}" },
	{ DRIVER_REPAIRED, "[Pnp] Repaired file: {path:rest}" },
	/* What is surely no part of a run. */
	{ ELSE, "^Client specifies {rest}" },
	{ ELSE, "^Exec: Processing started" },
	{ ELSE, "TiWorker signaled for shutdown" },
};

struct state {
	/* The line it began in: one that was broken off is left alone. */
	uint64_t line;
	bool complete; /* the run may be over */
	struct ww_kept last;
};

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

static struct ww_episode *
running(const struct ww_marked_line *l)
{
	char room[WW_LINE_KEY];

	return ww_track_open(l->t, WW_EPISODE_SFC,
			     ww_line_key(state_of(l)->line, room));
}

static struct ww_episode *
begin(const struct ww_marked_line *l)
{
	char room[WW_LINE_KEY];

	state_of(l)->line = l->record->line;
	return ww_track_begin(l->t, WW_EPISODE_SFC,
			      ww_line_key(state_of(l)->line, room), l->record);
}

/* The run at hand, or one whose beginning is not on record. */
static struct ww_episode *
need(const struct ww_marked_line *l)
{
	struct ww_episode *e = running(l);

	if (e != NULL)
		return e;
	e = begin(l);
	e->begin = WW_NO_TIME;
	return e;
}

/* The run has come to this line. */
static void
reach(const struct ww_marked_line *l, bool complete)
{
	state_of(l)->complete = complete;
	if (running(l) != NULL)
		ww_keep(&state_of(l)->last, l->record);
}

/*
 * The run is over, with what was seen of it.  One that was broken off stays
 * open, unless damage was found before.
 */
static void
end_run(const struct ww_marked_line *l)
{
	struct ww_record last = ww_kept_record(&state_of(l)->last);
	struct ww_episode *e = running(l);

	if (e != NULL && state_of(l)->last.line != 0 &&
	    (state_of(l)->complete || e->n_bad > 0))
		ww_track_end(l->t, e,
			     e->n_bad > 0 ? WW_OUTCOME_FAILED
					  : WW_OUTCOME_SUCCEEDED,
			     &last);
	state_of(l)->complete = false;
	state_of(l)->last.line = 0;
	state_of(l)->line = 0;
}

static void
on_else(const struct ww_marked_line *l)
{
	if (state_of(l)->complete)
		end_run(l);
}

static unsigned
number(const struct ww_marked_line *l)
{
	return ww_track_number(ww_captured(l->captures, "n"));
}

static void
on_verifying(const struct ww_marked_line *l)
{
	unsigned n = number(l);

	/* Behind the end of a run, a new one begins. */
	if (state_of(l)->complete && (n == BATCH || n == 1))
		end_run(l);
	/* Windows itself checks components one by one now and then. */
	if (n > 1 && running(l) == NULL)
		begin(l);
	reach(l, n < BATCH);
}

static void
on_verified(const struct ww_marked_line *l)
{
	reach(l, state_of(l)->complete);
}

static void
on_repairing(const struct ww_marked_line *l)
{
	if (number(l) > 1)
		need(l);
	reach(l, false);
}

static void
on_repaired(const struct ww_marked_line *l)
{
	reach(l, true);
}

static void
on_in_use(const struct ww_marked_line *l)
{
	struct ww_episode *e = running(l);

	if (e != NULL)
		ww_track_note(l->t, e, "reboot", WW_LIT("yes"), l->record);
}

/* \??\C:\Windows\System32\\a.dll to C:\Windows\System32\a.dll */
static struct ww_slice
clean_path(char *room, struct ww_slice path)
{
	size_t n = 0;

	if (ww_slice_starts(path, WW_LIT("\\??\\")))
		path = ww_slice_from(path, 4);
	for (size_t i = 0; i < path.len && n < NAME_MAX; i++)
		if (path.p[i] != '\\' || n == 0 || room[n - 1] != '\\')
			room[n++] = path.p[i];
	return ww_utf8_whole(ww_slice_of(room, n));
}

/*
 * [ml:520{260},l:46{23}]"\??\C:\Windows\System32"\[l:22{11}]"sethc.exe" as
 * a path: what stands in quotes, one part behind the other.
 */
static struct ww_slice
join_quoted(char *room, struct ww_slice s)
{
	char parts[NAME_MAX];
	size_t n = 0, i = 0;

	if (memchr(s.p, '"', s.len) == NULL)
		return clean_path(room, s);
	while (i < s.len && n + 1 < NAME_MAX) {
		if (s.p[i++] != '"')
			continue;
		if (n > 0)
			parts[n++] = '\\';
		while (i < s.len && s.p[i] != '"' && n + 1 < NAME_MAX)
			parts[n++] = s.p[i++];
		i++;
	}
	return clean_path(room, ww_slice_of(parts, n));
}

static struct ww_item *
find_item(struct ww_episode *e, struct ww_slice name)
{
	struct ww_item *item = e->items;

	while (item != NULL && ww_slice_casecmp(item->name, name) != 0)
		item = item->next;
	return item;
}

/* Paths are written in varying case. */
static void
set_item(const struct ww_marked_line *l, struct ww_slice name,
	 struct ww_slice detail, bool bad)
{
	struct ww_episode *e = need(l);
	const struct ww_item *item = find_item(e, name);

	ww_track_item(l->t, e, item != NULL ? item->name : name, detail,
		      bad ? N_("not repaired") : N_("repaired"), bad,
		      l->record);
	reach(l, state_of(l)->complete);
}

/* "arch amd64, nonSxS, …" or "arch Host= amd64 Guest= x86, …" */
static struct ww_slice
architecture(struct ww_slice rest)
{
	struct ww_slice arch = ww_servicing_field(rest, "arch ");

	if (arch.len == 0) /* pA = PROCESSOR_ARCHITECTURE_AMD64 (9) */
		arch = ww_servicing_field(rest, "PROCESSOR_ARCHITECTURE_");
	if (ww_slice_casehas(arch, WW_LIT("Guest")) ||
	    ww_slice_casehas(arch, WW_LIT("ON_WIN64")))
		return WW_LIT("wow64");
	if (ww_slice_casestarts(arch, WW_LIT("amd64")))
		return WW_LIT("amd64");
	if (ww_slice_casestarts(arch, WW_LIT("intel")))
		return WW_LIT("x86");
	return arch;
}

/* "version 10.0.22621.1", in older logs "Version = 6.1.7601.17514" */
static struct ww_slice
version_in(struct ww_slice rest)
{
	struct ww_slice old = ww_servicing_field(rest, "Version = ");

	return old.len > 0 ? old : ww_servicing_field(rest, "version ");
}

static void
append(char *room, size_t *n, struct ww_slice s)
{
	*n += ww_keep_text(room + *n, NAME_MAX - *n, s).len;
}

/* Microsoft-Windows-X\a.dll (amd64): a file in a component of the store. */
static void
on_member(const struct ww_marked_line *l)
{
	struct ww_slice rest = ww_captured(l->captures, "rest");
	struct ww_slice version = version_in(rest);
	char room[NAME_MAX];
	size_t n = 0;

	append(room, &n, ww_captured(l->captures, "component"));
	append(room, &n, WW_LIT("\\"));
	append(room, &n, ww_captured(l->captures, "file"));
	append(room, &n, WW_LIT(" ("));
	append(room, &n, architecture(rest));
	append(room, &n, WW_LIT(")"));
	set_item(l, ww_slice_of(room, n), version, true);
}

static void
on_manifest(const struct ww_marked_line *l)
{
	struct ww_slice rest = ww_captured(l->captures, "rest");

	ww_track_item(l->t, need(l), ww_captured(l->captures, "component"),
		      version_in(rest), N_("its manifest is damaged"), true,
		      l->record);
	reach(l, state_of(l)->complete);
}

static struct ww_slice
last_part(struct ww_slice path)
{
	size_t at = path.len;

	while (at > 0 && path.p[at - 1] != '\\')
		at--;
	return ww_slice_from(path, at);
}

/* What stands in the first quotes of either kind. */
static struct ww_slice
quoted(struct ww_slice s)
{
	size_t start = 0, end;

	while (start < s.len && s.p[start] != '\'' && s.p[start] != '"')
		start++;
	for (end = start + 1; end < s.len && s.p[end] != s.p[start];)
		end++;
	if (end >= s.len)
		return (struct ww_slice){ 0 };
	return ww_slice_part(s, start + 1, end - start - 1);
}

/* Of Microsoft-Windows-X\a.dll (amd64), as on_member() made it. */
struct member {
	struct ww_slice name, arch;
};

static struct member
member_of(const struct ww_item *item)
{
	struct ww_slice s = item->name;
	size_t n = s.len, least = s.len > ARCH_MAX ? s.len - ARCH_MAX : 2;

	while (n > least && s.p[n - 1] != '(')
		n--;
	if (n <= least || s.p[n - 2] != ' ')
		return (struct member){ .name = s };
	return (struct member){ ww_slice_of(s.p, n - 2),
				ww_slice_part(s, n, s.len - n - 1) };
}

static bool
is_file(struct ww_slice path, struct ww_slice file)
{
	return file.len > 0 && path.len >= file.len &&
	       ww_slice_casecmp(ww_slice_from(path, path.len - file.len),
				file) == 0;
}

/*
 * \SystemRoot\WinSxS\amd64_microsoft-windows-x_…_10.0.22621.1485_none_…\\
 * [l:10]'a.dll' by copying from backup: the folder's name shortens the
 * component's, but has its architecture and version in full.
 */
static void
on_restored(const struct ww_marked_line *l)
{
	struct ww_slice path = ww_captured(l->captures, "path");
	struct ww_slice file = quoted(path);
	struct ww_slice folder = ww_slice_behind(path, STORE_DIR);
	struct ww_slice version = ww_component_version(folder);
	struct ww_episode *e = running(l);
	struct ww_item *item = e == NULL ? NULL : e->items;

	for (; item != NULL; item = item->next) {
		struct member member;

		if (!item->bad || !ww_slice_eq(item->detail, version))
			continue;
		member = member_of(item);
		if (member.arch.len > 0 && is_file(member.name, file) &&
		    ww_slice_casestarts(folder, member.arch))
			set_item(l, item->name, item->detail, false);
	}
}

static void
on_projected(const struct ww_marked_line *l)
{
	const struct ww_slice none = { 0 };
	char room[NAME_MAX];

	set_item(l, join_quoted(room, ww_captured(l->captures, "path")), none,
		 false);
}

/* The file that is in use and its copy in the store are both damaged. */
static void
on_unprojected(const struct ww_marked_line *l)
{
	const struct ww_slice none = { 0 };
	char room[NAME_MAX];
	struct ww_slice path =
	    join_quoted(room, ww_captured(l->captures, "path"));
	struct ww_slice file = last_part(path);
	const struct ww_episode *e = need(l);

	for (struct ww_item *item = e->items; item != NULL; item = item->next)
		if (item->bad && is_file(member_of(item).name, file))
			return;
	set_item(l, path, none, true);
}

static void
on_driver_corrupt(const struct ww_marked_line *l)
{
	const struct ww_slice none = { 0 };

	set_item(l, ww_slice_trim(ww_captured(l->captures, "path")), none,
		 true);
}

static void
on_driver_repaired(const struct ww_marked_line *l)
{
	const struct ww_slice none = { 0 };

	if (running(l) != NULL)
		set_item(l, ww_slice_trim(ww_captured(l->captures, "path")),
			 none, false);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[REQUESTED] = end_run,
	[VERIFYING] = on_verifying,
	[VERIFIED] = on_verified,
	[REPAIRING] = on_repairing,
	[REPAIRED] = on_repaired,
	[IN_USE] = on_in_use,
	[MEMBER] = on_member,
	[MEMBER_OLD] = on_member,
	[MANIFEST] = on_manifest,
	[RESTORED] = on_restored,
	[PROJECTED] = on_projected,
	[PROJECTED_OLD] = on_projected,
	[UNPROJECTED] = on_unprojected,
	[DRIVER_CORRUPT] = on_driver_corrupt,
	[DRIVER_REPAIRED] = on_driver_repaired,
	[ELSE] = on_else,
};

const struct ww_tracker ww_tracker_sfc = {
	.dialects = { WW_DIALECT_CBS },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = end_run,
};
