/*
 * One failure told twice: by two logs, by a call and what it is made of, by
 * client and server.  The findings of it become one.
 */
#include "diagnose/concluding.h"
#include "diagnose/stops.h"

#include "base/banned.h"

/* Failures of one cause follow each other within so much time. */
#define SAME_TIME (10 * WW_MINUTE)

static ww_time
end_of(const struct ww_finding *f)
{
	if (f->told.episode != NULL)
		return ww_told_end(f->told);
	return f->told.file == NULL
		   ? WW_NO_TIME
		   : ww_analysis_utc(f->told.file, f->hit->last_time);
}

static bool
same_time(const struct ww_finding *a, const struct ww_finding *b)
{
	ww_time ta = end_of(a), tb = end_of(b);

	if (ta == WW_NO_TIME || tb == WW_NO_TIME)
		return true;
	return ta > tb ? ta - tb <= SAME_TIME : tb - ta <= SAME_TIME;
}

static bool
same_code(const struct ww_finding *a, const struct ww_finding *b)
{
	const struct ww_episode *ea = a->told.episode, *eb = b->told.episode;

	return ea != NULL && eb != NULL && ea->has_code && eb->has_code &&
	       ea->code == eb->code;
}

static bool
same_record(struct ww_rec a, struct ww_rec b)
{
	return a.p != NULL && a.p == b.p;
}

bool
ww_kind_is_inside(const struct ww_catalogue *c, enum ww_episode_id outer,
		  enum ww_episode_id inner)
{
	struct ww_rec kind = ww_rec_at(c, WW_S_EPISODE_KIND, outer);
	struct ww_list list =
	    ww_rec_list(kind, WW_EPISODE_KIND_INSIDE, WW_S_IN_EPISODE);

	for (uint32_t i = 0; i < list.count; i++)
		if (ww_rec_num(ww_list_at(c, list, i), WW_IN_EPISODE_KIND) ==
		    (uint32_t)inner)
			return true;
	return false;
}

/* Whether what the second tells is part of what the first tells. */
static bool
is_inside(const struct ww_catalogue *c, const struct ww_finding *outer,
	  const struct ww_finding *inner)
{
	return outer->group != NULL && inner->group != NULL &&
	       ww_kind_is_inside(c, outer->group->kind, inner->group->kind);
}

static bool
is_part(const struct ww_catalogue *c, const struct ww_finding *a,
	const struct ww_finding *b)
{
	return is_inside(c, a, b) || is_inside(c, b, a);
}

/* A fault that client and server name by the same number. */
static bool
same_fault(const struct ww_finding *a, const struct ww_finding *b)
{
	struct ww_slice id;

	if (a->told.episode == NULL || b->told.episode == NULL)
		return false;
	id = ww_episode_note(a->told.episode, "fault-id");
	return id.len > 0 &&
	       ww_slice_casecmp(id, ww_episode_note(b->told.episode,
						    "fault-id")) == 0;
}

static bool
same_machine(const struct ww_finding *a, const struct ww_finding *b)
{
	return ww_slice_eq(a->told.file->machine, b->told.file->machine);
}

/* What the finding has for a hole of its title. */
static struct ww_slice
value_of(const struct ww_finding *f, struct ww_slice hole)
{
	const struct ww_captures *captures = f->hit->captures;

	for (unsigned i = 0; i < captures->n; i++)
		if (ww_slice_eq(captures->p[i].name, hole))
			return captures->p[i].value;
	for (const struct ww_note *n = f->told.episode->notes; n != NULL;
	     n = n->next)
		if (ww_slice_eq(n->name, hole))
			return n->value;
	return ww_slice_eq(hole, WW_LIT("subject")) ? f->told.episode->subject
						    : (struct ww_slice){ 0 };
}

/* The next {hole} of a title, without its braces. */
static bool
next_hole(struct ww_slice *title, struct ww_slice *ret)
{
	const char *open, *end;

	if (title->len == 0 ||
	    (open = memchr(title->p, '{', title->len)) == NULL)
		return false;
	*title = ww_slice_from(*title, (size_t)(open - title->p) + 1);
	if (title->len == 0 ||
	    (end = memchr(title->p, '}', title->len)) == NULL)
		return false;
	*ret = ww_slice_of(title->p, (size_t)(end - title->p));
	return true;
}

/* Whether the same signature says the same sentence of both. */
static bool
says_the_same(const struct ww_finding *a, const struct ww_finding *b)
{
	struct ww_slice title, hole;

	if (!same_record(a->signature, b->signature))
		return false;
	title = ww_rec_text(a->signature, WW_SIGNATURE_TITLE, 0).s;
	while (next_hole(&title, &hole))
		if (!ww_slice_eq(value_of(a, hole), value_of(b, hole)))
			return false;
	return true;
}

/* A code that only hands on another failure proves nothing in common. */
static bool
is_cause_topic(struct ww_rec topic)
{
	return topic.p != NULL &&
	       ww_rec_num(topic, WW_TOPIC_KIND) == WW_TOPIC_IS_CAUSE;
}

