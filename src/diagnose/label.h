/*
 * What files are called in a report: their names without the folder that all
 * of them share.
 */
#ifndef WW_DIAGNOSE_LABEL_H
#define WW_DIAGNOSE_LABEL_H

#include "diagnose/analysis.h"

/* Fill `label` of each analysis; a part of its name. */
void ww_labels_make(struct ww_analysis *const *files, size_t n);

#endif
