/*
 * Why something in an archive was not read, or not to its end.  The numbers
 * travel in frames, the words are what a report shows.
 */
#ifndef WW_UNPACK_WHY_H
#define WW_UNPACK_WHY_H

/* Part of the frame format: new ones go before WW_WHYS, and raise its version.
 */
enum ww_why {
	WW_WHY_WHOLE, /* nothing is missing */
	WW_WHY_ENCRYPTED,
	WW_WHY_UNSUPPORTED,
	WW_WHY_DAMAGED,
	WW_WHY_TRUNCATED,
	WW_WHY_UNREAD, /* the input itself could not be read on */
	WW_WHY_BYTES,  /* from here on, limits: see limits.h */
	WW_WHY_RATIO,
	WW_WHY_ENTRIES,
	WW_WHY_DEPTH,
	WW_WHY_NAME,
	WW_WHY_SPOOL,
	WW_WHY_MEMORY,
	WW_WHY_SECONDS,
	WW_WHY_KIND,	/* its format is not read; its start is given */
	WW_WHY_LINK,	/* a link inside the archive */
	WW_WHY_SPECIAL, /* a device, a pipe, a socket */
	WW_WHY_NESTED,	/* an archive, where only one can be unpacked */
	WW_WHYS
};

/* An English message, constant; NULL for WW_WHY_WHOLE. */
const char *ww_why_text(enum ww_why why);

#endif
