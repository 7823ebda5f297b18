/*
 * libwinwhy: why did Windows fail?  This header includes all others.
 */
#ifndef WINWHY_WINWHY_H
#define WINWHY_WINWHY_H

#include <winwhy/annotate.h>
#include <winwhy/catalogue.h>
#include <winwhy/code.h>
#include <winwhy/diagnose.h>
#include <winwhy/render.h>
#include <winwhy/report.h>
#include <winwhy/search.h>
#include <winwhy/slice.h>
#include <winwhy/status.h>

#endif
