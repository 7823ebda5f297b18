/*
 * A diagnosis as a tree: the verdict first, then what shows it.  The parts
 * stand in files of their own; each adds its array to the root.
 */
#ifndef WW_REPORT_DIAGNOSIS_H
#define WW_REPORT_DIAGNOSIS_H

#include "diagnose/diagnosis.h"
#include "report/page.h"

struct ww_telling {
	struct ww_report *report;
	const struct ww_diagnosis *d;
	size_t max; /* of a time line's records */
};

void ww_tell_findings(struct ww_telling *t);

/* What the finding excludes, by its code and by what else was found well. */
void ww_tell_contradicts(struct ww_telling *t, struct ww_node *node,
			 const struct ww_finding *f);

void ww_tell_outcomes(struct ww_telling *t);

/* The conversations with update servers: nothing where there is none. */
void ww_tell_probes(struct ww_telling *t);

/* The episode that tells most of a group: its last word; perhaps none. */
struct ww_told ww_tell_last(const struct ww_group *g);

/* What such a conversation broke on, in a sentence; or empty. */
struct ww_text ww_tell_trouble(struct ww_telling *t,
			       const struct ww_episode *e);

void ww_tell_machine_facts(struct ww_telling *t);
void ww_tell_coverage(struct ww_telling *t);
void ww_tell_timeline(struct ww_telling *t);
void ww_tell_codes(struct ww_telling *t);

/* The next records of the time line, at most max. */
void ww_tell_entries(struct ww_telling *t, size_t max);

/* Whether any file could be read at all. */
bool ww_tell_any_read(const struct ww_telling *t);

/* The sentence that is read out on the phone. */
struct ww_text ww_tell_summary(struct ww_telling *t);

/* A finding's sentence, its holes filled. */
struct ww_text ww_tell_title(struct ww_telling *t, const struct ww_finding *f);

/* The sentence of a crash dump; empty where it tells no more than a code. */
struct ww_slice ww_tell_crash_title(struct ww_telling *t,
				    const struct ww_finding *f);

/* Of a stop: what its parameters are, and what they say. */
void ww_tell_crash(struct ww_telling *t, struct ww_node *node,
		   const struct ww_episode *e);

/* The name of a stop code, with or without the bit of small dumps. */
struct ww_slice ww_tell_stop_name(struct ww_telling *t, uint32_t stop);

/*
 * What its number means, in a sentence: nothing where a topic tells of more
 * than that another failure was handed on.
 */
struct ww_text ww_tell_number(struct ww_telling *t, const struct ww_finding *f);

/* A code of a kind as that is written: 0x18, -1811, 0x0000009F. */
struct ww_slice ww_tell_code_of(struct ww_telling *t, enum ww_code_kind kind,
				uint32_t code);

/* The number that an episode ended with. */
struct ww_slice ww_tell_end(struct ww_telling *t, const struct ww_episode *e);

/* 0x80244007, or 1603 and 503 where that is how such numbers are written. */
struct ww_slice ww_tell_code(struct ww_telling *t, uint32_t code);

/* The record's number as a line, or in a binary file as a record. */
void ww_tell_line(struct ww_telling *t, struct ww_node *node,
		  const struct ww_analysis *file, uint64_t line);

/* A place as "at", likewise. */
void ww_tell_at(struct ww_telling *t, struct ww_node *node,
		const struct ww_analysis *file, uint64_t line);

/* file, at, time and text of a quote, as an item of the list. */
void ww_tell_quote(struct ww_telling *t, struct ww_node *list,
		   const struct ww_analysis *file,
		   const struct ww_quote *quote);

/* What an episode told: its notes by name. */
void ww_tell_facts(struct ww_telling *t, struct ww_node *node,
		   const struct ww_episode *e);

/* A time as text; nothing for WW_NO_TIME. */
void ww_tell_time(struct ww_telling *t, struct ww_node *parent,
		  enum ww_node_kind kind, ww_time time);

/* A text of the diagnosis, copied so that the report may outlive nothing. */
void ww_tell_slice(struct ww_telling *t, struct ww_node *parent,
		   enum ww_node_kind kind, struct ww_slice text);

/* A word of ours that the diagnosis holds, likewise copied. */
void ww_tell_word(struct ww_telling *t, struct ww_node *parent,
		  enum ww_node_kind kind, struct ww_slice word);

/* A record's text; the lines of a probe are ours but for what is said there. */
void ww_tell_said(struct ww_telling *t, struct ww_node *parent,
		  enum ww_node_kind kind, const struct ww_analysis *file,
		  struct ww_slice text);

/* A text that is ours in part: mark() tells what is not.  See redact.h. */
void ww_tell_marked(struct ww_telling *t, struct ww_node *parent,
		    enum ww_node_kind kind, struct ww_slice text,
		    void (*mark)(struct ww_buf *, struct ww_slice));

/* A text that goes into a sentence of ours. */
struct ww_slice ww_tell_hole(struct ww_telling *t, struct ww_slice text);

/* A sentence of ours that such texts stand in. */
void ww_tell_text(struct ww_telling *t, struct ww_node *parent,
		  enum ww_node_kind kind, struct ww_text text);

#endif
