/*
 * Joins of a domain or a workgroup, and what follows them: the computer's
 * names that are written into its account.  The last join tells where the
 * computer stands, whatever was tried before it.
 *
 * The dialog of Windows first asks to take over an account of that name; that
 * there is none is how a new computer begins, and the next attempt makes it.
 */
#include "episode/kept.h"
#include "episode/trackers.h"

#include "base/banned.h"

/* ERROR_NONE_MAPPED: the account does not exist. */
#define NO_ACCOUNT 0x534u

/* NETSETUP_ACCT_CREATE */
#define MAY_CREATE 2u

enum {
	BEGUN,
	ENDED,
	MACHINE,
	DOMAIN,
	OU,
	ACCOUNT,
	OPTIONS,
	WORKGROUP,
	CONTROLLER,
	LEAVES,
	LEFT,
	RENAMED,
	NAMED,
};

static const struct ww_mark marks[] = {
	{ BEGUN, "^NetpDoDomainJoin" },
	{ ENDED, "^NetpDoDomainJoin: status:{gap}{code}" },
	{ MACHINE, "^NetpMachineValidToJoin: '{machine:text}'" },
	{ DOMAIN, "^Domain: {domain:rest}" },
	{ DOMAIN, "^lpDomain: {domain:rest}" },
	{ OU, "^MachineAccountOU: {ou:rest}" },
	{ OU, "^lpMachineAccountOU: {ou:rest}" },
	{ ACCOUNT, "^Account: {account:rest}" },
	{ ACCOUNT, "^lpAccount: {account:rest}" },
	{ OPTIONS, "^Options: {options:code}" },
	{ WORKGROUP, "^NetpJoinWorkgroup: joining computer '{machine:text}' "
		     "to workgroup '{workgroup:text}'" },
	{ CONTROLLER, "^NetpDsGetDcName: found DC '{controller:text}'" },
	{ LEAVES, "^NetpUnJoinDomain: unjoin from '{domain:text}'" },
	{ LEFT, "^NetpUnJoinDomain: status:{gap}{code}" },
	{ RENAMED, "^NetpChangeMachineName: from '{from:text}' to "
		   "'{machine:text}'" },
	{ NAMED, "^NetpChangeMachineName: status of setting DnsHostName and "
		 "SPN: {code}" },
};

struct state {
	bool takes_over;     /* the attempt may not make an account */
	struct ww_kept none; /* it found none; line 0: it did not */
	uint64_t since;	     /* the record behind the end before */
};

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

static struct ww_episode *
running(const struct ww_marked_line *l, enum ww_episode_id kind)
{
	return ww_track_open(l->t, kind, (struct ww_slice){ 0 });
}

/* The lines of one matter follow each other: what was open stays so. */
static void
leave_open(const struct ww_marked_line *l, enum ww_episode_id kind)
{
	struct ww_record none = { .time = WW_NO_TIME };
	struct ww_episode *e = running(l, kind);

	if (e != NULL)
		ww_track_end(l->t, e, WW_OUTCOME_OPEN, &none);
}

/* It found no account to take over, and nothing else was tried. */
static void
end_without_account(const struct ww_marked_line *l)
{
	struct ww_record record = ww_kept_record(&state_of(l)->none);
	struct ww_episode *e = running(l, WW_EPISODE_DOMAIN_JOIN);

	if (e != NULL && state_of(l)->none.line != 0)
		ww_track_end_code(l->t, e, NO_ACCOUNT, &record);
}

static void
retire(const struct ww_marked_line *l)
{
	struct ww_record record = ww_kept_record(&state_of(l)->none);
	struct ww_episode *e = running(l, WW_EPISODE_DOMAIN_JOIN);

	if (e != NULL && state_of(l)->none.line != 0)
		ww_track_end(l->t, e, WW_OUTCOME_CANCELLED, &record);
	leave_open(l, WW_EPISODE_DOMAIN_JOIN);
	leave_open(l, WW_EPISODE_COMPUTER_NAME);
	*state_of(l) = (struct state){ .since = state_of(l)->since };
}

static struct ww_episode *
begin(const struct ww_marked_line *l, enum ww_episode_id kind)
{
	return ww_track_begin(l->t, kind, (struct ww_slice){ 0 }, l->record);
}

