/*
 * Logons that the Security log tells of, by account and source: each that
 * failed is an episode with the status that Windows gives it.  One that
 * succeeds is told of where the same account had failed from there.
 *
 * Only events with fields tell: their messages are in the language of the
 * machine that wrote them out.  Form: see input/events.h.
 */
#include "base/utf8.h"
#include "episode/trackers.h"
#include "evidence/event.h"

#include "base/banned.h"

/* A power of two.  Accounts that share a place forget each other. */
#define ACCOUNTS_MAX 1024

/* Bytes of an account with its source. */
#define SUBJECT_MAX 160

enum { MARK_IN, MARK_REFUSED, MARK_TICKET, MARK_CHECKED };

#define EVENT(id) "^Event ID " id " of Microsoft-Windows-Security-Auditing: "

static const struct ww_mark marks[] = {
	{ MARK_IN, EVENT("4624") },	 { MARK_REFUSED, EVENT("4625") },
	{ MARK_TICKET, EVENT("4768") },	 { MARK_TICKET, EVENT("4771") },
	{ MARK_CHECKED, EVENT("4776") },
};

struct account {
	uint64_t name; /* a hash, odd; 0: free */
	bool failed, was_in;
	ww_time in; /* the latest success */
};

struct state {
	struct account accounts[ACCOUNTS_MAX];
};

struct subject {
	char p[SUBJECT_MAX];
	size_t len;
};

static struct ww_slice
field(const struct ww_told_event *e, const char *name)
{
	struct ww_slice value = ww_told_event_field(e, ww_slice_cstr(name));

	/* A dash is how Windows writes that there is nothing. */
	return ww_slice_eq(value, WW_LIT("-")) ? (struct ww_slice){ 0 } : value;
}

static uint32_t
status_of(const struct ww_told_event *e, const char *name)
{
	uint32_t code;

	return ww_track_code(field(e, name), &code) ? code : 0;
}

/* Where it came from: an address, without the prefix of IPv4, or a name. */
static struct ww_slice
source_of(const struct ww_told_event *e)
{
	static const char *const names[] = { "IpAddress", "WorkstationName",
					     "Workstation" };
	const struct ww_slice prefix = WW_LIT("::ffff:");

	for (size_t i = 0; i < WW_ARRAY_LEN(names); i++) {
		struct ww_slice value = field(e, names[i]);

		if (ww_slice_casestarts(value, prefix))
			value = ww_slice_from(value, prefix.len);
		if (value.len > 0)
			return value;
	}
	return (struct ww_slice){ 0 };
}

static void
add(struct subject *to, struct ww_slice s)
{
	s = ww_utf8_cut(s, sizeof(to->p) - to->len);
	if (s.len > 0)
		memcpy(to->p + to->len, s.p, s.len);
	to->len += s.len;
}

/* jdoe (10.0.0.9), small as names of accounts are; empty without one. */
static struct subject
subject_of(const struct ww_told_event *e)
{
	struct subject ret = { .len = 0 };
	struct ww_slice source = source_of(e);

	add(&ret, ww_utf8_cut(field(e, "TargetUserName"), SUBJECT_MAX / 2));
	for (size_t i = 0; i < ret.len; i++)
		ret.p[i] = ww_fold(ret.p[i]);
	if (ret.len == 0 || source.len == 0)
		return ret;
	add(&ret, WW_LIT(" ("));
	add(&ret, ww_utf8_cut(source, SUBJECT_MAX / 2 - 4));
	add(&ret, WW_LIT(")"));
	return ret;
}

static struct account *
account_of(const struct ww_marked_line *l, const struct subject *subject)
{
	struct state *state = l->state;
	uint64_t hash = UINT64_C(0xCBF29CE484222325);
	struct account *place;

	/* FNV-1a */
	for (size_t i = 0; i < subject->len; i++)
		hash = (hash ^ (unsigned char)ww_fold(subject->p[i])) *
		       UINT64_C(0x100000001B3);
	place = &state->accounts[(hash >> 32) & (ACCOUNTS_MAX - 1)];
	if (place->name != (hash | 1))
		*place = (struct account){ .name = hash | 1 };
	return place;
}

static struct ww_episode *
begin(const struct ww_marked_line *l, const struct subject *subject)
{
	struct ww_slice none = { 0 };
	struct ww_episode *e =
	    ww_track_begin(l->t, WW_EPISODE_LOGON, none, l->record);

	ww_track_subject(l->t, e, ww_slice_of(subject->p, subject->len));
	return e;
}

static void
fail(const struct ww_marked_line *l, const struct ww_told_event *event,
     enum ww_code_kind kind, uint32_t code)
{
	struct subject subject = subject_of(event);
	struct account *account = account_of(l, &subject);
	ww_time time = l->record->time;
	struct ww_episode *e;

	/* The newest event may stand first: it got in since. */
	if (subject.len == 0 ||
	    (account->was_in && time != WW_NO_TIME && account->in > time))
		return;
	account->failed = true;
	e = begin(l, &subject);
	e->has_code = code != 0;
	e->code = code;
	e->code_kind = kind;
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
}

static void
succeed(const struct ww_marked_line *l, const struct ww_told_event *event)
{
	struct subject subject = subject_of(event);
	struct account *account = account_of(l, &subject);

	if (subject.len == 0)
		return;
	if (!account->was_in || account->in < l->record->time)
		account->in = l->record->time;
	account->was_in = true;
	if (account->failed)
		ww_track_end(l->t, begin(l, &subject), WW_OUTCOME_SUCCEEDED,
			     l->record);
}

static void
on_logon(const struct ww_marked_line *l)
{
	struct ww_told_event e;

	if (ww_told_event_read(l->record->text, &e))
		succeed(l, &e);
}

/* The sub-status is closer where there is one. */
static void
on_refused(const struct ww_marked_line *l)
{
	struct ww_told_event e;
	uint32_t code;

	if (!ww_told_event_read(l->record->text, &e))
		return;
	code = status_of(&e, "SubStatus");
	fail(l, &e, WW_CODE_IS_NTSTATUS,
	     code != 0 ? code : status_of(&e, "Status"));
}

/* Events that tell of either, by a status that is 0 or not. */
static void
by_status(const struct ww_marked_line *l, enum ww_code_kind kind)
{
	struct ww_told_event e;
	uint32_t code;

	if (!ww_told_event_read(l->record->text, &e) ||
	    !ww_track_code(field(&e, "Status"), &code))
		return;
	if (code == 0)
		succeed(l, &e);
	else
		fail(l, &e, kind, code);
}

static void
on_ticket(const struct ww_marked_line *l)
{
	by_status(l, WW_CODE_IS_KERBEROS);
}

/* A name and a password, by a domain controller or by the machine. */
static void
on_checked(const struct ww_marked_line *l)
{
	by_status(l, WW_CODE_IS_NTSTATUS);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[MARK_IN] = on_logon,
	[MARK_REFUSED] = on_refused,
	[MARK_TICKET] = on_ticket,
	[MARK_CHECKED] = on_checked,
};

/* All that this file asks events for. */
static const char *const fields[] = {
	"TargetUserName",
	"IpAddress",
	"WorkstationName",
	"Workstation",
	"Status",
	"SubStatus",
	NULL,
};

const struct ww_tracker ww_tracker_logon = {
	.dialects = { WW_DIALECT_EVENTS },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.by_time = true,
	.event_fields = fields,
	.on = actions,
};
