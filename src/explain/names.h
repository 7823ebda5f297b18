/*
 * The catalogue's names, for a search of a text for codes.
 */
#ifndef WW_EXPLAIN_NAMES_H
#define WW_EXPLAIN_NAMES_H

#include "catalogue/catalogue.h"
#include "code/find.h"

/* The catalogue must outlive it. */
struct ww_name_lookup ww_names_of(const struct ww_catalogue *c);

#endif
