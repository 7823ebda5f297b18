/*
 * GUIDs as they stand in files, and as Windows writes them.
 */
#ifndef WW_INPUT_ETL_GUID_H
#define WW_INPUT_ETL_GUID_H

#include <stdint.h>

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

#endif
