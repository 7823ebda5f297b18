/*
 * GUIDs as they stand in files, and as Windows writes them.
 */
#ifndef WW_INPUT_ETL_GUID_H
#define WW_INPUT_ETL_GUID_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define WW_ETL_GUID_SIZE 16
#define WW_ETL_GUID_TEXT 38

/* {0b7a6f19-47c4-454e-8c5c-e868d637e4d8}, in so many bytes; no NUL. */
static inline void
ww_etl_guid(const uint8_t *p, char ret[WW_ETL_GUID_TEXT])
{
	/* Bytes in the order in which they are written; a dash before some. */
	static const char order[] = "3210-54-76-89-abcdef";
	static const char digits[] = "0123456789abcdef";
	char *to = ret;

	*to++ = '{';
	for (const char *c = order; *c != '\0'; c++) {
		if (*c == '-') {
			*to++ = '-';
			continue;
		}
		*to++ = digits[p[*c <= '9' ? *c - '0' : *c - 'a' + 10] >> 4];
		*to++ = digits[p[*c <= '9' ? *c - '0' : *c - 'a' + 10] & 15];
	}
	*to = '}';
}

/* 0b7a6f19-47c4-454e-8c5c-e868d637e4d8: WUTraceLogging. */
static inline bool
ww_etl_is_update_client(const uint8_t *guid)
{
	static const uint8_t client[WW_ETL_GUID_SIZE] = {
		0x19, 0x6f, 0x7a, 0x0b, 0xc4, 0x47, 0x4e, 0x45,
		0x8c, 0x5c, 0xe8, 0x68, 0xd6, 0x37, 0xe4, 0xd8,
	};

	return memcmp(guid, client, sizeof(client)) == 0;
}

#endif
