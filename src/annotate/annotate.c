#include <winwhy/annotate.h>

#include <assert.h>
#include <stdlib.h>

#include "annotate/annotator.h"
#include "base/message.h"
#include "input/encoding.h"

#include "base/banned.h"

/* What is read and written at once; no pipe gives more. */
#define BLOCK_SIZE ((size_t)256 * 1024)

/* So far back a blank is looked for, to cut there and not inside a code. */
#define CUT_LOOK ((size_t)256)

static const struct ww_slice utf8_mark = { .p = "\xEF\xBB\xBF", .len = 3 };

/* Output */

static void
write_bytes(struct ww_annotator *a, struct ww_slice bytes)
{
	if (bytes.len > 0 && !a->closed &&
	    !a->output->write(a->output->ctx, bytes.p, bytes.len))
		a->closed = true;
}

static void
flush(struct ww_annotator *a)
{
	write_bytes(a, ww_buf_slice(&a->out));
	a->out.len = 0;
}

void
ww_annotate_put(struct ww_annotator *a, struct ww_slice bytes)
{
	if (a->out.len + bytes.len > BLOCK_SIZE)
		flush(a);
	if (bytes.len > BLOCK_SIZE)
		write_bytes(a, bytes);
	else
		ww_buf_add(&a->out, bytes);
}

/* Input */

static size_t
read_bytes(struct ww_annotator *a, char *p, size_t room)
{
	size_t n;

	if (room > BLOCK_SIZE)
		room = BLOCK_SIZE;
	n = a->input->read(a->input->ctx, p, room, &a->counts.why);
	assert(n <= room);
	a->ended = n == 0 || a->counts.why != NULL;
	return n;
}

/*
 * UTF-16 to the room that is left; what makes no character yet stays.  False:
 * nothing could be decoded.
 */
static bool
decode(struct ww_annotator *a)
{
	struct ww_slice raw = ww_slice_of(a->raw, a->raw_fill);
	struct ww_decoded done =
	    ww_decode(&a->decoder, raw, a->ended, a->in + a->fill,
		      WW_HELD_MAX - a->fill);

	a->fill += done.out;
	a->raw_fill -= done.in;
	memmove(a->raw, a->raw + done.in, a->raw_fill);
	return done.in > 0;
}

static void
read_utf16(struct ww_annotator *a)
{
	if (decode(a) || a->ended)
		return;
	a->raw_fill +=
	    read_bytes(a, a->raw + a->raw_fill, BLOCK_SIZE - a->raw_fill);
	decode(a);
}

static void
read_more(struct ww_annotator *a)
{
	if (a->decoder.charset.encoding != WW_ENCODING_UTF8)
		read_utf16(a);
	else
		a->fill +=
		    read_bytes(a, a->in + a->fill, WW_HELD_MAX - a->fill);
}

static bool
is_at_end(const struct ww_annotator *a)
{
	return a->ended && a->raw_fill == 0;
}

static void
become_utf16(struct ww_annotator *a)
{
	if (a->raw == NULL)
		a->raw = ww_arena_alloc(&a->arena, BLOCK_SIZE);
	memcpy(a->raw, a->in, a->fill);
	a->raw_fill = a->fill;
	a->fill = 0;
	decode(a);
}

/* The first bytes tell UTF-16.  A mark of UTF-8 goes through. */
static void
read_first(struct ww_annotator *a)
{
	struct ww_slice head;

	while (!a->ended && a->fill < utf8_mark.len)
		a->fill += read_bytes(a, a->in + a->fill, BLOCK_SIZE - a->fill);
	head = ww_slice_of(a->in, a->fill);
	if (ww_encoding_utf16(head, &a->decoder.charset.encoding)) {
		become_utf16(a);
	} else if (ww_slice_starts(head, utf8_mark)) {
		if (a->format != WW_ANNOTATE_MMEXTERNAL)
			ww_annotate_put(a, utf8_mark);
		a->fill -= utf8_mark.len;
		memmove(a->in, a->in + utf8_mark.len, a->fill);
	}
}

/* Formats */

/* { and a quote, or all there is of an object without members. */
static enum ww_annotate_format
detect(struct ww_slice text)
{
	text = ww_slice_trim(text);
	if (text.len == 0)
		return WW_ANNOTATE_AUTO;
	if (text.p[0] != '{')
		return WW_ANNOTATE_TEXT;
	text = ww_slice_trim(ww_slice_from(text, 1));
	return text.len > 0 && (text.p[0] == '"' || text.p[0] == '}')
		   ? WW_ANNOTATE_NDJSON
		   : WW_ANNOTATE_TEXT;
}

static void
take(struct ww_annotator *a, struct ww_slice text, bool part)
{
	static void (*const formats[])(struct ww_annotator *, struct ww_slice,
				       bool) = {
		/* Nothing but blanks so far. */
		[WW_ANNOTATE_AUTO] = ww_annotate_text,
		[WW_ANNOTATE_TEXT] = ww_annotate_text,
		[WW_ANNOTATE_NDJSON] = ww_annotate_objects,
		[WW_ANNOTATE_MMEXTERNAL] = ww_annotate_replies,
	};

	if (text.len == 0)
		return;
	if (a->format == WW_ANNOTATE_AUTO)
		a->format = detect(text);
	ww_annotate_learn(a, text);
	formats[a->format](a, text, part);
	a->in_part = part;
}

