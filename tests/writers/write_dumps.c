/*
 * Writes the crash dumps of tests/cases, or checks that they are the ones
 * that this program would write.
 *
 *	write_dumps [--check] tests/cases
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "dump_writer.h"

#define NT     UINT64_C(0xFFFFF80410000000)
#define NDIS   UINT64_C(0xFFFFF80421000000)
#define WIN32K UINT64_C(0xFFFFF80422000000)
#define NET    UINT64_C(0xFFFFF80431000000)
#define FILTER UINT64_C(0xFFFFF80432000000)
#define GONE   UINT64_C(0xFFFFF80433000000)
#define STACK  UINT64_C(0xFFFF8A0400001000)

#define DAY    (24 * DUMP_HOUR)

/* A machine with a few drivers; its path names are those of Windows. */
static const struct kernel_dump machine = {
	.machine = X64,
	.build = 19045,
	.type = TRIAGE_DUMP,
	.time = DUMP_TIME,
	.uptime = 3 * DUMP_HOUR,
	.drivers = {
		{ "\\SystemRoot\\system32\\ntoskrnl.exe", NT, 0x1046000 },
		{ "\\SystemRoot\\system32\\drivers\\NDIS.sys", NDIS, 0x171000 },
		{ "\\SystemRoot\\System32\\win32kfull.sys", WIN32K, 0x3A0000 },
		{ "\\SystemRoot\\System32\\drivers\\contosonet.sys", NET,
		  0x41000 },
		{ "\\??\\C:\\Program Files\\Contoso\\contosofilter.sys", FILTER,
		  0x22000 },
	},
	.unloaded = { { "contosovpn.sys", GONE, 0x19000 } },
	.stack_at = STACK,
};

/* A network driver touches memory that is paged out. */
static struct kernel_dump
driver(void)
{
	struct kernel_dump k = machine;

	k.code = 0xD1;
	k.parameters[0] = 0x28;
	k.parameters[1] = 2;
	k.parameters[3] = NET + 0x1A2B;
	k.stack[4] = NT + 0x3F5A80;
	k.stack[9] = NET + 0x1A2B;
	k.stack[14] = NDIS + 0x5C10;
	k.stack[20] = NT + 0x2D0011;
	return k;
}

/* Somebody held the power button: ARM64, with drivers on the stack. */
static struct kernel_dump
by_request(void)
{
	struct kernel_dump k = machine;

	k.machine = ARM64;
	k.build = 22631;
	k.code = 0x1C8;
	k.parameters[0] = 0x1B58;
	k.parameters[1] = NT + 0xA20860;
	k.stack[3] = NT + 0x3F5A80;
	k.stack[8] = FILTER + 0x9D10;
	return k;
}

#define NT32	UINT32_C(0x82A3E000)
#define NET32	UINT32_C(0x8FC11000)
#define STACK32 UINT32_C(0x8D93B800)

/* The same driver on Windows 7 of 32 bits: it frees what it still uses. */
static struct kernel_dump
of_32_bits(void)
{
	struct kernel_dump k = {
		.machine = X86,
		.build = 7601,
		.type = TRIAGE_DUMP,
		.time = DUMP_TIME,
		.uptime = 5 * DUMP_HOUR,
		.code = 0x1000008E,
		.drivers = {
			{ "\\SystemRoot\\system32\\ntkrnlpa.exe", NT32,
			  0x413000 },
			{ "\\SystemRoot\\system32\\drivers\\contosonet.sys",
			  NET32, 0x41000 },
		},
		.unloaded = { { "contosovpn.sys", 0x91200000, 0x19000 } },
		.stack_at = STACK32,
	};

	k.parameters[0] = 0xC0000005;
	k.parameters[1] = NET32 + 0x1A2B;
	k.parameters[2] = STACK32 + 4 * 20;
	k.stack[62] = NET32 + 0x1C00;
	k.stack[70] = NT32 + 0x7E1B2;
	return k;
}

#define POOL UINT64_C(0xFFFFA20000010000)

