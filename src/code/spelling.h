/*
 * Every spelling of a code, to numbers and back.  Knows how people and
 * programs write codes; knows no code.  Used by the finder and by explain.
 */
#ifndef WW_CODE_SPELLING_H
#define WW_CODE_SPELLING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "code/stop.h"

/* How a number was written: evidence for what it is. */
enum ww_form {
	WW_FORM_HEX,	  /* 0x80244007, 80244007h, &H80244007 */
	WW_FORM_BARE_HEX, /* 80244007, c0000022, 7E: only the digits */
	WW_FORM_DECIMAL,  /* 2149859335, 1603 */
	WW_FORM_NEGATIVE, /* -2145107961, -1811 */
	WW_FORM_MACRO,	  /* HRESULT_FROM_WIN32(14098) */
	WW_FORM_NAME,	  /* a symbolic name: value is not filled */
};

struct ww_spelled {
	enum ww_form form;
	uint32_t value;
	unsigned digits; /* written after the prefix, leading zeros counted */
	bool extended;	 /* was written with the sign in 64 bits */

	bool in_text; /* found in a sentence */
	bool stop;    /* a word before it announces a stop code */

	/* A setup pair, 0xC1900101 - 0x20017. */
	bool has_extend;
	uint32_t extend;

	/* A stop code with what stands in brackets behind it. */
	unsigned n_params;
	uint64_t params[WW_STOP_PARAMETERS_MAX];
};

/* Whether words or parameters around it say that it is a stop code. */
static inline bool
ww_spelled_is_stop(const struct ww_spelled *s)
{
	return s->stop || s->n_params > 0;
}

/* Hexadecimal and decimal reading of the same digits, at most. */
#define WW_SPELLED_MAX 2

/*
 * Read one argument as a code, best reading first; returns how many.  The
 * whole argument must be the code, apart from white space, quotes, brackets
 * and a closing full stop or comma.  0: it is no number; it may be a name.
 *
 * A value of more than 32 bits is read only when it is a sign-extended
 * HRESULT or NTSTATUS (0xFFFFFFFF80244007, 18446744071564443655).
 */
size_t ww_spelling_parse(struct ww_slice text,
			 struct ww_spelled ret[WW_SPELLED_MAX]);

/*
 * What a failed argument may have meant: a letter O for 0, l for 1, a digit
 * too few or too many, two digits swapped.  Writes at most max values, likely
 * ones first, each once; returns how many.  The caller keeps those it knows.
 */
size_t ww_spelling_near(struct ww_slice text, uint32_t *ret, size_t max);

/*
 * Whether text has the form of a symbolic name: letters, digits and
 * underscores, a letter first, two characters at least.
 */
bool ww_spelling_is_name(struct ww_slice text);

#endif
