/*
 * Why a file or a program could not be had, in words that are the same on
 * every system.  Constant text, so that threads need no place for it.
 */
#ifndef WW_SYS_WHY_H
#define WW_SYS_WHY_H

#include "base/message.h"

#define WHY_MISSING	N_("no such file or folder")
#define WHY_DENIED	N_("access denied")
#define WHY_FOLDER	N_("is a folder")
#define WHY_NO_FOLDER	N_("is no folder")
#define WHY_NOT_REGULAR N_("is no regular file")
#define WHY_LONG_NAME	N_("its name is too long")
#define WHY_MANY_OPEN	N_("too many files are open")
#define WHY_LOCKED	N_("another program keeps it to itself")
#define WHY_DISK	N_("the disk could not read it")
#define WHY_MEMORY	N_("no memory")
#define WHY_SHRANK	N_("it became shorter while it was read")
#define WHY_INTERRUPTED N_("interrupted")
#define WHY_OTHER	N_("it could not be read")
#define WHY_NOT_WRITTEN N_("it could not be written")
#define WHY_NOT_STARTED N_("the program could not be started")

#endif
