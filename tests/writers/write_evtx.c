/*
 * Writes the event logs that tests and benchmarks read:
 *
 *	write_evtx NAME FILE		one of the logs below
 *	write_evtx FILE MEGABYTES KIND	a large one: system, application,
 *security
 */
#include "evtx_writer.h"

/* 2026-11-19 08:00:00 UTC as FILETIME. */
#define START	  UINT64_C(134395488000000000)
#define SECOND	  UINT64_C(10000000)

#define WU	  "Microsoft-Windows-WindowsUpdateClient"
#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const char update_failed[] =
    "<EventData><Data Name='errorCode'>%0</Data>"
    "<Data Name='updateTitle'>%1</Data><Data Name='updateGuid'>%2</Data>"
    "<Data Name='updateRevisionNumber'>%3</Data>"
    "<Data Name='serviceGuid'>%4</Data></EventData>";
static const char update_done[] =
    "<EventData><Data Name='updateTitle'>%0</Data>"
    "<Data Name='updateGuid'>%1</Data>"
    "<Data Name='updateRevisionNumber'>%2</Data>"
    "<Data Name='serviceGuid'>%3</Data></EventData>";
static const char classic[] =
    "<EventData><Data>%0</Data><Binary>%1?</Binary></EventData>";
static const char two_params[] = "<EventData><Data Name='param1'>%0</Data>"
				 "<Data Name='param2'>%1</Data>"
				 "<Binary>%2?</Binary></EventData>";
static const char package_changed[] =
    "<UserData><CbsPackageChangeState><PackageIdentifier>%0"
    "</PackageIdentifier><IntendedPackageState>%1</IntendedPackageState>"
    "<ErrorCode>%2</ErrorCode><Client>%3</Client></CbsPackageChangeState>"
    "</UserData>";
static const char logon[] = "<EventData><Data Name='SubjectUserSid'>%0</Data>"
			    "<Data Name='SubjectUserName'>%1</Data>"
			    "<Data Name='SubjectDomainName'>%2</Data>"
			    "<Data Name='SubjectLogonId'>%3</Data>"
			    "<Data Name='TargetUserSid'>%4</Data>"
			    "<Data Name='TargetUserName'>%5</Data>"
			    "<Data Name='TargetDomainName'>%6</Data>"
			    "<Data Name='TargetLogonId'>%7</Data>"
			    "<Data Name='LogonType'>%8</Data>"
			    "<Data Name='LogonProcessName'>%9</Data>"
			    "<Data Name='AuthenticationPackageName'>%10</Data>"
			    "<Data Name='WorkstationName'>%11</Data>"
			    "<Data Name='LogonGuid'>%12</Data>"
			    "<Data Name='ProcessId'>%13</Data>"
			    "<Data Name='ProcessName'>%14</Data>"
			    "<Data Name='IpAddress'>%15</Data>"
			    "<Data Name='IpPort'>%16</Data></EventData>";

static const char refused[] =
    "<EventData><Data Name='SubjectUserName'>%0</Data>"
    "<Data Name='TargetUserName'>%1</Data>"
    "<Data Name='TargetDomainName'>%2</Data><Data Name='Status'>%3</Data>"
    "<Data Name='SubStatus'>%4</Data><Data Name='LogonType'>%5</Data>"
    "<Data Name='WorkstationName'>%6</Data>"
    "<Data Name='IpAddress'>%7</Data></EventData>";

static const uint8_t guid[16] = { 0x19, 0x6F, 0x7A, 0x0B, 0xC4, 0x47,
				  0x4E, 0x45, 0x8C, 0x5C, 0xE8, 0x68,
				  0xD6, 0x37, 0xE4, 0xD8 };
static const uint8_t sid[28] = { 1, 5, 0, 0, 0, 0, 0, 5, 21 };

static struct evtx_event
event(const char *provider, uint16_t id, uint8_t level, uint64_t n)
{
	return (struct evtx_event){
		.provider = provider,
		.channel = "System",
		.computer = "PC-0412.contoso.example",
		.id = id,
		.level = level,
		.keywords = UINT64_C(0x8000000000000000),
		.time = START + n * 7 * SECOND,
		.record = 1000 + n,
		.process = 1234,
		.thread = (uint32_t)(4000 + n % 16 * 4),
	};
}

/* Windows Update */

