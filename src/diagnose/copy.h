/*
 * A WindowsUpdate.log beside the traces that it was made of: whoever collects
 * logs collects both, and what failed once must not count twice.
 */
#ifndef WW_DIAGNOSE_COPY_H
#define WW_DIAGNOSE_COPY_H

#include "diagnose/analysis.h"

/*
 * Of a log that tells nothing but what traces of its machine tell, the text
 * counts as looked at, and what it told is dropped.  Zones must be known.
 */
void ww_copies_drop(struct ww_analysis *const *files, size_t n);

#endif
