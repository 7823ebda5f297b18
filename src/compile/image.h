/*
 * The catalogue under construction: one growing array for each section, the
 * strings and texts, and the file they become.  Knows format.h; the loaders
 * of winwhy-compile write into it.
 */
#ifndef WW_COMPILE_IMAGE_H
#define WW_COMPILE_IMAGE_H

#include "base/arena.h"
#include "base/slice.h"
#include "catalogue/format.h"
#include "compile/translation.h"

struct image_section {
	uint8_t *p; /* in the arena */
	size_t len; /* bytes */
	size_t cap;
};

struct image_interned; /* strings seen, by their bytes */

struct image {
	struct ww_arena *arena; /* borrowed */
	struct image_section sections[WW_SECTIONS];
	struct image_interned *interned;
	const struct translation *langs; /* borrowed; [0] is English */
	unsigned n_langs;
	struct ww_slice *contexts; /* in the arena: where each text stands */
	size_t contexts_cap;
};

void image_init(struct image *image, struct ww_arena *arena,
		const struct translation *langs, unsigned n_langs);

/* Records in a section. */
uint32_t image_count(const struct image *image, enum ww_section section);

/* A new zeroed record at the end; returns its number. */
uint32_t image_add(struct image *image, enum ww_section section);

/* n records of the section's schema, copied; returns the first's number. */
uint32_t image_append(struct image *image, enum ww_section section,
		      const uint32_t *words, uint32_t n);

uint32_t image_get(const struct image *image, enum ww_section section,
		   uint32_t record, unsigned at);
void image_set(struct image *image, enum ww_section section, uint32_t record,
	       unsigned at, uint32_t value);

/* The heap offset of a string; equal strings share one. */
uint32_t image_str(struct image *image, struct ww_slice s);

/* The string at a heap offset; valid until the next one is added. */
struct ww_slice image_str_at(const struct image *image, uint32_t at);

/*
 * The number of a translated text.  context says where it stands, as the
 * translators' msgctxt; an empty text is number 0.
 */
uint32_t image_text(struct image *image, struct ww_slice context,
		    struct ww_slice english);

/*
 * Add the translations of all texts, a language behind the other: whoever
 * reads one of them touches no page of another.
 */
void image_translate(struct image *image);

/* A text in one language; empty where it is not translated. */
struct ww_slice image_text_at(const struct image *image, uint32_t text,
			      unsigned lang);

/* A list of record numbers in WW_S_ID; returns the first's place. */
uint32_t image_ids(struct image *image, const uint32_t *ids, uint32_t n);

/* One 32-bit word, or one 16-bit pilot, at the end of a plain section. */
void image_push32(struct image *image, enum ww_section section, uint32_t v);
void image_push16(struct image *image, enum ww_section section, uint16_t v);

/* The file: header, directory, sections. */
struct ww_slice image_bytes(const struct image *image);

/*
 * Where the sections lie, as C: what embedded.c is initialised with, so that
 * a program that starts reads no directory.
 */
struct ww_slice image_index(const struct image *image, struct ww_slice bytes);

#endif
