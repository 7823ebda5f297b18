/*
 * winwhy diagnose and winwhy codes: paths to a diagnosis, its report to
 * bytes.
 */
#include <signal.h>

#include "base/message.h"
#include "cli/cli.h"
#include "evidence/time.h"
#include "input/stamp.h"
#include "intake/reading.h"
#include "sys/sys.h"
#include "sys/thread.h"

#include "base/banned.h"

/* Progress is told once the work has taken so long, and then so often. */
#define PROGRESS_AFTER_MS 1500
#define PROGRESS_EVERY_MS 500

struct progress {
	struct cli *cli;
	volatile sig_atomic_t interrupted;
	bool shows;
	bool shown;
	uint64_t started, told; /* ww_sys_now_ms() */
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
tell_progress(void *ctx, struct ww_slice name, uint32_t number, size_t files)
{
	struct progress *p = ctx;
	struct ww_buf buf = ww_buf_in(&p->cli->arena);
	uint64_t now;

	if (!p->shows)
		return;
	now = ww_sys_now_ms();
	if (now - p->started < PROGRESS_AFTER_MS ||
	    now - p->told < PROGRESS_EVERY_MS)
		return;
	p->told = now;
	p->shown = true;
	ww_buf_add(&buf, WW_LIT("\r\x1b[K"));
	ww_buf_decimal(&buf, number);
	ww_buf_char(&buf, '/');
	ww_buf_decimal(&buf, (int64_t)files);
	ww_buf_char(&buf, ' ');
	ww_buf_add(&buf, ww_slice_of(name.p, name.len < 60 ? name.len : 60));
	ww_sys_write(WW_STDERR, ww_buf_slice(&buf));
}

static void
clear_progress(const struct progress *p)
{
	if (p->shown)
		ww_sys_write(WW_STDERR, WW_LIT("\r\x1b[K"));
}

void
cli_read_inputs(struct cli *cli, struct ww_diagnosis *d, unsigned workers)
{
	/* What was read is shown long after that: a signal may come then. */
	struct progress *p = ww_arena_new(&cli->arena, struct progress);
	const struct reading_watch watch = {
		.ctx = p,
		.begins = tell_progress,
		.stop = &p->interrupted,
	};

	p->cli = cli;
	p->started = ww_sys_now_ms();
	p->shows = ww_sys_is_terminal(WW_STDERR);
	ww_sys_on_interrupt(&p->interrupted);
	reading_run(&cli->arena, cli->c, cli->lang, d,
		    (const char *const *)cli->args.operands,
		    cli->args.n_operands, workers, &watch);
	clear_progress(p);
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
