/*
 * winwhy serve: reads the options and becomes the program that serves.
 */
#include "base/message.h"
#include "cli/cli.h"
#include "sys/process.h"
#include "sys/sys.h"

#include "base/banned.h"

#define ADDRESS	      "127.0.0.1"
#define PORT	      "8650"
#define MEGABYTES     "512"
#define MEGABYTES_MAX 8192u
#define PORT_MAX      65535u

/* Program, language, address, port, megabytes, catalogue; then the hosts. */
#define FIXED 6

static const char *
value_of(const struct cli *cli, enum option_id id, const char *otherwise)
{
	const char *value = cli->args.values[id];

	return value == NULL ? otherwise : value;
}

static bool
is_number(struct cli *cli, enum option_id id, unsigned max)
{
	const char *value = value_of(cli, id, "0");
	uint64_t v;

	if (ww_slice_decimal(ww_slice_cstr(value), max, &v))
		return true;
	cli_complain(cli, value, N_("is no number that this option takes"));
	return false;
}

/* --host a,b: each is an argument. */
static void
add_hosts(struct cli *cli, struct ww_slice hosts, const char **argv)
{
	while (hosts.len > 0) {
		struct ww_slice host = ww_slice_trim(ww_slice_item(&hosts));

		if (host.len > 0)
			*argv++ = ww_arena_copy(&cli->arena, host.p, host.len);
	}
}

static const char **
arguments_of(struct cli *cli, const char *program)
{
	struct ww_slice hosts = cli_value(cli, OPTION_HOST);
	struct ww_slice lang = ww_catalogue_language_id(cli->c, cli->lang);
	const char **argv =
	    ww_arena_array(&cli->arena, FIXED + hosts.len + 1, sizeof(*argv));
	const char *fixed[FIXED] = {
		program,
		ww_arena_copy(&cli->arena, lang.p, lang.len),
		value_of(cli, OPTION_LISTEN, ADDRESS),
		value_of(cli, OPTION_PORT, PORT),
		value_of(cli, OPTION_UPLOAD_MAX, MEGABYTES),
		value_of(cli, OPTION_CATALOGUE, ""),
	};

	memcpy(argv, fixed, sizeof(fixed));
	add_hosts(cli, hosts, argv + FIXED);
	return argv;
}

int
cli_serve(struct cli *cli)
{
	const char *program = ww_sys_helper(&cli->arena, "winwhy-serve");
	const char *why;

	if (!is_number(cli, OPTION_PORT, PORT_MAX) ||
	    !is_number(cli, OPTION_UPLOAD_MAX, MEGABYTES_MAX))
		return USAGE;
	if (cli->args.n_operands > 0) {
		cli_complain(cli, cli->args.operands[0],
			     N_("serve takes options only; files are sent to "
				"it in the browser"));
		return USAGE;
	}
	if (program == NULL) {
		cli_complain(cli, "winwhy-serve",
			     N_("this program, which serves the pages, is not "
				"installed; there is none for Windows yet"));
		return FAILED;
	}
	why =
	    ww_sys_become(program,
			  (char *const *)(uintptr_t)arguments_of(cli, program));
	cli_complain(cli, program, why);
	return FAILED;
}
