/*
 * The answer, as a tree that says what to say; a renderer knows only how.
 * Build one with ww_explain() or ww_find_words(), walk it, or render it.
 */
#ifndef WINWHY_REPORT_H
#define WINWHY_REPORT_H

#include <winwhy/catalogue.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The kinds of nodes; ww_node_name() is a kind's name in JSON.  The numbers
 * are part of the ABI: new ones are added at the end.
 */
enum ww_node_kind {
	WW_NODE_REPORT,
	WW_NODE_SCHEMA,
	WW_NODE_KIND,
	WW_NODE_LANG,
	WW_NODE_ANSWERS,
	WW_NODE_ANSWER,
	WW_NODE_QUERY,
	WW_NODE_SUGGESTIONS,
	WW_NODE_SUGGESTION,
	WW_NODE_OMITTED, /* further mentions of codes in a text */
	WW_NODE_READINGS,
	WW_NODE_READING,
	WW_NODE_SPACE,
	WW_NODE_VALUE,
	WW_NODE_SIGNED,
	WW_NODE_UNSIGNED,
	WW_NODE_NAMES,
	WW_NODE_NAME, /* an object: id, origin, meaning */
	WW_NODE_ID,
	WW_NODE_ORIGIN,
	WW_NODE_SEVERITY,
	WW_NODE_FACILITY,
	WW_NODE_NUMBER,
	WW_NODE_TITLE,
	WW_NODE_CODE,
	WW_NODE_CARRIES, /* the number inside: space and value */
	WW_NODE_PAIR,	 /* a setup pair: value, phase, operation */
	WW_NODE_PHASE,
	WW_NODE_OPERATION,
	WW_NODE_PARAMETERS,
	WW_NODE_PARAMETER,
	WW_NODE_PARAMETER_MEANINGS,
	WW_NODE_PARAMETER_MEANING,
	WW_NODE_MEANS,
	WW_NODE_PARAMETER_CASES,
	WW_NODE_PARAMETER_CASE,
	WW_NODE_FLAGS,
	WW_NODE_FLAG,
	WW_NODE_MEANING,
	WW_NODE_WHY_RANKED,
	WW_NODE_REFUSED, /* a reduction that would be wrong */
	WW_NODE_FAMILY,
	WW_NODE_RAISED_BY,
	WW_NODE_SURFACES,
	WW_NODE_BY_CONTEXT,
	WW_NODE_IN_CONTEXT,
	WW_NODE_TOPIC,
	WW_NODE_CHANGED,
	WW_NODE_DETAIL,
	WW_NODE_PARAGRAPH,
	WW_NODE_RAISED,
	WW_NODE_OCCASION,
	WW_NODE_WHO,
	WW_NODE_WHEN,
	WW_NODE_RULES_OUT,
	WW_NODE_RULED_OUT,
	WW_NODE_WHAT,
	WW_NODE_BECAUSE,
	WW_NODE_SCOPE,
	WW_NODE_BUT,
	WW_NODE_CERTAINTY,
	WW_NODE_SETTLE,
	WW_NODE_LEAD,
	WW_NODE_COMMAND,
	WW_NODE_COLUMNS,
	WW_NODE_COLUMN,
	WW_NODE_BRANCHES,
	WW_NODE_BRANCH,
	WW_NODE_CELLS,
	WW_NODE_CELL,
	WW_NODE_CAUSE_NUMBER,
	WW_NODE_VERDICT,
	WW_NODE_CAUSES,
	WW_NODE_CAUSE,
	WW_NODE_LIKELIHOOD,
	WW_NODE_MATCHED, /* what the user gave points to this cause */
	WW_NODE_EVIDENCE,
	WW_NODE_SIGN,
	WW_NODE_WHERE,
	WW_NODE_SHOWS,
	WW_NODE_TEST,
	WW_NODE_STEP_IDS,
	WW_NODE_STEP_ID,
	WW_NODE_STEPS,
	WW_NODE_STEP,
	WW_NODE_SIDE,
	WW_NODE_PLACE,
	WW_NODE_SHELL,
	WW_NODE_ELEVATED,
	WW_NODE_COMMANDS,
	WW_NODE_RISK,
	WW_NODE_RISK_WHY,
	WW_NODE_PRECHECK,
	WW_NODE_EXPECT,
	WW_NODE_UNDO,
	WW_NODE_STOP,
	WW_NODE_FOLKLORE,
	WW_NODE_ADVICE_ITEM,
	WW_NODE_ADVICE,
	WW_NODE_DECODE,
	WW_NODE_RECIPE,
	WW_NODE_NOTE,
	WW_NODE_NO_DECODE,
	WW_NODE_LOGGED_IN,
	WW_NODE_LOG,
	WW_NODE_FAQ,
	WW_NODE_QA,
	WW_NODE_QUESTION,
	WW_NODE_ANSWER_TEXT,
	WW_NODE_RELATED,
	WW_NODE_RELATED_CODE,
	WW_NODE_SOURCES,
	WW_NODE_SOURCE,
	WW_NODE_PUBLISHER,
	WW_NODE_URL,
	WW_NODE_READ,
	WW_NODE_SOURCE_IDS,
	WW_NODE_SOURCE_ID,
	WW_NODE_RESULTS,
	WW_NODE_RESULT,
	WW_NODE_SUMMARY,
	WW_NODE_FINDINGS,
	WW_NODE_FINDING,
	WW_NODE_FINDING_TOPIC, /* its id */
	WW_NODE_FINDING_CAUSE, /* its id within the topic */
	WW_NODE_CAUSE_TITLE,   /* of a finding: its cause in words */
	WW_NODE_CONFIDENCE,
	WW_NODE_EXPLANATION,
	WW_NODE_CODES_FOUND, /* of a finding: hexadecimal strings */
	WW_NODE_CODE_FOUND,
	WW_NODE_QUOTES,
	WW_NODE_QUOTE,
	WW_NODE_FILE,
	WW_NODE_AT,
	WW_NODE_LINE,
	WW_NODE_TIME,
	WW_NODE_QUOTED,
	WW_NODE_CUT, /* a quote is shorter than its record */
	WW_NODE_COUNT,
	WW_NODE_SINCE,
	WW_NODE_LAST_SUCCESS,
	WW_NODE_CONTRADICTS,
	WW_NODE_OUTCOMES,
	WW_NODE_OUTCOME,
	WW_NODE_SUBJECT,
	WW_NODE_MACHINE,
	WW_NODE_STATE,
	WW_NODE_SUCCEEDED,
	WW_NODE_FAILED,
	WW_NODE_CANCELLED,
	WW_NODE_OPEN,
	WW_NODE_FAILING,
	WW_NODE_FACTS,
	WW_NODE_POLICY,	       /* another server, by policy, than was asked */
	WW_NODE_ALTERNATE,     /* whence a policy has updates downloaded */
	WW_NODE_MACHINE_PROXY, /* a machine's, not that of a probe */
	WW_NODE_LISTED, /* the update that a list of installed ones has */
	WW_NODE_FACT,
	WW_NODE_ITEMS,
	WW_NODE_ITEM,
	WW_NODE_DETAIL_TEXT,
	WW_NODE_COVERAGE,
	WW_NODE_COVERED,
	WW_NODE_LOG_KIND,
	WW_NODE_LINES,
	WW_NODE_RECORDS,
	WW_NODE_BYTES,
	WW_NODE_ENCODING,
	WW_NODE_ZONE,
	WW_NODE_ZONE_SOURCE,
	WW_NODE_FIRST,
	WW_NODE_LAST,
	WW_NODE_PROBLEMS,
	WW_NODE_PROBLEM,
	WW_NODE_FETCH,
	WW_NODE_TIMELINE,
	WW_NODE_MOMENT,
	WW_NODE_ACTIVITY,
	WW_NODE_START,
	WW_NODE_SECONDS,
	WW_NODE_BARS,
	WW_NODE_BAR,
	WW_NODE_CODES,
	WW_NODE_CODE_SEEN,
	WW_NODE_ROLE,
	WW_NODE_FIRST_PLACE,
	WW_NODE_LAST_PLACE,
	WW_NODE_PATH,	    /* as it was given, where `file` is shorter */
	WW_NODE_LOOKED_FOR, /* what would settle an open question */
	WW_NODE_ECHOES,	    /* of a finding: what else failed by it */
	WW_NODE_ECHO,
	WW_NODE_ENTRIES, /* records of a time line */
	WW_NODE_ENTRY,
	WW_NODE_CLOCK, /* what the entries are ordered by: "utc" or "log" */
	WW_NODE_UTC,
	WW_NODE_LEVEL,
	WW_NODE_COMPONENT,
	WW_NODE_MORE,	/* further records follow */
	WW_NODE_EVENTS, /* of Windows, that a question names */
	WW_NODE_EVENT,
	WW_NODE_PROVIDER,
	WW_NODE_WEIGHT, /* an outcome, context or noise */
	WW_NODE_SAYS,
	WW_NODE_NEXT, /* what to look at */
	WW_NODE_FORMS,
	WW_NODE_FORM, /* the fields of some of its versions */
	WW_NODE_VERSIONS,
	WW_NODE_FIELDS,
	WW_NODE_FIELD,
	WW_NODE_IS, /* the kind of code that a field holds */
	WW_NODE_BASE,
	WW_NODE_VALUES,
	WW_NODE_VALUE_MEANING,
	WW_NODE_FAMILIES, /* what there is to browse */
	WW_NODE_SYMPTOMS,
	WW_NODE_SYMPTOM,
	WW_NODE_TOPICS,
	WW_NODE_LOGS,
	WW_NODE_MEMBERS, /* the codes of a family or a topic */
	WW_NODE_MEMBER,
	WW_NODE_RECOGNISED, /* what a log can show */
	WW_NODE_COUNTS,	    /* how much the catalogue holds */
	WW_NODE_COUNTED,
	WW_NODE_RECORD, /* its number in a binary file, which has no lines */
	WW_NODE_PROBES, /* conversations with update servers */
	WW_NODE_PROBE,
	WW_NODE_CONVERSATION,
	WW_NODE_TURN, /* a step of one: what was asked, what came back */
	WW_NODE_TROUBLE,
	WW_NODE_STATUS,
	WW_NODE_MILLISECONDS,
	WW_NODE_SLOW,
	WW_NODE_REQUEST,
	WW_NODE_CLIENTS, /* what they end with, by generation */
	WW_NODE_CLIENT,
	WW_NODE_GENERATION,
	WW_NODE_CLIENT_CODES,
	WW_NODE_CLIENT_CODE,
	WW_NODE_KINDS
};

