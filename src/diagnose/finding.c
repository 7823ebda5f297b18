#include "diagnose/finding.h"

#include "diagnose/cause.h"
#include "explain/reading.h"

#include "base/banned.h"

/* Failures of one cause follow each other within so much time. */
#define SAME_TIME (10 * WW_MINUTE)

/* A line of which nothing was seen for so long tells of the past. */
#define PAST (2 * WW_DAY)

/*
 * Each finding is compared with each other.  Nobody reads so many, and a log
 * that was made to have thousands must not take minutes.
 */
#define FINDINGS_MAX 256

/* Lines that are quoted for one finding. */
#define PROOFS_MAX 6

struct concluding {
	struct ww_arena *arena;
	const struct ww_catalogue *c;
	struct ww_analysis *const *files;
	size_t n_files;
	struct ww_conclusion *ret;
	struct ww_finding **end; /* where the next finding goes */
	size_t n_findings;
	/* When one of the kind last succeeded on this machine. */
	ww_time good[WW_EPISODES];
	struct ww_slice machine;
};

/* Proofs */

static void
add_proof(struct concluding *k, struct ww_finding *f,
	  const struct ww_quote *quote)
{
	const struct ww_analysis *file = k->files[quote->file];
	struct ww_proof **at = &f->proofs;
	unsigned n = 0;

	if (quote->line == 0)
		return;
	for (; *at != NULL; at = &(*at)->next, n++)
		if ((*at)->file == file && (*at)->quote->line == quote->line)
			return;
	if (n == PROOFS_MAX)
		return;
	*at = ww_arena_new(k->arena, struct ww_proof);
	(*at)->file = file;
	(*at)->quote = quote;
}

/* Notes whose line says what went wrong. */
static void
add_note_proofs(struct concluding *k, struct ww_finding *f)
{
	static const char *const telling[] = { "action-error", "action",
					       "exception", "fault-code" };

	for (size_t i = 0; i < WW_ARRAY_LEN(telling); i++)
		for (const struct ww_note *n = f->told.episode->notes;
		     n != NULL; n = n->next)
			if (ww_slice_eq(n->name, ww_slice_cstr(telling[i])))
				add_proof(k, f, &n->quote);
}

/* What shows the cause, then what it needs near it, then the outcome. */
static void
add_proofs(struct concluding *k, struct ww_finding *f)
{
	const struct ww_episode *e = f->told.episode;

	if (f->hit != NULL)
		add_proof(k, f, &f->hit->first);
	if (e == NULL)
		return;
	for (const struct ww_hit *h = e->hits; f->hit != NULL && h != NULL;
	     h = h->next) {
		struct ww_rec rec =
		    ww_rec_at(k->c, WW_S_SIGNATURE, h->signature);
		bool same = ww_rec_num(rec, WW_SIGNATURE_CAUSE_AT) ==
			    ww_rec_num(f->signature, WW_SIGNATURE_CAUSE_AT);

		if (same && ww_rec_num(rec, WW_SIGNATURE_TOPIC) ==
				ww_rec_num(f->signature, WW_SIGNATURE_TOPIC))
			add_proof(k, f, &h->first);
	}
	add_note_proofs(k, f);
	/* Where the outcome's number was first written. */
	for (const struct ww_seen *s = e->codes; f->hit == NULL && s != NULL;
	     s = s->next)
		if (e->has_code && s->value == e->code)
			add_proof(k, f, &s->first);
	for (const struct ww_item *i = e->items; i != NULL; i = i->next)
		if (i->bad) {
			add_proof(k, f, &i->quote);
			break;
		}
	add_proof(k, f, &e->outcome_quote);
}

/* Topics */

static struct ww_rec
context_of(const struct concluding *k, const struct ww_analysis *file)
{
	return ww_rec_ref(ww_rec_at(k->c, WW_S_LOG_KIND, file->dialect),
			  WW_LOG_KIND_CONTEXT, WW_S_CONTEXT);
}

/* The topic of a code as this log means it. */
static struct ww_rec
topic_of_code(const struct concluding *k, const struct ww_analysis *file,
	      uint32_t code)
{
	struct ww_spelled spelled = {
		.form = code >> 16 == 0 ? WW_FORM_DECIMAL : WW_FORM_HEX,
		.value = code,
		.digits = code >> 16 == 0 ? 4 : 8,
	};
	struct ww_hints hints = { .space = WW_SPACES,
				  .family = { k->c, NULL },
				  .context = context_of(k, file) };
	struct ww_readings readings =
	    ww_readings_of(k->arena, k->c, &spelled, &hints);

	return readings.n > 0 ? readings.p[0].topic
			      : (struct ww_rec){ k->c, NULL };
}