static void
put_failed(struct evtx_writer *w, uint64_t n, uint32_t code, const char *title)
{
	const struct evtx_value values[] = {
		EVTX_NUMBER(EVTX_HEX32, code),
		EVTX_TEXT(title),
		{ EVTX_GUID, guid, sizeof(guid), 0 },
		EVTX_NUMBER(EVTX_UINT32, 200),
		{ EVTX_GUID, guid, sizeof(guid), 0 },
	};
	struct evtx_event e = event(WU, 20, 2, n);

	e.data = (struct evtx_nested){ update_failed, values, LENGTH(values) };
	evtx_event(w, &e);
}

static void
put_done(struct evtx_writer *w, uint64_t n, uint16_t id, const char *title)
{
	const struct evtx_value values[] = {
		EVTX_TEXT(title),
		{ EVTX_GUID, guid, sizeof(guid), 0 },
		EVTX_NUMBER(EVTX_UINT32, 200),
		{ EVTX_GUID, guid, sizeof(guid), 0 },
	};
	struct evtx_event e = event(WU, id, 4, n);

	e.data = (struct evtx_nested){ update_done, values, LENGTH(values) };
	evtx_event(w, &e);
}

static void
put_package(struct evtx_writer *w, uint64_t n, const char *code)
{
	const struct evtx_value values[] = {
		EVTX_TEXT("KB5031455"),
		EVTX_NUMBER(EVTX_UINT32, 5112),
		EVTX_TEXT(code),
		EVTX_TEXT("WindowsUpdateAgent"),
	};
	struct evtx_event e =
	    event("Microsoft-Windows-Servicing", code[2] == '8' ? 3 : 2,
		  code[2] == '8' ? 2 : 4, n);

	e.channel = "Setup";
	e.data =
	    (struct evtx_nested){ package_changed, values, LENGTH(values) };
	evtx_event(w, &e);
}

/* Services */

static void
put_service(struct evtx_writer *w, uint64_t n, uint16_t id, const char *name,
	    const char *what)
{
	char binary[64];
	size_t len = 0;
	struct evtx_value values[] = { EVTX_TEXT(name),
				       EVTX_TEXT(what),
				       { EVTX_BINARY, binary, 0, 0 } };
	struct evtx_event e =
	    event("Service Control Manager", id, id == 7036 ? 4 : 2, n);

	/* The service's key and its state, in UTF-16. */
	for (const char *p = "ContosoSvc/4"; *p != '\0'; p++, len += 2)
		evtx_store((uint8_t *)binary + len, (uint8_t)*p, 2);
	values[2].len = len;
	e.data = (struct evtx_nested){ two_params, values, LENGTH(values) };
	evtx_event(w, &e);
}

/* Products: all texts in one array, without names. */
static void
put_product(struct evtx_writer *w, uint64_t n, const char *texts)
{
	const struct evtx_value values[] = {
		{ EVTX_STRINGS, texts, 0, 0 },
		{ EVTX_BINARY, "{0C1B2A39-4857-6675-8493-A2B1C0DFEE0D}", 38,
		  0 },
	};
	struct evtx_event e = event("MsiInstaller", 1033, 4, n);

	e.channel = "Application";
	e.data = (struct evtx_nested){ classic, values, LENGTH(values) };
	evtx_event(w, &e);
}

static void
put_logon(struct evtx_writer *w, uint64_t n)
{
	const struct evtx_value values[] = {
		{ EVTX_SID, sid, sizeof(sid), 0 },
		EVTX_TEXT("PC-0412$"),
		EVTX_TEXT("CONTOSO"),
		EVTX_NUMBER(EVTX_HEX64, 0x3E7),
		{ EVTX_SID, sid, sizeof(sid), 0 },
		EVTX_TEXT("anna.muster"),
		EVTX_TEXT("CONTOSO"),
		EVTX_NUMBER(EVTX_HEX64, 0x1F2E3D4 + n),
		EVTX_NUMBER(EVTX_UINT32, 3),
		EVTX_TEXT("Kerberos"),
		EVTX_TEXT("Kerberos"),
		EVTX_TEXT("-"),
		{ EVTX_GUID, guid, sizeof(guid), 0 },
		EVTX_NUMBER(EVTX_HEX64, 0x2C4),
		EVTX_TEXT("C:\\Windows\\System32\\lsass.exe"),
		EVTX_TEXT("192.0.2.17"),
		EVTX_TEXT("52311"),
	};
	struct evtx_event e =
	    event("Microsoft-Windows-Security-Auditing", 4624, 0, n);

	e.channel = "Security";
	e.keywords = UINT64_C(0x8020000000000000);
	e.data = (struct evtx_nested){ logon, values, LENGTH(values) };
	evtx_event(w, &e);
}

