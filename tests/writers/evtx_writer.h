/*
 * Writes event logs for tests and benchmarks: chunks with their names and
 * templates, records with values.  A template is given as the XML that it
 * makes, with %0, %1, … where values go, and %0? where the attribute or
 * element is left out when there is no value:
 *
 *	<Event><System><Provider Name='%0'/> …</System>%9</Event>
 *
 * The same text is the same template.  A record may also be elements without
 * a template, as some writers make them.
 */
#ifndef TESTS_WRITERS_EVTX_WRITER_H
#define TESTS_WRITERS_EVTX_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crc32.h"

#define EVTX_CHUNK     65536u
#define EVTX_NAMES     512
#define EVTX_TEMPLATES 128

/* Types of values: [MS-EVEN6] 2.2.12 */
enum {
	EVTX_NULL = 0,
	EVTX_STRING = 1,
	EVTX_UINT8 = 4,
	EVTX_UINT16 = 6,
	EVTX_INT32 = 7,
	EVTX_UINT32 = 8,
	EVTX_UINT64 = 10,
	EVTX_DOUBLE = 12,
	EVTX_BOOL = 13,
	EVTX_BINARY = 14,
	EVTX_GUID = 15,
	EVTX_FILETIME = 17,
	EVTX_SYSTEMTIME = 18,
	EVTX_SID = 19,
	EVTX_HEX32 = 20,
	EVTX_HEX64 = 21,
	EVTX_XML = 0x21,
	EVTX_STRINGS = 0x81,
};

/* p: text for strings, with | between those of an array; else the bytes. */
struct evtx_value {
	uint8_t type;
	const void *p;
	size_t len;
	uint64_t number; /* where p is NULL */
};

/* A value that is binary XML: a template, or elements when n is SIZE_MAX. */
struct evtx_nested {
	const char *xml;
	const struct evtx_value *values;
	size_t n;
};

#define EVTX_TEXT(s)                   \
	{                              \
		EVTX_STRING, (s), 0, 0 \
	}
#define EVTX_NUMBER(t, v)         \
	{                         \
		(t), NULL, 0, (v) \
	}
#define EVTX_NOTHING                  \
	{                             \
		EVTX_NULL, NULL, 0, 0 \
	}
#define EVTX_NEST(nested)                 \
	{                                 \
		EVTX_XML, &(nested), 0, 0 \
	}

struct evtx_writer {
	uint8_t *file; /* owned */
	size_t len, cap;
	uint16_t minor; /* version 3.1 or 3.2 */

	uint8_t chunk[EVTX_CHUNK];
	size_t at; /* where the next record goes */
	bool overflow;
	struct {
		char text[64];
		uint32_t offset;
	} names[EVTX_NAMES];
	size_t n_names;
	struct {
		const char *xml;
		uint32_t offset;
	} templates[EVTX_TEMPLATES];
	size_t n_templates;
	uint64_t first_id, last_id, n_chunks;
	size_t last_record;
	struct ww_crc32 crc;
};

static inline void
evtx_store(uint8_t *p, uint64_t v, size_t n)
{
	for (size_t i = 0; i < n; i++, v >>= 8)
		p[i] = (uint8_t)v;
}

/* Into the chunk; what has no room any more makes it overflow. */
static inline void
evtx_bytes(struct evtx_writer *w, const void *p, size_t n)
{
	if (n > EVTX_CHUNK - w->at) {
		w->overflow = true;
		return;
	}
	if (n > 0)
		memcpy(w->chunk + w->at, p, n);
	w->at += n;
}

static inline void
evtx_number(struct evtx_writer *w, uint64_t v, size_t n)
{
	uint8_t bytes[8];

	evtx_store(bytes, v, n);
	evtx_bytes(w, bytes, n);
}

/* ASCII, or Latin 1, as UTF-16. */
static inline void
evtx_utf16(struct evtx_writer *w, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		evtx_number(w, (uint8_t)text[i], 2);
}

