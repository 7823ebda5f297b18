#include "input/pairs.h"

#include "base/compiler.h"

#include "base/banned.h"

/* Points of a byte above 0x7F; what no text of the page holds outweighs the
 * rest. */
#define USUAL	   1
#define IMPOSSIBLE (-4)

struct range {
	unsigned char first, last;
};

/* Where the first byte of a character lies, and where that of a usual one. */
struct page {
	unsigned number;
	struct range lead[2];
	struct range usual_lead[3];
	struct range usual_trail[2];
	struct range single; /* characters of one byte */
};

/*
 * After Microsoft's descriptions of the pages.  Usual are: in 932 kana and
 * the kanji of everyday use; in 936 and 949 what the older standards, GB 2312
 * and KS X 1001, hold; in 950 the commoner half of Big5.  949 stands before
 * 936, whose usual characters hold all of its own.
 */
static const struct page pages[WW_PAIR_PAGES] = {
	{ .number = 932,
	  .lead = { { 0x81, 0x9F }, { 0xE0, 0xFC } },
	  .usual_lead = { { 0x81, 0x83 }, { 0x88, 0x9F }, { 0xE0, 0xEA } },
	  .usual_trail = { { 0x40, 0x7E }, { 0x80, 0xFC } },
	  .single = { 0xA1, 0xDF } },
	{ .number = 949,
	  .lead = { { 0x81, 0xFE } },
	  .usual_lead = { { 0xB0, 0xC8 } },
	  .usual_trail = { { 0xA1, 0xFE } } },
	{ .number = 936,
	  .lead = { { 0x81, 0xFE } },
	  .usual_lead = { { 0xA1, 0xA3 }, { 0xB0, 0xF7 } },
	  .usual_trail = { { 0xA1, 0xFE } } },
	{ .number = 950,
	  .lead = { { 0x81, 0xFE } },
	  .usual_lead = { { 0xA1, 0xA3 }, { 0xA4, 0xC6 } },
	  .usual_trail = { { 0x40, 0x7E }, { 0xA1, 0xFE } } },
};

static bool
is_in(const struct range *ranges, size_t n, unsigned char c)
{
	for (size_t i = 0; i < n; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

static bool
is_trail(unsigned char c)
{
	return c >= 0x40 && c != 0x7F && c != 0xFF;
}

static bool
is_lead(const struct page *page, unsigned char c)
{
	return c != 0 && is_in(page->lead, WW_ARRAY_LEN(page->lead), c);
}

static const struct page *
page_of(unsigned number)
{
	const struct page *page = pages;

	while (page->number != number && page < &pages[WW_PAIR_PAGES - 1])
		page++;
	return page;
}

size_t
ww_pair_length(unsigned page, struct ww_slice text, size_t at)
{
	if (!is_lead(page_of(page), (unsigned char)text.p[at]))
		return 1;
	if (at + 1 == text.len)
		return 0;
	return is_trail((unsigned char)text.p[at + 1]) ? 2 : 1;
}

static int
points_of(const struct page *page, unsigned char lead, unsigned char trail)
{
	if (!is_in(page->usual_lead, WW_ARRAY_LEN(page->usual_lead), lead) ||
	    !is_in(page->usual_trail, WW_ARRAY_LEN(page->usual_trail), trail))
		return 0;
	return trail < 0x80 ? USUAL : 2 * USUAL;
}

static int64_t
score_of(const struct page *page, struct ww_slice text, size_t at, size_t end)
{
	int64_t score = 0;

	while (at < end) {
		unsigned char c = (unsigned char)text.p[at++];

		if (c < 0x80 ||
		    (c >= page->single.first && c <= page->single.last))
			continue;
		if (!is_lead(page, c))
			score += IMPOSSIBLE;
		else if (at == text.len)
			break;
		else if (!is_trail((unsigned char)text.p[at]))
			score += IMPOSSIBLE;
		else
			score +=
			    points_of(page, c, (unsigned char)text.p[at++]);
	}
	return score;
}

void
ww_pairs_count(int64_t score[WW_PAIR_PAGES], struct ww_slice text, size_t at,
	       size_t end)
{
	for (size_t i = 0; i < WW_PAIR_PAGES; i++)
		score[i] += score_of(&pages[i], text, at, end);
}

unsigned
ww_pairs_choose(const int64_t score[WW_PAIR_PAGES], int64_t *retscore)
{
	size_t best = 0;

	for (size_t i = 1; i < WW_PAIR_PAGES; i++)
		if (score[i] > score[best])
			best = i;
	*retscore = score[best];
	return pages[best].number;
}
