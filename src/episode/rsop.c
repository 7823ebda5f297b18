/*
 * The last application of group policy, as gpresult /x tells it: each
 * extension has its end on record.  The rest are facts about the machine.
 */
#include "episode/trackers.h"

#include "base/compiler.h"

#include "base/banned.h"

/* ERROR_SYNC_FOREGROUND_REFRESH_REQUIRED: at the next start or sign-in. */
#define AT_NEXT_START 1274u

/* E_PENDING: it has not come to its end. */
#define NOT_YET 0x8000000Au

enum {
	MACHINE,
	DOMAIN_NAME,
	SITE,
	SLOW_LINK,
	APPLIED,
	EXTENSION,
};

static const struct ww_mark marks[] = {
	{ MACHINE, "^Computer Name = {value:rest}" },
	{ DOMAIN_NAME, "^Computer Domain = {value:rest}" },
	{ SITE, "^Computer Site = {value:rest}" },
	{ SLOW_LINK, "^Computer SlowLink = {value:rest}" },
	{ APPLIED, "^Computer EndTime = {value:rest}" },
	{ EXTENSION, "^Extension {name:text}: Error = {code:code}" },
};

static const char *const names[] = {
	[MACHINE] = "machine",
	[DOMAIN_NAME] = "domain",
	[SITE] = "site",
	[SLOW_LINK] = "slow-link",
	[APPLIED] = "policy-applied",
};

static void
on_fact(const struct ww_marked_line *l)
{
	ww_track_fact(l->t, names[l->mark], ww_captured(l->captures, "value"),
		      l->record);
}

static void
on_extension(const struct ww_marked_line *l)
{
	struct ww_slice name = ww_captured(l->captures, "name");
	struct ww_episode *e;
	uint32_t code;

	if (!ww_track_code(ww_captured(l->captures, "code"), &code))
		return;
	e = ww_track_begin(l->t, WW_EPISODE_GROUP_POLICY, name, l->record);
	ww_track_subject(l->t, e, name);
	if (code == AT_NEXT_START || code == NOT_YET)
		ww_track_end(l->t, e, WW_OUTCOME_OPEN, l->record);
	else
		ww_track_end_code(l->t, e, code, l->record);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[MACHINE] = on_fact, [DOMAIN_NAME] = on_fact,
	[SITE] = on_fact,    [SLOW_LINK] = on_fact,
	[APPLIED] = on_fact, [EXTENSION] = on_extension,
};

const struct ww_tracker ww_tracker_rsop = {
	.dialects = { WW_DIALECT_RSOP },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.on = actions,
};
