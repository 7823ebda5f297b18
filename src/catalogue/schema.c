/*
 * The tables behind format.h: which fields each record has, and the closed
 * lists of words.  Used by the compiler to read knowledge/ and by the reader
 * to check a file.
 */
#include "catalogue/format.h"

#include "base/compiler.h"

#define FIELD(section, name, kind_, key_, needed_, target_) \
	{ .key = (key_),                                    \
	  .kind = WW_KIND_##kind_,                          \
	  .needed = (needed_),                              \
	  .target = (target_),                              \
	  .at = WW_##section##_##name },
#define X(name)                                                              \
	static const struct ww_field name##_fields[] = { WW_##name##_FIELDS( \
	    FIELD) };
WW_RECORD_SECTIONS(X)
#undef X

static const struct ww_schema schemas[] = {
#define X(name_)                                                     \
	[WW_S_##name_] = { .name = #name_,                           \
			   .fields = name_##_fields,                 \
			   .n_fields = WW_ARRAY_LEN(name_##_fields), \
			   .width = WW_##name_##_WIDTH },
	WW_RECORD_SECTIONS(X)
#undef X
};

static const char *const space_words[] = {
	"hresult",     "ntstatus",	  "win32", "bugcheck", "jet",
	"setup-phase", "setup-operation", "event", "api",      NULL
};
static const char *const severity_words[] = { "any",	 "success", "info",
					      "warning", "error",   NULL };
static const char *const shell_words[] = { "none",   "powershell", "cmd", "gui",
					   "windbg", "winwhy",	   NULL };
static const char *const side_words[] = { "client", "server", "network", "any",
					  NULL };
static const char *const no_yes_words[] = { "no", "yes", NULL };
static const char *const risk_words[] = { "none", "low", "medium", "high",
					  NULL };
static const char *const certainty_words[] = { "documented", "observed",
					       "likely", NULL };
static const char *const likelihood_words[] = { "usual", "common", "occasional",
						"rare", NULL };
static const char *const match_words[] = { "text",  "p1",	 "p2",
					   "p3",    "p4",	 "extend",
					   "phase", "operation", "stops",
					   NULL };
static const char *const topic_words[] = { "cause", "carrier", "sum", "wrapper",
					   "pair",  "stop",    NULL };

static const char *const dialect_words[] = {
	"text",	     "wu",	 "wu-classic",	 "wu-undecoded", "cbs",
	"checksur",  "dism",	 "dism-console", "sfc-console",	 "msi",
	"reporting", "wsus",	 "wsus-change",	 "iis",		 "httperr",
	"setup",     "registry", "setupdiag",	 "compat",	 "status",
	"cmtrace",   "intune",	 "ccm-server",	 "setupapi",	 "netsetup",
	"pfro",	     "mrt",	 "firewall",	 "events",	 "rsop",
	"mplog",     "dolog",	 "dump",	 "wer",		 "uso",
	"waasmedic", "trace",	 "probe",	 NULL,
};
static const char *const episode_words[] = {
	"wu-scan",
	"wu-download",
	"wu-install",
	"cbs-session",
	"store-check",
	"sfc",
	"dism",
	"msi",
	"wsus-service",
	"web-service",
	"setup",
	"sysprep",
	"setup-scan",
	"update-policy",
	"ccm-app",
	"intune-app",
	"task-sequence",
	"ccm-setup",
	"device-install",
	"domain-join",
	"computer-name",
	"pending-renames",
	"malware-removal",
	"service",
	"stop",
	"group-policy",
	"malware-detection",
	"do-download",
	"app-crash",
	"logon",
	"shutdown",
	"app-hang",
	"live-event",
	"wsus-probe",
	NULL,
};
static const char *const says_words[] = { "cause", "harmless", "context",
					  NULL };
static const char *const within_words[] = { "episode", "thread", "records",
					    "seconds", NULL };

static const char *const parameter_words[] = { "number", "ntstatus", NULL };

static const char *const code_kind_words[] = {
	"none",	     "hresult", "ntstatus", "win32", "stop", "kerberos",
	"tls-alert", "jet",	"wmi",	    "msi",   NULL,
};
static const char *const base_words[] = { "none",    "decimal", "hex",	 "bare",
					  "message", "text",	"bytes", NULL };
static const char *const weight_words[] = { "outcome", "context", "noise",
					    NULL };

static const char *const client_words[] = { "windows-8", "windows-7", NULL };

static const char *const *const word_lists[] = {
	[WW_WORDS_SPACE] = space_words,
	[WW_WORDS_SEVERITY] = severity_words,
	[WW_WORDS_SHELL] = shell_words,
	[WW_WORDS_SIDE] = side_words,
	[WW_WORDS_NO_YES] = no_yes_words,
	[WW_WORDS_RISK] = risk_words,
	[WW_WORDS_CERTAINTY] = certainty_words,
	[WW_WORDS_LIKELIHOOD] = likelihood_words,
	[WW_WORDS_MATCH] = match_words,
	[WW_WORDS_TOPIC] = topic_words,
	[WW_WORDS_DIALECT] = dialect_words,
	[WW_WORDS_EPISODE] = episode_words,
	[WW_WORDS_SAYS] = says_words,
	[WW_WORDS_WITHIN] = within_words,
	[WW_WORDS_PARAMETER] = parameter_words,
	[WW_WORDS_CODE_KIND] = code_kind_words,
	[WW_WORDS_BASE] = base_words,
	[WW_WORDS_WEIGHT] = weight_words,
	[WW_WORDS_CLIENT] = client_words,
};

const char *const ww_code_flags[] = { "success",    "carrier",	 "sum",
				      "deprecated", "ambiguous", NULL };

const struct ww_schema *
ww_schema_of(enum ww_section section)
{
	return section < WW_FIRST_RECORD_SECTION ? NULL : &schemas[section];
}

const char *const *
ww_words_of(enum ww_words list)
{
	return word_lists[list];
}

size_t
ww_section_width(enum ww_section section, unsigned n_langs)
{
	switch (section) {
	case WW_S_HEAP:
		return 1;
	case WW_S_TEXT:
		return sizeof(uint32_t) * n_langs;
	case WW_S_PILOT:
		return sizeof(uint16_t);
	case WW_S_NAME:
		return WW_NAME_END;
	case WW_S_ID:
	case WW_S_POSTING:
		return sizeof(uint32_t);
	default:
		return sizeof(uint32_t) * schemas[section].width;
	}
}
