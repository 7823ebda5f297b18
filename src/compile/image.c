#include "compile/image.h"

#include "base/buf.h"
#include "base/bytes.h"
#include "base/crc32.h"

#include "base/banned.h"

/* Power of two, well above the number of different strings. */
#define INTERN_PLACES ((size_t)1 << 18)

struct image_interned {
	uint32_t at[INTERN_PLACES]; /* heap offset, 0 is free */
};

static uint8_t *
grow(struct image *image, enum ww_section section, size_t more)
{
	struct image_section *s = &image->sections[section];

	if (more > s->cap - s->len) {
		size_t cap = (s->cap + more) * 2;
		uint8_t *p = ww_arena_array(image->arena, cap, 1);

		if (s->len > 0)
			memcpy(p, s->p, s->len);
		s->p = p;
		s->cap = cap;
	}
	s->len += more;
	return s->p + s->len - more;
}

void
image_init(struct image *image, struct ww_arena *arena,
	   const struct translation *langs, unsigned n_langs)
{
	*image = (struct image){ .arena = arena,
				 .langs = langs,
				 .n_langs = n_langs };
	image->interned = ww_arena_new(arena, struct image_interned);
	/* Offset 0 of the heap is "", and so is text 0. */
	memset(grow(image, WW_S_HEAP, 3), 0, 3);
	memset(grow(image, WW_S_TEXT, sizeof(uint32_t) * n_langs), 0,
	       sizeof(uint32_t) * n_langs);
	for (unsigned i = 0; i < n_langs; i++)
		image_set(image, WW_S_LANG, image_add(image, WW_S_LANG),
			  WW_LANG_ID,
			  image_str(image, ww_slice_cstr(langs[i].id)));
}

uint32_t
image_count(const struct image *image, enum ww_section section)
{
	return (uint32_t)(image->sections[section].len /
			  ww_section_width(section, image->n_langs));
}

uint32_t
image_add(struct image *image, enum ww_section section)
{
	size_t width = ww_section_width(section, image->n_langs);

	memset(grow(image, section, width), 0, width);
	return image_count(image, section) - 1;
}

uint32_t
image_append(struct image *image, enum ww_section section,
	     const uint32_t *words, uint32_t n)
{
	uint32_t first = image_count(image, section);
	size_t n_words = n * (size_t)ww_schema_of(section)->width;

	for (size_t i = 0; i < n_words; i++)
		image_push32(image, section, words[i]);
	return first;
}

static uint8_t *
field_at(const struct image *image, enum ww_section section, uint32_t record,
	 unsigned at)
{
	return image->sections[section].p +
	       record * ww_section_width(section, image->n_langs) +
	       at * sizeof(uint32_t);
}

uint32_t
image_get(const struct image *image, enum ww_section section, uint32_t record,
	  unsigned at)
{
	return ww_load32(field_at(image, section, record, at));
}

void
image_set(struct image *image, enum ww_section section, uint32_t record,
	  unsigned at, uint32_t value)
{
	ww_store32(field_at(image, section, record, at), value);
}

static uint32_t
add_string(struct image *image, struct ww_slice s)
{
	uint32_t at = (uint32_t)image->sections[WW_S_HEAP].len;
	uint8_t *p = grow(image, WW_S_HEAP, s.len + 3);

	ww_store16(p, (uint16_t)s.len);
	memcpy(p + 2, s.p, s.len);
	p[2 + s.len] = 0;
	return at;
}

struct ww_slice
image_str_at(const struct image *image, uint32_t at)
{
	const uint8_t *p = image->sections[WW_S_HEAP].p + at;

	return ww_slice_of((const char *)p + 2, ww_load16(p));
}

uint32_t
image_str(struct image *image, struct ww_slice s)
{
	size_t place = ww_crc32(s.p, s.len) % INTERN_PLACES;
	uint32_t *at = image->interned->at;

	if (s.len == 0)
		return 0;
	for (; at[place] != 0; place = (place + 1) % INTERN_PLACES)
		if (ww_slice_eq(image_str_at(image, at[place]), s))
			return at[place];
	at[place] = add_string(image, s);
	return at[place];
}

static void
note_context(struct image *image, uint32_t text, struct ww_slice context)
{
	if (text >= image->contexts_cap) {
		size_t cap = ((size_t)text + 1024) * 2;
		struct ww_slice *p =
		    ww_arena_array(image->arena, cap, sizeof(*p));

		if (image->contexts_cap > 0)
			memcpy(p, image->contexts,
			       image->contexts_cap * sizeof(*p));
		image->contexts = p;
		image->contexts_cap = cap;
	}
	image->contexts[text] =
	    ww_slice_of(ww_arena_copy(image->arena, context.p, context.len),
			context.len);
}

uint32_t
image_text(struct image *image, struct ww_slice context,
	   struct ww_slice english)
{
	uint32_t text;

	if (english.len == 0)
		return 0;
	text = image_add(image, WW_S_TEXT);
	note_context(image, text, context);
	image_set(image, WW_S_TEXT, text, 0, add_string(image, english));
	return text;
}

