#!/usr/bin/env python3
"""Prove of the knowledge what can be proved, and count it.

    tools/audit/audit.py WINWHY_COMPILE

Names and numbers against public headers and against our facts; meanings;
commands; addresses; what nothing refers to.  What the compiler demands of
topics, it checks itself.  Prints the counts of each family.  Exit status 1 if
something is wrong.
"""
import collections
import re
import subprocess
import sys
import tempfile

import commands
import meanings
import names
import references
from knowledge import AUDIT, FOLDER, ROOT, read_codes, read_table, read_yaml

ADDRESS = re.compile(r"https?://[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(/[^\s<>\"]*)?",
                     re.I)


def read_files():
    """All YAML but the sources, by path below knowledge/."""
    return {str(path.relative_to(FOLDER)): read_yaml(path)
            for path in sorted(FOLDER.rglob("*.yaml"))
            if path.name != "sources.yaml"}


def in_folder(files, folder):
    return [data for path, data in files.items()
            if path.startswith(folder + "/")]


def refused(compiler):
    """What winwhy-compile says against the knowledge."""
    with tempfile.TemporaryDirectory() as folder:
        result = subprocess.run(
            [compiler, "-o", f"{folder}/catalogue", FOLDER],
            capture_output=True, text=True, check=False)
    yield from result.stderr.splitlines()
    if result.returncode != 0 and not result.stderr:
        yield f"{compiler} ended with {result.returncode}"


def wrong_addresses(sources):
    for source in sources:
        url = source.get("url")
        if url and not ADDRESS.fullmatch(url):
            yield f"source {source['id']}: {url} is no address"


def translated():
    """(family, name) of codes whose meaning is in French."""
    found = set()
    for path in (ROOT / "po" / "fr").glob("*.po"):
        text = path.read_text(encoding="utf-8")
        found.update(re.findall(r'^msgctxt "code/(\w+)/\w+/(\w+)"', text,
                                re.M))
    return found


def count_families(rows, topics):
    covered = {str(code) for topic in topics for code in topic["codes"]}
    french = translated()
    table = collections.defaultdict(collections.Counter)
    for row in rows:
        for family in (row["family"], "all"):
            count = table[family]
            count["codes"] += 1
            count["meaning"] += bool(row["meaning"])
            count["reviewed"] += bool(row["reviewed"])
            count["in topics"] += row["name"] in covered
            count["French"] += (row["family"], row["name"]) in french
    return table


def print_families(table):
    columns = ["codes", "meaning", "reviewed", "in topics", "French"]
    print(f"{'family':<18}" + "".join(f"{c:>11}" for c in columns))
    for family in sorted(table, key=lambda f: (f == "all", f)):
        print(f"{family:<18}"
              + "".join(f"{table[family][c]:>11}" for c in columns))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rows, files = read_codes(), read_files()
    steps = [step for data in in_folder(files, "steps") for step in data]
    topics = in_folder(files, "topics")
    sources = read_yaml(FOLDER / "sources.yaml")
    compared = collections.Counter()
    shared = {row["meaning"] for row in read_table(AUDIT / "shared.tsv")}
    wrong = list(refused(sys.argv[1]))
    wrong += names.problems(rows, compared)
    wrong += meanings.problems(rows, shared)
    wrong += commands.problems(steps)
    wrong += wrong_addresses(sources)
    tables = rows + read_table(FOLDER / "facilities.tsv")
    wrong += references.problems(files, tables, sources)
    print_families(count_families(rows, topics))
    print("names " + ", ".join(f"{what}: {n}" for what, n in compared.items()))
    print(f"{len(topics)} topics, {len(steps)} steps, {len(wrong)} problems")
    for line in wrong:
        print(f"not ok {line}")
    return len(wrong) > 0


if __name__ == "__main__":
    sys.exit(main())
