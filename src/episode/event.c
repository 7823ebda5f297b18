/*
 * What events of Windows' own event logs state as an outcome: of updates,
 * packages, products and services.  Exports put the newest or the oldest event
 * first; each has its time.
 *
 * Data that the event names is preferred to its message, which is in the
 * language of the machine that wrote it out.  Form: see input/events.h.
 */
#include "evidence/event.h"
#include "base/utf8.h"
#include "episode/trackers.h"
#include "episode/wu.h"

#include "base/banned.h"

/* A power of two.  Services that share a place forget each other. */
#define SERVICES_MAX 256

/* ERROR_INSTALL_USEREXIT, ERROR_INSTALL_SUSPEND */
#define MSI_CANCELLED 1602u
#define MSI_SUSPENDED 1604u

enum {
	INSTALLED,
	NOT_INSTALLED,
	NOT_SCANNED,
	SCANNED,
	NOT_DOWNLOADED,
	DOWNLOADED,
	RUN,
	NOT_RUN,
	CHANGED,
	NOT_CHANGED,
	PRODUCT,
	NOT_STARTED,
	NOT_DEPENDED,
	SERVICE_ENDED,
	OWN_ERROR,
	RECOVERY,
	SERVICE_STATE,
};

#define EVENT(id, provider) "^Event ID " id " of " provider ": "
#define UPDATE(id)	    EVENT(id, "Microsoft-Windows-WindowsUpdateClient")
#define WUSA(id)	    EVENT(id, "Microsoft-Windows-WUSA")
#define SERVICING(id)	    EVENT(id, "Microsoft-Windows-Servicing")
#define MSI(id)		    EVENT(id, "MsiInstaller")
#define SERVICE(id)	    EVENT(id, "Service Control Manager")

static const struct ww_mark marks[] = {
	{ INSTALLED, UPDATE("19") },
	{ NOT_INSTALLED, UPDATE("20") },
	{ NOT_SCANNED, UPDATE("25") },
	{ SCANNED, UPDATE("26") },
	{ NOT_DOWNLOADED, UPDATE("31") },
	{ DOWNLOADED, UPDATE("41") },
	{ RUN, WUSA("2") },
	{ NOT_RUN, WUSA("3") },
	{ CHANGED, SERVICING("2") },
	{ NOT_CHANGED, SERVICING("3") },
	{ PRODUCT, MSI("1033") },
	{ PRODUCT, MSI("1034") },
	{ PRODUCT, MSI("1035") },
	{ NOT_STARTED, SERVICE("7000") },
	{ NOT_DEPENDED, SERVICE("7001") },
	{ SERVICE_ENDED, SERVICE("7022") },
	{ NOT_STARTED, SERVICE("7023") },
	{ OWN_ERROR, SERVICE("7024") },
	{ RECOVERY, SERVICE("7031") },
	{ SERVICE_ENDED, SERVICE("7034") },
	{ SERVICE_STATE, SERVICE("7036") },
};

struct service {
	uint64_t name; /* a hash, odd; 0: free */
	bool failed, ran;
	ww_time running; /* when it last ran */
};

struct state {
	struct service services[SERVICES_MAX];
};

/* An event at hand: its message or its data, or both. */
struct event {
	const struct ww_marked_line *l;
	struct ww_told_event told;
};

static struct event
event_of(const struct ww_marked_line *l)
{
	struct event e = { .l = l };

	/* Its mark says that it is one. */
	(void)ww_told_event_read(l->record->text, &e.told);
	return e;
}

/* Data */

static struct ww_slice
field(const struct event *e, struct ww_slice name)
{
	return ww_told_event_field(&e->told, name);
}

static bool
has_data(const struct event *e)
{
	return ww_told_event_has_fields(&e->told);
}

/* %%1053: the number of a message of Windows. */
static bool
message_number(struct ww_slice value, uint32_t *ret)
{
	if (!ww_slice_starts(value, WW_LIT("%%")))
		return ww_track_code(value, ret);
	value = ww_slice_from(value, 2);
	/* Ten digits are an HRESULT in decimal: %%2147942414. */
	if (value.len == 10)
		return ww_track_code(value, ret);
	*ret = ww_track_number(value);
	return *ret != 0;
}

/* The first number of the message that is written as codes are. */
static bool
code_in(struct ww_slice message, uint32_t *ret)
{
	size_t at = ww_slice_casefind(message, WW_LIT("0x"));

	return at < message.len && ww_wu_hex(ww_slice_from(message, at), ret);
}