static struct ww_rec
cause_of(const struct concluding *k, struct ww_rec signature)
{
	struct ww_rec topic =
	    ww_rec_ref(signature, WW_SIGNATURE_TOPIC, WW_S_TOPIC);
	uint32_t at = ww_rec_num(signature, WW_SIGNATURE_CAUSE_AT);

	if (topic.p == NULL || at == 0)
		return (struct ww_rec){ k->c, NULL };
	return ww_list_at(k->c, ww_rec_list(topic, WW_TOPIC_CAUSES, WW_S_CAUSE),
			  at - 1);
}

/* Findings */

static enum ww_confidence
confidence_of(const struct ww_finding *f)
{
	if (f->hit == NULL)
		return WW_CONFIDENCE_POSSIBLE;
	/* documented and observed are 0 and 1 among the words. */
	return ww_rec_num(f->signature, WW_SIGNATURE_CERTAINTY) <= 1
		   ? WW_CONFIDENCE_CERTAIN
		   : WW_CONFIDENCE_LIKELY;
}

static struct ww_finding *
new_finding(struct concluding *k, struct ww_told told, const struct ww_hit *hit)
{
	struct ww_finding *f = ww_arena_new(k->arena, struct ww_finding);

	f->told = told;
	f->hit = hit;
	f->signature = (struct ww_rec){ k->c, NULL };
	f->topic = f->cause = f->signature;
	if (hit != NULL) {
		f->signature = ww_rec_at(k->c, WW_S_SIGNATURE, hit->signature);
		f->topic =
		    ww_rec_ref(f->signature, WW_SIGNATURE_TOPIC, WW_S_TOPIC);
		f->cause = cause_of(k, f->signature);
	}
	f->confidence = confidence_of(f);
	return f;
}

/* Whether there is room for another; counts what has none. */
static bool
has_room(struct concluding *k)
{
	if (k->n_findings < FINDINGS_MAX)
		return true;
	k->ret->omitted++;
	return false;
}

static void
add_finding(struct concluding *k, struct ww_finding *f)
{
	*k->end = f;
	k->end = &f->next;
	k->n_findings++;
}

/* Whether it failed in this way after the last success. */
static bool
is_current(const struct ww_group *group, const struct ww_group_failure *failure)
{
	struct ww_told latest = { failure->file, failure->variant->latest };

	return group->good.file == NULL ||
	       ww_told_is_later(latest, group->good);
}

/* What the number is about that the episode ended with. */
static struct ww_rec
topic_of_end(const struct concluding *k, struct ww_told told)
{
	return told.episode->has_code
		   ? topic_of_code(k, told.file, told.episode->code)
		   : (struct ww_rec){ k->c, NULL };
}

static struct ww_rec
topic_of_kind(const struct concluding *k, enum ww_episode_id kind)
{
	return ww_rec_ref(ww_rec_at(k->c, WW_S_EPISODE_KIND, kind),
			  WW_EPISODE_KIND_TOPIC, WW_S_TOPIC);
}

/* What shows the cause of an episode of this kind, or NULL. */
static const struct ww_hit *
best_hit(const struct concluding *k, struct ww_told told,
	 enum ww_episode_id kind, struct ww_rec topic)
{
	const struct ww_hits hits = { told.episode->hits, told.file->hits };

	return ww_best_hit(k->c, hits, kind, topic);
}

static void
add_failure(struct concluding *k, const struct ww_group *group,
	    const struct ww_group_failure *failure)
{
	struct ww_episode *e = failure->variant->latest;
	struct ww_told told = { failure->file, e };
	struct ww_rec topic = topic_of_end(k, told);
	struct ww_finding *f =
	    new_finding(k, told, best_hit(k, told, group->kind, topic));

	f->group = group;
	f->failure = failure;
	f->since = ww_analysis_utc(failure->file, failure->variant->first);
	if (f->topic.p == NULL)
		f->topic = topic;
	if (f->topic.p == NULL)
		f->topic = topic_of_kind(k, group->kind);
	add_proofs(k, f);
	add_finding(k, f);
}

static void
add_failures(struct concluding *k)
{
	for (const struct ww_group *g = k->ret->groups; g != NULL; g = g->next)
		for (const struct ww_group_failure *v = g->failures;
		     g->state == WW_STATE_FAILING && v != NULL; v = v->next)
			if (is_current(g, v) && has_room(k))
				add_failure(k, g, v);
}

/*
 * Something was cancelled, nothing of its kind succeeded since, and a line
 * shows what was wrong: a silent setup that gives up ends so.
 */
