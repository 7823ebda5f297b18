#include "code/scan.h"

#include "base/simd/bits.h"
#include "code/look.h"

#include "base/banned.h"

#define CODE_DIGITS 8  /* of 32 bits in hexadecimal */
#define WIDE_DIGITS 16 /* of 64 */

/* How many bits from `bit` on are set; WW_RUN_MAX at most. */
static unsigned
length(uint64_t hex, uint64_t next, unsigned bit)
{
	uint64_t window = hex >> bit | next << 1 << (63 - bit);

	return ww_bits_lowest(~window | UINT64_C(1) << WW_RUN_MAX);
}

/* The blocks where digits begin; most have none. */
static size_t
busy_blocks(const struct ww_starts *starts, size_t n_blocks,
	    uint8_t ret[WW_STRIP])
{
	size_t n = 0;

	for (size_t k = 0; k < n_blocks; k++) {
		ret[n] = (uint8_t)k;
		n += (starts->prefixed[k] | starts->bare[k]) != 0;
	}
	return n;
}

static struct ww_run *
block_runs(const struct ww_masks *m, const struct ww_starts *starts, size_t k,
	   struct ww_run *ret)
{
	uint64_t hex = m->hex[k + 1], next = m->hex[k + 2];
	uint64_t all = starts->prefixed[k] | starts->bare[k];

	for (; all != 0; all &= all - 1) {
		unsigned bit = ww_bits_lowest(all);

		*ret++ = (struct ww_run){
			.at = (uint32_t)(k * WW_BLOCK + bit),
			.len = (uint8_t)length(hex, next, bit),
			.prefixed = (starts->prefixed[k] >> bit & 1) != 0,
		};
	}
	return ret;
}

static size_t
find_runs(const struct ww_scan *scan, size_t n_blocks, struct ww_run *ret)
{
	uint8_t busy[WW_STRIP];
	struct ww_run *end = ret;
	struct ww_starts starts;
	size_t n;

	scan->kernels->find_starts(&scan->masks, n_blocks, &starts);
	n = busy_blocks(&starts, n_blocks, busy);
	for (size_t i = 0; i < n; i++)
		end = block_runs(&scan->masks, &starts, busy[i], end);
	return (size_t)(end - ret);
}

/* The byte n behind the token; NUL where none is. */
static char
look_behind(const struct ww_token *token, size_t n)
{
	size_t at = token->end + n;

	return at < token->text.len ? token->text.p[at] : '\0';
}

/*
 * Whether the digits are all there is of the number, so that neither an
 * extend code nor parameters follow.  False: a closer look is needed.
 */
static bool
ends_plainly(const struct ww_token *token)
{
	char right = ww_look_right(token), beyond = ww_look_beyond(token);

	switch (right) {
	case ' ':
		/* HRESULT = 0x80004005 - E_FAIL */
		if (beyond == '-' && look_behind(token, 2) == ' ')
			return look_behind(token, 3) != '0' &&
			       ww_is_kind(look_behind(token, 3), WW_KIND_TOKEN);
		return ww_is_kind(beyond, WW_KIND_TOKEN);
	case ',':
		return beyond == ' ' &&
		       ww_is_kind(look_behind(token, 2), WW_KIND_TOKEN);
	case '.':
	case ':':
		return ww_is_space(beyond);
	case '\t':
	case '`':
		return false;
	default:
		return ww_is_kind(right, WW_KIND_BEHIND);
	}
}

static inline uint32_t
value_of(const char *digits, size_t n)
{
	uint32_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = value << 4 | (uint32_t)ww_hex_value(digits[i]);
	return value;
}

/* The usual number of digits is worth a loop that is known to the compiler. */
static uint32_t
value_of_any(const char *digits, size_t n)
{
	return n == CODE_DIGITS ? value_of(digits, CODE_DIGITS)
				: value_of(digits, n);
}

