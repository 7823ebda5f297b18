/*
 * Dumps of Windows itself: the header, which all have, and what a small dump
 * (triage) holds besides: drivers, the stack, the registers at the fault.
 *
 * Offsets were checked on real small dumps of Windows 10 (x64) and 11 (ARM64);
 * of 32 bits none was seen.  The header's own exception record is that of the
 * breakpoint with which the dump was begun, and tells nothing.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "code/stop.h"
#include "input/dump/modules.h"

#include "base/banned.h"

/* What of it may lie outside of the file. */
#define HEADER_LOST \
	N_("the file ends at byte {at}, within the header of the dump")
#define HEADER_WRONG                                                          \
	N_("the header of the dump is damaged, so nothing is concluded from " \
	   "it")
#define TABLE_LOST                                                           \
	N_("the table of the small dump, at byte {at}, lies outside of the " \
	   "file")
#define END_LOST N_("the file ends at byte {at}, before the end of the dump")
#define DRIVERS_LOST \
	N_("the list of drivers, at byte {at}, lies outside of the file")
#define UNLOADED_LOST                                                         \
	N_("the list of unloaded drivers, at byte {at}, lies outside of the " \
	   "file")
#define STACK_LOST N_("the stack, at byte {at}, lies outside of the file")
#define MEMORY_UNREAD                                                        \
	N_("what follows the header, from byte {at}, is not read of such a " \
	   "dump: small dumps, of C:\\Windows\\Minidump, tell the driver")

/* DumpType */
enum { FULL = 1, KERNEL = 2, TRIAGE = 4, BITMAP_FULL = 5, BITMAP_KERNEL = 6 };

#define MACHINE_X64   0x8664u
#define MACHINE_ARM64 0xAA64u

/* What of the stack is looked at; real ones have some 8 KiB. */
#define STACK_MAX ((size_t)64 * 1024)

/* Windows takes no more. */
#define PROCESSORS_MAX 2048

/* Drivers of the stack that are named. */
#define ON_STACK_MAX 8

/* TRIAGE_DUMP64 stands behind the header, and is 32-bit numbers mostly. */
#define TRIAGE_AT	0x2000u
#define TRIAGE_LEN	0x80u
#define AT_SIZE		0x04u
#define AT_UNLOADED	0x18u
#define AT_STACK	0x28u
#define AT_STACK_SIZE	0x2Cu
#define AT_DRIVERS	0x30u
#define AT_DRIVER_COUNT 0x34u
#define AT_STACK_TOP	0x48u
#define AT_BLOCKS	0x78u
#define AT_BLOCK_COUNT	0x7Cu

#define DRIVER_LEN	144u
#define UNLOADED_LEN	56u
#define BLOCK_LEN	16u
#define RECORD_LEN	48u /* EXCEPTION_RECORD64 with two parameters */
#define CONTEXT_LEN	0x110u

/* Where the header has what, for 64 and 32 bits. */
struct layout {
	const char *bits;
	size_t header;
	size_t machine, processors, code, parameters, parameter_size;
	size_t type, time, uptime;
};

static const struct layout layout64 = {
	"64 bits", 0x2000, 0x30, 0x34, 0x38, 0x40, 8, 0xF98, 0xFA8, 0x1030,
};
static const struct layout layout32 = {
	"32 bits", 0x1000, 0x20, 0x24, 0x28, 0x2C, 4, 0xF88, 0xFC0, 0xFB8,
};

/* A piece of the machine's memory that the dump holds. */
struct memory {
	uint64_t address;
	struct ww_slice bytes;
};

struct kernel {
	struct dump *d;
	const struct layout *layout;
	struct ww_slice triage; /* its table; empty where it has none */
	uint32_t machine, code;
	uint64_t parameters[WW_STOP_PARAMETERS_MAX];
	struct memory stack;
	uint64_t stack_pointer; /* where the fault was; 0: not known */
	struct dump_modules drivers;
};

/* The header */

static const char *
kind_of(uint32_t type)
{
	switch (type) {
	case FULL:
		return "complete memory dump";
	case KERNEL:
		return "kernel memory dump";
	case TRIAGE:
		return "small memory dump";
	case BITMAP_FULL:
		return "complete memory dump (bitmap)";
	case BITMAP_KERNEL:
		return "kernel memory dump (bitmap)";
	default:
		return "dump of an unknown kind";
	}
}

