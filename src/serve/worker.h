/*
 * The process that reads what a visitor sent: this program again.  It opens
 * the upload and its answers, starts the unpacker, and gives up everything
 * else before it reads a byte: files, programs, the network.
 */
#ifndef WW_SERVE_WORKER_H
#define WW_SERVE_WORKER_H

#define WORKER_OPTION "--worker"

/* Of arguments: folder, language, "redact" or not, catalogue or "". */
int worker_main(char **arguments);

#endif
