/*
 * Text for a terminal or a pipe: what a technician reads from the top down,
 * and may stop reading at any line.  One function a part of the page; the
 * table at the end says which part is which.
 */
#include "base/compiler.h"
#include "base/utf8.h"
#include "render/render.h"

#include "base/banned.h"

/* Names shown of a number that has many; --full shows all. */
#define NAMES_SHOWN 3

/* Where labels end and their texts begin. */
#define LABEL_COLUMN 16

/* Narrower terminals get long lines rather than towers of words. */
#define WIDTH_MIN 40

enum paint { PAINT_NONE, PAINT_TITLE, PAINT_HEAD, PAINT_DIM, PAINT_RISK };

static const char *const sequences[] = {
	[PAINT_NONE] = "",	     [PAINT_TITLE] = "\x1b[1m",
	[PAINT_HEAD] = "\x1b[1;36m", [PAINT_DIM] = "\x1b[2m",
	[PAINT_RISK] = "\x1b[33m",
};

static void
paint(struct ww_render *r, enum paint paint, struct ww_slice text)
{
	bool on = r->style.colour && paint != PAINT_NONE;

	if (on)
		ww_buf_add(&r->out, ww_slice_cstr(sequences[paint]));
	ww_add_clean(&r->out, text);
	if (on)
		ww_buf_add(&r->out, WW_LIT("\x1b[0m"));
}

static struct ww_slice
tr(const struct ww_render *r, const char *english)
{
	return ww_tr(r->report, english);
}

static void
newline(struct ww_render *r)
{
	ww_buf_char(&r->out, '\n');
}

