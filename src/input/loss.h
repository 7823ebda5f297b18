/*
 * What a file could not give: counted by kind, with the place of the first.
 */
#ifndef WW_INPUT_LOSS_H
#define WW_INPUT_LOSS_H

#include "base/buf.h"
#include "base/message.h"

#define WW_LOSSES_MAX	 24
#define WW_LOSS_NAME_MAX 80

struct ww_loss {
	const char *what; /* English message; {name} and {at} are filled in */
	uint64_t count;
	uint64_t at; /* offset of the first in the file */
	char name[WW_LOSS_NAME_MAX];
	size_t name_len;
};

struct ww_losses {
	struct ww_loss list[WW_LOSSES_MAX];
	unsigned n;
};

/*
 * Room for one kind more.  The last place is for all kinds that have none of
 * their own.
 */
static inline struct ww_loss *
ww_losses_place(struct ww_losses *losses, const char *what, uint64_t at)
{
	struct ww_loss *last = &losses->list[WW_LOSSES_MAX - 1];

	if (losses->n == WW_LOSSES_MAX)
		return last;
	if (losses->n == WW_LOSSES_MAX - 1)
		what = N_("problems of other kinds");
	losses->list[losses->n] = (struct ww_loss){ .what = what, .at = at };
	return &losses->list[losses->n++];
}

/* One of the kind more. */
static inline struct ww_loss *
ww_losses_add(struct ww_losses *losses, const char *what, uint64_t at)
{
	struct ww_loss *loss = losses->list;

	while (loss < losses->list + losses->n && loss->what != what)
		loss++;
	if (loss == losses->list + losses->n)
		loss = ww_losses_place(losses, what, at);
	loss->count++;
	return loss;
}

/* So many of a kind that has a name. */
static inline void
ww_losses_name(struct ww_losses *losses, const char *what, uint64_t count,
	       struct ww_slice name)
{
	struct ww_loss *loss = ww_losses_place(losses, what, 0);

	loss->count += count;
	if (loss->what != what)
		return;
	if (name.len > sizeof(loss->name))
		name.len = sizeof(loss->name);
	if (name.len > 0)
		memcpy(loss->name, name.p, name.len);
	loss->name_len = name.len;
}

/* One of the kind and the name more. */
static inline void
ww_losses_add_name(struct ww_losses *losses, const char *what,
		   struct ww_slice name)
{
	name = ww_slice_part(name, 0,
			     name.len < WW_LOSS_NAME_MAX ? name.len
							 : WW_LOSS_NAME_MAX);
	for (unsigned i = 0; i < losses->n; i++) {
		struct ww_loss *loss = &losses->list[i];

		if (loss->what == what &&
		    ww_slice_eq(ww_slice_of(loss->name, loss->name_len),
				name)) {
			loss->count++;
			return;
		}
	}
	ww_losses_name(losses, what, 1, name);
}

/* Its text: `what` is its message in some language, whose holes are filled. */
static inline void
ww_loss_add_text(struct ww_buf *out, const struct ww_loss *loss,
		 struct ww_slice what)
{
	struct ww_buf at = ww_buf_in(out->arena);

	ww_buf_decimal(&at, (int64_t)loss->at);
	ww_buf_template(out, what,
			(const struct ww_fill[]){
			    { "name", ww_slice_of(loss->name, loss->name_len) },
			    { "at", ww_buf_slice(&at) },
			    { 0 },
			});
}

#endif
