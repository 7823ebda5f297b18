/*
 * Memory of episodes: small blocks that go back when an episode is folded
 * into its series, so that a log of any length takes a bounded amount.
 */
#ifndef WW_EPISODE_POOL_H
#define WW_EPISODE_POOL_H

#include "base/arena.h"
#include "base/slice.h"

/* The most that can be asked for at once. */
#define WW_POOL_ROOM ((size_t)1000)

struct ww_pool_block {
	struct ww_pool_block *next;
	size_t used;
	_Alignas(16) char room[WW_POOL_ROOM];
};

struct ww_pool {
	struct ww_arena *arena;	    /* borrowed */
	struct ww_pool_block *free; /* given back */
	size_t n_used;		    /* blocks of chains */
};

/*
 * 16 MiB, ten times what the logs of a machine that fails in every way need.
 * Where so much is in use, what can be counted is counted and not kept.
 */
#define WW_POOL_PLENTY 16384

static inline bool
ww_pool_is_short(const struct ww_pool *pool)
{
	return pool->n_used >= WW_POOL_PLENTY;
}

/* The blocks of one episode, newest first. */
struct ww_chain {
	struct ww_pool_block *blocks;
};

/* size zeroed bytes, at most WW_POOL_ROOM, aligned for any type. */
void *ww_pool_alloc(struct ww_pool *pool, struct ww_chain *chain, size_t size);

/* A copy of a text, cut to WW_POOL_ROOM. */
struct ww_slice ww_pool_copy(struct ww_pool *pool, struct ww_chain *chain,
			     struct ww_slice s);

/* Give all blocks back; what was allocated in them is gone. */
void ww_pool_return(struct ww_pool *pool, struct ww_chain chain);

#endif
