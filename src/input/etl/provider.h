/*
 * Providers that the reader of traces knows.
 */
#ifndef WW_INPUT_ETL_PROVIDER_H
#define WW_INPUT_ETL_PROVIDER_H

#include "input/ids.h"

/* 0b7a6f19-47c4-454e-8c5c-e868d637e4d8: WUTraceLogging. */
static inline bool
ww_etl_is_update_client(const uint8_t *guid)
{
	static const uint8_t client[WW_GUID_SIZE] = {
		0x19, 0x6f, 0x7a, 0x0b, 0xc4, 0x47, 0x4e, 0x45,
		0x8c, 0x5c, 0xe8, 0x68, 0xd6, 0x37, 0xe4, 0xd8,
	};

	return memcmp(guid, client, sizeof(client)) == 0;
}

#endif
