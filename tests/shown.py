#!/usr/bin/env python3
"""What the documents show is what the program prints.

    tests/shown.py PROGRAM DOCUMENT...

A block of a document (``` in Markdown, .Bd -literal in a manual) that starts
with "$ winwhy" is run, and what it shows must be in what comes out: all lines
in their order, from the first one.  A line of ... or [...] stands for any
number of lines, and … in a line for any text.  Files are those of examples/.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

EXAMPLES = pathlib.Path(__file__).parent.parent / "examples"
ANY_LINES = {"…", "[...]"}


def blocks(path):
    text = path.read_text()
    if path.suffix == ".md":
        yield from re.findall(r"^```\n(\$ winwhy.*?)^```", text,
                              re.M | re.S)
        return
    for block in re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed", text,
                            re.M | re.S):
        block = block.replace("\\-", "-").replace("\\e", "\\")
        if block.startswith("$ winwhy"):
            yield block


def split(block):
    """The commands as a script, and the lines that are shown."""
    script, shown = [], []
    for line in block.splitlines():
        if line.startswith(("$ ", "> ")):
            script.append(line[2:])
        else:
            shown.append(line.rstrip())
    while shown and not shown[-1]:
        shown.pop()
    return "\n".join(script), shown


def line_fits(shown, came):
    parts = [re.escape(part.strip()) for part in shown.split("…")]
    if len(parts) == 1:
        return shown == came
    return re.fullmatch(r"\s*" + ".*".join(parts), came) is not None


def first_missing(shown, came):
    """The first shown line that is not where it should be, or None."""
    at, skip = 0, False
    for line in shown:
        if line.strip() in ANY_LINES:
            skip = True
            continue
        while skip and at < len(came) and not line_fits(line, came[at]):
            at += 1
        if at == len(came) or not line_fits(line, came[at]):
            return line
        at, skip = at + 1, False
    return None if skip or at == len(came) else "the end"


def run(program, script):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
                   "PATH": f"{program.parent}:{os.environ['PATH']}"}
    result = subprocess.run(["sh", "-c", script], cwd=EXAMPLES,
                            env=environment, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, check=False)
    return [line.rstrip() for line in result.stdout.decode().splitlines()]


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    passed = failed = 0
    for document in map(pathlib.Path, sys.argv[2:]):
        for block in blocks(document):
            script, shown = split(block)
            if re.search(r"\bjq\b", script) and not shutil.which("jq"):
                continue
            missing = first_missing(shown, run(program, script))
            passed += missing is None
            if missing is not None:
                failed += 1
                print(f"not ok {document.name}: {script}\n"
                      f"  is shown and not printed: {missing}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
