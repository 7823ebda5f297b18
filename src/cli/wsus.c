/*
 * winwhy wsus: an update server is asked what its clients ask, and what came
 * of it is diagnosed as a file of it would be.
 */
#include <signal.h>

#include "base/compiler.h"
#include "base/message.h"
#include "cli/cli.h"
#include "probe/probe.h"
#include "sys/sys.h"
#include "wsus/helper.h"

#include "base/banned.h"

#define STEP_DEFAULT (10 * WW_SECOND)
#define STEP_MAX     (600 * WW_SECOND)
#define COUNT_MAX    9999999u

struct asking {
	struct cli *cli;
	struct ww_probe_options options;
	int64_t every;	/* microseconds; 0: once */
	unsigned count; /* 0: until somebody ends it */
	volatile sig_atomic_t interrupted;
};

/* What the prober needs of the world */

static ww_time
on_now(void *ctx)
{
	(void)ctx;
	return ww_sys_utc();
}

static uint64_t
on_ms(void *ctx)
{
	(void)ctx;
	return ww_sys_now_ms();
}

static const char *
on_variable(void *ctx, const char *name)
{
	struct asking *a = ctx;

	return ww_sys_environment(&a->cli->arena, name);
}

/* Options */

static bool
read_timeout(struct asking *a)
{
	int64_t step;

	if (!cli_read_span(a->cli, OPTION_TIMEOUT, STEP_DEFAULT, &step))
		return false;
	if (step < WW_SECOND || step > STEP_MAX) {
		cli_complain(a->cli, a->cli->args.values[OPTION_TIMEOUT],
			     N_("is not between a second and ten minutes"));
		return false;
	}
	a->options.step_ms = (uint64_t)step / 1000;
	a->options.all_ms = 3 * a->options.step_ms;
	return true;
}

static bool
read_count(struct asking *a)
{
	const char *value = a->cli->args.values[OPTION_COUNT];
	uint64_t count;

	a->count = a->every == 0 ? 1 : 0;
	if (value == NULL)
		return true;
	if (ww_slice_decimal(ww_slice_cstr(value), COUNT_MAX, &count) &&
	    count > 0) {
		a->count = (unsigned)count;
		return true;
	}
	cli_complain(a->cli, value, N_("is no number of times"));
	return false;
}

static bool
is_given(const struct asking *a, enum option_id id)
{
	return a->cli->args.values[id] != NULL;
}

/* "proxy:8080", or a URL of a kind of proxy that there is. */
static bool
is_proxy(struct ww_slice s)
{
	static const char *const schemes[] = { "http://",   "https://",
					       "socks4://", "socks4a://",
					       "socks5://", "socks5h://" };

	for (size_t i = 0; i < WW_ARRAY_LEN(schemes); i++)
		if (ww_slice_casestarts(s, ww_slice_cstr(schemes[i])))
			return true;
	return s.len == 0 || !ww_slice_casehas(s, WW_LIT("://"));
}

/* What is wrong with them would show as a fault of the server's otherwise. */
static bool
check_means(struct asking *a)
{
	const char *ca = a->cli->args.values[OPTION_CA];

	if (ca != NULL && !ww_sys_exists(ca)) {
		cli_complain(a->cli, ca, N_("there is no such file"));
		return false;
	}
	if (is_proxy(a->options.proxy))
		return true;
	cli_complain(a->cli, "--proxy", N_("is no address of a proxy"));
	return false;
}

static bool
read_options(struct asking *a)
{
	a->options.server = ww_slice_cstr(a->cli->args.operands[0]);
	a->options.machine = ww_sys_computer(&a->cli->arena);
	a->options.proxy = cli_value(a->cli, OPTION_PROXY);
	a->options.no_proxy = is_given(a, OPTION_NO_PROXY);
	a->options.ca = cli_value(a->cli, OPTION_CA);
	a->options.registers = is_given(a, OPTION_REGISTER);
	a->options.follows = is_given(a, OPTION_FOLLOW);
	if (a->options.no_proxy && a->options.proxy.len > 0) {
		cli_complain(a->cli, "--proxy",
			     N_("with or without a proxy, not both"));
		return false;
	}
	if (a->cli->args.n_operands != 1) {
		cli_complain(a->cli, a->cli->args.operands[1],
			     N_("one server is asked at a time"));
		return false;
	}
	return check_means(a) && read_timeout(a) &&
	       cli_read_span(a->cli, OPTION_EVERY, 0, &a->every) &&
	       read_count(a);
}

