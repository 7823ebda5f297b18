/*
 * Windows Installer: one episode a product installed, changed or removed.
 * The engine runs on the client, then on the server; an upgrade runs another
 * inside, which removes the old product and belongs to the same episode.  The
 * last exit code stated is the outcome; the first action that returned 3, of
 * whichever engine, is where it broke.  It is the outcome, too, of a log that
 * ends behind it: people cut out that line and what stands above.
 */
#include "episode/kept.h"
#include "episode/trackers.h"

#include "base/message.h"

#include "base/banned.h"

/* Engines inside engines: an upgrade has two, a suite few more. */
#define DEPTH_MAX 8

/* What is kept of a name or a message until it is known to matter. */
#define FACT_SIZE 256

/* A log that keeps naming other products is not followed in that. */
#define NAMES_MAX 16

/* Exit codes of Windows Installer with an outcome of their own. */
enum {
	EXIT_CANCELLED = 1602,
	EXIT_FAILED = 1603,
	EXIT_SUSPENDED = 1604,
	EXIT_REBOOT_INITIATED = 1641,
	EXIT_REBOOT_REQUIRED = 3010,
};

enum mark {
	BANNER_VERBOSE,
	BANNER,
	STOPPED,
	RUN_ENGINE,
	PACKAGE,
	ACTION_START,
	ACTION_ENDED,
	OPERATION,
	CUSTOM_ACTION,
	MESSAGE,
	PRODUCT_NAME,
	ERROR_LINE,
	DETAIL_LINE,
	DEBUG_LINE,
	STATUS,
	RETURNING,
};

/*
 * Lines of the engine itself are English everywhere; what it sends to the
 * event log is in the language of Windows.
 */
static const struct ww_mark marks[] = {
	{ BANNER_VERBOSE, "^=== Verbose logging started" },
	{ BANNER, "^=== Logging started" },
	{ STOPPED, "^=== Verbose logging stopped" },
	{ STOPPED, "^=== Logging stopped" },
	{ RUN_ENGINE, "******* RunEngine:" },
	{ PACKAGE, "******* Product: {package:rest}" },
	{ ACTION_START, "^Action start {int}:{int}:{int}: {action:rest}" },
	{ ACTION_ENDED, "^Action ended {int}:{int}:{int}: {action:text}. "
			"Return value {value:int}" },
	{ OPERATION, "Executing op: ActionStart(Name={name:text}," },
	{ CUSTOM_ACTION, "returned actual error code {code:int}" },
	{ MESSAGE, "^Product: {product:text} -- {message:rest}" },
	{ MESSAGE, "^Produit : {product:text} -- {message:rest}" },
	{ MESSAGE, "^Produit: {product:text} -- {message:rest}" },
	{ MESSAGE, "^Produkt: {product:text} -- {message:rest}" },
	{ PRODUCT_NAME, "^Property(S): ProductName = {product:rest}" },
	{ PRODUCT_NAME, "^Property(C): ProductName = {product:rest}" },
	{ PRODUCT_NAME, "^Property(N): ProductName = {product:rest}" },
	{ PRODUCT_NAME, "Product Name: {product:text}. Product Version" },
	{ PRODUCT_NAME, "ProductInfo(ProductKey={guid},"
			"ProductName={product:text},PackageName=" },
	{ ERROR_LINE, "^Error 1{int}." },
	{ ERROR_LINE, "^Error 2{int}." },
	{ ERROR_LINE, "^Error 3{int}." },
	{ ERROR_LINE, "^Erreur 1{int}." },
	{ ERROR_LINE, "^Erreur 2{int}." },
	{ ERROR_LINE, "^Fehler 1{int}." },
	{ ERROR_LINE, "^Fehler 2{int}." },
	{ ERROR_LINE, "^Internal Exception during install operation: 0x{hex}" },
	{ DETAIL_LINE, ":  Error 0x{hex}:" },
	{ DETAIL_LINE, ":  Error: {rest}" },
	{ DETAIL_LINE, "Exception: {rest}" },
	{ DEBUG_LINE, "^DEBUG: Error {int}:" },
	{ STATUS, "success or error status: {code:int}" },
	{ STATUS, "ou état d’erreur{text}: {code:int}" },
	{ STATUS, "ou état d'erreur{text}: {code:int}" },
	{ STATUS, "Fehlerstatus der {text}: {code:int}" },
	{ STATUS, "Status de erro ou êxito{text}: {code:int}" },
	{ RETURNING, "MainEngineThread is returning {code:int}" },
};

