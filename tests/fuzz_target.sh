#!/bin/sh
# Build one fuzz target against the library that tests/fuzz.sh has built, and
# run it for FUZZ_SECONDS.
#	tests/fuzz_target.sh FOLDER TARGET
set -eu
dir=$1
name=$(basename "$2" .c)
sanitizers="-fsanitize=address,undefined -fno-sanitize-recover=undefined"

more= # sources that are not of the library
case $name in
fuzz_frame)
	more="src/unpack/frame.c src/unpack/inlet.c src/unpack/name.c
		src/unpack/tar.c src/unpack/why.c"
	;;
fuzz_multipart) more=src/serve/multipart.c ;;
fuzz_probe) more=src/wsus/message.c ;;
fuzz_site) more="src/site/address.c src/site/manifest.c" ;;
esac
# shellcheck disable=SC2086 # lists of words
clang -g -O1 -std=c17 -Wall -Wextra -Wconversion -Werror \
	-D_POSIX_C_SOURCE=200809L -Isrc -Iinclude \
	-fsanitize=fuzzer $sanitizers "tests/fuzz/$name.c" $more \
	"$dir/library/src/libwinwhy.a" -o "$dir/$name"

# All of these read logs.
case $name in
fuzz_reader | fuzz_diagnosis | fuzz_timeline) kind=logs ;;
*) kind=${name#fuzz_} ;;
esac
seeds=
[ ! -d "tests/fuzz/seeds-$kind" ] || seeds=tests/fuzz/seeds-$kind
[ ! -f "tests/fuzz/$kind.dict" ] || seeds="$seeds -dict=tests/fuzz/$kind.dict"
mkdir -p "$dir/corpus-$name"
# shellcheck disable=SC2086
"$dir/$name" -max_total_time="${FUZZ_SECONDS:-5}" -rss_limit_mb=2048 \
	-artifact_prefix="$dir/" "$dir/corpus-$name" $seeds \
	>"$dir/$name.log" 2>&1 || {
	echo "$name"
	tail -30 "$dir/$name.log"
	exit 1
}
echo "$name"
