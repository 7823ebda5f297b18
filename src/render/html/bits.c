/*
 * The bits of a number as a strip: each field with its bits and its letter.
 * What the fields hold is said in words beside it.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

struct field {
	const char *label; /* of [MS-ERREF], or English */
	unsigned bits;
};

/* 2.1, and X counts as one of the facility, as Windows' headers have it. */
static const struct field of_hresult[] = {
	{ "S", 1 },
	{ "R", 1 },
	{ "C", 1 },
	{ "N", 1 },
	{ N_("facility"), 12 },
	{ N_("code"), 16 },
};

/* 2.3 */
static const struct field of_ntstatus[] = {
	{ "Sev", 2 },		{ "C", 1 },	    { "N", 1 },
	{ N_("facility"), 12 }, { N_("code"), 16 },
};

static void
add_bits(struct ww_buf *buf, uint64_t value, unsigned low, unsigned n)
{
	while (n-- > 0)
		ww_buf_char(buf, value >> (low + n) & 1 ? '1' : '0');
}

static void
strip(struct ww_html *h, const struct field *fields, size_t n, uint64_t value)
{
	struct ww_buf label = ww_buf_in(h->r->out.arena);
	unsigned low = 32;

	add_bits(&label, value, 0, 32);
	ww_html_add(h, "<div class=\"bits\" role=\"img\"");
	ww_html_attr(h, "aria-label",
		     ww_colon_text(h->r, ww_tr(h->r->report, N_("bits")),
				   ww_buf_slice(&label)));
	ww_html_add(h, ">");
	for (size_t i = 0; i < n; i++) {
		low -= fields[i].bits;
		ww_html_add(h, "<span>");
		add_bits(&h->r->out, value, low, fields[i].bits);
		ww_html_add(h, "<b>");
		ww_html_tr(h, fields[i].label);
		ww_html_add(h, "</b></span>");
	}
	ww_html_add(h, "</div>\n");
}

void
ww_html_bits(struct ww_html *h, const struct ww_node *reading)
{
	uint64_t value;

	if (ww_node_find(reading, WW_NODE_FACILITY) == NULL ||
	    !ww_slice_hex(ww_child_text(reading, WW_NODE_VALUE), &value))
		return;
	if (ww_child_is(reading, WW_NODE_SPACE, "ntstatus"))
		strip(h, of_ntstatus, WW_ARRAY_LEN(of_ntstatus), value);
	else
		strip(h, of_hresult, WW_ARRAY_LEN(of_hresult), value);
}
