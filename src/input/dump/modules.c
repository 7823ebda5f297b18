#include "input/dump/modules.h"

#include "base/compiler.h"
#include "base/utf8.h"

#include "base/banned.h"

/* Characters of a name that are kept. */
#define NAME_MAX_CHARS 64

/* Where the faults of others come to light. */
static const char *const kernels[] = {
	"ntoskrnl.exe", "ntkrnlmp.exe", "ntkrnlpa.exe",
	"ntkrpamp.exe", "hal.dll",	"halmacpi.dll",
	"kd.dll",	"kdcom.dll",	"securekernel.exe",
};

/*
 * Frameworks, stacks and ports of Windows, in which the code
 * of others runs, or that carry their buffers.
 */
static const char *const carriers[] = {
	"acpi.sys",	"afd.sys",	"ataport.sys",	  "bthport.sys",
	"classpnp.sys", "cng.sys",	"dxgkrnl.sys",	  "dxgmms1.sys",
	"dxgmms2.sys",	"fileinfo.sys", "fltmgr.sys",	  "fwpkclnt.sys",
	"hidclass.sys", "http.sys",	"ks.sys",	  "mrxsmb.sys",
	"msrpc.sys",	"ndis.sys",	"netio.sys",	  "ntfs.sys",
	"partmgr.sys",	"pci.sys",	"portcls.sys",	  "rdbss.sys",
	"refs.sys",	"rdyboost.sys", "scsiport.sys",	  "srv2.sys",
	"storport.sys", "tcpip.sys",	"tdx.sys",	  "ucx01000.sys",
	"usbccgp.sys",	"usbhub.sys",	"usbhub3.sys",	  "usbport.sys",
	"usbxhci.sys",	"volmgr.sys",	"volsnap.sys",	  "watchdog.sys",
	"wdf01000.sys", "win32k.sys",	"win32kbase.sys", "win32kfull.sys",
};

static bool
is_one_of(struct ww_slice name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ww_slice_casecmp(name, ww_slice_cstr(names[i])) == 0)
			return true;
	return false;
}

struct dump_modules
dump_modules_in(struct ww_arena *arena)
{
	return (struct dump_modules){
		.p = ww_arena_array(arena, DUMP_MODULES_MAX,
				    sizeof(struct dump_module)),
	};
}

/* Where the name begins behind the last separator, in bytes. */
static size_t
base_name(struct ww_slice utf16)
{
	size_t start = 0;

	for (size_t i = 0; i + 1 < utf16.len; i += 2)
		if (dump_16(utf16, i) == '\\' || dump_16(utf16, i) == '/')
			start = i + 2;
	return start;
}

/* What would look like another part of the line does not stand in a name. */
static bool
is_plain(uint32_t c)
{
	return c > ' ' && c != ';' && c != ',' && c != '(' && c != '+' &&
	       c != 0x7F && (c < 0xD800 || c > 0xDFFF);
}

static struct ww_slice
copy_name(struct dump *d, struct ww_slice utf16)
{
	struct ww_buf name = ww_buf_in(d->arena);
	size_t at = base_name(utf16);

	for (size_t n = 0; at + 1 < utf16.len && n < NAME_MAX_CHARS;
	     at += 2, n++) {
		uint32_t c = dump_16(utf16, at);
		char bytes[4];

		if (c == 0)
			break;
		ww_buf_add(&name,
			   ww_slice_of(bytes,
				       ww_utf8_encode(is_plain(c) ? c : '_',
						      bytes)));
	}
	return ww_buf_slice(&name);
}

/* "0xFFFFF80410000000" */
static struct ww_slice
name_by_address(struct dump *d, uint64_t base)
{
	struct ww_buf name = ww_buf_in(d->arena);

	ww_buf_add(&name, WW_LIT("0x"));
	ww_buf_hex(&name, base, 8);
	return ww_buf_slice(&name);
}

void
dump_modules_add(struct dump *d, struct dump_modules *modules,
		 struct ww_slice name, uint64_t base, uint64_t size,
		 bool unloaded)
{
	struct dump_module *m;

	if (unloaded)
		modules->unloaded++;
	else
		modules->loaded++;
	if (modules->n == DUMP_MODULES_MAX)
		return;
	m = &modules->p[modules->n++];
	*m = (struct dump_module){
		.name = copy_name(d, name),
		.base = base,
		.size = size,
		.unloaded = unloaded,
	};
	m->nameless = m->name.len == 0;
	if (m->nameless)
		m->name = name_by_address(d, base);
}

struct dump_module *
dump_module_of(const struct dump_modules *modules, uint64_t address)
{
	struct dump_module *gone = NULL;

	for (size_t i = 0; i < modules->n; i++) {
		struct dump_module *m = &modules->p[i];

		if (address < m->base || address - m->base >= m->size)
			continue;
		if (!m->unloaded)
			return m;
		gone = m;
	}
	return gone;
}

bool
dump_is_kernel(const struct dump_module *m)
{
	return is_one_of(m->name, kernels, WW_ARRAY_LEN(kernels));
}

bool
dump_is_carrier(const struct dump_module *m)
{
	return is_one_of(m->name, carriers, WW_ARRAY_LEN(carriers));
}

static const char *
kind_of(const struct dump_module *m)
{
	if (m->nameless)
		return "in a driver whose name the file does not hold: ";
	if (m->unloaded)
		return "in an unloaded driver: ";
	if (dump_is_kernel(m))
		return "in the kernel: ";
	if (dump_is_carrier(m))
		return "in a driver of Windows that works for others: ";
	return "in a driver: ";
}

void
dump_tell_module(struct dump *d, const struct dump_module *m)
{
	ww_buf_add(&d->told, ww_slice_cstr(kind_of(m)));
	ww_buf_add(&d->told, m->name);
}

void
dump_tell_offset(struct dump *d, const struct dump_module *m, uint64_t address)
{
	ww_buf_add(&d->told, m->name);
	ww_buf_add(&d->told, WW_LIT("+0x"));
	ww_buf_hex(&d->told, address - m->base, 1);
}

bool
dump_tell_place(struct dump *d, const struct dump_modules *modules,
		uint64_t address)
{
	const struct dump_module *m = dump_module_of(modules, address);

	if (m == NULL)
		return false;
	ww_buf_add(&d->told, ww_slice_cstr(kind_of(m)));
	dump_tell_offset(d, m, address);
	return true;
}
