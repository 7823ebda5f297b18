/*
 * The resultant policy of a machine, as gpresult /x writes it: an element of
 * XML on each line.  A record is a value that tells something, and its message
 * says where it stands; a value of the registry is written as an export of
 * the registry has it:
 *
 *	Computer Domain = contoso.test
 *	Computer EndTime = 2026-03-10T07:12:09
 *	Extension Registry: Error = 5
 *	Computer Policy Configure Automatic Updates: State = Enabled
 *	HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate WUServer = …
 */
#include "base/compiler.h"
#include "input/compose.h"
#include "input/dialects.h"
#include "input/head.h"

#include "base/banned.h"

/* What is kept of a name or a key; longer ones are cut. */
#define NAME_SIZE 200

/* Lines of a head in which the root must stand. */
#define LOOK_MAX 10

struct name {
	char text[NAME_SIZE];
	size_t len;
};

enum scope {
	NO_SCOPE,
	COMPUTER,
	USER,
};

/* What the element is that encloses a line. */
enum part {
	NO_PART,
	EXTENSION,
	REGISTRY,
	POLICY,
};

struct state {
	enum scope scope;
	enum part part;
	unsigned depth;	   /* open elements */
	unsigned results;  /* where what stands right in the results is */
	unsigned children; /* where what stands right in the part is */
	struct name name;  /* of the extension, of the policy; the key */
	struct name inner; /* of a value, of a policy's box */
};

/* A line's element and what stands in it. */
struct element {
	struct ww_slice name, text; /* the name without its prefix */
	bool closes;		    /* </name> */
	bool whole;		    /* <name>text</name> */
};

static size_t
find(struct ww_slice s, char c)
{
	const char *at = s.len == 0 ? NULL : memchr(s.p, c, s.len);

	return at == NULL ? s.len : (size_t)(at - s.p);
}

/* <q1:KeyPath>text</q1:KeyPath>, <Rsop xmlns="…">, </q1:Value> */
static bool
read_element(struct ww_slice line, struct element *ret)
{
	size_t n, end, colon;

	if (line.len < 3 || line.p[0] != '<')
		return false;
	line = ww_slice_from(line, 1);
	ret->closes = line.p[0] == '/';
	line = ww_slice_from(line, ret->closes);
	end = find(line, '>');
	if (end == line.len)
		return false;
	n = find(ww_slice_of(line.p, end), ' ');
	ret->name = ww_slice_of(line.p, n);
	colon = find(ret->name, ':');
	if (colon < n)
		ret->name = ww_slice_from(ret->name, colon + 1);
	ret->text = ww_slice_from(line, end + 1);
	n = find(ret->text, '<');
	ret->whole = !ret->closes && n < ret->text.len;
	ret->text.len = n;
	return ret->name.len > 0;
}

/* How many elements the line leaves open, less those it closes. */
static void
count_open(struct state *s, struct ww_slice line)
{
	size_t at = find(line, '<');

	while (at + 1 < line.len) {
		size_t end = at + find(ww_slice_from(line, at), '>');

		if (line.p[at + 1] == '/')
			s->depth -= s->depth > 0;
		else if (line.p[at + 1] != '?' && line.p[at + 1] != '!' &&
			 end < line.len && line.p[end - 1] != '/')
			s->depth++;
		at += 1 + find(ww_slice_from(line, at + 1), '<');
	}
}

static bool
is(const struct element *e, struct ww_slice name)
{
	return ww_slice_eq(e->name, name);
}

static void
keep(struct name *ret, struct ww_slice s)
{
	s = ww_utf8_cut(s, NAME_SIZE);
	if (s.len > 0)
		memcpy(ret->text, s.p, s.len);
	ret->len = s.len;
}

static struct ww_slice
kept(const struct name *name)
{
	return ww_slice_of(name->text, name->len);
}

static enum part
part_of(const struct element *e)
{
	if (is(e, WW_LIT("ExtensionStatus")))
		return EXTENSION;
	if (is(e, WW_LIT("RegistrySetting")))
		return REGISTRY;
	if (is(e, WW_LIT("Policy")))
		return POLICY;
	return NO_PART;
}

/* The results of the computer and of the user; within them, parts. */
static void
enter(struct state *s, const struct element *e)
{
	bool computer = is(e, WW_LIT("ComputerResults"));

	if (computer || is(e, WW_LIT("UserResults"))) {
		s->scope = computer ? COMPUTER : USER;
		s->results = s->depth + 1;
	} else if (s->scope != NO_SCOPE && s->part == NO_PART) {
		s->part = part_of(e);
		s->children = s->depth + 1;
		s->name.len = s->inner.len = 0;
	}
}

static void
leave(struct state *s, const struct element *e)
{
	if (is(e, WW_LIT("ComputerResults")) || is(e, WW_LIT("UserResults")))
		*s = (struct state){ .depth = s->depth };
	else if (s->depth < s->children)
		s->part = NO_PART;
}