/* How much a line tells of why an action failed; more beats less. */
enum rank {
	RANK_NONE,
	RANK_DEBUG,	    /* most stand in installs that succeed */
	RANK_CUSTOM_ACTION, /* it returned some code */
	RANK_DETAIL,	    /* what a custom action or a condition says */
	RANK_ERROR,	    /* an error of the engine */
};

/* What was said of the outcome; a code beats a return value. */
enum statement { SAID_NOTHING, SAID_VALUE, SAID_CODE };

/* Something that may matter, and the line that says it. */
struct fact {
	char p[FACT_SIZE];
	size_t len; /* 0: nothing */
	struct ww_kept line;
};

/* An engine inside another, as RemoveExistingProducts runs them. */
struct inner {
	uint32_t process, thread; /* 0 where the log does not say */
	unsigned installs;	  /* INSTALL actions that run */
	bool over;		  /* they have ended */
	bool failed;
	struct fact product;
};

struct state {
	struct ww_episode *e; /* NULL: none runs */
	bool verbose;	      /* RunEngine lines say where engines begin */
	bool server;	      /* its server has begun */
	bool returned;	      /* and has ended */
	bool handed_over;     /* ExecuteAction: the next INSTALL is its own */
	bool stopped;	      /* the log says that it stops */
	unsigned installs;    /* INSTALL actions that run */
	unsigned names;
	struct inner inner[DEPTH_MAX]; /* outermost first */
	unsigned depth;

	/* What may have failed, since the action at hand began. */
	enum rank rank;
	struct fact error;
	struct fact custom;    /* a custom action that returned a code */
	struct fact operation; /* what the script was doing */
	bool anchored;	       /* the action that failed is known */
	bool anchored_inside;
	struct ww_kept broke_in; /* the first of no engine inside; or line 0 */

	enum statement said;
	enum ww_outcome outcome;
	uint32_t code;
	struct ww_kept said_in;
};

static void
learn(struct fact *fact, struct ww_slice s, const struct ww_record *record)
{
	fact->len = ww_keep_text(fact->p, FACT_SIZE, s).len;
	ww_keep(&fact->line, record);
}

static void
begin(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	*s = (struct state){
		.e =
		    ww_track_begin(l->t, WW_EPISODE_MSI, WW_LIT(""), l->record),
	};
}

/* If none runs, an episode whose beginning is not on record. */
static struct state *
need(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	if (s->e == NULL) {
		begin(l);
		s->e->begin = WW_NO_TIME;
	}
	return s;
}

/* Why it failed */

static void
forget(struct state *s)
{
	s->rank = RANK_NONE;
	s->error.len = 0;
	s->custom.len = 0;
	s->operation.len = 0;
}

static void
suspect(struct state *s, enum rank rank, struct ww_slice message,
	const struct ww_record *record)
{
	if (s->anchored || rank <= s->rank)
		return;
	s->rank = rank;
	learn(&s->error, ww_slice_trim(message), record);
}

static void
note_fact(struct ww_tracking *t, struct state *s, const char *name,
	  const struct fact *fact)
{
	struct ww_record record = ww_kept_record(&fact->line);

	if (fact->len > 0)
		ww_track_note(t, s->e, name, ww_slice_of(fact->p, fact->len),
			      &record);
}

static bool
is_error(struct ww_slice message)
{
	return ww_slice_starts(message, WW_LIT("Error ")) ||
	       ww_slice_starts(message, WW_LIT("Internal Error ")) ||
	       ww_slice_starts(message, WW_LIT("Erreur ")) ||
	       ww_slice_starts(message, WW_LIT("Fehler "));
}

/* 1310 of "Error 1310. Error writing to file …"; 0 where there is none. */
static uint32_t
error_number(struct ww_slice message)
{
	uint32_t v = 0;
	size_t i = 0;

	if (!is_error(message))
		return 0;
	while (i < message.len && !ww_is_digit(message.p[i]))
		i++;
	for (; i < message.len && ww_is_digit(message.p[i]) && v < 10000; i++)
		v = v * 10 + (uint32_t)(message.p[i] - '0');
	return v;
}

static void
note_suspects(struct ww_tracking *t, struct state *s)
{
	s->e->message = error_number(ww_slice_of(s->error.p, s->error.len));
	note_fact(t, s, "operation", &s->operation);
	note_fact(t, s, "custom-action", &s->custom);
	note_fact(t, s, "action-error", &s->error);
	s->anchored = true;
	s->anchored_inside = s->depth > 0;
}

/* The outcome */

