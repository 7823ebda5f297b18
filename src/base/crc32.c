#include "base/crc32.h"

#include "base/bytes.h"

/* Fewer are not worth putting parts together. */
#define MANY_BYTES ((size_t)8192)

/* For more, working out the tables costs less than it saves. */
#define LARGE ((size_t)64 * 1024)

/* Four bits at a time: 64 bytes of table. */
static uint32_t
of_few(const uint8_t *bytes, size_t len)
{
	static const uint32_t nibble[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
		0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
		0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < len; i++) {
		crc = nibble[(crc ^ bytes[i]) & 15] ^ crc >> 4;
		crc = nibble[(crc ^ bytes[i] >> 4) & 15] ^ crc >> 4;
	}
	return ~crc;
}

/* Eight bytes at a time: table[i] is a byte with i zeros behind it. */
void
ww_crc32_prepare(struct ww_crc32 *crc)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t c = i;

		for (int bit = 0; bit < 8; bit++)
			c = (c & 1) != 0 ? 0xedb88320 ^ c >> 1 : c >> 1;
		crc->table[0][i] = c;
	}
	for (unsigned n = 1; n < 8; n++)
		for (uint32_t i = 0; i < 256; i++) {
			uint32_t c = crc->table[n - 1][i];

			crc->table[n][i] = crc->table[0][c & 255] ^ c >> 8;
		}
}

static inline uint32_t
eight(const struct ww_crc32 *crc, uint32_t c, const uint8_t *p)
{
	const uint32_t(*t)[256] = crc->table;
	uint32_t low = c ^ ww_load32(p), high = ww_load32(p + 4);

	return t[7][low & 255] ^ t[6][low >> 8 & 255] ^ t[5][low >> 16 & 255] ^
	       t[4][low >> 24] ^ t[3][high & 255] ^ t[2][high >> 8 & 255] ^
	       t[1][high >> 16 & 255] ^ t[0][high >> 24];
}

uint32_t
ww_crc32_run(const struct ww_crc32 *crc, uint32_t c, const uint8_t *p,
	     size_t len)
{
	for (; len >= 8; len -= 8, p += 8)
		c = eight(crc, c, p);
	for (; len > 0; len--, p++)
		c = crc->table[0][(c ^ *p) & 255] ^ c >> 8;
	return c;
}

/* The product of two polynomials, the highest bit being the lowest power. */
static uint32_t
multiply(uint32_t a, uint32_t b)
{
	uint32_t product = 0;

	for (uint32_t bit = UINT32_C(1) << 31; bit != 0; bit >>= 1) {
		if ((a & bit) != 0)
			product ^= b;
		b = (b & 1) != 0 ? b >> 1 ^ 0xedb88320 : b >> 1;
	}
	return product;
}

/* x to the power of n: what n zero bits do to a sum. */
static uint32_t
power(size_t n)
{
	uint32_t result = UINT32_C(1) << 31, square = UINT32_C(1) << 30;

	for (; n > 0; n >>= 1) {
		if ((n & 1) != 0)
			result = multiply(result, square);
		square = multiply(square, square);
	}
	return result;
}

/*
 * Each step waits for the one before it, so that four sums at once take the
 * time of one.  Sums of parts are put together as if zeros stood behind them.
 */
static uint32_t
run_four(const struct ww_crc32 *crc, const uint8_t *p, size_t quarter)
{
	uint32_t c[4] = { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff };
	uint32_t zeros = power(8 * quarter), sum = 0;

	for (size_t at = 0; at < quarter; at += 8) {
		c[0] = eight(crc, c[0], p + at);
		c[1] = eight(crc, c[1], p + quarter + at);
		c[2] = eight(crc, c[2], p + 2 * quarter + at);
		c[3] = eight(crc, c[3], p + 3 * quarter + at);
	}
	for (unsigned i = 0; i < 4; i++)
		sum = multiply(sum, zeros) ^ ~c[i];
	return ~sum;
}

uint32_t
ww_crc32_fast(const struct ww_crc32 *crc, const void *p, size_t len)
{
	const uint8_t *bytes = p;
	size_t quarter = len / 32 * 8;
	uint32_t c = 0xffffffff;

	if (len < MANY_BYTES)
		return ~ww_crc32_run(crc, c, bytes, len);
	c = run_four(crc, bytes, quarter);
	return ~ww_crc32_run(crc, c, bytes + 4 * quarter, len - 4 * quarter);
}

uint32_t
ww_crc32(const void *p, size_t len)
{
	struct ww_crc32 crc;

	if (len < LARGE)
		return of_few(p, len);
	ww_crc32_prepare(&crc);
	return ww_crc32_fast(&crc, p, len);
}
