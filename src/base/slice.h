/*
 * Work on slices: compare, cut, search, without looking for a NUL.
 * ASCII only where letters are folded, which is what Windows' symbolic names
 * are made of.
 */
#ifndef WW_BASE_SLICE_H
#define WW_BASE_SLICE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <winwhy/slice.h>

/* A slice of a string constant. */
#define WW_LIT(s) ((struct ww_slice){ .p = (s), .len = sizeof(s) - 1 })

static inline struct ww_slice
ww_slice_of(const char *p, size_t len)
{
	return (struct ww_slice){ .p = p, .len = len };
}

static inline struct ww_slice
ww_slice_cstr(const char *s)
{
	return (struct ww_slice){ .p = s, .len = strlen(s) };
}

/* len bytes from off, which must all be there. */
static inline struct ww_slice
ww_slice_part(struct ww_slice s, size_t off, size_t len)
{
	/* An empty slice may have no address to count from. */
	return ww_slice_of(off == 0 ? s.p : s.p + off, len);
}

/* len bytes from off, if they are all there. */
static inline bool
ww_slice_sub(struct ww_slice s, size_t off, size_t len, struct ww_slice *ret)
{
	/* Subtract, never add: off + len could wrap. */
	if (off > s.len || len > s.len - off)
		return false;
	*ret = ww_slice_part(s, off, len);
	return true;
}

/* Everything from off on; off must not lie behind the end. */
static inline struct ww_slice
ww_slice_from(struct ww_slice s, size_t off)
{
	return ww_slice_part(s, off, s.len - off);
}

/* Up to the first line feed, or all of it. */
static inline struct ww_slice
ww_slice_line(struct ww_slice s)
{
	const char *end = s.len == 0 ? NULL : memchr(s.p, '\n', s.len);

	return end == NULL ? s : ww_slice_of(s.p, (size_t)(end - s.p));
}

static inline bool
ww_slice_eq(struct ww_slice a, struct ww_slice b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

static inline char
ww_fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static inline bool
ww_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ww_is_alpha(char c)
{
	return ww_fold(c) >= 'a' && ww_fold(c) <= 'z';
}

static inline bool
ww_is_alnum(char c)
{
	return ww_is_alpha(c) || ww_is_digit(c);
}

static inline bool
ww_is_space(char c)
{
	/* One look tells of nearly all that they are none. */
	return (unsigned char)c <= ' ' &&
	       (c == ' ' || (c >= '\t' && c <= '\r'));
}

/* The value of a hexadecimal digit and 1 more; 0 for other bytes. */
extern const unsigned char ww_hex_values[256];

/*
 * The value of a hexadecimal digit, or -1.  By a table: digits and letters
 * come in no order that a branch could be guessed by.
 */
static inline int
ww_hex_value(char c)
{
	return ww_hex_values[(unsigned char)c] - 1;
}

/* Less than, equal to or greater than 0: byte by byte, as memcmp. */
int ww_slice_cmp(struct ww_slice a, struct ww_slice b);

/* The same, letters folded. */
int ww_slice_casecmp(struct ww_slice a, struct ww_slice b);

/* Inline: of a constant prefix no call is left. */
static inline bool
ww_slice_starts(struct ww_slice s, struct ww_slice prefix)
{
	return s.len >= prefix.len &&
	       ww_slice_eq(ww_slice_of(s.p, prefix.len), prefix);
}

bool ww_slice_casestarts(struct ww_slice s, struct ww_slice prefix);

/*
 * Where needle first stands in s, letters folded; s.len when it does not.  An
 * empty one stands everywhere.
 */
size_t ww_slice_casefind(struct ww_slice s, struct ww_slice needle);

/* What stands behind it, likewise; without it nothing, and p is NULL. */
struct ww_slice ww_slice_behind(struct ww_slice s, struct ww_slice needle);

/* Whether it stands there at all. */
bool ww_slice_casehas(struct ww_slice s, struct ww_slice needle);

/* All of s is 1 to 16 hexadecimal digits, with or without 0x before them. */
bool ww_slice_hex(struct ww_slice s, uint64_t *ret);

/* All of s is decimal digits, at least one, of a number up to max. */
bool ww_slice_decimal(struct ww_slice s, uint64_t max, uint64_t *ret);

/* Whether all of a name fits a pattern with '*'; letters folded. */
bool ww_slice_fits(struct ww_slice name, struct ww_slice pattern);

/*
 * Cut off what stands before the first such byte, which goes too; all of it
 * where there is none.
 */
struct ww_slice ww_slice_until(struct ww_slice *rest, char mark);

/*
 * Cut the first item off a list with commas between.  Behind the last one
 * *list is empty and its p NULL: "a," has two items, the second one empty.
 */
struct ww_slice ww_slice_item(struct ww_slice *list);

/*
 * Cut the first word off a text whose words stand between white space; empty
 * when none is left.
 */
struct ww_slice ww_slice_word(struct ww_slice *rest);

/* Whether each of the words stands somewhere in s, letters folded. */
bool ww_slice_has_words(struct ww_slice s, struct ww_slice words);

/* Without white space at either end. */
static inline struct ww_slice
ww_slice_trim(struct ww_slice s)
{
	size_t n = 0;

	while (n < s.len && ww_is_space(s.p[n]))
		n++;
	s = ww_slice_from(s, n);
	while (s.len > 0 && ww_is_space(s.p[s.len - 1]))
		s.len--;
	return s;
}

/*
 * What stands behind the last slash, without the marks at its end: SyncUpdates
 * of http://wsus/ClientWebService/SyncUpdates".
 */
struct ww_slice ww_slice_last_part(struct ww_slice s);

#endif
