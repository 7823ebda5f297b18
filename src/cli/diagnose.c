/*
 * winwhy diagnose and winwhy codes: paths to a diagnosis, its report to
 * bytes.
 */
#include <signal.h>

#include "base/message.h"
#include "cli/cli.h"
#include "cli/inputs.h"
#include "evidence/time.h"
#include "input/stamp.h"
#include "sys/sys.h"
#include "sys/thread.h"

#include "base/banned.h"

/* Progress is told once the work has taken so long, and then so often. */
#define PROGRESS_AFTER_MS 1500
#define PROGRESS_EVERY_MS 500

struct diagnosing {
	struct cli *cli;
	struct ww_diagnosis *d;
	volatile sig_atomic_t interrupted;
	bool show_progress;
	bool shown;
	uint64_t started, told; /* ww_sys_now_ms() */
	size_t files;		/* to read */
	uint32_t places;	/* taken so far */
};

static bool
read_stamp(struct ww_slice text, ww_time *ret)
{
	enum ww_date_order order = WW_DATE_UNKNOWN;
	struct ww_stamp stamp;

	if (text.len == 0 || !ww_stamp_at(text, &order, &stamp) ||
	    !stamp.has_date)
		return false;
	*ret = stamp.time;
	return true;
}

static bool
find_time(struct cli *cli, enum option_id id, ww_time *ret)
{
	const char *value = cli->args.values[id];
	struct ww_buf day = ww_buf_in(&cli->arena);

	*ret = 0;
	if (value == NULL || read_stamp(ww_slice_cstr(value), ret))
		return true;
	ww_buf_add(&day, ww_slice_cstr(value));
	ww_buf_add(&day, id == OPTION_UNTIL ? WW_LIT(" 23:59:59.9999999")
					    : WW_LIT(" 00:00:00"));
	return read_stamp(ww_buf_slice(&day), ret);
}

bool
cli_read_time(struct cli *cli, enum option_id id, ww_time *ret)
{
	if (find_time(cli, id, ret))
		return true;
	cli_complain(cli, cli->args.values[id],
		     N_("is no time; one is written 2026-11-19 08:41:07"));
	return false;
}

/* Progress, on a terminal and for long work only */

static void
tell_progress(struct diagnosing *g, struct ww_slice name)
{
	struct ww_buf buf = ww_buf_in(&g->cli->arena);
	uint64_t now;

	if (!g->show_progress)
		return;
	now = ww_sys_now_ms();
	if (now - g->started < PROGRESS_AFTER_MS ||
	    now - g->told < PROGRESS_EVERY_MS)
		return;
	g->told = now;
	g->shown = true;
	ww_buf_add(&buf, WW_LIT("\r\x1b[K"));
	ww_buf_decimal(&buf, g->places);
	ww_buf_char(&buf, '/');
	ww_buf_decimal(&buf, (int64_t)g->files);
	ww_buf_char(&buf, ' ');
	ww_buf_add(&buf, ww_slice_of(name.p, name.len < 60 ? name.len : 60));
	ww_sys_write(WW_STDERR, ww_buf_slice(&buf));
}

static void
clear_progress(struct diagnosing *g)
{
	if (g->shown)
		ww_sys_write(WW_STDERR, WW_LIT("\r\x1b[K"));
}

/* What inputs_read() finds */

static uint32_t
take_place(void *ctx, struct ww_slice name)
{
	struct diagnosing *g = ctx;
	uint32_t place;

	if (ww_diagnosis_place(g->d, name, &place) != WW_OK)
		longjmp(*g->cli->arena.oom, 1);
	g->places++;
	tell_progress(g, name);
	return place;
}

/* On several threads; memory that runs out counts as unread. */
static void
take_input(void *ctx, uint32_t place, const struct ww_input *input)
{
	struct diagnosing *g = ctx;

	if (g->interrupted)
		ww_diagnosis_stop(g->d);
	ww_diagnosis_read(g->d, place, input);
}

