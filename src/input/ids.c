#include "input/ids.h"

#include "base/bytes.h"

#include "base/banned.h"

void
ww_guid_text(const uint8_t *p, bool capitals, char ret[WW_GUID_TEXT])
{
	static const uint8_t order[WW_GUID_SIZE] = { 3,	 2,  1,	 0, 5,	4,
						     7,	 6,  8,	 9, 10, 11,
						     12, 13, 14, 15 };
	const char *digits = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
	char *to = ret;

	*to++ = '{';
	for (size_t i = 0; i < WW_GUID_SIZE; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*to++ = '-';
		*to++ = digits[p[order[i]] >> 4];
		*to++ = digits[p[order[i]] & 15];
	}
	*to = '}';
}

static char *
put_number(char *to, uint64_t v)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + v % 10);
	while ((v /= 10) != 0);
	memcpy(to, digits + at, sizeof(digits) - at);
	return to + sizeof(digits) - at;
}

size_t
ww_sid_text(const uint8_t *p, size_t len, char ret[WW_SID_TEXT_MAX])
{
	uint64_t authority = 0;
	char *to = ret;

	if (len < WW_SID_MIN || len < ww_sid_size(p))
		return 0;
	for (size_t i = 2; i < WW_SID_MIN; i++)
		authority = authority << 8 | p[i];
	*to++ = 'S';
	*to++ = '-';
	to = put_number(to, p[0]);
	*to++ = '-';
	to = put_number(to, authority);
	for (size_t i = 0; i < p[1]; i++) {
		*to++ = '-';
		to = put_number(to, ww_load32(p + WW_SID_MIN + 4 * i));
	}
	return (size_t)(to - ret);
}
