/*
 * The error record of WHEA_UNCORRECTABLE_ERROR, where a small dump holds it:
 * how severe, which parts it has, and what the parts of a processor or a PCI
 * Express device say.
 *
 * The record is that of the UEFI specification (CPER), the part of a machine
 * check one of Windows; no real dump with one was at hand.
 */
#include "base/compiler.h"
#include "input/dump/kernel.h"

#include "base/banned.h"

/* WHEA_UNCORRECTABLE_ERROR: parameter 2 is the address of the record. */
#define WHEA_STOP      0x124u
#define WHEA_PARAMETER 2u

/* The record, then descriptions of its sections. */
#define SIGNATURE   WW_LIT("CPER")
#define HEADER_LEN  128u
#define AT_SECTIONS 10u
#define AT_SEVERITY 12u
#define SECTION_LEN 72u
#define AT_TYPE	    16u
#define TYPE_LEN    16u

/* Real records have two or three. */
#define SECTIONS_MAX 8

/* WHEA_XPF_MCA_SECTION, packed. */
#define MCA_LEN	      72u
#define MCA_PROCESSOR 16u
#define MCA_BANK      36u
#define MCA_STATUS    40u
#define MCA_ADDRESS   48u
#define ADDRESS_IS    (UINT64_C(1) << 58)

/* The section of PCI Express; what of it is valid says its first number. */
#define PCIE_LEN    40u
#define PCIE_DEVICE 24u
#define DEVICE_IS   (UINT64_C(1) << 3)

static void tell_machine_check(struct dump *d, struct ww_slice section);
static void tell_pci_express(struct dump *d, struct ww_slice section);

/* Kinds of sections, by their GUID as it stands in the record. */
static const struct kind {
	const char *name;
	uint8_t type[TYPE_LEN];
	size_t len; /* of what is told of it */
	void (*tell)(struct dump *d, struct ww_slice section);
} kinds[] = {
	{ "machine check",
	  { 0x01, 0x1D, 0x1E, 0x8A, 0xF9, 0x42, 0x57, 0x45, 0x9C, 0x33, 0x56,
	    0x5E, 0x5C, 0xC3, 0xF7, 0xE8 },
	  MCA_LEN,
	  tell_machine_check },
	{ "PCI Express",
	  { 0x54, 0xE9, 0x95, 0xD9, 0xC1, 0xBB, 0x0F, 0x43, 0xAD, 0x91, 0xB4,
	    0x4D, 0xCB, 0x3C, 0x6F, 0x35 },
	  PCIE_LEN,
	  tell_pci_express },
	{ "processor",
	  { 0xAD, 0xCC, 0x76, 0x98, 0x47, 0xB4, 0xDB, 0x4B, 0xB6, 0x5E, 0x16,
	    0xF1, 0x93, 0xC4, 0xF3, 0xDB },
	  0,
	  NULL },
	{ "x86 processor",
	  { 0xB0, 0xA0, 0x3E, 0xDC, 0x44, 0xA1, 0x97, 0x47, 0xB9, 0x5B, 0x53,
	    0xFA, 0x24, 0x2B, 0x6E, 0x1D },
	  0,
	  NULL },
	{ "ARM processor",
	  { 0x16, 0x3D, 0x9E, 0xE1, 0x11, 0xBC, 0xE4, 0x11, 0x9C, 0xAA, 0xC2,
	    0x05, 0x1D, 0x5D, 0x46, 0xB0 },
	  0,
	  NULL },
	{ "memory",
	  { 0x14, 0x11, 0xBC, 0xA5, 0x64, 0x6F, 0xDE, 0x4E, 0xB8, 0x63, 0x3E,
	    0x83, 0xED, 0x7C, 0x83, 0xB1 },
	  0,
	  NULL },
	{ "firmware",
	  { 0x96, 0x2A, 0x21, 0x81, 0xED, 0x09, 0x96, 0x49, 0x94, 0x71, 0x8D,
	    0x72, 0x9C, 0x8E, 0x69, 0xED },
	  0,
	  NULL },
};

