#include "base/compiler.h"
#include "base/utf8.h"
#include "render/text.h"

#include "base/banned.h"

/* Where labels end and their texts begin. */
#define LABEL_COLUMN 16

/*
 * Bytes of what something is about.  Titles of updates fill a line, and the
 * number of the article stands last: the middle is left out.
 */
#define SUBJECT_SHOWN 60
#define SUBJECT_HEAD  42
#define SUBJECT_TAIL  16

/* Narrower terminals get long lines rather than towers of words. */
#define WIDTH_MIN 40

static const char *const sequences[] = {
	[PAINT_NONE] = "",	     [PAINT_TITLE] = "\x1b[1m",
	[PAINT_HEAD] = "\x1b[1;36m", [PAINT_DIM] = "\x1b[2m",
	[PAINT_RISK] = "\x1b[33m",
};

void
ww_text_paint(struct ww_render *r, enum paint paint, struct ww_slice text)
{
	bool on = r->style.colour && paint != PAINT_NONE;

	if (on)
		ww_buf_add(&r->out, ww_slice_cstr(sequences[paint]));
	ww_add_clean(&r->out, text);
	if (on)
		ww_buf_add(&r->out, WW_LIT("\x1b[0m"));
}

struct ww_slice
ww_text_tr(const struct ww_render *r, const char *english)
{
	return ww_tr(r->report, english);
}

void
ww_text_newline(struct ww_render *r)
{
	ww_buf_char(&r->out, '\n');
}

size_t
ww_text_width(const struct ww_render *r)
{
	return r->style.width < WIDTH_MIN ? WIDTH_MIN : r->style.width;
}

struct word {
	struct ww_slice text;
	size_t width; /* columns */
};

/* The next word of a text, up to white space; empty at the end. */
static struct word
take_word(struct ww_slice *text)
{
	size_t start = 0, end;
	struct word word;

	while (start < text->len && ww_is_space(text->p[start]))
		start++;
	end = start;
	while (end < text->len && !ww_is_space(text->p[end]))
		end++;
	word.text = ww_slice_of(text->p + start, end - start);
	word.width = ww_utf8_width(word.text);
	*text = ww_slice_from(*text, end);
	return word;
}

/* Whether every byte is a printable ASCII character: one column each. */
static bool
is_plain(struct ww_slice text)
{
	unsigned char odd = 0;

	/* Without a branch a byte, so that the compiler can use vectors. */
	for (size_t i = 0; i < text.len; i++)
		odd |= (unsigned char)(text.p[i] - 0x20) >= 0x5F;
	return odd == 0;
}

/* How much of plain text fits into room columns, and at least one word. */
static size_t
line_length(struct ww_slice text, size_t room)
{
	size_t n = room;

	if (text.len <= room)
		return text.len;
	while (n > 0 && text.p[n] != ' ')
		n--;
	if (n > 0)
		return n;
	while (n < text.len && text.p[n] != ' ')
		n++;
	return n;
}

static void
wrap_plain(struct ww_render *r, struct ww_slice text, size_t indent,
	   size_t used)
{
	size_t width = ww_text_width(r);

	for (;;) {
		size_t n = line_length(text, used < width ? width - used : 0);

		ww_buf_add(&r->out, ww_slice_trim(ww_slice_of(text.p, n)));
		ww_text_newline(r);
		text = ww_slice_trim(ww_slice_from(text, n));
		if (text.len == 0)
			return;
		ww_buf_fill(&r->out, ' ', indent);
		used = indent;
	}
}

static void
wrap_words(struct ww_render *r, struct ww_slice text, size_t indent,
	   size_t used)
{
	size_t at = used, width = ww_text_width(r);
	bool first = true;

	for (;;) {
		struct word word = take_word(&text);

		if (word.text.len == 0)
			break;
		if (!first && at + 1 + word.width > width) {
			ww_text_newline(r);
			ww_buf_fill(&r->out, ' ', indent);
			at = indent;
			first = true;
		}
		if (!first) {
			ww_buf_char(&r->out, ' ');
			at++;
		}
		ww_add_clean(&r->out, word.text);
		at += word.width;
		first = false;
	}
	ww_text_newline(r);
}