enum ww_shape {
	WW_SHAPE_OBJECT, /* children by name */
	WW_SHAPE_ARRAY,	 /* children of one kind */
	WW_SHAPE_STRING,
	WW_SHAPE_NUMBER, /* decimal digits, perhaps a minus */
	WW_SHAPE_BOOL,	 /* "true" or "false" */
};

struct ww_report;
struct ww_node;

/* What may be said about a question besides the question. */
struct ww_question {
	struct ww_slice text; /* UTF-8, UTF-16 with a mark, or near it */
	struct ww_slice as;   /* a space or family id, or empty */
	struct ww_slice in;   /* a context word, or empty */
	unsigned
	    lang;   /* from ww_catalogue_language(); the first one's counts */
	int redact; /* pseudonyms in what is repeated; likewise */
};

/*
 * Answer questions: each is a code, a name, or a text with codes in it.
 * WW_OK fills *ret, which the caller closes; its status says whether
 * anything was known.  WW_INVALID: `as` or `in` is no word known here.
 * The catalogue must outlive the report.
 */
WW_API enum ww_status ww_explain(const struct ww_catalogue *catalogue,
				 const struct ww_question *questions, size_t n,
				 struct ww_report **ret,
				 struct ww_error *reterr);

/* The results of a full-text search, at most max, as a report. */
WW_API enum ww_status ww_find_words(const struct ww_catalogue *catalogue,
				    struct ww_slice words, unsigned lang,
				    size_t max, struct ww_report **ret,
				    struct ww_error *reterr);

