/*
 * CRC-32 as in ISO 3309 and zip: finds accidents, not malice.
 */
#ifndef WW_BASE_CRC32_H
#define WW_BASE_CRC32_H

#include <stddef.h>
#include <stdint.h>

uint32_t ww_crc32(const void *p, size_t len);

#endif
