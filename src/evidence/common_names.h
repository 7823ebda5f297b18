/*
 * Names that are the same on every Windows, or of the Internet at large: they
 * tell of nobody.
 */
#ifndef WW_EVIDENCE_COMMON_NAMES_H
#define WW_EVIDENCE_COMMON_NAMES_H

#include "base/slice.h"

bool ww_is_common_user(struct ww_slice name);
bool ww_is_common_domain(struct ww_slice name);
bool ww_is_common_address(struct ww_slice address);

/* The host, or the domain it is in. */
bool ww_is_public_host(struct ww_slice host);

#endif
