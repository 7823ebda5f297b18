#include "report/tree.h"

#include <stdlib.h>

#include "base/compiler.h"
#include "base/message.h"

#include "base/banned.h"

struct kind {
	const char
	    *name; /* of the member in JSON; an array's items need none */
	enum ww_shape shape;
};

#define OBJECT(kind_, name_) [WW_NODE_##kind_] = { name_, WW_SHAPE_OBJECT }
#define ARRAY(kind_, name_)  [WW_NODE_##kind_] = { name_, WW_SHAPE_ARRAY }
#define STRING(kind_, name_) [WW_NODE_##kind_] = { name_, WW_SHAPE_STRING }
#define NUMBER(kind_, name_) [WW_NODE_##kind_] = { name_, WW_SHAPE_NUMBER }
#define BOOL(kind_, name_)   [WW_NODE_##kind_] = { name_, WW_SHAPE_BOOL }

static const struct kind kinds[WW_NODE_KINDS] = {
	OBJECT(REPORT, "report"),
	STRING(SCHEMA, "schema"),
	STRING(KIND, "kind"),
	STRING(LANG, "lang"),
	ARRAY(ANSWERS, "answers"),
	OBJECT(ANSWER, "answer"),
	STRING(QUERY, "query"),
	ARRAY(SUGGESTIONS, "suggestions"),
	STRING(SUGGESTION, "suggestion"),
	NUMBER(OMITTED, "omitted"),
	ARRAY(READINGS, "readings"),
	OBJECT(READING, "reading"),
	STRING(SPACE, "space"),
	STRING(VALUE, "value"),
	NUMBER(SIGNED, "signed"),
	NUMBER(UNSIGNED, "unsigned"),
	ARRAY(NAMES, "names"),
	OBJECT(NAME, "name"),
	STRING(ID, "id"),
	STRING(ORIGIN, "origin"),
	STRING(SEVERITY, "severity"),
	OBJECT(FACILITY, "facility"),
	NUMBER(NUMBER, "number"),
	STRING(TITLE, "title"),
	NUMBER(CODE, "code"),
	OBJECT(CARRIES, "carries"),
	OBJECT(PAIR, "pair"),
	STRING(PHASE, "phase"),
	STRING(OPERATION, "operation"),
	ARRAY(PARAMETERS, "parameters"),
	STRING(PARAMETER, "parameter"),
	ARRAY(PARAMETER_MEANINGS, "parameter_meanings"),
	OBJECT(PARAMETER_MEANING, "parameter"),
	STRING(MEANS, "means"),
	ARRAY(PARAMETER_CASES, "cases"),
	OBJECT(PARAMETER_CASE, "case"),
	ARRAY(FLAGS, "flags"),
	STRING(FLAG, "flag"),
	STRING(MEANING, "meaning"),
	STRING(WHY_RANKED, "why_ranked"),
	STRING(REFUSED, "refused"),
	OBJECT(FAMILY, "family"),
	STRING(RAISED_BY, "raised_by"),
	STRING(SURFACES, "surfaces"),
	ARRAY(BY_CONTEXT, "by_context"),
	OBJECT(IN_CONTEXT, "in_context"),
	OBJECT(TOPIC, "topic"),
	STRING(CHANGED, "changed"),
	ARRAY(DETAIL, "detail"),
	STRING(PARAGRAPH, "paragraph"),
	ARRAY(RAISED, "raised"),
	OBJECT(OCCASION, "occasion"),
	STRING(WHO, "who"),
	STRING(WHEN, "when"),
	ARRAY(RULES_OUT, "rules_out"),
	OBJECT(RULED_OUT, "ruled_out"),
	STRING(WHAT, "what"),
	STRING(BECAUSE, "because"),
	STRING(SCOPE, "scope"),
	STRING(BUT, "but"),
	STRING(CERTAINTY, "certainty"),
	OBJECT(SETTLE, "settle"),
	STRING(LEAD, "lead"),
	STRING(COMMAND, "command"),
	ARRAY(COLUMNS, "columns"),
	STRING(COLUMN, "column"),
	ARRAY(BRANCHES, "branches"),
	OBJECT(BRANCH, "branch"),
	ARRAY(CELLS, "cells"),
	STRING(CELL, "cell"),
	NUMBER(CAUSE_NUMBER, "cause"),
	STRING(VERDICT, "verdict"),
	ARRAY(CAUSES, "causes"),
	OBJECT(CAUSE, "cause"),
	STRING(LIKELIHOOD, "likelihood"),
	BOOL(MATCHED, "matched"),
	ARRAY(EVIDENCE, "evidence"),
	OBJECT(SIGN, "sign"),
	STRING(WHERE, "where"),
	STRING(SHOWS, "shows"),
	STRING(TEST, "test"),
	ARRAY(STEP_IDS, "steps"),
	STRING(STEP_ID, "step"),
	ARRAY(STEPS, "steps"),
	OBJECT(STEP, "step"),
	STRING(SIDE, "side"),
	STRING(PLACE, "place"),
	STRING(SHELL, "shell"),
	BOOL(ELEVATED, "elevated"),
	STRING(COMMANDS, "commands"),
	STRING(RISK, "risk"),
	STRING(RISK_WHY, "risk_why"),
	STRING(PRECHECK, "precheck"),
	STRING(EXPECT, "expect"),
	STRING(UNDO, "undo"),
	STRING(STOP, "stop"),
	ARRAY(FOLKLORE, "folklore"),
	OBJECT(ADVICE_ITEM, "item"),
	STRING(ADVICE, "advice"),
	ARRAY(DECODE, "decode"),
	OBJECT(RECIPE, "recipe"),
	STRING(NOTE, "note"),
	STRING(NO_DECODE, "no_decode"),
	ARRAY(LOGGED_IN, "logged_in"),
	OBJECT(LOG, "log"),
	ARRAY(FAQ, "faq"),
	OBJECT(QA, "qa"),
	STRING(QUESTION, "question"),
	STRING(ANSWER_TEXT, "answer"),
	ARRAY(RELATED, "related"),
	OBJECT(RELATED_CODE, "code"),
	ARRAY(SOURCES, "sources"),
	OBJECT(SOURCE, "source"),
	STRING(PUBLISHER, "publisher"),
	STRING(URL, "url"),
	STRING(READ, "read"),
	ARRAY(SOURCE_IDS, "sources"),
	STRING(SOURCE_ID, "source"),
	ARRAY(RESULTS, "results"),
	OBJECT(RESULT, "result"),
	STRING(SUMMARY, "summary"),
	ARRAY(FINDINGS, "findings"),
	OBJECT(FINDING, "finding"),
	STRING(FINDING_TOPIC, "topic"),
	STRING(FINDING_CAUSE, "cause"),
	STRING(CAUSE_TITLE, "cause_title"),
	STRING(CONFIDENCE, "confidence"),
	STRING(EXPLANATION, "explanation"),
	ARRAY(CODES_FOUND, "codes"),
	STRING(CODE_FOUND, "code"),
	ARRAY(QUOTES, "evidence"),
	OBJECT(QUOTE, "quote"),
	STRING(FILE, "file"),
	OBJECT(AT, "at"),
	NUMBER(LINE, "line"),
	NUMBER(RECORD, "record"),
	STRING(TIME, "time"),
	STRING(QUOTED, "text"),
	BOOL(CUT, "cut"),
	NUMBER(COUNT, "count"),
	STRING(SINCE, "since"),
	STRING(LAST_SUCCESS, "last_success"),
	ARRAY(CONTRADICTS, "contradicts"),
	ARRAY(OUTCOMES, "outcomes"),
	OBJECT(OUTCOME, "outcome"),
	STRING(SUBJECT, "subject"),
	STRING(MACHINE, "machine"),
	STRING(STATE, "state"),
	NUMBER(SUCCEEDED, "succeeded"),
	NUMBER(FAILED, "failed"),
	NUMBER(CANCELLED, "cancelled"),
	NUMBER(OPEN, "open"),
	NUMBER(FAILING, "failing"),
	ARRAY(FACTS, "facts"),
	STRING(POLICY, "policy_names"),
	STRING(ALTERNATE, "policy_downloads_from"),
	STRING(MACHINE_PROXY, "machine_proxy"),
	STRING(LISTED, "listed_as_installed"),
	OBJECT(FACT, "fact"),
	ARRAY(ITEMS, "items"),
	OBJECT(ITEM, "item"),
	STRING(DETAIL_TEXT, "detail"),
	ARRAY(COVERAGE, "coverage"),
	OBJECT(COVERED, "covered"),
	STRING(LOG_KIND, "log"),
	NUMBER(LINES, "lines"),
	NUMBER(RECORDS, "records"),
	NUMBER(BYTES, "bytes"),
	STRING(ENCODING, "encoding"),
	STRING(ZONE, "zone"),
	STRING(ZONE_SOURCE, "zone_source"),
	STRING(FIRST, "first"),
	STRING(LAST, "last"),
	ARRAY(PROBLEMS, "problems"),
	STRING(PROBLEM, "problem"),
	STRING(FETCH, "fetch"),
	ARRAY(TIMELINE, "timeline"),
	OBJECT(MOMENT, "moment"),
	OBJECT(ACTIVITY, "activity"),
	STRING(START, "start"),
	NUMBER(SECONDS, "seconds"),
	ARRAY(BARS, "bars"),
	OBJECT(BAR, "bar"),
	ARRAY(CODES, "codes"),
	OBJECT(CODE_SEEN, "code"),
	STRING(ROLE, "role"),
	OBJECT(FIRST_PLACE, "first"),
	OBJECT(LAST_PLACE, "last"),
	STRING(PATH, "path"),
	ARRAY(LOOKED_FOR, "would_settle"),
	ARRAY(ECHOES, "echoes"),
	OBJECT(ECHO, "echo"),
	ARRAY(ENTRIES, "records"),
	OBJECT(ENTRY, "record"),
	STRING(CLOCK, "clock"),
	STRING(UTC, "utc"),
	STRING(LEVEL, "level"),
	STRING(COMPONENT, "component"),
	BOOL(MORE, "more"),
	ARRAY(EVENTS, "events"),
	OBJECT(EVENT, "event"),
	STRING(PROVIDER, "provider"),
	STRING(WEIGHT, "weight"),
	STRING(SAYS, "says"),
	STRING(NEXT, "next"),
	ARRAY(FORMS, "forms"),
	OBJECT(FORM, "form"),
	STRING(VERSIONS, "versions"),
	ARRAY(FIELDS, "fields"),
	OBJECT(FIELD, "field"),
	STRING(IS, "is"),
	STRING(BASE, "base"),
	ARRAY(VALUES, "values"),
	OBJECT(VALUE_MEANING, "value"),
	ARRAY(FAMILIES, "families"),
	ARRAY(SYMPTOMS, "symptoms"),
	OBJECT(SYMPTOM, "symptom"),
	ARRAY(TOPICS, "topics"),
	ARRAY(LOGS, "logs"),
	ARRAY(MEMBERS, "members"),
	OBJECT(MEMBER, "member"),
	ARRAY(RECOGNISED, "recognised"),
	ARRAY(COUNTS, "counts"),
	OBJECT(COUNTED, "counted"),
	ARRAY(PROBES, "probes"),
	OBJECT(PROBE, "probe"),
	ARRAY(CONVERSATION, "conversation"),
	OBJECT(TURN, "turn"),
	STRING(TROUBLE, "trouble"),
	NUMBER(STATUS, "status"),
	NUMBER(MILLISECONDS, "milliseconds"),
	BOOL(SLOW, "slow"),
	STRING(REQUEST, "request"),
	ARRAY(CLIENTS, "clients"),
	OBJECT(CLIENT, "client"),
	STRING(GENERATION, "generation"),
	ARRAY(CLIENT_CODES, "codes"),
	OBJECT(CLIENT_CODE, "code"),
};

