#include "evidence/identity.h"

#include "base/compiler.h"
#include "evidence/common_names.h"

#include "base/banned.h"

/* A longer name is none. */
#define NAME_MAX_LEN 64
#define HOST_MAX_LEN 253

/* A shorter one of digits is none. */
#define NUMBER_MIN_LEN 5

/* How far before an address a word may stand that makes a version of it. */
#define VERSION_WITHIN 24

/* How far before a member its object may have opened. */
#define OBJECT_WITHIN 256

/* A text being looked through, and what was found in it. */
struct search {
	struct ww_slice text;
	size_t at; /* goes behind what was found */
	struct ww_identity *found;
	unsigned n;
};

/* Characters */

static char
peek(const struct search *s, size_t at)
{
	return at < s->text.len ? s->text.p[at] : '\0';
}

static bool
is_word_before(const struct search *s, size_t at)
{
	return at > 0 && ww_is_alnum(s->text.p[at - 1]);
}

static bool
is_separator(char c)
{
	return c == '\\' || c == '/';
}

static bool
is_host_char(char c)
{
	return ww_is_alnum(c) || c == '-' || c == '.' || c == '_';
}

static bool
is_account_char(char c)
{
	return is_host_char(c) || c == '$' || c == '+' ||
	       (unsigned char)c >= 0x80;
}

static bool
ends_name(char c)
{
	static const char ends[] = "\\/:*?\"<>|\r\n\t'()[],;=";

	return memchr(ends, c, sizeof(ends)) != NULL;
}

static size_t
run(const struct search *s, size_t at, bool (*belongs)(char), size_t most)
{
	size_t n = 0;

	while (n < most && at + n < s->text.len && belongs(s->text.p[at + n]))
		n++;
	return n;
}

static bool
starts_at(const struct search *s, size_t at, struct ww_slice word)
{
	return at <= s->text.len &&
	       ww_slice_casestarts(ww_slice_from(s->text, at), word);
}

/* Adding */

static bool
is_number(struct ww_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!ww_is_digit(s.p[i]) && s.p[i] != '.')
			return false;
	return s.len > 0;
}

/* A short number is a code, a size or a process before it is a name. */
static void
add(struct search *s, enum ww_identity_kind kind, size_t at, size_t len)
{
	struct ww_slice text = ww_slice_part(s->text, at, len);

	if (len == 0 || s->n == WW_IDENTITIES_AT_MAX ||
	    (len < NUMBER_MIN_LEN && is_number(text)))
		return;
	s->found[s->n++] = (struct ww_identity){
		.kind = kind,
		.text = text,
	};
}

static void
add_user(struct search *s, size_t at, size_t len)
{
	if (!ww_is_common_user(ww_slice_part(s->text, at, len)))
		add(s, WW_IDENTITY_USER, at, len);
}

static void
add_domain(struct search *s, size_t at, size_t len)
{
	struct ww_slice name = ww_slice_part(s->text, at, len);

	if (!ww_is_common_domain(name) && !ww_is_public_host(name))
		add(s, WW_IDENTITY_DOMAIN, at, len);
}

/* srv01, or srv01.contoso.local, which is of a domain. */
static void
add_host(struct search *s, size_t at, size_t len)
{
	struct ww_slice name = ww_slice_part(s->text, at, len);
	const char *dot = len == 0 ? NULL : memchr(name.p, '.', len);
	size_t label;

	if (ww_is_public_host(name))
		return;
	if (is_number(name)) {
		if (dot != NULL)
			add(s, WW_IDENTITY_ADDRESS, at, len);
		return;
	}
	label = dot == NULL ? len : (size_t)(dot - name.p);
	add(s, WW_IDENTITY_HOST, at, label);
	if (label + 1 < len)
		add_domain(s, at + label + 1, len - label - 1);
}

/* Forms: each looks whether it stands at s->at, and goes behind it. */

/* The name of a folder that is a person's, behind the separator at `at`. */
static bool
take_profile(struct search *s, size_t at)
{
	size_t n = 0, end;

	while (is_separator(peek(s, at)))
		at++;
	while (n < NAME_MAX_LEN && at + n < s->text.len &&
	       !ends_name(s->text.p[at + n]))
		n++;
	/* A blank is a part of it only inside a path. */
	end = at + n;
	if (!is_separator(peek(s, end)))
		n = run(s, at, is_account_char, n);
	if (n == 0)
		return false;
	add_user(s, at, n);
	s->at = at + n;
	return true;
}

