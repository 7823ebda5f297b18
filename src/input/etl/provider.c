#include "input/etl/provider.h"

#include "base/compiler.h"

#include "base/banned.h"

#define S(s)                       \
	{                          \
		(s), sizeof(s) - 1 \
	}

static const struct {
	uint8_t guid[WW_GUID_SIZE];
	unsigned writer;
} guids[] = {
	/* 0b7a6f19-47c4-454e-8c5c-e868d637e4d8: WUTraceLogging. */
	{ { 0x19, 0x6f, 0x7a, 0x0b, 0xc4, 0x47, 0x4e, 0x45, 0x8c, 0x5c, 0xe8,
	    0x68, 0xd6, 0x37, 0xe4, 0xd8 },
	  WW_ETL_UPDATE_CLIENT },
	/* f8ad09ba-419c-5134-1750-270f4d0fb889 */
	{ { 0xba, 0x09, 0xad, 0xf8, 0x9c, 0x41, 0x34, 0x51, 0x17, 0x50, 0x27,
	    0x0f, 0x4d, 0x0f, 0xb8, 0x89 },
	  WW_ETL_DELIVERY },
};

/* How the names of providers begin. */
static const struct {
	struct ww_slice start;
	unsigned writer;
} names[] = {
	{ S("Microsoft.Windows.Update.Orchestrator"), WW_ETL_ORCHESTRATOR },
	{ S("Microsoft.Windows.Update.Ux."), WW_ETL_ORCHESTRATOR },
	{ S("Microsoft.Windows.Update.NotificationUx"), WW_ETL_ORCHESTRATOR },
	{ S("Microsoft.Windows.Update.MoNotificationUx"), WW_ETL_ORCHESTRATOR },
	{ S("Microsoft.Windows.WaaSMedic"), WW_ETL_MEDIC },
};

/* Folders, with what parts them from the names around them. */
static const struct {
	struct ww_slice folder;
	unsigned writer;
} folders[] = {
	{ S("\\WindowsUpdate\\"), WW_ETL_UPDATE_CLIENT },
	{ S("\\SIH\\"), WW_ETL_UPDATE_CLIENT },
	{ S("\\USOShared\\"), WW_ETL_ORCHESTRATOR },
	{ S("\\waasmedic\\"), WW_ETL_MEDIC },
	{ S("\\DeliveryOptimization\\"), WW_ETL_DELIVERY },
};

unsigned
ww_etl_writer(const uint8_t *guid, struct ww_slice name)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(guids); i++)
		if (memcmp(guid, guids[i].guid, WW_GUID_SIZE) == 0)
			return guids[i].writer;
	for (size_t i = 0; i < WW_ARRAY_LEN(names); i++)
		if (ww_slice_starts(name, names[i].start))
			return names[i].writer;
	return 0;
}

/* Whether the word stands there, in UTF-16. */
static bool
is_at(struct ww_slice s, size_t at, struct ww_slice word)
{
	if (word.len > (s.len - at) / 2)
		return false;
	for (size_t i = 0; i < word.len; i++)
		if (s.p[at + 2 * i + 1] != '\0' ||
		    ww_fold(s.p[at + 2 * i]) != ww_fold(word.p[i]))
			return false;
	return true;
}

static bool
has_word(struct ww_slice s, struct ww_slice word)
{
	for (size_t at = 0; at + 1 < s.len; at += 2)
		if (is_at(s, at, word))
			return true;
	return false;
}

unsigned
ww_etl_writer_of_file(struct ww_slice s)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(folders); i++)
		if (has_word(s, folders[i].folder))
			return folders[i].writer;
	return 0;
}
