#include "input/dump/modules.h"

#include "base/utf8.h"

#include "base/banned.h"

/* Characters of a name that are kept. */
#define NAME_MAX_CHARS 64

struct dump_modules
dump_modules_in(struct ww_arena *arena)
{
	return (struct dump_modules){
		.p = ww_arena_array(arena, DUMP_MODULES_MAX,
				    sizeof(struct dump_module)),
	};
}

/* Where the name begins behind the last separator, in bytes. */
static size_t
base_name(struct ww_slice utf16)
{
	size_t start = 0;

	for (size_t i = 0; i + 1 < utf16.len; i += 2)
		if (dump_16(utf16, i) == '\\' || dump_16(utf16, i) == '/')
			start = i + 2;
	return start;
}

/* What would look like another part of the line does not stand in a name. */
static bool
is_plain(uint32_t c)
{
	return c > ' ' && c != ';' && c != ',' && c != '(' && c != '+' &&
	       c != 0x7F && (c < 0xD800 || c > 0xDFFF);
}

static struct ww_slice
copy_name(struct dump *d, struct ww_slice utf16)
{
	struct ww_buf name = ww_buf_in(d->arena);
	size_t at = base_name(utf16);

	for (size_t n = 0; at + 1 < utf16.len && n < NAME_MAX_CHARS;
	     at += 2, n++) {
		uint32_t c = dump_16(utf16, at);
		char bytes[4];

		if (c == 0)
			break;
		ww_buf_add(&name,
			   ww_slice_of(bytes, ww_utf8_encode(
						  is_plain(c) ? c : '_', bytes)));
	}
	return name.len > 0 ? ww_buf_slice(&name) : WW_LIT("unnamed");
}

void
dump_modules_add(struct dump *d, struct dump_modules *modules,
		 struct ww_slice name, uint64_t base, uint64_t size,
		 bool unloaded)
{
	if (unloaded)
		modules->unloaded++;
	else
		modules->loaded++;
	if (modules->n == DUMP_MODULES_MAX)
		return;
	modules->p[modules->n++] = (struct dump_module){
		.name = copy_name(d, name),
		.base = base,
		.size = size,
		.unloaded = unloaded,
	};
}

struct dump_module *
dump_module_of(const struct dump_modules *modules, uint64_t address)
{
	struct dump_module *gone = NULL;

	for (size_t i = 0; i < modules->n; i++) {
		struct dump_module *m = &modules->p[i];

		if (address < m->base || address - m->base >= m->size)
			continue;
		if (!m->unloaded)
			return m;
		gone = m;
	}
	return gone;
}

bool
dump_tell_place(struct dump *d, const struct dump_modules *modules,
		uint64_t address)
{
	const struct dump_module *m = dump_module_of(modules, address);

	if (m == NULL)
		return false;
	if (m->unloaded)
		ww_buf_add(&d->told, WW_LIT("unloaded "));
	ww_buf_add(&d->told, m->name);
	ww_buf_add(&d->told, WW_LIT("+0x"));
	ww_buf_hex(&d->told, address - m->base, 1);
	return true;
}
