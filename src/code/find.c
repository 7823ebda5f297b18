#include "code/find.h"

#include "base/compiler.h"
#include "base/simd/bits.h"
#include "code/cue.h"
#include "code/look.h"
#include "code/macro.h"
#include "code/numeral.h"
#include "code/tail.h"

#include "base/banned.h"

#define CODE_DIGITS 8	/* of 32 bits in hexadecimal */
#define WIDE_DIGITS 16	/* of 64 */
#define NAME_MAX    96	/* no symbolic name is longer */
#define MACRO_MAX   128 /* nor what calls a macro of winerror.h */

/* Success, and words in capitals that a name may happen to be. */
static const char *const dull_names[] = {
	"S_OK",	    "ERROR_SUCCESS", "STATUS_SUCCESS",
	"NO_ERROR", "SUCCESS",	     "NERR_Success",
	"FAILURE",  "WARNING",	     "FAILED",
};

static struct ww_cue
cue_before(const struct ww_find *find, size_t at)
{
	return find->memo != NULL ? ww_cue_recall(find->memo, find->text, at)
				  : ww_cue_before(find->text, at);
}

/*
 * A sighting from start up to end; the search goes on there.  Success is no
 * sighting.
 */
static bool
sight(struct ww_find *find, size_t start, size_t end,
      const struct ww_spelled *spelled, const struct ww_cue *cue,
      struct ww_sighting *ret)
{
	find->at = end;
	if (spelled->form != WW_FORM_NAME && spelled->value == 0)
		return false;
	*ret = (struct ww_sighting){
		.at = start,
		.text = ww_slice_part(find->text, start, end - start),
		.spelled = *spelled,
	};
	ret->spelled.in_text = true;
	ret->spelled.stop = cue->stop;
	ret->leftover = cue->leftover;
	return true;
}

/* The extend code or the parameters behind a number; returns their bytes. */
static size_t
read_tail(struct ww_slice rest, const struct ww_cue *cue,
	  struct ww_spelled *spelled)
{
	struct ww_spelled got = *spelled;
	size_t len = ww_tail_extend(rest, spelled);

	if (len > 0)
		return len;
	/* Without "STOP" before it, "5 (0x5)" is no stop code. */
	len = ww_tail_params(rest, &got);
	if (len == 0 || (!cue->stop && got.n_params < WW_STOP_PARAMETERS_MAX))
		return 0;
	*spelled = got;
	return len;
}

/*
 * Hexadecimal digits from `at` on, as far as they belong together: a split by
 * a back-quote may take them beyond the token.
 */
static bool
read_digits(struct ww_find *find, const struct ww_token *token, size_t at,
	    struct ww_spelled *ret)
{
	struct ww_slice rest = ww_slice_from(find->text, at);
	struct ww_numeral num;

	if (!ww_numeral_hex(rest, &num))
		return false;
	ret->digits = num.digits;
	if (at + num.len > token->end)
		find->at = at + num.len;
	return ww_numeral_code(num.value, &ret->value, &ret->extended) &&
	       (num.digits <= CODE_DIGITS ||
		(ret->extended && num.digits == WIDE_DIGITS));
}

/* Where C's suffix behind the digits ends; 0 when something else follows. */
static size_t
suffix_end(const struct ww_token *token, size_t at)
{
	for (; at < token->end; at++) {
		char c = ww_fold(token->text.p[at]);

		if (c != 'u' && c != 'l')
			return 0;
	}
	return at;
}

/* What makes an address, an offset, a colour or a path of what it touches. */
static bool
is_joint(char c)
{
	return c == '@' || c == '#' || c == '%' || c == '~' || c == '\\';
}

static bool
is_prefix_bounded(const struct ww_token *token)
{
	char left = ww_look_left(token), right = ww_look_right(token);

	if (is_joint(left) || left == '+' || left == '&')
		return false;
	if (right == '.')
		return !ww_is_digit(ww_look_beyond(token));
	return !is_joint(right);
}

/*
 * [0x0601c1]: setup numbers its own messages like this, between the level and
 * the component.
 */
static bool
is_message_id(const struct ww_token *token)
{
	return token->end - token->at == 8 && ww_look_left(token) == '[' &&
	       ww_look_right(token) == ']' &&
	       token->text.p[token->at + 2] == '0';
}

