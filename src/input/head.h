/*
 * The lines of a file's head, for readers that judge whether it is theirs.
 */
#ifndef WW_INPUT_HEAD_H
#define WW_INPUT_HEAD_H

#include "base/slice.h"

/* A dialect shows in so many lines, or not at all. */
#define WW_HEAD_LINES 200

/* The next line without its end, taken off the head.  False: none is left. */
static inline bool
ww_head_line(struct ww_slice *head, struct ww_slice *ret)
{
	const char *end;
	size_t len;

	if (head->len == 0)
		return false;
	end = memchr(head->p, '\n', head->len);
	len = end == NULL ? head->len : (size_t)(end - head->p);
	*ret = ww_slice_of(head->p, len);
	*head = ww_slice_from(*head, end == NULL ? len : len + 1);
	if (ret->len > 0 && ret->p[ret->len - 1] == '\r')
		ret->len--;
	return true;
}

#endif