/* Fill in a size once it is known. */
static inline void
evtx_patch(struct evtx_writer *w, size_t at, size_t v)
{
	if (!w->overflow)
		evtx_store(w->chunk + at, v, 4);
}

/* The offset of a name; it follows at once where it is new in the chunk. */
static inline void
evtx_name(struct evtx_writer *w, const char *text, size_t len)
{
	uint32_t hash = 0;

	for (size_t i = 0; i < w->n_names; i++)
		if (strlen(w->names[i].text) == len &&
		    memcmp(w->names[i].text, text, len) == 0) {
			evtx_number(w, w->names[i].offset, 4);
			return;
		}
	for (size_t i = 0; i < len; i++)
		hash = hash * 65599 + (uint8_t)text[i];
	evtx_number(w, w->at + 4, 4);
	if (w->n_names < EVTX_NAMES && len < sizeof(w->names[0].text)) {
		memcpy(w->names[w->n_names].text, text, len);
		w->names[w->n_names].text[len] = '\0';
		w->names[w->n_names++].offset = (uint32_t)w->at;
	}
	evtx_number(w, 0, 4);
	evtx_number(w, hash, 2);
	evtx_number(w, len, 2);
	evtx_utf16(w, text, len);
	evtx_number(w, 0, 2);
}

/* Text with values in it, up to the character `end`. */
static inline const char *
evtx_content(struct evtx_writer *w, const char *s, char end,
	     const struct evtx_value *values)
{
	while (*s != end && *s != '\0') {
		size_t n = strcspn(s, end == '<' ? "<%" : "'%");
		unsigned slot = 0;
		bool optional;

		if (n > 0) {
			evtx_number(w, 0x05, 1);
			evtx_number(w, EVTX_STRING, 1);
			evtx_number(w, n, 2);
			evtx_utf16(w, s, n);
			s += n;
			continue;
		}
		for (s++; *s >= '0' && *s <= '9'; s++)
			slot = slot * 10 + (unsigned)(*s - '0');
		optional = *s == '?';
		s += optional;
		evtx_number(w, optional ? 0x0E : 0x0D, 1);
		evtx_number(w, slot, 2);
		evtx_number(w, values == NULL ? 0 : values[slot].type, 1);
	}
	return s;
}

/* One element: its start, what is in it, its end.  s stands behind its <. */
static inline const char *
evtx_element(struct evtx_writer *w, const char *s, bool dependencies,
	     const struct evtx_value *values)
{
	size_t n = strcspn(s, " />"), size_at, list_at, start;
	bool attributes = s[n] == ' ';

	evtx_number(w, attributes ? 0x41 : 0x01, 1);
	if (dependencies)
		evtx_number(w, 0xFFFF, 2);
	size_at = w->at;
	evtx_number(w, 0, 4);
	start = w->at;
	evtx_name(w, s, n);
	list_at = w->at;
	if (attributes)
		evtx_number(w, 0, 4);
	for (s += n; *s == ' '; s++) {
		n = strcspn(s + 1, "=");
		evtx_number(w, strchr("/>", s[1]) != NULL ? 0x06 : 0x46, 1);
		evtx_name(w, s + 1, n);
		s = evtx_content(w, s + n + 3, '\'', values);
	}
	if (attributes)
		evtx_patch(w, list_at, w->at - list_at - 4);
	if (*s == '/') {
		evtx_number(w, 0x03, 1);
		evtx_patch(w, size_at, w->at - start);
		return s + 2;
	}
	evtx_number(w, 0x02, 1);
	for (s++; s[0] != '<' || s[1] != '/';)
		s = s[0] == '<' ? evtx_element(w, s + 1, dependencies, values)
				: evtx_content(w, s, '<', values);
	evtx_number(w, 0x04, 1);
	evtx_patch(w, size_at, w->at - start);
	return strchr(s, '>') + 1;
}

