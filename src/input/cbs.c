/*
 * CBS.log, its CbsPersist copies, and what findstr takes out of them.
 */
#include "input/dialects.h"
#include "input/servicing.h"

#include "base/banned.h"

/* Zones differ by quarters of an hour, from -12 to +14 hours. */
#define QUARTER	 (15 * WW_MINUTE)
#define ZONE_MIN (-12 * 60)
#define ZONE_MAX (14 * 60)

/* The two clocks of a line are read at the same moment, or nearly. */
#define APART_MAX WW_MINUTE

struct state {
	struct ww_servicing_stamp stamp;
	/* In the block of a store check, whose lines have no stamp. */
	bool in_block;
};

static unsigned
sniff_cbs(struct ww_slice head)
{
	struct ww_servicing_head look = ww_servicing_look(head);

	if (ww_servicing_block(head) == WW_BLOCK_CHECK)
		return 90;
	/* Others quote servicing lines; CBS.log hardly any of theirs. */
	if (look.dism > 0 || ww_servicing_is_setup(&look) ||
	    look.servicing == 0 || look.servicing * 2 < look.stamped)
		return 0;
	return look.stamped * 2 > look.lines ? 95 : 60;
}

/* The zone is what the local stamp has more than a time in UTC. */
static void
derive_zone(struct ww_reader *reader, ww_time local, ww_time utc)
{
	ww_time apart, rounded;
	int minutes;

	if (utc == WW_NO_TIME)
		return;
	apart = local - utc;
	if (apart > WW_DAY || apart < -WW_DAY)
		return;
	rounded = (apart + (apart < 0 ? -QUARTER : QUARTER) / 2) / QUARTER;
	minutes = (int)rounded * 15;
	apart -= rounded * QUARTER;
	if (minutes < ZONE_MIN || minutes > ZONE_MAX || apart > APART_MAX ||
	    apart < -APART_MAX)
		return;
	reader->zone =
	    (struct ww_zone){ .source = WW_ZONE_DERIVED, .minutes = minutes };
}

/* A number of at most four digits and the mark behind it; -1 otherwise. */
static int
take_number(struct ww_slice s, size_t *at, char mark)
{
	size_t start = *at;
	int value = 0;

	while (*at < s.len && *at - start < 4 && ww_is_digit(s.p[*at]))
		value = value * 10 + (s.p[(*at)++] - '0');
	if (*at == start || *at >= s.len || s.p[(*at)++] != mark)
		return -1;
	return value;
}

/* 2020/2/5:00:18:03.622, or with other marks 2020-02-05 00:18:03.622 */
static ww_time
read_utc(struct ww_slice s, char date_mark, char middle)
{
	struct ww_civil civil = { .year = 0 };
	size_t at = 0;

	civil.year = take_number(s, &at, date_mark);
	civil.month = take_number(s, &at, date_mark);
	civil.day = take_number(s, &at, middle);
	civil.hour = take_number(s, &at, ':');
	civil.minute = take_number(s, &at, ':');
	civil.second = take_number(s, &at, '.');
	return ww_time_of(&civil);
}

/*
 * Two lines tell the time in UTC: those of CSI that have one behind their
 * number, 00000007@2020/2/5:00:18:03.622, and the first of each worker.
 */
static void
look_for_utc(struct ww_reader *reader, const struct ww_record *record)
{
	const struct ww_slice words = WW_LIT("Universal Time is: ");
	struct ww_slice text = record->text;

	if (text.len > 9 && text.p[8] == '@' && ww_is_digit(text.p[9]))
		derive_zone(reader, record->time,
			    read_utc(ww_slice_from(text, 9), '/', ':'));
	else if (text.len > words.len && text.p[0] == 'U' &&
		 ww_slice_starts(text, words))
		derive_zone(reader, record->time,
			    read_utc(ww_slice_from(text, words.len), '-', ' '));
}

/*
 * Up to Windows 8 the lines of a store check's block have no stamp of their
 * own, and later ones do.  Each is a record either way, so that whoever reads
 * on sees one form.
 */
static bool
parse_unstamped(struct state *s, struct ww_slice line, struct ww_record *ret)
{
	if (!s->in_block)
		s->in_block = ww_slice_starts(line, WW_LIT("=====")) ||
			      ww_servicing_is_title(line);
	if (!s->in_block || ww_slice_trim(line).len == 0)
		return false;
	*ret = (struct ww_record){ .time = s->stamp.known ? s->stamp.time
							  : WW_NO_TIME,
				   .level = WW_LEVEL_INFO,
				   .component = ww_slice_of(line.p, 0),
				   .text = line };
	return true;
}

static bool
parse_cbs(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct state *s = reader->state;

	if (!ww_servicing_line(&s->stamp, line, ret))
		return parse_unstamped(s, line, ret);
	s->in_block = false;
	look_for_utc(reader, ret);
	return true;
}

const struct ww_dialect ww_dialect_cbs = {
	.id = WW_DIALECT_CBS,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.state_size = sizeof(struct state),
	.sniff = sniff_cbs,
	.parse = parse_cbs,
};
