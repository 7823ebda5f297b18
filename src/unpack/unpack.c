#include "unpack/unpack.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/compiler.h"
#include "unpack/level.h"
#include "unpack/name.h"
#include "unpack/writer.h"

#include "base/banned.h"

/* Bytes of the outermost archive read at once. */
#define INPUT_BLOCK ((size_t)64 * 1024)

/* Each archive may be a compressed file as well, as tar archives are. */
#define LEVELS_MAX ((size_t)2 * WW_UNPACK_DEPTH_MAX)

struct unpacker {
	int fd;
	bool seekable;
	enum ww_why input_why; /* why fd could not be read on */
	struct feed input;
	struct ww_meter meter;
	struct ww_writer out;
	uint64_t skipped[WW_WHYS];

	struct level levels[LEVELS_MAX];
	size_t n_levels;
	size_t depth; /* of those, without compressed single files */
	/* Of the entry at hand; each level knows how much of it is its own. */
	char path[WW_UNPACK_NAME_MAX];
	size_t path_len;
	/* The last that was said: often it is that of the archive around. */
	enum ww_why said;
	char said_of[WW_UNPACK_NAME_MAX];
	size_t said_len;
	char block[INPUT_BLOCK];
};

static enum feed_state
on_input(void *ctx, struct ww_slice *ret)
{
	struct unpacker *u = ctx;
	ssize_t n;

	do {
		n = read(u->fd, u->block, sizeof(u->block));
	} while (n < 0 && errno == EINTR);
	if (n == 0)
		return FEED_END;
	if (n < 0) {
		u->input_why = WW_WHY_UNREAD;
		return FEED_FAILED;
	}
	if (!u->seekable)
		u->meter.input += (uint64_t)n;
	*ret = ww_slice_of(u->block, (size_t)n);
	return FEED_MORE;
}

static struct ww_slice
path(const struct unpacker *u)
{
	return ww_slice_of(u->path, u->path_len);
}

static void
say_problem(struct unpacker *u, enum ww_why why, struct ww_slice name)
{
	struct ww_slice said_of = ww_slice_of(u->said_of, u->said_len);

	if (why == u->said && ww_slice_eq(name, said_of))
		return;
	ww_write_problem(&u->out, why, name);
	u->said = why;
	u->said_len = name.len;
	if (name.len > 0)
		memcpy(u->said_of, name.p, name.len);
}

/* Trouble below the first `level` archives may only be one of theirs. */
static enum ww_why
root_cause(const struct unpacker *u, size_t level, enum ww_why why)
{
	while (level > 0 && u->levels[--level].why != WW_WHY_WHOLE)
		why = u->levels[level].why;
	return level == 0 && u->input_why != WW_WHY_WHOLE ? u->input_why : why;
}

static size_t
depth_of(enum ww_packing packing)
{
	return packing == WW_PACKING_STREAM ? 0 : 1;
}

static enum ww_why
open_level(struct unpacker *u, struct feed *feed, enum ww_packing packing)
{
	struct level *l = &u->levels[u->n_levels];

	if (u->n_levels == LEVELS_MAX ||
	    u->depth + depth_of(packing) > WW_UNPACK_DEPTH_MAX)
		return WW_WHY_DEPTH;
	*l = (struct level){
		.source = { .feed = feed, .fd = -1, .meter = &u->meter },
		.meter = &u->meter,
		.path_len = u->path_len,
	};
	if (u->n_levels == 0 && u->seekable)
		l->source.fd = u->fd;
	return level_open(l, packing);
}

static void
push(struct unpacker *u, struct feed *feed, enum ww_packing packing)
{
	enum ww_why why = open_level(u, feed, packing);

	if (why != WW_WHY_WHOLE) {
		say_problem(u, root_cause(u, u->n_levels, why), path(u));
		return;
	}
	u->n_levels++;
	u->depth += depth_of(packing);
}

static void
pop(struct unpacker *u, enum ww_why why)
{
	struct level *l = &u->levels[--u->n_levels];

	u->depth -= depth_of(l->packing);
	u->path_len = l->path_len;
	if (why != WW_WHY_WHOLE)
		say_problem(u, root_cause(u, u->n_levels, why), path(u));
	level_close(l);
}

