/*
 * Crash dumps, written by a writer of the tests: what the reader tells of
 * them, what the tracker makes of that, and dumps that lie.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../writers/dump_writer.h"
#include "base/bytes.h"
#include "base/compiler.h"

#include "tell.h"

#include "arena.h"

#define NT    UINT64_C(0xFFFFF80410000000)
#define WDF   UINT64_C(0xFFFFF80420000000)
#define DRV   UINT64_C(0xFFFFF80430000000)
#define GONE  UINT64_C(0xFFFFF80440000000)
#define STACK UINT64_C(0xFFFF8A0400001000)

static const struct kernel_dump base = {
	.machine = X64,
	.build = 19045,
	.type = TRIAGE_DUMP,
	.time = DUMP_TIME,
	.uptime = 797 * DUMP_SECOND,
	.drivers = {
		{ "\\SystemRoot\\system32\\ntoskrnl.exe", NT, 0x1000000 },
		{ "\\SystemRoot\\system32\\drivers\\Wdf01000.sys", WDF,
		  0x90000 },
		{ "\\SystemRoot\\System32\\drivers\\contoso.sys", DRV, 0x1000 },
	},
	.unloaded = { { "contosovpn.sys", GONE, 0x1000 } },
	.stack_at = STACK,
};

static struct dump_bytes bytes;

static struct ww_slice
written(void)
{
	return ww_slice_of((const char *)bytes.p, bytes.len);
}

static const char *
lines_of(struct ww_slice dump)
{
	struct ww_input input = { .read = ww_read_slice, .ctx = &dump };
	struct ww_records records = { .lines = 0 };
	struct ww_buf out = ww_buf_in(&arena);

	ww_records_open(&records, &arena, ww_kernels_choose(), &input);
	while (ww_records_next(&records)) {
		ww_buf_add(&out, records.record->text);
		ww_buf_char(&out, '\n');
	}
	ww_buf_char(&out, '\0');
	return out.p;
}

static void
check_kernel(const struct kernel_dump *k, const char *lines,
	     const char *episode)
{
	write_kernel_dump(&bytes, k);
	assert_string_equal(lines_of(written()), lines);
	assert_string_equal(tell_words(&arena, WW_DIALECT_DUMP, written()),
			    episode);
}

static void
test_exception(void **state)
{
	struct kernel_dump k = base;

	(void)state;
	k.code = 0x1000007E;
	k.parameters[0] = UINT64_C(0xFFFFFFFFC0000005);
	k.parameters[1] = DRV + 0x34;
	k.parameters[2] = STACK + 8 * 10;
	k.parameters[3] = STACK + 8 * 20;
	put_record(&k, 10, 0xC0000005, DRV + 0x34, 1, UINT64_MAX);
	put_context(&k, 20, STACK + 8 * 60, DRV + 0x34);
	k.stack[1] = GONE; /* below the stack pointer */
	k.stack[61] = WDF + 8;
	k.stack[62] = DRV + 8;
	k.stack[63] = DRV + 0x10;
	check_kernel(
	    &k,
	    "Crash dump of Windows: small memory dump, 64 bits; x64; "
	    "build 19045; 4 processors\n"
	    "Uptime: 13 min 17 s\n"
	    "Drivers: 3 loaded, 1 unloaded before\n"
	    "Parameter 2 of 0x7E, the instruction, in a driver: "
	    "contoso.sys+0x34\n"
	    "Exception 0xC0000005 in a driver: contoso.sys+0x34, writing an "
	    "impossible address (record of parameter 3)\n"
	    "Context of parameter 4, in a driver: contoso.sys+0x34\n"
	    "On the stack: Wdf01000.sys (1), contoso.sys (2)\n"
	    "First driver on the stack: contoso.sys\n"
	    "Stop code 0x1000007E (0xFFFFFFFFC0000005, 0xFFFFF80430000034, "
	    "0xFFFF8A0400001050, 0xFFFF8A04000010A0)\n",
	    "failed [0x1000007E contoso.sys] build=19045 uptime=13 min 17 s "
	    "drivers=3 unloaded=1 suspect=contoso.sys+0x34 "
	    "driver-file=contoso.sys exception=0xC0000005 "
	    "stack=Wdf01000.sys (1), contoso.sys (2) stop-code=0x1000007E\n");
}