static bool
form_profile(struct search *s)
{
	static const char *const folders[] = { "users",
					       "documents and settings",
					       "home" };
	char first = ww_fold(s->text.p[s->at]);

	for (size_t i = 0; i < WW_ARRAY_LEN(folders); i++) {
		struct ww_slice folder = ww_slice_cstr(folders[i]);

		if (folders[i][0] == first && !is_word_before(s, s->at) &&
		    starts_at(s, s->at, folder) &&
		    is_separator(peek(s, s->at + folder.len)))
			return take_profile(s, s->at + folder.len);
	}
	return false;
}

/* \\srv01\share, but not \\?\ and \\.\ */
static bool
form_unc(struct search *s)
{
	size_t at = s->at, n;

	if (peek(s, at) != '\\' || peek(s, at + 1) != '\\' ||
	    (at > 0 && (s->text.p[at - 1] == '\\' || s->text.p[at - 1] == ':')))
		return false;
	while (peek(s, at) == '\\')
		at++;
	n = run(s, at, is_host_char, HOST_MAX_LEN);
	if (n == 0 || !ww_is_alnum(peek(s, at)) || peek(s, at + n) != '\\')
		return false;
	add_host(s, at, n);
	s->at = at + n;
	return true;
}

static bool
form_url(struct search *s)
{
	size_t at = s->at + 3, n;

	if (!starts_at(s, s->at, WW_LIT("://")))
		return false;
	n = run(s, at, is_host_char, HOST_MAX_LEN);
	while (n > 0 && s->text.p[at + n - 1] == '.')
		n--;
	if (n == 0)
		return false;
	add_host(s, at, n);
	s->at = at + n;
	return true;
}

/* The end of a name that has a full stop and ends in letters; 0: none. */
static size_t
dotted_name(const struct search *s, size_t at)
{
	size_t n = run(s, at, is_host_char, HOST_MAX_LEN);
	struct ww_slice name;

	while (n > 0 && !ww_is_alnum(s->text.p[at + n - 1]))
		n--;
	name = ww_slice_part(s->text, at, n);
	if (n < 3 || !ww_is_alnum(name.p[0]) || !ww_is_alpha(name.p[n - 1]) ||
	    memchr(name.p, '.', n) == NULL)
		return 0;
	return n;
}

/* anna@contoso.com */
static bool
form_mail(struct search *s)
{
	size_t start = s->at, n;

	if (peek(s, s->at) != '@' || s->at == 0)
		return false;
	n = dotted_name(s, s->at + 1);
	while (start > 0 && s->at - start < NAME_MAX_LEN &&
	       is_account_char(s->text.p[start - 1]))
		start--;
	if (n == 0 || start == s->at)
		return false;
	add_user(s, start, s->at - start);
	add_domain(s, s->at + 1, n);
	s->at += 1 + n;
	return true;
}

static bool
is_sid_char(char c)
{
	return ww_is_digit(c) || c == '-';
}

/* Of an account of a computer or a domain, or of Entra. */
static bool
form_sid(struct search *s)
{
	size_t n;

	if (is_word_before(s, s->at) ||
	    (!starts_at(s, s->at, WW_LIT("S-1-5-21-")) &&
	     !starts_at(s, s->at, WW_LIT("S-1-12-1-"))))
		return false;
	n = 2 + run(s, s->at + 2, is_sid_char, HOST_MAX_LEN);
	add(s, WW_IDENTITY_SID, s->at, n);
	s->at += n;
	return true;
}

/* Whether a word shortly before says that it is a version. */
static bool
is_called_version(const struct search *s, size_t at)
{
	size_t from = at > VERSION_WITHIN ? at - VERSION_WITHIN : 0;
	struct ww_slice before = ww_slice_part(s->text, from, at - from);

	if (at > 0 && ww_fold(s->text.p[at - 1]) == 'v')
		return true;
	return ww_slice_casehas(before, WW_LIT("version")) ||
	       ww_slice_casehas(before, WW_LIT("build")) ||
	       ww_slice_casehas(before, WW_LIT("ver.")) ||
	       ww_slice_casehas(before, WW_LIT("driver"));
}

