/*
 * A failure held against the settings of its machine.
 */
#ifndef WW_DIAGNOSE_POLICY_H
#define WW_DIAGNOSE_POLICY_H

#include "diagnose/concluding.h"

/*
 * The setting that names another update server than the one that the failed
 * scan asked; NULL where none does, or where no setting is at hand.
 */
const struct ww_note *ww_other_server(const struct ww_concluding *k,
				      const struct ww_finding *f);

#endif
