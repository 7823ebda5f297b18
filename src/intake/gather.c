#include "intake/gather.h"

#include <stdlib.h>

#include "base/message.h"
#include "input/places.h"
#include "unpack/name.h"

#include "base/banned.h"

/* What is found in no known place comes behind all of them. */
#define RANK_OTHER SIZE_MAX

/* Copies of known places stand in folders named after their machines. */
#define RANK_BELOW (SIZE_MAX - 1)

/* Folders that could not be read are named up to here, and then counted. */
#define BARRED_MAX ((size_t)100)

#define ROOM_START ((size_t)64)

/* A folder that is walked. */
struct walking {
	struct gathering *g;
	size_t argument, rank;
	bool volume; /* a Windows volume, or its Windows folder */
	uint64_t unwanted, links, others, too_deep;
	bool cut;
};

struct ww_slice
gather_name(struct ww_arena *arena, const char *path)
{
	struct ww_slice raw = ww_slice_cstr(path);
	/* A byte becomes at most the three of U+FFFD. */
	size_t max = 3 * raw.len + 1;
	char *name = ww_arena_array(arena, max, 1);
	bool cut;

	return ww_slice_of(name, ww_name_clean(raw, name, max, &cut));
}

/* Room for one more of the n elements at p, which has *room. */
static void *
grow(struct ww_arena *arena, void *p, size_t n, size_t *room, size_t size)
{
	void *more;

	if (n < *room)
		return p;
	*room = n == 0 ? ROOM_START : 2 * n;
	more = ww_arena_array(arena, *room, size);
	if (n > 0)
		memcpy(more, p, n * size);
	return more;
}

static struct gathered *
add(struct gathering *g, const struct ww_stat *entry)
{
	struct gathered *to;

	g->files =
	    grow(g->arena, g->files, g->count, &g->room, sizeof(*g->files));
	to = &g->files[g->count];
	*to = (struct gathered){ .path = entry->name,
				 .size = entry->size,
				 .modified = entry->modified,
				 .device = entry->device,
				 .inode = entry->inode,
				 .order = g->count };
	g->count++;
	return to;
}

static void
say_unreadable(struct gathering *g, const char *path, const char *why)
{
	g->to->unreadable(g->to->ctx, gather_name(g->arena, path), why);
}

static void
say_skipped(struct gathering *g, const char *why, uint64_t count)
{
	if (count > 0)
		g->to->skipped(g->to->ctx, why, count);
}

static void
take(struct walking *w, const struct ww_stat *entry)
{
	struct gathered *to = add(w->g, entry);

	to->argument = w->argument;
	to->rank =
	    w->rank == RANK_OTHER && ww_place_below(ww_slice_cstr(entry->name))
		? RANK_BELOW
		: w->rank;
}

static void
on_entry(void *ctx, const struct ww_stat *entry)
{
	struct walking *w = ctx;

	switch (entry->kind) {
	case WW_STAT_FOLDER:
		break;
	case WW_STAT_LINK:
		w->links++;
		break;
	case WW_STAT_OTHER:
		w->others++;
		break;
	case WW_STAT_FILE:
		if (ww_place_wanted(ww_sys_last(entry->name), w->volume))
			take(w, entry);
		else
			w->unwanted++;
	}
}

static void
on_unreadable(void *ctx, const char *path, const char *why)
{
	struct walking *w = ctx;
	struct gathering *g = w->g;

	g->barred = grow(g->arena, g->barred, g->n_barred, &g->barred_room,
			 sizeof(*g->barred));
	g->barred[g->n_barred++] = (struct barred){ path, why };
}

static void
walk(struct walking *w, const char *root)
{
	struct ww_walk walk = { .entry = on_entry,
				.unreadable = on_unreadable,
				.ctx = w,
				.stop = w->g->to->stop };

	ww_sys_walk(w->g->arena, root, &walk);
	w->too_deep += walk.too_deep;
	w->cut = w->cut || walk.cut;
}

static void
search_place(struct walking *w, const char *root, const char *place)
{
	struct ww_listing found = ww_sys_match(w->g->arena, root, place);

	for (size_t i = 0; i < found.count; i++) {
		if (found.entries[i].kind == WW_STAT_FOLDER)
			walk(w, found.entries[i].name);
		else
			on_entry(w, &found.entries[i]);
	}
}

/* The known places below a root, which may be the Windows folder itself. */
static void
search_places(struct gathering *g, const char *root, size_t argument)
{
	for (size_t i = 0; ww_places[i] != NULL; i++) {
		struct walking w = { .g = g, .argument = argument, .rank = i };
		const char *inside = ww_place_in_windows(ww_places[i]);

		search_place(&w, root, ww_places[i]);
		if (inside != NULL)
			search_place(&w, root, inside);
	}
}

static bool
is_volume(struct gathering *g, const char *root)
{
	return ww_sys_match(g->arena, root, "Windows/System32").count > 0 ||
	       ww_sys_match(g->arena, root, "System32").count > 0;
}

