#!/bin/sh
# The shells themselves read the completions.
#	tests/completions.sh WINWHY
set -eu
winwhy=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

for shell in bash zsh fish powershell; do
	"$winwhy" completion $shell >"$tmp/$shell"
	[ -s "$tmp/$shell" ]
done
bash -n "$tmp/bash"
zsh -n "$tmp/zsh"
fish --no-execute "$tmp/fish"
cat >"$tmp/try" <<'END'
. "$1"
COMP_WORDS=(winwhy --format j)
COMP_CWORD=2
_winwhy
echo "${COMPREPLY[*]}"
END
[ "$(bash "$tmp/try" "$tmp/bash")" = "json jsonl" ]
echo "4 passed, 0 failed"
