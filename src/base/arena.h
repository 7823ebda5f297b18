/*
 * An arena: memory for one task, dropped whole.  No Windows words, no I/O;
 * everything that answers a question allocates from one.
 */
#ifndef WW_BASE_ARENA_H
#define WW_BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>

struct ww_arena_chunk;
struct ww_arena_end;

struct ww_arena {
	struct ww_arena_chunk *chunks; /* owned, newest first */
	struct ww_arena_end *ends;     /* owned, newest first */
	char *at;		       /* first free byte of the newest */
	size_t left;
	size_t chunk_size; /* of the next one */
	jmp_buf *oom;	   /* borrowed; where to go when memory runs out */
};

/*
 * An empty arena.  When memory runs out, control goes to *oom by longjmp, so
 * that no caller in between checks for NULL: the public entry points set it,
 * release the arena and answer WW_NOMEM.
 */
void ww_arena_init(struct ww_arena *arena, jmp_buf *oom);

/* Give everything back.  The arena is empty and may be used again. */
void ww_arena_release(struct ww_arena *arena);

/*
 * Call fn(ctx) once, when the arena is released and while its memory is there:
 * for what is no memory of it.
 */
void ww_arena_at_release(struct ww_arena *arena, void (*fn)(void *ctx),
			 void *ctx);

/* size zeroed bytes, aligned for any type.  Never NULL. */
void *ww_arena_alloc(struct ww_arena *arena, size_t size);

/* n zeroed elements of size bytes.  An overflow counts as no memory. */
void *ww_arena_array(struct ww_arena *arena, size_t n, size_t size);

/* A copy of len bytes with a NUL behind them. */
char *ww_arena_copy(struct ww_arena *arena, const char *p, size_t len);

#define ww_arena_new(arena, type) \
	((type *)ww_arena_alloc((arena), sizeof(type)))

#endif
