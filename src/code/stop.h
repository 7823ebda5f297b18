/*
 * What the parameters of a stop code point to, as far as a reader of crash
 * dumps has to know: where the instruction that failed stands, where its
 * exception and its registers were saved, and that somebody asked for it.
 * Their meaning in words is knowledge: see knowledge/stops.
 */
#ifndef WW_CODE_STOP_H
#define WW_CODE_STOP_H

#include <stdbool.h>
#include <stdint.h>

#define WW_STOP_PARAMETERS_MAX 4

/* Set where a small dump was written; the meaning is the same. */
#define WW_STOP_MINIDUMP 0x10000000u

/* Numbers of parameters, 1 to 4; 0: none of them is that. */
struct ww_stop_shape {
	uint32_t code;
	uint8_t instruction; /* the one that failed, or one of the culprit */
	uint8_t record;	     /* the exception record */
	uint8_t context;     /* the registers */
	uint8_t trap;	     /* the registers, as the processor saved them */
	bool by_request;     /* a person or a tool called for it */
	bool by_hardware;    /* it was found in hardware, whatever ran */
};

/* With or without the bit of small dumps; NULL for other codes. */
const struct ww_stop_shape *ww_stop_shape(uint32_t code);

static inline uint32_t
ww_stop_plain(uint32_t code)
{
	return code & ~WW_STOP_MINIDUMP;
}

#endif
