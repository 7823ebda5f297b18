/*
 * Arbitrary bytes as a text: the identities found lie in it, one behind the
 * other, and a text that tells of them has them no more.
 */
#include "evidence/pseudonyms.h"

#include "fuzz.h"

static jmp_buf oom;

static void
check_places(struct ww_slice text)
{
	struct ww_identity found[WW_IDENTITIES_AT_MAX];
	size_t at = 0, before;
	unsigned n;

	do {
		before = at;
		n = ww_identity_next(text, &at, found);
		require(at <= text.len);
		require(n == 0 || at > before);
		for (unsigned i = 0; i < n; i++) {
			require(found[i].text.len > 0);
			require(found[i].text.p >= text.p);
			require(found[i].text.p + found[i].text.len <=
				text.p + at);
		}
	} while (n > 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ww_slice text = { .p = (const char *)data, .len = size };
	struct ww_pseudonyms *p;
	struct ww_arena arena;
	struct ww_buf out;

	ww_arena_init(&arena, &oom);
	p = ww_pseudonyms_new(&arena);
	out = ww_buf_in(&arena);
	check_places(text);
	ww_pseudonyms_gather(p, text);
	ww_pseudonyms_apply(p, text, &out);
	ww_arena_release(&arena);
	return 0;
}