static void
test_by_request(void **state)
{
	struct kernel_dump k = base;

	(void)state;
	k.machine = ARM64;
	k.code = 0xE2;
	k.uptime = 3 * DUMP_HOUR;
	k.stack[0] = DRV + 8;
	k.unloaded[0].name = NULL;
	check_kernel(
	    &k,
	    "Crash dump of Windows: small memory dump, 64 bits; ARM64; "
	    "build 19045; 4 processors\n"
	    "Uptime: 3 h 0 min\n"
	    "Drivers: 3 loaded, 0 unloaded before\n"
	    "On the stack: contoso.sys (1)\n"
	    "Stop code 0x000000E2 (0x0000000000000000, 0x0000000000000000, "
	    "0x0000000000000000, 0x0000000000000000)\n",
	    "failed [0x000000E2] build=19045 uptime=3 h 0 min drivers=3 "
	    "unloaded=0 stack=contoso.sys (1) stop-code=0x000000E2\n");
}

#define NT32	UINT32_C(0x804D7000)
#define DRV32	UINT32_C(0xF7A10000)
#define STACK32 UINT32_C(0xF78DAC00)

static const struct kernel_dump base32 = {
	.machine = X86,
	.build = 7601,
	.type = TRIAGE_DUMP,
	.time = DUMP_TIME,
	.uptime = 797 * DUMP_SECOND,
	.drivers = {
		{ "\\SystemRoot\\system32\\ntkrnlpa.exe", NT32, 0x400000 },
		{ "\\SystemRoot\\System32\\drivers\\contoso.sys", DRV32,
		  0x1000 },
	},
	.unloaded = { { "contosovpn.sys", DRV32 + 0x1000, 0x1000 } },
	.stack_at = STACK32,
};

/* Windows of 32 bits has the same, in half as much room. */
static void
test_32_bits(void **state)
{
	struct kernel_dump k = base32;

	(void)state;
	k.code = 0x1000007E;
	k.parameters[0] = 0xC0000005;
	k.parameters[1] = DRV32 + 0x34;
	k.parameters[2] = STACK32 + 4 * 10;
	k.parameters[3] = STACK32 + 4 * 20;
	put_record32(&k, 10, 0xC0000005, DRV32 + 0x34, 0, 0x18);
	put_context32(&k, 20, STACK32 + 4 * 80, DRV32 + 0x34);
	k.stack[1] = DRV32 + 0x1000; /* below the stack pointer */
	k.stack[81] = NT32 + 8;
	k.stack[82] = DRV32 + 8;
	write_kernel_dump32(&bytes, &k);
	assert_string_equal(
	    lines_of(written()),
	    "Crash dump of Windows: small memory dump, 32 bits; x86; "
	    "build 7601; 2 processors\n"
	    "Uptime: 13 min 17 s\n"
	    "Drivers: 2 loaded, 1 unloaded before\n"
	    "Parameter 2 of 0x7E, the instruction, in a driver: "
	    "contoso.sys+0x34\n"
	    "Exception 0xC0000005 in a driver: contoso.sys+0x34, reading "
	    "0000000000000018 (record of parameter 3)\n"
	    "Context of parameter 4, in a driver: contoso.sys+0x34\n"
	    "On the stack: ntkrnlpa.exe (1), contoso.sys (1)\n"
	    "First driver on the stack: contoso.sys\n"
	    "Stop code 0x1000007E (0xC0000005, 0xF7A10034, 0xF78DAC28, "
	    "0xF78DAC50)\n");
	assert_string_equal(
	    tell_words(&arena, WW_DIALECT_DUMP, written()),
	    "failed [0x1000007E contoso.sys] build=7601 uptime=13 min 17 s "
	    "drivers=2 unloaded=1 suspect=contoso.sys+0x34 "
	    "driver-file=contoso.sys exception=0xC0000005 "
	    "stack=ntkrnlpa.exe (1), contoso.sys (1) stop-code=0x1000007E\n");
}

