/*
 * Writes small crash dumps for tests, in the layout of Windows: the header
 * with "PAGE" where nothing is, then what a small dump (triage) holds, or a
 * dump of a program (MDMP).  Only what the reader looks at is filled in.
 */
#ifndef TESTS_WRITERS_DUMP_WRITER_H
#define TESTS_WRITERS_DUMP_WRITER_H

#include <stdint.h>
#include <string.h>

#define DUMP_MAX	 (32 * 1024)
#define DUMP_DRIVERS_MAX 8
#define DUMP_STACK_MAX	 128
#define DUMP_BLOCKS_MAX	 8
#define DUMP_WORDS_MAX	 48

#define X64		 0x8664u
#define ARM64		 0xAA64u
#define X86		 0x014Cu

/* 2026-03-10 07:15:00 UTC as FILETIME, and in seconds since 1970. */
#define DUMP_TIME      UINT64_C(134176005000000000)
#define DUMP_TIME_UNIX 1773126900u
#define DUMP_SECOND    UINT64_C(10000000)
#define DUMP_HOUR      (3600 * DUMP_SECOND)

enum dump_type { FULL_DUMP = 1, KERNEL_DUMP = 2, TRIAGE_DUMP = 4 };

struct dump_driver {
	const char *name;
	uint64_t base;
	uint32_t size;
};

/* A piece of memory that was saved besides, in words of 8 bytes. */
struct dump_block {
	uint64_t at;
	size_t words;
	uint64_t word[DUMP_WORDS_MAX];
};

struct kernel_dump {
	uint32_t machine, build, code, type;
	uint64_t parameters[4];
	uint64_t time, uptime;
	struct dump_driver drivers[DUMP_DRIVERS_MAX];
	struct dump_driver unloaded[DUMP_DRIVERS_MAX];
	uint64_t stack_at; /* the address of stack[0] */
	uint64_t stack[DUMP_STACK_MAX];
	struct dump_block blocks[DUMP_BLOCKS_MAX];
};

struct dump_bytes {
	uint8_t p[DUMP_MAX];
	size_t len;
};

static inline void
put(struct dump_bytes *d, size_t at, uint64_t v, size_t n)
{
	for (size_t i = 0; i < n; i++, v >>= 8)
		d->p[at + i] = (uint8_t)v;
}

/* Where the next thing begins; everything is aligned to 8 bytes. */
static inline size_t
put_space(struct dump_bytes *d, size_t n)
{
	size_t at = d->len;

	memset(d->p + at, 0, n);
	d->len += (n + 7) & ~(size_t)7;
	return at;
}

/* A count of characters or bytes, and the text in UTF-16. */
static inline size_t
put_string(struct dump_bytes *d, const char *s, size_t unit)
{
	size_t n = strlen(s), at = put_space(d, 4 + 2 * n + 2);

	put(d, at, n * unit, 4);
	for (size_t i = 0; i < n; i++)
		put(d, at + 4 + 2 * i, (uint8_t)s[i], 2);
	return at;
}

static inline void
fill_with_page(struct dump_bytes *d, size_t n)
{
	for (size_t i = 0; i < n; i++)
		d->p[i] = (uint8_t) "PAGE"[i % 4];
	d->len = n;
}

/* Kernel dumps */

#define TRIAGE	 0x2000
#define TRIAGE32 0x1000

/* Where a small dump of that width has what. */
struct triage_shape {
	size_t at, len, pointer;
	size_t driver, base, size;	   /* an entry of the list of drivers */
	size_t unloaded, name, start, end; /* of those that were unloaded */
	size_t blocks;
};

static const struct triage_shape shape64 = {
	TRIAGE, 0x80, 8, 144, 0x38, 0x48, 56, 16, 40, 48, 0x78,
};
static const struct triage_shape shape32 = {
	TRIAGE32, 0x68, 4, 0x4C, 0x1C, 0x24, 40, 8, 32, 36, 0x60,
};

