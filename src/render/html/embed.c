/*
 * Runs while building: style and script of a page as C, each with the hash by
 * which a Content-Security-Policy allows it.
 *	embed HEADER {NAME FILE}...
 * Comments at the start of a line and the tabs before lines are left out.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/sha256.h"

#include "base/banned.h"

#define SOURCE_MAX ((size_t)64 * 1024)

struct source {
	char bytes[SOURCE_MAX];
	size_t len;
};

static bool
read_source(struct source *source, const char *path)
{
	FILE *f = fopen(path, "rb");
	bool whole;

	if (f == NULL)
		return false;
	source->len = fread(source->bytes, 1, SOURCE_MAX, f);
	whole = ferror(f) == 0 && source->len < SOURCE_MAX;
	fclose(f);
	return whole;
}

/* Behind the comment that stands at the start of the text, if one does. */
static size_t
comment_length(struct ww_slice text)
{
	struct ww_slice rest;

	if (!ww_slice_starts(text, WW_LIT("/*")))
		return 0;
	rest = ww_slice_behind(text, WW_LIT("*/\n"));
	return rest.p == NULL ? 0 : text.len - rest.len;
}

static void
squeeze(struct source *source)
{
	struct ww_slice text = ww_slice_of(source->bytes, source->len);
	size_t n = 0;

	while (text.len > 0) {
		size_t skip = comment_length(text), line;

		while (skip < text.len &&
		       (text.p[skip] == '\t' || text.p[skip] == '\n'))
			skip++;
		if (skip > 0) {
			text = ww_slice_from(text, skip);
			continue;
		}
		line = ww_slice_line(text).len;
		line += line < text.len;
		memmove(source->bytes + n, text.p, line);
		n += line;
		text = ww_slice_from(text, line);
	}
	source->len = n;
}

static void
write_hash(FILE *out, const char *name, const struct source *source)
{
	uint8_t sum[WW_SHA256_SIZE];
	char room[4 * (WW_SHA256_SIZE + 2) / 3];
	struct ww_buf hash = { .p = room, .cap = sizeof(room) };

	ww_sha256(source->bytes, source->len, sum);
	ww_buf_base64(&hash, ww_slice_of((const char *)sum, sizeof(sum)));
	fprintf(out, "#define WW_PAGE_%s_HASH \"sha256-%.*s\"\n", name,
		(int)hash.len, hash.p);
}

static void
write_bytes(FILE *out, const char *name, const struct source *source)
{
	fprintf(out, "#define WW_PAGE_%s \\\n{", name);
	for (size_t i = 0; i < source->len; i++)
		fprintf(out, "%s%d,", i % 20 == 0 ? " \\\n" : "",
			source->bytes[i]);
	fprintf(out, " \\\n}\n");
}

static bool
add_source(FILE *out, const char *name, const char *path)
{
	static struct source source;

	if (!read_source(&source, path)) {
		fprintf(stderr, "embed: %s cannot be read\n", path);
		return false;
	}
	squeeze(&source);
	write_hash(out, name, &source);
	write_bytes(out, name, &source);
	return true;
}

int
main(int argc, char **argv)
{
	FILE *out;
	bool done;

	if (argc % 2 != 0 || (out = fopen(argv[1], "w")) == NULL) {
		fprintf(stderr, "usage: embed HEADER {NAME FILE}...\n");
		return EXIT_FAILURE;
	}
	done = true;
	for (int i = 2; i < argc && done; i += 2)
		done = add_source(out, argv[i], argv[i + 1]);
	return fclose(out) == 0 && done ? EXIT_SUCCESS : EXIT_FAILURE;
}
