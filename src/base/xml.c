#include "base/xml.h"

#include "base/utf8.h"

#include "base/banned.h"

/* Longer references are none: &#x10FFFF; */
#define REFERENCE_MAX 10

struct ww_xml
ww_xml_of(struct ww_slice text)
{
	const struct ww_slice mark = WW_LIT("\xEF\xBB\xBF");

	if (ww_slice_starts(text, mark))
		text = ww_slice_from(text, mark.len);
	return (struct ww_xml){ .rest = text };
}

static struct ww_slice
local_name(struct ww_slice name)
{
	const char *colon =
	    name.len == 0 ? NULL : memchr(name.p, ':', name.len);

	return colon == NULL
		   ? name
		   : ww_slice_from(name, (size_t)(colon - name.p) + 1);
}

struct ww_slice
ww_xml_around(const struct ww_xml *xml, unsigned n)
{
	return n == 0 || n > xml->depth ? (struct ww_slice){ 0 }
					: local_name(xml->open[xml->depth - n]);
}

/* The end, of whatever kind: nothing is read behind it. */
static struct ww_xml_token
end_with(struct ww_xml *xml, enum ww_xml_kind kind)
{
	xml->rest.len = 0;
	xml->empty = false;
	if (kind == WW_XML_BAD)
		xml->depth = WW_XML_DEPTH_MAX + 1;
	return (struct ww_xml_token){ .kind = kind };
}

static struct ww_xml_token
at_end(struct ww_xml *xml)
{
	if (xml->depth > WW_XML_DEPTH_MAX)
		return end_with(xml, WW_XML_BAD);
	return end_with(xml, xml->depth == 0 && xml->root ? WW_XML_DONE
							  : WW_XML_CUT);
}

/* Pass over what ends with a literal.  False: it does not end. */
static bool
skip_behind(struct ww_xml *xml, struct ww_slice literal)
{
	for (size_t at = 0; at + literal.len <= xml->rest.len;) {
		const char *p =
		    memchr(xml->rest.p + at, literal.p[0], xml->rest.len - at);

		if (p == NULL)
			return false;
		at = (size_t)(p - xml->rest.p);
		if (ww_slice_starts(ww_slice_from(xml->rest, at), literal)) {
			xml->rest = ww_slice_from(xml->rest, at + literal.len);
			return true;
		}
		at++;
	}
	return false;
}

/* Where the tag ends; '>' may stand in the value of an attribute. */
static size_t
tag_end(struct ww_slice s)
{
	char quote = '\0';

	for (size_t i = 0; i < s.len; i++) {
		char c = s.p[i];

		if (quote != '\0')
			quote = c == quote ? '\0' : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return i;
	}
	return s.len;
}

static struct ww_slice
name_of(struct ww_slice tag)
{
	size_t n = 0;

	while (n < tag.len && !ww_is_space(tag.p[n]) && tag.p[n] != '/')
		n++;
	return ww_slice_of(tag.p, n);
}

static struct ww_xml_token
close_innermost(struct ww_xml *xml)
{
	struct ww_slice name = local_name(xml->open[--xml->depth]);

	return (struct ww_xml_token){ .kind = WW_XML_END, .name = name };
}

static struct ww_xml_token
take_end_tag(struct ww_xml *xml, struct ww_slice tag)
{
	struct ww_slice name = ww_slice_trim(ww_slice_from(tag, 1));

	if (xml->depth == 0 || !ww_slice_eq(name, xml->open[xml->depth - 1]))
		return end_with(xml, WW_XML_BAD);
	return close_innermost(xml);
}

static struct ww_xml_token
take_start_tag(struct ww_xml *xml, struct ww_slice tag)
{
	struct ww_slice name = name_of(tag), attributes;

	if (name.len == 0 || xml->depth == WW_XML_DEPTH_MAX ||
	    (xml->depth == 0 && xml->root))
		return end_with(xml, WW_XML_BAD);
	attributes = ww_slice_trim(ww_slice_from(tag, name.len));
	xml->empty =
	    attributes.len > 0 && attributes.p[attributes.len - 1] == '/';
	attributes.len -= xml->empty;
	xml->open[xml->depth++] = name;
	xml->root = true;
	return (struct ww_xml_token){ .kind = WW_XML_START,
				      .name = local_name(name),
				      .attributes = attributes };
}

static struct ww_xml_token
take_tag(struct ww_xml *xml)
{
	struct ww_slice tag = ww_slice_from(xml->rest, 1);
	size_t end = tag_end(tag);

	if (end == tag.len)
		return end_with(xml, WW_XML_CUT);
	xml->rest = ww_slice_from(tag, end + 1);
	tag.len = end;
	return tag.len > 0 && tag.p[0] == '/' ? take_end_tag(xml, tag)
					      : take_start_tag(xml, tag);
}

static struct ww_xml_token
take_cdata(struct ww_xml *xml)
{
	const struct ww_slice start = WW_LIT("<![CDATA["), end = WW_LIT("]]>");
	const char *p = xml->rest.p + start.len;

	if (xml->depth == 0)
		return end_with(xml, WW_XML_BAD);
	xml->rest = ww_slice_from(xml->rest, start.len);
	if (!skip_behind(xml, end))
		return end_with(xml, WW_XML_CUT);
	return (struct ww_xml_token){
		.kind = WW_XML_TEXT,
		.text = ww_slice_of(p, (size_t)(xml->rest.p - p) - end.len),
		.verbatim = true,
	};
}

