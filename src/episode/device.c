/*
 * Installations of devices and driver packages, as SetupAPI tells of them:
 * one section each, whose title says what it is about, and whose exit status
 * what became of it.  What only tidies up (old packages, devices long gone)
 * often fails and means nothing; it is left out.
 *
 * A device may be installed and then not start: the section says so with an
 * error of its own and still ends with success.  Which of two drivers fits
 * better is no failure either way.
 */
#include "episode/kept.h"
#include "episode/trackers.h"

#include "code/number.h"

#include "base/banned.h"

/* What is kept of a title and of a name. */
#define TITLE_SIZE 400
#define NAME_SIZE  240

/* No device matches, or all have a driver as good: ERROR_NO_MORE_ITEMS. */
#define NOTHING_TO_DO 0x103u

/* Likewise for one device: ERROR_NO_DRIVER_SELECTED. */
#define NONE_SELECTED 0xe0000203u

/* Somebody did not want the driver: ERROR_CANCELLED. */
#define CANCELLED      0x4c7u

#define FACILITY_WIN32 7

enum {
	TITLE,
	STARTED,
	EXIT,
	BOOTED,
	NODE_STATUS,
	NODE_INF,
	NODE_VERSION,
	INF,
	DRIVER,
	DRIVER_VERSION,
	CLASS,
	DEVICE,
	ROOT_DEVICE,
	PROBLEM,
	PROBLEM_STATUS,
	NULL_DRIVER,
	ERROR_CODE,
};

static const struct ww_mark marks[] = {
	{ TITLE, "^>>>  [{title:rest}" },
	{ TITLE, "^>>> [{title:rest}" },
	{ STARTED, "^>>>  Section start" },
	{ STARTED, "^>>> Section start" },
	{ EXIT, "^<<<  [Exit status: {status:rest}" },
	{ EXIT, "^<<< [Exit status: {status:rest}" },
	{ BOOTED, "^[Boot Session: {time:text}]" },
	{ NODE_STATUS, "^Status{gap}- {status:rest}" },
	{ NODE_INF, "^Driver INF{gap}- {inf:rest}" },
	{ NODE_VERSION, "^Driver Version{gap}- {version:rest}" },
	{ INF, "^InfFile{gap}- {inf:rest}" },
	{ DRIVER, "^Description{gap}- {driver:rest}" },
	{ DRIVER_VERSION, "^Driver Version{gap}= {version:rest}" },
	{ DRIVER_VERSION, "^Driver Version: {version:rest}" },
	{ CLASS, "^Class GUID of device changed to: {class:guid}" },
	{ CLASS, "^Class GUID of device remains: {class:guid}" },
	{ CLASS, "^Class GUID{gap}= {class:guid}" },
	{ CLASS, "^Class GUID{gap}- {class:guid}" },
	{ CLASS, "^Class GUID: {class:guid}" },
	{ DEVICE, "^{{Install Device - {device:rest}" },
	{ DEVICE, "^{{Installing device - {device:rest}" },
	{ DEVICE, "^{{Update Device Driver - {device:rest}" },
	{ ROOT_DEVICE, "^{{Install Root Device: {device:rest}" },
	{ PROBLEM, "Device has problem: {problem:rest}" },
	{ PROBLEM_STATUS, ", problem status: {status:code}" },
	{ NULL_DRIVER, "Installing NULL driver" },
	{ ERROR_CODE, "Error = {code}" },
	{ ERROR_CODE, "HRESULT = {code}" },
};

/* What a section's title may begin with, behind "Setup " or "Setup online ". */
static const char *const installs[] = {
	"Device Install (",
	"Device Install - ",
	"Driver Install (",
	"Driver Install - ",
	"Plug and Play Device Install",
	"Root Device",
	"Import Driver Package",
	"Driver Setup Import Driver Package",
	"SetupCopyOEMInf",
	"Install network driver",
	"Stage Driver Updates",
	"Install Driver Updates",
};

/*
 * Problems of a device that are none of its installation: it waits for a
 * restart, for the rest of its class, or was unplugged meanwhile.
 */
static const uint32_t passing[] = { 0x0e, 0x18, 0x2d, 0x38 };

struct state {
	bool titled;	      /* the file has sections with a title */
	struct ww_kept title; /* line 0: the section is none of ours */
	char about[TITLE_SIZE];
	size_t about_len;
	bool selected; /* the driver told of is the chosen one */
	bool null_driver;
	bool problem;
	uint32_t status; /* of the problem, or 0 */
	uint32_t full;	 /* the last error with its facility, or 0 */
};

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