/* What was saved besides the stack; its address is written with its sign. */
static void
test_32_bit_block(void **state)
{
	struct kernel_dump k = base32;

	(void)state;
	k.code = 0x139;
	k.parameters[2] = 0x8A000004;
	k.blocks[0] = (struct dump_block){ .at = 0x8A000000, .words = 4 };
	k.blocks[0].word[0] = UINT64_C(0xC0000409) << 32;
	k.blocks[0].word[2] = DRV32 + 0x1034;
	write_kernel_dump32(&bytes, &k);
	assert_non_null(strstr(
	    lines_of(written()),
	    "Exception 0xC0000409 in an unloaded driver: contosovpn.s+0x34"));
}

/* What an exception saved of the registers, on x64 and x86. */
static void
test_trap_frame(void **state)
{
	struct kernel_dump k = base, k32 = base32;

	(void)state;
	k.code = 0x139;
	k.parameters[1] = STACK + 8 * 10;
	put_trap_frame(&k, 10, STACK + 8 * 70, DRV + 0x34);
	k.stack[65] = GONE; /* below the stack pointer */
	k.stack[71] = WDF + 8;
	write_kernel_dump(&bytes, &k);
	assert_non_null(
	    strstr(lines_of(written()),
		   "Trap frame of parameter 2, in a driver: contoso.sys+0x34\n"
		   "On the stack: Wdf01000.sys (1)\n"));
	k32.code = 0x8E;
	k32.parameters[2] = STACK32 + 4 * 10;
	k32.stack[9] = NT32 + 8; /* below the frame */
	k32.stack[10 + 0x68 / 4] = DRV32 + 0x34;
	k32.stack[10 + 0x74 / 4] = DRV32 + 8;
	write_kernel_dump32(&bytes, &k32);
	assert_non_null(
	    strstr(lines_of(written()),
		   "Trap frame of parameter 3, in a driver: contoso.sys+0x34\n"
		   "On the stack: contoso.sys (1)\n"));
}

/* Objects */

#define POOL UINT64_C(0xFFFFA20000010000)

/* A power request that waits in contoso.sys, above Wdf01000.sys. */
static struct kernel_dump
power_failure(void)
{
	struct kernel_dump k = base;

	k.code = 0x9F;
	k.parameters[0] = 3;
	k.parameters[1] = POOL;
	k.parameters[3] = POOL + 0x4000;
	put_device_object(&k, POOL, POOL + 0x2000, POOL + 0x1000);
	put_device_object(&k, POOL + 0x1000, POOL + 0x3000, 0);
	put_driver_object(&k, POOL + 0x2000, WDF);
	put_driver_object(&k, POOL + 0x3000, DRV);
	put_request(&k, POOL + 0x4000, POOL + 0x1000);
	return k;
}

static void
test_power_request(void **state)
{
	struct kernel_dump k = power_failure();
	const struct ww_episode *e;

	(void)state;
	write_kernel_dump(&bytes, &k);
	assert_non_null(
	    strstr(lines_of(written()),
		   "\nDevices of parameter 2, the lowest first: "
		   "Wdf01000.sys, contoso.sys\n"
		   "Request of parameter 4 of 0x9F, waits in a driver: "
		   "contoso.sys\n"));
	e = tell_bytes(&arena, WW_DIALECT_DUMP, written())->failed->latest;
	assert_int_equal(e->suspicion, WW_SUSPECT_DRIVER);
	assert_true(ww_slice_eq(ww_episode_note(e, "driver-file"),
				WW_LIT("contoso.sys")));
}

