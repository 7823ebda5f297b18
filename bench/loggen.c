/*
 * Logs of an endpoint and of its update server, as many bytes as wanted, the
 * same from the same seed on every machine:
 *
 *	loggen FOLDER BYTES SEED >EXPECTED
 *
 * What it prints is what is in them, counted while it was written: codes,
 * episodes and findings.  24 lines in 100 hold a code, in every spelling; a
 * fifth of the bytes is UTF-16.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "bench.h"
#include "loglines.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define CODED	     25	 /* lines in 100 outside of stories: 24 of all */
#define STORY	     240 /* lines of a story, on average: 5 in 100 fill holes */
#define SUBJECTS     24	 /* that stories are about */
#define VALUES_MAX   256
#define CAUSES_MAX   64
#define LINE_MAX     1024

/* Stories are that far apart, so that what was later is told by seconds. */
#define PAUSE	       2000 /* ms */

#define INSTALL_FAILED 1603

/* How a code is spelled in a line. */
enum spelling {
	HEX,	  /* 0x80244007 */
	BARE,	  /* [80244007] */
	NEGATIVE, /* -2145107961 */
	UNSIGNED, /* 2149859335 */
	LEFTOVER, /* gle=0x000000b7: no code of the line's failure */
	SPELLINGS
};

static const char *const spelling_names[SPELLINGS] = {
	"hex", "bare", "negative", "unsigned", "leftover",
};

struct dialect {
	const char *file;
	unsigned share; /* of all bytes, in percent */
	unsigned day;	/* its first; no two logs tell of the same time */
	bool wide;	/* UTF-16LE with a byte order mark */
	bool one_subject;
	const char *head;
	void (*stamp)(char *out, uint64_t ms, unsigned thread, char level);
	const struct template *plain, *coded;
	const struct story *stories;
	size_t n_plain, n_coded, n_stories;
};

/* How often a value stands in all logs. */
struct values {
	size_t n;
	struct {
		uint32_t value;
		uint64_t count;
	} p[VALUES_MAX];
};

struct counts {
	uint64_t bytes, lines, coded_lines, codes, spelled[SPELLINGS];
	uint64_t good[KINDS], bad[KINDS];
};

/* Those of the failures that are findings, each once. */
struct causes {
	size_t n;
	const char *p[CAUSES_MAX];
};

/* A file on its way. */
struct writer {
	const struct dialect *dialect;
	FILE *f;
	uint64_t random;
	uint64_t ms; /* since the log began */
	struct counts counts;
	struct values *values; /* borrowed; of codes */
	struct values *stated; /* likewise: numbers that end an episode */

	const struct story *story; /* NULL: none runs */
	uint64_t number;	   /* of the story */
	uint64_t left, scene_at;   /* lines still to come in it */
	unsigned subject, thread;
	uint64_t guid_seed;
	/* The stories that failed since a subject's last success, as bits. */
	uint32_t failing[KINDS][SUBJECTS];

	unsigned answered[SERVICES]; /* the last status; 0: none yet */
	uint32_t exit_code;	     /* of the last installation; 0: good */

	size_t len;
	char line[LINE_MAX];
};

static uint32_t
below(uint64_t *random, uint32_t n)
{
	return (uint32_t)((uint64_t)bench_random(random) * n >> 32);
}

/* Seconds of the day, and the day of the month. */
struct moment {
	unsigned day, hour, minute, second;
};

static struct moment
moment_of(uint64_t ms)
{
	unsigned s = (unsigned)(ms / 1000);

	return (struct moment){ 1 + s / 86400 % 28, s / 3600 % 24, s / 60 % 60,
				s % 60 };
}

static void
stamp_wu(char *out, uint64_t ms, unsigned thread, char level)
{
	struct moment m = moment_of(ms);

	(void)level;
	snprintf(out, LINE_MAX,
		 "2026/03/%02u %02u:%02u:%02u.%03u%04u %-5u %-5u ", m.day,
		 m.hour, m.minute, m.second, (unsigned)(ms % 1000),
		 thread * 7 % 10000, 8668u, thread);
}

static void
stamp_cbs(char *out, uint64_t ms, unsigned thread, char level)
{
	const char *name = level == '!'	      ? "Error"
			   : thread % 20 == 0 ? "Warning"
					      : "Info";
	struct moment m = moment_of(ms);

	snprintf(out, LINE_MAX, "2026-03-%02u %02u:%02u:%02u, %-22s", m.day,
		 m.hour, m.minute, m.second, name);
}