static inline void
evtx_fragment(struct evtx_writer *w)
{
	evtx_number(w, 0x0001010F, 4);
}

/*
 * The template's GUID is made of its text, and begins with its id.  values: as
 * many as the highest slot of the text has, for the types that are stated
 * there.
 */
static inline void
evtx_definition(struct evtx_writer *w, const char *xml,
		const struct evtx_value *values)
{
	size_t size_at, start;
	uint32_t sum = ww_crc32_fast(&w->crc, xml, strlen(xml));

	evtx_number(w, 0, 4);
	for (unsigned i = 0; i < 4; i++)
		evtx_number(w, sum * (2 * i + 1), 4);
	size_at = w->at;
	evtx_number(w, 0, 4);
	start = w->at;
	evtx_fragment(w);
	evtx_element(w, xml + 1, true, values);
	evtx_number(w, 0, 1);
	evtx_patch(w, size_at, w->at - start);
}

static inline void evtx_instance(struct evtx_writer *w, const char *xml,
				 const struct evtx_value *values, size_t n);

static inline size_t
evtx_size_of(uint8_t type)
{
	switch (type) {
	case EVTX_UINT8:
		return 1;
	case EVTX_UINT16:
		return 2;
	case EVTX_UINT64:
	case EVTX_FILETIME:
	case EVTX_HEX64:
		return 8;
	default:
		return 4;
	}
}

/* Strings of an array end with a NUL each. */
static inline void
evtx_strings(struct evtx_writer *w, const char *s)
{
	for (; *s != '\0'; s += *s == '|') {
		size_t n = strcspn(s, "|");

		evtx_utf16(w, s, n);
		evtx_number(w, 0, 2);
		s += n;
	}
}

static inline void
evtx_put_value(struct evtx_writer *w, const struct evtx_value *v)
{
	const struct evtx_nested *nested = v->p;

	if (v->type == EVTX_XML) {
		evtx_fragment(w);
		if (nested->n == SIZE_MAX)
			evtx_element(w, nested->xml + 1, false, NULL);
		else
			evtx_instance(w, nested->xml, nested->values,
				      nested->n);
		evtx_number(w, 0, 1);
	} else if (v->type == EVTX_STRING) {
		evtx_utf16(w, v->p, strlen(v->p));
	} else if (v->type == EVTX_STRINGS) {
		evtx_strings(w, v->p);
	} else if (v->p != NULL) {
		evtx_bytes(w, v->p, v->len);
	} else if (v->type != EVTX_NULL) {
		evtx_number(w, v->number, evtx_size_of(v->type));
	}
}

static inline void
evtx_instance(struct evtx_writer *w, const char *xml,
	      const struct evtx_value *values, size_t n)
{
	size_t i = 0, descriptors;

	evtx_number(w, 0x010C, 2);
	evtx_number(w, ww_crc32_fast(&w->crc, xml, strlen(xml)), 4);
	while (i < w->n_templates && w->templates[i].xml != xml)
		i++;
	if (i < w->n_templates) {
		evtx_number(w, w->templates[i].offset, 4);
	} else {
		evtx_number(w, w->at + 4, 4);
		if (i < EVTX_TEMPLATES) {
			w->templates[i].xml = xml;
			w->templates[i].offset = (uint32_t)w->at;
			w->n_templates++;
		}
		evtx_definition(w, xml, values);
	}
	evtx_number(w, n, 4);
	descriptors = w->at;
	for (i = 0; i < n; i++)
		evtx_number(w, (uint32_t)values[i].type << 16, 4);
	for (i = 0; i < n; i++) {
		size_t start = w->at;

		evtx_put_value(w, &values[i]);
		evtx_patch(w, descriptors + 4 * i,
			   (w->at - start) | (size_t)values[i].type << 16);
	}
}

