#include "base/tar.h"

#include "base/banned.h"

/* The other fields of what is written: offset, length where it is used. */
#define MODE_AT	   100
#define USER_AT	   108
#define GROUP_AT   116
#define ID_LEN	   8
#define TIME_AT	   136
#define MAGIC_AT   257
#define TYPE_FILE  '0'
#define MODE	   0644
#define SIZE_MAX_8 ((uint64_t)1 << 33)

/* Its name with a NUL, and version 00. */
static const char magic[] = { 'u', 's', 't', 'a', 'r', '\0', '0', '0' };

/* Digits that a NUL ends. */
static void
put_octal(char *p, size_t len, uint64_t v)
{
	for (size_t i = len - 1; i-- > 0; v >>= 3)
		p[i] = (char)('0' + (v & 7));
}

/* How many bytes of the name go in front, where it has a slash; or 0. */
static size_t
split(struct ww_slice name)
{
	size_t first = name.len - WW_TAR_NAME_LEN - 1;

	for (size_t i = first; i <= WW_TAR_PREFIX_LEN && i < name.len; i++)
		if (name.p[i] == '/')
			return i;
	return 0;
}

static bool
put_name(char *block, struct ww_slice name)
{
	size_t front = 0;

	if (name.len > WW_TAR_NAME_LEN) {
		front = split(name);
		if (front == 0)
			return false;
		memcpy(block + WW_TAR_PREFIX_AT, name.p, front);
		name = ww_slice_from(name, front + 1);
	}
	if (name.len > 0)
		memcpy(block + WW_TAR_NAME_AT, name.p, name.len);
	return name.len > 0;
}

bool
ww_tar_header(struct ww_slice name, uint64_t size, char ret[WW_TAR_BLOCK])
{
	uint64_t sum = 0;

	memset(ret, 0, WW_TAR_BLOCK);
	if (size >= SIZE_MAX_8 || !put_name(ret, name))
		return false;
	put_octal(ret + MODE_AT, ID_LEN, MODE);
	put_octal(ret + USER_AT, ID_LEN, 0);
	put_octal(ret + GROUP_AT, ID_LEN, 0);
	put_octal(ret + WW_TAR_SIZE_AT, WW_TAR_SIZE_LEN, size);
	put_octal(ret + TIME_AT, WW_TAR_SIZE_LEN, 0);
	memcpy(ret + MAGIC_AT, magic, sizeof(magic));
	ret[WW_TAR_TYPE_AT] = TYPE_FILE;
	/* The check sum counts its own field as blanks. */
	memset(ret + WW_TAR_CHECKSUM_AT, ' ', WW_TAR_CHECKSUM_LEN);
	for (size_t i = 0; i < WW_TAR_BLOCK; i++)
		sum += (unsigned char)ret[i];
	put_octal(ret + WW_TAR_CHECKSUM_AT, WW_TAR_CHECKSUM_LEN - 1, sum);
	return true;
}
