#include "probe/probe.h"

#include "base/compiler.h"
#include "catalogue/troubles.h"
#include "probe/talk.h"

#include "base/banned.h"

/* A name that every administrator knows for what it is. */
#define COMPUTER "winwhy-probe"

static uint64_t
hash(struct ww_slice s, uint64_t seed)
{
	uint64_t h = UINT64_C(0xCBF29CE484222325) ^ seed;

	/* FNV-1a */
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)ww_fold(s.p[i])) *
		    UINT64_C(0x100000001B3);
	return h;
}

/*
 * The same machine is the same client at every probe, without anything kept:
 * its id is made of its name.  RFC 9562, version 8.
 */
static struct ww_slice
client_id(struct talk *t)
{
	uint64_t a = hash(t->options->machine, 0x77696E776879);
	uint64_t b = hash(t->options->machine, 0x77737573);

	return talk_text(t, "%08x-%04x-8%03x-%04x-%04x%08x",
			 (unsigned)(a >> 32), (unsigned)(a >> 16) & 0xffff,
			 (unsigned)a & 0xfff,
			 ((unsigned)(b >> 48) & 0x3fff) | 0x8000,
			 (unsigned)(b >> 32) & 0xffff, (unsigned)b);
}

static void
set_facts(struct talk *t)
{
	struct ww_slice m = t->options->machine;

	t->facts.client_id = client_id(t);
	t->facts.dns_name =
	    m.len == 0 ? WW_LIT(COMPUTER)
		       : talk_text(t, COMPUTER ".%.*s", (int)m.len, m.p);
}

static struct ww_slice
root_text(struct talk *t)
{
	struct ww_buf out = ww_buf_in(t->arena);

	if (t->root.host.len == 0)
		return t->server;
	ww_url_add(&out, &t->root);
	return ww_buf_slice(&out);
}

static void
say(struct talk *t, enum ww_level level, struct ww_slice text)
{
	ww_capture_say(&t->capture, t->world->now(t->world->ctx), level, text);
}

static void
tell_start(struct talk *t)
{
	say(t, WW_LEVEL_INFO,
	    talk_text(t,
		      "Probe of %.*s begins, winwhy " WW_VERSION
		      ", protocol " WW_SOAP_PROTOCOL ", as %.*s, %.*s%s",
		      (int)t->server.len, t->server.p,
		      (int)t->facts.dns_name.len, t->facts.dns_name.p,
		      (int)t->facts.client_id.len, t->facts.client_id.p,
		      t->options->registers ? ", which it registers" : ""));
}

/* With the code that a client of today ends such a scan with. */
static void
tell_end(struct talk *t, const struct ww_catalogue *c)
{
	struct ww_slice root = root_text(t);
	uint64_t ms = t->world->ms(t->world->ctx) - t->started;
	struct ww_slice code;
	uint32_t value;

	if (t->trouble.len == 0) {
		say(t, WW_LEVEL_INFO,
		    talk_text(t, "Probe of %.*s ends well, %llu ms",
			      (int)root.len, root.p, (unsigned long long)ms));
		return;
	}
	code = ww_trouble_code(c, t->trouble, WW_CLIENT_MODERN, &value)
		   ? talk_text(t, ", clients end with 0x%08X", value)
		   : (struct ww_slice){ 0 };
	say(t, WW_LEVEL_ERROR,
	    talk_text(t, "Probe of %.*s breaks at %.*s, %.*s%.*s",
		      (int)root.len, root.p, (int)t->step.len, t->step.p,
		      (int)t->trouble.len, t->trouble.p, (int)code.len,
		      code.p));
}

bool
ww_probe_run(struct ww_buf *out, const struct ww_catalogue *c,
	     const struct ww_probe_options *options,
	     const struct ww_probe_world *world, const char **retwhy)
{
	struct talk t = {
		.arena = out->arena,
		.options = options,
		.world = world,
		.capture = { .arena = out->arena },
		.started = world->ms(world->ctx),
		/* A name and a password in the address stay out. */
		.server = ww_probe_proxy_shown(ww_slice_trim(options->server)),
	};

	set_facts(&t);
	tell_start(&t);
	if (talk_reach(&t) && talk_call_all(&t))
		talk_look_beside(&t);
	*retwhy = t.failed;
	if (t.failed != NULL)
		return false;
	tell_end(&t, c);
	ww_capture_write(&t.capture, out);
	return true;
}
