#include "evidence/common_names.h"

#include "base/banned.h"

static bool
is_one_of(struct ww_slice name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (ww_slice_casecmp(name, ww_slice_cstr(*names)) == 0)
			return true;
	return false;
}

bool
ww_is_common_user(struct ww_slice name)
{
	static const char *const names[] = {
		"Public",
		"Default",
		"All Users",
		"Default User",
		"Administrator",
		"Administrateur",
		"defaultuser0",
		"SYSTEM",
		"LocalService",
		"NetworkService",
		"LOCAL",
		"NETWORK",
		"systemprofile",
		"Guest",
		"Everyone",
		"TrustedInstaller",
		"Administrators",
		"Users",
		NULL,
	};

	return is_one_of(name, names);
}

bool
ww_is_common_domain(struct ww_slice name)
{
	static const char *const names[] = {
		"NT",	     "BUILTIN", "AUTHORITY", "AUTORITE", "NT SERVICE",
		"WORKGROUP", "AzureAD", "HKLM",	     "HKCU",	 NULL
	};

	return is_one_of(name, names);
}

bool
ww_is_public_host(struct ww_slice host)
{
	static const char *const ends[] = {
		"localhost",	       "microsoft.com",
		"windowsupdate.com",   "windows.com",
		"windows.net",	       "live.com",
		"office.com",	       "office365.com",
		"microsoftonline.com", "msftconnecttest.com",
		"msftncsi.com",	       "digicert.com",
		"xmlsoap.org",	       "w3.org",
		"verisign.com",	       "msocsp.com",
		"azureedge.net",       "trafficmanager.net",
		"akamaized.net",       "mp.microsoft.com",
		"example.com",	       NULL,
	};

	for (size_t i = 0; ends[i] != NULL; i++) {
		struct ww_slice end = ww_slice_cstr(ends[i]);
		size_t before = host.len - end.len;

		if (host.len >= end.len &&
		    ww_slice_casecmp(ww_slice_from(host, before), end) == 0 &&
		    (before == 0 || host.p[before - 1] == '.'))
			return true;
	}
	return false;
}

bool
ww_is_common_address(struct ww_slice address)
{
	static const char *const addresses[] = { "0.0.0.0", "127.0.0.1",
						 "255.255.255.255",
						 "255.255.255.0", NULL };

	return is_one_of(address, addresses);
}
