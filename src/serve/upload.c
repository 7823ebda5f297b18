#include "serve/upload.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/message.h"
#include "serve/answer.h"
#include "serve/pack.h"

#include "base/banned.h"

enum part {
	PART_NONE,
	PART_FILE, /* goes into the archive */
	PART_REDACT,
};

struct upload {
	struct jobs *jobs;
	struct multipart form;
	char name[JOB_NAME_SIZE];
	uint64_t left; /* bytes that may come still, whatever was announced */
	struct pack pack;
	enum part part; /* at hand */
	bool redact;
	bool submitted;
	struct job_refusal refusal; /* without `why`: none */
};

/* The first reason is the one that counts. */
static bool
refuse(struct upload *u, unsigned status, const char *why)
{
	if (u->refusal.why == NULL)
		u->refusal = (struct job_refusal){ status, why };
	return false;
}

static bool
refuse_form(struct upload *u)
{
	return refuse(u, 400, N_("the form is not as a browser sends it"));
}

static bool
refuse_room(struct upload *u)
{
	return refuse(u, 507, JOB_NO_ROOM);
}

static bool
begin_file(struct upload *u, struct ww_slice file)
{
	if (u->pack.files == UPLOAD_FILES_MAX)
		return refuse(u, 413,
			      N_("those are too many files for one visit; an "
				 "archive of them counts as one"));
	u->part = PART_FILE;
	pack_begin(&u->pack, file);
	return true;
}

/* As programs send it, and a browser where none was chosen: that is empty. */
#define UNNAMED WW_LIT("unnamed")

/* Text that was pasted is a file like any other. */
static bool
begin_part(void *ctx, struct ww_slice name, struct ww_slice file)
{
	struct upload *u = ctx;

	u->part = PART_NONE;
	if (ww_slice_eq(name, WW_LIT("files")))
		return begin_file(u, file.len > 0 ? file : UNNAMED);
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

	/* A box that is ticked sends something, others nothing. */
	if (u->part == PART_REDACT)
		u->redact = true;
	return u->part != PART_FILE || pack_add(&u->pack, bytes) ||
	       refuse_room(u);
}

/* A field of text that was left empty is no file. */
static bool
end_part(void *ctx)
{
	struct upload *u = ctx;

	return u->part != PART_FILE || pack_end(&u->pack) || refuse_room(u);
}

/* No number of bytes that anybody sends has more digits. */
#define DIGITS_MAX 19

static bool
has_room(struct call *call, struct response *retnow)
{
	struct ww_slice length =
	    request_header(call->request, "Content-Length");
	uint64_t bytes;

	if (length.len > DIGITS_MAX ||
	    !ww_slice_decimal(length, UINT64_MAX, &bytes)) {
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
	struct job_refusal refusal;
	int fd;

	u->jobs = call->app->jobs;
	u->left = call->app->upload_max;
	if (!multipart_start(&u->form,
			     request_header(call->request, "Content-Type"),
			     &to)) {
		answer_problem(call, 415,
			       N_("files are sent as multipart/form-data"),
			       retnow);
		return false;
	}
	if (jobs_begin(u->jobs, u->name, &fd, &refusal)) {
		u->pack = pack_open(fd);
		return true;
	}
	answer_problem(call, refusal.status, refusal.why, retnow);
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
	if (bytes.len > u->left)
		return refuse(u, 413, TOO_MUCH);
	u->left -= bytes.len;
	return multipart_take(&u->form, bytes) || refuse_form(u);
}

void
upload_end(struct upload *u)
{
	if (u->pack.fd >= 0)
		close(u->pack.fd);
	if (!u->submitted)
		jobs_delete(u->jobs, ww_slice_cstr(u->name));
	free(u);
}

bool
upload_submit(struct call *call, unsigned lang, const char **retname,
	      struct response *ret)
{
	struct upload *u = call->upload;

	if (u->refusal.why == NULL && !multipart_whole(&u->form))
		refuse_form(u);
	if (u->refusal.why == NULL && u->pack.files == 0)
		refuse(u, 400,
		       N_("nothing was sent: choose files or paste lines"));
	if (u->refusal.why == NULL && !pack_close(&u->pack))
		refuse_room(u);
	if (u->refusal.why != NULL) {
		answer_problem(call, u->refusal.status, u->refusal.why, ret);
		return false;
	}
	close(u->pack.fd);
	u->pack.fd = -1;
	u->submitted = true;
	jobs_submit(u->jobs, u->name,
		    ww_catalogue_language_id(call->app->c, lang), u->redact);
	*retname = u->name;
	return true;
}
