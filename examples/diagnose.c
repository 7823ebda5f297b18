/*
 * The smallest program that lets libwinwhy read logs:
 *	cc diagnose.c $(pkg-config --cflags --libs winwhy) -o diagnose
 *	./diagnose WindowsUpdate.log CBS.log
 */
#include <stdio.h>
#include <string.h>

#include <winwhy/winwhy.h>

static size_t
read_file(void *ctx, void *buf, size_t len, const char **why)
{
	size_t n = fread(buf, 1, len, ctx);

	if (n == 0 && ferror(ctx))
		*why = "the file could not be read to its end";
	return n;
}

static enum ww_status
add_file(struct ww_diagnosis *d, const char *path)
{
	struct ww_slice name = { path, strlen(path) };
	struct ww_input input = { read_file, fopen(path, "rb") };
	enum ww_status status;
	uint32_t place;

	if (input.ctx == NULL)
		return ww_diagnosis_unreadable(d, name, name);
	status = ww_diagnosis_place(d, name, &place);
	if (status == WW_OK)
		status = ww_diagnosis_read(d, place, &input);
	fclose(input.ctx);
	return status;
}

int
main(int argc, char **argv)
{
	struct ww_diagnose_options options = { 0 };
	struct ww_style style = { .width = 80 };
	struct ww_diagnosis *d;
	struct ww_report *report;
	struct ww_error error;
	struct ww_slice text;

	if (ww_diagnosis_open(ww_catalogue_embedded(), &options, &d, &error) !=
	    WW_OK)
		return 1;
	for (int i = 1; i < argc; i++)
		if (add_file(d, argv[i]) != WW_OK)
			return 1;
	if (ww_diagnosis_report(d, &report, &error) != WW_OK)
		return 1;
	if (ww_render(report, WW_FORMAT_TEXT, &style, &text) == WW_OK)
		fwrite(text.p, 1, text.len, stdout);
	ww_report_close(report);
	ww_diagnosis_close(d);
	return 0;
}
