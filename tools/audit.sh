#!/bin/sh
# Prove of the knowledge what can be proved, and count it.
#	tools/audit.sh BUILD_DIR
set -eu
here=$(dirname "$0")
# The first python3 of the path may lack the modules of the system's packages.
python=python3
$python -c 'import yaml' 2>/dev/null || python=/usr/bin/python3
exec $python "$here/audit/audit.py" "$1/src/compile/winwhy-compile"