/* Asking */

static bool
ask(struct asking *a, const struct ww_helper *helper, struct ww_buf *out)
{
	struct ww_probe_world world = {
		.http = &helper->http,
		.environment = { .get = on_variable, .ctx = a },
		.now = on_now,
		.ms = on_ms,
	};
	const char *why;

	ww_helper_proxy(out->arena, &world.environment.setting,
			&world.environment.bypass);
	if (ww_probe_run(out, a->cli->c, &a->options, &world, &why))
		return true;
	cli_complain(a->cli, "wsus", why);
	return false;
}

static bool
keep_capture(struct asking *a, struct ww_slice capture, bool append)
{
	const char *path = a->cli->args.values[OPTION_CAPTURE];
	const char *why = "";

	if (path == NULL ||
	    ww_sys_write_file(&a->cli->arena, path, append, capture, &why))
		return true;
	cli_complain(a->cli, path, why);
	return false;
}

/* Telling */

static size_t
on_read(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct ww_slice *rest = ctx;

	(void)retwhy;
	len = len < rest->len ? len : rest->len;
	if (len > 0)
		memcpy(buf, rest->p, len);
	*rest = ww_slice_from(*rest, len);
	return len;
}

static int
show(struct cli *cli, struct ww_diagnosis *d, struct ww_slice capture)
{
	const struct ww_input input = { .read = on_read, .ctx = &capture };
	struct ww_report *tree;
	struct ww_error error;
	uint32_t place;
	int status;

	if (ww_diagnosis_place(d, WW_LIT("probe"), &place) != WW_OK ||
	    ww_diagnosis_read(d, place, &input) != WW_OK)
		longjmp(*cli->arena.oom, 1);
	if (ww_diagnosis_probe(d, &tree, &error) != WW_OK) {
		cli_complain(cli, "wsus", error.why);
		return FAILED;
	}
	status = cli_verdict_status(cli, d, cli_show(cli, tree));
	ww_report_close(tree);
	return status;
}

static bool
open_diagnosis(struct cli *cli, struct ww_diagnosis **ret)
{
	const struct ww_diagnose_options options = {
		.lang = cli->lang,
		.redact = cli->args.values[OPTION_REDACT] != NULL,
	};
	struct ww_error error;

	if (ww_diagnosis_open(cli->c, &options, ret, &error) == WW_OK)
		return true;
	cli_complain(cli, "wsus", error.why);
	return false;
}

static int
ask_and_tell(struct asking *a, const struct ww_helper *helper,
	     struct ww_buf *out)
{
	struct ww_diagnosis *d;
	int status = UNREADABLE;

	/* What it needs is made while the helper is still being loaded. */
	if (!open_diagnosis(a->cli, &d))
		return FAILED;
	if (ask(a, helper, out))
		status = show(a->cli, d, ww_buf_slice(out));
	ww_diagnosis_close(d);
	return status;
}

/* An arena of its own: it may be done for days. */
static int
ask_once(struct asking *a, bool again)
{
	struct ww_helper helper;
	struct ww_arena arena;
	struct ww_buf out;
	const char *why;
	int status = UNREADABLE;

	ww_arena_init(&arena, a->cli->arena.oom);
	out = ww_buf_in(&arena);
	if (ww_helper_open(&arena, &helper, &why))
		status = ask_and_tell(a, &helper, &out);
	else
		cli_complain(a->cli, "wsus", why);
	ww_helper_close(&helper);
	if (out.len > 0 && !keep_capture(a, ww_buf_slice(&out), again))
		status = FAILED;
	ww_arena_release(&arena);
	return status;
}

int
cli_wsus(struct cli *cli)
{
	/* A signal may come when this function has ended. */
	struct asking *a = ww_arena_new(&cli->arena, struct asking);
	int status = USAGE;

	a->cli = cli;
	if (!read_options(a))
		return USAGE;
	if (a->every > 0)
		ww_sys_on_interrupt(&a->interrupted);
	for (unsigned n = 0; a->count == 0 || n < a->count; n++) {
		if (n > 0)
			ww_sys_wait_ms((uint64_t)a->every / 1000);
		if (a->interrupted)
			break;
		status = ask_once(a, n > 0);
		if (status == UNREADABLE || status == FAILED)
			break;
	}
	return status;
}
