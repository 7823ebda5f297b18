/*
 * The compiler extensions we use, in one place.  Knows gcc and clang; every
 * file may use it.
 */
#ifndef WW_BASE_COMPILER_H
#define WW_BASE_COMPILER_H

#define WW_MUST_CHECK	    __attribute__((warn_unused_result))
#define WW_PRINTF(fmt, arg) __attribute__((format(printf, fmt, arg)))

#define WW_ARRAY_LEN(a)	    (sizeof(a) / sizeof((a)[0]))

/*
 * Under AddressSanitizer, memory that our own allocators hold and that nobody
 * may touch: so it sees what goes over the end of a piece, or uses one that
 * was given back.  Elsewhere these are nothing.
 */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WW_ADDRESS_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define WW_ADDRESS_SANITIZER
#endif
#if defined(WW_ADDRESS_SANITIZER)
#include <sanitizer/asan_interface.h>
#define WW_RED_ZONE	  ((size_t)16)
#define WW_POISON(p, n)	  ASAN_POISON_MEMORY_REGION(p, n)
#define WW_UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define WW_RED_ZONE	  ((size_t)0)
#define WW_POISON(p, n)	  ((void)(p), (void)(n))
#define WW_UNPOISON(p, n) ((void)(p), (void)(n))
#endif

#endif
