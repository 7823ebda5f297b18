/*
 * Device objects and requests that a stop code's parameters are the addresses
 * of, where a small dump holds them: which driver a device belongs to, and
 * which one a request waits in.
 *
 * Offsets were checked on device, driver and request objects in real small
 * dumps of 64 bits; of 32 bits none is read.
 */
#include "base/compiler.h"
#include "input/dump/kernel.h"

#include "base/banned.h"

/* DEVICE_OBJECT */
#define DEVICE_LEN	0x20u
#define DEVICE_TYPE	3u
#define DEVICE_DRIVER	0x08u
#define DEVICE_ATTACHED 0x18u

/* DRIVER_OBJECT */
#define DRIVER_LEN   0x20u
#define DRIVER_TYPE  4u
#define DRIVER_START 0x18u

/* IRP, of which the current IO_STACK_LOCATION says who has it now. */
#define REQUEST_LEN	 0xC0u
#define REQUEST_TYPE	 6u
#define REQUEST_COUNT	 0x42u
#define REQUEST_CURRENT	 0x43u
#define REQUEST_LOCATION 0xB8u
#define LOCATION_LEN	 0x48u
#define LOCATION_DEVICE	 0x28u

/* Devices on top of each other; real stacks have some six. */
#define ATTACHED_MAX 16

/* DRIVER_POWER_STATE_FAILURE: parameter 1 says what the others are. */
static const struct {
	uint32_t code, first;
	unsigned parameter;
	bool request;
} objects[] = {
	{ 0x9F, 0x1, 2, false },   { 0x9F, 0x2, 2, false },
	{ 0x9F, 0x2, 3, false },   { 0x9F, 0x3, 2, false },
	{ 0x9F, 0x3, 4, true },	   { 0x9F, 0x5, 2, false },
	{ 0x9F, 0x500, 3, false }, { 0x9F, 0x500, 4, false },
};

/* All three begin with their type. */
static bool
find_object(const struct dump_kernel *k, uint64_t address, size_t n,
	    uint16_t type, struct ww_slice *ret)
{
	return dump_find_memory(k, address, n, ret) && dump_16(*ret, 0) == type;
}

/* The driver of a device, if its object and the driver's are there. */
static const struct dump_module *
driver_of(const struct dump_kernel *k, struct ww_slice device)
{
	struct ww_slice driver;

	if (!find_object(k, dump_64(device, DEVICE_DRIVER), DRIVER_LEN,
			 DRIVER_TYPE, &driver))
		return NULL;
	return dump_module_of(&k->drivers, dump_64(driver, DRIVER_START));
}

/* "Devices of parameter 2, the lowest first: pci.sys, contosonet.sys" */
static void
tell_devices(struct dump_kernel *k, unsigned number)
{
	struct ww_buf *told = &k->d->told;
	uint64_t address = k->parameters[number - 1];
	struct ww_slice device;
	bool any = false;

	for (unsigned n = 0; n < ATTACHED_MAX; n++) {
		const struct dump_module *m;

		if (!find_object(k, address, DEVICE_LEN, DEVICE_TYPE, &device))
			break;
		m = driver_of(k, device);
		if (m == NULL)
			break;
		if (any)
			ww_buf_add(told, WW_LIT(", "));
		else
			ww_buf_printf(told,
				      "Devices of parameter %u, the lowest "
				      "first: ",
				      number);
		ww_buf_add(told, m->name);
		any = true;
		address = dump_64(device, DEVICE_ATTACHED);
	}
	if (any)
		ww_buf_char(told, '\n');
}

/* The device that a request was given to last. */
static bool
find_device_of(const struct dump_kernel *k, uint64_t address,
	       struct ww_slice *ret)
{
	struct ww_slice request, location;
	const uint8_t *places;

	if (!find_object(k, address, REQUEST_LEN, REQUEST_TYPE, &request))
		return false;
	places = (const uint8_t *)request.p;
	/* Behind the last, it is of nobody. */
	if (places[REQUEST_CURRENT] > places[REQUEST_COUNT] ||
	    !dump_find_memory(k, dump_64(request, REQUEST_LOCATION),
			      LOCATION_LEN, &location))
		return false;
	return find_object(k, dump_64(location, LOCATION_DEVICE), DEVICE_LEN,
			   DEVICE_TYPE, ret);
}

/* "Request of parameter 4 of 0x9F, waits in a driver: contosonet.sys" */
static void
tell_request(struct dump_kernel *k, unsigned number)
{
	struct ww_buf *told = &k->d->told;
	const struct dump_module *m;
	struct ww_slice device;

	if (!find_device_of(k, k->parameters[number - 1], &device))
		return;
	m = driver_of(k, device);
	if (m == NULL)
		return;
	ww_buf_printf(told, "Request of parameter %u of 0x%X, waits ", number,
		      (unsigned)ww_stop_plain(k->code));
	dump_tell_module(k->d, m);
	ww_buf_char(told, '\n');
}

void
dump_tell_objects(struct dump_kernel *k)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(objects); i++) {
		if (k->layout->pointer != 8 ||
		    objects[i].code != ww_stop_plain(k->code) ||
		    objects[i].first != k->parameters[0])
			continue;
		if (objects[i].request)
			tell_request(k, objects[i].parameter);
		else
			tell_devices(k, objects[i].parameter);
	}
}
