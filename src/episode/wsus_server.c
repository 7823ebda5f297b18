/*
 * A WSUS server's own log: each SOAP fault that it throws, or that its
 * upstream server answers it with, is an episode of its own.  Clients log the
 * same fault by its ID.  The .NET exception behind it was logged just before,
 * by the same thread.
 */
#include "episode/kept.h"
#include "episode/trackers.h"

#include "base/banned.h"

/* Threads whose last exception is remembered. */
#define THREADS 16

/* An exception that is older has nothing to do with the fault. */
#define EXCEPTION_AGE (5 * WW_SECOND)

/* What is kept of a method, an ID or an exception. */
#define NAME_SIZE 256

enum mark { FAULT, EXCEPTION };

static const struct ww_mark marks[] = {
	{ FAULT, "ThrowException: actor = {actor:text}, " },
	{ EXCEPTION, "Exception: {rest}" },
	{ EXCEPTION, "DBLAYER: Errors[{rest}" },
};

/* By these a server only asks a client to begin anew, which it does. */
static const char *const routine[] = { "ConfigChanged", "CookieExpired",
				       "RegistrationRequired",
				       "FileLocationChanged",
				       "FileLocationsChanged" };

struct name {
	char p[NAME_SIZE];
	size_t len;
};

/* The last exception that a thread logged. */
struct exception {
	bool used;
	uint32_t process, thread;
	struct name what;   /* System.ArgumentException: … */
	struct name method; /* that was called, where it says so */
	struct ww_kept line;
	uint64_t since; /* the first of several that follow each other */
};

struct state {
	struct exception exceptions[THREADS];
	unsigned next; /* the place to be used again */
};

static void
add(struct name *name, struct ww_slice s)
{
	name->len +=
	    ww_keep_text(name->p + name->len, NAME_SIZE - name->len, s).len;
}

static struct ww_slice
slice_of(const struct name *name)
{
	return ww_slice_of(name->p, name->len);
}

static struct ww_slice
first_line(struct ww_slice text)
{
	return ww_slice_trim(ww_slice_line(text));
}

/* Up to the needle, or all of it. */
static struct ww_slice
up_to(struct ww_slice s, struct ww_slice needle)
{
	for (size_t i = 0; i + needle.len <= s.len; i++)
		if (ww_slice_starts(ww_slice_from(s, i), needle))
			return ww_slice_of(s.p, i);
	return s;
}

/* Behind the last such character, or all of it. */
static struct ww_slice
behind_last(struct ww_slice s, char c)
{
	for (size_t i = s.len; i > 0; i--)
		if (s.p[i - 1] == c)
			return ww_slice_from(s, i);
	return s;
}

/* The value of ", name=value" in a line; of the message, up to the client. */
static struct ww_slice
field(struct ww_slice line, struct ww_slice name, struct ww_slice end)
{
	return ww_slice_trim(up_to(ww_slice_behind(line, name), end));
}

/* http://server:8530/ClientWebService/client.asmx: ClientWebService */
static struct ww_slice
service_of(struct ww_slice actor)
{
	struct ww_slice file = behind_last(actor, '/');

	if (file.len == actor.len)
		return actor;
	return behind_last(ww_slice_of(actor.p, actor.len - file.len - 1), '/');
}

/*
 * The method a client called: the outermost frame of WSUS in the stack,
 *    at Microsoft.UpdateServices.Internal.Client.SyncUpdates(Cookie cookie, …
 */
static struct ww_slice
method_in_stack(struct ww_slice text)
{
	static const char frame[] = "at Microsoft.UpdateServices.";
	struct ww_slice method = { 0 };

	while (text.len > 0) {
		size_t len = up_to(text, WW_LIT("\n")).len;
		struct ww_slice line = ww_slice_trim(ww_slice_of(text.p, len));

		if (ww_slice_starts(line, WW_LIT(frame)))
			method = behind_last(up_to(line, WW_LIT("(")), '.');
		text = ww_slice_from(text, len < text.len ? len + 1 : len);
	}
	return method;
}

static struct exception *
exception_of(struct state *s, const struct ww_record *record)
{
	for (unsigned i = 0; i < THREADS; i++)
		if (s->exceptions[i].used &&
		    s->exceptions[i].process == record->process &&
		    s->exceptions[i].thread == record->thread)
			return &s->exceptions[i];
	return NULL;
}

/* Where Class.Method ends: at a tab, or at a blank where those were lost. */
static size_t
speaker_len(struct ww_slice line)
{
	size_t i = 0;

	while (i < line.len && line.p[i] != '\t' && line.p[i] != ' ')
		i++;
	return i;
}