static enum ww_outcome
outcome_of(uint32_t code)
{
	switch (code) {
	case 0:
	case EXIT_REBOOT_INITIATED:
	case EXIT_REBOOT_REQUIRED:
		return WW_OUTCOME_SUCCEEDED;
	case EXIT_CANCELLED:
		return WW_OUTCOME_CANCELLED;
	case EXIT_SUSPENDED:
		return WW_OUTCOME_OPEN;
	default:
		return WW_OUTCOME_FAILED;
	}
}

static void
say(struct state *s, enum statement said, uint32_t code,
    const struct ww_record *record)
{
	if (said < s->said)
		return;
	s->said = said;
	s->code = code;
	s->outcome = outcome_of(code);
	ww_keep(&s->said_in, record);
}

/* No engine says how it ended: an action that fails ends its sequence. */
static void
say_broken(struct state *s)
{
	struct ww_record record = ww_kept_record(&s->broke_in);

	if (s->said == SAID_NOTHING && record.line != 0)
		say(s, SAID_VALUE, EXIT_FAILED, &record);
}

/* The exit code that a return value of INSTALL stands for. */
static bool
exit_of_value(struct ww_slice value, uint32_t *ret)
{
	/* Of the values 1 to 5. */
	static const uint32_t codes[] = { 0, EXIT_CANCELLED, EXIT_FAILED,
					  EXIT_SUSPENDED, 0 };

	if (value.len != 1 || value.p[0] < '1' || value.p[0] > '5')
		return false;
	*ret = codes[value.p[0] - '1'];
	return true;
}

static void
note_exit(struct ww_tracking *t, struct state *s,
	  const struct ww_record *record)
{
	ww_track_note_number(t, s->e, "exit", s->code, record);
	if (s->code == EXIT_REBOOT_INITIATED)
		ww_track_note(t, s->e, "reboot", WW_LIT("initiated"), record);
	if (s->code == EXIT_REBOOT_REQUIRED)
		ww_track_note(t, s->e, "reboot", WW_LIT("required"), record);
}

/* Leave the engines inside, down to so many. */
static void
leave_inner(struct ww_tracking *t, struct state *s, unsigned depth)
{
	while (s->depth > depth) {
		struct inner *inner = &s->inner[--s->depth];
		struct ww_record record = ww_kept_record(&inner->product.line);

		if (inner->product.len == 0)
			continue;
		ww_track_item(t, s->e,
			      ww_slice_of(inner->product.p, inner->product.len),
			      WW_LIT(""),
			      inner->failed ? N_("failed inside this one")
					    : N_("done inside this one"),
			      inner->failed, &record);
	}
}

/* Those whose end no line of their own tells. */
static void
leave_over(struct ww_tracking *t, struct state *s)
{
	while (s->depth > 0 && s->inner[s->depth - 1].over)
		leave_inner(t, s, s->depth - 1);
}

/* The episode is over; without an outcome it stays open. */
static void
leave(const struct ww_marked_line *l)
{
	struct ww_tracking *t = l->t;
	struct state *s = l->state;
	struct ww_record record;

	if (s->e == NULL)
		return;
	leave_inner(t, s, 0);
	say_broken(s);
	record = ww_kept_record(&s->said_in);
	if (s->said != SAID_NOTHING && s->outcome != WW_OUTCOME_OPEN) {
		if (s->outcome == WW_OUTCOME_FAILED && !s->anchored)
			note_suspects(t, s);
		note_exit(t, s, &record);
		s->e->has_code = true;
		s->e->code = s->code;
		ww_track_end(t, s->e, s->outcome, &record);
	}
	s->e = NULL;
}

/* Where engines begin */

static void
begin_anew(const struct ww_marked_line *l)
{
	leave(l);
	begin(l);
}

/* Without "Verbose": the server's part of a session that runs, or a new one. */
static void
on_banner(const struct ww_marked_line *l)
{
	const struct state *s = l->state;

	if (s->e == NULL || s->stopped)
		begin_anew(l);
}

static void
on_stopped(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	s->stopped = true;
}

static void
enter(struct ww_tracking *t, struct state *s, const struct ww_record *record)
{
	leave_over(t, s);
	if (s->depth < DEPTH_MAX)
		s->inner[s->depth++] =
		    (struct inner){ .process = record->process,
				    .thread = record->thread };
}

static void
on_server(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	/* One that runs already: this one is inside it. */
	if (s->server && !s->returned) {
		enter(l->t, s, l->record);
	} else {
		if (s->e == NULL || s->returned)
			begin_anew(l);
		s->server = true;
	}
	ww_track_thread(l->t, s->e, l->record);
}

