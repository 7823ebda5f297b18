/*
 * What dism and sfc said of themselves on a console.  Their sentences are
 * the verdict: nothing else is told there.
 *
 * The English ones are those of CbsProvider.dll.mui and sfc.exe.mui.  Of the
 * French ones sfc's are sfc.exe.mui's of Windows 11, and dism's were seen in
 * quoted output, but for two that are marked.  Apostrophes come in both
 * forms, and the blank before a colon may be one that does not break, so no
 * pattern has either.  Long sentences are broken into lines by some versions
 * of sfc: patterns end before that.
 */
#include "episode/command.h"
#include "episode/kept.h"
#include "episode/servicing.h"
#include "episode/trackers.h"

#include "base/compiler.h"

#include "base/banned.h"

enum {
	PROMPT,
	TITLE,
	VERSION,
	IMAGE_VERSION,
	ERROR_CODE,
	SUCCESS,
	LOG_FILE,
	STORE_CLEAN,
	STORE_REPAIRABLE,
	STORE_BEYOND,
	STORE_RESTORED,
	SFC_BEGUN,
	SFC_CLEAN,
	SFC_REPAIRED,
	SFC_UNREPAIRED,
	SFC_NOT_RUN,
	SFC_NOT_ALLOWED,
};

static const struct ww_mark marks[] = {
	{ PROMPT, ">dism{rest}" },
	{ PROMPT, "> dism{rest}" },
	{ TITLE, "Deployment Image Servicing and Management tool" },
	{ TITLE, "Outil Gestion et maintenance des images de d" },
	{ VERSION, "^Version: {v:version}" },
	{ VERSION, "^Version : {v:version}" },
	{ VERSION, "^Version\u00a0: {v:version}" },
	{ IMAGE_VERSION, "^Image Version: {v:version}" },
	{ IMAGE_VERSION, "^Version de l{text}: {v:version}" },
	{ ERROR_CODE, "^Error: {code}" },
	{ ERROR_CODE, "^Erreur: {code}" },
	{ ERROR_CODE, "^Erreur : {code}" },
	{ ERROR_CODE, "^Erreur\u00a0: {code}" },
	{ SUCCESS, "The operation completed successfully" },
	{ SUCCESS, "opération a réussi" },
	{ LOG_FILE, "The DISM log file can be found at" },
	{ LOG_FILE, "Le fichier journal DISM se trouve" },

	{ STORE_CLEAN, "No component store corruption detected" },
	{ STORE_CLEAN, "Aucun endommagement du magasin de composants" },
	{ STORE_REPAIRABLE, "The component store is repairable" },
	{ STORE_REPAIRABLE, "Le magasin de composants est réparable" },
	{ STORE_BEYOND, "The component store cannot be repaired" },
	/* Not seen. */
	{ STORE_BEYOND, "Le magasin de composants ne peut pas être réparé" },
	{ STORE_RESTORED, "The restore operation completed successfully" },
	/* Not seen. */
	{ STORE_RESTORED, "La restauration a été effectuée" },

	{ SFC_BEGUN, "^Beginning system scan" },
	{ SFC_CLEAN, "did not find any integrity violations" },
	{ SFC_CLEAN, "trouvé aucune violation d" },
	{ SFC_REPAIRED, "found corrupt files and successfully repaired" },
	{ SFC_REPAIRED, "détecté des fichiers corrompus et les a réparés" },
	{ SFC_UNREPAIRED, "found corrupt files but was unable to fix" },
	{ SFC_UNREPAIRED, "détecté des fichiers corrompus, mais n" },
	{ SFC_UNREPAIRED, "Resource Protection found integrity violations" },
	{ SFC_UNREPAIRED, "détecté des violations de l" },
	{ SFC_NOT_RUN, "could not perform the requested operation" },
	{ SFC_NOT_RUN, "Windows n{text}a pas réussi à effectuer l" },
	{ SFC_NOT_RUN, "could not start the repair service" },
	{ SFC_NOT_RUN, "démarrer le service de réparation" },
	{ SFC_NOT_RUN, "There is a system repair pending which requires" },
	{ SFC_NOT_RUN, "Another servicing or repair operation is currently" },
	{ SFC_NOT_ALLOWED, "in order to use the sfc utility" },
};

