/*
 * PFRO.log: files that were to be deleted or replaced at a start of Windows.
 * The kernel writes it, in UTF-16 without a mark, with numbers that are not
 * padded and the month first, whatever the language: 8/20/2017 8:5:54 - text.
 */
#include "input/dialects.h"

#include "input/head.h"

#include "base/banned.h"

/* Digits of the longest number of a stamp. */
#define DIGITS_MAX 4

/* A number, taken off the line, and the character that parts it. */
static bool
take(struct ww_slice *line, char end, int *ret)
{
	size_t n = 0;

	while (n < line->len && n < DIGITS_MAX && ww_is_digit(line->p[n]))
		n++;
	if (n == 0 || n == line->len || line->p[n] != end)
		return false;
	*ret = ww_time_digits(line->p, (unsigned)n);
	*line = ww_slice_from(*line, n + 1);
	return true;
}

/* The rest of the line is what stands behind the stamp and its dash. */
static bool
take_stamp(struct ww_slice *line, ww_time *ret)
{
	struct ww_civil civil = { .hour = 0 };

	if (!take(line, '/', &civil.month) || !take(line, '/', &civil.day) ||
	    !take(line, ' ', &civil.year) || !take(line, ':', &civil.hour) ||
	    !take(line, ':', &civil.minute) ||
	    !take(line, ' ', &civil.second) ||
	    !ww_slice_starts(*line, WW_LIT("- ")))
		return false;
	*line = ww_slice_from(*line, 2);
	*ret = ww_time_of(&civil);
	return *ret != WW_NO_TIME;
}

static bool
pfro_parse(struct ww_reader *reader, struct ww_slice line,
	   struct ww_record *ret)
{
	ww_time time;

	(void)reader;
	if (!take_stamp(&line, &time))
		return false;
	ret->time = time;
	ret->level = ww_slice_starts(line, WW_LIT("PFRO Error"))
			 ? WW_LEVEL_WARNING
			 : WW_LEVEL_INFO;
	ret->text = line;
	return true;
}

static bool
is_pfro(struct ww_slice text)
{
	while (text.len > 0 && ww_is_digit(text.p[0]))
		text = ww_slice_from(text, 1);
	return ww_slice_starts(text, WW_LIT("PFRO Error: ")) ||
	       ww_slice_starts(text, WW_LIT(" Successful PFRO operations"));
}

static unsigned
pfro_sniff(struct ww_slice head)
{
	struct ww_slice line;
	ww_time time;

	for (unsigned i = 0; i < WW_HEAD_LINES && ww_head_line(&head, &line);
	     i++)
		if (take_stamp(&line, &time) && is_pfro(line))
			return 95;
	return 0;
}

const struct ww_dialect ww_dialect_pfro = {
	.id = WW_DIALECT_PFRO,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.sniff = pfro_sniff,
	.parse = pfro_parse,
};
