/*
 * errno in the words of why.h.  Used by posix*.c only.
 */
#ifndef WW_SYS_POSIX_WHY_H
#define WW_SYS_POSIX_WHY_H

#include <errno.h>
#include <string.h>

#include "sys/why.h"

static inline const char *
why_of(int error)
{
	switch (error) {
	case ENOENT:
		return WHY_MISSING;
	case EACCES:
	case EPERM:
		return WHY_DENIED;
	case EISDIR:
		return WHY_FOLDER;
	case ENOTDIR:
		return WHY_NO_FOLDER;
	case ENAMETOOLONG:
		return WHY_LONG_NAME;
	case ELOOP:
		return WHY_NOT_REGULAR;
	case EMFILE:
	case ENFILE:
		return WHY_MANY_OPEN;
	case EBUSY:
	case ETXTBSY:
		return WHY_LOCKED;
	case EIO:
		return WHY_DISK;
	case ENOMEM:
		return WHY_MEMORY;
	default:
		return WHY_OTHER;
	}
}

/* Likewise, of what was to be written. */
static inline const char *
why_not_written(int error)
{
	const char *why = why_of(error);

	return strcmp(why, WHY_OTHER) == 0 ? WHY_NOT_WRITTEN : why;
}

#endif
