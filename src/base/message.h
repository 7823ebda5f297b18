/*
 * Marks a text of the interface for translation where it stands.  It is
 * looked up by ww_message() where it is shown.
 */
#ifndef WW_BASE_MESSAGE_H
#define WW_BASE_MESSAGE_H

#define N_(english) english

#endif
