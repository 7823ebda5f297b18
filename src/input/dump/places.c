/*
 * Whom a small dump points to: the drivers that its parameters, the records
 * they lead to and its stack lie in.
 */
#include "base/compiler.h"
#include "input/dump/kernel.h"

#include "base/banned.h"

/* What of the stack is looked at; real ones have some 8 KiB. */
#define STACK_MAX ((size_t)64 * 1024)

/* Drivers of the stack that are named. */
#define ON_STACK_MAX 8

/* Of a processor: so much of it is looked at, and where it has what. */
struct registers {
	uint32_t machine;
	size_t len, stack, code;
};

/* CONTEXT */
static const struct registers contexts[] = {
	{ DUMP_X64, 0x110, 0x98, 0xF8 },
	{ DUMP_ARM64, 0x110, 0x100, 0x108 },
	{ DUMP_X86, 0xCC, 0xC4, 0xB8 },
	{ 0 },
};

/*
 * KTRAP_FRAME.  x86 saves no stack pointer where it comes from the kernel: the
 * stack goes on behind the frame.
 */
static const struct registers trap_frames[] = {
	{ DUMP_X64, 0x190, 0x180, 0x168 },
	{ DUMP_X86, 0x74, 0, 0x68 },
	{ 0 },
};

/* Ends the line that was begun at that place, or takes it back. */
static void
end_place(struct dump_kernel *k, size_t begun, uint64_t address)
{
	struct ww_buf *told = &k->d->told;

	if (dump_tell_place(k->d, &k->drivers, address))
		ww_buf_char(told, '\n');
	else
		told->len = begun;
}

/* "Parameter 2 of 0x7E, the instruction, in a driver: amdppm.sys+0x334C" */
static void
tell_instruction(struct dump_kernel *k, unsigned number)
{
	struct ww_buf *told = &k->d->told;
	size_t begun = told->len;

	ww_buf_printf(told, "Parameter %u of 0x%X, the instruction, ", number,
		      (unsigned)ww_stop_plain(k->code));
	end_place(k, begun, k->parameters[number - 1]);
}

/* Where a driver has other data than code, or none knows what it is. */
static void
tell_others(struct dump_kernel *k, const struct ww_stop_shape *shape)
{
	struct ww_buf *told = &k->d->told;

	for (unsigned i = 1; i <= WW_STOP_PARAMETERS_MAX; i++) {
		size_t begun = told->len;

		if (shape != NULL && shape->instruction == i)
			continue;
		ww_buf_printf(told, "Parameter %u lies ", i);
		end_place(k, begun, k->parameters[i - 1]);
	}
}

/* "Exception 0xC0000005 in a driver: amdppm.sys+0x334C, writing …" */
static void
tell_record(struct dump_kernel *k, unsigned number)
{
	const struct dump_layout *l = k->layout;
	struct ww_buf *told = &k->d->told;
	struct ww_slice record;
	uint64_t address;
	uint32_t code;

	if (!dump_find_memory(k, k->parameters[number - 1], l->record, &record))
		return;
	code = dump_32(record, 0);
	address = dump_pointer(k, record, l->address);
	ww_buf_add(told, WW_LIT("Exception 0x"));
	ww_buf_hex(told, code, 8);
	ww_buf_char(told, ' ');
	if (!dump_tell_place(k->d, &k->drivers, address)) {
		ww_buf_add(told, WW_LIT("in no driver: "));
		ww_buf_hex(told, address, (unsigned)l->pointer * 2);
	}
	dump_tell_access(k->d, code, dump_pointer(k, record, l->information),
			 dump_pointer(k, record, l->information + l->pointer));
	ww_buf_printf(told, " (record of parameter %u)\n", number);
}

/*
 * "Context of parameter 4, in a driver: amdppm.sys+0x334C": where the
 * processor was; the stack from there on matters.
 */
static void
tell_registers(struct dump_kernel *k, unsigned number, const char *what,
	       const struct registers *r)
{
	struct ww_buf *told = &k->d->told;
	uint64_t address = k->parameters[number - 1];
	size_t begun = told->len;
	struct ww_slice saved;

	while (r->machine != 0 && r->machine != k->machine)
		r++;
	if (r->machine == 0 || !dump_find_memory(k, address, r->len, &saved))
		return;
	k->stack_pointer =
	    r->stack == 0 ? address + r->len : dump_pointer(k, saved, r->stack);
	ww_buf_printf(told, "%s of parameter %u, ", what, number);
	end_place(k, begun, dump_pointer(k, saved, r->code));
}

/* A person asks for a dump, and hardware breaks, whatever runs then. */
static void
tell_first(struct dump_kernel *k, struct dump_module *const *order, size_t n)
{
	const struct ww_stop_shape *shape = ww_stop_shape(k->code);

	if (shape != NULL && (shape->by_request || shape->by_hardware))
		return;
	for (size_t i = 0; i < n; i++) {
		if (dump_is_kernel(order[i]) || dump_is_carrier(order[i]) ||
		    order[i]->nameless)
			continue;
		ww_buf_add(&k->d->told, WW_LIT("First driver on the stack: "));
		ww_buf_add(&k->d->told, order[i]->name);
		ww_buf_char(&k->d->told, '\n');
		return;
	}
}

/* From the stack pointer on, if it lies there. */
static struct ww_slice
live_stack(const struct dump_kernel *k)
{
	struct ww_slice stack = k->stack.bytes;
	uint64_t skip = k->stack_pointer - k->stack.address;

	if (skip < stack.len)
		stack = ww_slice_from(stack,
				      (size_t)skip & ~(k->layout->pointer - 1));
	if (stack.len > STACK_MAX)
		stack.len = STACK_MAX;
	return stack;
}

/* Which drivers have code on the stack, in the order of their first. */
static void
tell_stack(struct dump_kernel *k)
{
	struct dump_module *order[ON_STACK_MAX];
	struct ww_slice stack = live_stack(k);
	size_t n = 0, word = k->layout->pointer;

	for (size_t at = 0; at + word <= stack.len; at += word) {
		struct dump_module *m =
		    dump_module_of(&k->drivers, dump_pointer(k, stack, at));

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

void
dump_tell_places(struct dump_kernel *k)
{
	const struct ww_stop_shape *shape = ww_stop_shape(k->code);

	if (shape != NULL && shape->instruction != 0)
		tell_instruction(k, shape->instruction);
	if (shape != NULL && shape->record != 0)
		tell_record(k, shape->record);
	if (shape != NULL && shape->context != 0)
		tell_registers(k, shape->context, "Context", contexts);
	if (shape != NULL && shape->trap != 0)
		tell_registers(k, shape->trap, "Trap frame", trap_frames);
	tell_others(k, shape);
	tell_stack(k);
}