/* The code of that field, or of the message. */
static bool
code_of(const struct event *e, struct ww_slice name, uint32_t *ret)
{
	struct ww_slice value = field(e, name);

	return value.len > 0 ? message_number(value, ret)
			     : code_in(e->told.text, ret);
}

/* Episodes: each event is one. */

static struct ww_episode *
begin(const struct event *e, enum ww_episode_id kind, struct ww_slice subject)
{
	struct ww_slice none = { 0 };
	struct ww_episode *episode =
	    ww_track_begin(e->l->t, kind, none, e->l->record);

	if (subject.len > 0)
		ww_track_subject(e->l->t, episode,
				 ww_utf8_cut(subject, WW_WU_TITLE_MAX));
	return episode;
}

static void
succeed(const struct event *e, enum ww_episode_id kind, struct ww_slice subject)
{
	ww_track_end(e->l->t, begin(e, kind, subject), WW_OUTCOME_SUCCEEDED,
		     e->l->record);
}

/* It has failed, and the code is what it says of that, if anything. */
static void
fail(const struct event *e, enum ww_episode_id kind, struct ww_slice subject,
     bool known, uint32_t code)
{
	struct ww_episode *episode = begin(e, kind, subject);

	episode->has_code = known;
	episode->code = known ? code : 0;
	ww_track_end(e->l->t, episode, WW_OUTCOME_FAILED, e->l->record);
}

/* Updates */

static void
fail_update(const struct event *e, enum ww_episode_id kind,
	    struct ww_slice subject)
{
	uint32_t code;

	if (code_of(e, WW_LIT("errorCode"), &code))
		ww_wu_end(e->l, begin(e, kind, subject), code);
	else
		fail(e, kind, subject, false, 0);
}

static struct ww_slice
title_of(const struct event *e)
{
	struct ww_slice title = field(e, WW_LIT("updateTitle"));

	return title.len > 0 || has_data(e) ? title : ww_wu_title(e->told.text);
}

static void
on_installed(const struct ww_marked_line *l)
{
	struct event e = event_of(l);

	succeed(&e, WW_EPISODE_WU_INSTALL, title_of(&e));
}

static void
on_not_installed(const struct ww_marked_line *l)
{
	struct event e = event_of(l);

	fail_update(&e, WW_EPISODE_WU_INSTALL, title_of(&e));
}

/* Messages of downloads and scans name no update. */
static void
on_downloaded(const struct ww_marked_line *l)
{
	struct event e = event_of(l);

	succeed(&e, WW_EPISODE_WU_DOWNLOAD, field(&e, WW_LIT("updateTitle")));
}

static void
on_not_downloaded(const struct ww_marked_line *l)
{
	struct event e = event_of(l);

	fail_update(&e, WW_EPISODE_WU_DOWNLOAD,
		    field(&e, WW_LIT("updateTitle")));
}

static void
on_scanned(const struct ww_marked_line *l)
{
	struct event e = event_of(l);

	succeed(&e, WW_EPISODE_WU_SCAN, (struct ww_slice){ 0 });
}

static void
on_not_scanned(const struct ww_marked_line *l)
{
	struct event e = event_of(l);

	fail_update(&e, WW_EPISODE_WU_SCAN, (struct ww_slice){ 0 });
}

/* Updates that somebody installs by hand or script: wusa.exe */

struct told_update {
	struct ww_slice title, code;
};

/*
 * Windows update "the title" could not be installed because of error
 * 2147942405 "Access is denied." (Command line: …), the title perhaps
 * missing: the first number outside of quotes, and what is quoted first and
 * before it.
 */
static struct told_update
update_in(struct ww_slice s)
{
	struct told_update ret = { .code = { 0 } };
	size_t quote = s.len, n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '"' && quote < s.len) {
			if (ret.title.p == NULL)
				ret.title =
				    ww_slice_part(s, quote + 1, i - quote - 1);
			quote = s.len;
		} else if (s.p[i] == '"') {
			quote = i;
		}
		n = quote == s.len && ww_is_digit(s.p[i]) ? n + 1 : 0;
		if (n > 0 && i + 1 < s.len && s.p[i + 1] == ' ') {
			ret.code = ww_slice_part(s, i + 1 - n, n);
			break;
		}
	}
	return ret;
}

static struct told_update
told_update(const struct event *e)
{
	if (!has_data(e))
		return update_in(e->told.text);
	return (struct told_update){ field(e, WW_LIT("UpdateTitle")),
				     field(e, WW_LIT("ErrorCode")) };
}

static void
on_run(const struct ww_marked_line *l)
{
	struct event e = event_of(l);

	succeed(&e, WW_EPISODE_WU_INSTALL, told_update(&e).title);
}

