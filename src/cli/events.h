/*
 * What the printers of events share: the filters, and where events go.  Used
 * by events.c and events_trace.c.
 */
#ifndef WW_CLI_EVENTS_H
#define WW_CLI_EVENTS_H

#include "cli/cli.h"
#include "input/evtx/evtx.h"
#include "input/stream.h"
#include "sys/sys.h"

/* What is written at once; an event more must fit behind it. */
#define EVENTS_WRITE_SIZE ((size_t)256 * 1024)

/* The longest text of an event in the form of a line. */
#define EVENTS_LINE_MAX ((size_t)256 * 1024)

#define EVENTS_IDS_MAX	64
#define EVENTS_NAME_MAX 1024

enum events_format { EVENTS_TEXT, EVENTS_JSONL, EVENTS_XML };

struct events_filter {
	struct ww_slice provider, text;
	uint32_t ids[EVENTS_IDS_MAX];
	unsigned n_ids;
	unsigned level;	      /* 0: any; 2: errors, 3: warnings as well */
	ww_time since, until; /* 0: no limit */
};

struct events {
	struct cli *cli;
	enum events_format format;
	struct events_filter filter;
	bool filters;
	struct ww_arena work; /* of one file */
	jmp_buf oom;
	const struct ww_kernels *kernels;
	struct ww_slice *names; /* by place */
	uint32_t n_names, names_room;
	struct ww_evtx_out out;
	char *line; /* EVENTS_LINE_MAX */
	bool any_read, lost;
	enum ww_written written;
	volatile sig_atomic_t stop;
};

/* Whether the filters want an event with these, as far as they say. */
bool events_want(const struct events_filter *f, uint64_t id, uint64_t level,
		 ww_time time);

/* error, warning, …; - for none */
const char *events_level_word(uint64_t level);

/* The event that was put is whole: end its line, and write when it is time. */
void events_end(struct events *g);

/* Of a file, on standard error. */
void events_say_losses(struct events *g, struct ww_slice name,
		       const struct ww_losses *losses);

/* All events of an update trace. */
void events_print_trace(struct events *g, struct ww_slice name,
			struct ww_stream *stream);

#endif
