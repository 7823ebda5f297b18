/*
 * Dumps of a program (MDMP): the exception, where it was raised, and the
 * modules with their versions.  Memory and threads are not looked at.
 */
#include "base/message.h"
#include "input/dump/modules.h"

#include "base/banned.h"

#define HEADER_LEN    32u
#define DIRECTORY_LEN 12u
#define MODULE_LEN    108u
#define EXCEPTION_LEN 168u
#define SYSTEM_LEN    24u

#define HEADER_LOST \
	N_("the file ends at byte {at}, within the header of the dump")
#define DIRECTORY_LOST                                                     \
	N_("the directory of the dump, at byte {at}, lies outside of the " \
	   "file")
#define STREAM_LOST \
	N_("a part of the dump, at byte {at}, lies outside of the file")
#define MODULES_LOST N_("the list of modules ends after {at} of them")

/* Kinds of streams. */
enum { MODULES = 4, EXCEPTION = 6, SYSTEM = 7, UNLOADED = 14, KINDS };

/* Where files keep their version: the mark of VS_FIXEDFILEINFO. */
#define FIXED_INFO 0xFEEF04BDu

struct user {
	struct dump *d;
	struct ww_slice streams[KINDS]; /* the first of each kind */
	struct dump_modules modules;
};

static void
read_directory(struct user *u)
{
	struct dump *d = u->d;
	uint64_t n = dump_32(d->bytes, 8), at = dump_32(d->bytes, 12);
	struct ww_slice list;

	if (!dump_part(d, at, n * DIRECTORY_LEN, &list)) {
		dump_lose(d, DIRECTORY_LOST, at);
		return;
	}
	for (size_t i = 0; i < list.len; i += DIRECTORY_LEN) {
		uint32_t kind = dump_32(list, i), len = dump_32(list, i + 4);
		uint32_t rva = dump_32(list, i + 8);

		if (kind >= KINDS || len == 0 || u->streams[kind].len > 0)
			continue;
		if (!dump_part(d, rva, len, &u->streams[kind]) &&
		    (kind == MODULES || kind == EXCEPTION || kind == SYSTEM))
			dump_lose(d, STREAM_LOST, rva);
	}
}

static void
read_module(struct user *u, struct ww_slice entry)
{
	size_t n = u->modules.n;

	dump_modules_add(u->d, &u->modules,
			 dump_string(u->d, dump_32(entry, 20), 1),
			 dump_64(entry, 0), dump_32(entry, 8), false);
	if (u->modules.n == n || dump_32(entry, 24) != FIXED_INFO)
		return;
	u->modules.p[n].version[0] = dump_32(entry, 32);
	u->modules.p[n].version[1] = dump_32(entry, 36);
}

static void
read_modules(struct user *u)
{
	struct ww_slice stream = u->streams[MODULES], entry;
	uint64_t n = dump_32(stream, 0);

	for (uint64_t i = 0; i < n; i++) {
		if (!ww_slice_sub(stream, 4 + (size_t)i * MODULE_LEN,
				  MODULE_LEN, &entry)) {
			dump_lose(u->d, MODULES_LOST, i);
			return;
		}
		read_module(u, entry);
	}
}

/* Length of the head, length and number of entries, then the entries. */
static void
read_unloaded(struct user *u)
{
	struct ww_slice stream = u->streams[UNLOADED], entry;
	uint32_t head = dump_32(stream, 0), len = dump_32(stream, 4);
	uint32_t n = dump_32(stream, 8);

	if (len < 24)
		return;
	for (uint64_t i = 0; i < n && i < DUMP_MODULES_MAX; i++) {
		if (!ww_slice_sub(stream, (size_t)(head + i * len), len,
				  &entry))
			return;
		dump_modules_add(u->d, &u->modules,
				 dump_string(u->d, dump_32(entry, 20), 1),
				 dump_64(entry, 0), dump_32(entry, 8), true);
	}
}

/* "ntdll.dll 10.0.19041.1288" */
static void
tell_module(struct user *u, const struct dump_module *m)
{
	struct ww_buf *told = &u->d->told;

	ww_buf_add(told, m->name);
	if ((m->version[0] | m->version[1]) != 0)
		ww_buf_printf(told, " %u.%u.%u.%u",
			      (unsigned)(m->version[0] >> 16),
			      (unsigned)(m->version[0] & 0xffff),
			      (unsigned)(m->version[1] >> 16),
			      (unsigned)(m->version[1] & 0xffff));
}

static const char *
machine_of(uint16_t architecture)
{
	switch (architecture) {
	case 0:
		return dump_machine(0x014C);
	case 5:
		return dump_machine(0x01C4);
	case 9:
		return dump_machine(0x8664);
	case 12:
		return dump_machine(0xAA64);
	default:
		return "unknown machine";
	}
}

/* The program itself is the first module. */
static void
tell_head(struct user *u)
{
	struct ww_buf *told = &u->d->told;
	struct ww_slice system = u->streams[SYSTEM];

	ww_buf_add(told, u->streams[EXCEPTION].len > 0
			     ? WW_LIT("Crash dump of a program: ")
			     : WW_LIT("Dump of a program that ran: "));
	if (u->modules.n > 0 && !u->modules.p[0].nameless)
		tell_module(u, &u->modules.p[0]);
	else
		ww_buf_add(told, WW_LIT("unnamed"));
	if (system.len >= SYSTEM_LEN)
		ww_buf_printf(told, "; %s; build %u",
			      machine_of(dump_16(system, 0)),
			      (unsigned)dump_32(system, 16));
	ww_buf_printf(told, "\nModules: %u loaded, %u unloaded before\n",
		      (unsigned)u->modules.loaded,
		      (unsigned)u->modules.unloaded);
}

static void
tell_exception(struct user *u)
{
	struct ww_buf *told = &u->d->told;
	struct ww_slice stream = u->streams[EXCEPTION];
	uint32_t code = dump_32(stream, 8);
	uint64_t address = dump_64(stream, 24);
	const struct dump_module *m = dump_module_of(&u->modules, address);

	if (code == 0)
		return;
	if (m != NULL && !m->unloaded && !m->nameless) {
		ww_buf_add(told, WW_LIT("Module of the exception: "));
		tell_module(u, m);
		ww_buf_char(told, '\n');
	}
	ww_buf_add(told, WW_LIT("Exception 0x"));
	ww_buf_hex(told, code, 8);
	if (m != NULL) {
		ww_buf_add(told, m->unloaded
				     ? WW_LIT(" in an unloaded module: ")
				     : WW_LIT(" in a module: "));
		dump_tell_offset(u->d, m, address);
	} else {
		ww_buf_add(told, WW_LIT(" in no module: "));
		ww_buf_hex(told, address, 16);
	}
	dump_tell_access(u->d, code, dump_64(stream, 40), dump_64(stream, 48));
	ww_buf_char(told, '\n');
}

void
dump_tell_user(struct dump *d)
{
	struct user u = { .d = d, .modules = dump_modules_in(d->arena) };

	if (d->bytes.len < HEADER_LEN) {
		dump_lose(d, HEADER_LOST, d->bytes.len);
		return;
	}
	/* Seconds since 1970. */
	if (dump_32(d->bytes, 20) != 0)
		d->time = (ww_time)dump_32(d->bytes, 20) * WW_SECOND;
	read_directory(&u);
	/* One that is cut short is none. */
	if (u.streams[EXCEPTION].len < EXCEPTION_LEN)
		u.streams[EXCEPTION].len = 0;
	read_modules(&u);
	read_unloaded(&u);
	tell_head(&u);
	tell_exception(&u);
}
