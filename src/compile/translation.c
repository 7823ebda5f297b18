#include "compile/translation.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "compile/files.h"

#include "base/banned.h"

/* The header of a .mo file, GNU gettext manual, "The Format of GNU MO Files".
 */
#define MO_MAGIC 0x950412deu
enum { MO_COUNT = 8, MO_KEYS = 12, MO_TEXTS = 16, MO_HEADER = 28 };

/* Between a context and its English. */
#define EOT '\4'

static bool
mo_string(struct ww_slice file, size_t table, size_t i, struct ww_slice *ret)
{
	struct ww_slice entry;
	const uint8_t *p;

	if (!ww_slice_sub(file, table + i * 8, 8, &entry))
		return false;
	p = (const uint8_t *)entry.p;
	return ww_slice_sub(file, ww_load32(p + 4), ww_load32(p), ret);
}

static void
split_key(struct ww_slice key, struct translation_entry *ret)
{
	const char *eot = key.len == 0 ? NULL : memchr(key.p, EOT, key.len);
	size_t context = eot == NULL ? 0 : (size_t)(eot - key.p);

	ret->context = ww_slice_of(key.p, context);
	ret->english = eot == NULL ? key : ww_slice_from(key, context + 1);
}

static bool
read_entries(struct ww_slice file, struct translation_entry *ret, size_t n)
{
	const uint8_t *p = (const uint8_t *)file.p;

	for (size_t i = 0; i < n; i++) {
		struct ww_slice key;

		if (!mo_string(file, ww_load32(p + MO_KEYS), i, &key) ||
		    !mo_string(file, ww_load32(p + MO_TEXTS), i, &ret[i].text))
			return false;
		split_key(key, &ret[i]);
	}
	return true;
}

/* Entries of one more file, behind those already there. */
static void
add_file(struct translation *t, struct ww_arena *arena, struct ww_slice file,
	 struct problems *problems)
{
	const uint8_t *p = (const uint8_t *)file.p;
	struct translation_entry *all;
	size_t n;

	if (file.len < MO_HEADER || ww_load32(p) != MO_MAGIC) {
		problem(problems, "is no little-endian .mo file");
		return;
	}
	n = ww_load32(p + MO_COUNT);
	if (n > file.len / 16) {
		problem(problems, "claims %zu texts", n);
		return;
	}
	all = ww_arena_array(arena, t->n + n, sizeof(*all));
	if (t->n > 0)
		memcpy(all, t->entries, t->n * sizeof(*all));
	if (!read_entries(file, all + t->n, n)) {
		problem(problems, "a text lies outside the file");
		return;
	}
	t->entries = all;
	t->n += n;
}

static int
compare_entries(const void *a, const void *b)
{
	const struct translation_entry *ea = a, *eb = b;
	int order = ww_slice_cmp(ea->english, eb->english);

	return order != 0 ? order : ww_slice_cmp(ea->context, eb->context);
}

void
translation_load(struct translation *ret, struct ww_arena *arena,
		 const char *path, struct problems *problems)
{
	struct ww_slice file = file_read(arena, path, problems);

	problems->file = path;
	problems->line = 0;
	add_file(ret, arena, file, problems);
	if (ret->n > 0)
		qsort(ret->entries, ret->n, sizeof(*ret->entries),
		      compare_entries);
}

struct ww_slice
translation_find(const struct translation *t, struct ww_slice context,
		 struct ww_slice english)
{
	struct translation_entry key = { .context = context,
					 .english = english };
	const struct translation_entry *entry;

	if (t->n == 0)
		return (struct ww_slice){ 0 };
	entry = bsearch(&key, t->entries, t->n, sizeof(key), compare_entries);
	return entry == NULL ? (struct ww_slice){ 0 } : entry->text;
}
