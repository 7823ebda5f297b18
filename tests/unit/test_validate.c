/*
 * Opening a catalogue from outside: header faults, every truncation at the
 * border of a section, and seeded damage.  Damage is answered, or it is
 * harmless: nothing that opens may lead outside its bytes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <winwhy/winwhy.h>

#include "base/compiler.h"
#include "base/crc32.h"
#include "catalogue/catalogue.h"

#include "input/slice_input.h"

#define FLIPS 600

/* Of the flips, one in so many goes through ww_catalogue_open(). */
#define SEALED_EACH 40

/* Making the rules of a diagnosis takes as long as ten of the other uses. */
#define DIAGNOSED_EACH 10

extern const uint8_t ww_embedded_start[];

/* A copy whose last byte is the last one of its allocation. */
struct copy {
	uint8_t *p;
	size_t len;
};

static size_t
embedded_len(void)
{
	return ww_load32(ww_embedded_start + WW_HEADER_SIZE);
}

static struct copy
copy_of(size_t len)
{
	struct copy copy = { .p = malloc(len > 0 ? len : 1), .len = len };

	assert_non_null(copy.p);
	memcpy(copy.p, ww_embedded_start, len);
	return copy;
}

/* Make the header fit the bytes again, so that the full check is reached. */
static void
seal(struct copy copy)
{
	if (copy.len < WW_HEADER_END)
		return;
	ww_store32(copy.p + WW_HEADER_SIZE, (uint32_t)copy.len);
	ww_store32(copy.p + WW_HEADER_CRC,
		   ww_crc32(copy.p + WW_HEADER_SECTIONS,
			    copy.len - WW_HEADER_SECTIONS));
}

static enum ww_status
open_copy(struct copy copy, struct ww_catalogue **ret, struct ww_error *error)
{
	enum ww_status st;

	*ret = NULL;
	*error = (struct ww_error){ 0 };
	st = ww_catalogue_open(copy.p, copy.len, ret, error);
	if (st == WW_OK) {
		assert_non_null(*ret);
		return st;
	}
	assert_null(*ret);
	assert_int_equal(error->status, st);
	assert_non_null(error->why);
	assert_true(error->at <= copy.len);
	return st;
}

/* Read a field the way its kind is read. */
static uint32_t
touch_field(struct ww_rec r, const struct ww_field *f)
{
	uint32_t sum = ww_rec_num(r, f->at);
	struct ww_slice s = { 0 };

	if (f->kind == WW_KIND_STR)
		s = ww_rec_str(r, f->at);
	else if (f->kind == WW_KIND_TEXT)
		s = ww_rec_text(r, f->at, 1).s;
	else if (f->kind == WW_KIND_ENUM)
		s = ww_rec_word(r, f->at, (enum ww_words)f->target);
	else if (f->kind == WW_KIND_REF)
		sum +=
		    ww_rec_num(ww_rec_ref(r, f->at, (enum ww_section)f->target),
			       0);
	else if (f->kind == WW_KIND_LIST) {
		struct ww_list list =
		    ww_rec_list(r, f->at, (enum ww_section)f->target);

		if (list.count > 0 && list.section >= WW_FIRST_RECORD_SECTION)
			sum += ww_rec_num(ww_list_at(r.c, list, list.count - 1),
					  0);
	} else if (f->kind == WW_KIND_IDS && ww_rec_num(r, f->at + 1) > 0)
		sum +=
		    ww_rec_num(ww_rec_id(r, f->at, (enum ww_section)f->target,
					 ww_rec_num(r, f->at + 1) - 1),
			       0);
	for (size_t i = 0; i < s.len; i++)
		sum += (unsigned char)s.p[i];
	return sum;
}

static uint32_t
touch_records(const struct ww_catalogue *c)
{
	uint32_t sum = 0;

	for (enum ww_section s = WW_FIRST_RECORD_SECTION; s < WW_SECTIONS;
	     s++) {
		const struct ww_schema *schema = ww_schema_of(s);

		for (uint32_t i = 0; i < ww_count(c, s); i++)
			for (size_t f = 0; f < schema->n_fields; f++)
				sum += touch_field(ww_rec_at(c, s, i),
						   &schema->fields[f]);
	}
	return sum;
}

