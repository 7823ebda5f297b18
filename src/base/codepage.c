#include "base/codepage.h"

#include "base/compiler.h"

#include "base/banned.h"

/*
 * Bytes 0x80 to 0xFF, eight or sixteen to a line, after the mapping tables
 * that Unicode publishes for these pages.  What a page leaves undefined is
 * U+FFFD; Hebrew and Arabic are spelt out, since they would turn the lines
 * around.
 */
static const char16_t page_437[] = u"ÇüéâäàåçêëèïîìÄÅ"
				   u"ÉæÆôöòûùÿÖÜ¢£¥₧ƒ"
				   u"áíóúñÑªº¿⌐¬½¼¡«»"
				   u"░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
				   u"└┴┬├─┼╞╟╚╔╩╦╠═╬╧"
				   u"╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
				   u"αßΓπΣσµτΦΘΩδ∞φε∩"
				   u"≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0";

static const char16_t page_850[] = u"ÇüéâäàåçêëèïîìÄÅ"
				   u"ÉæÆôöòûùÿÖÜø£Ø×ƒ"
				   u"áíóúñÑªº¿®¬½¼¡«»"
				   u"░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
				   u"└┴┬├─┼ãÃ╚╔╩╦╠═╬¤"
				   u"ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀"
				   u"ÓßÔÒõÕµþÞÚÛÙýÝ¯´"
				   u"\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0";

static const char16_t page_852[] = u"ÇüéâäůćçłëŐőîŹÄĆ"
				   u"ÉĹĺôöĽľŚśÖÜŤťŁ×č"
				   u"áíóúĄąŽžĘę¬źČş«»"
				   u"░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐"
				   u"└┴┬├─┼Ăă╚╔╩╦╠═╬¤"
				   u"đĐĎËďŇÍÎě┘┌█▄ŢŮ▀"
				   u"ÓßÔŃńňŠšŔÚŕŰýÝţ´"
				   u"\u00AD˝˛ˇ˘§÷¸°¨˙űŘř■\u00A0";

static const char16_t page_857[] = u"ÇüéâäàåçêëèïîıÄÅ"
				   u"ÉæÆôöòûùİÖÜø£ØŞş"
				   u"áíóúñÑĞğ¿®¬½¼¡«»"
				   u"░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
				   u"└┴┬├─┼ãÃ╚╔╩╦╠═╬¤"
				   u"ºªÊËÈ\uFFFDÍÎÏ┘┌█▄¦Ì▀"
				   u"ÓßÔÒõÕµ\uFFFD×ÚÛÙìÿ¯´"
				   u"\u00AD±\uFFFD¾¶§÷¸°¨·¹³²■\u00A0";

static const char16_t page_866[] = u"АБВГДЕЖЗИЙКЛМНОП"
				   u"РСТУФХЦЧШЩЪЫЬЭЮЯ"
				   u"абвгдежзийклмноп"
				   u"░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
				   u"└┴┬├─┼╞╟╚╔╩╦╠═╬╧"
				   u"╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
				   u"рстуфхцчшщъыьэюя"
				   u"ЁёЄєЇїЎў°∙·√№¤■\u00A0";

static const char16_t page_1250[] = u"€\uFFFD‚\uFFFD„…†‡\uFFFD‰Š‹ŚŤŽŹ"
				    u"\uFFFD‘’“”•–—\uFFFD™š›śťžź"
				    u"\u00A0ˇ˘Ł¤Ą¦§¨©Ş«¬\u00AD®Ż"
				    u"°±˛ł´µ¶·¸ąş»Ľ˝ľż"
				    u"ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎ"
				    u"ĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß"
				    u"ŕáâăäĺćçčéęëěíîď"
				    u"đńňóôőö÷řůúűüýţ˙";

static const char16_t page_1251[] = u"ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏ"
				    u"ђ‘’“”•–—\uFFFD™љ›њќћџ"
				    u"\u00A0ЎўЈ¤Ґ¦§Ё©Є«¬\u00AD®Ї"
				    u"°±Ііґµ¶·ё№є»јЅѕї"
				    u"АБВГДЕЖЗИЙКЛМНОП"
				    u"РСТУФХЦЧШЩЪЫЬЭЮЯ"
				    u"абвгдежзийклмноп"
				    u"рстуфхцчшщъыьэюя";

static const char16_t page_1252[] = u"€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD"
				    u"\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ"
				    u"\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯"
				    u"°±²³´µ¶·¸¹º»¼½¾¿"
				    u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ"
				    u"ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
				    u"àáâãäåæçèéêëìíîï"
				    u"ðñòóôõö÷øùúûüýþÿ";

static const char16_t page_1253[] =
    u"€\uFFFD‚ƒ„…†‡\uFFFD‰\uFFFD‹\uFFFD\uFFFD\uFFFD\uFFFD"
    u"\uFFFD‘’“”•–—\uFFFD™\uFFFD›\uFFFD\uFFFD\uFFFD\uFFFD"
    u"\u00A0΅Ά£¤¥¦§¨©\uFFFD«¬\u00AD®―"
    u"°±²³΄µ¶·ΈΉΊ»Ό½ΎΏ"
    u"ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟ"
    u"ΠΡ\uFFFDΣΤΥΦΧΨΩΪΫάέήί"
    u"ΰαβγδεζηθικλμνξο"
    u"πρςστυφχψωϊϋόύώ\uFFFD";

