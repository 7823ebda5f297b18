#include "catalogue/distance.h"

#include "catalogue/words.h"

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

struct rows {
	unsigned char before[WW_WORD_MAX + 1]; /* two lines up */
	unsigned char above[WW_WORD_MAX + 1];
	unsigned char here[WW_WORD_MAX + 1];
};

static unsigned
fill_cell(const struct rows *r, struct ww_slice a, struct ww_slice b, size_t i,
	  size_t j)
{
	unsigned differ = a.p[i - 1] != b.p[j - 1];
	unsigned v = least(r->above[j] + 1u, r->here[j - 1] + 1u);

	v = least(v, r->above[j - 1] + differ);
	if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
	    a.p[i - 2] == b.p[j - 1])
		v = least(v, r->before[j - 2] + 1u);
	return v;
}

unsigned
ww_distance(struct ww_slice a, struct ww_slice b, unsigned limit)
{
	struct rows r = { 0 };
	size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;

	if (gap > limit || a.len > WW_WORD_MAX || b.len > WW_WORD_MAX)
		return limit + 1;
	for (size_t j = 0; j <= b.len; j++)
		r.above[j] = (unsigned char)j;
	for (size_t i = 1; i <= a.len; i++) {
		unsigned lowest = (unsigned)i;

		r.here[0] = (unsigned char)i;
		for (size_t j = 1; j <= b.len; j++) {
			unsigned v = fill_cell(&r, a, b, i, j);

			r.here[j] = (unsigned char)v;
			lowest = least(lowest, v);
		}
		if (lowest > limit)
			return limit + 1;
		memcpy(r.before, r.above, sizeof(r.before));
		memcpy(r.above, r.here, sizeof(r.above));
	}
	return least(r.above[b.len], limit + 1);
}