static bool
sight(struct ww_find *find, const struct ww_token *token, enum ww_form form,
      uint32_t value, const struct ww_cue *cue, struct ww_sighting *ret)
{
	size_t len = token->end - token->at;

	find->at = token->end;
	if (value == 0)
		return false;
	/*
	 * Field by field: what gcc clears a whole struct of this size with
	 * takes longer than all the rest.
	 */
	ret->at = token->at;
	ret->text = ww_slice_part(token->text, token->at, len);
	ret->spelled.form = form;
	ret->spelled.value = value;
	ret->spelled.digits = (unsigned)(form == WW_FORM_HEX ? len - 2 : len);
	ret->spelled.extended = false;
	ret->spelled.in_text = true;
	ret->spelled.stop = cue->stop;
	ret->spelled.has_extend = false;
	ret->spelled.extend = 0;
	ret->spelled.n_params = 0;
	for (size_t i = 0; i < WW_STOP_PARAMETERS_MAX; i++)
		ret->spelled.params[i] = 0;
	ret->leftover = cue->leftover;
	return true;
}

/*
 * 0x80244007 in the shapes that make nearly all of a log; what is odd about
 * its neighbours is left to find.c.
 */
static bool
check_prefixed(struct ww_find *find, struct ww_token *token,
	       struct ww_sighting *ret)
{
	const char *digits = token->text.p + token->at;
	size_t n = token->hex;
	struct ww_cue cue;
	uint32_t value;
	char left;

	token->at -= 2;
	token->hex = token->decimal = 1;
	left = ww_look_left(token);
	if (digits[-2] != '0' || left == '@' || ww_is_kind(left, WW_KIND_TOKEN))
		return false;
	if (n > CODE_DIGITS || !ww_is_kind(left, WW_KIND_BEFORE) ||
	    left == ',' || (left == '[' && n == 6) || !ends_plainly(token)) {
		while (ww_is_kind(ww_look_right(token), WW_KIND_TOKEN))
			token->end++;
		return ww_find_at(find, token, ret);
	}
	value = value_of_any(digits, n);
	if (value == 0)
		return false;
	cue = ww_cue_recall(find->memo, token->text, token->at);
	return (!cue.noise || cue.leftover) &&
	       sight(find, token, WW_FORM_HEX, value, &cue, ret);
}

/*
 * Whether find.c could see a code between these neighbours of digits without
 * a prefix.  Session ids end here, without a look at the words before them.
 */
static bool
may_be_bare(const struct ww_token *token)
{
	char left = ww_look_left(token), right = ww_look_right(token);

	/* One branch for both: this is what there is most of. */
	if (((unsigned)ww_is_kind(left, WW_KIND_TOKEN) |
	     (unsigned)ww_is_kind(right, WW_KIND_TOKEN)) != 0)
		return false;
	if (left == '%')
		return true;
	if (!ww_is_kind(left, WW_KIND_BEFORE) && left != '-' &&
	    !ww_is_foreign(left))
		return false;
	return ww_is_kind(right, WW_KIND_BEHIND) || right == '.' ||
	       right == ',' || right == ':' || ww_is_foreign(right);
}

/* How many digits are decimal before the first that is not. */
static inline size_t
decimals(const char *digits, size_t n)
{
	unsigned all = WW_KIND_DECIMAL;
	size_t count = 0;

	/* Adds and does not branch: digits come in no order. */
	for (size_t i = 0; i < n; i++) {
		all &= ww_kinds[(unsigned char)digits[i]];
		count += all / WW_KIND_DECIMAL;
	}
	return count;
}

static size_t
decimals_of_any(const char *digits, size_t n)
{
	return n == CODE_DIGITS ? decimals(digits, CODE_DIGITS)
				: decimals(digits, n);
}

/* Eight digits that no tail, no sign and no split can belong to. */
static bool
check_eight(struct ww_find *find, struct ww_token *token,
	    struct ww_sighting *ret)
{
	uint32_t value = value_of(token->text.p + token->at, CODE_DIGITS);
	struct ww_cue cue = ww_cue_recall(find->memo, token->text, token->at);

	return ww_find_is_bare(token, value, &cue) &&
	       sight(find, token, WW_FORM_BARE_HEX, value, &cue, ret);
}

static bool
is_plain_eight(const struct ww_token *token)
{
	char left = ww_look_left(token);

	/* At least one digit, lest it be a word: [defacade]. */
	return token->hex == CODE_DIGITS && token->decimal > 0 &&
	       ww_is_kind(left, WW_KIND_BEFORE) && left != '`' &&
	       ends_plainly(token);
}

static bool
check_bare(struct ww_find *find, struct ww_token *token,
	   struct ww_sighting *ret)
{
	if (!may_be_bare(token))
		return false;
	token->decimal = decimals_of_any(token->text.p + token->at, token->hex);
	return is_plain_eight(token) ? check_eight(find, token, ret)
				     : ww_find_at(find, token, ret);
}