/* The length of four numbers up to 255 with full stops between; 0: none. */
static size_t
dotted_address(const struct search *s, size_t at)
{
	size_t n = 0;

	for (unsigned part = 0; part < 4; part++) {
		unsigned value = 0, digits = 0;

		if (part > 0 && peek(s, at + n++) != '.')
			return 0;
		for (; ww_is_digit(peek(s, at + n)) && digits < 4; digits++)
			value =
			    value * 10 + (unsigned)(s->text.p[at + n++] - '0');
		if (digits == 0 || digits > 3 || value > 255)
			return 0;
	}
	return n;
}

static bool
form_address(struct search *s)
{
	char before = s->at > 0 ? s->text.p[s->at - 1] : ' ';
	size_t n;

	if (!ww_is_digit(peek(s, s->at)) || ww_is_alnum(before) ||
	    before == '.' || before == '-' || before == '_' || before == '~')
		return false;
	n = dotted_address(s, s->at);
	if (n == 0 || ww_is_alnum(peek(s, s->at + n)) ||
	    (peek(s, s->at + n) == '.' &&
	     ww_is_digit(peek(s, s->at + n + 1))) ||
	    is_called_version(s, s->at))
		return false;
	if (!ww_is_common_address(ww_slice_part(s->text, s->at, n)))
		add(s, WW_IDENTITY_ADDRESS, s->at, n);
	s->at += n;
	return true;
}

static bool
is_address6_char(char c)
{
	return ww_hex_value(c) >= 0 || c == ':';
}

/* Seven colons, or two together and a digit: no time and no name of C++. */
static bool
form_address6(struct search *s)
{
	size_t n = run(s, s->at, is_address6_char, NAME_MAX_LEN);
	struct ww_slice run_of = ww_slice_part(s->text, s->at, n);
	unsigned colons = 0, digits = 0, twice = 0;

	if (is_word_before(s, s->at) || n < 4 ||
	    ww_is_alnum(peek(s, s->at + n)))
		return false;
	for (size_t i = 0; i < n; i++) {
		colons += run_of.p[i] == ':';
		digits += ww_is_digit(run_of.p[i]);
		twice += i > 0 && run_of.p[i] == ':' && run_of.p[i - 1] == ':';
	}
	if (digits == 0 || colons > 7 || (colons != 7 && twice != 1) ||
	    ww_hex_value(run_of.p[0]) < 0)
		return false;
	add(s, WW_IDENTITY_ADDRESS, s->at, n);
	s->at += n;
	return true;
}

/* Keys, and what their value is */

#define KEY(word, kind)                                        \
	{                                                      \
		{ word, sizeof(word) - 1 }, WW_IDENTITY_##kind \
	}

static const struct {
	struct ww_slice word;
	enum ww_identity_kind kind;
} keys[] = {
	KEY("UserName", USER),	     KEY("User Name", USER),
	KEY("User", USER),	     KEY("user_name", USER),
	KEY("Account", USER),	     KEY("AccountName", USER),
	KEY("Account Name", USER),   KEY("Utilisateur", USER),
	KEY("ComputerName", HOST),   KEY("Computer Name", HOST),
	KEY("Computer", HOST),	     KEY("computer_name", HOST),
	KEY("MachineName", HOST),    KEY("Machine Name", HOST),
	KEY("HostName", HOST),	     KEY("Host Name", HOST),
	KEY("host\"", HOST),	     KEY("DomainName", DOMAIN),
	KEY("Domain Name", DOMAIN),  KEY("Domain", DOMAIN),
	KEY("SerialNumber", SERIAL), KEY("Serial Number", SERIAL),
	KEY("TenantId", TENANT),     KEY("Tenant Id", TENANT),
	KEY("TenantName", TENANT),   KEY("Tenant", TENANT),
};

#undef KEY

/* Behind the key: blanks, = or :, blanks, a quote.  0: none of it. */
static size_t
value_at(const struct search *s, size_t at)
{
	static const char quotes[] = "\"'{[";

	while (peek(s, at) == ' ' || peek(s, at) == '\t' || peek(s, at) == '"')
		at++;
	if (peek(s, at) != '=' && peek(s, at) != ':')
		return 0;
	at++;
	while (peek(s, at) == ' ' || peek(s, at) == '\t')
		at++;
	if (peek(s, at) != '\0' && strchr(quotes, peek(s, at)) != NULL)
		at++;
	return at;
}

