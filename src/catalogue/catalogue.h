/*
 * Reading a catalogue from inside the library: records and their fields.
 * Every access is checked against its section's bounds, so that even a
 * catalogue nobody validated cannot lead outside its bytes.
 */
#ifndef WW_CATALOGUE_CATALOGUE_H
#define WW_CATALOGUE_CATALOGUE_H

#include <stdbool.h>

#include <winwhy/catalogue.h>

#include "base/bytes.h"
#include "base/compiler.h"
#include "base/slice.h"
#include "catalogue/format.h"

struct ww_catalogue_section {
	const uint8_t *p; /* borrowed from the bytes */
	uint32_t count;	  /* records */
	uint32_t width;	  /* bytes a record */
};

struct ww_catalogue {
	const uint8_t *base; /* borrowed; offsets count from here */
	struct ww_catalogue_section sections[WW_SECTIONS];
	unsigned n_langs;
};

/* A record: where it starts, or NULL when there is none. */
struct ww_rec {
	const struct ww_catalogue *c;
	const uint8_t *p;
};

/* Records side by side in one section. */
struct ww_list {
	enum ww_section section;
	uint32_t first;
	uint32_t count;
};

/* A translated text. */
struct ww_text {
	struct ww_slice s;
	bool english; /* another language was asked for and is missing */
};

/* Header and directory only. */
WW_MUST_CHECK enum ww_status ww_catalogue_map(struct ww_catalogue *ret,
					      const uint8_t *p, size_t len,
					      struct ww_error *reterr);

/* Everything else, in validate.c. */
WW_MUST_CHECK enum ww_status ww_catalogue_validate(const struct ww_catalogue *c,
						   struct ww_error *reterr);

static inline uint32_t
ww_count(const struct ww_catalogue *c, enum ww_section section)
{
	return c->sections[section].count;
}

/* The sum over the whole catalogue, by which one is told from another. */
static inline uint32_t
ww_catalogue_crc(const struct ww_catalogue *c)
{
	return ww_load32(c->base + WW_HEADER_CRC);
}

/* A 32-bit word of a plain section; 0 outside it. */
static inline uint32_t
ww_word_at(const struct ww_catalogue *c, enum ww_section section, uint32_t i)
{
	return i < c->sections[section].count
		   ? ww_load32(c->sections[section].p + (size_t)i * 4)
		   : 0;
}

static inline struct ww_rec
ww_rec_at(const struct ww_catalogue *c, enum ww_section section, uint32_t i)
{
	const struct ww_catalogue_section *s = &c->sections[section];

	return (struct ww_rec){
		.c = c,
		.p = i < s->count ? s->p + (size_t)i * s->width : NULL,
	};
}

/* A NUM or ENUM field. */
static inline uint32_t
ww_rec_num(struct ww_rec r, unsigned at)
{
	return r.p == NULL ? 0 : ww_load32(r.p + (size_t)at * 4);
}

/* The word of an ENUM field. */
struct ww_slice ww_rec_word(struct ww_rec r, unsigned at, enum ww_words list);

struct ww_slice ww_heap_string(const struct ww_catalogue *c, uint32_t at);

static inline struct ww_slice
ww_rec_str(struct ww_rec r, unsigned at)
{
	return r.p == NULL ? (struct ww_slice){ 0 }
			   : ww_heap_string(r.c, ww_rec_num(r, at));
}

struct ww_text ww_text_at(const struct ww_catalogue *c, uint32_t text,
			  unsigned lang);

static inline struct ww_text
ww_rec_text(struct ww_rec r, unsigned at, unsigned lang)
{
	return r.p == NULL ? (struct ww_text){ 0 }
			   : ww_text_at(r.c, ww_rec_num(r, at), lang);
}

/* The record a REF field names; its p is NULL where there is none. */
static inline struct ww_rec
ww_rec_ref(struct ww_rec r, unsigned at, enum ww_section target)
{
	uint32_t ref = ww_rec_num(r, at);

	return ref == 0 ? (struct ww_rec){ r.c, NULL }
			: ww_rec_at(r.c, target, ref - 1);
}

static inline struct ww_list
ww_rec_list(struct ww_rec r, unsigned at, enum ww_section target)
{
	return (struct ww_list){ .section = target,
				 .first = ww_rec_num(r, at),
				 .count = ww_rec_num(r, at + 1) };
}

static inline struct ww_rec
ww_list_at(const struct ww_catalogue *c, struct ww_list list, uint32_t i)
{
	return ww_rec_at(c, list.section, list.first + i);
}

/* The i-th of the records an IDS field names. */
static inline struct ww_rec
ww_rec_id(struct ww_rec r, unsigned at, enum ww_section target, uint32_t i)
{
	return ww_rec_at(r.c, target,
			 ww_word_at(r.c, WW_S_ID, ww_rec_num(r, at) + i));
}

/* The record's number in its section. */
uint32_t ww_rec_number(struct ww_rec r, enum ww_section section);

/*
 * The keys of the topics that cover a number: those of any family and those
 * of one, all spaces; the caller looks which apply.
 */
struct ww_list ww_topic_keys(const struct ww_catalogue *c, uint32_t value);

/* The first facility with this number, or a record without p. */
struct ww_rec ww_facility(const struct ww_catalogue *c, enum ww_space kind,
			  unsigned number);

/* The context that has this word, letters folded, or a record without p. */
struct ww_rec ww_context(const struct ww_catalogue *c, struct ww_slice word);

/* A text of the interface; English itself where it is not translated. */
struct ww_slice ww_message(const struct ww_catalogue *c, unsigned lang,
			   const char *english);

#endif
