#include "serve/access_log.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <time.h>

#include "base/buf.h"
#include "sys/sys.h"

#include "base/banned.h"

/* What is longer was made up. */
#define PATH_SHOWN ((size_t)200)

static const char *
name_of(const struct sockaddr *client, char room[INET6_ADDRSTRLEN])
{
	struct sockaddr_in6 v6;
	struct sockaddr_in v4;

	if (client == NULL)
		return "-";
	if (client->sa_family == AF_INET6) {
		memcpy(&v6, client, sizeof(v6));
		inet_ntop(AF_INET6, &v6.sin6_addr, room, INET6_ADDRSTRLEN);
	} else {
		memcpy(&v4, client, sizeof(v4));
		inet_ntop(AF_INET, &v4.sin_addr, room, INET6_ADDRSTRLEN);
	}
	return room;
}

/* Behind this stands a diagnosis' name, which is the key to it. */
#define SECRET_BEHIND WW_LIT("diagnosis/")

/* Visible ASCII, and nothing that could look like another line. */
static void
add_path(struct ww_buf *line, struct ww_slice path)
{
	struct ww_slice behind = ww_slice_behind(path, SECRET_BEHIND);
	size_t n = path.len - behind.len;

	if (n > PATH_SHOWN)
		n = PATH_SHOWN;

	for (size_t i = 0; i < n; i++) {
		char c = path.p[i];

		ww_buf_char(line, c > ' ' && c < 0x7f && c != '"' ? c : '?');
	}
}

void
access_log(const struct access *a)
{
	char room[INET6_ADDRSTRLEN], when[32];
	struct ww_arena arena;
	struct ww_buf line;
	time_t now = time(NULL);
	struct tm utc;
	jmp_buf oom;

	if (setjmp(oom) != 0)
		return;
	ww_arena_init(&arena, &oom);
	line = ww_buf_in(&arena);
	gmtime_r(&now, &utc);
	strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &utc);
	ww_buf_printf(&line, "%s %s %.*s /", when, name_of(a->client, room),
		      (int)a->method.len, a->method.p);
	add_path(&line, a->path);
	ww_buf_printf(&line, " %u %llu %llums\n", a->status,
		      (unsigned long long)a->bytes,
		      (unsigned long long)a->milliseconds);
	ww_sys_write(WW_STDOUT, ww_buf_slice(&line));
	ww_arena_release(&arena);
}
