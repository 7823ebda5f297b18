/*
 * What is wrong with the knowledge: said on standard error as file:line, and
 * counted, so that one run shows all of it.
 */
#ifndef WW_COMPILE_PROBLEM_H
#define WW_COMPILE_PROBLEM_H

#include "base/compiler.h"

struct problems {
	const char *file; /* borrowed; what is being read */
	unsigned line;	  /* 1 is the first; 0 is unknown */
	unsigned count;
};

WW_PRINTF(2, 3)
void problem(struct problems *problems, const char *fmt, ...);

#endif
