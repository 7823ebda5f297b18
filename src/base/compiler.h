/*
 * The compiler extensions we use, in one place.  Knows gcc and clang; every
 * file may use it.
 */
#ifndef WW_BASE_COMPILER_H
#define WW_BASE_COMPILER_H

#define WW_MUST_CHECK	    __attribute__((warn_unused_result))
#define WW_PRINTF(fmt, arg) __attribute__((format(printf, fmt, arg)))

#define WW_ARRAY_LEN(a)	    (sizeof(a) / sizeof((a)[0]))

#endif
