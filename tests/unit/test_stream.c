/*
 * Bytes to windows of lines: encodings, block borders, damage, long lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <stdio.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "input/stream.h"

/* A string constant with its NULs, as one initialiser. */
#define S(s)                       \
	{                          \
		(s), sizeof(s) - 1 \
	}

/* U+FFFD as UTF-8. */
#define REPLACE "\xEF\xBF\xBD"

#define BLOCK	262144 /* what the stream reads at once */

/* Bytes that are given out a few at a time. */
struct source {
	struct ww_slice bytes;
	size_t at;
	size_t step;	 /* at most so many at a time; 0: all that is asked */
	const char *why; /* the end comes early */
};

static size_t
source_read(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct source *source = ctx;
	size_t n = source->bytes.len - source->at;

	if (n > len)
		n = len;
	if (source->step > 0 && n > source->step)
		n = source->step;
	if (n > 0)
		memcpy(buf, source->bytes.p + source->at, n);
	source->at += n;
	if (n == 0)
		*retwhy = source->why;
	return n;
}

/* What came out: the lines, a line feed behind each that is whole. */
struct result {
	struct ww_buf text;
	struct ww_stream_state state;
	enum ww_encoding encoding;
	unsigned page;
	uint64_t lines;
	size_t longest; /* part between two line feeds of a window */
};

static int
setup(void **state)
{
	static struct ww_arena arena;

	/* No way out: a test that runs out of memory crashes. */
	ww_arena_init(&arena, NULL);
	*state = &arena;
	return 0;
}

static int
teardown(void **state)
{
	ww_arena_release(*state);
	return 0;
}

/* Add the window's lines but for `keep` of them; returns what was used. */
static size_t
take_lines(struct result *r, struct ww_slice window, size_t keep)
{
	struct ww_slice rest = window, line;
	size_t n = 0;

	for (size_t i = 0; i < window.len; i++)
		n += window.p[i] == '\n';
	while (rest.len > 0 && n-- > keep) {
		if (ww_stream_line(&rest, &line)) {
			r->lines++;
			ww_buf_add(&r->text, line);
			ww_buf_char(&r->text, '\n');
		} else {
			ww_buf_add(&r->text, line);
		}
		if (line.len > r->longest)
			r->longest = line.len;
	}
	return (size_t)(rest.p - window.p);
}

static void
check_window(struct ww_slice window)
{
	assert_true(window.len <= WW_WINDOW_SIZE);
	assert_int_equal(ww_utf8_check(window), window.len);
}

/* The last part has no line end unless the text has one. */
static void
take_rest(struct result *r, struct ww_slice window)
{
	size_t used = take_lines(r, window, 0);
	struct ww_slice rest = ww_slice_from(window, used);

	ww_buf_add(&r->text, rest);
	r->lines += rest.len > 0;
	if (rest.len > r->longest)
		r->longest = rest.len;
}

static void
read_stream(struct ww_arena *arena, struct source *source, size_t keep,
	    struct result *r)
{
	struct ww_input input = { .read = source_read, .ctx = source };
	struct ww_stream *s;
	struct ww_slice window;
	size_t used = 0;

	*r = (struct result){ .text = ww_buf_in(arena) };
	ww_buf_reserve(&r->text, source->bytes.len * 3 + 16);
	s = ww_stream_open(arena, ww_kernels_choose(), &input);
	check_window(ww_stream_head(s));
	for (;;) {
		window = ww_stream_next(s, used);
		check_window(window);
		if (ww_stream_ended(s)) {
			take_rest(r, window);
			used = window.len;
			break;
		}
		assert_true(window.len > 0);
		assert_int_equal(window.p[window.len - 1], '\n');
		used = take_lines(r, window, keep);
		assert_true(used > 0);
	}
	assert_int_equal(ww_stream_next(s, used).len, 0);
	assert_true(ww_stream_ended(s));
	r->state = ww_stream_state(s);
	r->encoding = ww_stream_encoding(s);
	r->page = ww_stream_code_page(s);
	assert_int_equal(r->state.bytes, source->bytes.len);
}

static void
read_bytes(struct ww_arena *arena, struct ww_slice bytes, struct result *r)
{
	struct source source = { .bytes = bytes };

	read_stream(arena, &source, 0, r);
}

/* The first difference, since the texts are long. */
static void
assert_text(const struct result *r, struct ww_slice expected)
{
	struct ww_slice got = ww_buf_slice(&r->text);
	size_t at = 0;

	while (at < got.len && at < expected.len && got.p[at] == expected.p[at])
		at++;
	if (at == got.len && at == expected.len)
		return;
	fail_msg("%zu bytes, expected %zu; at %zu: \"%.*s\", not \"%.*s\"",
		 got.len, expected.len, at,
		 (int)(got.len - at < 40 ? got.len - at : 40), got.p + at,
		 (int)(expected.len - at < 40 ? expected.len - at : 40),
		 expected.p + at);
}

