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

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

static struct ww_episode *
running(const struct ww_marked_line *l, enum ww_episode_id kind)
{
	const struct ww_slice any = { 0 };

	return ww_track_open(l->t, kind, any);
}

static void
end_failed(const struct ww_marked_line *l)
{
	struct ww_record error = ww_kept_record(&state_of(l)->error);
	struct ww_episode *e = running(l, WW_EPISODE_DISM);

	if (e != NULL && state_of(l)->error.line != 0)
		ww_servicing_end(l->t, e, state_of(l)->code, &error);
	state_of(l)->error.line = 0;
}

static void
on_prompt(const struct ww_marked_line *l)
{
	/* The program's name is the first word, whatever it is. */
	struct ww_slice prompt = WW_LIT("dism");
	size_t n =
	    ww_keep_text(state_of(l)->command, WW_COMMAND_MAX, prompt).len;

	n += ww_keep_text(state_of(l)->command + n, WW_COMMAND_MAX - n,
			  ww_captured(l->captures, "rest"))
		 .len;
	state_of(l)->command_len = n;
}

static void
on_title(const struct ww_marked_line *l)
{
	struct ww_slice command =
	    ww_slice_of(state_of(l)->command, state_of(l)->command_len);
	char key[WW_LINE_KEY], room[WW_COMMAND_MAX];
	struct ww_episode *e;

	end_failed(l);
	e = ww_track_begin(l->t, WW_EPISODE_DISM,
			   ww_line_key(l->record->line, key), l->record);
	state_of(l)->command_len = 0;
	if (command.len == 0)
		return;
	ww_track_subject(l->t, e, ww_dism_subject(command, room));
	ww_track_note(l->t, e, "command", command, l->record);
	if (ww_dism_source(command).len > 0)
		ww_track_note(l->t, e, "source-path", ww_dism_source(command),
			      l->record);
}

static void
note_version(const struct ww_marked_line *l, const char *name)
{
	struct ww_episode *e = running(l, WW_EPISODE_DISM);

	if (e != NULL)
		ww_track_note(l->t, e, name, ww_captured(l->captures, "v"),
			      l->record);
}

static void
on_version(const struct ww_marked_line *l)
{
	note_version(l, "tool-version");
}

static void
on_image_version(const struct ww_marked_line *l)
{
	note_version(l, "image-version");
}

static void
on_error(const struct ww_marked_line *l)
{
	uint32_t code;

	if (running(l, WW_EPISODE_DISM) == NULL ||
	    !ww_track_code(ww_captured(l->captures, "code"), &code) ||
	    code == 0)
		return;
	state_of(l)->code = code;
	ww_keep(&state_of(l)->error, l->record);
}

static void
on_success(const struct ww_marked_line *l)
{
	struct ww_episode *e = running(l, WW_EPISODE_DISM);

	/* Of several packages one may have failed. */
	if (state_of(l)->error.line != 0)
		end_failed(l);
	else if (e != NULL)
		ww_track_end(l->t, e, WW_OUTCOME_SUCCEEDED, l->record);
}

/* The verdict on the store, beside that on the command. */
static void
judge_store(const struct ww_marked_line *l, enum ww_outcome outcome,
	    const char *note, const char *value)
{
	char key[WW_LINE_KEY];
	struct ww_episode *e =
	    ww_track_begin(l->t, WW_EPISODE_STORE_CHECK,
			   ww_line_key(l->record->line, key), l->record);

	if (note != NULL)
		ww_track_note(l->t, e, note, ww_slice_cstr(value), l->record);
	ww_track_end(l->t, e, outcome, l->record);
}

static void
on_store_clean(const struct ww_marked_line *l)
{
	judge_store(l, WW_OUTCOME_SUCCEEDED, NULL, NULL);
}

/* It does not say whether there was something to repair. */
static void
on_store_restored(const struct ww_marked_line *l)
{
	judge_store(l, WW_OUTCOME_SUCCEEDED, "repaired", "perhaps");
}

static void
on_store_repairable(const struct ww_marked_line *l)
{
	judge_store(l, WW_OUTCOME_FAILED, "repairable", "yes");
}

static void
on_store_beyond(const struct ww_marked_line *l)
{
	judge_store(l, WW_OUTCOME_FAILED, "repairable", "no");
}

static struct ww_episode *
need_sfc(const struct ww_marked_line *l)
{
	struct ww_episode *e = running(l, WW_EPISODE_SFC);
	char key[WW_LINE_KEY];

	if (e != NULL)
		return e;
	return ww_track_begin(l->t, WW_EPISODE_SFC,
			      ww_line_key(l->record->line, key), l->record);
}

static void
on_sfc_begun(const struct ww_marked_line *l)
{
	char key[WW_LINE_KEY];

	ww_track_begin(l->t, WW_EPISODE_SFC, ww_line_key(l->record->line, key),
		       l->record);
}

static void
on_sfc_clean(const struct ww_marked_line *l)
{
	/* … but cannot guarantee the integrity of the system because … */
	bool doubt =
	    ww_slice_casehas(l->record->text, WW_LIT("cannot guarantee"));

	ww_track_end(l->t, need_sfc(l),
		     doubt ? WW_OUTCOME_FAILED : WW_OUTCOME_SUCCEEDED,
		     l->record);
}

static void
on_sfc_repaired(const struct ww_marked_line *l)
{
	struct ww_episode *e = need_sfc(l);

	ww_track_note(l->t, e, "repaired", WW_LIT("yes"), l->record);
	ww_track_end(l->t, e, WW_OUTCOME_SUCCEEDED, l->record);
}

static void
on_sfc_unrepaired(const struct ww_marked_line *l)
{
	ww_track_end(l->t, need_sfc(l), WW_OUTCOME_FAILED, l->record);
}

static void
on_sfc_not_run(const struct ww_marked_line *l)
{
	struct ww_episode *e = need_sfc(l);

	ww_track_note(l->t, e, "not-checked", WW_LIT("yes"), l->record);
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
}

static void
on_sfc_not_allowed(const struct ww_marked_line *l)
{
	struct ww_episode *e = need_sfc(l);

	ww_track_note(l->t, e, "not-checked", WW_LIT("yes"), l->record);
	ww_track_end(l->t, e, WW_OUTCOME_CANCELLED, l->record);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
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

const struct ww_tracker ww_tracker_console = {
	.dialects = { WW_DIALECT_DISM_CONSOLE, WW_DIALECT_SFC_CONSOLE },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = end_failed,
};
