#include "explain/rank.h"

#include "base/compiler.h"
#include "base/message.h"
#include "code/number.h"

#include "base/banned.h"

/* How a number looks, as far as it tells spaces apart. */
enum look {
	LOOK_STATUS_ERROR,   /* 0xC…, 0xD… or 0xE… */
	LOOK_STATUS_STOP,    /* the same, with the parameters of a stop code */
	LOOK_STATUS_WARNING, /* 0x8… with facility 0 and a small code */
	LOOK_FAILURE,	     /* 0x8… otherwise, and 0x9…, 0xA… */
	LOOK_HIGH,	     /* bits above 16 set, no failure bit */
	LOOK_TOLD_STOP,	     /* small, and said to be a stop code */
	LOOK_STOP,	     /* small, written in hexadecimal */
	LOOK_SMALL,	     /* small, written in decimal */
	LOOK_NEGATIVE,	     /* a small negative decimal */
	LOOK_NAME,	     /* asked for by name */
};

/*
 * Stop codes are written with eight digits; two or three hexadecimal digits
 * alone are one too, but in a sentence, and with one digit, they are rather a
 * Win32 code.
 */
static bool
is_stop_code(const struct ww_spelled *s)
{
	if (s->in_text || s->digits == 1)
		return s->form == WW_FORM_HEX && s->digits == 8;
	return s->form == WW_FORM_HEX || s->form == WW_FORM_BARE_HEX;
}

static enum look
look_of(const struct ww_spelled *s)
{
	if (s->form == WW_FORM_NAME)
		return LOOK_NAME;
	if (s->form == WW_FORM_NEGATIVE && s->value > 0xFFFF0000u)
		return LOOK_NEGATIVE;
	if (s->value >= 0xC0000000u)
		return s->n_params < WW_STOP_PARAMETERS_MAX ? LOOK_STATUS_ERROR
							    : LOOK_STATUS_STOP;
	if (s->value >= 0x80000000u)
		return s->value < 0x80001000u ? LOOK_STATUS_WARNING
					      : LOOK_FAILURE;
	if (s->value > 0xFFFF)
		return LOOK_HIGH;
	if (ww_spelled_is_stop(s))
		return LOOK_TOLD_STOP;
	/* Eight zeros are a result. */
	return s->value != 0 && is_stop_code(s) ? LOOK_STOP : LOOK_SMALL;
}

struct rule {
	enum look look;
	enum ww_space space;
	unsigned points;
	const char *why;
};

/*
 * A family's prominence adds 0 to 9, a topic TOPIC_POINTS: what people ask
 * about is asked for.  A step of 20 stands.
 */
#define TOPIC_POINTS   11
#define PROMINENCE_MAX 9

static const struct rule rules[] = {
	{ LOOK_STATUS_ERROR, WW_SPACE_NTSTATUS, 60,
	  N_("it starts with C: NTSTATUS values of severity error do") },
	{ LOOK_STATUS_ERROR, WW_SPACE_HRESULT, 55,
	  N_("an HRESULT with the reserved bit set, as this family uses it") },
	{ LOOK_STATUS_STOP, WW_SPACE_BUGCHECK, 60,
	  N_("four parameters follow it: stop codes are written so") },
	{ LOOK_STATUS_STOP, WW_SPACE_NTSTATUS, 40,
	  N_("it starts with C: NTSTATUS values of severity error do") },
	{ LOOK_STATUS_STOP, WW_SPACE_HRESULT, 35,
	  N_("an HRESULT with the reserved bit set, as this family uses it") },
	{ LOOK_STATUS_WARNING, WW_SPACE_NTSTATUS, 60,
	  N_("facility 0 and a small code: that is an NTSTATUS warning") },
	{ LOOK_STATUS_WARNING, WW_SPACE_HRESULT, 40,
	  N_("some interfaces number their HRESULTs from 0x80000000") },
	{ LOOK_FAILURE, WW_SPACE_HRESULT, 60,
	  N_("the failure bit is set: HRESULTs look like this") },
	{ LOOK_FAILURE, WW_SPACE_NTSTATUS, 30,
	  N_("an NTSTATUS warning has the same bits") },
	{ LOOK_HIGH, WW_SPACE_HRESULT, 40,
	  N_("a facility and no failure bit: an HRESULT that tells success") },
	{ LOOK_HIGH, WW_SPACE_BUGCHECK, 60,
	  N_("a stop code with the bit that minidumps add") },
	{ LOOK_HIGH, WW_SPACE_NTSTATUS, 35,
	  N_("an NTSTATUS that tells success or information") },
	{ LOOK_TOLD_STOP, WW_SPACE_BUGCHECK, 80,
	  N_("what stands around it says that it is a stop code") },
	{ LOOK_STOP, WW_SPACE_BUGCHECK, 60,
	  N_("a small number in hexadecimal: stop codes are written so") },
	{ LOOK_STOP, WW_SPACE_WIN32, 50,
	  N_("Win32 codes are sometimes printed in hexadecimal") },
	{ LOOK_STOP, WW_SPACE_NTSTATUS, 35,
	  N_("an NTSTATUS that tells success or information") },
	{ LOOK_SMALL, WW_SPACE_WIN32, 60,
	  N_("a small decimal number: Win32 codes are printed so") },
	{ LOOK_SMALL, WW_SPACE_BUGCHECK, 20,
	  N_("event 1001 and scripts may print a stop code in decimal") },
	{ LOOK_NEGATIVE, WW_SPACE_JET, 60,
	  N_("a small negative number: the ESE database counts so") },
};

