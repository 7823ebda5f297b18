/*
 * Crash dumps: what they hold is told in lines, one record each.
 */
#include "input/dump/dump.h"

#include "base/compiler.h"
#include "base/message.h"
#include "input/dialects.h"
#include "input/dump/reader.h"

#include "base/banned.h"

/* What is read at first; a whole small dump is read in a few steps. */
#define FIRST_READ ((size_t)64 * 1024)

/* As far as years have four digits. */
#define FILETIME_MAX (UINT64_C(265046774400) * 10000000)

struct state {
	bool begun;
	struct dump dump;
	struct ww_slice rest; /* of the lines */
	uint64_t lines;
};

ww_time
dump_filetime(uint64_t v)
{
	if (v == 0 || v >= FILETIME_MAX)
		return WW_NO_TIME;
	return ww_time_of_filetime(v);
}

struct ww_slice
dump_string(const struct dump *d, uint64_t at, unsigned unit)
{
	struct ww_slice count, ret;
	uint64_t len;

	if (!dump_part(d, at, 4, &count))
		return (struct ww_slice){ 0 };
	len = (uint64_t)dump_32(count, 0) * unit;
	return len <= DUMP_STRING_MAX && dump_part(d, at + 4, len, &ret)
		   ? ret
		   : (struct ww_slice){ 0 };
}

void
dump_lose(struct dump *d, const char *what, uint64_t at)
{
	ww_losses_add(d->losses, what, at);
}

const char *
dump_machine(uint32_t machine)
{
	static const struct {
		uint32_t number;
		const char *name;
	} machines[] = {
		{ 0x014C, "x86" },
		{ 0x01C4, "ARM" },
		{ 0x8664, "x64" },
		{ 0xAA64, "ARM64" },
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(machines); i++)
		if (machines[i].number == machine)
			return machines[i].name;
	return NULL;
}

/* STATUS_ACCESS_VIOLATION, STATUS_IN_PAGE_ERROR: what, and where. */
void
dump_tell_access(struct dump *d, uint32_t code, uint64_t kind, uint64_t address)
{
	static const char *const kinds[] = {
		[0] = ", reading ",
		[1] = ", writing ",
		[8] = ", executing ",
	};

	if ((code != 0xC0000005 && code != 0xC0000006) ||
	    kind >= WW_ARRAY_LEN(kinds) || kinds[kind] == NULL)
		return;
	ww_buf_add(&d->told, ww_slice_cstr(kinds[kind]));
	/* The processor did not say which: it was none that there is. */
	if (address == UINT64_MAX)
		ww_buf_add(&d->told, WW_LIT("an impossible address"));
	else
		ww_buf_hex(&d->told, address, 16);
}

/* The file, or as much of it as is looked at; doubled as it comes in. */
static void
read_file(struct dump *d, struct ww_stream *stream)
{
	size_t cap = FIRST_READ, len = 0;
	char *p = ww_arena_alloc(d->arena, cap);

	for (;;) {
		size_t n = ww_stream_read(stream, p + len, cap - len);
		char *more;

		len += n;
		if (len < cap)
			break;
		if (cap == DUMP_BYTES_MAX) {
			d->more = true;
			break;
		}
		more = ww_arena_alloc(d->arena, cap * 2);
		memcpy(more, p, len);
		p = more;
		cap *= 2;
	}
	d->bytes = ww_slice_of(p, len);
}

static void
begin(struct state *s, struct ww_reader *reader, struct ww_stream *stream)
{
	struct dump *d = &s->dump;

	s->begun = true;
	d->arena = reader->arena;
	d->told = ww_buf_in(d->arena);
	d->time = WW_NO_TIME;
	d->losses = &reader->losses;
	read_file(d, stream);
	if (ww_slice_starts(d->bytes, WW_LIT("MDMP")))
		dump_tell_user(d);
	else
		dump_tell_kernel(d);
	s->rest = ww_buf_slice(&d->told);
}

/* Each line is a record; all of them are of the moment of the crash. */
static bool
next(struct ww_reader *reader, struct ww_stream *stream, struct ww_record *ret)
{
	struct state *s = reader->state;
	struct ww_slice line;

	if (!s->begun)
		begin(s, reader, stream);
	if (s->rest.len == 0)
		return false;
	line = ww_slice_line(s->rest);
	s->rest = ww_slice_from(s->rest, line.len < s->rest.len ? line.len + 1
								: line.len);
	*ret = (struct ww_record){
		.time = s->dump.time,
		.component = ww_slice_of(line.p, 0),
		.text = line,
		.raw = line,
		.line = ++s->lines,
	};
	return true;
}

const struct ww_binary ww_binary_dump = {
	.dialect = WW_DIALECT_DUMP,
	.state_size = sizeof(struct state),
	.next = next,
};

/* The dialect of such records. */
const struct ww_dialect ww_dialect_dump = {
	.id = WW_DIALECT_DUMP,
	.codes = WW_CODES_WORDS,
	.zone = WW_ZONE_STATED,
	.single_line = true,
};
