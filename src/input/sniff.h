/*
 * What the first bytes of a file say it is, where they say it for sure.  Text
 * has no mark of its own: what is not recognised may be text of any kind, and
 * is for stream.h and dialect.h to judge.
 */
#ifndef WW_INPUT_SNIFF_H
#define WW_INPUT_SNIFF_H

#include "base/slice.h"

/* Bytes from the start of a file that are enough for every mark. */
#define WW_SNIFF_HEAD ((size_t)512)

enum ww_use {
	WW_USE_READ,   /* a reader of text or of its own may try */
	WW_USE_UNPACK, /* an archive: what matters stands inside */
	WW_USE_NONE,   /* not read yet, or never: say its name */
};

/* How an archive must be opened. */
enum ww_packing {
	WW_PACKING_NONE,
	WW_PACKING_ZIP,
	WW_PACKING_CAB,
	WW_PACKING_7Z,
	WW_PACKING_TAR,
	WW_PACKING_STREAM, /* gzip, bzip2, xz, zstd: one file or a tar */
};

/* The formats that have a reader of their own: see binary.h. */
enum ww_binary_id {
	WW_BINARY_NONE, /* text, as far as is known */
	WW_BINARY_EVTX,
	WW_BINARY_ETL,
	WW_BINARY_DUMP,
	WW_BINARIES
};

struct ww_sniffed {
	const char *name; /* English message; NULL: nothing known for sure */
	enum ww_use use;
	enum ww_packing packing;
	enum ww_binary_id binary;
};

/* head: WW_SNIFF_HEAD bytes, or fewer where the file has no more. */
struct ww_sniffed ww_sniff(struct ww_slice head);

#endif
