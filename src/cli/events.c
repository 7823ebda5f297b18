/*
 * winwhy events: the events of event logs and update traces, each as a line
 * of text, a JSON object or an element of XML; complete, or chosen by filters.
 */
#include "cli/events.h"

#include "base/buf.h"
#include "base/message.h"
#include "intake/gather.h"
#include "intake/inputs.h"

#include "base/banned.h"

/* Options */

static bool
read_ids(struct cli *cli, struct events_filter *ret)
{
	struct ww_slice list = cli_value(cli, OPTION_ID);

	while (list.len > 0) {
		struct ww_slice item = ww_slice_item(&list);
		uint32_t v = 0;

		for (size_t i = 0; i < item.len && v < 100000; i++) {
			if (!ww_is_digit(item.p[i]))
				v = 100000;
			else
				v = v * 10 + (uint32_t)(item.p[i] - '0');
		}
		if (item.len == 0 || v > UINT16_MAX ||
		    ret->n_ids == EVENTS_IDS_MAX) {
			cli_complain(cli, cli->args.values[OPTION_ID],
				     N_("is no list of event ids, as in "
					"19,20"));
			return false;
		}
		ret->ids[ret->n_ids++] = v;
	}
	return true;
}

static bool
read_options(struct events *g)
{
	static const char *const formats[] = { "text", "jsonl", "xml", NULL };
	static const char *const levels[] = { "error", "warning", NULL };
	struct cli *cli = g->cli;
	struct events_filter *f = &g->filter;
	int format = cli_choice(cli, OPTION_FORMAT, formats);
	int level = cli_choice(cli, OPTION_LEVEL, levels);

	if (cli->args.values[OPTION_REDACT] != NULL) {
		cli_complain(cli, "--redact",
			     N_("is not for events, which are printed whole"));
		return false;
	}
	if (format < 0 || level < 0 || !read_ids(cli, f) ||
	    !cli_read_time(cli, OPTION_SINCE, &f->since) ||
	    !cli_read_time(cli, OPTION_UNTIL, &f->until))
		return false;
	g->format = (enum events_format)format;
	if (cli->args.values[OPTION_LEVEL] != NULL)
		f->level = 2 + (unsigned)level;
	f->provider = cli_value(cli, OPTION_PROVIDER);
	f->text = cli_value(cli, OPTION_TEXT);
	g->filters = f->level != 0 || f->n_ids > 0 || f->provider.len > 0 ||
		     f->text.len > 0 || f->since != 0 || f->until != 0;
	return true;
}

/* Filters */

static bool
is_of_id(const struct events_filter *f, uint64_t id)
{
	for (unsigned i = 0; i < f->n_ids; i++)
		if (f->ids[i] == id)
			return true;
	return f->n_ids == 0;
}

/* Level 0 says nothing of how bad an event is. */
static bool
is_of_level(const struct events_filter *f, uint64_t level)
{
	return f->level == 0 || (level > 0 && level <= f->level);
}

static bool
is_in_time(const struct events_filter *f, ww_time time)
{
	return (f->since == 0 || time >= f->since) &&
	       (f->until == 0 || time <= f->until);
}

bool
events_want(const struct events_filter *f, uint64_t id, uint64_t level,
	    ww_time time)
{
	return is_of_id(f, id) && is_of_level(f, level) && is_in_time(f, time);
}

static bool
is_wanted(struct events *g, struct ww_evtx *x, const struct ww_evtx_record *r)
{
	const struct events_filter *f = &g->filter;
	char name[EVENTS_NAME_MAX];
	struct ww_slice text;

	if (!events_want(f, ww_evtx_part_number(r, WW_EVTX_ID),
			 ww_evtx_part_number(r, WW_EVTX_LEVEL),
			 ww_evtx_time(r)))
		return false;
	if (f->provider.len > 0 &&
	    !ww_slice_casehas(ww_evtx_part_text(r, WW_EVTX_PROVIDER, name,
						sizeof(name)),
			      f->provider))
		return false;
	if (f->text.len == 0)
		return true;
	return ww_evtx_line(x, r, g->line, EVENTS_LINE_MAX, &text) &&
	       ww_slice_has_words(text, f->text);
}

/* Events */

const char *
events_level_word(uint64_t level)
{
	static const char *const words[] = { "-",	"critical", "error",
					     "warning", "info",	    "verbose" };

	return level < WW_ARRAY_LEN(words) ? words[level] : "-";
}

