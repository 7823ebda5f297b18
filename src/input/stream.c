#include "input/stream.h"

#include <assert.h>

#include "input/decode.h"
#include "input/sniff.h"

#include "base/banned.h"

/* What is read at once, and decoded from when it is not UTF-8. */
#define BLOCK_SIZE ((size_t)256 * 1024)

/* A read of fewer bytes is not worth its call. */
#define READ_MIN ((size_t)4096)

/* A cut puts in two bytes; a window of one line is cut that often, and once. */
#define CUT_BYTES  2
#define CUTS_MAX   (WW_WINDOW_SIZE / (WW_LINE_MAX - CUT_LOOK) + 1)
#define WINDOW_MAX (WW_WINDOW_SIZE - CUTS_MAX * CUT_BYTES)

/* So far back a blank is looked for, to cut there and not inside a word. */
#define CUT_LOOK ((size_t)256)

/*
 * window	0 ........ end ........ fill
 *		  decoded      read, but the rest of a character is missing
 * raw		raw_at ........ raw_end
 *		        not decoded yet
 *
 * UTF-8 is read into the window and stays where it is, as long as nothing is
 * to be replaced.  Whatever else goes through raw.  Only one of the two holds
 * bytes that are not decoded.
 */
struct ww_stream {
	struct ww_sniffed format;
	struct ww_input input;
	struct ww_decoder decoder;
	struct ww_encoding_tally tally;
	struct ww_stream_state state;
	bool eof;
	bool fixed; /* the encoding is beyond doubt */

	char *window; /* owned, arena; WW_WINDOW_SIZE + WW_WINDOW_PAD */
	size_t end, fill;
	size_t whole;	/* where the last whole line ends */
	size_t line_at; /* no line before it is too long */
	bool cutting;	/* what stands there goes on with a line that was cut */

	char *raw; /* owned, arena; BLOCK_SIZE */
	size_t raw_at, raw_end;
};

static size_t
read_some(struct ww_stream *s, char *p, size_t room)
{
	const char *why = NULL;
	size_t n = s->input.read(s->input.ctx, p, room, &why);

	assert(n <= room);
	s->state.bytes += n;
	s->state.failed = why;
	s->eof = n == 0 || why != NULL;
	return n;
}

static void
refill_raw(struct ww_stream *s)
{
	size_t left = s->raw_end - s->raw_at;

	if (left > 0)
		memmove(s->raw, s->raw + s->raw_at, left);
	s->raw_at = 0;
	s->raw_end = left;
	while (!s->eof && BLOCK_SIZE - s->raw_end >= READ_MIN)
		s->raw_end +=
		    read_some(s, s->raw + s->raw_end, BLOCK_SIZE - s->raw_end);
}

static struct ww_slice
raw_text(const struct ww_stream *s)
{
	return ww_slice_of(s->raw + s->raw_at, s->raw_end - s->raw_at);
}

/* Learn from bytes that are about to be decoded what they are. */
static void
learn(struct ww_stream *s, struct ww_slice text)
{
	if (s->fixed)
		return;
	if (!s->eof)
		text.len -= ww_decode_part_length(text);
	ww_encoding_count(&s->tally, text);
	s->tally.valid += s->decoder.clean;
	s->decoder.clean = 0;
	s->decoder.charset = ww_encoding_choose(&s->tally);
	s->fixed = ww_encoding_settled(&s->tally);
}

/* The last line feed before `to`, but not before `from`; NULL if none. */
static const char *
last_newline(const struct ww_stream *s, size_t from, size_t to)
{
	/* memchr() tells fast where none is; few lines are longer. */
	const size_t step = 1024;

	while (to > from) {
		size_t n = to - from < step ? to - from : step;
		const char *p = memchr(s->window + to - n, '\n', n);

		if (p != NULL) {
			for (p = s->window + to - 1; *p != '\n'; p--)
				;
			return p;
		}
		to -= n;
	}
	return NULL;
}

