#include "input/sniff.h"

#include "base/compiler.h"
#include "base/message.h"

#include "base/banned.h"

/*
 * Some marks are made of letters that a log could begin with as well.  The
 * header behind such a mark holds a NUL within this many bytes; text as we
 * read it, one byte for a character, does not.
 */
#define NUL_WITHIN 64

struct row {
	size_t at;
	struct ww_slice mark;
	bool letters; /* see NUL_WITHIN */
	struct ww_sniffed format;
};

#define S(s)                       \
	{                          \
		(s), sizeof(s) - 1 \
	}
#define ARCHIVE(name, packing)                                              \
	{                                                                   \
		(name), WW_USE_UNPACK, WW_PACKING_##packing, WW_BINARY_NONE \
	}
#define UNREAD(name)                                                 \
	{                                                            \
		(name), WW_USE_NONE, WW_PACKING_NONE, WW_BINARY_NONE \
	}
#define READ(name, binary)                                               \
	{                                                                \
		(name), WW_USE_READ, WW_PACKING_NONE, WW_BINARY_##binary \
	}

#define READ(name, binary)                                               \
	{                                                                \
		(name), WW_USE_READ, WW_PACKING_NONE, WW_BINARY_##binary \
	}

static const struct row rows[] = {
	{ 0, S("PK\3\4"), false, ARCHIVE(N_("zip archive"), ZIP) },
	{ 0, S("PK\5\6"), false, ARCHIVE(N_("zip archive"), ZIP) },
	{ 0, S("MSCF\0\0\0\0"), false, ARCHIVE(N_("cabinet"), CAB) },
	{ 0, S("7z\xBC\xAF\x27\x1C"), false, ARCHIVE(N_("7z archive"), 7Z) },
	{ 257, S("ustar\0"), false, ARCHIVE(N_("tar archive"), TAR) },
	{ 257, S("ustar  \0"), false, ARCHIVE(N_("tar archive"), TAR) },
	{ 0, S("\x1F\x8B\x08"), false, ARCHIVE(N_("gzip file"), STREAM) },
	/* Behind "BZh" and the block size: pi. */
	{ 4, S("1AY&SY"), false, ARCHIVE(N_("bzip2 file"), STREAM) },
	{ 0,
	  S("\xFD"
	    "7zXZ\0"),
	  false, ARCHIVE(N_("xz file"), STREAM) },
	{ 0, S("\x28\xB5\x2F\xFD"), false, ARCHIVE(N_("zstd file"), STREAM) },

	{ 0, S("ElfFile\0"), false, READ(N_("event log (EVTX)"), EVTX) },
	{ 4, S("LfLe"), true, UNREAD(N_("event log of Windows XP (EVT)")) },
	/* The first event of the first buffer: system header, 32 or 64 bits. */
	{ 72, S("\2\0\1\xC0"), false, READ(N_("event trace (ETL)"), ETL) },
	{ 72, S("\2\0\2\xC0"), false, READ(N_("event trace (ETL)"), ETL) },
	{ 0, S("MDMP\x93\xA7"), false, READ(N_("minidump"), DUMP) },
	{ 0, S("PAGEDU64"), true,
	  READ(N_("kernel crash dump, 64 bits"), DUMP) },
	{ 0, S("PAGEDUMP"), true,
	  READ(N_("kernel crash dump, 32 bits"), DUMP) },
	{ 0, S("regf"), true, UNREAD(N_("registry hive")) },
	{ 4, S("\xEF\xCD\xAB\x89"), false, UNREAD(N_("ESE database")) },
	{ 0, S("SQLite format 3\0"), false, UNREAD(N_("SQLite database")) },
	{ 0, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), false,
	  UNREAD(N_("compound file (MSI package or document)")) },
	{ 0, S("MZ"), true, UNREAD(N_("program (PE)")) },
	{ 0,
	  S("\x7F"
	    "ELF"),
	  true, UNREAD(N_("program (ELF)")) },
	{ 0, S("MSWIM\0\0\0"), false, UNREAD(N_("Windows image (WIM)")) },
	{ 0, S("vhdxfile"), true, UNREAD(N_("virtual disk (VHDX)")) },
	{ 0, S("Rar!\x1A\7"), false, UNREAD(N_("RAR archive")) },
	{ 0, S("SZDD\x88\xF0\x27\x33"), false,
	  UNREAD(N_("file packed by compress.exe")) },
	{ 4, S("SCCA"), true, UNREAD(N_("prefetch file")) },
	{ 0, S("MAM\4"), false, UNREAD(N_("prefetch file")) },
	{ 0, S("L\0\0\0\1\x14\2\0"), false, UNREAD(N_("shortcut")) },
	{ 0, S("%PDF-"), false, UNREAD(N_("PDF document")) },
	{ 0, S("\x89PNG\r\n\x1A\n"), false, UNREAD(N_("picture")) },
	{ 0, S("\xFF\xD8\xFF"), false, UNREAD(N_("picture")) },
	{ 0, S("GIF8"), true, UNREAD(N_("picture")) },
	{ 0, S("\xD4\xC3\xB2\xA1"), false, UNREAD(N_("network capture")) },
	{ 0, S("\n\r\r\n"), true, UNREAD(N_("network capture")) },
};

static bool
has_nul(struct ww_slice head)
{
	size_t n = head.len < NUL_WITHIN ? head.len : NUL_WITHIN;

	return n > 0 && memchr(head.p, '\0', n) != NULL;
}

static bool
is_marked(struct ww_slice head, const struct row *row)
{
	struct ww_slice at;

	return ww_slice_sub(head, row->at, row->mark.len, &at) &&
	       ww_slice_eq(at, row->mark) && (!row->letters || has_nul(head));
}

struct ww_sniffed
ww_sniff(struct ww_slice head)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		if (is_marked(head, &rows[i]))
			return rows[i].format;
	return (struct ww_sniffed){ .use = WW_USE_READ };
}
