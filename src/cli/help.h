/*
 * What the tables of options.h say, as help and as shell completions.
 */
#ifndef WW_CLI_HELP_H
#define WW_CLI_HELP_H

#include "base/buf.h"
#include "catalogue/catalogue.h"

void cli_help(struct ww_buf *out, const struct ww_catalogue *c, unsigned lang);

/* False when no completions are known for such a shell. */
bool cli_completion(struct ww_buf *out, const char *shell);

#endif
