/*
 * winwhy-serve: the pages of winwhy, and diagnoses, in a browser.  Started
 * by `winwhy serve`, which has read and checked its options:
 *
 *	winwhy-serve LANGUAGE ADDRESS PORT MEGABYTES CATALOGUE [HOST]...
 *
 * CATALOGUE is a path, or empty.  Runs in the foreground until SIGTERM or
 * Ctrl-C.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <winwhy/winwhy.h>

#include "base/buf.h"
#include "base/message.h"
#include "serve/app.h"
#include "serve/knowledge.h"
#include "serve/worker.h"
#include "sys/process.h"
#include "sys/sys.h"

#include "base/banned.h"

enum { LANGUAGE, ADDRESS, PORT, MEGABYTES, CATALOGUE, HOSTS };

/* Exit statuses, as those of winwhy. */
enum { SERVED = 0, USAGE = 2, FAILED = 4 };

struct serving {
	struct ww_arena arena;
	char **arguments;
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

/* Else what is opened first, a socket perhaps, would be taken for them. */
static void
have_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

static void
complain(struct serving *s, const char *what, const char *why)
{
	struct ww_buf line = ww_buf_in(&s->arena);

	ww_buf_printf(&line, "winwhy: %s: ", what);
	ww_buf_add(&line, ww_message(s->app.c, s->app.lang, why));
	ww_buf_char(&line, '\n');
	ww_sys_write(WW_STDERR, ww_buf_slice(&line));
}

/* What a person clicks. */
static void
tell_address(struct serving *s, uint16_t port)
{
	struct ww_buf address = ww_buf_in(&s->arena);
	struct ww_buf line = ww_buf_in(&s->arena);
	const struct guard *guard = &s->http.guard;

	ww_buf_add(&address, WW_LIT("http://"));
	ww_buf_add(&address, guard->hosts[guard->n_hosts - 1]);
	ww_buf_printf(&address, ":%u/", port);
	ww_buf_template(&line,
			ww_message(s->app.c, s->app.lang,
				   N_("winwhy is at {address} until Ctrl-C "
				      "ends it")),
			(const struct ww_fill[]){
			    { "address", ww_buf_slice(&address) }, { 0 } });
	ww_buf_char(&line, '\n');
	ww_sys_write(WW_STDERR, ww_buf_slice(&line));
}

/* The address that is listened on is a name of ours, too: the last. */
static struct guard
guard_of(struct serving *s)
{
	char **given = s->arguments + HOSTS;
	struct ww_buf own = ww_buf_in(&s->arena);
	struct ww_slice *hosts;
	size_t n = 0;

	while (given[n] != NULL)
		n++;
	hosts = ww_arena_array(&s->arena, n + 1, sizeof(*hosts));
	for (size_t i = 0; i < n; i++)
		hosts[i] = ww_slice_cstr(given[i]);
	if (strchr(s->arguments[ADDRESS], ':') != NULL)
		ww_buf_printf(&own, "[%s]", s->arguments[ADDRESS]);
	else
		ww_buf_printf(&own, "%s", s->arguments[ADDRESS]);
	hosts[n] = ww_buf_slice(&own);
	return (struct guard){ .hosts = hosts, .n_hosts = n + 1 };
}

static void
configure(struct serving *s)
{
	char **arguments = s->arguments;

	s->http = (struct http_config){
		.address = arguments[ADDRESS],
		.port = (uint16_t)strtoul(arguments[PORT], NULL, 10),
		.guard = guard_of(s),
	};
	s->app.lang = knowledge_language(s->app.c, arguments[LANGUAGE]);
	s->app.upload_max = strtoull(arguments[MEGABYTES], NULL, 10) << 20;
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
run(struct serving *s)
{
	const char *parent = ww_sys_environment(&s->arena, "TMPDIR");
	const char *program = ww_sys_helper(&s->arena, "winwhy-serve");
	const char *why;
	int status;

	s->app.c = knowledge_open(&s->arena, s->arguments[CATALOGUE]);
	if (s->app.c == NULL || program == NULL)
		return FAILED;
	s->app.site = (struct site){ .c = s->app.c, .takes_files = true };
	configure(s);
	catch_signals();
	if (parent == NULL)
		parent = "/tmp";
	s->app.jobs = jobs_open(parent, program, s->arguments[CATALOGUE], &why);
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
	struct serving s = { 0 };
	jmp_buf oom;
	int status;

	if (argc > 1 && strcmp(argv[1], WORKER_OPTION) == 0)
		return worker_main(argv + 2);
	if (argc < 1 + HOSTS)
		return USAGE;
	have_streams();
	if (setjmp(oom) != 0)
		return FAILED;
	s.arguments = argv + 1;
	ww_arena_init(&s.arena, &oom);
	status = run(&s);
	ww_arena_release(&s.arena);
	return status;
}
