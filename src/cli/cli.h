/*
 * What the commands share: the arguments as read, and how the program
 * speaks.  Used by main.c and by the files of the commands.
 */
#ifndef WW_CLI_CLI_H
#define WW_CLI_CLI_H

#include <winwhy/winwhy.h>

#include "base/arena.h"
#include "catalogue/catalogue.h"
#include "cli/options.h"
#include "evidence/time.h"
#include "sys/answer.h"
#include "sys/sys.h"

/* Exit statuses, as winwhy(1) documents them. */
enum {
	ANSWERED = 0,
	UNKNOWN = 1,
	USAGE = 2,
	UNREADABLE = 3,
	FAILED = 4,
	VERDICT_FAULT = 10, /* with --exit-verdict */
	VERDICT_UNKNOWN = 11,
	CLOSED = -1, /* whoever read the answer has gone; none of main() */
};

struct cli {
	struct ww_arena arena;
	const struct ww_catalogue *c;
	struct ww_catalogue *opened; /* owned, or NULL: the embedded one */
	unsigned lang;
	struct arguments args;
	enum ww_format format;
	struct ww_style style;
	struct ww_answer_file
	    output;	 /* with --output, once something is written */
	bool unreadable; /* an input could not be read */
};

/* A text of the interface in the language asked for. */
struct ww_slice cli_tr(const struct cli *cli, const char *english);

/* winwhy: what: why, on standard error */
void cli_complain(struct cli *cli, const char *what, const char *why);

/* Write to standard output, or to what --output names. */
enum ww_written cli_send(struct cli *cli, struct ww_slice bytes);

/* Say that this has failed. */
void cli_unwritten(struct cli *cli);

/* Send, and say it where that fails; an exit status. */
int cli_print(struct cli *cli, struct ww_slice text);

/* Render a report and write it; an exit status. */
int cli_show(struct cli *cli, struct ww_report *report);

/* The value of an option; empty where it is not given. */
struct ww_slice cli_value(const struct cli *cli, enum option_id id);

/* A value out of a closed list, as its place in the list; -1: it is in none. */
int cli_choice(struct cli *cli, enum option_id id, const char *const *words);

/*
 * A span of time out of an option, in microseconds: 30s, 5m, 1h; minutes where
 * no letter says.  False: it is none.
 */
bool cli_read_span(struct cli *cli, enum option_id id, int64_t otherwise,
		   int64_t *ret);

/* The commands diagnose and codes. */
int cli_diagnose(struct cli *cli);

int cli_annotate(struct cli *cli);
int cli_timeline(struct cli *cli);
int cli_events(struct cli *cli);
int cli_site(struct cli *cli);
int cli_wsus(struct cli *cli);

/* Becomes the program that serves; an exit status where it could not. */
int cli_serve(struct cli *cli);

/* The status of a verdict, where --exit-verdict asks for it; else as it is. */
int cli_verdict_status(const struct cli *cli, const struct ww_diagnosis *d,
		       int status);

/*
 * A time out of an option, as logs write it; a day alone is its start, or its
 * end for --until.  0 where the option is not given.  False: it is no time.
 */
bool cli_read_time(struct cli *cli, enum option_id id, ww_time *ret);

/*
 * Read all that the operands name into a diagnosis, with as many threads;
 * Ctrl-C ends that.
 */
void cli_read_inputs(struct cli *cli, struct ww_diagnosis *d, unsigned workers);

#endif
