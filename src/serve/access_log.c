#include "serve/access_log.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>

#include "sys/sys.h"

#include "base/banned.h"

/* What is longer was made up. */
#define METHOD_SHOWN 16
#define PATH_SHOWN   200
#define LINE_ROOM    512

/* Behind this stands a diagnosis' name. */
#define SECRET_BEHIND WW_LIT("diagnosis/")

void
access_log_init(struct access_log *log)
{
	pthread_mutex_init(&log->mutex, NULL);
	log->n = 0;
	log->second = 0;
}

void
access_log_release(struct access_log *log)
{
	access_log_flush(log);
	pthread_mutex_destroy(&log->mutex);
}

static void
name_of(const struct sockaddr *client, char room[INET6_ADDRSTRLEN])
{
	struct sockaddr_in6 v6;
	struct sockaddr_in v4;

	snprintf(room, INET6_ADDRSTRLEN, "-");
	if (client != NULL && client->sa_family == AF_INET6) {
		memcpy(&v6, client, sizeof(v6));
		inet_ntop(AF_INET6, &v6.sin6_addr, room, INET6_ADDRSTRLEN);
	} else if (client != NULL) {
		memcpy(&v4, client, sizeof(v4));
		inet_ntop(AF_INET, &v4.sin_addr, room, INET6_ADDRSTRLEN);
	}
}

/* Visible ASCII, and nothing that could look like another field or line. */
static void
clean(struct ww_slice s, size_t max, char *ret)
{
	size_t n = 0;

	for (; n < s.len && n < max; n++) {
		char c = s.p[n];

		ret[n] = c > ' ' && c < 0x7f && c != '"' ? c : '?';
	}
	ret[n] = '\0';
}

static struct ww_slice
without_secret(struct ww_slice path)
{
	struct ww_slice behind = ww_slice_behind(path, SECRET_BEHIND);

	return ww_slice_of(path.p, path.len - behind.len);
}

static void
flush(struct access_log *log)
{
	if (log->n > 0)
		ww_sys_write(WW_STDOUT, ww_slice_of(log->lines, log->n));
	log->n = 0;
}

static void
set_when(struct access_log *log)
{
	time_t now = time(NULL);
	struct tm utc;

	if (now == log->second)
		return;
	log->second = now;
	gmtime_r(&now, &utc);
	strftime(log->when, sizeof(log->when), "%d/%b/%Y:%H:%M:%S +0000", &utc);
}

void
access_log_add(struct access_log *log, const struct access *a)
{
	char client[INET6_ADDRSTRLEN];
	char method[METHOD_SHOWN + 1], path[PATH_SHOWN + 1];
	int n;

	name_of(a->client, client);
	clean(a->method, METHOD_SHOWN, method);
	clean(without_secret(a->path), PATH_SHOWN, path);
	pthread_mutex_lock(&log->mutex);
	set_when(log);
	if (sizeof(log->lines) - log->n < LINE_ROOM)
		flush(log);
	n = snprintf(log->lines + log->n, LINE_ROOM,
		     "%s - - [%s] \"%s /%s HTTP/1.1\" %u %zu\n", client,
		     log->when, method, path, a->status, a->bytes);
	if (n > 0 && n < LINE_ROOM)
		log->n += (size_t)n;
	pthread_mutex_unlock(&log->mutex);
}

void
access_log_flush(struct access_log *log)
{
	pthread_mutex_lock(&log->mutex);
	flush(log);
	pthread_mutex_unlock(&log->mutex);
}