static void
tell_header(struct kernel *k, uint32_t type)
{
	struct ww_slice bytes = k->d->bytes;

	ww_buf_printf(&k->d->told, "Crash dump of Windows: %s, %s; %s; ",
		      kind_of(type), k->layout->bits, dump_machine(k->machine));
	ww_buf_printf(&k->d->told, "build %u; %u processors\n",
		      (unsigned)dump_32(bytes, 0x0C),
		      (unsigned)dump_32(bytes, k->layout->processors));
}

/* 3.7 s, 13 min 17 s, 2 h 5 min, 9 d 3 h */
static void
tell_uptime(struct kernel *k)
{
	struct ww_buf *told = &k->d->told;
	uint64_t tenths = dump_64(k->d->bytes, k->layout->uptime) / 1000000;
	uint64_t seconds = tenths / 10, minutes = seconds / 60,
		 hours = minutes / 60;

	/* What is not written is filled with "PAGE". */
	if (tenths == 0 || hours / 24 > 36500)
		return;
	if (seconds < 60)
		ww_buf_printf(told, "Uptime: %u.%u s\n", (unsigned)seconds,
			      (unsigned)(tenths % 10));
	else if (hours == 0)
		ww_buf_printf(told, "Uptime: %u min %u s\n", (unsigned)minutes,
			      (unsigned)(seconds % 60));
	else if (hours < 24)
		ww_buf_printf(told, "Uptime: %u h %u min\n", (unsigned)hours,
			      (unsigned)(minutes % 60));
	else
		ww_buf_printf(told, "Uptime: %u d %u h\n",
			      (unsigned)(hours / 24), (unsigned)(hours % 24));
}

static void
tell_stop(struct kernel *k)
{
	struct ww_buf *told = &k->d->told;

	ww_buf_add(told, WW_LIT("Stop code 0x"));
	ww_buf_hex(told, k->code, 8);
	for (unsigned i = 0; i < WW_STOP_PARAMETERS_MAX; i++) {
		ww_buf_add(told, i == 0 ? WW_LIT(" (0x") : WW_LIT(", 0x"));
		ww_buf_hex(told, k->parameters[i],
			   (unsigned)k->layout->parameter_size * 2);
	}
	ww_buf_add(told, WW_LIT(")\n"));
}

static void
read_header(struct kernel *k)
{
	const struct layout *l = k->layout;
	struct ww_slice bytes = k->d->bytes;

	k->machine = dump_32(bytes, l->machine);
	k->code = dump_32(bytes, l->code);
	for (unsigned i = 0; i < WW_STOP_PARAMETERS_MAX; i++) {
		size_t at = l->parameters + i * l->parameter_size;

		k->parameters[i] = l->parameter_size == 8 ? dump_64(bytes, at)
							  : dump_32(bytes, at);
	}
	k->d->time = dump_filetime(dump_64(bytes, l->time));
}

/* What a damaged header would not have by accident. */
static bool
is_header(const struct kernel *k)
{
	uint32_t processors = dump_32(k->d->bytes, k->layout->processors);

	return dump_machine(k->machine) != NULL && processors > 0 &&
	       processors <= PROCESSORS_MAX;
}

/* Drivers */

static uint32_t
triage(const struct kernel *k, size_t at)
{
	return dump_32(k->triage, at);
}

/* A list of the table: its place, and that it is there. */
static bool
find_list(struct kernel *k, const char *what, uint64_t at, uint64_t n,
	  struct ww_slice *ret)
{
	if (n == 0)
		return false;
	if (dump_part(k->d, at, n, ret))
		return true;
	dump_lose(k->d, what, at);
	return false;
}

static void
read_drivers(struct kernel *k)
{
	uint64_t count = triage(k, AT_DRIVER_COUNT);
	struct ww_slice list;

	if (!find_list(k, DRIVERS_LOST, triage(k, AT_DRIVERS),
		       count * DRIVER_LEN, &list))
		return;
	for (size_t at = 0; at < list.len; at += DRIVER_LEN)
		dump_modules_add(k->d, &k->drivers,
				 dump_string(k->d, dump_32(list, at), 2),
				 dump_64(list, at + 0x38),
				 dump_32(list, at + 0x48), false);
}

