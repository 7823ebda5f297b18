#include "rules/pattern.h"

#include "base/compiler.h"
#include "base/utf8.h"

#include "base/banned.h"

/* How a hole ends. */
enum ending {
	BY_CLASS,   /* at the first byte that is not of its class */
	BY_LITERAL, /* where the next literal stands */
	BY_LINE,    /* at the end of the line */
};

struct hole_type {
	const char *name;
	enum ending ending;
	bool blanks; /* white space may be inside */
	bool empty;  /* may hold nothing */
};

static const struct hole_type types[WW_HOLES] = {
	[WW_HOLE_INT] = { "int", BY_CLASS, false, false },
	[WW_HOLE_HEX] = { "hex", BY_CLASS, false, false },
	[WW_HOLE_CODE] = { "code", BY_CLASS, false, false },
	[WW_HOLE_GUID] = { "guid", BY_CLASS, false, false },
	[WW_HOLE_VERSION] = { "version", BY_CLASS, false, false },
	[WW_HOLE_TIME] = { "time", BY_CLASS, true, false },
	[WW_HOLE_GAP] = { "gap", BY_CLASS, true, false },
	[WW_HOLE_QUOTED] = { "quoted", BY_CLASS, true, false },
	[WW_HOLE_WORD] = { "word", BY_LITERAL, false, false },
	[WW_HOLE_PATH] = { "path", BY_LITERAL, true, false },
	[WW_HOLE_FILE] = { "file", BY_LITERAL, true, false },
	[WW_HOLE_PACKAGE] = { "package", BY_LITERAL, true, false },
	[WW_HOLE_TEXT] = { "text", BY_LITERAL, true, true },
	[WW_HOLE_REST] = { "rest", BY_LINE, true, true },
};

static enum ww_hole
hole_of(struct ww_slice name)
{
	unsigned i = 0;

	while (i < WW_HOLES && !ww_slice_eq(ww_slice_cstr(types[i].name), name))
		i++;
	return (enum ww_hole)i;
}

struct reading {
	struct ww_arena *arena;
	struct ww_slice text;
	size_t at;
	struct ww_pattern *ret;
	struct ww_error *reterr;
};

static enum ww_status
fail(struct reading *r, size_t at, const char *why)
{
	*r->reterr =
	    (struct ww_error){ .status = WW_INVALID, .at = at, .why = why };
	return WW_INVALID;
}

static struct ww_piece *
add_piece(struct reading *r)
{
	return &r->ret->pieces[r->ret->n_pieces++];
}

/* Where a literal ends: at a single brace.  Double ones are counted. */
static size_t
literal_end(const struct reading *r, size_t *retdoubled)
{
	size_t i = r->at;

	*retdoubled = 0;
	for (; i < r->text.len; i++) {
		char c = r->text.p[i];

		if (c != '{' && c != '}')
			continue;
		if (i + 1 == r->text.len || r->text.p[i + 1] != c)
			break;
		++*retdoubled;
		i++;
	}
	return i;
}

static void
read_literal(struct reading *r)
{
	size_t doubled, end = literal_end(r, &doubled), n = 0;
	struct ww_slice s = ww_slice_part(r->text, r->at, end - r->at);
	char *copy;

	r->at = end;
	if (doubled > 0) {
		copy = ww_arena_copy(r->arena, s.p, s.len);
		for (size_t i = 0; i < s.len; i++) {
			copy[n++] = s.p[i];
			if (s.p[i] == '{' || s.p[i] == '}')
				i++;
		}
		s = ww_slice_of(copy, n);
	}
	*add_piece(r) = (struct ww_piece){ .text = s };
}

/* {type} or {name:type} */
static enum ww_status
read_hole(struct reading *r)
{
	size_t start = r->at + 1;
	struct ww_slice rest = ww_slice_from(r->text, start);
	const char *end = memchr(rest.p, '}', rest.len);
	const char *colon;
	struct ww_slice inside, type;
	enum ww_hole hole;

	if (end == NULL)
		return fail(r, r->at, "a hole without its closing brace");
	inside = ww_slice_of(rest.p, (size_t)(end - rest.p));
	colon = inside.len == 0 ? NULL : memchr(inside.p, ':', inside.len);
	type = colon == NULL
		   ? inside
		   : ww_slice_from(inside, (size_t)(colon - inside.p) + 1);
	hole = hole_of(type);
	if (hole == WW_HOLES)
		return fail(r, start, "no hole has this type");
	*add_piece(r) = (struct ww_piece){
		.is_hole = true,
		.hole = hole,
		.text = colon == NULL
			    ? inside
			    : ww_slice_of(inside.p, (size_t)(colon - inside.p)),
	};
	r->at = start + inside.len + 1;
	return WW_OK;
}

