/*
 * Command lines of DISM, and keys for episodes that have no name of their
 * own.
 */
#ifndef WW_EPISODE_COMMAND_H
#define WW_EPISODE_COMMAND_H

#include <stdint.h>

#include "base/slice.h"

#define WW_COMMAND_MAX 400

/*
 * What a command is about: its options in lower case, without the program,
 * without those that only say how, and of paths the last part only.  So a
 * second attempt with another source belongs to the first: "/online
 * /cleanup-image /restorehealth".
 */
struct ww_slice ww_dism_subject(struct ww_slice command,
				char room[WW_COMMAND_MAX]);

/* The value of /Source, without quotes; empty when there is none. */
struct ww_slice ww_dism_source(struct ww_slice command);

#define WW_LINE_KEY 20

/* A key made of the number of the line that an episode began in. */
struct ww_slice ww_line_key(uint64_t line, char room[WW_LINE_KEY]);

#endif
