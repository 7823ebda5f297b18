/*
 * The embedded catalogue.  The build has validated its bytes and says where
 * its sections lie, so that nothing at all is done when a program starts.
 */
#include "catalogue/catalogue.h"

#include "catalogue-index.h"

extern const uint8_t ww_embedded_start[];

static const struct ww_catalogue embedded = {
	.base = ww_embedded_start,
	.sections = { WW_EMBEDDED_SECTIONS },
	.n_langs = WW_EMBEDDED_LANGS,
};

const struct ww_catalogue *
ww_catalogue_embedded(void)
{
	return &embedded;
}
