/*
 * What one stage of a diagnosis came to, as lines that a golden test compares:
 *
 *	stage FILE...              series, episodes, notes, items, signatures
 *	stage --records FILE...    the records of the reader that claims a file
 *
 * Nothing is joined: each file is told for itself.  A colon and a number name
 * a line of the file.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winwhy/diagnose.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/simd/kernels.h"
#include "diagnose/diagnosis.h"
#include "input/records.h"

#define SLICE(s) (int)(s).len, (s).len > 0 ? (s).p : ""

static const char *const outcomes[WW_OUTCOMES] = {
	[WW_OUTCOME_OPEN] = "open",
	[WW_OUTCOME_SUCCEEDED] = "succeeded",
	[WW_OUTCOME_FAILED] = "failed",
	[WW_OUTCOME_CANCELLED] = "cancelled",
};

static size_t
read_file(void *ctx, void *buf, size_t len, const char **retwhy)
{
	(void)retwhy;
	return fread(buf, 1, len, ctx);
}

static void
print_time(ww_time time)
{
	struct ww_civil c;

	if (time == WW_NO_TIME) {
		printf(" -");
		return;
	}
	c = ww_time_civil(time);
	printf(" %04d-%02d-%02d %02d:%02d:%02d", c.year, c.month, c.day, c.hour,
	       c.minute, c.second);
}

/* A line break would start another line of the golden file. */
static void
print_text(const char *before, struct ww_slice text)
{
	printf("%s", before);
	for (size_t i = 0; i < text.len; i++)
		putchar(text.p[i] == '\n' || text.p[i] == '\r' ? '|'
							       : text.p[i]);
}

/* Episodes */

static struct ww_slice
id_of(const struct ww_catalogue *c, enum ww_section section, uint32_t at,
      uint32_t field)
{
	return ww_rec_str(ww_rec_at(c, section, at), field);
}

static void
print_hits(const struct ww_catalogue *c, const char *word,
	   const struct ww_sign *hits)
{
	for (const struct ww_sign *h = hits; h != NULL; h = h->next) {
		struct ww_slice id =
		    id_of(c, WW_S_SIGNATURE, h->signature, WW_SIGNATURE_ID);

		printf("    %s %.*s x%" PRIu64 " :%" PRIu64 "\n", word,
		       SLICE(id), h->count, h->first.line);
	}
}

static void
print_episode(const struct ww_catalogue *c, const struct ww_episode *e,
	      uint64_t count)
{
	printf("  %s", outcomes[e->outcome]);
	if (e->has_code)
		printf(e->code >> 16 == 0 ? " %" PRIu32 : " 0x%08" PRIX32,
		       e->code);
	printf(" x%" PRIu64 " :%" PRIu64 "-%" PRIu64, count, e->first.line,
	       e->outcome_quote.line);
	print_time(e->begin);
	printf(" to");
	print_time(e->end);
	printf("\n");
	for (const struct ww_note *n = e->notes; n != NULL; n = n->next) {
		printf("    %.*s", SLICE(n->name));
		print_text(": ", n->value);
		printf("  :%" PRIu64 "\n", n->quote.line);
	}
	for (const struct ww_item *i = e->items; i != NULL; i = i->next) {
		print_text("    item ", i->name);
		print_text(" | ", i->detail);
		printf(" | %s%s  :%" PRIu64 "\n", i->state,
		       i->bad ? " (bad)" : "", i->quote.line);
	}
	print_hits(c, "sign", e->hits);
	for (const struct ww_seen *s = e->codes; s != NULL; s = s->next)
		printf("    code 0x%08" PRIX32 " x%" PRIu32 " :%" PRIu64 "\n",
		       s->value, s->count, s->first.line);
}