/* A word of a block that is not what it should be, and what is still told. */
static const struct {
	const char *what;
	size_t block, word;
	uint64_t value;
	bool devices, request;
} broken_objects[] = {
	{ "no device", 0, 0, 0, false, true },
	{ "a ring of devices", 1, 3, POOL, true, true },
	{ "a device whose driver was not saved", 1, 1, 1, true, false },
	{ "a driver that is not loaded", 3, 3, 1, true, false },
	{ "no request", 4, 0, 0x01A80005, true, false },
	{ "a request beyond its last place", 4, 8, 0x04030000, true, false },
	{ "a place at the end of memory", 4, 23, UINT64_MAX - 8, true, false },
};

static void
test_broken_objects(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(broken_objects); i++) {
		struct kernel_dump k = power_failure();
		const char *lines;

		k.blocks[broken_objects[i].block].word[broken_objects[i].word] =
		    broken_objects[i].value;
		write_kernel_dump(&bytes, &k);
		lines = lines_of(written());
		if ((strstr(lines, "Devices of") != NULL) !=
			broken_objects[i].devices ||
		    (strstr(lines, "Request of") != NULL) !=
			broken_objects[i].request)
			fail_msg("%s: %s", broken_objects[i].what, lines);
	}
}

/* Hardware errors */

#define MCA_KIND  UINT64_C(0x455742F98A1E1D01), UINT64_C(0xE8F7C35C5E56339C)
#define PCIE_KIND UINT64_C(0x430FBBC1D995E954), UINT64_C(0x356F3CCB4DB491AD)

/* Processor 3, bank 5; the numbers are packed, so some lie across words. */
static struct kernel_dump
machine_check(void)
{
	struct kernel_dump k = base;
	struct dump_block *b = put_hardware_error(&k, POOL, 72, MCA_KIND);

	k.code = 0x124;
	k.parameters[1] = POOL;
	k.stack[0] = DRV + 8; /* what ran then has no part in it */
	b->word[25 + 2] = 3;
	b->word[25 + 4] = UINT64_C(5) << 32;
	b->word[25 + 5] = UINT64_C(0xBE00000000800400);
	b->word[25 + 6] = 0x14F8C0;
	return k;
}

static void
test_machine_check(void **state)
{
	struct kernel_dump k = machine_check();

	(void)state;
	write_kernel_dump(&bytes, &k);
	assert_non_null(
	    strstr(lines_of(written()),
		   "\nHardware error of parameter 2: fatal; machine check\n"
		   "Machine check: processor 3, bank 5, status "
		   "0xBE00000000800400, address 0x000000000014F8C0\n"));
	assert_non_null(
	    strstr(tell_words(&arena, WW_DIALECT_DUMP, written()),
		   "hardware-error=fatal; machine check machine-check="
		   "processor 3, bank 5, status 0xBE00000000800400, address "
		   "0x000000000014F8C0"));
	assert_null(strstr(lines_of(written()), "First driver"));
}

static void
test_pci_express(void **state)
{
	struct kernel_dump k = base;
	struct dump_block *b = put_hardware_error(&k, POOL, 40, PCIE_KIND);

	(void)state;
	k.code = 0x124;
	k.parameters[1] = POOL;
	b->word[25] = 8;
	b->word[25 + 3] = UINT64_C(0x0600000015B88086);
	b->word[25 + 4] = 0x1F;
	write_kernel_dump(&bytes, &k);
	assert_non_null(
	    strstr(lines_of(written()),
		   "\nHardware error of parameter 2: fatal; PCI Express\n"
		   "PCI Express error: device 8086:15B8 at 0:31.6\n"));
}

/* A record that promises more than the dump holds, and what is none. */
static void
test_broken_hardware_error(void **state)
{
	struct kernel_dump k = machine_check();

	(void)state;
	k.blocks[0].words = 30;
	k.blocks[0].word[1] = UINT64_C(0x00000009FFFFFFFF);
	write_kernel_dump(&bytes, &k);
	assert_non_null(
	    strstr(lines_of(written()),
		   "\nHardware error of parameter 2: of unknown severity; "
		   "machine check\nOn the stack"));
	k.blocks[0].word[0]++;
	write_kernel_dump(&bytes, &k);
	assert_null(strstr(lines_of(written()), "Hardware error"));
}

