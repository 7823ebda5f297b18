#include "base/crc32.h"

#include "base/bytes.h"

/* Four bits at a time: 64 bytes of table, fast enough for a file of 10 MB. */
uint32_t
ww_crc32(const void *p, size_t len)
{
	static const uint32_t nibble[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
		0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
		0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};
	const uint8_t *bytes = p;
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

static uint32_t
eight(const struct ww_crc32 *crc, uint32_t c, const uint8_t *p)
{
	const uint32_t(*t)[256] = crc->table;
	uint32_t low = c ^ ww_load32(p), high = ww_load32(p + 4);

	return t[7][low & 255] ^ t[6][low >> 8 & 255] ^ t[5][low >> 16 & 255] ^
	       t[4][low >> 24] ^ t[3][high & 255] ^ t[2][high >> 8 & 255] ^
	       t[1][high >> 16 & 255] ^ t[0][high >> 24];
}

uint32_t
ww_crc32_fast(const struct ww_crc32 *crc, const void *p, size_t len)
{
	const uint8_t *bytes = p;
	uint32_t c = 0xffffffff;

	for (; len >= 8; len -= 8, bytes += 8)
		c = eight(crc, c, bytes);
	for (; len > 0; len--, bytes++)
		c = crc->table[0][(c ^ *bytes) & 255] ^ c >> 8;
	return ~c;
}
