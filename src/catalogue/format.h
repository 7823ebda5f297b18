/*
 * The catalogue file: its sections, records and fields.  The compiler and the
 * reader share this file and schema.c, and nothing else.  Described for
 * people in winwhy-catalogue(5); a change here raises WW_CATALOGUE_VERSION.
 *
 * A file is a header, a directory of sections and the sections.  A section is
 * an array of records, a record an array of 32-bit little-endian fields.
 * Nothing holds an address, so the bytes can lie anywhere.
 */
#ifndef WW_CATALOGUE_FORMAT_H
#define WW_CATALOGUE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The last bytes show at once that a transfer changed line ends. */
#define WW_CATALOGUE_MAGIC	"WINWHY\r\n"
#define WW_CATALOGUE_MAGIC_SIZE 8
#define WW_CATALOGUE_VERSION	5u

/* The header: offsets of its fields in bytes. */
enum {
	WW_HEADER_VERSION = WW_CATALOGUE_MAGIC_SIZE,
	WW_HEADER_SIZE = 12,	 /* of the whole file */
	WW_HEADER_CRC = 16,	 /* CRC-32 of all that follows this field */
	WW_HEADER_SECTIONS = 20, /* entries in the directory */
	WW_HEADER_END = 24,
};

/* A directory entry: offsets of its fields in bytes. */
enum {
	WW_DIR_OFFSET = 0, /* of the section, from the start of the file */
	WW_DIR_COUNT = 4,  /* records */
	WW_DIR_WIDTH = 8,  /* bytes a record */
	WW_DIR_END = 12,
};

/* Languages: English is 0 and is always there. */
#define WW_LANGS_MAX 16

/* What a field holds. */
enum ww_kind {
	WW_KIND_NUM,  /* a number */
	WW_KIND_ENUM, /* an index into the field's words */
	WW_KIND_STR,  /* a string that is the same in each language */
	WW_KIND_TEXT, /* an index into WW_S_TEXT: translated */
	WW_KIND_REF,  /* a record of the target section, plus 1; 0 is none */
	WW_KIND_LIST, /* first record and count: children in the target */
	WW_KIND_IDS,  /* first and count in WW_S_ID: records of the target */
};

/* 32-bit words that a field of each kind takes. */
enum {
	WW_WIDTH_NUM = 1,
	WW_WIDTH_ENUM = 1,
	WW_WIDTH_STR = 1,
	WW_WIDTH_TEXT = 1,
	WW_WIDTH_REF = 1,
	WW_WIDTH_LIST = 2,
	WW_WIDTH_IDS = 2,
};

/*
 * The sections.  The first ones are plain arrays:
 *   HEAP    bytes; a string is a 16-bit length, its UTF-8 and a NUL, and is
 *           referred to by the offset of the length.  Offset 0 is "".
 *   TEXT    one string offset for each language; 0 where untranslated
 *   ID      record numbers, for WW_KIND_IDS
 *   PILOT   the displacement of each bucket of the hash over values
 *   NAME    pairs of a record number of CODE and the offset of its name,
 *           sorted by name with letters folded: a search touches no CODE
 *   POSTING what WW_TERM_POSTINGS lists: document << 8 | weight
 * The others are records with a schema.
 */
#define WW_PLAIN_SECTIONS(X) X(HEAP) X(TEXT) X(ID) X(PILOT) X(NAME) X(POSTING)

/* An entry of NAME: offsets of its fields in bytes. */
enum {
	WW_NAME_CODE = 0,
	WW_NAME_STRING = 4,
	WW_NAME_END = 8,
};

#define WW_RECORD_SECTIONS(X) \
	X(LANG)               \
	X(MESSAGE)            \
	X(WORD)               \
	X(PARAGRAPH)          \
	X(SOURCE)             \
	X(LOG)                \
	X(RECIPE)             \
	X(SPACE_RULE)         \
	X(FAMILY)             \
	X(FACILITY)           \
	X(CONTEXT)            \
	X(VALUE)              \
	X(CODE)               \
	X(STEP)               \
	X(RAISED)             \
	X(RULED_OUT)          \
	X(BRANCH)             \
	X(SETTLE)             \
	X(EVIDENCE)           \
	X(MATCH)              \
	X(CAUSE)              \
	X(FOLKLORE)           \
	X(FAQ)                \
	X(RELATED)            \
	X(TOPIC_CODE)         \
	X(TOPIC)              \
	X(TOPIC_KEY)          \
	X(TERM)               \
	X(LOG_KIND)           \
	X(EPISODE_KIND)       \
	X(IN_LOG)             \
	X(IN_EPISODE)         \
	X(PATTERN)            \
	X(SAMPLE)             \
	X(NEAR)               \
	X(SIGNATURE)          \
	X(STOP_PARAMETER)     \
	X(STOP_CASE)          \
	X(STOP)               \
	X(EVENT_VALUE)        \
	X(EVENT_FIELD)        \
	X(EVENT_FORM)         \
	X(EVENT_KIND)         \
	X(EVENT_KEY)          \
	X(SYMPTOM)            \
	X(CLIENT_CODE)        \
	X(TROUBLE)            \
	X(PROBE_STEP)

enum ww_section {
#define X(name) WW_S_##name,
	WW_PLAIN_SECTIONS(X) WW_RECORD_SECTIONS(X)
#undef X
	    WW_SECTIONS
};

#define WW_FIRST_RECORD_SECTION WW_S_LANG

