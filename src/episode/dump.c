/*
 * Crash dumps: of Windows, with its stop code and the driver that the
 * addresses in it point to, and of programs.  Lines: see src/input/dump.
 *
 * The kernel is where the faults of others come to light, so it is blamed for
 * nothing.  What merely stands on the stack may be left over from earlier
 * calls.
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
	TRAP,
	REQUEST,
	DEVICES,
	HARDWARE,
	MACHINE_CHECK,
	PCI_EXPRESS,
	STACK,
	FIRST,
	STOP,
	MODULE,
};

static const struct ww_mark marks[] = {
	{ OF_WINDOWS, "^Crash dump of Windows: {kind:text}; {machine:text}; "
		      "build {build:int}; " },
	{ OF_PROGRAM, "^Crash dump of a program: {program:rest}" },
	{ UPTIME, "^Uptime: {uptime:rest}" },
	{ DRIVERS, "^Drivers: {loaded:int} loaded, {unloaded:int} unloaded" },
	{ INSTRUCTION, "^Parameter {n:int} of {code:code}, the instruction, "
		       "{in:text}: {place:rest}" },
	{ EXCEPTION, "^Exception {code:code} {in:text}: {place:rest}" },
	{ CONTEXT, "^Context of parameter {n:int}, {in:text}: {place:rest}" },
	{ TRAP, "^Trap frame of parameter {n:int}, {in:text}: {place:rest}" },
	{ REQUEST, "^Request of parameter {n:int} of {code:code}, waits "
		   "{in:text}: {place:rest}" },
	{ DEVICES, "^Devices of parameter {n:int}, the lowest first: "
		   "{drivers:rest}" },
	{ HARDWARE, "^Hardware error of parameter {n:int}: {error:rest}" },
	{ MACHINE_CHECK, "^Machine check: {error:rest}" },
	{ PCI_EXPRESS, "^PCI Express error: device {device:rest}" },
	{ STACK, "^On the stack: {drivers:rest}" },
	{ FIRST, "^First driver on the stack: {driver:rest}" },
	{ STOP, "^Stop code {code:code} ({p1:hex}, {p2:hex}, {p3:hex}, "
		"{p4:hex})" },
	{ MODULE, "^Module of the exception: {module:rest}" },
};

/* A stop code, a blank, and a name as long as readers keep them. */
#define SUBJECT_MAX 288

/* Windows is still starting, whatever the user saw by then. */
#define STARTING_SECONDS 120

struct state {
	struct ww_episode *dump; /* of Windows or a program; NULL: none yet */
};

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

	note(l, is_starting(uptime) ? "starting" : "uptime", uptime);
}

static void
on_drivers(const struct ww_marked_line *l)
{
	note(l, "drivers", ww_captured(l->captures, "loaded"));
	note(l, "unloaded", ww_captured(l->captures, "unloaded"));
}

/* Suspects */

/* In the reader's words. */
static const struct {
	const char *in;
	enum ww_suspicion suspicion;
} places[] = {
	{ "in the kernel", WW_SUSPECT_KERNEL },
	{ "in a driver of Windows that works for others", WW_SUSPECT_CARRIER },
	{ "in a driver", WW_SUSPECT_DRIVER },
	{ "in an unloaded driver", WW_SUSPECT_UNLOADED },
	{ "in a driver whose name the file does not hold",
	  WW_SUSPECT_NAMELESS },
};

/* "amdppm.sys" of "amdppm.sys+0x334C, writing …" */
static struct ww_slice
driver_of(struct ww_slice place)
{
	size_t n = 0;

	while (n < place.len && place.p[n] != '+' && place.p[n] != ' ')
		n++;
	return ww_slice_of(place.p, n);
}

/* "amdppm.sys+0x334C", whatever follows it */
static struct ww_slice
offset_of(struct ww_slice place)
{
	size_t n = 0;

	while (n < place.len && place.p[n] != ' ' && place.p[n] != ',')
		n++;
	return ww_slice_of(place.p, n);
}

static enum ww_suspicion
suspicion_of(struct ww_slice in)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(places); i++)
		if (ww_slice_eq(in, ww_slice_cstr(places[i].in)))
			return places[i].suspicion;
	return WW_SUSPECT_UNSAID;
}

