#include "diagnose/runs.h"

#include <stdlib.h>

#include "base/banned.h"

/* A run: large ones are few, and few need little memory to be merged. */
#define RUN_SIZE ((size_t)4 * 1024 * 1024)

/* Written at once where the records are not in order already. */
#define BLOCK_SIZE ((size_t)64 * 1024)

/* Before the component and the text of a record. */
struct head {
	int64_t time;
	uint64_t line;
	uint16_t text_len;
	uint8_t component_len;
	uint8_t level;
	uint8_t stamped, cut;
	uint8_t unused[2]; /* so that no byte is left to chance */
};

_Static_assert(sizeof(struct head) <= 32, "WW_RUN_RECORD_MAX counts it");

struct ww_runs *
ww_runs_new(struct ww_arena *arena, const struct ww_storage *storage)
{
	struct ww_runs *runs = ww_arena_new(arena, struct ww_runs);

	runs->arena = arena;
	runs->storage = *storage;
	runs->bytes = ww_arena_alloc(arena, RUN_SIZE);
	runs->starts = ww_arena_array(arena, RUN_SIZE / sizeof(struct head),
				      sizeof(*runs->starts));
	runs->sorted = true;
	return runs;
}

static void
write_bytes(struct ww_runs *runs, const char *p, size_t len)
{
	if (!runs->failed && len > 0 &&
	    !runs->storage.write(runs->storage.ctx, runs->end, p, len))
		runs->failed = true;
	runs->end += len;
}

static struct head
head_at(const char *p)
{
	struct head head;

	memcpy(&head, p, sizeof(head));
	return head;
}

static size_t
length_of(const struct head *head)
{
	return sizeof(*head) + head->component_len + head->text_len;
}

struct sorting {
	int64_t time;
	uint32_t start;
};

/* Records of one time stay as they stood. */
static int
compare(const void *a, const void *b)
{
	const struct sorting *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return x->start < y->start ? -1 : x->start > y->start;
}

static void
write_in_order(struct ww_runs *runs, const struct sorting *order)
{
	char block[BLOCK_SIZE];
	size_t fill = 0;

	for (size_t i = 0; i < runs->n; i++) {
		const char *p = runs->bytes + order[i].start;
		struct head head = head_at(p);
		size_t len = length_of(&head);

		if (len > sizeof(block) - fill) {
			write_bytes(runs, block, fill);
			fill = 0;
		}
		memcpy(block + fill, p, len);
		fill += len;
	}
	write_bytes(runs, block, fill);
}

/* False: no memory to sort in; the run stays as it was. */
static bool
write_sorted(struct ww_runs *runs)
{
	struct sorting *order = calloc(runs->n, sizeof(*order));

	if (order == NULL)
		return false;
	for (size_t i = 0; i < runs->n; i++) {
		order[i].start = runs->starts[i];
		order[i].time = head_at(runs->bytes + order[i].start).time;
	}
	qsort(order, runs->n, sizeof(*order), compare);
	write_in_order(runs, order);
	free(order);
	return true;
}

void
ww_runs_finish(struct ww_runs *runs, struct ww_arena *arena,
	       struct ww_sorted_run **list)
{
	struct ww_sorted_run *run;

	if (runs->n == 0)
		return;
	run = ww_arena_new(arena, struct ww_sorted_run);
	run->at = runs->end;
	if (runs->sorted)
		write_bytes(runs, runs->bytes, runs->fill);
	else if (!write_sorted(runs))
		longjmp(*arena->oom, 1);
	run->end = runs->end;
	run->next = *list;
	*list = run;
	runs->fill = runs->n = 0;
	runs->sorted = true;
}

void
ww_runs_add(struct ww_runs *runs, const struct ww_kept_record *record,
	    struct ww_arena *arena, struct ww_sorted_run **list)
{
	struct head head = {
		.time = record->time,
		.line = record->line,
		.text_len = (uint16_t)record->text.len,
		.component_len = (uint8_t)record->component.len,
		.level = (uint8_t)record->level,
		.stamped = record->stamped,
		.cut = record->cut,
	};
	char *p;

	if (RUN_SIZE - runs->fill < length_of(&head))
		ww_runs_finish(runs, arena, list);
	if (runs->n > 0 && record->time < runs->last)
		runs->sorted = false;
	runs->last = record->time;
	runs->starts[runs->n++] = (uint32_t)runs->fill;
	p = runs->bytes + runs->fill;
	memcpy(p, &head, sizeof(head));
	p += sizeof(head);
	if (record->component.len > 0)
		memcpy(p, record->component.p, record->component.len);
	p += record->component.len;
	if (record->text.len > 0)
		memcpy(p, record->text.p, record->text.len);
	runs->fill += length_of(&head);
}

size_t
ww_run_read(struct ww_slice bytes, struct ww_kept_record *ret)
{
	struct head head;

	if (bytes.len < sizeof(head))
		return 0;
	head = head_at(bytes.p);
	if (bytes.len < length_of(&head))
		return 0;
	*ret = (struct ww_kept_record){
		.time = head.time,
		.line = head.line,
		.stamped = head.stamped != 0,
		.cut = head.cut != 0,
		.level = (enum ww_level)head.level,
		.component =
		    ww_slice_part(bytes, sizeof(head), head.component_len),
		.text = ww_slice_part(bytes, sizeof(head) + head.component_len,
				      head.text_len),
	};
	return length_of(&head);
}
