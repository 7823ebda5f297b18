#include <winwhy/status.h>

#include "base/compiler.h"

const char *
ww_status_text(enum ww_status status)
{
	static const char *const texts[] = {
		[WW_OK] = "done",
		[WW_NOT_FOUND] = "nothing is known of it",
		[WW_INVALID] = "not of the form expected",
		[WW_TRUNCATED] = "the data end too early",
		[WW_CORRUPT] = "the data are damaged",
		[WW_UNSUPPORTED] = "of a version or kind not known here",
		[WW_LIMIT] = "a limit was reached",
		[WW_IO] = "could not be read or written",
		[WW_NOMEM] = "out of memory",
	};

	if ((unsigned)status >= WW_ARRAY_LEN(texts))
		return "unknown status";
	return texts[status];
}