static bool
check(struct ww_find *find, const struct ww_run *run, size_t at,
      struct ww_sighting *ret)
{
	struct ww_token token = {
		.text = find->text,
		.at = at,
		.end = at + run->len,
		.hex = run->len,
	};

	return run->prefixed ? check_prefixed(find, &token, ret)
			     : check_bare(find, &token, ret);
}

void
ww_scan_init(struct ww_scan *scan, const struct ww_kernels *kernels)
{
	scan->kernels = kernels;
	ww_cue_memo_init(&scan->memo);
	ww_scan_text(scan, (struct ww_slice){ 0 });
}

void
ww_scan_text(struct ww_scan *scan, struct ww_slice text)
{
	scan->find = (struct ww_find){
		.text = text,
		.memo = &scan->memo,
		.leftovers = true,
	};
	scan->strip = scan->next = 0;
	scan->n_runs = scan->run = scan->n_blocks = 0;
	/* Nothing stands before the text, and no line has ended. */
	scan->masks = (struct ww_masks){ 0 };
}

static void
move_block(struct ww_masks *m, size_t from, size_t to)
{
	m->newline[to] = m->newline[from];
	m->hex[to] = m->hex[from];
	m->x[to] = m->x[from];
	m->dash[to] = m->dash[from];
}

/* The last bytes, which are no whole block. */
static void
mask_rest(struct ww_scan *scan, struct ww_slice rest, size_t first)
{
	char block[WW_BLOCK] = { 0 };

	if (rest.len > 0)
		memcpy(block, rest.p, rest.len);
	scan->kernels->scan_masks(block, 1, first, &scan->masks);
}

/*
 * The masks of the strip at scan->strip and of the block behind it.  Returns
 * how many blocks the strip has.
 */
static size_t
mask_strip(struct ww_scan *scan)
{
	struct ww_slice left = ww_slice_from(scan->find.text, scan->strip);
	size_t whole = left.len / WW_BLOCK;

	if (whole > WW_STRIP) {
		scan->kernels->scan_masks(left.p, WW_STRIP + 1, 1,
					  &scan->masks);
		return WW_STRIP;
	}
	scan->kernels->scan_masks(left.p, whole, 1, &scan->masks);
	left = ww_slice_from(left, whole * WW_BLOCK);
	mask_rest(scan, left, whole + 1);
	if (whole == WW_STRIP || left.len == 0)
		return whole;
	mask_rest(scan, (struct ww_slice){ 0 }, whole + 2);
	return whole + 1;
}

/* The runs of the next strip; false when the text has ended. */
static bool
next_strip(struct ww_scan *scan)
{
	struct ww_masks *m = &scan->masks;
	size_t n;

	/* What is still to be known of the strip before. */
	n = scan->n_blocks;
	move_block(m, n, 0);
	m->lines[1] = m->lines[n + 1];
	scan->n_runs = scan->run = scan->n_blocks = 0;
	scan->strip = scan->next;
	if (scan->strip == scan->find.text.len)
		return false;
	n = mask_strip(scan);
	scan->n_runs = find_runs(scan, n, scan->runs);
	scan->n_blocks = n;
	scan->next += n * WW_BLOCK;
	if (scan->next > scan->find.text.len)
		scan->next = scan->find.text.len;
	return true;
}

bool
ww_scan_next(struct ww_scan *scan, struct ww_sighting *ret)
{
	do {
		while (scan->run < scan->n_runs) {
			const struct ww_run *run = &scan->runs[scan->run++];
			size_t at = scan->strip + run->at;

			/* The tail of a code is none of its own. */
			if (at >= scan->find.at &&
			    check(&scan->find, run, at, ret))
				return true;
		}
	} while (next_strip(scan));
	return false;
}

uint64_t
ww_scan_lines(const struct ww_scan *scan)
{
	uint64_t below;
	size_t at, i;

	if (scan->run == 0)
		return scan->masks.lines[1];
	at = scan->runs[scan->run - 1].at;
	i = 1 + at / WW_BLOCK;
	below = (UINT64_C(1) << at % WW_BLOCK) - 1;
	return scan->masks.lines[i] +
	       ww_bits_count(scan->masks.newline[i] & below);
}
