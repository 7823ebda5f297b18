#include "code/cue.h"

#include <assert.h>

#include "base/compiler.h"
#include "code/look.h"

/* Bounds of the look back; a longer word is in no row below. */
#define GAP_MAX	  16
#define WORD_MAX  32
#define WORDS_MAX 5

/* So many bytes are few; see ww_cue_recall(). */
#define NEAR_BYTES 8

#define KEPT_WORDS (WW_CUE_KEPT_BYTES / sizeof(uint64_t))

enum kind {
	UNKNOWN,
	CODE,	   /* announces a code */
	STOP,	   /* announces a stop code */
	STOP_CODE, /* both: event 41 has it in decimal */
	LINK,	   /* may stand between such a word and the number */
	OTHER,	   /* "zip code": takes the sense from what follows it */
	NOISE,	   /* its number is no code, whatever it looks like */
	LEFTOVER,  /* noise, too: the last error of some earlier call */
};

struct row {
	const char *word;
	enum kind kind;
	unsigned digits; /* of a decimal behind it; see struct ww_cue */
};

/*
 * A row fits a whole word and the end of a compound: "Error" in LastError,
 * "flags" in ConfigFlags and in file_flags.  The words that people use for
 * other things, too, ask for longer numbers.
 */
static const struct row rows[] = {
	{ "bugcheckcode", STOP_CODE, 1 }, /* before its own end, "code" */
	{ "error", CODE, 1 },
	{ "err", CODE, 1 },
	{ "errno", CODE, 1 },
	{ "errorcode", CODE, 1 },
	{ "lasterror", CODE, 1 },
	{ "code", CODE, 1 },
	{ "hr", CODE, 1 },
	{ "hresult", CODE, 1 },
	{ "scode", CODE, 1 },
	{ "ntstatus", CODE, 1 },
	{ "win32", CODE, 1 },
	{ "exit", CODE, 1 },
	{ "exitcode", CODE, 1 },
	{ "resultcode", CODE, 1 },
	{ "returncode", CODE, 1 },
	{ "rc", CODE, 1 },
	{ "exception", CODE, 3 },
	{ "status", CODE, 3 },
	{ "result", CODE, 4 },
	{ "return", CODE, 4 },
	{ "returned", CODE, 4 },
	{ "returns", CODE, 4 },
	{ "failed", CODE, 4 },
	{ "failure", CODE, 4 },
	{ "exited", CODE, 4 },
	{ "jet", CODE, 3 },
	{ "esent", CODE, 3 },
	{ "stop", STOP, 0 },
	{ "bugcheck", STOP, 0 },

	/* What translated dialogues say. */
	{ "erreur", CODE, 1 },
	{ "fehler", CODE, 1 },
	{ "fehlercode", CODE, 1 },
	{ "systemfehler", CODE, 1 },
	{ "fehlernummer", CODE, 1 },
	{ "fehlerstatus", CODE, 1 },
	{ "errore", CODE, 1 },
	{ "erro", CODE, 1 },
	{ "fout", CODE, 1 },
	{ "foutcode", CODE, 1 },
	{ "fel", CODE, 1 },
	{ "felkod", CODE, 1 },
	{ "fejl", CODE, 1 },
	{ "fejlkode", CODE, 1 },
	{ "feil", CODE, 1 },
	{ "virhe", CODE, 1 },
	{ "virhekoodi", CODE, 1 },
	{ "hata", CODE, 1 },
	{ "chyba", CODE, 1 },
	{ "\xD1\x88\xD0\xB8\xD0\xB1\xD0\xBA\xD0\xB0", CODE, 1 }, /* ошибка */
	{ "\xD1\x88\xD0\xB8\xD0\xB1\xD0\xBA\xD0\xB8", CODE, 1 }, /* ошибки */
	{ "\xE3\x82\xA8\xE3\x83\xA9\xE3\x83\xBC", CODE, 1 },	 /* エラー */
	{ "\xE3\x82\xB3\xE3\x83\xBC\xE3\x83\x89", CODE, 1 },	 /* コード */
	{ "\xE9\x94\x99\xE8\xAF\xAF", CODE, 1 },		 /* 错误 */
	{ "\xE4\xBB\xA3\xE7\xA0\x81", CODE, 1 },		 /* 代码 */
	{ "\xE9\x8C\xAF\xE8\xAA\xA4", CODE, 1 },		 /* 錯誤 */
	{ "\xE4\xBB\xA3\xE7\xA2\xBC", CODE, 1 },		 /* 代碼 */

	{ "is", LINK, 0 },
	{ "was", LINK, 0 },
	{ "with", LINK, 0 },
	{ "of", LINK, 0 },
	{ "a", LINK, 0 },
	{ "the", LINK, 0 },
	{ "number", LINK, 0 },
	{ "no", LINK, 0 },
	{ "nr", LINK, 0 },
	{ "num", LINK, 0 },
	{ "n\xC2\xB0", LINK, 0 }, /* n° */
	{ "ist", LINK, 0 },
	{ "mit", LINK, 0 },
	{ "avec", LINK, 0 },
	{ "est", LINK, 0 },
	{ "de", LINK, 0 },
	{ "syst\xC3\xA8me", LINK, 0 }, /* système */

	{ "http", OTHER, 0 },
	{ "https", OTHER, 0 },
	{ "event", OTHER, 0 },
	{ "zip", OTHER, 0 },
	{ "area", OTHER, 0 },
	{ "site", OTHER, 0 },
	{ "source", OTHER, 0 },
	{ "country", OTHER, 0 },
	{ "language", OTHER, 0 },
	{ "key", OTHER, 0 },
	{ "scan", OTHER, 0 },

	{ "pid", NOISE, 0 },
	{ "tid", NOISE, 0 },
	{ "id", NOISE, 0 },
	{ "thread", NOISE, 0 },
	{ "threadid", NOISE, 0 },
	{ "process", NOISE, 0 },
	{ "processid", NOISE, 0 },
	{ "session", NOISE, 0 },
	{ "gle", LEFTOVER, 0 },
	{ "left", NOISE, 0 },
	{ "handle", NOISE, 0 },
	{ "address", NOISE, 0 },
	{ "addr", NOISE, 0 },
	{ "at", NOISE, 0 },
	{ "memory", NOISE, 0 },
	{ "pointer", NOISE, 0 },
	{ "ptr", NOISE, 0 },
	{ "base", NOISE, 0 },
	{ "stack", NOISE, 0 },
	{ "store", NOISE, 0 },
	{ "offset", NOISE, 0 },
	{ "size", NOISE, 0 },
	{ "length", NOISE, 0 },
	{ "len", NOISE, 0 },
	{ "bytes", NOISE, 0 },
	{ "count", NOISE, 0 },
	{ "index", NOISE, 0 },
	{ "flag", NOISE, 0 },
	{ "flags", NOISE, 0 },
	{ "mask", NOISE, 0 },
	{ "options", NOISE, 0 },
	{ "attributes", NOISE, 0 },
	{ "access", NOISE, 0 },
	{ "type", NOISE, 0 },
	{ "state", NOISE, 0 },
	{ "suite", NOISE, 0 },
	{ "rank", NOISE, 0 },
	{ "score", NOISE, 0 },
	{ "disposition", NOISE, 0 },
	{ "mode", NOISE, 0 },
	{ "version", NOISE, 0 },
	{ "build", NOISE, 0 },
	{ "stamp", NOISE, 0 },
	{ "timestamp", NOISE, 0 },
	{ "time", NOISE, 0 },
	{ "checksum", NOISE, 0 },
	{ "crc", NOISE, 0 },
	{ "hash", NOISE, 0 },
	{ "sha", NOISE, 0 },
	{ "commit", NOISE, 0 },
	{ "context", NOISE, 0 },
	{ "cookie", NOISE, 0 },
	{ "color", NOISE, 0 },
	{ "colour", NOISE, 0 },
	{ "port", NOISE, 0 },
};