/* 2026-11-19 08:41:07Z  error    channel 1234  Event ID 20 of … */
static bool
put_line(struct events *g, struct ww_evtx *x, const struct ww_evtx_record *r)
{
	struct ww_evtx_out *out = &g->out;
	char channel[EVENTS_NAME_MAX];
	struct ww_slice text;
	uint64_t record = ww_evtx_part_number(r, WW_EVTX_RECORD_ID);

	if (!ww_evtx_line(x, r, g->line, EVENTS_LINE_MAX, &text))
		return false;
	ww_evtx_put_filetime(out, r->created);
	ww_evtx_add(out, WW_LIT("  "));
	ww_evtx_add(out, ww_slice_cstr(events_level_word(
			     ww_evtx_part_number(r, WW_EVTX_LEVEL))));
	ww_evtx_add(out, WW_LIT("  "));
	ww_evtx_add(out, ww_evtx_part_text(r, WW_EVTX_CHANNEL, channel,
					   sizeof(channel)));
	ww_evtx_add_char(out, ' ');
	ww_evtx_put_number(out, record);
	ww_evtx_add(out, r->carved ? WW_LIT(" (carved)  ") : WW_LIT("  "));
	ww_evtx_add(out, text);
	return true;
}

/* False: nobody reads any more, or it could not be written. */
static bool
flush(struct events *g)
{
	if (g->out.len > 0 && g->written == WW_WRITTEN)
		g->written =
		    cli_send(g->cli, ww_slice_of(g->out.p, g->out.len));
	g->out.len = 0;
	return g->written == WW_WRITTEN;
}

void
events_end(struct events *g)
{
	ww_evtx_add_char(&g->out, '\n');
	if (g->out.len >= EVENTS_WRITE_SIZE && !flush(g))
		g->stop = 1;
}

static void
put_event(struct events *g, struct ww_evtx *x, const struct ww_evtx_record *r)
{
	bool done = true;

	if (g->format == EVENTS_JSONL)
		done = ww_evtx_json(x, r, &g->out);
	else if (g->format == EVENTS_XML)
		done = ww_evtx_xml(x, r, &g->out);
	else
		done = put_line(g, x, r);
	if (done)
		events_end(g);
}

/* Files */

static void
complain(struct events *g, struct ww_slice name, const char *why)
{
	cli_complain(g->cli, ww_arena_copy(&g->cli->arena, name.p, name.len),
		     why);
}

/* name: 3 x why */
static void
say_counted(struct events *g, struct ww_slice name, uint64_t count,
	    struct ww_slice what)
{
	struct ww_buf digits = ww_buf_in(&g->cli->arena);
	struct ww_buf text = ww_buf_in(&g->cli->arena);

	ww_buf_decimal(&digits, (int64_t)count);
	ww_buf_template(&text,
			count > 1 ? cli_tr(g->cli, N_("{count} x {what}"))
				  : WW_LIT("{what}"),
			(const struct ww_fill[]){
			    { "count", ww_buf_slice(&digits) },
			    { "what", what },
			    { 0 },
			});
	ww_buf_char(&text, '\0');
	complain(g, name, text.p);
}

/* name: 3 x why (byte 69632) */
static void
say_loss(struct events *g, struct ww_slice name, const struct ww_loss *loss)
{
	struct ww_buf text = ww_buf_in(&g->cli->arena);

	ww_loss_add_text(&text, loss, cli_tr(g->cli, loss->what));
	say_counted(g, name, loss->count, ww_buf_slice(&text));
}

static void
say_count(struct events *g, struct ww_slice name, const char *english,
	  uint64_t count)
{
	struct ww_buf digits = ww_buf_in(&g->cli->arena);
	struct ww_buf text = ww_buf_in(&g->cli->arena);

	if (count == 0)
		return;
	ww_buf_decimal(&digits, (int64_t)count);
	ww_buf_template(&text, cli_tr(g->cli, english),
			(const struct ww_fill[]){
			    { "count", ww_buf_slice(&digits) },
			    { 0 },
			});
	ww_buf_char(&text, '\0');
	complain(g, name, text.p);
}

void
events_say_losses(struct events *g, struct ww_slice name,
		  const struct ww_losses *losses)
{
	for (unsigned i = 0; i < losses->n; i++)
		say_loss(g, name, &losses->list[i]);
}

static void
say_counts(struct events *g, struct ww_slice name,
	   const struct ww_evtx_state *s)
{
	events_say_losses(g, name, &s->losses);
	say_count(g, name, N_("records that could not be read: {count}"),
		  s->failed);
	say_count(g, name, N_("records out of damaged chunks: {count}"),
		  s->recovered);
	say_count(g, name, N_("records carved from unused space: {count}"),
		  s->carved);
	say_count(g, name,
		  N_("remains of records that could not be carved: {count}"),
		  s->remains);
	g->lost = g->lost || s->failed > 0;
}

