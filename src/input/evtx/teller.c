#include "input/evtx/teller.h"

#include "base/compiler.h"

#include "base/banned.h"

/* The bit of the keywords that an audit that failed has. */
#define AUDIT_FAILURE (UINT64_C(1) << 52)

struct ww_evtx_teller *
ww_evtx_teller_new(struct ww_arena *arena, const struct ww_wants *wants,
		   struct ww_evtx *x)
{
	struct ww_evtx_teller *t = ww_arena_new(arena, struct ww_evtx_teller);

	t->x = x;
	t->askings = ww_evtx_askings_new(arena, wants);
	return t;
}

/* An audit has no level, and failed or not. */
static enum ww_level
level_of(const struct ww_evtx_record *r)
{
	static const enum ww_level levels[] = {
		WW_LEVEL_INFO,	  WW_LEVEL_ERROR, WW_LEVEL_ERROR,
		WW_LEVEL_WARNING, WW_LEVEL_INFO,  WW_LEVEL_VERBOSE,
	};
	uint64_t level = ww_evtx_part_number(r, WW_EVTX_LEVEL);

	if (level == 0 &&
	    (ww_evtx_part_number(r, WW_EVTX_KEYWORDS) & AUDIT_FAILURE) != 0)
		return WW_LEVEL_WARNING;
	return level < WW_ARRAY_LEN(levels) ? levels[level] : WW_LEVEL_NONE;
}

static uint64_t
number_of(const struct ww_evtx_record *r)
{
	return ww_evtx_part(r, WW_EVTX_RECORD_ID).type == WW_EVTX_NULL
		   ? r->id
		   : ww_evtx_part_number(r, WW_EVTX_RECORD_ID);
}

/* Texts */

/* Whether anybody looks at its text. */
static bool
is_wanted(struct ww_evtx_teller *t, enum ww_level level)
{
	return t->asked->wanted.always || level >= WW_LEVEL_WARNING ||
	       ww_evtx_may_hold_code(t->x, &t->r);
}

/* What the text begins with, at p[WW_EVTX_LINE_MAX]; returns its length. */
static size_t
put_head(const struct ww_evtx_teller *t, char *p)
{
	struct ww_slice head = t->asked->head;

	memcpy(p, head.p, head.len);
	return head.len;
}

/* All of it, at p[WW_EVTX_LINE_MAX]. */
static struct ww_slice
put_all(struct ww_evtx_teller *t, char *p)
{
	size_t len = put_head(t, p);

	/* What is damaged inside is counted by the reader; the rest is told. */
	(void)ww_evtx_line_fields(t->x, &t->r, NULL, p, WW_EVTX_LINE_MAX, &len);
	return ww_slice_of(p, len);
}

static struct ww_slice
whole_text(void *ctx)
{
	struct ww_evtx_teller *t = ctx;

	return put_all(t, t->whole);
}

/* False where there are no such fields, or not all can be read. */
static bool
take_fields(struct ww_evtx_teller *t, struct ww_record *ret)
{
	const struct ww_wanted *wanted = &t->asked->wanted;
	struct ww_evtx_pick pick = { t->asked->number, wanted->fields,
				     wanted->n };
	size_t len;

	if (wanted->text || wanted->n == 0)
		return false;
	len = put_head(t, t->line);
	if (!ww_evtx_line_fields(t->x, &t->r, &pick, t->line, WW_EVTX_LINE_MAX,
				 &len) ||
	    len == t->asked->head.len)
		return false;
	ret->text = ww_slice_of(t->line, len);
	ret->whole = whole_text;
	ret->ctx = t;
	return true;
}

static void
take_text(struct ww_evtx_teller *t, struct ww_record *ret)
{
	t->asked = ww_evtx_asked(t->askings, &t->r);
	if (!is_wanted(t, ret->level))
		return;
	ret->component = t->asked->provider;
	ret->process = (uint32_t)ww_evtx_part_number(&t->r, WW_EVTX_PROCESS);
	ret->thread = (uint32_t)ww_evtx_part_number(&t->r, WW_EVTX_THREAD);
	if (!take_fields(t, ret))
		ret->raw = ret->text = put_all(t, t->line);
}

bool
ww_evtx_tell(struct ww_evtx_teller *t, struct ww_record *ret)
{
	const struct ww_evtx_record *r = &t->r;

	if (!ww_evtx_next(t->x, &t->r))
		return false;
	*ret = (struct ww_record){
		.time = ww_evtx_time(r),
		.level = level_of(r),
		.line = number_of(r),
	};
	take_text(t, ret);
	return true;
}

struct ww_slice
ww_evtx_tell_again(struct ww_evtx_teller *t, uint64_t at)
{
	if (!ww_evtx_again(t->x, at, &t->r))
		return (struct ww_slice){ 0 };
	t->asked = ww_evtx_asked(t->askings, &t->r);
	return put_all(t, t->whole);
}
