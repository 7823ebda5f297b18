#include "unpack/why.h"

#include <stddef.h>

#include "base/message.h"

#include "base/banned.h"

/* The numbers in these words are those of limits.h. */
static const char *const texts[WW_WHYS] = {
	[WW_WHY_ENCRYPTED] = N_("encrypted: it needs a password"),
	[WW_WHY_UNSUPPORTED] = N_("packed by a method that is not supported"),
	[WW_WHY_DAMAGED] = N_("damaged: the archive contradicts itself"),
	[WW_WHY_TRUNCATED] = N_("cut: the archive ends too early"),
	[WW_WHY_UNREAD] = N_("the archive could not be read to its end"),
	[WW_WHY_BYTES] = N_("more than 64 GiB come out of the archive"),
	[WW_WHY_RATIO] =
	    N_("more than 1000 bytes come out of each packed byte"),
	[WW_WHY_ENTRIES] = N_("the archive holds more than 100,000 entries"),
	[WW_WHY_DEPTH] = N_("more than 4 archives inside each other"),
	[WW_WHY_NAME] = N_("names longer than 4,096 bytes, cut"),
	[WW_WHY_SPOOL] =
	    N_("archives inside the archive need over 256 MiB of memory"),
	[WW_WHY_MEMORY] = N_("unpacking needs more than 1 GiB of memory"),
	[WW_WHY_SECONDS] = N_("unpacking takes more than 600 seconds"),
	[WW_WHY_KIND] = N_("of a format that is not read"),
	[WW_WHY_LINK] = N_("links inside an archive"),
	[WW_WHY_SPECIAL] = N_("devices and pipes inside an archive"),
	[WW_WHY_NESTED] =
	    N_("an archive inside an archive: tar.exe leaves it packed"),
};

const char *
ww_why_text(enum ww_why why)
{
	return texts[why];
}
