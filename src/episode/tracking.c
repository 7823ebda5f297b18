#include "episode/tracking.h"

#include <assert.h>

#include "base/message.h"
#include "code/number.h"

#include "base/banned.h"

/* Episodes that run at the same time; the oldest is given up beyond that. */
#define OPEN_MAX 64

/* Threads that are remembered. */
#define THREADS_MAX 256

/* A fact of many parts: what is beyond is not kept. */
#define FACT_MAX 1024

/* Open ends that are kept in a series. */
#define KEPT_OPEN_MAX 4

/*
 * Series of a file; further subjects, and new ones when memory is short, are
 * counted as one without a name.
 */
#define SERIES_MAX 1024

/* Lists that series are looked up in. */
#define SERIES_LISTS 256

struct thread {
	uint32_t process, thread;
	struct ww_episode *episode; /* NULL: a free place */
};

struct ww_tracking {
	struct ww_arena *arena;
	struct ww_pool pool;
	uint32_t file;
	struct ww_activity *activity; /* borrowed */
	uint64_t ordinal;	      /* of the record at hand */
	void **states;		      /* of ww_trackers[], NULL until needed */
	const struct ww_tracker *telling; /* the one that was called */
	struct ww_episode *open;	  /* newest first */
	unsigned n_open;
	struct ww_episode *ended; /* by the record at hand */
	struct thread threads[THREADS_MAX];
	struct ww_series *series, *last_series;
	struct ww_series *lists[SERIES_LISTS]; /* the same, by hash */
	unsigned n_series;
	struct ww_item *touched; /* by the record of that ordinal */
	struct ww_episode *touched_of;
	uint64_t touched_at;
	struct ww_chain outside;  /* owned: memory of the two lists below */
	struct ww_sign *hits;	  /* outside of any episode */
	struct ww_sign *harmless; /* of lines that mean nothing */
	struct ww_note *facts;	  /* about the machine */
};

struct ww_slice
ww_episode_note(const struct ww_episode *e, const char *name)
{
	for (const struct ww_note *n = e->notes; n != NULL; n = n->next)
		if (ww_slice_eq(n->name, ww_slice_cstr(name)))
			return n->value;
	return (struct ww_slice){ 0 };
}

unsigned
ww_tracker_count(void)
{
	unsigned n = 0;

	while (ww_trackers[n] != NULL)
		n++;
	return n;
}

bool
ww_tracker_follows(const struct ww_tracker *tracker, enum ww_dialect_id dialect)
{
	for (unsigned i = 0; i < tracker->n_dialects; i++)
		if (tracker->dialects[i] == dialect)
			return true;
	return false;
}

struct ww_tracking *
ww_tracking_new(struct ww_arena *arena, uint32_t file,
		struct ww_activity *activity)
{
	struct ww_tracking *t = ww_arena_new(arena, struct ww_tracking);

	t->arena = arena;
	t->pool.arena = arena;
	t->file = file;
	t->activity = activity;
	t->states =
	    ww_arena_array(arena, ww_tracker_count() + 1, sizeof(void *));
	return t;
}

static void *
state_of(struct ww_tracking *t, unsigned tracker)
{
	if (t->states[tracker] == NULL)
		t->states[tracker] =
		    ww_arena_alloc(t->arena,
				   ww_trackers[tracker]->state_size + 1);
	return t->states[tracker];
}

static struct ww_quote
quote(struct ww_tracking *t, struct ww_chain *chain,
      const struct ww_record *record)
{
	struct ww_quote q = ww_quote_place(t->file, record);

	q.text = ww_pool_copy(&t->pool, chain, q.text);
	return q;
}

/* Threads */

/* Each thread has one place; two that share it displace each other. */
static struct thread *
place_of(struct ww_tracking *t, const struct ww_record *record)
{
	uint32_t h = ww_hash_mix(record->process * 31 + record->thread);

	return &t->threads[h % THREADS_MAX];
}

