#include "code/stop.h"

#include <stddef.h>

#include "base/compiler.h"

#include "base/banned.h"

/* After Microsoft's pages of the stop codes; their names stand beside. */
static const struct ww_stop_shape shapes[] = {
	{ 0x0A, 4, 0, 0, false },  /* IRQL_NOT_LESS_OR_EQUAL */
	{ 0x1E, 2, 0, 0, false },  /* KMODE_EXCEPTION_NOT_HANDLED */
	{ 0x24, 0, 2, 3, false },  /* NTFS_FILE_SYSTEM */
	{ 0x27, 0, 2, 3, false },  /* RDR_FILE_SYSTEM */
	{ 0x3B, 2, 0, 3, false },  /* SYSTEM_SERVICE_EXCEPTION */
	{ 0x3D, 0, 1, 2, false },  /* INTERRUPT_EXCEPTION_NOT_HANDLED */
	{ 0x50, 3, 0, 0, false },  /* PAGE_FAULT_IN_NONPAGED_AREA */
	{ 0x7E, 2, 3, 4, false },  /* SYSTEM_THREAD_EXCEPTION_NOT_HANDLED */
	{ 0x8E, 2, 0, 0, false },  /* KERNEL_MODE_EXCEPTION_NOT_HANDLED */
	{ 0xC5, 4, 0, 0, false },  /* DRIVER_CORRUPTED_EXPOOL */
	{ 0xCC, 3, 0, 0, false },  /* PAGE_FAULT_IN_FREED_SPECIAL_POOL */
	{ 0xCD, 3, 0, 0, false },  /* PAGE_FAULT_BEYOND_END_OF_ALLOCATION */
	{ 0xCE, 3, 0, 0, false },  /* DRIVER_UNLOADED_WITHOUT_CANCELLING… */
	{ 0xD1, 4, 0, 0, false },  /* DRIVER_IRQL_NOT_LESS_OR_EQUAL */
	{ 0xD3, 4, 0, 0, false },  /* DRIVER_PORTION_MUST_BE_NONPAGED */
	{ 0xD4, 4, 0, 0, false },  /* SYSTEM_SCAN_AT_RAISED_IRQL_CAUGHT… */
	{ 0xD5, 3, 0, 0, false },  /* DRIVER_PAGE_FAULT_IN_FREED_SPECIAL… */
	{ 0xD6, 3, 0, 0, false },  /* DRIVER_PAGE_FAULT_BEYOND_END_OF… */
	{ 0xE2, 0, 0, 0, true },   /* MANUALLY_INITIATED_CRASH */
	{ 0x116, 2, 0, 0, false }, /* VIDEO_TDR_FAILURE */
	{ 0x117, 2, 0, 0, false }, /* VIDEO_TDR_TIMEOUT_DETECTED */
	{ 0x139, 0, 3, 0, false }, /* KERNEL_SECURITY_CHECK_FAILURE */
	{ 0x141, 2, 0, 0, false }, /* VIDEO_ENGINE_TIMEOUT_DETECTED */
	{ 0x161, 0, 0, 0, true },  /* LIVE_SYSTEM_DUMP */
	{ 0x1AA, 0, 4, 3, false }, /* EXCEPTION_ON_INVALID_STACK */
	{ 0x1C8, 0, 0, 0, true },  /* MANUALLY_INITIATED_POWER_BUTTON_HOLD */
};

/* MANUALLY_INITIATED_CRASH1: a number that is no small one with a bit. */
#define MANUAL_CRASH 0xDEADDEADu

static const struct ww_stop_shape manual = { MANUAL_CRASH, 0, 0, 0, true };

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
