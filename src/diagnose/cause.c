#include "diagnose/cause.h"

#include "evidence/time.h"

#include "base/banned.h"

static uint64_t
distance(uint64_t a, uint64_t b)
{
	return a > b ? a - b : b - a;
}

/* Years are of four digits, so that no difference overflows. */
static bool
times_near(ww_time a, ww_time b, uint32_t seconds)
{
	if (a == WW_NO_TIME || b == WW_NO_TIME)
		return false;
	return (a > b ? a - b : b - a) <= seconds * WW_SECOND;
}

/* The nearest of the four pairs of their first and last sighting. */
static bool
is_near(struct ww_rec near, const struct ww_sign *hit,
	const struct ww_sign *other)
{
	uint32_t count = ww_rec_num(near, WW_NEAR_COUNT);

	switch (ww_rec_num(near, WW_NEAR_WITHIN)) {
	case WW_WITHIN_THREAD:
		/* A log that names no thread does not tell. */
		return hit->thread != 0 && hit->thread == other->thread &&
		       hit->process == other->process;
	case WW_WITHIN_RECORDS:
		return distance(hit->last_record, other->last_record) <=
			   count ||
		       distance(hit->first_record, other->last_record) <=
			   count ||
		       distance(hit->first_record, other->first_record) <=
			   count ||
		       distance(hit->last_record, other->first_record) <= count;
	case WW_WITHIN_SECONDS:
		return times_near(hit->last_time, other->last_time, count) ||
		       times_near(hit->first_time, other->last_time, count) ||
		       times_near(hit->first_time, other->first_time, count) ||
		       times_near(hit->last_time, other->first_time, count);
	default:
		/* The same list: the same episode, or none at all. */
		return true;
	}
}

static bool
has_near(struct ww_rec near, const struct ww_sign *hit,
	 const struct ww_sign *in)
{
	uint32_t wanted = ww_rec_num(near, WW_NEAR_SIGNATURE_AT);

	for (; in != NULL; in = in->next)
		if (in->signature == wanted && is_near(near, hit, in))
			return true;
	return false;
}

/* What was seen elsewhere is near by its distance, never by its episode. */
static bool
has_elsewhere(struct ww_rec near, const struct ww_sign *hit,
	      const struct ww_sign *in)
{
	return ww_rec_num(near, WW_NEAR_WITHIN) != WW_WITHIN_EPISODE &&
	       has_near(near, hit, in);
}

bool
ww_hit_holds(const struct ww_catalogue *c, const struct ww_sign *hit,
	     struct ww_hits all)
{
	struct ww_rec rec = ww_rec_at(c, WW_S_SIGNATURE, hit->signature);
	struct ww_list list = ww_rec_list(rec, WW_SIGNATURE_NEAR, WW_S_NEAR);

	for (uint32_t i = 0; i < list.count; i++) {
		struct ww_rec near = ww_list_at(c, list, i);

		if (!has_near(near, hit, all.same) &&
		    !has_elsewhere(near, hit, all.other))
			return false;
	}
	return true;
}

struct ww_rec
ww_signature_topic(struct ww_rec signature)
{
	return ww_rec_ref(signature, WW_SIGNATURE_TOPIC, WW_S_TOPIC);
}

struct ww_rec
ww_signature_cause(struct ww_rec signature)
{
	struct ww_rec topic = ww_signature_topic(signature);
	uint32_t at = ww_rec_num(signature, WW_SIGNATURE_CAUSE_AT);

	if (topic.p == NULL || at == 0)
		return (struct ww_rec){ signature.c, NULL };
	return ww_list_at(topic.c,
			  ww_rec_list(topic, WW_TOPIC_CAUSES, WW_S_CAUSE),
			  at - 1);
}

bool
ww_signature_is_for(struct ww_rec signature, enum ww_episode_id kind)
{
	struct ww_list list =
	    ww_rec_list(signature, WW_SIGNATURE_EPISODES, WW_S_IN_EPISODE);

	for (uint32_t i = 0; i < list.count; i++)
		if (ww_rec_num(ww_list_at(signature.c, list, i),
			       WW_IN_EPISODE_KIND) == (uint32_t)kind)
			return true;
	return list.count == 0;
}

/*
 * What the outcome's number is about counts most: a repair that lacks its
 * source also names what it would have repaired.  One that needs others beside
 * it tells more than one that does not.
 */
static unsigned
weight_of(struct ww_rec rec, struct ww_rec topic)
{
	struct ww_rec own = ww_signature_topic(rec);
	/* What is documented and what was observed are both sure. */
	bool sure = ww_rec_num(rec, WW_SIGNATURE_CERTAINTY) <= 1;

	return (topic.p != NULL && own.p == topic.p) * 4u + sure * 2u +
	       (ww_rec_num(rec, WW_SIGNATURE_NEAR + 1) > 0);
}

const struct ww_sign *
ww_best_hit(const struct ww_catalogue *c, struct ww_hits all,
	    enum ww_episode_id kind, struct ww_rec topic)
{
	const struct ww_sign *best = NULL;
	unsigned most = 0;

	for (const struct ww_sign *h = all.same; h != NULL; h = h->next) {
		struct ww_rec rec = ww_rec_at(c, WW_S_SIGNATURE, h->signature);

		if (ww_rec_num(rec, WW_SIGNATURE_SAYS) != WW_SAYS_CAUSE ||
		    !ww_signature_is_for(rec, kind) || !ww_hit_holds(c, h, all))
			continue;
		if (best != NULL && weight_of(rec, topic) <= most)
			continue;
		best = h;
		most = weight_of(rec, topic);
	}
	return best;
}