static struct thread *
find_thread(struct ww_tracking *t, const struct ww_record *record)
{
	struct thread *place = place_of(t, record);

	return place->episode != NULL && place->process == record->process &&
		       place->thread == record->thread
		   ? place
		   : NULL;
}

static void
forget_threads(struct ww_tracking *t, const struct ww_episode *e)
{
	if (!e->on_thread)
		return;
	for (unsigned i = 0; i < THREADS_MAX; i++)
		if (t->threads[i].episode == e)
			t->threads[i].episode = NULL;
}

void
ww_track_thread(struct ww_tracking *t, struct ww_episode *e,
		const struct ww_record *record)
{
	if (record->process == 0 && record->thread == 0)
		return;
	*place_of(t, record) =
	    (struct thread){ record->process, record->thread, e };
	e->process = record->process;
	e->thread = record->thread;
	e->on_thread = true;
}

struct ww_episode *
ww_track_known(struct ww_tracking *t, const struct ww_record *record)
{
	const struct thread *thread = find_thread(t, record);

	return thread == NULL ? NULL : thread->episode;
}

struct ww_episode *
ww_track_current(struct ww_tracking *t, const struct ww_record *record)
{
	struct thread *thread = find_thread(t, record);

	if (thread != NULL)
		return thread->episode;
	return t->open != NULL ? t->open : t->ended;
}

/* Series: what an episode becomes when it has ended. */

static struct ww_series **
list_of(struct ww_tracking *t, enum ww_episode_id kind, struct ww_slice subject)
{
	uint32_t h = (uint32_t)kind;

	for (size_t i = 0; i < subject.len; i++)
		h = h * 31 + (unsigned char)subject.p[i];
	return &t->lists[ww_hash_mix(h) % SERIES_LISTS];
}

static struct ww_series *
series_of(struct ww_tracking *t, enum ww_episode_id kind,
	  struct ww_slice subject)
{
	struct ww_series *s = *list_of(t, kind, subject);

	while (s != NULL &&
	       (s->kind != kind || !ww_slice_eq(s->subject, subject)))
		s = s->near;
	return s;
}

static struct ww_series *
new_series(struct ww_tracking *t, enum ww_episode_id kind,
	   struct ww_slice subject)
{
	struct ww_series *s = ww_arena_new(t->arena, struct ww_series);
	struct ww_series **list = list_of(t, kind, subject);

	s->near = *list;
	*list = s;
	s->kind = kind;
	s->subject =
	    ww_slice_of(ww_arena_copy(t->arena, subject.p, subject.len),
			subject.len);
	s->failing_since = WW_NO_TIME;
	if (t->series == NULL)
		t->series = s;
	else
		t->last_series->next = s;
	t->last_series = s;
	t->n_series++;
	return s;
}

static struct ww_series *
find_series(struct ww_tracking *t, const struct ww_episode *e)
{
	struct ww_slice subject = e->subject;
	struct ww_series *s = series_of(t, e->kind, subject);

	if (s == NULL &&
	    (t->n_series >= SERIES_MAX || ww_pool_is_short(&t->pool))) {
		subject.len = 0;
		s = series_of(t, e->kind, subject);
	}
	return s != NULL ? s : new_series(t, e->kind, subject);
}

static void
give_back(struct ww_tracking *t, struct ww_episode *e)
{
	if (e == NULL)
		return;
	for (struct ww_note *n = e->notes; n != NULL; n = n->next)
		ww_pool_return(&t->pool, n->replaced);
	ww_pool_return(&t->pool, e->renamed);
	ww_pool_return(&t->pool, e->chain);
}

static void
give_back_all(struct ww_tracking *t, struct ww_episode *e)
{
	while (e != NULL) {
		struct ww_episode *next = e->next;

		give_back(t, e);
		e = next;
	}
}