bool
ww_report_build(struct ww_report *report,
		void (*build)(struct ww_report *, void *), void *ctx)
{
	if (setjmp(report->oom) != 0)
		return false;
	build(report, ctx);
	return true;
}

static void
add_head(struct ww_report *report, void *ctx)
{
	const char *const *kind = ctx;

	report->root = ww_arena_new(&report->arena, struct ww_node);
	report->root->kind = WW_NODE_REPORT;
	ww_add_slice(report, report->root, WW_NODE_SCHEMA, WW_LIT("winwhy/1"));
	ww_add_slice(report, report->root, WW_NODE_KIND, ww_slice_cstr(*kind));
	ww_add_slice(report, report->root, WW_NODE_LANG,
		     ww_catalogue_language_id(report->c, report->lang));
}

struct ww_report *
ww_report_new(const struct ww_catalogue *c, unsigned lang, const char *kind)
{
	struct ww_report *report = calloc(1, sizeof(*report));

	if (report == NULL)
		return NULL;
	ww_arena_init(&report->arena, &report->oom);
	report->c = c;
	report->lang = lang;
	if (ww_report_build(report, add_head, &kind))
		return report;
	ww_report_close(report);
	return NULL;
}

enum ww_status
ww_report_no_memory(struct ww_error *reterr)
{
	*reterr =
	    (struct ww_error){ .status = WW_NOMEM, .why = N_("out of memory") };
	return WW_NOMEM;
}

