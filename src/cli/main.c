/*
 * winwhy, the command: arguments to questions, a report to bytes.  Wires the
 * parts together and knows nothing of Windows.
 */
#include <stdlib.h>

#include <winwhy/winwhy.h>

#include "base/compiler.h"
#include "base/message.h"
#include "cli/cli.h"
#include "cli/help.h"
#include "explain/event_question.h"
#include "sys/sys.h"

#include "base/banned.h"

/* Search results shown. */
#define RESULTS_MAX 20

struct ww_slice
cli_tr(const struct cli *cli, const char *english)
{
	return ww_message(cli->c, cli->lang, english);
}

/* winwhy: what: why */
void
cli_complain(struct cli *cli, const char *what, const char *why)
{
	struct ww_buf buf = ww_buf_in(&cli->arena);

	ww_buf_add(&buf, WW_LIT("winwhy: "));
	ww_buf_add(&buf, ww_slice_cstr(what));
	ww_buf_add(&buf, WW_LIT(": "));
	ww_buf_add(&buf, cli_tr(cli, why));
	ww_buf_char(&buf, '\n');
	ww_sys_write(WW_STDERR, ww_buf_slice(&buf));
}

/*
 * The file is opened when something is written: a folder that is read may
 * hold it.
 */
enum ww_written
cli_send(struct cli *cli, struct ww_slice bytes)
{
	const char *path = cli->args.values[OPTION_OUTPUT], *why;

	if (path == NULL)
		return ww_sys_send(WW_STDOUT, bytes);
	if (!cli->output.open &&
	    !ww_sys_answer_open(&cli->arena, path, &cli->output, &why)) {
		cli_complain(cli, path, why);
		return WW_WRITE_FAILED;
	}
	return ww_sys_answer_write(&cli->output, bytes) ? WW_WRITTEN
							: WW_WRITE_FAILED;
}

void
cli_unwritten(struct cli *cli)
{
	const char *path = cli->args.values[OPTION_OUTPUT];

	cli_complain(cli, path == NULL ? "-" : path,
		     N_("could not write the answer"));
}

int
cli_print(struct cli *cli, struct ww_slice text)
{
	if (cli_send(cli, text) == WW_WRITTEN)
		return ANSWERED;
	cli_unwritten(cli);
	return FAILED;
}

struct ww_slice
cli_value(const struct cli *cli, enum option_id id)
{
	const char *value = cli->args.values[id];

	return ww_slice_cstr(value == NULL ? "" : value);
}

int
cli_choice(struct cli *cli, enum option_id id, const char *const *words)
{
	const char *value = cli->args.values[id];

	if (value == NULL)
		return 0;
	for (int i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], value) == 0)
			return i;
	cli_complain(cli, value, N_("is none of the words this option takes"));
	return -1;
}

bool
cli_read_span(struct cli *cli, enum option_id id, int64_t otherwise,
	      int64_t *ret)
{
	const char *value = cli->args.values[id], *p = value;
	int64_t n = 0;

	*ret = otherwise;
	if (value == NULL)
		return true;
	for (; ww_is_digit(*p) && n < 100000; p++)
		n = n * 10 + (*p - '0');
	*ret = n * (*p == 's'	? WW_SECOND
		    : *p == 'h' ? 60 * WW_MINUTE
				: WW_MINUTE);
	if (p > value &&
	    (*p == '\0' || (strchr("smh", *p) != NULL && p[1] == '\0')))
		return true;
	cli_complain(cli, value,
		     N_("is no span of time; one is written 30s, 5m or 1h"));
	return false;
}

static bool
goes_to_file(const struct cli *cli)
{
	return cli->args.values[OPTION_OUTPUT] != NULL;
}

static bool
read_width(struct cli *cli)
{
	const char *value = cli->args.values[OPTION_WIDTH];
	unsigned v = 0;

	if (value == NULL) {
		cli->style.width = goes_to_file(cli) ? 0 : ww_sys_columns();
		return true;
	}
	for (const char *p = value; p == value || *p != '\0'; p++) {
		if (!ww_is_digit(*p) || v >= 1000) {
			cli_complain(cli, value, N_("is no number of columns"));
			return false;
		}
		v = v * 10 + (unsigned)(*p - '0');
	}
	cli->style.width = v;
	return true;
}

/* https://no-color.org: any value of NO_COLOR but an empty one. */
static bool
wants_colour(struct cli *cli, int when)
{
	const char *no = ww_sys_environment(&cli->arena, "NO_COLOR");

	if (when == 1)
		return true;
	return when == 0 && (no == NULL || no[0] == '\0') &&
	       !goes_to_file(cli) && ww_sys_is_terminal(WW_STDOUT);
}

