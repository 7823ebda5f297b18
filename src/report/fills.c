#include "report/fills.h"

#include "report/redact.h"

#include "base/banned.h"

/* As a sentence takes it that is not the line's own. */
static struct ww_slice
part_of(struct ww_slice value)
{
	value = ww_slice_trim(value);
	if (value.len > 1 && value.p[value.len - 1] == '.')
		value.len--;
	return value;
}

void
ww_fills_add(struct ww_fills *f, struct ww_slice name, struct ww_slice value)
{
	struct ww_buf marked = ww_buf_in(f->arena);

	if (f->n == WW_FILLS_MAX || value.len == 0)
		return;
	value = part_of(value);
	if (f->redact && value.len > 0) {
		ww_redact_mark(&marked, value);
		value = ww_buf_slice(&marked);
	}
	f->p[f->n++] = (struct ww_fill){
		.name = ww_arena_copy(f->arena, name.p, name.len),
		.value = value,
	};
}

void
ww_fills_add_captures(struct ww_fills *f, const struct ww_captures *captures)
{
	for (unsigned i = 0; i < captures->n; i++)
		ww_fills_add(f, captures->p[i].name, captures->p[i].value);
}

bool
ww_fills_fill(const struct ww_fills *f, struct ww_text *sentence)
{
	struct ww_buf out = ww_buf_in(f->arena);
	bool whole = ww_buf_template(&out, sentence->s, f->p);

	sentence->s = ww_buf_slice(&out);
	return whole;
}