static inline size_t
count_drivers(const struct dump_driver *drivers)
{
	size_t n = 0;

	while (n < DUMP_DRIVERS_MAX && drivers[n].name != NULL)
		n++;
	return n;
}

static inline void
put_drivers(struct dump_bytes *d, const struct triage_shape *t,
	    const struct dump_driver *drivers)
{
	size_t n = count_drivers(drivers), list = put_space(d, n * t->driver);

	put(d, t->at + 0x30, list, 4);
	put(d, t->at + 0x34, n, 4);
	for (size_t i = 0; i < n; i++) {
		size_t at = list + i * t->driver;

		put(d, at, put_string(d, drivers[i].name, 1), 4);
		put(d, at + t->base, drivers[i].base, t->pointer);
		put(d, at + t->size, drivers[i].size, 4);
	}
}

/* Of a name 12 characters are kept. */
static inline void
put_unloaded(struct dump_bytes *d, const struct triage_shape *t,
	     const struct dump_driver *drivers)
{
	size_t n = count_drivers(drivers);
	size_t list = put_space(d, t->pointer + n * t->unloaded);

	put(d, t->at + 0x18, list, 4);
	put(d, list, n, t->pointer);
	for (size_t i = 0; i < n; i++) {
		size_t at = list + t->pointer + i * t->unloaded;
		uint64_t end = drivers[i].base + drivers[i].size;

		for (size_t k = 0; k < 12 && drivers[i].name[k] != '\0'; k++)
			put(d, at + t->name + 2 * k,
			    (uint8_t)drivers[i].name[k], 2);
		put(d, at + t->start, drivers[i].base, t->pointer);
		put(d, at + t->end, end, t->pointer);
	}
}

static inline void
put_stack(struct dump_bytes *d, const struct triage_shape *t,
	  const struct kernel_dump *k)
{
	size_t len = DUMP_STACK_MAX * t->pointer, at = put_space(d, len);

	put(d, t->at + 0x28, at, 4);
	put(d, t->at + 0x2C, len, 4);
	put(d, t->at + 0x48, k->stack_at, t->pointer);
	for (size_t i = 0; i < DUMP_STACK_MAX; i++)
		put(d, at + t->pointer * i, k->stack[i], t->pointer);
}

/* Addresses of 32 bits are written with their sign. */
static inline void
put_blocks(struct dump_bytes *d, const struct triage_shape *t,
	   const struct dump_block *blocks)
{
	size_t n = 0, list;

	while (n < DUMP_BLOCKS_MAX && blocks[n].words > 0)
		n++;
	list = put_space(d, n * 16);
	put(d, t->at + t->blocks, n == 0 ? 0 : list, 4);
	put(d, t->at + t->blocks + 4, n, 4);
	for (size_t i = 0; i < n; i++) {
		size_t at = put_space(d, blocks[i].words * 8);
		uint64_t address = blocks[i].at;

		if (t->pointer == 4)
			address = (uint64_t)(int32_t)address;
		put(d, list + i * 16, address, 8);
		put(d, list + i * 16 + 8, at, 4);
		put(d, list + i * 16 + 12, blocks[i].words * 8, 4);
		for (size_t w = 0; w < blocks[i].words; w++)
			put(d, at + 8 * w, blocks[i].word[w], 8);
	}
}

static inline void
put_triage(struct dump_bytes *d, const struct triage_shape *t,
	   const struct kernel_dump *k)
{
	put_space(d, t->len);
	put_drivers(d, t, k->drivers);
	put_unloaded(d, t, k->unloaded);
	put_stack(d, t, k);
	put_blocks(d, t, k->blocks);
	put(d, t->at + 0x04, d->len + 8, 4);
	put(d, t->at + 0x08, d->len, 4);
	put(d, put_space(d, 8), 0x44475254, 4);
}

