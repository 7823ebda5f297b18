/*
 * What a small dump (triage) holds behind its header: a table of numbers of 32
 * bits, the drivers, the stack and pieces of memory besides.
 */
#include "input/dump/kernel.h"

#include "base/message.h"

#include "base/banned.h"

/* What of it may lie outside of the file. */
#define TABLE_LOST                                                           \
	N_("the table of the small dump, at byte {at}, lies outside of the " \
	   "file")
#define END_LOST N_("the file ends at byte {at}, before the end of the dump")
#define DRIVERS_LOST \
	N_("the list of drivers, at byte {at}, lies outside of the file")
#define UNLOADED_LOST                                                         \
	N_("the list of unloaded drivers, at byte {at}, lies outside of the " \
	   "file")
#define NAME_LOST                                                           \
	N_("the name of a driver, at byte {at}, lies outside of the file, " \
	   "so the driver is told by its address")
#define STACK_LOST N_("the stack, at byte {at}, lies outside of the file")

/* Places in the table, of 64 and 32 bits. */
#define AT_SIZE		0x04u
#define AT_UNLOADED	0x18u
#define AT_STACK	0x28u
#define AT_STACK_SIZE	0x2Cu
#define AT_DRIVERS	0x30u
#define AT_DRIVER_COUNT 0x34u

/* Address of 64 bits, also in dumps of 32; place in the file; size. */
#define BLOCK_LEN 16u

/* Of an unloaded driver's name so much is kept. */
#define UNLOADED_NAME_LEN 24u

static uint32_t
triage(const struct dump_kernel *k, size_t at)
{
	return dump_32(k->table, at);
}

/* A list of the table: its place, and that it is there. */
static bool
find_list(struct dump_kernel *k, const char *what, uint64_t at, uint64_t n,
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
read_drivers(struct dump_kernel *k)
{
	const struct dump_layout *l = k->layout;
	uint64_t count = triage(k, AT_DRIVER_COUNT);
	struct ww_slice list;

	if (!find_list(k, DRIVERS_LOST, triage(k, AT_DRIVERS),
		       count * l->driver, &list))
		return;
	for (size_t at = 0; at < list.len; at += l->driver) {
		struct ww_slice name = dump_string(k->d, dump_32(list, at), 2);

		if (name.len == 0)
			dump_lose(k->d, NAME_LOST, dump_32(list, at));
		dump_modules_add(k->d, &k->drivers, name,
				 dump_pointer(k, list, at + l->base),
				 dump_32(list, at + l->size), false);
	}
}

/*
 * Behind their count; the pointer of the name's counted string leads nowhere,
 * its first 12 characters stand in the entry.
 */
static void
read_unloaded(struct dump_kernel *k)
{
	const struct dump_layout *l = k->layout;
	uint64_t at = triage(k, AT_UNLOADED);
	struct ww_slice count, list;
	uint64_t n;

	if (at == 0 || !dump_part(k->d, at, l->pointer, &count))
		return;
	n = dump_pointer(k, count, 0);
	if (n > DUMP_MODULES_MAX) {
		dump_lose(k->d, UNLOADED_LOST, at);
		return;
	}
	if (!find_list(k, UNLOADED_LOST, at + l->pointer, n * l->unloaded,
		       &list))
		return;
	for (size_t i = 0; i < list.len; i += l->unloaded) {
		uint64_t start = dump_pointer(k, list, i + l->start);

		dump_modules_add(
		    k->d, &k->drivers,
		    ww_slice_part(list, i + l->name, UNLOADED_NAME_LEN), start,
		    dump_pointer(k, list, i + l->end) - start, true);
	}
}

static void
tell_drivers(struct dump_kernel *k)
{
	if (k->drivers.loaded == 0)
		return;
	ww_buf_printf(&k->d->told, "Drivers: %u loaded, %u unloaded before\n",
		      (unsigned)k->drivers.loaded,
		      (unsigned)k->drivers.unloaded);
}

/* Memory */

static void
read_stack(struct dump_kernel *k)
{
	uint32_t n = triage(k, AT_STACK_SIZE);

	if (!find_list(k, STACK_LOST, triage(k, AT_STACK), n, &k->stack.bytes))
		return;
	k->stack.address = dump_pointer(k, k->table, k->layout->stack_top);
	k->stack_pointer = k->stack.address;
}

static bool
in_memory(struct dump_memory m, uint64_t address, size_t n,
	  struct ww_slice *ret)
{
	return address >= m.address && address - m.address <= m.bytes.len &&
	       ww_slice_sub(m.bytes, (size_t)(address - m.address), n, ret);
}

/* On the stack, or in one of the blocks that were saved besides. */
bool
dump_find_memory(const struct dump_kernel *k, uint64_t address, size_t n,
		 struct ww_slice *ret)
{
	uint64_t count = triage(k, k->layout->block_count);
	struct ww_slice list;

	if (in_memory(k->stack, address, n, ret))
		return true;
	if (!dump_part(k->d, triage(k, k->layout->blocks), count * BLOCK_LEN,
		       &list))
		return false;
	for (size_t at = 0; at < list.len; at += BLOCK_LEN) {
		struct dump_memory m = { .address = dump_pointer(k, list, at) };

		if (dump_part(k->d, dump_32(list, at + 8),
			      dump_32(list, at + 12), &m.bytes) &&
		    in_memory(m, address, n, ret))
			return true;
	}
	return false;
}

void
dump_read_triage(struct dump_kernel *k)
{
	if (!find_list(k, TABLE_LOST, k->layout->header, k->layout->table,
		       &k->table))
		return;
	if (triage(k, AT_SIZE) > k->d->bytes.len && !k->d->more)
		dump_lose(k->d, END_LOST, k->d->bytes.len);
	read_drivers(k);
	read_unloaded(k);
	tell_drivers(k);
	read_stack(k);
}
