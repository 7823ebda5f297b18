/*
 * The catalogue that answers are made from.
 */
#ifndef WW_SERVE_KNOWLEDGE_H
#define WW_SERVE_KNOWLEDGE_H

#include <winwhy/catalogue.h>

#include "base/arena.h"

/*
 * That of a file, or with an empty path the embedded one; it lives as long as
 * the program.  NULL: it cannot be read any more.
 */
const struct ww_catalogue *knowledge_open(struct ww_arena *arena,
					  const char *path);

/* A language by its id; English where there is none of it. */
unsigned knowledge_language(const struct ww_catalogue *c, const char *id);

#endif