/*
 * The fields of each record section:
 *	F(section, name, kind, key, needed, target)
 * key is the member's name in knowledge/, or NULL where the compiler works
 * the field out; needed says that the compiler insists on it; target is the
 * section of WW_KIND_REF, _LIST and _IDS, or the words of WW_KIND_ENUM.
 */
#define WW_LANG_FIELDS(F)      F(LANG, ID, STR, NULL, 1, 0)

#define WW_MESSAGE_FIELDS(F)   F(MESSAGE, TEXT, TEXT, NULL, 1, 0)

#define WW_WORD_FIELDS(F)      F(WORD, STR, STR, "", 1, 0)

#define WW_PARAGRAPH_FIELDS(F) F(PARAGRAPH, TEXT, TEXT, "", 1, 0)

#define WW_SOURCE_FIELDS(F)                          \
	F(SOURCE, ID, STR, "id", 1, 0)               \
	F(SOURCE, TITLE, STR, "title", 1, 0)         \
	F(SOURCE, PUBLISHER, STR, "publisher", 1, 0) \
	F(SOURCE, URL, STR, "url", 0, 0)             \
	F(SOURCE, READ, STR, "read", 1, 0)

#define WW_LOG_FIELDS(F)                   \
	F(LOG, WHERE, TEXT, "where", 1, 0) \
	F(LOG, WHAT, TEXT, "what", 1, 0)

#define WW_RECIPE_FIELDS(F)                                \
	F(RECIPE, SHELL, ENUM, "shell", 1, WW_WORDS_SHELL) \
	F(RECIPE, COMMAND, STR, "command", 1, 0)           \
	F(RECIPE, NOTE, TEXT, "note", 0, 0)

#define WW_SPACE_RULE_FIELDS(F)                                         \
	F(SPACE_RULE, ORIGIN, STR, "origin", 0, 0)                      \
	F(SPACE_RULE, SEVERITY, ENUM, "severity", 0, WW_WORDS_SEVERITY) \
	F(SPACE_RULE, SPACE, ENUM, "space", 1, WW_WORDS_SPACE)

#define WW_FAMILY_FIELDS(F)                                   \
	F(FAMILY, ID, STR, "id", 1, 0)                        \
	F(FAMILY, NAME, TEXT, "name", 1, 0)                   \
	F(FAMILY, SPACE, ENUM, "space", 1, WW_WORDS_SPACE)    \
	F(FAMILY, SPACES, LIST, "spaces", 0, WW_S_SPACE_RULE) \
	F(FAMILY, RAISED, TEXT, "raised", 1, 0)               \
	F(FAMILY, SURFACES, TEXT, "surfaces", 1, 0)           \
	F(FAMILY, LOGS, LIST, "logs", 0, WW_S_LOG)            \
	F(FAMILY, DECODE, LIST, "decode", 0, WW_S_RECIPE)     \
	F(FAMILY, NO_DECODE, TEXT, "no_decode", 0, 0)         \
	F(FAMILY, PROMINENCE, NUM, "prominence", 0, 0)        \
	F(FAMILY, SHARED, ENUM, "shared", 0, WW_WORDS_NO_YES) \
	F(FAMILY, SOURCES, IDS, "sources", 1, WW_S_SOURCE)

#define WW_FACILITY_FIELDS(F)                            \
	F(FACILITY, KIND, ENUM, NULL, 1, WW_WORDS_SPACE) \
	F(FACILITY, NUMBER, NUM, NULL, 1, 0)             \
	F(FACILITY, NAME, STR, NULL, 1, 0)               \
	F(FACILITY, TITLE, TEXT, NULL, 1, 0)

#define WW_CONTEXT_FIELDS(F)                           \
	F(CONTEXT, ID, STR, "id", 1, 0)                \
	F(CONTEXT, WORDS, LIST, "words", 1, WW_S_WORD) \
	F(CONTEXT, TITLE, TEXT, "title", 1, 0)         \
	F(CONTEXT, FAMILIES, IDS, "families", 1, WW_S_FAMILY)

/* Stands at the place its hash gives; CODES is empty where nothing does. */
#define WW_VALUE_FIELDS(F)               \
	F(VALUE, VALUE, NUM, NULL, 1, 0) \
	F(VALUE, CODES, LIST, NULL, 1, WW_S_CODE)

/* Sorted by value. */
#define WW_CODE_FIELDS(F)                             \
	F(CODE, VALUE, NUM, NULL, 1, 0)               \
	F(CODE, SPACE, ENUM, NULL, 1, WW_WORDS_SPACE) \
	F(CODE, FAMILY, REF, NULL, 1, WW_S_FAMILY)    \
	F(CODE, NAME, STR, NULL, 0, 0)                \
	F(CODE, ORIGIN, STR, NULL, 1, 0)              \
	F(CODE, MEANING, TEXT, NULL, 0, 0)            \
	F(CODE, FLAGS, NUM, NULL, 0, 0)               \
	F(CODE, SOURCES, IDS, NULL, 1, WW_S_SOURCE)   \
	F(CODE, REVIEWED, STR, NULL, 0, 0)

