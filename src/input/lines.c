#include "input/lines.h"

#include "base/banned.h"

/* The masks of the strip that begins with lines->block, if text is left. */
static void
look_at_strip(struct ww_lines *lines)
{
	size_t at = lines->block * WW_BLOCK;
	size_t blocks = (lines->text.len - at + WW_BLOCK - 1) / WW_BLOCK;

	if (blocks > WW_STRIP)
		blocks = WW_STRIP;
	lines->kernels->newlines(lines->text.p + at, blocks, lines->masks);
}

static void
enter_block(struct ww_lines *lines)
{
	if (lines->block % WW_STRIP == 0)
		look_at_strip(lines);
	lines->left = lines->masks[lines->block % WW_STRIP];
}

void
ww_lines_start(struct ww_lines *lines, struct ww_slice text)
{
	lines->text = text;
	lines->block = 0;
	lines->left = 0;
	if (text.len > 0)
		enter_block(lines);
}

bool
ww_lines_seek(struct ww_lines *lines)
{
	while (lines->left == 0) {
		if ((lines->block + 1) * WW_BLOCK >= lines->text.len)
			return false;
		lines->block++;
		enter_block(lines);
	}
	return true;
}