/* Which signatures were seen, in whatever order. */
static uint32_t
signs_of(const struct ww_episode *e)
{
	uint32_t signs = 0;

	for (const struct ww_sign *h = e->hits; h != NULL; h = h->next)
		signs += ww_hash_mix(h->signature + 1);
	return signs;
}

static struct ww_variant *
find_variant(struct ww_tracking *t, struct ww_series *s,
	     const struct ww_episode *e)
{
	struct ww_variant **at = &s->failed;
	uint32_t signs = signs_of(e);
	unsigned n = 0, most = ww_pool_is_short(&t->pool) ? 1 : WW_VARIANTS_MAX;

	for (; *at != NULL; at = &(*at)->next, n++)
		if ((*at)->signs == signs && (*at)->latest->code == e->code &&
		    (*at)->latest->has_code == e->has_code &&
		    (*at)->latest->message == e->message &&
		    (*at)->latest->extend == e->extend &&
		    (*at)->latest->stop == e->stop)
			return *at;
	/* As many as there may be: the last stands for the rest. */
	if (n >= most)
		for (at = &s->failed; (*at)->next != NULL; at = &(*at)->next)
			continue;
	if (*at == NULL) {
		*at = ww_arena_new(t->arena, struct ww_variant);
		(*at)->first = e->end;
		(*at)->first_line = e->outcome_quote.line;
	}
	(*at)->signs = signs;
	return *at;
}

/* Whether the one that was told later ended before the other. */
static bool
is_before(const struct ww_episode *e, const struct ww_episode *other)
{
	return e->by_time && other != NULL && e->end != WW_NO_TIME &&
	       other->end != WW_NO_TIME && e->end < other->end;
}

static void
count_failing(struct ww_series *s, const struct ww_episode *e)
{
	if (is_before(e, s->good))
		return;
	if (s->failing++ == 0 || (e->by_time && e->end < s->failing_since))
		s->failing_since = e->end;
}

static void
add_failed(struct ww_tracking *t, struct ww_series *s, struct ww_episode *e)
{
	struct ww_variant *v = find_variant(t, s, e);

	v->count++;
	if (e->end != WW_NO_TIME)
		ww_activity_add(t->activity, e->end, 0, 1);
	count_failing(s, e);
	if (is_before(e, v->latest)) {
		v->first = e->end;
		v->first_line = e->outcome_quote.line;
		give_back(t, e);
		return;
	}
	give_back(t, v->latest);
	v->latest = e;
}

/* Failures that are later than it stay what they are. */
static void
add_good(struct ww_tracking *t, struct ww_series *s, struct ww_episode *e)
{
	bool overtaken = false;

	if (is_before(e, s->good)) {
		give_back(t, e);
		return;
	}
	give_back(t, s->good);
	s->good = e;
	for (const struct ww_variant *v = s->failed; v != NULL; v = v->next)
		overtaken = overtaken || is_before(e, v->latest);
	if (!overtaken)
		s->failing = 0;
}

static void
add_open(struct ww_tracking *t, struct ww_series *s, struct ww_episode *e)
{
	struct ww_episode **last = &s->open;
	unsigned n = 0, most = ww_pool_is_short(&t->pool) ? 1 : KEPT_OPEN_MAX;

	e->next = s->open;
	s->open = e;
	for (; *last != NULL && n < most; n++)
		last = &(*last)->next;
	give_back_all(t, *last);
	*last = NULL;
}

/* A person may have cancelled what was failing: what was seen is kept. */
static void
keep_cancelled(struct ww_tracking *t, struct ww_series *s, struct ww_episode *e)
{
	if (e->hits == NULL) {
		give_back(t, e);
		return;
	}
	give_back(t, s->cancelled);
	s->cancelled = e;
}

