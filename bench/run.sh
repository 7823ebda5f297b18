#!/bin/sh
# Measure winwhy against peers in the same run, and print a table.  Ratios
# hold on other machines, times do not.  Exit status: 1 when a goal is missed.
#	bench/run.sh BUILD_DIR
# ROUNDS and RUNS in the environment change how often programs are timed,
# LOG_MIB how large the generated logs are.
set -eu

if [ $# -ne 1 ] || [ ! -x "$1/winwhy" ]; then
	echo "usage: bench/run.sh BUILD_DIR (compiled before)" >&2
	exit 2
fi
rounds=${ROUNDS:-7}
runs=${RUNS:-200}
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
src=$here/../src
out=$build/bench
code=0x80244007

mkdir -p "$out"
figures=$out/figures
: >"$figures"

# The answers are English on every machine.
LC_ALL=C
export LC_ALL

compile() { # PROGRAM SOURCE...
	program=$1
	shift
	gcc -std=c17 -O2 -Wall -Wextra -D_POSIX_C_SOURCE=200809L \
		-I"$here/../include" -I"$src" -o "$out/$program" "$@"
}

build_static() {
	set -- "$src"/catalogue/embedded.S
	for part in base base/simd code catalogue evidence rules input \
		episode explain diagnose report render cli; do
		set -- "$@" "$src/$part"/*.c
	done
	for file in sys/posix sys/walk sys/listing unpack/frame \
		unpack/inlet unpack/name unpack/tar unpack/why; do
		set -- "$@" "$src/$file"*.c
	done
	musl-gcc -static -std=c17 -O2 -fvisibility=hidden \
		-D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE \
		-DWW_VERSION='"bench"' -I"$here/../include" -I"$src" \
		-I"$build/knowledge" -Wa,-I"$build/knowledge" \
		-o "$out/winwhy-static" "$@"
}

build_all() {
	compile empty "$here/empty.c"
	for name in lookup search pages; do
		compile "$name" "$here/$name.c" "$build/src/libwinwhy.a"
	done
	compile loggen "$here/loggen.c"
	compile codes "$here/codes.c" "$build/src/libwinwhy.a"
	if [ "$(uname -s)" = Linux ]; then
		compile rss "$here/rss.c"
	fi
	rm -f "$out/winwhy-static"
	if command -v musl-gcc >/dev/null; then
		build_static
	else
		echo "bench: no musl-gcc, the static build is left out" >&2
	fi
}

# Time all programs side by side, in rounds, so that a slow minute of the
# machine falls on all of them.  The medians of each round go to times.
time_programs() {
	set -- "./winwhy $code" bench/empty true
	if [ -x "$out/winwhy-static" ]; then
		set -- "$@" "bench/winwhy-static $code"
	fi
	# hyperfine takes blanks in a path for the end of the program's name.
	cd "$build"
	: >"$out/times"
	for round in $(seq "$rounds"); do
		hyperfine -N --style none -w 20 -r "$runs" --output null \
			--export-csv "$out/round.csv" "$@" 2>"$out/warnings" ||
			{ cat "$out/warnings" >&2; exit 2; }
		awk -F, -v round="$round" 'NR > 1 {
			n = split($1, path, "/")
			print round, path[n], $4 * 1000
		}' "$out/round.csv" >>"$out/times"
	done
}

# The last line of what the generator wrote has the sums.
expected() { # KEY
	tail -n 1 "$logs/expected.json" |
		sed "s/.*\"$1\": \([0-9]*\).*/\1/"
}

# All codes of the generated logs are found, and nothing else.
check_codes() {
	# shellcheck disable=SC2086 # a list of names
	(cd "$logs" && ../codes $names) >"$out/codes.txt"
	cat "$out/codes.txt" >>"$figures"
	for key in hex bare negative unsigned leftover lines; do
		want=$(expected $key)
		came=$(awk -F '\t' -v key="codes-$key" '$1 == key {
			printf "%d", $2 }' "$out/codes.txt")
		[ "$want" = "$came" ] || {
			echo "bench: $key: $came found, $want written" >&2
			exit 1
		}
	done
}

# The finder of codes beside ripgrep, on the same files and on one thread.
time_codes() {
	logs=$out/logs
	names='WindowsUpdate.log CBS.log dism.log msi-install.log u_ex260311.log'
	mkdir -p "$logs"
	"$out/loggen" "$logs" "$((${LOG_MIB:-256} * 1048576))" 1
	check_codes
	command -v rg >/dev/null || {
		echo "bench: no rg, the codes have no peer" >&2
		return 0
	}
	for round in $(seq "$rounds"); do
		(cd "$logs" && hyperfine -N --style none -w 1 -r 3 \
			--output null --export-csv "$out/round.csv" \
			"../codes $names" \
			"rg -j1 -c 0x[0-9A-Fa-f]{8} $names" \
			2>"$out/warnings") || { cat "$out/warnings" >&2; exit 2; }
		awk -F, -v round="$round" 'NR > 1 {
			sub("^../", "", $1)
			split($1, word, " ")
			print round, word[1], $4 * 1000
		}' "$out/round.csv" >>"$out/times"
	done
}

