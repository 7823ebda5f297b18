#!/bin/sh
# Measure winwhy against peers in the same run, and print a table.  Ratios
# hold on other machines, times do not.  Exit status: 1 when a goal is missed.
#	bench/run.sh BUILD_DIR
# ROUNDS, RUNS and LOG_ROUNDS in the environment change how often programs are
# timed, BENCH_BYTES how large the logs are: 1 GiB, as much again for those of
# eight PCs, and twice that for the 40 logs of 20 kinds.
set -eu

if [ $# -ne 1 ] || [ ! -x "$1/winwhy" ]; then
	echo "usage: bench/run.sh BUILD_DIR (compiled before)" >&2
	exit 2
fi
rounds=${ROUNDS:-7}
runs=${RUNS:-200}
log_rounds=${LOG_ROUNDS:-5}
log_bytes=${BENCH_BYTES:-1073741824}
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
	gcc -std=c17 -O2 -Wall -Wextra -Wno-missing-field-initializers \
		-D_POSIX_C_SOURCE=200809L -I"$here/../include" -I"$src" -o "$out/$program" "$@"
}

# The program alone, without a dynamic linker's work.
build_static() {
	cat >"$out/musl.txt" <<-EOF
		[binaries]
		c = 'musl-gcc'
		ar = 'ar'
		[host_machine]
		system = 'linux'
		cpu_family = '$(uname -m)'
		cpu = '$(uname -m)'
		endian = 'little'
	EOF
	test -d "$out/musl" || meson setup "$out/musl" "$here/.." \
		--cross-file "$out/musl.txt" --buildtype=release \
		-Ddefault_library=static -Dc_link_args=-static \
		-Dunpack=disabled -Dseccomp=disabled \
		-Dwsus=disabled -Dserve=disabled \
		>/dev/null
	ninja -C "$out/musl" winwhy >/dev/null
	strip -o "$out/winwhy-static" "$out/musl/winwhy"
}

