#include "serve/access_log.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <time.h>

#include "sys/sys.h"

#include "base/banned.h"

/* What is longer was made up. */
#define METHOD_SHOWN 16
#define PATH_SHOWN   200
#define LINE_MAX_    512

/* Behind this stands a diagnosis' name. */
#define SECRET_BEHIND WW_LIT("diagnosis/")

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

void
access_log(const struct access *a)
{
	char client[INET6_ADDRSTRLEN], when[32];
	char method[METHOD_SHOWN + 1], path[PATH_SHOWN + 1];
	char line[LINE_MAX_];
	time_t now = time(NULL);
	struct tm utc;
	int n;

	name_of(a->client, client);
	gmtime_r(&now, &utc);
	strftime(when, sizeof(when), "%d/%b/%Y:%H:%M:%S +0000", &utc);
	clean(a->method, METHOD_SHOWN, method);
	clean(without_secret(a->path), PATH_SHOWN, path);
	n = snprintf(line, sizeof(line),
		     "%s - - [%s] \"%s /%s HTTP/1.1\" %u %zu\n", client, when,
		     method, path, a->status, a->bytes);
	if (n > 0 && (size_t)n < sizeof(line))
		ww_sys_write(WW_STDOUT, ww_slice_of(line, (size_t)n));
}
