#include "compile/depends.h"

#include "base/buf.h"
#include "base/compiler.h"
#include "compile/files.h"

#include "base/banned.h"

static const char *const files[] = { "sources.yaml",  "facilities.tsv",
				     "contexts.yaml", "logs.yaml",
				     "episodes.yaml", "symptoms.yaml" };

static const struct {
	const char *name;
	const char *ending;
} folders[] = {
	{ "families", ".yaml" },   { "codes", ".tsv" },
	{ "steps", ".yaml" },	   { "topics", ".yaml" },
	{ "signatures", ".yaml" }, { "stops", ".yaml" },
	{ "events", ".yaml" },
};

/* Blanks end a name, and a dollar sign starts a variable. */
static void
add_path(struct ww_buf *buf, const char *path)
{
	for (; *path != '\0'; path++) {
		if (*path == ' ' || *path == '#')
			ww_buf_char(buf, '\\');
		if (*path == '$')
			ww_buf_char(buf, '$');
		ww_buf_char(buf, *path);
	}
}

static void
add_dependency(struct ww_buf *buf, const char *path)
{
	ww_buf_add(buf, WW_LIT(" \\\n  "));
	add_path(buf, path);
}

struct ww_slice
depends_bytes(struct ww_arena *arena, const char *knowledge, const char *output,
	      struct problems *problems)
{
	struct ww_buf buf = ww_buf_in(arena);

	add_path(&buf, output);
	ww_buf_char(&buf, ':');
	for (size_t i = 0; i < WW_ARRAY_LEN(files); i++)
		add_dependency(&buf, file_path(arena, knowledge, files[i]));
	for (size_t i = 0; i < WW_ARRAY_LEN(folders); i++) {
		const char *folder =
		    file_path(arena, knowledge, folders[i].name);
		struct file_list list =
		    file_list(arena, folder, folders[i].ending, problems);

		/* A folder is newer when a file comes or goes. */
		add_dependency(&buf, folder);
		for (size_t n = 0; n < list.n; n++)
			add_dependency(&buf, list.paths[n]);
	}
	ww_buf_char(&buf, '\n');
	return ww_buf_slice(&buf);
}
