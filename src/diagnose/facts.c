#include "diagnose/facts.h"

#include "evidence/winhttp_proxy.h"

#include "base/banned.h"

static const struct ww_note *
fact_of(const struct ww_analysis *file, const char *name)
{
	const struct ww_note *n = file->facts;

	while (n != NULL && !ww_slice_eq(n->name, ww_slice_cstr(name)))
		n = n->next;
	return n;
}

/* http://wsus01.contoso.local:8530/x: the name between; empty if none is. */
static struct ww_slice
host_of(struct ww_slice url)
{
	size_t start = 0, end;

	while (start + 3 <= url.len &&
	       !ww_slice_starts(ww_slice_from(url, start), WW_LIT("://")))
		start++;
	if (start + 3 > url.len)
		return (struct ww_slice){ 0 };
	start += 3;
	for (end = start; end < url.len; end++)
		if (url.p[end] == ':' || url.p[end] == '/')
			break;
	return ww_slice_part(url, start, end - start);
}

const struct ww_note *
ww_other_server(const struct ww_concluding *k, const struct ww_finding *f)
{
	struct ww_slice asked;

	if (f->told.episode == NULL ||
	    f->told.episode->kind != WW_EPISODE_WU_SCAN)
		return NULL;
	asked = host_of(ww_episode_note(f->told.episode, "server"));
	for (size_t i = 0; i < k->n_files && asked.len > 0; i++) {
		const struct ww_analysis *file = k->files[i];
		const struct ww_note *named = fact_of(file, "update-server");
		const struct ww_note *used = fact_of(file, "use-update-server");

		if (named == NULL || used == NULL ||
		    !ww_slice_eq(used->value, WW_LIT("1")) ||
		    !ww_slice_eq(file->machine, f->told.file->machine))
			continue;
		if (ww_slice_casecmp(host_of(named->value), asked) != 0)
			return named;
	}
	return NULL;
}

/* As it is compared: a slash at the end is nothing. */
static struct ww_slice
bare(struct ww_slice url)
{
	url = ww_slice_trim(url);
	while (url.len > 0 && url.p[url.len - 1] == '/')
		url.len--;
	return url;
}

/* http://proxy:8080/ as proxy:8080 */
static struct ww_slice
bare_proxy(struct ww_slice proxy)
{
	struct ww_slice behind = ww_slice_behind(proxy, WW_LIT("://"));

	return bare(behind.p == NULL ? proxy : behind);
}

/* Whether clients of that machine go another way than the probe went. */
static bool
is_other_proxy(const struct ww_analysis *file, const struct ww_note *setting,
	       struct ww_slice address, struct ww_slice proxy)
{
	const struct ww_note *list = fact_of(file, "proxy-bypass");
	bool tls = ww_slice_casestarts(address, WW_LIT("https:"));
	struct ww_slice theirs =
	    ww_winhttp_proxy(setting->value,
			     list == NULL ? (struct ww_slice){ 0 }
					  : list->value,
			     host_of(address), tls);

	return ww_slice_casecmp(bare_proxy(theirs), bare_proxy(proxy)) != 0;
}

/* Of the update policy, where it is in force. */
static void
look_at_policy(const struct ww_analysis *file, struct ww_slice address,
	       struct ww_beside *ret)
{
	const struct ww_note *used = fact_of(file, "use-update-server");
	const struct ww_note *server = fact_of(file, "update-server");
	const struct ww_note *alternate = fact_of(file, "alternate-server");

	if (used == NULL || !ww_slice_eq(used->value, WW_LIT("1")))
		return;
	if (ret->server == NULL && server != NULL &&
	    ww_slice_casecmp(bare(server->value), bare(address)) != 0)
		ret->server = server;
	if (ret->alternate == NULL && alternate != NULL &&
	    bare(alternate->value).len > 0)
		ret->alternate = alternate;
}

struct ww_beside
ww_settings_beside(struct ww_analysis *const *files, size_t n,
		   struct ww_slice address, struct ww_slice proxy)
{
	struct ww_beside ret = { .server = NULL };

	for (size_t i = 0; i < n; i++) {
		const struct ww_note *setting = fact_of(files[i], "proxy");

		look_at_policy(files[i], address, &ret);
		if (ret.proxy == NULL && setting != NULL &&
		    is_other_proxy(files[i], setting, address, proxy))
			ret.proxy = setting;
	}
	return ret;
}

/* KB5044033, the first in the text; empty where it has none. */
static struct ww_slice
update_number(struct ww_slice text)
{
	const struct ww_slice mark = WW_LIT("KB");
	struct ww_slice at = ww_slice_from(text, ww_slice_casefind(text, mark));
	size_t n = mark.len;

	while (n < at.len && ww_is_digit(at.p[n]))
		n++;
	return n > mark.len ? ww_slice_of(at.p, n) : (struct ww_slice){ 0 };
}

/* Whether the number stands among those that blanks part. */
static bool
is_listed(struct ww_slice list, struct ww_slice number)
{
	struct ww_slice word;

	while ((word = ww_slice_word(&list)).len > 0)
		if (ww_slice_casecmp(word, number) == 0)
			return true;
	return false;
}

/* Whether such a list of the group's machine has the number. */
static bool
is_installed(const struct ww_concluding *k, struct ww_slice machine,
	     struct ww_slice number)
{
	for (size_t i = 0; i < k->n_files; i++) {
		const struct ww_note *list =
		    fact_of(k->files[i], "installed-updates");

		if (list != NULL && is_listed(list->value, number) &&
		    ww_slice_eq(k->files[i]->machine, machine))
			return true;
	}
	return false;
}

/* The update that the group's episodes install, if it is installed. */
static struct ww_slice
listed_in(const struct ww_concluding *k, const struct ww_group *group)
{
	struct ww_slice number = { 0 };

	if (group != NULL && group->kind == WW_EPISODE_WU_INSTALL)
		number = update_number(group->subject);
	return number.len > 0 && is_installed(k, group->machine, number)
		   ? number
		   : (struct ww_slice){ 0 };
}

struct ww_slice
ww_listed_update(const struct ww_concluding *k, const struct ww_finding *f)
{
	struct ww_slice listed = listed_in(k, f->group);
	const struct ww_echo *echo = f->echoes;

	for (; echo != NULL && listed.len == 0; echo = echo->next)
		listed = listed_in(k, echo->group);
	return listed;
}
