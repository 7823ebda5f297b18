#include "catalogue/events.h"

#include "base/banned.h"

struct ww_list
ww_event_keys(const struct ww_catalogue *c, uint32_t number)
{
	uint32_t low = 0, high = ww_count(c, WW_S_EVENT_KEY), end;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct ww_rec r = ww_rec_at(c, WW_S_EVENT_KEY, middle);

		if (ww_rec_num(r, WW_EVENT_KEY_NUMBER) < number)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < ww_count(c, WW_S_EVENT_KEY); end++)
		if (ww_rec_num(ww_rec_at(c, WW_S_EVENT_KEY, end),
			       WW_EVENT_KEY_NUMBER) != number)
			break;
	return (struct ww_list){ WW_S_EVENT_KEY, low, end - low };
}

struct ww_rec
ww_event_kind(const struct ww_catalogue *c, struct ww_slice provider,
	      uint32_t number)
{
	struct ww_list keys = ww_event_keys(c, number);

	for (uint32_t i = 0; i < keys.count; i++) {
		struct ww_rec key = ww_list_at(c, keys, i);

		if (ww_slice_casecmp(ww_rec_str(key, WW_EVENT_KEY_PROVIDER),
				     provider) == 0)
			return ww_rec_ref(key, WW_EVENT_KEY_KIND,
					  WW_S_EVENT_KIND);
	}
	return (struct ww_rec){ c, NULL };
}

/* Equal strings have equal offsets. */
static bool
was_told(const struct ww_catalogue *c, struct ww_list forms, uint32_t before,
	 uint32_t name)
{
	for (uint32_t i = 0; i < before; i++) {
		struct ww_list fields =
		    ww_rec_list(ww_list_at(c, forms, i), WW_EVENT_FORM_FIELDS,
				WW_S_EVENT_FIELD);

		for (uint32_t k = 0; k < fields.count; k++)
			if (ww_rec_num(ww_list_at(c, fields, k),
				       WW_EVENT_FIELD_NAME) == name)
				return true;
	}
	return false;
}

static bool
is_wanted(const struct ww_event_walk *walk, struct ww_rec field)
{
	return !walk->codes ||
	       ww_rec_num(field, WW_EVENT_FIELD_IS) != WW_CODE_IS_NONE;
}

bool
ww_event_next_field(struct ww_rec kind, struct ww_event_walk *walk,
		    struct ww_rec *ret)
{
	const struct ww_catalogue *c = kind.c;
	struct ww_list forms =
	    ww_rec_list(kind, WW_EVENT_KIND_FORMS, WW_S_EVENT_FORM);

	while (walk->form < forms.count) {
		struct ww_list fields =
		    ww_rec_list(ww_list_at(c, forms, walk->form),
				WW_EVENT_FORM_FIELDS, WW_S_EVENT_FIELD);

		if (walk->field >= fields.count) {
			walk->form++;
			walk->field = 0;
			continue;
		}
		*ret = ww_list_at(c, fields, walk->field++);
		if (is_wanted(walk, *ret) &&
		    !was_told(c, forms, walk->form,
			      ww_rec_num(*ret, WW_EVENT_FIELD_NAME)))
			return true;
	}
	return false;
}