static const char16_t page_1254[] = u"€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFD\uFFFD\uFFFD"
				    u"\uFFFD‘’“”•–—˜™š›œ\uFFFD\uFFFDŸ"
				    u"\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯"
				    u"°±²³´µ¶·¸¹º»¼½¾¿"
				    u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ"
				    u"ĞÑÒÓÔÕÖ×ØÙÚÛÜİŞß"
				    u"àáâãäåæçèéêëìíîï"
				    u"ğñòóôõö÷øùúûüışÿ";

static const char16_t page_1255[] =
    u"€\uFFFD‚ƒ„…†‡ˆ‰\uFFFD‹\uFFFD\uFFFD\uFFFD\uFFFD"
    u"\uFFFD‘’“”•–—˜™\uFFFD›\uFFFD\uFFFD\uFFFD\uFFFD"
    u"\u00A0¡¢£₪¥¦§¨©×«¬\u00AD®¯"
    u"°±²³´µ¶·¸¹÷»¼½¾¿"
    u"\u05B0\u05B1\u05B2\u05B3\u05B4\u05B5\u05B6\u05B7"
    u"\u05B8\u05B9\uFFFD\u05BB\u05BC\u05BD\u05BE\u05BF"
    u"\u05C0\u05C1\u05C2\u05C3\u05F0\u05F1\u05F2\u05F3"
    u"\u05F4\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
    u"\u05D0\u05D1\u05D2\u05D3\u05D4\u05D5\u05D6\u05D7"
    u"\u05D8\u05D9\u05DA\u05DB\u05DC\u05DD\u05DE\u05DF"
    u"\u05E0\u05E1\u05E2\u05E3\u05E4\u05E5\u05E6\u05E7"
    u"\u05E8\u05E9\u05EA\uFFFD\uFFFD\u200E\u200F\uFFFD";

static const char16_t page_1256[] =
    u"€\u067E‚ƒ„…†‡ˆ‰\u0679‹Œ\u0686\u0698\u0688"
    u"\u06AF‘’“”•–—\u06A9™\u0691›œ\u200C\u200D\u06BA"
    u"\u00A0\u060C¢£¤¥¦§¨©\u06BE«¬\u00AD®¯"
    u"°±²³´µ¶·¸¹\u061B»¼½¾\u061F"
    u"\u06C1\u0621\u0622\u0623\u0624\u0625\u0626\u0627"
    u"\u0628\u0629\u062A\u062B\u062C\u062D\u062E\u062F"
    u"\u0630\u0631\u0632\u0633\u0634\u0635\u0636×"
    u"\u0637\u0638\u0639\u063A\u0640\u0641\u0642\u0643"
    u"à\u0644â\u0645\u0646\u0647\u0648çèéêë\u0649\u064Aîï"
    u"\u064B\u064C\u064D\u064Eô\u064F\u0650÷"
    u"\u0651ù\u0652ûü\u200E\u200F\u06D2";

static const char16_t page_1257[] = u"€\uFFFD‚\uFFFD„…†‡\uFFFD‰\uFFFD‹\uFFFD¨ˇ¸"
				    u"\uFFFD‘’“”•–—\uFFFD™\uFFFD›\uFFFD¯˛\uFFFD"
				    u"\u00A0\uFFFD¢£¤\uFFFD¦§Ø©Ŗ«¬\u00AD®Æ"
				    u"°±²³´µ¶·ø¹ŗ»¼½¾æ"
				    u"ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻ"
				    u"ŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽß"
				    u"ąįāćäåęēčéźėģķīļ"
				    u"šńņóōõö÷ųłśūüżž˙";

/* Of two that fit as well as each other, the first is taken. */
static const struct ww_codepage codepages[] = {
	{ 1252, false, WW_LETTERS_WESTERN, page_1252 },
	{ 850, true, WW_LETTERS_WESTERN, page_850 },
	{ 437, true, WW_LETTERS_WESTERN, page_437 },
	{ 1250, false, WW_LETTERS_CENTRAL, page_1250 },
	{ 852, true, WW_LETTERS_CENTRAL, page_852 },
	{ 1251, false, WW_LETTERS_CYRILLIC, page_1251 },
	{ 866, true, WW_LETTERS_CYRILLIC, page_866 },
	{ 1253, false, WW_LETTERS_GREEK, page_1253 },
	{ 1254, false, WW_LETTERS_TURKISH, page_1254 },
	{ 857, true, WW_LETTERS_TURKISH, page_857 },
	{ 1255, false, WW_LETTERS_HEBREW, page_1255 },
	{ 1256, false, WW_LETTERS_ARABIC, page_1256 },
	{ 1257, false, WW_LETTERS_BALTIC, page_1257 },
};

const struct ww_codepage *
ww_codepages(size_t *retn)
{
	*retn = WW_ARRAY_LEN(codepages);
	return codepages;
}