/* Where the instruction of a stop 0xD1 lies, and who is blamed for it. */
static const struct {
	uint64_t instruction;
	enum ww_suspicion suspicion;
	const char *subject;
} places[] = {
	{ NT + 0x10, WW_SUSPECT_KERNEL, "0x000000D1" },
	{ WDF + 0x10, WW_SUSPECT_CARRIER, "0x000000D1 Wdf01000.sys" },
	{ DRV + 0xFFF, WW_SUSPECT_DRIVER, "0x000000D1 contoso.sys" },
	{ DRV + 0x1000, WW_SUSPECT_UNSAID, "0x000000D1" },
	{ GONE + 0x10, WW_SUSPECT_UNLOADED, "0x000000D1 contosovpn.s" },
	{ 0, WW_SUSPECT_UNSAID, "0x000000D1" },
};

static void
test_places(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(places); i++) {
		struct kernel_dump k = base;
		const struct ww_series *s;
		const struct ww_episode *e;

		k.code = 0xD1;
		k.parameters[3] = places[i].instruction;
		write_kernel_dump(&bytes, &k);
		s = tell_bytes(&arena, WW_DIALECT_DUMP, written());
		e = s->failed->latest;
		assert_int_equal(e->suspicion, places[i].suspicion);
		assert_int_equal(e->stop, 0xD1);
		assert_true(e->has_parameters);
		assert_int_equal(e->parameters[3], places[i].instruction);
		assert_true(
		    ww_slice_eq(e->subject, ww_slice_cstr(places[i].subject)));
	}
}

static void
test_headers(void **state)
{
	struct kernel_dump k = base;

	(void)state;
	k.type = FULL_DUMP;
	k.code = 0x139;
	k.uptime = 0;
	check_kernel(
	    &k,
	    "Crash dump of Windows: complete memory dump, 64 bits; x64; "
	    "build 19045; 4 processors\n"
	    "Stop code 0x00000139 (0x0000000000000000, 0x0000000000000000, "
	    "0x0000000000000000, 0x0000000000000000)\n",
	    "failed [0x00000139] build=19045 stop-code=0x00000139\n");
	k.machine = X86;
	k.uptime = 26 * DUMP_HOUR;
	write_kernel_dump32(&bytes, &k);
	assert_string_equal(
	    lines_of(written()),
	    "Crash dump of Windows: complete memory dump, 32 bits; x86; "
	    "build 19045; 2 processors\n"
	    "Uptime: 1 d 2 h\n"
	    "Stop code 0x00000139 (0x00000000, 0x00000000, 0x00000000, "
	    "0x00000000)\n");
}

static void
test_program(void **state)
{
	struct user_dump u = {
		.architecture = 12,
		.build = 22631,
		.code = 0xC0000005,
		.address = 0x10001234,
		.touched = 0x18,
		.modules = {
			{ "C:\\Contoso\\Till, new.exe", 0x400000, 0x1000 },
			{ "C:\\Contoso\\print.dll", 0x10000000, 0x2000 },
		},
		.version = { 0x00040002, 0x00010007 },
	};

	(void)state;
	write_user_dump(&bytes, &u);
	assert_string_equal(
	    lines_of(written()),
	    "Crash dump of a program: Till__new.exe 4.2.1.7; ARM64; build "
	    "22631\n"
	    "Modules: 2 loaded, 0 unloaded before\n"
	    "Module of the exception: print.dll\n"
	    "Exception 0xC0000005 in a module: print.dll+0x1234, reading "
	    "0000000000000018\n");
	assert_string_equal(tell_words(&arena, WW_DIALECT_DUMP, written()),
			    "failed c0000005 [Till__new.exe] version=4.2.1.7 "
			    "module=print.dll place=print.dll+0x1234\n");
	u.code = 0;
	write_user_dump(&bytes, &u);
	assert_string_equal(tell_words(&arena, WW_DIALECT_DUMP, written()), "");
}

/* Dumps that lie */