static void
stamp_iis(char *out, uint64_t ms, unsigned thread, char level)
{
	struct moment m = moment_of(ms);

	(void)thread;
	(void)level;
	snprintf(out, LINE_MAX, "2026-03-%02u %02u:%02u:%02u ", m.day, m.hour,
		 m.minute, m.second);
}

static void
stamp_none(char *out, uint64_t ms, unsigned thread, char level)
{
	(void)ms;
	(void)thread;
	(void)level;
	out[0] = '\0';
}

#define ROWS(name)                                                 \
	.plain = name##_plain, .n_plain = ARRAY_LEN(name##_plain), \
	.coded = name##_coded, .n_coded = ARRAY_LEN(name##_coded), \
	.stories = name##_stories, .n_stories = ARRAY_LEN(name##_stories)

#define UTF8_MARK "\xEF\xBB\xBF"

static const struct dialect dialects[] = {
	{ .file = "WindowsUpdate.log",
	  .share = 32,
	  .day = 1,
	  .one_subject = true,
	  .head = "",
	  .stamp = stamp_wu,
	  ROWS(wu) },
	{ .file = "CBS.log",
	  .share = 28,
	  .day = 7,
	  .head = UTF8_MARK,
	  .stamp = stamp_cbs,
	  ROWS(cbs) },
	{ .file = "dism.log",
	  .share = 12,
	  .day = 14,
	  .head = UTF8_MARK,
	  .stamp = stamp_cbs,
	  ROWS(dism) },
	{ .file = "msi-install.log",
	  .share = 20,
	  .day = 11,
	  .wide = true,
	  .head = "",
	  .stamp = stamp_none,
	  ROWS(msi) },
	{ .file = "u_ex260321.log",
	  .share = 8,
	  .day = 21,
	  .head = "#Software: Microsoft Internet Information "
		  "Services 10.0\r\n#Version: 1.0\r\n#Fields: date time s-ip "
		  "cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip "
		  "cs(User-Agent) cs(Referer) sc-status sc-substatus "
		  "sc-win32-status time-taken\r\n",
	  .stamp = stamp_iis,
	  ROWS(iis) },
};

static void
count_value(struct values *values, uint32_t value)
{
	size_t i = 0;

	while (i < values->n && values->p[i].value != value)
		i++;
	if (i == VALUES_MAX) {
		fputs("loggen: too many different codes\n", stderr);
		exit(2);
	}
	values->p[i].value = value;
	values->p[i].count++;
	values->n += i == values->n;
}

static void
add(struct writer *w, const char *fmt, unsigned value)
{
	int n = snprintf(w->line + w->len, LINE_MAX - w->len, fmt, value);

	w->len += (size_t)n;
}

static void
add_text(struct writer *w, const char *text)
{
	size_t n = strlen(text);

	memcpy(w->line + w->len, text, n);
	w->len += n;
}

/* A few codes make most of the lines, as in life. */
static uint32_t
draw_code(struct writer *w)
{
	uint32_t i = below(&w->random, ARRAY_LEN(codes));

	return codes[below(&w->random, i + 1)];
}

/* 0 stands in logs everywhere and is counted by nobody. */
static void
count_code(struct writer *w, enum spelling spelling, uint32_t code)
{
	if (code == 0)
		return;
	w->counts.spelled[spelling]++;
	w->counts.codes += spelling != LEFTOVER;
	count_value(w->values, code);
}

static void
add_code(struct writer *w, char hole, uint32_t code)
{
	switch (hole) {
	case 'x':
		count_code(w, HEX, code);
		add(w, "0x%08x", code);
		break;
	case 'X':
		count_code(w, HEX, code);
		add(w, "0x%08X", code);
		break;
	case 'w':
		count_code(w, HEX, code);
		add(w, "0xffffffff%08x", code);
		break;
	case 'b':
		count_code(w, BARE, code);
		add(w, "%08X", code);
		break;
	case 'n':
		count_code(w, NEGATIVE, code);
		add(w, "-%u", 0 - code);
		break;
	default:
		count_code(w, UNSIGNED, code);
		add(w, "%u", code);
	}
}

