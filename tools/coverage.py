#!/usr/bin/env python3
"""Write docs/coverage.md: what the knowledge holds, counted.

    tools/coverage.py [--check]

With --check nothing is written; the exit status says whether the page is
what it should be.
"""
import csv
import pathlib
import sys

ROOT = pathlib.Path(__file__).parent.parent
PAGE = ROOT / "docs" / "coverage.md"

HEAD = """# Coverage

Written by `tools/coverage.py`; do not edit.

Names and numbers come from public headers and Microsoft's documentation. A
name that stands only in the output of Microsoft's err.exe, and in no header
or document, is left out: 2,459 such rows were known when the tables were
made, most of them of old or narrow interfaces. An HRESULT that only wraps a
Win32 code, an NTSTATUS or an HTTP status needs no row; it is worked out.

| family | names | with a meaning | reviewed |
| --- | ---: | ---: | ---: |
"""


def count(path):
    with path.open(newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))
    return (len(rows), sum(bool(r["meaning"]) for r in rows),
            sum(bool(r["reviewed"]) for r in rows))


def page():
    total = [0, 0, 0]
    text = HEAD
    for path in sorted((ROOT / "knowledge" / "codes").glob("*.tsv")):
        counts = count(path)
        total = [a + b for a, b in zip(total, counts)]
        text += f"| {path.stem} | " + " | ".join(map(str, counts)) + " |\n"
    text += "| all | " + " | ".join(map(str, total)) + " |\n"
    text += "\n## Topics\n\n"
    for path in sorted((ROOT / "knowledge" / "topics").glob("*.yaml")):
        lines = path.read_text().splitlines()
        title = next(x for x in lines if x.startswith("title:"))
        text += f"- {path.stem}: {title[6:].strip()}\n"
    return text


def main():
    wanted = page()
    if sys.argv[1:] == ["--check"]:
        if PAGE.read_text() == wanted:
            return 0
        print("docs/coverage.md is out of date: run tools/coverage.py")
        return 1
    PAGE.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
