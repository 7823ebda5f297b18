#include "serve/gzip.h"

#include <zlib.h>

#include "base/banned.h"

/* Shorter ones fit into a packet as they are; longer ones take seconds. */
#define WORTH_IT ((size_t)1024)
#define TOO_LONG ((size_t)16 * 1024 * 1024)

/* zlib: a window of 2^15 bytes, and gzip's frame around it. */
#define WINDOW_AND_GZIP (15 + 16)
#define FRAME		((size_t)18)
#define LEVEL		6
#define MEMORY		8

/* ";q=0", ";q=0.000": what RFC 9110 calls not acceptable. */
static bool
is_refused(struct ww_slice weight)
{
	weight = ww_slice_behind(weight, WW_LIT("q="));
	if (weight.len == 0)
		return false;
	for (size_t i = 0; i < weight.len; i++)
		if (weight.p[i] != '0' && weight.p[i] != '.')
			return false;
	return true;
}

bool
gzip_accepted(struct ww_slice header)
{
	while (header.len > 0) {
		struct ww_slice item = ww_slice_trim(ww_slice_item(&header));

		if (ww_slice_casestarts(item, WW_LIT("gzip")))
			return !is_refused(ww_slice_from(item, 4));
	}
	return false;
}

bool
gzip_of(struct ww_arena *arena, struct ww_slice bytes, struct ww_slice *ret)
{
	z_stream z = { 0 };
	size_t room;
	char *p;
	bool whole;

	if (bytes.len < WORTH_IT || bytes.len > TOO_LONG)
		return false;
	room = compressBound(bytes.len) + FRAME;
	p = ww_arena_alloc(arena, room);
	if (deflateInit2(&z, LEVEL, Z_DEFLATED, WINDOW_AND_GZIP, MEMORY,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	z.next_in = (z_const Bytef *)bytes.p;
	z.avail_in = (uInt)bytes.len;
	z.next_out = (Bytef *)p;
	z.avail_out = (uInt)room;
	whole = deflate(&z, Z_FINISH) == Z_STREAM_END;
	deflateEnd(&z);
	if (!whole || z.total_out >= bytes.len)
		return false;
	*ret = ww_slice_of(p, z.total_out);
	return true;
}
