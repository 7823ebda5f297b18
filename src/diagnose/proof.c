/*
 * The lines that are quoted for a finding.
 */
#include "diagnose/concluding.h"

#include "base/banned.h"

/* Lines that are quoted for one finding. */
#define PROOFS_MAX 6

void
ww_add_proof(struct ww_concluding *k, struct ww_finding *f,
	     const struct ww_quote *quote)
{
	const struct ww_analysis *file = k->files[quote->file];
	struct ww_proof **at = &f->proofs;
	unsigned n = 0;

	if (quote->line == 0)
		return;
	for (; *at != NULL; at = &(*at)->next, n++)
		if ((*at)->file == file && (*at)->quote->line == quote->line)
			return;
	if (n == PROOFS_MAX)
		return;
	*at = ww_arena_new(k->arena, struct ww_proof);
	(*at)->file = file;
	(*at)->quote = quote;
}

/* Notes whose line says what went wrong. */
static void
add_note_proofs(struct ww_concluding *k, struct ww_finding *f)
{
	static const char *const telling[] = {
		"action-error", "action",	  "suspect",
		"exception",	"fault-code",	  "failed-operation",
		"provider",	"hardware-error", "machine-check",
		"pci-device",
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(telling); i++)
		for (const struct ww_note *n = f->told.episode->notes;
		     n != NULL; n = n->next)
			if (ww_slice_eq(n->name, ww_slice_cstr(telling[i])))
				ww_add_proof(k, f, &n->quote);
}

void
ww_add_proofs(struct ww_concluding *k, struct ww_finding *f)
{
	const struct ww_episode *e = f->told.episode;

	if (f->hit != NULL)
		ww_add_proof(k, f, &f->hit->first);
	if (e == NULL)
		return;
	for (const struct ww_sign *h = e->hits; f->hit != NULL && h != NULL;
	     h = h->next) {
		struct ww_rec rec =
		    ww_rec_at(k->c, WW_S_SIGNATURE, h->signature);
		bool same = ww_rec_num(rec, WW_SIGNATURE_CAUSE_AT) ==
			    ww_rec_num(f->signature, WW_SIGNATURE_CAUSE_AT);

		if (same && ww_rec_num(rec, WW_SIGNATURE_TOPIC) ==
				ww_rec_num(f->signature, WW_SIGNATURE_TOPIC))
			ww_add_proof(k, f, &h->first);
	}
	add_note_proofs(k, f);
	/* Where the outcome's number was first written. */
	for (const struct ww_seen *s = e->codes; f->hit == NULL && s != NULL;
	     s = s->next)
		if (e->has_code && s->value == e->code)
			ww_add_proof(k, f, &s->first);
	for (const struct ww_item *i = e->items; i != NULL; i = i->next)
		if (i->bad) {
			ww_add_proof(k, f, &i->quote);
			break;
		}
	ww_add_proof(k, f, &e->outcome_quote);
}