/* Spaces and punctuation of more than one byte. */
struct wide_gap {
	char bytes[4];
	unsigned char len;
	unsigned char last; /* byte: most text is ruled out by it */
};

static const struct wide_gap wide_gaps[] = {
	{ "\xC2\xA0", 2, 0xA0 },     /* U+00A0, no-break space */
	{ "\xC2\xAB", 2, 0xAB },     /* U+00AB, opening guillemet */
	{ "\xE2\x80\xAF", 3, 0xAF }, /* U+202F, narrow no-break space */
	{ "\xE2\x80\x93", 3, 0x93 }, /* U+2013, en dash */
	{ "\xE2\x80\x98", 3, 0x98 }, /* U+2018, opening quote */
	{ "\xE2\x80\x99", 3, 0x99 }, /* U+2019, apostrophe */
	{ "\xE2\x80\x9C", 3, 0x9C }, /* U+201C, opening quotes */
	{ "\xE2\x80\x9E", 3, 0x9E }, /* U+201E, low quotes */
	{ "\xE3\x80\x80", 3, 0x80 }, /* U+3000, ideographic space */
	{ "\xEF\xBC\x88", 3, 0x88 }, /* U+FF08, full-width bracket */
	{ "\xEF\xBC\x9A", 3, 0x9A }, /* U+FF1A, full-width colon */
};