/* Builders: UTF-8 to the bytes of a file in another encoding. */

static void
add_unit(struct ww_buf *out, uint32_t unit, bool big)
{
	ww_buf_char(out, (char)(big ? unit >> 8 : unit));
	ww_buf_char(out, (char)(big ? unit : unit >> 8));
}

static struct ww_slice
to_utf16(struct ww_arena *arena, struct ww_slice text, bool big, bool mark)
{
	struct ww_buf out = ww_buf_in(arena);

	ww_buf_reserve(&out, text.len * 2 + 2);
	if (mark)
		add_unit(&out, 0xFEFF, big);
	for (size_t at = 0; at < text.len;) {
		uint32_t c;

		at += ww_utf8_decode(ww_slice_from(text, at), &c);
		if (c >= 0x10000) {
			add_unit(&out, 0xD7C0 + (c >> 10), big);
			c = 0xDC00 + (c & 0x3FF);
		}
		add_unit(&out, c, big);
	}
	return ww_buf_slice(&out);
}

static const struct ww_codepage *
page_of(unsigned number)
{
	size_t n;
	const struct ww_codepage *pages = ww_codepages(&n);

	for (size_t i = 0; i < n; i++)
		if (pages[i].number == number)
			return &pages[i];
	fail_msg("no code page %u", number);
	return NULL;
}

static char
byte_in(const struct ww_codepage *page, uint32_t c)
{
	if (c < 0x80)
		return (char)c;
	for (unsigned i = 0; i < 128; i++)
		if (page->upper[i] == c)
			return (char)(i + 128);
	fail_msg("U+%04X is not in %u", (unsigned)c, page->number);
	return 0;
}

static struct ww_slice
to_page(struct ww_arena *arena, struct ww_slice text, unsigned number)
{
	const struct ww_codepage *page = page_of(number);
	struct ww_buf out = ww_buf_in(arena);

	for (size_t at = 0; at < text.len;) {
		uint32_t c;

		at += ww_utf8_decode(ww_slice_from(text, at), &c);
		ww_buf_char(&out, byte_in(page, c));
	}
	return ww_buf_slice(&out);
}

static void
reads_utf8_as_it_is(void **state)
{
	static const char *const texts[] = {
		"",
		"\n",
		"one\n",
		"one\ntwo\n",
		"one\n\ntwo\n",
		"one",
		"\xC3\xA9t\xC3\xA9 \xE2\x82\xAC \xF0\x9D\x84\x9E\n",
		"a\rb\n",
	};
	struct result r;

	for (size_t i = 0; i < WW_ARRAY_LEN(texts); i++) {
		struct ww_slice text = ww_slice_cstr(texts[i]);

		read_bytes(*state, text, &r);
		assert_text(&r, text);
		assert_int_equal(r.encoding, WW_ENCODING_UTF8);
		assert_int_equal(r.page, 0);
		assert_int_equal(r.state.undecodable, 0);
		assert_int_equal(r.state.nuls, 0);
		assert_int_equal(r.state.cut_end,
				 text.len > 0 && text.p[text.len - 1] != '\n');
	}
}

static void
drops_marks(void **state)
{
	struct result r;

	read_bytes(*state, WW_LIT("\xEF\xBB\xBF"), &r);
	assert_text(&r, WW_LIT(""));
	assert_false(r.state.cut_end);
	read_bytes(*state, WW_LIT("\xEF\xBB\xBFone\n\xEF\xBB\xBFtwo\n"), &r);
	assert_text(&r, WW_LIT("one\ntwo\n"));
	read_bytes(*state, WW_LIT("\xFF\xFE"), &r);
	assert_text(&r, WW_LIT(""));
	assert_int_equal(r.encoding, WW_ENCODING_UTF16LE);
	assert_int_equal(r.state.undecodable, 0);
	read_bytes(*state, WW_LIT("\xFE\xFF"), &r);
	assert_text(&r, WW_LIT(""));
	assert_int_equal(r.encoding, WW_ENCODING_UTF16BE);
}

static void
trims_carriage_returns(void **state)
{
	struct result r;

	read_bytes(*state, WW_LIT("one\r\ntwo\n\r\nthree\r\r\nfour\r"), &r);
	assert_text(&r, WW_LIT("one\ntwo\n\nthree\nfour\r"));
	assert_int_equal(r.lines, 5);
}