/*
 * Two products, two updates: their failures have nothing to do with each
 * other unless the same is said of both.
 */
static bool
are_apart(const struct ww_catalogue *c, const struct ww_finding *a,
	  const struct ww_finding *b)
{
	struct ww_rec kind;

	if (a->group == NULL || b->group == NULL ||
	    a->group->kind != b->group->kind ||
	    ww_slice_eq(a->group->subject, b->group->subject))
		return false;
	kind = ww_rec_at(c, WW_S_EPISODE_KIND, a->group->kind);
	if (ww_rec_num(kind, WW_EPISODE_KIND_APART) == 0)
		return false;
	if (a->cause.p != NULL && b->cause.p != NULL)
		return !says_the_same(a, b);
	return !is_cause_topic(a->topic) || !same_record(a->topic, b->topic);
}

static bool
are_strangers(const struct ww_finding *a, const struct ww_finding *b)
{
	return a->group != NULL && b->group != NULL &&
	       a->group->kind != b->group->kind;
}

static bool
is_same_failure(const struct ww_concluding *k, const struct ww_finding *a,
		const struct ww_finding *b)
{
	if (same_fault(a, b))
		return true;
	if (!same_machine(a, b) || are_apart(k->c, a, b))
		return false;
	if (ww_is_stop(a) && ww_is_stop(b))
		return ww_is_same_stop(a, b);
	if (same_record(a->cause, b->cause))
		return true;
	/* Two kinds of evidence that name different causes are two things. */
	if (a->cause.p != NULL && b->cause.p != NULL)
		return is_part(k->c, a, b) && same_time(a, b);
	if ((same_record(a->topic, b->topic) || same_code(a, b)) &&
	    !(ww_is_carrier(a->topic) && are_strangers(a, b)))
		return true;
	return is_part(k->c, a, b) && same_time(a, b);
}

/* Of a fault the client heard a word; the server's own log says why. */
static bool
server_knows(const struct ww_concluding *k, const struct ww_finding *f)
{
	struct ww_rec log =
	    ww_rec_at(k->c, WW_S_LOG_KIND, f->told.file->dialect);

	return f->cause.p != NULL &&
	       ww_rec_num(log, WW_LOG_KIND_SIDE) == WW_SIDE_SERVER;
}

/* Which of two tells the failure best: the surer, then the inner. */
static bool
tells_better(const struct ww_concluding *k, const struct ww_finding *a,
	     const struct ww_finding *b)
{
	if (same_fault(a, b) && server_knows(k, a) != server_knows(k, b))
		return server_knows(k, a);
	if (ww_is_dump_of_event(a, b) || ww_is_dump_of_event(b, a))
		return ww_is_dump_of_event(a, b);
	if (is_inside(k->c, b, a) && a->cause.p != NULL)
		return true;
	if (is_inside(k->c, a, b) && b->cause.p != NULL)
		return false;
	if (a->confidence != b->confidence)
		return a->confidence > b->confidence;
	if ((a->group != NULL) != (b->group != NULL))
		return a->group != NULL;
	return is_inside(k->c, b, a);
}

static void
absorb(struct ww_concluding *k, struct ww_finding *into,
       struct ww_finding *from)
{
	struct ww_echo **at = &into->echoes;

	for (struct ww_proof *p = from->proofs; p != NULL; p = p->next)
		ww_add_proof(k, into, p->quote);
	while (*at != NULL)
		at = &(*at)->next;
	if (from->group != NULL) {
		*at = ww_arena_new(k->arena, struct ww_echo);
		(*at)->group = from->group;
		(*at)->failure = from->failure;
		at = &(*at)->next;
	}
	*at = from->echoes;
	if (from->since != WW_NO_TIME &&
	    (into->since == WW_NO_TIME || from->since < into->since))
		into->since = from->since;
	/* A line alone becomes the failure it explains. */
	if (into->group == NULL && from->group != NULL) {
		into->group = from->group;
		into->failure = from->failure;
	}
}

/* Take one of two findings of the same failure out of the list. */
static void
merge_pair(struct ww_concluding *k, struct ww_finding **a,
	   struct ww_finding **b)
{
	struct ww_finding *first = *a, *second = *b;

	*b = second->next;
	if (tells_better(k, second, first)) {
		absorb(k, second, first);
		second->next = first->next;
		*a = second;
	} else {
		absorb(k, first, second);
	}
}

void
ww_merge_findings(struct ww_concluding *k)
{
	for (struct ww_finding **a = &k->ret->findings; *a != NULL;
	     a = &(*a)->next) {
		struct ww_finding **b = &(*a)->next;

		while (*b != NULL)
			if (is_same_failure(k, *a, *b)) {
				merge_pair(k, a, b);
				b = &(*a)->next;
			} else {
				b = &(*b)->next;
			}
	}
}
