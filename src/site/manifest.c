#include "site/manifest.h"

#include <stdlib.h>

#include "base/banned.h"

#define HEAD "winwhy-site 1 "

/* Larger than any file here; a number of more digits is none. */
#define SIZE_LIMIT ((uint64_t)1 << 40)

/* What addresses are made of; no part leads up, or is hidden. */
static bool
is_part(struct ww_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!ww_is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_' &&
		    (s.p[i] != '.' || i == 0))
			return false;
	return s.len > 0;
}

static bool
is_name(struct ww_slice name)
{
	bool fine = name.len > 0 && name.p[name.len - 1] != '/';

	while (fine && name.len > 0)
		fine = is_part(ww_slice_until(&name, '/'));
	return fine;
}

/* 12345 en/index.html */
static bool
read_entry(struct ww_slice line, struct site_entry *ret)
{
	struct ww_slice size = ww_slice_until(&line, ' ');

	ret->name = line;
	return ww_slice_decimal(size, SIZE_LIMIT, &ret->size) && is_name(line);
}

static int
compare(const void *a, const void *b)
{
	const struct site_entry *x = a, *y = b;

	return ww_slice_cmp(x->name, y->name);
}

static size_t
count_lines(struct ww_slice text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.p[i] == '\n';
	return n;
}

bool
site_manifest_read(struct ww_arena *arena, struct ww_slice text,
		   struct site_manifest *ret)
{
	const struct ww_slice head = WW_LIT(HEAD);
	size_t room = count_lines(text) + 1;
	struct ww_slice first = ww_slice_until(&text, '\n');

	*ret = (struct site_manifest){ 0 };
	if (!ww_slice_starts(first, head))
		return false;
	ret->key = ww_slice_from(first, head.len);
	ret->entries = ww_arena_array(arena, room, sizeof(*ret->entries));
	while (text.len > 0) {
		struct ww_slice line = ww_slice_until(&text, '\n');

		if (!read_entry(line, &ret->entries[ret->count]))
			return false;
		ret->count++;
	}
	qsort(ret->entries, ret->count, sizeof(*ret->entries), compare);
	return true;
}

const struct site_entry *
site_manifest_find(const struct site_manifest *m, struct ww_slice name)
{
	const struct site_entry wanted = { .name = name };

	return m->count == 0 ? NULL
			     : bsearch(&wanted, m->entries, m->count,
				       sizeof(*m->entries), compare);
}

void
site_manifest_start(struct ww_buf *buf, struct ww_slice key)
{
	ww_buf_add(buf, WW_LIT(HEAD));
	ww_buf_add(buf, key);
	ww_buf_char(buf, '\n');
}

void
site_manifest_add(struct ww_buf *buf, struct site_entry entry)
{
	ww_buf_decimal(buf, (int64_t)entry.size);
	ww_buf_char(buf, ' ');
	ww_buf_add(buf, entry.name);
	ww_buf_char(buf, '\n');
}