#define WW_STEP_FIELDS(F)                                            \
	F(STEP, ID, STR, "id", 1, 0)                                 \
	F(STEP, TITLE, TEXT, "title", 1, 0)                          \
	F(STEP, SIDE, ENUM, "side", 1, WW_WORDS_SIDE)                \
	F(STEP, PLACE, TEXT, "place", 1, 0)                          \
	F(STEP, SHELL, ENUM, "shell", 1, WW_WORDS_SHELL)             \
	F(STEP, ELEVATED, ENUM, "elevated", 1, WW_WORDS_NO_YES)      \
	F(STEP, RISK, ENUM, "risk", 1, WW_WORDS_RISK)                \
	F(STEP, RISK_WHY, TEXT, "risk_why", 0, 0)                    \
	F(STEP, PRECHECK, TEXT, "precheck", 0, 0)                    \
	F(STEP, COMMANDS, STR, "commands", 0, 0)                     \
	F(STEP, EXPECT, TEXT, "expect", 1, 0)                        \
	F(STEP, UNDO, TEXT, "undo", 0, 0)                            \
	F(STEP, STOP, TEXT, "stop", 0, 0)                            \
	F(STEP, CERTAINTY, ENUM, "certainty", 1, WW_WORDS_CERTAINTY) \
	F(STEP, SOURCES, IDS, "sources", 1, WW_S_SOURCE)

#define WW_RAISED_FIELDS(F)                 \
	F(RAISED, WHO, TEXT, "who", 1, 0)   \
	F(RAISED, WHEN, TEXT, "when", 1, 0) \
	F(RAISED, SOURCES, IDS, "sources", 1, WW_S_SOURCE)

#define WW_RULED_OUT_FIELDS(F)                                            \
	F(RULED_OUT, WHAT, TEXT, "what", 1, 0)                            \
	F(RULED_OUT, BECAUSE, TEXT, "because", 1, 0)                      \
	F(RULED_OUT, SCOPE, ENUM, "scope", 1, WW_WORDS_SIDE)              \
	F(RULED_OUT, BUT, TEXT, "but", 0, 0)                              \
	F(RULED_OUT, CERTAINTY, ENUM, "certainty", 1, WW_WORDS_CERTAINTY) \
	F(RULED_OUT, SOURCES, IDS, "sources", 1, WW_S_SOURCE)

/* CAUSE_AT is the cause's place among its topic's, plus 1; 0 is none. */
#define WW_BRANCH_FIELDS(F)                              \
	F(BRANCH, WHEN, LIST, "when", 1, WW_S_PARAGRAPH) \
	F(BRANCH, CAUSE, STR, "cause", 0, 0)             \
	F(BRANCH, VERDICT, TEXT, "verdict", 0, 0)        \
	F(BRANCH, CAUSE_AT, NUM, NULL, 0, 0)

#define WW_SETTLE_FIELDS(F)                                    \
	F(SETTLE, LEAD, TEXT, "lead", 1, 0)                    \
	F(SETTLE, COMMAND, STR, "command", 0, 0)               \
	F(SETTLE, COLUMNS, LIST, "columns", 1, WW_S_PARAGRAPH) \
	F(SETTLE, BRANCHES, LIST, "branches", 1, WW_S_BRANCH)

#define WW_EVIDENCE_FIELDS(F)                   \
	F(EVIDENCE, WHERE, TEXT, "where", 0, 0) \
	F(EVIDENCE, SHOWS, TEXT, "shows", 1, 0)

#define WW_MATCH_FIELDS(F)                              \
	F(MATCH, KIND, ENUM, "kind", 1, WW_WORDS_MATCH) \
	F(MATCH, VALUE, STR, "value", 1, 0)

#define WW_CAUSE_FIELDS(F)                                               \
	F(CAUSE, ID, STR, "id", 1, 0)                                    \
	F(CAUSE, TITLE, TEXT, "title", 1, 0)                             \
	F(CAUSE, LIKELIHOOD, ENUM, "likelihood", 1, WW_WORDS_LIKELIHOOD) \
	F(CAUSE, EVIDENCE, LIST, "evidence", 1, WW_S_EVIDENCE)           \
	F(CAUSE, SETTLE, TEXT, "settle", 1, 0)                           \
	F(CAUSE, MATCH, LIST, "match", 0, WW_S_MATCH)                    \
	F(CAUSE, STEPS, IDS, "steps", 1, WW_S_STEP)                      \
	F(CAUSE, CERTAINTY, ENUM, "certainty", 1, WW_WORDS_CERTAINTY)    \
	F(CAUSE, SOURCES, IDS, "sources", 1, WW_S_SOURCE)

#define WW_FOLKLORE_FIELDS(F)                     \
	F(FOLKLORE, ADVICE, TEXT, "advice", 1, 0) \
	F(FOLKLORE, WHY, TEXT, "why", 1, 0)       \
	F(FOLKLORE, SOURCES, IDS, "sources", 1, WW_S_SOURCE)

#define WW_FAQ_FIELDS(F)                         \
	F(FAQ, QUESTION, TEXT, "question", 1, 0) \
	F(FAQ, ANSWER, TEXT, "answer", 1, 0)     \
	F(FAQ, SOURCES, IDS, "sources", 1, WW_S_SOURCE)

#define WW_RELATED_FIELDS(F)                 \
	F(RELATED, CODE, STR, "code", 1, 0)  \
	F(RELATED, NOTE, TEXT, "note", 1, 0) \
	F(RELATED, VALUE, NUM, NULL, 0, 0)   \
	F(RELATED, SPACE, ENUM, NULL, 0, WW_WORDS_SPACE)