static inline void
write_kernel_dump(struct dump_bytes *d, const struct kernel_dump *k)
{
	fill_with_page(d, TRIAGE);
	memcpy(d->p, "PAGEDU64", 8);
	put(d, 0x08, 15, 4);
	put(d, 0x0C, k->build, 4);
	put(d, 0x30, k->machine, 4);
	put(d, 0x34, 4, 4);
	put(d, 0x38, k->code, 4);
	for (size_t i = 0; i < 4; i++)
		put(d, 0x40 + 8 * i, k->parameters[i], 8);
	/* The breakpoint with which the dump was begun: no evidence. */
	put(d, 0xF00, 0x80000003, 4);
	put(d, 0xF98, k->type, 4);
	put(d, 0xFA8, k->time, 8);
	put(d, 0x1030, k->uptime, 8);
	if (k->type == TRIAGE_DUMP)
		put_triage(d, &shape64, k);
}

/* The same of 32 bits; the words of its stack have 4 bytes. */
static inline void
write_kernel_dump32(struct dump_bytes *d, const struct kernel_dump *k)
{
	fill_with_page(d, TRIAGE32);
	memcpy(d->p, "PAGEDUMP", 8);
	put(d, 0x08, 15, 4);
	put(d, 0x0C, k->build, 4);
	put(d, 0x20, k->machine, 4);
	put(d, 0x24, 2, 4);
	put(d, 0x28, k->code, 4);
	for (size_t i = 0; i < 4; i++)
		put(d, 0x2C + 4 * i, k->parameters[i], 4);
	put(d, 0xF88, k->type, 4);
	put(d, 0xFB8, k->uptime, 8);
	put(d, 0xFC0, k->time, 8);
	if (k->type == TRIAGE_DUMP)
		put_triage(d, &shape32, k);
}

/* What an exception leaves on the stack, at places of 8 bytes. */
static inline void
put_record(struct kernel_dump *k, size_t place, uint32_t code, uint64_t address,
	   uint64_t access, uint64_t touched)
{
	k->stack[place] = code;
	k->stack[place + 2] = address;
	k->stack[place + 3] = 2;
	k->stack[place + 4] = access;
	k->stack[place + 5] = touched;
}

static inline void
put_context(struct kernel_dump *k, size_t place, uint64_t stack, uint64_t code)
{
	size_t sp = k->machine == ARM64 ? 0x100 : 0x98;
	size_t pc = k->machine == ARM64 ? 0x108 : 0xF8;

	k->stack[place + sp / 8] = stack;
	k->stack[place + pc / 8] = code;
}

/* The same of 32 bits, at places of 4 bytes. */
static inline void
put_record32(struct kernel_dump *k, size_t place, uint32_t code,
	     uint32_t address, uint32_t access, uint32_t touched)
{
	k->stack[place] = code;
	k->stack[place + 3] = address;
	k->stack[place + 4] = 2;
	k->stack[place + 5] = access;
	k->stack[place + 6] = touched;
}

static inline void
put_context32(struct kernel_dump *k, size_t place, uint32_t stack,
	      uint32_t code)
{
	k->stack[place + 0xC4 / 4] = stack;
	k->stack[place + 0xB8 / 4] = code;
}

/* Objects of Windows of 64 bits, each a block of its own. */

static inline struct dump_block *
put_block(struct kernel_dump *k, uint64_t at, size_t words)
{
	size_t i = 0;

	while (k->blocks[i].words > 0)
		i++;
	k->blocks[i] = (struct dump_block){ .at = at, .words = words };
	return &k->blocks[i];
}

static inline void
put_driver_object(struct kernel_dump *k, uint64_t at, uint64_t start)
{
	struct dump_block *b = put_block(k, at, 4);

	b->word[0] = 0x01500004;
	b->word[3] = start;
}

/* The device above it is 0 for the highest. */
static inline void
put_device_object(struct kernel_dump *k, uint64_t at, uint64_t driver,
		  uint64_t above)
{
	struct dump_block *b = put_block(k, at, 4);

	b->word[0] = 0x01500003;
	b->word[1] = driver;
	b->word[3] = above;
}