/* Of streams, not of reports. */
static bool
has_own_formats(enum command_id command)
{
	return command == COMMAND_ANNOTATE || command == COMMAND_EVENTS;
}

static bool
read_style(struct cli *cli)
{
	static const char *const formats[] = { "text", "json", "jsonl",
					       "md",   "html", NULL };
	static const char *const whens[] = { "auto", "always", "never", NULL };
	int format = has_own_formats(cli->args.command)
			 ? 0
			 : cli_choice(cli, OPTION_FORMAT, formats);
	int when = cli_choice(cli, OPTION_COLOUR, whens);

	if (format < 0 || when < 0 || !read_width(cli))
		return false;
	cli->format = (enum ww_format)format;
	cli->style.colour = wants_colour(cli, when);
	cli->style.full = cli->args.values[OPTION_FULL] != NULL;
	cli->style.brief = cli->args.values[OPTION_BRIEF] != NULL;
	return true;
}

/* --lang must be known; the system's language falls back to English. */
static bool
read_language(struct cli *cli)
{
	const char *value = cli->args.values[OPTION_LANG];
	int lang =
	    ww_catalogue_language(cli->c, value == NULL
					      ? ww_sys_language(&cli->arena)
					      : ww_slice_cstr(value));

	if (lang < 0 && value != NULL) {
		cli_complain(cli, value, N_("no such language"));
		return false;
	}
	cli->lang = lang < 0 ? 0 : (unsigned)lang;
	return true;
}

static int
catalogue_trouble(struct cli *cli, const char *path,
		  const struct ww_error *error)
{
	struct ww_buf buf = ww_buf_in(&cli->arena);

	ww_buf_printf(&buf, "winwhy: %s: offset %llu: %s (%s)\n", path,
		      (unsigned long long)error->at, error->why,
		      ww_status_text(error->status));
	ww_sys_write(WW_STDERR, ww_buf_slice(&buf));
	return UNREADABLE;
}

static int
open_catalogue(struct cli *cli)
{
	const char *path = cli->args.values[OPTION_CATALOGUE];
	struct ww_error error;
	struct ww_slice bytes;
	const char *why = N_("is larger than any catalogue");

	if (path == NULL)
		return ANSWERED;
	if (ww_sys_read_file(&cli->arena, path, WW_SYS_READ_MAX, &bytes,
			     &why) != WW_OK) {
		cli_complain(cli, path, why);
		return UNREADABLE;
	}
	if (ww_catalogue_open(bytes.p, bytes.len, &cli->opened, &error) !=
	    WW_OK)
		return catalogue_trouble(cli, path, &error);
	cli->c = cli->opened;
	return ANSWERED;
}

int
cli_show(struct cli *cli, struct ww_report *report)
{
	struct ww_slice text;
	int status;

	if (ww_render(report, cli->format, &cli->style, &text) != WW_OK)
		return FAILED;
	status = cli_print(cli, text);
	if (status == ANSWERED && cli->unreadable)
		return UNREADABLE;
	if (status == ANSWERED && !ww_report_known(report))
		return UNKNOWN;
	return status;
}

/*
 * A separator or a leading dot makes an argument a path.  A pasted line has
 * separators too, but white space with them, unless such a file exists.
 */
static bool
looks_like_path(const char *s)
{
	bool separator =
	    s[0] == '.' || strchr(s, '/') != NULL || strchr(s, '\\') != NULL;

	return separator && (strpbrk(s, " \t\n") == NULL || ww_sys_exists(s));
}

/* Kernel-Power/41: a provider, a slash, and an event of it that is known. */
static bool
is_event(const struct cli *cli, const char *s)
{
	const char *slash = strchr(s, '/');
	struct ww_rec kinds[WW_EVENTS_ASKED_MAX];

	return slash != NULL && slash != s && s[0] != '.' && slash[1] != 0 &&
	       slash[1 + strspn(slash + 1, "0123456789")] == 0 &&
	       strchr(s, '\\') == NULL &&
	       ww_event_question(cli->c, ww_slice_cstr(s), kinds) > 0;
}

/* Standard input, or the operand itself. */
static bool
operand_text(struct cli *cli, const char *operand, struct ww_slice *ret)
{
	const char *why = "";
	enum ww_status st;

	*ret = ww_slice_cstr(operand);
	if (strcmp(operand, "-") != 0)
		return true;
	st = ww_sys_read_stdin(&cli->arena, WW_SYS_READ_MAX, ret, &why);
	if (st == WW_LIMIT)
		cli_complain(cli, operand,
			     N_("only the first 64 MiB are read"));
	if (st == WW_OK || st == WW_LIMIT)
		return true;
	cli_complain(cli, operand, why);
	cli->unreadable = true;
	return false;
}

