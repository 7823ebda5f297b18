/*
 * Bytes become numbers here and nowhere else: little-endian loads and stores
 * through pointers of any alignment.
 */
#ifndef WW_BASE_BYTES_H
#define WW_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint16_t
ww_load16(const uint8_t *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t
ww_load32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static inline uint64_t
ww_load64(const uint8_t *p)
{
	return ww_load32(p) | (uint64_t)ww_load32(p + 4) << 32;
}

/* A number of up to eight bytes; of a type's size, most often. */
static inline uint64_t
ww_load_bytes(const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	if (n == 2)
		return ww_load16(p);
	if (n == 4)
		return ww_load32(p);
	if (n == 8)
		return ww_load64(p);
	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

static inline bool
ww_is_zeros(const uint8_t *p, size_t n)
{
	return n == 0 || (p[0] == 0 && memcmp(p, p + 1, n - 1) == 0);
}

static inline void
ww_store16(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static inline void
ww_store32(uint8_t *p, uint32_t v)
{
	ww_store16(p, (uint16_t)v);
	ww_store16(p + 2, (uint16_t)(v >> 16));
}

#endif