void
ww_text_wrap(struct ww_render *r, struct ww_slice text, size_t indent,
	     size_t used)
{
	text = ww_slice_trim(text);
	if (is_plain(text))
		wrap_plain(r, text, indent, used);
	else
		wrap_words(r, text, indent, used);
}

void
ww_text_paragraph(struct ww_render *r, struct ww_slice text, size_t indent)
{
	ww_buf_fill(&r->out, ' ', indent);
	ww_text_wrap(r, text, indent, indent);
}

struct ww_slice
ww_text_node(struct ww_render *r, const struct ww_node *node)
{
	struct ww_buf buf;

	if (!ww_node_untranslated(node))
		return ww_node_text(node);
	buf = ww_buf_in(r->out.arena);
	ww_buf_add(&buf, ww_node_text(node));
	ww_buf_add(&buf, WW_LIT(" [en]"));
	return ww_buf_slice(&buf);
}

struct ww_slice
ww_text_child(struct ww_render *r, const struct ww_node *node,
	      enum ww_node_kind kind)
{
	return ww_text_node(r, ww_node_find(node, kind));
}

void
ww_text_heading(struct ww_render *r, const char *english)
{
	if (r->out.len > 0)
		ww_text_newline(r);
	ww_text_paint(r, PAINT_HEAD, ww_text_tr(r, english));
	ww_text_newline(r);
}

void
ww_text_labelled(struct ww_render *r, size_t indent, struct ww_slice label,
		 struct ww_slice text)
{
	size_t width = ww_utf8_width(label);
	size_t pad =
	    width + 2 > LABEL_COLUMN - 3 ? 2 : LABEL_COLUMN - 3 - width;

	if (text.len == 0)
		return;
	ww_buf_fill(&r->out, ' ', indent);
	ww_text_paint(r, PAINT_DIM, label);
	ww_buf_fill(&r->out, ' ', pad);
	ww_text_wrap(r, text, indent + LABEL_COLUMN - 3, indent + width + pad);
}

void
ww_text_more(struct ww_render *r, size_t indent, int64_t n)
{
	struct ww_buf buf = ww_buf_in(r->out.arena);

	if (n == 0)
		return;
	ww_buf_add(&buf, WW_LIT("+ "));
	ww_buf_decimal(&buf, n);
	ww_text_labelled(r, indent, WW_LIT(""), ww_buf_slice(&buf));
}

void
ww_text_pair(struct ww_render *r, struct ww_slice what, struct ww_slice why)
{
	ww_text_paragraph(r, what, 2);
	if (why.len > 0)
		ww_text_paragraph(r, why, 6);
}

void
ww_text_lines(struct ww_render *r, struct ww_slice text, size_t indent)
{
	while (text.len > 0) {
		const char *end = memchr(text.p, '\n', text.len);
		size_t n = end == NULL ? text.len : (size_t)(end - text.p);

		ww_buf_fill(&r->out, ' ', indent);
		ww_add_clean(&r->out, ww_slice_of(text.p, n));
		ww_text_newline(r);
		text = ww_slice_from(text, end == NULL ? n : n + 1);
	}
}

/* The start of the character that the byte at n belongs to. */
static size_t
whole_character(struct ww_slice text, size_t n)
{
	while (n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80)
		n--;
	return n;
}

struct ww_slice
ww_text_about(struct ww_render *r, const struct ww_node *node)
{
	struct ww_slice machine = ww_child_text(node, WW_NODE_MACHINE);
	struct ww_slice subject = ww_child_text(node, WW_NODE_SUBJECT);
	struct ww_slice title = ww_text_child(r, node, WW_NODE_TITLE);
	struct ww_buf buf = ww_buf_in(r->out.arena);
	size_t tail;

	ww_buf_add(&buf,
		   machine.len == 0 ? title : ww_colon_text(r, machine, title));
	if (subject.len == 0)
		return ww_buf_slice(&buf);
	ww_buf_add(&buf, WW_LIT(", "));
	if (subject.len > SUBJECT_SHOWN) {
		tail = whole_character(subject, subject.len - SUBJECT_TAIL);
		ww_buf_add(&buf,
			   ww_slice_of(subject.p,
				       whole_character(subject, SUBJECT_HEAD)));
		ww_buf_add(&buf, WW_LIT("…"));
		subject = ww_slice_from(subject, tail);
	}
	ww_buf_add(&buf, subject);
	return ww_buf_slice(&buf);
}
