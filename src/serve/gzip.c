/*
 * Answers in fewer bytes.
 */
#include "serve/gzip.h"

#include <zlib.h>

#include "base/banned.h"

/* Shorter ones fit into a packet as they are. */
#define WORTH_IT ((size_t)1024)

/* zlib: a window of 2^15 bytes, and gzip's frame around it. */
#define WINDOW_AND_GZIP (15 + 16)
#define LEVEL		6
#define MEMORY		8

bool
gzip_of(struct ww_arena *arena, struct ww_slice bytes, struct ww_slice *ret)
{
	z_stream z = { 0 };
	size_t room;
	char *p;
	bool whole;

	if (bytes.len < WORTH_IT || bytes.len > UINT_MAX / 2 ||
	    deflateInit2(&z, LEVEL, Z_DEFLATED, WINDOW_AND_GZIP, MEMORY,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	room = deflateBound(&z, bytes.len);
	p = ww_arena_alloc(arena, room);
	z.next_in = (z_const Bytef *)bytes.p;
	z.avail_in = (uInt)bytes.len;
	z.next_out = (Bytef *)p;
	z.avail_out = (uInt)room;
	whole = deflate(&z, Z_FINISH) == Z_STREAM_END;
	*ret = ww_slice_of(p, z.total_out);
	deflateEnd(&z);
	return whole && ret->len < bytes.len;
}