static void
explain_some(const struct ww_catalogue *c)
{
	static const struct ww_style style = { .full = 1 };
	struct ww_question questions[] = {
		{ .text = WW_LIT("0x80244007") },
		{ .text = WW_LIT("0x80072F8F"), .in = WW_LIT("wu"), .lang = 1 },
		{ .text = WW_LIT("0xC1900101-0x20017") },
		{ .text = WW_LIT("0x9F (0x3, 0x0, 0x0, 0x0)") },
		{ .text = WW_LIT("E_ACCESSDENIED") },
		{ .text = WW_LIT("it failed with 0x80070002 and 1603") },
	};
	struct ww_report *report = NULL;
	struct ww_error error = { 0 };

	/* The context may be what is damaged. */
	if (ww_explain(c, questions, WW_ARRAY_LEN(questions), &report,
		       &error) != WW_OK)
		return;
	for (unsigned f = 0; f < WW_FORMATS; f++) {
		struct ww_slice text;

		assert_int_equal(ww_render(report, (enum ww_format)f, &style,
					   &text),
				 WW_OK);
		assert_true(text.len > 0);
	}
	ww_report_close(report);
}

static void
search_some(const struct ww_catalogue *c)
{
	struct ww_search *search = NULL;
	struct ww_hit hits[10];

	assert_int_equal(ww_search_open(c, &search), WW_OK);
	ww_search_run(search, WW_LIT("component store corrupt"), hits, 10);
	ww_search_run(search, WW_LIT("corupt storge e"), hits, 10);
	ww_search_close(search);
}

/* A scan that fails for a cause on record, beside a healthy log. */
static const char scan_log[] =
    "2026/11/19 08:41:00.0000000 1148  5876  Agent           * START * "
    "Finding updates CallerId = UpdateOrchestrator  Id = 17\r\n"
    "2026/11/19 08:41:07.3560970 1148  5876  WebServices     WS error: "
    "<detail><ErrorCode>InvalidParameters</ErrorCode><Message>parameters."
    "InstalledNonLeafUpdateIDs</Message></detail>\r\n"
    "2026/11/19 08:41:07.8617950 1148  5876  Agent           * END * Finding "
    "updates CallerId = UpdateOrchestrator, Id = 17, Exit code = "
    "0x80244007\r\n";
static const char servicing_log[] =
    "2026-11-19 08:00:00, Info                  CBS    Session: 1_1 "
    "initialized by client WindowsUpdateAgent.\r\n"
    "2026-11-19 08:00:01, Info                  CBS    Failed to get "
    "CSI store. [HRESULT = 0x80070490 - ERROR_NOT_FOUND]\r\n";

static void
read_log(struct ww_diagnosis *d, const char *name, const char *log)
{
	struct ww_slice rest = ww_slice_cstr(log);
	struct ww_input input = { .read = ww_read_slice, .ctx = &rest };
	uint32_t place;

	assert_int_equal(ww_diagnosis_place(d, ww_slice_cstr(name), &place),
			 WW_OK);
	assert_int_equal(ww_diagnosis_read(d, place, &input), WW_OK);
}

static void
diagnose_some(const struct ww_catalogue *c)
{
	static const struct ww_style style = { .full = 1 };
	const struct ww_diagnose_options options = { .lang = 1 };
	struct ww_diagnosis *d;
	struct ww_report *report;
	struct ww_error error;

	assert_int_equal(ww_diagnosis_open(c, &options, &d, &error), WW_OK);
	read_log(d, "WindowsUpdate.log", scan_log);
	read_log(d, "CBS.log", servicing_log);
	assert_int_equal(ww_diagnosis_report(d, &report, &error), WW_OK);
	assert_int_equal(ww_diagnosis_verdict(d), WW_VERDICT_FAULT);
	for (unsigned f = 0; f < WW_FORMATS; f++) {
		struct ww_slice text;

		assert_int_equal(ww_render(report, (enum ww_format)f, &style,
					   &text),
				 WW_OK);
		assert_true(text.len > 0);
	}
	ww_report_close(report);
	ww_diagnosis_close(d);
}

/* All records once in a while, since that is a million fields. */
static void
use(const struct ww_catalogue *c, bool all, bool diagnose)
{
	if (all)
		assert_int_not_equal(touch_records(c), 0);
	explain_some(c);
	search_some(c);
	if (diagnose)
		diagnose_some(c);
}