struct state {
	/* The command at the prompt before dism's title. */
	char command[WW_COMMAND_MAX];
	size_t command_len;
	uint32_t code; /* that dism failed with, or 0 */
	struct ww_kept error;
};

struct call {
	struct ww_tracking *t;
	struct state *s;
	const struct ww_record *record;
	const struct ww_captures *captures;
};

static struct ww_episode *
running(const struct call *c, enum ww_episode_id kind)
{
	const struct ww_slice any = { 0 };

	return ww_track_open(c->t, kind, any);
}

static void
end_failed(const struct call *c)
{
	struct ww_record error = ww_kept_record(&c->s->error);
	struct ww_episode *e = running(c, WW_EPISODE_DISM);

	if (e != NULL && c->s->error.line != 0)
		ww_servicing_end(c->t, e, c->s->code, &error);
	c->s->error.line = 0;
}

static void
on_prompt(const struct call *c)
{
	/* The program's name is the first word, whatever it is. */
	struct ww_slice prompt = WW_LIT("dism");
	size_t n = ww_keep_text(c->s->command, WW_COMMAND_MAX, prompt).len;

	n += ww_keep_text(c->s->command + n, WW_COMMAND_MAX - n,
			  ww_captured(c->captures, "rest"))
		 .len;
	c->s->command_len = n;
}

static void
on_title(const struct call *c)
{
	struct ww_slice command = ww_slice_of(c->s->command, c->s->command_len);
	char key[WW_LINE_KEY], room[WW_COMMAND_MAX];
	struct ww_episode *e;

	end_failed(c);
	e = ww_track_begin(c->t, WW_EPISODE_DISM,
			   ww_line_key(c->record->line, key), c->record);
	c->s->command_len = 0;
	if (command.len == 0)
		return;
	ww_track_subject(c->t, e, ww_dism_subject(command, room));
	ww_track_note(c->t, e, "command", command, c->record);
	if (ww_dism_source(command).len > 0)
		ww_track_note(c->t, e, "source-path", ww_dism_source(command),
			      c->record);
}

static void
note_version(const struct call *c, const char *name)
{
	struct ww_episode *e = running(c, WW_EPISODE_DISM);

	if (e != NULL)
		ww_track_note(c->t, e, name, ww_captured(c->captures, "v"),
			      c->record);
}

static void
on_version(const struct call *c)
{
	note_version(c, "tool-version");
}

static void
on_image_version(const struct call *c)
{
	note_version(c, "image-version");
}

static void
on_error(const struct call *c)
{
	uint32_t code;

	if (running(c, WW_EPISODE_DISM) == NULL ||
	    !ww_track_code(ww_captured(c->captures, "code"), &code) ||
	    code == 0)
		return;
	c->s->code = code;
	ww_keep(&c->s->error, c->record);
}

static void
on_success(const struct call *c)
{
	struct ww_episode *e = running(c, WW_EPISODE_DISM);

	/* Of several packages one may have failed. */
	if (c->s->error.line != 0)
		end_failed(c);
	else if (e != NULL)
		ww_track_end(c->t, e, WW_OUTCOME_SUCCEEDED, c->record);
}

/* The verdict on the store, beside that on the command. */
static void
judge_store(const struct call *c, enum ww_outcome outcome, const char *note,
	    const char *value)
{
	char key[WW_LINE_KEY];
	struct ww_episode *e =
	    ww_track_begin(c->t, WW_EPISODE_STORE_CHECK,
			   ww_line_key(c->record->line, key), c->record);

	if (note != NULL)
		ww_track_note(c->t, e, note, ww_slice_cstr(value), c->record);
	ww_track_end(c->t, e, outcome, c->record);
}

static void
on_store_clean(const struct call *c)
{
	judge_store(c, WW_OUTCOME_SUCCEEDED, NULL, NULL);
}

