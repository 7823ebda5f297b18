/*
 * Writes event traces (ETL) for tests: events as the update client writes
 * them, or any other bytes, into buffers that several processors fill side by
 * side.  For tests only: it trusts who calls it.
 */
#ifndef TESTS_WRITERS_ETL_H
#define TESTS_WRITERS_ETL_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Bytes that grow. */
struct etl_bytes {
	uint8_t *p;
	size_t len, cap;
};

static void
etl_add(struct etl_bytes *b, const void *p, size_t n)
{
	if (b->cap - b->len < n) {
		b->cap = (b->cap + n) * 2;
		b->p = realloc(b->p, b->cap);
		assert(b->p != NULL);
	}
	if (n > 0)
		memcpy(b->p + b->len, p, n);
	b->len += n;
}

/* A number of so many bytes. */
static void
etl_number(struct etl_bytes *b, uint64_t v, size_t size)
{
	for (; size > 0; size--, v >>= 8) {
		uint8_t byte = (uint8_t)v;

		etl_add(b, &byte, 1);
	}
}

/* The same, over what stands there. */
static void
etl_set(struct etl_bytes *b, size_t at, uint64_t v, size_t size)
{
	for (; size > 0; size--, v >>= 8)
		b->p[at++] = (uint8_t)v;
}

/* Zeros up to a multiple of n. */
static void
etl_align(struct etl_bytes *b, size_t n)
{
	while (b->len % n != 0)
		etl_number(b, 0, 1);
}

static void
etl_zeros(struct etl_bytes *b, size_t n)
{
	while (n-- > 0)
		etl_number(b, 0, 1);
}

/* With its NUL. */
static void
etl_name(struct etl_bytes *b, const char *name)
{
	etl_add(b, name, strlen(name) + 1);
}

/* UTF-8 as UTF-16, with its NUL. */
static void
etl_string(struct etl_bytes *b, struct ww_slice s)
{
	while (s.len > 0) {
		uint32_t c;
		size_t n = ww_utf8_decode(s, &c);

		s = ww_slice_from(s, n);
		if (c >= 0x10000) {
			etl_number(b, 0xD800 + ((c - 0x10000) >> 10), 2);
			c = 0xDC00 + (c & 0x3FF);
		}
		etl_number(b, c, 2);
	}
	etl_number(b, 0, 2);
}

/* 0b7a6f19-47c4-454e-8c5c-e868d637e4d8: the update client. */
static const uint8_t etl_update_client[16] = {
	0x19, 0x6f, 0x7a, 0x0b, 0xc4, 0x47, 0x4e, 0x45,
	0x8c, 0x5c, 0xe8, 0x68, 0xd6, 0x37, 0xe4, 0xd8,
};

struct etl_options {
	uint32_t buffer;  /* bytes; 0: 4096 */
	bool narrow;	  /* of a kernel of 32 bits */
	bool open;	  /* the trace was not ended */
	uint64_t start;	  /* FILETIME of its start, in UTC */
	int bias;	  /* minutes from local time to UTC */
	bool summer_time; /* with the rules of central Europe */
	uint64_t frequency;
	uint32_t clock; /* 1: performance counter, 2: system time */
	uint32_t events_lost, buffers_lost;
	const char *file; /* its own path; NULL: of the update client */
};

#define ETL_CPUS    3
#define ETL_COUNTER 14859330038u /* of the clock, at the start */
#define ETL_HEADER  72

struct etl_writer {
	struct etl_options opt;
	struct etl_bytes file;
	struct etl_bytes cpu[ETL_CPUS]; /* buffers that are being filled */
	uint64_t sequence;
};

/* SYSTEMTIME of a rule: on the nth day of the week of a month, at an hour. */
static void
etl_rule(struct etl_bytes *b, unsigned month, unsigned nth, unsigned hour)
{
	const unsigned fields[8] = { 0, month, 0, nth, hour };

	for (int i = 0; i < 8; i++)
		etl_number(b, fields[i], 2);
}

