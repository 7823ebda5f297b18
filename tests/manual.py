#!/usr/bin/env python3
"""The manual lists what the option tables hold.

    tests/manual.py WINWHY MANUAL

--help is written from the tables; every option and command it prints, with
what its value is called, must stand in winwhy(1), and no other option may.
"""
import pathlib
import re
import subprocess
import sys


def from_help(program):
    text = subprocess.run([program, "--help"], capture_output=True, text=True,
                          env={"LC_ALL": "C"}, check=True).stdout
    options = re.findall(r"^  --([a-z-]+)(?: ([A-Z]+))?", text, re.M)
    commands = re.findall(r"^  ([a-z]+)(?: |$)", text, re.M)
    return {(name, value.lower()) for name, value in options}, set(commands)


def from_manual(path):
    text = pathlib.Path(path).read_text()
    options = re.findall(r"^\.It Fl Fl ([a-z-]+)(?: Ar ([a-z]+))?",
                         text, re.M)
    return set(options), text


def main():
    program, manual = sys.argv[1:]
    options, commands = from_help(program)
    documented, text = from_manual(manual)
    wrong = [f"--{name} {value}" for name, value in options ^ documented]
    wrong += [c for c in commands
              if not re.search(rf"^\.(It )?(Cm|Ic) {c}\b", text, re.M)
              and f"Cm {c}" not in text]
    for item in sorted(wrong):
        print(f"not ok {item}: --help and the manual differ")
    total = len(options) + len(commands)
    print(f"{total - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
