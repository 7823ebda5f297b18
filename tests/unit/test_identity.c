/*
 * Who and where a text tells of, and the same text with pseudonyms.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "evidence/pseudonyms.h"

#include "arena.h"

/* What a text becomes that tells of its identities itself. */
static const char *
redacted(const char *text)
{
	struct ww_pseudonyms *p = ww_pseudonyms_new(&arena);
	struct ww_buf out = ww_buf_in(&arena);

	ww_pseudonyms_gather(p, ww_slice_cstr(text));
	ww_pseudonyms_apply(p, ww_slice_cstr(text), &out);
	ww_buf_char(&out, '\0');
	return out.p;
}

static const struct {
	const char *text, *redacted;
} hidden[] = {
	{ "C:\\Users\\ameier\\AppData", "C:\\Users\\user-1\\AppData" },
	{ "C:\\Users\\Anna Meier\\x, of Anna Meier",
	  "C:\\Users\\user-1\\x, of user-1" },
	{ "profile C:\\Users\\ameier is locked",
	  "profile C:\\Users\\user-1 is locked" },
	{ "/home/ameier/logs", "/home/user-1/logs" },
	{ "C:/Users/ameier/x", "C:/Users/user-1/x" },
	{ "\\\\srv-01\\share\\a.msi", "\\\\host-1\\share\\a.msi" },
	{ "\"\\\\srv01.contoso.local\\share\" and SRV01",
	  "\"\\\\host-1.domain-1\\share\" and host-1" },
	{ "http://wsus01:8530/x", "http://host-1:8530/x" },
	{ "http://wsus.contoso.local/x and contoso.local",
	  "http://host-1.domain-1/x and domain-1" },
	{ "anna.meier@contoso.com", "user-1@domain-1" },
	{ "User: CONTOSO\\ameier did", "User: domain-1\\user-1 did" },
	{ "UserName=ameier; x", "UserName=user-1; x" },
	{ "\"ComputerName\": \"PC-0412\", PC-0412",
	  "\"ComputerName\": \"host-1\", host-1" },
	/* As shippers of events write it. */
	{ "\"host\":\"srv01.contoso.local\"", "\"host\":\"host-1.domain-1\"" },
	{ "{\"computer_name\":\"SRV02\",\"x\":1}",
	  "{\"computer_name\":\"host-1\",\"x\":1}" },
	{ "\"user\":{\"domain\":\"CONTOSO\",\"name\":\"bob\"},bob",
	  "\"user\":{\"domain\":\"domain-1\",\"name\":\"user-1\"},user-1" },
	{ "Machine Name = PC-0412", "Machine Name = host-1" },
	{ "SerialNumber=5CG1234ABC", "SerialNumber=serial-1" },
	{ "TenantId: 0f1e2d3c-1111-2222-3333-444455556666",
	  "TenantId: tenant-1" },
	{ "S-1-5-21-1-2-3-1001 and S-1-5-18", "sid-1 and S-1-5-18" },
	{ "S-1-12-1-1-2-3-4", "sid-1" },
	{ "from 10.20.30.40:8530", "from address-1:8530" },
	{ "fe80::1c2d and 2001:db8:0:1:2:3:4:5", "address-1 and address-2" },
	/* Each has one name, in any case, and whole words only. */
	{ "\\\\srv01\\a \\\\SRV01\\b srv012",
	  "\\\\host-1\\a \\\\host-1\\b srv012" },
};

static const char *const kept[] = {
	"C:\\Windows\\System32\\config\\systemprofile",
	"C:\\Users\\Public\\Desktop",
	"\\\\?\\C:\\x and \\\\.\\pipe\\y",
	"User: NT AUTHORITY\\SYSTEM",
	"version 10.1.1.18 of the driver",
	"10.0.19041.1 and 6.3.9600.16384",
	"Package_for_RollupFix~31bf3856ad364e35~amd64~~10.0.1.2",
	"https://download.windowsupdate.com/x and http://localhost:8530",
	"127.0.0.1",
	"name\":\"anna\"",
	"\"process\":{\"name\":\"setup\"}",
	"KB5034441, 0x80244007, 08:41:07, CSI::Store",
	"00000007@2026/2/5:00:18:03.622",
	"{3DA21691-E39D-4DA6-8A4B-B43877BCB1B7}",
	"",
};

static void
hides(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(hidden); i++)
		assert_string_equal(redacted(hidden[i].text),
				    hidden[i].redacted);
}

static void
keeps(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(kept); i++)
		assert_string_equal(redacted(kept[i]), kept[i]);
}

/* What one file told of is known in the texts of another. */
static void
joins(void **state)
{
	struct ww_pseudonyms *a = ww_pseudonyms_new(&arena);
	struct ww_pseudonyms *b = ww_pseudonyms_new(&arena);
	struct ww_buf out = ww_buf_in(&arena);

	(void)state;
	ww_pseudonyms_add(a, WW_IDENTITY_HOST, WW_LIT("PC-0001"));
	ww_pseudonyms_gather(b, WW_LIT("\\\\pc-0001\\x \\\\pc-0002\\y"));
	ww_pseudonyms_join(a, b);
	ww_pseudonyms_apply(a, WW_LIT("PC-0002 and PC-0001"), &out);
	ww_buf_char(&out, '\0');
	assert_string_equal(out.p, "host-2 and host-1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hides),
		cmocka_unit_test(keeps),
		cmocka_unit_test(joins),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