/* FAMILY is 0 where the topic covers the number in every family. */
#define WW_TOPIC_CODE_FIELDS(F)                             \
	F(TOPIC_CODE, WRITTEN, STR, "", 1, 0)               \
	F(TOPIC_CODE, VALUE, NUM, NULL, 0, 0)               \
	F(TOPIC_CODE, SPACE, ENUM, NULL, 0, WW_WORDS_SPACE) \
	F(TOPIC_CODE, FAMILY, REF, NULL, 0, WW_S_FAMILY)

#define WW_TOPIC_FIELDS(F)                                        \
	F(TOPIC, ID, STR, "id", 1, 0)                             \
	F(TOPIC, KIND, ENUM, "kind", 1, WW_WORDS_TOPIC)           \
	F(TOPIC, ORDER, NUM, "order", 0, 0)                       \
	F(TOPIC, CODES, LIST, "codes", 1, WW_S_TOPIC_CODE)        \
	F(TOPIC, CONTEXTS, IDS, "contexts", 0, WW_S_CONTEXT)      \
	F(TOPIC, TITLE, TEXT, "title", 1, 0)                      \
	F(TOPIC, CHANGED, STR, "changed", 1, 0)                   \
	F(TOPIC, SUMMARY, TEXT, "summary", 1, 0)                  \
	F(TOPIC, MEANING, LIST, "meaning", 1, WW_S_PARAGRAPH)     \
	F(TOPIC, RAISED, LIST, "raised", 1, WW_S_RAISED)          \
	F(TOPIC, RULES_OUT, LIST, "rules_out", 1, WW_S_RULED_OUT) \
	F(TOPIC, SETTLE, LIST, "settle", 1, WW_S_SETTLE)          \
	F(TOPIC, CAUSES, LIST, "causes", 1, WW_S_CAUSE)           \
	F(TOPIC, FOLKLORE, LIST, "folklore", 0, WW_S_FOLKLORE)    \
	F(TOPIC, LOGGED, LIST, "logged", 1, WW_S_LOG)             \
	F(TOPIC, FAQ, LIST, "faq", 1, WW_S_FAQ)                   \
	F(TOPIC, RELATED, LIST, "related", 0, WW_S_RELATED)       \
	F(TOPIC, SOURCES, IDS, "sources", 1, WW_S_SOURCE)

/* Which topics cover a number: sorted by value, best first. */
#define WW_TOPIC_KEY_FIELDS(F)                             \
	F(TOPIC_KEY, VALUE, NUM, NULL, 1, 0)               \
	F(TOPIC_KEY, SPACE, ENUM, NULL, 1, WW_WORDS_SPACE) \
	F(TOPIC_KEY, FAMILY, REF, NULL, 1, WW_S_FAMILY)    \
	F(TOPIC_KEY, TOPIC, REF, NULL, 1, WW_S_TOPIC)

/* Sorted by text.  A document is a code, or a topic plus the codes' count. */
#define WW_TERM_FIELDS(F)              \
	F(TERM, TEXT, STR, NULL, 1, 0) \
	F(TERM, POSTINGS, LIST, NULL, 1, WW_S_POSTING)

/* The kinds of logs: one for each word of WW_WORDS_DIALECT, in its order. */
#define WW_LOG_KIND_FIELDS(F)                             \
	F(LOG_KIND, ID, STR, "id", 1, 0)                  \
	F(LOG_KIND, TITLE, TEXT, "title", 1, 0)           \
	F(LOG_KIND, PATH, STR, "path", 0, 0)              \
	F(LOG_KIND, SIDE, ENUM, "side", 1, WW_WORDS_SIDE) \
	F(LOG_KIND, FETCH, STR, "fetch", 0, 0)            \
	F(LOG_KIND, HOLDS, TEXT, "holds", 1, 0)           \
	F(LOG_KIND, CONTEXT, REF, "context", 0, WW_S_CONTEXT)

/* The kinds of episodes, likewise of WW_WORDS_EPISODE. */
#define WW_EPISODE_KIND_FIELDS(F)                                       \
	F(EPISODE_KIND, ID, STR, "id", 1, 0)                            \
	F(EPISODE_KIND, TITLE, TEXT, "title", 1, 0)                     \
	F(EPISODE_KIND, FAILED, TEXT, "failed", 1, 0)                   \
	F(EPISODE_KIND, BARE, TEXT, "bare", 1, 0)                       \
	F(EPISODE_KIND, NO_ITEMS, TEXT, "no_items", 0, 0)               \
	F(EPISODE_KIND, SUCCEEDED, TEXT, "succeeded", 1, 0)             \
	F(EPISODE_KIND, EXCLUDES, TEXT, "excludes", 0, 0)               \
	F(EPISODE_KIND, APART, ENUM, "apart", 0, WW_WORDS_NO_YES)       \
	F(EPISODE_KIND, INSIDE, LIST, "inside", 0, WW_S_IN_EPISODE)     \
	F(EPISODE_KIND, SETTLED_BY, LIST, "settled_by", 0, WW_S_IN_LOG) \
	F(EPISODE_KIND, TOPIC, REF, "topic", 0, WW_S_TOPIC)

#define WW_IN_LOG_FIELDS(F) F(IN_LOG, LOG, ENUM, "", 1, WW_WORDS_DIALECT)

#define WW_IN_EPISODE_FIELDS(F) \
	F(IN_EPISODE, KIND, ENUM, "", 1, WW_WORDS_EPISODE)

