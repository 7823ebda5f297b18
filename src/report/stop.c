/*
 * What the parameters of a stop code are, and what those given say.
 */
#include "code/stop.h"
#include "code/number.h"
#include "report/page.h"

#include "base/banned.h"

struct stop_page {
	struct ww_report *report;
	const struct ww_spelled *given;
	struct ww_rec stop;
	struct ww_list cases;	   /* what single values say */
	struct ww_list parameters; /* what the four are, in this case */
};

static bool
has_code(const struct ww_catalogue *c, struct ww_rec stop, uint32_t value)
{
	struct ww_list codes =
	    ww_rec_list(stop, WW_STOP_CODES, WW_S_TOPIC_CODE);

	for (uint32_t i = 0; i < codes.count; i++)
		if (ww_rec_num(ww_list_at(c, codes, i), WW_TOPIC_CODE_VALUE) ==
		    value)
			return true;
	return false;
}

/* Nothing where the code is not described. */
static struct ww_rec
find_stop(const struct ww_catalogue *c, uint32_t value)
{
	uint32_t n = ww_count(c, WW_S_STOP);

	for (uint32_t i = 0; i < n; i++) {
		struct ww_rec stop = ww_rec_at(c, WW_S_STOP, i);

		if (has_code(c, stop, value))
			return stop;
	}
	return (struct ww_rec){ 0 };
}

/* Whether the parameter of the case was given, with its value. */
static bool
is_case(const struct stop_page *p, struct ww_rec rec)
{
	uint32_t number = ww_rec_num(rec, WW_STOP_CASE_PARAMETER);
	uint64_t value;

	return number <= p->given->n_params &&
	       ww_slice_hex(ww_rec_str(rec, WW_STOP_CASE_VALUE), &value) &&
	       ww_drop_sign(p->given->params[number - 1]) ==
		   ww_drop_sign(value);
}

/* A case may say that the others mean something else in it. */
static void
choose_parameters(struct stop_page *p)
{
	p->parameters =
	    ww_rec_list(p->stop, WW_STOP_PARAMETERS, WW_S_STOP_PARAMETER);
	for (uint32_t i = 0; i < p->cases.count; i++) {
		struct ww_rec rec = ww_list_at(p->report->c, p->cases, i);
		struct ww_list own = ww_rec_list(rec, WW_STOP_CASE_PARAMETERS,
						 WW_S_STOP_PARAMETER);

		if (own.count > 0 && is_case(p, rec))
			p->parameters = own;
	}
}

/* STATUS_ACCESS_VIOLATION: and its meaning, of a number that is one. */
static void
add_status(struct ww_report *report, struct ww_node *node, uint64_t value)
{
	uint64_t status = ww_drop_sign(value);
	struct ww_rec code;

	if (status > UINT32_MAX)
		return;
	code = ww_page_code(report, WW_SPACE_NTSTATUS, (uint32_t)status);
	if (code.p != NULL)
		ww_add_text(report, node, WW_NODE_MEANS,
			    ww_page_named(report, code));
}

static void
add_case(const struct stop_page *p, struct ww_node *list, struct ww_rec rec)
{
	struct ww_node *node = ww_add(p->report, list, WW_NODE_PARAMETER_CASE);

	ww_add_slice(p->report, node, WW_NODE_VALUE,
		     ww_rec_str(rec, WW_STOP_CASE_VALUE));
	ww_page_field(p->report, node, WW_NODE_MEANS, rec, WW_STOP_CASE_MEANS);
}

/* The values that are known of a parameter that was not given. */
static void
add_cases(const struct stop_page *p, struct ww_node *node, uint32_t number)
{
	struct ww_node *list = NULL;

	for (uint32_t i = 0; i < p->cases.count; i++) {
		struct ww_rec rec = ww_list_at(p->report->c, p->cases, i);

		if (ww_rec_num(rec, WW_STOP_CASE_PARAMETER) != number)
			continue;
		if (list == NULL)
			list = ww_add(p->report, node, WW_NODE_PARAMETER_CASES);
		add_case(p, list, rec);
	}
}

/* What the value says that was given. */
static void
add_given(const struct stop_page *p, struct ww_node *node, uint32_t number,
	  enum ww_parameter is)
{
	uint64_t value = p->given->params[number - 1];

	ww_add_hex(p->report, node, WW_NODE_VALUE, value);
	for (uint32_t i = 0; i < p->cases.count; i++) {
		struct ww_rec rec = ww_list_at(p->report->c, p->cases, i);

		if (ww_rec_num(rec, WW_STOP_CASE_PARAMETER) != number ||
		    !is_case(p, rec))
			continue;
		ww_page_field(p->report, node, WW_NODE_MEANS, rec,
			      WW_STOP_CASE_MEANS);
		return;
	}
	if (is == WW_PARAMETER_NTSTATUS)
		add_status(p->report, node, value);
}

static void
add_parameter(const struct stop_page *p, struct ww_node *list, uint32_t number)
{
	struct ww_rec rec = ww_list_at(p->report->c, p->parameters, number - 1);
	struct ww_node *node =
	    ww_add(p->report, list, WW_NODE_PARAMETER_MEANING);

	ww_add_number(p->report, node, WW_NODE_NUMBER, number);
	ww_page_field(p->report, node, WW_NODE_WHAT, rec,
		      WW_STOP_PARAMETER_WHAT);
	ww_page_source_ids(p->report, node, p->stop, WW_STOP_SOURCES);
	if (number > p->given->n_params)
		add_cases(p, node, number);
	else
		add_given(p, node, number,
			  (enum ww_parameter)ww_rec_num(rec,
							WW_STOP_PARAMETER_IS));
}

void
ww_page_stop(struct ww_report *report, struct ww_node *node,
	     const struct ww_reading *reading)
{
	struct stop_page p = { .report = report, .given = &reading->spelled };
	struct ww_node *list;

	if (reading->space != WW_SPACE_BUGCHECK)
		return;
	p.stop = find_stop(report->c, reading->value);
	/* In a small dump it has one bit more. */
	if (p.stop.p == NULL)
		p.stop = find_stop(report->c, ww_stop_plain(reading->value));
	if (p.stop.p == NULL)
		return;
	p.cases = ww_rec_list(p.stop, WW_STOP_CASES, WW_S_STOP_CASE);
	choose_parameters(&p);
	list = ww_add(report, node, WW_NODE_PARAMETER_MEANINGS);
	for (uint32_t i = 1; i <= p.parameters.count; i++)
		add_parameter(&p, list, i);
}
