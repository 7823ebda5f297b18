#!/bin/sh
# Install into a folder of its own, then build and run the example against
# what was installed, with the shared library and with the static one.
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

# shellcheck disable=SC2086 # a list of words
cc "$source/examples/explain.c" $flags -o "$tmp/shared"
LD_LIBRARY_PATH=$libdir "$tmp/shared" 0x80244007 | grep -q SOAPFAULT
cc "$source/examples/explain.c" -I"$prefix/include" "$libdir/libwinwhy.a" \
	-o "$tmp/static"
"$tmp/static" 0x80244007 | grep -q SOAPFAULT
"$prefix/bin/winwhy" --brief 0x80244007 | grep -q SOAPFAULT
echo "3 passed, 0 failed"