static struct ww_episode *
running(const struct ww_marked_line *l)
{
	return ww_track_open(l->t, WW_EPISODE_DEVICE_INSTALL,
			     (struct ww_slice){ 0 });
}

static void
note(const struct ww_marked_line *l, const char *name, struct ww_slice value)
{
	struct ww_episode *e = running(l);

	if (e != NULL && value.len > 0)
		ww_track_note(l->t, e, name, value, l->record);
}

/* A section that never ended: nothing that follows belongs to it. */
static void
leave(const struct ww_marked_line *l)
{
	struct ww_record title = ww_kept_record(&state_of(l)->title);
	struct ww_episode *e = running(l);

	if (e == NULL)
		return;
	title.time = WW_NO_TIME;
	ww_track_end(l->t, e, WW_OUTCOME_OPEN, &title);
}

static struct ww_slice
without_start(struct ww_slice s, struct ww_slice start)
{
	return ww_slice_starts(s, start) ? ww_slice_from(s, start.len) : s;
}

static bool
is_install(struct ww_slice title)
{
	title = without_start(title, WW_LIT("Setup "));
	title = without_start(title, WW_LIT("online "));
	for (size_t i = 0; i < WW_ARRAY_LEN(installs); i++)
		if (ww_slice_starts(title, ww_slice_cstr(installs[i])))
			return true;
	return false;
}

/* The bytes of the title before " - ", or all of them. */
static size_t
kind_len(struct ww_slice title)
{
	for (size_t i = 0; i + 3 <= title.len; i++)
		if (memcmp(title.p + i, " - ", 3) == 0)
			return i;
	return title.len;
}

/* Only what stands behind the last separator of a path; with its letters. */
static struct ww_slice
file_name(struct ww_slice path)
{
	size_t n = path.len;

	while (n > 0 && path.p[n - 1] != '\\' && path.p[n - 1] != '/')
		n--;
	return ww_slice_from(path, n);
}

static bool
is_inf(struct ww_slice s)
{
	const struct ww_slice end = WW_LIT(".inf");

	return s.len > end.len &&
	       ww_slice_casecmp(ww_slice_from(s, s.len - end.len), end) == 0;
}

/* The name of an INF in small letters: one package is told in several ways. */
static struct ww_slice
inf_name(struct ww_slice path, char room[NAME_SIZE])
{
	struct ww_slice name = ww_keep_text(room, NAME_SIZE, file_name(path));

	for (size_t i = 0; i < name.len; i++)
		room[i] = ww_fold(room[i]);
	return name;
}

/* What the section is about: a device, a package, or what its title says. */
static void
tell_subject(const struct ww_marked_line *l, struct ww_episode *e,
	     const struct ww_record *record)
{
	const struct state *s = state_of(l);
	struct ww_slice title = ww_slice_of(s->about, s->about_len), about;
	size_t kind = kind_len(title);
	char room[NAME_SIZE];

	about = kind == title.len ? without_start(title, WW_LIT("Install "))
				  : ww_slice_from(title, kind + 3);
	if (is_inf(about)) {
		about = inf_name(about, room);
		ww_track_note(l->t, e, "inf", about, record);
	} else if (kind < title.len) {
		ww_track_note(l->t, e, "device", about, record);
	}
	ww_track_subject(l->t, e, about);
}

static void
on_title(const struct ww_marked_line *l)
{
	struct ww_slice title =
	    ww_slice_trim(ww_captured(l->captures, "title"));
	struct state *s = state_of(l);

	leave(l);
	*s = (struct state){ .titled = true };
	if (title.len > 0 && title.p[title.len - 1] == ']')
		title.len--;
	if (!is_install(title))
		return;
	s->about_len = ww_keep_text(s->about, TITLE_SIZE, title).len;
	ww_keep(&s->title, l->record);
}

/* The title stands a line before its time. */
static void
on_started(const struct ww_marked_line *l)
{
	const struct state *s = state_of(l);
	struct ww_record title = ww_kept_record(&s->title);
	struct ww_episode *e;

	if (s->title.line == 0 || running(l) != NULL)
		return;
	title.time = l->record->time;
	e = ww_track_begin(l->t, WW_EPISODE_DEVICE_INSTALL,
			   (struct ww_slice){ 0 }, &title);
	tell_subject(l, e, &title);
}