/* A counted string of which the first 12 characters stand in the entry. */
static void
read_unloaded(struct kernel *k)
{
	uint64_t at = triage(k, AT_UNLOADED);
	struct ww_slice count, list;
	uint64_t n;

	if (at == 0 || !dump_part(k->d, at, 8, &count))
		return;
	n = dump_64(count, 0);
	if (n > DUMP_MODULES_MAX) {
		dump_lose(k->d, UNLOADED_LOST, at);
		return;
	}
	if (!find_list(k, UNLOADED_LOST, at + 8, n * UNLOADED_LEN, &list))
		return;
	for (size_t i = 0; i < list.len; i += UNLOADED_LEN) {
		uint64_t start = dump_64(list, i + 40);

		dump_modules_add(k->d, &k->drivers,
				 ww_slice_part(list, i + 16, 24), start,
				 dump_64(list, i + 48) - start, true);
	}
}

static void
tell_drivers(struct kernel *k)
{
	if (k->drivers.loaded == 0)
		return;
	ww_buf_printf(&k->d->told, "Drivers: %u loaded, %u unloaded before\n",
		      (unsigned)k->drivers.loaded,
		      (unsigned)k->drivers.unloaded);
}

/* Memory */

static void
read_stack(struct kernel *k)
{
	uint32_t n = triage(k, AT_STACK_SIZE);

	if (!find_list(k, STACK_LOST, triage(k, AT_STACK), n, &k->stack.bytes))
		return;
	k->stack.address = dump_64(k->triage, AT_STACK_TOP);
	k->stack_pointer = k->stack.address;
}

static bool
in_memory(struct memory m, uint64_t address, size_t n, struct ww_slice *ret)
{
	return address >= m.address && address - m.address <= m.bytes.len &&
	       ww_slice_sub(m.bytes, (size_t)(address - m.address), n, ret);
}

/* On the stack, or in one of the blocks that were saved besides. */
static bool
find_memory(struct kernel *k, uint64_t address, size_t n, struct ww_slice *ret)
{
	uint64_t count = triage(k, AT_BLOCK_COUNT);
	struct ww_slice list;

	if (in_memory(k->stack, address, n, ret))
		return true;
	if (!dump_part(k->d, triage(k, AT_BLOCKS), count * BLOCK_LEN, &list))
		return false;
	for (size_t at = 0; at < list.len; at += BLOCK_LEN) {
		struct memory m = { .address = dump_64(list, at) };

		if (dump_part(k->d, dump_32(list, at + 8),
			      dump_32(list, at + 12), &m.bytes) &&
		    in_memory(m, address, n, ret))
			return true;
	}
	return false;
}

/* Places */

/* "Parameter 2 of 0x7E, the instruction, in a driver: amdppm.sys+0x334C" */
static void
tell_instruction(struct kernel *k, unsigned number)
{
	struct ww_buf *told = &k->d->told;
	size_t before = told->len;

	ww_buf_printf(told, "Parameter %u of 0x%X, the instruction, ", number,
		      (unsigned)ww_stop_plain(k->code));
	if (!dump_tell_place(k->d, &k->drivers, k->parameters[number - 1]))
		told->len = before;
	else
		ww_buf_char(told, '\n');
}

/* Where a driver has other data than code, or none knows what it is. */
static void
tell_others(struct kernel *k, const struct ww_stop_shape *shape)
{
	struct ww_buf *told = &k->d->told;

	for (unsigned i = 1; i <= WW_STOP_PARAMETERS_MAX; i++) {
		size_t before = told->len;

		if (shape != NULL && shape->instruction == i)
			continue;
		ww_buf_printf(told, "Parameter %u lies ", i);
		if (!dump_tell_place(k->d, &k->drivers, k->parameters[i - 1]))
			told->len = before;
		else
			ww_buf_char(told, '\n');
	}
}

/* "Exception 0xC0000005 in a driver: amdppm.sys+0x334C, writing …" */
static void
tell_record(struct kernel *k, unsigned number)
{
	struct ww_buf *told = &k->d->told;
	struct ww_slice record;
	uint32_t code;

	if (!find_memory(k, k->parameters[number - 1], RECORD_LEN, &record))
		return;
	code = dump_32(record, 0);
	ww_buf_add(told, WW_LIT("Exception 0x"));
	ww_buf_hex(told, code, 8);
	ww_buf_char(told, ' ');
	if (!dump_tell_place(k->d, &k->drivers, dump_64(record, 16))) {
		ww_buf_add(told, WW_LIT("in no driver: "));
		ww_buf_hex(told, dump_64(record, 16), 16);
	}
	dump_tell_access(k->d, code, dump_64(record, 32), dump_64(record, 40));
	ww_buf_printf(told, " (record of parameter %u)\n", number);
}