/* What is told of the file's losses, with the place of each. */
static const char *
losses_of(struct ww_slice dump)
{
	struct ww_input input = { .read = ww_read_slice, .ctx = &dump };
	struct ww_records records = { .lines = 0 };
	struct ww_buf out = ww_buf_in(&arena);

	ww_records_open(&records, &arena, ww_kernels_choose(), &input);
	while (ww_records_next(&records))
		continue;
	for (unsigned i = 0; i < records.reader.losses.n; i++)
		ww_buf_printf(&out, "%x: %s\n",
			      (unsigned)records.reader.losses.list[i].at,
			      records.reader.losses.list[i].what);
	ww_buf_char(&out, '\0');
	return out.p;
}

/* A number of the table of a small dump, and what is lost by it. */
static const struct {
	size_t at;
	uint32_t value;
	const char *lost;
} lies[] = {
	{ 0x30, 0xFFFFFFFF, "ffffffff: the list of drivers" },
	{ 0x34, 0xFFFFFFFF, "2080: the list of drivers" },
	{ 0x18, 0x38, "38: the list of unloaded drivers" },
	{ 0x28, 0xFFFFFFFF, "ffffffff: the stack" },
	{ 0x2C, 0xFFFFFFFF, ": the stack" },
	{ 0x04, 0x7FFFFFFF, ", before the end of the dump" },
	{ 0x18, 0xFFFFFFF0, "" },
	{ 0x18, 0, "" },
	{ 0x78, 0xFFFFFFFF, "" },
	{ 0x7C, 0xFFFFFFFF, "" },
};

static void
test_lies(void **state)
{
	struct kernel_dump k = base;

	(void)state;
	k.code = 0x3B;
	k.parameters[2] = 0x1000;
	for (size_t i = 0; i < WW_ARRAY_LEN(lies); i++) {
		write_kernel_dump(&bytes, &k);
		put(&bytes, TRIAGE + lies[i].at, lies[i].value, 4);
		assert_non_null(strstr(losses_of(written()), lies[i].lost));
		assert_non_null(
		    strstr(lines_of(written()), "Stop code 0x0000003B"));
	}
	write_kernel_dump(&bytes, &k);
	assert_string_equal(losses_of(written()), "");
}

/* A driver whose name lies outside, or is longer than the file. */
static void
check_nameless(void)
{
	const struct ww_episode *e;

	assert_non_null(
	    strstr(lines_of(written()),
		   "Parameter 4 of 0xD1, the instruction, in a driver whose "
		   "name the file does not hold: 0xFFFFF80430000000+0x10\n"));
	assert_non_null(strstr(losses_of(written()), "the name of a driver"));
	e = tell_bytes(&arena, WW_DIALECT_DUMP, written())->failed->latest;
	assert_int_equal(e->suspicion, WW_SUSPECT_NAMELESS);
	assert_true(ww_slice_eq(e->subject, WW_LIT("0x000000D1")));
}

static void
test_names(void **state)
{
	struct kernel_dump k = base;

	(void)state;
	k.code = 0xD1;
	k.parameters[3] = DRV + 0x10;
	k.stack[0] = DRV + 0x10;
	for (unsigned i = 0; i < 2; i++) {
		uint32_t entry;

		write_kernel_dump(&bytes, &k);
		entry = ww_load32(bytes.p + TRIAGE + 0x30) + 2 * 144;
		if (i == 0)
			put(&bytes, entry, 0xFFFFFFFE, 4);
		else
			put(&bytes, ww_load32(bytes.p + entry), 0xFFFFFFFF, 4);
		check_nameless();
	}
}