static void
put_refused(struct evtx_writer *w, uint64_t n, uint32_t why)
{
	const struct evtx_value values[] = {
		EVTX_TEXT("PC-0412$"),
		EVTX_TEXT("anna.muster"),
		EVTX_TEXT("CONTOSO"),
		EVTX_NUMBER(EVTX_HEX32, 0xC000006D),
		EVTX_NUMBER(EVTX_HEX32, why),
		EVTX_NUMBER(EVTX_UINT32, 3),
		EVTX_TEXT("-"),
		EVTX_TEXT("192.0.2.17"),
	};
	struct evtx_event e =
	    event("Microsoft-Windows-Security-Auditing", 4625, 0, n);

	e.channel = "Security";
	e.keywords = UINT64_C(0x8010000000000000);
	e.data = (struct evtx_nested){ refused, values, LENGTH(values) };
	evtx_event(w, &e);
}

/* What the cases read */

static void
update_fails(struct evtx_writer *w)
{
	put_done(w, 0, 44, "2026-11 Cumulative Update (KB5031455)");
	put_failed(w, 1, 0x80073712, "2026-11 Cumulative Update (KB5031455)");
	put_package(w, 2, "0x80073712");
	put_service(w, 3, 7036, "Contoso Sync Service", "running");
	put_failed(w, 4, 0x80073712, "2026-11 Cumulative Update (KB5031455)");
}

static void
healthy(struct evtx_writer *w)
{
	put_done(w, 0, 44, "Contoso 2.1");
	put_failed(w, 1, 0x80246007, "Contoso 2.1");
	put_done(w, 2, 43, "Contoso 2.1");
	put_done(w, 3, 19, "Contoso 2.1");
	put_package(w, 4, "0x0");
	put_product(w, 5, "Contoso Agent|4.2.0|1033|0|Contoso Ltd.|(NULL)|");
	put_service(w, 6, 7036, "Contoso Sync Service", "running");
}

static void
logons(struct evtx_writer *w)
{
	put_refused(w, 0, 0xC000006A);
	put_refused(w, 1, 0xC000006A);
	put_logon(w, 2);
	put_refused(w, 3, 0xC0000234);
}

/* Two good records with a broken one between, and a chunk that ends early. */
static void
damaged(struct evtx_writer *w)
{
	update_fails(w);
	evtx_close(w);
	/* The template of the third record is behind the chunk. */
	for (size_t at = 4096 + 512, n = 0; n < 3; n++) {
		size_t size = w->file[at + 4] | (size_t)w->file[at + 5] << 8;

		if (n == 2)
			memset(w->file + at + 34, 0xFF, 4);
		at += size;
	}
}

/* Ten records of a service, in a chunk of their own. */
static void
old_chunk(struct evtx_writer *w)
{
	for (uint64_t n = 0; n < 10; n++)
		put_service(w, n, 7036, "Contoso Sync Service",
			    n % 2 == 0 ? "running" : "stopped");
	evtx_end_chunk(w);
}

/* Over two and a part of the third; the templates are the same again. */
static void
reused(struct evtx_writer *w)
{
	old_chunk(w);
	put_service(w, 100, 7036, "Contoso Sync Service", "running");
	put_service(w, 101, 7036, "Contoso Sync and Backup Service", "stopped");
	evtx_reuse_chunk(w);
}

/* Other templates stand there now. */
static void
reused_by_others(struct evtx_writer *w)
{
	old_chunk(w);
	put_done(w, 100, 44, "Contoso 2.1");
	evtx_reuse_chunk(w);
}

/* What is left of the old chunk stands in the one before as well. */
static void
reused_copy(struct evtx_writer *w)
{
	old_chunk(w);
	old_chunk(w);
	put_service(w, 100, 7036, "Contoso Sync Service", "running");
	evtx_reuse_chunk(w);
}

static const struct {
	const char *name;
	void (*write)(struct evtx_writer *w);
} logs[] = {
	{ "update-fails", update_fails },
	{ "healthy", healthy },
	{ "logons", logons },
	{ "damaged", damaged },
	{ "reused", reused },
	{ "reused-by-others", reused_by_others },
	{ "reused-copy", reused_copy },
};

