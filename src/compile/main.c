/*
 * winwhy-compile: knowledge/ and its translations into one catalogue file.
 * Runs at build time; the file it writes is winwhy-catalogue(5).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <winwhy/catalogue.h>

#include "compile/check.h"
#include "compile/depends.h"
#include "compile/files.h"
#include "compile/link.h"
#include "compile/load.h"
#include "compile/template.h"

#include "base/banned.h"

struct arguments {
	const char *knowledge;
	const char *output;
	const char *index;    /* NULL: none is wanted */
	const char *template; /* likewise */
	const char *depends;  /* likewise */
	struct translation langs[WW_LANGS_MAX];
	unsigned n_langs;
};

static int
usage(void)
{
	fputs("usage: winwhy-compile [-i INDEX.h] [-t TEXTS.pot] [-d RULE.d] "
	      "[-l LANG FILE.mo]... -o CATALOGUE KNOWLEDGE\n",
	      stderr);
	return 2;
}

/* One more .mo file of a language, which may be new. */
static bool
add_language(struct arguments *args, const char *id, const char *path,
	     struct ww_arena *arena, struct problems *problems)
{
	unsigned i = 0;

	while (i < args->n_langs && strcmp(args->langs[i].id, id) != 0)
		i++;
	if (i == WW_LANGS_MAX)
		return false;
	if (i == args->n_langs)
		args->langs[args->n_langs++].id = id;
	translation_load(&args->langs[i], arena, path, problems);
	return true;
}

static bool
read_arguments(struct arguments *args, char **argv, struct ww_arena *arena,
	       struct problems *problems)
{
	args->langs[args->n_langs++].id = "en";
	for (; *argv != NULL; argv++) {
		bool pair = argv[0][0] == '-' && argv[1] != NULL;

		if (pair && strcmp(argv[0], "-o") == 0)
			args->output = *++argv;
		else if (pair && strcmp(argv[0], "-i") == 0)
			args->index = *++argv;
		else if (pair && strcmp(argv[0], "-t") == 0)
			args->template = *++argv;
		else if (pair && strcmp(argv[0], "-d") == 0)
			args->depends = *++argv;
		else if (pair && strcmp(argv[0], "-l") == 0) {
			if (argv[2] == NULL ||
			    !add_language(args, argv[1], argv[2], arena,
					  problems))
				return false;
			argv += 2;
		} else if (argv[0][0] != '-' && args->knowledge == NULL)
			args->knowledge = *argv;
		else
			return false;
	}
	return args->knowledge != NULL && args->output != NULL;
}

/* In the order of what refers to what. */
static void
load_all(struct compiler *c)
{
	load_yaml(c, file_path(c->arena, c->dir, "sources.yaml"), WW_S_SOURCE);
	load_yaml_dir(c, "families", WW_S_FAMILY);
	load_facilities(c);
	load_yaml(c, file_path(c->arena, c->dir, "contexts.yaml"),
		  WW_S_CONTEXT);
	load_codes(c);
	load_yaml_dir(c, "steps", WW_S_STEP);
	load_yaml_dir(c, "topics", WW_S_TOPIC);
	load_yaml(c, file_path(c->arena, c->dir, "symptoms.yaml"),
		  WW_S_SYMPTOM);
	load_yaml_dir(c, "stops", WW_S_STOP);
	load_yaml_dir(c, "events", WW_S_EVENT_KIND);
	load_yaml(c, file_path(c->arena, c->dir, "logs.yaml"), WW_S_LOG_KIND);
	load_yaml(c, file_path(c->arena, c->dir, "episodes.yaml"),
		  WW_S_EPISODE_KIND);
	load_yaml(c, file_path(c->arena, c->dir, "troubles.yaml"),
		  WW_S_TROUBLE);
	load_yaml(c, file_path(c->arena, c->dir, "probe-steps.yaml"),
		  WW_S_PROBE_STEP);
	load_yaml_dir(c, "signatures", WW_S_SIGNATURE);
	load_messages(c);
}

static void
link_all(struct compiler *c)
{
	link_topics(c);
	link_stops(c);
	link_clients(c);
	link_events(c);
	link_signatures(c);
	link_values(c);
	link_names(c);
	link_terms(c);
}

static bool
write_output(struct ww_slice bytes, const char *path)
{
	FILE *out = fopen(path, "wb");
	bool written;

	if (out == NULL) {
		fprintf(stderr, "%s: could not create: %s\n", path,
			strerror(errno));
		return false;
	}
	written = fwrite(bytes.p, 1, bytes.len, out) == bytes.len;
	if (fclose(out) == 0 && written)
		return true;
	fprintf(stderr, "%s: could not write: %s\n", path, strerror(errno));
	remove(path);
	return false;
}

/* What is embedded is never checked again: the reader checks it here. */
static bool
validate(struct ww_slice bytes)
{
	struct ww_catalogue *catalogue;
	struct ww_error error;

	if (ww_catalogue_open(bytes.p, bytes.len, &catalogue, &error) !=
	    WW_OK) {
		fprintf(stderr, "winwhy-compile: offset %llu: %s\n",
			(unsigned long long)error.at, error.why);
		return false;
	}
	ww_catalogue_close(catalogue);
	return true;
}

static int
compile(const struct arguments *args, struct ww_arena *arena,
	struct problems problems)
{
	struct compiler c = { .arena = arena,
			      .problems = problems,
			      .dir = args->knowledge };
	struct ww_slice bytes;

	image_init(&c.image, arena, args->langs, args->n_langs);
	load_all(&c);
	image_translate(&c.image);
	/* Records that lack what they need are not fit to be linked. */
	if (c.problems.count == 0) {
		check_knowledge(&c);
		link_all(&c);
	}
	if (c.problems.count > 0) {
		fprintf(stderr, "%u problems, no catalogue is written\n",
			c.problems.count);
		return 1;
	}
	bytes = image_bytes(&c.image);
	if (!validate(bytes) || !write_output(bytes, args->output))
		return 1;
	if (args->index != NULL &&
	    !write_output(image_index(&c.image, bytes), args->index))
		return 1;
	if (args->template != NULL &&
	    !write_output(template_bytes(&c.image), args->template))
		return 1;
	if (args->depends != NULL &&
	    !write_output(depends_bytes(arena, args->knowledge, args->output,
					&c.problems),
			  args->depends))
		return 1;
	return 0;
}

int
main(int argc, char **argv)
{
	struct arguments args = { 0 };
	struct problems problems = { 0 };
	struct ww_arena arena;
	jmp_buf oom;
	int status;

	(void)argc;
	if (setjmp(oom) != 0) {
		fputs("winwhy-compile: out of memory\n", stderr);
		return 1;
	}
	ww_arena_init(&arena, &oom);
	if (!read_arguments(&args, argv + 1, &arena, &problems))
		status = usage();
	else
		status = compile(&args, &arena, problems);
	ww_arena_release(&arena);
	return status;
}
