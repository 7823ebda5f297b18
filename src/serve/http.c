#include "serve/http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include <microhttpd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/message.h"
#include "serve/access_log.h"
#include "serve/gzip.h"
#include "serve/patience.h"
#include "sys/sys.h"

#include "base/banned.h"

/* Of all clients, and of one: what a browser opens, and a person's scripts. */
#define CONNECTIONS_MAX	    ((unsigned)PATIENCE_MAX)
#define CONNECTION_MEMORY   ((size_t)64 * 1024)

/* Seconds without a byte, and how long a request may take in all. */
#define IDLE_SECONDS	    15u
#define REQUEST_MS	    ((uint64_t)30 * 1000)
#define BODY_MS		    ((uint64_t)15 * 60 * 1000)

#define TICKS_A_SECOND	    5
#define THREADS		    2u

/* What a browser may do with any answer. */
static const struct {
	const char *name, *value;
} safety[] = {
	{ "Content-Security-Policy",
	  "default-src 'none'; style-src 'self'; script-src 'self'; "
	  "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
	  "base-uri 'none'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
};

struct http_server {
	struct http_config config;
	struct http_app app;
	struct MHD_Daemon *daemon;
	struct patience patience;
};

/* A request and its answer. */
struct http_exchange {
	struct http_server *server;
	struct MHD_Connection *connection;
	struct ww_arena arena;
	jmp_buf oom;
	struct request request;
	struct body body;
	struct response response;
	bool refused; /* response is the answer; the body is let go by */
	bool done;    /* its body wants no more */
	uint64_t started;
};

struct ww_slice
request_header(const struct request *r, const char *name)
{
	const char *value =
	    MHD_lookup_connection_value(r->exchange->connection,
					MHD_HEADER_KIND, name);

	return ww_slice_cstr(value == NULL ? "" : value);
}

struct ww_slice
request_argument(const struct request *r, const char *name)
{
	const char *value =
	    MHD_lookup_connection_value(r->exchange->connection,
					MHD_GET_ARGUMENT_KIND, name);

	return ww_slice_cstr(value == NULL ? "" : value);
}

/* Answers */

static void
add_header(struct MHD_Response *response, const char *name, const char *value)
{
	if (value != NULL)
		MHD_add_response_header(response, name, value);
}

/* "edition" or "edition-gz": a strong tag names the bytes. */
static const char *
tag_of(struct http_exchange *x, bool packed)
{
	struct ww_buf tag = ww_buf_in(&x->arena);

	ww_buf_char(&tag, '"');
	ww_buf_add(&tag, x->server->config.edition);
	ww_buf_add(&tag, packed ? WW_LIT("-gz\"") : WW_LIT("\""));
	ww_buf_char(&tag, '\0');
	return tag.p;
}

static bool
takes_gzip(const struct http_exchange *x)
{
	return ww_slice_casehas(request_header(&x->request, "Accept-Encoding"),
				WW_LIT("gzip"));
}

/* Whether the client has what a lasting answer would be. */
static bool
has_it(struct http_exchange *x)
{
	struct ww_slice have = request_header(&x->request, "If-None-Match");

	return have.len > 0 &&
	       (ww_slice_casehas(have, ww_slice_cstr(tag_of(x, false))) ||
		ww_slice_casehas(have, ww_slice_cstr(tag_of(x, true))));
}

static const char *
disposition(struct http_exchange *x, const char *file_name)
{
	struct ww_buf text = ww_buf_in(&x->arena);

	if (file_name == NULL)
		return NULL;
	ww_buf_printf(&text, "attachment; filename=\"%s\"", file_name);
	ww_buf_char(&text, '\0');
	return text.p;
}

static void
add_headers(struct http_exchange *x, struct MHD_Response *out, bool packed)
{
	const struct response *r = &x->response;

	add_header(out, "Content-Type",
		   r->type == NULL ? "text/html; charset=utf-8" : r->type);
	add_header(out, "Location", r->location);
	add_header(out, "Allow", r->allow);
	add_header(out, "Content-Disposition",
		   disposition(x, r->file_name));
	add_header(out, "Cache-Control", r->lasting ? "no-cache" : "no-store");
	add_header(out, "ETag", r->lasting ? tag_of(x, packed) : NULL);
	add_header(out, "Vary", "Accept-Encoding");
	add_header(out, "Content-Encoding", packed ? "gzip" : NULL);
	for (size_t i = 0; i < WW_ARRAY_LEN(safety); i++)
		add_header(out, safety[i].name, safety[i].value);
}

static enum MHD_Result
send_answer(struct http_exchange *x)
{
	struct response *r = &x->response;
	struct ww_slice body = r->body;
	struct MHD_Response *out;
	enum MHD_Result result;
	bool packed;

	if (r->status == 0)
		r->status = 200;
	packed = takes_gzip(x) && gzip_of(&x->arena, body, &body);
	/* The bytes lie in the exchange, which outlives the response. */
	out = MHD_create_response_from_buffer(body.len, (void *)body.p,
					      MHD_RESPMEM_PERSISTENT);
	if (out == NULL)
		return MHD_NO;
	add_headers(x, out, packed);
	result = MHD_queue_response(x->connection, r->status, out);
	MHD_destroy_response(out);
	return result;
}

/* Requests */

static int
socket_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(connection,
				    MHD_CONNECTION_INFO_CONNECTION_FD);

	return info == NULL ? -1 : info->connect_fd;
}

