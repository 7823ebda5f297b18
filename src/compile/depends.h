/*
 * What a catalogue depends on, as a rule of make: the build reads it to see
 * new, changed and removed files of the knowledge.
 */
#ifndef WW_COMPILE_DEPENDS_H
#define WW_COMPILE_DEPENDS_H

#include "base/arena.h"
#include "base/slice.h"
#include "compile/problem.h"

struct ww_slice depends_bytes(struct ww_arena *arena, const char *knowledge,
			      const char *output, struct problems *problems);

#endif
