#include "unpack/tar.h"

#include "base/message.h"
#include "unpack/name.h"

#include "base/banned.h"

/* Records about the next entry are small; of larger ones nothing is kept. */
#define RECORDS_MAX ((size_t)16 * 1024)

static bool
broken(struct ww_tar *t, const char *text)
{
	if (t->broken == NULL)
		t->broken = t->in.why != NULL ? t->in.why : text;
	t->left = t->padding = 0;
	t->head_at = t->head_len = 0;
	return false;
}

static bool
cut_off(struct ww_tar *t)
{
	return broken(t, N_("the unpacker ended before it was done"));
}

static bool
malformed(struct ww_tar *t)
{
	return broken(t, N_("the unpacker said what makes no sense"));
}

/* Octal digits, blanks and NULs round them. */
static bool
read_octal(const char *p, size_t len, uint64_t *ret)
{
	uint64_t v = 0;

	while (len > 0 && *p == ' ') {
		p++;
		len--;
	}
	for (; len > 0 && *p >= '0' && *p <= '7'; p++, len--) {
		if (v >> 60 != 0)
			return false;
		v = v << 3 | (uint64_t)(*p - '0');
	}
	*ret = v;
	return len == 0 || *p == ' ' || *p == '\0';
}

/* Octal, or with the top bit set a big-endian number (GNU). */
static bool
read_size(const char *p, uint64_t *ret)
{
	uint64_t v = 0;

	if (((unsigned char)p[0] & 0x80) == 0)
		return read_octal(p, WW_TAR_SIZE_LEN, ret);
	for (size_t i = WW_TAR_SIZE_LEN - 8; i < WW_TAR_SIZE_LEN; i++)
		v = v << 8 | (unsigned char)p[i];
	*ret = v;
	return v >> 62 == 0;
}

static bool
is_sound(const char *header)
{
	uint64_t wanted, sum = (uint64_t)WW_TAR_CHECKSUM_LEN * ' ';

	for (size_t i = 0; i < WW_TAR_BLOCK; i++)
		if (i < WW_TAR_CHECKSUM_AT ||
		    i >= WW_TAR_CHECKSUM_AT + WW_TAR_CHECKSUM_LEN)
			sum += (unsigned char)header[i];
	return read_octal(header + WW_TAR_CHECKSUM_AT, WW_TAR_CHECKSUM_LEN,
			  &wanted) &&
	       wanted == sum;
}

static bool
is_zero(const char *header)
{
	for (size_t i = 0; i < WW_TAR_BLOCK; i++)
		if (header[i] != '\0')
			return false;
	return true;
}

/* A field that a NUL ends unless it is full. */
static struct ww_slice
field(const char *p, size_t len)
{
	const char *end = memchr(p, '\0', len);

	return ww_slice_of(p, end == NULL ? len : (size_t)(end - p));
}

static void
set_long_name(struct ww_tar *t, struct ww_slice name)
{
	t->long_len =
	    name.len < sizeof(t->long_name) ? name.len : sizeof(t->long_name);
	if (t->long_len > 0)
		memcpy(t->long_name, name.p, t->long_len);
}

static void
take_record(struct ww_tar *t, struct ww_slice key, struct ww_slice value)
{
	uint64_t v = 0;

	if (ww_slice_eq(key, WW_LIT("path")))
		set_long_name(t, value);
	if (!ww_slice_eq(key, WW_LIT("size")) || value.len > 18)
		return;
	for (size_t i = 0; i < value.len; i++) {
		if (!ww_is_digit(value.p[i]))
			return;
		v = v * 10 + (uint64_t)(value.p[i] - '0');
	}
	t->size = v;
	t->has_size = true;
}

/* "21 path=Windows/x.log\n": the number counts all of it. */
static bool
next_record(struct ww_slice *rest, struct ww_slice *retkey,
	    struct ww_slice *retvalue)
{
	size_t at = 0, len = 0;
	const char *equals;

	while (at < rest->len && at < 6 && ww_is_digit(rest->p[at]))
		len = len * 10 + (size_t)(rest->p[at++] - '0');
	if (at == rest->len || rest->p[at] != ' ' || len < at + 3 ||
	    len > rest->len)
		return false;
	at++;
	equals = memchr(rest->p + at, '=', len - at - 1);
	if (equals == NULL)
		return false;
	*retkey = ww_slice_of(rest->p + at, (size_t)(equals - rest->p) - at);
	*retvalue =
	    ww_slice_of(equals + 1, (size_t)(rest->p + len - 1 - (equals + 1)));
	*rest = ww_slice_from(*rest, len);
	return true;
}

/* Records of a pax header ('x'), or one long name of GNU's ('L'). */
static bool
take_records(struct ww_tar *t, char type, uint64_t size)
{
	char raw[RECORDS_MAX];
	struct ww_slice rest, key, value;

	if (size > sizeof(raw))
		return inlet_drop(&t->in, size + ww_tar_padding(size)) ||
		       cut_off(t);
	if (!inlet_take(&t->in, raw, (size_t)size) ||
	    !inlet_drop(&t->in, ww_tar_padding(size)))
		return cut_off(t);
	rest = ww_slice_of(raw, (size_t)size);
	if (type == 'L')
		set_long_name(t, field(raw, rest.len));
	while (type == 'x' && next_record(&rest, &key, &value))
		take_record(t, key, value);
	return true;
}