static enum ww_status
read_pieces(struct reading *r)
{
	enum ww_status st = WW_OK;

	while (r->at < r->text.len && st == WW_OK) {
		char c = r->text.p[r->at];
		bool doubled =
		    r->at + 1 < r->text.len && r->text.p[r->at + 1] == c;

		if (r->ret->n_pieces == WW_PIECES_MAX)
			return fail(r, r->at, "more pieces than a pattern has");
		if (c == '}' && !doubled)
			return fail(r, r->at, "a closing brace without a hole");
		if (c == '{' && !doubled)
			st = read_hole(r);
		else
			read_literal(r);
	}
	return st;
}

/* What the pieces must be for matching to be what the header says. */
static enum ww_status
check_pieces(struct reading *r)
{
	const struct ww_piece *p = r->ret->pieces;
	unsigned n = r->ret->n_pieces, holes = 0;

	if (n == 0 || p[0].is_hole || p[0].text.len < WW_ANCHOR_MIN)
		return fail(r, 0, "a pattern begins with a literal of 5 bytes");
	for (unsigned i = 0; i < n; i++) {
		if (!p[i].is_hole)
			continue;
		if (++holes > WW_CAPTURES_MAX)
			return fail(r, 0, "more holes than a pattern has");
		if (types[p[i].hole].ending == BY_LINE && i + 1 < n)
			return fail(r, 0, "nothing follows {rest}");
		if (types[p[i].hole].ending == BY_LITERAL && i + 1 < n &&
		    p[i + 1].is_hole)
			return fail(r, 0,
				    "a hole that ends at the next literal is "
				    "followed by a hole");
	}
	return WW_OK;
}

enum ww_status
ww_pattern_read(struct ww_arena *arena, struct ww_slice text,
		struct ww_pattern *ret, struct ww_error *reterr)
{
	struct reading r = {
		.arena = arena, .text = text, .ret = ret, .reterr = reterr
	};
	enum ww_status st;

	*ret = (struct ww_pattern){
		.pieces =
		    ww_arena_array(arena, WW_PIECES_MAX, sizeof(*ret->pieces)),
		.at_start = text.len > 0 && text.p[0] == '^',
	};
	r.at = ret->at_start;
	st = read_pieces(&r);
	return st == WW_OK ? check_pieces(&r) : st;
}

static bool
stands_at(struct ww_slice literal, struct ww_slice text, size_t at)
{
	struct ww_slice here;

	if (!ww_slice_sub(text, at, literal.len, &here))
		return false;
	/* Nearly always it is written as the pattern has it. */
	return memcmp(here.p, literal.p, literal.len) == 0 ||
	       ww_slice_casecmp(here, literal) == 0;
}

static size_t
run_of(struct ww_slice s, size_t at, bool (*is)(char))
{
	size_t n = 0;

	while (at + n < s.len && is(s.p[at + n]))
		n++;
	return n;
}

static bool
is_hex(char c)
{
	return ww_hex_value(c) >= 0;
}

