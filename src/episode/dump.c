/*
 * Crash dumps: of Windows, with its stop code and the driver that the
 * addresses in it point to, and of programs.  Lines: see src/input/dump.
 *
 * Whom an address blames: the kernel and the HAL are where the faults of
 * others come to light, so they are blamed for nothing; some drivers of
 * Windows run the code of others or carry their buffers.  What merely stands
 * on the stack may be left over from earlier calls.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "code/stop.h"
#include "episode/trackers.h"

#include "base/banned.h"

enum {
	OF_WINDOWS,
	OF_PROGRAM,
	UPTIME,
	DRIVERS,
	INSTRUCTION,
	EXCEPTION,
	CONTEXT,
	STACK,
	STOP,
	MODULE,
};

static const struct ww_mark marks[] = {
	{ OF_WINDOWS, "^Crash dump of Windows: {kind:text}; {machine:text}; "
		      "build {build:int}; " },
	{ OF_PROGRAM, "^Crash dump of a program: {program:rest}" },
	{ UPTIME, "^Uptime: {uptime:rest}" },
	{ DRIVERS, "^Drivers: {loaded:int} loaded, {unloaded:int} unloaded" },
	{ INSTRUCTION, "^Parameter {n:int}, the instruction: {place:rest}" },
	{ EXCEPTION, "^Exception {code:code} at {place:rest}" },
	{ CONTEXT, "^Context of parameter {n:int}: {place:rest}" },
	{ STACK, "^On the stack: {drivers:rest}" },
	{ STOP, "^Stop code {code:code} ({p1:hex}, {p2:hex}, {p3:hex}, "
		"{p4:hex})" },
	{ MODULE, "^Module of the exception: {module:rest}" },
};

/* Windows is still starting, whatever the user saw by then. */
#define STARTING_SECONDS 120

static const char *const kernels[] = {
	"ntoskrnl.exe", "ntkrnlmp.exe", "ntkrnlpa.exe", "ntkrpamp.exe",
	"hal.dll",	"halmacpi.dll", "kd.dll",	"kdcom.dll",
	"securekernel.exe",
};

/* Frameworks, stacks and ports of Windows, in which others' code runs. */
static const char *const carriers[] = {
	"acpi.sys",	 "afd.sys",	 "ataport.sys",	 "bthport.sys",
	"classpnp.sys",	 "cng.sys",	 "dxgkrnl.sys",	 "dxgmms1.sys",
	"dxgmms2.sys",	 "fileinfo.sys", "fltmgr.sys",	 "fwpkclnt.sys",
	"hidclass.sys",	 "http.sys",	 "ks.sys",	 "mrxsmb.sys",
	"msrpc.sys",	 "ndis.sys",	 "netio.sys",	 "ntfs.sys",
	"partmgr.sys",	 "pci.sys",	 "portcls.sys",	 "rdbss.sys",
	"refs.sys",	 "rdyboost.sys", "scsiport.sys", "srv2.sys",
	"storport.sys",	 "tcpip.sys",	 "tdx.sys",	 "ucx01000.sys",
	"usbccgp.sys",	 "usbhub.sys",	 "usbhub3.sys",	 "usbport.sys",
	"usbxhci.sys",	 "volmgr.sys",	 "volsnap.sys",	 "watchdog.sys",
	"wdf01000.sys",	 "win32k.sys",	 "win32kbase.sys",
	"win32kfull.sys",
};

struct state {
	struct ww_episode *dump; /* of Windows or a program; NULL: none yet */
};

static bool
is_one_of(struct ww_slice name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ww_slice_casecmp(name, ww_slice_cstr(names[i])) == 0)
			return true;
	return false;
}

static struct ww_episode *
dump_of(const struct ww_marked_line *l)
{
	struct state *state = l->state;

	return state->dump;
}

static void
begin(const struct ww_marked_line *l, enum ww_episode_id kind)
{
	struct state *state = l->state;

	if (state->dump != NULL)
		return;
	state->dump =
	    ww_track_begin(l->t, kind, (struct ww_slice){ 0 }, l->record);
	state->dump->by_time = true;
}

