/*
 * The way in which Windows Installer shows its messages, in a window or in
 * the event log: "Error 1310. Error writing to file: …".  The numbers are of
 * its own, though most stand for something else among Win32 codes.
 */
#ifndef WW_CODE_INSTALLER_H
#define WW_CODE_INSTALLER_H

#include "code/find.h"

/* Whether the code of the text is written so. */
bool ww_is_installer_message(struct ww_slice text,
			     const struct ww_sighting *sighting);

#endif
