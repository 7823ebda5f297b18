/*
 * The certificate that a server showed WinHTTP.  Used by windows.c.
 */
#ifndef WW_WSUS_WINDOWS_CERTIFICATE_H
#define WW_WSUS_WINDOWS_CERTIFICATE_H

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <winhttp.h>

#include "base/arena.h"
#include "sys/http.h"

/* Of a request whose handshake is over; its flags say what is wrong. */
void windows_certificate(struct ww_arena *arena, HINTERNET handle,
			 struct ww_http_tls *tls);

#endif
