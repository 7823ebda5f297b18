/*
 * The command line as tables: commands and options.  Parsing, --help, the
 * completions and the manual read the same rows.
 */
#ifndef WW_CLI_OPTIONS_H
#define WW_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum option_id {
	OPTION_AS,
	OPTION_IN,
	OPTION_FORMAT,
	OPTION_OUTPUT,
	OPTION_BRIEF,
	OPTION_FULL,
	OPTION_SINCE,
	OPTION_UNTIL,
	OPTION_ONLY,
	OPTION_SOURCE,
	OPTION_LEVEL,
	OPTION_TEXT,
	OPTION_PROVIDER,
	OPTION_ID,
	OPTION_CARVE,
	OPTION_AROUND,
	OPTION_WITHIN,
	OPTION_FIELD,
	OPTION_AGAIN,
	OPTION_PROXY,
	OPTION_NO_PROXY,
	OPTION_CA,
	OPTION_TIMEOUT,
	OPTION_EVERY,
	OPTION_COUNT,
	OPTION_CAPTURE,
	OPTION_REGISTER,
	OPTION_FOLLOW,
	OPTION_PORT,
	OPTION_LISTEN,
	OPTION_HOST,
	OPTION_UPLOAD_MAX,
	OPTION_BASE,
	OPTION_ALL,
	OPTION_TAR,
	OPTION_EXIT_VERDICT,
	OPTION_REDACT,
	OPTION_LANG,
	OPTION_CATALOGUE,
	OPTION_COLOUR,
	OPTION_WIDTH,
	OPTION_HELP,
	OPTION_VERSION,
	OPTIONS
};

struct option {
	const char *name;  /* without the dashes */
	const char *value; /* what the help calls it, or NULL: takes none */
	const char *words; /* the values it takes, by spaces, or NULL */
	const char *help;  /* English message */
};

enum command_id {
	COMMAND_EXPLAIN,
	COMMAND_DIAGNOSE,
	COMMAND_CODES,
	COMMAND_TIMELINE,
	COMMAND_EVENTS,
	COMMAND_ANNOTATE,
	COMMAND_SEARCH,
	COMMAND_LIST,
	COMMAND_SITE,
	COMMAND_WSUS,
	COMMAND_SERVE,
	COMMAND_COMPLETION,
	COMMAND_HELP,
	COMMANDS
};

struct command {
	const char *name;
	const char *args;
	const char *help; /* English message */
};

extern const struct option cli_options[OPTIONS];
extern const struct command cli_commands[COMMANDS];

struct arguments {
	enum command_id command;
	bool command_given;	     /* by its name; otherwise the default */
	const char *values[OPTIONS]; /* NULL: not given; "" when it has none */
	char **operands;	     /* ended by NULL */
	size_t n_operands;
};

/*
 * Sort the arguments; argv is reordered in place.  False when one is wrong:
 * *retbad is it, *retwhy an English message.
 */
bool cli_parse(char **argv, struct arguments *ret, const char **retbad,
	       const char **retwhy);

#endif