static void
print_series(const struct ww_catalogue *c, const struct ww_series *s)
{
	struct ww_slice kind =
	    id_of(c, WW_S_EPISODE_KIND, s->kind, WW_EPISODE_KIND_ID);

	printf("%.*s", SLICE(kind));
	print_text(" [", s->subject);
	printf("]");
	for (int i = 0; i < WW_OUTCOMES; i++)
		if (s->n[i] > 0)
			printf(" %s %" PRIu64, outcomes[i], s->n[i]);
	if (s->failing > 0)
		printf(" failing %" PRIu64, s->failing);
	printf("\n");
	if (s->good != NULL)
		print_episode(c, s->good, s->n[WW_OUTCOME_SUCCEEDED]);
	for (const struct ww_variant *v = s->failed; v != NULL; v = v->next)
		print_episode(c, v->latest, v->count);
	for (const struct ww_episode *e = s->open; e != NULL; e = e->next)
		print_episode(c, e, 1);
}

static void
print_analysis(const struct ww_catalogue *c, const struct ww_analysis *a)
{
	struct ww_slice kind =
	    id_of(c, WW_S_LOG_KIND, a->dialect, WW_LOG_KIND_ID);

	printf("%.*s: %.*s, %" PRIu64 " lines, %" PRIu64 " records\n",
	       SLICE(a->name), SLICE(kind), a->lines, a->records);
	if (a->undecoded != NULL)
		printf("  %s\n", a->undecoded);
	for (const struct ww_series *s = a->series; s != NULL; s = s->next)
		print_series(c, s);
	if (a->hits != NULL || a->harmless != NULL)
		printf("outside of episodes\n");
	print_hits(c, "sign", a->hits);
	print_hits(c, "harmless", a->harmless);
}

static int
tell_episodes(char *const *files, size_t n)
{
	const struct ww_diagnose_options opt = { 0 };
	const struct ww_catalogue *c = ww_catalogue_embedded();
	struct ww_diagnosis *d;
	struct ww_error error;

	if (ww_diagnosis_open(c, &opt, &d, &error) != WW_OK)
		return 4;
	for (size_t i = 0; i < n; i++) {
		FILE *f = fopen(files[i], "rb");
		struct ww_input input = { .read = read_file, .ctx = f };
		uint32_t place;

		if (f == NULL) {
			perror(files[i]);
			return 3;
		}
		if (ww_diagnosis_place(d, ww_slice_cstr(files[i]), &place) !=
			WW_OK ||
		    ww_diagnosis_read(d, place, &input) != WW_OK)
			return 4;
		fclose(f);
		if (i > 0)
			printf("\n");
		print_analysis(c, d->places[place]);
	}
	ww_diagnosis_close(d);
	return 0;
}

/* Records */

static void
print_record(const struct ww_record *r)
{
	static const char *const levels[] = { "-", "verbose", "info", "warning",
					      "error" };

	printf(":%" PRIu64, r->line);
	print_time(r->time);
	printf(" %s %" PRIu32 "/%" PRIu32 " %.*s", levels[r->level], r->process,
	       r->thread, SLICE(r->component));
	print_text(" | ", r->text);
	printf("\n");
}

static void
tell_records_of(struct ww_arena *arena, const struct ww_input *input)
{
	struct ww_records *r = ww_arena_new(arena, struct ww_records);

	ww_records_open(r, arena, ww_kernels_choose(), input);
	while (ww_records_next(r))
		print_record(r->record);
}

static bool
read_records(FILE *f)
{
	struct ww_input input = { .read = read_file, .ctx = f };
	struct ww_arena arena;
	jmp_buf oom;

	if (setjmp(oom) != 0)
		return false;
	ww_arena_init(&arena, &oom);
	tell_records_of(&arena, &input);
	ww_arena_release(&arena);
	return true;
}

static int
tell_records(char *const *files, size_t n)
{
	bool all = true;

	for (size_t i = 0; i < n && all; i++) {
		FILE *f = fopen(files[i], "rb");

		if (f == NULL) {
			perror(files[i]);
			return 3;
		}
		printf("%s%s\n", i > 0 ? "\n" : "", files[i]);
		all = read_records(f);
		fclose(f);
	}
	return all ? 0 : 4;
}

int
main(int argc, char **argv)
{
	bool records = argc > 1 && strcmp(argv[1], "--records") == 0;

	argv += 1 + records;
	argc -= 1 + records;
	return records ? tell_records(argv, (size_t)argc)
		       : tell_episodes(argv, (size_t)argc);
}