/* Known places first; then all of it, for what else is there. */
static void
gather_folder(struct gathering *g, const char *root, size_t argument)
{
	struct walking w = { .g = g, .argument = argument, .rank = RANK_OTHER };

	search_places(g, root, argument);
	w.volume = is_volume(g, root);
	walk(&w, root);
	say_skipped(g, N_("files whose names are not those of logs"),
		    w.unwanted);
	say_skipped(g, N_("symbolic links, which are not followed"), w.links);
	say_skipped(g, N_("devices, pipes and sockets"), w.others);
	say_skipped(g, N_("folders deeper than 40 inside each other"),
		    w.too_deep);
	if (w.cut)
		g->to->skipped(g->to->ctx,
			       N_("what is behind the first 200,000 entries "
				  "of a tree"),
			       0);
}

static void
gather_path(struct gathering *g, const char *path, size_t argument)
{
	struct ww_stat entry = { .name = path, .kind = WW_STAT_OTHER };
	const char *why = NULL;
	struct gathered *to;

	if (strcmp(path, "-") != 0 && !ww_sys_look(path, true, &entry, &why)) {
		say_unreadable(g, path, why);
		return;
	}
	if (entry.kind == WW_STAT_FOLDER) {
		gather_folder(g, path, argument);
		return;
	}
	to = add(g, &entry);
	to->named = true;
	to->argument = argument;
}

static int
compare(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/* The same file is the same inode, or else the same path. */
static int
by_identity(const void *a, const void *b)
{
	const struct gathered *x = a, *y = b;
	int order = compare(x->device, y->device);

	if (order == 0)
		order = compare(x->inode, y->inode);
	if (order == 0 && x->inode == 0)
		order = strcmp(x->path, y->path);
	if (order == 0)
		order = compare(!x->named, !y->named);
	return order != 0 ? order : compare(x->order, y->order);
}

static bool
is_same(const struct gathered *a, const struct gathered *b)
{
	if (a->device != b->device || a->inode != b->inode)
		return false;
	return a->inode != 0 || strcmp(a->path, b->path) == 0;
}

/*
 * A file that several ways lead to is read once, as what it is first: the
 * walk behind the known places comes upon all of their files again.
 */
static void
drop_twice(struct gathering *g)
{
	size_t kept = 0;

	if (g->count > 1)
		qsort(g->files, g->count, sizeof(*g->files), by_identity);
	for (size_t i = 0; i < g->count; i++)
		if (kept == 0 || !is_same(&g->files[kept - 1], &g->files[i]))
			g->files[kept++] = g->files[i];
	g->count = kept;
}

/* What matters most: as named, best place, newest. */
static int
by_worth(const void *a, const void *b)
{
	const struct gathered *x = a, *y = b;
	int order = compare(!x->named, !y->named);

	if (order == 0)
		order = compare(x->rank, y->rank);
	if (order == 0 && x->modified != y->modified)
		order = x->modified > y->modified ? -1 : 1;
	return order != 0 ? order : compare(x->order, y->order);
}

static int
by_reading(const void *a, const void *b)
{
	const struct gathered *x = a, *y = b;
	int order = compare(x->argument, y->argument);

	if (order == 0)
		order = compare(x->rank, y->rank);
	return order != 0 ? order : compare(x->order, y->order);
}

static void
cap(struct gathering *g)
{
	uint64_t bytes = 0, too_many = 0, too_large = 0;
	size_t kept = 0, found = 0;

	for (size_t i = 0; i < g->count; i++) {
		struct gathered file = g->files[i];

		if (!file.named && found == INPUTS_FILES_MAX) {
			too_many++;
			continue;
		}
		if (!file.named && file.size > INPUTS_BYTES_MAX - bytes) {
			too_large++;
			continue;
		}
		found += !file.named;
		bytes += file.named ? 0 : file.size;
		g->files[kept++] = file;
	}
	g->count = kept;
	say_skipped(g, N_("files beyond the 2,000 that are read of folders"),
		    too_many);
	say_skipped(g, N_("files beyond the 8 GiB that are read of folders"),
		    too_large);
}

static int
by_path(const void *a, const void *b)
{
	const struct barred *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* A known place may be barred in both walks. */
static void
say_barred(struct gathering *g)
{
	uint64_t said = 0, more = 0;

	if (g->n_barred > 1)
		qsort(g->barred, g->n_barred, sizeof(*g->barred), by_path);
	for (size_t i = 0; i < g->n_barred; i++) {
		if (i > 0 && by_path(&g->barred[i - 1], &g->barred[i]) == 0)
			continue;
		if (said++ < BARRED_MAX)
			say_unreadable(g, g->barred[i].path, g->barred[i].why);
		else
			more++;
	}
	say_skipped(g, N_("more folders that could not be read"), more);
}

void
gather(struct gathering *g, const char *const *paths, size_t n)
{
	for (size_t i = 0; i < n; i++)
		gather_path(g, paths[i], i);
	drop_twice(g);
	if (g->count > 1)
		qsort(g->files, g->count, sizeof(*g->files), by_worth);
	cap(g);
	if (g->count > 1)
		qsort(g->files, g->count, sizeof(*g->files), by_reading);
	say_barred(g);
}