/* Files that end everywhere, and 16 million streams in 60 bytes. */
static void
test_cuts(void **state)
{
	struct kernel_dump k = base;
	struct user_dump u = { .code = 0xC0000005,
			       .modules = { { "a.exe", 0x1000, 0x1000 } } };

	(void)state;
	k.code = 0x7E;
	write_kernel_dump32(&bytes, &base32);
	for (size_t n = bytes.len; n > TRIAGE32 - 64; n -= 32) {
		bytes.len = n;
		assert_non_null(lines_of(written()));
	}
	write_kernel_dump(&bytes, &k);
	for (size_t n = bytes.len; n > TRIAGE - 64; n -= 32) {
		bytes.len = n;
		assert_non_null(lines_of(written()));
	}
	assert_string_equal(
	    losses_of(written()),
	    "1fd0: the file ends at byte {at}, within the header of the "
	    "dump\n");
	write_user_dump(&bytes, &u);
	for (; bytes.len > 8; bytes.len--)
		assert_non_null(lines_of(written()));
	write_user_dump(&bytes, &u);
	bytes.len = 60;
	put(&bytes, 8, 16774400, 4);
	assert_string_equal(losses_of(written()),
			    "20: the directory of the dump, at byte {at}, lies "
			    "outside of the file\n");
}

static void
test_rubbish(void **state)
{
	struct kernel_dump k = base;

	(void)state;
	k.machine = 0x1234;
	write_kernel_dump(&bytes, &k);
	assert_string_equal(lines_of(written()), "");
	assert_non_null(strstr(losses_of(written()), "header of the dump"));
}

/* Reports of Windows Error Reporting */

#define REPORT(type) \
	"Version=1\nEventType=" type "\nEventTime=134176005000000000\n"
#define SIG(n, value) "Sig[" #n "].Name=Teil\nSig[" #n "].Value=" value "\n"

static const struct {
	const char *what, *report, *told;
} reports[] = {
	{ "a program",
	  REPORT("APPCRASH") SIG(0, "till.exe") SIG(1, "4.2") SIG(3, "a.dll")
	      SIG(6, "c0000005") SIG(7, "000000000001c0f0"),
	  "failed c0000005 [till.exe] version=4.2 exception=c0000005 "
	  "place=a.dll+0x1c0f0\n" },

	{ "data that was executed: offset and code the other way round",
	  REPORT("BEX64") SIG(0, "till.exe") SIG(3, "a.dll")
	      SIG(6, "00000000000001f0") SIG(7, "c0000409") SIG(8, "5"),
	  "failed c0000409 [till.exe] place=a.dll+0x1f0 "
	  "exception=c0000409\n" },

	{ "a stop",
	  REPORT("BlueScreen") SIG(0, "9f") SIG(1, "3") SIG(2, "1") SIG(3, "2")
	      SIG(4, "ffffc10a3b1a9010") SIG(5, "10_0"),
	  "failed [0x0000009F] stop-code=0x0000009F\n" },

	{ "cut off", REPORT("APPCRASH") SIG(0, "till.exe") SIG(1, "4.2"),
	  "open [till.exe] version=4.2\n" },

	{ "values that are none",
	  REPORT("BlueScreen") SIG(0, "zz") SIG(4, "0") SIG(9999, "1"), "" },

	{ "an app of the Store: its package names it",
	  REPORT("MoAppCrash") SIG(0, "Contoso.Till_1.2_x64__abc")
	      SIG(1, "praid:App") SIG(4, "a.dll") SIG(7, "c0000005")
		  SIG(8, "10"),
	  "failed c0000005 [Contoso.Till_1.2_x64__abc] exception=c0000005 "
	  "place=a.dll+0x10\n" },

	{ "a module that Windows does not know",
	  REPORT("APPCRASH") SIG(0, "till.exe") SIG(3, "unknown")
	      SIG(6, "c0000005") SIG(7, "0"),
	  "failed c0000005 [till.exe] exception=c0000005\n" },

	{ "a program that hung",
	  REPORT("AppHangB1") SIG(0, "till.exe") SIG(1, "4.2") SIG(3, "a1b2"),
	  "failed [till.exe] version=4.2\n" },

	{ "a fault after which Windows went on",
	  REPORT("LiveKernelEvent") SIG(0, "141") SIG(1, "ffffa20000010000")
	      SIG(2, "fffff80431001a2b") SIG(3, "0") SIG(4, "4") SIG(5, "10_0"),
	  "failed [0x00000141] stop-code=0x00000141\n" },

	{ "a scan for updates, of no update",
	  REPORT("WindowsUpdateFailure3") SIG(0, "10.0.14393.0")
	      SIG(1, "8024402c") SIG(2, "00000000-0000-0000-0000-000000000000")
		  SIG(3, "Scan") SIG(4, "0") SIG(7, "UpdateOrchestrator"),
	  "failed 8024402c [] version=10.0.14393.0 hresult=8024402c stage=Scan "
	  "client=UpdateOrchestrator\n" },

	{ "an update, as Windows 7 tells it",
	  REPORT("WindowsUpdateFailure") SIG(0, "7.6.7600.256")
	      SIG(1, "80070490") SIG(2, "96A2E53F-0000-4000-8000-000000000001")
		  SIG(3, "Install") SIG(4, "101") SIG(5, "Unmanaged"),
	  "failed 80070490 [96A2E53F-0000-4000-8000-000000000001] "
	  "version=7.6.7600.256 hresult=80070490 stage=Install\n" },

	{ "a package",
	  REPORT("CbsPackageServicingFailure2") SIG(0, "10.0.17763.1690")
	      SIG(1, "Package_for_RollupFix") SIG(2, "17763.1697.1.9")
		  SIG(3, "amd64") SIG(4, "unknown") SIG(5, "80073701")
		      SIG(6, "Resolve") SIG(7, "Absent") SIG(8, "Installed")
			  SIG(9, "WindowsUpdateAgent"),
	  "failed 80073701 [Package_for_RollupFix] version=17763.1697.1.9 "
	  "hresult=80073701 stage=Resolve client=WindowsUpdateAgent\n" },

	{ "an app that the Store could not update",
	  REPORT("StoreAgentInstallFailure1") SIG(0, "Update;Background")
	      SIG(1, "80073d02") SIG(2, "26100"),
	  "failed 80073d02 [] action=Update;Background hresult=80073d02\n" },

	{ "another kind", REPORT("RADAR_PRE_LEAK_64") SIG(0, "till.exe"), "" },
};