static const char utf16_text[] =
    "8/20/2017 8:47:41 - PFRO Error: \\??\\C:\\a\xC3\xA9\xE4\xB8\xAD, "
    "0xc0000034\n\xF0\x9D\x84\x9E\xE2\x82\xAC 0 Successful operations\n";

static void
reads_utf16(void **state)
{
	struct ww_slice text = WW_LIT(utf16_text);
	struct result r;

	for (int i = 0; i < 4; i++) {
		bool big = i & 1, mark = i & 2;

		read_bytes(*state, to_utf16(*state, text, big, mark), &r);
		assert_text(&r, text);
		assert_int_equal(r.encoding, big ? WW_ENCODING_UTF16BE
						 : WW_ENCODING_UTF16LE);
		assert_int_equal(r.state.undecodable, 0);
		assert_int_equal(r.state.nuls, 0);
	}
	/* Without a mark, in a script whose units have no NUL. */
	text = WW_LIT("2026-11-19 08:41:07 \xD0\x9E\xD1\x88\xD0\xB8\xD0\xB1"
		      "\xD0\xBA\xD0\xB0 \xD0\xB4\xD0\xB8\xD1\x81\xD0\xBA\n");
	read_bytes(*state, to_utf16(*state, text, false, false), &r);
	assert_text(&r, text);
	assert_int_equal(r.encoding, WW_ENCODING_UTF16LE);
}

static const struct {
	struct ww_slice in;
	struct ww_slice out;
	unsigned undecodable, nuls;
} utf16_damage[] = {
	/* An odd byte at the end. */
	{ S("\xFF\xFE"
	    "a\0b\0c"),
	  S("ab" REPLACE), 1, 0 },
	{ S("\xFF\xFE"
	    "a\0b\0\0"),
	  S("ab"), 0, 1 },
	/* Surrogates: a low one, a high one at the end, one before text. */
	{ S("\xFF\xFE"
	    "a\0\0\xDC"
	    "b\0"),
	  S("a" REPLACE "b"), 1, 0 },
	{ S("\xFF\xFE"
	    "a\0\0\xD8"),
	  S("a" REPLACE), 1, 0 },
	{ S("\xFF\xFE"
	    "a\0\0\xD8"
	    "b\0"),
	  S("a" REPLACE "b"), 1, 0 },
	{ S("\xFF\xFE"
	    "\0\xD8\0\xD8\0\xDC"),
	  S(REPLACE "\xF0\x90\x80\x80"), 1, 0 },
	/* NULs, and the mark of the other order. */
	{ S("\xFF\xFE"
	    "a\0\0\0b\0"),
	  S("ab"), 0, 1 },
	{ S("\xFF\xFE"
	    "a\0\0\0\0\0\0\0b\0"),
	  S("a b"), 0, 3 },
	{ S("\xFF\xFE\xFE\xFF"), S(REPLACE), 1, 0 },
	{ S("\xFE\xFF\0a\xD8"), S("a" REPLACE), 1, 0 },
};

static void
survives_damaged_utf16(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(utf16_damage); i++) {
		struct result r;

		print_message("row %zu\n", i);
		read_bytes(*state, utf16_damage[i].in, &r);
		assert_text(&r, utf16_damage[i].out);
		assert_int_equal(r.state.undecodable,
				 utf16_damage[i].undecodable);
		assert_int_equal(r.state.nuls, utf16_damage[i].nuls);
	}
}

static void
drops_nuls(void **state)
{
	static const struct {
		struct ww_slice in, out;
		unsigned nuls;
	} rows[] = {
		{ S("a\0b\n"), S("ab\n"), 1 },
		{ S("a\0\0b\n"), S("a b\n"), 2 },
		{ S("a\0\0\0\0\0\0\0\0b\0c\n"), S("a bc\n"), 9 },
		{ S("\0\0\0\0one two three\n"), S(" one two three\n"), 4 },
		{ S("one\n\0\0\0"), S("one\n "), 3 },
		{ S("\0"), S(""), 1 },
		/* A program that appends UTF-16 to a file of bytes. */
		{ S("plain line of text\r\n"
		    "n\0e\0x\0t\0\r\0\n\0"),
		  S("plain line of text\nnext\n"), 6 },
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct result r;

		print_message("row %zu\n", i);
		read_bytes(*state, rows[i].in, &r);
		assert_text(&r, rows[i].out);
		assert_int_equal(r.state.nuls, rows[i].nuls);
		assert_int_equal(r.encoding, WW_ENCODING_UTF8);
	}
}