/* It does not say whether there was something to repair. */
static void
on_store_restored(const struct call *c)
{
	judge_store(c, WW_OUTCOME_SUCCEEDED, "repaired", "perhaps");
}

static void
on_store_repairable(const struct call *c)
{
	judge_store(c, WW_OUTCOME_FAILED, "repairable", "yes");
}

static void
on_store_beyond(const struct call *c)
{
	judge_store(c, WW_OUTCOME_FAILED, "repairable", "no");
}

static struct ww_episode *
need_sfc(const struct call *c)
{
	struct ww_episode *e = running(c, WW_EPISODE_SFC);
	char key[WW_LINE_KEY];

	if (e != NULL)
		return e;
	return ww_track_begin(c->t, WW_EPISODE_SFC,
			      ww_line_key(c->record->line, key), c->record);
}

static void
on_sfc_begun(const struct call *c)
{
	char key[WW_LINE_KEY];

	ww_track_begin(c->t, WW_EPISODE_SFC, ww_line_key(c->record->line, key),
		       c->record);
}

static void
on_sfc_clean(const struct call *c)
{
	/* … but cannot guarantee the integrity of the system because … */
	bool doubt =
	    ww_slice_casehas(c->record->text, WW_LIT("cannot guarantee"));

	ww_track_end(c->t, need_sfc(c),
		     doubt ? WW_OUTCOME_FAILED : WW_OUTCOME_SUCCEEDED,
		     c->record);
}

static void
on_sfc_repaired(const struct call *c)
{
	struct ww_episode *e = need_sfc(c);

	ww_track_note(c->t, e, "repaired", WW_LIT("yes"), c->record);
	ww_track_end(c->t, e, WW_OUTCOME_SUCCEEDED, c->record);
}

static void
on_sfc_unrepaired(const struct call *c)
{
	ww_track_end(c->t, need_sfc(c), WW_OUTCOME_FAILED, c->record);
}

static void
on_sfc_not_run(const struct call *c)
{
	struct ww_episode *e = need_sfc(c);

	ww_track_note(c->t, e, "not-checked", WW_LIT("yes"), c->record);
	ww_track_end(c->t, e, WW_OUTCOME_FAILED, c->record);
}

static void
on_sfc_not_allowed(const struct call *c)
{
	struct ww_episode *e = need_sfc(c);

	ww_track_note(c->t, e, "not-checked", WW_LIT("yes"), c->record);
	ww_track_end(c->t, e, WW_OUTCOME_CANCELLED, c->record);
}

static void (*const actions[])(const struct call *c) = {
	[PROMPT] = on_prompt,
	[TITLE] = on_title,
	[VERSION] = on_version,
	[IMAGE_VERSION] = on_image_version,
	[ERROR_CODE] = on_error,
	[SUCCESS] = on_success,
	[LOG_FILE] = end_failed,
	[STORE_CLEAN] = on_store_clean,
	[STORE_REPAIRABLE] = on_store_repairable,
	[STORE_BEYOND] = on_store_beyond,
	[STORE_RESTORED] = on_store_restored,
	[SFC_BEGUN] = on_sfc_begun,
	[SFC_CLEAN] = on_sfc_clean,
	[SFC_REPAIRED] = on_sfc_repaired,
	[SFC_UNREPAIRED] = on_sfc_unrepaired,
	[SFC_NOT_RUN] = on_sfc_not_run,
	[SFC_NOT_ALLOWED] = on_sfc_not_allowed,
};

static void
mark_console(struct ww_tracking *t, void *state, unsigned mark,
	     const struct ww_record *record, const struct ww_captures *captures)
{
	const struct call c = {
		.t = t, .s = state, .record = record, .captures = captures
	};

	actions[mark](&c);
}

static void
finish_console(struct ww_tracking *t, void *state)
{
	const struct call c = { .t = t, .s = state };

	end_failed(&c);
}

const struct ww_tracker ww_tracker_console = {
	.dialects = { WW_DIALECT_DISM_CONSOLE, WW_DIALECT_SFC_CONSOLE },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.mark = mark_console,
	.finish = finish_console,
};
