#include "episode/wu.h"

#include "base/utf8.h"

#include "base/banned.h"

#define GUID_LEN		       36

#define WU_E_OPERATIONINPROGRESS       0x80240009u
#define WU_E_INSTALL_NOT_ALLOWED       0x80240016u
#define WU_E_SERVICE_STOP	       0x8024001Eu
#define WU_E_UH_POSTREBOOTSTILLPENDING 0x80242014u

static const struct {
	const char *guid, *name;
} services[] = {
	{ "3DA21691-E39D-4DA6-8A4B-B43877BCB1B7", "WSUS" },
	{ "9482F4B4-E343-43B6-B170-9A65BC822C77", "Windows Update" },
	{ "7971F918-A847-4430-9279-4A52D1EFE18D", "Microsoft Update" },
	{ "855E8A7C-ECB4-4CA3-B045-1DFA50104289", "Microsoft Store" },
	{ "8B24B027-1DEE-BABB-9A95-3517DFB9C552", "Windows Update (DCat)" },
	{ "00000000-0000-0000-0000-000000000000", "default service" },
};

struct ww_slice
ww_wu_captured(const struct ww_marked_line *l, const char *name)
{
	return ww_slice_trim(ww_captured(l->captures, name));
}

bool
ww_wu_code(const struct ww_marked_line *l, uint32_t *ret)
{
	return ww_track_code(ww_wu_captured(l, "code"), ret);
}

struct ww_slice
ww_wu_before(struct ww_slice s, const char *literal)
{
	struct ww_slice rest = ww_slice_behind(s, ww_slice_cstr(literal));

	if (rest.p == NULL)
		return s;
	return ww_slice_of(s.p, (size_t)(rest.p - s.p) - strlen(literal));
}

bool
ww_wu_has(struct ww_slice s, const char *literal)
{
	return ww_slice_casehas(s, ww_slice_cstr(literal));
}

static bool
is_drawn(char c)
{
	return c == ' ' || c == '\t' || c == '*' || c == '#' || c == '-' ||
	       c == '+' || c == ':' || c == '<' || c == '>';
}

static struct ww_slice
without_drawing(struct ww_slice text)
{
	size_t i = 0;

	while (i < text.len && is_drawn(text.p[i]))
		i++;
	return ww_slice_from(text, i);
}

bool
ww_wu_begins(const struct ww_marked_line *l, const char *literal)
{
	static const struct ww_slice warning = { "WARNING:", 8 };
	struct ww_slice text = without_drawing(l->record->text);

	if (ww_slice_starts(text, warning))
		text = without_drawing(ww_slice_from(text, warning.len));
	return ww_slice_casestarts(text, ww_slice_cstr(literal));
}

struct ww_slice
ww_wu_caller(struct ww_slice s)
{
	static const char *const ends[] = { "\n",    "]",	" (cV",
					    " Id =", ", Flags", ", idUpdate" };

	for (size_t i = 0; i < WW_ARRAY_LEN(ends); i++)
		s = ww_wu_before(s, ends[i]);
	s = ww_slice_trim(s);
	if (s.len > 0 && (s.p[s.len - 1] == ',' || s.p[s.len - 1] == '.'))
		s.len--;
	return ww_utf8_cut(s, WW_WU_CALLER_MAX);
}

struct ww_slice
ww_wu_guid(struct ww_slice s)
{
	if (s.len > 0 && s.p[0] == '{')
		s = ww_slice_from(s, 1);
	return ww_utf8_cut(s, GUID_LEN);
}

bool
ww_wu_hex(struct ww_slice s, uint32_t *ret)
{
	size_t i = 0;

	if (ww_slice_casestarts(s, WW_LIT("0x")))
		s = ww_slice_from(s, 2);
	*ret = 0;
	for (; i < s.len && i < 8 && ww_hex_value(s.p[i]) >= 0; i++)
		*ret = *ret << 4 | (uint32_t)ww_hex_value(s.p[i]);
	return i > 0;
}

