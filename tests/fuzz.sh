#!/bin/sh
# Build the fuzz targets with clang and run each for FUZZ_SECONDS, as many at
# a time as there are processors.
#	tests/fuzz.sh FOLDER [TARGET]...
# The library is built once, by Meson, with its catalogue inside.
set -eu
cd "$(dirname "$0")/.."
dir=$1
shift

[ -f "$dir/library/build.ninja" ] || CC=clang meson setup "$dir/library" \
	--buildtype debugoptimized -Doptimization=1 -Db_lundef=false \
	-Db_sanitize=address,undefined -Ddefault_library=static \
	-Dunpack=disabled -Dwerror=true \
	"-Dc_args=-fsanitize=fuzzer-no-link -fno-sanitize-recover=undefined" \
	>/dev/null
meson compile -C "$dir/library" winwhy:static_library >/dev/null

[ $# -gt 0 ] || set -- tests/fuzz/fuzz_*.c
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 1 tests/fuzz_target.sh "$dir"
