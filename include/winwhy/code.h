/*
 * Number spaces and spellings.  The same 32 bits are different failures in
 * different spaces: a space and a value together are a code.
 */
#ifndef WINWHY_CODE_H
#define WINWHY_CODE_H

#include <stddef.h>
#include <stdint.h>

#include <winwhy/slice.h>
#include <winwhy/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The numbers are part of the ABI and of the catalogue format. */
enum ww_space {
	WW_SPACE_HRESULT,
	WW_SPACE_NTSTATUS,
	WW_SPACE_WIN32,
	WW_SPACE_BUGCHECK,
	WW_SPACE_JET,		  /* ESE, the database engine: negative */
	WW_SPACE_SETUP_PHASE,	  /* of a feature update's extend code */
	WW_SPACE_SETUP_OPERATION, /* likewise */
	WW_SPACE_EVENT,		  /* message ids of event sources */
	WW_SPACE_API,		  /* numbers of one interface only */
	WW_SPACES
};

/* "hresult", "ntstatus", …: as --as takes it and JSON prints it. */
WW_API const char *ww_space_id(enum ww_space space);

/* The space an id names, letters folded, or WW_SPACES. */
WW_API enum ww_space ww_space_from_id(struct ww_slice id);

/* One way to read the digits of a code. */
struct ww_number {
	uint32_t value;
	unsigned digits; /* as written, without prefix and sign */
	int hexadecimal; /* the digits were read as hexadecimal */
	int negative;	 /* there was a minus sign */
	int has_extend;	 /* a setup pair, 0xC1900101 - 0x20017 … */
	uint32_t extend; /* … and its second number */
};

/*
 * Read one code in any spelling: 0x80244007, -2145107961, 2149859335,
 * [80244007], 80244007h, 0xFFFFFFFF80244007, 0xC1900101-0x20017.
 * Fills at most max numbers, best first, and returns how many there are: 0
 * when text is no number, 2 when it fits hexadecimal and decimal.  Needs no
 * catalogue; symbolic names are ww_catalogue_name()'s.
 */
WW_API size_t ww_code_parse(struct ww_slice text, struct ww_number *ret,
			    size_t max);

#ifdef __cplusplus
}
#endif

#endif
