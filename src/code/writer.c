#include "code/writer.h"

#include "base/compiler.h"

#include "base/banned.h"

/* Messages of Windows Installer count from 1101 to 3002. */
#define MESSAGE_DIGITS 4

/* Problems of devices count from 1 to 57. */
#define PROBLEM_DIGITS_MAX 2

/* A code, and what stands on both sides of it. */
struct place {
	struct ww_slice before, behind;
	unsigned digits;
};

/* Where the last word of the text starts, if it is that one; or its end. */
static size_t
start_of_last(struct ww_slice text, const char *word)
{
	size_t n = strlen(word);

	if (text.len < n || ww_slice_casecmp(ww_slice_from(text, text.len - n),
					     ww_slice_of(word, n)) != 0)
		return text.len;
	return text.len - n;
}

/* What stands before a message that does not start its line. */
static bool
may_stand_before(char c)
{
	static const char marks[] = "\n-:('\"";

	return memchr(marks, c, sizeof(marks) - 1) != NULL;
}

/* Whether nothing but the word stands before the number. */
static bool
is_announced(struct ww_slice before)
{
	static const char *const words[] = { "Error ", "Erreur ", "Fehler " };

	for (size_t i = 0; i < WW_ARRAY_LEN(words); i++) {
		size_t at = start_of_last(before, words[i]);

		if (at == before.len)
			continue;
		while (at > 0 && before.p[at - 1] == ' ')
			at--;
		return at == 0 || may_stand_before(before.p[at - 1]);
	}
	return false;
}

/* Behind the number of a service's error stands a colon. */
static bool
is_of_installer(const struct place *place)
{
	return place->digits == MESSAGE_DIGITS &&
	       ww_slice_starts(place->behind, WW_LIT(".")) &&
	       place->behind.len > 1 && is_announced(place->before);
}

/* Other programs, too, write of a code: not in brackets, not of it alone. */
static bool
is_of_devices(const struct place *place)
{
	size_t at = start_of_last(place->before, "code ");

	if (place->digits > PROBLEM_DIGITS_MAX || at == place->before.len)
		return false;
	if (at > 0 && place->before.p[at - 1] == '(')
		return ww_slice_starts(place->behind, WW_LIT(")"));
	return at == 0 && ww_slice_trim(place->behind).len == 0;
}

/* Events 36887, of an alert that came, and 36888, of one that was sent. */
static bool
is_of_schannel(const struct place *place)
{
	static const char *const words[] = {
		"TLS protocol defined fatal alert code is ",
		"TLS protocol defined fatal error code is ",
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(words); i++)
		if (start_of_last(place->before, words[i]) < place->before.len)
			return true;
	return false;
}

enum ww_writer
ww_writer_of(struct ww_slice text, const struct ww_sighting *sighting)
{
	const struct place place = {
		.before = ww_slice_of(text.p, sighting->at),
		.behind =
		    ww_slice_from(text, sighting->at + sighting->text.len),
		.digits = sighting->spelled.digits,
	};

	if (sighting->spelled.form != WW_FORM_DECIMAL)
		return WW_WRITER_UNKNOWN;
	if (is_of_installer(&place))
		return WW_WRITER_INSTALLER;
	if (is_of_schannel(&place))
		return WW_WRITER_SCHANNEL;
	return is_of_devices(&place) ? WW_WRITER_DEVICES : WW_WRITER_UNKNOWN;
}
