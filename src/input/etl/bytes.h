/*
 * Layouts that the parts of the reader of traces share.
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

#endif