static void
key_add(struct ww_wu_key *key, struct ww_slice s)
{
	size_t room = sizeof(key->p) - key->len;
	size_t len = s.len < room ? s.len : room;

	if (len > 0)
		memcpy(key->p + key->len, s.p, len);
	key->len += len;
}

struct ww_wu_key
ww_wu_key(struct ww_slice number, struct ww_slice caller)
{
	struct ww_wu_key key = { .len = 0 };

	key_add(&key, number);
	if (number.len > 0)
		key_add(&key, WW_LIT(" "));
	key_add(&key, caller.len > 0 ? caller : WW_LIT("?"));
	return key;
}

struct ww_episode *
ww_wu_here(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_track_known(l->t, l->record);

	return e != NULL && e->outcome == WW_OUTCOME_OPEN ? e : NULL;
}

struct ww_episode *
ww_wu_here_of(const struct ww_marked_line *l, enum ww_episode_id kind)
{
	struct ww_episode *e = ww_wu_here(l);

	return e != NULL && e->kind == kind ? e : NULL;
}

struct ww_episode *
ww_wu_automatic(const struct ww_marked_line *l, enum ww_episode_id kind)
{
	struct ww_episode *e =
	    ww_track_open(l->t, kind, (struct ww_slice){ 0 });

	return e != NULL && ww_slice_starts(ww_episode_note(e, "caller"),
					    WW_LIT("AutomaticUpdates"))
		   ? e
		   : NULL;
}

void
ww_wu_note(const struct ww_marked_line *l, struct ww_episode *e,
	   const char *name, struct ww_slice value)
{
	ww_track_note(l->t, e, name, value, l->record);
}

struct ww_episode *
ww_wu_begin(const struct ww_marked_line *l, enum ww_episode_id kind,
	    struct ww_slice key, struct ww_slice caller)
{
	struct ww_episode *e = ww_track_begin(l->t, kind, key, l->record);

	if (caller.len > 0)
		ww_wu_note(l, e, "caller", caller);
	return e;
}

struct ww_episode *
ww_wu_need(const struct ww_marked_line *l, enum ww_episode_id kind,
	   struct ww_slice key, struct ww_slice caller)
{
	struct ww_episode *e = ww_track_open(l->t, kind, key);

	if (e != NULL)
		return e;
	e = ww_track_need(l->t, kind, key, l->record);
	if (caller.len > 0)
		ww_wu_note(l, e, "caller", caller);
	return e;
}

/* What a person, a shutdown or another call stopped. */
static bool
is_cancelled(uint32_t code)
{
	return code == WW_WU_CANCELLED || code == WU_E_OPERATIONINPROGRESS ||
	       code == WU_E_INSTALL_NOT_ALLOWED || code == WU_E_SERVICE_STOP;
}

bool
ww_wu_failed(uint32_t code)
{
	/* What waits for the restart has been installed. */
	return code >> 31 != 0 && code != WU_E_UH_POSTREBOOTSTILLPENDING &&
	       !is_cancelled(code);
}

void
ww_wu_end(const struct ww_marked_line *l, struct ww_episode *e, uint32_t code)
{
	enum ww_outcome outcome = WW_OUTCOME_SUCCEEDED;

	if (is_cancelled(code))
		outcome = WW_OUTCOME_CANCELLED;
	else if (ww_wu_failed(code))
		outcome = WW_OUTCOME_FAILED;
	e->has_code = true;
	e->code = code;
	ww_track_end(l->t, e, outcome, l->record);
}

struct ww_slice
ww_wu_service(struct ww_slice guid)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(services); i++)
		if (ww_slice_casecmp(ww_slice_cstr(services[i].guid), guid) ==
		    0)
			return ww_slice_cstr(services[i].name);
	return guid;
}

struct ww_slice
ww_wu_title(struct ww_slice message)
{
	struct ww_slice s = ww_slice_behind(message, WW_LIT(": "));

	s = ww_slice_trim(ww_slice_behind(s, WW_LIT(": ")));
	if (s.len > 0 && s.p[s.len - 1] == '.')
		s.len--;
	return ww_utf8_cut(s, WW_WU_TITLE_MAX);
}