/* An episode that is over goes to its series, and is kept or counted. */
static void
fold(struct ww_tracking *t, struct ww_episode *e)
{
	struct ww_series *s = find_series(t, e);

	if (t->touched_of == e)
		t->touched = NULL;
	s->n[e->outcome]++;
	switch (e->outcome) {
	case WW_OUTCOME_FAILED:
		add_failed(t, s, e);
		break;
	case WW_OUTCOME_SUCCEEDED:
		add_good(t, s, e);
		break;
	case WW_OUTCOME_OPEN:
		add_open(t, s, e);
		break;
	default:
		keep_cancelled(t, s, e);
	}
}

static void
take_out(struct ww_tracking *t, struct ww_episode *e)
{
	struct ww_episode **at = &t->open;

	while (*at != NULL && *at != e)
		at = &(*at)->next;
	if (*at == NULL)
		return;
	*at = e->next;
	t->n_open--;
}

static void
give_up_oldest(struct ww_tracking *t)
{
	struct ww_episode *e = t->open;

	while (e->next != NULL)
		e = e->next;
	take_out(t, e);
	forget_threads(t, e);
	fold(t, e);
}

/* Hits */

static struct ww_captures *
copy_captures(struct ww_tracking *t, struct ww_chain *chain,
	      const struct ww_captures *captures)
{
	struct ww_captures *copy =
	    ww_pool_alloc(&t->pool, chain, sizeof(*copy));

	*copy = *captures;
	for (unsigned i = 0; i < copy->n; i++)
		copy->p[i].value =
		    ww_pool_copy(&t->pool, chain, copy->p[i].value);
	return copy;
}

static struct ww_sign *
new_hit(struct ww_tracking *t, struct ww_chain *chain, uint32_t signature,
	const struct ww_record *record, const struct ww_captures *captures)
{
	struct ww_sign *hit = ww_pool_alloc(&t->pool, chain, sizeof(*hit));

	hit->signature = signature;
	hit->first_record = t->ordinal;
	hit->first_time = record->time;
	hit->first = quote(t, chain, record);
	hit->captures = copy_captures(t, chain, captures);
	return hit;
}

/* The list's hit of that signature, or a new one at its end. */
static struct ww_sign *
find_hit(struct ww_tracking *t, struct ww_sign **list, struct ww_chain *chain,
	 uint32_t signature, const struct ww_record *record,
	 const struct ww_captures *captures)
{
	while (*list != NULL && (*list)->signature != signature)
		list = &(*list)->next;
	if (*list == NULL)
		*list = new_hit(t, chain, signature, record, captures);
	return *list;
}

/* What trackers do */

struct ww_episode *
ww_track_begin(struct ww_tracking *t, enum ww_episode_id kind,
	       struct ww_slice key, const struct ww_record *record)
{
	struct ww_chain chain = { NULL };
	struct ww_episode *e = ww_pool_alloc(&t->pool, &chain, sizeof(*e));

	if (t->n_open == OPEN_MAX)
		give_up_oldest(t);
	e->kind = kind;
	e->chain = chain;
	e->key = ww_pool_copy(&t->pool, &e->chain, key);
	e->begin = record->time;
	e->end = WW_NO_TIME;
	e->first = quote(t, &e->chain, record);
	e->file = t->file;
	e->by_time = t->telling != NULL && t->telling->by_time;
	e->next = t->open;
	t->open = e;
	t->n_open++;
	ww_track_thread(t, e, record);
	return e;
}

struct ww_episode *
ww_track_open(struct ww_tracking *t, enum ww_episode_id kind,
	      struct ww_slice key)
{
	struct ww_episode *e = t->open;

	while (e != NULL &&
	       (e->kind != kind || (key.len > 0 && !ww_slice_eq(e->key, key))))
		e = e->next;
	return e;
}

struct ww_episode *
ww_track_need(struct ww_tracking *t, enum ww_episode_id kind,
	      struct ww_slice key, const struct ww_record *record)
{
	struct ww_episode *e = ww_track_open(t, kind, key);