static void
on_booted(const struct ww_marked_line *l)
{
	/* Windows had to start again before this one came to its end. */
	note(l, "restarted", ww_captured(l->captures, "time"));
	leave(l);
	*state_of(l) = (struct state){ .titled = state_of(l)->titled };
}

static void
on_node_status(const struct ww_marked_line *l)
{
	state_of(l)->selected =
	    ww_slice_starts(ww_captured(l->captures, "status"),
			    WW_LIT("Selected"));
}

/* oem301.inf (C:\Windows\…\contoso.inf), or [c:\windows\…\contoso.inf] */
static void
note_inf(const struct ww_marked_line *l)
{
	struct ww_slice inf = ww_slice_trim(ww_captured(l->captures, "inf"));
	char room[NAME_SIZE];

	while (inf.len > 0 &&
	       (inf.p[inf.len - 1] == ']' || inf.p[inf.len - 1] == ')'))
		inf.len--;
	if (is_inf(inf))
		note(l, "inf", inf_name(without_start(inf, WW_LIT("[")), room));
}

static void
on_node_inf(const struct ww_marked_line *l)
{
	if (state_of(l)->selected)
		note_inf(l);
}

static void
on_driver(const struct ww_marked_line *l)
{
	struct ww_slice name =
	    ww_slice_trim(ww_captured(l->captures, "driver"));

	name = without_start(name, WW_LIT("["));
	if (name.len > 0 && name.p[name.len - 1] == ']')
		name.len--;
	note(l, "driver", name);
}

/* Sections of many packages tell the versions of all. */
static void
on_version(const struct ww_marked_line *l)
{
	const struct ww_episode *e = running(l);

	if (e != NULL && ww_episode_note(e, "inf").len > 0)
		note(l, "driver-version",
		     ww_slice_trim(ww_captured(l->captures, "version")));
}

static void
on_node_version(const struct ww_marked_line *l)
{
	if (state_of(l)->selected)
		on_version(l);
}

static void
on_class(const struct ww_marked_line *l)
{
	note(l, "device-class", ww_captured(l->captures, "class"));
}

/* ROOT\NET\0001} 14:40:09.580, whose name may have braces of its own. */
static struct ww_slice
captured_device(const struct ww_marked_line *l)
{
	struct ww_slice device = ww_captured(l->captures, "device");
	size_t n = device.len;

	while (n > 0 && device.p[n - 1] != '}')
		n--;
	return ww_slice_of(device.p, n > 0 ? n - 1 : device.len);
}

/* {Install Device - exit(0x00000000)} ends what began with the name. */
static void
on_device(const struct ww_marked_line *l)
{
	struct ww_slice device = captured_device(l);

	if (!ww_slice_starts(device, WW_LIT("exit")))
		note(l, "device", device);
}

/* The section's title has no more than "Install". */
static void
on_root_device(const struct ww_marked_line *l)
{
	struct ww_slice device = captured_device(l);
	struct ww_episode *e = running(l);

	if (e == NULL)
		return;
	note(l, "device", device);
	ww_track_subject(l->t, e, device);
}

/* 0x34: CM_PROB_UNSIGNED_DRIVER., 0x0a (CM_PROB_FAILED_START), problem … */
static bool
is_passing(struct ww_slice problem)
{
	uint32_t code;
	size_t n = 0;

	while (n < problem.len && ww_is_alnum(problem.p[n]))
		n++;
	if (!ww_track_code(ww_slice_of(problem.p, n), &code))
		return true;
	for (size_t i = 0; i < WW_ARRAY_LEN(passing); i++)
		if (passing[i] == code)
			return true;
	return false;
}

/* Where it is a warning, the device is still on its way. */
static void
on_problem(const struct ww_marked_line *l)
{
	struct ww_slice problem = ww_captured(l->captures, "problem");

	if (l->record->level != WW_LEVEL_ERROR || is_passing(problem))
		return;
	state_of(l)->problem = true;
	note(l, "problem", problem);
}

/* Which it gave as its reason. */
static void
on_problem_status(const struct ww_marked_line *l)
{
	uint32_t status;

	if (l->record->level == WW_LEVEL_ERROR && state_of(l)->problem &&
	    ww_track_code(ww_captured(l->captures, "status"), &status))
		state_of(l)->status = status;
}

