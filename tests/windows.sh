#!/bin/sh
# The Windows program under Wine: its bytes, its file names, its exit status.
# Usage: tests/windows.sh BUILD_DIR [NATIVE_DIR]
# The native program to compare with is in NATIVE_DIR, otherwise in build/.
set -u

usage() {
	echo "usage: tests/windows.sh BUILD_DIR [NATIVE_DIR]" >&2
	exit 2
}

# program FOLDER NAME: its full name, in the folder or where meson puts it.
program() {
	folder=$(cd "$1" && pwd) || return 1
	[ -f "$folder/$2" ] || folder=$folder/src
	[ -f "$folder/$2" ] || echo "tests/windows.sh: no $2 in $1" >&2
	[ -f "$folder/$2" ] && echo "$folder/$2"
}

[ $# -eq 1 ] || [ $# -eq 2 ] || usage
root=$(cd "$(dirname "$0")/.." && pwd)
exe=$(program "$1" winwhy.exe) || exit 2
native=$(program "${2:-$root/build}" winwhy) || exit 2
command -v wine >/dev/null || {
	echo "tests/windows.sh: wine is needed" >&2
	exit 2
}

work=$(mktemp -d) || exit 2
export WINEPREFIX="$work/prefix" WINEDEBUG=-all
# Wine reads arguments and file names in the character set of the locale.
export LC_ALL=C.UTF-8
unset COLUMNS
unset DISPLAY

clean() {
	wineserver -k 2>/dev/null
	wineserver -w 2>/dev/null
	rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

passed=0
failed=0

# check NAME COMMAND...: one line, and the count.
check() {
	name=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
		echo "ok $name"
	else
		failed=$((failed + 1))
		echo "not ok $name"
	fi
}

# Into a pipe, as a script would read it.
windows() {
	wine "$exe" "$@" 2>"$work/stderr" </dev/null | cat
}

holds_e_acute() {
	LC_ALL=C grep -q "$(printf '\303\251')" "$1"
}

no_cr() {
	[ -s "$1" ] && [ "$(tr -dc '\r' <"$1" | wc -c)" -eq 0 ]
}

# The code found in a file is named, as it is when asked for directly.
names_code() {
	windows "$1" >"$work/file.txt"
	grep -q WU_E_PT_SOAPCLIENT_SOAPFAULT "$work/file.txt"
}

# Nobody listens on that port: WinHTTP says so, and the probe what it means.
asks_a_server() {
	windows --lang en --no-proxy wsus http://127.0.0.1:9 >"$work/wsus.txt"
	grep -q WU_E_PT_ENDPOINT_UNREACHABLE "$work/wsus.txt"
}

# What "netsh winhttp set proxy 127.0.0.1:9" leaves in the registry.
set_proxy() {
	wine reg add 'HKLM\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Connections' \
		/v WinHttpSettings /t REG_BINARY /f /d \
		1800000000000000030000000b0000003132372e302e302e313a3900000000 \
		</dev/null >/dev/null 2>&1
}

# Nobody listens there either, and it is the proxy that is said to be missing.
asks_through_the_system_proxy() {
	set_proxy || return 1
	windows --lang en wsus http://wsus01.invalid:8530 >"$work/wsus.txt"
	grep -q 'The proxy does not take' "$work/wsus.txt"
}

long_path() {
	part=$(printf 'folder-%058d' 0)
	path=.
	for _ in 1 2 3 4 5; do
		path=$path/$part
		mkdir "$path" || return 1
	done
	path=$path/update.log
	[ ${#path} -gt 260 ] || return 1
	echo 'update failed with 0x80244007' >"$path"
	names_code "$path"
}

same_as_native() {
	windows "$@" >"$work/windows.txt"
	"$native" "$@" </dev/null 2>/dev/null | cat >"$work/native.txt"
	[ -s "$work/native.txt" ] &&
		cmp -s "$work/windows.txt" "$work/native.txt"
}

# Records that do not fit into memory: a temporary file is used.
large_time_line() {
	awk 'BEGIN {
		for (i = 0; i < 90000; i++)
			printf "2026-11-19 %02d:%02d:%02d INFO %0400d\n",
			       i % 24, i % 60, i % 59, i
	}' >large.log
	same_as_native timeline ./large.log
}

# Line by line out of a pipe, CR and all.
annotated() {
	printf 'failed 0x80244007\r\nlast' >"$work/in.txt"
	wine "$exe" annotate <"$work/in.txt" 2>/dev/null |
		cat >"$work/windows.txt"
	"$native" annotate <"$work/in.txt" | cat >"$work/native.txt"
	[ -s "$work/native.txt" ] &&
		cmp -s "$work/windows.txt" "$work/native.txt"
}

exits_2() {
	wine "$exe" "$@" </dev/null >/dev/null 2>&1
	[ $? -eq 2 ]
}

# A server that stays makes each start of a program forty times faster.
server_stays() {
	wineserver -p >/dev/null 2>&1
}

golden_files() {
	python3 "$root/tests/golden.py" wine "$exe"
}

cd "$work" || exit 2
server_stays
wine cmd /c ver >/dev/null 2>&1 </dev/null || {
	echo "tests/windows.sh: wine does not start" >&2
	exit 2
}
windows --lang fr 0x80244007 >french.txt
echo 'update failed with 0x80244007' >été.log

check "French output holds é in UTF-8" holds_e_acute french.txt
check "output into a pipe holds no CR" no_cr french.txt
check "French output is the native program's" \
	same_as_native --lang fr 0x80244007
check "output is the native program's" same_as_native 0x80244007
check "a file with é in its name is read" names_code ./été.log
check "a path of more than 260 characters is read" long_path
check "a pipe is annotated as natively" annotated
check "a time line larger than memory is the native one" large_time_line
check "an update server is asked" asks_a_server
check "the proxy of the system is used" asks_through_the_system_proxy
check "an unknown option exits 2" exits_2 --no-such-option
check "the golden files hold" golden_files

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