/*
 * What the operands are where no command is given: a path is diagnosed, all
 * else explained.  In this order: standard input, a code, an event unless such
 * a file exists, what looks like a path, a name, an existing file.
 */
static bool
is_path(struct cli *cli, const char *operand)
{
	struct ww_slice text = ww_slice_cstr(operand);
	struct ww_number number;

	if (strcmp(operand, "-") == 0 || ww_code_parse(text, &number, 1) > 0)
		return false;
	if (is_event(cli, operand)) {
		if (!ww_sys_exists(operand))
			return false;
		cli_complain(cli, operand,
			     N_("read as a path; with a blank for the slash it "
				"would be the event of that name"));
		return true;
	}
	if (looks_like_path(operand))
		return true;
	return ww_catalogue_name(cli->c, text, 1).count == 0 &&
	       ww_sys_exists(operand);
}

/* The address of a server, which is no path unless there is one like it. */
static bool
is_address(const char *s)
{
	struct ww_slice text = ww_slice_cstr(s);

	return (ww_slice_casestarts(text, WW_LIT("http://")) ||
		ww_slice_casestarts(text, WW_LIT("https://"))) &&
	       strpbrk(s, " \t\n") == NULL && !ww_sys_exists(s);
}

/* Paths and codes are different questions, and are asked one at a time. */
static bool
choose_command(struct cli *cli)
{
	size_t paths = 0;

	if (cli->args.command_given)
		return true;
	for (size_t i = 0; i < cli->args.n_operands; i++) {
		const char *operand = cli->args.operands[i];

		if (is_address(operand)) {
			cli_complain(cli, operand,
				     N_("an update server is asked by: winwhy "
					"wsus, and its address"));
			return false;
		}
		paths += is_path(cli, operand);
	}
	if (paths > 0)
		cli->args.command = COMMAND_DIAGNOSE;
	if (paths == 0 || paths == cli->args.n_operands)
		return true;
	cli_complain(cli, cli->args.operands[0],
		     N_("paths and codes cannot be asked in one go"));
	return false;
}

static int
run_explain(struct cli *cli)
{
	struct ww_question *questions =
	    ww_arena_array(&cli->arena, cli->args.n_operands,
			   sizeof(*questions));
	const char *as = cli->args.values[OPTION_AS];
	const char *in = cli->args.values[OPTION_IN];
	struct ww_report *report;
	struct ww_error error;
	enum ww_status st;
	size_t n = 0;
	int status;

	for (size_t i = 0; i < cli->args.n_operands; i++) {
		struct ww_slice text;

		if (!operand_text(cli, cli->args.operands[i], &text))
			continue;
		questions[n++] = (struct ww_question){
			.text = text,
			.as = ww_slice_cstr(as == NULL ? "" : as),
			.in = ww_slice_cstr(in == NULL ? "" : in),
			.lang = cli->lang,
			.redact = cli->args.values[OPTION_REDACT] != NULL,
		};
	}
	if (n == 0)
		return UNREADABLE;
	st = ww_explain(cli->c, questions, n, &report, &error);
	if (st != WW_OK) {
		cli_complain(cli,
			     as != NULL	  ? as
			     : in != NULL ? in
					  : "explain",
			     error.why);
		return st == WW_INVALID ? USAGE : FAILED;
	}
	status = cli_show(cli, report);
	ww_report_close(report);
	return status;
}

static int
run_search(struct cli *cli)
{
	struct ww_buf words = ww_buf_in(&cli->arena);
	struct ww_report *report;
	struct ww_error error;
	int status;

	for (size_t i = 0; i < cli->args.n_operands; i++) {
		ww_buf_add(&words, ww_slice_cstr(cli->args.operands[i]));
		ww_buf_char(&words, ' ');
	}
	if (ww_find_words(cli->c, ww_buf_slice(&words), cli->lang, RESULTS_MAX,
			  &report, &error) != WW_OK) {
		cli_complain(cli, "search", error.why);
		return FAILED;
	}
	status = cli_show(cli, report);
	ww_report_close(report);
	return status;
}

static int
run_list(struct cli *cli)
{
	struct ww_slice what = WW_LIT("");
	struct ww_report *report;
	struct ww_error error;
	enum ww_status st;
	int status;

	if (cli->args.n_operands > 1) {
		cli_complain(cli, cli->args.operands[1],
			     N_("one thing is listed at a time"));
		return USAGE;
	}
	if (cli->args.n_operands == 1)
		what = ww_slice_cstr(cli->args.operands[0]);
	st = ww_list(cli->c, what, cli->lang, &report, &error);
	if (st != WW_OK) {
		cli_complain(cli, cli->args.operands[0], error.why);
		return st == WW_NOT_FOUND ? UNKNOWN : FAILED;
	}
	status = cli_show(cli, report);
	ww_report_close(report);
	return status;
}

