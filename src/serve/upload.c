#include "serve/upload.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/message.h"
#include "base/tar.h"
#include "serve/answer.h"

#include "base/banned.h"

#define NO_ROOM N_("this server has no room for the files")
#define NO_FORM N_("the form is not as a browser sends it")

enum part {
	PART_NONE,
	PART_FILE, /* goes into the archive */
	PART_REDACT,
};

struct upload {
	struct jobs *jobs;
	struct multipart form;
	char name[JOB_NAME_SIZE];
	int fd;
	bool submitted;
	const char *why; /* it was refused; English message, constant */
	unsigned files;
	bool redact;
	/* The part at hand. */
	enum part part;
	struct ww_slice member; /* in `room` */
	char room[WW_TAR_NAME_LEN];
	uint64_t header_at, size;
	uint64_t end; /* of the archive so far */
};

static bool
refuse(struct upload *u, const char *why)
{
	if (u->why == NULL)
		u->why = why;
	return false;
}

static bool
write_at(struct upload *u, uint64_t at, const char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = pwrite(u->fd, p, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return refuse(u, NO_ROOM);
		p += n;
		len -= (size_t)n;
		at += (uint64_t)n;
	}
	return true;
}

/*
 * What a file is called within the archive: the end of its name, which says
 * most.  Bytes of a character that is cut are left out, too.
 */
static void
set_member(struct upload *u, struct ww_slice file)
{
	size_t n;

	while (file.len > WW_TAR_NAME_LEN ||
	       (file.len > 0 && (file.p[0] == '/' || file.p[0] == '\\' ||
				 ((unsigned char)file.p[0] & 0xc0) == 0x80)))
		file = ww_slice_from(file, 1);
	if (file.len == 0)
		file = WW_LIT("file");
	n = file.len;
	memcpy(u->room, file.p, n);
	for (size_t i = 0; i < n; i++)
		if (u->room[i] == '\\')
			u->room[i] = '/';
	u->member = ww_slice_of(u->room, n);
}

static bool
begin_file(struct upload *u, struct ww_slice file)
{
	if (u->files == UPLOAD_FILES_MAX)
		return refuse(u, N_("those are too many files for one visit; "
				    "an archive of them counts as one"));
	u->part = PART_FILE;
	u->files++;
	set_member(u, file);
	u->header_at = u->end;
	u->end += WW_TAR_BLOCK;
	u->size = 0;
	return true;
}

/* Text that was pasted is a file like any other. */
static bool
begin_part(void *ctx, struct ww_slice name, struct ww_slice file)
{
	struct upload *u = ctx;

	u->part = PART_NONE;
	if (ww_slice_eq(name, WW_LIT("files")))
		return file.len == 0 || begin_file(u, file);
	if (ww_slice_eq(name, WW_LIT("text")))
		return begin_file(u, WW_LIT("pasted.txt"));
	if (ww_slice_eq(name, WW_LIT("redact")))
		u->part = PART_REDACT;
	return true;
}

static bool
take_data(void *ctx, struct ww_slice bytes)
{
	struct upload *u = ctx;

	if (u->part == PART_REDACT)
		u->redact = true;
	if (u->part != PART_FILE)
		return true;
	if (!write_at(u, u->end, bytes.p, bytes.len))
		return false;
	u->end += bytes.len;
	u->size += bytes.len;
	return true;
}

/* Only now its size is known.  A field of text that was left empty is none. */
static bool
end_part(void *ctx)
{
	struct upload *u = ctx;
	char header[WW_TAR_BLOCK];

	if (u->part != PART_FILE)
		return true;
	if (u->size == 0) {
		u->end = u->header_at;
		u->files--;
		return true;
	}
	u->end += ww_tar_padding(u->size);
	return ww_tar_header(u->member, u->size, header)
		   ? write_at(u, u->header_at, header, sizeof(header))
		   : refuse(u, N_("a file is too large"));
}

/* No number of bytes that anybody sends has more digits. */
#define DIGITS_MAX 18

static bool
read_length(struct ww_slice s, uint64_t *ret)
{
	*ret = 0;
	if (s.len == 0 || s.len > DIGITS_MAX)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (!ww_is_digit(s.p[i]))
			return false;
		*ret = *ret * 10 + (uint64_t)(s.p[i] - '0');
	}
	return true;
}

static bool
has_room(struct call *call, struct response *retnow)
{
	uint64_t bytes;

	if (!read_length(request_header(call->request, "Content-Length"),
			 &bytes)) {
		answer_problem(call, 411,
			       N_("how much is sent must be said before it, "
				  "by Content-Length"),
			       retnow);
		return false;
	}
	if (bytes <= call->app->upload_max)
		return true;
	answer_problem(call, 413, TOO_MUCH, retnow);
	return false;
}

static bool
begin(struct upload *u, struct call *call, struct response *retnow)
{
	const struct multipart_to to = {
		.ctx = u,
		.begin = begin_part,
		.data = take_data,
		.end = end_part,
	};

	u->jobs = call->app->jobs;
	if (!multipart_start(&u->form,
			     request_header(call->request, "Content-Type"),
			     &to)) {
		answer_problem(call, 415,
			       N_("files are sent as multipart/form-data"),
			       retnow);
		return false;
	}
	if (jobs_begin(u->jobs, u->name, &u->fd))
		return true;
	answer_problem(call, 503,
		       N_("too many diagnoses are under way: try again in a "
			  "minute"),
		       retnow);
	return false;
}

struct upload *
upload_begin(struct call *call, struct response *retnow)
{
	struct upload *u;

	if (!has_room(call, retnow))
		return NULL;
	u = calloc(1, sizeof(*u));
	if (u == NULL)
		longjmp(*call->request->arena->oom, 1);
	if (begin(u, call, retnow))
		return u;
	free(u);
	return NULL;
}

bool
upload_take(struct upload *u, struct ww_slice bytes)
{
	return multipart_take(&u->form, bytes) || refuse(u, NO_FORM);
}

void
upload_end(struct upload *u)
{
	if (u->fd >= 0)
		close(u->fd);
	if (!u->submitted)
		jobs_delete(u->jobs, ww_slice_cstr(u->name));
	free(u);
}

bool
upload_submit(struct call *call, unsigned lang, const char **retname,
	      struct response *ret)
{
	static const char end[2 * WW_TAR_BLOCK];
	struct upload *u = call->upload;

	if (u->why == NULL && !multipart_whole(&u->form))
		refuse(u, NO_FORM);
	if (u->why == NULL && u->files == 0)
		refuse(u, N_("nothing was sent: choose files or paste lines"));
	if (u->why == NULL && !write_at(u, u->end, end, sizeof(end)))
		refuse(u, NO_ROOM);
	if (u->why != NULL) {
		answer_problem(call, 400, u->why, ret);
		return false;
	}
	close(u->fd);
	u->fd = -1;
	u->submitted = true;
	jobs_submit(u->jobs, u->name,
		    ww_catalogue_language_id(call->app->c, lang), u->redact);
	*retname = u->name;
	return true;
}
