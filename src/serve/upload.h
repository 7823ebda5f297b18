/*
 * What a visitor sends, as a tar archive that a worker reads: no name of his
 * reaches the file system.
 */
#ifndef WW_SERVE_UPLOAD_H
#define WW_SERVE_UPLOAD_H

#include "serve/multipart.h"
#include "serve/route.h"

/* Of one visit. */
#define UPLOAD_FILES_MAX 2000u

/* Take the body of a call into a new job.  NULL: *retnow is the answer. */
struct upload *upload_begin(struct call *call, struct response *retnow);

/* False: no more is wanted; upload_submit() says why. */
bool upload_take(struct upload *upload, struct ww_slice bytes);
void upload_end(struct upload *upload);

/*
 * All of it is there: have it worked on.  False: *ret is the answer.
 * *retname lives as long as the upload.
 */
bool upload_submit(struct call *call, unsigned lang, const char **retname,
		   struct response *ret);

#endif
