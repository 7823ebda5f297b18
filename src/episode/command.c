#include "episode/command.h"

#include "base/compiler.h"
#include "base/utf8.h"

#include "base/banned.h"

/* Options that do not change what is done. */
static const char *const manners[] = {
	"/source",  "/limitaccess", "/logpath", "/loglevel", "/scratchdir",
	"/english", "/norestart",   "/quiet",	"/format",
};

/* An option and its value, which may be quoted; taken off the command. */
static struct ww_slice
next_word(struct ww_slice *rest)
{
	struct ww_slice s = ww_slice_trim(*rest);
	bool quoted = false;
	size_t n = 0;

	for (; n < s.len && (quoted || !ww_is_space(s.p[n])); n++)
		quoted ^= s.p[n] == '"';
	*rest = ww_slice_from(s, n);
	return ww_slice_of(s.p, n);
}

static bool
is_option(struct ww_slice word, struct ww_slice option)
{
	return ww_slice_casestarts(word, option) &&
	       (word.len == option.len || !ww_is_alpha(word.p[option.len]));
}

static bool
is_manner(struct ww_slice word)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(manners); i++)
		if (is_option(word, ww_slice_cstr(manners[i])))
			return true;
	return false;
}

/* Where the last part of the path in an option begins. */
static size_t
last_part(struct ww_slice word, size_t value)
{
	for (size_t i = word.len; i > value; i--)
		if (word.p[i - 1] == '\\')
			return i;
	return value;
}

/* /PackagePath:"C:\Temp\a.cab" as /packagepath:a.cab */
static size_t
add_word(char room[WW_COMMAND_MAX], size_t n, struct ww_slice word)
{
	const char *colon = memchr(word.p, ':', word.len);
	size_t value = colon == NULL ? 0 : (size_t)(colon - word.p) + 1;
	size_t tail = last_part(word, value);

	for (size_t i = 0; i < word.len && n < WW_COMMAND_MAX; i++)
		if ((i < value || i >= tail) && word.p[i] != '"')
			room[n++] = ww_fold(word.p[i]);
	return n;
}

struct ww_slice
ww_dism_subject(struct ww_slice command, char room[WW_COMMAND_MAX])
{
	struct ww_slice word;
	size_t n = 0;

	next_word(&command); /* the program */
	while ((word = next_word(&command)).len > 0) {
		if (is_manner(word))
			continue;
		if (n > 0 && n < WW_COMMAND_MAX)
			room[n++] = ' ';
		n = add_word(room, n, word);
	}
	return ww_utf8_whole(ww_slice_of(room, n));
}

struct ww_slice
ww_dism_source(struct ww_slice command)
{
	const struct ww_slice option = WW_LIT("/source");
	struct ww_slice word;

	while ((word = next_word(&command)).len > 0) {
		if (!is_option(word, option) || word.len == option.len)
			continue;
		word = ww_slice_from(word, option.len + 1);
		if (word.len > 1 && word.p[0] == '"')
			word = ww_slice_part(word, 1, word.len - 2);
		return word;
	}
	return (struct ww_slice){ 0 };
}

struct ww_slice
ww_line_key(uint64_t line, char room[WW_LINE_KEY])
{
	size_t at = WW_LINE_KEY;

	do {
		room[--at] = (char)('0' + line % 10);
		line /= 10;
	} while (line > 0);
	return ww_slice_of(room + at, WW_LINE_KEY - at);
}
