#include "cli/help.h"

#include "base/compiler.h"
#include "base/message.h"
#include "base/utf8.h"
#include "cli/options.h"

#include "base/banned.h"

/* Where the help of an option starts. */
#define HELP_COLUMN 24

/* No line of words is longer. */
#define LINE_END 79

struct helper {
	struct ww_buf *out;
	const struct ww_catalogue *c;
	unsigned lang;
};

static void
add(struct ww_buf *out, const char *s)
{
	ww_buf_add(out, ww_slice_cstr(s));
}

static void
add_message(const struct helper *h, const char *english)
{
	ww_buf_add(h->out, ww_message(h->c, h->lang, english));
}

/* The words of a value, below its row. */
static void
add_values(const struct helper *h, const char *words)
{
	struct ww_buf *out = h->out;
	size_t column = 0; /* no line is begun */

	while (*words != '\0') {
		size_t n = strcspn(words, " ");

		if (column == 0 || column + 1 + n > LINE_END) {
			add(out, column == 0 ? "" : "\n");
			ww_buf_fill(out, ' ', HELP_COLUMN);
			column = HELP_COLUMN;
		} else {
			add(out, " ");
			column++;
		}
		ww_buf_add(out, ww_slice_of(words, n));
		column += n;
		words += n + strspn(words + n, " ");
	}
	add(out, "\n");
}

static void
add_row(const struct helper *h, const char *left, const char *value,
	const char *help)
{
	struct ww_buf *out = h->out;
	size_t start = out->len, width;

	add(out, "  ");
	add(out, left);
	if (value != NULL && value[0] != '\0') {
		add(out, " ");
		add(out, value);
	}
	width = out->len - start;
	if (width + 2 > HELP_COLUMN) {
		add(out, "\n");
		width = 0;
	}
	ww_buf_fill(out, ' ', HELP_COLUMN - width);
	add_message(h, help);
	add(out, "\n");
}

void
cli_help(struct ww_buf *out, const struct ww_catalogue *c, unsigned lang)
{
	const struct helper h = { out, c, lang };

	add_message(&h,
		    N_("usage: winwhy [OPTION]... CODE|NAME|TEXT|PATH|-..."));
	add(out, "\n       winwhy search ");
	add_message(&h, N_("WORDS..."));
	add(out, "\n\n");
	add_message(&h,
		    N_("Says why Windows failed: finds the cause in logs and "
		       "shows its lines, or\n"
		       "explains a code; with what is ruled out, and the safe "
		       "steps."));
	add(out, "\n\n");
	for (size_t i = 0; i < COMMANDS; i++)
		add_row(&h, cli_commands[i].name, cli_commands[i].args,
			cli_commands[i].help);
	add(out, "\n");
	for (size_t i = 0; i < OPTIONS; i++) {
		char name[32] = "--";

		memcpy(name + 2, cli_options[i].name,
		       strlen(cli_options[i].name) + 1);
		add_row(&h, name, cli_options[i].value, cli_options[i].help);
		if (i == OPTION_ONLY || i == OPTION_FORMAT)
			add_values(&h, cli_options[i].words);
	}
	add(out, "\n");
	add_message(&h, N_("Exit status: 0 answered, 1 nothing known, 2 usage, "
			   "3 could not be read, 4 our failure."));
	add(out, "\n");
}

/* Every command and option, parted by spaces. */
static void
add_words(struct ww_buf *out)
{
	for (size_t i = 0; i < COMMANDS; i++) {
		add(out, cli_commands[i].name);
		add(out, " ");
	}
	for (size_t i = 0; i < OPTIONS; i++) {
		add(out, "--");
		add(out, cli_options[i].name);
		add(out, i + 1 < OPTIONS ? " " : "");
	}
}

static void
bash(struct ww_buf *out)
{
	add(out, "_winwhy() {\n"
		 "\tlocal cur=${COMP_WORDS[COMP_CWORD]}\n"
		 "\tcase ${COMP_WORDS[COMP_CWORD-1]} in\n");
	for (size_t i = 0; i < OPTIONS; i++) {
		if (cli_options[i].words == NULL)
			continue;
		ww_buf_printf(out,
			      "\t--%s) COMPREPLY=($(compgen -W '%s' -- "
			      "\"$cur\")); return;;\n",
			      cli_options[i].name, cli_options[i].words);
	}
	add(out, "\tesac\n\tCOMPREPLY=($(compgen -f -W '");
	add_words(out);
	add(out, "' -- \"$cur\"))\n}\ncomplete -F _winwhy winwhy\n");
}

static void
zsh(struct ww_buf *out)
{
	add(out, "#compdef winwhy\n_arguments -s \\\n");
	for (size_t i = 0; i < OPTIONS; i++) {
		const struct option *o = &cli_options[i];

		ww_buf_printf(out, "\t'--%s[%s]", o->name, o->help);
		if (o->value != NULL)
			ww_buf_printf(out, ":%s:(%s)", o->value,
				      o->words == NULL ? "" : o->words);
		add(out, "' \\\n");
	}
	add(out, "\t'1:code or command:(");
	for (size_t i = 0; i < COMMANDS; i++)
		ww_buf_printf(out, "%s%s", i == 0 ? "" : " ",
			      cli_commands[i].name);
	add(out, ")' '*:file:_files'\n");
}

static void
fish(struct ww_buf *out)
{
	for (size_t i = 0; i < COMMANDS; i++)
		ww_buf_printf(out,
			      "complete -c winwhy -n __fish_use_subcommand "
			      "-a %s -d '%s'\n",
			      cli_commands[i].name, cli_commands[i].help);
	for (size_t i = 0; i < OPTIONS; i++) {
		const struct option *o = &cli_options[i];

		ww_buf_printf(out, "complete -c winwhy -l %s -d '%s'", o->name,
			      o->help);
		if (o->value != NULL)
			ww_buf_printf(out, " -x -a '%s'",
				      o->words == NULL ? "" : o->words);
		add(out, "\n");
	}
}

static void
powershell(struct ww_buf *out)
{
	add(out, "Register-ArgumentCompleter -Native -CommandName winwhy "
		 "-ScriptBlock {\n"
		 "\tparam($wordToComplete, $commandAst, $cursorPosition)\n\t'");
	add_words(out);
	add(out, "'.Split(' ') |\n"
		 "\t\tWhere-Object { $_ -like \"$wordToComplete*\" } |\n"
		 "\t\tForEach-Object {\n"
		 "\t\t\t[System.Management.Automation.CompletionResult]"
		 "::new($_)\n\t\t}\n}\n");
}

bool
cli_completion(struct ww_buf *out, const char *shell)
{
	static const struct {
		const char *name;
		void (*write)(struct ww_buf *);
	} shells[] = {
		{ "bash", bash },
		{ "zsh", zsh },
		{ "fish", fish },
		{ "powershell", powershell },
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(shells); i++) {
		if (strcmp(shells[i].name, shell) != 0)
			continue;
		shells[i].write(out);
		return true;
	}
	return false;
}