/* TIME_ZONE_INFORMATION */
static void
etl_zone(struct etl_bytes *b, const struct etl_options *opt)
{
	unsigned summer = opt->summer_time;

	etl_number(b, (uint32_t)opt->bias, 4);
	etl_zeros(b, 64);
	etl_rule(b, summer * 10, summer * 5, summer * 3);
	etl_number(b, 0, 4);
	etl_zeros(b, 64);
	etl_rule(b, summer * 3, summer * 5, summer * 2);
	etl_number(b, (uint32_t)(summer ? -60 : 0), 4);
}

/* TRACE_LOGFILE_HEADER behind a system header, as one event. */
static struct etl_bytes
etl_header_event(const struct etl_options *opt)
{
	struct etl_bytes b = { 0 };
	size_t pointer = opt->narrow ? 4 : 8;

	etl_number(&b, opt->narrow ? 0xC0010002 : 0xC0020002, 4);
	etl_number(&b, 0, 4); /* size, group and kind */
	etl_number(&b, 2756, 4);
	etl_number(&b, 9052, 4);
	etl_number(&b, opt->clock == 2 ? opt->start : ETL_COUNTER, 8);
	etl_number(&b, 0, 8);

	etl_number(&b, opt->buffer, 4);
	etl_number(&b, 0x0501000A, 4); /* version 10.0.1.5 */
	etl_number(&b, 19041, 4);
	etl_number(&b, ETL_CPUS, 4);
	etl_number(&b, opt->open ? 0 : opt->start + 36000000000, 8);
	etl_number(&b, 156250, 4);
	etl_number(&b, 128, 4);
	etl_number(&b, 0x11002009, 4);
	etl_number(&b, 1, 4);
	etl_number(&b, 1, 4);
	etl_number(&b, pointer, 4);
	etl_number(&b, opt->events_lost, 4);
	etl_number(&b, 2494, 4); /* MHz */
	etl_zeros(&b, 2 * pointer);
	etl_zone(&b, opt);
	etl_align(&b, 8);
	etl_number(&b, opt->start, 8); /* of Windows */
	etl_number(&b, opt->frequency, 8);
	etl_number(&b, opt->start, 8);
	etl_number(&b, opt->clock, 4);
	etl_number(&b, opt->buffers_lost, 4);
	etl_string(&b, WW_LIT("WindowsUpdate_trace_log"));
	etl_string(&b,
		   ww_slice_cstr(opt->file == NULL
				     ? "C:\\Windows\\Logs\\WindowsUpdate\\x.etl"
				     : opt->file));
	etl_set(&b, 4, b.len, 2);
	return b;
}

/* A buffer without events yet. */
static void
etl_buffer(struct etl_writer *w, struct etl_bytes *b)
{
	b->len = 0;
	etl_number(b, w->opt.buffer, 4);
	etl_zeros(b, ETL_HEADER - 4);
}

/* To the file, filled up as Windows does. */
static void
etl_flush(struct etl_writer *w, struct etl_bytes *b)
{
	etl_set(b, 4, b->len, 4);
	etl_set(b, 8, b->len, 4);
	etl_set(b, 24, w->sequence++, 8);
	etl_set(b, 48, b->len, 4);
	while (b->len < w->opt.buffer)
		etl_number(b, 0xFF, 1);
	etl_add(&w->file, b->p, b->len);
	etl_buffer(w, b);
}

/* Any event, as it stands in a buffer. */
static void
etl_event(struct etl_writer *w, unsigned cpu, const struct etl_bytes *event)
{
	struct etl_bytes *b = &w->cpu[cpu % ETL_CPUS];

	assert(ETL_HEADER + event->len <= w->opt.buffer);
	if (b->len + event->len + 8 > w->opt.buffer && b->len > ETL_HEADER)
		etl_flush(w, b);
	etl_add(b, event->p, event->len);
	etl_align(b, 8);
}

static void
etl_begin(struct etl_writer *w, const struct etl_options *opt)
{
	struct etl_bytes header;

	*w = (struct etl_writer){ .opt = *opt };
	if (w->opt.buffer == 0)
		w->opt.buffer = 4096;
	for (int i = 0; i < ETL_CPUS; i++)
		etl_buffer(w, &w->cpu[i]);
	header = etl_header_event(&w->opt);
	etl_event(w, 0, &header);
	etl_flush(w, &w->cpu[0]);
	free(header.p);
}

