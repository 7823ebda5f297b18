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

/* Program, language, address, port, megabytes; then the hosts. */
#define FIXED 5

static const char *
value_of(const struct cli *cli, enum option_id id, const char *otherwise)
{
	const char *value = cli->args.values[id];

	return value == NULL ? otherwise : value;
}

static bool
is_number(struct cli *cli, const char *value, unsigned max)
{
	uint64_t v = 0;

	for (const char *p = value; p == value || *p != '\0'; p++) {
		if (!ww_is_digit(*p) || v > max) {
			v = (uint64_t)max + 1;
			break;
		}
		v = v * 10 + (uint64_t)(*p - '0');
	}
	if (v <= max)
		return true;
	cli_complain(cli, value, N_("is no number that fits here"));
	return false;
}

/* --host=a,b: each is an argument. */
static char **
arguments_of(struct cli *cli, const char *program)
{
	struct ww_slice hosts = cli_value(cli, OPTION_HOST);
	struct ww_slice lang = ww_catalogue_language_id(cli->c, cli->lang);
	char **argv = ww_arena_array(&cli->arena, FIXED + hosts.len + 2,
				     sizeof(*argv));
	size_t n = 0;
	const char *fixed[FIXED] = {
		program,
		ww_arena_copy(&cli->arena, lang.p, lang.len),
		value_of(cli, OPTION_LISTEN, ADDRESS),
		value_of(cli, OPTION_PORT, PORT),
		value_of(cli, OPTION_UPLOAD_MAX, MEGABYTES),
	};

	for (; n < FIXED; n++)
		argv[n] = ww_arena_copy(&cli->arena, fixed[n],
					strlen(fixed[n]));
	while (hosts.len > 0) {
		struct ww_slice host = ww_slice_trim(ww_slice_item(&hosts));

		if (host.len > 0)
			argv[n++] =
			    ww_arena_copy(&cli->arena, host.p, host.len);
	}
	argv[n] = NULL;
	return argv;
}

int
cli_serve(struct cli *cli)
{
	const char *program = ww_sys_helper(&cli->arena, "winwhy-serve");
	const char *why;

	if (!is_number(cli, value_of(cli, OPTION_PORT, PORT), PORT_MAX) ||
	    !is_number(cli, value_of(cli, OPTION_UPLOAD_MAX, MEGABYTES),
		       MEGABYTES_MAX))
		return USAGE;
	if (program == NULL) {
		cli_complain(cli, "winwhy-serve",
			     N_("is not installed; it serves the pages"));
		return FAILED;
	}
	why = ww_sys_become(program, arguments_of(cli, program));
	cli_complain(cli, program, why);
	return FAILED;
}
