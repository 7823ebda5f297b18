#include "input/binary.h"

#include "base/compiler.h"
#include "input/dump/reader.h"
#include "input/etl/etl.h"
#include "input/evtx/evtx.h"

#include "base/banned.h"

static const struct ww_binary *const binaries[WW_BINARIES] = {
	[WW_BINARY_NONE] = NULL,
	[WW_BINARY_DUMP] = &ww_binary_dump,
	[WW_BINARY_ETL] = &ww_binary_etl,
	[WW_BINARY_EVTX] = &ww_binary_evtx,
};

const struct ww_binary *
ww_binary_of(enum ww_binary_id id)
{
	return binaries[id];
}
