#include "serve/cache.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/banned.h"

#define BUCKETS ((size_t)4096)

struct entry {
	struct entry *next_of_bucket;
	struct entry *newer, *older; /* by their last use */
	void *value;
	size_t bytes; /* with this record and its key */
	size_t key_len;
	char key[];
};

struct cache {
	pthread_mutex_t mutex;
	void (*drop)(void *value);
	size_t bytes, bytes_max;
	struct entry *newest, *oldest;
	struct entry *buckets[BUCKETS];
};

struct cache *
cache_new(size_t bytes_max, void (*drop)(void *value))
{
	struct cache *cache = calloc(1, sizeof(*cache));

	if (cache == NULL)
		return NULL;
	pthread_mutex_init(&cache->mutex, NULL);
	cache->drop = drop;
	cache->bytes_max = bytes_max;
	return cache;
}

/* FNV-1a. */
static size_t
bucket_of(struct ww_slice key)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < key.len; i++)
		hash = (hash ^ (unsigned char)key.p[i]) * 16777619u;
	return hash % BUCKETS;
}

/* Where the entry of a key is, or would be, linked to its bucket. */
static struct entry **
link_of(struct cache *cache, struct ww_slice key)
{
	struct entry **at = &cache->buckets[bucket_of(key)];

	while (*at != NULL &&
	       !ww_slice_eq(ww_slice_of((*at)->key, (*at)->key_len), key))
		at = &(*at)->next_of_bucket;
	return at;
}

static void
unlink_age(struct cache *cache, struct entry *e)
{
	if (e->newer != NULL)
		e->newer->older = e->older;
	else
		cache->newest = e->older;
	if (e->older != NULL)
		e->older->newer = e->newer;
	else
		cache->oldest = e->newer;
}

static void
link_newest(struct cache *cache, struct entry *e)
{
	e->newer = NULL;
	e->older = cache->newest;
	if (cache->newest != NULL)
		cache->newest->newer = e;
	else
		cache->oldest = e;
	cache->newest = e;
}

static void
drop_oldest(struct cache *cache)
{
	struct entry *e = cache->oldest;

	*link_of(cache, ww_slice_of(e->key, e->key_len)) = e->next_of_bucket;
	unlink_age(cache, e);
	cache->bytes -= e->bytes;
	cache->drop(e->value);
	free(e);
}

void
cache_free(struct cache *cache)
{
	if (cache == NULL)
		return;
	while (cache->oldest != NULL)
		drop_oldest(cache);
	pthread_mutex_destroy(&cache->mutex);
	free(cache);
}

bool
cache_use(struct cache *cache, struct ww_slice key,
	  void (*use)(void *ctx, void *value), void *ctx)
{
	struct entry *e;

	pthread_mutex_lock(&cache->mutex);
	e = *link_of(cache, key);
	if (e != NULL) {
		unlink_age(cache, e);
		link_newest(cache, e);
		use(ctx, e->value);
	}
	pthread_mutex_unlock(&cache->mutex);
	return e != NULL;
}

static struct entry *
new_entry(struct ww_slice key, void *value, size_t bytes)
{
	struct entry *e = calloc(1, sizeof(*e) + key.len);

	if (e == NULL)
		return NULL;
	e->value = value;
	e->bytes = bytes + sizeof(*e) + key.len;
	e->key_len = key.len;
	if (key.len > 0)
		memcpy(e->key, key.p, key.len);
	return e;
}

void
cache_keep(struct cache *cache, struct ww_slice key, void *value, size_t bytes)
{
	struct entry *e = new_entry(key, value, bytes), **at;

	pthread_mutex_lock(&cache->mutex);
	if (e == NULL || e->bytes > cache->bytes_max ||
	    *link_of(cache, key) != NULL) {
		cache->drop(value);
		free(e);
		pthread_mutex_unlock(&cache->mutex);
		return;
	}
	while (cache->bytes_max - cache->bytes < e->bytes)
		drop_oldest(cache);
	/* Only now: what was dropped may have stood before it. */
	at = link_of(cache, key);
	*at = e;
	link_newest(cache, e);
	cache->bytes += e->bytes;
	pthread_mutex_unlock(&cache->mutex);
}
