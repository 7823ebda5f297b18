/*
 * The reader of crash dumps; used by binaries.c.
 */
#ifndef WW_INPUT_DUMP_READER_H
#define WW_INPUT_DUMP_READER_H

#include "input/binary.h"

extern const struct ww_binary ww_binary_dump;

#endif
