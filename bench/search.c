/*
 * Microseconds of a key stroke in search as you type: every prefix of every
 * query below, from its first letter.  Prints figures for run.sh, and with -v
 * the slowest prefixes.
 */
#include <stdbool.h>
#include <string.h>

#include <winwhy/search.h>

#include "bench.h"

/* As many as a page of results shows. */
#define HITS 20

/*
 * The best of so many passes over the whole list counts, so that a figure is
 * the work of the search and not of the scheduler.
 */
#define ROUNDS	5

#define SLOWEST 10

/* What people type: words, names, whole sentences, errors, French. */
static const char *const queries[] = {
	"access denied",
	"access is denied",
	"acces denied",
	"windows update failed",
	"windows update stuck at 0 percent",
	"update not applicable",
	"soap fault",
	"WU_E_PT_SOAPCLIENT_SOAPFAULT",
	"wu_e_no_service",
	"WU_E_DATASTORE_NOT_INITIALIZED",
	"component store corrupt",
	"component store has been corrupted",
	"CBS_E_STORE_CORRUPTION",
	"source files could not be found",
	"source files not found dism restorehealth",
	"sfc scannow",
	"net framework 3.5 install failed",
	"E_ACCESSDENIED",
	"ERROR_ACCESS_DENIED",
	"ERROR_SXS_COMPONENT_STORE_CORRUPT",
	"file not found",
	"the system cannot find the file specified",
	"path not found",
	"not enough disk space",
	"disk full",
	"out of memory",
	"network path was not found",
	"proxy authentication required",
	"connection timed out",
	"timeout",
	"server not reachable",
	"certificate expired",
	"certificate chain not trusted",
	"trust relationship failed",
	"secure channel",
	"logon failure",
	"account locked out",
	"password expired",
	"kerberos clock skew",
	"rpc server unavailable",
	"class not registered",
	"invalid parameter",
	"invalid param",
	"installer already running",
	"another installation is in progress",
	"msi 1603",
	"fatal error during installation",
	"service could not be started",
	"STATUS_ACCESS_VIOLATION",
	"access violation",
	"blue screen driver irql",
	"DRIVER_IRQL_NOT_LESS_OR_EQUAL",
	"inaccessible boot device",
	"feature update rollback safe os",
	"setup failed second boot migrate data",
	"jet database corrupt",
	"wsus synchronisation failed",
	"configuration manager download",
	"bits transfer error",
	"reboot required",
	"instalation faild",
	"certifcate",
	"accès refusé",
	"fichier introuvable",
	"mise à jour impossible",
};

#define QUERIES (sizeof(queries) / sizeof(queries[0]))

struct stroke {
	const char *query; /* static */
	size_t len;	   /* of the prefix */
	uint64_t best;	   /* ns */
};

struct strokes {
	struct stroke *p; /* owned */
	size_t n;
};

/* A prefix ends before a letter, not inside one. */
static bool
is_cut(const char *query, size_t len)
{
	return ((unsigned char)query[len] & 0xc0) != 0x80;
}

static struct strokes
list_strokes(void)
{
	struct strokes ret = { 0 };
	size_t most = 0;

	for (size_t i = 0; i < QUERIES; i++)
		most += strlen(queries[i]);
	ret.p = bench_array(most, sizeof(*ret.p));
	for (size_t i = 0; i < QUERIES; i++)
		for (size_t len = 1; len <= strlen(queries[i]); len++)
			if (is_cut(queries[i], len))
				ret.p[ret.n++] = (struct stroke){
					.query = queries[i],
					.len = len,
					.best = UINT64_MAX,
				};
	return ret;
}

static void
measure(struct ww_search *search, struct stroke *stroke)
{
	struct ww_slice words = { stroke->query, stroke->len };
	struct ww_hit hits[HITS];
	uint64_t start = bench_now(), took;

	(void)ww_search_run(search, words, hits, HITS);
	took = bench_now() - start;
	if (took < stroke->best)
		stroke->best = took;
}

static size_t
count_unanswered(struct ww_search *search, bool verbose)
{
	struct ww_hit hit;
	size_t n = 0;

	for (size_t i = 0; i < QUERIES; i++) {
		struct ww_slice words = { queries[i], strlen(queries[i]) };

		if (ww_search_run(search, words, &hit, 1) > 0)
			continue;
		n++;
		if (verbose)
			fprintf(stderr, "no hit: %s\n", queries[i]);
	}
	return n;
}

static int
compare(const void *a, const void *b)
{
	uint64_t ta = ((const struct stroke *)a)->best;
	uint64_t tb = ((const struct stroke *)b)->best;

	return ta < tb ? -1 : ta > tb;
}

/* The time that so many in a hundred strokes do not exceed, in us. */
static double
percentile(const struct strokes *strokes, size_t percent)
{
	size_t rank = (strokes->n * percent + 99) / 100;

	return (double)strokes->p[rank - 1].best / 1000;
}

static void
print_slowest(const struct strokes *strokes)
{
	for (size_t i = 0; i < SLOWEST && i < strokes->n; i++) {
		const struct stroke *s = &strokes->p[strokes->n - 1 - i];

		fprintf(stderr, "%8.1f us  %.*s\n", (double)s->best / 1000,
			(int)s->len, s->query);
	}
}

int
main(int argc, char **argv)
{
	bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
	struct strokes strokes = list_strokes();
	struct ww_search *search;

	if (ww_search_open(ww_catalogue_embedded(), &search) != WW_OK)
		return 2;
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < strokes.n; i++)
			measure(search, &strokes.p[i]);
	qsort(strokes.p, strokes.n, sizeof(*strokes.p), compare);
	bench_print("search-strokes", (double)strokes.n);
	bench_print("search-p50", percentile(&strokes, 50));
	bench_print("search-p99", percentile(&strokes, 99));
	bench_print("search-max", percentile(&strokes, 100));
	bench_print("search-unanswered",
		    (double)count_unanswered(search, verbose));
	if (verbose)
		print_slowest(&strokes);
	ww_search_close(search);
	free(strokes.p);
	return 0;
}
