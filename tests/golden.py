#!/usr/bin/env python3
"""Golden tests: the whole program against outputs that a person has read.

    tests/golden.py [--rewrite] PROGRAM...

tests/golden/NAME.args holds the arguments, one a line; NAME.in, if it is
there, standard input; NAME.out the expected output, then standard error and
exit status behind marker lines.  PROGRAM may be several words ("wine x.exe"):
then cases named posix-*, which hold the words of that system, are left out.
"""
import os
import pathlib
import re
import subprocess
import sys

from tally import first_difference

FOLDER = pathlib.Path(__file__).parent / "golden"
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "NO_COLOR": "1", "WINEDEBUG": "-all"}
# Style and script of a page are files of their own, with their hashes.
BUILT_IN = re.compile(rb"(?s)(?<=<style>).*?(?=</style>)"
                      rb"|(?<=<script>).*?(?=</script>)|sha256-[^']+")


def run(program, case):
    arguments = case.read_text().splitlines()
    given = case.with_suffix(".in")
    result = subprocess.run(
        program + arguments,
        input=given.read_bytes() if given.exists() else b"",
        capture_output=True,
        cwd=FOLDER,
        env={**os.environ, **ENVIRONMENT},
        check=False,
    )
    return b"".join([
        BUILT_IN.sub(b"", result.stdout),
        b"-- standard error\n" if result.stderr else b"",
        result.stderr,
        b"-- exit status %d\n" % result.returncode,
    ])


def main():
    arguments = sys.argv[1:]
    rewrite = arguments[:1] == ["--rewrite"]
    program = [os.path.abspath(a) if os.path.exists(a) else a
               for a in arguments[rewrite:]]
    passed = failed = 0
    for case in sorted(FOLDER.glob("*.args")):
        if len(program) > 1 and case.stem.startswith("posix-"):
            continue
        actual = run(program, case)
        expected = case.with_suffix(".out")
        if rewrite:
            expected.write_bytes(actual)
        if expected.exists() and expected.read_bytes() == actual:
            passed += 1
            continue
        failed += 1
        before = expected.read_bytes() if expected.exists() else b""
        print(f"not ok {case.stem}: {first_difference(before, actual)}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
