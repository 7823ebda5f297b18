/*
 * What the conversation with an update server can break on, and what clients
 * end with then.
 */
#ifndef WW_CATALOGUE_TROUBLES_H
#define WW_CATALOGUE_TROUBLES_H

#include "catalogue/catalogue.h"

/*
 * The trouble of that word; a status of HTTP that has none of its own is
 * http-other.  Its p is NULL without one.
 */
struct ww_rec ww_trouble(const struct ww_catalogue *c, struct ww_slice word);

/* What a scan of such a client ends with then; false: nobody knows. */
bool ww_trouble_code(const struct ww_catalogue *c, struct ww_slice word,
		     enum ww_client client, uint32_t *ret);

/* A code of a client as the HRESULT that it shows. */
uint32_t ww_client_code(struct ww_rec code);

/* What is known of a step by its name; its p is NULL without it. */
struct ww_rec ww_probe_step(const struct ww_catalogue *c, struct ww_slice name);

#endif
