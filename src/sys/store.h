/*
 * A private file for what does not fit into memory: nobody else can open it,
 * it has no name where the system allows that, and it is gone with us.
 */
#ifndef WW_SYS_STORE_H
#define WW_SYS_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct ww_store {
	intptr_t handle; /* the system's */
	bool open;
};

/* False: *retwhy is an English message, constant. */
bool ww_sys_store_open(struct ww_store *ret, const char **retwhy);

/* Write at an offset, or read from one; false when not all could be. */
bool ww_sys_store_write(struct ww_store *store, uint64_t at,
			struct ww_slice bytes);
bool ww_sys_store_read(struct ww_store *store, uint64_t at, void *buf,
		       size_t len);

/* A struct ww_store of zeros was never open. */
void ww_sys_store_close(struct ww_store *store);

#endif
