/*
 * The readers of text logs; each in a file of its own.  Used by dialects.c
 * and by the tests of each reader.
 */
#ifndef WW_INPUT_DIALECTS_H
#define WW_INPUT_DIALECTS_H

#include "input/dialect.h"

extern const struct ww_dialect ww_dialect_text;
extern const struct ww_dialect ww_dialect_wu;
extern const struct ww_dialect ww_dialect_wu_classic;
extern const struct ww_dialect ww_dialect_wu_undecoded;
extern const struct ww_dialect ww_dialect_cbs;
extern const struct ww_dialect ww_dialect_checksur;
extern const struct ww_dialect ww_dialect_dism;
extern const struct ww_dialect ww_dialect_dism_console;
extern const struct ww_dialect ww_dialect_sfc_console;
extern const struct ww_dialect ww_dialect_msi;
extern const struct ww_dialect ww_dialect_reporting;
extern const struct ww_dialect ww_dialect_wsus;
extern const struct ww_dialect ww_dialect_wsus_change;
extern const struct ww_dialect ww_dialect_iis;
extern const struct ww_dialect ww_dialect_httperr;
extern const struct ww_dialect ww_dialect_rsop;
extern const struct ww_dialect ww_dialect_setup;
extern const struct ww_dialect ww_dialect_registry;
extern const struct ww_dialect ww_dialect_setupdiag;
extern const struct ww_dialect ww_dialect_compat;
extern const struct ww_dialect ww_dialect_status;
extern const struct ww_dialect ww_dialect_cmtrace;
extern const struct ww_dialect ww_dialect_intune;
extern const struct ww_dialect ww_dialect_ccm_server;
extern const struct ww_dialect ww_dialect_setupapi;
extern const struct ww_dialect ww_dialect_netsetup;
extern const struct ww_dialect ww_dialect_pfro;
extern const struct ww_dialect ww_dialect_mplog;
extern const struct ww_dialect ww_dialect_mrt;
extern const struct ww_dialect ww_dialect_dolog;
extern const struct ww_dialect ww_dialect_dump;
extern const struct ww_dialect ww_dialect_firewall;
extern const struct ww_dialect ww_dialect_wer;
extern const struct ww_dialect ww_dialect_events;
extern const struct ww_dialect ww_dialect_uso;
extern const struct ww_dialect ww_dialect_waasmedic;
extern const struct ww_dialect ww_dialect_trace;
extern const struct ww_dialect ww_dialect_probe;

#endif