static struct ww_slice
scope_word(const struct state *s)
{
	return s->scope == COMPUTER ? WW_LIT("Computer ") : WW_LIT("User ");
}

/* A value that stands right in the results. */
static bool
compose_result(struct ww_composer *c, const struct state *s,
	       const struct element *e)
{
	ww_compose(c, scope_word(s));
	ww_compose(c, e->name);
	ww_compose(c, WW_LIT(" = "));
	ww_compose(c, e->text);
	return true;
}

/*
 * The extension that all others are run by ends last: that is when policy
 * was applied.
 */
static bool
compose_extension(struct ww_composer *c, struct state *s,
		  const struct element *e)
{
	if (is(e, WW_LIT("Name"))) {
		keep(&s->name, e->text);
		return false;
	}
	if (is(e, WW_LIT("EndTime")) &&
	    ww_slice_eq(kept(&s->name), WW_LIT("Group Policy Infrastructure")))
		return compose_result(c, s, e);
	if (!is(e, WW_LIT("Error")))
		return false;
	ww_compose(c, WW_LIT("Extension "));
	ww_compose(c, kept(&s->name));
	ww_compose(c, s->scope == USER ? WW_LIT(" [UserResults]: Error = ")
				       : WW_LIT(": Error = "));
	ww_compose(c, e->text);
	return true;
}

static bool
compose_registry(struct ww_composer *c, struct state *s,
		 const struct element *e)
{
	if (is(e, WW_LIT("KeyPath")))
		keep(&s->name, e->text);
	else if (is(e, WW_LIT("Name")))
		keep(&s->inner, e->text);
	if (s->name.len == 0 || s->inner.len == 0 ||
	    (!is(e, WW_LIT("Number")) && !is(e, WW_LIT("String"))))
		return false;
	ww_compose(c,
		   s->scope == COMPUTER ? WW_LIT("HKLM\\") : WW_LIT("HKCU\\"));
	ww_compose(c, kept(&s->name));
	ww_compose(c, WW_LIT(" "));
	ww_compose(c, kept(&s->inner));
	ww_compose(c, WW_LIT(" = "));
	ww_compose(c, e->text);
	return true;
}

/* Its state, and what stands in its boxes, one level deeper. */
static bool
compose_policy(struct ww_composer *c, struct state *s, const struct element *e)
{
	bool inner = s->depth > s->children;

	if (is(e, WW_LIT("Name"))) {
		keep(inner ? &s->inner : &s->name, e->text);
		return false;
	}
	if (s->name.len == 0 ||
	    !(inner ? is(e, WW_LIT("Value")) : is(e, WW_LIT("State"))))
		return false;
	ww_compose(c, scope_word(s));
	ww_compose(c, WW_LIT("Policy "));
	ww_compose(c, kept(&s->name));
	ww_compose(c, WW_LIT(": "));
	ww_compose(c, inner ? kept(&s->inner) : e->name);
	ww_compose(c, WW_LIT(" = "));
	ww_compose(c, e->text);
	return true;
}

static bool
compose(struct ww_composer *c, struct state *s, const struct element *e)
{
	switch (s->part) {
	case NO_PART:
		return s->scope != NO_SCOPE && s->depth == s->results &&
		       compose_result(c, s, e);
	case EXTENSION:
		return compose_extension(c, s, e);
	case REGISTRY:
		return compose_registry(c, s, e);
	case POLICY:
		return compose_policy(c, s, e);
	}
	return false;
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct ww_composer c = ww_compose_in(reader);
	struct state *s = reader->state;
	struct element e;
	bool told = false;

	line = ww_slice_trim(line);
	if (!read_element(line, &e)) {
		count_open(s, line);
		return false;
	}
	if (e.whole)
		told = compose(&c, s, &e);
	else if (!e.closes)
		enter(s, &e);
	count_open(s, line);
	if (e.closes)
		leave(s, &e);
	if (!told)
		return false;
	*ret = (struct ww_record){
		.time = WW_NO_TIME,
		.component = ww_slice_of(line.p, 0),
		.text = ww_composed(&c),
	};
	return true;
}

static unsigned
sniff(struct ww_slice head)
{
	const struct ww_slice root = WW_LIT("<Rsop ");
	struct ww_slice line;

	for (unsigned k = 0; k < LOOK_MAX && ww_head_line(&head, &line); k++)
		if (ww_slice_starts(ww_slice_trim(line), root) &&
		    ww_slice_casehas(line, WW_LIT("GroupPolicy/Rsop")))
			return 95;
	return 0;
}

const struct ww_dialect ww_dialect_rsop = {
	.id = WW_DIALECT_RSOP,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.single_line = true,
	.state_size = sizeof(struct state),
	.sniff = sniff,
	.parse = parse,
};
