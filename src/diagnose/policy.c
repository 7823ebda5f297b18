#include "diagnose/policy.h"

#include "base/banned.h"

static const struct ww_note *
fact_of(const struct ww_analysis *file, const char *name)
{
	const struct ww_note *n = file->facts;

	while (n != NULL && !ww_slice_eq(n->name, ww_slice_cstr(name)))
		n = n->next;
	return n;
}

/* http://wsus01.contoso.local:8530/x: the name between; empty if none is. */
static struct ww_slice
host_of(struct ww_slice url)
{
	size_t start = 0, end;

	while (start + 3 <= url.len &&
	       !ww_slice_starts(ww_slice_from(url, start), WW_LIT("://")))
		start++;
	if (start + 3 > url.len)
		return (struct ww_slice){ 0 };
	start += 3;
	for (end = start; end < url.len; end++)
		if (url.p[end] == ':' || url.p[end] == '/')
			break;
	return ww_slice_part(url, start, end - start);
}

const struct ww_note *
ww_other_server(const struct ww_concluding *k, const struct ww_finding *f)
{
	struct ww_slice asked;

	if (f->told.episode == NULL ||
	    f->told.episode->kind != WW_EPISODE_WU_SCAN)
		return NULL;
	asked = host_of(ww_episode_note(f->told.episode, "server"));
	for (size_t i = 0; i < k->n_files && asked.len > 0; i++) {
		const struct ww_analysis *file = k->files[i];
		const struct ww_note *named = fact_of(file, "update-server");
		const struct ww_note *used = fact_of(file, "use-update-server");

		if (named == NULL || used == NULL ||
		    !ww_slice_eq(used->value, WW_LIT("1")) ||
		    !ww_slice_eq(file->machine, f->told.file->machine))
			continue;
		if (ww_slice_casecmp(host_of(named->value), asked) != 0)
			return named;
	}
	return NULL;
}
