/*
 * The texts of the knowledge for translators: a PO template, each text with
 * where it stands as its msgctxt.
 */
#ifndef WW_COMPILE_TEMPLATE_H
#define WW_COMPILE_TEMPLATE_H

#include "compile/image.h"

struct ww_slice template_bytes(const struct image *image);

#endif
