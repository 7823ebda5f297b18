/*
 * What servers left behind that were killed: their private folders, by which
 * a customer's files would stay on the disk for ever.
 */
#ifndef WW_SERVE_STALE_H
#define WW_SERVE_STALE_H

/* Delete those below `parent` that are ours, and that no server holds. */
void stale_delete(const char *parent);

#endif