static void
take_unreadable(void *ctx, struct ww_slice name, const char *why)
{
	struct diagnosing *g = ctx;

	ww_diagnosis_unreadable(g->d, name, cli_tr(g->cli, why));
}

static void
take_skipped(void *ctx, const char *why, uint64_t count)
{
	struct diagnosing *g = ctx;

	ww_diagnosis_skipped(g->d, cli_tr(g->cli, why), count);
}

static void
take_found(void *ctx, size_t files, uint64_t bytes)
{
	struct diagnosing *g = ctx;

	(void)bytes;
	g->files = files;
}

void
cli_read_inputs(struct cli *cli, struct ww_diagnosis *d, unsigned workers)
{
	/* What was read is shown long after that: a signal may come then. */
	struct diagnosing *g = ww_arena_new(&cli->arena, struct diagnosing);
	struct inputs_to to = {
		.ctx = g,
		.place = take_place,
		.read = take_input,
		.unreadable = take_unreadable,
		.skipped = take_skipped,
		.found = take_found,
		.stop = &g->interrupted,
	};

	g->cli = cli;
	g->d = d;
	g->started = ww_sys_now_ms();
	g->show_progress = ww_sys_is_terminal(WW_STDERR);
	ww_sys_on_interrupt(&g->interrupted);
	inputs_read(&cli->arena, (const char *const *)cli->args.operands,
		    cli->args.n_operands, workers, &to);
	if (g->interrupted)
		ww_diagnosis_stop(d);
	clear_progress(g);
}

/* The answer */

int
cli_verdict_status(const struct cli *cli, const struct ww_diagnosis *d,
		   int status)
{
	static const int statuses[] = {
		[WW_VERDICT_NO_FAULT] = ANSWERED,
		[WW_VERDICT_UNKNOWN] = VERDICT_UNKNOWN,
		[WW_VERDICT_FAULT] = VERDICT_FAULT,
	};

	if (status != ANSWERED || cli->args.command == COMMAND_CODES ||
	    cli->args.values[OPTION_EXIT_VERDICT] == NULL)
		return status;
	return statuses[ww_diagnosis_verdict(d)];
}

static int
report(struct cli *cli, struct ww_diagnosis *d)
{
	struct ww_report *tree;
	struct ww_error error;
	enum ww_status st = cli->args.command == COMMAND_CODES
				? ww_diagnosis_codes(d, &tree, &error)
				: ww_diagnosis_report(d, &tree, &error);
	int status;

	if (st != WW_OK) {
		cli_complain(cli, "diagnose", error.why);
		return FAILED;
	}
	status = cli_show(cli, tree);
	/* Nothing is known because nothing could be read. */
	if (status == UNKNOWN)
		status = UNREADABLE;
	status = cli_verdict_status(cli, d, status);
	ww_report_close(tree);
	return status;
}

int
cli_diagnose(struct cli *cli)
{
	const char *only = cli->args.values[OPTION_ONLY];
	struct ww_diagnose_options options = {
		.lang = cli->lang,
		.only = ww_slice_cstr(only == NULL ? "" : only),
		.codes_only = cli->args.command == COMMAND_CODES,
		.redact = cli->args.values[OPTION_REDACT] != NULL,
	};
	struct ww_diagnosis *d;
	struct ww_error error;
	int status;

	if (!cli_read_time(cli, OPTION_SINCE, &options.since) ||
	    !cli_read_time(cli, OPTION_UNTIL, &options.until))
		return USAGE;
	if (ww_diagnosis_open(cli->c, &options, &d, &error) != WW_OK) {
		cli_complain(cli, only == NULL ? "diagnose" : only, error.why);
		return error.status == WW_INVALID ? USAGE : FAILED;
	}
	cli_read_inputs(cli, d, ww_sys_cores());
	status = report(cli, d);
	ww_diagnosis_close(d);
	return status;
}
