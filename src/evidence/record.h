/*
 * A record: one entry of a log, whatever log it was.  Readers and the prober
 * emit it; nothing behind them knows a file format.
 */
#ifndef WW_EVIDENCE_RECORD_H
#define WW_EVIDENCE_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "evidence/time.h"

enum ww_level {
	WW_LEVEL_NONE, /* the log has none */
	WW_LEVEL_VERBOSE,
	WW_LEVEL_INFO,
	WW_LEVEL_WARNING,
	WW_LEVEL_ERROR,
};

struct ww_record {
	ww_time time; /* on the clock of its file, or WW_NO_TIME */
	enum ww_level level;
	uint32_t process; /* 0 where the log does not say */
	uint32_t thread;
	struct ww_slice component; /* borrowed until the next record */
	/*
	 * What is matched: the message without time, level and component.
	 * Lines that go on with it are part of it, line breaks included.
	 */
	struct ww_slice text;
	struct ww_slice raw; /* the record as it stands; what is quoted */
	/*
	 * Where text holds no more than is looked at, raw is empty, and this
	 * gives it; NULL elsewhere.  Until the next record.
	 */
	struct ww_slice (*whole)(void *ctx);
	void *ctx;
	uint64_t line; /* of its first line, 1 is the first */
};

static inline struct ww_slice
ww_record_raw(const struct ww_record *r)
{
	return r->whole != NULL ? r->whole(r->ctx) : r->raw;
}

#endif
