/*
 * How far the lines of logs get: which signatures they hit, and how many of
 * them have holes filled.  Shows that the generated logs are worth measuring.
 *
 *	reach FILE...
 *
 * Prints figures for run.sh, and with -v the signatures.
 */
#include <stdbool.h>
#include <string.h>

#include "base/simd/kernels.h"
#include "diagnose/rules.h"
#include "input/dialect.h"
#include "input/stream.h"

#include "bench.h"

struct tally {
	struct ww_rules rules;
	struct ww_arena arena;
	bool *hit; /* by signature */
	uint64_t lines, filled;
};

static size_t
read_some(void *ctx, void *buf, size_t len, const char **retwhy)
{
	(void)retwhy;
	return fread(buf, 1, len, ctx);
}

static void
count_line(struct tally *t, enum ww_dialect_id id, struct ww_slice text)
{
	struct ww_matched matches[WW_MATCHES_MAX];
	size_t n = ww_matcher_run(t->rules.matchers[id], text, matches);
	struct ww_rule_mark mark;
	bool filled = false;

	for (size_t i = 0; i < n; i++) {
		filled = filled || matches[i].captures.n > 0;
		if (!ww_rule_is_mark(matches[i].id, &mark))
			t->hit[matches[i].id] = true;
	}
	t->lines++;
	t->filled += filled;
}

/* The whole lines of a window; returns how many bytes they are. */
static size_t
count_lines(struct tally *t, const struct ww_dialect *d,
	    struct ww_reader *reader, struct ww_slice window)
{
	struct ww_record record;
	const char *end;
	size_t at = 0;

	while (at < window.len &&
	       (end = memchr(window.p + at, '\n', window.len - at)) != NULL) {
		size_t len = (size_t)(end - window.p) - at;
		struct ww_slice line = ww_slice_of(window.p + at, len);

		if (d->parse(reader, line, &record))
			count_line(t, d->id, record.text);
		at += len + 1;
	}
	return at;
}

static void
count_file(struct tally *t, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct ww_input input = { .read = read_some, .ctx = f };
	struct ww_reader *reader = ww_arena_new(&t->arena, struct ww_reader);
	const struct ww_dialect *d;
	struct ww_stream *stream;
	struct ww_slice window;
	size_t used = 0;

	if (f == NULL) {
		perror(path);
		exit(2);
	}
	stream = ww_stream_open(&t->arena, ww_kernels_choose(), &input);
	d = ww_dialect_sniff(ww_stream_head(stream));
	reader->arena = &t->arena;
	reader->state = ww_arena_alloc(&t->arena, d->state_size + 1);
	while ((window = ww_stream_next(stream, used)).len > 0)
		if ((used = count_lines(t, d, reader, window)) == 0)
			break;
	fclose(f);
}

static double
count_hits(const struct tally *t, bool verbose)
{
	double n = 0;

	for (uint32_t i = 0; i < ww_count(t->rules.c, WW_S_SIGNATURE); i++) {
		struct ww_slice id =
		    ww_rec_str(ww_rec_at(t->rules.c, WW_S_SIGNATURE, i),
			       WW_SIGNATURE_ID);

		n += t->hit[i];
		if (t->hit[i] && verbose)
			fprintf(stderr, "%.*s\n", (int)id.len, id.p);
	}
	return n;
}

int
main(int argc, char **argv)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();
	bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
	struct tally t = { 0 };
	jmp_buf oom;

	if (setjmp(oom) != 0) {
		fputs("reach: out of memory\n", stderr);
		return 2;
	}
	ww_arena_init(&t.arena, &oom);
	ww_rules_make(&t.rules, &t.arena, c);
	t.hit = ww_arena_array(&t.arena, ww_count(c, WW_S_SIGNATURE), 1);
	for (int i = 1 + verbose; i < argc; i++)
		count_file(&t, argv[i]);
	bench_print("reach-signatures", count_hits(&t, verbose));
	bench_print("reach-percent", 100 * (double)t.filled / (double)t.lines);
	ww_arena_release(&t.arena);
	return 0;
}