static bool
is_cancelled_for_cause(const struct ww_group *g)
{
	return g->state != WW_STATE_FAILING && g->cancelled.file != NULL &&
	       (!g->of_kind->has_good ||
		g->of_kind->good < ww_told_end(g->cancelled));
}

static void
add_cancelled(struct concluding *k)
{
	for (const struct ww_group *g = k->ret->groups; g != NULL;
	     g = g->next) {
		const struct ww_hit *hit;
		struct ww_finding *f;

		if (!is_cancelled_for_cause(g) ||
		    g->cancelled.episode->hits == NULL)
			continue;
		hit = best_hit(k, g->cancelled, g->kind,
			       topic_of_end(k, g->cancelled));
		if (hit == NULL || !has_room(k))
			continue;
		f = new_finding(k, g->cancelled, hit);
		f->since = ww_told_end(g->cancelled);
		add_proofs(k, f);
		add_finding(k, f);
	}
}

/* When each kind last succeeded there; WW_NO_TIME where it never did. */
static void
find_successes(struct concluding *k, struct ww_slice machine)
{
	k->machine = machine;
	for (int i = 0; i < WW_EPISODES; i++)
		k->good[i] = WW_NO_TIME;
	/* No time is the earliest of all. */
	for (const struct ww_group *g = k->ret->groups; g != NULL; g = g->next)
		if (ww_slice_eq(g->machine, machine) &&
		    ww_told_end(g->good) > k->good[g->kind])
			k->good[g->kind] = ww_told_end(g->good);
}

/* A success of what the signature is about, after its last sighting. */
static bool
is_overtaken(const struct concluding *k, struct ww_rec signature, ww_time last)
{
	struct ww_list kinds =
	    ww_rec_list(signature, WW_SIGNATURE_EPISODES, WW_S_IN_EPISODE);

	for (uint32_t i = 0; i < kinds.count && last != WW_NO_TIME; i++)
		if (k->good[ww_rec_num(ww_list_at(k->c, kinds, i),
				       WW_IN_EPISODE_KIND)] > last)
			return true;
	return false;
}

/* The log went on for days without such a line. */
static bool
is_past(const struct ww_analysis *file, const struct ww_hit *hit)
{
	return hit->last_time != WW_NO_TIME && file->last != WW_NO_TIME &&
	       file->last - hit->last_time > PAST;
}

/* Lines that are a finding wherever they stand. */
static void
add_alone(struct concluding *k, const struct ww_analysis *file,
	  const struct ww_hit *all)
{
	struct ww_told told = { file, NULL };
	struct ww_hits hits = { all, file->hits };

	if (!ww_slice_eq(k->machine, file->machine))
		find_successes(k, file->machine);
	for (const struct ww_hit *h = all; h != NULL; h = h->next) {
		struct ww_rec rec =
		    ww_rec_at(k->c, WW_S_SIGNATURE, h->signature);
		struct ww_finding *f;

		if (ww_rec_num(rec, WW_SIGNATURE_ALONE) == 0 ||
		    is_past(file, h) || !ww_hit_holds(k->c, h, hits) ||
		    is_overtaken(k, rec, ww_analysis_utc(file, h->last_time)) ||
		    !has_room(k))
			continue;
		f = new_finding(k, told, h);
		f->since = ww_analysis_utc(file, h->first_time);
		add_proofs(k, f);
		add_finding(k, f);
	}
}

/* Hits that stand alone may also have been seen while something ran. */
static void
add_all_alone(struct concluding *k)
{
	for (size_t i = 0; i < k->n_files; i++)
		add_alone(k, k->files[i], k->files[i]->hits);
	for (const struct ww_group *g = k->ret->groups; g != NULL;
	     g = g->next) {
		if (g->good.file != NULL)
			add_alone(k, g->good.file, g->good.episode->hits);
		if (g->open.file != NULL)
			add_alone(k, g->open.file, g->open.episode->hits);
	}
}

/* One failure told twice */

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
	/* cause is 0 among the words. */
	return topic.p != NULL && ww_rec_num(topic, WW_TOPIC_KIND) == 0;
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
is_same_failure(const struct concluding *k, const struct ww_finding *a,
		const struct ww_finding *b)
{
	if (same_fault(a, b))
		return true;
	if (!same_machine(a, b) || are_apart(k->c, a, b))
		return false;
	if (same_record(a->cause, b->cause))
		return true;
	/* Two kinds of evidence that name different causes are two things. */
	if (a->cause.p != NULL && b->cause.p != NULL)
		return is_part(k->c, a, b) && same_time(a, b);
	if (same_record(a->topic, b->topic) || same_code(a, b))
		return true;
	return is_part(k->c, a, b) && same_time(a, b);
}