static void
note(const struct ww_marked_line *l, const char *name, struct ww_slice value)
{
	if (dump_of(l) != NULL && value.len > 0)
		ww_track_note(l->t, dump_of(l), name, value, l->record);
}

static void
on_windows(const struct ww_marked_line *l)
{
	begin(l, WW_EPISODE_STOP);
	note(l, "build", ww_captured(l->captures, "build"));
}

/* "contoso.exe 1.2.3.4; x64; build 19045" */
static void
on_program(const struct ww_marked_line *l)
{
	struct ww_slice program = ww_captured(l->captures, "program");
	struct ww_slice name = program;
	const char *end = memchr(name.p, ' ', name.len);
	const char *version = memchr(name.p, ';', name.len);

	if (version != NULL)
		name.len = (size_t)(version - name.p);
	if (end != NULL && (size_t)(end - name.p) < name.len) {
		struct ww_slice rest =
		    ww_slice_from(name, (size_t)(end - name.p) + 1);

		name.len = (size_t)(end - name.p);
		begin(l, WW_EPISODE_APP_CRASH);
		note(l, "version", rest);
	} else {
		begin(l, WW_EPISODE_APP_CRASH);
	}
	ww_track_subject(l->t, dump_of(l), name);
}

/* "3.7 s" and "1 min 2 s" are of a start. */
static bool
is_starting(struct ww_slice uptime)
{
	unsigned first = ww_track_number(uptime);

	if (ww_slice_casehas(uptime, WW_LIT(" h")) ||
	    ww_slice_casehas(uptime, WW_LIT(" d")))
		return false;
	return !ww_slice_casehas(uptime, WW_LIT(" min")) ||
	       first * 60 < STARTING_SECONDS;
}

static void
on_uptime(const struct ww_marked_line *l)
{
	struct ww_slice uptime = ww_captured(l->captures, "uptime");

	note(l, is_starting(uptime) ? "starting-for" : "uptime", uptime);
}

static void
on_drivers(const struct ww_marked_line *l)
{
	note(l, "drivers-loaded", ww_captured(l->captures, "loaded"));
	note(l, "drivers-unloaded", ww_captured(l->captures, "unloaded"));
}

/* Suspects */

/* "amdppm.sys" of "unloaded amdppm.sys+0x334C, writing 0x10" */
static struct ww_slice
driver_of(struct ww_slice place)
{
	size_t n = 0;

	while (n < place.len && place.p[n] != '+' && place.p[n] != ' ')
		n++;
	return ww_slice_of(place.p, n);
}

static struct ww_slice
without_unloaded(struct ww_slice place)
{
	const struct ww_slice unloaded = WW_LIT("unloaded ");

	return ww_slice_starts(place, unloaded)
		   ? ww_slice_from(place, unloaded.len)
		   : place;
}

static enum ww_suspicion
suspicion_of(struct ww_slice place)
{
	struct ww_slice at = without_unloaded(place);
	struct ww_slice driver = driver_of(at);

	/* An address in no driver has no offset. */
	if (driver.len == at.len || at.p[driver.len] != '+')
		return WW_SUSPECT_UNSAID;
	if (at.len < place.len)
		return WW_SUSPECT_UNLOADED;
	if (is_one_of(driver, kernels, WW_ARRAY_LEN(kernels)))
		return WW_SUSPECT_KERNEL;
	if (is_one_of(driver, carriers, WW_ARRAY_LEN(carriers)))
		return WW_SUSPECT_CARRIER;
	return WW_SUSPECT_DRIVER;
}

/* "amdppm.sys+0x334C", whatever follows it */
static struct ww_slice
offset_of(struct ww_slice place)
{
	size_t n = 0;

	place = without_unloaded(place);
	while (n < place.len && place.p[n] != ' ' && place.p[n] != ',')
		n++;
	return ww_slice_of(place.p, n);
}