static void
on_not_run(const struct ww_marked_line *l)
{
	struct event e = event_of(l);
	struct told_update update = told_update(&e);
	uint32_t code;

	if (ww_track_code(update.code, &code))
		ww_wu_end(l, begin(&e, WW_EPISODE_WU_INSTALL, update.title),
			  code);
	else
		fail(&e, WW_EPISODE_WU_INSTALL, update.title, false, 0);
}

/* Packages */

/* The first word with a digit: KB5031455, in whatever language. */
static struct ww_slice
numbered_word(struct ww_slice s)
{
	size_t start = 0;
	bool digit = false;

	for (size_t i = 0; i <= s.len; i++) {
		if (i < s.len && s.p[i] != ' ') {
			digit = digit || ww_is_digit(s.p[i]);
			continue;
		}
		if (digit)
			return ww_slice_part(s, start, i - start);
		start = i + 1;
	}
	return (struct ww_slice){ 0 };
}

static struct ww_slice
package_of(const struct event *e)
{
	struct ww_slice id = field(e, WW_LIT("PackageIdentifier"));

	return id.len > 0 ? id : numbered_word(e->told.text);
}

static void
on_changed(const struct ww_marked_line *l)
{
	struct event e = event_of(l);

	succeed(&e, WW_EPISODE_CBS_SESSION, package_of(&e));
}

static void
on_not_changed(const struct ww_marked_line *l)
{
	struct event e = event_of(l);
	uint32_t code = 0;
	bool known = code_of(&e, WW_LIT("ErrorCode"), &code) && code != 0;

	fail(&e, WW_EPISODE_CBS_SESSION, package_of(&e), known, code);
}

/* Products of Windows Installer */

/* The number that the message ends with. */
static bool
last_number(struct ww_slice s, uint32_t *ret)
{
	size_t start;

	while (s.len > 0 && !ww_is_digit(s.p[s.len - 1]))
		s.len--;
	for (start = s.len; start > 0 && ww_is_digit(s.p[start - 1]); start--)
		continue;
	*ret = ww_track_number(ww_slice_from(s, start));
	return start < s.len;
}

/* … Product Name: Contoso Agent. Product Version: 1.2. … */
static struct ww_slice
named_product(struct ww_slice message)
{
	struct ww_slice s = ww_slice_behind(message, WW_LIT(": "));

	return ww_slice_trim(ww_wu_before(s, ". "));
}

static void
on_product(const struct ww_marked_line *l)
{
	struct event e = event_of(l);
	bool data = has_data(&e), known;
	struct ww_slice product =
	    data ? field(&e, WW_LIT("param1")) : named_product(e.told.text);
	struct ww_episode *episode;
	uint32_t code;

	known = data ? ww_track_code(field(&e, WW_LIT("param4")), &code)
		     : last_number(e.told.text, &code);
	if (!known || product.len == 0)
		return;
	episode = begin(&e, WW_EPISODE_MSI, product);
	if (code == MSI_CANCELLED)
		ww_track_end(l->t, episode, WW_OUTCOME_CANCELLED, l->record);
	else if (code == MSI_SUSPENDED)
		ww_track_end(l->t, episode, WW_OUTCOME_OPEN, l->record);
	else
		ww_track_end_code(l->t, episode, code, l->record);
}

/* Services */

/* The Contoso Service service terminated …: letters count. */
static struct ww_slice
named_service(struct ww_slice message)
{
	const struct ww_slice the = WW_LIT("The "), is = WW_LIT(" service ");

	if (!ww_slice_starts(message, the))
		return (struct ww_slice){ 0 };
	message = ww_slice_from(message, the.len);
	for (size_t i = 0; i < message.len; i++)
		if (ww_slice_starts(ww_slice_from(message, i), is))
			return ww_slice_of(message.p, i);
	return (struct ww_slice){ 0 };
}

static struct ww_slice
service_of(const struct event *e)
{
	return has_data(e) ? field(e, WW_LIT("param1"))
			   : named_service(e->told.text);
}

static struct service *
place_of(const struct event *e, struct ww_slice name)
{
	struct state *state = e->l->state;
	uint64_t hash = UINT64_C(0xCBF29CE484222325);
	struct service *place;

	/* FNV-1a */
	for (size_t i = 0; i < name.len; i++)
		hash =
		    (hash ^ (unsigned char)name.p[i]) * UINT64_C(0x100000001B3);
	place = &state->services[(hash >> 32) & (SERVICES_MAX - 1)];
	if (place->name != (hash | 1))
		*place = (struct service){ .name = hash | 1 };
	return place;
}

