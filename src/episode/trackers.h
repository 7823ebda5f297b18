/*
 * The trackers; each in a file of its own.  Used by trackers.c.
 */
#ifndef WW_EPISODE_TRACKERS_H
#define WW_EPISODE_TRACKERS_H

#include "episode/tracker.h"

extern const struct ww_tracker ww_tracker_cbs;
extern const struct ww_tracker ww_tracker_ccm_app;
extern const struct ww_tracker ww_tracker_ccm_scan;
extern const struct ww_tracker ww_tracker_ccm_setup;
extern const struct ww_tracker ww_tracker_ccm_update;
extern const struct ww_tracker ww_tracker_checksur;
extern const struct ww_tracker ww_tracker_compat;
extern const struct ww_tracker ww_tracker_console;
extern const struct ww_tracker ww_tracker_delivery;
extern const struct ww_tracker ww_tracker_detection;
extern const struct ww_tracker ww_tracker_device;
extern const struct ww_tracker ww_tracker_dism;
extern const struct ww_tracker ww_tracker_dump;
extern const struct ww_tracker ww_tracker_event;
extern const struct ww_tracker ww_tracker_intune_app;
extern const struct ww_tracker ww_tracker_msi;
extern const struct ww_tracker ww_tracker_policy;
extern const struct ww_tracker ww_tracker_probe;
extern const struct ww_tracker ww_tracker_join;
extern const struct ww_tracker ww_tracker_logon;
extern const struct ww_tracker ww_tracker_malware;
extern const struct ww_tracker ww_tracker_renames;
extern const struct ww_tracker ww_tracker_rsop;
extern const struct ww_tracker ww_tracker_setup;
extern const struct ww_tracker ww_tracker_setupdiag;
extern const struct ww_tracker ww_tracker_sfc;
extern const struct ww_tracker ww_tracker_shutdown;
extern const struct ww_tracker ww_tracker_status;
extern const struct ww_tracker ww_tracker_store;
extern const struct ww_tracker ww_tracker_sysprep;
extern const struct ww_tracker ww_tracker_reporting;
extern const struct ww_tracker ww_tracker_task_sequence;
extern const struct ww_tracker ww_tracker_wu_download;
extern const struct ww_tracker ww_tracker_wu_fault;
extern const struct ww_tracker ww_tracker_wu_install;
extern const struct ww_tracker ww_tracker_wu_scan;
extern const struct ww_tracker ww_tracker_web;
extern const struct ww_tracker ww_tracker_wer;
extern const struct ww_tracker ww_tracker_wsus_server;

#endif