static struct ww_episode *
need(const struct ww_marked_line *l, enum ww_episode_id kind)
{
	struct ww_episode *e = running(l, kind);

	if (e != NULL)
		return e;
	e = ww_track_need(l->t, kind, (struct ww_slice){ 0 }, l->record);
	/* Its beginning was not pasted. */
	ww_track_adopt(l->t, e, state_of(l)->since);
	return e;
}

static void
note(const struct ww_marked_line *l, struct ww_episode *e, const char *name)
{
	struct ww_slice value = ww_slice_trim(ww_captured(l->captures, name));

	if (e != NULL && value.len > 0 &&
	    ww_slice_casecmp(value, WW_LIT("(NULL)")) != 0)
		ww_track_note(l->t, e, name, value, l->record);
}

static void
note_join(const struct ww_marked_line *l, const char *name)
{
	note(l, running(l, WW_EPISODE_DOMAIN_JOIN), name);
}

/* The function's other lines say more than its name. */
static void
on_begun(const struct ww_marked_line *l)
{
	if (!ww_slice_eq(ww_slice_trim(l->record->text),
			 WW_LIT("NetpDoDomainJoin")))
		return;
	retire(l);
	begin(l, WW_EPISODE_DOMAIN_JOIN);
}

static void
end(const struct ww_marked_line *l, enum ww_episode_id kind)
{
	struct ww_episode *e = need(l, kind);
	uint32_t code;

	if (!ww_track_code(ww_captured(l->captures, "code"), &code))
		return;
	state_of(l)->since = ww_track_now(l->t) + 1;
	if (kind == WW_EPISODE_DOMAIN_JOIN && code == NO_ACCOUNT &&
	    state_of(l)->takes_over)
		ww_keep(&state_of(l)->none, l->record);
	else
		ww_track_end_code(l->t, e, code, l->record);
}

static void
on_ended(const struct ww_marked_line *l)
{
	end(l, WW_EPISODE_DOMAIN_JOIN);
}

static void
on_machine(const struct ww_marked_line *l)
{
	note_join(l, "machine");
}

static void
on_domain(const struct ww_marked_line *l)
{
	note_join(l, "domain");
}

static void
on_ou(const struct ww_marked_line *l)
{
	note_join(l, "ou");
}

static void
on_account(const struct ww_marked_line *l)
{
	note_join(l, "account");
}

static void
on_options(const struct ww_marked_line *l)
{
	uint32_t options;

	if (ww_track_code(ww_captured(l->captures, "options"), &options))
		state_of(l)->takes_over = (options & MAY_CREATE) == 0;
}

/* Each Windows begins in a workgroup: that says nothing of its domain. */
static void
on_workgroup(const struct ww_marked_line *l)
{
	struct ww_episode *e = running(l, WW_EPISODE_DOMAIN_JOIN);

	note_join(l, "machine");
	note_join(l, "workgroup");
	if (e != NULL)
		ww_track_subject(l->t, e,
				 ww_captured(l->captures, "workgroup"));
}

static void
on_controller(const struct ww_marked_line *l)
{
	note_join(l, "controller");
	note(l, running(l, WW_EPISODE_COMPUTER_NAME), "controller");
}

static void
on_leaves(const struct ww_marked_line *l)
{
	retire(l);
	note(l, begin(l, WW_EPISODE_DOMAIN_JOIN), "domain");
}

static void
on_renamed(const struct ww_marked_line *l)
{
	retire(l);
	note(l, begin(l, WW_EPISODE_COMPUTER_NAME), "machine");
}

static void
on_named(const struct ww_marked_line *l)
{
	end(l, WW_EPISODE_COMPUTER_NAME);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[BEGUN] = on_begun,
	[ENDED] = on_ended,
	[MACHINE] = on_machine,
	[DOMAIN] = on_domain,
	[OU] = on_ou,
	[ACCOUNT] = on_account,
	[OPTIONS] = on_options,
	[WORKGROUP] = on_workgroup,
	[CONTROLLER] = on_controller,
	[LEAVES] = on_leaves,
	[LEFT] = on_ended,
	[RENAMED] = on_renamed,
	[NAMED] = on_named,
};

const struct ww_tracker ww_tracker_join = {
	.dialects = { WW_DIALECT_NETSETUP },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = end_without_account,
};
