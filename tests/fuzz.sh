#!/bin/sh
# Build the fuzz targets with clang and run each for FUZZ_SECONDS.
#	tests/fuzz.sh FOLDER
set -eu
cd "$(dirname "$0")/.."
dir=$1
seconds=${FUZZ_SECONDS:-5}
flags="-g -O1 -std=c17 -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude
	-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined"

mkdir -p "$dir"
# The library: all but the programs, what they know of the platform, and the
# catalogue inside.
sources=$(git ls-files 'src/*.c' ':!src/cli' ':!src/compile' ':!src/sys' \
	':!src/unpack' ':!src/catalogue/embedded.c')
for target in tests/fuzz/fuzz_*.c; do
	name=$(basename "$target" .c)
	echo "$name"
	# shellcheck disable=SC2086 # lists of words
	clang $flags "$target" $sources -o "$dir/$name"
	mkdir -p "$dir/corpus-$name"
	seeds=
	[ ! -d "tests/fuzz/seeds-$name" ] || seeds=tests/fuzz/seeds-$name
	dict=tests/fuzz/${name#fuzz_}.dict
	[ ! -f "$dict" ] || seeds="$seeds -dict=$dict"
	# shellcheck disable=SC2086
	"$dir/$name" -max_total_time="$seconds" -rss_limit_mb=2048 \
		-artifact_prefix="$dir/" "$dir/corpus-$name" $seeds \
		>"$dir/$name.log" 2>&1 || {
		tail -30 "$dir/$name.log"
		exit 1
	}
done
