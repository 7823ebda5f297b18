#include "input/etl/etl.h"

#include <stdio.h>

#include "base/compiler.h"
#include "base/message.h"
#include "input/dialects.h"
#include "input/etl/bytes.h"
#include "input/etl/event.h"
#include "input/etl/provider.h"
#include "input/wu_line.h"

#include "base/banned.h"

/*
 * Update traces.  Their events become the lines that Get-WindowsUpdateLog
 * writes of them, so that all behind the reader takes them for what they are:
 *
 *	2020/11/22 12:46:42.0832690 8668  1188  Agent           text
 *
 * The event's name is the component, its one field the text.  The clock is
 * that of the machine that wrote the trace, whose zone stands in the header;
 * Get-WindowsUpdateLog takes that of the machine on which it runs.  What
 * other providers wrote is told as it tells it with -IncludeAllLogs:
 * "[name] : value; [name] : value;".
 *
 * Whose trace it is, its events say by their providers, or the header by the
 * folder that it was made in: traces of the update orchestrator and of the
 * update medic are read in the same way, and any other as far as its events
 * say what they hold.
 *
 * Seen: the update client of Windows 10 (19041) and 11 (26100), the update
 * medic of Windows 11 (26100).  Not seen: the orchestrator, SIH, Delivery
 * Optimization.
 */

#define COMPONENT_MAX 128

struct state {
	struct ww_etl etl;
	struct ww_buf raw; /* the line */
	char component[COMPONENT_MAX];
};

/* Times in the columns of the text, with all their seven digits. */
static void
add_stamp(struct ww_buf *out, ww_time time, uint64_t filetime)
{
	struct ww_civil c = { .year = 0 };
	char text[32];
	int n;

	if (time != WW_NO_TIME)
		c = ww_time_civil(time);
	n = snprintf(text, sizeof(text), "%04d/%02d/%02d %02d:%02d:%02d.%06d%u",
		     c.year, c.month, c.day, c.hour, c.minute, c.second,
		     c.microsecond, (unsigned)(filetime % 10));
	ww_buf_add(out, ww_slice_of(text, (size_t)n));
}

/* A column, filled with blanks, and a blank. */
static void
add_column(struct ww_buf *out, struct ww_slice s, size_t width)
{
	ww_buf_add(out, s);
	if (s.len < width)
		ww_buf_fill(out, ' ', width - s.len);
	ww_buf_char(out, ' ');
}

static void
add_number(struct ww_buf *out, uint32_t v)
{
	char text[12];
	int n = snprintf(text, sizeof(text), "%u", v);

	add_column(out, ww_slice_of(text, (size_t)n), 5);
}

/* What the text says of it, as in the log; else what the event says. */
static enum ww_level
level_of(struct ww_slice text, unsigned level)
{
	enum ww_level said = ww_wu_level(text);

	if (said != WW_LEVEL_NONE || level == 0 || level > 3)
		return said;
	return level == 3 ? WW_LEVEL_WARNING : WW_LEVEL_ERROR;
}

/* Whose traces are told apart, the rarest first: a trace may have several. */
static const struct {
	unsigned writer;
	enum ww_dialect_id dialect;
	const char *name; /* English message; NULL: what it is called anyhow */
} kinds[] = {
	{ WW_ETL_MEDIC, WW_DIALECT_WAASMEDIC,
	  N_("trace of the update medic, WaaSMedic (ETL)") },
	{ WW_ETL_ORCHESTRATOR, WW_DIALECT_USO,
	  N_("trace of the update orchestrator, USO (ETL)") },
	{ WW_ETL_UPDATE_CLIENT, WW_DIALECT_WU, NULL },
	{ WW_ETL_DELIVERY, WW_DIALECT_DOLOG,
	  N_("trace of Delivery Optimization (ETL)") },
};

static enum ww_dialect_id
kind_of(struct ww_reader *reader, const struct ww_etl_trace *trace)
{
	unsigned writers = trace->writers;

	if (writers == 0)
		writers = ww_etl_writer_of_file(trace->clock.names);
	for (size_t i = 0; i < WW_ARRAY_LEN(kinds); i++) {
		if ((writers & kinds[i].writer) == 0)
			continue;
		reader->name = kinds[i].name;
		return kinds[i].dialect;
	}
	return WW_DIALECT_TRACE;
}

static enum ww_dialect_id
open_trace(struct ww_reader *reader, struct ww_stream *stream)
{
	struct state *s = reader->state;
	const struct ww_etl_trace *trace = &s->etl.trace;

	ww_etl_open(&s->etl, reader->arena, stream);
	s->raw = ww_buf_in(reader->arena);
	reader->zone = (struct ww_zone){ WW_ZONE_STATED, trace->clock.zone };
	if (trace->n == 0 && trace->untold + trace->foreign > 0)
		reader->undecoded =
		    N_("none of its events holds a text of its own; Windows "
		       "looks them up where the trace was written");
	else if (trace->untold > 0)
		reader->undecoded =
		    N_("some of its events hold no text of their own; Windows "
		       "looks them up where the trace was written");
	return kind_of(reader, trace);
}

/* Blanks before a text are no part of it. */
static struct ww_slice
text_from(const struct ww_buf *raw, size_t at)
{
	struct ww_slice text = ww_slice_from(ww_buf_slice(raw), at);

	while (text.len > 0 && text.p[0] == ' ')
		text = ww_slice_from(text, 1);
	return text;
}

static void
tell(struct ww_reader *reader, const struct ww_etl_record *r,
     struct ww_record *ret)
{
	struct state *s = reader->state;
	struct ww_buf *raw = &s->raw;
	size_t text_at;

	*ret = (struct ww_record){
		.time = ww_etl_local(&s->etl.trace.clock, r->filetime),
		.process = ww_load32(r->p + WW_ETL_AT_PROCESS),
		.thread = ww_load32(r->p + WW_ETL_AT_THREAD),
		.line = r->number,
	};
	ret->component =
	    ww_slice_of(s->component,
			ww_etl_schema_clean(r->schema.name, s->component,
					    COMPONENT_MAX));
	raw->len = 0;
	add_stamp(raw, ret->time, r->filetime);
	ww_buf_char(raw, ' ');
	add_number(raw, ret->process);
	add_number(raw, ret->thread);
	add_column(raw, ret->component, 15);
	text_at = raw->len;
	ww_etl_text(&s->etl, r, raw);
	ret->text = text_from(raw, text_at);
	ret->raw = ww_buf_slice(raw);
	ret->level = level_of(ret->text, r->p[WW_ETL_AT_LEVEL]);
}

static bool
next(struct ww_reader *reader, struct ww_stream *stream, struct ww_record *ret)
{
	struct state *s = reader->state;
	struct ww_etl_record r;
	bool more;

	(void)stream; /* it was read whole */
	more = ww_etl_next(&s->etl, &r);
	if (more)
		tell(reader, &r, ret);
	else
		reader->losses = s->etl.losses;
	return more;
}

const struct ww_binary ww_binary_etl = {
	.dialect = WW_DIALECT_WU,
	.state_size = sizeof(struct state),
	.open = open_trace,
	.next = next,
};

/* The dialects of traces that no text has. */
const struct ww_dialect ww_dialect_uso = {
	.id = WW_DIALECT_USO,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_STATED,
};

const struct ww_dialect ww_dialect_waasmedic = {
	.id = WW_DIALECT_WAASMEDIC,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_STATED,
};

const struct ww_dialect ww_dialect_trace = {
	.id = WW_DIALECT_TRACE,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_STATED,
};
