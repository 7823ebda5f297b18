/*
 * Arbitrary bytes as a file: windows of lines, and the generic reader on
 * them.  The first bytes say how the file is read and whether the rest lies
 * over the end of a block.
 */
#include "base/utf8.h"
#include "input/dialect.h"
#include "input/stream.h"

#include "fuzz.h"

#define HEADER 4

/* Before the bytes, so that they lie over the border of what is read. */
#define PADDING (256 * 1024)

/* So much is sniffed at: every reader does it, and padding tells nothing. */
#define HEAD_MAX 4096

struct source {
	size_t padding;
	const uint8_t *bytes;
	size_t len, at;
	size_t step;
	uint64_t given;
};

static size_t
source_read(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct source *s = ctx;
	size_t n = s->padding > 0 ? s->padding : s->len - s->at;

	(void)retwhy;
	if (n > len)
		n = len;
	if (n > s->step)
		n = s->step;
	if (s->padding > 0) {
		memset(buf, 'x', n);
		((char *)buf)[n - 1] = '\n';
		s->padding -= n;
	} else {
		if (n > 0)
			memcpy(buf, s->bytes + s->at, n);
		s->at += n;
	}
	s->given += n;
	return n;
}

/* Valid UTF-8, and no NUL but where a line was cut. */
static void
check_window(const struct ww_kernels *kernels, struct ww_slice window)
{
	require(window.len <= WW_WINDOW_SIZE);
	for (;;) {
		size_t n = kernels->ascii_run(window.p, window.len), len = 1;
		uint32_t c;

		window = ww_slice_from(window, n);
		if (window.len == 0)
			break;
		if (window.p[0] == WW_STREAM_CUT)
			require(window.len > 1 && window.p[1] == '\n');
		else
			require((len = ww_utf8_decode(window, &c)) > 1);
		window = ww_slice_from(window, len);
	}
}

static void
read_line(struct ww_reader *reader, struct ww_slice line)
{
	struct ww_record r;

	require(line.len <= WW_LINE_MAX + 1);
	if (!ww_dialect_of(WW_DIALECT_TEXT)->parse(reader, line, &r))
		return;
	require(r.text.len <= line.len);
	if (r.text.len > 0)
		require(r.text.p >= line.p &&
			r.text.p + r.text.len == line.p + line.len);
	require(r.level <= WW_LEVEL_ERROR);
}

/* All lines of the window but the last `keep`; returns what was used. */
static size_t
read_lines(struct ww_reader *reader, struct ww_slice window, bool ended,
	   size_t keep)
{
	struct ww_slice rest = window, line;
	size_t used = 0;

	while (rest.len > 0) {
		struct ww_slice before = rest;

		ww_stream_line(&rest, &line);
		/* Something is used of each window. */
		if (!ended && used > 0 && before.len <= keep)
			break;
		read_line(reader, line);
		used = window.len - rest.len;
	}
	return used;
}

static void
read_all(struct ww_arena *arena, struct source *source, size_t keep)
{
	struct ww_input input = { .read = source_read, .ctx = source };
	const struct ww_kernels *kernels = ww_kernels_choose();
	struct ww_stream *s = ww_stream_open(arena, kernels, &input);
	const struct ww_dialect *d = ww_dialect_of(WW_DIALECT_TEXT);
	struct ww_reader *reader = ww_arena_new(arena, struct ww_reader);
	size_t used = 0;
	struct ww_slice window, head;

	reader->arena = arena;
	reader->state = ww_arena_alloc(arena, d->state_size);
	head = ww_stream_head(s);
	if (head.len > HEAD_MAX)
		head.len = HEAD_MAX;
	require(ww_dialect_sniff(head) != NULL && d->sniff(head) <= 1);
	while ((window = ww_stream_next(s, used)).len > 0) {
		bool ended = ww_stream_ended(s);

		check_window(kernels, window);
		require(ended || window.p[window.len - 1] == '\n');
		used = read_lines(reader, window, ended, keep);
		require(used > 0);
	}
	require(ww_stream_ended(s));
	require(ww_stream_state(s).bytes == source->given);
	require(source->at == source->len && source->padding == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source = { .step = SIZE_MAX };
	struct ww_arena arena;
	size_t keep;

	if (size < HEADER)
		return 0;
	/* No way out: a run that has no memory is no finding. */
	ww_arena_init(&arena, NULL);
	if (data[0] != 0)
		source.step = data[0];
	if (data[1] >= 128) {
		source.padding = PADDING - (size_t)data[1] + 128;
		/* Few reads of the padding, few bytes at the border. */
		source.step =
		    source.step == SIZE_MAX ? SIZE_MAX : source.step << 9;
	}
	keep = data[2] | (size_t)data[3] << 8;
	source.bytes = data + HEADER;
	source.len = size - HEADER;
	read_all(&arena, &source, keep);
	ww_arena_release(&arena);
	return 0;
}
