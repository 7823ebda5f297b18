#include "unpack/confine.h"

#include <errno.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/resource.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef WW_HAVE_SECCOMP
#include <seccomp.h>
#endif

#include "base/compiler.h"

#include "base/banned.h"

/* Seconds between the signal that ends the work and the one that kills. */
#define GRACE 10

/* A limit that is there already may be lower, and is then left alone. */
static bool
limit(int resource, rlim_t soft, rlim_t hard)
{
	struct rlimit now;

	if (getrlimit(resource, &now) != 0)
		return false;
	if (now.rlim_max != RLIM_INFINITY && now.rlim_max < hard)
		hard = now.rlim_max;
	if (soft > hard)
		soft = hard;
	now.rlim_cur = soft;
	now.rlim_max = hard;
	return setrlimit(resource, &now) == 0;
}

static bool
limit_all(const struct ww_confines *keep)
{
	/* A sanitizer reserves terabytes of addresses. */
#ifndef WW_SANITIZED
	if (!limit(RLIMIT_AS, keep->memory, keep->memory))
		return false;
#endif
#ifdef RLIMIT_NPROC
	if (!limit(RLIMIT_NPROC, 0, 0))
		return false;
#endif
	return limit(RLIMIT_CPU, keep->seconds, keep->seconds + GRACE) &&
	       limit(RLIMIT_FSIZE, keep->file, keep->file) &&
	       limit(RLIMIT_CORE, 0, 0) &&
	       /* The three standard ones: no further file can be opened. */
	       limit(RLIMIT_NOFILE, 3, 3);
}

#ifdef WW_HAVE_SECCOMP

static const int allowed[] = {
	SCMP_SYS(read),
	SCMP_SYS(write),
	SCMP_SYS(lseek),
	SCMP_SYS(_llseek),
	SCMP_SYS(close),
	SCMP_SYS(brk),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(madvise),
	SCMP_SYS(futex),
	SCMP_SYS(sched_yield),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_gettime64),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(time),
	SCMP_SYS(getrandom),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sigreturn),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
#ifdef WW_SANITIZED
	/* A sanitizer's way out; an unmapped stack is no way in. */
	SCMP_SYS(sigaltstack),
#endif
};

/* Bytes that come through a pipe, and how a program ended. */
static const int allowed_waits[] = {
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	SCMP_SYS(wait4),
	SCMP_SYS(waitid),
};

/* Memory, but none that can be executed. */
static const int allowed_memory[] = {
	SCMP_SYS(mmap),
	SCMP_SYS(mmap2),
	SCMP_SYS(mprotect),
};

static bool
allow(scmp_filter_ctx filter, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
			return false;
	return true;
}

static bool
add_rules(scmp_filter_ctx filter, const struct ww_confines *keep)
{
	const struct scmp_arg_cmp no_code =
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);

	if (!allow(filter, allowed, WW_ARRAY_LEN(allowed)) ||
	    (keep->waits &&
	     !allow(filter, allowed_waits, WW_ARRAY_LEN(allowed_waits))))
		return false;
	for (size_t i = 0; i < WW_ARRAY_LEN(allowed_memory); i++)
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed_memory[i],
				     1, no_code) != 0)
			return false;
	return true;
}

/* A refused call fails: libraries ask for comforts they can do without. */
static bool
filter_calls(const struct ww_confines *keep)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool ok;

	if (filter == NULL)
		return false;
	ok = add_rules(filter, keep) && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return ok;
}

bool
ww_confine_filters(void)
{
	return true;
}

#else

static bool
filter_calls(const struct ww_confines *keep)
{
	(void)keep;
	return true;
}

bool
ww_confine_filters(void)
{
	return false;
}

#endif

bool
ww_confine(const struct ww_confines *keep)
{
#ifdef __linux__
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return false;
#endif
	return limit_all(keep) && filter_calls(keep);
}
