#include "code/tail.h"

#include "base/compiler.h"
#include "code/numeral.h"

/* Blanks allowed between the parts; bounds the look ahead, too. */
#define BLANKS_MAX 4

/*
 * An extend code is a phase (1 to 5 so far) in the high word and an operation
 * in the low one.  Without these limits "0x5 - 0x9" would be a pair.
 */
#define EXTEND_MIN 0x10000u
#define EXTEND_MAX 0xFFFFFFu

static size_t
blanks(struct ww_slice s, size_t at)
{
	size_t n = 0;

	while (at + n < s.len && n < BLANKS_MAX &&
	       (s.p[at + n] == ' ' || s.p[at + n] == '\t'))
		n++;
	return n;
}

/* A number after blanks and an 0x; at moves behind it. */
static bool
read_hex(struct ww_slice s, size_t *at, bool bare_too, struct ww_numeral *ret)
{
	size_t from = *at + blanks(s, *at);
	size_t prefix = ww_numeral_0x(ww_slice_from(s, from));

	if (prefix == 0 && !bare_too)
		return false;
	if (!ww_numeral_hex(ww_slice_from(s, from + prefix), ret))
		return false;
	*at = from + prefix + ret->len;
	return true;
}

static bool
ends_word(struct ww_slice s, size_t at)
{
	return at == s.len || (!ww_is_alnum(s.p[at]) && s.p[at] != '_');
}

size_t
ww_tail_extend(struct ww_slice rest, struct ww_spelled *ret)
{
	size_t at = blanks(rest, 0);
	size_t dash = ww_numeral_dash(ww_slice_from(rest, at));
	struct ww_numeral num;

	at += dash;
	if (dash == 0 || !read_hex(rest, &at, false, &num))
		return 0;
	if (num.value < EXTEND_MIN || num.value > EXTEND_MAX ||
	    !ends_word(rest, at))
		return 0;
	ret->has_extend = true;
	ret->extend = (uint32_t)num.value;
	return at;
}

/*
 * The parameters and the closing bracket; the bytes with it, or 0 and nothing
 * filled.  bare_too as in read_hex().
 */
static size_t
read_params(struct ww_slice s, size_t at, char close, bool bare_too,
	    struct ww_spelled *ret)
{
	struct ww_spelled got = *ret;
	struct ww_numeral num;
	unsigned n = 0;

	while (n < WW_STOP_PARAMETERS_MAX && read_hex(s, &at, bare_too, &num)) {
		got.params[n++] = num.value;
		at += blanks(s, at);
		if (at < s.len && s.p[at] == close) {
			*ret = got;
			ret->n_params = n;
			return at + 1;
		}
		if (at == s.len || s.p[at++] != ',')
			return 0;
	}
	return 0;
}

size_t
ww_tail_params(struct ww_slice rest, struct ww_spelled *ret)
{
	size_t at = blanks(rest, 0);

	/* BugCheck 9F, {3, ...} */
	if (at < rest.len && rest.p[at] == ',')
		at += 1 + blanks(rest, at + 1);
	if (at < rest.len && rest.p[at] == '(')
		return read_params(rest, at + 1, ')', false, ret);
	if (at < rest.len && rest.p[at] == '{')
		return read_params(rest, at + 1, '}', true, ret);
	return 0;
}

size_t
ww_tail_bare_params(struct ww_slice rest, struct ww_spelled *ret)
{
	struct ww_spelled got = *ret;
	size_t at = blanks(rest, 0);
	size_t len;

	if (at == rest.len || rest.p[at] != '(')
		return 0;
	len = read_params(rest, at + 1, ')', true, &got);
	if (len == 0 || got.n_params < WW_STOP_PARAMETERS_MAX)
		return 0;
	*ret = got;
	return len;
}
