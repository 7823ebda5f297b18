/*
 * winwhy diagnose and winwhy codes: paths to a diagnosis, its report to
 * bytes.
 */
#include <signal.h>

#include "base/message.h"
#include "cli/cli.h"
#include "evidence/time.h"
#include "input/stamp.h"
#include "sys/sys.h"

#include "base/banned.h"

/* --since 2026-11-19, '2026-11-19 08:00', 2026-11-19T08:00:00 */
static bool
read_time(struct cli *cli, enum option_id id, ww_time *ret)
{
	const char *value = cli->args.values[id];
	enum ww_date_order order = WW_DATE_UNKNOWN;
	struct ww_stamp stamp;

	*ret = WW_NO_TIME;
	if (value == NULL)
		return true;
	if (value[0] != '\0' &&
	    ww_stamp_at(ww_slice_cstr(value), &order, &stamp) &&
	    stamp.has_date) {
		*ret = stamp.time;
		return true;
	}
	cli_complain(cli, value,
		     N_("is no time; one is written 2026-11-19 08:41:07"));
	return false;
}

struct bytes {
	struct ww_slice rest;
};

static size_t
read_bytes(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct bytes *b = ctx;
	size_t n = b->rest.len < len ? b->rest.len : len;

	(void)retwhy;
	memcpy(buf, b->rest.p, n);
	b->rest = ww_slice_from(b->rest, n);
	return n;
}

static void
read_operand(struct cli *cli, struct ww_diagnosis *d, const char *operand)
{
	const char *why = "";
	struct bytes bytes;
	struct ww_input input = { .name = ww_slice_cstr(operand),
				  .read = read_bytes,
				  .ctx = &bytes };
	uint32_t place;
	enum ww_status st =
	    strcmp(operand, "-") == 0
		? ww_sys_read_stdin(&cli->arena, WW_SYS_READ_MAX, &bytes.rest,
				    &why)
		: ww_sys_read_file(&cli->arena, operand, WW_SYS_READ_MAX,
				   &bytes.rest, &why);

	if (st != WW_OK && st != WW_LIMIT) {
		ww_diagnosis_unreadable(d, input.name, ww_slice_cstr(why));
		return;
	}
	ww_diagnosis_place(d, input.name, &place);
	ww_diagnosis_read(d, place, &input);
}

static int
verdict_status(const struct cli *cli, const struct ww_diagnosis *d, int status)
{
	static const int statuses[] = {
		[WW_VERDICT_NO_FAULT] = ANSWERED,
		[WW_VERDICT_UNKNOWN] = VERDICT_UNKNOWN,
		[WW_VERDICT_FAULT] = VERDICT_FAULT,
	};

	if (status == UNKNOWN)
		return UNREADABLE;
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
	status = verdict_status(cli, d, cli_show(cli, tree));
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
	};
	struct ww_diagnosis *d;
	struct ww_error error;
	int status;

	if (!read_time(cli, OPTION_SINCE, &options.since) ||
	    !read_time(cli, OPTION_UNTIL, &options.until))
		return USAGE;
	if (ww_diagnosis_open(cli->c, &options, &d, &error) != WW_OK) {
		cli_complain(cli, only == NULL ? "diagnose" : only, error.why);
		return error.status == WW_INVALID ? USAGE : FAILED;
	}
	for (size_t i = 0; i < cli->args.n_operands; i++)
		read_operand(cli, d, cli->args.operands[i]);
	status = report(cli, d);
	ww_diagnosis_close(d);
	return status;
}
