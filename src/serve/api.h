/*
 * Routes for programs, below /api/v1: docs/openapi.json describes them.
 */
#ifndef WW_SERVE_API_H
#define WW_SERVE_API_H

#include "serve/route.h"

void api_description(struct call *call, struct response *ret);
void api_explain(struct call *call, struct response *ret);
void api_search(struct call *call, struct response *ret);
void api_list(struct call *call, struct response *ret);
void api_diagnose(struct call *call, struct response *ret);
void api_diagnosis(struct call *call, struct response *ret);
void api_diagnosis_report(struct call *call, struct response *ret);
void api_diagnosis_delete(struct call *call, struct response *ret);

#endif