static void
on_run_engine(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	bool fresh = s->e != NULL && !s->verbose && s->installs == 0 &&
		     s->said == SAID_NOTHING;

	if (!ww_slice_eq(l->record->component, WW_LIT("MSI (c)")))
		on_server(l);
	else if (!fresh)
		begin_anew(l);
	s->verbose = true;
}

/* INSTALL begins. */
static void
on_install(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	if (s->e == NULL ||
	    (!s->verbose && s->installs == 0 && s->said != SAID_NOTHING))
		begin_anew(l);
	/* One that runs already: only the server's part of it is no other. */
	else if (!s->verbose && s->installs > 0 && !s->handed_over)
		enter(l->t, s, l->record);
	s->handed_over = false;
	if (s->depth > 0)
		s->inner[s->depth - 1].installs++;
	else
		s->installs++;
}

/* Actions */

static void
on_action_start(const struct ww_marked_line *l)
{
	struct ww_slice action = ww_captured(l->captures, "action");
	struct state *s = l->state;

	while (action.len > 0 && (action.p[action.len - 1] == '.' ||
				  ww_is_space(action.p[action.len - 1])))
		action.len--;
	leave_over(l->t, s);
	if (!s->anchored)
		forget(s);
	if (ww_slice_eq(action, WW_LIT("INSTALL")))
		on_install(l);
	else if (ww_slice_eq(action, WW_LIT("ExecuteAction")))
		s->handed_over = true;
}

static void
on_install_ended(struct state *s, struct ww_slice value,
		 const struct ww_record *record)
{
	struct inner *inner = s->depth > 0 ? &s->inner[s->depth - 1] : NULL;
	uint32_t code;
	bool known = exit_of_value(value, &code);

	if (inner == NULL) {
		s->installs -= s->installs > 0;
		if (known)
			say(s, SAID_VALUE, code, record);
		return;
	}
	inner->installs -= inner->installs > 0;
	inner->over = inner->installs == 0;
	inner->failed = known && outcome_of(code) == WW_OUTCOME_FAILED;
}

static void
on_action_broke(const struct ww_marked_line *l, struct ww_slice action)
{
	struct state *s = l->state;

	if (s->depth == 0 && s->broke_in.line == 0)
		ww_keep(&s->broke_in, l->record);
	if (!s->anchored) {
		ww_track_note(l->t, s->e, "action", action, l->record);
		note_suspects(l->t, s);
	} else if (s->anchored_inside && s->depth == 0) {
		ww_track_note(l->t, s->e, "outer-action", action, l->record);
		s->anchored_inside = false;
	}
}

static void
on_action_ended(const struct ww_marked_line *l)
{
	struct ww_slice action = ww_captured(l->captures, "action");
	struct ww_slice value = ww_captured(l->captures, "value");
	struct state *s = need(l);

	leave_over(l->t, s);
	if (ww_slice_eq(action, WW_LIT("INSTALL"))) {
		on_install_ended(s, value, l->record);
	} else if (ww_slice_eq(value, WW_LIT("3"))) {
		on_action_broke(l, action);
	} else {
		/* What failed inside did not stop the action around it. */
		if (s->depth == 0 && s->anchored_inside)
			s->anchored = s->anchored_inside = false;
		if (!s->anchored)
			forget(s);
	}
}

/* CustomAction NAME returned actual error code 1603 …  NAME may be empty. */
static struct ww_slice
custom_name(struct ww_slice text)
{
	static const char before[] = "CustomAction ";
	static const char behind[] = " returned actual";
	struct ww_slice rest;

	if (!ww_slice_starts(text, WW_LIT(before)))
		return (struct ww_slice){ 0 };
	rest = ww_slice_from(text, sizeof(before) - 1);
	for (size_t i = 0; i < rest.len && rest.p[i] != '\n'; i++)
		if (ww_slice_starts(ww_slice_from(rest, i), WW_LIT(behind)))
			return ww_slice_of(rest.p, i);
	return (struct ww_slice){ 0 };
}

static void
on_custom_action(const struct ww_marked_line *l)
{
	const struct ww_record *record = l->record;
	struct ww_slice name = custom_name(record->text);
	struct state *s = need(l);

	leave_over(l->t, s);
	if (ww_slice_casehas(record->text,
			     WW_LIT("will be translated to success"))) {
		if (!s->anchored)
			forget(s);
		if (name.len > 0)
			ww_track_item(l->t, s->e, name,
				      ww_captured(l->captures, "code"),
				      N_("failed, which the package allows"),
				      false, record);
		return;
	}
	if (!s->anchored)
		learn(&s->custom, name, record);
	suspect(s, RANK_CUSTOM_ACTION, record->text, record);
}

