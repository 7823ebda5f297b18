#!/bin/sh
# Install into a folder of its own, then build and run the examples against
# what was installed, with the shared library and with the static one.  Each
# public header is compiled alone, as C11 and as C++.
#	tests/install.sh BUILD_DIR
set -eu
source=$(cd "$(dirname "$0")/.." && pwd)
build=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

meson install -C "$build" --no-rebuild --destdir "$tmp" >/dev/null
pc=$(find "$tmp" -name winwhy.pc)
prefix=$tmp$(sed -n 's/^prefix=//p' "$pc")
libdir=$(dirname "$(find "$prefix" -name libwinwhy.so)")
flags=$(PKG_CONFIG_PATH=$(dirname "$pc") \
	pkg-config --define-variable=prefix="$prefix" --cflags --libs winwhy)

log=$source/tests/cases/soap-prerequisite-limit/WindowsUpdate.log
passed=0

ok() {
	passed=$((passed + 1))
}

for example in explain diagnose; do
	# shellcheck disable=SC2086 # a list of words
	cc "$source/examples/$example.c" $flags -o "$tmp/shared-$example"
	cc "$source/examples/$example.c" -I"$prefix/include" \
		"$libdir/libwinwhy.a" -o "$tmp/static-$example"
done
for kind in shared static; do
	LD_LIBRARY_PATH=$libdir "$tmp/$kind-explain" 0x80244007 |
		grep -q SOAPFAULT
	ok
	LD_LIBRARY_PATH=$libdir "$tmp/$kind-diagnose" "$log" |
		grep -q 'WindowsUpdate.log:57'
	ok
done
"$prefix/bin/winwhy" --brief 0x80244007 | grep -q SOAPFAULT
ok

for header in "$prefix"/include/winwhy/*.h; do
	echo "#include <winwhy/$(basename "$header")>" >"$tmp/one.c"
	cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$prefix/include" \
		-fsyntax-only "$tmp/one.c"
	ok
	if command -v c++ >/dev/null; then
		c++ -x c++ -std=c++11 -Wall -Wextra -Wpedantic -Werror \
			-I"$prefix/include" -fsyntax-only "$tmp/one.c"
		ok
	fi
done
echo "$passed passed, 0 failed"