static void
test_intact(void **state)
{
	struct copy copy = copy_of(embedded_len());
	struct ww_catalogue *c;
	struct ww_error error;

	(void)state;
	assert_int_equal(open_copy(copy, &c, &error), WW_OK);
	assert_int_equal(ww_catalogue_size(c),
			 ww_catalogue_size(ww_catalogue_embedded()));
	use(c, true, true);
	ww_catalogue_close(c);
	ww_catalogue_close(NULL);
	free(copy.p);
}

/* Bytes behind what the header says do not matter. */
static void
test_longer(void **state)
{
	size_t len = embedded_len();
	uint8_t *p = malloc(len + 100);
	struct ww_catalogue *c;
	struct ww_error error;

	(void)state;
	assert_non_null(p);
	memcpy(p, ww_embedded_start, len);
	memset(p + len, 0xA5, 100);
	assert_int_equal(open_copy((struct copy){ p, len + 100 }, &c, &error),
			 WW_OK);
	ww_catalogue_close(c);
	free(p);
}

/* Where the bytes lie does not matter. */
static void
test_unaligned(void **state)
{
	size_t len = embedded_len();
	uint8_t *p = malloc(len + 1);
	struct ww_catalogue *c;
	struct ww_error error;

	(void)state;
	assert_non_null(p);
	memcpy(p + 1, ww_embedded_start, len);
	assert_int_equal(open_copy((struct copy){ p + 1, len }, &c, &error),
			 WW_OK);
	use(c, false, true);
	ww_catalogue_close(c);
	free(p);
}

#define DIR(section, field) \
	(WW_HEADER_END + WW_S_##section * WW_DIR_END + WW_DIR_##field)

static const struct {
	const char *what;
	uint32_t at; /* of the 32 bits that are replaced */
	uint32_t value;
	bool sealed; /* size and CRC are made to fit afterwards */
	enum ww_status status;
	uint32_t error_at; /* UINT32_MAX: the end of the bytes */
} faults[] = {
	{ "magic", 0, 0x21212121, true, WW_UNSUPPORTED, 0 },
	{ "line ends", 4, 0x0A0A5948, true, WW_UNSUPPORTED, 0 },
	{ "version 0", WW_HEADER_VERSION, 0, true, WW_UNSUPPORTED, 8 },
	{ "next version", WW_HEADER_VERSION, WW_CATALOGUE_VERSION + 1, true,
	  WW_UNSUPPORTED, 8 },
	{ "size too high", WW_HEADER_SIZE, UINT32_MAX, false, WW_TRUNCATED,
	  UINT32_MAX },
	{ "checksum", WW_HEADER_CRC, 0x12345678, false, WW_CORRUPT, 16 },
	{ "no sections", WW_HEADER_SECTIONS, 0, true, WW_CORRUPT, 20 },
	{ "a section too many", WW_HEADER_SECTIONS, WW_SECTIONS + 1, true,
	  WW_CORRUPT, 20 },
	{ "no language", DIR(LANG, COUNT), 0, true, WW_CORRUPT,
	  DIR(LANG, COUNT) },
	{ "many languages", DIR(LANG, COUNT), WW_LANGS_MAX + 1, true,
	  WW_CORRUPT, DIR(LANG, COUNT) },
	{ "width", DIR(CODE, WIDTH), 4, true, WW_CORRUPT, DIR(CODE, WIDTH) },
	{ "width 0", DIR(HEAP, WIDTH), 0, true, WW_CORRUPT, DIR(HEAP, WIDTH) },
	{ "offset", DIR(CODE, OFFSET), 0xFFFFFFFC, true, WW_CORRUPT,
	  DIR(CODE, OFFSET) },
	{ "odd offset", DIR(HEAP, OFFSET), 0x1001, true, WW_CORRUPT,
	  DIR(HEAP, OFFSET) },
	{ "count", DIR(CODE, COUNT), UINT32_MAX, true, WW_CORRUPT,
	  DIR(CODE, OFFSET) },
	{ "count that wraps", DIR(TERM, COUNT), 0x40000000, true, WW_CORRUPT,
	  DIR(TERM, OFFSET) },
};

static void
test_header(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(faults); i++) {
		struct copy copy = copy_of(embedded_len());
		uint64_t at = faults[i].error_at == UINT32_MAX
				  ? copy.len
				  : faults[i].error_at;
		struct ww_catalogue *c;
		struct ww_error error;

		ww_store32(copy.p + faults[i].at, faults[i].value);
		if (faults[i].sealed)
			seal(copy);
		if (open_copy(copy, &c, &error) != faults[i].status ||
		    error.at != at)
			fail_msg("%s: status %d at %llu", faults[i].what,
				 (int)error.status,
				 (unsigned long long)error.at);
		free(copy.p);
	}
}