static void
keeps_utf8_with_few_invalid_bytes(void **state)
{
	struct result r;

	read_bytes(*state,
		   WW_LIT("\xC3\xA9\xC3\xA8 \xFF \xC3\xA0 \xE2\x82\n"
			  "\xC3\xA9 \xF4\x90\x80\x80 \xC3\xA9\xC3\xA9"
			  "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xE2\x82"),
		   &r);
	assert_int_equal(r.encoding, WW_ENCODING_UTF8);
	assert_text(
	    &r,
	    WW_LIT("\xC3\xA9\xC3\xA8 " REPLACE " \xC3\xA0 " REPLACE REPLACE "\n"
		   "\xC3\xA9 " REPLACE REPLACE REPLACE REPLACE
		   " \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9" REPLACE
		       REPLACE));
	assert_int_equal(r.state.undecodable, 9);
	assert_true(r.state.cut_end);
}

/* Sentences of logs and of the console, as each page would hold them. */
static const struct {
	unsigned page;
	const char *text;
} sentences[] = {
	{ 1252, "Die Installation wurde für alle Benutzer geändert.\n" },
	{ 1252, "L’opération demandée nécessite une élévation.\n" },
	{ 1252, "Le fichier spécifié est introuvable à cet endroit…\n" },
	{ 1252, "La operación se completó sin errores, año 2026 ¿sí?\n" },
	{ 1252, "A atualização não pôde ser concluída.\n" },
	{ 1252, "Åtgärden har slutförts på enheten.\n" },
	{ 1252, "Handlingen kræver en højere rettighed på drevet.\n" },
	{ 1252, "“quoted” – and it’s ‘single’ © ® ™ 25 °C\n" },
	{ 1252, "André\n" },
	{ 1252, "Loading…\n" },
	{ 850, "Protection des ressources Windows a trouvé des fichiers "
	       "endommagés, mais n'a pas réussi à les réparer.\n" },
	{ 850, "Outil Gestion et maintenance des images de déploiement\n" },
	{ 850, "trouvé\n" },
	{ 850, "Der Vorgang wurde erfolgreich beendet. Überprüfung läuft.\n" },
	{ 850, "A operação não foi concluída com êxito.\n" },
	{ 850, "La operación se completó correctamente.\n" },
	{ 437, "╒════════╕\n│ Tool ▐ │\n╘════════╛\n" },
	{ 850, "┌──────────┐\n│ Überprüfung │\n└──────────┘\n" },
	{ 1250, "Operacja została zakończona pomyślnie, błąd źródła.\n" },
	{ 1250, "Požadovaná operace vyžaduje zvýšená oprávnění.\n" },
	{ 1250, "A művelet sikeresen befejeződött.\n" },
	{ 852, "Operacja została zakończona pomyślnie, błąd źródła.\n" },
	{ 852, "Požadovaná operace vyžaduje zvýšená oprávnění.\n" },
	{ 1251, "Операция успешно завершена. Ошибка 5: отказано.\n" },
	{ 1251, "Ошибка\n" },
	{ 1251, "Операцію успішно завершено, помилок немає.\n" },
	{ 866, "Операция успешно завершена. Ошибка 5: отказано.\n" },
	{ 866, "Программа защиты ресурсов Windows обнаружила файлы.\n" },
	{ 1253, "Η λειτουργία ολοκληρώθηκε με επιτυχία.\n" },
	{ 1254, "İşlem başarıyla tamamlandı, güncelleştirme yüklendi.\n" },
	{ 857, "İşlem başarıyla tamamlandı, güncelleştirme yüklendi.\n" },
	{ 1257, "Operacija sėkmingai užbaigta, klaidų nėra, įrašyta šį.\n" },
	{ 1255, "\u05D4\u05E4\u05E2\u05D5\u05DC\u05D4 \u05D4\u05D5"
		"\u05E9\u05DC\u05DE\u05D4. \u05D0\u05D9\u05E8\u05E2"
		"\u05D4 \u05E9\u05D2\u05D9\u05D0\u05D4 \u05D1\u05D4"
		"\u05EA\u05E7\u05E0\u05EA \u05D4\u05E2\u05D3\u05DB"
		"\u05D5\u05DF\n" },
	{ 1256, "\u062A\u0645\u062A \u0627\u0644\u0639\u0645\u0644\u064A\u0629 "
		"\u0628\u0646\u062C\u0627\u062D.\n" },
};

static void
tells_code_pages(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(sentences); i++) {
		struct ww_slice text = ww_slice_cstr(sentences[i].text);
		unsigned page = sentences[i].page;
		struct result r;

		print_message("%u %s", page, sentences[i].text);
		read_bytes(*state, to_page(*state, text, page), &r);
		assert_int_equal(r.page, page);
		assert_int_equal(r.encoding, page < 1000 ? WW_ENCODING_CONSOLE
							 : WW_ENCODING_ANSI);
		assert_text(&r, text);
		assert_int_equal(r.state.undecodable, 0);
	}
}

