/*
 * A proxy as WinHTTP is set to, in the words of "netsh winhttp show proxy":
 * services, and the update client among them, go through it.
 */
#ifndef WW_EVIDENCE_WINHTTP_PROXY_H
#define WW_EVIDENCE_WINHTTP_PROXY_H

#include <stdbool.h>

#include "base/slice.h"

/*
 * The proxy for a host, "proxy:8080"; empty: none.  The setting is one, or
 * "http=proxy:8080;https=…", or a sentence that says that there is none; the
 * bypass a list of patterns, "*.contoso.test;<local>".
 */
struct ww_slice ww_winhttp_proxy(struct ww_slice setting,
				 struct ww_slice bypass, struct ww_slice host,
				 bool tls);

#endif
