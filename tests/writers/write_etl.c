/*
 * Turns a WindowsUpdate.log into the trace that it could be of:
 *
 *	write_etl [OPTION]... <WindowsUpdate.log >trace.etl
 *
 *	--narrow		of a kernel of 32 bits
 *	--buffer BYTES		the size of buffers
 *	--bias MINUTES		from local time to UTC; the log has local time
 *	--lost N		events that were lost
 *	--open			copied while it was being written
 *	--cut BYTES		missing at the end
 *	--numbers N		events more that hold no text (WPP)
 *	--foreign N		and such of another provider
 *	--values N		and such that have values of many types
 *	--provider NAME		who wrote the lines; the update client
 *	--file PATH		what the trace says that it is called
 *
 * Threads are spread over processors, whose buffers stand in the file in the
 * order in which they were full.
 */
#include <stdio.h>

#include "evidence/time.h"

#include "etl.h"

#define LINE_MAX_ 65536

struct options {
	struct etl_options etl;
	unsigned long cut, numbers, foreign, values;
	const char *provider; /* NULL: the update client */
};

/* 2026/11/18 12:04:41.3100000 as FILETIME of UTC; 0: no such stamp. */
static uint64_t
filetime_of(const char *line, int bias)
{
	struct ww_civil c = { 0 };
	unsigned long fraction;
	ww_time time;

	if (sscanf(line, "%4d/%2d/%2d %2d:%2d:%2d.%7lu", &c.year, &c.month,
		   &c.day, &c.hour, &c.minute, &c.second, &fraction) != 7)
		return 0;
	time = ww_time_of(&c) + bias * WW_MINUTE;
	return ((uint64_t)time + UINT64_C(11644473600000000)) * 10 + fraction;
}

/* What goes on with a text, up to the next stamp, is read behind it. */
struct source {
	char line[LINE_MAX_];
	bool has_line;
	struct etl_bytes text;
};

static bool
read_line(struct source *s)
{
	s->has_line = fgets(s->line, sizeof(s->line), stdin) != NULL;
	if (s->has_line)
		s->line[strcspn(s->line, "\r\n")] = '\0';
	return s->has_line;
}

static const uint8_t guid[16] = { 1, 2,	 3,  4,	 5,  6,	 7,  8,
				  9, 10, 11, 12, 13, 14, 15, 16 };

/* A result, a structure that stands twice, an array, a SID. */
static void
values_event(struct etl_writer *w, uint64_t filetime)
{
	static const char fields[] = "hr\0\x87\x0F"
				     "jobs\0\xB8\2\2\0"
				     "name\0\1"
				     "ok\0\x84\3"
				     "sizes\0\x48"
				     "user\0\x13";
	static const char values[] = "\5\0\7\x80"
				     "a\0\0\0\1"
				     "b\0\0\0\0"
				     "\2\0\7\0\0\0\x08\0\0\0"
				     "\1\2\0\0\0\0\0\5\x20\0\0\0\x20\2\0\0";
	const struct etl_who who = { guid, filetime, 4352, 900, 4 };
	struct etl_bytes f = { 0 }, v = { 0 };

	etl_add(&f, fields, sizeof(fields) - 1);
	etl_add(&v, values, sizeof(values) - 1);
	etl_tracelogging(w, 2, &who, "Contoso.Update", "JobsDone", &f, &v);
	free(f.p);
	free(v.p);
}

/* Provider, flags, and a payload that nothing describes. */
static void
foreign_event(struct etl_writer *w, uint64_t filetime)
{
	const struct etl_who who = { guid, filetime, 4352, 900, 4 };
	struct etl_bytes b = etl_event_header(w, &who);

	etl_number(&b, 0x80070005, 4);
	etl_set(&b, 0, b.len, 2);
	etl_event(w, 2, &b);
	free(b.p);
}