/* Behind a blank, if one is near; never inside a character. */
static size_t
cut_place(const struct ww_stream *s)
{
	size_t most = s->line_at + WW_LINE_MAX;

	for (size_t at = most; at > most - CUT_LOOK; at--)
		if (s->window[at - 1] == ' ')
			return at;
	while (((unsigned char)s->window[most] & 0xC0) == 0x80)
		most--;
	return most;
}

static void
cut_line(struct ww_stream *s)
{
	size_t at = cut_place(s);

	assert(s->fill + CUT_BYTES <= WW_WINDOW_SIZE);
	memmove(s->window + at + CUT_BYTES, s->window + at, s->fill - at);
	s->window[at] = WW_STREAM_CUT;
	s->window[at + 1] = '\n';
	s->end += CUT_BYTES;
	s->fill += CUT_BYTES;
	s->line_at = at + CUT_BYTES;
	s->state.cut_lines += !s->cutting;
	s->cutting = true;
}

static void
cut_lines(struct ww_stream *s)
{
	const size_t most = WW_LINE_MAX + 2; /* with CR and line feed */

	while (s->end - s->line_at >= most) {
		const char *newline =
		    last_newline(s, s->line_at, s->line_at + most);

		if (newline == NULL) {
			cut_line(s);
			continue;
		}
		s->line_at = (size_t)(newline - s->window) + 1;
		s->cutting = false;
	}
}

/* Accept n bytes more as decoded. */
static void
extend(struct ww_stream *s, size_t n)
{
	s->end += n;
	cut_lines(s);
}

/* False: nothing can be decoded before more is read. */
static bool
decode_raw(struct ww_stream *s)
{
	struct ww_decoded done;

	if (s->raw_at == s->raw_end)
		return false;
	done = ww_decode(&s->decoder, raw_text(s), s->eof, s->window + s->end,
			 WINDOW_MAX - s->end);
	s->raw_at += done.in;
	s->fill += done.out;
	extend(s, done.out);
	return done.in > 0;
}

/* What is not decoded yet goes from the window to raw. */
static void
move_to_raw(struct ww_stream *s)
{
	s->raw_at = 0;
	s->raw_end = s->fill - s->end;
	memcpy(s->raw, s->window + s->end, s->raw_end);
	s->fill = s->end;
}

/* The other way: the start of a character, whose rest is read behind it. */
static void
move_to_window(struct ww_stream *s)
{
	struct ww_slice text = raw_text(s);

	if (text.len > 0)
		memcpy(s->window + s->fill, text.p, text.len);
	s->fill += text.len;
	s->raw_at = s->raw_end = 0;
}

/* UTF-8: nothing is copied unless something is to be replaced. */
static void
read_window(struct ww_stream *s)
{
	struct ww_slice text;
	size_t clean;

	move_to_window(s);
	s->fill += read_some(s, s->window + s->fill, WINDOW_MAX - s->fill);
	text = ww_slice_of(s->window + s->end, s->fill - s->end);
	clean = ww_decode_clean(&s->decoder, text);
	extend(s, clean);
	text = ww_slice_of(s->window + s->end, s->fill - s->end);
	if (text.len == 0 || ww_decode_is_part(text))
		return;
	move_to_raw(s);
	learn(s, raw_text(s));
}

static void
read_more(struct ww_stream *s)
{
	size_t left = s->raw_end - s->raw_at;

	if (s->decoder.charset.encoding == WW_ENCODING_UTF8) {
		read_window(s);
		return;
	}
	refill_raw(s);
	/* What was left has been counted before. */
	learn(s, ww_slice_from(raw_text(s), left));
}

static bool
is_drained(const struct ww_stream *s)
{
	return s->eof && s->raw_at == s->raw_end && s->fill == s->end;
}

static void
find_whole(struct ww_stream *s)
{
	const char *newline = last_newline(s, 0, s->end);

	s->whole = newline == NULL ? 0 : (size_t)(newline - s->window) + 1;
	if (!is_drained(s))
		return;
	/* An empty window at the end tells nothing of the one before. */
	if (s->end > 0)
		s->state.cut_end = s->whole < s->end;
	s->whole = s->end;
}

