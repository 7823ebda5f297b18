/*
 * A failure held against what is known of its machine: settings, and what is
 * installed.
 */
#ifndef WW_DIAGNOSE_FACTS_H
#define WW_DIAGNOSE_FACTS_H

#include "diagnose/concluding.h"

/*
 * The setting that names another update server than the one that the failed
 * scan asked; NULL where none does, or where no setting is at hand.
 */
const struct ww_note *ww_other_server(const struct ww_concluding *k,
				      const struct ww_finding *f);

/* What machines are set to that bears on a probe; NULL: nothing. */
struct ww_beside {
	const struct ww_note *server;	 /* another than the one asked */
	const struct ww_note *alternate; /* whence updates are downloaded */
	const struct ww_note *proxy;	 /* not as the probe went */
};

/*
 * Of the settings at hand, held against the address that was asked, and the
 * proxy that this went through; empty: none.
 */
struct ww_beside ww_settings_beside(struct ww_analysis *const *files, size_t n,
				    struct ww_slice address,
				    struct ww_slice proxy);

/*
 * "KB5044033": the update that failed to install, where a list of installed
 * updates of its machine has it; else empty.
 */
struct ww_slice ww_listed_update(const struct ww_concluding *k,
				 const struct ww_finding *f);

#endif
