/*
 * A dump of Windows itself while it is read: what its header says, and the
 * pieces of memory that a small dump holds.  Used by the files of this folder
 * only.
 */
#ifndef WW_INPUT_DUMP_KERNEL_H
#define WW_INPUT_DUMP_KERNEL_H

#include "code/stop.h"
#include "input/dump/modules.h"

#define DUMP_X86   0x014Cu
#define DUMP_X64   0x8664u
#define DUMP_ARM64 0xAA64u

/*
 * Where a dump of 64 or 32 bits has what.  The lists of small dumps hold
 * structures of Windows with pointers in them.
 */
struct dump_layout {
	const char *bits;
	size_t pointer; /* bytes */

	/* The header. */
	size_t header, machine, processors, code, parameters, type, time,
	    uptime;

	/* The table behind the header of a small dump. */
	size_t table, stack_top, blocks, block_count;

	/* An entry of its list of drivers. */
	size_t driver, base, size;

	/* An entry of its list of unloaded drivers, behind their count. */
	size_t unloaded, name, start, end;

	/* EXCEPTION_RECORD: where, and what its two parameters are. */
	size_t record, address, information;
};

/* A piece of the machine's memory that the dump holds. */
struct dump_memory {
	uint64_t address;
	struct ww_slice bytes;
};

struct dump_kernel {
	struct dump *d;
	const struct dump_layout *layout;
	struct ww_slice table; /* of a small dump; empty where it has none */
	uint32_t machine, code;
	uint64_t parameters[WW_STOP_PARAMETERS_MAX];
	struct dump_memory stack;
	uint64_t stack_pointer; /* where the fault was; 0: not known */
	struct dump_modules drivers;
};

/* The drivers, the stack; tells how many drivers there are. */
void dump_read_triage(struct dump_kernel *k);

/* n bytes of the machine's memory, if the dump holds all of them. */
bool dump_find_memory(const struct dump_kernel *k, uint64_t address, size_t n,
		      struct ww_slice *ret);

/* What the parameters and the stack of a small dump point to. */
void dump_tell_places(struct dump_kernel *k);

/* What the objects and the hardware's error record in its memory show. */
void dump_tell_objects(struct dump_kernel *k);
void dump_tell_hardware(struct dump_kernel *k);

/* A number as wide as a pointer. */
static inline uint64_t
dump_pointer(const struct dump_kernel *k, struct ww_slice s, size_t at)
{
	return k->layout->pointer == 8 ? dump_64(s, at) : dump_32(s, at);
}

#endif