/* Where the processor was; the stack from there on matters. */
static void
tell_context(struct kernel *k, unsigned number)
{
	bool arm = k->machine == MACHINE_ARM64;
	struct ww_buf *told = &k->d->told;
	size_t before = told->len;
	struct ww_slice context;

	if ((!arm && k->machine != MACHINE_X64) ||
	    !find_memory(k, k->parameters[number - 1], CONTEXT_LEN, &context))
		return;
	k->stack_pointer = dump_64(context, arm ? 0x100 : 0x98);
	ww_buf_printf(told, "Context of parameter %u, ", number);
	if (!dump_tell_place(k->d, &k->drivers,
			     dump_64(context, arm ? 0x108 : 0xF8)))
		told->len = before;
	else
		ww_buf_char(told, '\n');
}

/* Whoever asked for a dump did so whatever ran then. */
static void
tell_first(struct kernel *k, struct dump_module *const *order, size_t n)
{
	const struct ww_stop_shape *shape = ww_stop_shape(k->code);

	if (shape != NULL && shape->by_request)
		return;
	for (size_t i = 0; i < n; i++) {
		if (dump_is_kernel(order[i]) || dump_is_carrier(order[i]))
			continue;
		ww_buf_add(&k->d->told, WW_LIT("First driver on the stack: "));
		ww_buf_add(&k->d->told, order[i]->name);
		ww_buf_char(&k->d->told, '\n');
		return;
	}
}

/* Which drivers have code on the stack, in the order of their first. */
static void
tell_stack(struct kernel *k)
{
	struct dump_module *order[ON_STACK_MAX];
	struct ww_slice stack = k->stack.bytes;
	size_t n = 0;
	uint64_t skip = k->stack_pointer - k->stack.address;

	if (skip < stack.len)
		stack = ww_slice_from(stack, (size_t)skip & ~(size_t)7);
	if (stack.len > STACK_MAX)
		stack.len = STACK_MAX;
	for (size_t at = 0; at + 8 <= stack.len; at += 8) {
		struct dump_module *m =
		    dump_module_of(&k->drivers, dump_64(stack, at));

		if (m != NULL && !m->unloaded && m->hits++ == 0 &&
		    n < ON_STACK_MAX)
			order[n++] = m;
	}
	for (size_t i = 0; i < n; i++)
		ww_buf_printf(&k->d->told, "%s%.*s (%u)",
			      i == 0 ? "On the stack: " : ", ",
			      (int)order[i]->name.len, order[i]->name.p,
			      (unsigned)order[i]->hits);
	if (n > 0)
		ww_buf_char(&k->d->told, '\n');
	tell_first(k, order, n);
}

static void
tell_places(struct kernel *k)
{
	const struct ww_stop_shape *shape = ww_stop_shape(k->code);

	if (shape != NULL && shape->instruction != 0)
		tell_instruction(k, shape->instruction);
	if (shape != NULL && shape->record != 0)
		tell_record(k, shape->record);
	if (shape != NULL && shape->context != 0)
		tell_context(k, shape->context);
	tell_others(k, shape);
	tell_stack(k);
}

static void
read_triage(struct kernel *k)
{
	uint32_t size;

	if (!find_list(k, TABLE_LOST, TRIAGE_AT, TRIAGE_LEN, &k->triage))
		return;
	size = triage(k, AT_SIZE);
	if (size > k->d->bytes.len && !k->d->more)
		dump_lose(k->d, END_LOST, k->d->bytes.len);
	read_drivers(k);
	read_unloaded(k);
	tell_drivers(k);
	read_stack(k);
	tell_places(k);
}

void
dump_tell_kernel(struct dump *d)
{
	bool wide = ww_slice_starts(d->bytes, WW_LIT("PAGEDU64"));
	struct kernel k = {
		.d = d,
		.layout = wide ? &layout64 : &layout32,
		.drivers = dump_modules_in(d->arena),
	};
	uint32_t type = dump_32(d->bytes, k.layout->type);

	if (d->bytes.len < k.layout->header) {
		dump_lose(d, HEADER_LOST, d->bytes.len);
		return;
	}
	read_header(&k);
	if (!is_header(&k)) {
		dump_lose(d, HEADER_WRONG, 0);
		d->time = WW_NO_TIME;
		return;
	}
	tell_header(&k, type);
	tell_uptime(&k);
	if (wide && type == TRIAGE)
		read_triage(&k);
	else
		dump_lose(d, MEMORY_UNREAD, k.layout->header);
	tell_stop(&k);
}
