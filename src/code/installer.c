#include "code/installer.h"

#include "base/compiler.h"

#include "base/banned.h"

/* From 1101 to 3002. */
#define DIGITS 4

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
		size_t n = strlen(words[i]);
		size_t at = before.len < n ? 0 : before.len - n;

		if (!ww_slice_eq(ww_slice_from(before, at),
				 ww_slice_cstr(words[i])))
			continue;
		while (at > 0 && before.p[at - 1] == ' ')
			at--;
		return at == 0 || may_stand_before(before.p[at - 1]);
	}
	return false;
}

bool
ww_is_installer_message(struct ww_slice text,
			const struct ww_sighting *sighting)
{
	struct ww_slice rest =
	    ww_slice_from(text, sighting->at + sighting->text.len);

	/* Behind the number of a service's error stands a colon. */
	return sighting->spelled.form == WW_FORM_DECIMAL &&
	       sighting->spelled.digits == DIGITS &&
	       ww_slice_starts(rest, WW_LIT(".")) && rest.len > 1 &&
	       is_announced(ww_slice_of(text.p, sighting->at));
}
