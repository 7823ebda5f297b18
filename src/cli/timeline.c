/*
 * winwhy timeline: the records of all files as one line, written as they are
 * merged.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/message.h"
#include "cli/cli.h"
#include "sys/store.h"
#include "sys/sys.h"

#include "base/banned.h"

/* Records written at once, and all that one JSON object or page holds. */
#define BATCH	   ((size_t)1000)
#define OBJECT_MAX ((size_t)10000)

/* Kept in memory before a file is needed. */
#define MEMORY_MAX     ((size_t)32 * 1024 * 1024)

#define WITHIN_DEFAULT (5 * WW_MINUTE)

/* What is kept until all is read: memory first, then a file. */
struct keeping {
	char *memory; /* owned */
	struct ww_store store;
	const char *why; /* the file could not be had */
};

/* How much of it lies in memory. */
static size_t
in_memory(uint64_t at, size_t len)
{
	if (at >= MEMORY_MAX)
		return 0;
	return len < MEMORY_MAX - at ? len : (size_t)(MEMORY_MAX - at);
}

static int
on_write(void *ctx, uint64_t at, const void *bytes, size_t len)
{
	struct keeping *k = ctx;
	size_t n = in_memory(at, len);

	if (n > 0)
		memcpy(k->memory + at, bytes, n);
	if (n == len)
		return 1;
	if (!k->store.open && !ww_sys_store_open(&k->store, &k->why))
		return 0;
	return ww_sys_store_write(&k->store, at + n - MEMORY_MAX,
				  ww_slice_of((const char *)bytes + n,
					      len - n));
}

static int
on_read(void *ctx, uint64_t at, void *buf, size_t len)
{
	struct keeping *k = ctx;
	size_t n = in_memory(at, len);

	if (n > 0)
		memcpy(buf, k->memory + at, n);
	return n == len || ww_sys_store_read(&k->store, at + n - MEMORY_MAX,
					     (char *)buf + n, len - n);
}

/* Options */

static bool
read_code(struct cli *cli, struct ww_slice text, uint32_t *ret)
{
	struct ww_range names;
	struct ww_number number;
	struct ww_entry entry;

	if (ww_code_parse(text, &number, 1) > 0) {
		*ret = number.value;
		return true;
	}
	names = ww_catalogue_name(cli->c, text, 1);
	if (names.count == 0 ||
	    ww_catalogue_entry(cli->c, ww_catalogue_named(cli->c, names.first),
			       0, &entry) != WW_OK)
		return false;
	*ret = entry.value;
	return true;
}

static bool
read_around(struct cli *cli, struct ww_timeline_options *ret)
{
	const char *value = cli->args.values[OPTION_AROUND];

	if (!cli_read_span(cli, OPTION_WITHIN, WITHIN_DEFAULT, &ret->within))
		return false;
	if (value == NULL)
		return true;
	ret->has_code = read_code(cli, ww_slice_cstr(value), &ret->code);
	if (ret->has_code)
		return true;
	ret->has_around = 1;
	return cli_read_time(cli, OPTION_AROUND, &ret->around);
}

static bool
read_filter(struct cli *cli, struct ww_timeline_options *ret)
{
	static const char *const levels[] = { "error", "warning", NULL };
	int level = cli_choice(cli, OPTION_LEVEL, levels);

	if (level < 0 || !read_around(cli, ret))
		return false;
	if (cli->args.values[OPTION_LEVEL] != NULL)
		ret->level = 2 - level;
	ret->source = cli_value(cli, OPTION_SOURCE);
	ret->text = cli_value(cli, OPTION_TEXT);
	if (cli->format != WW_FORMAT_MARKDOWN)
		return true;
	cli_complain(cli, cli->args.values[OPTION_FORMAT],
		     N_("is none of the words this option takes"));
	return false;
}

/* The answer */

/* What was read stands in it, too. */
static bool
is_one_object(const struct cli *cli)
{
	return cli->format == WW_FORMAT_JSON || cli->format == WW_FORMAT_HTML;
}

