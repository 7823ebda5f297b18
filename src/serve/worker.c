#include "serve/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <winwhy/winwhy.h>

#include "base/compiler.h"
#include "intake/reading.h"
#include "render/html/page.h"
#include "serve/confine.h"
#include "serve/jobs.h"
#include "site/address.h"
#include "sys/sys.h"

#include "base/banned.h"

/* Columns of the answer as text. */
#define WIDTH 80

const char *const worker_files[] = {
	[JOB_PAGE] = "page.html",   [JOB_REPORT] = "report.html",
	[JOB_JSON] = "report.json", [JOB_TEXT] = "report.txt",
	[JOB_ANSWERS] = WORKER_UPLOAD,
};

const size_t worker_n_files = WW_ARRAY_LEN(worker_files);

struct work {
	struct ww_arena arena;
	const struct ww_catalogue *c;
	unsigned lang;
	bool redact;
	volatile sig_atomic_t stop;
};

static bool
save(const char *name, struct ww_slice bytes)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);

	if (fd < 0)
		return false;
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.p, bytes.len);

		if (n <= 0)
			break;
		bytes = ww_slice_from(bytes, (size_t)n);
	}
	return close(fd) == 0 && bytes.len == 0;
}

static bool
save_page(struct work *w, struct ww_report *report)
{
	const struct site_page here = { .kind = SITE_DIAGNOSIS,
					.lang = w->lang };
	struct ww_page page = site_frame(&w->arena, w->c, &here);
	struct ww_slice bytes;

	return ww_render_page(report, &page, &bytes) == WW_OK &&
	       save(worker_files[JOB_PAGE], bytes);
}

static bool
save_answers(struct work *w, struct ww_report *report)
{
	static const enum ww_format formats[] = {
		[JOB_REPORT] = WW_FORMAT_HTML,
		[JOB_JSON] = WW_FORMAT_JSON,
		[JOB_TEXT] = WW_FORMAT_TEXT,
	};
	const struct ww_style style = { .width = WIDTH };
	struct ww_slice bytes;

	if (!save_page(w, report))
		return false;
	for (unsigned i = JOB_REPORT; i < JOB_ANSWERS; i++)
		if (ww_render(report, formats[i], &style, &bytes) != WW_OK ||
		    !save(worker_files[i], bytes))
			return false;
	return true;
}

static bool
diagnose(struct work *w, struct ww_diagnosis *d)
{
	static const char *const paths[] = { WORKER_UPLOAD };
	const struct reading_watch watch = { .stop = &w->stop };
	struct ww_report *report;
	struct ww_error error;
	bool saved;

	reading_run(&w->arena, w->c, w->lang, d, paths, 1, 1, &watch);
	if (ww_diagnosis_report(d, &report, &error) != WW_OK)
		return false;
	saved = save_answers(w, report);
	ww_report_close(report);
	return saved;
}

static bool
work(struct work *w)
{
	const struct ww_diagnose_options options = { .lang = w->lang,
						     .redact = w->redact };
	struct ww_diagnosis *d;
	struct ww_error error;
	bool done;

	if (ww_diagnosis_open(w->c, &options, &d, &error) != WW_OK)
		return false;
	done = diagnose(w, d);
	ww_diagnosis_close(d);
	return done;
}

int
worker_main(char **arguments)
{
	struct work w = { .c = ww_catalogue_embedded() };
	jmp_buf oom;
	int lang;
	bool done;

	if (arguments[0] == NULL || arguments[1] == NULL ||
	    arguments[2] == NULL || chdir(arguments[0]) != 0 ||
	    !serve_confine())
		return 1;
	lang = ww_catalogue_language(w.c, ww_slice_cstr(arguments[1]));
	w.lang = lang < 0 ? 0 : (unsigned)lang;
	w.redact = strcmp(arguments[2], "redact") == 0;
	if (setjmp(oom) != 0)
		return 1;
	ww_arena_init(&w.arena, &oom);
	done = work(&w);
	ww_arena_release(&w.arena);
	return done ? 0 : 1;
}