static void
add_guid(struct writer *w, uint32_t first, uint64_t *random)
{
	add(w, "%08X", first);
	add(w, "-%04X", below(random, 0x10000));
	add(w, "-%04X", below(random, 0x10000));
	add(w, "-%04X", below(random, 0x10000));
	add(w, "-%04X", below(random, 0x10000));
	add(w, "%08X", bench_random(random));
}

/* The same for all of a story. */
static void
add_story_guid(struct writer *w)
{
	uint64_t random = w->guid_seed;

	add_guid(w, bench_random(&random), &random);
}

/* An address of a module in the upper 8 TB, as Windows 7 to 11 have them. */
static void
add_address(struct writer *w)
{
	add(w, "0x7fe%08x", bench_random(&w->random));
}

static void
add_time(struct writer *w)
{
	struct moment m = moment_of(w->ms);

	add(w, "%02u:", m.hour);
	add(w, "%02u:", m.minute);
	add(w, "%02u", m.second);
}

static void
add_version(struct writer *w)
{
	/* A machine meets a few dozen of them. */
	add(w, "10.0.%u", 19041 + 1000 * below(&w->random, 4));
	add(w, ".%u", 1 + 211 * below(&w->random, 16));
}

static void
add_leftover(struct writer *w)
{
	uint32_t value = leftovers[below(&w->random, ARRAY_LEN(leftovers))];

	count_code(w, LEFTOVER, value);
	add(w, "0x%08x", value);
}

static void
add_hole(struct writer *w, char hole)
{
	uint64_t *r = &w->random;

	switch (hole) {
	case 'x':
	case 'X':
	case 'b':
	case 'n':
	case 'u':
	case 'w':
		add_code(w, hole, draw_code(w));
		break;
	case 'l':
		add_leftover(w);
		break;
	case 'p':
		count_code(w, HEX, 0xC1900101);
		add_text(w, "0xC1900101 - 0x20017");
		break;
	case 's':
		count_code(w, HEX, 0x240001);
		add_text(w, "0x240001");
		break;
	case 'm':
		add(w, "%03u", (unsigned)(w->ms % 1000));
		break;
	case 'a':
		add_address(w);
		break;
	case 'g':
		add_guid(w, bench_random(r), r);
		break;
	case 'G':
		add_guid(w, draw_code(w), r);
		break;
	case 'I':
		add_story_guid(w);
		break;
	case 'i':
		add(w, "%u", 1 + below(r, 99));
		break;
	case 'd':
		add(w, "%u", 100 + below(r, 9900));
		break;
	case 'k':
		add(w, "%u", 5000000 + below(r, 90000));
		break;
	case 'v':
		add_version(w);
		break;
	case 'h':
		add(w, "%08x", bench_random(r));
		break;
	case 'c':
		add(w, "%u", (unsigned)w->number);
		break;
	case 'S':
		add(w, "30792633_%u", 1394979193 + (unsigned)w->number);
		break;
	case 'B':
		add(w, "%02u", w->subject);
		break;
	case 'f':
		add_text(w, files[below(r, ARRAY_LEN(files))]);
		break;
	case 't':
		add_time(w);
		break;
	default:
		fprintf(stderr, "loggen: no hole {%c}\n", hole);
		exit(2);
	}
}

/* {x:80070002}, or {x}; {{g}} is a GUID in braces.  Returns what it took. */
static size_t
add_piece(struct writer *w, const char *text)
{
	if (text[0] == '{' && text[1] != '{' && text[1] != '\0') {
		if (text[2] == '}') {
			add_hole(w, text[1]);
			return 3;
		}
		if (text[2] == ':') {
			add_code(w, text[1],
				 (uint32_t)strtoul(text + 3, NULL, 16));
			return strcspn(text, "}") + 1;
		}
	}
	w->line[w->len++] = *text;
	return 1;
}

static void
put(struct writer *w, const char *p, size_t n)
{
	w->counts.bytes += w->dialect->wide ? 2 * n : n;
	if (!w->dialect->wide) {
		fwrite(p, 1, n, w->f);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		putc(p[i], w->f);
		putc('\0', w->f);
	}
}

/* Lines of a story come from a thread of their own. */
static unsigned
draw_thread(struct writer *w, bool of_story)
{
	return of_story ? w->thread : 1000 + below(&w->random, 4000);
}