/* The place of a field of the first record where another field is set. */
static uint32_t
field_of(enum ww_section section, unsigned set, unsigned at)
{
	const uint8_t *dir =
	    ww_embedded_start + WW_HEADER_END + section * WW_DIR_END;
	uint32_t start = ww_load32(dir + WW_DIR_OFFSET);
	uint32_t width = ww_load32(dir + WW_DIR_WIDTH);

	for (uint32_t i = 0; i < ww_load32(dir + WW_DIR_COUNT); i++)
		if (ww_load32(ww_embedded_start + start + i * width +
			      set * 4) != 0)
			return start + i * width + at * 4;
	fail_msg("no record of section %u has field %u", section, set);
	return 0;
}

#define FIELD(section, set, at) \
	WW_S_##section, WW_##section##_##set, WW_##section##_##at

/* What no reference leaves its section by, and a report relies on. */
static const struct {
	const char *what;
	enum ww_section section;
	unsigned set, at;
	uint32_t value;
	const char *why;
} meanings[] = {
	{ "signature's cause, too high", FIELD(SIGNATURE, CAUSE_AT, CAUSE_AT),
	  1000, "a signature shows no cause" },
	{ "signature's cause, that wraps", FIELD(SIGNATURE, CAUSE_AT, CAUSE_AT),
	  UINT32_MAX, "a signature shows no cause" },
	{ "signature's cause, none", FIELD(SIGNATURE, CAUSE_AT, CAUSE_AT), 0,
	  "a signature shows no cause" },
	{ "signature's cause, without a name",
	  FIELD(SIGNATURE, CAUSE_AT, CAUSE), 0, "a signature shows no cause" },
	{ "signature's topic, none", FIELD(SIGNATURE, CAUSE_AT, TOPIC), 0,
	  "a signature shows no cause" },
	{ "signature without a title", FIELD(SIGNATURE, ID, TITLE), 0,
	  "a field that is needed is empty" },
	{ "signature's near, too high", FIELD(NEAR, SIGNATURE, SIGNATURE_AT),
	  100000, "a signature is not where it should be" },
	{ "signature's near, another", FIELD(NEAR, SIGNATURE_AT, SIGNATURE_AT),
	  0, "a signature is not where it should be" },
	{ "branch's cause, too high", FIELD(BRANCH, CAUSE_AT, CAUSE_AT), 1000,
	  "a branch leads to no cause" },
	{ "branch's cause, none", FIELD(BRANCH, CAUSE_AT, CAUSE_AT), 0,
	  "a branch leads to no cause" },
	{ "kind of log without an id", FIELD(LOG_KIND, ID, ID), 0,
	  "a field that is needed is empty" },
	{ "kind of episode that cannot succeed",
	  FIELD(EPISODE_KIND, ID, SUCCEEDED), 0,
	  "a field that is needed is empty" },
	{ "topic without sources", FIELD(TOPIC, SOURCES_END, SOURCES_END), 0,
	  "a field that is needed is empty" },
	{ "parameter 0 of a stop code", FIELD(STOP_CASE, VALUE, PARAMETER), 0,
	  "a stop code has no such parameter" },
	{ "a fifth parameter", FIELD(STOP_CASE, VALUE, PARAMETER), 5,
	  "a stop code has no such parameter" },
	/* Inside its section, and yet what others have too. */
	{ "a long list", FIELD(SIGNATURE, PATTERNS_END, PATTERNS_END), 500,
	  "records are in more than one list" },
	{ "a list for two", FIELD(TOPIC, CAUSES_END, CAUSES_END), 200,
	  "records are in more than one list" },
};

