/*
 * What is known of an event of Windows, by its provider and number.
 */
#ifndef WW_CATALOGUE_EVENTS_H
#define WW_CATALOGUE_EVENTS_H

#include "catalogue/catalogue.h"

/* The event, letters of the provider folded; its p is NULL without one. */
struct ww_rec ww_event_kind(const struct ww_catalogue *c,
			    struct ww_slice provider, uint32_t number);

/* Whether it is known which of its fields hold codes; kind.p may be NULL. */
static inline bool
ww_event_has_fields(struct ww_rec kind)
{
	return kind.p != NULL && ww_rec_num(kind, WW_EVENT_KIND_FORMS + 1) > 0;
}

/* The keys of all events of that number, whoever logs them. */
struct ww_list ww_event_keys(const struct ww_catalogue *c, uint32_t number);

/* A walk over the fields of an event; zeroed at its start. */
struct ww_event_walk {
	uint32_t form, field;
	bool codes; /* those that hold codes are wanted, no others */
};

/*
 * The next field of any version of the event; each name once, as the first
 * form that has it tells of it.  False when none is left.
 */
bool ww_event_next_field(struct ww_rec kind, struct ww_event_walk *walk,
			 struct ww_rec *ret);

#endif
