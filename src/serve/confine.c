#include "serve/confine.h"

#include <errno.h>
#include <stddef.h>
#include <sys/resource.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef WW_HAVE_SECCOMP
#include <seccomp.h>
#endif

#include "base/compiler.h"

#include "base/banned.h"

#define MEMORY_MAX ((rlim_t)2 << 30)
#define SECONDS	   240
#define GRACE	   10
#define FILE_MAX   ((rlim_t)1 << 30)
#define FILES_MAX  64

static bool
limit(int resource, rlim_t soft, rlim_t hard)
{
	const struct rlimit to = { .rlim_cur = soft, .rlim_max = hard };
	struct rlimit now;

	/* One that is there already may be lower, and is then left alone. */
	if (getrlimit(resource, &now) == 0 && now.rlim_max != RLIM_INFINITY &&
	    now.rlim_max < hard)
		return true;
	return setrlimit(resource, &to) == 0;
}

static bool
limit_all(void)
{
	/* A sanitizer reserves terabytes of addresses. */
#ifndef WW_SANITIZED
	if (!limit(RLIMIT_AS, MEMORY_MAX, MEMORY_MAX))
		return false;
#endif
	return limit(RLIMIT_CPU, SECONDS, SECONDS + GRACE) &&
	       limit(RLIMIT_FSIZE, FILE_MAX, FILE_MAX) &&
	       limit(RLIMIT_NOFILE, FILES_MAX, FILES_MAX) &&
	       limit(RLIMIT_CORE, 0, 0);
}

#ifdef WW_HAVE_SECCOMP

/* The ways out of a process that reads files. */
static const int refused[] = {
	SCMP_SYS(socket),     SCMP_SYS(connect),	   SCMP_SYS(bind),
	SCMP_SYS(listen),     SCMP_SYS(accept),	   SCMP_SYS(accept4),
	SCMP_SYS(sendto),     SCMP_SYS(sendmsg),	   SCMP_SYS(ptrace),
	SCMP_SYS(mount),      SCMP_SYS(umount2),	   SCMP_SYS(unshare),
	SCMP_SYS(setns),      SCMP_SYS(bpf),		   SCMP_SYS(keyctl),
	SCMP_SYS(add_key),    SCMP_SYS(request_key),	   SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
	SCMP_SYS(io_uring_setup),
};

static bool
filter_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	bool ok = filter != NULL;

	for (size_t i = 0; ok && i < WW_ARRAY_LEN(refused); i++)
		ok = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM),
				      refused[i], 0) == 0;
	ok = ok && seccomp_load(filter) == 0;
	if (filter != NULL)
		seccomp_release(filter);
	return ok;
}

#else

static bool
filter_calls(void)
{
	return true;
}

#endif

bool
serve_confine(void)
{
#ifdef __linux__
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return false;
#endif
	return limit_all() && filter_calls();
}