/* A request with three places, of which this device has the second. */
static inline void
put_request(struct kernel_dump *k, uint64_t at, uint64_t device)
{
	struct dump_block *b = put_block(k, at, 48);

	b->word[0] = 0x01A80006;
	b->word[0x40 / 8] = 0x02030000;
	b->word[0xB8 / 8] = at + 0xD0 + 0x48;
	b->word[(0xD0 + 0x48 + 0x28) / 8] = device;
}

/* The registers as a processor saves them at an exception, on the stack. */
static inline void
put_trap_frame(struct kernel_dump *k, size_t place, uint64_t stack,
	       uint64_t code)
{
	k->stack[place + 0x168 / 8] = code;
	k->stack[place + 0x180 / 8] = stack;
}

/*
 * A hardware error (CPER) of one section; it begins at word 25, behind the
 * header and the description of the section.
 */
static inline struct dump_block *
put_hardware_error(struct kernel_dump *k, uint64_t at, size_t len,
		   uint64_t kind0, uint64_t kind1)
{
	struct dump_block *b = put_block(k, at, DUMP_WORDS_MAX);

	b->word[0] = UINT64_C(0xFFFF000052455043);
	b->word[1] = UINT64_C(0x000000010001FFFF);
	b->word[16] = (uint64_t)len << 32 | 200;
	b->word[18] = kind0;
	b->word[19] = kind1;
	return b;
}

/* Dumps of a program */

struct user_dump {
	uint16_t architecture; /* 9 x64, 12 ARM64, 0 x86 */
	uint32_t build, code;  /* code 0: no exception */
	uint64_t address, access, touched;
	struct dump_driver modules[DUMP_DRIVERS_MAX];
	uint32_t version[2]; /* of the first module */
};

static inline void
put_directory(struct dump_bytes *d, size_t i, uint32_t kind, size_t at,
	      size_t len)
{
	put(d, 32 + 12 * i, kind, 4);
	put(d, 32 + 12 * i + 4, len, 4);
	put(d, 32 + 12 * i + 8, at, 4);
}

static inline void
put_modules(struct dump_bytes *d, const struct user_dump *u)
{
	size_t n = count_drivers(u->modules), list = put_space(d, 4 + n * 108);

	put_directory(d, 0, 4, list, 4 + n * 108);
	put(d, list, n, 4);
	for (size_t i = 0; i < n; i++) {
		size_t at = list + 4 + i * 108;

		put(d, at, u->modules[i].base, 8);
		put(d, at + 8, u->modules[i].size, 4);
		put(d, at + 20, put_string(d, u->modules[i].name, 2), 4);
		if (i > 0)
			continue;
		put(d, at + 24, 0xFEEF04BD, 4);
		put(d, at + 32, u->version[0], 4);
		put(d, at + 36, u->version[1], 4);
	}
}

static inline void
write_user_dump(struct dump_bytes *d, const struct user_dump *u)
{
	size_t at;

	d->len = 0;
	put_space(d, 32 + 12 * 3 + 4);
	memcpy(d->p, "MDMP\x93\xA7", 6);
	put(d, 8, u->code == 0 ? 2 : 3, 4);
	put(d, 12, 32, 4);
	put(d, 20, DUMP_TIME_UNIX, 4);
	put_modules(d, u);
	at = put_space(d, 56);
	put_directory(d, 1, 7, at, 56);
	put(d, at, u->architecture, 2);
	put(d, at + 16, u->build, 4);
	if (u->code == 0)
		return;
	at = put_space(d, 168);
	put_directory(d, 2, 6, at, 168);
	put(d, at + 8, u->code, 4);
	put(d, at + 24, u->address, 8);
	put(d, at + 32, 2, 4);
	put(d, at + 40, u->access, 8);
	put(d, at + 48, u->touched, 8);
}

#endif