/* ClientImplementation.SyncUpdates<TAB>System.ArgumentException: … */
static void
remember(struct exception *x, const struct ww_record *record, uint64_t now)
{
	struct ww_slice line = first_line(record->text);
	size_t len = speaker_len(line);
	struct ww_slice speaker = ww_slice_of(line.p, len);
	bool follows = x->used && record->time - x->line.time <= EXCEPTION_AGE;

	*x = (struct exception){ .used = true,
				 .process = record->process,
				 .thread = record->thread,
				 .since = follows ? x->since : now };
	add(&x->what, ww_slice_trim(ww_slice_from(line, len)));
	/* A class that asks the database or only logs names no method. */
	if (ww_slice_casehas(speaker, WW_LIT("Implementation.")))
		add(&x->method, behind_last(speaker, '.'));
	ww_keep(&x->line, record);
}

static void
on_exception(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	const struct ww_record *record = l->record;
	struct exception *x = exception_of(s, record);

	if (record->level < WW_LEVEL_WARNING ||
	    ww_slice_casehas(first_line(record->text),
			     WW_LIT("ThrowException: actor")))
		return;
	if (x == NULL) {
		x = &s->exceptions[s->next];
		s->next = (s->next + 1) % THREADS;
		x->used = false; /* it was another thread's */
	}
	remember(x, record, ww_track_now(l->t));
}

static void
note(struct ww_tracking *t, struct ww_episode *e, const char *name,
     struct ww_slice value, const struct ww_record *record)
{
	if (value.len > 0)
		ww_track_note(t, e, name, value, record);
}

/* Notes the exception behind the fault, and the method if it names one. */
static void
note_exception(struct ww_tracking *t, struct ww_episode *e, struct state *s,
	       const struct ww_record *record, struct name *method)
{
	struct exception *x = exception_of(s, record);
	struct ww_record line;

	if (x == NULL)
		return;
	line = ww_kept_record(&x->line);
	x->used = false;
	if (record->time - line.time > EXCEPTION_AGE)
		return;
	note(t, e, "exception", slice_of(&x->what), &line);
	/* What explains the exception explains the fault. */
	ww_track_adopt_thread(t, e, x->since, record);
	if (method->len == 0)
		*method = x->method;
}

static bool
is_routine(struct ww_slice code)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(routine); i++)
		if (ww_slice_eq(code, ww_slice_cstr(routine[i])))
			return true;
	return false;
}

static void
fold_id(struct name *id, struct ww_slice value)
{
	add(id, value);
	for (size_t i = 0; i < id->len; i++)
		id->p[i] = ww_fold(id->p[i]);
}

/* service/method: code, so that faults of one kind are a series of their own */
static void
set_subject(struct ww_tracking *t, struct ww_episode *e, struct ww_slice actor,
	    const struct name *method, struct ww_slice code)
{
	struct name subject = { .len = 0 };

	add(&subject, service_of(actor));
	if (method->len > 0) {
		add(&subject, WW_LIT("/"));
		add(&subject, slice_of(method));
	}
	if (code.len > 0) {
		add(&subject, WW_LIT(": "));
		add(&subject, code);
	}
	ww_track_subject(t, e, slice_of(&subject));
}

static void
on_fault(const struct ww_marked_line *l)
{
	struct ww_tracking *t = l->t;
	const struct ww_record *record = l->record;
	struct ww_slice actor = ww_captured(l->captures, "actor");
	struct ww_slice line = first_line(record->text), comma = WW_LIT(", ");
	struct ww_slice code = field(line, WW_LIT(", ErrorCode="), comma);
	struct name id = { .len = 0 }, method = { .len = 0 };
	struct ww_episode *e;

	if (is_routine(code))
		return;
	fold_id(&id, field(line, WW_LIT(", ID="), comma));
	e = ww_track_begin(t, WW_EPISODE_WSUS_SERVICE, slice_of(&id), record);
	note(t, e, "fault-id", slice_of(&id), record);
	note(t, e, "fault-code", code, record);
	note(t, e, "fault-message",
	     field(line, WW_LIT(", Message="), WW_LIT(", Client=")), record);
	note(t, e, "client", field(line, WW_LIT(", Client="), comma), record);
	note(t, e, "server", actor, record);
	add(&method,
	    behind_last(field(line, WW_LIT(", Method = \""), WW_LIT("\"")),
			'/'));
	if (method.len == 0)
		add(&method, method_in_stack(record->text));
	note_exception(t, e, l->state, record, &method);
	set_subject(t, e, actor, &method, code);
	ww_track_end(t, e, WW_OUTCOME_FAILED, record);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[FAULT] = on_fault,
	[EXCEPTION] = on_exception,
};

const struct ww_tracker ww_tracker_wsus_server = {
	.dialects = { WW_DIALECT_WSUS },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
};
