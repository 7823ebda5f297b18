#include "input/console.h"

#include "input/head.h"

#include "base/banned.h"

/* What a program says about itself stands at the start, or there is none. */
#define LOOK_MAX 400

bool
ww_console_line(struct ww_slice line, struct ww_record *ret)
{
	struct ww_slice text = ww_slice_trim(line);
	size_t start = text.len;

	while (start > 0 && text.p[start - 1] != '\r')
		start--;
	text = ww_slice_trim(ww_slice_from(text, start));
	if (text.len == 0)
		return false;
	*ret = (struct ww_record){ .time = WW_NO_TIME,
				   .component = ww_slice_of(text.p, 0),
				   .text = text };
	return true;
}

bool
ww_console_has(struct ww_slice head, const char *const *words, size_t n)
{
	struct ww_slice rest = head, line;

	for (unsigned k = 0; k < LOOK_MAX && ww_head_line(&rest, &line);)
		k++;
	head.len -= rest.len;
	for (size_t i = 0; i < n; i++)
		if (ww_slice_casehas(head, ww_slice_cstr(words[i])))
			return true;
	return false;
}