	if (e != NULL)
		return e;
	e = ww_track_begin(t, kind, key, record);
	e->begin = WW_NO_TIME;
	return e;
}

uint64_t
ww_track_now(const struct ww_tracking *t)
{
	return t->ordinal;
}

/* A copy of it at the end of the episode's. */
static void
adopt_hit(struct ww_tracking *t, struct ww_episode *e,
	  const struct ww_sign *hit)
{
	struct ww_sign **last = &e->hits;

	while (*last != NULL)
		last = &(*last)->next;
	*last = ww_pool_alloc(&t->pool, &e->chain, sizeof(**last));
	**last = *hit;
	(*last)->first.text =
	    ww_pool_copy(&t->pool, &e->chain, hit->first.text);
	(*last)->captures = copy_captures(t, &e->chain, hit->captures);
	(*last)->next = NULL;
}

void
ww_track_adopt(struct ww_tracking *t, struct ww_episode *e, uint64_t since)
{
	for (const struct ww_sign *h = t->hits; h != NULL; h = h->next)
		if (h->last_record >= since)
			adopt_hit(t, e, h->last);
}

void
ww_track_adopt_thread(struct ww_tracking *t, struct ww_episode *e,
		      uint64_t since, const struct ww_record *record)
{
	for (const struct ww_sign *h = t->hits; h != NULL; h = h->next)
		if (h->last_record >= since && h->process == record->process &&
		    h->thread == record->thread)
			adopt_hit(t, e, h->last);
}

void
ww_track_subject(struct ww_tracking *t, struct ww_episode *e,
		 struct ww_slice subject)
{
	struct ww_chain before = e->renamed;

	if (ww_slice_eq(e->subject, subject))
		return;
	e->renamed.blocks = NULL;
	e->subject =
	    ww_pool_copy(&t->pool, e->subject.len > 0 ? &e->renamed : &e->chain,
			 subject);
	ww_pool_return(&t->pool, before);
}

/* What some logs replace with every line, so that it must not add up. */
static void
replace_note(struct ww_tracking *t, struct ww_note *note, struct ww_slice value,
	     const struct ww_record *record)
{
	struct ww_chain before = note->replaced;

	note->replaced.blocks = NULL;
	note->value = ww_pool_copy(&t->pool, &note->replaced, value);
	note->quote = quote(t, &note->replaced, record);
	ww_pool_return(&t->pool, before);
}

void
ww_track_note(struct ww_tracking *t, struct ww_episode *e, const char *name,
	      struct ww_slice value, const struct ww_record *record)
{
	struct ww_note **at = &e->notes;

	while (*at != NULL && !ww_slice_eq((*at)->name, ww_slice_cstr(name)))
		at = &(*at)->next;
	if (*at != NULL) {
		if (!ww_slice_eq((*at)->value, value))
			replace_note(t, *at, value, record);
		return;
	}
	*at = ww_pool_alloc(&t->pool, &e->chain, sizeof(**at));
	(*at)->name = ww_slice_cstr(name);
	(*at)->value = ww_pool_copy(&t->pool, &e->chain, value);
	(*at)->quote = quote(t, &e->chain, record);
}

void
ww_track_stop(struct ww_tracking *t, struct ww_episode *e, uint32_t code,
	      const struct ww_record *record)
{
	static const char digits[] = "0123456789ABCDEF";
	char text[] = "0x00000000";

	e->stop = code;
	for (size_t i = sizeof(text) - 2; i > 1; i--, code >>= 4)
		text[i] = digits[code & 15];
	ww_track_note(t, e, "stop-code", ww_slice_cstr(text), record);
}

/* Where the fact of that name is, or belongs. */
static struct ww_note **
fact_at(struct ww_tracking *t, const char *name)
{
	struct ww_note **at = &t->facts;

	while (*at != NULL && !ww_slice_eq((*at)->name, ww_slice_cstr(name)))
		at = &(*at)->next;
	return at;
}

