/*
 * The bit fields of HRESULT and NTSTATUS, with values of [MS-ERREF] and of
 * the headers, and the conversions of winerror.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/compiler.h"
#include "code/number.h"

static const struct {
	uint32_t v;
	bool failed;
	bool is_ntstatus;
	unsigned facility;
	unsigned code;
} hresults[] = {
	{ 0x00000000, false, false, 0, 0 },	   /* S_OK */
	{ 0x00000001, false, false, 0, 1 },	   /* S_FALSE */
	{ 0x00030200, false, false, 3, 0x200 },	   /* STG_S_CONVERTED */
	{ 0x80004005, true, false, 0, 0x4005 },	   /* E_FAIL */
	{ 0x80010108, true, false, 1, 0x108 },	   /* RPC_E_DISCONNECTED */
	{ 0x80040154, true, false, 4, 0x154 },	   /* REGDB_E_CLASSNOTREG */
	{ 0x80070005, true, false, 7, 5 },	   /* E_ACCESSDENIED */
	{ 0x80090016, true, false, 9, 0x16 },	   /* NTE_BAD_KEYSET */
	{ 0x80190194, true, false, 25, 404 },	   /* HTTP_E_STATUS_NOT_FOUND */
	{ 0x80244007, true, false, 0x24, 0x4007 }, /* WU_E_PT_… */
	{ 0x887A0005, true, false, 0x87A, 5 },	   /* DXGI_ERROR_… */
	{ 0x88760868, true, false, 0x876, 0x868 }, /* D3DERR_DEVICELOST */
	{ 0x88982F50, true, false, 0x898, 0x2F50 }, /* WINCODEC_ERR_… */
	{ 0x8A150001, true, false, 0xA15, 1 },	    /* winget */
	{ 0xC0262000, true, false, 0x26, 0x2000 },  /* graphics, R set */
	{ 0xD0000022, true, true, 0, 0x22 },	    /* around 0xC0000022 */
	{ 0x90000006, true, true, 0, 6 },	    /* around 0x80000006 */
};

static void
test_hresult_fields(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(hresults); i++) {
		struct ww_hresult hr = { .v = hresults[i].v };

		assert_int_equal(ww_hresult_failed(hr), hresults[i].failed);
		assert_int_equal(ww_hresult_is_ntstatus(hr),
				 hresults[i].is_ntstatus);
		if (!hresults[i].is_ntstatus)
			assert_int_equal(ww_hresult_facility(hr),
					 hresults[i].facility);
		assert_int_equal(ww_hresult_code(hr), hresults[i].code);
	}
}

static const struct {
	uint32_t v;
	enum ww_severity severity;
	unsigned facility;
	unsigned code;
} statuses[] = {
	{ 0x00000000, WW_SEVERITY_SUCCESS, 0, 0 },	    /* SUCCESS */
	{ 0x00000103, WW_SEVERITY_SUCCESS, 0, 0x103 },	    /* PENDING */
	{ 0x40000000, WW_SEVERITY_INFORMATIONAL, 0, 0 },    /* NAME_EXISTS */
	{ 0x4000001E, WW_SEVERITY_INFORMATIONAL, 0, 0x1E }, /* WX86_… */
	{ 0x80000005, WW_SEVERITY_WARNING, 0, 5 },	  /* BUFFER_OVERFLOW */
	{ 0x8000001A, WW_SEVERITY_WARNING, 0, 0x1A },	  /* NO_MORE_ENTRIES */
	{ 0xC0000005, WW_SEVERITY_ERROR, 0, 5 },	  /* ACCESS_VIOLATION */
	{ 0xC0000022, WW_SEVERITY_ERROR, 0, 0x22 },	  /* ACCESS_DENIED */
	{ 0xC0020017, WW_SEVERITY_ERROR, 2, 0x17 },	  /* RPC_NT_… */
	{ 0xC0070005, WW_SEVERITY_ERROR, 7, 5 },	  /* around Win32 5 */
	{ 0xC01C0001, WW_SEVERITY_ERROR, 0x1C, 1 },	  /* FLT_… */
	{ 0xE06D7363, WW_SEVERITY_ERROR, 0x06D, 0x7363 }, /* C++ exception */
};