/* The driver of a network device does not let the machine sleep. */
static struct kernel_dump
power(void)
{
	struct kernel_dump k = machine;

	k.code = 0x9F;
	k.parameters[0] = 3;
	k.parameters[1] = POOL;
	k.parameters[2] = NT + 0xC2A040;
	k.parameters[3] = POOL + 0x4000;
	put_device_object(&k, POOL, POOL + 0x2000, POOL + 0x1000);
	put_device_object(&k, POOL + 0x1000, POOL + 0x3000, 0);
	put_driver_object(&k, POOL + 0x2000, NDIS);
	put_driver_object(&k, POOL + 0x3000, NET);
	put_request(&k, POOL + 0x4000, POOL + 0x1000);
	k.stack[4] = NT + 0x3F5A80;
	return k;
}

/* The link to the disk at 3:0.0 breaks. */
static struct kernel_dump
hardware(void)
{
	struct kernel_dump k = machine;
	struct dump_block *b =
	    put_hardware_error(&k, POOL, 40, UINT64_C(0x430FBBC1D995E954),
			       UINT64_C(0x356F3CCB4DB491AD));

	k.code = 0x124;
	k.parameters[0] = 4;
	k.parameters[1] = POOL;
	b->word[25] = 8;
	b->word[28] = UINT64_C(0x00010802A80A144D);
	b->word[29] = 3 << 24;
	return k;
}

/* The record and the registers of an exception lie on the stack. */
static struct kernel_dump
at_start(void)
{
	struct kernel_dump k = machine;

	k.code = 0x1000007E;
	k.uptime = 41 * DUMP_SECOND;
	k.parameters[0] = UINT64_C(0xFFFFFFFFC0000005);
	k.parameters[1] = FILTER + 0x9D10;
	k.parameters[2] = STACK + 8 * 10;
	k.parameters[3] = STACK + 8 * 20;
	put_record(&k, 10, 0xC0000005, FILTER + 0x9D10, 0, 0x10);
	put_context(&k, 20, STACK + 8 * 60, FILTER + 0x9D10);
	k.stack[2] = NET + 0x100; /* below the stack pointer: left over */
	k.stack[64] = FILTER + 0x9E00;
	k.stack[70] = NT + 0x3F5A80;
	return k;
}

/* Code of a driver that is not there any more. */
static struct kernel_dump
unloaded(void)
{
	struct kernel_dump k = machine;

	k.code = 0xD1;
	k.parameters[0] = GONE + 0x4410;
	k.parameters[1] = 2;
	k.parameters[2] = 8;
	k.parameters[3] = GONE + 0x4410;
	return k;
}

/* The same offset of a filter, by another way into it. */
static struct kernel_dump
filter(uint32_t code, unsigned day)
{
	struct kernel_dump k = machine;

	k.code = code;
	k.time += day * DAY;
	k.parameters[0] =
	    code == 0x50 ? UINT64_C(0xFFFFA20012345678) : UINT64_C(0xC0000005);
	k.parameters[code == 0x50 ? 2 : 1] = FILTER + 0x9D10;
	return k;
}

/* Another code each time, and never the same driver. */
static struct kernel_dump
changing(uint32_t code, unsigned day, uint64_t address)
{
	struct kernel_dump k = machine;

	k.code = code;
	k.time += day * DAY;
	k.parameters[0] = code == 0x1A ? 0x41792 : 0xC0000005;
	k.parameters[1] = address;
	return k;
}

static struct user_dump
program(void)
{
	return (struct user_dump){
		.architecture = 9,
		.build = 19045,
		.code = 0xC0000005,
		.address = UINT64_C(0x7FF810010000) + 0x1234,
		.access = 1,
		.modules = {
			{ "C:\\Program Files\\Contoso\\ContosoTill.exe",
			  UINT64_C(0x7FF600000000), 0x90000 },
			{ "C:\\Windows\\System32\\ntdll.dll",
			  UINT64_C(0x7FF820000000), 0x1F8000 },
			{ "C:\\Program Files\\Contoso\\ContosoPrint.dll",
			  UINT64_C(0x7FF810010000), 0x20000 },
		},
		.version = { 0x00040002, 0x00010007 },
	};
}

/* Files */

static struct dump_bytes bytes, there;
static const char *root;
static bool checking, failed;