enum ww_status
ww_report_make(const struct ww_catalogue *c, unsigned lang, const char *kind,
	       void (*build)(struct ww_report *, void *), void *ctx,
	       struct ww_report **ret, struct ww_error *reterr)
{
	struct ww_report *report = ww_report_new(c, lang, kind);

	if (report != NULL && ww_report_build(report, build, ctx)) {
		*ret = report;
		return WW_OK;
	}
	ww_report_close(report);
	return ww_report_no_memory(reterr);
}

void
ww_report_close(struct ww_report *report)
{
	if (report == NULL)
		return;
	ww_arena_release(&report->arena);
	free(report);
}

struct ww_node *
ww_add(struct ww_report *report, struct ww_node *parent, enum ww_node_kind kind)
{
	struct ww_node *node = ww_arena_new(&report->arena, struct ww_node);

	node->kind = kind;
	if (parent->last == NULL)
		parent->child = node;
	else
		parent->last->next = node;
	parent->last = node;
	return node;
}

struct ww_node *
ww_add_slice(struct ww_report *report, struct ww_node *parent,
	     enum ww_node_kind kind, struct ww_slice text)
{
	struct ww_node *node;

	if (text.len == 0)
		return NULL;
	node = ww_add(report, parent, kind);
	node->text = text;
	return node;
}

