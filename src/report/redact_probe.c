/*
 * What in the lines of a probe is ours, and what others said.
 */
#include "evidence/step.h"
#include "report/redact.h"

#include "base/banned.h"

/* The part of the text before p, which stands in it, is ours. */
static void
ours_until(struct ww_buf *out, struct ww_slice *rest, const char *p)
{
	size_t n = (size_t)(p - rest->p);

	ww_buf_add(out, ww_slice_of(rest->p, n));
	*rest = ww_slice_from(*rest, n);
}

/* Where the path of an update server begins that the text ends in. */
static size_t
path_at(struct ww_slice url)
{
	static const char *const paths[] = {
		"/ClientWebService/client.asmx",
		"/ClientWebService/wusserverversion.xml",
		"/SimpleAuthWebService/SimpleAuth.asmx",
		"/ReportingWebService/ReportingWebService.asmx",
		"/SelfUpdate/wuident.cab",
		"/Content/",
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct ww_slice path = ww_slice_cstr(paths[i]);
		size_t at = url.len < path.len ? 0 : url.len - path.len;

		if (ww_slice_casecmp(ww_slice_from(url, at), path) == 0)
			return at;
	}
	return url.len;
}

void
ww_redact_mark_request(struct ww_buf *out, struct ww_slice request)
{
	struct ww_slice rest = ww_slice_behind(request, WW_LIT(" "));
	size_t at;

	if (rest.len == 0) {
		ww_redact_mark(out, request);
		return;
	}
	ours_until(out, &request, rest.p);
	at = path_at(rest);
	ww_redact_mark(out, ww_slice_of(rest.p, at));
	ww_buf_add(out, ww_slice_from(rest, at));
}

static void
mark_step(struct ww_buf *out, struct ww_slice line, const struct ww_step *step)
{
	if (step->target.len > 0) {
		ours_until(out, &line, step->target.p);
		ww_redact_mark_request(out, step->target);
		line = ww_slice_from(line, step->target.len);
	}
	if (step->detail.len > 0) {
		ours_until(out, &line, step->detail.p);
		ww_redact_mark(out, line);
		return;
	}
	ww_buf_add(out, line);
}

/* "Probe of http://wsus begins, …, as winwhy-probe.pc1, e1da06a3-…" */
static void
mark_probe(struct ww_buf *out, struct ww_slice line, struct ww_slice server)
{
	static const char *const verbs[] = { " begins, ", " ends well, ",
					     " breaks at " };
	struct ww_slice name;
	size_t n = server.len;

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		size_t at = ww_slice_casefind(server, ww_slice_cstr(verbs[i]));

		n = at < n ? at : n;
	}
	ours_until(out, &line, server.p);
	ww_redact_mark(out, ww_slice_of(server.p, n));
	line = ww_slice_from(line, n);
	name = ww_slice_behind(line, WW_LIT(", as "));
	if (name.len > 0) {
		ours_until(out, &line, name.p);
		ww_redact_mark(out, line);
		return;
	}
	ww_buf_add(out, line);
}

void
ww_redact_mark_probe(struct ww_buf *out, struct ww_slice line)
{
	const struct ww_slice probe = WW_LIT("Probe of ");
	const struct ww_slice note = WW_LIT("Note ");
	struct ww_slice value = ww_slice_behind(line, WW_LIT(": "));
	struct ww_step step;

	if (ww_step_read(line, &step)) {
		mark_step(out, line, &step);
	} else if (ww_slice_starts(line, probe)) {
		mark_probe(out, line, ww_slice_from(line, probe.len));
	} else if (ww_slice_starts(line, note) && value.len > 0) {
		ours_until(out, &line, value.p);
		ww_redact_mark(out, value);
	} else {
		ww_redact_mark(out, line);
	}
}