/* Of a fault the client heard a word; the server's own log says why. */
static bool
server_knows(const struct concluding *k, const struct ww_finding *f)
{
	struct ww_rec log =
	    ww_rec_at(k->c, WW_S_LOG_KIND, f->told.file->dialect);

	return f->cause.p != NULL &&
	       ww_rec_num(log, WW_LOG_KIND_SIDE) == WW_SIDE_SERVER;
}

/* Which of two tells the failure best: the surer, then the inner. */
static bool
tells_better(const struct concluding *k, const struct ww_finding *a,
	     const struct ww_finding *b)
{
	if (same_fault(a, b) && server_knows(k, a) != server_knows(k, b))
		return server_knows(k, a);
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
absorb(struct concluding *k, struct ww_finding *into, struct ww_finding *from)
{
	struct ww_echo **at = &into->echoes;

	for (struct ww_proof *p = from->proofs; p != NULL; p = p->next)
		add_proof(k, into, p->quote);
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
merge_pair(struct concluding *k, struct ww_finding **a, struct ww_finding **b)
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

static void
merge_findings(struct concluding *k)
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

/* Ranking */

static bool
ranks_before(const struct ww_finding *a, const struct ww_finding *b)
{
	if ((a->group != NULL) != (b->group != NULL))
		return a->group != NULL;
	if (a->confidence != b->confidence)
		return a->confidence > b->confidence;
	/* The first cause before what follows from it. */
	return a->since != WW_NO_TIME &&
	       (b->since == WW_NO_TIME || a->since < b->since);
}

static void
rank_findings(struct concluding *k)
{
	struct ww_finding *sorted = NULL, *next;

	for (struct ww_finding *f = k->ret->findings; f != NULL; f = next) {
		struct ww_finding **at = &sorted;

		next = f->next;
		while (*at != NULL && !ranks_before(f, *at))
			at = &(*at)->next;
		f->next = *at;
		*at = f;
	}
	k->ret->findings = sorted;
}

/* Harmless lines */

static struct ww_harmless *
find_harmless(struct concluding *k, const struct ww_analysis *file,
	      const struct ww_hit *hit)
{
	struct ww_rec rec = ww_rec_at(k->c, WW_S_SIGNATURE, hit->signature);
	struct ww_harmless **at = &k->ret->harmless;

	while (*at != NULL && (*at)->signature.p != rec.p)
		at = &(*at)->next;
	if (*at == NULL) {
		*at = ww_arena_new(k->arena, struct ww_harmless);
		(*at)->signature = rec;
		(*at)->file = file;
		(*at)->hit = hit;
	}
	return *at;
}

static void
collect_harmless(struct concluding *k)
{
	struct ww_harmless *sorted = NULL, *next;

	for (size_t i = 0; i < k->n_files; i++)
		for (const struct ww_hit *h = k->files[i]->harmless; h != NULL;
		     h = h->next)
			find_harmless(k, k->files[i], h)->count += h->count;
	for (struct ww_harmless *h = k->ret->harmless; h != NULL; h = next) {
		struct ww_harmless **at = &sorted;

		next = h->next;
		while (*at != NULL && (*at)->count >= h->count)
			at = &(*at)->next;
		h->next = *at;
		*at = h;
	}
	k->ret->harmless = sorted;
}

/*
 * no_fault needs a positive end of everything that was attempted, and that
 * something was.
 */
static enum ww_verdict
verdict_of(const struct ww_conclusion *k)
{
	bool good = false;

	if (k->findings != NULL)
		return WW_VERDICT_FAULT;
	for (const struct ww_group *g = k->groups; g != NULL; g = g->next) {
		if (g->state == WW_STATE_UNKNOWN && g->n[WW_OUTCOME_OPEN] > 0)
			return WW_VERDICT_UNKNOWN;
		good = good || g->state == WW_STATE_GOOD;
	}
	return good ? WW_VERDICT_NO_FAULT : WW_VERDICT_UNKNOWN;
}

void
ww_conclude(struct ww_conclusion *ret, struct ww_arena *arena,
	    const struct ww_catalogue *c, struct ww_analysis *const *files,
	    size_t n)
{
	struct concluding k = {
		.arena = arena, .c = c, .files = files, .n_files = n, .ret = ret
	};

	*ret = (struct ww_conclusion){
		.groups = ww_groups_make(arena, files, n),
	};
	k.end = &ret->findings;
	find_successes(&k, k.machine);
	add_failures(&k);
	add_cancelled(&k);
	add_all_alone(&k);
	merge_findings(&k);
	rank_findings(&k);
	collect_harmless(&k);
	ret->verdict = verdict_of(ret);
}
