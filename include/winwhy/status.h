/*
 * What a call came to.  Used by every part of the library; knows nothing but
 * numbers, so that a program can switch on them.
 */
#ifndef WINWHY_STATUS_H
#define WINWHY_STATUS_H

#include <stdint.h>

#if defined(__GNUC__) && !defined(_WIN32)
#define WW_API __attribute__((visibility("default")))
#else
#define WW_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The numbers are part of the ABI: new ones are added at the end. */
enum ww_status {
	WW_OK = 0,
	WW_NOT_FOUND,	/* the question is sound, nothing is known of it */
	WW_INVALID,	/* the caller's argument is not of the form asked for */
	WW_TRUNCATED,	/* the data end before they should */
	WW_CORRUPT,	/* the data contradict themselves */
	WW_UNSUPPORTED, /* sound data of a version or kind not known here */
	WW_LIMIT,	/* a named limit was reached */
	WW_IO,		/* the system could not read or write */
	WW_NOMEM,	/* no memory */
};

/* Where and why a call failed.  Filled on failure only. */
struct ww_error {
	enum ww_status status;
	uint64_t at;	 /* byte offset in the input */
	const char *why; /* constant text in English, never freed */
};

/* A few English words for a status, constant text. */
WW_API const char *ww_status_text(enum ww_status status);

#ifdef __cplusplus
}
#endif

#endif
