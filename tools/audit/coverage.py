#!/usr/bin/env python3
"""Write docs/coverage.md: what the knowledge holds, counted.

    tools/audit/coverage.py [--check]

With --check nothing is written; the exit status says whether the page is
what it should be.
"""
import collections
import re
import sys
import textwrap

from knowledge import (AUDIT, FOLDER, ROOT, as_list, read_codes, read_folder,
                       read_table, read_yaml)

PAGE = ROOT / "docs" / "coverage.md"
CERTAINTIES = ["documented", "observed", "likely"]
RISKS = ["none", "low", "medium", "high"]
WEIGHTS = ["outcome", "context", "noise"]

HEAD = """# Coverage

Written by `tools/audit/coverage.py`; do not edit.

## Names

Names and numbers come from public headers and Microsoft's documentation. A
name that stands only in the output of Microsoft's err.exe, and in no header
or document, is left out: 2,459 such rows were known when the tables were
made, most of them of old or narrow interfaces. An HRESULT that only wraps a
Win32 code, an NTSTATUS or an HTTP status needs no row; it is worked out.
The last column says how many rows err.exe 6.4.5 has of what we count to the
family; it has names, and Microsoft's message for some of them, and no causes.

"""

READING = """
## Second reading

What an independent second reader found wrong in a random sample of a family's
meanings; whether the whole family was read then, and how many of its meanings
were corrected in all, those included that were only weak.

"""

TOPICS = """{topics} topics explain {codes} codes and have {causes} causes;
{shown} of these are recognised in logs by a signature, the others by the test
that stands with them."""

SIGNATURES = """{n} signatures have {patterns} patterns, and are tried on
{hits} lines they must hit and {misses} they must miss. {separating} show a
cause of a topic of which signatures show two causes or more, so that they tell
causes apart; {harmless} tell a line that looks bad and is harmless from a
failure."""

KINDS = """
A signature may stand in several kinds of logs, and explain several kinds of
episodes: what begins and ends in logs, with an outcome that Windows states.
One that is not bound to a kind is not counted there.

"""

EVENTS = """{n} events of Windows are described, with {fields} fields; {coded}
of the events hold a code, in {codes} fields whose kind and base are declared."""

STEPS = """
## Steps

"""

FRENCH = """
## French

What is translated, by what it is a text of; the rest is shown in English and
marked so.

"""


def section(title, text, **counts):
    text = " ".join(text.format(**counts).split())
    return f"\n## {title}\n\n{textwrap.fill(text, 78)}\n\n"


def table(heading, rows):
    """Markdown; every column but the first is one of numbers."""
    text = "| " + " | ".join(heading) + " |\n"
    text += "| --- |" + " ---: |" * (len(heading) - 1) + "\n"
    for row in rows:
        text += "| " + " | ".join(map(str, row)) + " |\n"
    return text


def names():
    err = {row["family"]: int(row["rows"])
           for row in read_table(AUDIT / "err.tsv")}
    families = collections.defaultdict(list)
    for code in read_codes():
        families[code["family"]].append(code)
    rows = [(family, len(codes),
             sum(bool(c["meaning"]) for c in codes),
             sum(bool(c["reviewed"]) for c in codes),
             err.get(family, 0)) for family, codes in families.items()]
    rows.append(("all", *(sum(row[i] for row in rows) for i in range(1, 5))))
    return HEAD + table(("family", "names", "with a meaning", "reviewed",
                         "in err.exe"), rows)


def second_reading():
    rows = read_table(AUDIT / "rates.tsv")
    return READING + table(rows[0], [row.values() for row in rows])


def shown_causes(signatures):
    """{topic: ids of the causes that a signature shows}"""
    shown = collections.defaultdict(set)
    for s in signatures:
        if s["says"] == "cause":
            shown[s["topic"]].add(s["cause"])
    return shown


def topics(shown):
    all_topics = read_folder("topics").values()
    rows = [(f"{t['id']}: {t['title']}", len(as_list(t["codes"])),
             len(t["causes"]), len(shown[t["id"]])) for t in all_topics]
    text = section("Topics", TOPICS, topics=len(rows),
                   codes=sum(r[1] for r in rows),
                   causes=sum(r[2] for r in rows),
                   shown=sum(r[3] for r in rows))
    return text + table(("topic", "codes", "causes", "shown in logs"), rows)


