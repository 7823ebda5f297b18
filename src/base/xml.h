/*
 * XML, piece by piece: a reader that is pulled, in flat memory and in time
 * linear in the text.  Well-formed documents only, without a DOCTYPE, so that
 * no entity can grow; namespaces are not resolved, prefixes are cut off.
 */
#ifndef WW_BASE_XML_H
#define WW_BASE_XML_H

#include "base/buf.h"

/* Deeper than any answer of an update server. */
#define WW_XML_DEPTH_MAX 64

enum ww_xml_kind {
	WW_XML_START, /* name, attributes */
	WW_XML_TEXT,  /* text; a part of it where comments stand within */
	WW_XML_END,   /* name */
	WW_XML_DONE,  /* the document was whole */
	WW_XML_CUT,   /* it ends before it is whole */
	WW_XML_BAD,   /* it is none */
};

struct ww_xml_token {
	enum ww_xml_kind kind;
	struct ww_slice name;	    /* without its prefix */
	struct ww_slice attributes; /* as they stand */
	struct ww_slice text;	    /* as it stands … */
	bool verbatim;		    /* … and so it is meant: CDATA */
};

struct ww_xml {
	struct ww_slice rest;			/* what is not read yet */
	unsigned depth;				/* open elements … */
	struct ww_slice open[WW_XML_DEPTH_MAX]; /* … with their prefixes */
	bool empty; /* <a/> was told: its end is next */
	bool root;  /* there was one */
};

struct ww_xml ww_xml_of(struct ww_slice text);

/* The next piece; after one of the last three kinds that kind again. */
struct ww_xml_token ww_xml_next(struct ww_xml *xml);

/* The name of an open element without its prefix; 1 is the innermost. */
struct ww_slice ww_xml_around(const struct ww_xml *xml, unsigned n);

/* Add a text, its references resolved; one that is none stays as it is. */
void ww_xml_add_text(struct ww_buf *out, const struct ww_xml_token *token);

/*
 * The character of a numeric reference, by its digits: 38 of &#38;, 26 of
 * &#x26; to the base of 16.  False: there is none of that number.
 */
bool ww_xml_number(struct ww_slice digits, unsigned base, uint32_t *ret);

/* Write a text so that it can stand between tags. */
void ww_xml_escape(struct ww_buf *out, struct ww_slice text);

#endif