static void
test_meanings(void **state)
{
	struct copy copy = copy_of(embedded_len());

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(meanings); i++) {
		uint8_t *p = copy.p + field_of(meanings[i].section,
					       meanings[i].set, meanings[i].at);
		uint32_t before = ww_load32(p);
		struct ww_catalogue c;
		struct ww_error error = { 0 };

		ww_store32(p, meanings[i].value);
		assert_int_equal(ww_catalogue_map(&c, copy.p, copy.len, &error),
				 WW_OK);
		if (ww_catalogue_validate(&c, &error) != WW_CORRUPT ||
		    strcmp(error.why, meanings[i].why) != 0)
			fail_msg("%s: %s", meanings[i].what,
				 error.why == NULL ? "is taken" : error.why);
		ww_store32(p, before);
	}
	free(copy.p);
}

/* A kind too few, none, and two that changed places. */
static void
check_kinds_of(enum ww_section section, uint32_t n)
{
	struct copy copy = copy_of(embedded_len());
	uint8_t *dir = copy.p + WW_HEADER_END + section * WW_DIR_END;
	uint8_t *first = copy.p + ww_load32(dir + WW_DIR_OFFSET);
	uint8_t *second = first + ww_load32(dir + WW_DIR_WIDTH);
	uint32_t id = ww_load32(first), other = ww_load32(second);
	struct ww_catalogue *c;
	struct ww_error error;

	assert_int_equal(ww_load32(dir + WW_DIR_COUNT), n);
	ww_store32(dir + WW_DIR_COUNT, n - 1);
	seal(copy);
	assert_int_equal(open_copy(copy, &c, &error), WW_CORRUPT);
	ww_store32(dir + WW_DIR_COUNT, 0);
	seal(copy);
	assert_int_equal(open_copy(copy, &c, &error), WW_CORRUPT);
	ww_store32(dir + WW_DIR_COUNT, n);
	ww_store32(first, other);
	ww_store32(second, id);
	seal(copy);
	assert_int_equal(open_copy(copy, &c, &error), WW_CORRUPT);
	assert_string_equal(error.why,
			    "the kinds are not those of this version");
	assert_int_equal(error.at, ww_load32(dir + WW_DIR_OFFSET));
	free(copy.p);
}

static void
test_kinds(void **state)
{
	(void)state;
	check_kinds_of(WW_S_LOG_KIND, WW_DIALECTS);
	check_kinds_of(WW_S_EPISODE_KIND, WW_EPISODES);
}

/* A size that ends within the header or the directory. */
static void
test_small_sizes(void **state)
{
	(void)state;
	for (uint32_t size = 0; size < 600; size++) {
		struct copy copy = copy_of(embedded_len());
		struct ww_catalogue *c;
		struct ww_error error;

		ww_store32(copy.p + WW_HEADER_SIZE, size);
		if (size > WW_HEADER_SECTIONS)
			ww_store32(copy.p + WW_HEADER_CRC,
				   ww_crc32(copy.p + WW_HEADER_SECTIONS,
					    size - WW_HEADER_SECTIONS));
		assert_int_equal(open_copy(copy, &c, &error), WW_CORRUPT);
		free(copy.p);
	}
}

static void
check_cut(size_t len, bool fit_size)
{
	struct copy copy = copy_of(len);
	struct ww_catalogue *c;
	struct ww_error error;

	fit_size = fit_size && len >= WW_HEADER_END;
	if (fit_size)
		ww_store32(copy.p + WW_HEADER_SIZE, (uint32_t)len);
	if (!fit_size) {
		assert_int_equal(open_copy(copy, &c, &error), WW_TRUNCATED);
		assert_int_equal(error.at, len);
	} else {
		/* The directory says so, before the checksum is looked at. */
		assert_int_equal(open_copy(copy, &c, &error), WW_CORRUPT);
		assert_true(error.at >= WW_HEADER_SECTIONS);
	}
	free(copy.p);
}