/* What other pages of the web may not do in a visitor's name. */
static bool
is_welcome(struct http_exchange *x)
{
	const struct request *r = &x->request;
	struct ww_slice host = request_header(r, "Host");
	bool reads = ww_slice_eq(r->method, WW_LIT("GET")) ||
		     ww_slice_eq(r->method, WW_LIT("HEAD"));

	if (!guard_host(&x->server->config.guard, host)) {
		x->response = (struct response){
			.status = 421,
			.type = "text/plain; charset=utf-8",
			.body = WW_LIT("This server is not asked by that "
				       "name.\n"),
		};
		return false;
	}
	if (reads || guard_origin(request_header(r, "Origin"),
				  request_header(r, "Sec-Fetch-Site"), host))
		return true;
	x->response = (struct response){
		.status = 403,
		.type = "text/plain; charset=utf-8",
		.body = WW_LIT("The request comes from another site.\n"),
	};
	return false;
}

static void
begin(struct http_exchange *x, const char *url, const char *method)
{
	struct http_server *s = x->server;

	x->request = (struct request){
		.arena = &x->arena,
		.method = ww_slice_cstr(method),
		.path = ww_slice_cstr(url[0] == '/' ? url + 1 : url),
		.exchange = x,
	};
	x->refused = !is_welcome(x) ||
		     !s->app.begin(s->app.ctx, &x->request, &x->body,
				   &x->response);
	patience_set(&s->patience, socket_of(x->connection),
		     x->started + (x->body.take != NULL ? BODY_MS : REQUEST_MS));
}

static void
take(struct http_exchange *x, struct ww_slice bytes)
{
	if (x->refused || x->done)
		return;
	if (x->body.take == NULL || !x->body.take(x->body.ctx, bytes))
		x->done = true;
}

static enum MHD_Result
finish(struct http_exchange *x)
{
	struct http_server *s = x->server;

	if (!x->refused)
		s->app.answer(s->app.ctx, &x->request, &x->body, &x->response);
	if (x->response.lasting && x->response.status <= 200 && has_it(x)) {
		x->response.status = 304;
		x->response.body = WW_LIT("");
	}
	return send_answer(x);
}

static struct http_exchange *
new_exchange(struct http_server *server, struct MHD_Connection *connection)
{
	struct http_exchange *x = calloc(1, sizeof(*x));

	if (x == NULL)
		return NULL;
	x->server = server;
	x->connection = connection;
	x->started = ww_sys_now_ms();
	ww_arena_init(&x->arena, &x->oom);
	return x;
}

static bool
has_body(const struct http_exchange *x)
{
	struct ww_slice length = request_header(&x->request, "Content-Length");

	return (length.len > 0 && !ww_slice_eq(length, WW_LIT("0"))) ||
	       request_header(&x->request, "Transfer-Encoding").len > 0;
}

/*
 * libmicrohttpd calls this with the head of a request, then with pieces of
 * its body, at last without any.  An answer to the first call costs the
 * connection: it is given there only to spare us a body.
 */
static enum MHD_Result
on_request(void *ctx, struct MHD_Connection *connection, const char *url,
	   const char *method, const char *version, const char *data,
	   size_t *size, void **state)
{
	struct http_exchange *x = *state;
	bool first = x == NULL;

	(void)version;
	if (first)
		*state = x = new_exchange(ctx, connection);
	if (x == NULL || setjmp(x->oom) != 0)
		return MHD_NO;
	if (first) {
		begin(x, url, method);
		return x->refused && has_body(x) ? send_answer(x) : MHD_YES;
	}
	if (*size == 0)
		return finish(x);
	take(x, ww_slice_of(data, *size));
	*size = 0;
	return MHD_YES;
}

