/*
 * What the parameters of a stop code mean.
 */
#include "render/text.h"

#include "base/banned.h"

/* So many values of a parameter are shown; --full shows all. */
#define CASES_SHOWN 4

/* Behind the number of a parameter. */
#define INDENT 5

static void
text_cases(struct ww_render *r, const struct ww_node *parameter)
{
	const struct ww_node *n =
	    ww_node_child(ww_node_find(parameter, WW_NODE_PARAMETER_CASES));
	int64_t more = 0;

	for (unsigned i = 0; n != NULL; n = ww_node_next(n), i++) {
		if (i < CASES_SHOWN || r->style.full)
			ww_text_labelled(r, INDENT,
					 ww_child_text(n, WW_NODE_VALUE),
					 ww_text_child(r, n, WW_NODE_MEANS));
		else
			more++;
	}
	ww_text_more(r, INDENT, more);
}

static void
text_parameter(struct ww_render *r, const struct ww_node *parameter)
{
	struct ww_slice value = ww_child_text(parameter, WW_NODE_VALUE);
	struct ww_slice means = ww_text_child(r, parameter, WW_NODE_MEANS);
	struct ww_buf buf = ww_buf_in(r->out.arena);

	ww_buf_add(&buf, ww_child_text(parameter, WW_NODE_NUMBER));
	ww_buf_add(&buf, WW_LIT("  "));
	if (value.len > 0) {
		ww_buf_add(&buf, value);
		ww_buf_add(&buf, WW_LIT("  "));
	}
	ww_buf_add(&buf, ww_text_child(r, parameter, WW_NODE_WHAT));
	ww_buf_fill(&r->out, ' ', 2);
	ww_text_wrap(r, ww_buf_slice(&buf), INDENT, 2);
	if (means.len > 0)
		ww_text_paragraph(r, means, INDENT);
	text_cases(r, parameter);
}

void
ww_text_stop(struct ww_render *r, const struct ww_node *parameters)
{
	const struct ww_node *n = ww_node_child(parameters);

	ww_text_heading(r, N_("Parameters"));
	for (; n != NULL; n = ww_node_next(n))
		text_parameter(r, n);
}