#define WW_PATTERN_FIELDS(F) F(PATTERN, TEXT, STR, "", 1, 0)

#define WW_SAMPLE_FIELDS(F)  F(SAMPLE, LINE, STR, "", 1, 0)

/* Another signature that must have been seen, and how near. */
#define WW_NEAR_FIELDS(F)                                   \
	F(NEAR, SIGNATURE, STR, "signature", 1, 0)          \
	F(NEAR, WITHIN, ENUM, "within", 1, WW_WORDS_WITHIN) \
	F(NEAR, COUNT, NUM, "count", 0, 0)                  \
	F(NEAR, SIGNATURE_AT, NUM, NULL, 0, 0)

/* CAUSE_AT is the cause's place among its topic's, plus 1; 0 is none. */
#define WW_SIGNATURE_FIELDS(F)                                            \
	F(SIGNATURE, ID, STR, "id", 1, 0)                                 \
	F(SIGNATURE, SAYS, ENUM, "says", 1, WW_WORDS_SAYS)                \
	F(SIGNATURE, LOGS, LIST, "logs", 1, WW_S_IN_LOG)                  \
	F(SIGNATURE, PATTERNS, LIST, "patterns", 1, WW_S_PATTERN)         \
	F(SIGNATURE, EPISODES, LIST, "episodes", 0, WW_S_IN_EPISODE)      \
	F(SIGNATURE, ALONE, ENUM, "alone", 0, WW_WORDS_NO_YES)            \
	F(SIGNATURE, NEAR, LIST, "near", 0, WW_S_NEAR)                    \
	F(SIGNATURE, TOPIC, REF, "topic", 0, WW_S_TOPIC)                  \
	F(SIGNATURE, CAUSE, STR, "cause", 0, 0)                           \
	F(SIGNATURE, TITLE, TEXT, "title", 1, 0)                          \
	F(SIGNATURE, BECAUSE, TEXT, "because", 0, 0)                      \
	F(SIGNATURE, HITS, LIST, "hits", 1, WW_S_SAMPLE)                  \
	F(SIGNATURE, MISSES, LIST, "misses", 1, WW_S_SAMPLE)              \
	F(SIGNATURE, CERTAINTY, ENUM, "certainty", 1, WW_WORDS_CERTAINTY) \
	F(SIGNATURE, SOURCES, IDS, "sources", 1, WW_S_SOURCE)             \
	F(SIGNATURE, CAUSE_AT, NUM, NULL, 0, 0)

#define WW_STOP_PARAMETERS_EACH 4 /* so many has a stop code */

/* What one of the parameters of a stop code is. */
#define WW_STOP_PARAMETER_FIELDS(F)                 \
	F(STOP_PARAMETER, WHAT, TEXT, "what", 1, 0) \
	F(STOP_PARAMETER, IS, ENUM, "is", 0, WW_WORDS_PARAMETER)

/* A value of one of them, and what it makes of the others. */
#define WW_STOP_CASE_FIELDS(F)                          \
	F(STOP_CASE, PARAMETER, NUM, "parameter", 1, 0) \
	F(STOP_CASE, VALUE, STR, "value", 1, 0)         \
	F(STOP_CASE, MEANS, TEXT, "means", 1, 0)        \
	F(STOP_CASE, PARAMETERS, LIST, "parameters", 0, WW_S_STOP_PARAMETER)

#define WW_STOP_FIELDS(F)                                               \
	F(STOP, ID, STR, "id", 1, 0)                                    \
	F(STOP, CODES, LIST, "codes", 1, WW_S_TOPIC_CODE)               \
	F(STOP, PARAMETERS, LIST, "parameters", 1, WW_S_STOP_PARAMETER) \
	F(STOP, CASES, LIST, "cases", 0, WW_S_STOP_CASE)                \
	F(STOP, SOURCES, IDS, "sources", 1, WW_S_SOURCE)

/* A value of an event's field that says something, as it is written. */
#define WW_EVENT_VALUE_FIELDS(F)                  \
	F(EVENT_VALUE, VALUE, STR, "value", 1, 0) \
	F(EVENT_VALUE, MEANS, TEXT, "means", 1, 0)

/* Fields without a name are param1, param2, ...; some were named later. */
#define WW_EVENT_FIELD_FIELDS(F)                              \
	F(EVENT_FIELD, NAME, STR, "name", 1, 0)               \
	F(EVENT_FIELD, ALSO, STR, "also", 0, 0)               \
	F(EVENT_FIELD, WHAT, TEXT, "what", 0, 0)              \
	F(EVENT_FIELD, IS, ENUM, "is", 0, WW_WORDS_CODE_KIND) \
	F(EVENT_FIELD, BASE, ENUM, "base", 0, WW_WORDS_BASE)  \
	F(EVENT_FIELD, VALUES, LIST, "values", 0, WW_S_EVENT_VALUE)

/* The fields in order, of those versions; without them: of all. */
#define WW_EVENT_FORM_FIELDS(F)                        \
	F(EVENT_FORM, VERSIONS, STR, "versions", 0, 0) \
	F(EVENT_FORM, FIELDS, LIST, "fields", 1, WW_S_EVENT_FIELD)

