#include "input/places.h"

#include "base/compiler.h"

#include "base/banned.h"

static const char delivery_optimization[] =
    "Windows/ServiceProfiles/NetworkService/AppData/Local/Microsoft/"
    "Windows/DeliveryOptimization/Logs";

const char *const ww_places[] = {
	"Windows/Logs/WindowsUpdate",
	"Windows/Logs/SIH",
	"Windows/Logs/waasmedic",
	"ProgramData/USOShared/Logs/System",
	delivery_optimization,
	"Windows/WindowsUpdate.log",
	/* Where Get-WindowsUpdateLog puts its file unless told otherwise. */
	"Users/*/Desktop/WindowsUpdate.log",
	"Windows/SoftwareDistribution/ReportingEvents.log",
	"Windows/Logs/CBS",
	"Windows/Logs/DISM",
	"$WINDOWS.~BT/Sources/Panther",
	"$WINDOWS.~BT/Sources/Panther/CompatData*.xml",
	"$WINDOWS.~BT/Sources/Rollback",
	"Windows/Panther",
	"Windows/Logs/MoSetup",
	"Windows/Logs/SetupDiag/SetupDiagResults.xml",
	"Windows/System32/Sysprep/Panther",
	"Windows/CCM/Logs",
	"Windows/ccmsetup/Logs",
	"Windows/Temp/SMSTSLog",
	"SMSTSLog",
	"ProgramData/Microsoft/IntuneManagementExtension/Logs",
	"ProgramData/Microsoft/Windows Defender/Support/MPLog-*.log",
	"Windows/INF/setupapi*.log",
	"Windows/debug/NetSetup.LOG",
	"Windows/debug/mrt.log",
	"Windows/PFRO.log",
	"Windows/Minidump",
	"Windows/Temp/MSI*.log",
	"Users/*/AppData/Local/Temp/MSI*.log",
	"Program Files/Update Services/LogFiles",
	"inetpub/logs/LogFiles",
	"Windows/System32/LogFiles/HTTPERR",
	"Windows/System32/LogFiles/Firewall",
	NULL,
};

/* Ends of names; a rotated log has more behind: CBS.log.1, setup.log.old. */
static const char *const wanted[] = {
	"log", "lo_", "txt", "wer", "etl", "evtx", "evt", "dmp", "mdmp", "zip",
	"cab", "7z",  "tar", "tgz", "txz", "gz",   "bz2", "xz",	 "zst",
};

/* Settings and results, which a volume has thousands of beside these. */
static const char *const wanted_in_bundles[] = { "reg", "xml", "json",
						 "ndjson" };

const char *
ww_place_in_windows(const char *place)
{
	static const struct ww_slice windows = { "Windows/", 8 };

	if (!ww_slice_starts(ww_slice_cstr(place), windows))
		return NULL;
	return place + windows.len;
}

static char
fold_separator(char c)
{
	return c == '\\' ? '/' : ww_fold(c);
}

/* Whether the path goes on with the place, up to a separator or its end. */
static bool
is_at(struct ww_slice path, struct ww_slice place)
{
	if (path.len < place.len)
		return false;
	for (size_t i = 0; i < place.len; i++)
		if (fold_separator(path.p[i]) != ww_fold(place.p[i]))
			return false;
	return path.len == place.len ||
	       fold_separator(path.p[place.len]) == '/';
}

static bool
is_place(struct ww_slice path)
{
	for (size_t i = 0; ww_places[i] != NULL; i++)
		if (is_at(path, ww_slice_cstr(ww_places[i])))
			return true;
	return false;
}

bool
ww_place_below(struct ww_slice path)
{
	for (size_t at = 0; at < path.len; at++)
		if ((at == 0 || fold_separator(path.p[at - 1]) == '/') &&
		    is_place(ww_slice_from(path, at)))
			return true;
	return false;
}

static bool
is_one_of(struct ww_slice extension, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ww_slice_casecmp(extension, ww_slice_cstr(names[i])) == 0)
			return true;
	return false;
}

static bool
is_wanted(struct ww_slice extension, bool volume)
{
	return is_one_of(extension, wanted, WW_ARRAY_LEN(wanted)) ||
	       (!volume && is_one_of(extension, wanted_in_bundles,
				     WW_ARRAY_LEN(wanted_in_bundles)));
}

bool
ww_place_wanted(struct ww_slice name, bool volume)
{
	size_t end = name.len;

	for (size_t i = name.len; i > 0; i--) {
		if (name.p[i - 1] != '.')
			continue;
		if (end == name.len &&
		    is_wanted(ww_slice_from(name, i), volume))
			return true;
		if (ww_slice_casecmp(ww_slice_part(name, i, end - i),
				     WW_LIT("log")) == 0)
			return true;
		end = i - 1;
	}
	return end == name.len && !volume && name.len > 0;
}
