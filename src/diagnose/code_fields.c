#include "diagnose/code_fields.h"

#include "base/banned.h"

static bool
is_of(const struct ww_code_fields *f, const struct ww_told_event *e)
{
	return f->provider_len > 0 && f->number == e->number &&
	       ww_slice_eq(ww_slice_of(f->provider, f->provider_len),
			   e->provider);
}

static void
find(struct ww_code_fields *f, struct ww_rec kind)
{
	struct ww_event_walk walk = { .codes = true };
	struct ww_rec field;

	f->n = 0;
	f->known = ww_event_has_fields(kind);
	while (f->known && ww_event_next_field(kind, &walk, &field)) {
		f->known = f->n < WW_CODE_FIELDS_MAX;
		if (f->known)
			f->fields[f->n++] = field;
	}
}

static void
keep(struct ww_code_fields *f, const struct ww_told_event *e)
{
	f->number = e->number;
	f->provider_len =
	    e->provider.len <= sizeof(f->provider) ? e->provider.len : 0;
	if (f->provider_len > 0)
		memcpy(f->provider, e->provider.p, f->provider_len);
}

const struct ww_code_fields *
ww_code_fields_of(struct ww_code_kinds *kinds, const struct ww_catalogue *c,
		  const struct ww_told_event *e)
{
	struct ww_code_fields *f = &kinds->kept[e->number % WW_CODE_KINDS_MAX];

	if (!is_of(f, e)) {
		find(f, ww_event_kind(c, e->provider, e->number));
		keep(f, e);
	}
	return f;
}
