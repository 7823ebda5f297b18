#include "input/json_keys.h"

#include <stdio.h>

#include "base/banned.h"

/* The key of the object at hand that reads like what was written last. */
static struct ww_json_key *
find(struct ww_json_keys *keys, const struct ww_evtx_out *out, size_t start)
{
	size_t len = out->len - start;
	unsigned i = keys->first;

	while (i < keys->n &&
	       (keys->list[i].len != len ||
		memcmp(out->p + keys->list[i].at, out->p + start, len) != 0))
		i++;
	keys->work += i - keys->first;
	return i < keys->n ? &keys->list[i] : NULL;
}

/* "name_2": in place of "name": */
static void
put_numbered(struct ww_evtx_out *out, size_t start, struct ww_slice key,
	     uint32_t times)
{
	char end[16];
	int n = snprintf(end, sizeof(end), "_%u\":", (unsigned)times);

	out->len = start;
	ww_evtx_add(out, ww_slice_part(key, 0, key.len - 2));
	ww_evtx_add(out, ww_slice_of(end, (size_t)n));
}

bool
ww_json_keys_put(struct ww_json_keys *keys, struct ww_evtx_out *out,
		 struct ww_slice key)
{
	struct ww_json_key *before;
	size_t start;

	ww_json_comma(out);
	start = out->len;
	ww_evtx_add(out, key);
	before = out->full ? NULL : find(keys, out, start);
	if (before != NULL) {
		do
			put_numbered(out, start, key, ++before->times);
		while (!out->full && find(keys, out, start) != NULL);
	}
	return ww_json_keys_add(keys, out, start);
}
