#include "evidence/pseudonyms.h"

#include "base/compiler.h"

#include "base/banned.h"

/* A name of fewer bytes would hide letters of any text. */
#define NAME_MIN 2

/* Of a domain's first part, by which old names call it: "ad" is a word. */
#define LABEL_MIN 4

static const char *const prefixes[] = {
	[WW_IDENTITY_USER] = "user-",	  [WW_IDENTITY_HOST] = "host-",
	[WW_IDENTITY_DOMAIN] = "domain-", [WW_IDENTITY_ADDRESS] = "address-",
	[WW_IDENTITY_SID] = "sid-",	  [WW_IDENTITY_SERIAL] = "serial-",
	[WW_IDENTITY_TENANT] = "tenant-",
};

/* What a name goes on with. */
static bool
is_part(char c)
{
	return ww_is_alnum(c) || (unsigned char)c >= 0x80;
}

/* FNV-1a, letters folded. */
static uint32_t
hash_of(struct ww_slice word)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < word.len; i++)
		hash = (hash ^ (unsigned char)ww_fold(word.p[i])) * 16777619u;
	return hash % WW_PSEUDONYM_BUCKETS;
}

static struct ww_slice
first_word(struct ww_slice s)
{
	size_t n = 0;

	while (n < s.len && is_part(s.p[n]))
		n++;
	return ww_slice_of(s.p, n);
}

struct ww_pseudonyms *
ww_pseudonyms_new(struct ww_arena *arena)
{
	struct ww_pseudonyms *p = ww_arena_new(arena, struct ww_pseudonyms);

	p->arena = arena;
	return p;
}

void
ww_pseudonyms_add(struct ww_pseudonyms *p, enum ww_identity_kind kind,
		  struct ww_slice name)
{
	struct ww_pseudonym **at, **word, *one;

	if (name.len < NAME_MIN || !is_part(name.p[0]))
		return;
	at = &p->by_name[hash_of(name)];
	for (; *at != NULL; at = &(*at)->same_name)
		if (ww_slice_casecmp((*at)->name, name) == 0)
			return;
	word = &p->by_word[hash_of(first_word(name))];
	one = ww_arena_new(p->arena, struct ww_pseudonym);
	*one = (struct ww_pseudonym){
		.name = ww_slice_of(ww_arena_copy(p->arena, name.p, name.len),
				    name.len),
		.kind = kind,
		.number = ++p->n_of[kind],
		.same_word = *word,
	};
	*at = *word = one;
	if (p->first == NULL)
		p->first = one;
	else
		p->last->later = one;
	p->last = one;
	p->n++;
}

/* contoso.local is CONTOSO, too. */
static void
add_short_name(struct ww_pseudonyms *p, struct ww_slice domain)
{
	const char *dot = memchr(domain.p, '.', domain.len);

	if (dot != NULL && dot - domain.p >= LABEL_MIN)
		ww_pseudonyms_add(p, WW_IDENTITY_DOMAIN,
				  ww_slice_of(domain.p,
					      (size_t)(dot - domain.p)));
}

void
ww_pseudonyms_gather(struct ww_pseudonyms *p, struct ww_slice text)
{
	struct ww_identity found[WW_IDENTITIES_AT_MAX];
	size_t at = 0;
	unsigned n;

	while ((n = ww_identity_next(text, &at, found)) > 0)
		for (unsigned i = 0; i < n; i++) {
			ww_pseudonyms_add(p, found[i].kind, found[i].text);
			if (found[i].kind == WW_IDENTITY_DOMAIN)
				add_short_name(p, found[i].text);
		}
}

void
ww_pseudonyms_join(struct ww_pseudonyms *p, const struct ww_pseudonyms *from)
{
	for (const struct ww_pseudonym *one = from->first; one != NULL;
	     one = one->later)
		ww_pseudonyms_add(p, one->kind, one->name);
}

/*
 * The longest name that stands at the start of the text as whole words; by
 * its first, which is the text's.
 */
static const struct ww_pseudonym *
find(const struct ww_pseudonyms *p, struct ww_slice text, struct ww_slice word)
{
	const struct ww_pseudonym *best = NULL;

	for (const struct ww_pseudonym *one = p->by_word[hash_of(word)];
	     one != NULL; one = one->same_word) {
		size_t n = one->name.len;

		if ((best == NULL || n > best->name.len) &&
		    ww_slice_casestarts(text, one->name) &&
		    (n == text.len || !is_part(text.p[n])))
			best = one;
	}
	return best;
}

void
ww_pseudonyms_apply(const struct ww_pseudonyms *p, struct ww_slice text,
		    struct ww_buf *out)
{
	while (text.len > 0) {
		struct ww_slice word = first_word(text);
		const struct ww_pseudonym *known =
		    word.len == 0 ? NULL : find(p, text, word);
		size_t n = word.len > 0 ? word.len : 1;

		if (known != NULL) {
			ww_buf_add(out, ww_slice_cstr(prefixes[known->kind]));
			ww_buf_decimal(out, known->number);
			n = known->name.len;
		} else {
			ww_buf_add(out, ww_slice_of(text.p, n));
		}
		text = ww_slice_from(text, n);
	}
}
