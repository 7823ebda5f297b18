/*
 * CRC-32 as in ISO 3309 and zip: finds accidents, not malice.
 */
#ifndef WW_BASE_CRC32_H
#define WW_BASE_CRC32_H

#include <stddef.h>
#include <stdint.h>

uint32_t ww_crc32(const void *p, size_t len);

/*
 * The same for much data: 8 KiB of tables, which are worked out at run time.
 */
struct ww_crc32 {
	uint32_t table[8][256];
};

void ww_crc32_prepare(struct ww_crc32 *crc);
uint32_t ww_crc32_fast(const struct ww_crc32 *crc, const void *p, size_t len);

/* From one state of the sum, which begins and ends inverted, to the next. */
uint32_t ww_crc32_run(const struct ww_crc32 *crc, uint32_t state,
		      const uint8_t *p, size_t len);

#endif