/* Processors end one after the other; the last begins. */
static void
etl_end(struct etl_writer *w)
{
	for (int i = ETL_CPUS - 1; i >= 0; i--) {
		if (w->cpu[i].len > ETL_HEADER)
			etl_flush(w, &w->cpu[i]);
		free(w->cpu[i].p);
	}
}

/* Who wrote an event, and when. */
struct etl_who {
	const uint8_t *provider; /* NULL: the update client */
	uint64_t filetime;
	uint32_t process, thread;
	uint8_t level;
};

/* EVENT_HEADER, whose size and flags are not set yet. */
static struct etl_bytes
etl_event_header(const struct etl_writer *w, const struct etl_who *who)
{
	struct etl_bytes b = { 0 };
	uint64_t passed = who->filetime - w->opt.start;

	etl_number(&b, w->opt.narrow ? 0xC0120000 : 0xC0130000, 4);
	etl_number(&b, 0, 4);
	etl_number(&b, who->thread, 4);
	etl_number(&b, who->process, 4);
	etl_number(&b,
		   w->opt.clock == 2
		       ? who->filetime
		       : ETL_COUNTER +
			     passed / 1000 * w->opt.frequency / 10000 +
			     passed % 1000 * w->opt.frequency / 10000000,
		   8);
	etl_add(&b, who->provider == NULL ? etl_update_client : who->provider,
		16);
	etl_number(&b, 0, 2);  /* id */
	etl_number(&b, 0, 1);  /* version */
	etl_number(&b, 11, 1); /* channel of TraceLogging */
	etl_number(&b, who->level, 1);
	etl_zeros(&b, 3 + 8 + 8 + 16);
	assert(b.len == 80);
	return b;
}

/* An item of extended data. */
static void
etl_item(struct etl_bytes *event, unsigned type, bool more,
	 const struct etl_bytes *data)
{
	size_t padded = (data->len + 7) / 8 * 8;

	etl_number(event, 8 + padded, 2);
	etl_number(event, type, 2);
	etl_number(event, more, 2);
	etl_number(event, data->len, 2);
	etl_add(event, data->p, data->len);
	etl_zeros(event, padded - data->len);
}

/*
 * A TraceLogging event: provider's name, event's name, the descriptions of
 * its fields as bytes, and their values.
 */
static void
etl_tracelogging(struct etl_writer *w, unsigned cpu, const struct etl_who *who,
		 const char *provider, const char *name,
		 const struct etl_bytes *fields, const struct etl_bytes *values)
{
	struct etl_bytes event = etl_event_header(w, who), item = { 0 };

	etl_set(&event, 4, 1, 2);
	etl_number(&item, 2 + strlen(provider) + 1, 2);
	etl_name(&item, provider);
	etl_item(&event, 12, true, &item);
	item.len = 0;
	etl_number(&item, 2 + 1 + strlen(name) + 1 + fields->len, 2);
	etl_number(&item, 0, 1); /* no tags */
	etl_name(&item, name);
	etl_add(&item, fields->p, fields->len);
	etl_item(&event, 11, false, &item);
	etl_add(&event, values->p, values->len);
	etl_set(&event, 0, event.len, 2);
	etl_event(w, cpu, &event);
	free(item.p);
	free(event.p);
}

/* A component and a text, as the update client and its kin write them. */
static void
etl_line_of(struct etl_writer *w, unsigned cpu, const struct etl_who *who,
	    const char *provider, const char *component, struct ww_slice text)
{
	struct etl_bytes fields = { 0 }, values = { 0 };

	etl_name(&fields, "Info");
	etl_number(&fields, 1, 1); /* UTF-16, ended by a NUL */
	etl_string(&values, text);
	etl_tracelogging(w, cpu, who,
			 provider == NULL ? "WUTraceLogging" : provider,
			 component, &fields, &values);
	free(fields.p);
	free(values.p);
}

#endif
