/*
 * Tab separated tables: a heading line, then a row a line.
 */
#ifndef WW_COMPILE_TABLE_H
#define WW_COMPILE_TABLE_H

#include <stdbool.h>

#include "base/slice.h"
#include "compile/problem.h"

#define TABLE_COLUMNS_MAX 8

struct table {
	struct ww_slice rest; /* borrowed; what is still to be read */
	unsigned n_columns;
	struct problems *problems; /* borrowed; its line is kept current */
	struct ww_slice cells[TABLE_COLUMNS_MAX]; /* of the row just read */
};

/*
 * Start on a table.  The first line must be `heading`, cells parted by tabs;
 * otherwise there is a problem and no row.
 */
void table_start(struct table *table, struct ww_slice text, const char *heading,
		 struct problems *problems);

/* The next row.  A row with other than the heading's columns is a problem. */
bool table_next(struct table *table);

#endif