#define WW_EVENT_KIND_FIELDS(F)                                            \
	F(EVENT_KIND, ID, STR, "id", 1, 0)                                 \
	F(EVENT_KIND, PROVIDER, STR, "provider", 1, 0)                     \
	F(EVENT_KIND, ALIASES, LIST, "aliases", 0, WW_S_WORD)              \
	F(EVENT_KIND, NUMBER, NUM, "number", 1, 0)                         \
	F(EVENT_KIND, WEIGHT, ENUM, "weight", 1, WW_WORDS_WEIGHT)          \
	F(EVENT_KIND, TITLE, TEXT, "title", 1, 0)                          \
	F(EVENT_KIND, SAYS, TEXT, "says", 0, 0)                            \
	F(EVENT_KIND, NEXT, TEXT, "next", 0, 0)                            \
	F(EVENT_KIND, FORMS, LIST, "forms", 0, WW_S_EVENT_FORM)            \
	F(EVENT_KIND, CERTAINTY, ENUM, "certainty", 1, WW_WORDS_CERTAINTY) \
	F(EVENT_KIND, SOURCES, IDS, "sources", 1, WW_S_SOURCE)

/* Each name an event is logged under: sorted by number, then by name. */
#define WW_EVENT_KEY_FIELDS(F)                  \
	F(EVENT_KEY, NUMBER, NUM, NULL, 1, 0)   \
	F(EVENT_KEY, PROVIDER, STR, NULL, 1, 0) \
	F(EVENT_KEY, KIND, REF, NULL, 1, WW_S_EVENT_KIND)

/* What people see, to browse topics by; each topic stands under one at least.
 */
#define WW_SYMPTOM_FIELDS(F)                   \
	F(SYMPTOM, ID, STR, "id", 1, 0)        \
	F(SYMPTOM, TITLE, TEXT, "title", 1, 0) \
	F(SYMPTOM, TOPICS, IDS, "topics", 1, WW_S_TOPIC)

/* What a client of one generation ends with; the first code is that of a scan.
 */
#define WW_CLIENT_CODE_FIELDS(F)                                            \
	F(CLIENT_CODE, CLIENT, ENUM, "client", 1, WW_WORDS_CLIENT)          \
	F(CLIENT_CODE, CODES, LIST, "codes", 1, WW_S_TOPIC_CODE)            \
	F(CLIENT_CODE, CERTAINTY, ENUM, "certainty", 1, WW_WORDS_CERTAINTY) \
	F(CLIENT_CODE, SOURCES, IDS, "sources", 1, WW_S_SOURCE)

/* What the conversation with an update server can break on. */
#define WW_TROUBLE_FIELDS(F)                             \
	F(TROUBLE, ID, STR, "id", 1, 0)                  \
	F(TROUBLE, SAYS, TEXT, "says", 1, 0)             \
	F(TROUBLE, SIDE, ENUM, "side", 1, WW_WORDS_SIDE) \
	F(TROUBLE, CLIENTS, LIST, "clients", 0, WW_S_CLIENT_CODE)

/* A step of it, and after how many milliseconds it is slow. */
#define WW_PROBE_STEP_FIELDS(F)                                            \
	F(PROBE_STEP, ID, STR, "id", 1, 0)                                 \
	F(PROBE_STEP, TITLE, TEXT, "title", 1, 0)                          \
	F(PROBE_STEP, SLOW, NUM, "slow", 1, 0)                             \
	F(PROBE_STEP, CERTAINTY, ENUM, "certainty", 1, WW_WORDS_CERTAINTY) \
	F(PROBE_STEP, SOURCES, IDS, "sources", 1, WW_S_SOURCE)

/*
 * WW_CODE_NAME and so on: where a field stands in its record, in 32-bit
 * words; WW_CODE_WIDTH: how many a record has.
 */
#define WW_FIELD_AT(section, name, kind, key, needed, target) \
	WW_##section##_##name,                                \
	    WW_##section##_##name##_END =                     \
		WW_##section##_##name + WW_WIDTH_##kind - 1,
#define X(name) enum { WW_##name##_FIELDS(WW_FIELD_AT) WW_##name##_WIDTH };
WW_RECORD_SECTIONS(X)
#undef X

/* The closed word lists of WW_KIND_ENUM, in schema.c. */
enum ww_words {
	WW_WORDS_SPACE,
	WW_WORDS_SEVERITY,
	WW_WORDS_SHELL,
	WW_WORDS_SIDE,
	WW_WORDS_NO_YES,
	WW_WORDS_RISK,
	WW_WORDS_CERTAINTY,
	WW_WORDS_LIKELIHOOD,
	WW_WORDS_MATCH,
	WW_WORDS_TOPIC,
	WW_WORDS_DIALECT,
	WW_WORDS_EPISODE,
	WW_WORDS_SAYS,
	WW_WORDS_WITHIN,
	WW_WORDS_PARAMETER,
	WW_WORDS_CODE_KIND,
	WW_WORDS_BASE,
	WW_WORDS_WEIGHT,
	WW_WORDS_CLIENT,
	WW_WORDS_LISTS
};

enum ww_risk { WW_RISK_NONE, WW_RISK_LOW, WW_RISK_MEDIUM, WW_RISK_HIGH };

enum ww_match {
	WW_MATCH_TEXT,
	WW_MATCH_P1,
	WW_MATCH_P2,
	WW_MATCH_P3,
	WW_MATCH_P4,
	WW_MATCH_EXTEND,
	WW_MATCH_PHASE,
	WW_MATCH_OPERATION,
	WW_MATCH_STOPS, /* so many crash dumps with as many stop codes */
};