static void
drop(struct ww_annotator *a, size_t used)
{
	a->fill -= used;
	if (used > 0)
		memmove(a->in, a->in + used, a->fill);
}

/* The bytes up to and with the last line feed, which is not before `from`. */
static size_t
whole_lines(const struct ww_annotator *a, size_t from)
{
	size_t n = a->fill;

	while (n > from && a->in[n - 1] != '\n')
		n--;
	return n > from ? n : 0;
}

/* Behind a blank, if one is near. */
static size_t
cut_place(const struct ww_annotator *a)
{
	size_t most = a->fill;

	for (size_t n = most; n > most - CUT_LOOK; n--)
		if (a->in[n - 1] == ' ')
			return n;
	return most;
}

/* Whatever can be told of what is held, of which `seen` bytes are known. */
static void
take_held(struct ww_annotator *a, size_t seen)
{
	size_t n = is_at_end(a) ? a->fill : whole_lines(a, seen);
	/* The decoder needs room for a character. */
	bool part = n == 0 && a->fill > WW_HELD_MAX - WW_DECODE_ROOM_MIN;

	if (part)
		n = cut_place(a);
	take(a, ww_slice_of(a->in, n), part);
	drop(a, n);
}

static void
copy(struct ww_annotator *a)
{
	size_t seen = 0;

	a->fill = a->raw_fill = a->n_notes = a->objects.len = 0;
	a->ended = a->closed = a->in_part = false;
	a->format = a->options.format;
	a->decoder = (struct ww_decoder){ .kernels = a->scan.kernels };
	a->counts = (struct ww_annotated){ 0 };
	read_first(a);
	for (;;) {
		take_held(a, seen);
		/* What is known is written before more is waited for. */
		flush(a);
		if (a->closed || (is_at_end(a) && a->fill == 0))
			break;
		seen = a->fill;
		read_more(a);
	}
}

enum ww_status
ww_annotate(struct ww_annotator *a, const struct ww_input *input,
	    const struct ww_output *output, struct ww_annotated *ret)
{
	if (setjmp(a->oom) != 0)
		return WW_NOMEM;
	a->input = input;
	a->output = output;
	copy(a);
	*ret = a->counts;
	return a->closed ? WW_IO : WW_OK;
}

static enum ww_status
refuse(enum ww_status status, const char *why, struct ww_error *reterr)
{
	*reterr = (struct ww_error){ .status = status, .why = why };
	return status;
}

/* False: no memory. */
static bool
fill(struct ww_annotator *a)
{
	struct ww_slice *field = &a->options.field;

	if (setjmp(a->oom) != 0)
		return false;
	field->p = ww_arena_copy(&a->arena, field->p, field->len);
	a->in = ww_arena_alloc(&a->arena, WW_HELD_MAX);
	/* The line feed behind a text of that length. */
	a->texts = ww_arena_alloc(&a->arena, WW_HELD_MAX + 1);
	a->out = ww_buf_in(&a->arena);
	ww_buf_reserve(&a->out, 2 * BLOCK_SIZE);
	a->objects = ww_buf_in(&a->arena);
	a->redacted = a->plain = ww_buf_in(&a->arena);
	if (a->options.redact)
		a->identities = ww_pseudonyms_new(&a->names);
	a->knowns.json =
	    ww_arena_array(&a->arena, WW_KNOWN_SLOTS, sizeof(*a->knowns.json));
	ww_scan_init(&a->scan, ww_kernels_choose());
	return true;
}

enum ww_status
ww_annotator_open(const struct ww_catalogue *c,
		  const struct ww_annotate_options *options,
		  struct ww_annotator **ret, struct ww_error *reterr)
{
	struct ww_rec context = { c, NULL };
	struct ww_annotator *a;

	if (options->in.len > 0) {
		context = ww_context(c, options->in);
		if (context.p == NULL)
			return refuse(WW_INVALID,
				      N_("no context has this name"), reterr);
	}
	if ((a = calloc(1, sizeof(*a))) == NULL)
		return refuse(WW_NOMEM, N_("out of memory"), reterr);
	ww_arena_init(&a->arena, &a->oom);
	ww_arena_init(&a->knowns.arena, &a->oom);
	ww_arena_init(&a->names, &a->oom);
	a->options = *options;
	a->knowns.c = c;
	a->knowns.lang = options->lang;
	a->knowns.hints = (struct ww_hints){ .space = WW_SPACES,
					     .family = { c, NULL },
					     .context = context };
	if (!fill(a)) {
		ww_annotator_close(a);
		return refuse(WW_NOMEM, N_("out of memory"), reterr);
	}
	*ret = a;
	return WW_OK;
}

void
ww_annotator_close(struct ww_annotator *a)
{
	if (a == NULL)
		return;
	ww_arena_release(&a->names);
	ww_arena_release(&a->knowns.arena);
	ww_arena_release(&a->arena);
	free(a);
}