static void
test_ntstatus_fields(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(statuses); i++) {
		struct ww_ntstatus status = { .v = statuses[i].v };

		assert_int_equal(ww_ntstatus_severity(status),
				 statuses[i].severity);
		assert_int_equal(ww_ntstatus_facility(status),
				 statuses[i].facility);
		assert_int_equal(ww_ntstatus_code(status), statuses[i].code);
	}
}

static const struct {
	uint32_t win32, hresult;
} from_win32[] = {
	{ 0, 0 },
	{ 5, 0x80070005 },
	{ 14098, 0x80073712 },
	{ 0xFFFF, 0x8007FFFF },
	{ 0x80070005, 0x80070005 },
	{ 0xFFFFFFFF, 0xFFFFFFFF },
	/* What does not fit loses its high word, as in the macro. */
	{ 0x00010005, 0x80070005 },
};

static void
test_from_win32(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(from_win32); i++)
		assert_int_equal(ww_hresult_from_win32(from_win32[i].win32).v,
				 from_win32[i].hresult);
}

static const struct {
	uint32_t status, hresult;
} from_nt[] = {
	{ 0xC0000022, 0xD0000022 },
	{ 0xC000000D, 0xD000000D },
	{ 0x80000005, 0x90000005 },
	{ 0x00000103, 0x10000103 },
};

static void
test_from_nt(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(from_nt); i++) {
		struct ww_ntstatus status = { .v = from_nt[i].status };
		struct ww_hresult hr = ww_hresult_from_nt(status);

		assert_int_equal(hr.v, from_nt[i].hresult);
		assert_true(ww_hresult_is_ntstatus(hr));
		assert_int_equal(ww_hresult_to_ntstatus(hr).v, status.v);
	}
}

/* The fields are disjoint and together they are the whole number. */
static void
test_fields_cover(void **state)
{
	(void)state;
	assert_int_equal(WW_HRESULT_S | WW_HRESULT_R | WW_HRESULT_C |
			     WW_HRESULT_N | WW_HRESULT_X | 0x07FFFFFFu,
			 0xFFFFFFFF);
	assert_int_equal(WW_HRESULT_S ^ WW_HRESULT_R ^ WW_HRESULT_C ^
			     WW_HRESULT_N ^ WW_HRESULT_X ^ 0x07FFFFFFu,
			 0xFFFFFFFF);
	for (unsigned bit = 0; bit < 28; bit++) {
		struct ww_hresult hr = { .v = 1u << bit };

		assert_int_equal(ww_hresult_facility(hr) << 16 |
				     ww_hresult_code(hr),
				 hr.v);
	}
}

static void
test_drop_sign(void **state)
{
	(void)state;
	assert_true(ww_drop_sign(UINT64_C(0xFFFFFFFFC0000005)) == 0xC0000005);
	assert_true(ww_drop_sign(0xC0000005) == 0xC0000005);
	assert_true(ww_drop_sign(3) == 3);
	/* An address, and a number whose sign is that of more bits. */
	assert_true(ww_drop_sign(UINT64_C(0xFFFFF80012345678)) ==
		    UINT64_C(0xFFFFF80012345678));
	assert_true(ww_drop_sign(UINT64_C(0xFFFFFFFF00000005)) ==
		    UINT64_C(0xFFFFFFFF00000005));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hresult_fields),
		cmocka_unit_test(test_ntstatus_fields),
		cmocka_unit_test(test_from_win32),
		cmocka_unit_test(test_from_nt),
		cmocka_unit_test(test_fields_cover),
		cmocka_unit_test(test_drop_sign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
