/*
 * Codes in the fields of events: what kind a field holds and how it is
 * written is knowledge, so that nothing is guessed from its shape.
 */
#ifndef WW_EXPLAIN_EVENT_H
#define WW_EXPLAIN_EVENT_H

#include "base/buf.h"
#include "catalogue/events.h"
#include "code/spelling.h"
#include "explain/reading.h"

/*
 * The code that a field's value holds, as EVENT_FIELD says that it writes
 * them.  False: the field holds no code, or the value is none.
 */
bool ww_event_code(struct ww_rec field, struct ww_slice value, uint32_t *ret);

/*
 * Of which kind that code is: where Win32 codes are written, an HRESULT may
 * stand that wraps none.
 */
enum ww_code_kind ww_event_code_kind(struct ww_rec field, uint32_t code);

/* The only way to read codes of that kind, as hints and as it is spelled. */
struct ww_hints ww_code_kind_hints(const struct ww_catalogue *c,
				   enum ww_code_kind kind);
struct ww_spelled ww_code_kind_spelled(enum ww_code_kind kind, uint32_t code);

/* As people write codes of that kind: 1058, 0x18, -1811, 0x80072EE7. */
void ww_code_kind_add(struct ww_buf *buf, enum ww_code_kind kind,
		      uint32_t code);

#endif
