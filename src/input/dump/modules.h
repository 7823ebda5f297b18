/*
 * The drivers or DLLs of a crash dump, and which of them an address lies in.
 * Used by the files of this folder only.
 */
#ifndef WW_INPUT_DUMP_MODULES_H
#define WW_INPUT_DUMP_MODULES_H

#include "input/dump/dump.h"

/* More than any machine has loaded. */
#define DUMP_MODULES_MAX 2048

struct dump_module {
	struct ww_slice name; /* owned, arena; without its folder */
	uint64_t base, size;
	uint32_t version[2]; /* of its file, upper half first; 0: not known */
	uint32_t hits;	     /* values of the stack that lie in it */
	bool unloaded;
	bool nameless; /* the file has no name of it: its address is one */
};

struct dump_modules {
	struct dump_module *p; /* owned, arena; DUMP_MODULES_MAX */
	size_t n;
	size_t loaded, unloaded; /* of the lists, kept or not */
};

struct dump_modules dump_modules_in(struct ww_arena *arena);

/* The text is UTF-16 and may have a path before the name. */
void dump_modules_add(struct dump *d, struct dump_modules *modules,
		      struct ww_slice name, uint64_t base, uint64_t size,
		      bool unloaded);

/* The module an address lies in, one that is loaded first; or NULL. */
struct dump_module *dump_module_of(const struct dump_modules *modules,
				   uint64_t address);

/* The kernel and what belongs to it; drivers of Windows that run others. */
bool dump_is_kernel(const struct dump_module *m);
bool dump_is_carrier(const struct dump_module *m);

/* "amdppm.sys+0x334C" */
void dump_tell_offset(struct dump *d, const struct dump_module *m,
		      uint64_t address);

/* "in a driver: amdppm.sys" */
void dump_tell_module(struct dump *d, const struct dump_module *m);

/* "in a driver: amdppm.sys+0x334C"; false: it lies in none. */
bool dump_tell_place(struct dump *d, const struct dump_modules *modules,
		     uint64_t address);

#endif
