#include "serve/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/message.h"

#include "base/banned.h"

/* What waits to be accepted while all threads are busy. */
#define BACKLOG 128

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/* Its length; 0: it is none. */
static socklen_t
parse(const char *text, uint16_t port, union address *ret)
{
	memset(ret, 0, sizeof(*ret));
	if (inet_pton(AF_INET, text, &ret->v4.sin_addr) == 1) {
		ret->v4.sin_family = AF_INET;
		ret->v4.sin_port = htons(port);
		return sizeof(ret->v4);
	}
	if (inet_pton(AF_INET6, text, &ret->v6.sin6_addr) == 1) {
		ret->v6.sin6_family = AF_INET6;
		ret->v6.sin6_port = htons(port);
		return sizeof(ret->v6);
	}
	return 0;
}

static uint16_t
port_of(int fd)
{
	union address address = { 0 };
	socklen_t len = sizeof(address);

	if (getsockname(fd, &address.any, &len) != 0)
		return 0;
	return ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port
						       : address.v4.sin_port);
}

static const char *
why_not(int error)
{
	switch (error) {
	case EADDRINUSE:
		return N_("another program listens there");
	case EACCES:
	case EPERM:
		return N_("listening there is not allowed");
	case EADDRNOTAVAIL:
		return N_("is no address of this computer");
	default:
		return N_("could not listen there");
	}
}

/* A restart need not wait until old connections are forgotten. */
static bool
start(int fd, const union address *address, socklen_t len)
{
	int on = 1;

	return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0 &&
	       bind(fd, &address->any, len) == 0 && listen(fd, BACKLOG) == 0 &&
	       fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 &&
	       fcntl(fd, F_SETFL, O_NONBLOCK) == 0;
}

int
listen_on(const char *address, uint16_t port, uint16_t *retport,
	  const char **retwhy)
{
	union address to;
	socklen_t len = parse(address, port, &to);
	int fd;

	if (len == 0) {
		*retwhy = N_("is no numeric address");
		return -1;
	}
	fd = socket(to.any.sa_family, SOCK_STREAM, 0);
	if (fd >= 0 && start(fd, &to, len)) {
		*retport = port_of(fd);
		return fd;
	}
	*retwhy = why_not(errno);
	if (fd >= 0)
		close(fd);
	return -1;
}