void
ww_track_fact(struct ww_tracking *t, const char *name, struct ww_slice value,
	      const struct ww_record *record)
{
	struct ww_note **at = fact_at(t, name);

	if (*at != NULL || value.len == 0)
		return;
	*at = ww_arena_new(t->arena, struct ww_note);
	(*at)->name = ww_slice_cstr(name);
	(*at)->value =
	    ww_slice_of(ww_arena_copy(t->arena, value.p, value.len), value.len);
	(*at)->quote = ww_quote_place(t->file, record);
	(*at)->quote.text.p =
	    ww_arena_copy(t->arena, (*at)->quote.text.p, (*at)->quote.text.len);
}

void
ww_track_more_of_fact(struct ww_tracking *t, const char *name,
		      struct ww_slice value, const struct ww_record *record)
{
	struct ww_note *fact = *fact_at(t, name);
	size_t len;
	char *p;

	if (fact == NULL) {
		ww_track_fact(t, name, value, record);
		return;
	}
	len = fact->value.len + 1 + value.len;
	if (value.len == 0 || len > FACT_MAX)
		return;
	p = ww_arena_alloc(t->arena, len);
	memcpy(p, fact->value.p, fact->value.len);
	p[fact->value.len] = ' ';
	memcpy(p + fact->value.len + 1, value.p, value.len);
	fact->value = ww_slice_of(p, len);
}

void
ww_track_note_number(struct ww_tracking *t, struct ww_episode *e,
		     const char *name, uint64_t v,
		     const struct ww_record *record)
{
	char digits[24];
	size_t n = sizeof(digits);

	do {
		digits[--n] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	ww_track_note(t, e, name, ww_slice_of(digits + n, sizeof(digits) - n),
		      record);
}

void
ww_track_item(struct ww_tracking *t, struct ww_episode *e, struct ww_slice name,
	      struct ww_slice detail, const char *state, bool bad,
	      const struct ww_record *record)
{
	struct ww_item *item = e->items;

	for (; item != NULL; item = item->next)
		if (ww_slice_casecmp(item->name, name) == 0)
			break;
	if (item == NULL) {
		e->n_items++;
		e->n_bad += bad;
		if (e->n_kept == WW_ITEMS_MAX || ww_pool_is_short(&t->pool))
			return;
		e->n_kept++;
		item = ww_pool_alloc(&t->pool, &e->chain, sizeof(*item));
		item->name = ww_pool_copy(&t->pool, &e->chain, name);
		item->detail = ww_pool_copy(&t->pool, &e->chain, detail);
		item->quote = quote(t, &e->chain, record);
		if (e->items == NULL)
			e->items = item;
		else
			e->last_item->next = item;
		e->last_item = item;
	} else if (item->bad != bad) {
		/* The same thing again: it has been repaired, or broke. */
		e->n_bad = bad ? e->n_bad + 1 : e->n_bad - 1;
		if (bad && !item->broke)
			item->quote = quote(t, &e->chain, record);
	}
	item->broke = item->broke || bad;
	item->state = state;
	item->bad = bad;
	t->touched = item;
	t->touched_of = e;
	t->touched_at = t->ordinal;
}

void
ww_track_quote(struct ww_episode *e, const char *note)
{
	for (const struct ww_note *n = e->notes; n != NULL; n = n->next)
		if (ww_slice_eq(n->name, ww_slice_cstr(note)))
			e->outcome_quote = n->quote;
}

void
ww_track_end(struct ww_tracking *t, struct ww_episode *e,
	     enum ww_outcome outcome, const struct ww_record *record)
{
	struct ww_episode **last = &t->ended; /* they are folded in order */

	/* It has one end: a second would make the list a ring. */
	assert(e->outcome == WW_OUTCOME_OPEN);
	e->outcome = outcome;
	e->end = record->time;
	e->outcome_quote = quote(t, &e->chain, record);
	take_out(t, e);
	/* What else stands in this record still belongs to it. */
	while (*last != NULL)
		last = &(*last)->next;
	e->next = NULL;
	*last = e;
}

void
ww_track_end_code(struct ww_tracking *t, struct ww_episode *e, uint32_t code,
		  const struct ww_record *record)
{
	struct ww_hresult hr = { .v = code };
	bool failed = ww_hresult_failed(hr) || (code != 0 && code >> 16 == 0 &&
						code != 3010 && code != 1641);

	e->has_code = true;
	e->code = code;
	ww_track_end(t, e, failed ? WW_OUTCOME_FAILED : WW_OUTCOME_SUCCEEDED,
		     record);
}

unsigned
ww_track_number(struct ww_slice s)
{
	unsigned v = 0;

	for (size_t i = 0; i < s.len && i < 9 && ww_is_digit(s.p[i]); i++)
		v = v * 10 + (unsigned)(s.p[i] - '0');
	return v;
}

bool
ww_track_code(struct ww_slice s, uint32_t *ret)
{
	bool hex = ww_slice_casestarts(s, WW_LIT("0x"));
	bool minus = !hex && s.len > 0 && s.p[0] == '-';
	uint64_t v = 0;

	s = ww_slice_from(s, hex ? 2 : minus);
	/* Eight digits without a prefix are hexadecimal in every log. */
	hex = hex || (!minus && s.len == 8);
	if (s.len == 0 || s.len > 16)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		int digit = ww_hex_value(s.p[i]);

		if (digit < 0 || (!hex && digit > 9))
			return false;
		v = v * (hex ? 16 : 10) + (unsigned)digit;
	}
	if (minus)
		v = 0 - v;
	*ret = (uint32_t)v;
	/* 32 bits, or those with their sign in 64. */
	return v >> 32 == 0 || v >> 32 == 0xffffffffu;
}

