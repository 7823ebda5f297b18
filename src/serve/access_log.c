#include "serve/access_log.h"

#include <arpa/inet.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <unistd.h>

#include "sys/sys.h"

#include "base/banned.h"

/* What is longer was made up. */
#define METHOD_SHOWN 16
#define PATH_SHOWN   200
/* All else in a line takes fewer than 200 bytes. */
#define LINE_ROOM ((size_t)METHOD_SHOWN + PATH_SHOWN + 200)

/* A pipe that has room has room for so many, as POSIX says. */
#define AT_ONCE ((size_t)PIPE_BUF)

/* How long the last lines may take. */
#define LAST_MS 1000

/* Behind this stands a diagnosis' name. */
#define SECRET_BEHIND WW_LIT("diagnosis/")

void
access_log_init(struct access_log *log)
{
	pthread_mutex_init(&log->mutex, NULL);
	log->text =
	    (struct ww_buf){ .p = log->lines, .cap = sizeof(log->lines) };
	log->lost = 0;
	log->second = 0;
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

static void
put_client(struct ww_buf *line, const struct sockaddr *client)
{
	char room[INET6_ADDRSTRLEN] = "-";
	struct sockaddr_in6 v6;
	struct sockaddr_in v4;

	if (client != NULL && client->sa_family == AF_INET6) {
		memcpy(&v6, client, sizeof(v6));
		inet_ntop(AF_INET6, &v6.sin6_addr, room, sizeof(room));
	} else if (client != NULL) {
		memcpy(&v4, client, sizeof(v4));
		inet_ntop(AF_INET, &v4.sin_addr, room, sizeof(room));
	}
	ww_buf_add(line, ww_slice_cstr(room));
}

/* Visible ASCII, and nothing that could look like another field or line. */
static void
put_clean(struct ww_buf *line, struct ww_slice s, size_t max)
{
	for (size_t i = 0; i < s.len && i < max; i++) {
		char c = s.p[i];

		ww_buf_char(line, c > ' ' && c < 0x7f && c != '"' ? c : '?');
	}
}

static struct ww_slice
without_secret(struct ww_slice path)
{
	struct ww_slice behind = ww_slice_behind(path, SECRET_BEHIND);

	return ww_slice_of(path.p, path.len - behind.len);
}

static void
put_line(struct access_log *log, const struct access *a)
{
	struct ww_buf *line = &log->text;

	put_client(line, a->client);
	ww_buf_add(line, WW_LIT(" - - ["));
	ww_buf_add(line, ww_slice_cstr(log->when));
	ww_buf_add(line, WW_LIT("] \""));
	put_clean(line, a->method, METHOD_SHOWN);
	ww_buf_add(line, WW_LIT(" /"));
	put_clean(line, without_secret(a->path), PATH_SHOWN);
	ww_buf_add(line, WW_LIT(" HTTP/1.1\" "));
	ww_buf_decimal(line, a->status);
	ww_buf_char(line, ' ');
	ww_buf_decimal(line, (int64_t)a->bytes);
	ww_buf_char(line, '\n');
}

/* Anybody's line, and one of those that were lost. */
static bool
has_room(const struct access_log *log)
{
	return log->text.cap - log->text.len >= 2 * LINE_ROOM;
}

/* In the form of all others, for the sake of who reads them. */
static void
tell_lost(struct access_log *log)
{
	struct ww_buf *line = &log->text;

	if (log->lost == 0 || !has_room(log))
		return;
	set_when(log);
	ww_buf_add(line, WW_LIT("- - - ["));
	ww_buf_add(line, ww_slice_cstr(log->when));
	ww_buf_add(line, WW_LIT("] \""));
	ww_buf_decimal(line, (int64_t)log->lost);
	ww_buf_add(line, WW_LIT(" lines lost\" 0 0\n"));
	log->lost = 0;
}

void
access_log_add(struct access_log *log, const struct access *a)
{
	pthread_mutex_lock(&log->mutex);
	tell_lost(log);
	if (has_room(log)) {
		set_when(log);
		put_line(log, a);
	} else {
		log->lost++;
	}
	pthread_mutex_unlock(&log->mutex);
}

/* Writing */

static bool
takes_bytes(uint64_t until)
{
	struct pollfd to = { .fd = STDOUT_FILENO, .events = POLLOUT };
	uint64_t now = ww_sys_now_ms();

	return poll(&to, 1, now < until ? (int)(until - now) : 0) == 1 &&
	       to.revents == POLLOUT;
}

/* How many of the bytes were taken; what fails may work next time. */
static size_t
write_some(struct ww_slice bytes, uint64_t until)
{
	size_t at = 0;

	while (at < bytes.len && takes_bytes(until)) {
		size_t left = bytes.len - at;
		ssize_t n = write(STDOUT_FILENO, bytes.p + at,
				  left < AT_ONCE ? left : AT_ONCE);

		if (n <= 0)
			break;
		at += (size_t)n;
	}
	return at;
}

/* The mutex is not held meanwhile: others only add behind what is written. */
static void
flush(struct access_log *log, uint64_t until)
{
	struct ww_slice waiting;
	size_t written;

	pthread_mutex_lock(&log->mutex);
	tell_lost(log);
	waiting = ww_buf_slice(&log->text);
	pthread_mutex_unlock(&log->mutex);
	written = write_some(waiting, until);
	if (written == 0)
		return;
	pthread_mutex_lock(&log->mutex);
	memmove(log->lines, log->lines + written, log->text.len - written);
	log->text.len -= written;
	pthread_mutex_unlock(&log->mutex);
}

void
access_log_flush(struct access_log *log)
{
	flush(log, 0);
}

void
access_log_release(struct access_log *log)
{
	flush(log, ww_sys_now_ms() + LAST_MS);
	pthread_mutex_destroy(&log->mutex);
}
