/*
 * Counts what comes out of archives against limits.h.  Knows no archive.
 */
#ifndef WW_UNPACK_METER_H
#define WW_UNPACK_METER_H

#include <signal.h>
#include <stdint.h>

#include "unpack/limits.h"
#include "unpack/why.h"

struct ww_meter {
	uint64_t input;	  /* bytes of the outermost archive; the caller's */
	uint64_t bytes;	  /* out of all archives */
	uint64_t entries; /* likewise */
	uint64_t spooled; /* bytes of memory that spools hold now */
	/* Set by the handler of SIGXCPU. */
	const volatile sig_atomic_t *time_up;
	enum ww_why over; /* the limit that ends everything, once hit */
};

/* One member's share. */
struct ww_share {
	uint64_t start; /* packed position where it began */
	uint64_t bytes; /* out of it */
};

/*
 * n more bytes came out of a member whose packed bytes now reach up to
 * `packed`.  WW_WHY_WHOLE: go on.  Otherwise the limit that was hit: of
 * everything when meter->over is set, of this member when not.
 */
enum ww_why ww_meter_bytes(struct ww_meter *meter, struct ww_share *share,
			   uint64_t n, uint64_t packed);

/* One more entry; the same answers. */
enum ww_why ww_meter_entry(struct ww_meter *meter);

#endif
