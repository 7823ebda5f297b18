#include "code/find.h"

#include "base/compiler.h"

/* Words that announce a code, in English, French and German. */
static const char *const cues[] = {
	"bugcheck",  "bugcheckcode", "code",	  "codes",  "err",
	"erreur",    "error",	     "errorcode", "exit",   "exitcode",
	"exception", "failed",	     "failure",	  "fehler", "fehlercode",
	"hr",	     "hresult",	     "ntstatus",  "result", "resultcode",
	"returned",  "status",	     "stop",
};

/* Words that may stand between a cue and its number. */
static const char *const fillers[] = {
	"a",	 "of", "is", "was", "with",    "the", "number",
	"value", "de", "d",  "x",   "returns", "ist", "and",
};

/* Words whose number is no code, whatever it looks like. */
static const char *const noises[] = {
	"address", "at",   "base",   "column",	 "gle", "handle",
	"id",	   "line", "note",   "offset",	 "pid", "processid",
	"ptr",	   "size", "thread", "threadid", "tid",
};

/* Longer words are passed over without a look at the lists. */
#define WORD_MAX 64

static bool
in_list(const char *const *list, size_t n, struct ww_slice word)
{
	for (size_t i = 0; i < n; i++)
		if (ww_slice_casecmp(ww_slice_cstr(list[i]), word) == 0)
			return true;
	return false;
}

static bool
is_word_char(char c)
{
	return ww_is_alnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

static struct ww_slice
word_at(struct ww_slice text, size_t at)
{
	size_t end = at;

	while (end < text.len && is_word_char(text.p[end]))
		end++;
	return ww_slice_of(text.p + at, end - at);
}

static char
char_before(const struct ww_find *f, size_t at)
{
	return at == 0 ? '\0' : f->text.p[at - 1];
}

static char
char_at(const struct ww_find *f, size_t at)
{
	return at < f->text.len ? f->text.p[at] : '\0';
}

static void
note_word(struct ww_find *f, struct ww_slice word)
{
	if (word.len > WORD_MAX ||
	    in_list(fillers, WW_ARRAY_LEN(fillers), word))
		return;
	f->cue = in_list(cues, WW_ARRAY_LEN(cues), word);
	f->noise = in_list(noises, WW_ARRAY_LEN(noises), word);
}

static bool
is_hex_word(struct ww_slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (ww_hex_value(word.p[i]) < 0)
			return false;
	return word.len > 0;
}

static bool
is_digit_word(struct ww_slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!ww_is_digit(word.p[i]))
			return false;
	return word.len > 0;
}

/* xxxxxxxx-xxxx-…: the length of a GUID's digits and dashes, or 0. */
static size_t
guid_length(struct ww_slice text, size_t at)
{
	static const size_t groups[] = { 8, 4, 4, 4, 12 };
	size_t start = at;

	for (size_t i = 0; i < WW_ARRAY_LEN(groups); i++) {
		struct ww_slice word = word_at(text, at);

		if (word.len != groups[i] || !is_hex_word(word))
			return 0;
		at += word.len;
		if (i + 1 == WW_ARRAY_LEN(groups))
			return at - start;
		if (at >= text.len || text.p[at] != '-')
			return 0;
		at++;
	}
	return 0;
}

/* Part of a version, an address, a date, a path or a longer number. */
static bool
is_joined(const struct ww_find *f, size_t at, size_t end)
{
	char before = char_before(f, at), after = char_at(f, end);
	bool digit_behind = ww_is_alnum(char_at(f, end + 1));

	return before == '\\' || before == '@' || before == '+' ||
	       before == '#' || (before == '.' && at > 1) ||
	       ((after == '.' || after == '-' || after == '\\' ||
		 after == '/' || after == ':') &&
		digit_behind && ww_is_digit(char_at(f, end + 1)));
}

static bool
take(struct ww_find *f, size_t at, size_t end, struct ww_sighting *ret)
{
	struct ww_slice text = ww_slice_of(f->text.p + at, end - at);
	struct ww_spelled spelled[WW_SPELLED_MAX];

	if (ww_spelling_parse(text, spelled) == 0)
		return false;
	*ret = (struct ww_sighting){ .at = at,
				     .text = text,
				     .spelled = spelled[0] };
	f->at = end;
	return true;
}

/* Where hexadecimal digits with back-quotes among them end. */
static size_t
hex_end(struct ww_slice text, size_t at)
{
	while (at < text.len && (ww_hex_value(text.p[at]) >= 0 ||
				 (text.p[at] == '`' && at + 1 < text.len &&
				  ww_hex_value(text.p[at + 1]) >= 0)))
		at++;
	return at;
}

/* " - 0x20017" behind a code: where it ends, or `at`. */
static size_t
pair_end(struct ww_slice text, size_t at)
{
	size_t i = at, end;

	while (i < text.len && text.p[i] == ' ' && i - at < 3)
		i++;
	if (ww_slice_starts(ww_slice_from(text, i), WW_LIT("\xE2\x80\x93")))
		i += 3;
	else if (i < text.len && text.p[i] == '-')
		i++;
	else
		return at;
	while (i < text.len && text.p[i] == ' ')
		i++;
	if (!ww_slice_casestarts(ww_slice_from(text, i), WW_LIT("0x")))
		return at;
	end = hex_end(text, i + 2);
	return end > i + 2 && end <= i + 10 ? end : at;
}

