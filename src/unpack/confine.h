/*
 * Takes from this process what reading an archive does not need: before a
 * byte of it is parsed, everything that will be used must be open and loaded.
 */
#ifndef WW_UNPACK_CONFINE_H
#define WW_UNPACK_CONFINE_H

#include <stdbool.h>
#include <stdint.h>

/* What a process keeps. */
struct ww_confines {
	uint64_t memory;  /* bytes */
	uint64_t seconds; /* of a processor, before SIGXCPU */
	uint64_t file;	  /* bytes of each file that is open for writing */
	bool waits;	  /* for a program that it has started */
};

/*
 * Limits on memory, time, files and processes; on Linux, where libseccomp was
 * there to build with, only the calls that reading, writing and memory need.
 * What is refused fails with EPERM.  False: a confinement that this build has
 * could not be made, and nothing must be read.
 */
bool ww_confine(const struct ww_confines *keep);

/* Whether this build filters system calls. */
bool ww_confine_filters(void);

#endif