/* As cut off, and with a size that fits what is left. */
static void
test_truncated(void **state)
{
	size_t whole = embedded_len();

	(void)state;
	for (size_t len = 0; len < WW_HEADER_END + 40; len++) {
		check_cut(len, false);
		check_cut(len, true);
	}
	for (unsigned s = 0; s < WW_SECTIONS; s++) {
		const uint8_t *dir =
		    ww_embedded_start + WW_HEADER_END + s * WW_DIR_END;
		size_t start = ww_load32(dir + WW_DIR_OFFSET);
		size_t end = start + (size_t)ww_load32(dir + WW_DIR_COUNT) *
					 ww_load32(dir + WW_DIR_WIDTH);
		const size_t cuts[] = { start, start + 1, end - 1, end };

		for (size_t i = 0; i < WW_ARRAY_LEN(cuts); i++) {
			/* The last section may end the file. */
			if (cuts[i] >= whole)
				continue;
			check_cut(cuts[i], false);
			/* Padding alone may be cut without loss. */
			if (whole - cuts[i] >= 4)
				check_cut(cuts[i], true);
		}
	}
}

/* xorshift32: the same damage in every run. */
static uint32_t
next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/*
 * A byte to damage: of a section chosen first, so that small sections get
 * their share, or of the header and the directory.
 */
static size_t
choose_byte(uint32_t *seed)
{
	unsigned s = next_random(seed) % (WW_SECTIONS + 1);
	const uint8_t *dir = ww_embedded_start + WW_HEADER_END + s * WW_DIR_END;
	size_t size;

	if (s == WW_SECTIONS)
		return next_random(seed) %
		       (WW_HEADER_END + WW_SECTIONS * WW_DIR_END);
	size = (size_t)ww_load32(dir + WW_DIR_COUNT) *
	       ww_load32(dir + WW_DIR_WIDTH);
	return ww_load32(dir + WW_DIR_OFFSET) +
	       (size > 0 ? next_random(seed) % size : 0);
}

/* Through the front door: checksum made to fit, opened, used, closed. */
static enum ww_status
open_sealed(struct copy copy, bool all)
{
	struct ww_catalogue *c;
	struct ww_error error;
	enum ww_status st;

	seal(copy);
	st = open_copy(copy, &c, &error);
	if (st == WW_OK)
		use(c, all, true);
	ww_catalogue_close(c);
	return st;
}

/* The same without the checksum, which takes five times as long as all else. */
static enum ww_status
check_unsealed(struct copy copy, bool diagnose)
{
	struct ww_catalogue c;
	struct ww_error error = { 0 };
	enum ww_status st = ww_catalogue_map(&c, copy.p, copy.len, &error);

	if (st == WW_OK)
		st = ww_catalogue_validate(&c, &error);
	if (st == WW_OK)
		use(&c, false, diagnose);
	else
		assert_true(error.status == st && error.why != NULL &&
			    error.at <= copy.len);
	return st;
}

/* One copy is damaged and healed again, as copying is slow too. */
static void
test_flips(void **state)
{
	struct copy copy = copy_of(embedded_len());
	uint32_t seed = 0x9E3779B9;
	unsigned opened = 0;

	(void)state;
	for (unsigned i = 0; i < FLIPS; i++) {
		size_t at = choose_byte(&seed) % copy.len;
		uint8_t flip = (uint8_t)(1u << next_random(&seed) % 8);
		enum ww_status st;

		copy.p[at] ^= flip;
		st = check_unsealed(copy, i % DIAGNOSED_EACH == 0);
		opened += st == WW_OK;
		if (i % SEALED_EACH == 0 && at >= WW_HEADER_SECTIONS)
			assert_int_equal(open_sealed(copy, true), st);
		copy.p[at] ^= flip;
	}
	assert_true(opened > 0 && opened < FLIPS);
	free(copy.p);
}

/* Without a new checksum no flipped bit goes unseen. */
static void
test_crc_flips(void **state)
{
	struct copy copy = copy_of(embedded_len());
	uint32_t seed = 0x1234567;

	(void)state;
	for (unsigned i = 0; i < 40; i++) {
		size_t at = choose_byte(&seed) % copy.len;
		uint8_t flip = (uint8_t)(1u << next_random(&seed) % 8);
		struct ww_catalogue *c;
		struct ww_error error;

		copy.p[at] ^= flip;
		assert_int_not_equal(open_copy(copy, &c, &error), WW_OK);
		copy.p[at] ^= flip;
	}
	free(copy.p);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_intact),
		cmocka_unit_test(test_longer),
		cmocka_unit_test(test_unaligned),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_meanings),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_small_sizes),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_flips),
		cmocka_unit_test(test_crc_flips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
