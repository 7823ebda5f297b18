#include "serve/exchange.h"

#include <stdlib.h>

#include "serve/gzip.h"
#include "serve/reply.h"
#include "sys/sys.h"

#include "base/banned.h"

/* A body that is refused is let go by up to here, so that we are heard. */
#define UNHEARD_MAX ((uint64_t)1024 * 1024 * 1024)

/* Bytes in a millisecond that the slowest client takes, or sends of a body. */
#define SLOWEST 16u

struct http_exchange {
	struct http_server *server;
	struct MHD_Connection *connection;
	struct ww_arena arena;
	jmp_buf oom;
	struct request request;
	struct body body;
	struct response response;
	bool refused;	      /* response is the answer */
	bool done;	      /* of its body no more is wanted */
	uint64_t since;	      /* its body arrives; ww_sys_now_ms() */
	uint64_t arrived;     /* bytes of it */
	enum MHD_Result sent; /* by send_kept() */
	/* For the log. */
	unsigned status;
	size_t bytes;
};

/* How often headers are there that may be there once. */
struct head_count {
	unsigned hosts, origins;
	unsigned lengths; /* of the body */
};

/* A lasting answer in both forms. */
struct kept {
	struct reply plain, packed;
};

struct ww_slice
request_header(const struct request *r, const char *name)
{
	const char *value = MHD_lookup_connection_value(r->exchange->connection,
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

bool
request_reads(const struct request *r)
{
	return ww_slice_eq(r->method, WW_LIT("GET")) ||
	       ww_slice_eq(r->method, WW_LIT("HEAD"));
}

static bool
has_arguments(const struct http_exchange *x)
{
	return MHD_get_connection_values(x->connection, MHD_GET_ARGUMENT_KIND,
					 NULL, NULL) > 0;
}

static void
be_patient_until(struct http_exchange *x, uint64_t until)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(x->connection,
				    MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	if (info != NULL)
		patience_set(info->socket_context, until);
}

static void
be_patient(struct http_exchange *x, uint64_t ms)
{
	be_patient_until(x, ww_sys_now_ms() + ms);
}

/* Sending */

static enum MHD_Result
queue(struct http_exchange *x, unsigned status, struct MHD_Response *response,
      size_t bytes)
{
	x->status = status;
	x->bytes = bytes;
	be_patient(x, REQUEST_MS + bytes / SLOWEST);
	return MHD_queue_response(x->connection, status, response);
}

static enum MHD_Result
queue_reply(struct http_exchange *x, unsigned status, const struct reply *reply)
{
	if (reply->response == NULL)
		return MHD_NO;
	/* By this status its headers are sent, and nothing else. */
	if (reply_known(reply, request_header(&x->request, "If-None-Match")))
		return queue(x, MHD_HTTP_NOT_MODIFIED, reply->response, 0);
	return queue(x, status, reply->response, reply->bytes);
}

static bool
takes_gzip(const struct http_exchange *x)
{
	return gzip_accepted(request_header(&x->request, "Accept-Encoding"));
}

static enum MHD_Result
send_once(struct http_exchange *x)
{
	const struct response *r = &x->response;
	enum MHD_Result result;
	struct reply reply;

	/* The bytes lie in the exchange, which outlives the reply. */
	reply_make(&x->arena, r, takes_gzip(x), true, &reply);
	result =
	    queue_reply(x, r->status == 0 ? MHD_HTTP_OK : r->status, &reply);
	reply_release(&reply);
	return result;
}

/* Answers that are given again */

void
exchange_drop_kept(void *value)
{
	struct kept *kept = value;

	reply_release(&kept->plain);
	reply_release(&kept->packed);
	free(kept);
}

static void
send_kept(void *ctx, void *value)
{
	struct http_exchange *x = ctx;
	const struct kept *kept = value;

	x->sent = queue_reply(x, MHD_HTTP_OK,
			      takes_gzip(x) ? &kept->packed : &kept->plain);
}

/* Only an address without arguments, all of which have one page each. */
static bool
send_from_cache(struct http_exchange *x)
{
	return !has_arguments(x) &&
	       cache_use(x->server->cache, x->request.path, send_kept, x);
}

static enum MHD_Result
keep_and_send(struct http_exchange *x)
{
	struct kept *kept = calloc(1, sizeof(*kept));

	if (kept == NULL)
		return send_once(x);
	reply_make(&x->arena, &x->response, false, false, &kept->plain);
	reply_make(&x->arena, &x->response, true, false, &kept->packed);
	if (kept->plain.response == NULL || kept->packed.response == NULL) {
		exchange_drop_kept(kept);
		return MHD_NO;
	}
	send_kept(x, kept);
	cache_keep(x->server->cache, x->request.path, kept,
		   kept->plain.bytes + kept->packed.bytes);
	return x->sent;
}

static enum MHD_Result
send_answer(struct http_exchange *x)
{
	if (x->response.lasting && x->response.status == 0 && !has_arguments(x))
		return keep_and_send(x);
	return send_once(x);
}

/* Receiving */

/* Where nothing is known yet of who asks; returns false. */
static bool
refuse(struct http_exchange *x, unsigned status, struct ww_slice why)
{
	x->response = (struct response){
		.status = status,
		.type = "text/plain; charset=utf-8",
		.body = why,
	};
	return false;
}

/* What other pages of the web may not do in a visitor's name. */
static bool
is_welcome(struct http_exchange *x)
{
	const struct request *r = &x->request;
	struct ww_slice host = request_header(r, "Host");

	if (!guard_host(&x->server->guard, host)) {
		return refuse(x, MHD_HTTP_MISDIRECTED_REQUEST,
			      WW_LIT("This server is not asked by that "
				     "name; see --host.\n"));
	}
	if (request_reads(r) ||
	    guard_origin(request_header(r, "Origin"),
			 request_header(r, "Sec-Fetch-Site"), host))
		return true;
	return refuse(x, MHD_HTTP_FORBIDDEN,
		      WW_LIT("The request comes from another site.\n"));
}

static enum MHD_Result
count_headers(void *ctx, enum MHD_ValueKind kind, const char *name,
	      const char *value)
{
	struct ww_slice found = ww_slice_cstr(name);
	struct head_count *n = ctx;

	(void)kind;
	(void)value;
	n->hosts += ww_slice_casecmp(found, WW_LIT("Host")) == 0;
	n->origins += ww_slice_casecmp(found, WW_LIT("Origin")) == 0;
	n->lengths += ww_slice_casecmp(found, WW_LIT("Content-Length")) == 0 ||
		      ww_slice_casecmp(found, WW_LIT("Transfer-Encoding")) == 0;
	return MHD_YES;
}

/*
 * Whether a proxy before us has read the same in it as we do: what stands
 * there twice, or a body with two lengths, is taken in different ways.
 */
static bool
is_plain(struct http_exchange *x)
{
	struct head_count n = { 0 };

	MHD_get_connection_values(x->connection, MHD_HEADER_KIND, count_headers,
				  &n);
	if (n.hosts <= 1 && n.origins <= 1 && n.lengths <= 1)
		return true;
	return refuse(x, MHD_HTTP_BAD_REQUEST,
		      WW_LIT("The request contradicts itself.\n"));
}

static void
begin(struct http_exchange *x)
{
	struct http_server *s = x->server;

	if (!s->app.begin(s->app.ctx, &x->request, &x->body, &x->response))
		x->refused = true;
}

/* Whether a client that is refused is told so before it sends its body. */
static bool
is_told_at_once(const struct http_exchange *x)
{
	struct ww_slice length = request_header(&x->request, "Content-Length");
	uint64_t bytes;

	return (length.len > 0 &&
		!ww_slice_decimal(length, UNHEARD_MAX, &bytes)) ||
	       request_header(&x->request, "Expect").len > 0;
}

/*
 * The head of a request is there.  An answer at this call costs the
 * connection: it is given here only to spare us a body.
 */
static enum MHD_Result
take_head(struct http_exchange *x)
{
	if (!is_plain(x)) {
		x->refused = true;
		return send_answer(x);
	}
	x->since = ww_sys_now_ms();
	x->refused = !is_welcome(x);
	if (!x->refused && !request_reads(&x->request))
		begin(x);
	be_patient(x, REQUEST_MS);
	return x->refused && is_told_at_once(x) ? send_answer(x) : MHD_YES;
}

/* A body has as much time as the slowest client would take up to here. */
static void
be_patient_with_body(struct http_exchange *x, size_t n)
{
	uint64_t most;

	x->arrived += n;
	most = REQUEST_MS + x->arrived / SLOWEST;
	be_patient_until(x, x->since + (most < BODY_MS ? most : BODY_MS));
}

static void
take_body(struct http_exchange *x, struct ww_slice bytes)
{
	be_patient_with_body(x, bytes.len);
	if (x->refused || x->done)
		return;
	if (x->body.take == NULL || !x->body.take(x->body.ctx, bytes))
		x->done = true;
}

static enum MHD_Result
finish(struct http_exchange *x)
{
	/* The others were begun before their body came. */
	if (!x->refused && request_reads(&x->request)) {
		if (send_from_cache(x))
			return x->sent;
		begin(x);
	}
	if (!x->refused)
		x->body.answer(x->body.ctx, &x->response);
	return send_answer(x);
}

static struct http_exchange *
new_exchange(struct http_server *server, struct MHD_Connection *connection,
	     const char *url, const char *method)
{
	struct http_exchange *x = calloc(1, sizeof(*x));

	if (x == NULL)
		return NULL;
	atomic_fetch_add(&server->under_way, 1);
	x->server = server;
	x->connection = connection;
	x->request = (struct request){
		.arena = &x->arena,
		.method = ww_slice_cstr(method),
		.path = ww_slice_cstr(url[0] == '/' ? url + 1 : url),
		.exchange = x,
	};
	ww_arena_init(&x->arena, &x->oom);
	return x;
}

/* Called with the head, then with pieces of the body, at last without any. */
enum MHD_Result
exchange_go_on(void *ctx, struct MHD_Connection *connection, const char *url,
	       const char *method, const char *version, const char *data,
	       size_t *size, void **state)
{
	bool first = *state == NULL;
	struct http_exchange *x =
	    first ? new_exchange(ctx, connection, url, method) : *state;

	(void)version;
	*state = x;
	if (x == NULL || setjmp(x->oom) != 0)
		return MHD_NO;
	if (first)
		return take_head(x);
	if (*size == 0)
		return finish(x);
	take_body(x, ww_slice_of(data, *size));
	*size = 0;
	return MHD_YES;
}

static void
log_request(const struct http_exchange *x)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(x->connection,
				    MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	access_log_add(&x->server->log,
		       &(struct access){
			   .client = info == NULL ? NULL : info->client_addr,
			   .method = x->request.method,
			   .path = x->request.path,
			   .status = x->status,
			   .bytes = x->bytes,
		       });
}

void
exchange_over(void *ctx, struct MHD_Connection *connection, void **state,
	      enum MHD_RequestTerminationCode how)
{
	struct http_exchange *x = *state;

	(void)ctx;
	(void)connection;
	(void)how;
	if (x == NULL)
		return;
	if (x->body.end != NULL)
		x->body.end(x->body.ctx);
	log_request(x);
	/* The next request on this connection may take as long to begin. */
	be_patient(x, REQUEST_MS);
	atomic_fetch_sub(&x->server->under_way, 1);
	ww_arena_release(&x->arena);
	free(x);
	*state = NULL;
}
