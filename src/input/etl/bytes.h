/*
 * Numbers and layouts that the parts of the reader of traces share.
 */
#ifndef WW_INPUT_ETL_BYTES_H
#define WW_INPUT_ETL_BYTES_H

#include "base/bytes.h"
#include "base/slice.h"

/* The header of a system event, and of an EVENT_HEADER. */
#define WW_ETL_SYSTEM_SIZE ((size_t)32)
#define WW_ETL_EVENT_SIZE  ((size_t)80)

static inline const uint8_t *
ww_etl_bytes(struct ww_slice s)
{
	return (const uint8_t *)s.p;
}

static inline uint64_t
ww_etl_load64(const uint8_t *p)
{
	return ww_load32(p) | (uint64_t)ww_load32(p + 4) << 32;
}

/* Numbers of any size up to eight bytes. */
static inline uint64_t
ww_etl_load(const uint8_t *p, size_t size)
{
	uint64_t v = 0;

	while (size-- > 0)
		v = v << 8 | p[size];
	return v;
}

#endif