/* CONTOSO\anna, or anna alone. */
static void
add_account(struct search *s, size_t at, size_t n)
{
	size_t second = at + n + 1, m;

	if (ww_is_common_domain(ww_slice_part(s->text, at, n)))
		return;
	if (peek(s, at + n) != '\\') {
		add_user(s, at, n);
		return;
	}
	while (peek(s, second) == '\\')
		second++;
	m = run(s, second, is_account_char, NAME_MAX_LEN);
	add_domain(s, at, n);
	add_user(s, second, m);
	s->at = second + m;
}

static bool
take_value(struct search *s, enum ww_identity_kind kind, size_t at)
{
	size_t n = run(s, at, is_account_char, HOST_MAX_LEN);

	while (n > 0 && s->text.p[at + n - 1] == '.')
		n--;
	/* A path, a word of a sentence, a mail address: other forms. */
	if (n < 2 || peek(s, at + n) == ':' || peek(s, at + n) == '@')
		return false;
	s->at = at + n;
	switch (kind) {
	case WW_IDENTITY_USER:
		add_account(s, at, n);
		break;
	case WW_IDENTITY_HOST:
		add_host(s, at, n);
		break;
	case WW_IDENTITY_DOMAIN:
		add_domain(s, at, n);
		break;
	default:
		add(s, kind, at, n);
	}
	return true;
}

static bool
form_key(struct search *s)
{
	char first = ww_fold(peek(s, s->at));

	for (size_t i = 0; i < WW_ARRAY_LEN(keys); i++) {
		struct ww_slice key = keys[i].word;
		size_t at;

		if (ww_fold(key.p[0]) != first || !starts_at(s, s->at, key))
			continue;
		at = value_at(s, s->at + key.len);
		if (at > 0 && take_value(s, keys[i].kind, at))
			return true;
	}
	return false;
}

/* Where the object opened in which the byte at `at` stands; 0: not near. */
static size_t
object_at(const struct search *s, size_t at)
{
	size_t end = at > OBJECT_WITHIN ? at - OBJECT_WITHIN : 0;

	while (at-- > end) {
		if (s->text.p[at] == '{')
			return at;
		if (s->text.p[at] == '}')
			break;
	}
	return 0;
}

/* "user":{"domain":"CONTOSO","name":"anna"} */
static bool
form_member(struct search *s)
{
	const struct ww_slice member = WW_LIT("name\":\"");
	const struct ww_slice user = WW_LIT("\"user\":");
	size_t value = s->at + member.len, object;

	if (!starts_at(s, s->at, member))
		return false;
	/* Both words are as long as each other. */
	object = object_at(s, s->at);
	if (object < user.len)
		return false;
	if (starts_at(s, object - user.len, user))
		return take_value(s, WW_IDENTITY_USER, value);
	return starts_at(s, object - user.len, WW_LIT("\"host\":")) &&
	       take_value(s, WW_IDENTITY_HOST, value);
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Whether a word begins here, or one of those that make up a camel's. */
static bool
is_begin(const struct search *s)
{
	char before = s->at > 0 ? s->text.p[s->at - 1] : ' ';

	return !ww_is_alnum(before) ||
	       (is_lower(before) && !is_lower(s->text.p[s->at]));
}

/* The forms that may begin with the character at hand. */
static void
try_forms(struct search *s)
{
	char c = s->text.p[s->at];

	if (c == '\\')
		form_unc(s);
	else if (c == ':')
		form_url(s);
	else if (c == '@')
		form_mail(s);
	else if (ww_is_digit(c) && is_begin(s))
		(void)(form_address(s) || form_address6(s));
	else if (ww_is_alpha(c) && is_begin(s))
		(void)(form_profile(s) || form_sid(s) || form_address6(s) ||
		       form_member(s) || form_key(s));
}

unsigned
ww_identity_next(struct ww_slice text, size_t *at,
		 struct ww_identity ret[WW_IDENTITIES_AT_MAX])
{
	struct search s = { .text = text, .at = *at, .found = ret };

	while (s.at < text.len && s.n == 0) {
		size_t start = s.at;

		try_forms(&s);
		s.at += s.at == start;
	}
	*at = s.at;
	return s.n;
}
