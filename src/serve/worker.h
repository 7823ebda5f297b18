/*
 * The process that reads what a visitor sent: this program again, without
 * the network and within limits of memory and time.  It finds the upload in
 * a folder and leaves its answers beside it.
 */
#ifndef WW_SERVE_WORKER_H
#define WW_SERVE_WORKER_H

#include <stddef.h>

#define WORKER_OPTION	  "--worker"
#define WORKER_UPLOAD	  "upload"

/* An answer that is longer is none for a browser. */
#define WORKER_ANSWER_MAX ((size_t)64 * 1024 * 1024)

/* The answers in the order of enum job_answer, then the upload. */
extern const char *const worker_files[];
extern const size_t worker_n_files;

/* Of arguments behind WORKER_OPTION: folder, language, "redact" or not. */
int worker_main(char **arguments);

#endif
