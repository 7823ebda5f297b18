/*
 * What winwhy wsus writes with --capture: a record on each line, as an object
 * of JSON whose members begin in this order:
 *
 *	{"winwhy":"probe/1","time":"2026-11-27T04:10:11.123456Z",
 *	 "level":"info","text":"Step GetConfig ok, …", …
 *
 * What stands behind is the exchange itself, for people.
 */
#include "base/compiler.h"
#include "input/compose.h"
#include "input/dialects.h"
#include "input/stamp.h"

#include "base/banned.h"

static bool
take(struct ww_slice *rest, char c)
{
	*rest = ww_slice_trim(*rest);
	if (rest->len == 0 || rest->p[0] != c)
		return false;
	*rest = ww_slice_from(*rest, 1);
	return true;
}

/* Up to the quote that ends it, escapes as they stand. */
static bool
take_string(struct ww_slice *rest, struct ww_slice *ret)
{
	size_t n = 0;

	if (!take(rest, '"'))
		return false;
	while (n < rest->len && rest->p[n] != '"')
		n += rest->p[n] == '\\' ? 2 : 1;
	if (n >= rest->len)
		return false;
	*ret = ww_slice_of(rest->p, n);
	*rest = ww_slice_from(*rest, n + 1);
	return true;
}

/* The value of the member that comes next, which must have that name. */
static bool
take_member(struct ww_slice *rest, char before, struct ww_slice name,
	    struct ww_slice *ret)
{
	struct ww_slice at = *rest, key;

	if (!take(&at, before) || !take_string(&at, &key) ||
	    !ww_slice_eq(key, name) || !take(&at, ':') ||
	    !take_string(&at, ret))
		return false;
	*rest = at;
	return true;
}

/* Four digits of \u; half a pair stands for itself. */
static uint32_t
unit_of(struct ww_slice s)
{
	uint64_t v;

	return s.len >= 6 && ww_slice_starts(s, WW_LIT("\\u")) &&
		       ww_slice_hex(ww_slice_part(s, 2, 4), &v)
		   ? (uint32_t)v
		   : WW_REPLACEMENT;
}

/* The character of an escape at the start of s; how long the escape is. */
static size_t
unescape(struct ww_slice s, uint32_t *ret)
{
	static const char letters[] = "bfnrt";
	const char *at;

	if (s.p[1] != 'u') {
		at = strchr(letters, s.p[1]);
		*ret = at == NULL || *at == '\0' ? (unsigned char)s.p[1] : ' ';
		return 2;
	}
	*ret = unit_of(s);
	if (s.len >= 12 &&
	    ww_utf16_join(*ret, unit_of(ww_slice_from(s, 6)), ret))
		return 12;
	if ((*ret & 0xF800) == 0xD800 || *ret < ' ')
		*ret = WW_REPLACEMENT;
	return s.len < 6 ? s.len : 6;
}

static void
compose_text(struct ww_composer *c, struct ww_slice s)
{
	while (s.len > 0) {
		const char *p = memchr(s.p, '\\', s.len);
		size_t n = p == NULL ? s.len : (size_t)(p - s.p);
		uint32_t character;
		char bytes[4];

		ww_compose(c, ww_slice_of(s.p, n));
		s = ww_slice_from(s, n);
		if (s.len < 2)
			break;
		n = unescape(s, &character);
		ww_compose(c, ww_slice_of(bytes,
					  ww_utf8_encode(character, bytes)));
		s = ww_slice_from(s, n);
	}
}

static enum ww_level
level_of(struct ww_slice word)
{
	if (ww_slice_eq(word, WW_LIT("error")))
		return WW_LEVEL_ERROR;
	return ww_slice_eq(word, WW_LIT("warning")) ? WW_LEVEL_WARNING
						    : WW_LEVEL_INFO;
}

static ww_time
time_of(struct ww_slice s)
{
	enum ww_date_order order = WW_DATE_UNKNOWN;
	struct ww_stamp stamp;

	return s.len > 0 && ww_stamp_at(s, &order, &stamp) && stamp.has_date
		   ? stamp.time
		   : WW_NO_TIME;
}

static bool
is_ours(struct ww_slice *line)
{
	struct ww_slice format;

	return take_member(line, '{', WW_LIT("winwhy"), &format) &&
	       ww_slice_eq(format, WW_LIT("probe/1"));
}

/* The members that every line has. */
static bool
take_members(struct ww_slice line, struct ww_slice *rettime,
	     struct ww_slice *retlevel, struct ww_slice *rettext)
{
	return is_ours(&line) &&
	       take_member(&line, ',', WW_LIT("time"), rettime) &&
	       take_member(&line, ',', WW_LIT("level"), retlevel) &&
	       take_member(&line, ',', WW_LIT("text"), rettext);
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct ww_slice time, level, text;

	(void)reader;
	if (!take_members(line, &time, &level, &text))
		return false;
	*ret = (struct ww_record){
		.time = time_of(time),
		.level = level_of(level),
		.component = ww_slice_of(line.p, 0),
		.text = text,
	};
	return true;
}

/* The exchange is for people who read the file: the text is what is quoted. */
static void
complete(struct ww_reader *reader, struct ww_record *record)
{
	struct ww_composer c = ww_compose_in(reader);
	struct ww_slice time, level, text;

	if (take_members(record->raw, &time, &level, &text))
		compose_text(&c, text);
	record->text = record->raw = ww_composed(&c);
}

static unsigned
sniff(struct ww_slice head)
{
	return is_ours(&head) ? 100 : 0;
}

const struct ww_dialect ww_dialect_probe = {
	.id = WW_DIALECT_PROBE,
	.codes = WW_CODES_WORDS,
	.zone = WW_ZONE_STATED,
	.sniff = sniff,
	.parse = parse,
	.complete = complete,
};
