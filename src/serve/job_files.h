/*
 * The private folder, with a folder in it for each job, and what a job's
 * worker finds and leaves there.  Every name is ours: none comes from a
 * request.
 */
#ifndef WW_SERVE_JOB_FILES_H
#define WW_SERVE_JOB_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"

enum job_file {
	JOB_UPLOAD,   /* an archive of what was sent */
	JOB_PROGRESS, /* files begun so far, in decimal */
	JOB_PAGE,     /* HTML of this server */
	/* Answers that a visitor may save, by the names they have here. */
	JOB_REPORT, /* HTML that stands alone */
	JOB_JSON,
	JOB_TEXT,
	JOB_FILES
};

/* An answer that is longer is none for a browser. */
#define JOB_ANSWER_MAX ((size_t)64 * 1024 * 1024)

/* 128 bits in hexadecimal, and a NUL. */
#define JOB_NAME_SIZE 33

#define JOB_PATH_MAX  4096

/* What the private folder is called; random letters follow. */
#define JOB_FOLDER_PREFIX "winwhy-serve."

/* And the file in it that tells whether its server runs. */
#define JOB_LOCK "lock"

/* Held open, and locked as long as its server runs. */
struct job_folder {
	const char *parent;
	char path[JOB_PATH_MAX];
	int fd;	  /* -1: there is none */
	int lock; /* a file in it */
};

/* Lock that file; false: a server that runs has it locked. */
bool job_lock(int fd);

/* As the file is called within the folder of its job. */
const char *job_file_name(enum job_file file);

/*
 * Make it below `parent`, which stays the caller's, for nobody else; false: it
 * cannot be made.
 */
bool job_folder_make(struct job_folder *ret, const char *parent);
void job_folder_remove(struct job_folder *folder);

/* Let go of it, and leave it where it is. */
void job_folder_close(struct job_folder *folder);

/* The folder of a job, or a file in it; false: that is too long. */
bool job_path(const struct job_folder *folder, const char *name,
	      char ret[JOB_PATH_MAX]);

/*
 * A new name that nobody can guess, its folder, and its upload, to write.
 * What cleans /tmp may have deleted the private folder: it is made anew, by
 * another name, since anybody may have taken the old one.
 */
bool job_files_make(struct job_folder *folder, char name[JOB_NAME_SIZE],
		    int *retupload);

void job_file_delete(const struct job_folder *folder, const char *name,
		     enum job_file file);
void job_files_delete(const struct job_folder *folder, const char *name);

/* The bytes of a file, in the arena; false where it is not there. */
bool job_file_read(const struct job_folder *folder, const char *name,
		   enum job_file file, struct ww_arena *arena,
		   struct ww_slice *ret);

/* What JOB_PROGRESS says; 0 where it says nothing yet. */
unsigned job_progress(const struct job_folder *folder, const char *name);

#endif