static void
write_file(const char *name)
{
	char path[1024];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", root, name);
	file = fopen(path, checking ? "rb" : "wb");
	if (file == NULL) {
		perror(path);
		exit(1);
	}
	if (checking) {
		there.len = fread(there.p, 1, sizeof(there.p), file);
		if (there.len != bytes.len ||
		    memcmp(there.p, bytes.p, bytes.len) != 0) {
			fprintf(stderr, "%s is not what is written\n", path);
			failed = true;
		}
	} else if (fwrite(bytes.p, 1, bytes.len, file) != bytes.len) {
		perror(path);
		failed = true;
	}
	fclose(file);
}

static void
kernel_file(const char *name, struct kernel_dump k)
{
	if (k.machine == X86)
		write_kernel_dump32(&bytes, &k);
	else
		write_kernel_dump(&bytes, &k);
	write_file(name);
}

static size_t
number_at(size_t at)
{
	size_t v = 0;

	for (size_t i = 4; i-- > 0;)
		v = v << 8 | bytes.p[at + i];
	return v;
}

/* Where the name of a driver stands in a small dump. */
static size_t
name_of_driver(size_t i)
{
	return number_at(number_at(TRIAGE + 0x30) + i * shape64.driver);
}

static void
write_damaged(void)
{
	struct kernel_dump k = driver();

	/* Cut within its lists. */
	write_kernel_dump(&bytes, &k);
	bytes.len = TRIAGE + 0x100;
	write_file("dump-damaged/cut.dmp");
	/* Cut within the names of its drivers: that of the culprit is gone. */
	write_kernel_dump(&bytes, &k);
	bytes.len = name_of_driver(3);
	write_file("dump-nameless/031026-9671-01.dmp");
	/* 16,774,400 streams in 60 bytes. */
	memset(bytes.p, 0, 60);
	memcpy(bytes.p, "MDMP\x93\xA7", 6);
	put(&bytes, 8, 16774400, 4);
	put(&bytes, 12, 32, 4);
	bytes.len = 60;
	write_file("dump-damaged/streams.mdmp");
	/* Only the mark. */
	memset(bytes.p, 0, 256);
	memcpy(bytes.p, "PAGEDUMP", 8);
	bytes.len = 256;
	write_file("dump-damaged/mark.dmp");
}

int
main(int argc, char **argv)
{
	struct user_dump u = program();
	struct kernel_dump k = machine;

	checking = argc > 2;
	root = argv[argc - 1];
	if (argc < 2)
		return 2;
	kernel_file("dump-driver/031026-9671-01.dmp", driver());
	kernel_file("dump-by-request/031026-8800-01.dmp", by_request());
	kernel_file("dump-32-bits/Mini031026-01.dmp", of_32_bits());
	kernel_file("dump-at-start/031026-7500-01.dmp", at_start());
	kernel_file("dump-power/031026-9000-01.dmp", power());
	kernel_file("dump-hardware/031026-9100-01.dmp", hardware());
	kernel_file("dump-unloaded/031026-7700-01.dmp", unloaded());
	kernel_file("dump-and-event/031026-9671-01.dmp", driver());
	kernel_file("dumps-one-driver/031026-1.dmp", filter(0x3B, 0));
	kernel_file("dumps-one-driver/031126-1.dmp", filter(0x50, 1));
	kernel_file("dumps-one-driver/031226-1.dmp", changing(0x1A, 2, 0));
	kernel_file("dumps-changing/031026-1.dmp", changing(0x1A, 0, 0));
	kernel_file("dumps-changing/031126-1.dmp",
		    changing(0x3B, 1, WIN32K + 0x9D10));
	kernel_file("dumps-changing/031226-1.dmp",
		    changing(0x1000007E, 2, NET + 0x4410));
	write_user_dump(&bytes, &u);
	write_file("dump-program/ContosoTill.exe.4711.dmp");
	k.code = 0x139;
	k.parameters[0] = 3;
	k.type = FULL_DUMP;
	write_kernel_dump(&bytes, &k);
	write_file("dump-header-only/MEMORY.DMP");
	k.machine = X86;
	k.type = KERNEL_DUMP;
	kernel_file("dump-header-only/MEMORY32.DMP", k);
	write_damaged();
	return failed;
}