/* The first that tells more stays: a parameter, then what was saved. */
static void
suspect(const struct ww_marked_line *l, struct ww_slice place)
{
	struct ww_episode *e = dump_of(l);
	enum ww_suspicion suspicion = suspicion_of(place);

	if (e == NULL || suspicion <= e->suspicion)
		return;
	e->suspicion = suspicion;
	if (suspicion == WW_SUSPECT_KERNEL)
		return;
	note(l, "suspect", offset_of(place));
	ww_track_note(l->t, e, "driver-file",
		      driver_of(without_unloaded(place)), l->record);
}

static void
on_place(const struct ww_marked_line *l)
{
	suspect(l, ww_captured(l->captures, "place"));
}

/* Of a program it is the end. */
static void
end_program(const struct ww_marked_line *l, struct ww_slice place)
{
	struct state *state = l->state;
	struct ww_episode *e = state->dump;
	uint32_t code;

	state->dump = NULL;
	ww_track_note(l->t, e, "exception-at", offset_of(place), l->record);
	if (ww_track_code(ww_captured(l->captures, "code"), &code)) {
		e->has_code = true;
		e->code = code;
	}
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
}

static void
on_exception(const struct ww_marked_line *l)
{
	struct ww_slice place = ww_captured(l->captures, "place");

	if (dump_of(l) != NULL && dump_of(l)->kind == WW_EPISODE_APP_CRASH) {
		end_program(l, place);
		return;
	}
	note(l, "exception", ww_captured(l->captures, "code"));
	suspect(l, place);
}

static void
on_module(const struct ww_marked_line *l)
{
	note(l, "module", ww_captured(l->captures, "module"));
}

/* "amdppm.sys (41), Wdf01000.sys (30)": the first that may be to blame. */
static void
on_stack(const struct ww_marked_line *l)
{
	struct ww_slice list = ww_captured(l->captures, "drivers");
	struct ww_episode *e = dump_of(l);

	note(l, "on-the-stack", list);
	while (e != NULL && e->suspicion < WW_SUSPECT_STACK && list.p != NULL) {
		struct ww_slice item = ww_slice_trim(ww_slice_item(&list));
		struct ww_slice driver = driver_of(item);

		if (is_one_of(driver, kernels, WW_ARRAY_LEN(kernels)) ||
		    is_one_of(driver, carriers, WW_ARRAY_LEN(carriers)))
			continue;
		e->suspicion = WW_SUSPECT_STACK;
		ww_track_note(l->t, e, "driver-file", driver, l->record);
	}
}

/* Stops */

static void
keep_parameters(const struct ww_marked_line *l, struct ww_episode *e)
{
	static const char *const names[WW_STOP_PARAMETERS_MAX] = { "p1", "p2",
								   "p3", "p4" };

	e->has_parameters = true;
	for (size_t i = 0; i < WW_ARRAY_LEN(names); i++)
		if (!ww_slice_hex(ww_captured(l->captures, names[i]),
				  &e->parameters[i]))
			e->has_parameters = false;
}

static void
on_stop(const struct ww_marked_line *l)
{
	struct state *state = l->state;
	struct ww_episode *e = state->dump;
	struct ww_slice code = ww_captured(l->captures, "code");
	const struct ww_stop_shape *shape;

	if (e == NULL || e->kind != WW_EPISODE_STOP ||
	    !ww_track_code(code, &e->stop))
		return;
	state->dump = NULL;
	shape = ww_stop_shape(e->stop);
	if (shape != NULL && shape->by_request)
		e->suspicion = WW_SUSPECT_NOBODY;
	ww_track_note(l->t, e, "stop-code", code, l->record);
	keep_parameters(l, e);
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[OF_WINDOWS] = on_windows, [OF_PROGRAM] = on_program,
	[UPTIME] = on_uptime,	   [DRIVERS] = on_drivers,
	[INSTRUCTION] = on_place,  [EXCEPTION] = on_exception,
	[CONTEXT] = on_place,	   [STACK] = on_stack,
	[STOP] = on_stop,	   [MODULE] = on_module,
};

const struct ww_tracker ww_tracker_dump = {
	.dialects = { WW_DIALECT_DUMP },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
};
