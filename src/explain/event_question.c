#include "explain/event_question.h"

#include "base/banned.h"

/* Longer ones are texts, and what codes stand in them is looked for. */
#define QUESTION_MAX 160

/* Of a name, without blanks and hyphens. */
#define BYTES_MAX 96

/* Fewer letters are no part of a provider's name. */
#define NAME_MIN 3

/* The name of a provider, small letters and digits only. */
struct name {
	char p[BYTES_MAX];
	size_t len;
};

struct question {
	bool event; /* says that it is one */
	bool numbered;
	uint32_t number;
	struct name name; /* what is left: perhaps of a provider */
};

static bool
is_letter(char c)
{
	return ww_is_alnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* False: it is longer than any. */
static bool
add_to_name(struct name *name, struct ww_slice word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (!is_letter(word.p[i]))
			continue;
		if (name->len == sizeof(name->p))
			return false;
		name->p[name->len++] = ww_fold(word.p[i]);
	}
	return true;
}

static struct ww_slice
name_slice(const struct name *name)
{
	const struct ww_slice vendor = WW_LIT("microsoftwindows");
	struct ww_slice s = ww_slice_of(name->p, name->len);

	return ww_slice_starts(s, vendor) && s.len > vendor.len
		   ? ww_slice_from(s, vendor.len)
		   : s;
}

/* What says that a number is an event's, and what says nothing. */
static bool
is_filler(struct ww_slice word, bool *event)
{
	static const struct {
		const char *word;
		bool event;
	} fillers[] = {
		{ "event", true },
		{ "events", true },
		{ "eventid", true },
		{ "evtid", true },
		{ "evenement", true },
		{ "\xC3\xA9v\xC3\xA9nement", true },
		{ "\xC3\xA9v\xC3\xA8nement", true },
		{ "id", false },
		{ "source", false },
		{ "provider", false },
		{ "log", false },
		{ "of", false },
		{ "from", false },
		{ "the", false },
		{ "de", false },
		{ "no", false },
		{ "number", false },
		{ "microsoft", false },
		{ "windows", false },
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(fillers); i++)
		if (ww_slice_casecmp(word, ww_slice_cstr(fillers[i].word)) ==
		    0) {
			*event |= fillers[i].event;
			return true;
		}
	return false;
}

static bool
is_number(struct ww_slice word, uint32_t *ret)
{
	*ret = 0;
	for (size_t i = 0; i < word.len; i++) {
		if (!ww_is_digit(word.p[i]))
			return false;
		*ret = *ret * 10 + (uint32_t)(word.p[i] - '0');
	}
	return word.len > 0 && word.len <= 5;
}

/* Names keep their hyphens, which part no words. */
static struct ww_slice
take_word(struct ww_slice *rest)
{
	struct ww_slice word;
	size_t n = 0;

	while (rest->len > 0 && !is_letter(rest->p[0]))
		*rest = ww_slice_from(*rest, 1);
	while (n < rest->len && (is_letter(rest->p[n]) || rest->p[n] == '-'))
		n++;
	word = ww_slice_of(rest->p, n);
	*rest = ww_slice_from(*rest, n);
	return word;
}

/* False: it is no question for one event. */
static bool
read_question(struct ww_slice text, struct question *ret)
{
	*ret = (struct question){ .event = false };
	if (text.len > QUESTION_MAX || ww_slice_line(text).len < text.len)
		return false;
	for (;;) {
		struct ww_slice word = take_word(&text);
		uint32_t number;

		if (word.len == 0)
			break;
		if (is_number(word, &number)) {
			if (ret->numbered)
				return false;
			ret->numbered = true;
			ret->number = number;
		} else if (!is_filler(word, &ret->event) &&
			   !add_to_name(&ret->name, word)) {
			return false;
		}
	}
	return ret->numbered && (ret->event || ret->name.len >= NAME_MIN);
}

/* The whole, its start or its end: Kernel-Power, Security, Defender. */
static bool
is_meant(const struct question *q, struct ww_slice provider)
{
	struct name full = { .len = 0 };
	struct ww_slice asked = name_slice(&q->name), name;

	if (asked.len == 0)
		return true;
	if (!add_to_name(&full, provider))
		return false;
	name = name_slice(&full);
	return ww_slice_starts(name, asked) ||
	       (asked.len <= name.len &&
		ww_slice_eq(ww_slice_from(name, name.len - asked.len), asked));
}

static bool
is_there(const struct ww_rec *list, size_t n, struct ww_rec rec)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].p == rec.p)
			return true;
	return false;
}

size_t
ww_event_question(const struct ww_catalogue *c, struct ww_slice text,
		  struct ww_rec ret[WW_EVENTS_ASKED_MAX])
{
	struct question q;
	struct ww_list keys;
	size_t n = 0;

	if (!read_question(text, &q))
		return 0;
	keys = ww_event_keys(c, q.number);
	for (uint32_t i = 0; i < keys.count && n < WW_EVENTS_ASKED_MAX; i++) {
		struct ww_rec key = ww_list_at(c, keys, i);
		struct ww_rec kind =
		    ww_rec_ref(key, WW_EVENT_KEY_KIND, WW_S_EVENT_KIND);

		if (kind.p != NULL &&
		    is_meant(&q, ww_rec_str(key, WW_EVENT_KEY_PROVIDER)) &&
		    !is_there(ret, n, kind))
			ret[n++] = kind;
	}
	return n;
}
