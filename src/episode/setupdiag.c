/*
 * The verdict of SetupDiag, which has read Setup's logs itself: the rule that
 * matched, and the error and the last operation where it tells them.  It may
 * be exported from the registry, too, where Setup has it written.
 */
#include "episode/kept.h"
#include "episode/trackers.h"

#include "base/compiler.h"

#include "base/banned.h"

#define RULE_SIZE 80

enum {
	RULE,
	HOST,
	TARGET,
	PAIR,
	DETAILS,
	PHASE,
	OPERATION,
	ERROR_CODE,
	APPLICATION,
};

static const struct ww_mark marks[] = {
	{ RULE, "ProfileName = {rule:rest}" },
	{ HOST, "HostOSVersion = {value:rest}" },
	{ TARGET, "TargetOSBuildString = {value:rest}" },
	{ PAIR, "Error: {code:code} - {extend:code}" },
	{ DETAILS, "FailureDetails = Err = {code:code}," },
	{ PHASE, "Last Setup Phase = {value:rest}" },
	{ OPERATION, "Last Setup Operation: {value:rest}" },
	{ ERROR_CODE, "^Error: {code:code}" },
	{ APPLICATION, "AppName = {value:rest}" },
};

struct state {
	char rule[RULE_SIZE];
	size_t len; /* 0: none matched so far */
	bool has_code;
	uint32_t code, extend;
	struct ww_kept line; /* of the rule, then of the code */
};

static struct ww_episode *
run(const struct ww_marked_line *l)
{
	return ww_track_need(l->t, WW_EPISODE_SETUP, WW_LIT("setupdiag"),
			     l->record);
}

static void
on_rule(const struct ww_marked_line *l)
{
	struct ww_slice rule = ww_slice_trim(ww_captured(l->captures, "rule"));
	struct state *s = l->state;

	/* A later one of the same file tells of the same run. */
	if (rule.len == 0 || s->len > 0)
		return;
	s->len = ww_keep_text(s->rule, RULE_SIZE, rule).len;
	ww_keep(&s->line, l->record);
	ww_track_note(l->t, run(l), "setupdiag-rule", rule, l->record);
}

/* What is noted of the run as it stands there. */
static const char *const names[] = {
	[HOST] = "from-version",       [TARGET] = "to-version",
	[PHASE] = "setup-phase",       [OPERATION] = "last-operation",
	[APPLICATION] = "application",
};

static void
on_value(const struct ww_marked_line *l)
{
	ww_track_note(l->t, run(l), names[l->mark],
		      ww_slice_trim(ww_captured(l->captures, "value")),
		      l->record);
}

/* The first says most; a pair says where, too. */
static void
on_code(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	if (s->has_code && (s->extend != 0 || l->mark != PAIR))
		return;
	if (!ww_track_code(ww_captured(l->captures, "code"), &s->code))
		return;
	s->has_code = true;
	if (l->mark == PAIR)
		ww_track_code(ww_captured(l->captures, "extend"), &s->extend);
	ww_keep(&s->line, l->record);
}

static void
conclude(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	struct ww_slice rule = ww_slice_of(s->rule, s->len);
	struct ww_record line = ww_kept_record(&s->line);
	struct ww_episode *e =
	    ww_track_open(l->t, WW_EPISODE_SETUP, WW_LIT("setupdiag"));

	if (e == NULL || s->len == 0)
		return;
	if (ww_slice_eq(rule, WW_LIT("FindSuccessfulUpgrade"))) {
		ww_track_end(l->t, e, WW_OUTCOME_SUCCEEDED, &line);
		return;
	}
	e->extend = s->extend;
	if (s->has_code && s->code != 0)
		ww_track_end_code(l->t, e, s->code, &line);
	else
		ww_track_end(l->t, e, WW_OUTCOME_FAILED, &line);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[RULE] = on_rule,	  [HOST] = on_value,
	[TARGET] = on_value,	  [PAIR] = on_code,
	[DETAILS] = on_code,	  [PHASE] = on_value,
	[OPERATION] = on_value,	  [ERROR_CODE] = on_code,
	[APPLICATION] = on_value,
};

const struct ww_tracker ww_tracker_setupdiag = {
	.dialects = { WW_DIALECT_SETUPDIAG, WW_DIALECT_REGISTRY },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = conclude,
};