/* 0x81 is no character of 1252. */
static void
counts_what_a_page_lacks(void **state)
{
	struct result r;

	read_bytes(*state, WW_LIT("r\xE9ussi, \xE9t\xE9, apr\xE8s \x81\n"), &r);
	assert_int_equal(r.page, 1252);
	assert_int_equal(r.state.undecodable, 1);
	assert_text(&r, WW_LIT("r\xC3\xA9ussi, \xC3\xA9t\xC3\xA9, "
			       "apr\xC3\xA8s " REPLACE "\n"));
}

static const struct {
	unsigned page;
	struct ww_slice in;
	struct ww_slice out; /* "?" for each character that is left */
} double_bytes[] = {
	/* 操作成功完成。 */
	{ 936,
	  S("0x5 \xB2\xD9\xD7\xF7\xB3\xC9\xB9\xA6\xCD\xEA\xB3\xC9\xA1\xA3"
	    "\r\n"),
	  S("0x5 ???????\n") },
	/* 操作順利完成。 */
	{ 950,
	  S("0x5 \xBE\xDE\xA7@\xB6\xB6\xA7Q\xA7\xB9\xA6\xA8\xA1\x43 end"
	    "\r\n"),
	  S("0x5 ??????? end\n") },
	/* 操作は正常に完了しました。, and two halfwidth katakana */
	{ 932,
	  S("0x5 \x91\x80\x8D\xEC\x82\xCD\x90\xB3\x8F\xED\x82\xC9\x8A\xAE"
	    "\x97\xB9\x82\xB5\x82\xDC\x82\xB5\x82\xBD\x81\x42\xB1\xB2"
	    "\r\n"),
	  S("0x5 ???????????????\n") },
	/* 작업을 완료했습니다. */
	{ 949,
	  S("0x5 \xC0\xDB\xBE\xF7\xC0\xBB \xBF\xCF\xB7\xE1\xC7\xDF\xBD\xC0"
	    "\xB4\xCF\xB4\xD9.\r\n"),
	  S("0x5 ??? ??????.\n") },
};

static void
leaves_double_bytes_undecoded(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(double_bytes); i++) {
		struct ww_buf expected = ww_buf_in(*state);
		struct ww_slice out = double_bytes[i].out;
		unsigned left = 0;
		struct result r;

		print_message("%u\n", double_bytes[i].page);
		for (size_t at = 0; at < out.len; at++) {
			if (out.p[at] == '?') {
				ww_buf_add(&expected, WW_LIT(REPLACE));
				left++;
			} else {
				ww_buf_char(&expected, out.p[at]);
			}
		}
		read_bytes(*state, double_bytes[i].in, &r);
		assert_int_equal(r.encoding, WW_ENCODING_DOUBLE);
		assert_int_equal(r.page, double_bytes[i].page);
		assert_text(&r, ww_buf_slice(&expected));
		assert_int_equal(r.state.undecodable, left);
	}
}

/* Lines of ASCII that end `before` bytes before the end of a block. */
static void
add_padding(struct ww_buf *out, size_t len)
{
	for (size_t i = 0; i < len; i++)
		ww_buf_char(out, i % 100 == 99 ? '\n' : (char)('a' + i % 26));
}

/* What stands over the border, and what is read of it. */
static const struct {
	const char *in, *out;
	size_t in_len;
} over_border[] = {
	{ "\xC3\xA9", "\xC3\xA9", 2 },
	{ "\xE2\x82\xAC", "\xE2\x82\xAC", 3 },
	{ "\xF0\x9D\x84\x9E", "\xF0\x9D\x84\x9E", 4 },
	{ "\r\n\r\n", "\n\n", 4 },
	{ "\0\0\0\0", " ", 4 },
	{ "a\0b", "ab", 3 },
	{ "\xEF\xBB\xBFx", "x", 4 },
	{ "\xC3\xA9\xC3\xA9\xC3\xA9\xE2\x82z",
	  "\xC3\xA9\xC3\xA9\xC3\xA9" REPLACE REPLACE "z", 9 },
};

static void
check_border(struct ww_arena *arena, size_t row, size_t start, size_t step)
{
	struct ww_buf in = ww_buf_in(arena), out = ww_buf_in(arena);
	struct source source = { .step = step };
	struct result r;

	ww_buf_reserve(&in, 2 * BLOCK);
	ww_buf_reserve(&out, 2 * BLOCK);
	add_padding(&in, start);
	add_padding(&out, start);
	ww_buf_add(&in,
		   ww_slice_of(over_border[row].in, over_border[row].in_len));
	ww_buf_add(&out, ww_slice_cstr(over_border[row].out));
	ww_buf_add(&in, WW_LIT("tail\nlast"));
	ww_buf_add(&out, WW_LIT("tail\nlast"));
	source.bytes = ww_buf_slice(&in);
	read_stream(arena, &source, 0, &r);
	assert_text(&r, ww_buf_slice(&out));
	ww_arena_release(arena);
}

