/*
 * A crash dump in memory, and the lines that are told of it.  Used by the
 * files of this folder and their tests only.
 *
 * Nothing in the file is trusted: whatever it points to is looked for with
 * dump_part(), and what lies outside is told and left out.
 */
#ifndef WW_INPUT_DUMP_DUMP_H
#define WW_INPUT_DUMP_DUMP_H

#include "base/buf.h"
#include "base/bytes.h"
#include "evidence/time.h"
#include "input/loss.h"

/*
 * So much of a file is read.  Small dumps have some 1.5 MB; of the others the
 * lists that matter stand in front.
 */
#define DUMP_BYTES_MAX ((size_t)8 * 1024 * 1024)

struct dump {
	struct ww_arena *arena;	  /* borrowed */
	struct ww_slice bytes;	  /* in the arena */
	bool more;		  /* the file is longer than that */
	struct ww_buf told;	  /* lines */
	ww_time time;		  /* of the crash, or WW_NO_TIME */
	struct ww_losses *losses; /* borrowed; of the reader */
};

/* Dumps of Windows itself, 32 and 64 bits; dumps of a program. */
void dump_tell_kernel(struct dump *d);
void dump_tell_user(struct dump *d);

/* n bytes at that offset, if they are all there. */
static inline bool
dump_part(const struct dump *d, uint64_t at, uint64_t n, struct ww_slice *ret)
{
	return at <= d->bytes.len && n <= d->bytes.len - at &&
	       ww_slice_sub(d->bytes, (size_t)at, (size_t)n, ret);
}

/* No counted string of Windows has more bytes. */
#define DUMP_STRING_MAX 65535

/*
 * The text behind its count of 32 bits, which counts units of so many bytes;
 * empty where there is none.
 */
struct ww_slice dump_string(const struct dump *d, uint64_t at, unsigned unit);

/* Numbers of a part that is there; 0 beyond its end. */
static inline const uint8_t *
dump_at(struct ww_slice s, size_t at, size_t n)
{
	static const uint8_t nothing[8];
	struct ww_slice part;

	return ww_slice_sub(s, at, n, &part) ? (const uint8_t *)part.p
					     : nothing;
}

static inline uint16_t
dump_16(struct ww_slice s, size_t at)
{
	return ww_load16(dump_at(s, at, 2));
}

static inline uint32_t
dump_32(struct ww_slice s, size_t at)
{
	return ww_load32(dump_at(s, at, 4));
}

static inline uint64_t
dump_64(struct ww_slice s, size_t at)
{
	return ww_load64(dump_at(s, at, 8));
}

/* 100 ns since 1601 as a time; WW_NO_TIME of what is out of its range. */
ww_time dump_filetime(uint64_t v);

/*
 * What lies outside of the file: English messages for the coverage, with {at},
 * of which each is told once.
 */
void dump_lose(struct dump *d, const char *what, uint64_t at);

/* x64, ARM64, x86 …, by the machine number of PE files; NULL: no other. */
const char *dump_machine(uint32_t machine);

/* ", writing 0000000000000010": what an access violation was about. */
void dump_tell_access(struct dump *d, uint32_t code, uint64_t kind,
		      uint64_t address);

#endif