static void
rank_by_look(struct ww_reading *r)
{
	enum look look = look_of(&r->spelled);

	r->rank = 10;
	r->why = N_("another interface uses this number too");
	if (look == LOOK_SMALL && r->kind == WW_READING_HTTP) {
		r->rank = 70;
		r->why = N_("three decimal digits: HTTP statuses are "
			    "written so");
		return;
	}
	if (look == LOOK_NAME) {
		r->rank = 60;
		r->why = N_("asked for by name");
	}
	for (size_t i = 0; i < WW_ARRAY_LEN(rules); i++) {
		if (rules[i].look != look || rules[i].space != r->space)
			continue;
		r->rank = rules[i].points;
		r->why = rules[i].why;
	}
}

static const char *
why_of_kind(enum ww_reading_kind kind)
{
	switch (kind) {
	case WW_READING_WIN32:
		return N_("its facility says that it carries a Win32 code");
	case WW_READING_NTSTATUS:
		return N_("bit 28 says that an NTSTATUS is inside");
	case WW_READING_HTTP:
		return N_("its facility says that it carries an HTTP status");
	case WW_READING_MINIDUMP:
		return N_("a stop code with the bit that minidumps add");
	case WW_READING_STRUCTURE:
		return N_("no name is known: this is what its bits say");
	default:
		return NULL;
	}
}

/* The family's place in the context's list, from 1; 0 when not in it. */
static uint32_t
place_in_context(struct ww_rec context, struct ww_rec family)
{
	uint32_t n = ww_rec_num(context, WW_CONTEXT_FAMILIES + 1);

	for (uint32_t i = 0; i < n; i++)
		if (ww_rec_id(context, WW_CONTEXT_FAMILIES, WW_S_FAMILY, i).p ==
		    family.p)
			return i + 1;
	return 0;
}

/* Whether one of the reading's names belongs to the family. */
static bool
has_family(const struct ww_reading *r, struct ww_rec family)
{
	if (r->family.p == family.p)
		return true;
	for (uint32_t i = 0; i < r->n_codes; i++)
		if (ww_rec_ref(ww_rec_at(family.c, WW_S_CODE, r->codes[i]),
			       WW_CODE_FAMILY, WW_S_FAMILY)
			.p == family.p)
			return true;
	return false;
}

/*
 * A place nearer to the start of a context's list counts more than all that
 * the number looks like: 0x18 is Kerberos' before it is Win32's.
 */
#define CONTEXT_PLACES 50u
#define CONTEXT_STEP   100u

static void
rank_one(struct ww_reading *r, const struct ww_hints *hints)
{
	const char *why =
	    look_of(&r->spelled) == LOOK_SMALL ? NULL : why_of_kind(r->kind);
	uint32_t place;

	rank_by_look(r);
	if (why != NULL)
		r->why = why;
	r->rank += ww_rec_num(r->family, WW_FAMILY_PROMINENCE);
	if (r->topic.p != NULL)
		r->rank += TOPIC_POINTS;
	/* It has no name, and yet people met it often enough for a topic. */
	if (r->topic.p != NULL && r->family.p == NULL) {
		r->rank += PROMINENCE_MAX;
		r->why = N_("it has no name, but a failure is known by it");
	}
	if (r->in_context)
		r->rank += CONTEXT_STEP;
	if (hints->context.p == NULL || r->family.p == NULL)
		return;
	place = place_in_context(hints->context, r->family);
	if (place > 0) {
		r->rank +=
		    CONTEXT_STEP *
		    (CONTEXT_PLACES -
		     (place < CONTEXT_PLACES ? place : CONTEXT_PLACES - 1));
		r->why = hints->context_why != NULL
			     ? hints->context_why
			     : N_("the context that was given prefers this "
				  "family");
	}
}

static bool
is_excluded(const struct ww_reading *r, const struct ww_hints *hints)
{
	if (hints->family.p != NULL)
		return !has_family(r, hints->family);
	return hints->space != WW_SPACES && r->space != hints->space;
}

void
ww_rank(struct ww_readings *readings, const struct ww_hints *hints)
{
	size_t n = 0;

	for (size_t i = 0; i < readings->n; i++) {
		struct ww_reading r = readings->p[i];
		size_t at = n;

		if (is_excluded(&r, hints))
			continue;
		rank_one(&r, hints);
		/* n never passes i, so what is moved was looked at. */
		for (; at > 0 && readings->p[at - 1].rank < r.rank; at--)
			readings->p[at] = readings->p[at - 1];
		readings->p[at] = r;
		n++;
	}
	readings->n = n;
}
