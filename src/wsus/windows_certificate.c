#include "wsus/windows_certificate.h"

#include <wincrypt.h>

#include "sys/windows_text.h"

#include "base/banned.h"

static struct ww_slice
name_of(struct ww_arena *arena, PCERT_NAME_BLOB name)
{
	DWORD type = CERT_X500_NAME_STR;
	DWORD n = CertNameToStrW(X509_ASN_ENCODING, name, type, NULL, 0);
	struct wide text = wide_new(arena, n);

	n = CertNameToStrW(X509_ASN_ENCODING, name, type, text.p, n + 1);
	return narrow(arena, text.p, n > 0 ? n - 1 : 0);
}

/* FILETIME to seconds since 1970; 0 before. */
static uint64_t
seconds_of(FILETIME t)
{
	uint64_t v = (uint64_t)t.dwHighDateTime << 32 | t.dwLowDateTime;

	v /= 10000000;
	return v > UINT64_C(11644473600) ? v - UINT64_C(11644473600) : 0;
}

/* "DNS Name=wsus01, …", in the words of the system. */
static struct ww_slice
other_names(struct ww_arena *arena, PCERT_INFO info)
{
	PCERT_EXTENSION names =
	    CertFindExtension(szOID_SUBJECT_ALT_NAME2, info->cExtension,
			      info->rgExtension);
	DWORD size = 0;
	struct wide text;

	if (names == NULL ||
	    !CryptFormatObject(X509_ASN_ENCODING, 0, 0, NULL,
			       szOID_SUBJECT_ALT_NAME2, names->Value.pbData,
			       names->Value.cbData, NULL, &size))
		return (struct ww_slice){ 0 };
	text = wide_new(arena, size / sizeof(wchar_t) + 1);
	if (!CryptFormatObject(X509_ASN_ENCODING, 0, 0, NULL,
			       szOID_SUBJECT_ALT_NAME2, names->Value.pbData,
			       names->Value.cbData, text.p, &size))
		return (struct ww_slice){ 0 };
	return narrow(arena, text.p, wcslen(text.p));
}

/* A date that is wrong is one of two things. */
static void
judge_dates(struct ww_http_tls *tls)
{
	FILETIME now;

	GetSystemTimeAsFileTime(&now);
	if ((tls->flags & WW_TLS_EXPIRED) != 0 &&
	    tls->not_before > seconds_of(now)) {
		tls->flags &= ~(uint64_t)WW_TLS_EXPIRED;
		tls->flags |= WW_TLS_NOT_YET;
	}
	if ((tls->flags & WW_TLS_UNTRUSTED) != 0 && tls->subject.len > 0 &&
	    ww_slice_eq(tls->subject, tls->issuer))
		tls->flags |= WW_TLS_SELF_SIGNED;
}

void
windows_certificate(struct ww_arena *arena, HINTERNET handle,
		    struct ww_http_tls *tls)
{
	PCCERT_CONTEXT shown = NULL;
	DWORD size = sizeof(shown);

	if (!WinHttpQueryOption(handle, WINHTTP_OPTION_SERVER_CERT_CONTEXT,
				&shown, &size) ||
	    shown == NULL)
		return;
	tls->subject = name_of(arena, &shown->pCertInfo->Subject);
	tls->issuer = name_of(arena, &shown->pCertInfo->Issuer);
	tls->not_before = seconds_of(shown->pCertInfo->NotBefore);
	tls->not_after = seconds_of(shown->pCertInfo->NotAfter);
	tls->names = other_names(arena, shown->pCertInfo);
	CertFreeCertificateContext(shown);
	judge_dates(tls);
}
