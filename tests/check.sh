#!/bin/sh
# Everything a change must pass, in the order in which mistakes are cheap.
set -eu
cd "$(dirname "$0")/.."

say() {
	echo "== $*"
}

configure() { # folder, then arguments of meson setup
	dir=$1
	shift
	[ -f "$dir/build.ninja" ] || meson setup "$dir" "$@" >/dev/null
}

say "format and scripts"
git ls-files '*.c' '*.h' | xargs clang-format --dry-run -Werror
git ls-files '*.sh' .ci/run | xargs shellcheck
python3 tests/includes.py
tools/python.sh tools/audit/coverage.py --check
python3 tools/messages.py --check

say "gcc: unit, golden and whole-program tests"
# What was missing when make run configured it is there by now.
configure build
meson setup --reconfigure build -Dwerror=true >/dev/null
meson compile -C build
meson test -C build --print-errorlogs

say "audit of the knowledge"
tools/python.sh tests/audit.py
tools/python.sh tools/audit/audit.py build/src/compile/winwhy-compile

say "clang with AddressSanitizer and UndefinedBehaviorSanitizer"
[ -f build-asan/build.ninja ] || CC=clang meson setup build-asan \
	--buildtype debugoptimized -Dwerror=true -Db_lundef=false \
	-Db_sanitize=address,undefined -Ddefault_library=static >/dev/null
meson compile -C build-asan
# A browser tells nothing new of the program's memory.
UBSAN_OPTIONS=halt_on_error=1 meson test -C build-asan --print-errorlogs \
	--timeout-multiplier 4 --no-suite browser

say "clang-tidy"
# The analyzer within functions only: across them it takes longer than all else.
git ls-files 'src/*.c' | grep -v /windows |
	xargs -P 2 -n 8 clang-tidy -p build-asan --quiet \
		--extra-arg=-Xclang --extra-arg=-analyzer-config \
		--extra-arg=-Xclang --extra-arg=mode=shallow 2>/dev/null

say "manual pages"
(cd man && mandoc -T lint -W style ./*.[15])

say "fuzz targets, ${FUZZ_SECONDS:-5} seconds each"
FUZZ_SECONDS=${FUZZ_SECONDS:-5} tests/fuzz.sh build-fuzz

say "Windows build under Wine"
configure build-windows --cross-file tools/cross/mingw64.txt \
	-Ddefault_library=static -Dwerror=true
meson compile -C build-windows
tests/windows.sh build-windows build