static inline void
evtx_open(struct evtx_writer *w)
{
	memset(w, 0, sizeof(*w));
	w->minor = 1;
	w->at = 512;
	ww_crc32_prepare(&w->crc);
	w->cap = 4096;
	w->len = 4096;
	w->file = calloc(1, w->cap);
	if (w->file == NULL)
		abort();
}

static inline void
evtx_append(struct evtx_writer *w, const void *p, size_t n)
{
	if (n > w->cap - w->len) {
		w->cap = 2 * w->cap + n;
		w->file = realloc(w->file, w->cap);
		if (w->file == NULL)
			abort();
	}
	memcpy(w->file + w->len, p, n);
	w->len += n;
}

/* The check sums of a chunk that was written, again after a change. */
static inline void
evtx_seal(const struct evtx_writer *w, uint8_t *c)
{
	uint8_t used[120 + 384];
	size_t end = c[48] | (size_t)c[49] << 8 | (size_t)c[50] << 16;

	evtx_store(c + 52, ww_crc32_fast(&w->crc, c + 512, end - 512), 4);
	memcpy(used, c, 120);
	memcpy(used + 120, c + 128, 384);
	evtx_store(c + 124, ww_crc32_fast(&w->crc, used, sizeof(used)), 4);
}

static inline void
evtx_end_chunk(struct evtx_writer *w)
{
	uint8_t *c = w->chunk;

	if (w->at == 512)
		return;
	memcpy(c, "ElfChnk", 8);
	evtx_store(c + 8, w->first_id, 8);
	evtx_store(c + 16, w->last_id, 8);
	evtx_store(c + 24, w->first_id, 8);
	evtx_store(c + 32, w->last_id, 8);
	evtx_store(c + 40, 128, 4);
	evtx_store(c + 44, w->last_record, 4);
	evtx_store(c + 48, w->at, 4);
	evtx_seal(w, c);
	evtx_append(w, c, EVTX_CHUNK);
	w->n_chunks++;
	memset(c, 0, EVTX_CHUNK);
	w->at = 512;
	w->n_names = w->n_templates = 0;
}

/*
 * The chunk at hand takes the place of the one before it, as when a log is
 * full and begins anew: what does not reach is of the older one.
 */
static inline void
evtx_reuse_chunk(struct evtx_writer *w)
{
	const uint8_t *old = w->file + w->len - EVTX_CHUNK;

	memcpy(w->chunk + w->at, old + w->at, EVTX_CHUNK - w->at);
	w->len -= EVTX_CHUNK;
	w->n_chunks--;
	evtx_end_chunk(w);
}

/* values NULL: elements without a template. */
static inline void
evtx_put_record(struct evtx_writer *w, uint64_t id, uint64_t time,
		const char *xml, const struct evtx_value *values, size_t n)
{
	size_t start = w->at;

	evtx_number(w, 0x2A2A, 4);
	evtx_number(w, 0, 4);
	evtx_number(w, id, 8);
	evtx_number(w, time, 8);
	evtx_fragment(w);
	if (values != NULL)
		evtx_instance(w, xml, values, n);
	else
		evtx_element(w, xml + 1, false, NULL);
	evtx_number(w, 0, 1);
	while ((w->at & 7) != 4 && !w->overflow)
		evtx_number(w, 0, 1);
	evtx_number(w, w->at + 4 - start, 4);
	evtx_patch(w, start + 4, w->at - start);
}

static inline void
evtx_record(struct evtx_writer *w, uint64_t id, uint64_t time, const char *xml,
	    const struct evtx_value *values, size_t n)
{
	size_t start = w->at, names = w->n_names, templates = w->n_templates;

	evtx_put_record(w, id, time, xml, values, n);
	if (w->overflow) {
		/* Into the next chunk; here it never was. */
		memset(w->chunk + start, 0, EVTX_CHUNK - start);
		w->at = start;
		w->n_names = names;
		w->n_templates = templates;
		w->overflow = false;
		evtx_end_chunk(w);
		start = w->at;
		evtx_put_record(w, id, time, xml, values, n);
		if (w->overflow)
			abort();
	}
	if (start == 512)
		w->first_id = id;
	w->last_id = id;
	w->last_record = start;
}

