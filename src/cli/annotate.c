/*
 * winwhy annotate: files or standard input to standard output, with what the
 * codes in them mean.
 */
#include "base/buf.h"
#include "base/message.h"
#include "cli/cli.h"
#include "intake/gather.h"
#include "sys/file.h"
#include "sys/sys.h"

#include "base/banned.h"

/* A screen and what was scrolled away of it. */
#define AGAIN_LINES 100
#define AGAIN_MAX   UINT64_C(9999999999)

struct annotating {
	struct cli *cli;
	struct ww_annotator *annotator;
	enum ww_written written; /* the last write */
};

/* --again 0 is on each line, and `never` is once. */
static bool
read_again(struct cli *cli, uint64_t *ret)
{
	const char *value = cli->args.values[OPTION_AGAIN];

	*ret = AGAIN_LINES;
	if (value == NULL)
		return true;
	if (strcmp(value, "never") == 0) {
		*ret = UINT64_MAX;
		return true;
	}
	if (ww_slice_decimal(ww_slice_cstr(value), AGAIN_MAX, ret))
		return true;
	cli_complain(cli, value, N_("is no number of lines"));
	return false;
}

static bool
read_options(struct cli *cli, struct ww_annotate_options *ret)
{
	static const char *const formats[] = { "text", "ndjson", "mmexternal",
					       NULL };
	const char *field = cli->args.values[OPTION_FIELD];
	const char *in = cli->args.values[OPTION_IN];
	int format = cli_choice(cli, OPTION_FORMAT, formats);

	if (format < 0 || !read_again(cli, &ret->again))
		return false;
	if (cli->args.values[OPTION_FORMAT] != NULL)
		ret->format = (enum ww_annotate_format)(format + 1);
	ret->lang = cli->lang;
	ret->in = ww_slice_cstr(in == NULL ? "" : in);
	ret->field = ww_slice_cstr(field == NULL ? "" : field);
	ret->colour = cli->style.colour;
	ret->redact = cli->args.values[OPTION_REDACT] != NULL;
	return true;
}

static int
on_write(void *ctx, const void *bytes, size_t len)
{
	struct annotating *g = ctx;

	g->written = cli_send(g->cli, ww_slice_of(bytes, len));
	return g->written == WW_WRITTEN;
}

/* rsyslog reads both streams as one, and would take it for a reply. */
static bool
is_mmexternal(const struct cli *cli)
{
	const char *format = cli->args.values[OPTION_FORMAT];

	return format != NULL && strcmp(format, "mmexternal") == 0;
}

static void
say_count(struct annotating *g, const char *name, const char *what,
	  uint64_t count)
{
	struct ww_buf digits = ww_buf_in(&g->cli->arena);
	struct ww_buf text = ww_buf_in(&g->cli->arena);
	struct ww_fill fills[] = { { .name = "count" }, { 0 } };

	if (count == 0 || is_mmexternal(g->cli))
		return;
	ww_buf_decimal(&digits, (int64_t)count);
	fills[0].value = ww_buf_slice(&digits);
	ww_buf_template(&text, cli_tr(g->cli, what), fills);
	ww_buf_char(&text, '\0');
	cli_complain(g->cli, name, text.p);
}

static void
refuse(struct annotating *g, const char *name, const char *why)
{
	cli_complain(g->cli, name, why);
	g->cli->unreadable = true;
}

/* False when there is no use in going on. */
static bool
copy_file(struct annotating *g, struct ww_file *file, const char *name)
{
	const struct ww_input input = { .read = ww_sys_read, .ctx = file };
	const struct ww_output output = { .write = on_write, .ctx = g };
	struct ww_annotated done;
	enum ww_status st = ww_annotate(g->annotator, &input, &output, &done);

	if (st == WW_NOMEM)
		longjmp(*g->cli->arena.oom, 1);
	if (st != WW_OK)
		return false;
	say_count(g, name, N_("lines that are no JSON objects: {count}"),
		  done.invalid);
	say_count(g, name,
		  N_("lines longer than 1 MiB, left as they are: {count}"),
		  done.too_long);
	if (done.why != NULL)
		refuse(g, name, done.why);
	return true;
}

static bool
copy_path(struct annotating *g, const char *path)
{
	const char *why = NULL;
	struct ww_file file = { 0 };
	bool standard = strcmp(path, "-") == 0, more;
	const char *name = gather_name(&g->cli->arena, path).p;

	if (!(standard ? ww_sys_open_stdin(&file, &why)
		       : ww_sys_open(path, WW_OPEN_NAMED, &file, &why))) {
		refuse(g, name, why);
		return true;
	}
	more = copy_file(g, &file, name);
	ww_sys_close(&file);
	return more;
}

static void
copy_all(struct annotating *g)
{
	const struct arguments *args = &g->cli->args;
	bool more = true;

	if (args->n_operands == 0)
		copy_path(g, "-");
	for (size_t i = 0; more && i < args->n_operands; i++)
		more = copy_path(g, args->operands[i]);
}

int
cli_annotate(struct cli *cli)
{
	struct ww_annotate_options options = { 0 };
	struct annotating g = { .cli = cli };
	struct ww_error error;

	if (!read_options(cli, &options))
		return USAGE;
	if (ww_annotator_open(cli->c, &options, &g.annotator, &error) !=
	    WW_OK) {
		cli_complain(cli, options.in.p, error.why);
		return error.status == WW_INVALID ? USAGE : FAILED;
	}
	copy_all(&g);
	ww_annotator_close(g.annotator);
	if (g.written == WW_WRITE_FAILED) {
		cli_unwritten(cli);
		return FAILED;
	}
	return cli->unreadable ? UNREADABLE : ANSWERED;
}