/* "Machine check: processor 3, bank 5, status 0xBE…, address 0x…" */
static void
tell_machine_check(struct dump *d, struct ww_slice section)
{
	uint64_t status = dump_64(section, MCA_STATUS);

	ww_buf_printf(&d->told,
		      "Machine check: processor %u, bank %u, status 0x",
		      (unsigned)dump_32(section, MCA_PROCESSOR),
		      (unsigned)dump_32(section, MCA_BANK));
	ww_buf_hex(&d->told, status, 16);
	if ((status & ADDRESS_IS) != 0) {
		ww_buf_add(&d->told, WW_LIT(", address 0x"));
		ww_buf_hex(&d->told, dump_64(section, MCA_ADDRESS), 16);
	}
	ww_buf_char(&d->told, '\n');
}

/* "PCI Express error: device 8086:15B8 at 0:31.6", bus, device, function */
static void
tell_pci_express(struct dump *d, struct ww_slice section)
{
	const uint8_t *p = (const uint8_t *)section.p + PCIE_DEVICE;

	if ((dump_64(section, 0) & DEVICE_IS) == 0)
		return;
	ww_buf_printf(&d->told, "PCI Express error: device %04X:%04X",
		      (unsigned)dump_16(section, PCIE_DEVICE),
		      (unsigned)dump_16(section, PCIE_DEVICE + 2));
	ww_buf_printf(&d->told, " at %u:%u.%u\n", p[11], p[8], p[7]);
}

static const struct kind *
kind_of(struct ww_slice description)
{
	struct ww_slice type = ww_slice_part(description, AT_TYPE, TYPE_LEN);

	for (size_t i = 0; i < WW_ARRAY_LEN(kinds); i++)
		if (memcmp(type.p, kinds[i].type, TYPE_LEN) == 0)
			return &kinds[i];
	return NULL;
}

static const char *
severity_of(struct ww_slice header)
{
	static const char *const names[] = {
		"recoverable",
		"fatal",
		"corrected",
		"informational",
	};
	uint32_t severity = dump_32(header, AT_SEVERITY);

	return severity < WW_ARRAY_LEN(names) ? names[severity]
					      : "of unknown severity";
}

/* The descriptions of the sections that are there. */
static struct ww_slice
find_sections(const struct dump_kernel *k, uint64_t record,
	      struct ww_slice header)
{
	size_t n = dump_16(header, AT_SECTIONS);
	struct ww_slice ret = { 0 };

	if (n > SECTIONS_MAX)
		n = SECTIONS_MAX;
	while (n > 0 &&
	       !dump_find_memory(k, record + HEADER_LEN, n * SECTION_LEN, &ret))
		n--;
	return ret;
}

static void
tell_section(struct dump_kernel *k, uint64_t record, struct ww_slice list,
	     size_t at)
{
	const struct kind *kind = kind_of(ww_slice_part(list, at, SECTION_LEN));
	struct ww_slice section;

	if (kind != NULL && kind->tell != NULL &&
	    dump_32(list, at + 4) >= kind->len &&
	    dump_find_memory(k, record + dump_32(list, at), kind->len,
			     &section))
		kind->tell(k->d, section);
}

/* "Hardware error of parameter 2: fatal; x86 processor, machine check" */
static void
tell_record(struct dump_kernel *k, struct ww_slice header, struct ww_slice list)
{
	struct ww_buf *told = &k->d->told;

	ww_buf_printf(told, "Hardware error of parameter %u: %s",
		      WHEA_PARAMETER, severity_of(header));
	for (size_t at = 0; at < list.len; at += SECTION_LEN) {
		const struct kind *kind =
		    kind_of(ww_slice_part(list, at, SECTION_LEN));

		ww_buf_printf(told, "%s%s", at == 0 ? "; " : ", ",
			      kind == NULL ? "a part of the maker"
					   : kind->name);
	}
	ww_buf_char(told, '\n');
}

void
dump_tell_hardware(struct dump_kernel *k)
{
	uint64_t record = k->parameters[WHEA_PARAMETER - 1];
	struct ww_slice header, list;

	if (ww_stop_plain(k->code) != WHEA_STOP ||
	    !dump_find_memory(k, record, HEADER_LEN, &header) ||
	    !ww_slice_starts(header, SIGNATURE))
		return;
	list = find_sections(k, record, header);
	tell_record(k, header, list);
	for (size_t at = 0; at < list.len; at += SECTION_LEN)
		tell_section(k, record, list, at);
}