/* Which story the steps of an update belong to. */
static const struct {
	const char *step;
	enum ww_episode_id kind;
} update_steps[] = {
	{ "Scan", WW_EPISODE_WU_SCAN },
	{ "Download", WW_EPISODE_WU_DOWNLOAD },
	{ "Install", WW_EPISODE_WU_INSTALL },
	{ "Commit", WW_EPISODE_WU_INSTALL },
};

static void
test_update_steps(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(update_steps); i++) {
		struct ww_buf report = ww_buf_in(&arena);
		const struct ww_series *series;

		ww_buf_printf(&report, "%s%sSig[3].Value=%s\n",
			      REPORT("WindowsUpdateFailure2"),
			      SIG(1, "80246007"), update_steps[i].step);
		series =
		    tell_bytes(&arena, WW_DIALECT_WER, ww_buf_slice(&report));
		assert_int_equal(series->kind, update_steps[i].kind);
		assert_int_equal(series->failed->latest->code, 0x80246007);
	}
}

static void
test_reports(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(reports); i++) {
		const char *told =
		    tell_text(&arena, WW_DIALECT_WER, reports[i].report);

		if (strcmp(told, reports[i].told) != 0)
			fail_msg("%s: %s", reports[i].what, told);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exception),
		cmocka_unit_test(test_by_request),
		cmocka_unit_test(test_32_bits),
		cmocka_unit_test(test_32_bit_block),
		cmocka_unit_test(test_trap_frame),
		cmocka_unit_test(test_power_request),
		cmocka_unit_test(test_broken_objects),
		cmocka_unit_test(test_machine_check),
		cmocka_unit_test(test_pci_express),
		cmocka_unit_test(test_broken_hardware_error),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_program),
		cmocka_unit_test(test_lies),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_cuts),
		cmocka_unit_test(test_rubbish),
		cmocka_unit_test(test_reports),
		cmocka_unit_test(test_update_steps),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