/*
 * Blocks end where the file is read, windows a few bytes before; the second
 * of each lies off the first by the line that was left.
 */
static void
joins_what_a_border_parts(void **state)
{
	static const size_t borders[] = { BLOCK, 2 * BLOCK - 99 };

	for (size_t i = 0; i < WW_ARRAY_LEN(borders); i++)
		for (size_t row = 0; row < WW_ARRAY_LEN(over_border); row++)
			for (size_t off = 0; off < 26; off++)
				check_border(*state, row, borders[i] + 8 - off,
					     0);
}

static void
joins_short_reads(void **state)
{
	static const size_t steps[] = { 1, 3, 4095, 65536 };

	for (size_t i = 0; i < WW_ARRAY_LEN(steps); i++)
		for (size_t row = 0; row < WW_ARRAY_LEN(over_border); row++)
			check_border(*state, row, 70000, steps[i]);
}

static void
check_utf16_border(struct ww_arena *arena, size_t start, bool big)
{
	struct ww_buf text = ww_buf_in(arena);
	struct result r;

	ww_buf_reserve(&text, BLOCK);
	add_padding(&text, start);
	ww_buf_add(&text, WW_LIT("\xF0\x9D\x84\x9E\xE2\x82\xAC"
				 "tail\nlast\n"));
	read_bytes(arena, to_utf16(arena, ww_buf_slice(&text), big, true), &r);
	assert_text(&r, ww_buf_slice(&text));
	ww_arena_release(arena);
}

/* Both where the bytes end and where the window is full. */
static void
joins_utf16_over_borders(void **state)
{
	for (size_t off = 0; off < 24; off++) {
		check_utf16_border(*state, BLOCK / 2 + 4 - off, false);
		check_utf16_border(*state, BLOCK + 4 - off, false);
		check_utf16_border(*state, BLOCK / 2 + 4 - off, true);
	}
}

/* Six bytes of text for two of input: the window fills before the block. */
static void
joins_what_grows(void **state)
{
	struct ww_buf text = ww_buf_in(*state), sjis = ww_buf_in(*state);
	struct result r;

	for (int i = 0; i < 200000; i++)
		ww_buf_add(&text, i % 40 == 39 ? WW_LIT("\n")
					       : WW_LIT("\xE4\xB8\xAD"));
	read_bytes(*state, to_utf16(*state, ww_buf_slice(&text), false, true),
		   &r);
	assert_text(&r, ww_buf_slice(&text));
	for (int i = 0; i < 300000; i++)
		ww_buf_add(&sjis, i % 41 == 40 ? WW_LIT("\n")
				  : i % 2      ? WW_LIT("\x82\xA9")
					       : WW_LIT("\x82\xBB"));
	read_bytes(*state, ww_buf_slice(&sjis), &r);
	assert_int_equal(r.page, 932);
	assert_int_equal(r.lines, 300000 / 41 + 1);
	assert_int_equal(r.state.undecodable, 300000 - 300000 / 41);
}

/* A page is told by bytes that turn up after a block of ASCII. */
static void
learns_late(void **state)
{
	struct ww_buf in = ww_buf_in(*state), out = ww_buf_in(*state);
	struct result r;

	ww_buf_reserve(&in, 4 * BLOCK);
	add_padding(&in, 2 * BLOCK + 77);
	ww_buf_add(&out, ww_buf_slice(&in));
	ww_buf_add(&in, WW_LIT("\nAndr\xE9\n"));
	ww_buf_add(&out, WW_LIT("\nAndr\xC3\xA9\n"));
	add_padding(&in, BLOCK);
	add_padding(&out, BLOCK);
	ww_buf_add(&in, WW_LIT("\n\xFC"
			       "ber"));
	ww_buf_add(&out, WW_LIT("\n\xC3\xBC"
				"ber"));
	read_bytes(*state, ww_buf_slice(&in), &r);
	assert_text(&r, ww_buf_slice(&out));
	assert_int_equal(r.page, 1252);
}

