#include "episode/trackers.h"
#include "episode/wu.h"

#include "base/banned.h"

/*
 * What a server answered to a call: SOAP faults, HTTP statuses and the
 * sentences of Windows Web Services, as notes of the call whose thread wrote
 * them.  A fault ends nothing: the client recovers from most.
 *
 * Windows 8 and later have the fault's detail as XML, on one line or several;
 * agents up to 7.6 take it apart:
 *
 *	WARNING: SyncUpdates failure, error = 0x8024400E, soap client error =
 *	7, soap error code = 400, HTTP status code = 200
 *	WARNING:     ErrorCode:InternalServerError(5)
 *	WARNING:     Message:(null)
 *	WARNING:     Method:"http://.../ClientWebService/SyncUpdates"
 *	WARNING:     ID:c0a7445f-b989-43fa-ac20-11f8ca65fa8c
 */

static void
add(const struct ww_marked_line *l, const char *name, struct ww_slice value)
{
	struct ww_episode *e = ww_wu_here(l);

	if (e != NULL && !ww_slice_eq(value, WW_LIT("(null)")))
		ww_wu_note(l, e, name, value);
}

/* A later error that is no fault: the fault before it was recovered from. */
static void
forget_fault(const struct ww_marked_line *l, struct ww_episode *e)
{
	static const char *const names[] = { "fault-code", "fault-message",
					     "fault-method", "fault-id",
					     "fault-class" };

	for (size_t i = 0; i < WW_ARRAY_LEN(names); i++)
		if (ww_episode_note(e, names[i]).len > 0)
			ww_wu_note(l, e, names[i], (struct ww_slice){ 0 });
}

/*
 * The most telling sentence comes last; those that announce a fault are
 * followed by its detail.
 */
static void
take_error(const struct ww_marked_line *l)
{
	struct ww_slice text = ww_wu_captured(l, "text");
	struct ww_episode *e = ww_wu_here(l);

	if (e == NULL || ww_wu_has(text, "<detail") ||
	    ww_slice_starts(text, WW_LIT("Fault occurred")))
		return;
	if (!ww_wu_has(text, "contained a fault"))
		forget_fault(l, e);
	ww_wu_note(l, e, "ws-error", text);
}

static void
take_class(const struct ww_marked_line *l)
{
	add(l, "fault-class", ww_wu_captured(l, "class"));
}

static void
take_status(const struct ww_marked_line *l)
{
	add(l, "http-status", ww_wu_captured(l, "status"));
}

/* The text of an element of the detail, attributes passed over. */
static struct ww_slice
element(struct ww_slice xml, const char *open)
{
	struct ww_slice rest = ww_slice_behind(xml, ww_slice_cstr(open));

	return ww_slice_trim(
	    ww_wu_before(ww_slice_behind(rest, WW_LIT(">")), "<"));
}

static void
take_detail(const struct ww_marked_line *l)
{
	struct ww_slice text = l->record->text;

	add(l, "fault-code", element(text, "<ErrorCode"));
	add(l, "fault-message", element(text, "<Message"));
	add(l, "fault-id", element(text, "<ID"));
	add(l, "fault-method", ww_slice_last_part(element(text, "<Method")));
}

static void
take_soap(const struct ww_marked_line *l)
{
	add(l, "soap-client-error", ww_wu_captured(l, "client"));
	add(l, "soap-error-code", ww_wu_captured(l, "soap"));
	add(l, "http-status", ww_wu_captured(l, "status"));
}

static void
take_code(const struct ww_marked_line *l)
{
	add(l, "fault-code", ww_wu_captured(l, "code"));
}

static void
take_message(const struct ww_marked_line *l)
{
	add(l, "fault-message", ww_wu_captured(l, "message"));
}

static void
take_method(const struct ww_marked_line *l)
{
	add(l, "fault-method", ww_slice_last_part(ww_wu_captured(l, "method")));
}

static void
take_id(const struct ww_marked_line *l)
{
	add(l, "fault-id", ww_wu_captured(l, "id"));
}

enum line { ERROR, CLASS, STATUS, DETAIL, SOAP, CODE, MESSAGE, METHOD, ID };

static const struct ww_mark marks[] = {
	{ ERROR, "WS error: {text:rest}" },
	{ CLASS, "WS Error code: {class:rest}" },
	{ CLASS, "WARNING: code: {class:rest}" },
	{ STATUS, "HTTP status code '{status:int}" },
	{ DETAIL, "<ErrorCode" },
	{ SOAP, "soap client error = {client:int}, soap error code = "
		"{soap:int}, HTTP status code = {status:int}" },
	{ CODE, "ErrorCode:{code:text}(" },
	{ MESSAGE, "WARNING:{gap}Message:{message:rest}" },
	{ METHOD, "WARNING:{gap}Method:{method:rest}" },
	{ ID, "WARNING:{gap}ID:{id:guid}" },
};

static void (*const takers[])(const struct ww_marked_line *l) = {
	[ERROR] = take_error,	  [CLASS] = take_class,
	[STATUS] = take_status,	  [DETAIL] = take_detail,
	[SOAP] = take_soap,	  [CODE] = take_code,
	[MESSAGE] = take_message, [METHOD] = take_method,
	[ID] = take_id,
};

const struct ww_tracker ww_tracker_wu_fault = {
	.dialects = { WW_DIALECT_WU, WW_DIALECT_WU_CLASSIC },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.on = takers,
};