static void
on_null_driver(const struct ww_marked_line *l)
{
	state_of(l)->null_driver = true;
}

static void
on_error_code(const struct ww_marked_line *l)
{
	uint32_t code;

	if (ww_track_code(ww_captured(l->captures, "code"), &code) &&
	    ww_hresult_failed((struct ww_hresult){ code }))
		state_of(l)->full = code;
}

/*
 * The exit status of some callers is the low half of an HRESULT alone:
 * 0x00000207 where 0x800f0207 was meant.
 */
static uint32_t
whole_code(const struct state *s, uint32_t code)
{
	struct ww_hresult full = { .v = s->full };

	if (code >> 16 == 0 && (full.v & 0xffff) == code &&
	    ww_hresult_facility(full) != FACILITY_WIN32)
		return full.v;
	return code;
}

static bool
is_no_failure(const struct state *s, uint32_t code)
{
	return code == NOTHING_TO_DO ||
	       (code == NONE_SELECTED && !s->null_driver);
}

/* FAILURE(0xe0000247)] */
static void
end_failed(const struct ww_marked_line *l, struct ww_episode *e,
	   struct ww_slice status)
{
	const struct state *s = state_of(l);
	size_t n = 0;
	uint32_t code;

	while (n < status.len && status.p[n] != ')')
		n++;
	if (!ww_track_code(ww_slice_of(status.p, n), &code))
		return;
	if (is_no_failure(s, code))
		ww_track_end(l->t, e, WW_OUTCOME_SUCCEEDED, l->record);
	else if (code == CANCELLED)
		ww_track_end(l->t, e, WW_OUTCOME_CANCELLED, l->record);
	else
		ww_track_end_code(l->t, e, whole_code(s, code), l->record);
}

/* Installed, and the device does not run. */
static void
end_stopped(const struct ww_marked_line *l, struct ww_episode *e)
{
	struct ww_hresult status = { .v = state_of(l)->status };

	if (ww_hresult_failed(status))
		ww_track_end_code(l->t, e, status.v, l->record);
	else
		ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
	ww_track_quote(e, "problem");
}

/* SUCCESS], SUCCESS (REBOOT_REQUIRED)] */
static void
end_well(const struct ww_marked_line *l, struct ww_episode *e,
	 struct ww_slice status)
{
	if (ww_slice_starts(status, WW_LIT("SUCCESS (REBOOT")))
		ww_track_note(l->t, e, "reboot", WW_LIT("yes"), l->record);
	if (state_of(l)->problem)
		end_stopped(l, e);
	else
		ww_track_end(l->t, e, WW_OUTCOME_SUCCEEDED, l->record);
}

/* The end of a section, of which somebody pasted no more than that. */
static struct ww_episode *
need(const struct ww_marked_line *l)
{
	struct ww_episode *e = running(l);

	if (e != NULL || state_of(l)->titled)
		return e;
	e = ww_track_need(l->t, WW_EPISODE_DEVICE_INSTALL,
			  (struct ww_slice){ 0 }, l->record);
	ww_track_adopt(l->t, e, 0);
	return e;
}

static void
on_exit(const struct ww_marked_line *l)
{
	const struct ww_slice failure = WW_LIT("FAILURE(");
	struct ww_slice status = ww_captured(l->captures, "status");
	struct ww_episode *e = need(l);

	if (e == NULL)
		return;
	if (ww_slice_starts(status, failure))
		end_failed(l, e, ww_slice_from(status, failure.len));
	else if (ww_slice_starts(status, WW_LIT("SUCCESS")))
		end_well(l, e, status);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[TITLE] = on_title,
	[STARTED] = on_started,
	[EXIT] = on_exit,
	[BOOTED] = on_booted,
	[NODE_STATUS] = on_node_status,
	[NODE_INF] = on_node_inf,
	[NODE_VERSION] = on_node_version,
	[INF] = note_inf,
	[DRIVER] = on_driver,
	[DRIVER_VERSION] = on_version,
	[CLASS] = on_class,
	[DEVICE] = on_device,
	[ROOT_DEVICE] = on_root_device,
	[PROBLEM] = on_problem,
	[PROBLEM_STATUS] = on_problem_status,
	[NULL_DRIVER] = on_null_driver,
	[ERROR_CODE] = on_error_code,
};

const struct ww_tracker ww_tracker_device = {
	.dialects = { WW_DIALECT_SETUPAPI },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = leave,
};
