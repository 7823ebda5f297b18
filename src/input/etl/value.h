/*
 * A value of an event as text, by the type with which it was written.
 */
#ifndef WW_INPUT_ETL_VALUE_H
#define WW_INPUT_ETL_VALUE_H

#include "base/buf.h"
#include "base/slice.h"

/* Types of TraceLogging: how it is stored … */
enum ww_etl_in {
	WW_ETL_NULL,
	WW_ETL_STRING, /* UTF-16, ended by a NUL */
	WW_ETL_ANSI,   /* likewise */
	WW_ETL_I8,
	WW_ETL_U8,
	WW_ETL_I16,
	WW_ETL_U16,
	WW_ETL_I32,
	WW_ETL_U32,
	WW_ETL_I64,
	WW_ETL_U64,
	WW_ETL_F32,
	WW_ETL_F64,
	WW_ETL_BOOL32,
	WW_ETL_BINARY, /* as WW_ETL_COUNTED_BINARY */
	WW_ETL_GUID_VALUE,
	WW_ETL_POINTER,
	WW_ETL_FILETIME,
	WW_ETL_SYSTEMTIME,
	WW_ETL_SID,
	WW_ETL_HEX32,
	WW_ETL_HEX64,
	WW_ETL_COUNTED_STRING, /* its size in bytes before it: 16 bits */
	WW_ETL_COUNTED_ANSI,
	WW_ETL_STRUCT,
	WW_ETL_COUNTED_BINARY,
};

/* … and what it means. */
enum ww_etl_out {
	WW_ETL_OUT_NONE,
	WW_ETL_OUT_STRING = 2,
	WW_ETL_OUT_BOOLEAN = 3,
	WW_ETL_OUT_HEX = 4,
	WW_ETL_OUT_PORT = 7,
	WW_ETL_OUT_IPV4 = 8,
	WW_ETL_OUT_NTSTATUS = 14,
	WW_ETL_OUT_HRESULT = 15,
	WW_ETL_OUT_FILETIME = 16,
	WW_ETL_OUT_SIGNED = 17,
	WW_ETL_OUT_UNSIGNED = 18,
	WW_ETL_OUT_CODE_POINTER = 37,
};

struct ww_etl_type {
	unsigned in, out;
	unsigned pointer; /* bytes of a pointer */
};

/*
 * Take a value off the payload.  False: it is not there whole, or its type is
 * none that is known.
 */
bool ww_etl_value(const struct ww_etl_type *type, struct ww_slice *payload,
		  struct ww_buf *out);

/* UTF-16 as UTF-8, up to a NUL. */
void ww_etl_utf16(struct ww_slice s, struct ww_buf *out);

#endif
