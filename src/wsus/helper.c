#include "wsus/helper.h"

#include "base/message.h"
#include "wsus/message.h"

#include "base/banned.h"

#define HELPER "winwhy-wsus"

/* What the helper gets beyond the time of its request to say what it was. */
#define GRACE_MS 2000

#define MISSING                                                             \
	N_("update servers are asked by the program winwhy-wsus, which is " \
	   "not installed")
#define BROKEN N_("the program winwhy-wsus ended before it answered")

/* It did not come back in time: what it was doing nobody knows. */
static bool
give_up(struct ww_helper *h, struct ww_http_reply *ret)
{
	ww_sys_kill(&h->child);
	ww_sys_wait(&h->child);
	h->running = false;
	*ret = (struct ww_http_reply){ .end = WW_HTTP_TIMED_OUT };
	return true;
}

static bool
hear(struct ww_helper *h, struct ww_arena *arena, uint64_t ms,
     struct ww_slice *ret, bool *rettimeout)
{
	char head[WW_MESSAGE_HEAD];
	size_t len;
	char *p;

	if (!ww_sys_hear(&h->child, head, sizeof(head), ms, rettimeout))
		return false;
	len = ww_message_length(head);
	p = ww_arena_alloc(arena, len + 1);
	*ret = ww_slice_of(p, len);
	return ww_sys_hear(&h->child, p, len, ms, rettimeout);
}

/* False: it has gone, or told nothing that is a reply. */
static bool
converse(struct ww_helper *h, struct ww_arena *arena,
	 const struct ww_http_request *request, struct ww_http_reply *ret)
{
	struct ww_buf out = ww_buf_in(arena);
	struct ww_slice fields;
	bool timeout = false;

	ww_message_request(&out, request);
	if (!h->running || !ww_sys_say(&h->child, ww_buf_slice(&out)))
		return false;
	if (!hear(h, arena, request->timeout_ms + GRACE_MS, &fields, &timeout))
		return timeout && give_up(h, ret);
	return ww_message_read_reply(fields, ret);
}

static bool
ask(void *ctx, struct ww_arena *arena, const struct ww_http_request *request,
    struct ww_http_reply *ret, const char **retwhy)
{
	if (converse(ctx, arena, request, ret))
		return true;
	*retwhy = BROKEN;
	return false;
}

bool
ww_helper_open(struct ww_arena *arena, struct ww_helper *ret,
	       const char **retwhy)
{
	static const char *const arguments[] = { HELPER, NULL };
	const char *program = ww_sys_helper(arena, HELPER);

	*ret = (struct ww_helper){ .http = { .ask = ask, .ctx = ret } };
	*retwhy = MISSING;
	ret->running =
	    program != NULL &&
	    ww_sys_converse(program, (char *const *)(uintptr_t)arguments,
			    &ret->child, retwhy);
	return ret->running;
}

void
ww_helper_proxy(struct ww_arena *arena, struct ww_slice *retsetting,
		struct ww_slice *retbypass)
{
	(void)arena;
	*retsetting = *retbypass = (struct ww_slice){ 0 };
}

void
ww_helper_close(struct ww_helper *h)
{
	if (!h->running)
		return;
	ww_sys_kill(&h->child);
	ww_sys_wait(&h->child);
	h->running = false;
}