static void
on_operation(const struct ww_marked_line *l)
{
	struct state *s = need(l);

	if (s->anchored)
		return;
	forget(s);
	learn(&s->operation, ww_captured(l->captures, "name"), l->record);
}

/* Names and messages */

static void
learn_product(const struct ww_marked_line *l, struct ww_slice product)
{
	struct state *s = l->state;

	product = ww_slice_trim(product);
	if (product.len == 0)
		return;
	if (s->depth > 0) {
		learn(&s->inner[s->depth - 1].product, product, l->record);
		return;
	}
	if (ww_slice_eq(product, s->e->subject) || s->names == NAMES_MAX)
		return;
	s->names++;
	ww_track_subject(l->t, s->e, product);
}

static void
on_product(const struct ww_marked_line *l)
{
	need(l);
	learn_product(l, ww_captured(l->captures, "product"));
}

/* The package, until the product's name is known. */
static void
on_package(const struct ww_marked_line *l)
{
	struct ww_slice package =
	    ww_slice_trim(ww_captured(l->captures, "package"));
	struct state *s = need(l);
	size_t start;

	if (package.len == 0 || (s->depth == 0 && s->names > 0))
		return;
	if (s->depth == 0)
		ww_track_note(l->t, s->e, "package", package, l->record);
	for (start = package.len; start > 0; start--)
		if (package.p[start - 1] == '\\' || package.p[start - 1] == '/')
			break;
	learn_product(l, ww_slice_from(package, start));
}

/*
 * Product: NAME -- MESSAGE is what the event log got: an error, the text of
 * a condition that does not hold, or at last how it ended.  That it comes
 * last is known in English only, where the end of INSTALL is.
 */
static void
on_message(const struct ww_marked_line *l)
{
	struct ww_slice message = ww_captured(l->captures, "message");
	struct state *s = need(l);
	bool over = s->said != SAID_NOTHING ||
		    (s->depth > 0 && s->inner[s->depth - 1].over);

	learn_product(l, ww_captured(l->captures, "product"));
	if (over)
		return;
	if (is_error(message))
		suspect(s, RANK_ERROR, message, l->record);
	else if (ww_slice_starts(l->record->text, WW_LIT("Product: ")) &&
		 !ww_slice_casehas(message, WW_LIT("completed successfully")))
		suspect(s, RANK_DETAIL, message, l->record);
}

/* Exit codes */

/* How many engines run inside which this thread is not the server of. */
static unsigned
depth_of(const struct state *s, const struct ww_record *record)
{
	for (unsigned i = s->depth; i > 0; i--)
		if (s->inner[i - 1].process == record->process &&
		    s->inner[i - 1].thread == record->thread)
			return i;
	return 0;
}

static void
on_code(const struct ww_marked_line *l)
{
	struct state *s = need(l);
	unsigned depth = depth_of(s, l->record);
	bool returning = l->mark == RETURNING;
	uint32_t code;

	if (depth > 0) {
		/* Of an engine inside: its INSTALL has told how it ended. */
		leave_inner(l->t, s, returning ? depth - 1 : depth);
		return;
	}
	leave_inner(l->t, s, 0);
	if (ww_track_code(ww_captured(l->captures, "code"), &code))
		say(s, SAID_CODE, code, l->record);
	s->returned = s->returned || returning;
}

/* Lines that tell why an action may fail. */

static void
suspect_line(const struct ww_marked_line *l, enum rank rank)
{
	suspect(need(l), rank, ww_slice_line(l->record->text), l->record);
}

static void
on_error(const struct ww_marked_line *l)
{
	suspect_line(l, RANK_ERROR);
}

static void
on_detail(const struct ww_marked_line *l)
{
	suspect_line(l, RANK_DETAIL);
}

static void
on_debug(const struct ww_marked_line *l)
{
	suspect_line(l, RANK_DEBUG);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[BANNER_VERBOSE] = begin_anew,
	[BANNER] = on_banner,
	[STOPPED] = on_stopped,
	[RUN_ENGINE] = on_run_engine,
	[PACKAGE] = on_package,
	[ACTION_START] = on_action_start,
	[ACTION_ENDED] = on_action_ended,
	[OPERATION] = on_operation,
	[CUSTOM_ACTION] = on_custom_action,
	[MESSAGE] = on_message,
	[PRODUCT_NAME] = on_product,
	[ERROR_LINE] = on_error,
	[DETAIL_LINE] = on_detail,
	[DEBUG_LINE] = on_debug,
	[STATUS] = on_code,
	[RETURNING] = on_code,
};

const struct ww_tracker ww_tracker_msi = {
	.dialects = { WW_DIALECT_MSI },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = leave,
};
