/*
 * Diagnosis: files of an endpoint to a verdict.
 *
 * A diagnosis is opened, given its inputs, and asked for its report.  Each
 * input is read from its start to its end, once; that takes a bounded amount
 * of memory, whatever its size.
 */
#ifndef WINWHY_DIAGNOSE_H
#define WINWHY_DIAGNOSE_H

#include <winwhy/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Threads that a caller lends, so that several work on one input. */
struct ww_threads {
	unsigned n; /* at most so many at once, besides the caller's own */
	/*
	 * Begin to call fn(arg) on each of n threads, or of fewer, and come
	 * back at once.  What is returned is given to wait(); NULL: there are
	 * none.
	 */
	void *(*start)(void *ctx, unsigned n, void (*fn)(void *arg), void *arg);
	/* Come back when all of them have returned from fn. */
	void (*wait)(void *ctx, void *started);
	void *ctx;
};

/* Where bytes come from. */
struct ww_input {
	/*
	 * Fill buf with up to len bytes and return how many; 0 is the end.
	 * *retwhy, when set, says why the end came early: constant text.
	 */
	size_t (*read)(void *ctx, void *buf, size_t len, const char **retwhy);
	void *ctx;
	/*
	 * For a large input, or NULL.  The answer is the same; read() is called
	 * by the caller's thread only.
	 */
	const struct ww_threads *threads;
};

/*
 * Where a time line keeps its records until all inputs are read: bytes at
 * offsets that begin at 0 and grow without gaps.  Each call is 0 on failure.
 */
struct ww_storage {
	int (*write)(void *ctx, uint64_t at, const void *bytes, size_t len);
	int (*read)(void *ctx, uint64_t at, void *buf, size_t len);
	void *ctx;
};

/* Which records a time line has; those that all of this fits. */
struct ww_timeline_options {
	/* A kind of log, a component, or part of a name; empty: all. */
	struct ww_slice source;
	struct ww_slice text; /* words that stand in the record */
	int level;	      /* 0: all, 1: warnings and errors, 2: errors */
	/* Near a time on the clock that is shown, or near a code. */
	int has_around, has_code;
	int64_t around;
	uint32_t code;
	int64_t within; /* microseconds before and behind */
	struct ww_storage storage;
};

struct ww_diagnose_options {
	unsigned lang;
	/*
	 * Microseconds since 1970 on the logs' own clock; records outside
	 * are passed over.  0: no limit.
	 */
	int64_t since, until;
	/* Ids of kinds of logs, blanks between them; empty: all. */
	struct ww_slice only;
	/* Count codes and look at nothing else: for ww_diagnosis_codes(). */
	int codes_only;
	/* Users, computers, domains and addresses by pseudonyms: user-1. */
	int redact;
	/* For ww_diagnosis_timeline(), and nothing else; NULL: a diagnosis. */
	const struct ww_timeline_options *timeline;
};

struct ww_diagnosis;

/* The catalogue must outlive the diagnosis. */
WW_API enum ww_status ww_diagnosis_open(const struct ww_catalogue *catalogue,
					const struct ww_diagnose_options *opt,
					struct ww_diagnosis **ret,
					struct ww_error *reterr);

/* NULL is allowed. */
WW_API void ww_diagnosis_close(struct ww_diagnosis *diagnosis);

/*
 * A place for one input, in the order of the report; the name is what it is
 * quoted by, in UTF-8, and is copied.  Places, and what could not be read or
 * was skipped, are told by one thread and while nothing is read.  Then several
 * threads may read, each place by one of them and once.
 */
WW_API enum ww_status ww_diagnosis_place(struct ww_diagnosis *diagnosis,
					 struct ww_slice name, uint32_t *ret);

/* Read an input to its end.  WW_NOMEM is the only failure. */
WW_API enum ww_status ww_diagnosis_read(struct ww_diagnosis *diagnosis,
					uint32_t place,
					const struct ww_input *input);

/* An input that could not be read, and why; both are copied. */
WW_API enum ww_status ww_diagnosis_unreadable(struct ww_diagnosis *diagnosis,
					      struct ww_slice name,
					      struct ww_slice why);

/* So many inputs were passed over, and why; copied. */
WW_API enum ww_status ww_diagnosis_skipped(struct ww_diagnosis *diagnosis,
					   struct ww_slice why, uint64_t count);

/*
 * Stop reading as soon as possible: what is known is reported.  Any thread
 * may say so, and a signal handler.
 */
WW_API void ww_diagnosis_stop(struct ww_diagnosis *diagnosis);

/*
 * The verdict; the caller closes *ret before the diagnosis.  Reading is over
 * then: what is added later is in no report.
 */
WW_API enum ww_status ww_diagnosis_report(struct ww_diagnosis *diagnosis,
					  struct ww_report **ret,
					  struct ww_error *reterr);

/* The same of the update server that was asked, and of nothing else. */
WW_API enum ww_status ww_diagnosis_probe(struct ww_diagnosis *diagnosis,
					 struct ww_report **ret,
					 struct ww_error *reterr);

/* Every code with its count, first and last place. */
WW_API enum ww_status ww_diagnosis_codes(struct ww_diagnosis *diagnosis,
					 struct ww_report **ret,
					 struct ww_error *reterr);

/*
 * The next records of the time line, at most max, as a report; WW_NOT_FOUND
 * when none is left.  Inputs must have been read one after the other, by one
 * thread.  WW_IO: the storage failed.
 */
WW_API enum ww_status ww_diagnosis_timeline(struct ww_diagnosis *diagnosis,
					    size_t max, struct ww_report **ret,
					    struct ww_error *reterr);

enum ww_verdict { WW_VERDICT_NO_FAULT, WW_VERDICT_UNKNOWN, WW_VERDICT_FAULT };

/* Of the last ww_diagnosis_report(). */
WW_API enum ww_verdict ww_diagnosis_verdict(const struct ww_diagnosis *d);

#ifdef __cplusplus
}
#endif

#endif
