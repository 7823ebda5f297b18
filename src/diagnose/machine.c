#include "diagnose/machine.h"

#include "base/banned.h"

static bool
is_separator(char c)
{
	return c == '/' || c == '\\';
}

/* The next part of a path from *at on; false at the end. */
static bool
next_part(struct ww_slice path, size_t *at, struct ww_slice *ret)
{
	size_t end;

	while (*at < path.len && is_separator(path.p[*at]))
		++*at;
	end = *at;
	while (end < path.len && !is_separator(path.p[end]))
		end++;
	*ret = ww_slice_part(path, *at, end - *at);
	*at = end;
	return ret->len > 0;
}

/* W3SVC1, W3SVC2: the sites of one web server. */
static bool
is_site(struct ww_slice part)
{
	const struct ww_slice prefix = WW_LIT("W3SVC");

	if (!ww_slice_casestarts(part, prefix))
		return false;
	for (size_t i = prefix.len; i < part.len; i++)
		if (!ww_is_digit(part.p[i]))
			return false;
	return true;
}

/* SoftwareDistribution and SoftwareDistribution.old: put aside, once. */
static bool
is_put_aside(struct ww_slice a, struct ww_slice b)
{
	return b.len > a.len && b.p[a.len] == '.' && ww_slice_casestarts(b, a);
}

/* Whether folders of these names, side by side, may be two machines'. */
static bool
may_be_machines(struct ww_slice a, struct ww_slice b)
{
	return !is_put_aside(a, b) && !is_put_aside(b, a) &&
	       !(is_site(a) && is_site(b));
}

/*
 * How many parts two names of the same ending share before they differ, if
 * they differ in exactly one folder; otherwise -1.
 */
static int
differing_part(struct ww_slice a, struct ww_slice b)
{
	size_t ia = 0, ib = 0;
	struct ww_slice pa, pb;
	int at = -1;

	for (int i = 0;; i++) {
		bool more = next_part(a, &ia, &pa);

		if (more != next_part(b, &ib, &pb))
			return -1;
		if (!more)
			return at;
		if (ww_slice_casecmp(pa, pb) == 0)
			continue;
		/* A second difference, or the file's own name. */
		if (at >= 0 || ia >= a.len || ib >= b.len ||
		    !may_be_machines(pa, pb))
			return -1;
		at = i;
	}
}

static struct ww_slice
part_at(struct ww_slice path, int n)
{
	struct ww_slice part = { 0 };
	size_t at = 0;

	for (int i = 0; i <= n; i++)
		if (!next_part(path, &at, &part))
			return (struct ww_slice){ 0 };
	/* The file itself is no folder. */
	return at < path.len ? part : (struct ww_slice){ 0 };
}

static bool
could_differ(const struct ww_analysis *a, const struct ww_analysis *b)
{
	return a->was_read && b->was_read && a->dialect == b->dialect &&
	       a->dialect != WW_DIALECT_TEXT;
}

void
ww_machines_tell_apart(struct ww_analysis *const *files, size_t n)
{
	int part = -1;

	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n && part < 0; k++)
			if (could_differ(files[i], files[k]))
				part = differing_part(files[i]->name,
						      files[k]->name);
	for (size_t i = 0; i < n && part >= 0; i++)
		files[i]->machine = part_at(files[i]->name, part);
}