static bool
is_gap(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_version(char c)
{
	return ww_is_digit(c) || c == '.';
}

static bool
is_time(char c)
{
	return ww_is_digit(c) || (c != '\0' && strchr("-/:.,TZ +", c) != NULL);
}

static size_t
take_int(struct ww_slice s)
{
	size_t sign = s.len > 0 && s.p[0] == '-';
	size_t n = run_of(s, sign, ww_is_digit);

	return n == 0 ? 0 : sign + n;
}

static size_t
take_hex(struct ww_slice s)
{
	size_t prefix = ww_slice_casestarts(s, WW_LIT("0x")) ? 2 : 0;
	size_t n = run_of(s, prefix, is_hex);

	return n == 0 ? 0 : prefix + n;
}

static size_t
take_code(struct ww_slice s)
{
	if (ww_slice_casestarts(s, WW_LIT("0x")) || run_of(s, 0, is_hex) == 8)
		return take_hex(s);
	return take_int(s);
}

static size_t
take_guid(struct ww_slice s)
{
	static const size_t groups[] = { 8, 4, 4, 4, 12 };
	size_t brace = s.len > 0 && s.p[0] == '{', at = brace;

	for (size_t i = 0; i < WW_ARRAY_LEN(groups); i++) {
		if (i > 0 && (at >= s.len || s.p[at++] != '-'))
			return 0;
		if (run_of(s, at, is_hex) != groups[i])
			return 0;
		at += groups[i];
	}
	if (brace == 1 && at < s.len && s.p[at] == '}')
		at++;
	return at;
}

/* A run that begins with a digit, without what parts it from the rest. */
static size_t
take_digits(struct ww_slice s, bool (*is)(char))
{
	size_t n = s.len > 0 && ww_is_digit(s.p[0]) ? run_of(s, 0, is) : 0;

	while (n > 0 && !ww_is_digit(s.p[n - 1]) && s.p[n - 1] != 'Z')
		n--;
	return n;
}

/* With its quotes; they are not kept. */
static size_t
take_quoted(struct ww_slice s)
{
	size_t n = s.len < WW_HOLE_MAX ? s.len : WW_HOLE_MAX;
	const char *end;

	if (n < 2 || (s.p[0] != '"' && s.p[0] != '\''))
		return 0;
	end = memchr(s.p + 1, s.p[0], n - 1);
	return end == NULL ? 0 : (size_t)(end - s.p) + 1;
}

static size_t
take_class(enum ww_hole hole, struct ww_slice s)
{
	switch (hole) {
	case WW_HOLE_INT:
		return take_int(s);
	case WW_HOLE_HEX:
		return take_hex(s);
	case WW_HOLE_CODE:
		return take_code(s);
	case WW_HOLE_GUID:
		return take_guid(s);
	case WW_HOLE_VERSION:
		return take_digits(s, is_version);
	case WW_HOLE_TIME:
		return take_digits(s, is_time);
	case WW_HOLE_QUOTED:
		return take_quoted(s);
	default:
		return run_of(s, 0, is_gap);
	}
}

/* How far an open hole may reach: the line, or its first word. */
static size_t
reach_of(enum ww_hole hole, struct ww_slice s)
{
	size_t n = ww_utf8_cut(s, WW_HOLE_MAX).len;
	const char *end = n == 0 ? NULL : memchr(s.p, '\n', n);

	n = end == NULL ? n : (size_t)(end - s.p);
	if (!types[hole].blanks) {
		size_t i = 0;

		while (i < n && !ww_is_space(s.p[i]))
			i++;
		return i;
	}
	return n > 0 && s.p[n - 1] == '\r' ? n - 1 : n;
}

/* Whether a hole of that type may not hold the byte. */
static bool
ends_hole(enum ww_hole hole, char c)
{
	return c == '\n' || (!types[hole].blanks && ww_is_space(c));
}

/*
 * Up to the first place on the line where the literal stands, within n bytes;
 * *ret is how far was looked for it.  The literal begins with no letter.
 */
static bool
take_to_mark(struct ww_slice literal, struct ww_slice s, size_t n, size_t *ret)
{
	for (size_t at = 0; at < n; at = *ret + 1) {
		const char *mark = memchr(s.p + at, literal.p[0], n - at);

		*ret = mark == NULL ? n : (size_t)(mark - s.p);
		if (mark == NULL || memchr(s.p + at, '\n', *ret - at) != NULL)
			return false;
		if (stands_at(literal, s, *ret))
			return true;
	}
	return false;
}

/* The same for any literal, which may have to stand in the first word. */
static bool
take_to_literal(enum ww_hole hole, struct ww_slice literal, struct ww_slice s,
		size_t n, size_t *ret)
{
	char first = ww_fold(literal.p[0]);

	for (*ret = 0; *ret < n; ++*ret) {
		char c = s.p[*ret];

		if (ww_fold(c) == first && stands_at(literal, s, *ret))
			return true;
		/* Nothing below a blank stands in words. */
		if ((unsigned char)c <= ' ' && ends_hole(hole, c))
			return false;
	}
	return false;
}

static bool
take_open(enum ww_hole hole, struct ww_slice literal, struct ww_slice s,
	  size_t *ret)
{
	size_t n = s.len <= WW_HOLE_MAX ? s.len : WW_HOLE_MAX + 1;
	bool found;

	*ret = 0;
	found = types[hole].blanks && !ww_is_alpha(literal.p[0])
		    ? take_to_mark(literal, s, n, ret)
		    : take_to_literal(hole, literal, s, n, ret);
	return found && (*ret > 0 || types[hole].empty);
}

/* *ret is the length of what the hole takes, or looked at in vain. */
static bool
take_hole(const struct ww_pattern *pattern, unsigned i, struct ww_slice s,
	  size_t *ret)
{
	enum ww_hole hole = pattern->pieces[i].hole;

	if (types[hole].ending == BY_CLASS) {
		/* One byte more than allowed tells that it is too much. */
		if (s.len > WW_HOLE_MAX)
			s.len = WW_HOLE_MAX + 1;
		*ret = take_class(hole, s);
		return *ret > 0 && *ret <= WW_HOLE_MAX;
	}
	if (i + 1 < pattern->n_pieces)
		return take_open(hole, pattern->pieces[i + 1].text, s, ret);
	*ret = reach_of(hole, s);
	return *ret > 0 || types[hole].empty;
}

static void
capture(struct ww_captures *ret, const struct ww_piece *piece,
	struct ww_slice value)
{
	if (piece->hole == WW_HOLE_QUOTED)
		value = ww_slice_part(value, 1, value.len - 2);
	if (piece->hole != WW_HOLE_GAP)
		ret->p[ret->n++] =
		    (struct ww_capture){ .name = piece->text, .value = value };
}

/* *ret is the length of what the piece takes, or looked at in vain. */
static bool
take_piece(const struct ww_pattern *pattern, unsigned i, struct ww_slice s,
	   size_t *ret)
{
	const struct ww_piece *piece = &pattern->pieces[i];

	if (piece->is_hole)
		return take_hole(pattern, i, s, ret);
	*ret = piece->text.len;
	return stands_at(piece->text, s, 0);
}

bool
ww_pattern_match(const struct ww_pattern *pattern, struct ww_slice text,
		 size_t at, struct ww_captures *ret, size_t *cost)
{
	ret->n = 0;
	if (pattern->at_start && at != 0)
		return false;
	for (unsigned i = 0; i < pattern->n_pieces; i++) {
		struct ww_slice rest = ww_slice_from(text, at);
		size_t len;
		bool taken = take_piece(pattern, i, rest, &len);

		*cost += len;
		if (!taken)
			return false;
		if (pattern->pieces[i].is_hole)
			capture(ret, &pattern->pieces[i],
				ww_slice_of(rest.p, len));
		at += len;
	}
	return true;
}

/* How far a hole that ends at `at` can reach back. */
static size_t
reach_back(enum ww_hole hole, struct ww_slice text, size_t at)
{
	size_t n = 0;

	while (n < at && n < WW_HOLE_MAX &&
	       !ends_hole(hole, text.p[at - n - 1]))
		n++;
	return n;
}

bool
ww_pattern_match_second(const struct ww_pattern *pattern, struct ww_slice text,
			size_t at, struct ww_captures *ret, size_t *cost)
{
	struct ww_slice first = pattern->pieces[0].text;
	size_t reach, start;

	if (!stands_at(pattern->pieces[2].text, text, at))
		return false;
	reach = reach_back(pattern->pieces[1].hole, text, at);
	*cost += reach;
	start = at - reach < first.len ? 0 : at - reach - first.len;
	while (start < at) {
		struct ww_slice before = ww_slice_part(text, start, at - start);

		start += ww_slice_casefind(before, first);
		if (start < at &&
		    ww_pattern_match(pattern, text, start, ret, cost))
			return true;
		start++;
	}
	return false;
}

bool
ww_pattern_has_second(const struct ww_pattern *pattern)
{
	return pattern->n_pieces > 2 && !pattern->at_start &&
	       pattern->pieces[1].is_hole && !pattern->pieces[2].is_hole;
}

bool
ww_pattern_find(const struct ww_pattern *pattern, struct ww_slice text,
		struct ww_captures *ret)
{
	size_t last = pattern->at_start ? 0 : text.len, cost = 0;

	for (size_t at = 0; at <= last && at < text.len; at++)
		if (ww_pattern_match(pattern, text, at, ret, &cost))
			return true;
	return false;
}

struct ww_slice
ww_captured(const struct ww_captures *captures, const char *name)
{
	struct ww_slice key = ww_slice_cstr(name);

	for (unsigned i = 0; i < captures->n; i++)
		if (ww_slice_eq(captures->p[i].name, key))
			return captures->p[i].value;
	return (struct ww_slice){ 0 };
}
