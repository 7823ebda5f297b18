#include "serve/knowledge.h"

#include "base/slice.h"
#include "sys/sys.h"

#include "base/banned.h"

const struct ww_catalogue *
knowledge_open(struct ww_arena *arena, const char *path)
{
	struct ww_catalogue *opened;
	struct ww_slice bytes;
	struct ww_error error;
	const char *why;

	if (path[0] == '\0')
		return ww_catalogue_embedded();
	if (ww_sys_read_file(arena, path, WW_SYS_READ_MAX, &bytes, &why) !=
		WW_OK ||
	    ww_catalogue_open(bytes.p, bytes.len, &opened, &error) != WW_OK)
		return NULL;
	return opened;
}

unsigned
knowledge_language(const struct ww_catalogue *c, const char *id)
{
	int lang = ww_catalogue_language(c, ww_slice_cstr(id));

	return lang < 0 ? 0 : (unsigned)lang;
}
