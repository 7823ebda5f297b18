#include "sys/listing.h"

#include <stdlib.h>

#include "base/banned.h"

#define ROOM_START ((size_t)16)

static void
grow(struct listing *l)
{
	size_t room = l->room == 0 ? ROOM_START : 2 * l->room;
	struct ww_stat *entries =
	    ww_arena_array(l->arena, room, sizeof(*entries));

	if (l->list.count > 0)
		memcpy(entries, l->list.entries,
		       l->list.count * sizeof(*entries));
	l->list.entries = entries;
	l->room = room;
}

void
listing_add(struct listing *l, struct ww_stat entry)
{
	if (l->list.count >= l->max) {
		l->list.cut = true;
		return;
	}
	if (l->list.count == l->room)
		grow(l);
	l->list.entries[l->list.count++] = entry;
}

static int
by_name(const void *a, const void *b)
{
	const struct ww_stat *left = a, *right = b;

	return strcmp(left->name, right->name);
}

void
listing_sort(struct listing *l)
{
	if (l->list.count > 1)
		qsort(l->list.entries, l->list.count, sizeof(*l->list.entries),
		      by_name);
}
