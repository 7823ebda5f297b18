#include "unpack/inlet.h"

#include <string.h>

#include "base/banned.h"

static bool
fill(struct inlet *in)
{
	in->at = 0;
	in->len = in->read(in->ctx, in->buffer, sizeof(in->buffer), &in->why);
	return in->len > 0;
}

static size_t
buffered(const struct inlet *in, uint64_t wanted)
{
	size_t n = in->len - in->at;

	return n < wanted ? n : (size_t)wanted;
}

bool
inlet_take(struct inlet *in, void *ret, size_t len)
{
	char *to = ret;

	while (len > 0) {
		size_t n = buffered(in, len);

		if (n == 0 && !fill(in))
			return false;
		memcpy(to, in->buffer + in->at, n);
		in->at += n;
		to += n;
		len -= n;
	}
	return true;
}

bool
inlet_drop(struct inlet *in, uint64_t len)
{
	while (len > 0) {
		size_t n = buffered(in, len);

		if (n == 0 && !fill(in))
			return false;
		in->at += n;
		len -= n;
	}
	return true;
}

/* What is buffered first, then straight into the caller's memory. */
size_t
inlet_give(struct inlet *in, void *ret, size_t len)
{
	size_t n = buffered(in, len);

	if (n == 0)
		return in->read(in->ctx, ret, len, &in->why);
	memcpy(ret, in->buffer + in->at, n);
	in->at += n;
	return n;
}