/* The first that tells more stays: a parameter, then what was saved. */
static void
suspect(const struct ww_marked_line *l)
{
	struct ww_episode *e = dump_of(l);
	struct ww_slice place = ww_captured(l->captures, "place");
	enum ww_suspicion suspicion =
	    suspicion_of(ww_captured(l->captures, "in"));

	if (e == NULL || suspicion <= e->suspicion)
		return;
	e->suspicion = suspicion;
	if (suspicion == WW_SUSPECT_KERNEL)
		return;
	note(l, "suspect", offset_of(place));
	note(l, "driver-file", driver_of(place));
}

static void
on_place(const struct ww_marked_line *l)
{
	suspect(l);
}

/* Of a program it is the end. */
static void
end_program(const struct ww_marked_line *l, struct ww_slice place)
{
	struct state *state = l->state;
	struct ww_episode *e = state->dump;
	uint32_t code;

	state->dump = NULL;
	ww_track_note(l->t, e, "place", offset_of(place), l->record);
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
	suspect(l);
}

static void
on_module(const struct ww_marked_line *l)
{
	note(l, "module", ww_captured(l->captures, "module"));
}

static void
on_devices(const struct ww_marked_line *l)
{
	note(l, "device-stack", ww_captured(l->captures, "drivers"));
}

static void
on_hardware(const struct ww_marked_line *l)
{
	note(l, "hardware-error", ww_captured(l->captures, "error"));
}

static void
on_machine_check(const struct ww_marked_line *l)
{
	note(l, "machine-check", ww_captured(l->captures, "error"));
}

static void
on_pci_express(const struct ww_marked_line *l)
{
	note(l, "pci-device", ww_captured(l->captures, "device"));
}

static void
on_stack(const struct ww_marked_line *l)
{
	note(l, "stack", ww_captured(l->captures, "drivers"));
}

/* Of those the first that is neither kernel nor works for others. */
static void
on_first(const struct ww_marked_line *l)
{
	struct ww_episode *e = dump_of(l);

	if (e == NULL || e->suspicion >= WW_SUSPECT_STACK)
		return;
	e->suspicion = WW_SUSPECT_STACK;
	note(l, "suspect", ww_captured(l->captures, "driver"));
	note(l, "driver-file", ww_captured(l->captures, "driver"));
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

/* "0x000000D1 e1i65x64.sys": stops of one code may have several causes. */
static void
name_stop(const struct ww_marked_line *l, struct ww_episode *e,
	  struct ww_slice code)
{
	struct ww_slice driver = ww_episode_note(e, "driver-file");
	char text[SUBJECT_MAX];
	size_t n = 0;

	if (e->suspicion < WW_SUSPECT_CARRIER ||
	    e->suspicion == WW_SUSPECT_NOBODY ||
	    code.len + 1 + driver.len > sizeof(text)) {
		ww_track_subject(l->t, e, code);
		return;
	}
	memcpy(text, code.p, code.len);
	n = code.len;
	text[n++] = ' ';
	memcpy(text + n, driver.p, driver.len);
	ww_track_subject(l->t, e, ww_slice_of(text, n + driver.len));
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
	ww_track_stop(l->t, e, e->stop, l->record);
	name_stop(l, e, code);
	keep_parameters(l, e);
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[OF_WINDOWS] = on_windows,
	[OF_PROGRAM] = on_program,
	[UPTIME] = on_uptime,
	[DRIVERS] = on_drivers,
	[INSTRUCTION] = on_place,
	[EXCEPTION] = on_exception,
	[FIRST] = on_first,
	[CONTEXT] = on_place,
	[TRAP] = on_place,
	[REQUEST] = on_place,
	[DEVICES] = on_devices,
	[HARDWARE] = on_hardware,
	[MACHINE_CHECK] = on_machine_check,
	[PCI_EXPRESS] = on_pci_express,
	[STACK] = on_stack,
	[STOP] = on_stop,
	[MODULE] = on_module,
};

const struct ww_tracker ww_tracker_dump = {
	.dialects = { WW_DIALECT_DUMP },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.by_time = true,
	.on = actions,
};
