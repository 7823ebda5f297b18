#!/bin/sh
# Make sure that what the given tasks need is installed.
#	tools/packages.sh build|check|audit|bench...
# With apt, as root or through sudo, it installs what is missing and says so;
# the grammar of the audit comes through npm, into the folder of the audit.
# With NO_INSTALL=1, or on another system, it only says what is missing.
set -eu

# package:command or file that shows it is there.  What they only recommend is
# not installed, so that libc's headers are named too.
build="gcc:gcc libc6-dev:/usr/include/stdio.h meson:meson ninja-build:ninja
	pkg-config:pkg-config gettext:msgfmt libyaml-dev:/usr/include/yaml.h
	libarchive-dev:/usr/include/archive.h
	libseccomp-dev:/usr/include/seccomp.h libcurl4-openssl-dev:
	libmicrohttpd-dev:/usr/include/microhttpd.h zlib1g-dev:/usr/include/zlib.h"
check="git:git clang:clang clang-format:clang-format
	clang-tidy:clang-tidy mandoc:mandoc shellcheck:shellcheck
	gcc-mingw-w64-x86-64:x86_64-w64-mingw32-gcc wine:wine wine64:
	libcmocka-dev:/usr/include/cmocka.h
	python3:python3 python3-jsonschema: python3-yaml: python3-html5lib:
	python3-zeep: openssl:openssl
	chromium:chromium chromium-driver:chromedriver zsh:zsh fish:fish
	p7zip-full:7z gcab:gcab zstd:zstd jq:jq rsyslog:/usr/sbin/rsyslogd"
audit="mingw-w64-common:/usr/share/mingw-w64/include/winerror.h
	python3:python3 python3-yaml: nodejs:node npm:npm"
bench="musl-tools:musl-gcc hyperfine:hyperfine ripgrep:rg python3:python3
	jq:jq libevtx-utils:evtxexport curl:curl hugo:hugo wrk:wrk
	nginx-light:nginx"

is_there() { # package witness
	case $2 in
	'') dpkg-query -W -f '${Status}' "$1" 2>/dev/null |
		grep -q 'ok installed' ;;
	/*) [ -e "$2" ] ;;
	*) command -v "$2" >/dev/null ;;
	esac
}

# clang's sanitizers and fuzzer are a package of their own, named by version.
has_fuzzer() {
	tmp=$(mktemp -d)
	echo 'int LLVMFuzzerTestOneInput(const char *p, long n) { return !p && n; }' >"$tmp/f.c"
	clang -fsanitize=fuzzer,address "$tmp/f.c" -o "$tmp/f" 2>/dev/null
	status=$?
	rm -rf "$tmp"
	return $status
}

# What npm writes last is no older than what it was told to fetch.
has_grammar() { # folder
	[ -e "$1/node_modules/.package-lock.json" ] &&
		[ -z "$(find "$1/package-lock.json" \
			-newer "$1/node_modules/.package-lock.json")" ]
}

missing_of() {
	for pair in $1; do
		is_there "${pair%%:*}" "${pair#*:}" || echo "${pair%%:*}"
	done
}

missing=
for task in "$@"; do
	case $task in
	build) missing="$missing $(missing_of "$build")" ;;
	check) missing="$missing $(missing_of "$check")" ;;
	audit) missing="$missing $(missing_of "$audit")" ;;
	bench) missing="$missing $(missing_of "$bench")" ;;
	*) echo "usage: $0 build|check|audit|bench..." >&2; exit 2 ;;
	esac
done
missing=$(echo "$missing" | xargs)

install() {
	echo "Installing what is missing for $tasks: $*"
	sudo=
	[ "$(id -u)" = 0 ] || sudo=sudo
	$sudo apt-get update -qq
	DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq \
		--no-install-recommends "$@" >/dev/null
}

tasks="$*"
if [ -n "$missing" ]; then
	if [ "${NO_INSTALL:-}" = 1 ] || ! command -v apt-get >/dev/null; then
		echo "Missing for $tasks: $missing" >&2
		exit 1
	fi
	# shellcheck disable=SC2086 # a list of words
	install $missing
fi

case " $tasks " in
*' audit '*)
	folder=$(dirname "$0")/audit
	if ! has_grammar "$folder"; then
		if [ "${NO_INSTALL:-}" = 1 ]; then
			echo "Missing: what npm ci fetches in $folder" >&2
			exit 1
		fi
		echo "Fetching what is missing for $tasks: npm ci in $folder"
		npm ci --prefix "$folder" --loglevel error >/dev/null
	fi ;;
esac

case " $tasks " in
*' check '*)
	if ! has_fuzzer; then
		version=$(clang -dumpversion | cut -d. -f1)
		if [ "${NO_INSTALL:-}" = 1 ]; then
			echo "Missing: libclang-rt-$version-dev" >&2
			exit 1
		fi
		install "libclang-rt-$version-dev"
	fi ;;
esac
