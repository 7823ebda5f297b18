/*
 * Routes for people: the site, its search, and where a visitor is sent.
 */
#ifndef WW_SERVE_PAGES_H
#define WW_SERVE_PAGES_H

#include "serve/route.h"

void pages_root(struct call *call, struct response *ret);
void pages_search(struct call *call, struct response *ret);
void pages_robots(struct call *call, struct response *ret);

/* What no route has: a page of the site, or none. */
void pages_site(struct call *call, struct response *ret);

#endif