struct ww_node *
ww_add_text(struct ww_report *report, struct ww_node *parent,
	    enum ww_node_kind kind, struct ww_text text)
{
	struct ww_node *node = ww_add_slice(report, parent, kind, text.s);

	if (node != NULL)
		node->untranslated = text.english;
	return node;
}

void
ww_add_number(struct ww_report *report, struct ww_node *parent,
	      enum ww_node_kind kind, int64_t v)
{
	struct ww_buf buf = ww_buf_in(&report->arena);

	ww_buf_decimal(&buf, v);
	ww_add_slice(report, parent, kind, ww_buf_slice(&buf));
}

struct ww_slice
ww_hex_text(struct ww_report *report, uint64_t v)
{
	struct ww_buf buf = ww_buf_in(&report->arena);

	ww_buf_add(&buf, WW_LIT("0x"));
	ww_buf_hex(&buf, v, 8);
	return ww_buf_slice(&buf);
}

void
ww_add_hex(struct ww_report *report, struct ww_node *parent,
	   enum ww_node_kind kind, uint64_t v)
{
	ww_add_slice(report, parent, kind, ww_hex_text(report, v));
}

void
ww_add_bool(struct ww_report *report, struct ww_node *parent,
	    enum ww_node_kind kind, bool v)
{
	ww_add_slice(report, parent, kind,
		     v ? WW_LIT("true") : WW_LIT("false"));
}

struct ww_slice
ww_tr(const struct ww_report *report, const char *english)
{
	return ww_message(report->c, report->lang, english);
}

int
ww_report_known(const struct ww_report *report)
{
	return report->known;
}

const struct ww_node *
ww_report_root(const struct ww_report *report)
{
	return report->root;
}

const struct ww_node *
ww_node_child(const struct ww_node *node)
{
	return node == NULL ? NULL : node->child;
}

const struct ww_node *
ww_node_next(const struct ww_node *node)
{
	return node == NULL ? NULL : node->next;
}

enum ww_node_kind
ww_node_kind(const struct ww_node *node)
{
	return node->kind;
}

enum ww_shape
ww_node_shape(const struct ww_node *node)
{
	return kinds[node->kind].shape;
}

const char *
ww_node_name(enum ww_node_kind kind)
{
	return (unsigned)kind < WW_NODE_KINDS ? kinds[kind].name : "";
}

struct ww_slice
ww_node_text(const struct ww_node *node)
{
	return node == NULL ? (struct ww_slice){ 0 } : node->text;
}

int
ww_node_untranslated(const struct ww_node *node)
{
	return node != NULL && node->untranslated;
}

const struct ww_node *
ww_node_find(const struct ww_node *node, enum ww_node_kind kind)
{
	const struct ww_node *child = ww_node_child(node);

	while (child != NULL && child->kind != kind)
		child = child->next;
	return child;
}
