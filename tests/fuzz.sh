#!/bin/sh
# Build the fuzz targets with clang and run each for FUZZ_SECONDS.
#	tests/fuzz.sh FOLDER [TARGET]...
# The library is built once, by Meson, with its catalogue inside.
set -eu
cd "$(dirname "$0")/.."
dir=$1
shift
seconds=${FUZZ_SECONDS:-5}
sanitizers="-fsanitize=address,undefined -fno-sanitize-recover=undefined"

[ -f "$dir/library/build.ninja" ] || CC=clang meson setup "$dir/library" \
	--buildtype debugoptimized -Doptimization=1 -Db_lundef=false \
	-Db_sanitize=address,undefined -Ddefault_library=static \
	-Dunpack=disabled -Dwerror=true \
	"-Dc_args=-fsanitize=fuzzer-no-link -fno-sanitize-recover=undefined" \
	>/dev/null
meson compile -C "$dir/library" winwhy:static_library >/dev/null

[ $# -gt 0 ] || set -- tests/fuzz/fuzz_*.c
for target; do
	name=$(basename "$target" .c)
	echo "$name"
	more= # sources that are not of the library
	[ "$name" != fuzz_frame ] || more="src/unpack/frame.c src/unpack/inlet.c
		src/unpack/name.c src/unpack/tar.c src/unpack/why.c"
	[ "$name" != fuzz_multipart ] || more=src/serve/multipart.c
	[ "$name" != fuzz_probe ] || more=src/wsus/message.c
	[ "$name" != fuzz_site ] ||
		more="src/site/address.c src/site/manifest.c"
	# shellcheck disable=SC2086 # lists of words
	clang -g -O1 -std=c17 -Wall -Wextra -Wconversion -Werror \
		-D_POSIX_C_SOURCE=200809L -Isrc -Iinclude \
		-fsanitize=fuzzer $sanitizers "tests/fuzz/$name.c" $more \
		"$dir/library/src/libwinwhy.a" -o "$dir/$name"
	mkdir -p "$dir/corpus-$name"
	# All of these read logs.
	case $name in
	fuzz_reader | fuzz_diagnosis | fuzz_timeline) kind=logs ;;
	*) kind=${name#fuzz_} ;;
	esac
	seeds=
	[ ! -d "tests/fuzz/seeds-$kind" ] || seeds=tests/fuzz/seeds-$kind
	[ ! -f "tests/fuzz/$kind.dict" ] ||
		seeds="$seeds -dict=tests/fuzz/$kind.dict"
	# shellcheck disable=SC2086
	"$dir/$name" -max_total_time="$seconds" -rss_limit_mb=2048 \
		-artifact_prefix="$dir/" "$dir/corpus-$name" $seeds \
		>"$dir/$name.log" 2>&1 || {
		tail -30 "$dir/$name.log"
		exit 1
	}
done
