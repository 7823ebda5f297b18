#define _GNU_SOURCE /* memfd_create() */

#include "serve/resent.h"

#include <sys/mman.h>
#include <unistd.h>

#include "sys/posix_write.h"

#include "base/banned.h"

/* Bytes that are worth a file of their own, and how many files there are. */
#define LARGE	    ((size_t)32 * 1024)
#define FILES_BELOW 512

#ifdef MFD_CLOEXEC

/*
 * That many bytes are felt when they are copied into a socket; those of a
 * file, though it lies in memory, the system sends from where they are.
 */
static struct MHD_Response *
from_file(struct ww_slice bytes)
{
	struct MHD_Response *response = NULL;
	int fd = memfd_create("winwhy page", MFD_CLOEXEC);

	/* The lowest free number: those above are left to connections. */
	if (fd >= 0 && fd < FILES_BELOW && ww_posix_write(fd, bytes))
		response = MHD_create_response_from_fd64(bytes.len, fd);
	if (fd >= 0 && response == NULL)
		close(fd);
	return response;
}

#else

static struct MHD_Response *
from_file(struct ww_slice bytes)
{
	(void)bytes;
	return NULL;
}

#endif

struct MHD_Response *
resent_response(struct ww_slice bytes)
{
	struct MHD_Response *response =
	    bytes.len >= LARGE ? from_file(bytes) : NULL;

	if (response != NULL)
		return response;
	return MHD_create_response_from_buffer(bytes.len,
					       (void *)(uintptr_t)bytes.p,
					       MHD_RESPMEM_MUST_COPY);
}
