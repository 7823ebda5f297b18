#include "report/redact.h"

#include "base/banned.h"

/* Folders are called after machines: a letter and a digit stand in those. */
static bool
may_be_machine(struct ww_slice folder)
{
	bool letter = false, digit = false;

	for (size_t i = 0; i < folder.len; i++) {
		letter |= ww_is_alpha(folder.p[i]);
		digit |= ww_is_digit(folder.p[i]);
	}
	return letter && digit && !ww_slice_casestarts(folder, WW_LIT("W3SVC"));
}

void
ww_redact_path(struct ww_pseudonyms *p, struct ww_slice path)
{
	size_t start = 0;

	ww_pseudonyms_gather(p, path);
	for (size_t i = 0; i < path.len; i++) {
		struct ww_slice folder = ww_slice_part(path, start, i - start);

		if (path.p[i] != '/' && path.p[i] != '\\')
			continue;
		if (may_be_machine(folder))
			ww_pseudonyms_add(p, WW_IDENTITY_HOST, folder);
		start = i + 1;
	}
}

/* The tree is as deep as its kinds are nested: a few levels. */
static void
for_each_told(struct ww_node *node, void (*visit)(struct ww_node *, void *),
	      void *ctx)
{
	for (; node != NULL; node = node->next) {
		if (node->told)
			visit(node, ctx);
		for_each_told(node->child, visit, ctx);
	}
}

static void
gather(struct ww_node *node, void *ctx)
{
	ww_pseudonyms_gather(ctx, node->text);
}

static void
apply(struct ww_node *node, void *ctx)
{
	struct ww_pseudonyms *p = ctx;
	struct ww_buf out = ww_buf_in(p->arena);

	ww_pseudonyms_apply(p, node->text, &out);
	node->text = ww_buf_slice(&out);
}

void
ww_report_redact(struct ww_report *report, struct ww_pseudonyms *p)
{
	for_each_told(report->root, gather, p);
	for_each_told(report->root, apply, p);
}
