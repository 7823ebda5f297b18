#include "serve/http.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/message.h"
#include "serve/exchange.h"
#include "serve/listen.h"
#include "sys/sys.h"
#include "sys/thread.h"

#include "base/banned.h"

/*
 * For the head of a request, and a piece of its body or its answer.  It is
 * cleared for each request, which is felt.
 */
#define CONNECTION_MEMORY ((size_t)16 * 1024)

/* Seconds without a byte. */
#define IDLE_SECONDS 15u

/* Pages that are kept: some thousands. */
#define CACHE_BYTES ((size_t)64 * 1024 * 1024)

/* More would only wait for each other. */
#define THREADS_MAX    4u

#define TICKS_A_SECOND 5
#define STOP_TICKS     (10 * TICKS_A_SECOND)

static void
on_connection(void *ctx, struct MHD_Connection *connection, void **state,
	      enum MHD_ConnectionNotificationCode what)
{
	struct http_server *server = ctx;
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(connection,
				    MHD_CONNECTION_INFO_CONNECTION_FD);

	if (what == MHD_CONNECTION_NOTIFY_CLOSED)
		patience_end(&server->patience, *state);
	else if (info != NULL)
		*state = patience_begin(&server->patience, info->connect_fd,
					ww_sys_now_ms() + REQUEST_MS);
}

static void
ignore_message(void *ctx, const char *format, va_list args)
{
	(void)ctx;
	(void)format;
	(void)args;
}

/* %XX becomes a byte; a NUL would end what others read on. */
static size_t
unescape(void *ctx, struct MHD_Connection *connection, char *s)
{
	char *to = s;

	(void)ctx;
	(void)connection;
	for (const char *from = s; *from != '\0'; to++) {
		int high = from[0] == '%' ? ww_hex_value(from[1]) : -1;
		int low = high >= 0 ? ww_hex_value(from[2]) : -1;

		if (low < 0 || high + low == 0) {
			*to = *from++;
			continue;
		}
		*to = (char)(high << 4 | low);
		from += 3;
	}
	*to = '\0';
	return (size_t)(to - s);
}

static unsigned
threads(void)
{
	unsigned cores = ww_sys_cores();

	return cores < THREADS_MAX ? cores : THREADS_MAX;
}

static struct MHD_Daemon *
start(struct http_server *server)
{
	unsigned n = threads();

	return MHD_start_daemon(
	    MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG, 0,
	    NULL, NULL, exchange_go_on, server, MHD_OPTION_LISTEN_SOCKET,
	    server->listening, MHD_OPTION_EXTERNAL_LOGGER, ignore_message, NULL,
	    MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)PATIENCE_MAX,
	    MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY,
	    MHD_OPTION_THREAD_POOL_SIZE, n > 1 ? n : 0u,
	    MHD_OPTION_NOTIFY_COMPLETED, exchange_over, server,
	    MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
	    MHD_OPTION_END);
}

struct http_server *
http_open(const struct http_config *config, const struct http_app *app,
	  uint16_t *retport, const char **retwhy)
{
	struct http_server *server = calloc(1, sizeof(*server));

	*retwhy = N_("out of memory");
	if (server == NULL)
		return NULL;
	server->guard = config->guard;
	server->app = *app;
	server->cache = cache_new(CACHE_BYTES, exchange_drop_kept);
	if (server->cache == NULL)
		goto free_server;
	server->listening =
	    listen_on(config->address, config->port, retport, retwhy);
	if (server->listening < 0)
		goto free_cache;
	patience_init(&server->patience);
	access_log_init(&server->log);
	server->daemon = start(server);
	if (server->daemon != NULL)
		return server;
	*retwhy = N_("could not listen there");
	access_log_release(&server->log);
	patience_release(&server->patience);
	close(server->listening);
free_cache:
	cache_free(server->cache);
free_server:
	free(server);
	return NULL;
}

static void
tick(struct http_server *server)
{
	ww_sys_wait_ms(1000 / TICKS_A_SECOND);
	patience_cut(&server->patience, ww_sys_now_ms());
	access_log_flush(&server->log);
	server->app.tick(server->app.ctx);
}

void
http_run(struct http_server *server, const volatile sig_atomic_t *stop)
{
	while (!*stop)
		tick(server);
}

void
http_close(struct http_server *server)
{
	MHD_quiesce_daemon(server->daemon);
	close(server->listening);
	for (int i = 0; i < STOP_TICKS && atomic_load(&server->under_way) > 0;
	     i++)
		tick(server);
	MHD_stop_daemon(server->daemon);
	access_log_release(&server->log);
	patience_release(&server->patience);
	cache_free(server->cache);
	free(server);
}
