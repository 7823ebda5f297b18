#include "unpack/name.h"

#include "base/utf8.h"

#include "base/banned.h"

static bool
is_unfit(uint32_t c)
{
	/*
	 * C0 and C1 controls; line and paragraph separator, embeddings and
	 * overrides of direction; its isolates.
	 */
	return c < ' ' || (c >= 0x7F && c < 0xA0) ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

size_t
ww_name_clean(struct ww_slice raw, char *ret, size_t max, bool *retcut)
{
	size_t len = 0;

	*retcut = false;
	while (raw.len > 0) {
		char encoded[4];
		uint32_t c;
		size_t n;

		raw = ww_slice_from(raw, ww_utf8_decode(raw, &c));
		n = ww_utf8_encode(is_unfit(c) ? WW_REPLACEMENT : c, encoded);
		if (n > max - len) {
			*retcut = true;
			break;
		}
		memcpy(ret + len, encoded, n);
		len += n;
	}
	return len;
}