/* AddService=name,0x00000002,section: a field of an INF file's line. */
static bool
is_field(const struct ww_token *token, uint32_t value)
{
	return value < 0x80000000u && ww_look_left(token) == ',' &&
	       ww_look_right(token) == ',';
}

/* 0x80244007, and what belongs to it. */
static bool
find_prefixed(struct ww_find *find, const struct ww_token *token,
	      struct ww_sighting *ret)
{
	struct ww_spelled spelled = { .form = WW_FORM_HEX };
	struct ww_cue cue;
	size_t end;

	/* More than 16 digits and their prefix and suffix are no number. */
	if (token->end - token->at > WIDE_DIGITS + 5 ||
	    !read_digits(find, token, token->at + 2, &spelled))
		return false;
	end = find->at > token->end
		  ? find->at
		  : suffix_end(token, token->at + 2 + spelled.digits);
	if (end == 0 || !is_prefix_bounded(token) || is_message_id(token) ||
	    is_field(token, spelled.value))
		return false;
	cue = cue_before(find, token->at);
	if (cue.noise && !(cue.leftover && find->leftovers))
		return false;
	end += read_tail(ww_slice_from(find->text, end), &cue, &spelled);
	return sight(find, token->at, end, &spelled, &cue, ret);
}

bool
ww_find_is_bare(const struct ww_token *token, uint32_t value,
		const struct ww_cue *cue)
{
	uint32_t top = value >> 28;

	if (cue->noise)
		return false;
	if (cue->stop)
		return true;
	if (cue->code)
		return top == 8 || top >= 0xC;
	if (!ww_look_failure(value))
		return false;
	if (ww_look_enclosed(token) || cue->assigned)
		return true;
	/* Standing alone: 80070005 and 8024402f, not 88123456. */
	return token->decimal < CODE_DIGITS || value >> 24 == 0x80;
}

/* Letters alone are a word: defaced. */
static bool
has_digit(const struct ww_token *token)
{
	for (size_t i = token->at; i < token->end; i++)
		if (ww_is_digit(token->text.p[i]))
			return true;
	return false;
}

/* 9F, {3, ...} behind "BugCheck". */
static bool
find_stop(struct ww_find *find, const struct ww_token *token,
	  struct ww_spelled *spelled, struct ww_sighting *ret)
{
	struct ww_slice rest = ww_slice_from(find->text, token->end);
	size_t tail = ww_tail_params(rest, spelled);
	struct ww_cue cue;

	if (tail == 0)
		return false;
	cue = cue_before(find, token->at);
	return cue.stop &&
	       sight(find, token->at, token->end + tail, spelled, &cue, ret);
}

/* 80244007 without a prefix. */
static bool
find_bare(struct ww_find *find, const struct ww_token *token,
	  struct ww_sighting *ret)
{
	struct ww_spelled spelled = { .form = WW_FORM_BARE_HEX };
	struct ww_cue cue;

	if (!read_digits(find, token, token->at, &spelled) ||
	    !ww_look_bounded(token))
		return false;
	if (!spelled.extended) {
		if (find_stop(find, token, &spelled, ret))
			return true;
		if (token->hex != CODE_DIGITS || !has_digit(token))
			return false;
	}
	cue = cue_before(find, token->at);
	if (spelled.extended)
		return sight(find, token->at, find->at, &spelled, &cue, ret);
	return ww_find_is_bare(token, spelled.value, &cue) &&
	       sight(find, token->at, token->end, &spelled, &cue, ret);
}

/* %%1053: how event messages print the Win32 code of a service. */
static bool
is_parameter(const struct ww_find *find, const struct ww_token *token)
{
	return !find->own_parameters && token->at >= 2 &&
	       token->text.p[token->at - 1] == '%' &&
	       token->text.p[token->at - 2] == '%';
}

/* A decimal number without a sign: only where the words announce it. */
static bool
is_decimal_code(const struct ww_find *find, const struct ww_token *token,
		const struct ww_spelled *spelled, const struct ww_cue *cue)
{
	bool big = spelled->value >= 0x80000000u;

	if (spelled->extended)
		return true;
	if (cue->noise)
		return false;
	if (is_parameter(find, token))
		return true;
	if (big && (cue->assigned || ww_look_enclosed(token)))
		return true;
	/* Eight digits that are no hexadecimal code are a date. */
	return cue->code && spelled->digits >= cue->digits &&
	       spelled->digits != CODE_DIGITS;
}

