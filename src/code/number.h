/*
 * The numbers Windows fails with, each space with a type of its own so that
 * an HRESULT cannot be taken for an NTSTATUS.  Knows the bit layouts of
 * [MS-ERREF] and nothing of names; everything may use it.
 */
#ifndef WW_CODE_NUMBER_H
#define WW_CODE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

struct ww_hresult {
	uint32_t v;
};
struct ww_ntstatus {
	uint32_t v;
};

/* [MS-ERREF] 2.3: the two top bits of an NTSTATUS. */
enum ww_severity {
	WW_SEVERITY_SUCCESS,
	WW_SEVERITY_INFORMATIONAL,
	WW_SEVERITY_WARNING,
	WW_SEVERITY_ERROR,
};

/* [MS-ERREF] 2.1, the bits above the facility. */
#define WW_HRESULT_S 0x80000000u /* severity: 1 is failure */
#define WW_HRESULT_R 0x40000000u /* reserved; severity when N is set */
#define WW_HRESULT_C 0x20000000u /* customer: not defined by Microsoft */
#define WW_HRESULT_N 0x10000000u /* an NTSTATUS carried in an HRESULT */
#define WW_HRESULT_X 0x08000000u /* reserved, in use from facility 0x800 up */

/* Facilities whose low word is a number of another space. */
#define WW_FACILITY_WIN32   7  /* HRESULT: a Win32 code */
#define WW_FACILITY_HTTP    25 /* HRESULT: an HTTP status */
#define WW_FACILITY_NTWIN32 7  /* NTSTATUS: a Win32 code */

static inline bool
ww_hresult_failed(struct ww_hresult hr)
{
	return (hr.v & WW_HRESULT_S) != 0;
}

/*
 * Facility: [MS-ERREF] 2.1 gives 11 bits; the real headers use the X bit too
 * (0x876 Direct3D, 0x898 WIC, 0xA15 winget), so 12 are read.
 */
static inline unsigned
ww_hresult_facility(struct ww_hresult hr)
{
	return hr.v >> 16 & 0xfff;
}

static inline unsigned
ww_hresult_code(struct ww_hresult hr)
{
	return hr.v & 0xffff;
}

static inline bool
ww_hresult_is_ntstatus(struct ww_hresult hr)
{
	return (hr.v & WW_HRESULT_N) != 0;
}

/* The NTSTATUS inside; ww_hresult_is_ntstatus() must hold. */
static inline struct ww_ntstatus
ww_hresult_to_ntstatus(struct ww_hresult hr)
{
	return (struct ww_ntstatus){ .v = hr.v & ~WW_HRESULT_N };
}

/* HRESULT_FROM_WIN32 of winerror.h: 0 and what is negative stay as they are. */
static inline struct ww_hresult
ww_hresult_from_win32(uint32_t code)
{
	if (code == 0 || (code & WW_HRESULT_S) != 0)
		return (struct ww_hresult){ .v = code };
	return (struct ww_hresult){ .v = WW_HRESULT_S |
					 (uint32_t)WW_FACILITY_WIN32 << 16 |
					 (code & 0xffff) };
}

/* HRESULT_FROM_NT of winerror.h. */
static inline struct ww_hresult
ww_hresult_from_nt(struct ww_ntstatus status)
{
	return (struct ww_hresult){ .v = status.v | WW_HRESULT_N };
}

static inline enum ww_severity
ww_ntstatus_severity(struct ww_ntstatus status)
{
	return (enum ww_severity)(status.v >> 30);
}

static inline unsigned
ww_ntstatus_facility(struct ww_ntstatus status)
{
	return status.v >> 16 & 0xfff;
}

static inline unsigned
ww_ntstatus_code(struct ww_ntstatus status)
{
	return status.v & 0xffff;
}

/*
 * A bug check in a dump's header or in event 1001 may carry this bit: the
 * same stop code, from a minidump path ("_M" names of bugcodes.h).
 */
#define WW_BUGCHECK_M 0x10000000u

/*
 * A parameter of 64 bits holds a status with its sign, 0xFFFFFFFFC0000005, or
 * without: without it.  Other numbers stay as they are.
 */
static inline uint64_t
ww_drop_sign(uint64_t v)
{
	return v >> 31 == 0x1FFFFFFFF ? (uint32_t)v : v;
}

#endif
