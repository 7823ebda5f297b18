/*
 * The transport of the probe on Windows: there is none yet.
 */
#include "wsus/helper.h"

#include "base/message.h"

#include "base/banned.h"

bool
ww_helper_open(struct ww_arena *arena, struct ww_helper *ret,
	       const char **retwhy)
{
	(void)arena;
	*ret = (struct ww_helper){ 0 };
	*retwhy = N_("update servers cannot be asked by winwhy on Windows yet; "
		     "a capture of another system can be read");
	return false;
}

void
ww_helper_close(struct ww_helper *h)
{
	(void)h;
}