/* The kinds of logs that are read; the words of WW_WORDS_DIALECT. */
enum ww_dialect_id {
	WW_DIALECT_TEXT, /* none of the others: time, level and codes */
	WW_DIALECT_WU,	 /* WindowsUpdate.log of Get-WindowsUpdateLog */
	WW_DIALECT_WU_CLASSIC,
	WW_DIALECT_WU_UNDECODED, /* "No Format Information found" */
	WW_DIALECT_CBS,		 /* CBS.log, CbsPersist, CheckSUR, [SR] */
	WW_DIALECT_CHECKSUR,	 /* CheckSUR.log of Windows 7 */
	WW_DIALECT_DISM,
	WW_DIALECT_DISM_CONSOLE,
	WW_DIALECT_SFC_CONSOLE,
	WW_DIALECT_MSI,
	WW_DIALECT_REPORTING, /* ReportingEvents.log */
	WW_DIALECT_WSUS,      /* SoftwareDistribution.log of the server */
	WW_DIALECT_WSUS_CHANGE,
	WW_DIALECT_IIS,
	WW_DIALECT_HTTPERR,
	WW_DIALECT_SETUP,     /* setupact.log, setuperr.log, BlueBox.log */
	WW_DIALECT_REGISTRY,  /* an export, or what reg query prints */
	WW_DIALECT_SETUPDIAG, /* its results: text, XML, JSON */
	WW_DIALECT_COMPAT,    /* CompatData*.xml of Windows Setup */
	WW_DIALECT_STATUS,  /* dsregcmd, systeminfo, netsh winhttp, gpresult */
	WW_DIALECT_CMTRACE, /* Configuration Manager client, smsts.log */
	WW_DIALECT_INTUNE,  /* Intune Management Extension: same form */
	WW_DIALECT_CCM_SERVER, /* Configuration Manager site servers */
	WW_DIALECT_SETUPAPI,   /* setupapi.dev.log and its like */
	WW_DIALECT_NETSETUP,   /* NetSetup.log: joins of a domain */
	WW_DIALECT_PFRO, /* PFRO.log: files replaced at a start of Windows */
	WW_DIALECT_MRT,	 /* mrt.log */
	WW_DIALECT_FIREWALL,  /* pfirewall.log */
	WW_DIALECT_EVENTS,    /* events exported as text or XML */
	WW_DIALECT_RSOP,      /* gpresult /x */
	WW_DIALECT_MPLOG,     /* MPLog-*.log of Defender Antivirus */
	WW_DIALECT_DOLOG,     /* Get-DeliveryOptimizationLog */
	WW_DIALECT_DUMP,      /* crash dumps of Windows and of programs */
	WW_DIALECT_WER,	      /* Report.wer */
	WW_DIALECT_USO,	      /* traces of the update orchestrator */
	WW_DIALECT_WAASMEDIC, /* traces of the update medic */
	WW_DIALECT_TRACE,     /* any other event trace */
	WW_DIALECT_PROBE,     /* what winwhy wsus writes with --capture */
	WW_DIALECTS
};

/* The kinds of episodes; the words of WW_WORDS_EPISODE. */
enum ww_episode_id {
	WW_EPISODE_WU_SCAN,
	WW_EPISODE_WU_DOWNLOAD,
	WW_EPISODE_WU_INSTALL,
	WW_EPISODE_CBS_SESSION,	  /* packages of one client, one session */
	WW_EPISODE_STORE_CHECK,	  /* CheckSUR, CheckHealth, RestoreHealth */
	WW_EPISODE_SFC,		  /* sfc /scannow, /verifyonly */
	WW_EPISODE_DISM,	  /* one command line of DISM */
	WW_EPISODE_MSI,		  /* one product installed, changed, removed */
	WW_EPISODE_WSUS_SERVICE,  /* a service of WSUS, as its log tells */
	WW_EPISODE_WEB_SERVICE,	  /* one path of IIS, as its log tells */
	WW_EPISODE_SETUP,	  /* Windows installed, upgraded or put back */
	WW_EPISODE_SYSPREP,	  /* one run of Sysprep */
	WW_EPISODE_SETUP_SCAN,	  /* for what would block an upgrade */
	WW_EPISODE_UPDATE_POLICY, /* one that cannot be obeyed */
	WW_EPISODE_CCM_APP,	  /* one application of Configuration Manager */
	WW_EPISODE_INTUNE_APP,	  /* one Win32 app of Intune */
	WW_EPISODE_TASK_SEQUENCE,
	WW_EPISODE_CCM_SETUP, /* setup of the Configuration Manager client */
	WW_EPISODE_DEVICE_INSTALL,    /* one device or driver package */
	WW_EPISODE_DOMAIN_JOIN,	      /* a domain or workgroup joined or left */
	WW_EPISODE_COMPUTER_NAME,     /* names written into the account */
	WW_EPISODE_PENDING_RENAMES,   /* files replaced, one start of Windows */
	WW_EPISODE_MALWARE_REMOVAL,   /* one run of the removal tool */
	WW_EPISODE_SERVICE,	      /* one service of Windows */
	WW_EPISODE_STOP,	      /* Windows stopped with a stop code */
	WW_EPISODE_GROUP_POLICY,      /* one extension of group policy */
	WW_EPISODE_MALWARE_DETECTION, /* one threat and its removal */
	WW_EPISODE_DO_DOWNLOAD,	      /* one job of Delivery Optimization */
	WW_EPISODE_APP_CRASH,	      /* one program that was ended */
	WW_EPISODE_LOGON,	      /* one account from one source */
	WW_EPISODE_SHUTDOWN,	      /* Windows went down, orderly or not */
	WW_EPISODE_APP_HANG,	      /* one program that did not respond */
	WW_EPISODE_LIVE_EVENT,	      /* Windows noted a fault and went on */
	WW_EPISODE_WSUS_PROBE,	      /* an update server asked by winwhy */
	WW_EPISODES
};