/* What diagnose does */

void
ww_tracking_record(struct ww_tracking *t)
{
	t->ordinal++;
	while (t->ended != NULL) {
		struct ww_episode *e = t->ended;

		t->ended = e->next;
		forget_threads(t, e);
		fold(t, e);
	}
}

void
ww_tracking_mark(struct ww_tracking *t, unsigned tracker, unsigned mark,
		 const struct ww_record *record,
		 const struct ww_captures *captures)
{
	const struct ww_marked_line line = {
		.t = t,
		.state = state_of(t, tracker),
		.mark = mark,
		.record = record,
		.captures = captures,
	};

	t->telling = ww_trackers[tracker];
	t->telling->on[mark](&line);
}

static void
count_hit(struct ww_tracking *t, struct ww_sign *hit,
	  const struct ww_record *record)
{
	hit->count++;
	hit->last_record = t->ordinal;
	hit->last_time = record->time;
	hit->last_line = record->line;
	hit->process = record->process;
	hit->thread = record->thread;
}

/* Outside of any episode the last one is kept too: for ww_track_adopt(). */
static void
hit_outside(struct ww_tracking *t, uint32_t signature,
	    const struct ww_record *record, const struct ww_captures *captures)
{
	struct ww_sign *hit =
	    find_hit(t, &t->hits, &t->outside, signature, record, captures);

	ww_pool_return(&t->pool, hit->last_chain);
	hit->last_chain = (struct ww_chain){ NULL };
	hit->last = new_hit(t, &hit->last_chain, signature, record, captures);
	count_hit(t, hit->last, record);
	count_hit(t, hit, record);
}

void
ww_tracking_hit(struct ww_tracking *t, uint32_t signature,
		const struct ww_record *record,
		const struct ww_captures *captures)
{
	struct ww_episode *e = ww_track_current(t, record);

	if (e == NULL)
		hit_outside(t, signature, record, captures);
	else
		count_hit(t,
			  find_hit(t, &e->hits, &e->chain, signature, record,
				   captures),
			  record);
}

