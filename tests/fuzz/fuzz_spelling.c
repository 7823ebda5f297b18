/*
 * Arbitrary bytes as an argument and as a text: parse, near and find.
 */
#include <stdlib.h>

#include "base/compiler.h"
#include "code/find.h"
#include "code/writer.h"

#include "fuzz.h"

static bool
is_known(const void *ctx, struct ww_slice name)
{
	(void)ctx;
	require(ww_spelling_is_name(name));
	/* Some names are known and some are not. */
	return name.len % 2 == 0;
}

static void
check_spelled(const struct ww_spelled *spelled)
{
	require(spelled->form <= WW_FORM_NAME);
	require(spelled->n_params <= WW_STOP_PARAMETERS_MAX);
	require(spelled->has_extend || spelled->extend == 0);
}

static void
check_parse(struct ww_slice text)
{
	struct ww_spelled spelled[WW_SPELLED_MAX];
	size_t n = ww_spelling_parse(text, spelled);

	require(n <= WW_SPELLED_MAX);
	for (size_t i = 0; i < n; i++)
		check_spelled(&spelled[i]);
	require(n < 2 || spelled[0].value != spelled[1].value);
}

static void
check_near(struct ww_slice text, size_t max)
{
	uint32_t near[32];
	size_t n = ww_spelling_near(text, near, max);

	require(n <= max);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			require(near[i] != near[k]);
}

static void
check_find(struct ww_slice text, const struct ww_name_lookup *names)
{
	struct ww_find find = ww_find_in(text, names);
	struct ww_sighting sighting;
	size_t end = 0;

	while (ww_find_next(&find, &sighting)) {
		require(sighting.text.len > 0);
		require(sighting.at >= end);
		require(sighting.text.p == text.p + sighting.at);
		end = sighting.at + sighting.text.len;
		require(end <= text.len);
		require(find.at >= end && find.at <= text.len);
		check_spelled(&sighting.spelled);
		require(sighting.spelled.form == WW_FORM_DECIMAL ||
			ww_writer_of(text, &sighting) == WW_WRITER_UNKNOWN);
	}
	require(find.at == text.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct ww_name_lookup names = { .known = is_known };
	/* A copy of its own length: a read behind the end is seen. */
	char *copy = malloc(size > 0 ? size : 1);
	struct ww_slice text = ww_slice_of(copy, size);

	if (copy == NULL)
		return 0;
	if (size > 0)
		memcpy(copy, data, size);
	check_parse(text);
	check_near(text, size % 33);
	check_find(text, &names);
	check_find(text, NULL);
	free(copy);
	return 0;
}
