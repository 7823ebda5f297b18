/*
 * winwhy site: all pages into a folder, or as an archive to standard output.
 */
#include "base/message.h"
#include "base/tar.h"
#include "cli/cli.h"
#include "site/folder.h"
#include "sys/thread.h"

#include "base/banned.h"

/* Files of an archive that are made at a time. */
#define BATCH 64

/* The address of a site may be so long. */
#define BASE_MAX 500

/* Scheme, host, and nothing that would have to be escaped. */
static bool
is_base(struct ww_slice base)
{
	if (!ww_slice_starts(base, WW_LIT("https://")) &&
	    !ww_slice_starts(base, WW_LIT("http://")))
		return false;
	for (size_t i = 0; i < base.len; i++)
		if (!ww_is_alnum(base.p[i]) &&
		    strchr("-._~:/[]%", base.p[i]) == NULL)
			return false;
	return base.len < BASE_MAX;
}

static bool
read_base(struct cli *cli, struct ww_slice *ret)
{
	struct ww_buf buf = ww_buf_in(&cli->arena);

	*ret = cli_value(cli, OPTION_BASE);
	if (ret->len == 0)
		return true;
	if (!is_base(*ret)) {
		cli_complain(cli, cli->args.values[OPTION_BASE],
			     N_("is no address of a site; one is written "
				"https://example.org/winwhy/"));
		return false;
	}
	ww_buf_add(&buf, *ret);
	if (ret->p[ret->len - 1] != '/')
		ww_buf_char(&buf, '/');
	*ret = ww_buf_slice(&buf);
	return true;
}

static void
tell_progress(void *ctx, size_t done)
{
	struct site_writing *w = ctx;
	char room[64];
	struct ww_buf buf = { .p = room, .cap = sizeof(room) };

	ww_buf_add(&buf, WW_LIT("\r\x1b[K"));
	if (done < w->files->count) {
		ww_buf_decimal(&buf, (int64_t)done);
		ww_buf_char(&buf, '/');
		ww_buf_decimal(&buf, (int64_t)w->files->count);
	}
	ww_sys_write(WW_STDERR, ww_buf_slice(&buf));
}

static int
write_folder(struct cli *cli, const struct site_files *files)
{
	struct site_writing w = { .files = files,
				  .folder = cli->args.operands[0],
				  .workers = ww_sys_cores() };
	struct ww_buf buf = ww_buf_in(&cli->arena);
	struct ww_fill fills[] = { { "written", { 0 } },
				   { "unchanged", { 0 } },
				   { "removed", { 0 } },
				   { NULL, { 0 } } };
	const size_t *const counts[] = { &w.written, &w.unchanged, &w.removed };

	if (ww_sys_is_terminal(WW_STDERR)) {
		w.progress = tell_progress;
		w.ctx = &w;
	}
	if (!site_write(&cli->arena, &w)) {
		cli_complain(cli, w.failed, w.why);
		return FAILED;
	}
	for (size_t i = 0; i < WW_ARRAY_LEN(counts); i++) {
		struct ww_buf number = ww_buf_in(&cli->arena);

		ww_buf_decimal(&number, (int64_t)*counts[i]);
		fills[i].value = ww_buf_slice(&number);
	}
	ww_buf_template(&buf,
			cli_tr(cli, N_("{written} files written, {unchanged} "
				       "unchanged, {removed} removed\n")),
			fills);
	return cli_print(cli, ww_buf_slice(&buf));
}

/*
 * Of an archive: some files, each made by whichever thread is free.  Their
 * bytes are copied into memory that the next ones use again.
 */
struct batch {
	const struct site_files *files;
	size_t first;
	struct made {
		struct ww_arena arena;
		jmp_buf oom;
		struct ww_buf bytes;
		enum ww_status status;
		struct ww_error error;
	} made[BATCH];
};

