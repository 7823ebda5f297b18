/*
 * What is known of the machines besides what went wrong: policy, proxy, join,
 * build, each with the line that says so.
 */
#include "report/diagnosis.h"

#include "base/banned.h"

static void
add_fact(struct ww_telling *t, struct ww_node *list,
	 const struct ww_analysis *file, const struct ww_note *n)
{
	struct ww_node *fact = ww_add(t->report, list, WW_NODE_FACT);

	ww_tell_slice(t, fact, WW_NODE_MACHINE, file->machine);
	ww_tell_word(t, fact, WW_NODE_ID, n->name);
	ww_tell_slice(t, fact, WW_NODE_VALUE, n->value);
	ww_tell_quote(t, ww_add(t->report, fact, WW_NODE_QUOTES), file,
		      &n->quote);
}

void
ww_tell_machine_facts(struct ww_telling *t)
{
	struct ww_node *list = NULL;

	for (uint32_t i = 0; i < t->d->n_files; i++) {
		const struct ww_analysis *file = t->d->places[i];

		for (const struct ww_note *n = file->facts; n != NULL;
		     n = n->next) {
			if (list == NULL)
				list = ww_add(t->report, t->report->root,
					      WW_NODE_FACTS);
			add_fact(t, list, file, n);
		}
	}
}
