#include "cli/options.h"

#include <string.h>

#include "base/message.h"

#include "base/banned.h"

const struct option cli_options[OPTIONS] = {
	[OPTION_AS] = { "as", "SPACE",
			"hresult ntstatus win32 bugcheck jet "
			"api event msi http",
			N_("read the number in this space or family only") },
	[OPTION_IN] = { "in", "CONTEXT",
			"wu cbs setup msi dotnet wmi "
			"configmgr intune crash",
			N_("prefer what this part of Windows raises") },
	[OPTION_FORMAT] = { "format", "FORMAT",
			    "text json jsonl md html ndjson mmexternal "
			    "xml",
			    N_("how the answer is written") },
	[OPTION_OUTPUT] = { "output", "FILE", NULL,
			    N_("write the answer into this file; -o is "
			       "short for it") },
	[OPTION_BRIEF] = { "brief", NULL, NULL,
			   N_("one line for each code, or for the verdict") },
	[OPTION_FULL] = { "full", NULL, NULL,
			  N_("also details, answers and sources") },
	[OPTION_SINCE] = { "since", "TIME", NULL,
			   N_("pass over records before this time") },
	[OPTION_UNTIL] = { "until", "TIME", NULL,
			   N_("pass over records after this time") },
	[OPTION_ONLY] = { "only", "LOGS",
			  "wu wu-classic wu-undecoded cbs checksur dism "
			  "dism-console sfc-console msi reporting wsus "
			  "wsus-change iis httperr setup registry setupdiag "
			  "compat status cmtrace intune ccm-server setupapi "
			  "netsetup pfro mrt firewall events rsop mplog dolog "
			  "dump wer uso waasmedic trace probe text",
			  N_("read only these kinds of logs, as in wu,cbs") },
	[OPTION_SOURCE] = { "source", "WORD", NULL,
			    N_("timeline: of this log, component or file") },
	[OPTION_LEVEL] = { "level", "LEVEL", "error warning",
			   N_("timeline, events: errors, or also warnings") },
	[OPTION_TEXT] = { "text", "WORDS", NULL,
			  N_("timeline, events: with all of these words") },
	[OPTION_PROVIDER] = { "provider", "WORD", NULL,
			      N_("events: of providers with this word") },
	[OPTION_ID] = { "id", "NUMBERS", NULL,
			N_("events: with one of these ids, as in 19,20") },
	[OPTION_CARVE] = { "carve", NULL, NULL,
			   N_("events: also older ones from unused space") },
	[OPTION_AROUND] = { "around", "TIME|CODE", NULL,
			    N_("timeline: what is near a time or a code") },
	[OPTION_WITHIN] = { "within", "SPAN", "30s 5m 1h",
			    N_("timeline: how near, as in 30s, 5m, 1h") },
	[OPTION_FIELD] = { "field", "NAME", NULL,
			   N_("annotate: look at this member of JSON only") },
	[OPTION_AGAIN] = { "again", "LINES", "0 100 never",
			   N_("annotate: explain again after so many lines") },
	[OPTION_PROXY] = { "proxy", "URL", NULL,
			   N_("wsus: ask through this proxy") },
	[OPTION_NO_PROXY] = { "no-proxy", NULL, NULL,
			      N_("wsus: ask straight, whatever http_proxy "
				 "says") },
	[OPTION_CA] = { "ca", "FILE", NULL,
			N_("wsus: trust these certificates (PEM), no others") },
	[OPTION_TIMEOUT] = { "timeout", "SPAN", NULL,
			     N_("wsus: for each step, as in 10s; for all, "
				"three times") },
	[OPTION_EVERY] = { "every", "SPAN", NULL,
			   N_("wsus: ask again and again, as in 60s, 5m") },
	[OPTION_COUNT] = { "count", "NUMBER", NULL,
			   N_("wsus: how often, with --every") },
	[OPTION_CAPTURE] = { "capture", "FILE", NULL,
			     N_("wsus: write down the exchange, without "
				"cookies") },
	[OPTION_REGISTER] = { "register", NULL, NULL,
			      N_("wsus: register the prober as a computer") },
	[OPTION_FOLLOW] = { "follow", NULL, NULL,
			    N_("wsus: also ask another host that the server "
			       "names") },
	[OPTION_PORT] = { "port", "NUMBER", NULL,
			  N_("serve: at this port; 8650 unless given, 0 a free "
			     "one") },
	[OPTION_LISTEN] = { "listen", "ADDRESS", NULL,
			    N_("serve: at this address, not only for this "
			       "computer") },
	[OPTION_HOST] = { "host", "NAMES", NULL,
			  N_("serve: also by these names, as in "
			     "pc.example,winwhy") },
	[OPTION_UPLOAD_MAX] = { "upload-max", "MEGABYTES", NULL,
				N_("serve: how much a visit may send, 512 "
				   "unless given") },
	[OPTION_BASE] = { "base", "URL", NULL,
			  N_("site: where it is published, for search "
			     "engines") },
	[OPTION_ALL] = { "all", NULL, NULL,
			 N_("site: a page for every code that has a name") },
	[OPTION_TAR] = { "tar", NULL, NULL,
			 N_("site: as an archive, to standard output") },
	[OPTION_EXIT_VERDICT] = { "exit-verdict", NULL, NULL,
				  N_("exit with 10 for a fault, 11 for "
				     "unknown") },
	[OPTION_REDACT] = { "redact", NULL, NULL,
			    N_("names of people, computers and networks as "
			       "user-1, host-1") },
	[OPTION_LANG] = { "lang", "LANG", "en fr",
			  N_("the language of the answer") },
	[OPTION_CATALOGUE] = { "catalogue", "FILE", NULL,
			       N_("use this catalogue, not the built-in one") },
	[OPTION_COLOUR] = { "colour", "WHEN", "auto always never",
			    N_("colour: auto, always or never") },
	[OPTION_WIDTH] = { "width", "COLUMNS", NULL, N_("the width of text") },
	[OPTION_HELP] = { "help", NULL, NULL, N_("say how winwhy is used") },
	[OPTION_VERSION] = { "version", NULL, NULL,
			     N_("print version and size of the catalogue") },
};

