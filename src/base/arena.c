#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"

/*
 * Of thousands of files each has an arena, most of them for a name only; an
 * ordinary answer needs some dozens of the least.
 */
#define CHUNK_LEAST ((size_t)4 * 1024)
#define CHUNK_MOST  ((size_t)256 * 1024)

struct ww_arena_chunk {
	struct ww_arena_chunk *next;
	alignas(max_align_t) char bytes[];
};

struct ww_arena_end {
	struct ww_arena_end *next;
	void (*fn)(void *ctx);
	void *ctx;
};

void
ww_arena_init(struct ww_arena *arena, jmp_buf *oom)
{
	*arena = (struct ww_arena){ .oom = oom };
}

void
ww_arena_release(struct ww_arena *arena)
{
	struct ww_arena_chunk *next;

	for (struct ww_arena_end *e = arena->ends; e != NULL; e = e->next)
		e->fn(e->ctx);
	for (struct ww_arena_chunk *c = arena->chunks; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	ww_arena_init(arena, arena->oom);
}

static void
add_chunk(struct ww_arena *arena, size_t size)
{
	struct ww_arena_chunk *chunk;
	size_t usual =
	    arena->chunk_size < CHUNK_LEAST ? CHUNK_LEAST : arena->chunk_size;
	size_t room = size > usual ? size : usual;

	/* calloc: fresh pages are zero already and stay untouched. */
	if (room > SIZE_MAX - sizeof(*chunk) ||
	    (chunk = calloc(1, sizeof(*chunk) + room)) == NULL)
		longjmp(*arena->oom, 1);
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	arena->at = chunk->bytes;
	arena->left = room;
	arena->chunk_size = usual < CHUNK_MOST ? 2 * usual : CHUNK_MOST;
	WW_POISON(chunk->bytes, room);
}

void *
ww_arena_alloc(struct ww_arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	size_t wanted = size;
	void *p;

	if (size > SIZE_MAX - align - WW_RED_ZONE)
		longjmp(*arena->oom, 1);
	/* At least one unit, so that nothing is ever NULL. */
	size = size == 0 ? align : (size + align - 1) & ~(align - 1);
	size += WW_RED_ZONE;
	if (size > arena->left)
		add_chunk(arena, size);
	p = arena->at;
	arena->at += size;
	arena->left -= size;
	WW_UNPOISON(p, wanted);
	return p;
}

void
ww_arena_at_release(struct ww_arena *arena, void (*fn)(void *ctx), void *ctx)
{
	struct ww_arena_end *end = ww_arena_new(arena, struct ww_arena_end);

	*end = (struct ww_arena_end){ arena->ends, fn, ctx };
	arena->ends = end;
}

void *
ww_arena_array(struct ww_arena *arena, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		longjmp(*arena->oom, 1);
	return ww_arena_alloc(arena, n * size);
}

char *
ww_arena_copy(struct ww_arena *arena, const char *p, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		longjmp(*arena->oom, 1);
	copy = ww_arena_alloc(arena, len + 1);
	if (len > 0)
		memcpy(copy, p, len);
	return copy;
}
