/*
 * What holds of an event that was printed, whatever it was read from.
 */
#ifndef FUZZ_PRINTED_H
#define FUZZ_PRINTED_H

#include "base/utf8.h"

#include "fuzz.h"

/* Texts that end, brackets that close each other, no control characters. */
static inline void
check_json(struct ww_slice json)
{
	char open[512];
	size_t depth = 0;
	bool text = false;

	require(ww_utf8_check(json) == json.len);
	for (size_t i = 0; i < json.len; i++) {
		char c = json.p[i];

		require((unsigned char)c >= ' ');
		if (c == '"') {
			text = !text;
		} else if (text) {
			i += c == '\\';
		} else if (c == '{' || c == '[') {
			require(depth < sizeof(open));
			open[depth++] = c;
		} else if (c == '}' || c == ']') {
			require(depth > 0);
			require(open[--depth] == (c == '}' ? '{' : '['));
		} else {
			require(c != ',' ||
				(json.p[i - 1] != ',' && json.p[i - 1] != '{' &&
				 json.p[i - 1] != '['));
		}
	}
	require(depth == 0 && !text);
}

/* One line of start tags that are closed, in order. */
static inline void
check_xml(struct ww_slice xml)
{
	size_t depth = 0;

	require(ww_utf8_check(xml) == xml.len);
	for (size_t i = 0; i + 1 < xml.len; i++) {
		require(xml.p[i] != '\n' && xml.p[i] != '\r');
		if (xml.p[i] != '<')
			continue;
		if (xml.p[i + 1] == '/') {
			require(depth > 0);
			depth--;
		} else if (xml.p[i + 1] != '?') {
			size_t end = i;

			while (xml.p[end] != '>')
				require(++end < xml.len);
			depth += xml.p[end - 1] != '/';
		}
	}
	require(depth == 0);
}

#endif
