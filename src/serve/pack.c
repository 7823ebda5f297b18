#include "serve/pack.h"

#include "sys/posix_write.h"

#include "base/banned.h"

struct pack
pack_open(int fd)
{
	return (struct pack){ .fd = fd };
}

/* No separator, and no rest of a character, at the start. */
static bool
may_begin(char c)
{
	return c != '/' && c != '\\' && ((unsigned char)c & 0xc0) != 0x80;
}

static void
set_name(struct pack *p, struct ww_slice name)
{
	if (name.len > WW_TAR_NAME_LEN)
		name = ww_slice_from(name, name.len - WW_TAR_NAME_LEN);
	while (name.len > 0 && !may_begin(name.p[0]))
		name = ww_slice_from(name, 1);
	if (name.len == 0)
		name = WW_LIT("file");
	for (size_t i = 0; i < name.len; i++)
		p->room[i] = name.p[i] == '\\' ? '/' : name.p[i];
	p->name = ww_slice_of(p->room, name.len);
}

void
pack_begin(struct pack *p, struct ww_slice name)
{
	set_name(p, name);
	p->files++;
	p->header_at = p->end;
	p->end += WW_TAR_BLOCK;
	p->size = 0;
}

bool
pack_add(struct pack *p, struct ww_slice bytes)
{
	if (!ww_posix_write_at(p->fd, p->end, bytes))
		return false;
	p->end += bytes.len;
	p->size += bytes.len;
	return true;
}

/* Only now its size is known. */
bool
pack_end(struct pack *p)
{
	char header[WW_TAR_BLOCK];

	if (p->size == 0) {
		p->end = p->header_at;
		p->files--;
		return true;
	}
	p->end += ww_tar_padding(p->size);
	return ww_tar_header(p->name, p->size, header) &&
	       ww_posix_write_at(p->fd, p->header_at,
				 ww_slice_of(header, sizeof(header)));
}

bool
pack_close(struct pack *p)
{
	static const char end[2 * WW_TAR_BLOCK];

	return ww_posix_write_at(p->fd, p->end, ww_slice_of(end, sizeof(end)));
}
