/*
 * Arbitrary bytes as a crash dump: the first one says which mark is put at
 * its start, so that no run is lost on other files.  Then the whole road from
 * bytes to text.
 */
#include "base/utf8.h"
#include "input/records.h"

#include "fuzz.h"

/* More than any dump tells: it names some drivers and lists none. */
#define LINES_MAX 64

static uint8_t bytes[1024 * 1024];

static void
read_all(struct ww_arena *arena, size_t len)
{
	struct ww_slice rest = ww_slice_of((const char *)bytes, len);
	const struct ww_input input = { .read = ww_read_slice, .ctx = &rest };
	struct ww_records records = { .lines = 0 };
	uint64_t line = 0;

	ww_records_open(&records, arena, ww_kernels_choose(), &input);
	while (ww_records_next(&records)) {
		struct ww_slice text = records.record->text;

		require(records.dialect->id == WW_DIALECT_DUMP ||
			records.binary == NULL);
		if (records.binary == NULL)
			continue;
		require(++line <= LINES_MAX && records.record->line == line);
		require(text.len > 0 && ww_utf8_check(text) == text.len);
		require(memchr(text.p, '\n', text.len) == NULL);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const marks[] = { "PAGEDU64", "PAGEDUMP",
					     "MDMP\x93\xA7" };
	struct ww_arena arena;
	const char *mark;

	if (size < 16 || size > sizeof(bytes))
		return 0;
	mark = marks[data[0] % 3];
	memcpy(bytes, data + 1, size - 1);
	memcpy(bytes, mark, strlen(mark));
	/* No way out: a run that has no memory is no finding. */
	ww_arena_init(&arena, NULL);
	read_all(&arena, size - 1);
	ww_arena_release(&arena);
	return 0;
}