/* " (0x3, 0x…)" behind a stop code: where it ends, or `at`. */
static size_t
params_end(struct ww_slice text, size_t at)
{
	size_t i = at;

	while (i < text.len && text.p[i] == ' ' && i - at < 3)
		i++;
	if (!ww_slice_casestarts(ww_slice_from(text, i), WW_LIT("(0x")))
		return at;
	for (; i < text.len && i - at < 128; i++)
		if (text.p[i] == ')')
			return i + 1;
	return at;
}

static bool
take_hex(struct ww_find *f, size_t at, struct ww_sighting *ret)
{
	size_t end = hex_end(f->text, at + 2), further;

	f->at = end;
	if (end == at + 2 || is_word_char(char_at(f, end)) || f->noise ||
	    char_before(f, at) == '@' || char_before(f, at) == '+')
		return false;
	if ((further = pair_end(f->text, end)) > end ||
	    (further = params_end(f->text, end)) > end)
		if (take(f, at, further, ret))
			return true;
	return take(f, at, end, ret) && ret->spelled.value != 0;
}

/* Eight digits that begin as HRESULTs and NTSTATUSes do. */
static bool
looks_like_failure(struct ww_slice word)
{
	return word.len == 8 && is_hex_word(word) &&
	       strchr("8cCdD", word.p[0]) != NULL;
}

static bool
take_bare(struct ww_find *f, size_t at, struct ww_slice word,
	  struct ww_sighting *ret)
{
	size_t end = at + word.len;
	bool bracketed = char_before(f, at) == '[' && char_at(f, end) == ']';

	if (f->noise || is_joined(f, at, end) || char_before(f, at) == '-')
		return false;
	if (looks_like_failure(word))
		return (!is_digit_word(word) || f->cue || bracketed ||
			ww_slice_starts(word, WW_LIT("80"))) &&
		       take(f, at, end, ret);
	return is_digit_word(word) && f->cue && word.len <= 10 &&
	       take(f, at, end, ret) && ret->spelled.value != 0;
}

/* -2145107961 anywhere, -1811 behind a cue. */
static bool
take_negative(struct ww_find *f, size_t at, struct ww_sighting *ret)
{
	struct ww_slice digits = word_at(f->text, at + 1);
	size_t end = at + 1 + digits.len;

	if (!is_digit_word(digits) || f->noise ||
	    is_word_char(char_before(f, at)) || is_joined(f, at, end) ||
	    (digits.len < 8 && !f->cue) || digits.len > 10)
		return false;
	return take(f, at, end, ret);
}

static bool
take_macro(struct ww_find *f, size_t at, struct ww_slice word,
	   struct ww_sighting *ret)
{
	size_t end = at + word.len;

	if (char_at(f, end) != '(')
		return false;
	for (size_t i = end; i < f->text.len && i - end < 40; i++)
		if (f->text.p[i] == ')')
			return take(f, at, i + 1, ret);
	return false;
}

/* A name has an underscore in it or is long and all in capitals. */
static bool
could_be_name(struct ww_slice word)
{
	bool underscore = false, lower = false;

	for (size_t i = 0; i < word.len; i++) {
		underscore = underscore || word.p[i] == '_';
		lower = lower || (word.p[i] >= 'a' && word.p[i] <= 'z');
	}
	return word.len <= WORD_MAX && (underscore || !lower) &&
	       word.len >= 6 && ww_spelling_is_name(word);
}

static bool
take_name(struct ww_find *f, size_t at, struct ww_slice word,
	  struct ww_sighting *ret)
{
	if (take_macro(f, at, word, ret))
		return true;
	if (!could_be_name(word) || f->names == NULL ||
	    !f->names->known(f->names->ctx, word))
		return false;
	*ret = (struct ww_sighting){ .at = at,
				     .text = word,
				     .spelled = { .form = WW_FORM_NAME } };
	return true;
}

/* A word or number starts at `at`; f->at is moved behind it. */
static bool
take_word(struct ww_find *f, size_t at, struct ww_sighting *ret)
{
	struct ww_slice word = word_at(f->text, at);
	size_t guid = guid_length(f->text, at);

	f->at = at + (guid > 0 ? guid : word.len);
	if (guid > 0)
		return false;
	if (ww_slice_casestarts(word, WW_LIT("0x")))
		return take_hex(f, at, ret);
	if (is_hex_word(word) && take_bare(f, at, word, ret))
		return true;
	if (take_name(f, at, word, ret))
		return true;
	if (!is_digit_word(word))
		note_word(f, word);
	return false;
}

bool
ww_find_next(struct ww_find *f, struct ww_sighting *ret)
{
	while (f->at < f->text.len) {
		size_t at = f->at;
		char c = f->text.p[at];

		if (is_word_char(c)) {
			if (take_word(f, at, ret)) {
				f->cue = false;
				return true;
			}
			continue;
		}
		f->at++;
		if (c == '\n' || c == ';')
			f->cue = f->noise = false;
		if (c == '-' && take_negative(f, at, ret))
			return true;
	}
	return false;
}
