#include "serve/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <winwhy/winwhy.h>

#include "intake/reading.h"
#include "serve/job_files.h"
#include "serve/knowledge.h"
#include "site/frame.h"
#include "sys/posix_write.h"
#include "unpack/confine.h"

#include "base/banned.h"

/* What one diagnosis may cost; its unpacker has limits of its own. */
#define MEMORY_MAX  ((uint64_t)2 << 30)
#define SECONDS_MAX 240

/* So that pages are served first. */
#define NICE 10

/* Columns of the answer as text. */
#define WIDTH 80

struct work {
	struct ww_arena arena;
	const struct ww_catalogue *c;
	unsigned lang;
	bool redact;
	struct ww_file upload;
	int files[JOB_FILES]; /* open for writing, all but JOB_UPLOAD */
};

/* What is known by then is told. */
static volatile sig_atomic_t time_up;

static void
on_time_up(int number)
{
	(void)number;
	time_up = 1;
}

static bool
open_files(struct work *w)
{
	const char *why;

	for (unsigned i = JOB_PROGRESS; i < JOB_FILES; i++) {
		w->files[i] =
		    open(job_file_name((enum job_file)i),
			 O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (w->files[i] < 0)
			return false;
	}
	return ww_sys_open(job_file_name(JOB_UPLOAD), WW_OPEN_FOUND, &w->upload,
			   &why);
}

/* Nobody waits for an answer when the server has gone. */
static void
end_with_server(void)
{
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
}

static bool
prepare(struct work *w)
{
	struct sigaction action = { .sa_handler = on_time_up };

	end_with_server();
	sigemptyset(&action.sa_mask);
	(void)!nice(NICE);
	return sigaction(SIGXCPU, &action, NULL) == 0 && open_files(w);
}

/* The last moment before something is read that a stranger wrote. */
static bool
on_started(void *ctx)
{
	const struct ww_confines keep = { .memory = MEMORY_MAX,
					  .seconds = SECONDS_MAX,
					  .file = JOB_ANSWER_MAX,
					  .waits = true };

	(void)ctx;
	return ww_confine(&keep);
}

static void
on_begins(void *ctx, struct ww_slice name, uint32_t number, size_t files)
{
	struct work *w = ctx;
	char line[16];
	int n = snprintf(line, sizeof(line), "%u\n", number);

	(void)name;
	(void)files;
	/* It is read from its start. */
	if (lseek(w->files[JOB_PROGRESS], 0, SEEK_SET) == 0)
		(void)ww_posix_write(w->files[JOB_PROGRESS],
				     ww_slice_of(line, (size_t)n));
}

static bool
save(const struct work *w, enum job_file file, struct ww_slice bytes)
{
	return bytes.len <= JOB_ANSWER_MAX &&
	       ww_posix_write(w->files[file], bytes);
}

static bool
save_page(struct work *w, struct ww_report *report)
{
	const struct site site = { .c = w->c, .takes_files = true };
	/* It stands at LANG/diagnosis/NAME/page.html. */
	struct ww_page page =
	    site_frame_at(&w->arena, &site, w->lang, WW_LIT("../../../"));
	struct ww_slice bytes;

	page.saves = true;

	return ww_render_page(report, &page, &bytes) == WW_OK &&
	       save(w, JOB_PAGE, bytes);
}

static bool
save_answers(struct work *w, struct ww_report *report)
{
	static const struct {
		enum job_file file;
		enum ww_format format;
	} answers[] = {
		{ JOB_REPORT, WW_FORMAT_HTML },
		{ JOB_JSON, WW_FORMAT_JSON },
		{ JOB_TEXT, WW_FORMAT_TEXT },
	};
	const struct ww_style style = { .width = WIDTH };
	struct ww_slice bytes;

	for (size_t i = 0; i < WW_ARRAY_LEN(answers); i++)
		if (ww_render(report, answers[i].format, &style, &bytes) !=
			WW_OK ||
		    !save(w, answers[i].file, bytes))
			return false;
	return save_page(w, report);
}

static bool
diagnose(struct work *w)
{
	const struct ww_diagnose_options options = { .lang = w->lang,
						     .redact = w->redact };
	const struct reading_watch watch = { .ctx = w,
					     .begins = on_begins,
					     .started = on_started,
					     .stop = &time_up };
	struct ww_diagnosis *d;
	struct ww_report *report;
	struct ww_error error;

	if (ww_diagnosis_open(w->c, &options, &d, &error) != WW_OK)
		return false;
	reading_archive(&w->arena, w->c, w->lang, d, &w->upload, &watch);
	return ww_diagnosis_report(d, &report, &error) == WW_OK &&
	       save_answers(w, report);
}

/* Leaves at once: nothing is left to do, and little is allowed. */
int
worker_main(char **arguments)
{
	struct work w = { 0 };
	jmp_buf oom;

	for (int i = 0; i < 4; i++)
		if (arguments[i] == NULL)
			return 1;
	if (setjmp(oom) != 0)
		_exit(1);
	ww_arena_init(&w.arena, &oom);
	w.c = knowledge_open(&w.arena, arguments[3]);
	if (w.c == NULL || chdir(arguments[0]) != 0 || !prepare(&w))
		_exit(1);
	w.lang = knowledge_language(w.c, arguments[1]);
	w.redact = strcmp(arguments[2], "redact") == 0;
	_exit(diagnose(&w) ? 0 : 1);
}
