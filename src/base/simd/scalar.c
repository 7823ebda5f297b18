/*
 * The kernels in portable C: what other machines run, and what the vector
 * code is held against.
 */
#include "base/simd/units.h"
#include "base/slice.h"

#include "base/banned.h"

static struct ww_masks
masks_of(const char *p)
{
	struct ww_masks m = { 0 };

	for (unsigned i = 0; i < WW_BLOCK; i++) {
		m.newline |= (uint64_t)(p[i] == '\n') << i;
		m.hex |= (uint64_t)(ww_hex_value(p[i]) >= 0) << i;
		m.x |= (uint64_t)(ww_fold(p[i]) == 'x') << i;
		m.high |= (uint64_t)((unsigned char)p[i] >= 0x80) << i;
	}
	return m;
}

static unsigned
count_bits(uint64_t mask)
{
	unsigned n = 0;

	for (; mask != 0; mask &= mask - 1)
		n++;
	return n;
}

static uint64_t
scan_masks(const char *p, size_t n_blocks, struct ww_masks *ret)
{
	uint64_t lines = 0;

	for (size_t i = 0; i < n_blocks; i++) {
		ret[i] = masks_of(p + i * WW_BLOCK);
		ret[i].lines = lines;
		lines += count_bits(ret[i].newline);
	}
	return lines;
}

static size_t
ascii16_narrow(const uint8_t *p, size_t n_units, char *out)
{
	size_t i = 0;

	for (; i < n_units; i++) {
		uint8_t low = p[2 * i], high = p[2 * i + 1];

		if (high != 0 || low == 0 || low >= 0x80)
			break;
		out[i] = (char)low;
	}
	return i;
}

static size_t
ascii_run(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && p[i] != '\0' && (unsigned char)p[i] < 0x80)
		i++;
	return i;
}

const struct ww_kernels ww_kernels_scalar = {
	.name = "scalar",
	.scan_masks = scan_masks,
	.ascii16_narrow = ascii16_narrow,
	.ascii_run = ascii_run,
};
