#include "render/render.h"

#include "base/compiler.h"
#include "base/utf8.h"

#include "base/banned.h"

/* Bytes of an ordinary page, reserved at once. */
#define PAGE_SIZE ((size_t)64 * 1024)

static void (*const renderers[])(struct ww_render *) = {
	[WW_FORMAT_TEXT] = ww_render_text,
	[WW_FORMAT_JSON] = ww_render_json,
	[WW_FORMAT_JSONL] = ww_render_jsonl,
	[WW_FORMAT_MARKDOWN] = ww_render_markdown,
	[WW_FORMAT_HTML] = ww_render_html,
};

struct job {
	enum ww_format format;
	struct ww_render render;
};

static void
run_job(struct ww_report *report, void *ctx)
{
	struct job *job = ctx;
	bool brief =
	    job->render.style.brief && (job->format == WW_FORMAT_TEXT ||
					job->format == WW_FORMAT_MARKDOWN);

	(void)report;
	/* A page with a topic takes about so much. */
	ww_buf_reserve(&job->render.out, PAGE_SIZE);
	if (brief)
		ww_render_brief(&job->render);
	else
		renderers[job->format](&job->render);
}

enum ww_status
ww_render(struct ww_report *report, enum ww_format format,
	  const struct ww_style *style, struct ww_slice *ret)
{
	struct job job = {
		.format = format,
		.render = { .report = report,
			    .style = *style,
			    .out = ww_buf_in(&report->arena) },
	};

	if ((unsigned)format >= WW_FORMATS)
		return WW_INVALID;
	if (job.render.style.width == 0)
		job.render.style.width = 80;
	if (!ww_report_build(report, run_job, &job))
		return WW_NOMEM;
	*ret = ww_buf_slice(&job.render.out);
	return WW_OK;
}

struct ww_slice
ww_fill_text(struct ww_render *r, const char *english,
	     const struct ww_fill *fills)
{
	struct ww_buf buf = ww_buf_in(r->out.arena);

	ww_buf_template(&buf, ww_tr(r->report, english), fills);
	return ww_buf_slice(&buf);
}

struct ww_slice
ww_colon_text(struct ww_render *r, struct ww_slice what, struct ww_slice text)
{
	const struct ww_fill fills[] = {
		{ "what", what },
		{ "text", text },
		{ 0 },
	};

	return ww_fill_text(r, N_("{what}: {text}"), fills);
}

struct ww_slice
ww_sign_text(struct ww_render *r, const struct ww_node *sign,
	     struct ww_slice title)
{
	if (!ww_child_is(sign, WW_NODE_SEVERITY, "harmless"))
		return title;
	return ww_colon_text(r, ww_tr(r->report, N_("harmless")), title);
}

/* Where the number stands, and whether it is that of a record. */
static struct ww_slice
place_number(const struct ww_node *node, bool *retrecord)
{
	const struct ww_node *at = ww_node_find(node, WW_NODE_AT);
	struct ww_slice record =
	    ww_child_text(at == NULL ? node : at, WW_NODE_RECORD);

	*retrecord = record.len > 0;
	return *retrecord ? record
			  : ww_child_text(at == NULL ? node : at, WW_NODE_LINE);
}

struct ww_slice
ww_place_number(const struct ww_node *node)
{
	bool record;

	return place_number(node, &record);
}

struct ww_slice
ww_place_text(struct ww_render *r, struct ww_slice file,
	      const struct ww_node *node)
{
	bool record;
	struct ww_slice number = place_number(node, &record);
	const struct ww_fill fills[] = {
		{ "file", file },
		{ "number", number },
		{ 0 },
	};

	/* A path and a line are the same in all languages. */
	return ww_fill_text(r,
			    record ? N_("{file}, record {number}")
				   : "{file}:{number}",
			    fills);
}

