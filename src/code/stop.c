#include "code/stop.h"

#include <stddef.h>

#include "base/compiler.h"

#include "base/banned.h"

/* After Microsoft's pages of the stop codes. */
static const struct ww_stop_shape shapes[] = {
	/* IRQL_NOT_LESS_OR_EQUAL */
	{ .code = 0x0A, .instruction = 4 },
	/* KMODE_EXCEPTION_NOT_HANDLED */
	{ .code = 0x1E, .instruction = 2 },
	/* NTFS_FILE_SYSTEM */
	{ .code = 0x24, .record = 2, .context = 3 },
	/* RDR_FILE_SYSTEM */
	{ .code = 0x27, .record = 2, .context = 3 },
	/* SYSTEM_SERVICE_EXCEPTION */
	{ .code = 0x3B, .instruction = 2, .context = 3 },
	/* INTERRUPT_EXCEPTION_NOT_HANDLED */
	{ .code = 0x3D, .record = 1, .context = 2 },
	/* PAGE_FAULT_IN_NONPAGED_AREA */
	{ .code = 0x50, .instruction = 3 },
	/* SYSTEM_THREAD_EXCEPTION_NOT_HANDLED */
	{ .code = 0x7E, .instruction = 2, .record = 3, .context = 4 },
	/* KERNEL_MODE_EXCEPTION_NOT_HANDLED */
	{ .code = 0x8E, .instruction = 2, .trap = 3 },
	/* DRIVER_CORRUPTED_EXPOOL */
	{ .code = 0xC5, .instruction = 4 },
	/* PAGE_FAULT_IN_FREED_SPECIAL_POOL */
	{ .code = 0xCC, .instruction = 3 },
	/* PAGE_FAULT_BEYOND_END_OF_ALLOCATION */
	{ .code = 0xCD, .instruction = 3 },
	/* DRIVER_UNLOADED_WITHOUT_CANCELLING… */
	{ .code = 0xCE, .instruction = 3 },
	/* DRIVER_IRQL_NOT_LESS_OR_EQUAL */
	{ .code = 0xD1, .instruction = 4 },
	/* DRIVER_PORTION_MUST_BE_NONPAGED */
	{ .code = 0xD3, .instruction = 4 },
	/* SYSTEM_SCAN_AT_RAISED_IRQL_CAUGHT… */
	{ .code = 0xD4, .instruction = 4 },
	/* DRIVER_PAGE_FAULT_IN_FREED_SPECIAL… */
	{ .code = 0xD5, .instruction = 3 },
	/* DRIVER_PAGE_FAULT_BEYOND_END_OF… */
	{ .code = 0xD6, .instruction = 3 },
	/* MANUALLY_INITIATED_CRASH */
	{ .code = 0xE2, .by_request = true },
	/* VIDEO_TDR_FAILURE */
	{ .code = 0x116, .instruction = 2 },
	/* VIDEO_TDR_TIMEOUT_DETECTED */
	{ .code = 0x117, .instruction = 2 },
	/* WHEA_UNCORRECTABLE_ERROR */
	{ .code = 0x124, .by_hardware = true },
	/* KERNEL_SECURITY_CHECK_FAILURE */
	{ .code = 0x139, .record = 3, .trap = 2 },
	/* VIDEO_ENGINE_TIMEOUT_DETECTED */
	{ .code = 0x141, .instruction = 2 },
	/* LIVE_SYSTEM_DUMP */
	{ .code = 0x161, .by_request = true },
	/* EXCEPTION_ON_INVALID_STACK */
	{ .code = 0x1AA, .record = 4, .context = 3 },
	/* MANUALLY_INITIATED_POWER_BUTTON_HOLD */
	{ .code = 0x1C8, .by_request = true },
};

/* MANUALLY_INITIATED_CRASH1: a number that is no small one with a bit. */
#define MANUAL_CRASH 0xDEADDEADu

static const struct ww_stop_shape manual = { .code = MANUAL_CRASH,
					     .by_request = true };

const struct ww_stop_shape *
ww_stop_shape(uint32_t code)
{
	if (code == MANUAL_CRASH)
		return &manual;
	for (size_t i = 0; i < WW_ARRAY_LEN(shapes); i++)
		if (shapes[i].code == ww_stop_plain(code))
			return &shapes[i];
	return NULL;
}
