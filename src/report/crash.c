/*
 * A stop of Windows, as its crash dump tells it: whom it points to, and what
 * the parameters are.
 */
#include "base/message.h"
#include "report/diagnosis.h"

#include "base/banned.h"

static const char *const titles[] = {
	[WW_SUSPECT_NAMELESS] =
	    N_("Windows stopped with the stop code {stop-code}; it failed in "
	       "the driver that was loaded at {driver-file}, whose name the "
	       "file does not hold"),
	[WW_SUSPECT_CARRIER] =
	    N_("Windows stopped with the stop code {stop-code}; the dump "
	       "points to {driver-file}, a part of Windows that works for "
	       "other drivers"),
	[WW_SUSPECT_DRIVER] =
	    N_("Windows stopped with the stop code {stop-code}; the dump "
	       "points to the driver {driver-file}"),
	[WW_SUSPECT_UNLOADED] =
	    N_("Windows stopped with the stop code {stop-code}; the dump "
	       "points to {driver-file}, a driver that had been unloaded"),
	[WW_SUSPECT_NOBODY] =
	    N_("Windows was stopped on purpose, by a person or a tool, with "
	       "the stop code {stop-code}"),
};

static const char *const together[] = {
	[WW_STOPS_SAME_DRIVER] =
	    N_("Windows stopped {count} times, and {alike} of the dumps point "
	       "to the driver {driver-file}"),
	[WW_STOPS_CHANGING] =
	    N_("Windows stopped {count} times with {alike} different stop "
	       "codes, and no driver stands behind two of them: memory or "
	       "other hardware is likelier than a driver"),
};

static struct ww_slice
decimal(struct ww_telling *t, uint64_t v)
{
	struct ww_buf buf = ww_buf_in(&t->report->arena);

	ww_buf_decimal(&buf, (int64_t)v);
	return ww_buf_slice(&buf);
}

struct ww_slice
ww_tell_crash_title(struct ww_telling *t, const struct ww_finding *f)
{
	const struct ww_episode *e = f->told.episode;
	struct ww_buf buf = ww_buf_in(&t->report->arena);
	const struct ww_fill fills[] = {
		{ "stop-code",
		  ww_tell_hole(t, ww_episode_note(e, "stop-code")) },
		{ "driver-file",
		  ww_tell_hole(t, ww_episode_note(e, "driver-file")) },
		{ "count", decimal(t, f->stops == NULL ? 0 : f->stops->count) },
		{ "alike", decimal(t, f->stops == NULL ? 0 : f->stops->alike) },
		{ 0 },
	};
	const char *english = f->stops != NULL ? together[f->stops->pattern]
					       : titles[e->suspicion];

	if (english == NULL)
		return (struct ww_slice){ 0 };
	ww_buf_template(&buf, ww_tr(t->report, english), fills);
	return ww_buf_slice(&buf);
}

void
ww_tell_crash(struct ww_telling *t, struct ww_node *node,
	      const struct ww_episode *e)
{
	struct ww_reading reading = {
		.space = WW_SPACE_BUGCHECK,
		.value = e->stop,
		.spelled = { .value = e->stop },
	};

	if (e->stop == 0 || !e->has_parameters)
		return;
	reading.spelled.n_params = WW_STOP_PARAMETERS_MAX;
	memcpy(reading.spelled.params, e->parameters, sizeof(e->parameters));
	ww_page_stop(t->report, node, &reading);
}

/* SYSTEM_THREAD_EXCEPTION_NOT_HANDLED_M; nothing for unknown numbers. */
struct ww_slice
ww_tell_stop_name(struct ww_telling *t, uint32_t stop)
{
	struct ww_rec code = ww_page_code(t->report, WW_SPACE_BUGCHECK, stop);

	if (code.p == NULL)
		code = ww_page_code(t->report, WW_SPACE_BUGCHECK,
				    ww_stop_plain(stop));
	return ww_rec_str(code, WW_CODE_NAME);
}