static struct ww_xml_token
take_text(struct ww_xml *xml)
{
	const char *end = memchr(xml->rest.p, '<', xml->rest.len);
	size_t n = end == NULL ? xml->rest.len : (size_t)(end - xml->rest.p);
	struct ww_slice text = ww_slice_of(xml->rest.p, n);

	if (xml->depth == 0)
		return end_with(xml, WW_XML_BAD);
	xml->rest = ww_slice_from(xml->rest, n);
	return (struct ww_xml_token){ .kind = WW_XML_TEXT, .text = text };
}

/* Comments, instructions, and white space outside of the root. */
static bool
skip_one(struct ww_xml *xml, bool *retcut)
{
	struct ww_slice trimmed = ww_slice_trim(xml->rest);

	if (xml->depth == 0 && trimmed.p != xml->rest.p) {
		xml->rest = trimmed;
		return true;
	}
	if (ww_slice_starts(xml->rest, WW_LIT("<!--")))
		*retcut = !skip_behind(xml, WW_LIT("-->"));
	else if (ww_slice_starts(xml->rest, WW_LIT("<?")))
		*retcut = !skip_behind(xml, WW_LIT("?>"));
	else
		return false;
	return !*retcut;
}

struct ww_xml_token
ww_xml_next(struct ww_xml *xml)
{
	bool cut = false;

	if (xml->empty) {
		xml->empty = false;
		return close_innermost(xml);
	}
	while (xml->rest.len > 0 && skip_one(xml, &cut))
		;
	if (cut)
		return end_with(xml, WW_XML_CUT);
	if (xml->rest.len == 0)
		return at_end(xml);
	if (xml->rest.p[0] != '<')
		return take_text(xml);
	if (ww_slice_starts(xml->rest, WW_LIT("<![CDATA[")))
		return take_cdata(xml);
	if (ww_slice_starts(xml->rest, WW_LIT("<!")))
		return end_with(xml, WW_XML_BAD);
	return take_tag(xml);
}

/* References */

bool
ww_xml_number(struct ww_slice digits, unsigned base, uint32_t *ret)
{
	*ret = 0;
	for (size_t i = 0; i < digits.len; i++) {
		int v = ww_hex_value(digits.p[i]);

		if (v < 0 || v >= (int)base)
			return false;
		*ret = *ret * base + (uint32_t)v;
		if (*ret > 0x10FFFF)
			return false;
	}
	return *ret > 0;
}

/* The character that amp, #38 or #x26 stands for. */
static bool
character_of(struct ww_slice name, uint32_t *ret)
{
	static const struct {
		const char *name;
		char c;
	} known[] = {
		{ "amp", '&' },	 { "lt", '<' },	   { "gt", '>' },
		{ "quot", '"' }, { "apos", '\'' },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (ww_slice_eq(name, ww_slice_cstr(known[i].name))) {
			*ret = (uint32_t)known[i].c;
			return true;
		}
	if (ww_slice_starts(name, WW_LIT("#x")))
		return ww_xml_number(ww_slice_from(name, 2), 16, ret);
	return ww_slice_starts(name, WW_LIT("#")) &&
	       ww_xml_number(ww_slice_from(name, 1), 10, ret);
}

/* The reference at the start of s, written out; its length, or 0. */
static size_t
add_reference(struct ww_buf *out, struct ww_slice s)
{
	size_t most = s.len < REFERENCE_MAX ? s.len : REFERENCE_MAX;
	const char *end = memchr(s.p, ';', most);
	char bytes[4];
	uint32_t c;

	if (end == NULL ||
	    !character_of(ww_slice_of(s.p + 1, (size_t)(end - s.p) - 1), &c))
		return 0;
	ww_buf_add(out, ww_slice_of(bytes, ww_utf8_encode(c, bytes)));
	return (size_t)(end - s.p) + 1;
}

void
ww_xml_add_text(struct ww_buf *out, const struct ww_xml_token *token)
{
	struct ww_slice s = token->text;

	while (!token->verbatim && s.len > 0) {
		const char *p = memchr(s.p, '&', s.len);
		size_t n;

		if (p == NULL)
			break;
		ww_buf_add(out, ww_slice_of(s.p, (size_t)(p - s.p)));
		s = ww_slice_from(s, (size_t)(p - s.p));
		n = add_reference(out, s);
		if (n == 0) {
			ww_buf_char(out, '&');
			n = 1;
		}
		s = ww_slice_from(s, n);
	}
	ww_buf_add(out, s);
}

void
ww_xml_escape(struct ww_buf *out, struct ww_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.p[i];

		if (c == '&')
			ww_buf_add(out, WW_LIT("&amp;"));
		else if (c == '<')
			ww_buf_add(out, WW_LIT("&lt;"));
		else if (c == '>')
			ww_buf_add(out, WW_LIT("&gt;"));
		else
			ww_buf_char(out, c);
	}
}
