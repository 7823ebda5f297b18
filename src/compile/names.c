/*
 * The index of names: codes sorted by name, letters folded, so that a name
 * and a prefix are found by halving.
 */
#include <stdlib.h>

#include "base/bytes.h"
#include "compile/link.h"

#include "base/banned.h"

struct named {
	struct ww_slice name;
	uint32_t code;
};

static int
compare_named(const void *a, const void *b)
{
	const struct named *na = a, *nb = b;
	int order = ww_slice_casecmp(na->name, nb->name);

	if (order != 0)
		return order;
	return na->code < nb->code ? -1 : na->code > nb->code;
}

static void
push_name(struct image *im, uint32_t code)
{
	image_push32(im, WW_S_NAME, code);
	image_push32(im, WW_S_NAME,
		     image_get(im, WW_S_CODE, code, WW_CODE_NAME));
}

void
link_names(struct compiler *c)
{
	struct image *im = &c->image;
	uint32_t n = image_count(im, WW_S_CODE), n_named = 0;
	struct named *named = ww_arena_array(c->arena, n + 1, sizeof(*named));

	for (uint32_t i = 0; i < n; i++) {
		struct ww_slice name =
		    image_str_at(im, image_get(im, WW_S_CODE, i, WW_CODE_NAME));

		if (name.len > 0)
			named[n_named++] = (struct named){ name, i };
	}
	qsort(named, n_named, sizeof(*named), compare_named);
	for (uint32_t i = 0; i < n_named; i++)
		push_name(im, named[i].code);
}
