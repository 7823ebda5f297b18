/*
 * Who and where a log tells of: users, computers, domains, addresses, SIDs,
 * serial numbers, tenants, recognised by the form in which they stand.
 */
#ifndef WW_EVIDENCE_IDENTITY_H
#define WW_EVIDENCE_IDENTITY_H

#include "base/slice.h"

enum ww_identity_kind {
	WW_IDENTITY_USER,
	WW_IDENTITY_HOST,
	WW_IDENTITY_DOMAIN,
	WW_IDENTITY_ADDRESS,
	WW_IDENTITY_SID,
	WW_IDENTITY_SERIAL,
	WW_IDENTITY_TENANT,
	WW_IDENTITIES_KINDS
};

struct ww_identity {
	enum ww_identity_kind kind;
	struct ww_slice text; /* a part of the text */
};

/* One place tells of no more than a user, a domain and a host. */
#define WW_IDENTITIES_AT_MAX 3

/*
 * The identities whose form is first seen at or behind *at; it goes behind
 * that form.  How many: 0 when none is left.  Time is linear in the text.
 *
 *	C:\Users\anna\…           a user
 *	\\srv01\share             a computer
 *	http://wsus.contoso.local a computer, and its domain
 *	anna@contoso.com          a user and a domain
 *	User: CONTOSO\anna        a domain and a user
 *	ComputerName=PC-0412      whatever the key says
 *	S-1-5-21-1-2-3-1001       a SID
 *	10.1.2.3, fe80::1         an address, unless it is a version
 *
 * What is the same on every computer (SYSTEM, Public, localhost, hosts of
 * Microsoft) is none.
 */
unsigned ww_identity_next(struct ww_slice text, size_t *at,
			  struct ww_identity ret[WW_IDENTITIES_AT_MAX]);

#endif