void
ww_tracking_context(struct ww_tracking *t, uint32_t signature,
		    const struct ww_record *record,
		    const struct ww_captures *captures)
{
	if (ww_track_current(t, record) != NULL)
		hit_outside(t, signature, record, captures);
	ww_tracking_hit(t, signature, record, captures);
}

/* An item that only this line calls damaged is none. */
static void
excuse_item(struct ww_tracking *t)
{
	if (t->touched == NULL || t->touched_at != t->ordinal ||
	    !t->touched->bad)
		return;
	t->touched->bad = false;
	t->touched->state = N_("known and harmless");
	t->touched_of->n_bad--;
}

void
ww_tracking_harmless(struct ww_tracking *t, uint32_t signature,
		     const struct ww_record *record,
		     const struct ww_captures *captures)
{
	excuse_item(t);
	count_hit(t,
		  find_hit(t, &t->harmless, &t->outside, signature, record,
			   captures),
		  record);
}

/* Off the list, which is full, comes the one not seen for longest. */
static struct ww_seen *
take_stalest(struct ww_seen **list)
{
	struct ww_seen **stalest = list, *seen;

	for (struct ww_seen **at = &(*list)->next; *at != NULL;
	     at = &(*at)->next)
		if ((*at)->last_record < (*stalest)->last_record)
			stalest = at;
	seen = *stalest;
	*stalest = seen->next;
	*seen = (struct ww_seen){ .value = 0 };
	return seen;
}

/* A code that is new to the episode, at the end of its list. */
static struct ww_seen *
add_seen(struct ww_tracking *t, struct ww_episode *e, unsigned n,
	 const struct ww_record *record)
{
	struct ww_seen *seen =
	    n < WW_SEEN_MAX ? ww_pool_alloc(&t->pool, &e->chain, sizeof(*seen))
			    : take_stalest(&e->codes);
	struct ww_seen **end = &e->codes;

	while (*end != NULL)
		end = &(*end)->next;
	*end = seen;
	seen->first = quote(t, &e->chain, record);
	return seen;
}

bool
ww_tracking_code(struct ww_tracking *t, uint32_t value, enum ww_code_kind kind,
		 const struct ww_record *record)
{
	struct ww_episode *e = ww_track_current(t, record);
	struct ww_seen *seen;
	unsigned n = 0;

	if (e == NULL)
		return false;
	seen = e->codes;
	for (; seen != NULL && (seen->value != value || seen->kind != kind);
	     n++)
		seen = seen->next;
	if (seen == NULL) {
		seen = add_seen(t, e, n, record);
		seen->value = value;
		seen->kind = kind;
	}
	seen->count++;
	seen->last_record = ww_track_now(t);
	return true;
}

bool
ww_tracking_stated(const struct ww_tracking *t, uint32_t *ret)
{
	const struct ww_episode *e = t->ended;

	if (e == NULL || !e->has_code || e->code == 0 || e->code >> 16 != 0)
		return false;
	*ret = e->code;
	return true;
}

void
ww_tracking_finish(struct ww_tracking *t)
{
	for (unsigned i = 0; ww_trackers[i] != NULL; i++)
		if (t->states[i] != NULL && ww_trackers[i]->finish != NULL) {
			t->telling = ww_trackers[i];
			t->telling->finish(&(struct ww_marked_line){
			    .t = t, .state = t->states[i] });
		}
	ww_tracking_record(t);
	while (t->open != NULL)
		give_up_oldest(t);
}

struct ww_series *
ww_tracking_series(const struct ww_tracking *t)
{
	return t->series;
}

struct ww_note *
ww_tracking_facts(const struct ww_tracking *t)
{
	return t->facts;
}

struct ww_sign *
ww_tracking_hits(const struct ww_tracking *t)
{
	return t->hits;
}

struct ww_sign *
ww_tracking_harmless_hits(const struct ww_tracking *t)
{
	return t->harmless;
}