/* The words of closed lists, here for the translators. */
static const char *const words[] = {
	N_("certain"),	  N_("possible"),  N_("cause"),	     N_("carrier"),
	N_("echo"),	  N_("leftover"),  N_("success"),    N_("noise"),
	N_("seen"),	  N_("none"),	   N_("low"),	     N_("medium"),
	N_("high"),	  N_("usual"),	   N_("common"),     N_("occasional"),
	N_("rare"),	  N_("likely"),	   N_("observed"),   N_("documented"),
	N_("read"),	  N_("partly"),	   N_("unreadable"), N_("missing"),
	N_("unknown"),	  N_("succeeded"), N_("failing"),    N_("cmd"),
	N_("powershell"), N_("gui"),	   N_("undone"),     N_("outcome"),
	N_("context"),	  N_("error"),	   N_("warning"),    N_("info"),
	N_("verbose"),	  N_("ok"),	   N_("odd"),	     N_("recovered"),
	N_("failed"),
};

/* Words that are shown as another. */
struct shown {
	const char *word;
	const char *shown; /* English */
};

static const struct shown shown_words[] = {
	{ "passed_over", N_("passed over") },
	{ "windows-8", N_("Windows 8 and later") },
	{ "windows-7", N_("Windows 7 and older") },
};

static const struct shown verdicts[] = {
	{ "fault", N_("FAULT") },
	{ "no_fault", N_("NO FAULT") },
	{ "unknown", N_("UNKNOWN") },
};

static struct ww_slice
look_up(const struct ww_render *r, const struct shown *list, size_t n,
	struct ww_slice word)
{
	for (size_t i = 0; i < n; i++)
		if (ww_slice_eq(ww_slice_cstr(list[i].word), word))
			return ww_tr(r->report, list[i].shown);
	return word;
}

struct ww_slice
ww_word_text(const struct ww_render *r, struct ww_slice word)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(words); i++)
		if (ww_slice_eq(ww_slice_cstr(words[i]), word))
			return ww_tr(r->report, words[i]);
	return look_up(r, shown_words, WW_ARRAY_LEN(shown_words), word);
}

struct ww_slice
ww_verdict_text(const struct ww_render *r, const struct ww_node *root)
{
	return look_up(r, verdicts, WW_ARRAY_LEN(verdicts),
		       ww_child_text(root, WW_NODE_VERDICT));
}

struct ww_slice
ww_shown_value(const struct ww_node *reading)
{
	static const char *const decimal[] = { "win32", "jet", "api" };
	struct ww_slice space = ww_child_text(reading, WW_NODE_SPACE);

	for (size_t i = 0; i < WW_ARRAY_LEN(decimal); i++)
		if (ww_slice_eq(ww_slice_cstr(decimal[i]), space))
			return ww_child_text(reading, WW_NODE_SIGNED);
	return ww_child_text(reading, WW_NODE_VALUE);
}

const struct ww_node *
ww_list_subject(const struct ww_node *root)
{
	static const enum ww_node_kind subjects[] = {
		WW_NODE_SYMPTOM, WW_NODE_TOPIC, WW_NODE_FAMILY, WW_NODE_LOG
	};
	const struct ww_node *subject = NULL;

	for (size_t i = 0; subject == NULL && i < WW_ARRAY_LEN(subjects); i++)
		subject = ww_node_find(root, subjects[i]);
	return subject;
}

const struct ww_node *
ww_find_step(const struct ww_node *reading, struct ww_slice id)
{
	const struct ww_node *step =
	    ww_node_child(ww_node_find(reading, WW_NODE_STEPS));

	while (step != NULL &&
	       !ww_slice_eq(ww_child_text(step, WW_NODE_ID), id))
		step = ww_node_next(step);
	return step;
}

/* Printable ASCII: what nearly all text is made of. */
static size_t
plain_run(struct ww_slice text)
{
	size_t n = 0;

	while (n < text.len && text.p[n] >= 0x20 && text.p[n] < 0x7F)
		n++;
	return n;
}

void
ww_add_clean(struct ww_buf *buf, struct ww_slice text)
{
	while (text.len > 0) {
		uint32_t c;
		size_t n = plain_run(text);

		ww_buf_add(buf, ww_slice_of(text.p, n));
		text = ww_slice_from(text, n);
		if (text.len == 0)
			return;
		n = ww_utf8_decode(text, &c);
		if (c == '\n' || c == '\t')
			ww_buf_char(buf, ' ');
		else if (c >= 0xA0)
			ww_buf_add(buf, ww_slice_of(text.p, n));
		text = ww_slice_from(text, n);
	}
}
