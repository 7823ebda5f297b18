#include "compile/table.h"

static struct ww_slice
take_line(struct ww_slice *rest)
{
	const char *end = memchr(rest->p, '\n', rest->len);
	size_t len = end == NULL ? rest->len : (size_t)(end - rest->p);
	struct ww_slice line = ww_slice_of(rest->p, len);

	*rest = ww_slice_from(*rest, end == NULL ? len : len + 1);
	return line;
}

/* Cut a line into cells; returns how many it has, also above the maximum. */
static unsigned
split(struct ww_slice line, struct ww_slice cells[TABLE_COLUMNS_MAX])
{
	unsigned n = 0;

	for (;;) {
		const char *tab =
		    line.len == 0 ? NULL : memchr(line.p, '\t', line.len);
		size_t len = tab == NULL ? line.len : (size_t)(tab - line.p);

		if (n < TABLE_COLUMNS_MAX)
			cells[n] = ww_slice_of(line.p, len);
		n++;
		if (tab == NULL)
			return n;
		line = ww_slice_from(line, len + 1);
	}
}

void
table_start(struct table *table, struct ww_slice text, const char *heading,
	    struct problems *problems)
{
	struct ww_slice line;

	*table = (struct table){ .rest = text, .problems = problems };
	problems->line = 1;
	line = text.len == 0 ? text : take_line(&table->rest);
	table->n_columns = split(line, table->cells);
	if (!ww_slice_eq(line, ww_slice_cstr(heading))) {
		problem(problems, "the heading is not \"%s\"", heading);
		table->rest.len = 0;
	}
}

bool
table_next(struct table *table)
{
	while (table->rest.len > 0) {
		struct ww_slice line = take_line(&table->rest);
		unsigned n = split(line, table->cells);

		table->problems->line++;
		if (n == table->n_columns)
			return true;
		problem(table->problems, "%u columns, the heading has %u", n,
			table->n_columns);
	}
	return false;
}
