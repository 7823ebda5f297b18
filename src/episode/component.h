/*
 * What a store check writes of a component or package that it found
 * damaged, and which version of it that was.
 */
#ifndef WW_EPISODE_COMPONENT_H
#define WW_EPISODE_COMPONENT_H

#include <stdint.h>

#include "base/slice.h"

/*
 * A line of a check's block:
 *	(p)	CSI Payload Corrupt	(w)	(Fixed)	amd64_x_…_none_…\a.dll
 * The letter says where a replacement came from: (n) from nowhere, (b) from
 * the store's own backup, (w) from a source or Windows Update.  Up to
 * Windows 8 there is none.  Only "(Fixed)" says that it was put in place.
 */
struct ww_finding {
	struct ww_slice kind; /* CSI Payload Corrupt */
	struct ww_slice name; /* empty when the line is not one */
	bool repaired;
};

struct ww_finding ww_finding_of(struct ww_slice line);

/*
 * 10.0.19041.1806 of a component's folder, amd64_x_31bf…_10.0.19041.1806_
 * none_41bd…\a.dll, or of a package, X~31bf…~amd64~~10.0.19041.1806; empty
 * when there is none.
 */
struct ww_slice ww_component_version(struct ww_slice name);

#define WW_VERSION_MAX 32

/* The newest of several versions; starts zeroed. */
struct ww_version_sum {
	bool known;
	uint32_t parts[4];
	char text[WW_VERSION_MAX];
	size_t len;
};

/*
 * Windows' own versions count more than others: .NET's and the browser's
 * say nothing of the update that carries them.
 */
void ww_version_add(struct ww_version_sum *sum, struct ww_slice version);

static inline struct ww_slice
ww_version_text(const struct ww_version_sum *sum)
{
	return ww_slice_of(sum->text, sum->len);
}

#endif