/* In text nothing else would say what is not in the line. */
static void
say_unread(struct cli *cli, struct ww_report *report)
{
	const struct ww_node *file = ww_node_child(
	    ww_node_find(ww_report_root(report), WW_NODE_COVERAGE));

	for (; file != NULL; file = ww_node_next(file)) {
		struct ww_slice state =
		    ww_node_text(ww_node_find(file, WW_NODE_STATE));
		struct ww_slice name =
		    ww_node_text(ww_node_find(file, WW_NODE_FILE));
		struct ww_slice why =
		    ww_node_text(ww_node_find(file, WW_NODE_BECAUSE));

		if (ww_slice_eq(state, WW_LIT("unreadable")))
			cli_complain(
			    cli, ww_arena_copy(&cli->arena, name.p, name.len),
			    ww_arena_copy(&cli->arena, why.p, why.len));
	}
}

static int
show(struct cli *cli, struct ww_report *report)
{
	struct ww_slice text;

	if (ww_render(report, cli->format, &cli->style, &text) != WW_OK)
		return FAILED;
	if (text.len == 0)
		return ANSWERED;
	switch (cli_send(cli, text)) {
	case WW_WRITTEN:
		return ANSWERED;
	case WW_WRITE_CLOSED:
		return CLOSED;
	default:
		cli_unwritten(cli);
		return FAILED;
	}
}

/* Whether any file was read; the first report says so. */
static bool
was_read(struct ww_report *report)
{
	const struct ww_node *file = ww_node_child(
	    ww_node_find(ww_report_root(report), WW_NODE_COVERAGE));

	for (; file != NULL; file = ww_node_next(file)) {
		struct ww_slice state =
		    ww_node_text(ww_node_find(file, WW_NODE_STATE));

		if (ww_slice_eq(state, WW_LIT("read")) ||
		    ww_slice_eq(state, WW_LIT("partly")))
			return true;
	}
	return false;
}

/* The first records, with what is said of all; an exit status. */
static int
show_first(struct cli *cli, struct ww_report *report)
{
	int status = show(cli, report);

	if (!is_one_object(cli))
		say_unread(cli, report);
	if (status == ANSWERED && !was_read(report))
		return UNREADABLE;
	if (status == ANSWERED && !ww_report_known(report))
		return UNKNOWN;
	return status;
}

static int
show_all(struct cli *cli, struct ww_diagnosis *d, const struct keeping *k)
{
	bool one = is_one_object(cli);
	size_t max = one ? OBJECT_MAX : BATCH;
	int status = ANSWERED;
	bool first = true;

	while (status == ANSWERED && (first || !one) && !ww_sys_interrupted()) {
		struct ww_report *report;
		struct ww_error error;
		enum ww_status st =
		    ww_diagnosis_timeline(d, max, &report, &error);

		if (st == WW_NOT_FOUND)
			break;
		if (st != WW_OK) {
			cli_complain(cli, "timeline",
				     k->why != NULL ? k->why : error.why);
			return FAILED;
		}
		status = first ? show_first(cli, report) : show(cli, report);
		first = false;
		ww_report_close(report);
	}
	return status == CLOSED ? ANSWERED : status;
}

static int
read_and_show(struct cli *cli, const struct ww_diagnose_options *options,
	      const struct keeping *k)
{
	struct ww_diagnosis *d;
	struct ww_error error;
	int status;

	if (ww_diagnosis_open(cli->c, options, &d, &error) != WW_OK) {
		cli_complain(cli,
			     options->only.len > 0 ? options->only.p
						   : "timeline",
			     error.why);
		return error.status == WW_INVALID ? USAGE : FAILED;
	}
	/* The storage is written in order: one file after the other. */
	cli_read_inputs(cli, d, 1);
	status = show_all(cli, d, k);
	ww_diagnosis_close(d);
	return status;
}

int
cli_timeline(struct cli *cli)
{
	struct keeping keeping = { 0 };
	struct ww_timeline_options filter = {
		.storage = { .write = on_write,
			     .read = on_read,
			     .ctx = &keeping },
	};
	struct ww_diagnose_options options = {
		.lang = cli->lang,
		.only = cli_value(cli, OPTION_ONLY),
		.redact = cli->args.values[OPTION_REDACT] != NULL,
		.timeline = &filter,
	};
	int status;

	if (!cli_read_time(cli, OPTION_SINCE, &options.since) ||
	    !cli_read_time(cli, OPTION_UNTIL, &options.until) ||
	    !read_filter(cli, &filter))
		return USAGE;
	/* Into a pipe or a file, a line is whole; it may be searched. */
	if (cli->style.width == 0)
		cli->style.full = 1;
	keeping.memory = ww_arena_alloc(&cli->arena, MEMORY_MAX);
	status = read_and_show(cli, &options, &keeping);
	ww_sys_store_close(&keeping.store);
	return status;
}