static void
make_bytes(struct made *made, const struct site_files *files, size_t i)
{
	struct ww_report *report;
	struct ww_slice bytes;

	made->status = site_file_bytes(&made->arena, files, i, &report, &bytes,
				       &made->error);
	if (made->status != WW_OK)
		return;
	ww_buf_add(&made->bytes, bytes);
	ww_report_close(report);
}

static void
make(void *ctx, size_t i)
{
	struct batch *batch = ctx;
	struct made *made = &batch->made[i];

	made->bytes.len = 0;
	made->status = WW_NOMEM;
	made->error.why = N_("out of memory");
	if (setjmp(made->oom) == 0)
		make_bytes(made, batch->files, batch->first + i);
}

static bool
send_padding(struct cli *cli, size_t n)
{
	static const char zeros[2 * WW_TAR_BLOCK];

	return cli_send(cli, ww_slice_of(zeros, n)) == WW_WRITTEN;
}

static bool
send_file(struct cli *cli, const struct batch *batch, size_t i)
{
	const struct made *made = &batch->made[i];
	struct ww_buf name = ww_buf_in(&cli->arena);
	char header[WW_TAR_BLOCK];

	site_file_name(&name, batch->files, batch->first + i);
	if (made->status != WW_OK) {
		cli_complain(cli, ww_arena_copy(&cli->arena, name.p, name.len),
			     made->error.why);
		return false;
	}
	if (ww_tar_header(ww_buf_slice(&name), made->bytes.len, header) &&
	    cli_send(cli, ww_slice_of(header, sizeof(header))) == WW_WRITTEN &&
	    cli_send(cli, ww_buf_slice(&made->bytes)) == WW_WRITTEN &&
	    send_padding(cli, ww_tar_padding(made->bytes.len)))
		return true;
	cli_unwritten(cli);
	return false;
}

static bool
send_all(struct cli *cli, struct batch *batch)
{
	size_t count = batch->files->count;

	for (; batch->first < count; batch->first += BATCH) {
		size_t n = count - batch->first;

		n = n < BATCH ? n : BATCH;
		ww_sys_parallel(n, ww_sys_cores(), make, batch);
		for (size_t i = 0; i < n; i++)
			if (!send_file(cli, batch, i))
				return false;
	}
	if (send_padding(cli, 2 * WW_TAR_BLOCK))
		return true;
	cli_unwritten(cli);
	return false;
}

static int
write_tar(struct cli *cli, const struct site_files *files)
{
	struct batch *batch = ww_arena_new(&cli->arena, struct batch);
	bool sent;

	batch->files = files;
	for (size_t i = 0; i < BATCH; i++) {
		struct made *made = &batch->made[i];

		ww_arena_init(&made->arena, &made->oom);
		made->bytes = ww_buf_in(&made->arena);
	}
	sent = send_all(cli, batch);
	for (size_t i = 0; i < BATCH; i++)
		ww_arena_release(&batch->made[i].arena);
	return sent ? ANSWERED : FAILED;
}

/* A folder, or an archive, and not both. */
static bool
is_one_place(struct cli *cli)
{
	size_t n = cli->args.values[OPTION_TAR] != NULL ? 0 : 1;

	if (cli->args.n_operands == n)
		return true;
	cli_complain(cli, "site",
		     cli->args.n_operands < n
			 ? N_("it is written into a folder, or with --tar to "
			      "standard output")
			 : N_("it is written to one place at a time"));
	return false;
}

int
cli_site(struct cli *cli)
{
	struct site site = { .c = cli->c };
	struct site_files files;

	if (!is_one_place(cli) || !read_base(cli, &site.base))
		return USAGE;
	site.one_language = cli->args.values[OPTION_LANG] != NULL;
	if (site.one_language)
		site.lang = cli->lang;
	site_files(&cli->arena, &site, cli->args.values[OPTION_ALL] != NULL,
		   &files);
	return cli->args.values[OPTION_TAR] != NULL ? write_tar(cli, &files)
						    : write_folder(cli, &files);
}
