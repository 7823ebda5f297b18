#include "serve/multipart.h"

#include "base/banned.h"

static bool
broken(struct multipart *m)
{
	m->state = MULTIPART_BROKEN;
	return false;
}

/* How many bytes stand before the first c. */
static size_t
up_to(struct ww_slice s, char c)
{
	const char *found = s.len == 0 ? NULL : memchr(s.p, c, s.len);

	return found == NULL ? s.len : (size_t)(found - s.p);
}

/* The value at the start, quoted or not, and what stands behind it. */
static struct ww_slice
take_value(struct ww_slice *rest)
{
	bool quoted = rest->len > 0 && rest->p[0] == '"';
	struct ww_slice value;

	if (quoted)
		*rest = ww_slice_from(*rest, 1);
	value = ww_slice_of(rest->p, up_to(*rest, quoted ? '"' : ';'));
	*rest = ww_slice_from(*rest, value.len);
	return quoted ? value : ww_slice_trim(value);
}

/*
 * The value of name=value or name="value" behind a semicolon; empty where it
 * is not.  Browsers write quotes within as %22.
 */
static struct ww_slice
parameter(struct ww_slice s, struct ww_slice name)
{
	for (;;) {
		struct ww_slice found, value;
		size_t n = up_to(s, ';');

		if (n == s.len)
			return (struct ww_slice){ 0 };
		s = ww_slice_trim(ww_slice_from(s, n + 1));
		found = ww_slice_of(s.p, up_to(s, '='));
		if (found.len == s.len)
			return (struct ww_slice){ 0 };
		s = ww_slice_from(s, found.len + 1);
		value = take_value(&s);
		if (ww_slice_casecmp(found, name) == 0)
			return value;
	}
}

bool
multipart_start(struct multipart *m, struct ww_slice type,
		const struct multipart_to *to)
{
	struct ww_slice boundary = parameter(type, WW_LIT("boundary"));

	if (!ww_slice_casestarts(type, WW_LIT("multipart/form-data")) ||
	    boundary.len == 0 || boundary.len > MULTIPART_BOUNDARY_MAX ||
	    up_to(boundary, '\r') < boundary.len)
		return false;
	memset(m, 0, sizeof(*m));
	m->to = *to;
	memcpy(m->mark, "\r\n--", 4);
	memcpy(m->mark + 4, boundary.p, boundary.len);
	m->mark_len = boundary.len + 4;
	/* The first boundary may stand at the very start of the body. */
	m->n_held = 2;
	return true;
}

/* What a part is called, from its headers; they end in an empty line. */
static bool
begin_part(struct multipart *m)
{
	struct ww_slice rest = ww_slice_of(m->held, m->n_held);
	struct ww_slice name = { 0 }, file = { 0 };

	while (rest.len > 0) {
		struct ww_slice line = ww_slice_line(rest);

		if (ww_slice_casestarts(line, WW_LIT("content-disposition:"))) {
			name = parameter(line, WW_LIT("name"));
			file = parameter(line, WW_LIT("filename"));
		}
		rest = ww_slice_from(rest, line.len < rest.len ? line.len + 1
							       : line.len);
	}
	m->n_held = 0;
	m->state = MULTIPART_DATA;
	return m->to.begin(m->to.ctx, name, file) || broken(m);
}

/* One byte of a head; true as long as it is none too many. */
static bool
take_head(struct multipart *m, char c)
{
	if (m->n_held == sizeof(m->held))
		return broken(m);
	m->held[m->n_held++] = c;
	if ((m->n_held == 2 && memcmp(m->held, "\r\n", 2) == 0) ||
	    (m->n_held >= 4 &&
	     memcmp(m->held + m->n_held - 4, "\r\n\r\n", 4) == 0))
		return begin_part(m);
	return true;
}

/* Behind a boundary: blanks, then the end of the line, or of the form. */
static bool
take_after(struct multipart *m, char c)
{
	if (m->n_held == 0 && (c == ' ' || c == '\t'))
		return true;
	m->held[m->n_held++] = c;
	if (m->n_held < 2)
		return true;
	m->n_held = 0;
	if (memcmp(m->held, "\r\n", 2) == 0) {
		m->state = MULTIPART_HEAD;
		return true;
	}
	if (memcmp(m->held, "--", 2) == 0) {
		m->state = MULTIPART_EPILOGUE;
		return true;
	}
	return broken(m);
}

static bool
emit(struct multipart *m, struct ww_slice bytes)
{
	if (m->state != MULTIPART_DATA || bytes.len == 0)
		return true;
	return m->to.data(m->to.ctx, bytes) || broken(m);
}

/* The mark is whole: what was before it is over. */
static bool
end_part(struct multipart *m)
{
	bool inside = m->state == MULTIPART_DATA;

	m->n_held = 0;
	m->state = MULTIPART_AFTER_BOUNDARY;
	return !inside || m->to.end(m->to.ctx) || broken(m);
}

/*
 * One more byte of what began like a mark.  Only the first byte of a mark is
 * a carriage return: one that breaks off can begin anew at this byte alone,
 * which is then not taken.
 */
static bool
go_on_with_mark(struct multipart *m, struct ww_slice *rest)
{
	size_t n = m->n_held;

	if (rest->p[0] == m->mark[n]) {
		m->n_held++;
		*rest = ww_slice_from(*rest, 1);
		return m->n_held < m->mark_len || end_part(m);
	}
	m->n_held = 0;
	return emit(m, ww_slice_of(m->mark, n));
}

/* Content up to what may be the next mark. */
static bool
take_content(struct multipart *m, struct ww_slice *rest)
{
	size_t n;

	if (m->n_held > 0)
		return go_on_with_mark(m, rest);
	n = up_to(*rest, m->mark[0]);
	if (n == 0) {
		m->n_held = 1;
		*rest = ww_slice_from(*rest, 1);
		return true;
	}
	if (!emit(m, ww_slice_of(rest->p, n)))
		return false;
	*rest = ww_slice_from(*rest, n);
	return true;
}

bool
multipart_take(struct multipart *m, struct ww_slice bytes)
{
	while (bytes.len > 0) {
		char c = bytes.p[0];
		bool ok;

		switch (m->state) {
		case MULTIPART_PREAMBLE:
		case MULTIPART_DATA:
			ok = take_content(m, &bytes);
			break;
		case MULTIPART_AFTER_BOUNDARY:
		case MULTIPART_HEAD:
			bytes = ww_slice_from(bytes, 1);
			ok = m->state == MULTIPART_HEAD ? take_head(m, c)
							: take_after(m, c);
			break;
		case MULTIPART_EPILOGUE:
			return true;
		default:
			return false;
		}
		if (!ok)
			return false;
	}
	return true;
}

bool
multipart_whole(const struct multipart *m)
{
	return m->state == MULTIPART_EPILOGUE;
}