/* The header last: it counts the chunks. */
static inline void
evtx_close(struct evtx_writer *w)
{
	uint8_t *h = w->file;

	evtx_end_chunk(w);
	h = w->file;
	memcpy(h, "ElfFile", 8);
	evtx_store(h + 16, w->n_chunks == 0 ? 0 : w->n_chunks - 1, 8);
	evtx_store(h + 24, w->last_id + 1, 8);
	evtx_store(h + 32, 128, 4);
	evtx_store(h + 36, w->minor, 2);
	evtx_store(h + 38, 3, 2);
	evtx_store(h + 40, 4096, 2);
	evtx_store(h + 42, w->n_chunks, 2);
	evtx_store(h + 124, ww_crc32_fast(&w->crc, h, 120), 4);
}

/* Events as Windows writes them */

/* The System part of all of them; the last value holds the data. */
#define EVTX_SYSTEM                                                      \
	"<Event "                                                        \
	"xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>" \
	"<System><Provider Name='%0' Guid='%1?' EventSourceName='%2?'/>" \
	"<EventID Qualifiers='%3?'>%4</EventID><Version>%5</Version>"    \
	"<Level>%6</Level><Task>%7</Task><Opcode>%8</Opcode>"            \
	"<Keywords>%9</Keywords><TimeCreated SystemTime='%10'/>"         \
	"<EventRecordID>%11</EventRecordID>"                             \
	"<Correlation ActivityID='%12?' RelatedActivityID='%13?'/>"      \
	"<Execution ProcessID='%14' ThreadID='%15'/>"                    \
	"<Channel>%16</Channel><Computer>%17</Computer>"                 \
	"<Security UserID='%18?'/></System>%19</Event>"

struct evtx_event {
	const char *provider, *channel, *computer;
	uint16_t id;
	uint8_t level, version;
	uint16_t task;
	uint64_t keywords, time, record;
	uint32_t process, thread;
	struct evtx_nested data;
};

static const char evtx_system[] = EVTX_SYSTEM;

static inline void
evtx_event(struct evtx_writer *w, const struct evtx_event *e)
{
	static const uint8_t system_sid[12] = { 1, 1, 0, 0, 0, 0, 0, 5, 18 };
	const struct evtx_value values[] = {
		EVTX_TEXT(e->provider),
		EVTX_NOTHING,
		EVTX_NOTHING,
		EVTX_NOTHING,
		EVTX_NUMBER(EVTX_UINT16, e->id),
		EVTX_NUMBER(EVTX_UINT8, e->version),
		EVTX_NUMBER(EVTX_UINT8, e->level),
		EVTX_NUMBER(EVTX_UINT16, e->task),
		EVTX_NUMBER(EVTX_UINT8, 0),
		EVTX_NUMBER(EVTX_HEX64, e->keywords),
		EVTX_NUMBER(EVTX_FILETIME, e->time),
		EVTX_NUMBER(EVTX_UINT64, e->record),
		EVTX_NOTHING,
		EVTX_NOTHING,
		EVTX_NUMBER(EVTX_UINT32, e->process),
		EVTX_NUMBER(EVTX_UINT32, e->thread),
		EVTX_TEXT(e->channel),
		EVTX_TEXT(e->computer),
		{ EVTX_SID, system_sid, sizeof(system_sid), 0 },
		e->data.xml == NULL ? (struct evtx_value)EVTX_NOTHING
				    : (struct evtx_value)EVTX_NEST(e->data),
	};

	evtx_record(w, e->record, e->time, evtx_system, values,
		    sizeof(values) / sizeof(values[0]));
}

#endif