static void
fill_window(struct ww_stream *s)
{
	while (WINDOW_MAX > s->fill + READ_MIN && !is_drained(s)) {
		if (decode_raw(s))
			continue;
		if (s->eof) {
			move_to_raw(s);
			learn(s, raw_text(s));
		} else {
			read_more(s);
		}
	}
	find_whole(s);
}

static struct ww_sniffed
format_of(struct ww_slice head)
{
	if (head.len > WW_SNIFF_HEAD)
		head.len = WW_SNIFF_HEAD;
	return ww_sniff(head);
}

/* The first block is read into raw, since it may be of any encoding. */
static void
start(struct ww_stream *s)
{
	struct ww_slice head;

	refill_raw(s);
	head = raw_text(s);
	s->format = format_of(head);
	if (s->format.binary != WW_BINARY_NONE)
		return;
	s->fixed = ww_encoding_utf16(head, &s->decoder.charset.encoding) ||
		   ww_slice_starts(head, WW_LIT("\xEF\xBB\xBF"));
	learn(s, head);
	fill_window(s);
}

struct ww_stream *
ww_stream_open(struct ww_arena *arena, const struct ww_kernels *kernels,
	       const struct ww_input *input)
{
	struct ww_stream *s = ww_arena_new(arena, struct ww_stream);

	s->input = *input;
	s->decoder.kernels = kernels;
	s->window = ww_arena_alloc(arena, WW_WINDOW_SIZE + WW_WINDOW_PAD);
	s->raw = ww_arena_alloc(arena, BLOCK_SIZE);
	start(s);
	return s;
}

const char *
ww_stream_format(const struct ww_stream *s)
{
	return s->format.use == WW_USE_READ ? NULL : s->format.name;
}

const char *
ww_stream_name(const struct ww_stream *s)
{
	return s->format.name;
}

enum ww_binary_id
ww_stream_binary(const struct ww_stream *s)
{
	return s->format.binary;
}

const struct ww_threads *
ww_stream_threads(const struct ww_stream *s)
{
	return s->input.threads;
}

size_t
ww_stream_read(struct ww_stream *s, void *p, size_t n)
{
	struct ww_slice head = raw_text(s);
	size_t got = head.len < n ? head.len : n;

	if (got > 0)
		memcpy(p, head.p, got);
	s->raw_at += got;
	while (got < n && !s->eof)
		got += read_some(s, (char *)p + got, n - got);
	return got;
}

enum ww_encoding
ww_stream_encoding(const struct ww_stream *s)
{
	return s->decoder.charset.encoding;
}

unsigned
ww_stream_code_page(const struct ww_stream *s)
{
	return s->decoder.charset.page;
}

struct ww_slice
ww_stream_head(const struct ww_stream *s)
{
	return ww_slice_of(s->window, s->end);
}

static void
drop(struct ww_stream *s, size_t used)
{
	if (used >= s->line_at) {
		s->cutting = used >= CUT_BYTES && s->window[used - 1] == '\n' &&
			     s->window[used - CUT_BYTES] == WW_STREAM_CUT;
		s->line_at = used;
	}
	memmove(s->window, s->window + used, s->fill - used);
	s->end -= used;
	s->fill -= used;
	s->line_at -= used;
}

struct ww_slice
ww_stream_next(struct ww_stream *s, size_t used)
{
	assert(used <= s->whole);
	if (used > 0)
		drop(s, used);
	fill_window(s);
	return ww_slice_of(s->window, s->whole);
}

bool
ww_stream_ended(const struct ww_stream *s)
{
	return is_drained(s);
}

struct ww_stream_state
ww_stream_state(const struct ww_stream *s)
{
	struct ww_stream_state state = s->state;

	state.nuls = s->decoder.nuls;
	state.undecodable = s->decoder.undecodable;
	return state;
}