/* What a topic is to a failure; the words of WW_WORDS_TOPIC go on. */
enum ww_topic_kind { WW_TOPIC_IS_CAUSE, WW_TOPIC_IS_CARRIER };

/* Where something is to be done; the words of WW_WORDS_SIDE. */
enum ww_side { WW_SIDE_CLIENT, WW_SIDE_SERVER, WW_SIDE_NETWORK, WW_SIDE_ANY };

/* What a signature says; the words of WW_WORDS_SAYS. */
enum ww_says { WW_SAYS_CAUSE, WW_SAYS_HARMLESS, WW_SAYS_CONTEXT };

/* How near another must be; the words of WW_WORDS_WITHIN. */
enum ww_within {
	WW_WITHIN_EPISODE,
	WW_WITHIN_THREAD,
	WW_WITHIN_RECORDS,
	WW_WITHIN_SECONDS,
};

/* What a parameter holds besides a number; the words of WW_WORDS_PARAMETER. */
enum ww_parameter { WW_PARAMETER_NUMBER, WW_PARAMETER_NTSTATUS };

/* Generations of update clients; the words of WW_WORDS_CLIENT. */
enum ww_client { WW_CLIENT_MODERN, WW_CLIENT_LEGACY };

/* What kind of code a number is; the words of WW_WORDS_CODE_KIND. */
enum ww_code_kind {
	WW_CODE_IS_NONE, /* no code, or one of which the kind is not known */
	WW_CODE_IS_HRESULT,
	WW_CODE_IS_NTSTATUS,
	WW_CODE_IS_WIN32,
	WW_CODE_IS_STOP, /* a stop code */
	WW_CODE_IS_KERBEROS,
	WW_CODE_IS_TLS_ALERT,
	WW_CODE_IS_JET, /* of the database engine: negative */
	WW_CODE_IS_WMI,
	WW_CODE_IS_MSI, /* what Windows Installer ends with */
	WW_CODE_KINDS
};

/* How a field writes its code; the words of WW_WORDS_BASE. */
enum ww_base {
	WW_BASE_NONE,
	WW_BASE_DECIMAL, /* perhaps with a minus */
	WW_BASE_HEX,	 /* 0x18 */
	WW_BASE_BARE,	 /* hexadecimal without 0x: 8024001f */
	WW_BASE_MESSAGE, /* %%1058 */
	WW_BASE_TEXT,	 /* the first 0x... of a text */
	WW_BASE_BYTES,	 /* hexadecimal bytes, the lowest first: 220000C0 */
};

/* Bits of WW_CODE_FLAGS, in the order of ww_code_flags[]. */
enum {
	WW_FLAG_SUCCESS = 1,
	WW_FLAG_CARRIER = 2,
	WW_FLAG_SUM = 4,
	WW_FLAG_DEPRECATED = 8,
	WW_FLAG_AMBIGUOUS = 16,
};
#define WW_CODE_FLAGS_ALL 31u
extern const char *const ww_code_flags[]; /* ended by NULL */

struct ww_field {
	const char *key; /* static, or NULL */
	enum ww_kind kind;
	bool needed;
	unsigned target; /* a section, or one of enum ww_words */
	unsigned at;	 /* in 32-bit words */
};

struct ww_schema {
	const char *name; /* static */
	const struct ww_field *fields;
	size_t n_fields;
	unsigned width; /* of a record, in 32-bit words */
};

/* NULL for a plain section. */
const struct ww_schema *ww_schema_of(enum ww_section section);

/* The words of a list, ended by NULL. */
const char *const *ww_words_of(enum ww_words list);

/* Bytes a record of any section takes; TEXT depends on the languages. */
size_t ww_section_width(enum ww_section section, unsigned n_langs);

/*
 * The hash over values.  A value falls into a bucket, the bucket's pilot is
 * mixed in, and the result is a place in WW_S_VALUE.  Pilots are chosen by
 * the compiler so that no two values share a place.
 */
static inline uint32_t
ww_hash_mix(uint32_t v)
{
	/* Two multiply-xorshift rounds: enough to spread runs of codes. */
	v ^= v >> 16;
	v *= 0x7feb352du;
	v ^= v >> 15;
	v *= 0x846ca68bu;
	v ^= v >> 16;
	return v;
}

/* h scaled to 0..n-1 without a division. */
static inline uint32_t
ww_hash_scale(uint32_t h, uint32_t n)
{
	return (uint32_t)((uint64_t)h * n >> 32);
}

static inline uint32_t
ww_hash_bucket(uint32_t value, uint32_t n_buckets)
{
	return ww_hash_scale(ww_hash_mix(value), n_buckets);
}

static inline uint32_t
ww_hash_place(uint32_t value, uint32_t pilot, uint32_t n_places)
{
	return ww_hash_scale(ww_hash_mix(value ^ (pilot + 1) * 0x9e3779b9u),
			     n_places);
}

#endif