def signature_rows(signatures):
    for says in ("cause", "harmless", "context"):
        those = [s for s in signatures if s["says"] == says]
        yield (says, *(sum(s["certainty"] == c for s in those)
                       for c in CERTAINTIES), len(those))


def kind_rows(name, key, signatures):
    for kind in read_yaml(FOLDER / f"{name}.yaml"):
        those = [s for s in signatures
                 if kind["id"] in as_list(s.get(key, []))]
        yield (f"{kind['id']}: {kind['title']}",
               *(sum(s["says"] == says for s in those)
                 for says in ("cause", "harmless", "context")))


def signatures_page(signatures, shown):
    def lines(key):
        return sum(len(as_list(s[key])) for s in signatures)

    text = section(
        "Signatures", SIGNATURES, n=len(signatures),
        patterns=lines("patterns"), hits=lines("hits"), misses=lines("misses"),
        separating=sum(s["says"] == "cause" and len(shown[s["topic"]]) > 1
                       for s in signatures),
        harmless=sum(s["says"] == "harmless" for s in signatures))
    text += table(("says", *CERTAINTIES, "all"), signature_rows(signatures))
    text += KINDS
    heading = ("cause", "harmless", "context")
    text += table(("log", *heading), kind_rows("logs", "logs", signatures))
    text += "\n" + table(("episode", *heading),
                         kind_rows("episodes", "episodes", signatures))
    return text


def fields_of(event):
    """The fields of the newest version."""
    forms = as_list(event.get("forms", []))
    return forms[-1]["fields"] if forms else []


def events():
    all_events = [(area, event) for area, those in
                  sorted(read_folder("events").items()) for event in those]
    fields = [field for _, event in all_events for field in fields_of(event)]
    text = section(
        "Events", EVENTS, n=len(all_events), fields=len(fields),
        coded=sum(any("is" in field for field in fields_of(event))
                  for _, event in all_events),
        codes=sum("is" in field for field in fields))
    areas = sorted({area for area, _ in all_events})
    rows = [(area, *(sum(a == area and event["weight"] == weight
                         for a, event in all_events)
                     for weight in WEIGHTS)) for area in areas]
    rows.append(("all", *(sum(row[i] for row in rows)
                          for i in range(1, len(WEIGHTS) + 1))))
    return text + table(("area", *WEIGHTS), rows)


def steps():
    rows = [(area, *(sum(s["risk"] == risk for s in those)
                     for risk in RISKS), len(those))
            for area, those in read_folder("steps").items()]
    rows.append(("all", *(sum(row[i] for row in rows)
                          for i in range(1, len(RISKS) + 2))))
    heading = [f"risk {risk}" for risk in RISKS]
    return STEPS + table(("area", *heading, "all"), rows)


def french():
    counts = collections.Counter()
    for path in (ROOT / "po" / "fr").glob("*.po"):
        for entry in path.read_text().split("\n\n"):
            context = re.search(r'^msgctxt "(\w+)/', entry, re.M)
            # A translation of several lines starts with an empty one.
            text = re.search(r'^msgstr ".+"|^msgstr ""\n"', entry, re.M)
            if text and (context or not re.search(r'^msgid ""\n[^"]', entry,
                                                  re.M)):
                counts[context[1] if context else "the program"] += 1
    return FRENCH + table(("of", "texts"), sorted(counts.items()))


def page():
    signatures = [s for those in read_folder("signatures").values()
                  for s in those]
    shown = shown_causes(signatures)
    return (names() + second_reading() + topics(shown) +
            signatures_page(signatures, shown) + events() + steps() +
            french())


def main():
    wanted = page()
    if sys.argv[1:] == ["--check"]:
        if PAGE.read_text() == wanted:
            return 0
        print("docs/coverage.md is out of date: run tools/audit/coverage.py")
        return 1
    PAGE.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
