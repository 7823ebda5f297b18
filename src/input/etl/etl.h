/*
 * The reader of event traces (ETL), whose records are those of
 * WindowsUpdate.log.  Used by binaries.c only.
 */
#ifndef WW_INPUT_ETL_ETL_H
#define WW_INPUT_ETL_ETL_H

#include "input/binary.h"

extern const struct ww_binary ww_binary_etl;

#endif
