/*
 * A message that a reader puts together from the parts of a line.  Used by
 * readers whose records are no lines as they stand.
 */
#ifndef WW_INPUT_COMPOSE_H
#define WW_INPUT_COMPOSE_H

#include "base/utf8.h"
#include "input/dialect.h"

/* Room in the reader for the message. */
struct ww_composer {
	char *p; /* borrowed: reader->composed, or other room */
	size_t len, cap;
};

static inline struct ww_composer
ww_compose_in(struct ww_reader *reader)
{
	return (struct ww_composer){ .p = reader->composed,
				     .cap = WW_COMPOSED_MAX };
}

/* As much of s as there is room for, no character cut. */
static inline void
ww_compose(struct ww_composer *c, struct ww_slice s)
{
	if (s.len > c->cap - c->len)
		s = ww_utf8_cut(s, c->cap - c->len);
	if (s.len > 0)
		memcpy(c->p + c->len, s.p, s.len);
	c->len += s.len;
}

static inline struct ww_slice
ww_composed(const struct ww_composer *c)
{
	return ww_slice_of(c->p, c->len);
}

#endif