/* What ran later is on its feet again, where the newest event stands first. */
static bool
is_running(const struct event *e, const struct service *service)
{
	return service->ran && e->l->record->time != WW_NO_TIME &&
	       service->running > e->l->record->time;
}

static void
fail_service(const struct event *e, bool known, uint32_t code)
{
	struct ww_slice name = service_of(e);
	struct service *service = place_of(e, name);

	if (name.len == 0 || is_running(e, service))
		return;
	service->failed = true;
	fail(e, WW_EPISODE_SERVICE, name, known, code);
}

/* How English messages, which have no number, say the usual errors. */
static const struct {
	const char *says;
	uint32_t code;
} reasons[] = {
	{ " cannot find the file ", 2 },
	{ " cannot find the path ", 3 },
	{ "Access is denied", 5 },
	{ " module could not be found", 126 },
	{ " in a timely fashion", 1053 },
	{ " it is disabled or ", 1058 },
	{ " process terminated unexpectedly", 1067 },
	{ "The dependency service ", 1068 },
	{ " a logon failure", 1069 },
};

static bool
reason_in(struct ww_slice message, uint32_t *ret)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(reasons); i++)
		if (ww_slice_casehas(message, ww_slice_cstr(reasons[i].says))) {
			*ret = reasons[i].code;
			return true;
		}
	return false;
}

static void
fail_because(const struct event *e, struct ww_slice name)
{
	uint32_t code = 0;
	bool known = has_data(e) ? message_number(field(e, name), &code)
				 : reason_in(e->told.text, &code);

	fail_service(e, known && code != 0, code);
}

static void
on_not_started(const struct ww_marked_line *l)
{
	struct event e = event_of(l);

	fail_because(&e, WW_LIT("param2"));
}

/* The service that it depends on is the second. */
static void
on_not_depended(const struct ww_marked_line *l)
{
	struct event e = event_of(l);

	fail_because(&e, WW_LIT("param3"));
}

/* A number of its own says something here only if it is an HRESULT. */
static void
on_own_error(const struct ww_marked_line *l)
{
	struct event e = event_of(l);
	uint32_t code = 0;
	bool known = code_of(&e, WW_LIT("param2"), &code);

	fail_service(&e, known && code >> 31 != 0, code);
}

static void
on_service_ended(const struct ww_marked_line *l)
{
	struct event e = event_of(l);

	fail_service(&e, false, 0);
}

/*
 * It ended unexpectedly, and something is done about it at once: most often
 * it is started again, and nothing says whether that went well.
 */
static void
on_recovery(const struct ww_marked_line *l)
{
	struct event e = event_of(l);
	struct ww_slice name = service_of(&e);
	struct service *service = place_of(&e, name);

	if (name.len == 0 || is_running(&e, service))
		return;
	service->failed = true;
	ww_track_end(l->t, begin(&e, WW_EPISODE_SERVICE, name), WW_OUTCOME_OPEN,
		     l->record);
}

/* In data, the state stands behind the service's key: …/4, in UTF-16. */
static bool
says_running(const struct event *e)
{
	return ww_slice_casehas(e->told.text,
				WW_LIT(" entered the running state")) ||
	       ww_slice_casehas(field(e, WW_LIT("Binary")), WW_LIT("2F003400"));
}

static void
on_service_state(const struct ww_marked_line *l)
{
	struct event e = event_of(l);
	struct ww_slice name = service_of(&e);
	struct service *service = place_of(&e, name);

	if (name.len == 0 || !says_running(&e))
		return;
	service->ran = true;
	service->running = l->record->time;
	if (service->failed)
		succeed(&e, WW_EPISODE_SERVICE, name);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[INSTALLED] = on_installed,
	[NOT_INSTALLED] = on_not_installed,
	[NOT_SCANNED] = on_not_scanned,
	[SCANNED] = on_scanned,
	[NOT_DOWNLOADED] = on_not_downloaded,
	[DOWNLOADED] = on_downloaded,
	[RUN] = on_run,
	[NOT_RUN] = on_not_run,
	[CHANGED] = on_changed,
	[NOT_CHANGED] = on_not_changed,
	[PRODUCT] = on_product,
	[NOT_STARTED] = on_not_started,
	[NOT_DEPENDED] = on_not_depended,
	[SERVICE_ENDED] = on_service_ended,
	[OWN_ERROR] = on_own_error,
	[RECOVERY] = on_recovery,
	[SERVICE_STATE] = on_service_state,
};

const struct ww_tracker ww_tracker_event = {
	.dialects = { WW_DIALECT_EVENTS },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.by_time = true,
	.on = actions,
};