static void
log_request(struct http_exchange *x)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(x->connection,
				    MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	if (!x->server->config.log)
		return;
	access_log(&(struct access){
	    .client = info == NULL ? NULL : info->client_addr,
	    .method = x->request.method,
	    .path = x->request.path,
	    .status = x->response.status,
	    .bytes = x->response.body.len,
	    .milliseconds = ww_sys_now_ms() - x->started,
	});
}

static void
on_completed(void *ctx, struct MHD_Connection *connection, void **state,
	     enum MHD_RequestTerminationCode how)
{
	struct http_exchange *x = *state;
	struct http_server *server = ctx;

	(void)how;
	if (x == NULL)
		return;
	if (x->body.end != NULL)
		x->body.end(x->body.ctx);
	if (setjmp(x->oom) == 0)
		log_request(x);
	patience_set(&server->patience, socket_of(connection),
		     ww_sys_now_ms() + REQUEST_MS);
	ww_arena_release(&x->arena);
	free(x);
	*state = NULL;
}

static void
on_connection(void *ctx, struct MHD_Connection *connection, void **state,
	      enum MHD_ConnectionNotificationCode what)
{
	struct http_server *server = ctx;
	int socket = socket_of(connection);

	(void)state;
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		patience_set(&server->patience, socket,
			     ww_sys_now_ms() + REQUEST_MS);
	else
		patience_forget(&server->patience, socket);
}

/* The server */

static void
ignore_message(void *ctx, const char *format, va_list args)
{
	(void)ctx;
	(void)format;
	(void)args;
}

static bool
address_of(const struct http_config *config, struct sockaddr_storage *ret,
	   bool *retv6)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET,
				  .sin_port = htons(config->port) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
				   .sin6_port = htons(config->port) };

	memset(ret, 0, sizeof(*ret));
	if (inet_pton(AF_INET, config->address, &v4.sin_addr) == 1) {
		memcpy(ret, &v4, sizeof(v4));
		*retv6 = false;
		return true;
	}
	if (inet_pton(AF_INET6, config->address, &v6.sin6_addr) != 1)
		return false;
	memcpy(ret, &v6, sizeof(v6));
	*retv6 = true;
	return true;
}

static struct MHD_Daemon *
start(struct http_server *server, const struct sockaddr_storage *address,
      bool v6)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG |
			 (v6 ? (unsigned)MHD_USE_IPv6 : 0u);

	return MHD_start_daemon(
	    flags, 0, NULL, NULL, on_request, server, MHD_OPTION_SOCK_ADDR,
	    address, MHD_OPTION_EXTERNAL_LOGGER, ignore_message, NULL,
	    MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS_MAX,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT,
	    server->config.connections_of_one, MHD_OPTION_CONNECTION_TIMEOUT,
	    IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
	    CONNECTION_MEMORY, MHD_OPTION_THREAD_POOL_SIZE, THREADS,
	    MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
	    MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
	    MHD_OPTION_END);
}

static uint16_t
port_of(struct MHD_Daemon *daemon)
{
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);

	return info == NULL ? 0 : info->port;
}

struct http_server *
http_open(const struct http_config *config, const struct http_app *app,
	  uint16_t *retport, const char **retwhy)
{
	struct http_server *server = calloc(1, sizeof(*server));
	struct sockaddr_storage address;
	bool v6;

	*retwhy = N_("out of memory");
	if (server == NULL)
		return NULL;
	server->config = *config;
	server->app = *app;
	patience_init(&server->patience);
	if (!address_of(config, &address, &v6)) {
		*retwhy = N_("is no numeric address");
		goto fail;
	}
	server->daemon = start(server, &address, v6);
	if (server->daemon == NULL) {
		*retwhy = N_("could not listen there; is it taken?");
		goto fail;
	}
	*retport = port_of(server->daemon);
	return server;
fail:
	patience_release(&server->patience);
	free(server);
	return NULL;
}

void
http_run(struct http_server *server, const volatile sig_atomic_t *stop)
{
	const struct timespec pause = { .tv_nsec = 1000000000 /
						   TICKS_A_SECOND };

	while (!*stop) {
		nanosleep(&pause, NULL);
		patience_cut(&server->patience, ww_sys_now_ms());
		server->app.tick(server->app.ctx);
	}
}

void
http_close(struct http_server *server)
{
	MHD_stop_daemon(server->daemon);
	patience_release(&server->patience);
	free(server);
}