# The median of what each round says: field 1 is what, field 2 the figure.
median() {
	sort -n | awk '{ v[NR] = $1 }
		END { if (NR) printf "%.3f\n", v[int((NR + 1) / 2)] }'
}

# Milliseconds of a program whose line in times starts with a name.
time_of() { # NAME
	awk -v name="$1" '$2 == name { print $NF }' "$out/times" | median
}

# Rounds are compared pair by pair, and the median of the ratios counts.
ratio_of() { # NAME PEER
	awk -v name="$1" -v peer="$2" '
		$2 == name { a[$1] = $NF }
		$2 == peer { b[$1] = $NF }
		END { for (i in a) print a[i] / b[i] }' "$out/times" | median
}

figure() { # KEY
	awk -F '\t' -v key="$1" '$1 == key { print $2 }' "$figures"
}

missed=0
# The ratio, or where there is none the figure, is held against the goal.
row() { # WHAT FIGURE UNIT PEER RATIO GOAL
	what=$1 value=$2 unit=$3 peer=$4 ratio=$5 goal=$6 verdict=
	if [ -n "$goal" ]; then
		held=${ratio:-$value}
		verdict=$(awk -v v="${held:-none}" -v goal="$goal" 'BEGIN {
			print v != "none" && v + 0 <= goal + 0 ? "ok" : "MISSED"
		}')
		goal="<= $goal"
		[ -n "$ratio" ] || goal="$goal $unit"
	fi
	[ "$verdict" != MISSED ] || missed=1
	printf '%-36s %10s %-5s %-22s %6s  %-12s %s\n' \
		"$what" "$value" "$unit" "$peer" "$ratio" "$goal" "$verdict"
}

row_program() { # WHAT NAME PEER GOAL
	row "$1" "$(time_of "$2")" ms "$3 $(time_of "$3")" \
		"$(ratio_of "$2" "$3")" "$4"
}

row_lookup() { # WHAT KEY GOAL
	peer=$(figure "$2-peer")
	row "$1" "$(figure "$2")" ns "${peer:+binary search $peer}" '' "$3"
}

print_table() {
	printf '%-36s %10s %-5s %-22s %6s  %s\n' \
		what figure '' peer ratio goal
	if [ -x "$out/winwhy-static" ]; then
		row_program 'whole page, static musl' winwhy-static true 0.6
	fi
	row_program 'whole page, dynamic' winwhy empty 1.3
	row 'memory of a run, at most' "$(figure rss-total)" KiB '' '' ''
	row 'the same of a copied program' "$(figure copy-total)" KiB '' '' ''
	row 'of these no page of a file' "$(figure rss-anonymous)" KiB '' '' 512
	row 'page faults of a run' "$(figure rss-faults)" '' '' '' ''
	row 'catalogue pages of an answer, most' "$(figure pages-most)" '' \
		'' '' 80
	row_lookup 'look-up, hit' lookup-hit 15
	row_lookup 'look-up, half misses' lookup-half 15
	row_lookup 'look-up, each waits for the last' lookup-chain ''
	if command -v rg >/dev/null; then
		row_program 'all codes of the logs, one thread' codes rg 1
	fi
	row 'search, a key stroke, p50' "$(figure search-p50)" us '' '' ''
	row 'search, a key stroke, p99' "$(figure search-p99)" us '' '' 1000
	row 'search, a key stroke, max' "$(figure search-max)" us '' '' ''
}

# Memory of the static program where there is one: its pages are all its own.
measure_memory() {
	program=$build/winwhy
	[ ! -x "$out/winwhy-static" ] || program=$out/winwhy-static
	[ -x "$out/rss" ] || return 0
	"$out/rss" "$program" "$code" >>"$figures"
	# The system maps more around each touched page of a file that a linker
	# wrote than of a copy, and an installed program is a copy.
	cp "$program" "$out/winwhy-copy"
	"$out/rss" "$out/winwhy-copy" "$code" |
		sed 's/^rss/copy/' >>"$figures"
}

build_all
time_programs
time_codes
"$out/lookup" >>"$figures"
"$out/search" >>"$figures"
"$out/pages" "$build/knowledge/winwhy.cat" >>"$figures" || missed=1
measure_memory
print_table
exit "$missed"
