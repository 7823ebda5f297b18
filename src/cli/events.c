/*
 * winwhy events: the events of event logs, each as a line of text, a JSON
 * object or an element of XML; complete, or chosen by filters.
 */
#include "base/buf.h"
#include "base/message.h"
#include "cli/cli.h"
#include "input/evtx/evtx.h"
#include "input/stream.h"
#include "intake/gather.h"
#include "intake/inputs.h"
#include "sys/sys.h"

#include "base/banned.h"

/* What is written at once; an event more must fit behind it. */
#define WRITE_SIZE ((size_t)256 * 1024)

/* The longest text of an event in the form of a line. */
#define LINE_MAX ((size_t)256 * 1024)

#define IDS_MAX	 64
#define NAME_MAX 1024

enum format { TEXT, JSONL, XML };

struct filter {
	struct ww_slice provider, text;
	uint32_t ids[IDS_MAX];
	unsigned n_ids;
	unsigned level;	      /* 0: any; 2: errors, 3: warnings as well */
	ww_time since, until; /* 0: no limit */
};

struct printing {
	struct cli *cli;
	enum format format;
	struct filter filter;
	bool filters;
	struct ww_arena work; /* of one file */
	jmp_buf oom;
	const struct ww_kernels *kernels;
	struct ww_slice *names; /* by place */
	uint32_t n_names, names_room;
	struct ww_evtx_out out;
	char *line; /* LINE_MAX */
	bool any_read, lost;
	enum ww_written written;
	volatile sig_atomic_t stop;
};

/* Options */