/* The entry's name behind that of its archive. */
static void
set_path(struct unpacker *u, const struct level *l)
{
	struct ww_slice name = level_name(l);
	size_t len = l->path_len;
	bool cut;

	if (name.len > 0 && len > 0 && len < sizeof(u->path))
		u->path[len++] = '/';
	u->path_len = len + ww_name_clean(name, u->path + len,
					  sizeof(u->path) - len, &cut);
	if (cut)
		u->skipped[WW_WHY_NAME]++;
}

/* A member that is not an archive: all of it, or its start. */
static void
give(struct unpacker *u, struct level *l, enum ww_use use)
{
	struct ww_slice block;

	ww_write_member(&u->out, path(u));
	while (!u->out.failed && feed_next(&l->feed, &block) == FEED_MORE) {
		ww_write_data(&u->out, block);
		if (use != WW_USE_NONE)
			continue;
		ww_write_end(&u->out, WW_WHY_KIND);
		return;
	}
	ww_write_end(&u->out, l->why == WW_WHY_WHOLE
				  ? WW_WHY_WHOLE
				  : root_cause(u, u->n_levels, l->why));
}

static void
take_file(struct unpacker *u, struct level *l)
{
	struct ww_sniffed format;

	if (level_encrypted(l)) {
		say_problem(u, WW_WHY_ENCRYPTED, path(u));
		return;
	}
	feed_open(&l->feed);
	/* Not a byte came: there is no member to give. */
	if (l->feed.head_len == 0 && l->why != WW_WHY_WHOLE) {
		say_problem(u, root_cause(u, u->n_levels, l->why), path(u));
		return;
	}
	format = ww_sniff(feed_head(&l->feed));
	if (format.use == WW_USE_UNPACK)
		push(u, &l->feed, format.packing);
	else
		give(u, l, format.use);
}

static void
take_entry(struct unpacker *u, struct level *l, enum level_entry kind)
{
	set_path(u, l);
	if (kind == LEVEL_FILE)
		take_file(u, l);
	else if (kind == LEVEL_LINK)
		u->skipped[WW_WHY_LINK]++;
	else if (kind == LEVEL_SPECIAL)
		u->skipped[WW_WHY_SPECIAL]++;
}

/* One entry of the innermost archive, or its end. */
static void
step(struct unpacker *u)
{
	struct level *l = &u->levels[u->n_levels - 1];
	enum level_entry kind;

	if (!level_skip(l)) {
		pop(u, l->why);
		return;
	}
	kind = level_next(l);
	if (kind == LEVEL_END || kind == LEVEL_FAILED)
		pop(u, l->why);
	else if (ww_meter_entry(&u->meter) == WW_WHY_WHOLE &&
		 kind != LEVEL_DAMAGED)
		take_entry(u, l, kind);
}

static void
unpack(struct unpacker *u)
{
	struct ww_sniffed format;

	feed_open(&u->input);
	format = ww_sniff(feed_head(&u->input));
	if (format.use == WW_USE_UNPACK)
		push(u, &u->input, format.packing);
	else
		ww_write_problem(&u->out,
				 u->input_why != WW_WHY_WHOLE ? u->input_why
							      : WW_WHY_DAMAGED,
				 path(u));
	while (u->n_levels > 0 && u->meter.over == WW_WHY_WHOLE &&
	       !u->out.failed)
		step(u);
	if (u->meter.over != WW_WHY_WHOLE)
		say_problem(u, u->meter.over, (struct ww_slice){ 0 });
	while (u->n_levels > 0)
		pop(u, WW_WHY_WHOLE);
}

static void
start(struct unpacker *u, int from, int to)
{
	struct stat st;

	u->fd = from;
	u->out.fd = to;
	u->input.block = on_input;
	u->input.ctx = u;
	u->seekable = fstat(from, &st) == 0 && S_ISREG(st.st_mode) &&
		      lseek(from, 0, SEEK_SET) == 0;
	if (u->seekable)
		u->meter.input = (uint64_t)st.st_size;
	ww_write_start(&u->out);
}

bool
ww_unpack(int from, int to, const volatile sig_atomic_t *time_up)
{
	struct unpacker *u = calloc(1, sizeof(*u));
	bool ok;

	if (u == NULL)
		return false;
	u->meter.time_up = time_up;
	start(u, from, to);
	unpack(u);
	for (unsigned why = 1; why < WW_WHYS; why++)
		if (u->skipped[why] > 0)
			ww_write_skipped(&u->out, (enum ww_why)why,
					 u->skipped[why]);
	ok = ww_write_done(&u->out);
	free(u);
	return ok;
}