static void
set_name(struct ww_tar *t, const char *header, struct ww_slice *ret)
{
	struct ww_slice prefix =
	    field(header + WW_TAR_PREFIX_AT, WW_TAR_PREFIX_LEN);
	struct ww_slice name = field(header + WW_TAR_NAME_AT, WW_TAR_NAME_LEN);
	char joined[WW_TAR_PREFIX_LEN + 1 + WW_TAR_NAME_LEN];
	size_t len = prefix.len;
	bool cut;

	memcpy(joined, prefix.p, len);
	if (len > 0)
		joined[len++] = '/';
	memcpy(joined + len, name.p, name.len);
	name = ww_slice_of(joined, len + name.len);
	if (t->long_len > 0)
		name = ww_slice_of(t->long_name, t->long_len);
	*ret = ww_slice_of(t->name,
			   ww_name_clean(name, t->name, sizeof(t->name), &cut));
	if (cut || t->long_len == sizeof(t->long_name))
		t->skipped[WW_WHY_NAME]++;
}

static bool
take_head(struct ww_tar *t)
{
	t->head_at = 0;
	t->head_len = t->left < WW_TAR_BLOCK ? (size_t)t->left : WW_TAR_BLOCK;
	t->left -= t->head_len;
	return inlet_take(&t->in, t->head, t->head_len) || cut_off(t);
}

static void
take_file(struct ww_tar *t, struct ww_frame *ret)
{
	struct ww_sniffed format = ww_sniff(ww_slice_of(t->head, t->head_len));

	ret->kind = WW_FRAME_MEMBER;
	t->only_head = format.use == WW_USE_NONE;
	if (format.use != WW_USE_UNPACK)
		return;
	ret->kind = WW_FRAME_PROBLEM;
	ret->why = WW_WHY_NESTED;
	t->head_len = 0;
}

/* False when the entry is none to speak of. */
static bool
take_entry(struct ww_tar *t, const char *header, struct ww_frame *ret)
{
	char type = header[WW_TAR_TYPE_AT];
	uint64_t size;

	if (!read_size(header + WW_TAR_SIZE_AT, &size))
		return malformed(t);
	if (type == 'x' || type == 'L' || type == 'g' || type == 'K') {
		take_records(t, type, size);
		return false;
	}
	t->left = t->has_size ? t->size : size;
	t->padding = ww_tar_padding(t->left);
	set_name(t, header, &ret->name);
	t->has_size = false;
	t->long_len = 0;
	if (type == '1' || type == '2')
		t->skipped[WW_WHY_LINK]++;
	else if (type == '3' || type == '4' || type == '6')
		t->skipped[WW_WHY_SPECIAL]++;
	if ((type != '0' && type != '\0' && type != '7') || !take_head(t))
		return false;
	take_file(t, ret);
	return true;
}

/* The next header; false at the end. */
static bool
take_header(struct ww_tar *t, char ret[WW_TAR_BLOCK])
{
	uint64_t behind = t->left + t->padding;

	t->left = t->padding = 0;
	t->head_at = t->head_len = 0;
	t->only_head = false;
	if (!inlet_drop(&t->in, behind) ||
	    !inlet_take(&t->in, ret, WW_TAR_BLOCK))
		return cut_off(t);
	if (is_zero(ret)) {
		t->ended = true;
		return false;
	}
	return is_sound(ret) || malformed(t);
}

/* What everything is over: too much of it. */
static enum ww_why
over(struct ww_tar *t)
{
	t->entries++;
	t->bytes += t->left;
	if (t->entries > WW_UNPACK_ENTRIES_MAX)
		return WW_WHY_ENTRIES;
	return t->bytes > WW_UNPACK_BYTES_MAX ? WW_WHY_BYTES : WW_WHY_WHOLE;
}

static struct ww_frame
end(struct ww_tar *t)
{
	if (t->broken != NULL)
		return (struct ww_frame){ .kind = WW_FRAME_BROKEN,
					  .text = t->broken };
	for (unsigned why = 1; why < WW_WHYS; why++) {
		uint64_t count = t->skipped[why];

		t->skipped[why] = 0;
		if (count > 0)
			return (struct ww_frame){ .kind = WW_FRAME_SKIPPED,
						  .why = (enum ww_why)why,
						  .count = count };
	}
	return (struct ww_frame){ .kind = WW_FRAME_DONE };
}

struct ww_frame
ww_tar_next(struct ww_tar *t)
{
	char header[WW_TAR_BLOCK];

	while (!t->ended && t->broken == NULL && take_header(t, header)) {
		struct ww_frame ret = { 0 };
		bool found = take_entry(t, header, &ret);
		enum ww_why why = over(t);

		if (why != WW_WHY_WHOLE) {
			t->ended = true;
			return (struct ww_frame){ .kind = WW_FRAME_PROBLEM,
						  .why = why };
		}
		if (found)
			return ret;
	}
	return end(t);
}

static size_t
give_head(struct ww_tar *t, void *buf, size_t len)
{
	size_t n = t->head_len - t->head_at;

	n = n < len ? n : len;
	memcpy(buf, t->head + t->head_at, n);
	t->head_at += n;
	return n;
}

size_t
ww_tar_read(void *tar, void *buf, size_t len, const char **retwhy)
{
	struct ww_tar *t = tar;
	size_t n = 0;

	if (len == 0)
		return 0;
	if (t->head_at < t->head_len)
		return give_head(t, buf, len);
	if (t->left > 0 && !t->only_head) {
		n = inlet_give(&t->in, buf,
			       len < t->left ? len : (size_t)t->left);
		t->left -= n;
		if (n == 0)
			cut_off(t);
	}
	if (n == 0 && t->broken != NULL)
		*retwhy = t->broken;
	return n;
}
