/*
 * The catalogue: what winwhy knows.  One is embedded in the library; another
 * can be opened from bytes that the caller holds.
 *
 * A catalogue never changes once it is open: any number of threads may read
 * one at the same time, and look-ups allocate nothing.
 */
#ifndef WINWHY_CATALOGUE_H
#define WINWHY_CATALOGUE_H

#include <winwhy/code.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ww_catalogue;

/* The catalogue of this library; never fails, is never closed. */
WW_API const struct ww_catalogue *ww_catalogue_embedded(void);

/*
 * Open a catalogue from len bytes, which stay the caller's and must not
 * change until ww_catalogue_close().  Every offset and string is checked, so
 * that hostile bytes are refused here and nowhere later.
 *
 * WW_OK fills *ret, which the caller closes.  WW_TRUNCATED, WW_CORRUPT,
 * WW_UNSUPPORTED and WW_NOMEM fill *reterr.
 */
WW_API enum ww_status ww_catalogue_open(const void *bytes, size_t len,
					struct ww_catalogue **ret,
					struct ww_error *reterr);

/* NULL is allowed.  The embedded catalogue is not the caller's to close. */
WW_API void ww_catalogue_close(struct ww_catalogue *catalogue);

/* The language with this id ("en", "fr"), or -1.  English is always 0. */
WW_API int ww_catalogue_language(const struct ww_catalogue *catalogue,
				 struct ww_slice id);

/* The id of a language; an empty slice behind the last one. */
WW_API struct ww_slice
ww_catalogue_language_id(const struct ww_catalogue *catalogue, unsigned lang);

/* How many names there are, of all spaces. */
WW_API uint32_t ww_catalogue_size(const struct ww_catalogue *catalogue);

/* One name of one number.  Slices live as long as the catalogue. */
struct ww_entry {
	uint32_t value;
	enum ww_space space;
	struct ww_slice name;	 /* empty where no name is public */
	struct ww_slice origin;	 /* the header, or the part in brackets */
	struct ww_slice family;	 /* id of the family */
	struct ww_slice meaning; /* in the language asked for, may be empty */
	int meaning_in_english;	 /* it is not translated yet */
};

/* Entries side by side in the catalogue: numbers for ww_catalogue_entry(). */
struct ww_range {
	uint32_t first;
	uint32_t count;
};

/* All names of a 32-bit value, in every space.  An empty range is a miss. */
WW_API struct ww_range ww_catalogue_value(const struct ww_catalogue *catalogue,
					  uint32_t value);

/*
 * Names equal to `name`, or with that prefix when exact is 0, letters folded:
 * a range of places in name order, for ww_catalogue_named().
 */
WW_API struct ww_range ww_catalogue_name(const struct ww_catalogue *catalogue,
					 struct ww_slice name, int exact);

/* The entry number at a place in name order. */
WW_API uint32_t ww_catalogue_named(const struct ww_catalogue *catalogue,
				   uint32_t place);

/* Fill *ret; WW_NOT_FOUND when there is no such entry. */
WW_API enum ww_status ww_catalogue_entry(const struct ww_catalogue *catalogue,
					 uint32_t entry, unsigned lang,
					 struct ww_entry *ret);

#ifdef __cplusplus
}
#endif

#endif