static void
translate(struct image *image, unsigned lang)
{
	uint32_t n = image_count(image, WW_S_TEXT);

	for (uint32_t text = 1; text < n; text++) {
		struct ww_slice s =
		    translation_find(&image->langs[lang], image->contexts[text],
				     image_text_at(image, text, 0));

		if (s.len > 0)
			image_set(image, WW_S_TEXT, text, lang,
				  add_string(image, s));
	}
}

void
image_translate(struct image *image)
{
	for (unsigned lang = 1; lang < image->n_langs; lang++)
		translate(image, lang);
}

struct ww_slice
image_text_at(const struct image *image, uint32_t text, unsigned lang)
{
	return image_str_at(image, image_get(image, WW_S_TEXT, text, lang));
}

/* Whether the n ids stand at place `at` of WW_S_ID already. */
static bool
same_ids(const struct image *image, uint32_t at, const uint32_t *ids,
	 uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (image_get(image, WW_S_ID, at + i, 0) != ids[i])
			return false;
	return true;
}

uint32_t
image_ids(struct image *image, const uint32_t *ids, uint32_t n)
{
	uint32_t count = image_count(image, WW_S_ID);
	/* Neighbours often cite the same sources: look a little back. */
	uint32_t from = count > 64 ? count - 64 : 0;

	for (uint32_t at = from; at + n <= count; at++)
		if (same_ids(image, at, ids, n))
			return at;
	for (uint32_t i = 0; i < n; i++)
		image_push32(image, WW_S_ID, ids[i]);
	return count;
}

void
image_push32(struct image *image, enum ww_section section, uint32_t v)
{
	ww_store32(grow(image, section, sizeof(v)), v);
}

void
image_push16(struct image *image, enum ww_section section, uint16_t v)
{
	ww_store16(grow(image, section, sizeof(v)), v);
}

/* Sections start on a word, so that a reader may load words in place. */
static size_t
align_word(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

static void
fill_directory(const struct image *image, uint8_t *file)
{
	size_t offset = WW_HEADER_END + (size_t)WW_SECTIONS * WW_DIR_END;

	for (enum ww_section i = 0; i < WW_SECTIONS; i++) {
		uint8_t *entry = file + WW_HEADER_END + (size_t)i * WW_DIR_END;
		size_t width = ww_section_width(i, image->n_langs);

		ww_store32(entry + WW_DIR_OFFSET, (uint32_t)offset);
		ww_store32(entry + WW_DIR_COUNT, image_count(image, i));
		ww_store32(entry + WW_DIR_WIDTH, (uint32_t)width);
		if (image->sections[i].len > 0)
			memcpy(file + offset, image->sections[i].p,
			       image->sections[i].len);
		offset += align_word(image->sections[i].len);
	}
}

struct ww_slice
image_bytes(const struct image *image)
{
	size_t size = WW_HEADER_END + (size_t)WW_SECTIONS * WW_DIR_END;
	uint8_t *file;

	for (enum ww_section i = 0; i < WW_SECTIONS; i++)
		size += align_word(image->sections[i].len);
	file = ww_arena_array(image->arena, size, 1);
	for (size_t i = 0; i < WW_CATALOGUE_MAGIC_SIZE; i++)
		file[i] = (uint8_t)WW_CATALOGUE_MAGIC[i];
	ww_store32(file + WW_HEADER_VERSION, WW_CATALOGUE_VERSION);
	ww_store32(file + WW_HEADER_SIZE, (uint32_t)size);
	ww_store32(file + WW_HEADER_SECTIONS, WW_SECTIONS);
	fill_directory(image, file);
	ww_store32(file + WW_HEADER_CRC, ww_crc32(file + WW_HEADER_SECTIONS,
						  size - WW_HEADER_SECTIONS));
	return ww_slice_of((const char *)file, size);
}

struct ww_slice
image_index(const struct image *image, struct ww_slice bytes)
{
	size_t offset = WW_HEADER_END + (size_t)WW_SECTIONS * WW_DIR_END;
	struct ww_buf buf = ww_buf_in(image->arena);

	/* The digest makes what includes this depend on every byte. */
	ww_buf_printf(&buf, "/* CRC-32 %08x */\n",
		      (unsigned)ww_crc32(bytes.p, bytes.len));
	ww_buf_printf(&buf, "#define WW_EMBEDDED_LANGS %u\n", image->n_langs);
	ww_buf_printf(&buf, "#define WW_EMBEDDED_SECTIONS");
	for (enum ww_section i = 0; i < WW_SECTIONS; i++) {
		ww_buf_printf(&buf,
			      " \\\n\t{ ww_embedded_start + %zu, %u, %zu },",
			      offset, (unsigned)image_count(image, i),
			      ww_section_width(i, image->n_langs));
		offset += align_word(image->sections[i].len);
	}
	ww_buf_char(&buf, '\n');
	return ww_buf_slice(&buf);
}