static size_t
usable_width(const struct ww_render *r)
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
	size_t width = usable_width(r);

	for (;;) {
		size_t n = line_length(text, used < width ? width - used : 0);

		ww_buf_add(&r->out, ww_slice_trim(ww_slice_of(text.p, n)));
		newline(r);
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
	size_t at = used, width = usable_width(r);
	bool first = true;

	for (;;) {
		struct word word = take_word(&text);

		if (word.text.len == 0)
			break;
		if (!first && at + 1 + word.width > width) {
			newline(r);
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
	newline(r);
}

/*
 * A text in lines of the page's width, each after the first indented; the
 * first continues a line of which `used` columns are taken.
 */
static void
wrap(struct ww_render *r, struct ww_slice text, size_t indent, size_t used)
{
	text = ww_slice_trim(text);
	if (is_plain(text))
		wrap_plain(r, text, indent, used);
	else
		wrap_words(r, text, indent, used);
}

static void
paragraph(struct ww_render *r, struct ww_slice text, size_t indent)
{
	ww_buf_fill(&r->out, ' ', indent);
	wrap(r, text, indent, indent);
}

/* Text that is missing in the report's language is marked. */
static struct ww_slice
node_text(struct ww_render *r, const struct ww_node *node)
{
	struct ww_buf buf;

	if (!ww_node_untranslated(node))
		return ww_node_text(node);
	buf = ww_buf_in(r->out.arena);
	ww_buf_add(&buf, ww_node_text(node));
	ww_buf_add(&buf, WW_LIT(" [en]"));
	return ww_buf_slice(&buf);
}

static struct ww_slice
child_text(struct ww_render *r, const struct ww_node *node,
	   enum ww_node_kind kind)
{
	return node_text(r, ww_node_find(node, kind));
}

static void
heading(struct ww_render *r, const char *english)
{
	newline(r);
	paint(r, PAINT_HEAD, tr(r, english));
	newline(r);
}

/* label      text that goes on in the label's column; nothing if empty */
static void
labelled(struct ww_render *r, size_t indent, struct ww_slice label,
	 struct ww_slice text)
{
	size_t width = ww_utf8_width(label);
	size_t pad =
	    width + 2 > LABEL_COLUMN - 3 ? 2 : LABEL_COLUMN - 3 - width;

	if (text.len == 0)
		return;
	ww_buf_fill(&r->out, ' ', indent);
	paint(r, PAINT_DIM, label);
	ww_buf_fill(&r->out, ' ', pad);
	wrap(r, text, indent + LABEL_COLUMN - 3, indent + width + pad);
}

/* What, and in a second block under it why. */
static void
pair(struct ww_render *r, struct ww_slice what, struct ww_slice why)
{
	paragraph(r, what, 2);
	if (why.len > 0)
		paragraph(r, why, 6);
}

static void
lines(struct ww_render *r, struct ww_slice text, size_t indent)
{
	while (text.len > 0) {
		const char *end = memchr(text.p, '\n', text.len);
		size_t n = end == NULL ? text.len : (size_t)(end - text.p);

		ww_buf_fill(&r->out, ' ', indent);
		ww_add_clean(&r->out, ww_slice_of(text.p, n));
		newline(r);
		text = ww_slice_from(text, end == NULL ? n : n + 1);
	}
}

/* HRESULT, failure */
static void
add_kind(struct ww_render *r, const struct ww_node *reading)
{
	struct ww_slice space = ww_child_text(reading, WW_NODE_SPACE);
	struct ww_slice severity = ww_child_text(reading, WW_NODE_SEVERITY);

	static const struct {
		const char *id, *title;
	} titles[] = {
		{ "hresult", "HRESULT" },
		{ "ntstatus", "NTSTATUS" },
		{ "win32", N_("Win32 error code") },
		{ "bugcheck", N_("bug check (stop code)") },
		{ "jet", N_("ESE database error") },
		{ "event", N_("event message id") },
		{ "api", N_("number of one interface") },
		{ "setup-phase", N_("setup phase") },
		{ "setup-operation", N_("setup operation") },
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(titles); i++)
		if (ww_slice_eq(ww_slice_cstr(titles[i].id), space))
			space = tr(r, titles[i].title);
	paint(r, PAINT_DIM, space);
	if (severity.len > 0 &&
	    !ww_slice_eq(ww_child_text(reading, WW_NODE_SPACE),
			 WW_LIT("bugcheck"))) {
		paint(r, PAINT_DIM, WW_LIT(", "));
		paint(r, PAINT_DIM, severity);
	}
}

static void
text_title(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *name =
	    ww_node_child(ww_node_find(reading, WW_NODE_NAMES));
	const struct ww_node *meaning = ww_node_find(reading, WW_NODE_MEANING);

	paint(r, PAINT_TITLE, ww_shown_value(reading));
	ww_buf_add(&r->out, WW_LIT("  "));
	paint(r, PAINT_TITLE, ww_child_text(name, WW_NODE_ID));
	ww_buf_add(&r->out, WW_LIT("  "));
	add_kind(r, reading);
	newline(r);
	if (meaning != NULL)
		paragraph(r, node_text(r, meaning), 0);
}

static void
text_facility(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *facility =
	    ww_node_find(reading, WW_NODE_FACILITY);
	struct ww_buf buf = ww_buf_in(r->out.arena);
	struct ww_slice title = ww_child_text(facility, WW_NODE_TITLE);

	if (facility == NULL)
		return;
	ww_buf_add(&buf, ww_child_text(facility, WW_NODE_NUMBER));
	if (title.len > 0) {
		ww_buf_add(&buf, WW_LIT(" ("));
		ww_buf_add(&buf, title);
		ww_buf_add(&buf, WW_LIT(")"));
	}
	ww_buf_add(&buf, WW_LIT(", "));
	ww_buf_add(&buf, tr(r, N_("code")));
	ww_buf_add(&buf, WW_LIT(" "));
	ww_buf_add(&buf, ww_child_text(reading, WW_NODE_CODE));
	labelled(r, 2, tr(r, N_("facility")), ww_buf_slice(&buf));
}

static void
text_more_names(struct ww_render *r, const struct ww_node *name)
{
	struct ww_buf buf = ww_buf_in(r->out.arena);
	int64_t n = 0;

	for (; name != NULL; name = ww_node_next(name))
		n++;
	if (n == 0)
		return;
	ww_buf_add(&buf, WW_LIT("+ "));
	ww_buf_decimal(&buf, n);
	labelled(r, 2, WW_LIT(""), ww_buf_slice(&buf));
}

static void
text_names(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *name =
	    ww_node_child(ww_node_find(reading, WW_NODE_NAMES));
	unsigned n = 0;

	for (; name != NULL; name = ww_node_next(name)) {
		struct ww_buf buf = ww_buf_in(r->out.arena);
		struct ww_slice note = ww_child_text(name, WW_NODE_NOTE);

		ww_buf_add(&buf, ww_child_text(name, WW_NODE_ID));
		ww_buf_add(&buf, WW_LIT("  "));
		ww_buf_add(&buf, ww_child_text(name, WW_NODE_ORIGIN));
		if (note.len > 0) {
			ww_buf_add(&buf, WW_LIT(", "));
			ww_buf_add(&buf, note);
		}
		labelled(r, 2, n == 0 ? tr(r, N_("named")) : WW_LIT(""),
			 ww_buf_slice(&buf));
		if (++n == NAMES_SHOWN && !r->style.full) {
			text_more_names(r, ww_node_next(name));
			return;
		}
	}
}

static void
text_carries(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *carries = ww_node_find(reading, WW_NODE_CARRIES);
	struct ww_buf buf = ww_buf_in(r->out.arena);

	if (carries == NULL)
		return;
	ww_buf_add(&buf, ww_child_text(carries, WW_NODE_SPACE));
	ww_buf_add(&buf, WW_LIT(" "));
	ww_buf_add(&buf, ww_child_text(carries, WW_NODE_NUMBER));
	ww_buf_add(&buf, ww_child_text(carries, WW_NODE_VALUE));
	labelled(r, 2, tr(r, N_("carries")), ww_buf_slice(&buf));
}

static void
text_given(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *pair = ww_node_find(reading, WW_NODE_PAIR);
	const struct ww_node *p =
	    ww_node_child(ww_node_find(reading, WW_NODE_PARAMETERS));
	struct ww_buf buf = ww_buf_in(r->out.arena);

	labelled(r, 2, tr(r, N_("extend code")),
		 ww_child_text(pair, WW_NODE_VALUE));
	labelled(r, 2, tr(r, N_("phase")), ww_child_text(pair, WW_NODE_PHASE));
	labelled(r, 2, tr(r, N_("operation")),
		 ww_child_text(pair, WW_NODE_OPERATION));
	for (; p != NULL; p = ww_node_next(p)) {
		ww_buf_add(&buf, ww_node_text(p));
		ww_buf_char(&buf, ' ');
	}
	labelled(r, 2, tr(r, N_("parameters")), ww_buf_slice(&buf));
}

/* What a code is besides a name, in a sentence each. */
static void
text_flags(struct ww_render *r, const struct ww_node *reading)
{
	static const struct {
		const char *flag, *text;
	} notes[] = {
		{ "success", N_("it tells success, not a failure") },
		{ "carrier", N_("it hands on another failure: look for that "
				"one") },
		{ "sum", N_("it sums up several results: read each of them") },
		{ "ambiguous", N_("its meaning depends on the component that "
				  "returned it") },
	};
	const struct ww_node *flag =
	    ww_node_child(ww_node_find(reading, WW_NODE_FLAGS));

	for (; flag != NULL; flag = ww_node_next(flag))
		for (size_t i = 0; i < WW_ARRAY_LEN(notes); i++)
			if (ww_slice_eq(ww_slice_cstr(notes[i].flag),
					ww_node_text(flag)))
				labelled(r, 2, tr(r, N_("note")),
					 tr(r, notes[i].text));
}

static void
text_identity(struct ww_render *r, const struct ww_node *reading)
{
	struct ww_slice sign = ww_child_text(reading, WW_NODE_SIGNED);
	struct ww_slice plain = ww_child_text(reading, WW_NODE_UNSIGNED);
	struct ww_buf buf = ww_buf_in(r->out.arena);

	newline(r);
	ww_buf_add(&buf, sign);
	if (!ww_slice_eq(sign, plain)) {
		ww_buf_add(&buf, WW_LIT(" / "));
		ww_buf_add(&buf, plain);
	}
	labelled(r, 2, tr(r, N_("decimal")), ww_buf_slice(&buf));
	if (ww_slice_eq(ww_shown_value(reading), sign))
		labelled(r, 2, tr(r, N_("hexadecimal")),
			 ww_child_text(reading, WW_NODE_VALUE));
	text_facility(r, reading);
	text_names(r, reading);
	text_carries(r, reading);
	text_given(r, reading);
	text_flags(r, reading);
	labelled(r, 2, tr(r, N_("read so")),
		 ww_child_text(reading, WW_NODE_WHY_RANKED));
	labelled(r, 2, tr(r, N_("not")),
		 ww_child_text(reading, WW_NODE_REFUSED));
}

static void
text_family(struct ww_render *r, const struct ww_node *family)
{
	heading(r, N_("Raised by"));
	paragraph(r, child_text(r, family, WW_NODE_RAISED_BY), 2);
	labelled(r, 2, tr(r, N_("surfaces")),
		 child_text(r, family, WW_NODE_SURFACES));
}

static void
text_detail(struct ww_render *r, const struct ww_node *detail)
{
	const struct ww_node *p = ww_node_child(detail);

	newline(r);
	for (; p != NULL; p = ww_node_next(p)) {
		paragraph(r, node_text(r, p), 0);
		if (!r->style.full)
			break;
	}
}

static void
text_raised(struct ww_render *r, const struct ww_node *raised)
{
	const struct ww_node *item = ww_node_child(raised);

	if (!r->style.full)
		return;
	heading(r, N_("Raised by"));
	for (; item != NULL; item = ww_node_next(item))
		pair(r, child_text(r, item, WW_NODE_WHO),
		     child_text(r, item, WW_NODE_WHEN));
}

static void
text_rules_out(struct ww_render *r, const struct ww_node *rules)
{
	const struct ww_node *item = ww_node_child(rules);

	heading(r, N_("Rules out"));
	for (; item != NULL; item = ww_node_next(item)) {
		pair(r, child_text(r, item, WW_NODE_WHAT),
		     child_text(r, item, WW_NODE_BECAUSE));
		labelled(r, 6, tr(r, N_("but")),
			 child_text(r, item, WW_NODE_BUT));
	}
}

/* Columns of the branch table: at most what a page's width can show. */
#define COLUMNS_MAX 4

static void
column_widths(const struct ww_node *settle, size_t widths[COLUMNS_MAX])
{
	const struct ww_node *row =
	    ww_node_child(ww_node_find(settle, WW_NODE_BRANCHES));
	const struct ww_node *cells = ww_node_find(settle, WW_NODE_COLUMNS);

	for (;;) {
		const struct ww_node *cell = ww_node_child(cells);

		for (size_t i = 0; cell != NULL && i < COLUMNS_MAX; i++) {
			size_t n = ww_utf8_width(ww_node_text(cell));

			if (n > widths[i])
				widths[i] = n;
			cell = ww_node_next(cell);
		}
		if (row == NULL)
			return;
		cells = ww_node_find(row, WW_NODE_CELLS);
		row = ww_node_next(row);
	}
}

/* Cells side by side; the last column stays free for the cause. */
static void
table_row(struct ww_render *r, const struct ww_node *cells,
	  const size_t widths[COLUMNS_MAX])
{
	const struct ww_node *cell = ww_node_child(cells);

	ww_buf_fill(&r->out, ' ', 2);
	for (size_t i = 0; cell != NULL && i < COLUMNS_MAX; i++) {
		size_t n = ww_utf8_width(ww_node_text(cell));

		ww_add_clean(&r->out, ww_node_text(cell));
		ww_buf_fill(&r->out, ' ', widths[i] - n + 2);
		cell = ww_node_next(cell);
	}
}

static struct ww_slice
cause_title(struct ww_render *r, const struct ww_node *reading,
	    struct ww_slice number)
{
	const struct ww_node *cause =
	    ww_node_child(ww_node_find(reading, WW_NODE_CAUSES));
	struct ww_buf buf = ww_buf_in(r->out.arena);
	unsigned n = 0;

	for (size_t i = 0; i < number.len; i++)
		n = n * 10 + (unsigned)(number.p[i] - '0');
	while (cause != NULL && --n > 0)
		cause = ww_node_next(cause);
	ww_buf_add(&buf, number);
	ww_buf_add(&buf, WW_LIT("  "));
	ww_buf_add(&buf, child_text(r, cause, WW_NODE_TITLE));
	return ww_buf_slice(&buf);
}

static void
branch_row(struct ww_render *r, const struct ww_node *reading,
	   const struct ww_node *branch, const size_t widths[COLUMNS_MAX],
	   bool narrow)
{
	struct ww_slice number = ww_child_text(branch, WW_NODE_CAUSE_NUMBER);
	struct ww_slice verdict = child_text(r, branch, WW_NODE_VERDICT);
	const struct ww_node *cell =
	    ww_node_child(ww_node_find(branch, WW_NODE_CELLS));
	size_t used = 2;

	if (number.len > 0)
		verdict = cause_title(r, reading, number);
	if (narrow) {
		for (; cell != NULL; cell = ww_node_next(cell))
			paragraph(r, node_text(r, cell), 2);
		ww_buf_fill(&r->out, ' ', 6);
		ww_buf_add(&r->out, WW_LIT("-> "));
		wrap(r, verdict, 9, 9);
		return;
	}
	table_row(r, ww_node_find(branch, WW_NODE_CELLS), widths);
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		used += widths[i] > 0 ? widths[i] + 2 : 0;
	wrap(r, verdict, used, used);
}

static void
text_settle(struct ww_render *r, const struct ww_node *reading,
	    const struct ww_node *settle)
{
	const struct ww_node *branch =
	    ww_node_child(ww_node_find(settle, WW_NODE_BRANCHES));
	size_t widths[COLUMNS_MAX] = { 0 }, sum = 2;
	bool narrow;

	column_widths(settle, widths);
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		sum += widths[i] > 0 ? widths[i] + 2 : 0;
	/* A table earns its place if the causes keep a third of the page. */
	narrow = sum > usable_width(r) * 2 / 3;
	heading(r, N_("Which cause?"));
	paragraph(r, child_text(r, settle, WW_NODE_LEAD), 0);
	lines(r, ww_child_text(settle, WW_NODE_COMMAND), 4);
	newline(r);
	if (!narrow) {
		table_row(r, ww_node_find(settle, WW_NODE_COLUMNS), widths);
		paint(r, PAINT_DIM, tr(r, N_("cause")));
		newline(r);
	}
	for (; branch != NULL; branch = ww_node_next(branch))
		branch_row(r, reading, branch, widths, narrow);
}

/* Who does it where, with which rights. */
static void
step_place(struct ww_render *r, const struct ww_node *step)
{
	struct ww_buf buf = ww_buf_in(r->out.arena);
	struct ww_slice shell = ww_child_text(step, WW_NODE_SHELL);
	bool elevated =
	    ww_slice_eq(ww_child_text(step, WW_NODE_ELEVATED), WW_LIT("true"));

	ww_buf_add(&buf, child_text(r, step, WW_NODE_PLACE));
	if (!ww_slice_eq(shell, WW_LIT("none"))) {
		ww_buf_add(&buf, WW_LIT(", "));
		ww_buf_add(&buf, shell);
	}
	if (elevated) {
		ww_buf_add(&buf, WW_LIT(", "));
		ww_buf_add(&buf, tr(r, N_("elevated")));
	}
	labelled(r, 6, tr(r, N_("where")), ww_buf_slice(&buf));
}

static void
step_risk(struct ww_render *r, const struct ww_node *step)
{
	struct ww_buf buf = ww_buf_in(r->out.arena);
	struct ww_slice why = child_text(r, step, WW_NODE_RISK_WHY);

	ww_buf_add(&buf, ww_word_text(r, ww_child_text(step, WW_NODE_RISK)));
	if (why.len > 0) {
		ww_buf_add(&buf, WW_LIT(": "));
		ww_buf_add(&buf, why);
	}
	labelled(r, 6, tr(r, N_("risk")), ww_buf_slice(&buf));
}

static void
text_step(struct ww_render *r, const struct ww_node *step, unsigned number)
{
	ww_buf_fill(&r->out, ' ', 3);
	ww_buf_decimal(&r->out, number);
	ww_buf_add(&r->out, WW_LIT("  "));
	wrap(r, child_text(r, step, WW_NODE_TITLE), 6, 6);
	step_place(r, step);
	step_risk(r, step);
	labelled(r, 6, tr(r, N_("first")),
		 child_text(r, step, WW_NODE_PRECHECK));
	lines(r, ww_child_text(step, WW_NODE_COMMANDS), 8);
	labelled(r, 6, tr(r, N_("expect")),
		 child_text(r, step, WW_NODE_EXPECT));
	labelled(r, 6, tr(r, N_("undo")), child_text(r, step, WW_NODE_UNDO));
	labelled(r, 6, tr(r, N_("stop if")), child_text(r, step, WW_NODE_STOP));
}

static const struct ww_node *
find_step(const struct ww_node *reading, struct ww_slice id)
{
	const struct ww_node *step =
	    ww_node_child(ww_node_find(reading, WW_NODE_STEPS));

	while (step != NULL &&
	       !ww_slice_eq(ww_child_text(step, WW_NODE_ID), id))
		step = ww_node_next(step);
	return step;
}

/* Whether an earlier cause has shown the step in full. */
static bool
shown_before(const struct ww_node *reading, const struct ww_node *cause,
	     struct ww_slice id, bool chosen)
{
	const struct ww_node *c =
	    ww_node_child(ww_node_find(reading, WW_NODE_CAUSES));

	for (; c != NULL && c != cause; c = ww_node_next(c)) {
		const struct ww_node *s;

		if (chosen && ww_node_find(c, WW_NODE_MATCHED) == NULL)
			continue;
		s = ww_node_child(ww_node_find(c, WW_NODE_STEP_IDS));

		for (; s != NULL; s = ww_node_next(s))
			if (ww_slice_eq(ww_node_text(s), id))
				return true;
	}
	return false;
}

static void
cause_steps(struct ww_render *r, const struct ww_node *reading,
	    const struct ww_node *cause)
{
	const struct ww_node *id =
	    ww_node_child(ww_node_find(cause, WW_NODE_STEP_IDS));
	bool chosen =
	    ww_node_find(cause, WW_NODE_MATCHED) != NULL && !r->style.full;
	unsigned n = 0;

	for (; id != NULL; id = ww_node_next(id)) {
		const struct ww_node *step =
		    find_step(reading, ww_node_text(id));
		struct ww_buf buf;

		n++;
		if (!shown_before(reading, cause, ww_node_text(id), chosen)) {
			text_step(r, step, n);
			continue;
		}
		buf = ww_buf_in(r->out.arena);
		ww_buf_add(&buf, child_text(r, step, WW_NODE_TITLE));
		ww_buf_add(&buf, WW_LIT(" ("));
		ww_buf_add(&buf, tr(r, N_("as above")));
		ww_buf_add(&buf, WW_LIT(")"));
		ww_buf_fill(&r->out, ' ', 3);
		ww_buf_decimal(&r->out, n);
		ww_buf_add(&r->out, WW_LIT("  "));
		wrap(r, ww_buf_slice(&buf), 6, 6);
	}
}

static void
cause_head(struct ww_render *r, const struct ww_node *cause, unsigned number)
{
	struct ww_buf buf = ww_buf_in(r->out.arena);

	newline(r);
	ww_buf_decimal(&buf, number);
	ww_buf_add(&buf, WW_LIT("  "));
	ww_buf_add(&buf, child_text(r, cause, WW_NODE_TITLE));
	paint(r, PAINT_TITLE, ww_buf_slice(&buf));
	ww_buf_add(&r->out, WW_LIT("  "));
	paint(r, PAINT_DIM,
	      ww_word_text(r, ww_child_text(cause, WW_NODE_LIKELIHOOD)));
	ww_buf_add(&r->out, WW_LIT(", "));
	paint(r, PAINT_DIM,
	      ww_word_text(r, ww_child_text(cause, WW_NODE_CERTAINTY)));
	newline(r);
	if (ww_node_find(cause, WW_NODE_MATCHED) != NULL) {
		ww_buf_fill(&r->out, ' ', 3);
		paint(r, PAINT_RISK, tr(r, N_("<- what you gave points here")));
		newline(r);
	}
}

static void
text_cause(struct ww_render *r, const struct ww_node *reading,
	   const struct ww_node *cause, unsigned number)
{
	const struct ww_node *sign =
	    ww_node_child(ww_node_find(cause, WW_NODE_EVIDENCE));

	cause_head(r, cause, number);
	for (; sign != NULL; sign = ww_node_next(sign)) {
		struct ww_buf buf = ww_buf_in(r->out.arena);
		struct ww_slice where = child_text(r, sign, WW_NODE_WHERE);

		if (where.len > 0) {
			ww_buf_add(&buf, where);
			ww_buf_add(&buf, WW_LIT(": "));
		}
		ww_buf_add(&buf, child_text(r, sign, WW_NODE_SHOWS));
		labelled(r, 3, tr(r, N_("shows as")), ww_buf_slice(&buf));
	}
	labelled(r, 3, tr(r, N_("settle by")),
		 child_text(r, cause, WW_NODE_TEST));
	cause_steps(r, reading, cause);
}

/* Whether what the user gave points to one of the causes. */
static bool
any_matched(const struct ww_node *causes)
{
	const struct ww_node *cause = ww_node_child(causes);

	while (cause != NULL && ww_node_find(cause, WW_NODE_MATCHED) == NULL)
		cause = ww_node_next(cause);
	return cause != NULL;
}

/* When one is pointed to, the others need their titles only. */
static void
text_causes(struct ww_render *r, const struct ww_node *reading,
	    const struct ww_node *causes)
{
	const struct ww_node *cause = ww_node_child(causes);
	bool choose = any_matched(causes) && !r->style.full;

	for (unsigned n = 1; cause != NULL; cause = ww_node_next(cause), n++)
		if (choose && ww_node_find(cause, WW_NODE_MATCHED) == NULL)
			cause_head(r, cause, n);
		else
			text_cause(r, reading, cause, n);
}

static void
text_folklore(struct ww_render *r, const struct ww_node *folklore)
{
	const struct ww_node *item = ww_node_child(folklore);

	heading(r, N_("Seen elsewhere, of no use or harmful here"));
	for (; item != NULL; item = ww_node_next(item))
		pair(r, child_text(r, item, WW_NODE_ADVICE),
		     child_text(r, item, WW_NODE_BECAUSE));
}

static void
text_decode(struct ww_render *r, const struct ww_node *reading,
	    const struct ww_node *family)
{
	const struct ww_node *recipe =
	    ww_node_child(ww_node_find(reading, WW_NODE_DECODE));
	struct ww_slice why = child_text(r, reading, WW_NODE_NO_DECODE);

	(void)family;
	if (recipe == NULL && why.len == 0)
		return;
	heading(r, N_("Decode it yourself"));
	if (why.len > 0)
		paragraph(r, why, 2);
	for (; recipe != NULL; recipe = ww_node_next(recipe)) {
		paragraph(r, ww_child_text(recipe, WW_NODE_SHELL), 2);
		lines(r, ww_child_text(recipe, WW_NODE_COMMAND), 4);
		if (ww_node_find(recipe, WW_NODE_NOTE) != NULL)
			paragraph(r, child_text(r, recipe, WW_NODE_NOTE), 6);
	}
}

static void
text_logged(struct ww_render *r, const struct ww_node *logs)
{
	const struct ww_node *log = ww_node_child(logs);

	heading(r, N_("Logged in"));
	for (; log != NULL; log = ww_node_next(log))
		pair(r, child_text(r, log, WW_NODE_WHERE),
		     child_text(r, log, WW_NODE_WHAT));
}

static void
text_related(struct ww_render *r, const struct ww_node *related)
{
	const struct ww_node *code = ww_node_child(related);

	if (code == NULL)
		return;
	heading(r, N_("Related"));
	for (; code != NULL; code = ww_node_next(code)) {
		struct ww_buf buf = ww_buf_in(r->out.arena);
		struct ww_slice id = ww_child_text(code, WW_NODE_ID);

		ww_buf_add(&buf, id);
		ww_buf_add(&buf, id.len > 0 ? WW_LIT("  ") : WW_LIT(""));
		ww_buf_add(&buf, child_text(r, code, WW_NODE_NOTE));
		labelled(r, 2, ww_child_text(code, WW_NODE_VALUE),
			 ww_buf_slice(&buf));
	}
}

static void
text_faq(struct ww_render *r, const struct ww_node *faq)
{
	const struct ww_node *item = ww_node_child(faq);

	heading(r, N_("Questions"));
	for (; item != NULL; item = ww_node_next(item))
		if (r->style.full)
			pair(r, child_text(r, item, WW_NODE_QUESTION),
			     child_text(r, item, WW_NODE_ANSWER_TEXT));
		else
			paragraph(r, child_text(r, item, WW_NODE_QUESTION), 2);
	if (!r->style.full)
		paragraph(r, tr(r, N_("--full answers them.")), 2);
}

static void
text_sources(struct ww_render *r, const struct ww_node *sources)
{
	const struct ww_node *source = ww_node_child(sources);

	if (source == NULL || !r->style.full)
		return;
	heading(r, N_("Sources"));
	for (; source != NULL; source = ww_node_next(source)) {
		struct ww_buf buf = ww_buf_in(r->out.arena);

		ww_buf_add(&buf, ww_child_text(source, WW_NODE_TITLE));
		ww_buf_add(&buf, WW_LIT(" ("));
		ww_buf_add(&buf, ww_child_text(source, WW_NODE_PUBLISHER));
		ww_buf_add(&buf, WW_LIT(", "));
		ww_buf_add(&buf, ww_child_text(source, WW_NODE_READ));
		ww_buf_add(&buf, WW_LIT(")"));
		pair(r, ww_buf_slice(&buf), ww_child_text(source, WW_NODE_URL));
	}
}

struct part {
	enum ww_node_kind kind;
	void (*show)(struct ww_render *, const struct ww_node *part);
	void (*show_in)(struct ww_render *, const struct ww_node *reading,
			const struct ww_node *part);
};

/* In the order of the page; a part that is missing is passed over. */
static const struct part parts[] = {
	{ WW_NODE_DETAIL, text_detail, NULL },
	{ WW_NODE_RAISED, text_raised, NULL },
	{ WW_NODE_RULES_OUT, text_rules_out, NULL },
	{ WW_NODE_SETTLE, NULL, text_settle },
	{ WW_NODE_CAUSES, NULL, text_causes },
	{ WW_NODE_FOLKLORE, text_folklore, NULL },
};

static const struct part last_parts[] = {
	{ WW_NODE_LOGGED_IN, text_logged, NULL },
	{ WW_NODE_RELATED, text_related, NULL },
	{ WW_NODE_FAMILY, NULL, text_decode },
	{ WW_NODE_FAQ, text_faq, NULL },
	{ WW_NODE_SOURCES, text_sources, NULL },
};

static void
show_parts(struct ww_render *r, const struct ww_node *reading,
	   const struct part *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct ww_node *part =
		    ww_node_find(reading, list[i].kind);

		if (part == NULL)
			continue;
		if (list[i].show != NULL)
			list[i].show(r, part);
		else
			list[i].show_in(r, reading, part);
	}
}

static void
text_reading(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *family = ww_node_find(reading, WW_NODE_FAMILY);

	text_title(r, reading);
	text_identity(r, reading);
	/* A topic says who raises this code, more closely than its family. */
	if (family != NULL && ww_node_find(reading, WW_NODE_TOPIC) == NULL) {
		text_family(r, family);
		labelled(r, 2, tr(r, N_("not known")),
			 tr(r, N_("its causes and steps: no topic covers this "
				  "code yet")));
	}
	show_parts(r, reading, parts, WW_ARRAY_LEN(parts));
	show_parts(r, reading, last_parts, WW_ARRAY_LEN(last_parts));
}

/* The other readings in a line each, with the reason for their rank. */
static void
text_others(struct ww_render *r, const struct ww_node *reading,
	    struct ww_slice value)
{
	if (reading == NULL)
		return;
	heading(r, N_("It can also be"));
	for (; reading != NULL; reading = ww_node_next(reading)) {
		const struct ww_node *name =
		    ww_node_child(ww_node_find(reading, WW_NODE_NAMES));
		const struct ww_node *family =
		    ww_node_find(reading, WW_NODE_FAMILY);
		struct ww_buf buf = ww_buf_in(r->out.arena);

		ww_buf_add(&buf, ww_child_text(name, WW_NODE_ID));
		if (!ww_slice_eq(ww_child_text(reading, WW_NODE_VALUE),
				 value)) {
			ww_buf_add(&buf, WW_LIT("  "));
			ww_buf_add(&buf, ww_child_text(reading, WW_NODE_VALUE));
		} else {
			ww_buf_add(&buf, WW_LIT("  --as "));
			ww_buf_add(&buf,
				   family == NULL
				       ? ww_child_text(reading, WW_NODE_SPACE)
				       : ww_child_text(family, WW_NODE_ID));
		}
		pair(r, ww_buf_slice(&buf),
		     child_text(r, reading, WW_NODE_MEANING));
		if (r->style.full)
			labelled(r, 6, tr(r, N_("read so")),
				 ww_child_text(reading, WW_NODE_WHY_RANKED));
	}
}

static void
text_nothing(struct ww_render *r, const struct ww_node *answer)
{
	const struct ww_node *s =
	    ww_node_child(ww_node_find(answer, WW_NODE_SUGGESTIONS));

	if (ww_node_child(ww_node_find(answer, WW_NODE_READINGS)) == NULL) {
		paint(r, PAINT_TITLE, ww_child_text(answer, WW_NODE_QUERY));
		ww_buf_add(&r->out, WW_LIT("  "));
		ww_buf_add(&r->out,
			   tr(r, s == NULL
				     ? N_("nothing is known of this")
				     : N_("is not a whole code or name")));
		newline(r);
	}
	if (s == NULL)
		return;
	heading(r, N_("Did you mean"));
	for (; s != NULL; s = ww_node_next(s))
		paragraph(r, ww_node_text(s), 2);
}

static void
text_answer(struct ww_render *r, const struct ww_node *answer)
{
	const struct ww_node *first =
	    ww_node_child(ww_node_find(answer, WW_NODE_READINGS));

	if (first != NULL) {
		text_reading(r, first);
		text_others(r, ww_node_next(first),
			    ww_child_text(first, WW_NODE_VALUE));
	}
	text_nothing(r, answer);
}

static void
text_result(struct ww_render *r, const struct ww_node *result)
{
	paint(r, PAINT_TITLE, ww_child_text(result, WW_NODE_VALUE));
	ww_buf_add(&r->out, WW_LIT("  "));
	paint(r, PAINT_TITLE, ww_child_text(result, WW_NODE_ID));
	ww_buf_add(&r->out, WW_LIT("  "));
	paint(r, PAINT_DIM, child_text(r, result, WW_NODE_TITLE));
	newline(r);
	if (ww_node_find(result, WW_NODE_SUMMARY) != NULL)
		paragraph(r, child_text(r, result, WW_NODE_SUMMARY), 4);
}

void
ww_render_text(struct ww_render *r)
{
	const struct ww_node *root = ww_report_root(r->report);
	const struct ww_node *n =
	    ww_node_child(ww_node_find(root, WW_NODE_ANSWERS));
	struct ww_slice omitted = ww_child_text(root, WW_NODE_OMITTED);

	for (; n != NULL; n = ww_node_next(n)) {
		text_answer(r, n);
		if (ww_node_next(n) != NULL)
			lines(r, WW_LIT("\n"), 0);
	}
	n = ww_node_child(ww_node_find(root, WW_NODE_RESULTS));
	for (; n != NULL; n = ww_node_next(n))
		text_result(r, n);
	if (omitted.len > 0) {
		newline(r);
		labelled(r, 0, omitted,
			 tr(r, N_("further codes of the text are left out")));
	}
}