static bool
read_ids(struct cli *cli, struct filter *ret)
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
		if (item.len == 0 || v > UINT16_MAX || ret->n_ids == IDS_MAX) {
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
read_options(struct printing *g)
{
	static const char *const formats[] = { "text", "jsonl", "xml", NULL };
	static const char *const levels[] = { "error", "warning", NULL };
	struct cli *cli = g->cli;
	struct filter *f = &g->filter;
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
	g->format = (enum format)format;
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
is_of_id(const struct filter *f, uint64_t id)
{
	for (unsigned i = 0; i < f->n_ids; i++)
		if (f->ids[i] == id)
			return true;
	return f->n_ids == 0;
}

/* Level 0 says nothing of how bad an event is. */
static bool
is_of_level(const struct filter *f, uint64_t level)
{
	return f->level == 0 || (level > 0 && level <= f->level);
}

static bool
is_in_time(const struct filter *f, ww_time time)
{
	return (f->since == 0 || time >= f->since) &&
	       (f->until == 0 || time <= f->until);
}

static bool
is_wanted(struct printing *g, struct ww_evtx *x, const struct ww_evtx_record *r)
{
	const struct filter *f = &g->filter;
	char name[NAME_MAX];
	struct ww_slice text;

	if (!is_of_id(f, ww_evtx_number(&r->system[WW_EVTX_ID])) ||
	    !is_of_level(f, ww_evtx_number(&r->system[WW_EVTX_LEVEL])) ||
	    !is_in_time(f, ww_evtx_time(r)))
		return false;
	if (f->provider.len > 0 &&
	    !ww_slice_casehas(ww_evtx_part_text(r, WW_EVTX_PROVIDER, name,
						sizeof(name)),
			      f->provider))
		return false;
	if (f->text.len == 0)
		return true;
	return ww_evtx_line(x, r, g->line, LINE_MAX, &text) &&
	       ww_slice_has_words(text, f->text);
}

/* Events */

static const char *
level_word(uint64_t level)
{
	static const char *const words[] = { "-",	"critical", "error",
					     "warning", "info",	    "verbose" };

	return level < WW_ARRAY_LEN(words) ? words[level] : "-";
}

/* 2026-11-19 08:41:07Z  error    channel 1234  Event ID 20 of … */
static bool
put_line(struct printing *g, struct ww_evtx *x, const struct ww_evtx_record *r)
{
	struct ww_evtx_out *out = &g->out;
	char channel[NAME_MAX];
	struct ww_slice text;
	uint64_t record = ww_evtx_number(&r->system[WW_EVTX_RECORD_ID]);

	if (!ww_evtx_line(x, r, g->line, LINE_MAX, &text))
		return false;
	ww_evtx_put_filetime(out, r->created);
	ww_evtx_add(out, WW_LIT("  "));
	ww_evtx_add(out, ww_slice_cstr(level_word(
			     ww_evtx_number(&r->system[WW_EVTX_LEVEL]))));
	ww_evtx_add(out, WW_LIT("  "));
	ww_evtx_add(out, ww_evtx_part_text(r, WW_EVTX_CHANNEL, channel,
					   sizeof(channel)));
	ww_evtx_add_char(out, ' ');
	ww_evtx_put_number(out, record);
	ww_evtx_add(out, WW_LIT("  "));
	ww_evtx_add(out, text);
	return true;
}

static void
put_event(struct printing *g, struct ww_evtx *x, const struct ww_evtx_record *r)
{
	bool done = true;

	if (g->format == JSONL)
		done = ww_evtx_json(x, r, &g->out);
	else if (g->format == XML)
		done = ww_evtx_xml(x, r, &g->out);
	else
		done = put_line(g, x, r);
	if (done)
		ww_evtx_add_char(&g->out, '\n');
}

/* False: nobody reads any more, or it could not be written. */
static bool
flush(struct printing *g)
{
	if (g->out.len > 0 && g->written == WW_WRITTEN)
		g->written =
		    cli_send(g->cli, ww_slice_of(g->out.p, g->out.len));
	g->out.len = 0;
	return g->written == WW_WRITTEN;
}

/* Files */

static void
complain(struct printing *g, struct ww_slice name, const char *why)
{
	cli_complain(g->cli, ww_arena_copy(&g->cli->arena, name.p, name.len),
		     why);
}

/* name: 3 x why */
static void
say_counted(struct printing *g, struct ww_slice name, uint64_t count,
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
say_loss(struct printing *g, struct ww_slice name, const struct ww_loss *loss)
{
	struct ww_buf text = ww_buf_in(&g->cli->arena);

	ww_loss_add_text(&text, loss, cli_tr(g->cli, loss->what));
	say_counted(g, name, loss->count, ww_buf_slice(&text));
}

static void
say_count(struct printing *g, struct ww_slice name, const char *english,
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

static void
say_losses(struct printing *g, struct ww_slice name,
	   const struct ww_evtx_state *s, const char *failed)
{
	for (unsigned i = 0; i < s->losses.n; i++)
		say_loss(g, name, &s->losses.list[i]);
	say_count(g, name, N_("records that could not be read: {count}"),
		  s->failed);
	say_count(g, name, N_("records out of damaged chunks: {count}"),
		  s->recovered);
	if (failed != NULL)
		complain(g, name, failed);
	g->lost = g->lost || s->failed > 0 || failed != NULL;
}

static size_t
read_stream(void *ctx, void *p, size_t n)
{
	return ww_stream_read(ctx, p, n);
}

static void
print_events(struct printing *g, struct ww_slice name, struct ww_stream *stream)
{
	struct ww_evtx *x = ww_evtx_open(&g->work, read_stream, stream);
	struct ww_evtx_record r;

	while (!g->stop && ww_evtx_next(x, &r)) {
		if (g->filters && !is_wanted(g, x, &r))
			continue;
		put_event(g, x, &r);
		if (g->out.len >= WRITE_SIZE && !flush(g))
			g->stop = 1;
	}
	g->any_read = true;
	say_losses(g, name, ww_evtx_state(x), ww_stream_state(stream).failed);
}

static uint32_t
take_place(void *ctx, struct ww_slice name)
{
	struct printing *g = ctx;

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
is_named(const struct printing *g, struct ww_slice name)
{
	const struct arguments *args = &g->cli->args;

	for (size_t i = 0; i < args->n_operands; i++)
		if (ww_slice_eq(gather_name(&g->cli->arena, args->operands[i]),
				name))
			return true;
	return false;
}

static void
print_file(struct printing *g, struct ww_slice name,
	   const struct ww_input *input)
{
	struct ww_stream *stream = ww_stream_open(&g->work, g->kernels, input);

	if (ww_stream_binary(stream) == WW_BINARY_EVTX) {
		print_events(g, name, stream);
	} else if (is_named(g, name)) {
		const char *failed = ww_stream_state(stream).failed;

		complain(g, name,
			 failed != NULL ? failed : N_("is no event log"));
		g->lost = true;
	}
}

static void
take_input(void *ctx, uint32_t place, const struct ww_input *input)
{
	struct printing *g = ctx;

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
	struct printing *g = ctx;

	complain(g, name, why);
	g->lost = true;
}

/* What nobody named, and what was beyond a limit. */
static void
take_skipped(void *ctx, const char *why, uint64_t count)
{
	struct printing *g = ctx;

	say_counted(g, WW_LIT("events"), count, cli_tr(g->cli, why));
}

int
cli_events(struct cli *cli)
{
	/* What was read is written long after that: a signal may come then. */
	struct printing *g = ww_arena_new(&cli->arena, struct printing);
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
	g->out.cap = WRITE_SIZE + WW_EVTX_EVENT_MAX;
	g->out.p = ww_arena_alloc(&cli->arena, g->out.cap);
	g->line = ww_arena_alloc(&cli->arena, LINE_MAX);
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
