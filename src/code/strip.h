/*
 * An argument without its packing: white space, quotes and brackets round it,
 * a full stop or comma that came along from the sentence.
 */
#ifndef WW_CODE_STRIP_H
#define WW_CODE_STRIP_H

#include "base/slice.h"

struct ww_slice ww_strip(struct ww_slice text);

#endif
