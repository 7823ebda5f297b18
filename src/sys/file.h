/*
 * Files as streams of bytes: opened to be read once, in order, in flat
 * memory.  What is opened may be anything; nothing here waits for a device
 * that nobody named.
 */
#ifndef WW_SYS_FILE_H
#define WW_SYS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ww_open {
	WW_OPEN_NAMED, /* by the user: pipes and devices are read as well */
	WW_OPEN_FOUND, /* in a folder: regular files only, and no links */
};

struct ww_file {
	intptr_t handle; /* the system's */
	bool ours;	 /* open, and to be closed */
	bool regular;
	bool waits;    /* a read may have to wait for a writer */
	uint64_t size; /* of a regular file, when it was opened */
	uint64_t read; /* bytes so far */
};

/* False: *retwhy is an English message, constant. */
bool ww_sys_open(const char *path, enum ww_open how, struct ww_file *ret,
		 const char **retwhy);

/* Standard input, likewise; it is not closed by ww_sys_close(). */
bool ww_sys_open_stdin(struct ww_file *ret, const char **retwhy);

/*
 * The read function of a struct ww_input whose ctx is a struct ww_file.  A
 * file that became shorter than it was ends with a reason.
 */
size_t ww_sys_read(void *file, void *buf, size_t len, const char **retwhy);

/* From the start again; false where that cannot be done. */
bool ww_sys_rewind(struct ww_file *file);

/* A struct ww_file of zeros was never open. */
void ww_sys_close(struct ww_file *file);

#endif
