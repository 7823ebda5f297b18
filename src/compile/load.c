#include "compile/load.h"

#include <stdlib.h>

#include "base/banned.h"

uint32_t
find_id(const struct compiler *c, enum ww_section section, struct ww_slice id)
{
	const struct image *im = &c->image;
	uint32_t n = image_count(im, section);

	/* Every section with an id has it as its first field. */
	for (uint32_t i = 0; i < n; i++)
		if (ww_slice_eq(image_str_at(im, image_get(im, section, i, 0)),
				id))
			return i + 1;
	return 0;
}

void
at_record(struct compiler *c, enum ww_section section, uint32_t record)
{
	/* The id is the first field, and ends in a NUL in the heap. */
	c->problems.file =
	    image_str_at(&c->image, image_get(&c->image, section, record, 0)).p;
	c->problems.line = 0;
}

static int
compare_english(const void *a, const void *b)
{
	return ww_slice_cmp(*(const struct ww_slice *)a,
			    *(const struct ww_slice *)b);
}

void
load_messages(struct compiler *c)
{
	static const struct ww_slice no_context = { 0 };
	struct ww_slice *all;
	size_t n = 0;

	for (unsigned lang = 1; lang < c->image.n_langs; lang++)
		n += c->image.langs[lang].n;
	all = ww_arena_array(c->arena, n + 1, sizeof(*all));
	n = 0;
	for (unsigned lang = 1; lang < c->image.n_langs; lang++) {
		const struct translation *t = &c->image.langs[lang];

		for (size_t i = 0; i < t->n; i++)
			if (t->entries[i].context.len == 0 &&
			    t->entries[i].english.len > 0)
				all[n++] = t->entries[i].english;
	}
	qsort(all, n, sizeof(*all), compare_english);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && ww_slice_eq(all[i], all[i - 1]))
			continue;
		image_set(&c->image, WW_S_MESSAGE,
			  image_add(&c->image, WW_S_MESSAGE), WW_MESSAGE_TEXT,
			  image_text(&c->image, no_context, all[i]));
	}
}
