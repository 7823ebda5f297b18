/*
 * Who shows a number, told by the form of the words around it.  Each counts in
 * a way of its own, though most of their numbers stand for something else
 * among Win32 codes.
 */
#ifndef WW_CODE_WRITER_H
#define WW_CODE_WRITER_H

#include "code/find.h"

enum ww_writer {
	WW_WRITER_UNKNOWN,
	WW_WRITER_INSTALLER, /* "Error 1310. Error writing to file: …" */
	WW_WRITER_DEVICES,   /* "This device cannot start. (Code 10)" */
	WW_WRITER_SCHANNEL,  /* "The TLS protocol defined … code is 40." */
};

/* Whose form the code of the text has. */
enum ww_writer ww_writer_of(struct ww_slice text,
			    const struct ww_sighting *sighting);

#endif
