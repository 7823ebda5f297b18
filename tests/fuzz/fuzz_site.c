/*
 * Arbitrary bytes as the list of a site's files, and each line of them as an
 * address.  What a list names lies below its folder; an address that is one
 * is the only one of its page.
 */
#include "site/address.h"
#include "site/manifest.h"

#include "fuzz.h"

static void
check_list(struct ww_arena *arena, struct ww_slice text)
{
	struct site_manifest list;

	if (!site_manifest_read(arena, text, &list))
		return;
	for (size_t i = 0; i < list.count; i++) {
		struct ww_slice name = list.entries[i].name;

		require(name.len > 0 && name.p[0] != '/' && name.p[0] != '.');
		require(!ww_slice_casehas(name, WW_LIT("/.")));
		require(site_manifest_find(&list, name) != NULL);
	}
}

static void
check_address(struct ww_arena *arena, struct ww_slice address)
{
	const struct ww_catalogue *c = ww_catalogue_embedded();
	struct ww_buf again = ww_buf_in(arena);
	struct site_page page;

	if (!site_parse(arena, c, address, &page))
		return;
	site_add_address(&again, c, &page);
	require(ww_slice_eq(ww_buf_slice(&again), address));
	require(!ww_slice_casehas(address, WW_LIT("..")));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ww_slice text = ww_slice_of((const char *)data, size);
	struct ww_arena arena;
	jmp_buf oom;

	ww_arena_init(&arena, &oom);
	require(setjmp(oom) == 0);
	check_list(&arena, text);
	while (text.len > 0) {
		struct ww_slice line = ww_slice_line(text);

		check_address(&arena, line);
		text = ww_slice_from(text, line.len + (line.len < text.len));
	}
	ww_arena_release(&arena);
	return 0;
}