static bool
find_decimal(struct ww_find *find, const struct ww_token *token,
	     struct ww_sighting *ret)
{
	struct ww_slice digits =
	    ww_slice_part(find->text, token->at, token->decimal);
	struct ww_spelled spelled = { .form = WW_FORM_DECIMAL };
	struct ww_numeral num;
	struct ww_cue cue;

	if ((!ww_look_bounded(token) && !is_parameter(find, token)) ||
	    !ww_numeral_decimal(digits, &num) ||
	    !ww_numeral_code(num.value, &spelled.value, &spelled.extended))
		return false;
	spelled.digits = num.digits;
	cue = cue_before(find, token->at);
	return is_decimal_code(find, token, &spelled, &cue) &&
	       sight(find, token->at, token->end, &spelled, &cue, ret);
}

/*
 * Ten digits with a minus are a failure by themselves when their bits look
 * like one; fewer need a cue, and -1 says nothing.
 */
static bool
is_negative_code(const struct ww_spelled *spelled, const struct ww_cue *cue)
{
	if (cue->noise)
		return false;
	if (spelled->digits == 10)
		return cue->code || ww_look_failure(spelled->value);
	return cue->code && spelled->digits >= 3 && spelled->digits < 10;
}

static bool
find_negative(struct ww_find *find, const struct ww_token *token,
	      struct ww_sighting *ret)
{
	struct ww_slice before = ww_slice_of(find->text.p, token->at);
	struct ww_slice digits =
	    ww_slice_part(find->text, token->at, token->decimal);
	struct ww_spelled spelled = { .form = WW_FORM_NEGATIVE };
	struct ww_token whole = *token;
	struct ww_numeral num;
	struct ww_cue cue;

	whole.at -= ww_numeral_dash_before(before);
	if (whole.at == token->at || !ww_look_bounded(&whole) ||
	    !ww_numeral_decimal(digits, &num) || num.value > 0x80000000u)
		return false;
	spelled.value = 0 - (uint32_t)num.value;
	spelled.digits = num.digits;
	cue = cue_before(find, whole.at);
	return is_negative_code(&spelled, &cue) &&
	       sight(find, whole.at, token->end, &spelled, &cue, ret);
}

static bool
is_dull(struct ww_slice name)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(dull_names); i++)
		if (ww_slice_casecmp(ww_slice_cstr(dull_names[i]), name) == 0)
			return true;
	return false;
}

/* An underscore, or six capitals: other words are not looked up. */
static bool
could_be_name(const struct ww_token *token)
{
	if (token->joined)
		return true;
	if (token->end - token->at < 6)
		return false;
	for (size_t i = token->at; i < token->end; i++)
		if (token->text.p[i] >= 'a' && token->text.p[i] <= 'z')
			return false;
	return true;
}

static bool
find_name(struct ww_find *find, const struct ww_token *token,
	  struct ww_sighting *ret)
{
	struct ww_slice word =
	    ww_slice_part(find->text, token->at, token->end - token->at);
	struct ww_spelled spelled = { .form = WW_FORM_NAME };
	struct ww_cue cue;
	char left = ww_look_left(token), right = ww_look_right(token);

	if (find->names == NULL || word.len > NAME_MAX ||
	    !ww_is_alpha(word.p[0]) || !could_be_name(token))
		return false;
	if ((left != '\0' && strchr("\\/%$@", left) != NULL) ||
	    (right != '\0' && strchr("\\/%@", right) != NULL) ||
	    (right == '.' && ww_is_alnum(ww_look_beyond(token))))
		return false;
	if (!find->names->known(find->names->ctx, word) || is_dull(word))
		return false;
	cue = cue_before(find, token->at);
	return sight(find, token->at, token->end, &spelled, &cue, ret);
}

/* HRESULT_FROM_WIN32(5).  With a name inside, the search goes on there. */
static bool
find_macro(struct ww_find *find, const struct ww_token *token,
	   struct ww_sighting *ret)
{
	struct ww_slice rest = ww_slice_from(find->text, token->at);
	struct ww_spelled spelled;
	struct ww_cue cue;
	const char *close;
	size_t len;

