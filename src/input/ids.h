/*
 * GUIDs and SIDs as they stand in binary files, and as Windows writes them.
 * Used by the readers of such files.
 */
#ifndef WW_INPUT_IDS_H
#define WW_INPUT_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define WW_GUID_SIZE 16
#define WW_GUID_TEXT 38

/* {0b7a6f19-47c4-454e-8c5c-e868d637e4d8}, in so many bytes; no NUL. */
void ww_guid_text(const uint8_t *p, bool capitals, char ret[WW_GUID_TEXT]);

/* A revision, a count, an authority, and so many numbers of 32 bits. */
#define WW_SID_MIN 8

/* S-, the revision, the authority of 48 bits, and 255 numbers. */
#define WW_SID_TEXT_MAX (2 + 3 + 1 + 15 + 255 * 11)

/* How many bytes it takes, of which WW_SID_MIN are there. */
static inline size_t
ww_sid_size(const uint8_t *p)
{
	return WW_SID_MIN + 4 * (size_t)p[1];
}

/* S-1-5-32-544; returns its length, 0 when len bytes are too few for it. */
size_t ww_sid_text(const uint8_t *p, size_t len, char ret[WW_SID_TEXT_MAX]);

#endif
