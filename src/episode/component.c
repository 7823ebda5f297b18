#include "episode/component.h"

#include "base/banned.h"

/* The next field of a line: up to a tab, which may be repeated. */
static struct ww_slice
field(struct ww_slice *rest)
{
	struct ww_slice s = *rest;
	size_t n = 0;

	while (s.len > 0 && s.p[0] == '\t')
		s = ww_slice_from(s, 1);
	while (n < s.len && s.p[n] != '\t' && s.p[n] != '\n' && s.p[n] != '\r')
		n++;
	*rest = ww_slice_from(s, n);
	return ww_slice_trim(ww_slice_of(s.p, n));
}

/* Without tabs, as in a quoted line, the name is what has no blank. */
static struct ww_slice
last_word(struct ww_slice s)
{
	size_t at = s.len;

	while (at > 0 && !ww_is_space(s.p[at - 1]))
		at--;
	return ww_slice_from(s, at);
}

struct ww_finding
ww_finding_of(struct ww_slice line)
{
	struct ww_finding ret = { .repaired = false };
	struct ww_slice rest = ww_slice_trim(line), last = { 0 }, next;

	if (memchr(rest.p, '\t', rest.len) == NULL) {
		ret.name = last_word(rest);
		ret.repaired = ww_slice_casehas(rest, WW_LIT("(Fixed)"));
		return ret;
	}
	field(&rest); /* (p) */
	ret.kind = field(&rest);
	while ((next = field(&rest)).len > 0) {
		ret.repaired |= ww_slice_eq(next, WW_LIT("(Fixed)"));
		last = next;
	}
	if (last.len > 0 && last.p[0] != '(')
		ret.name = last;
	return ret;
}

/* The text between the last two marks but `back` of them. */
static struct ww_slice
part_from_end(struct ww_slice s, char mark, unsigned back)
{
	size_t end = s.len, start;

	for (;; back--) {
		start = end;
		while (start > 0 && s.p[start - 1] != mark)
			start--;
		if (start == 0)
			return (struct ww_slice){ 0 };
		if (back == 0)
			return ww_slice_part(s, start, end - start);
		end = start - 1;
	}
}

/* Four numbers, or nothing. */
static bool
read_version(struct ww_slice s, uint32_t ret[4])
{
	unsigned part = 0;

	memset(ret, 0, 4 * sizeof(ret[0]));
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '.' && ++part > 3)
			return false;
		if (s.p[i] == '.')
			continue;
		if (!ww_is_digit(s.p[i]) || ret[part] > 99999)
			return false;
		ret[part] = ret[part] * 10 + (uint32_t)(s.p[i] - '0');
	}
	return part == 3;
}

struct ww_slice
ww_component_version(struct ww_slice name)
{
	const char *end = name.len == 0 ? NULL : memchr(name.p, '\\', name.len);
	uint32_t parts[4];
	struct ww_slice s;

	if (end != NULL)
		name.len = (size_t)(end - name.p);
	s = part_from_end(name, '~', 0);
	if (!read_version(s, parts))
		s = part_from_end(name, '_', 2);
	return read_version(s, parts) ? s : (struct ww_slice){ 0 };
}

static bool
is_newer(const uint32_t a[4], const uint32_t b[4])
{
	bool a_windows = a[0] == 6 || a[0] == 10;
	bool b_windows = b[0] == 6 || b[0] == 10;

	if (a_windows != b_windows)
		return a_windows;
	for (int i = 0; i < 4; i++)
		if (a[i] != b[i])
			return a[i] > b[i];
	return false;
}

void
ww_version_add(struct ww_version_sum *sum, struct ww_slice version)
{
	uint32_t parts[4];

	if (version.len > WW_VERSION_MAX || !read_version(version, parts) ||
	    (sum->known && !is_newer(parts, sum->parts)))
		return;
	sum->known = true;
	memcpy(sum->parts, parts, sizeof(parts));
	memcpy(sum->text, version.p, version.len);
	sum->len = version.len;
}
