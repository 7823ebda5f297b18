/*
 * XML in pieces: what is well-formed, what is cut, what is none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "base/xml.h"

#include "arena.h"

/* (a x="1" text a) and how it ended */
static struct ww_slice
told(struct ww_slice text)
{
	static const char *const ends[] = { [WW_XML_DONE] = "done",
					    [WW_XML_CUT] = "cut",
					    [WW_XML_BAD] = "bad" };
	struct ww_xml xml = ww_xml_of(text);
	struct ww_buf out = ww_buf_in(&arena);
	struct ww_xml_token t;

	while ((t = ww_xml_next(&xml)).kind <= WW_XML_END) {
		ww_buf_char(&out, t.kind == WW_XML_START ? '(' : ' ');
		ww_buf_add(&out, t.name);
		if (t.attributes.len > 0)
			ww_buf_char(&out, ' ');
		ww_buf_add(&out, t.attributes);
		ww_xml_add_text(&out, &t);
		if (t.kind == WW_XML_END)
			ww_buf_char(&out, ')');
	}
	ww_buf_char(&out, ' ');
	ww_buf_add(&out, ww_slice_cstr(ends[t.kind]));
	assert_int_equal(ww_xml_next(&xml).kind, t.kind);
	ww_buf_char(&out, '\0');
	return ww_buf_slice(&out);
}

static void
test_documents(void **state)
{
	static const struct {
		const char *text, *expected;
	} rows[] = {
		{ "<a>x</a>", "(a x a) done" },
		{ "\xEF\xBB\xBF<a/>", "(a a) done" },
		{ "<?xml version='1.0'?>\n<!-- x --> <s:a><b "
		  "c=\"1>\"/></s:a>\n",
		  "(a(b c=\"1>\" b) a) done" },
		{ "<a>1 &lt; 2 &amp;&#65;&#x42;</a>", "(a 1 < 2 &AB a) done" },
		{ "<a>&nbsp; &#0; &; &#x110000; &</a>",
		  "(a &nbsp; &#0; &; &#x110000; & a) done" },
		{ "<a><![CDATA[<b>&amp;]]></a>", "(a <b>&amp; a) done" },
		{ "<a>x<!-- y -->z</a>", "(a x z a) done" },
		{ "<a b='/'/>", "(a b='/' a) done" },
		/* Cut, wherever that is. */
		{ "", " cut" },
		{ "<a", " cut" },
		{ "<a>", "(a cut" },
		{ "<a>x", "(a x cut" },
		{ "<a><b></b>", "(a(b b) cut" },
		{ "<a><![CDATA[x", "(a cut" },
		{ "<!-- x", " cut" },
		{ "<a b=\"", " cut" },
		/* None. */
		{ "x<a/>", " bad" },
		{ "<a></b>", "(a bad" },
		{ "</a>", " bad" },
		{ "<a/>x", "(a a) bad" },
		{ "<a/><b/>", "(a a) bad" },
		{ "<>", " bad" },
		{ "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", " bad" },
		{ "<![CDATA[x]]>", " bad" },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		assert_string_equal(told(ww_slice_cstr(rows[i].text)).p,
				    rows[i].expected);
}

static void
test_depth(void **state)
{
	struct ww_buf text = ww_buf_in(&arena);
	struct ww_xml xml;
	enum ww_xml_kind kind;
	size_t n = 0;

	(void)state;
	for (unsigned i = 0; i < WW_XML_DEPTH_MAX + 1; i++)
		ww_buf_add(&text, WW_LIT("<a>"));
	xml = ww_xml_of(ww_buf_slice(&text));
	while ((kind = ww_xml_next(&xml).kind) == WW_XML_START)
		n++;
	assert_int_equal(n, WW_XML_DEPTH_MAX);
	assert_int_equal(kind, WW_XML_BAD);
}

static void
test_around(void **state)
{
	struct ww_xml xml = ww_xml_of(WW_LIT("<s:a><t:b>x</t:b></s:a>"));

	(void)state;
	ww_xml_next(&xml);
	ww_xml_next(&xml);
	assert_true(ww_slice_eq(ww_xml_around(&xml, 1), WW_LIT("b")));
	assert_true(ww_slice_eq(ww_xml_around(&xml, 2), WW_LIT("a")));
	assert_int_equal(ww_xml_around(&xml, 3).len, 0);
	assert_int_equal(ww_xml_around(&xml, 0).len, 0);
}

static void
test_escape(void **state)
{
	struct ww_buf out = ww_buf_in(&arena);

	(void)state;
	ww_xml_escape(&out, WW_LIT("a<b>&c\""));
	assert_true(
	    ww_slice_eq(ww_buf_slice(&out), WW_LIT("a&lt;b&gt;&amp;c\"")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_documents),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_around),
		cmocka_unit_test(test_escape),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