static size_t
read_stream(void *ctx, void *p, size_t n)
{
	return ww_stream_read(ctx, p, n);
}

static void
print_events(struct events *g, struct ww_slice name, struct ww_stream *stream)
{
	struct ww_evtx *x =
	    ww_evtx_open(&g->work, g->kernels, read_stream, stream);
	struct ww_evtx_record r;

	if (g->cli->args.values[OPTION_CARVE] != NULL)
		ww_evtx_carve(x, &g->work);
	while (!g->stop && ww_evtx_next(x, &r)) {
		if (g->filters && !is_wanted(g, x, &r))
			continue;
		put_event(g, x, &r);
	}
	say_counts(g, name, ww_evtx_state(x));
}

static uint32_t
take_place(void *ctx, struct ww_slice name)
{
	struct events *g = ctx;

	if (g->n_names == g->names_room) {
		struct ww_slice *more;

		g->names_room = g->names_room == 0 ? 64 : 2 * g->names_room;
		more = ww_arena_array(&g->cli->arena, g->names_room,
				      sizeof(*more));
		if (g->n_names > 0)
			memcpy(more, g->names, g->n_names * sizeof(*more));
		g->names = more;
	}
	g->names[g->n_names] =
	    ww_slice_of(ww_arena_copy(&g->cli->arena, name.p, name.len),
			name.len);
	return g->n_names++;
}

/* Whether the user named this very file; folders hold other logs as well. */
static bool
is_named(const struct events *g, struct ww_slice name)
{
	const struct arguments *args = &g->cli->args;

	for (size_t i = 0; i < args->n_operands; i++)
		if (ww_slice_eq(gather_name(&g->cli->arena, args->operands[i]),
				name))
			return true;
	return false;
}

static void
print_file(struct events *g, struct ww_slice name, const struct ww_input *input)
{
	struct ww_stream *stream = ww_stream_open(&g->work, g->kernels, input);

	enum ww_binary_id id = ww_stream_binary(stream);
	const char *failed;

	if (id == WW_BINARY_EVTX)
		print_events(g, name, stream);
	else if (id == WW_BINARY_ETL)
		events_print_trace(g, name, stream);
	failed = ww_stream_state(stream).failed;
	if (id == WW_BINARY_EVTX || id == WW_BINARY_ETL)
		g->any_read = true;
	else if (!is_named(g, name))
		return;
	else if (failed == NULL)
		failed = N_("is neither an event log nor a trace");
	if (failed != NULL)
		complain(g, name, failed);
	g->lost = g->lost || failed != NULL;
}

static void
take_input(void *ctx, uint32_t place, const struct ww_input *input)
{
	struct events *g = ctx;

	if (g->stop)
		return;
	ww_arena_init(&g->work, &g->oom);
	if (setjmp(g->oom) == 0) {
		print_file(g, g->names[place], input);
	} else {
		complain(g, g->names[place], N_("out of memory"));
		g->lost = true;
	}
	ww_arena_release(&g->work);
}

static void
take_unreadable(void *ctx, struct ww_slice name, const char *why)
{
	struct events *g = ctx;

	complain(g, name, why);
	g->lost = true;
}

/* What nobody named, and what was beyond a limit. */
static void
take_skipped(void *ctx, const char *why, uint64_t count)
{
	struct events *g = ctx;

	say_counted(g, WW_LIT("events"), count, cli_tr(g->cli, why));
}

int
cli_events(struct cli *cli)
{
	/* What was read is written long after that: a signal may come then. */
	struct events *g = ww_arena_new(&cli->arena, struct events);
	struct inputs_to to = {
		.ctx = g,
		.place = take_place,
		.read = take_input,
		.unreadable = take_unreadable,
		.skipped = take_skipped,
		.stop = &g->stop,
	};

	g->cli = cli;
	if (!read_options(g))
		return USAGE;
	g->kernels = ww_kernels_choose();
	g->out.cap = EVENTS_WRITE_SIZE + WW_EVTX_EVENT_MAX;
	g->out.p = ww_arena_alloc(&cli->arena, g->out.cap);
	g->line = ww_arena_alloc(&cli->arena, EVENTS_LINE_MAX);
	ww_sys_on_interrupt(&g->stop);
	inputs_read(&cli->arena, (const char *const *)cli->args.operands,
		    cli->args.n_operands, 1, &to);
	flush(g);
	if (g->written == WW_WRITE_FAILED) {
		cli_unwritten(cli);
		return FAILED;
	}
	return g->lost || !g->any_read ? UNREADABLE : ANSWERED;
}
