/*
 * CompatData*.xml and ScanResult.xml: what the compatibility scan of Windows
 * Setup found.  A record is an element that says whether something blocks the
 * upgrade, and its message names what:
 *
 *	Program Contoso Disk Guard: BlockingType = Hard
 *	HardwareItem Setup_InsufficientSystemPartitionDiskSpace: BlockingType =
 *Hard DriverPackage oem12.inf: BlockMigration = True
 */
#include "base/compiler.h"
#include "base/utf8.h"
#include "input/compose.h"
#include "input/console.h"
#include "input/dialects.h"

#include "base/banned.h"

/* What is kept of a name; longer ones are cut. */
#define NAME_SIZE 200

/* The element that the next CompatibilityInfo is about. */
struct state {
	const char *what; /* NULL: none yet */
	char name[NAME_SIZE];
	size_t len;
};

static const char *const titles[] = { "<CompatReport" };

static unsigned
sniff(struct ww_slice head)
{
	return ww_console_has(head, titles, WW_ARRAY_LEN(titles)) ? 90 : 0;
}

/* Where the text stands in the line; its length when it does not. */
static size_t
find(struct ww_slice line, struct ww_slice text)
{
	size_t at = 0;

	while (at < line.len && !ww_slice_starts(ww_slice_from(line, at), text))
		at++;
	return at;
}

/* The value behind ` name="`, up to the quote; empty when there is none. */
static struct ww_slice
attribute(struct ww_slice line, struct ww_slice name)
{
	size_t at = find(line, name), start = at + name.len, n = 0;

	if (at == line.len)
		return (struct ww_slice){ 0 };
	while (start + n < line.len && line.p[start + n] != '"')
		n++;
	return ww_slice_part(line, start, n);
}

static const struct {
	const char *what;
	struct ww_slice begin, name; /* of the element, its attribute */
} elements[] = {
	{ "Program", { "<Program ", 9 }, { " Name=\"", 7 } },
	{ "HardwareItem",
	  { "<HardwareItem ", 14 },
	  { " HardwareType=\"", 15 } },
	{ "DriverPackage", { "<DriverPackage ", 15 }, { " Inf=\"", 6 } },
};

static void
learn(struct state *s, struct ww_slice line)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(elements); i++) {
		size_t at = find(line, elements[i].begin);
		struct ww_slice name;

		if (at == line.len)
			continue;
		name = ww_utf8_cut(attribute(ww_slice_from(line, at),
					     elements[i].name),
				   NAME_SIZE);
		s->what = elements[i].what;
		if (name.len > 0)
			memcpy(s->name, name.p, name.len);
		s->len = name.len;
		return;
	}
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	static const struct ww_slice blocking = { " BlockingType=\"", 15 };
	static const struct ww_slice migration = { "BlockMigration=\"", 16 };
	struct ww_composer c = ww_compose_in(reader);
	struct state *s = reader->state;
	struct ww_slice value;
	bool is_driver;

	learn(s, line);
	value = attribute(line, blocking);
	is_driver = value.len == 0;
	if (is_driver)
		value = attribute(line, migration);
	if (s->what == NULL || value.len == 0)
		return false;
	ww_compose(&c, ww_slice_cstr(s->what));
	ww_compose(&c, WW_LIT(" "));
	ww_compose(&c, ww_slice_of(s->name, s->len));
	ww_compose(&c, is_driver ? WW_LIT(": BlockMigration = ")
				 : WW_LIT(": BlockingType = "));
	ww_compose(&c, value);
	*ret = (struct ww_record){
		.time = WW_NO_TIME,
		.component = ww_slice_of(line.p, 0),
		.text = ww_composed(&c),
	};
	return true;
}

const struct ww_dialect ww_dialect_compat = {
	.id = WW_DIALECT_COMPAT,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.single_line = true,
	.state_size = sizeof(struct state),
	.sniff = sniff,
	.parse = parse,
};
