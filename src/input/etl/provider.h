/*
 * Who wrote a trace: the providers that are known, and the places where they
 * keep their traces.  Used by the reader of traces.
 */
#ifndef WW_INPUT_ETL_PROVIDER_H
#define WW_INPUT_ETL_PROVIDER_H

#include "base/slice.h"
#include "input/ids.h"

/* A bit each. */
enum ww_etl_writer {
	WW_ETL_UPDATE_CLIENT = 1, /* SIH too, which is made of its parts */
	WW_ETL_ORCHESTRATOR = 2,  /* USO, and what it shows to the user */
	WW_ETL_MEDIC = 4,	  /* WaaSMedic */
	WW_ETL_DELIVERY = 8,	  /* Delivery Optimization */
};

/* By an event's provider: its GUID, and the name it gives itself.  0: none. */
unsigned ww_etl_writer(const uint8_t *guid, struct ww_slice name);

/* By the names of session and file, UTF-16, in the header of a trace. */
unsigned ww_etl_writer_of_file(struct ww_slice names);

static inline bool
ww_etl_is_update_client(const uint8_t *guid)
{
	return ww_etl_writer(guid, (struct ww_slice){ 0 }) ==
	       WW_ETL_UPDATE_CLIENT;
}

#endif
