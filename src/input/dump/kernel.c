/*
 * Dumps of Windows itself: the header, which all have.
 *
 * Offsets of 64 bits were checked on real small dumps of Windows 10 (x64) and
 * 11 (ARM64).  Those of 32 bits are those of public headers and of two public
 * readers of small dumps of Windows XP; no real file was at hand.  The
 * header's own exception record is that of the breakpoint with which the dump
 * was begun, and tells nothing.
 */
#include "input/dump/kernel.h"

#include "base/message.h"

#include "base/banned.h"

/* What of it may lie outside of the file. */
#define HEADER_LOST \
	N_("the file ends at byte {at}, within the header of the dump")
#define HEADER_WRONG                                                          \
	N_("the header of the dump is damaged, so nothing is concluded from " \
	   "it")
#define MEMORY_UNREAD                                                        \
	N_("what follows the header, from byte {at}, is not read of such a " \
	   "dump: small dumps, of C:\\Windows\\Minidump, tell the driver")

/* DumpType */
enum { FULL = 1, KERNEL = 2, TRIAGE = 4, BITMAP_FULL = 5, BITMAP_KERNEL = 6 };

/* Windows takes no more. */
#define PROCESSORS_MAX 2048

static const struct dump_layout layout64 = {
	.bits = "64 bits",
	.pointer = 8,

	.header = 0x2000,
	.machine = 0x30,
	.processors = 0x34,
	.code = 0x38,
	.parameters = 0x40,
	.type = 0xF98,
	.time = 0xFA8,
	.uptime = 0x1030,

	.table = 0x80,
	.stack_top = 0x48,
	.blocks = 0x78,
	.block_count = 0x7C,

	.driver = 144,
	.base = 0x38,
	.size = 0x48,

	.unloaded = 56,
	.name = 16,
	.start = 40,
	.end = 48,

	.record = 48,
	.address = 16,
	.information = 32,
};

static const struct dump_layout layout32 = {
	.bits = "32 bits",
	.pointer = 4,

	.header = 0x1000,
	.machine = 0x20,
	.processors = 0x24,
	.code = 0x28,
	.parameters = 0x2C,
	.type = 0xF88,
	.time = 0xFC0,
	.uptime = 0xFB8,

	.table = 0x68,
	.stack_top = 0x48,
	.blocks = 0x60,
	.block_count = 0x64,

	.driver = 0x4C,
	.base = 0x1C,
	.size = 0x24,

	.unloaded = 40,
	.name = 8,
	.start = 32,
	.end = 36,

	.record = 28,
	.address = 12,
	.information = 20,
};

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
tell_header(struct dump_kernel *k, uint32_t type)
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
tell_uptime(struct dump_kernel *k)
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
tell_stop(struct dump_kernel *k)
{
	struct ww_buf *told = &k->d->told;

	ww_buf_add(told, WW_LIT("Stop code 0x"));
	ww_buf_hex(told, k->code, 8);
	for (unsigned i = 0; i < WW_STOP_PARAMETERS_MAX; i++) {
		ww_buf_add(told, i == 0 ? WW_LIT(" (0x") : WW_LIT(", 0x"));
		ww_buf_hex(told, k->parameters[i],
			   (unsigned)k->layout->pointer * 2);
	}
	ww_buf_add(told, WW_LIT(")\n"));
}

static void
read_header(struct dump_kernel *k)
{
	const struct dump_layout *l = k->layout;
	struct ww_slice bytes = k->d->bytes;

	k->machine = dump_32(bytes, l->machine);
	k->code = dump_32(bytes, l->code);
	for (unsigned i = 0; i < WW_STOP_PARAMETERS_MAX; i++)
		k->parameters[i] =
		    dump_pointer(k, bytes, l->parameters + i * l->pointer);
	k->d->time = dump_filetime(dump_64(bytes, l->time));
}

/* What a damaged header would not have by accident. */
static bool
is_header(const struct dump_kernel *k)
{
	uint32_t processors = dump_32(k->d->bytes, k->layout->processors);

	return dump_machine(k->machine) != NULL && processors > 0 &&
	       processors <= PROCESSORS_MAX;
}

void
dump_tell_kernel(struct dump *d)
{
	bool wide = ww_slice_starts(d->bytes, WW_LIT("PAGEDU64"));
	struct dump_kernel k = {
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
	if (type != TRIAGE) {
		dump_lose(d, MEMORY_UNREAD, k.layout->header);
	} else {
		dump_read_triage(&k);
		dump_tell_objects(&k);
		dump_tell_hardware(&k);
		dump_tell_places(&k);
	}
	tell_stop(&k);
}