/* The only byte above ASCII is the file's last. */
static void
learns_from_the_last_byte(void **state)
{
	struct ww_buf in = ww_buf_in(*state), out = ww_buf_in(*state);
	struct result r;

	ww_buf_reserve(&in, 2 * BLOCK);
	add_padding(&in, BLOCK + 1000);
	ww_buf_add(&out, ww_buf_slice(&in));
	ww_buf_add(&in, WW_LIT("Andr\xE9"));
	ww_buf_add(&out, WW_LIT("Andr\xC3\xA9"));
	read_bytes(*state, ww_buf_slice(&in), &r);
	assert_text(&r, ww_buf_slice(&out));
	assert_int_equal(r.page, 1252);
}

/* UTF-8 that was clean for long is not given up for one byte. */
static void
stays_with_utf8(void **state)
{
	struct ww_buf in = ww_buf_in(*state);
	struct result r;

	for (int i = 0; i < 100000; i++)
		ww_buf_add(&in, WW_LIT("\xC3\xA9t\xC3\xA9 1234567\n"));
	ww_buf_add(&in, WW_LIT("\xE9t\xE9\n"));
	read_bytes(*state, ww_buf_slice(&in), &r);
	assert_int_equal(r.encoding, WW_ENCODING_UTF8);
	assert_int_equal(r.state.undecodable, 2);
	assert_int_equal(r.lines, 100001);
}

static void
hands_back_what_is_kept(void **state)
{
	struct ww_buf in = ww_buf_in(*state);
	struct source source = { 0 };
	struct result r;

	ww_buf_reserve(&in, 8 * BLOCK);
	for (size_t i = 0; in.len < 7 * BLOCK; i++) {
		add_padding(&in, i * 37 % 300);
		ww_buf_char(&in, '\n');
	}
	source.bytes = ww_buf_slice(&in);
	read_stream(*state, &source, 100, &r);
	assert_text(&r, ww_buf_slice(&in));
}

static void
add_word(struct ww_buf *out, size_t i)
{
	static const char *const words[] = { "0x80244007", "\xC3\xA9t\xC3\xA9",
					     "\xF0\x9D\x84\x9E", "plain" };

	ww_buf_add(out, ww_slice_cstr(words[i % 4]));
}

/* A line of megabytes, in words or not, between two short ones. */
static void
check_long_line(struct ww_arena *arena, size_t len, const char *between,
		const char *end)
{
	struct ww_buf in = ww_buf_in(arena), out = ww_buf_in(arena);
	struct result r;

	ww_buf_reserve(&in, len + 64);
	ww_buf_add(&in, WW_LIT("first\n"));
	for (size_t i = 0; in.len < len; i++) {
		add_word(&in, i);
		ww_buf_add(&in, ww_slice_cstr(between));
	}
	ww_buf_add(&out, ww_buf_slice(&in));
	ww_buf_add(&out, WW_LIT("\nlast\n"));
	ww_buf_add(&in, ww_slice_cstr(end));
	ww_buf_add(&in, WW_LIT("last\n"));
	read_bytes(arena, ww_buf_slice(&in), &r);
	assert_text(&r, ww_buf_slice(&out));
	assert_int_equal(r.lines, 3);
	assert_int_equal(r.state.cut_lines, 1);
	assert_true(r.longest <= WW_LINE_MAX);
	assert_false(r.state.cut_end);
	ww_arena_release(arena);
}

static void
cuts_long_lines(void **state)
{
	check_long_line(*state, 10 << 20, " ", "\r\n");
	check_long_line(*state, 10 << 20, "", "\n");
	for (size_t more = 0; more < 40; more++)
		check_long_line(*state, WW_LINE_MAX + 10 + more, "-", "\n");
	for (size_t more = 0; more < 20; more++)
		check_long_line(*state, 4 * WW_LINE_MAX - more, "", "\r\n");
}

static void
does_not_cut_the_longest_line(void **state)
{
	struct ww_buf in = ww_buf_in(*state);
	struct result r;

	for (int i = 0; i < 3; i++) {
		ww_buf_fill(&in, 'x', WW_LINE_MAX);
		ww_buf_add(&in, i % 2 ? WW_LIT("\n") : WW_LIT("\r\n"));
	}
	ww_buf_fill(&in, 'y', WW_LINE_MAX);
	read_bytes(*state, ww_buf_slice(&in), &r);
	assert_int_equal(r.state.cut_lines, 0);
	assert_int_equal(r.lines, 4);
	assert_true(r.state.cut_end);
}

/* A word is not parted when a blank is near. */
static void
cuts_at_blanks(void **state)
{
	struct ww_buf in = ww_buf_in(*state);
	struct source source = { 0 };
	struct ww_input input = { .read = source_read, .ctx = &source };
	struct ww_slice window, line;
	struct ww_stream *s;

	while (in.len < 2 * WW_LINE_MAX)
		ww_buf_add(&in, WW_LIT("0x80244007 "));
	source.bytes = ww_buf_slice(&in);
	s = ww_stream_open(*state, ww_kernels_choose(), &input);
	window = ww_stream_next(s, 0);
	assert_false(ww_stream_line(&window, &line));
	assert_int_equal(line.len % 11, 0);
	assert_true(line.len > WW_LINE_MAX - 12);
	assert_true(line.p[line.len + 0] == WW_STREAM_CUT);
}