/*
 * What the catalogue holds, to browse, as a report.  With an empty `what`:
 * the symptoms, families and kinds of logs; "events": those of Windows that
 * are known; "about": how much there is, and all sources; else one of these
 * or a topic, named as in "symptom/blue-screen", "family/wu", "log/cbs" and
 * "topic/wu-soap-fault".  WW_NOT_FOUND: there is none of that name.
 */
WW_API enum ww_status ww_list(const struct ww_catalogue *catalogue,
			      struct ww_slice what, unsigned lang,
			      struct ww_report **ret, struct ww_error *reterr);

/* NULL is allowed. */
WW_API void ww_report_close(struct ww_report *report);

/* Whether something is known of at least one thing that was asked. */
WW_API int ww_report_known(const struct ww_report *report);

/* The tree.  Nodes live as long as the report; child and next of NULL are NULL.
 */
WW_API const struct ww_node *ww_report_root(const struct ww_report *report);
WW_API const struct ww_node *ww_node_child(const struct ww_node *node);
WW_API const struct ww_node *ww_node_next(const struct ww_node *node);
WW_API enum ww_node_kind ww_node_kind(const struct ww_node *node);
WW_API enum ww_shape ww_node_shape(const struct ww_node *node);
WW_API const char *ww_node_name(enum ww_node_kind kind);

/* The text of a node that is no object and no array. */
WW_API struct ww_slice ww_node_text(const struct ww_node *node);

/* The text is English though another language was asked for. */
WW_API int ww_node_untranslated(const struct ww_node *node);

/* The first child of a kind, or NULL. */
WW_API const struct ww_node *ww_node_find(const struct ww_node *node,
					  enum ww_node_kind kind);

#ifdef __cplusplus
}
#endif

#endif
