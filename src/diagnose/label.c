#include "diagnose/label.h"

#include "base/banned.h"

/* Bytes up to and with the last separator. */
static size_t
folder_of(struct ww_slice name)
{
	size_t n = name.len;

	while (n > 0 && name.p[n - 1] != '/' && name.p[n - 1] != '\\')
		n--;
	return n;
}

static size_t
common_bytes(struct ww_slice a, struct ww_slice b, size_t most)
{
	size_t n = 0;

	while (n < most && n < a.len && n < b.len && a.p[n] == b.p[n])
		n++;
	return n;
}

void
ww_labels_make(struct ww_analysis *const *files, size_t n)
{
	size_t shared = n == 0 ? 0 : folder_of(files[0]->name);

	for (size_t i = 1; i < n; i++)
		shared = common_bytes(files[0]->name, files[i]->name, shared);
	if (n > 0)
		shared = folder_of(ww_slice_of(files[0]->name.p, shared));
	for (size_t i = 0; i < n; i++)
		files[i]->label = ww_slice_from(files[i]->name, shared);
}