/* One line, up to a line feed; returns where the next one begins. */
static const char *
put_line(struct writer *w, const char *text, bool of_story)
{
	uint64_t before = w->counts.codes;
	const char *end = text + strcspn(text, "\n");

	w->ms += below(&w->random, 40);
	w->dialect->stamp(w->line, w->ms, draw_thread(w, of_story), *text);
	w->len = strlen(w->line);
	text += *text == '!';
	while (text < end)
		text += add_piece(w, text);
	add_text(w, "\r\n");
	put(w, w->line, w->len);
	w->counts.lines++;
	w->counts.coded_lines += w->counts.codes > before;
	return *end == '\0' ? NULL : end + 1;
}

static void
put_lines(struct writer *w, const char *text)
{
	while (text != NULL)
		text = put_line(w, text, true);
}

/* Episodes */

static void
end_episode(struct writer *w, enum kind kind, unsigned subject, bool bad,
	    size_t story)
{
	uint32_t *failing = &w->failing[kind][subject];

	if (bad) {
		w->counts.bad[kind]++;
		*failing |= (uint32_t)1 << story;
	} else {
		w->counts.good[kind]++;
		*failing = 0;
	}
}

static size_t
story_number(const struct writer *w)
{
	return (size_t)(w->story - w->dialect->stories);
}

/*
 * Requests to a service that are answered alike are one episode.  A failure
 * is stated by its status when another answer ends it.
 */
static void
count_answer(struct writer *w, unsigned service, unsigned status)
{
	unsigned *before = &w->answered[service];
	bool bad = status >= 400;

	if (service == 0 || *before == status)
		return;
	if (*before >= 400)
		count_value(w->stated, *before);
	*before = status;
	end_episode(w, WEB, service, bad, bad ? story_number(w) : 0);
}

static const struct story *
draw_story(struct writer *w)
{
	const struct dialect *d = w->dialect;
	unsigned sum = 0;
	uint32_t at;
	size_t i = 0;

	for (size_t k = 0; k < d->n_stories; k++)
		sum += d->stories[k].weight;
	at = below(&w->random, sum);
	while (at >= d->stories[i].weight)
		at -= d->stories[i++].weight;
	return &d->stories[i];
}

static void
begin_story(struct writer *w)
{
	w->story = draw_story(w);
	w->number++;
	w->left = 10 + below(&w->random, 2 * STORY - 20);
	w->scene_at = below(&w->random, (uint32_t)w->left);
	w->subject = w->dialect->one_subject ? 0 : below(&w->random, SUBJECTS);
	w->thread = 5000 + below(&w->random, 5000);
	w->guid_seed = w->random;
	/* How an installation ended is told when another begins. */
	if (w->exit_code != 0)
		count_value(w->stated, w->exit_code);
	w->exit_code = w->story->kind == INSTALL && w->story->cause != NULL
			   ? INSTALL_FAILED
			   : 0;
	put_lines(w, w->story->begin);
}

static void
put_scene(struct writer *w)
{
	const struct story *s = w->story;

	put_lines(w, s->scene);
	count_answer(w, s->service, s->status);
}

static void
end_story(struct writer *w)
{
	put_lines(w, w->story->end);
	if (w->story->kind != WEB)
		end_episode(w, w->story->kind, w->subject,
			    w->story->cause != NULL, story_number(w));
	w->story = NULL;
	w->ms += PAUSE;
}

static const struct template *
draw(struct writer *w, const struct template *rows, size_t n)
{
	unsigned sum = 0;
	uint32_t at;
	size_t i = 0;

	for (size_t k = 0; k < n; k++)
		sum += rows[k].weight;
	at = below(&w->random, sum);
	while (at >= rows[i].weight)
		at -= rows[i++].weight;
	return &rows[i];
}

static void
put_any(struct writer *w)
{
	const struct dialect *d = w->dialect;
	const struct template *t = below(&w->random, 100) < CODED
				       ? draw(w, d->coded, d->n_coded)
				       : draw(w, d->plain, d->n_plain);

	put_line(w, t->text, false);
	count_answer(w, t->service, t->status);
}

static void
step(struct writer *w)
{
	if (w->story == NULL) {
		begin_story(w);
		return;
	}
	if (w->left == 0) {
		end_story(w);
		return;
	}
	if (w->left == w->scene_at + 1)
		put_scene(w);
	put_any(w);
	w->left--;
}