/* The bytes of a gap of several that ends at `at`; 0 when none does. */
static size_t
wide_gap_before(struct ww_slice text, size_t at)
{
	unsigned char last = at > 0 ? (unsigned char)text.p[at - 1] : 0;

	for (size_t i = 0; i < WW_ARRAY_LEN(wide_gaps); i++) {
		const struct wide_gap *gap = &wide_gaps[i];

		if (gap->last == last && at >= gap->len &&
		    memcmp(text.p + at - gap->len, gap->bytes, gap->len) == 0)
			return gap->len;
	}
	return 0;
}

/* The same of what is no single byte, GetLastError() = 5 among it. */
static size_t
odd_gap_before(struct ww_slice text, size_t at)
{
	if (at > 1 && text.p[at - 1] == ')' && text.p[at - 2] == '(')
		return 2;
	if (at > 0 && (unsigned char)text.p[at - 1] >= 0x80)
		return wide_gap_before(text, at);
	return 0;
}

/* The gap that ends at `at`; its start, or `at` when it is none. */
static size_t
gap_start(struct ww_slice text, size_t at)
{
	size_t from = at, len;

	while (at - from < GAP_MAX) {
		if (from > 0 && ww_is_kind(text.p[from - 1], WW_KIND_GAP)) {
			from--;
			continue;
		}
		len = odd_gap_before(text, from);
		if (len == 0)
			break;
		from -= len;
	}
	return from;
}

static struct ww_slice
word_before(struct ww_slice text, size_t at)
{
	size_t from = at, least = at > WORD_MAX ? at - WORD_MAX : 0;

	for (; from > least; from--) {
		char c = text.p[from - 1];

		if (!ww_is_kind(c, WW_KIND_TOKEN) &&
		    ((unsigned char)c < 0x80 ||
		     wide_gap_before(text, from) > 0))
			break;
	}
	return ww_slice_part(text, from, at - from);
}

/* Where the bytes begin that tell that a word or gap begins at `at`. */
static size_t
looked_from(struct ww_slice text, size_t at)
{
	char c = at > 0 ? text.p[at - 1] : '\0';
	size_t n = (unsigned char)c >= 0x80 ? 3 : c == ')' ? 2 : 1;

	return at > n ? at - n : 0;
}

/* Whether the tail of word starts a part of it: lastError, win32_error. */
static bool
starts_part(struct ww_slice word, size_t tail)
{
	char before, first = word.p[tail];

	if (tail == 0 || (unsigned char)first >= 0x80)
		return true;
	before = word.p[tail - 1];
	return before == '_' || ww_is_digit(before) ||
	       (first >= 'A' && first <= 'Z' && before >= 'a' && before <= 'z');
}

