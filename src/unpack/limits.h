/*
 * What unpacking may cost, in one place.  An archive is as hostile as its
 * author; each limit is reported by its name when it is hit.
 */
#ifndef WW_UNPACK_LIMITS_H
#define WW_UNPACK_LIMITS_H

/* Bytes out of all archives together, those in the middle included. */
#define WW_UNPACK_BYTES_MAX (64ULL << 30)

/*
 * Bytes out of a member for each of its packed bytes.  Deflate makes at most
 * 1032 of one, and the logs we know 5 to 40; small members may be all NULs.
 */
#define WW_UNPACK_RATIO_MAX  1000
#define WW_UNPACK_RATIO_FREE (10ULL << 20)

/* From here on the ratio holds for everything against the whole input. */
#define WW_UNPACK_TOTAL_FREE (1ULL << 30)

/* Entries of all archives together: files, folders, links. */
#define WW_UNPACK_ENTRIES_MAX 100000

/* Archives inside of each other, the outermost included. */
#define WW_UNPACK_DEPTH_MAX 4

/* Bytes of a name, the archives it stands in included; the rest is cut. */
#define WW_UNPACK_NAME_MAX 4096

/* Memory for archives inside of archives that must be read out of order. */
#define WW_UNPACK_SPOOL_MAX (256ULL << 20)

/* Of the whole process. */
#define WW_UNPACK_MEMORY_MAX  (1ULL << 30)
#define WW_UNPACK_SECONDS_MAX 600

#endif