/* WPP: the number of a message, and what it is of. */
static void
number_event(struct etl_writer *w, uint64_t filetime)
{
	struct etl_bytes b = { 0 };

	etl_number(&b, 0x90000000, 4);
	etl_number(&b, 12, 2);
	etl_number(&b, 0x2A, 2); /* with GUID, time, process and thread */
	etl_zeros(&b, 16);
	etl_number(&b, filetime, 8);
	etl_number(&b, 900, 4);
	etl_number(&b, 4352, 4);
	etl_set(&b, 0, b.len, 2);
	etl_event(w, 2, &b);
	free(b.p);
}

static void
write_record(struct etl_writer *w, struct source *s, const char *provider)
{
	struct etl_who who = { .level = 4,
			       .provider = provider == NULL ? NULL : guid };
	char component[64];
	int at = 0;

	who.filetime = filetime_of(s->line, w->opt.bias);
	if (sscanf(s->line + 27, "%u %u %63s%n", &who.process, &who.thread,
		   component, &at) != 3) {
		fprintf(stderr, "not understood: %s\n", s->line);
		exit(1);
	}
	at += 27;
	/* One blank behind the component, or what fills its column. */
	at = at < 55 ? 55 : at;
	at += s->line[at] == ' ';
	s->text.len = 0;
	etl_add(&s->text, s->line + at, strlen(s->line + at));
	while (read_line(s) && filetime_of(s->line, 0) == 0) {
		etl_add(&s->text, "\n", 1);
		etl_add(&s->text, s->line, strlen(s->line));
	}
	etl_line_of(w, who.thread, &who, provider, component,
		    ww_slice_of((const char *)s->text.p, s->text.len));
}

static void
write_trace(const struct options *opt)
{
	static struct source s;
	struct etl_writer w;
	struct etl_options etl = opt->etl;

	if (!read_line(&s))
		return;
	etl.start = filetime_of(s.line, etl.bias) - 10000000;
	etl_begin(&w, &etl);
	while (s.has_line)
		write_record(&w, &s, opt->provider);
	for (unsigned long i = 0; i < opt->numbers; i++)
		number_event(&w, etl.start);
	for (unsigned long i = 0; i < opt->foreign; i++)
		foreign_event(&w, etl.start);
	for (unsigned long i = 0; i < opt->values; i++)
		values_event(&w, etl.start);
	etl_end(&w);
	fwrite(w.file.p, 1, w.file.len - opt->cut, stdout);
	free(w.file.p);
	free(s.text.p);
}

int
main(int argc, char **argv)
{
	struct options opt = { .etl = { .frequency = 10000000, .clock = 1 } };

	for (int i = 1; i < argc; i++) {
		long n = i + 1 < argc ? strtol(argv[i + 1], NULL, 10) : 0;

		if (strcmp(argv[i], "--narrow") == 0)
			opt.etl.narrow = true;
		else if (strcmp(argv[i], "--open") == 0)
			opt.etl.open = true;
		else if (strcmp(argv[i], "--buffer") == 0)
			opt.etl.buffer = (uint32_t)n, i++;
		else if (strcmp(argv[i], "--bias") == 0)
			opt.etl.bias = (int)n, i++;
		else if (strcmp(argv[i], "--lost") == 0)
			opt.etl.events_lost = (uint32_t)n, i++;
		else if (strcmp(argv[i], "--cut") == 0)
			opt.cut = (unsigned long)n, i++;
		else if (strcmp(argv[i], "--numbers") == 0)
			opt.numbers = (unsigned long)n, i++;
		else if (strcmp(argv[i], "--foreign") == 0)
			opt.foreign = (unsigned long)n, i++;
		else if (strcmp(argv[i], "--values") == 0)
			opt.values = (unsigned long)n, i++;
		else if (strcmp(argv[i], "--provider") == 0)
			opt.provider = argv[++i];
		else if (strcmp(argv[i], "--file") == 0)
			opt.etl.file = argv[++i];
		else
			return 2;
	}
	write_trace(&opt);
	return 0;
}
