#include "episode/pool.h"

#include <assert.h>

#include "base/compiler.h"
#include "base/utf8.h"

#include "base/banned.h"

#define ALIGNMENT ((size_t)16)

static struct ww_pool_block *
take_block(struct ww_pool *pool)
{
	struct ww_pool_block *block = pool->free;

	pool->n_used++;
	if (block == NULL)
		return ww_arena_new(pool->arena, struct ww_pool_block);
	pool->free = block->next;
	return block;
}

static void *
take(struct ww_pool *pool, struct ww_chain *chain, size_t size)
{
	struct ww_pool_block *block = chain->blocks;
	void *p;

	assert(size <= WW_POOL_ROOM);
	if (block == NULL || size > WW_POOL_ROOM - block->used) {
		block = take_block(pool);
		block->next = chain->blocks;
		block->used = 0;
		chain->blocks = block;
		WW_POISON(block->room, WW_POOL_ROOM);
	}
	p = block->room + block->used;
	WW_UNPOISON(p, size);
	size += WW_RED_ZONE;
	block->used += (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (block->used > WW_POOL_ROOM)
		block->used = WW_POOL_ROOM;
	return p;
}

void *
ww_pool_alloc(struct ww_pool *pool, struct ww_chain *chain, size_t size)
{
	void *p = take(pool, chain, size);

	memset(p, 0, size);
	return p;
}

struct ww_slice
ww_pool_copy(struct ww_pool *pool, struct ww_chain *chain, struct ww_slice s)
{
	char *copy;

	s = ww_utf8_cut(s, WW_POOL_ROOM);
	if (s.len == 0)
		return (struct ww_slice){ 0 };
	copy = take(pool, chain, s.len);
	/* Of memcpy() and a known bound gcc makes a rep movs: slow to start. */
	memmove(copy, s.p, s.len);
	return ww_slice_of(copy, s.len);
}

void
ww_pool_return(struct ww_pool *pool, struct ww_chain chain)
{
	while (chain.blocks != NULL) {
		struct ww_pool_block *block = chain.blocks;

		chain.blocks = block->next;
		block->next = pool->free;
		pool->free = block;
		pool->n_used--;
		WW_POISON(block->room, WW_POOL_ROOM);
	}
}
