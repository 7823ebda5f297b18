/*
 * Bytes from another program, taken in exact amounts.  Under frame.c and
 * tar.c.
 */
#ifndef WW_UNPACK_INLET_H
#define WW_UNPACK_INLET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that are read at once. */
#define INLET_BUFFER ((size_t)64 * 1024)

struct inlet {
	/* As in struct ww_input. */
	size_t (*read)(void *ctx, void *buf, size_t len, const char **retwhy);
	void *ctx;

	/* Its own, zeroed at the start. */
	const char *why; /* it ended early, as read() said; or NULL */
	size_t at, len;	 /* of buffer: the unread part */
	uint8_t buffer[INLET_BUFFER];
};

/* Exactly len bytes; false when they are not there. */
bool inlet_take(struct inlet *in, void *ret, size_t len);

/* Past len bytes, likewise. */
bool inlet_drop(struct inlet *in, uint64_t len);

/* At least one byte, at most len, which is not 0; 0 at the end. */
size_t inlet_give(struct inlet *in, void *ret, size_t len);

#endif
