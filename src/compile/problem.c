#include "compile/problem.h"

#include <stdarg.h>
#include <stdio.h>

void
problem(struct problems *problems, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:", problems->file);
	if (problems->line > 0)
		fprintf(stderr, "%u:", problems->line);
	fputc(' ', stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	problems->count++;
}