/* Whether the word, or the end of a compound, is that of the row. */
static bool
fits(const struct row *row, size_t len, struct ww_slice word)
{
	size_t tail = word.len - len;

	/* A link is whole: the end of "was it A" is none. */
	if (word.len < len || (row->kind == LINK && tail > 0))
		return false;
	for (size_t i = 0; i < len; i++)
		if (ww_fold(word.p[tail + i]) != row->word[i])
			return false;
	return starts_part(word, tail);
}

/* The last two bytes, by which a word and the rows that may fit it meet. */
static uint16_t
ends_of(struct ww_slice word)
{
	unsigned char a = (unsigned char)ww_fold(word.p[word.len - 1]);
	/* The one row of a single byte is a link, which fits nothing longer. */
	unsigned char b =
	    word.len > 1 ? (unsigned char)ww_fold(word.p[word.len - 2]) : 0;

	return (uint16_t)(a << 8 | b);
}

static size_t
list_of(uint16_t ends)
{
	return ((ends >> 8) * 7u + (ends & 0xff)) % WW_CUE_LISTS;
}

void
ww_cue_memo_init(struct ww_cue_memo *memo)
{
	static_assert(WW_ARRAY_LEN(rows) <= WW_CUE_ROWS_MAX, "rows");

	*memo = (struct ww_cue_memo){ 0 };
	/* From the end, so that each list is in the order of the rows. */
	for (size_t i = WW_ARRAY_LEN(rows); i-- > 0;) {
		struct ww_slice word = ww_slice_cstr(rows[i].word);
		uint16_t ends = ends_of(word);
		uint8_t *first = &memo->first[list_of(ends)];

		memo->rows[i] = (struct ww_cue_row){
			.ends = ends,
			.len = (uint8_t)word.len,
			.next = *first,
		};
		*first = (uint8_t)(i + 1);
	}
}

static const struct row unknown = { "", UNKNOWN, 0 };

static const struct row *
recall_row(const struct ww_cue_memo *memo, struct ww_slice word)
{
	uint16_t ends = ends_of(word);
	size_t i = memo->first[list_of(ends)];

	for (; i > 0; i = memo->rows[i - 1].next) {
		const struct ww_cue_row *row = &memo->rows[i - 1];

		if (row->ends == ends && fits(&rows[i - 1], row->len, word))
			return &rows[i - 1];
	}
	return &unknown;
}

static const struct row *
row_for(const struct ww_cue_memo *memo, struct ww_slice word)
{
	if (word.len == 0)
		return &unknown;
	if (memo != NULL)
		return recall_row(memo, word);
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		if (fits(&rows[i], strlen(rows[i].word), word))
			return &rows[i];
	return &unknown;
}

static bool
is_number(struct ww_slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!ww_is_digit(word.p[i]))
			return false;
	return word.len > 0;
}

static bool
has(struct ww_slice s, char c)
{
	/* A gap is too short for a call of memchr. */
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] == c)
			return true;
	return false;
}

static bool
ends_assigned(struct ww_slice gap)
{
	for (; gap.len > 0; gap.len--) {
		switch (gap.p[gap.len - 1]) {
		case ' ':
		case '\t':
		case '"':
		case '\'':
		case '(':
		case '[':
			continue;
		case ':':
		case '=':
		case '>':
			return true;
		default:
			return false;
		}
	}
	return false;
}

static void
add_code(struct ww_cue *cue, const struct row *row)
{
	if (!cue->code || row->digits < cue->digits)
		cue->digits = row->digits;
	cue->code = true;
}

/* Takes the next word into account; false when no other can matter. */
static bool
add_word(struct ww_cue *cue, const struct row *row, bool first)
{
	switch (row->kind) {
	case CODE:
		add_code(cue, row);
		return true;
	case STOP_CODE:
		add_code(cue, row);
		cue->stop = true;
		return false;
	case STOP:
		cue->stop = true;
		return false;
	case LINK:
		return true;
	case OTHER:
		cue->code = false;
		return false;
	case LEFTOVER:
		cue->leftover = first;
		cue->noise = first;
		return false;
	case NOISE:
		cue->noise = first;
		return false;
	case UNKNOWN:
		break;
	}
	return false;
}