static void
put_head(struct writer *w)
{
	const char *head = w->dialect->head;

	if (w->dialect->wide) {
		fwrite("\xFF\xFE", 1, 2, w->f);
		w->counts.bytes += 2;
	}
	put(w, head, strlen(head));
	for (; *head != '\0'; head++)
		w->counts.lines += *head == '\n';
}

static void
add_cause(struct causes *causes, const char *cause)
{
	size_t i = 0;

	while (i < causes->n && strcmp(causes->p[i], cause) != 0)
		i++;
	if (i == CAUSES_MAX)
		return;
	causes->p[i] = cause;
	causes->n += i == causes->n;
}

/* What fails at the end. */
static void
collect_causes(struct causes *ret, const struct writer *w)
{
	const struct dialect *d = w->dialect;

	for (int kind = 0; kind < KINDS; kind++)
		for (int i = 0; i < SUBJECTS; i++)
			for (size_t k = 0; k < d->n_stories; k++)
				if (w->failing[kind][i] >> k & 1)
					add_cause(ret, d->stories[k].cause);
}

static void
write_log(struct writer *w, const char *folder, uint64_t bytes)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", folder, w->dialect->file);
	if ((w->f = fopen(path, "wb")) == NULL) {
		perror(path);
		exit(2);
	}
	put_head(w);
	/* Each story has its end, so that they can be counted. */
	while (w->counts.bytes < bytes || w->story != NULL)
		step(w);
	if (fclose(w->f) != 0) {
		perror(path);
		exit(2);
	}
}

static void
sum_up(struct counts *all, const struct counts *c)
{
	all->bytes += c->bytes;
	all->lines += c->lines;
	all->coded_lines += c->coded_lines;
	all->codes += c->codes;
	for (int i = 0; i < SPELLINGS; i++)
		all->spelled[i] += c->spelled[i];
	for (int i = 0; i < KINDS; i++) {
		all->good[i] += c->good[i];
		all->bad[i] += c->bad[i];
	}
}

static void
print_values(const char *name, const struct values *values)
{
	printf(" \"%s\": {", name);
	for (size_t i = 0; i < values->n; i++)
		printf("%s\"0x%08" PRIX32 "\": %" PRIu64, i > 0 ? ", " : "",
		       values->p[i].value, values->p[i].count);
	printf("},\n");
}

static void
print_counts(const struct counts *c)
{
	printf(" \"bytes\": %" PRIu64 ", \"lines\": %" PRIu64
	       ", \"coded_lines\": %" PRIu64 ",\n \"spelled\": {",
	       c->bytes, c->lines, c->coded_lines);
	for (int i = 0; i < SPELLINGS; i++)
		printf("%s\"%s\": %" PRIu64, i > 0 ? ", " : "",
		       spelling_names[i], c->spelled[i]);
	printf("},\n \"episodes\": {");
	for (int i = 0; i < KINDS; i++)
		printf("%s\n  \"%s\": {\"succeeded\": %" PRIu64
		       ", \"failed\": %" PRIu64 "}",
		       i > 0 ? "," : "", kind_names[i], c->good[i], c->bad[i]);
	printf("},\n");
}

int
main(int argc, char **argv)
{
	struct counts all = { 0 };
	struct values values = { 0 }, stated = { 0 };
	struct causes causes = { 0 };
	uint64_t bytes, seed;

	if (argc != 4) {
		fputs("usage: loggen FOLDER BYTES SEED\n", stderr);
		return 2;
	}
	bytes = strtoull(argv[2], NULL, 10);
	seed = strtoull(argv[3], NULL, 10);
	for (size_t i = 0; i < ARRAY_LEN(dialects); i++) {
		const struct dialect *d = &dialects[i];
		struct writer w = {
			.dialect = d,
			.values = &values,
			.stated = &stated,
			.ms = (uint64_t)(d->day - 1) * 86400 * 1000,
			/* Any seed will do, 0 too; this must not be 0. */
			.random =
			    (seed * 2 + 1) * UINT64_C(0x9E3779B97F4A7C15) + i,
		};

		write_log(&w, argv[1], bytes / 100 * d->share);
		sum_up(&all, &w.counts);
		collect_causes(&causes, &w);
	}
	printf("{\"seed\": %" PRIu64 ",\n", seed);
	print_values("codes", &values);
	print_values("stated", &stated);
	print_counts(&all);
	printf(" \"findings\": %zu}\n", causes.n);
	return fflush(stdout) != 0;
}