static void
counts_each_long_line(void **state)
{
	struct ww_buf in = ww_buf_in(*state);
	struct source source = { .step = 50000 };
	struct result r;

	for (int i = 0; i < 20; i++) {
		ww_buf_fill(&in, 'x', 3 * WW_LINE_MAX);
		ww_buf_add(&in, WW_LIT("\nshort\n"));
	}
	source.bytes = ww_buf_slice(&in);
	read_stream(*state, &source, 0, &r);
	assert_int_equal(r.state.cut_lines, 20);
	assert_int_equal(r.lines, 40);
	assert_text(&r, ww_buf_slice(&in));
}

static void
gives_what_was_read_before_a_failure(void **state)
{
	struct source source = { .bytes = WW_LIT("one\ntwo\npar"),
				 .step = 5,
				 .why = "the disk is gone" };
	struct result r;

	read_stream(*state, &source, 0, &r);
	assert_text(&r, WW_LIT("one\ntwo\npar"));
	assert_string_equal(r.state.failed, "the disk is gone");
	assert_true(r.state.cut_end);
	source = (struct source){ .bytes = WW_LIT("one\n") };
	read_stream(*state, &source, 0, &r);
	assert_null(r.state.failed);
}

static void
shows_a_head_without_using_it(void **state)
{
	struct source source = { .bytes = WW_LIT("one\ntwo\nthr") };
	struct ww_input input = { .read = source_read, .ctx = &source };
	struct ww_stream *s =
	    ww_stream_open(*state, ww_kernels_choose(), &input);
	struct ww_slice head = ww_stream_head(s), window;

	assert_true(ww_slice_eq(head, source.bytes));
	window = ww_stream_next(s, 0);
	assert_true(ww_slice_eq(window, source.bytes));
	assert_true(ww_stream_ended(s));
	window = ww_stream_next(s, 4);
	assert_true(ww_slice_eq(window, WW_LIT("two\nthr")));
	assert_true(ww_stream_ended(s));
	assert_int_equal(ww_stream_next(s, 7).len, 0);
}

/* Any bytes, in any steps, come out the same whichever kernels are used. */
static void
gives_the_same_with_any_kernels(void **state)
{
	const struct ww_kernels *kernels[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(kernels);
	struct ww_buf in = ww_buf_in(*state);
	uint32_t seed = 1;

	for (size_t i = 0; i < 300000; i++) {
		seed = seed * 1664525 + 1013904223;
		ww_buf_char(&in, seed >> 28 == 0 ? (char)(seed >> 20)
						 : (char)(seed >> 25 | 32));
	}
	for (size_t k = 1; k < n; k++) {
		struct source a = { .bytes = ww_buf_slice(&in) }, b = a;
		struct ww_input input_a = { .read = source_read, .ctx = &a };
		struct ww_input input_b = { .read = source_read, .ctx = &b };
		struct ww_stream *s =
		    ww_stream_open(*state, kernels[0], &input_a);
		struct ww_stream *t =
		    ww_stream_open(*state, kernels[k], &input_b);
		struct ww_slice v = ww_stream_next(s, 0),
				w = ww_stream_next(t, 0);

		while (v.len > 0) {
			assert_true(ww_slice_eq(v, w));
			v = ww_stream_next(s, v.len);
			w = ww_stream_next(t, w.len);
		}
		assert_int_equal(w.len, 0);
	}
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(reads_utf8_as_it_is),
		T(drops_marks),
		T(trims_carriage_returns),
		T(reads_utf16),
		T(survives_damaged_utf16),
		T(drops_nuls),
		T(keeps_utf8_with_few_invalid_bytes),
		T(tells_code_pages),
		T(counts_what_a_page_lacks),
		T(leaves_double_bytes_undecoded),
		T(joins_what_a_border_parts),
		T(joins_short_reads),
		T(joins_utf16_over_borders),
		T(joins_what_grows),
		T(learns_late),
		T(learns_from_the_last_byte),
		T(stays_with_utf8),
		T(hands_back_what_is_kept),
		T(cuts_long_lines),
		T(does_not_cut_the_longest_line),
		T(cuts_at_blanks),
		T(counts_each_long_line),
		T(gives_what_was_read_before_a_failure),
		T(shows_a_head_without_using_it),
		T(gives_the_same_with_any_kernels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