static int
run_completion(struct cli *cli)
{
	struct ww_buf out = ww_buf_in(&cli->arena);

	if (cli_completion(&out, cli->args.operands[0]))
		return cli_print(cli, ww_buf_slice(&out));
	cli_complain(cli, cli->args.operands[0],
		     N_("no completions for this shell"));
	return USAGE;
}

static int
run_help(struct cli *cli)
{
	struct ww_buf out = ww_buf_in(&cli->arena);

	cli_help(&out, cli->c, cli->lang);
	return cli_print(cli, ww_buf_slice(&out));
}

static int
run_version(struct cli *cli)
{
	struct ww_buf out = ww_buf_in(&cli->arena);

	ww_buf_printf(&out, "winwhy %s, %u names\n", WW_VERSION,
		      (unsigned)ww_catalogue_size(cli->c));
	return cli_print(cli, ww_buf_slice(&out));
}

static bool
needs_operand(enum command_id command)
{
	return command != COMMAND_HELP && command != COMMAND_ANNOTATE &&
	       command != COMMAND_LIST && command != COMMAND_SERVE &&
	       command != COMMAND_SITE;
}

static int
run(struct cli *cli)
{
	static int (*const commands[COMMANDS])(struct cli *) = {
		[COMMAND_EXPLAIN] = run_explain,
		[COMMAND_DIAGNOSE] = cli_diagnose,
		[COMMAND_CODES] = cli_diagnose,
		[COMMAND_TIMELINE] = cli_timeline,
		[COMMAND_EVENTS] = cli_events,
		[COMMAND_ANNOTATE] = cli_annotate,
		[COMMAND_SEARCH] = run_search,
		[COMMAND_LIST] = run_list,
		[COMMAND_SITE] = cli_site,
		[COMMAND_WSUS] = cli_wsus,
		[COMMAND_SERVE] = cli_serve,
		[COMMAND_COMPLETION] = run_completion,
		[COMMAND_HELP] = run_help,
	};
	int status = open_catalogue(cli);

	if (status != ANSWERED)
		return status;
	if (!read_language(cli) || !read_style(cli))
		return USAGE;
	if (cli->args.values[OPTION_HELP] != NULL)
		return run_help(cli);
	if (cli->args.values[OPTION_VERSION] != NULL)
		return run_version(cli);
	if (cli->args.n_operands == 0 && needs_operand(cli->args.command)) {
		cli_complain(cli, cli_commands[cli->args.command].name,
			     N_("nothing was asked; see winwhy --help"));
		return USAGE;
	}
	if (!choose_command(cli))
		return USAGE;
	return commands[cli->args.command](cli);
}

/* Better now than when all has been read. */
static bool
can_write(struct cli *cli)
{
	const char *path = cli->args.values[OPTION_OUTPUT], *why;

	if (path == NULL || ww_sys_answer_check(&cli->arena, path, &why))
		return true;
	cli_complain(cli, path, why);
	return false;
}

/* What was written gets its name, unless the answer broke off. */
static int
finish_output(struct cli *cli, int status)
{
	bool whole = status != USAGE && status != FAILED;
	const char *why;

	/* An answer may be empty. */
	if (whole && goes_to_file(cli) &&
	    cli_send(cli, WW_LIT("")) != WW_WRITTEN)
		return FAILED;
	if (ww_sys_answer_close(&cli->output, whole, &why))
		return status;
	cli_complain(cli, cli->args.values[OPTION_OUTPUT], why);
	return FAILED;
}

static int
start(struct cli *cli, int argc, char **argv)
{
	const char *bad = NULL, *why = NULL;

	cli->c = ww_catalogue_embedded();
	argv = ww_sys_arguments(&cli->arena, argc, argv);
	if (argv[0] == NULL)
		return USAGE;
	if (cli_parse(argv + 1, &cli->args, &bad, &why))
		return can_write(cli) ? finish_output(cli, run(cli)) : FAILED;
	cli_complain(cli, bad, why);
	return USAGE;
}

int
main(int argc, char **argv)
{
	struct cli cli = { 0 };
	jmp_buf oom;
	int status;

	if (setjmp(oom) != 0) {
		ww_sys_write(WW_STDERR, WW_LIT("winwhy: out of memory\n"));
		return FAILED;
	}
	ww_arena_init(&cli.arena, &oom);
	status = start(&cli, argc, argv);
	ww_catalogue_close(cli.opened);
	ww_arena_release(&cli.arena);
	return status;
}
