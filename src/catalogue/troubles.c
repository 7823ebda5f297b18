#include "catalogue/troubles.h"

#include "base/banned.h"

/* There are a few dozen of them. */
static struct ww_rec
find(const struct ww_catalogue *c, enum ww_section section, unsigned at,
     struct ww_slice id)
{
	for (uint32_t i = 0; i < ww_count(c, section); i++) {
		struct ww_rec r = ww_rec_at(c, section, i);

		if (ww_slice_eq(ww_rec_str(r, at), id))
			return r;
	}
	return (struct ww_rec){ c, NULL };
}

struct ww_rec
ww_trouble(const struct ww_catalogue *c, struct ww_slice word)
{
	struct ww_rec r = find(c, WW_S_TROUBLE, WW_TROUBLE_ID, word);

	if (r.p == NULL && ww_slice_starts(word, WW_LIT("http-")))
		r = find(c, WW_S_TROUBLE, WW_TROUBLE_ID, WW_LIT("http-other"));
	return r;
}

uint32_t
ww_client_code(struct ww_rec code)
{
	uint32_t value = ww_rec_num(code, WW_TOPIC_CODE_VALUE);

	return ww_rec_num(code, WW_TOPIC_CODE_SPACE) == WW_SPACE_WIN32
		   ? 0x80070000u | (value & 0xffff)
		   : value;
}

bool
ww_trouble_code(const struct ww_catalogue *c, struct ww_slice word,
		enum ww_client client, uint32_t *ret)
{
	struct ww_list clients =
	    ww_rec_list(ww_trouble(c, word), WW_TROUBLE_CLIENTS,
			WW_S_CLIENT_CODE);

	for (uint32_t i = 0; i < clients.count; i++) {
		struct ww_rec r = ww_list_at(c, clients, i);
		struct ww_list codes =
		    ww_rec_list(r, WW_CLIENT_CODE_CODES, WW_S_TOPIC_CODE);

		if (ww_rec_num(r, WW_CLIENT_CODE_CLIENT) != (uint32_t)client ||
		    codes.count == 0)
			continue;
		*ret = ww_client_code(ww_list_at(c, codes, 0));
		return true;
	}
	return false;
}

struct ww_rec
ww_probe_step(const struct ww_catalogue *c, struct ww_slice name)
{
	return find(c, WW_S_PROBE_STEP, WW_PROBE_STEP_ID, name);
}
