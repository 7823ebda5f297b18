/*
 * The update policy of a machine, exported from its registry or told by
 * gpresult.  What it says are facts about the machine.  It is a failure of its
 * own where it cannot be obeyed: WSUS is switched on, and no server is named or
 * no address of one.
 */
#include "episode/kept.h"
#include "episode/trackers.h"

#include "base/compiler.h"

#include "base/banned.h"

#define SERVER_SIZE 256

enum {
	SERVER,
	STATUS_SERVER,
	USE_SERVER,
	NO_INTERNET,
	ACCESS_DISABLED,
	ALTERNATE,
	SWITCHED_ON,
	LOCATED,
};

#define LOCATION                                                      \
	"^Computer Policy Specify intranet Microsoft update service " \
	"location: "

#define WINDOWS_UPDATE "\\Policies\\Microsoft\\Windows\\WindowsUpdate"

static const struct ww_mark marks[] = {
	{ SERVER, WINDOWS_UPDATE " WUServer = {value:rest}" },
	{ STATUS_SERVER, WINDOWS_UPDATE " WUStatusServer = {value:rest}" },
	{ USE_SERVER, WINDOWS_UPDATE "\\AU UseWUServer = {value:int}" },
	{ NO_INTERNET, WINDOWS_UPDATE " DoNotConnectToWindowsUpdateInternet"
				      "Locations = {value:int}" },
	{ ACCESS_DISABLED,
	  WINDOWS_UPDATE " DisableWindowsUpdateAccess = {value:int}" },
	{ ALTERNATE,
	  WINDOWS_UPDATE " UpdateServiceUrlAlternate = {value:rest}" },
	{ LOCATED, LOCATION "Set the intranet update service for detecting "
			    "updates: = {value:rest}" },
	{ STATUS_SERVER,
	  LOCATION "Set the intranet statistics server: = {value:rest}" },
	{ ALTERNATE,
	  LOCATION "Set the alternate download server: = {value:rest}" },
	{ SWITCHED_ON, LOCATION "State = Enabled" },
};

struct state {
	bool switched_on; /* by a policy, which names a server, too */
	bool used;	  /* WSUS is switched on, by this line */
	struct ww_kept use;
	bool named;
	char server[SERVER_SIZE];
	size_t server_len;
	struct ww_kept name;
};

static const char *const names[] = {
	[SERVER] = "update-server",
	[STATUS_SERVER] = "status-server",
	[USE_SERVER] = "use-update-server",
	[NO_INTERNET] = "no-internet-updates",
	[ACCESS_DISABLED] = "updates-disabled",
	[ALTERNATE] = "alternate-server",
};

static void
on_value(const struct ww_marked_line *l)
{
	ww_track_fact(l->t, names[l->mark], ww_captured(l->captures, "value"),
		      l->record);
}

static void
on_server(const struct ww_marked_line *l)
{
	struct ww_slice value =
	    ww_slice_trim(ww_captured(l->captures, "value"));
	struct state *s = l->state;

	s->named = value.len > 0;
	s->server_len = ww_keep_text(s->server, SERVER_SIZE, value).len;
	ww_keep(&s->name, l->record);
	ww_track_fact(l->t, names[SERVER], value, l->record);
}

static void
on_use_server(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	s->used = ww_slice_eq(ww_captured(l->captures, "value"), WW_LIT("1"));
	ww_keep(&s->use, l->record);
	on_value(l);
}

/* Of gpresult: the policy as it is called, and not the value it sets. */
static void
on_switched_on(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	s->switched_on = true;
	ww_keep(&s->use, l->record);
	ww_track_fact(l->t, names[USE_SERVER], WW_LIT("1"), l->record);
}

/* A report may be cut before it: that no server is named shows here only. */
static void
on_located(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	s->used = s->switched_on;
	on_server(l);
}

static bool
is_address(struct ww_slice server)
{
	return ww_slice_casestarts(server, WW_LIT("http://")) ||
	       ww_slice_casestarts(server, WW_LIT("https://"));
}

static void
conclude(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	struct ww_slice server = ww_slice_of(s->server, s->server_len);
	struct ww_record use = ww_kept_record(&s->use);
	struct ww_record name = ww_kept_record(&s->name);
	struct ww_episode *e;

	if (!s->used || (s->named && is_address(server)))
		return;
	e = ww_track_begin(l->t, WW_EPISODE_UPDATE_POLICY, WW_LIT("policy"),
			   &use);
	ww_track_adopt(l->t, e, 0);
	if (s->named)
		ww_track_note(l->t, e, "server", server, &name);
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, s->named ? &name : &use);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[SERVER] = on_server,		[STATUS_SERVER] = on_value,
	[USE_SERVER] = on_use_server,	[NO_INTERNET] = on_value,
	[ACCESS_DISABLED] = on_value,	[ALTERNATE] = on_value,
	[SWITCHED_ON] = on_switched_on, [LOCATED] = on_located,
};

const struct ww_tracker ww_tracker_policy = {
	.dialects = { WW_DIALECT_REGISTRY, WW_DIALECT_RSOP },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = conclude,
};