build_all() {
	compile empty "$here/empty.c"
	for name in lookup search pages reach; do
		compile "$name" "$here/$name.c" "$build/src/libwinwhy.a"
	done
	compile loggen "$here/loggen.c"
	compile write_evtx "$here/../tests/writers/write_evtx.c" \
		"$build/src/libwinwhy.a"
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

# Logs as they are on one PC, and those of eight.
write_logs() {
	rm -rf "$out/logs" "$out/bundle" "$out/wide"
	mkdir "$out/logs" "$out/bundle"
	python3 "$here/wide.py" "$here/../tests/cases" "$out/wide" \
		$((log_bytes * 2))
	"$out/loggen" "$out/logs" "$log_bytes" 1 >"$out/logs.json"
	for pc in 1 2 3 4 5 6 7 8; do
		mkdir "$out/bundle/pc-$pc"
		"$out/loggen" "$out/bundle/pc-$pc" $((log_bytes / 8)) "$pc" \
			>"$out/bundle.json"
	done
}

# The same lines as one text, which hyperfine's commands read through a pipe,
# and as objects; jq is given a part of them, being slower by far.
write_streams() {
	python3 "$here/streams.py" "$out/logs" "$out/stream.log" \
		"$out/stream.ndjson"
	head -n 200000 "$out/stream.ndjson" >"$out/part.ndjson"
}

# What is in the logs, what is said of them, and the memory that takes.
check_logs() {
	differ=0
	python3 "$here/logs.py" "$build/winwhy" "$out/logs" "$out/logs.json" ||
		differ=1
	printf 'logs-differ\t%d\n' "$differ" >>"$figures"
	"$out/reach" "$out"/logs/* >>"$figures"
	[ -x "$out/rss" ] || return 0
	taskset -c 0 "$out/rss" "$build/winwhy" diagnose "$out/logs" |
		sed 's/^rss/logs/' >>"$figures"
	for form in log ndjson; do
		"$out/rss" "$build/winwhy" annotate "$out/stream.$form" |
			sed "s/^rss/annotate-$form/" >>"$figures"
	done
}

# In rounds, too; each command is pinned, and has read its files before.
time_logs() {
	cd "$build"
	for round in $(seq "$log_rounds"); do
		hyperfine -N --style none -w 1 -r 1 --output null \
			--export-csv "$out/round.csv" \
			-n rg "taskset -c 0 rg -j1 -c 0x[0-9A-Fa-f]{8} $(echo bench/logs/*)" \
			-n codes 'taskset -c 0 ./winwhy codes bench/logs' \
			-n diagnosis 'taskset -c 0 ./winwhy diagnose bench/logs' \
			-n one-core 'taskset -c 0 ./winwhy diagnose bench/bundle' \
			-n two-cores 'taskset -c 0,1 ./winwhy diagnose bench/bundle' \
			-n wide 'taskset -c 0 ./winwhy diagnose bench/wide' \
			-n wide-two 'taskset -c 0,1 ./winwhy diagnose bench/wide' \
			2>"$out/warnings" || { cat "$out/warnings" >&2; exit 2; }
		awk -F, -v round="$round" 'NR > 1 {
			print round, $1, $2 * 1000
		}' "$out/round.csv" >>"$out/times"
	done
}

# Through a pipe, whose writer is beside it.
time_streams() {
	cd "$build"
	for round in $(seq "$log_rounds"); do
		hyperfine --style none -w 1 -r 1 --output null \
			--export-csv "$out/round.csv" \
			-n rg-passthru 'cat bench/stream.log | taskset -c 0 rg -j1 --passthru 0x[0-9A-Fa-f]{8}' \
			-n annotate-text 'cat bench/stream.log | taskset -c 0 ./winwhy annotate' \
			-n annotate-ndjson 'cat bench/stream.ndjson | taskset -c 0 ./winwhy annotate --field message' \
			-n annotate-part 'cat bench/part.ndjson | taskset -c 0 ./winwhy annotate --field message' \
			-n jq "cat bench/part.ndjson | taskset -c 0 jq -c '.winwhy=[]'" \
			2>"$out/warnings" || { cat "$out/warnings" >&2; exit 2; }
		awk -F, -v round="$round" 'NR > 1 {
			print round, $1, $2 * 1000
		}' "$out/round.csv" >>"$out/times"
	done
}

# Event logs of 32 MB each, in the manner of System, Application, Security.
event_logs="system application security"

write_events() {
	rm -rf "$out/events"
	mkdir "$out/events"
	for kind in $event_logs; do
		"$out/write_evtx" "$out/events/$kind.evtx" 32 "$kind"
	done
	cat "$out"/events/*.evtx >"$out/events.bytes"
}

# The peer takes seconds for a file, and is given one.
time_events() {
	cd "$build"
	set -- -n events-part 'taskset -c 0 ./winwhy events --format jsonl bench/events/system.evtx'
	if command -v evtxexport >/dev/null; then
		set -- "$@" -n evtxexport 'taskset -c 0 evtxexport -f xml bench/events/system.evtx'
	fi
	for round in $(seq "$log_rounds"); do
		hyperfine -N --style none -w 1 -r 1 --output null \
			--export-csv "$out/round.csv" \
			-n events-json 'taskset -c 0 ./winwhy events --format jsonl bench/events' \
			-n events-diagnosis 'taskset -c 0 ./winwhy diagnose bench/events' \
			-n events-alone 'taskset -c 0 ./winwhy diagnose bench/events/security.evtx' \
			-n events-cores './winwhy diagnose bench/events/security.evtx' \
			"$@" 2>"$out/warnings" || { cat "$out/warnings" >&2; exit 2; }
		awk -F, -v round="$round" 'NR > 1 {
			print round, $1, $2 * 1000
		}' "$out/round.csv" >>"$out/times"
	done
}

# The conversation of an update client, with the server of the tests.
time_handshake() {
	if [ -x "$build/winwhy-wsus" ]; then
		python3 "$here/handshake.py" "$build/winwhy" $((rounds * 10)) \
			>>"$figures"
	else
		echo "bench: no winwhy-wsus, the handshake is left out" >&2
	fi
}

# Pages, searches, and the peer: each for a second, in rounds.
time_serve() {
	if [ -x "$build/winwhy-serve" ] && command -v wrk >/dev/null &&
		[ "$(nproc)" -gt 1 ]; then
		python3 "$here/serve.py" "$build/winwhy" 1 "$rounds" \
			>>"$figures"
	else
		echo "bench: no winwhy-serve, no wrk or no second core," \
			"the server is left out" >&2
	fi
}

# A site in memory: what the disk takes is the same for both.
time_site() {
	if ! command -v hugo >/dev/null; then
		echo "bench: no hugo, the site is left out" >&2
		return 0
	fi
	folder=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo "$out")")
	python3 "$here/site.py" "$build/winwhy" "$folder" "$log_rounds" \
		>>"$figures"
	[ ! -x "$out/rss" ] || (cd "$folder" &&
		"$out/rss" "$build/winwhy" site new | sed 's/^rss/site/') \
		>>"$figures"
	rm -rf "$folder"
}

# GB/s of a program that read a file.
rate_of() { # NAME FILE
	bytes=$(wc -c <"$2")
	time_of "$1" | awk -v bytes="$bytes" \
		'{ printf "%.3f", bytes / $1 / 1000000 }'
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
# The ratio, or where there is none the figure, is held against the goal: the
# most that it may be, or with ">=" before it the least.
row() { # WHAT FIGURE UNIT PEER RATIO GOAL
	what=$1 value=$2 unit=$3 peer=$4 ratio=$5 goal=$6 verdict=
	if [ -n "$goal" ]; then
		held=${ratio:-$value} sign=1
		case $goal in
		'>= '*) sign=-1 ;;
		*) goal="<= $goal" ;;
		esac
		verdict=$(awk -v v="${held:-none}" -v goal="${goal#?= }" \
			-v sign="$sign" 'BEGIN {
			good = v != "none" && v * sign <= goal * sign
			print good ? "ok" : "MISSED"
		}')
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

rows_logs() {
	row 'every code of the logs' "$(time_of codes)" ms \
		"rg $(time_of rg)" "$(ratio_of codes rg)" 1.0
	row 'diagnosis of the logs, one core' \
		"$(time_of diagnosis | awk -v bytes="$log_bytes" \
			'{ printf "%.3f", bytes / $1 / 1000000 }')" \
		GB/s '' '' '>= 0.6'
	row 'memory of it, no page of a file' \
		"$(figure logs-anonymous)" KiB '' '' 65536
	row 'logs of eight PCs, one core' "$(time_of one-core)" ms \
		"two cores $(time_of two-cores)" \
		"$(ratio_of one-core two-cores)" '>= 1.8'
	row 'of 40 logs of 20 kinds, one core' \
		"$(time_of wide | awk -v bytes="$((log_bytes * 2))" \
			'{ printf "%.3f", bytes / $1 / 1000000 }')" \
		GB/s '' '' '>= 0.5'
	row 'the same' "$(time_of wide)" ms \
		"two cores $(time_of wide-two)" \
		"$(ratio_of wide wide-two)" '>= 1.7'
	row 'codes, episodes, findings differ' "$(figure logs-differ)" '' \
		'' '' 0
	row 'signatures that the logs hit' "$(figure reach-signatures)" '' \
		'' '' '>= 40'
	row 'lines whose holes are filled' "$(figure reach-percent)" % \
		'' '' ''
}

rows_streams() {
	row 'codes explained in text, by a pipe' \
		"$(rate_of annotate-text "$out/stream.log")" GB/s \
		"rg --passthru $(rate_of rg-passthru "$out/stream.log")" \
		'' '>= 0.4'
	row 'the same in NDJSON' \
		"$(rate_of annotate-ndjson "$out/stream.ndjson")" GB/s \
		"jq $(rate_of jq "$out/part.ndjson")" '' '>= 0.4'
	row 'a part of it, as jq was given' "$(time_of annotate-part)" ms \
		"jq $(time_of jq)" "$(ratio_of annotate-part jq)" ''
	row 'memory for text, no page of a file' \
		"$(figure annotate-log-anonymous)" KiB '' '' 16384
	row 'memory for NDJSON, likewise' \
		"$(figure annotate-ndjson-anonymous)" KiB '' '' 16384
}

rows_events() {
	row 'event logs as JSON lines, one core' \
		"$(rate_of events-json "$out/events.bytes")" GB/s '' '' '>= 0.25'
	if command -v evtxexport >/dev/null; then
		row 'one of them, beside evtxexport' "$(time_of evtxexport)" ms \
			"winwhy $(time_of events-part)" \
			"$(ratio_of evtxexport events-part)" '>= 20'
	fi
	row 'diagnosis of event logs, one core' \
		"$(rate_of events-diagnosis "$out/events.bytes")" GB/s '' '' \
		'>= 1'
	row "one of them, on $(nproc) cores" "$(time_of events-cores)" ms \
		"one core $(time_of events-alone)" \
		"$(ratio_of events-alone events-cores)" ''
}

# What the server takes of the time is neither program's.
rows_handshake() {
	[ -n "$(figure handshake)" ] || return 0
	row 'handshake with an update server' "$(figure handshake)" ms \
		"curl $(figure handshake-curl)" '' 20
}

rows_serve() {
	[ -n "$(figure serve)" ] || return 0
	row 'a page, packed, one core' "$(figure serve-packed)" /s \
		"nginx $(figure serve-packed-nginx)" \
		"$(figure serve-packed-ratio)" '>= 0.85'
	row 'of 64 at a time, p99' "$(figure serve-packed-p99)" ms \
		"nginx $(figure serve-packed-nginx-p99)" '' 2
	row 'the same as it is' "$(figure serve)" /s \
		"nginx $(figure serve-nginx)" "$(figure serve-ratio)" '>= 0.85'
	row 'of 64 at a time, p99' "$(figure serve-p99)" ms \
		"nginx $(figure serve-nginx-p99)" '' ''
	row 'searches, a key stroke' "$(figure serve-search)" /s '' '' ''
	row 'of four who type, p99' "$(figure serve-search-p99)" ms '' '' 2
}

rows_site() {
	[ -n "$(figure site)" ] || return 0
	row 'pages of a site a second' "$(figure site)" '' \
		"hugo $(figure site-hugo)" "$(figure site-ratio)" '>= 5'
	row 'an unchanged site, times faster' "$(figure site-again)" '' '' '' \
		'>= 8'
	row 'memory of it, no page of a file' "$(figure site-anonymous)" KiB \
		'' '' 65536
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
		'' '' 96
	row_lookup 'look-up, hit' lookup-hit 15
	row_lookup 'look-up, half misses' lookup-half 15
	row_lookup 'look-up, each waits for the last' lookup-chain ''
	row 'search, a key stroke, p50' "$(figure search-p50)" us '' '' ''
	row 'search, a key stroke, p99' "$(figure search-p99)" us '' '' 1000
	row 'search, a key stroke, max' "$(figure search-max)" us '' '' ''
	rows_logs
	rows_streams
	rows_events
	rows_handshake
	rows_serve
	rows_site
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
write_logs
write_streams
check_logs
time_logs
time_streams
write_events
time_events
time_handshake
time_serve
time_site
"$out/lookup" >>"$figures"
"$out/search" >>"$figures"
"$out/pages" "$build/knowledge/winwhy.cat" >>"$figures" || missed=1
measure_memory
print_table
exit "$missed"
