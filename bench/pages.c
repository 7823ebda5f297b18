/*
 * Pages of the catalogue that one full answer touches: each is a fault when
 * winwhy is started for one question.  The catalogue lies in memory that may
 * not be read; a signal handler opens page by page and counts.  Prints
 * figures for run.sh, with -v also by section; exits with 1 above PAGES_MAX.
 *	pages [-v] winwhy.cat
 */
#define _DEFAULT_SOURCE

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <winwhy/winwhy.h>

#include "catalogue/catalogue.h"

#include "bench.h"

/* A topic has twenty steps, and shares them and its sources with others. */
#define PAGES_MAX 96

/* The embedded catalogue is aligned so: embedded.S. */
#define PAGE 4096u

struct region {
	uint8_t *p;	  /* owned, mapped */
	size_t len;	  /* whole pages */
	uint8_t *touched; /* owned, one for each page */
};

/* A signal handler has no argument of ours. */
static struct region region;

static void
on_fault(int number, siginfo_t *info, void *context)
{
	uintptr_t at = (uintptr_t)info->si_addr - (uintptr_t)region.p;

	(void)number;
	(void)context;
	/* Outside: a real crash, which the default action shows. */
	if (at >= region.len || region.touched[at / PAGE]) {
		signal(SIGSEGV, SIG_DFL);
		return;
	}
	region.touched[at / PAGE] = 1;
	if (mprotect(region.p + at / PAGE * PAGE, PAGE, PROT_READ) != 0)
		_exit(2);
}

static void
fail(const char *what)
{
	perror(what);
	exit(2);
}

static void
read_region(const char *path)
{
	FILE *f = fopen(path, "rb");
	long size;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0 ||
	    fseek(f, 0, SEEK_SET) != 0)
		fail(path);
	region.len = ((size_t)size + PAGE - 1) / PAGE * PAGE;
	region.p = mmap(NULL, region.len, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (region.p == MAP_FAILED)
		fail("mmap");
	if (fread(region.p, 1, (size_t)size, f) != (size_t)size)
		fail(path);
	fclose(f);
	region.touched = bench_array(region.len / PAGE, 1);
}

static void
watch(void)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };

	action.sa_sigaction = on_fault;
	sigemptyset(&action.sa_mask);
	if (sigaction(SIGSEGV, &action, NULL) != 0)
		fail("sigaction");
}

static void
forget(void)
{
	memset(region.touched, 0, region.len / PAGE);
	if (mprotect(region.p, region.len, PROT_NONE) != 0)
		fail("mprotect");
}

static unsigned
count_between(size_t first, size_t end)
{
	unsigned n = 0;

	for (size_t i = first / PAGE; i * PAGE < end; i++)
		n += region.touched[i];
	return n;
}

static void
answer(const struct ww_catalogue *c, const char *text)
{
	struct ww_question question = { .text = { text, strlen(text) } };
	struct ww_style style = { 0 };
	struct ww_report *report;
	struct ww_slice page;
	struct ww_error error;

	if (ww_explain(c, &question, 1, &report, &error) != WW_OK ||
	    ww_render(report, WW_FORMAT_TEXT, &style, &page) != WW_OK) {
		fprintf(stderr, "pages: %s: no answer\n", text);
		exit(2);
	}
	ww_report_close(report);
}

/* A page at a border counts for both its sections. */
static void
print_sections(const struct ww_catalogue *c)
{
	static const char *const names[] = {
#define X(name) #name,
		WW_PLAIN_SECTIONS(X) WW_RECORD_SECTIONS(X)
#undef X
	};

	for (enum ww_section i = 0; i < WW_SECTIONS; i++) {
		size_t at = (size_t)(c->sections[i].p - c->base);
		size_t len = ww_section_width(i, c->n_langs) * ww_count(c, i);
		unsigned n = len == 0 ? 0 : count_between(at, at + len);

		if (n > 0)
			fprintf(stderr, "  %-12s %4u of %zu\n", names[i], n,
				(len + PAGE - 1) / PAGE);
	}
}

int
main(int argc, char **argv)
{
	static const char *const questions[] = {
		"0x80244007",
		"0x80070002",
		"0xC1900101-0x20017",
		"WU_E_PT_SOAPCLIENT_SOAPFAULT",
	};
	int verbose = argc > 2 && strcmp(argv[1], "-v") == 0;
	struct ww_catalogue c;
	struct ww_error error;
	unsigned most = 0;

	if (argc < 2 || sysconf(_SC_PAGESIZE) != PAGE) {
		fputs("usage: pages [-v] CATALOGUE, on pages of 4 KiB\n",
		      stderr);
		return 2;
	}
	read_region(argv[argc - 1]);
	if (ww_catalogue_map(&c, region.p, region.len, &error) != WW_OK) {
		fprintf(stderr, "pages: %s\n", error.why);
		return 2;
	}
	watch();
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		unsigned n;
		char key[64];

		forget();
		answer(&c, questions[i]);
		n = count_between(0, region.len);
		most = n > most ? n : most;
		snprintf(key, sizeof(key), "pages-%s", questions[i]);
		bench_print(key, n);
		if (verbose)
			print_sections(&c);
	}
	bench_print("pages-most", most);
	return most > PAGES_MAX;
}
