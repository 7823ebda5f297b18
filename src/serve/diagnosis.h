/*
 * Routes for people who send files: in, the wait, and the answer.
 */
#ifndef WW_SERVE_DIAGNOSIS_H
#define WW_SERVE_DIAGNOSIS_H

#include "serve/route.h"

void diagnosis_start(struct call *call, struct response *ret);
void diagnosis_show(struct call *call, struct response *ret);
void diagnosis_save(struct call *call, struct response *ret);
void diagnosis_delete(struct call *call, struct response *ret);

#endif
