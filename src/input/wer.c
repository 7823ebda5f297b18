/*
 * Reports of Windows Error Reporting: Report.wer, of keys and values.
 *
 *	Version=1
 *	EventType=APPCRASH
 *	EventTime=129953891640935850
 *	Sig[0].Name=Application Name
 *	Sig[0].Value=contoso.exe
 *
 * A record is a line; the message of a part of the signature is
 *
 *	Signature 0 = contoso.exe
 *
 * Names of the parts are in the language of the machine, their numbers not.
 */
#include "base/compiler.h"
#include "input/compose.h"
#include "input/dialects.h"
#include "input/head.h"

#include "base/banned.h"

/* Lines of a head in which the kind of event must stand. */
#define LOOK_MAX 8

/* As far as years have four digits. */
#define FILETIME_MAX UINT64_C(2650467744000000000)

struct state {
	ww_time time; /* of the event; valid if known */
	bool known;
};

/* Sig[0].Value, LoadedModule[12], AppPath */
static size_t
key_length(struct ww_slice line)
{
	size_t n = 0;

	while (n < line.len &&
	       (ww_is_alnum(line.p[n]) || line.p[n] == '[' ||
		line.p[n] == ']' || line.p[n] == '.' || line.p[n] == '_'))
		n++;
	return n < line.len && line.p[n] == '=' ? n : 0;
}

/* "6" and "c0000005" of Sig[6].Value=c0000005 */
static bool
read_part(struct ww_slice line, struct ww_slice *number, struct ww_slice *value)
{
	const struct ww_slice start = WW_LIT("Sig["), end = WW_LIT("].Value=");
	size_t n = start.len;

	if (!ww_slice_starts(line, start))
		return false;
	while (n < line.len && ww_is_digit(line.p[n]))
		n++;
	*number = ww_slice_part(line, start.len, n - start.len);
	*value = ww_slice_from(line, n);
	if (number->len == 0 || !ww_slice_starts(*value, end))
		return false;
	*value = ww_slice_from(*value, end.len);
	return true;
}

static struct ww_slice
message_of(struct ww_reader *reader, struct ww_slice line)
{
	struct ww_composer c = ww_compose_in(reader);
	struct ww_slice number, value;

	if (!read_part(line, &number, &value))
		return line;
	ww_compose(&c, WW_LIT("Signature "));
	ww_compose(&c, number);
	ww_compose(&c, WW_LIT(" = "));
	ww_compose(&c, value);
	return ww_composed(&c);
}

static bool
read_time(struct ww_slice digits, ww_time *ret)
{
	uint64_t v = 0;

	if (digits.len == 0 || digits.len > 19)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (!ww_is_digit(digits.p[i]))
			return false;
		v = v * 10 + (unsigned)(digits.p[i] - '0');
	}
	if (v < WW_FILETIME_1970 || v > FILETIME_MAX)
		return false;
	*ret = ww_time_of_filetime(v);
	return true;
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	const struct ww_slice time = WW_LIT("EventTime=");
	struct state *s = reader->state;

	line = ww_slice_trim(line);
	if (key_length(line) == 0)
		return false;
	if (ww_slice_starts(line, time) &&
	    read_time(ww_slice_from(line, time.len), &s->time))
		s->known = true;
	*ret = (struct ww_record){
		.time = s->known ? s->time : WW_NO_TIME,
		.component = ww_slice_of(line.p, 0),
		.text = message_of(reader, line),
	};
	return true;
}

static unsigned
sniff(struct ww_slice head)
{
	struct ww_slice line;
	bool version = false;

	for (unsigned k = 0; k < LOOK_MAX && ww_head_line(&head, &line); k++) {
		line = ww_slice_trim(line);
		if (line.len > 0 && key_length(line) == 0)
			return 0;
		version = version || ww_slice_starts(line, WW_LIT("Version="));
		if (version && ww_slice_starts(line, WW_LIT("EventType=")))
			return 95;
	}
	return 0;
}

const struct ww_dialect ww_dialect_wer = {
	.id = WW_DIALECT_WER,
	.codes = WW_CODES_WORDS,
	.zone = WW_ZONE_STATED,
	.single_line = true,
	.state_size = sizeof(struct state),
	.sniff = sniff,
	.parse = parse,
};
