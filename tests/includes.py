#!/usr/bin/env python3
"""Which room of src/ may include which: the direction of docs/design.

Prints each include that goes against it and fails if there is one.
"""
import pathlib
import re
import sys

# A room may also include itself, base, and the public headers.
ALLOWED = {
    "base": set(),
    "code": set(),
    "catalogue": set(),
    "compile": {"catalogue", "code", "rules"},
    "explain": {"catalogue", "code"},
    "probe": {"catalogue", "evidence", "sys"},
    "evidence": {"code"},
    "rules": set(),
    "input": {"catalogue", "code", "evidence"},
    "episode": {"catalogue", "code", "evidence", "rules"},
    "diagnose": {"catalogue", "code", "explain", "evidence", "rules", "input",
                 "episode"},
    "report": {"catalogue", "code", "explain", "diagnose", "episode",
               "evidence"},
    "render": {"report"},
    "site": {"catalogue", "code", "render", "report", "sys"},
    "annotate": {"catalogue", "code", "evidence", "explain", "input"},
    "sys": set(),
    "intake": {"catalogue", "input", "sys", "unpack"},
    "cli": {"catalogue", "evidence", "explain", "input", "intake", "probe",
            "site", "sys", "wsus"},
    "serve": {"catalogue", "code", "intake", "render", "site", "sys",
              "unpack"},
    "unpack": {"input"},
    "wsus": {"sys"},
}
INCLUDE = re.compile(r'^#include "([a-z]+)/', re.M)


def main():
    source = pathlib.Path(__file__).parent.parent / "src"
    wrong = 0
    for path in sorted(source.glob("*/**/*.[ch]")):
        inside = path.relative_to(source)
        room = inside.parts[0]
        for target in INCLUDE.findall(path.read_text()):
            if target in ALLOWED[room] | {room, "base"}:
                continue
            print(f"src/{inside} includes {target}/")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
