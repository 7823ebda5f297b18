#!/bin/sh
# Run a script by a python3 that has the modules of the system's packages,
# which the first one of the path may lack.
#	tools/python.sh SCRIPT [ARGUMENT...]
set -eu
python=python3
$python -c 'import html5lib, yaml' 2>/dev/null || python=/usr/bin/python3
exec $python "$@"