const struct command cli_commands[COMMANDS] = {
	[COMMAND_EXPLAIN] = { "explain", "CODE|NAME|TEXT|-...",
			      N_("say what an error code means") },
	[COMMAND_DIAGNOSE] = { "diagnose", "FILE|FOLDER|ARCHIVE|-...",
			       N_("find the cause in logs") },
	[COMMAND_CODES] = { "codes", "FILE|FOLDER|ARCHIVE|-...",
			    N_("list the codes in logs") },
	[COMMAND_TIMELINE] = { "timeline", "FILE|FOLDER|ARCHIVE|-...",
			       N_("show all records in order of time") },
	[COMMAND_EVENTS] = { "events", "FILE|FOLDER|ARCHIVE|-...",
			     N_("print the events of event logs and traces") },
	[COMMAND_ANNOTATE] = { "annotate", "[FILE|-]...",
			       N_("copy a stream, explain the codes in it") },
	[COMMAND_SEARCH] = { "search", "WORDS...",
			     N_("find codes and topics by words") },
	[COMMAND_LIST] = { "list", "[KIND/NAME]",
			   N_("show what there is to browse") },
	[COMMAND_SITE] = { "site", "DIR", N_("write all pages as a site") },
	[COMMAND_WSUS] = { "wsus", "URL",
			   N_("ask an update server what its clients ask") },
	[COMMAND_SERVE] = { "serve", "",
			    N_("show pages and diagnose files in a browser") },
	[COMMAND_COMPLETION] = { "completion", "bash|zsh|fish|powershell",
				 N_("print completions for a shell") },
	[COMMAND_HELP] = { "help", "", N_("say how winwhy is used") },
};

/* Options that are asked for often enough. */
static const struct {
	char letter;
	enum option_id id;
} letters[] = {
	{ 'o', OPTION_OUTPUT },
};

/* The option of a letter, or OPTIONS; *retvalue is what stands behind it. */
static enum option_id
find_letter(const char *argument, const char **retvalue)
{
	*retvalue = argument[2] == '\0' ? NULL : argument + 2;
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		if (letters[i].letter == argument[1])
			return letters[i].id;
	return OPTIONS;
}

/* The option an argument names, or OPTIONS; *retvalue is behind its '='. */
static enum option_id
find_option(const char *argument, const char **retvalue)
{
	const char *name = argument + 2;
	const char *equals = strchr(name, '=');
	size_t len = equals == NULL ? strlen(name) : (size_t)(equals - name);
	unsigned i = 0;

	*retvalue = equals == NULL ? NULL : equals + 1;
	while (i < OPTIONS && (strlen(cli_options[i].name) != len ||
			       strncmp(cli_options[i].name, name, len) != 0))
		i++;
	return (enum option_id)i;
}

/* Read one option; returns how many arguments it took, 0 when it is wrong. */
static size_t
take_option(char **argv, struct arguments *ret, const char **retwhy)
{
	const char *value;
	enum option_id id = argv[0][1] == '-' ? find_option(argv[0], &value)
					      : find_letter(argv[0], &value);

	if (id == OPTIONS) {
		*retwhy = N_("no such option");
		return 0;
	}
	if (cli_options[id].value == NULL) {
		ret->values[id] = "";
		*retwhy = N_("takes no value");
		return value == NULL;
	}
	if (value != NULL) {
		ret->values[id] = value;
		return 1;
	}
	ret->values[id] = argv[1];
	*retwhy = N_("needs a value");
	return argv[1] == NULL ? 0 : 2;
}

/* -2145107961 is a code, and - is standard input. */
static bool
is_option(const char *argument)
{
	return argument[0] == '-' &&
	       (argument[1] == '-' ||
		(argument[1] >= 'a' && argument[1] <= 'z'));
}

static void
find_command(struct arguments *args)
{
	for (unsigned i = 0; i < COMMANDS && args->n_operands > 0; i++) {
		if (strcmp(args->operands[0], cli_commands[i].name) != 0)
			continue;
		args->command = (enum command_id)i;
		args->command_given = true;
		args->operands++;
		args->n_operands--;
		return;
	}
}

bool
cli_parse(char **argv, struct arguments *ret, const char **retbad,
	  const char **retwhy)
{
	bool only_operands = false;
	size_t n = 0;

	*ret = (struct arguments){ .operands = argv };
	for (char **at = argv; *at != NULL;) {
		size_t taken = 1;

		if (!only_operands && strcmp(*at, "--") == 0) {
			only_operands = true;
		} else if (!only_operands && is_option(*at)) {
			taken = take_option(at, ret, retwhy);
		} else {
			ret->operands[n++] = *at;
		}
		*retbad = *at;
		if (taken == 0)
			return false;
		at += taken;
	}
	ret->operands[n] = NULL;
	ret->n_operands = n;
	find_command(ret);
	return true;
}
