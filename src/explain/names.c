#include "explain/names.h"

#include "base/banned.h"

static bool
is_known(const void *ctx, struct ww_slice name)
{
	return ww_catalogue_name(ctx, name, 1).count > 0;
}

struct ww_name_lookup
ww_names_of(const struct ww_catalogue *c)
{
	return (struct ww_name_lookup){ is_known, c };
}
