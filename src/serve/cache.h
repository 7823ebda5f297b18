/*
 * Answers that were given before, by their address, the least used of them
 * dropped when they get too many.  Knows nothing of what an answer is; any
 * thread may ask.
 */
#ifndef WW_SERVE_CACHE_H
#define WW_SERVE_CACHE_H

#include <stdbool.h>

#include "base/slice.h"

struct cache;

/*
 * Keeps values of as many bytes in all; what it lets go of is given to
 * drop().  NULL: no memory.
 */
struct cache *cache_new(size_t bytes_max, void (*drop)(void *value));

/* NULL is allowed; drops all. */
void cache_free(struct cache *cache);

/*
 * Call use() with the value of a key, which nobody can drop meanwhile.
 * False: there is none.
 */
bool cache_use(struct cache *cache, struct ww_slice key,
	       void (*use)(void *ctx, void *value), void *ctx);

/*
 * Hand over a value and say how large it is.  It is dropped at once where it
 * does not fit, or the key has one.
 */
void cache_keep(struct cache *cache, struct ww_slice key, void *value,
		size_t bytes);

#endif
