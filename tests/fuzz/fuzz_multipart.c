/*
 * Arbitrary bytes as a form with files.  The first says how it is cut into
 * pieces, which must not change what is told; then come the type, up to a
 * NUL, and the body.
 */
#include "base/buf.h"
#include "serve/multipart.h"

#include "fuzz.h"

/* A part that begins so is refused. */
#define REFUSED WW_LIT("no")

struct told {
	uint64_t hash; /* of all that was told, in order */
	size_t bytes;  /* of content */
	bool inside;
};

static void
tell(struct told *told, struct ww_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		told->hash =
		    (told->hash ^ (unsigned char)s.p[i]) * 1099511628211u;
}

static bool
on_begin(void *ctx, struct ww_slice name, struct ww_slice file)
{
	struct told *told = ctx;

	require(!told->inside);
	require(name.len + file.len < MULTIPART_HEAD_MAX);
	told->inside = true;
	tell(told, WW_LIT("<"));
	tell(told, name);
	tell(told, WW_LIT("|"));
	tell(told, file);
	tell(told, WW_LIT(">"));
	return !ww_slice_starts(name, REFUSED);
}

static bool
on_data(void *ctx, struct ww_slice bytes)
{
	struct told *told = ctx;

	require(told->inside && bytes.len > 0);
	told->bytes += bytes.len;
	tell(told, bytes);
	return true;
}

static bool
on_end(void *ctx)
{
	struct told *told = ctx;

	require(told->inside);
	told->inside = false;
	tell(told, WW_LIT(";"));
	return true;
}

/* 0: no form; else what was told, and whether it was whole. */
static uint64_t
read_form(struct ww_slice type, struct ww_slice body, size_t step)
{
	struct told told = { .hash = 1469598103934665603u };
	const struct multipart_to to = { &told, on_begin, on_data, on_end };
	struct multipart m;
	size_t size = body.len;
	bool ok = true;

	if (!multipart_start(&m, type, &to))
		return 0;
	while (body.len > 0 && ok) {
		size_t n = body.len < step ? body.len : step;
		char *piece = malloc(n);

		require(piece != NULL);
		memcpy(piece, body.p, n);
		ok = multipart_take(&m, ww_slice_of(piece, n));
		free(piece);
		body = ww_slice_from(body, n);
	}
	require(ok || !multipart_take(&m, WW_LIT("x")));
	require(!multipart_whole(&m) || !told.inside);
	/* Nothing is made up. */
	require(told.bytes <= size);
	return told.hash + (ok ? multipart_whole(&m) : 2);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ww_slice all = ww_slice_of((const char *)data, size), type, body;
	const char *end;
	size_t step, n;

	if (size < 2)
		return 0;
	step = 1 + data[0];
	all = ww_slice_from(all, 1);
	end = memchr(all.p, '\0', all.len);
	n = end == NULL ? all.len : (size_t)(end - all.p);
	type = ww_slice_of(all.p, n);
	body = ww_slice_from(all, end == NULL ? n : n + 1);
	require(read_form(type, body, step) == read_form(type, body, size));
	return 0;
}
