/*
 * winwhy-serve: the pages of winwhy, and diagnoses, in a browser.  Started
 * by `winwhy serve`, which has read and checked its options:
 *
 *	winwhy-serve LANGUAGE ADDRESS PORT MEGABYTES [HOST]...
 *
 * Runs in the foreground until SIGTERM or Ctrl-C.
 */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <winwhy/winwhy.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/message.h"
#include "serve/app.h"
#include "serve/worker.h"
#include "sys/process.h"
#include "sys/sys.h"

#include "base/banned.h"

#define ARGUMENTS 4

/* Exit statuses, as those of winwhy. */
enum { SERVED = 0, USAGE = 2, FAILED = 4 };

struct serving {
	struct ww_arena arena;
	const struct ww_catalogue *c;
	unsigned lang;
	struct http_config http;
	struct app app;
};

static volatile sig_atomic_t stop;

static void
on_signal(int number)
{
	(void)number;
	stop = 1;
}

static void
catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void
complain(struct serving *s, const char *what, const char *why)
{
	struct ww_buf line = ww_buf_in(&s->arena);

	ww_buf_printf(&line, "winwhy serve: %s: ", what);
	ww_buf_add(&line, ww_message(s->c, s->lang, why));
	ww_buf_char(&line, '\n');
	ww_sys_write(WW_STDERR, ww_buf_slice(&line));
}

/* http://127.0.0.1:8650/ is what a person clicks. */
static void
tell_address(struct serving *s, uint16_t port)
{
	struct ww_buf line = ww_buf_in(&s->arena);
	bool v6 = strchr(s->http.address, ':') != NULL;

	ww_buf_printf(&line, "http://%s%s%s:%u/\n", v6 ? "[" : "",
		      s->http.address, v6 ? "]" : "", port);
	ww_sys_write(WW_STDERR, ww_buf_slice(&line));
}

/* The catalogue's check sum and our version: what a page is made from. */
static struct ww_slice
edition_of(struct serving *s)
{
	struct ww_buf edition = ww_buf_in(&s->arena);

	ww_buf_add(&edition, WW_LIT(WW_VERSION "-"));
	ww_buf_hex(&edition, ww_catalogue_crc(s->c), 8);
	return ww_buf_slice(&edition);
}

static uint64_t
number_of(const char *s)
{
	return strtoull(s, NULL, 10);
}

static void
configure(struct serving *s, char **arguments)
{
	size_t n = 0;
	struct ww_slice *hosts;

	while (arguments[ARGUMENTS + n] != NULL)
		n++;
	hosts = ww_arena_array(&s->arena, n + 1, sizeof(*hosts));
	for (size_t i = 0; i < n; i++)
		hosts[i] = ww_slice_cstr(arguments[ARGUMENTS + i]);
	s->lang = (unsigned)ww_catalogue_language(
	    s->c, ww_slice_cstr(arguments[0]));
	s->http = (struct http_config){
		.address = arguments[1],
		.port = (uint16_t)number_of(arguments[2]),
		.guard = { .hosts = hosts, .n_hosts = n },
		.edition = edition_of(s),
		.log = true,
	};
	s->app = (struct app){
		.c = s->c,
		.lang = s->lang,
		.upload_max = number_of(arguments[3]) << 20,
	};
}

static int
serve(struct serving *s)
{
	const struct http_app app = app_of(&s->app);
	struct http_server *server;
	const char *why;
	uint16_t port;

	server = http_open(&s->http, &app, &port, &why);
	if (server == NULL) {
		complain(s, s->http.address, why);
		return FAILED;
	}
	tell_address(s, port);
	http_run(server, &stop);
	http_close(server);
	return SERVED;
}

static int
run(struct serving *s, char **arguments)
{
	const char *parent = ww_sys_environment(&s->arena, "TMPDIR");
	const char *program = ww_sys_helper(&s->arena, "winwhy-serve");
	const char *why;
	int status;

	configure(s, arguments);
	if (parent == NULL)
		parent = "/tmp";
	catch_signals();
	s->app.jobs = jobs_open(parent, program, &why);
	if (s->app.jobs == NULL) {
		complain(s, parent, why);
		return FAILED;
	}
	status = serve(s);
	jobs_close(s->app.jobs);
	return status;
}

int
main(int argc, char **argv)
{
	struct serving s = { .c = ww_catalogue_embedded() };
	jmp_buf oom;
	int status;

	if (argc > 1 && strcmp(argv[1], WORKER_OPTION) == 0)
		return worker_main(argv + 2);
	if (argc < 1 + ARGUMENTS)
		return USAGE;
	if (setjmp(oom) != 0)
		return FAILED;
	ww_arena_init(&s.arena, &oom);
	status = run(&s, argv + 1);
	ww_arena_release(&s.arena);
	return status;
}
