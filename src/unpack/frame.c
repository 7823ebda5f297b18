#include "unpack/frame.h"

#include "base/bytes.h"
#include "base/compiler.h"
#include "base/message.h"
#include "base/utf8.h"

#include "base/banned.h"

struct header {
	uint8_t kind;
	uint32_t len;
};

static bool
broken(struct ww_frames *f, const char *text)
{
	if (f->broken == NULL)
		f->broken = text;
	f->member = false;
	f->left = 0;
	return false;
}

static bool
cut_off(struct ww_frames *f)
{
	return broken(f, N_("the unpacker ended before it was done"));
}

static bool
malformed(struct ww_frames *f)
{
	return broken(f, N_("the unpacker said what makes no sense"));
}

/* Exactly len bytes; a frame's small fields. */
static bool
take(struct ww_frames *f, void *ret, size_t len)
{
	if (inlet_take(&f->in, ret, len))
		return true;
	return f->in.why != NULL ? broken(f, f->in.why) : cut_off(f);
}

static bool
take_header(struct ww_frames *f, struct header *ret)
{
	uint8_t raw[WW_FRAME_HEADER];

	if (!take(f, raw, sizeof(raw)))
		return false;
	*ret = (struct header){ .kind = raw[0], .len = ww_load32(raw + 1) };
	return true;
}

static bool
take_why(struct ww_frames *f, enum ww_why *ret)
{
	uint8_t why;

	if (!take(f, &why, 1))
		return false;
	if (why >= WW_WHYS)
		return malformed(f);
	*ret = (enum ww_why)why;
	return true;
}

/* The same, where something must be missing. */
static bool
take_trouble(struct ww_frames *f, enum ww_why *ret)
{
	return take_why(f, ret) && (*ret != WW_WHY_WHOLE || malformed(f));
}

static bool
take_name(struct ww_frames *f, size_t len, struct ww_slice *ret)
{
	if (len > sizeof(f->name))
		return malformed(f);
	if (!take(f, f->name, len))
		return false;
	*ret = ww_slice_of(f->name, len);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)f->name[i] < ' ')
			return malformed(f);
	return ww_utf8_check(*ret) == len || malformed(f);
}

static bool
start(struct ww_frames *f)
{
	char magic[sizeof(WW_FRAME_MAGIC) - 1];

	f->started = true;
	if (!take(f, magic, sizeof(magic)))
		return false;
	return memcmp(magic, WW_FRAME_MAGIC, sizeof(magic)) == 0 ||
	       broken(f, N_("the unpacker is of another version"));
}

/* A header inside a member: its next data, or its end. */
static bool
inside(struct ww_frames *f)
{
	struct header h;

	if (!take_header(f, &h))
		return false;
	if (h.kind == 'D' && h.len > 0 && h.len <= WW_FRAME_DATA_MAX) {
		f->left = h.len;
		return true;
	}
	if (h.kind != 'E' || h.len != 1)
		return malformed(f);
	f->member = false;
	return take_why(f, &f->end);
}

/* What is left of the data frame goes by. */
static bool
drop(struct ww_frames *f)
{
	uint32_t left = f->left;

	f->left = 0;
	if (inlet_drop(&f->in, left))
		return true;
	return f->in.why != NULL ? broken(f, f->in.why) : cut_off(f);
}

static bool
take_count(struct ww_frames *f, uint64_t *ret)
{
	uint8_t raw[8];

	if (!take(f, raw, sizeof(raw)))
		return false;
	*ret = ww_load32(raw) | (uint64_t)ww_load32(raw + 4) << 32;
	return true;
}

static bool
take_frame(struct ww_frames *f, struct ww_frame *ret)
{
	struct header h;

	if (!take_header(f, &h))
		return false;
	if (h.kind == 'B') {
		ret->kind = WW_FRAME_MEMBER;
		f->end = WW_WHY_WHOLE;
		f->member = take_name(f, h.len, &ret->name);
		return f->member;
	}
	if (h.kind == 'P' && h.len >= 1) {
		ret->kind = WW_FRAME_PROBLEM;
		return take_trouble(f, &ret->why) &&
		       take_name(f, h.len - 1, &ret->name);
	}
	if (h.kind == 'S' && h.len == 9) {
		ret->kind = WW_FRAME_SKIPPED;
		return take_trouble(f, &ret->why) && take_count(f, &ret->count);
	}
	if (h.kind != 'Z' || h.len != 0)
		return malformed(f);
	ret->kind = WW_FRAME_DONE;
	f->ended = true;
	return true;
}

struct ww_frame
ww_frames_next(struct ww_frames *f)
{
	struct ww_frame ret = { .kind = WW_FRAME_DONE };

	if (f->ended)
		return ret;
	if (!f->started)
		start(f);
	while (f->broken == NULL && f->member)
		if (drop(f))
			inside(f);
	if (f->broken == NULL && take_frame(f, &ret))
		return ret;
	return (struct ww_frame){ .kind = WW_FRAME_BROKEN, .text = f->broken };
}

static size_t
give(struct ww_frames *f, char *buf, size_t len)
{
	size_t n = inlet_give(&f->in, buf, len < f->left ? len : f->left);

	if (n == 0 && f->in.why != NULL)
		broken(f, f->in.why);
	else if (n == 0)
		cut_off(f);
	f->left -= (uint32_t)n;
	return n;
}

size_t
ww_frames_read(void *frames, void *buf, size_t len, const char **retwhy)
{
	struct ww_frames *f = frames;
	size_t n;

	if (len == 0)
		return 0;
	while (f->member && f->left == 0)
		if (!inside(f))
			break;
	n = f->member ? give(f, buf, len) : 0;
	if (n == 0 && f->broken != NULL)
		*retwhy = f->broken;
	/* Of what is not read the start is enough to say what it is. */
	else if (n == 0 && f->end != WW_WHY_WHOLE && f->end != WW_WHY_KIND)
		*retwhy = ww_why_text(f->end);
	return n;
}
