/*
 * Walks and searches, for every platform: they stand on ww_sys_list().
 */
#include "sys/walk.h"

#include "sys/listing.h"

#include "base/banned.h"

#ifdef _WIN32
#define SEPARATOR '\\'
#else
#define SEPARATOR '/'
#endif

static bool
is_separator(char c)
{
	return c == '/' || c == SEPARATOR;
}

const char *
ww_sys_join(struct ww_arena *arena, const char *folder, const char *name)
{
	struct ww_slice start = ww_slice_cstr(folder);
	struct ww_slice end = ww_slice_cstr(name);
	/* The byte behind is a NUL: an arena's memory is zeroed. */
	char *path = ww_arena_alloc(arena, start.len + end.len + 2);

	memcpy(path, start.p, start.len);
	if (start.len > 0 && !is_separator(start.p[start.len - 1]))
		path[start.len++] = SEPARATOR;
	memcpy(path + start.len, end.p, end.len);
	return path;
}

struct ww_slice
ww_sys_last(const char *path)
{
	struct ww_slice rest = ww_slice_cstr(path);

	for (size_t i = rest.len; i > 0; i--)
		if (is_separator(path[i - 1]))
			return ww_slice_from(rest, i);
	return rest;
}

/* A folder on the way from the root to where the walk is. */
struct level {
	const char *path;
	uint64_t device, inode;
	struct ww_listing listing;
	size_t at;
};

struct stack {
	struct ww_arena *arena;
	struct ww_walk *walk;
	struct level levels[WW_WALK_DEPTH_MAX];
	size_t depth;
};

/* A folder mounted into itself. */
static bool
is_inside_itself(const struct stack *s, const struct ww_stat *folder)
{
	if (folder->inode == 0)
		return false;
	for (size_t i = 0; i < s->depth; i++)
		if (s->levels[i].inode == folder->inode &&
		    s->levels[i].device == folder->device)
			return true;
	return false;
}

static void
enter(struct stack *s, const struct ww_stat *folder)
{
	struct ww_walk *walk = s->walk;
	struct level *l = &s->levels[s->depth];
	const char *why = NULL;

	if (is_inside_itself(s, folder))
		return;
	if (s->depth == WW_WALK_DEPTH_MAX) {
		walk->too_deep++;
		return;
	}
	*l = (struct level){ .path = folder->name,
			     .device = folder->device,
			     .inode = folder->inode };
	if (!ww_sys_list(s->arena, folder->name,
			 WW_WALK_ENTRIES_MAX - walk->looked, &l->listing,
			 &why)) {
		walk->unreadable(walk->ctx, folder->name, why);
		return;
	}
	walk->looked += l->listing.count;
	walk->cut = walk->cut || l->listing.cut;
	s->depth++;
}

/* The next entry of the innermost folder: told, and entered if it is one. */
static void
step(struct stack *s)
{
	struct level *l = &s->levels[s->depth - 1];
	struct ww_stat entry;

	if (l->at == l->listing.count) {
		s->depth--;
		return;
	}
	entry = l->listing.entries[l->at++];
	entry.name = ww_sys_join(s->arena, l->path, entry.name);
	s->walk->entry(s->walk->ctx, &entry);
	if (entry.kind == WW_STAT_FOLDER)
		enter(s, &entry);
}

void
ww_sys_walk(struct ww_arena *arena, const char *root, struct ww_walk *walk)
{
	struct stack *s = ww_arena_new(arena, struct stack);
	struct ww_stat entry;
	const char *why = NULL;

	s->arena = arena;
	s->walk = walk;
	if (!ww_sys_look(root, true, &entry, &why)) {
		walk->unreadable(walk->ctx, root, why);
		return;
	}
	enter(s, &entry);
	while (s->depth > 0 && (walk->stop == NULL || !*walk->stop))
		step(s);
}

static void
keep(struct listing *l, const char *folder, struct ww_stat entry)
{
	entry.name = ww_sys_join(l->arena, folder, entry.name);
	listing_add(l, entry);
}

/*
 * An exact name needs no look at the whole folder.  Windows takes any case
 * for exact, and would not say how the name is really written.
 */
static bool
match_exact(struct listing *l, const char *folder, struct ww_slice part)
{
	const char *name = ww_arena_copy(l->arena, part.p, part.len);
	struct ww_stat entry;
	const char *why;

	if (SEPARATOR != '/' || memchr(part.p, '*', part.len) != NULL ||
	    !ww_sys_look(ww_sys_join(l->arena, folder, name), false, &entry,
			 &why))
		return false;
	entry.name = name;
	keep(l, folder, entry);
	return true;
}

static void
match_in(struct listing *l, const char *folder, struct ww_slice part)
{
	struct ww_listing all;
	const char *why;

	if (match_exact(l, folder, part) ||
	    !ww_sys_list(l->arena, folder, WW_WALK_ENTRIES_MAX, &all, &why))
		return;
	for (size_t i = 0; i < all.count; i++)
		if (ww_slice_fits(ww_slice_cstr(all.entries[i].name), part))
			keep(l, folder, all.entries[i]);
}

struct ww_listing
ww_sys_match(struct ww_arena *arena, const char *root, const char *pattern)
{
	struct ww_stat start = { .name = root, .kind = WW_STAT_FOLDER };
	struct ww_listing at = { .entries = &start, .count = 1 };
	struct ww_slice rest = ww_slice_cstr(pattern);

	while (rest.len > 0 && at.count > 0) {
		struct ww_slice part = ww_slice_until(&rest, '/');
		struct listing l = { .arena = arena,
				     .list.cut = at.cut,
				     .max = WW_MATCHES_MAX };

		for (size_t i = 0; i < at.count; i++)
			if (at.entries[i].kind == WW_STAT_FOLDER)
				match_in(&l, at.entries[i].name, part);
		at = l.list;
	}
	return at;
}