/* A full stop belongs to the gap behind an abbreviation only: "Nr. 5". */
static bool
is_sentence_end(struct ww_slice gap, const struct row *row)
{
	return row->kind != LINK && has(gap, '.');
}

/* The cue, and the first byte that was looked at to find it. */
static struct ww_cue
look_back(const struct ww_cue_memo *memo, struct ww_slice text, size_t at,
	  size_t *retfrom)
{
	struct ww_cue cue = { 0 };
	bool first = true;

	for (unsigned i = 0; i < WORDS_MAX; i++) {
		size_t start = gap_start(text, at);
		struct ww_slice gap = ww_slice_part(text, start, at - start);
		struct ww_slice word = word_before(text, start);
		const struct row *row = row_for(memo, word);

		if (i == 0)
			cue.assigned = ends_assigned(gap);
		at = start - word.len;
		/* thread=1234 (0x4D2) */
		if (i == 0 && has(gap, '(') && is_number(word))
			continue;
		if (gap.len == 0 || row->kind == UNKNOWN ||
		    is_sentence_end(gap, row) || !add_word(&cue, row, first))
			break;
		first = first && row->kind == LINK;
	}
	*retfrom = looked_from(text, at);
	return cue;
}

struct ww_cue
ww_cue_before(struct ww_slice text, size_t at)
{
	size_t from;

	return look_back(NULL, text, at, &from);
}

static uint64_t
load(const char *p)
{
	uint64_t bytes;

	memcpy(&bytes, p, sizeof(bytes));
	return bytes;
}

static struct ww_cue_kept *
place_of(struct ww_cue_memo *memo, uint64_t bytes)
{
	/* Fibonacci hashing: the golden ratio of 64 bits. */
	uint64_t hash = bytes * UINT64_C(0x9E3779B97F4A7C15);

	return &memo->kept[hash >> 32 & (WW_CUE_KEPT - 1)];
}

/* Whether the last bytes before p are those that decide the answer. */
static bool
is_kept(const struct ww_cue_kept *kept, const char *p)
{
	/* From its byte `len` on, so many ones end it. */
	static const uint64_t ones[2 * KEPT_WORDS] = {
		[KEPT_WORDS] = UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX
	};
	const char *mask = (const char *)ones + kept->len;
	uint64_t other = 0;

	/* No branches: which bytes matter changes from one to the next. */
	p -= WW_CUE_KEPT_BYTES;
	for (size_t i = 0; i < WW_CUE_KEPT_BYTES; i += sizeof(other))
		other |=
		    (load(p + i) ^ load(kept->before + i)) & load(mask + i);
	return other == 0 && kept->len > 0;
}

static void
keep(struct ww_cue_kept *kept, const char *p, size_t len, struct ww_cue cue)
{
	memcpy(kept->before, p - WW_CUE_KEPT_BYTES, WW_CUE_KEPT_BYTES);
	kept->len = (uint8_t)len;
	kept->cue = cue;
}

struct ww_cue
ww_cue_recall(struct ww_cue_memo *memo, struct ww_slice text, size_t at)
{
	struct ww_cue_kept *by_few, *by_many;
	const char *p = text.p + at;
	struct ww_cue cue;
	size_t from;

	assert(memo != NULL);
	if (at < WW_CUE_KEPT_BYTES)
		return look_back(memo, text, at, &from);
	/* Many bytes are found again by the last of them, few by fewer. */
	by_many =
	    place_of(memo, load(p - 8) ^ load(p - 16) * 31 ^ load(p - 24) * 37);
	if (is_kept(by_many, p))
		return by_many->cue;
	by_few = place_of(memo, load(p - 8));
	if (is_kept(by_few, p))
		return by_few->cue;
	cue = look_back(memo, text, at, &from);
	/* The bytes before the text are not known to be the same. */
	if (from > 0 && at - from <= WW_CUE_KEPT_BYTES)
		keep(at - from > NEAR_BYTES ? by_many : by_few, p, at - from,
		     cue);
	return cue;
}