/* A large one */

/* Events that say nothing of failures, as most do. */
static void
put_other(struct evtx_writer *w, uint64_t n, const char *channel)
{
	static const struct {
		const char *provider;
		uint16_t id;
		const char *xml, *first, *second;
	} others[] = {
		{ "Microsoft-Windows-Kernel-General", 16,
		  "<EventData><Data Name='HiveName'>%0</Data>"
		  "<Data Name='Origin'>%1</Data><Data Name='Keys'>%2</Data>"
		  "</EventData>",
		  "\\??\\C:\\Users\\anna\\AppData\\Local\\settings.dat",
		  "set" },
		{ "Microsoft-Windows-Time-Service", 35,
		  "<EventData><Data Name='TimeSource'>%0</Data>"
		  "<Data Name='Reference'>%1</Data>"
		  "<Data Name='Stratum'>%2</Data></EventData>",
		  "dc1.contoso.example (ntp.d)", "time.contoso.example" },
		{ "Microsoft-Windows-Kernel-Power", 566,
		  "<EventData><Data Name='Reason'>%0</Data>"
		  "<Data Name='Mode'>%1</Data>"
		  "<Data Name='SessionId'>%2</Data></EventData>",
		  "Screen off", "AC" },
		{ "Microsoft-Windows-GroupPolicy", 1502,
		  "<EventData><Data Name='PolicyName'>%0</Data>"
		  "<Data Name='Scope'>%1</Data><Data Name='Time'>%2</Data>"
		  "</EventData>",
		  "Contoso Workstations", "LDAP" },
	};
	size_t i = n % LENGTH(others);
	const struct evtx_value values[] = {
		EVTX_TEXT(others[i].first),
		EVTX_TEXT(others[i].second),
		EVTX_NUMBER(EVTX_UINT32, n % 100),
	};
	struct evtx_event e = event(others[i].provider, others[i].id, 4, n);

	e.channel = channel;
	e.data = (struct evtx_nested){ others[i].xml, values, LENGTH(values) };
	evtx_event(w, &e);
}

static void
put_system(struct evtx_writer *w, uint64_t n)
{
	if (n % 997 == 0)
		put_failed(w, n, 0x80240022, "Contoso 2.1 (KB5031455)");
	else if (n % 31 == 0)
		put_done(w, n, n % 2 == 0 ? 43 : 19, "Contoso 2.1");
	else if (n % 10 == 0)
		put_service(w, n, 7036, "Background Intelligent Transfer",
			    n % 4 == 0 ? "running" : "stopped");
	else
		put_other(w, n, "System");
}

static void
put_application(struct evtx_writer *w, uint64_t n)
{
	if (n % 10 == 0)
		put_product(w, n,
			    "Fabrikam Reader 7 - English|7.0.1.1234|1033|0|"
			    "Fabrikam, Inc.|(NULL)|");
	else
		put_other(w, n, "Application");
}

static int
save(struct evtx_writer *w, const char *path)
{
	FILE *f = fopen(path, "wb");
	bool done = f != NULL && fwrite(w->file, 1, w->len, f) == w->len;

	if (f != NULL && fclose(f) != 0)
		done = false;
	free(w->file);
	if (!done)
		perror(path);
	return done ? 0 : 1;
}

static int
write_large(struct evtx_writer *w, const char *path, size_t bytes,
	    const char *kind)
{
	for (uint64_t n = 0; w->len < bytes; n++)
		if (strcmp(kind, "system") == 0)
			put_system(w, n);
		else if (strcmp(kind, "application") == 0)
			put_application(w, n);
		else
			put_logon(w, n);
	evtx_close(w);
	return save(w, path);
}

int
main(int argc, char **argv)
{
	static struct evtx_writer w;

	evtx_open(&w);
	if (argc == 4)
		return write_large(&w, argv[1],
				   strtoul(argv[2], NULL, 10) * 1000000,
				   argv[3]);
	for (size_t i = 0; argc == 3 && i < LENGTH(logs); i++)
		if (strcmp(logs[i].name, argv[1]) == 0) {
			logs[i].write(&w);
			if (memcmp(w.file, "ElfFile", 8) != 0)
				evtx_close(&w);
			return save(&w, argv[2]);
		}
	fprintf(stderr, "usage: write_evtx NAME FILE | FILE MB KIND\n");
	return 2;
}
