#include "intake/bundle.h"

#include "base/message.h"
#include "sys/process.h"
#include "unpack/frame.h"
#include "unpack/tar.h"

#include "base/banned.h"

#define INTERRUPTED N_("interrupted")

#ifdef _WIN32

/* Any archive it knows, from its standard input, as a tar stream. */
#define HELPER	"tar.exe"
#define MISSING N_("this Windows has no tar.exe, which unpacks archives")
static const char *const arguments[] = { HELPER,     "-c",  "-f", "-",
					 "--format", "pax", "@-", NULL };

#define stream	    ww_tar
#define stream_next ww_tar_next
#define stream_read ww_tar_read

/* tar.exe says by its exit status alone that something is missing. */
static const char *
verdict(int status)
{
	return status == 0 ? NULL
			   : N_("the tar.exe of Windows could not unpack it, "
				"or not all of it");
}

#else

#define HELPER "winwhy-unpack"
#define MISSING                                                            \
	N_("archives are read by the program winwhy-unpack, which is not " \
	   "installed")
static const char *const arguments[] = { HELPER, NULL };

#define stream	    ww_frames
#define stream_next ww_frames_next
#define stream_read ww_frames_read

/* All it has to say stands in frames. */
static const char *
verdict(int status)
{
	(void)status;
	return NULL;
}

#endif

/* One archive while its members come. */
struct unpacking {
	struct bundles *b;
	struct ww_slice name; /* of the archive */
	struct ww_child child;
	struct stream stream;
};

struct bundles
bundles_open(struct ww_arena *arena, const struct inputs_to *to)
{
	return (struct bundles){ .arena = arena,
				 .to = to,
				 .helper = ww_sys_helper(arena, HELPER) };
}

void
bundles_close(struct bundles *b)
{
	const struct inputs_to *to = b->to;

	for (unsigned why = 1; why < WW_WHYS; why++)
		if (b->skipped[why] > 0)
			to->skipped(to->ctx, ww_why_text((enum ww_why)why),
				    b->skipped[why]);
	if (b->left_out > 0)
		to->skipped(to->ctx,
			    N_("members of archives beyond the 10,000 that "
			       "are read"),
			    b->left_out);
}

static bool
is_stopped(const struct bundles *b)
{
	return b->to->stop != NULL && *b->to->stop;
}

/* archive/member; a single compressed file has the archive's name. */
static struct ww_slice
full_name(struct unpacking *u, struct ww_slice member)
{
	size_t len = u->name.len;

	if (member.len == 0)
		return u->name;
	if (len == 0)
		return member;
	memcpy(u->b->member, u->name.p, len);
	u->b->member[len++] = '/';
	memcpy(u->b->member + len, member.p, member.len);
	return ww_slice_of(u->b->member, len + member.len);
}

static size_t
on_read(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct unpacking *u = ctx;

	if (!is_stopped(u->b))
		return stream_read(&u->stream, buf, len, retwhy);
	*retwhy = INTERRUPTED;
	return 0;
}

static void
take_member(struct unpacking *u, struct ww_slice member)
{
	const struct inputs_to *to = u->b->to;
	struct ww_input input = { .read = on_read, .ctx = u };

	if (u->b->members == INPUTS_MEMBERS_MAX) {
		u->b->left_out++;
		return;
	}
	u->b->members++;
	to->read(to->ctx, to->place(to->ctx, full_name(u, member)), &input);
}

/* False after the last one. */
static bool
take_frame(struct unpacking *u)
{
	const struct inputs_to *to = u->b->to;
	struct ww_frame frame = stream_next(&u->stream);

	switch (frame.kind) {
	case WW_FRAME_MEMBER:
		take_member(u, frame.name);
		return true;
	case WW_FRAME_PROBLEM:
		to->unreadable(to->ctx, full_name(u, frame.name),
			       ww_why_text(frame.why));
		return true;
	case WW_FRAME_SKIPPED:
		u->b->skipped[frame.why] += frame.count;
		return true;
	case WW_FRAME_BROKEN:
		if (!is_stopped(u->b))
			to->unreadable(to->ctx, u->name, frame.text);
		return false;
	case WW_FRAME_DONE:
		break;
	}
	return false;
}

static void
take_frames(struct unpacking *u)
{
	const struct inputs_to *to = u->b->to;
	const char *why = NULL;
	int status;

	if (to->started != NULL && !to->started(to->ctx)) {
		ww_sys_kill(&u->child);
		ww_sys_wait(&u->child);
		return;
	}
	while (!is_stopped(u->b) && take_frame(u))
		;
	if (is_stopped(u->b)) {
		ww_sys_kill(&u->child);
		why = INTERRUPTED;
	}
	status = ww_sys_wait(&u->child);
	if (why == NULL)
		why = verdict(status);
	if (why != NULL)
		to->unreadable(to->ctx, u->name, why);
}

static struct unpacking *
start(struct bundles *b, struct ww_slice name)
{
	size_t room = name.len + 1 + WW_UNPACK_NAME_MAX;

	if (b->work == NULL)
		b->work = ww_arena_new(b->arena, struct unpacking);
	if (room > b->member_room) {
		b->member = ww_arena_array(b->arena, room, 1);
		b->member_room = room;
	}
	*b->work = (struct unpacking){ .b = b, .name = name };
	b->work->stream.in.read = ww_sys_read;
	b->work->stream.in.ctx = &b->work->child.out;
	return b->work;
}

void
bundle_read(struct bundles *b, struct ww_file *file, struct ww_slice name)
{
	struct unpacking *u = start(b, name);
	const char *why = MISSING;

	if (b->helper != NULL &&
	    ww_sys_spawn(b->helper, (char *const *)(uintptr_t)arguments, file,
			 &u->child, &why))
		take_frames(u);
	else
		b->to->unreadable(b->to->ctx, name, why);
}
