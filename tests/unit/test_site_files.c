/*
 * A site as files: each name once, its list read as strictly as any input,
 * its feed and maps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <winwhy/winwhy.h>

#include "base/compiler.h"
#include "base/tar.h"
#include "site/files.h"
#include "site/manifest.h"
#include "site/map.h"
#include "site/xml.h"

#include "arena.h"

/* A list of all names is one that can be read: no name of the site is odd. */
static void
names(void **state)
{
	const struct site sites[] = {
		{ .c = ww_catalogue_embedded() },
		{ .c = ww_catalogue_embedded(),
		  .base = WW_LIT("https://w.example/") },
		{ .c = ww_catalogue_embedded(),
		  .base = WW_LIT("https://w.example/"),
		  .one_language = true,
		  .lang = 1 },
	};
	size_t counts[WW_ARRAY_LEN(sites)];

	(void)state;
	for (size_t k = 0; k < WW_ARRAY_LEN(sites); k++) {
		struct site_files files;
		struct site_manifest list;
		struct ww_buf text = ww_buf_in(&arena);

		site_files(&arena, &sites[k], false, &files);
		counts[k] = files.count;
		site_manifest_start(&text, WW_LIT("key"));
		for (size_t i = 0; i < files.count; i++) {
			struct ww_buf name = ww_buf_in(&arena);

			site_file_name(&name, &files, i);
			site_manifest_add(&text, (struct site_entry){
						     ww_buf_slice(&name), i });
		}
		assert_true(
		    site_manifest_read(&arena, ww_buf_slice(&text), &list));
		assert_int_equal(list.count, files.count);
		for (size_t i = 0; i + 1 < list.count; i++)
			assert_true(ww_slice_cmp(list.entries[i].name,
						 list.entries[i + 1].name) < 0);
	}
	/* Two feeds, one map and its index. */
	assert_int_equal(counts[1], counts[0] + 4);
	assert_int_equal(counts[1] + 9, 2 * counts[2]);
}

static void
lists(void **state)
{
	const struct ww_slice good =
	    WW_LIT("winwhy-site 1 a key\n12 en/index.html\n0 page.css\n");
	struct site_manifest list;

	(void)state;
	assert_true(site_manifest_read(&arena, good, &list));
	assert_text(list.key, "a key");
	assert_int_equal(list.count, 2);
	assert_int_equal(
	    site_manifest_find(&list, WW_LIT("en/index.html"))->size, 12);
	assert_null(site_manifest_find(&list, WW_LIT("en/index.htm")));
	assert_true(
	    site_manifest_read(&arena, WW_LIT("winwhy-site 1 \n"), &list));
	assert_null(site_manifest_find(&list, WW_LIT("")));
}

static void
no_lists(void **state)
{
	static const char *const rows[] = {
		"",
		"winwhy-site 2 key\n",
		"12 en/index.html\n",
		"winwhy-site 1 key\nen/index.html\n",
		"winwhy-site 1 key\n12\n",
		"winwhy-site 1 key\n12 \n",
		"winwhy-site 1 key\n 12 a\n",
		"winwhy-site 1 key\n-1 a\n",
		"winwhy-site 1 key\n99999999999999999999999999 a\n",
		"winwhy-site 1 key\n1 ../a\n",
		"winwhy-site 1 key\n1 a/../../b\n",
		"winwhy-site 1 key\n1 /a\n",
		"winwhy-site 1 key\n1 a//b\n",
		"winwhy-site 1 key\n1 a/\n",
		"winwhy-site 1 key\n1 .winwhy-site\n",
		"winwhy-site 1 key\n1 a/.b\n",
		"winwhy-site 1 key\n1 c:\\a\n",
		"winwhy-site 1 key\n1 a b\n",
		"winwhy-site 1 key\n1 a\n\n",
	};
	struct site_manifest list;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		assert_false(
		    site_manifest_read(&arena, ww_slice_cstr(rows[i]), &list));
}

/* More pages than a map may hold. */
static void
maps(void **state)
{
	const struct site site = { .c = ww_catalogue_embedded(),
				   .base = WW_LIT("https://w.example/a&b/") };
	struct site_files files;
	struct ww_slice text, last = { 0 };

	(void)state;
	site_files(&arena, &site, true, &files);
	assert_int_equal(files.maps,
			 (files.langs * files.pages + SITE_MAP_MAX - 1) /
			     SITE_MAP_MAX);
	text = site_maps(&arena, &files);
	assert_true(ww_slice_casehas(
	    text, WW_LIT("<loc>https://w.example/a&amp;b/sitemap-1.xml<")));
	text = site_map(&arena, &files, files.maps - 1);
	assert_true(ww_slice_casehas(text, WW_LIT("</urlset>")));
	for (size_t i = 0; i < files.maps; i++) {
		struct ww_slice first;

		text = site_map(&arena, &files, i);
		first = ww_slice_behind(text, WW_LIT("<loc>"));
		first =
		    ww_slice_of(first.p, ww_slice_casefind(first, WW_LIT("<")));
		assert_false(ww_slice_eq(first, last));
		last = first;
	}
}

static void
escapes(void **state)
{
	struct ww_buf buf = ww_buf_in(&arena);

	(void)state;
	site_add_element(&buf, "t", WW_LIT("<a href=\"x\">&\001"));
	assert_text(ww_buf_slice(&buf),
		    "<t>&lt;a href=&quot;x&quot;&gt;&amp;</t>\n");
}

/* The sum of a header counts its own field as blanks. */
static void
headers(void **state)
{
	char block[WW_TAR_BLOCK], name[300];
	unsigned long sum = 0;

	(void)state;
	assert_true(ww_tar_header(WW_LIT("en/index.html"), 1000, block));
	assert_string_equal(block, "en/index.html");
	assert_memory_equal(block + WW_TAR_SIZE_AT, "00000001750", 12);
	for (size_t i = 0; i < WW_TAR_BLOCK; i++)
		sum += i >= WW_TAR_CHECKSUM_AT &&
			       i < WW_TAR_CHECKSUM_AT + WW_TAR_CHECKSUM_LEN
			   ? ' '
			   : (unsigned char)block[i];
	snprintf(name, sizeof(name), "%06lo", sum);
	assert_memory_equal(block + WW_TAR_CHECKSUM_AT, name, 6);
	memset(name, 'a', sizeof(name));
	assert_false(ww_tar_header(ww_slice_of(name, 101), 1, block));
	name[150] = '/';
	assert_true(ww_tar_header(ww_slice_of(name, 240), 1, block));
	assert_false(ww_tar_header(ww_slice_of(name, 290), 1, block));
	assert_false(ww_tar_header(WW_LIT(""), 1, block));
	assert_false(ww_tar_header(WW_LIT("a"), (uint64_t)1 << 33, block));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),    cmocka_unit_test(lists),
		cmocka_unit_test(no_lists), cmocka_unit_test(maps),
		cmocka_unit_test(escapes),  cmocka_unit_test(headers),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