	if (ww_look_right(token) != '(' || token->end - token->at > NAME_MAX)
		return false;
	if (rest.len > MACRO_MAX)
		rest.len = MACRO_MAX;
	if ((close = memchr(rest.p, ')', rest.len)) == NULL)
		return false;
	len = (size_t)(close - rest.p) + 1;
	if (!ww_macro_parse(ww_slice_of(rest.p, len), &spelled))
		return false;
	cue = cue_before(find, token->at);
	return sight(find, token->at, token->at + len, &spelled, &cue, ret);
}

static bool
is_prefixed(const struct ww_token *token)
{
	return token->decimal == 1 && token->hex == 1 &&
	       ww_numeral_0x(ww_slice_from(token->text, token->at)) > 0;
}

/*
 * Whether the token is the second half of digits that a back-quote splits:
 * the address 00007ffb`80070005 says nothing of its lower half.
 */
static bool
is_split_part(const struct ww_token *token)
{
	struct ww_slice before = ww_slice_of(token->text.p, token->at);
	struct ww_numeral num;
	size_t n = 0;

	if (token->hex < CODE_DIGITS || ww_look_left(token) != '`')
		return false;
	before.len--;
	while (n < before.len && n <= CODE_DIGITS + 2 &&
	       ww_is_kind(before.p[before.len - n - 1], WW_KIND_TOKEN))
		n++;
	before = ww_slice_from(before, before.len - n);
	before = ww_slice_from(before, ww_numeral_0x(before));
	return ww_numeral_hex(before, &num) && num.len == before.len &&
	       num.digits <= CODE_DIGITS;
}

/* The code that the token starts, if it does; find->at is behind the token. */
static bool
find_code(struct ww_find *find, const struct ww_token *token,
	  struct ww_sighting *ret)
{
	size_t len = token->end - token->at;

	if (is_prefixed(token))
		return find_prefixed(find, token, ret);
	if (is_split_part(token))
		return false;
	if (token->hex == len && len <= CODE_DIGITS &&
	    find_bare(find, token, ret))
		return true;
	/* A split by a back-quote has been read, and was an address. */
	if (find->at > token->end)
		return false;
	if (token->decimal == len)
		return find_negative(find, token, ret) ||
		       find_decimal(find, token, ret);
	return find_macro(find, token, ret) || find_name(find, token, ret);
}

bool
ww_find_at(struct ww_find *find, const struct ww_token *token,
	   struct ww_sighting *ret)
{
	size_t guid = ww_look_guid(token);

	find->at = guid > 0 ? token->at + guid : token->end;
	return guid == 0 && find_code(find, token, ret);
}

/* The block of the text that `at` lies in; zeros stand behind the text. */
static void
look_at_block(struct ww_find *find, size_t at)
{
	size_t start = at - at % WW_BLOCK;
	struct ww_slice rest = ww_slice_from(find->text, start);
	char padded[WW_BLOCK + 1] = { 0 };

	if (rest.len <= WW_BLOCK) {
		memcpy(padded, rest.p, rest.len);
		rest.p = padded;
	}
	find->kernels->odd_words(rest.p, 1, &find->odd);
	find->block_end = start + WW_BLOCK;
}

/* The first byte from find->at on that makes a word odd. */
static bool
next_odd(struct ww_find *find, size_t *ret)
{
	for (size_t at = find->at; at < find->text.len; at = find->block_end) {
		uint64_t odd;

		if (at >= find->block_end)
			look_at_block(find, at);
		odd = find->odd & UINT64_MAX << at % WW_BLOCK;
		if (odd == 0)
			continue;
		*ret = find->block_end - WW_BLOCK + ww_bits_lowest(odd);
		return true;
	}
	return false;
}

/* The next token that is no plain word. */
static bool
next_token(struct ww_find *find, struct ww_token *ret)
{
	size_t at;

	if (!next_odd(find, &at))
		return false;
	while (at > find->at && ww_is_kind(find->text.p[at - 1], WW_KIND_TOKEN))
		at--;
	return ww_look_token(find->text, at, ret);
}

bool
ww_find_next(struct ww_find *find, struct ww_sighting *ret)
{
	struct ww_token token;

	while (next_token(find, &token)) {
		find->at = token.end;
		if (!ww_look_is_plain(&token) && !ww_look_is_part(&token) &&
		    ww_find_at(find, &token, ret))
			return true;
	}
	find->at = find->text.len;
	return false;
}
