#ifndef WW_SERVE_OPENAPI_H
#define WW_SERVE_OPENAPI_H

/* The file that describes the interface for programs; openapi.S. */
extern const char serve_openapi[];
extern const char serve_openapi_end[];

#endif
