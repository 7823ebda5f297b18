/*
 * The arena of a group of tests, for its setup and teardown, and texts that
 * are compared in it.
 */
#ifndef TESTS_UNIT_ARENA_H
#define TESTS_UNIT_ARENA_H

#include "base/arena.h"
#include "base/slice.h"

static jmp_buf oom;
static struct ww_arena arena;

static int
open_arena(void **state)
{
	(void)state;
	ww_arena_init(&arena, &oom);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	ww_arena_release(&arena);
	return 0;
}

static inline void
assert_text(struct ww_slice text, const char *expected)
{
	assert_string_equal(ww_arena_copy(&arena, text.p, text.len), expected);
}

#endif
