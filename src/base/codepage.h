/*
 * The single-byte code pages of Windows and of its console: which character
 * each byte of the upper half is.  Used by what guesses and decodes.
 */
#ifndef WW_BASE_CODEPAGE_H
#define WW_BASE_CODEPAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

/* The languages that are written with a page; see letters.c. */
enum ww_letters {
	WW_LETTERS_WESTERN,
	WW_LETTERS_CENTRAL,
	WW_LETTERS_CYRILLIC,
	WW_LETTERS_GREEK,
	WW_LETTERS_TURKISH,
	WW_LETTERS_HEBREW,
	WW_LETTERS_ARABIC,
	WW_LETTERS_BALTIC,
};

struct ww_codepage {
	unsigned number; /* as Windows numbers them */
	bool console;	 /* an OEM page */
	enum ww_letters letters;
	const char16_t *upper; /* static; of the bytes from 0x80 on */
};

/* All of them; 1252, the commonest, is the first. */
const struct ww_codepage *ww_codepages(size_t *retn);

#endif
