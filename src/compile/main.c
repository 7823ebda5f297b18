/*
 * winwhy-compile: knowledge/ and its translations into one catalogue file.
 * Runs at build time; the file it writes is winwhy-catalogue(5).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "compile/check.h"
#include "compile/files.h"
#include "compile/link.h"
#include "compile/load.h"

#include "base/banned.h"

struct arguments {
	const char *knowledge;
	const char *output;
	const char *index; /* NULL: none is wanted */
	struct translation langs[WW_LANGS_MAX];
	unsigned n_langs;
};

static int
usage(void)
{
	fputs("usage: winwhy-compile [-i INDEX.h] [-l LANG=FOLDER]... "
	      "-o CATALOGUE KNOWLEDGE\n",
	      stderr);
	return 2;
}

/* LANG=FOLDER: the folder holds the language's .mo files. */
static bool
add_language(struct arguments *args, char *written, struct ww_arena *arena,
	     struct problems *problems)
{
	char *equals = strchr(written, '=');
	struct translation *t = &args->langs[args->n_langs];

	if (equals == NULL || args->n_langs == WW_LANGS_MAX)
		return false;
	*equals = '\0';
	t->id = written;
	translation_load(t, arena, equals + 1, problems);
	args->n_langs++;
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
		else if (pair && strcmp(argv[0], "-l") == 0) {
			if (!add_language(args, *++argv, arena, problems))
				return false;
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
	load_messages(c);
}

static void
link_all(struct compiler *c)
{
	link_topics(c);
	link_values(c);
	link_names(c);
	link_terms(c);
}

static int
write_output(const struct image *image, const char *path,
	     bool (*write)(const struct image *, FILE *))
{
	FILE *out = fopen(path, "wb");
	bool written;

	if (out == NULL) {
		fprintf(stderr, "%s: could not create: %s\n", path,
			strerror(errno));
		return 1;
	}
	written = write(image, out);
	if (fclose(out) != 0 || !written) {
		fprintf(stderr, "%s: could not write: %s\n", path,
			strerror(errno));
		remove(path);
		return 1;
	}
	return 0;
}

static int
compile(const struct arguments *args, struct ww_arena *arena,
	struct problems problems)
{
	struct compiler c = { .arena = arena,
			      .problems = problems,
			      .dir = args->knowledge };

	image_init(&c.image, arena, args->langs, args->n_langs);
	load_all(&c);
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
	if (args->index != NULL &&
	    write_output(&c.image, args->index, image_write_index) != 0)
		return 1;
	return write_output(&c.image, args->output, image_write);
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
