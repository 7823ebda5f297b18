#include "evidence/step.h"

#include "base/banned.h"

static const char *const words[WW_STEP_RESULTS] = {
	[WW_STEP_OK] = "ok",
	[WW_STEP_ODD] = "odd",
	[WW_STEP_RECOVERED] = "recovered",
	[WW_STEP_FAILED] = "failed",
};

struct ww_slice
ww_step_word(enum ww_step_result result)
{
	return ww_slice_cstr(words[result]);
}

void
ww_step_write(struct ww_buf *out, const struct ww_step *step)
{
	ww_buf_add(out, WW_LIT("Step "));
	ww_buf_add(out, step->name);
	ww_buf_char(out, ' ');
	ww_buf_add(out, ww_step_word(step->result));
	if (step->trouble.len > 0) {
		ww_buf_char(out, ' ');
		ww_buf_add(out, step->trouble);
	}
	if (step->status > 0) {
		ww_buf_add(out, WW_LIT(", HTTP "));
		ww_buf_decimal(out, (int64_t)step->status);
	}
	ww_buf_add(out, WW_LIT(", "));
	ww_buf_decimal(out, (int64_t)step->bytes);
	ww_buf_add(out, WW_LIT(" bytes, "));
	ww_buf_decimal(out, (int64_t)step->ms);
	ww_buf_add(out, WW_LIT(" ms"));
	if (step->target.len > 0) {
		ww_buf_add(out, WW_LIT(", "));
		ww_buf_add(out, step->target);
	}
	if (step->detail.len > 0) {
		ww_buf_add(out, WW_LIT(": "));
		ww_buf_add(out, step->detail);
	}
}

/* Up to the separator, which is passed over; else all of it. */
static struct ww_slice
take_until(struct ww_slice *rest, struct ww_slice separator)
{
	size_t at = ww_slice_casefind(*rest, separator);
	struct ww_slice taken = ww_slice_of(rest->p, at);

	at = at < rest->len ? at + separator.len : at;
	*rest = ww_slice_from(*rest, at);
	return taken;
}

static bool
read_result(struct ww_slice word, enum ww_step_result *ret)
{
	unsigned i = 0;

	while (i < WW_STEP_RESULTS &&
	       !ww_slice_eq(word, ww_slice_cstr(words[i])))
		i++;
	*ret = (enum ww_step_result)i;
	return i < WW_STEP_RESULTS;
}

/* "442 bytes", "12 ms", "HTTP 500": the number beside the word. */
static bool
read_count(struct ww_slice part, struct ww_slice word, uint64_t *ret)
{
	size_t at = ww_slice_casefind(part, word);
	uint64_t v = 0;

	if (at == part.len)
		return false;
	part =
	    at == 0 ? ww_slice_from(part, word.len) : ww_slice_of(part.p, at);
	part = ww_slice_trim(part);
	if (part.len == 0 || part.len > 15)
		return false;
	for (size_t i = 0; i < part.len; i++) {
		if (!ww_is_digit(part.p[i]))
			return false;
		v = v * 10 + (uint64_t)(part.p[i] - '0');
	}
	*ret = v;
	return true;
}

static void
read_part(struct ww_slice part, struct ww_step *ret)
{
	if (!read_count(part, WW_LIT("HTTP "), &ret->status) &&
	    !read_count(part, WW_LIT(" bytes"), &ret->bytes) &&
	    !read_count(part, WW_LIT(" ms"), &ret->ms))
		ret->target = part;
}

bool
ww_step_read(struct ww_slice text, struct ww_step *ret)
{
	struct ww_slice facts, head;

	*ret = (struct ww_step){ 0 };
	if (!ww_slice_starts(text, WW_LIT("Step ")))
		return false;
	ret->detail = ww_slice_from(text, 5);
	facts = take_until(&ret->detail, WW_LIT(": "));
	head = take_until(&facts, WW_LIT(", "));
	ret->name = ww_slice_word(&head);
	if (!read_result(ww_slice_word(&head), &ret->result))
		return false;
	ret->trouble = ww_slice_word(&head);
	while (facts.len > 0)
		read_part(take_until(&facts, WW_LIT(", ")), ret);
	return true;
}
