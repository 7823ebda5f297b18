/*
 * What the trackers of the servicing logs share: fields of their lines,
 * names of packages, and what their codes make of an episode.
 */
#ifndef WW_EPISODE_SERVICING_H
#define WW_EPISODE_SERVICING_H

#include "episode/tracker.h"

/* Cancelled: by the client of the servicing stack, by whoever waited. */
#define WW_CBS_E_CANCEL	   0x800f0820u
#define WW_ERROR_CANCELLED 0x800704c7u

/*
 * The value behind a name such as "Session: ", up to a comma, a bracket or
 * the end of the line; empty when the name does not stand in the text.
 */
struct ww_slice ww_servicing_field(struct ww_slice text, const char *name);

/* The number behind "HRESULT = ", "hr = ", "hr: " or "status: ". */
bool ww_servicing_hresult(struct ww_slice text, uint32_t *ret);

/*
 * The name of a package without key, architecture, language and version:
 * Package_for_RollupFix of Package_for_RollupFix~31bf…~amd64~~19041.1.
 */
struct ww_slice ww_package_name(struct ww_slice package);

/* KB5004237 in a package's name or identifier, or empty. */
struct ww_slice ww_package_kb(struct ww_slice name);

/*
 * ERROR_SUCCESS_REBOOT_REQUIRED: logged as 0x80070bc2, it looks like a
 * failure and is none.
 */
bool ww_servicing_reboots(uint32_t code);

/*
 * End an episode with a code of the servicing stack: a cancelled operation
 * has not failed, and one that waits for a restart has succeeded.
 */
void ww_servicing_end(struct ww_tracking *t, struct ww_episode *e,
		      uint32_t code, const struct ww_record *record);

#endif
