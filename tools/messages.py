#!/usr/bin/env python3
"""Compare the interface messages of src/ with their translations.

    tools/messages.py [--check]

Prints, for each folder po/<lang>/, the N_ texts its files lack as entries to
fill in, and names those that no source has any more.  With --check the exit
status says whether there is either.  Texts of the knowledge have a msgctxt
and are left alone.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).parent.parent
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
# Between literals: white space, in a macro with its continued lines.
MARKED = re.compile(rf"\bN_\(\s*({LITERAL}(?:[\s\\]*{LITERAL})*)\s*\)")
ENTRY = re.compile(rf'(?<!")\n^msgid\s+({LITERAL}(?:\s*{LITERAL})*)\s*'
                   rf"^msgstr\s+({LITERAL}(?:\s*{LITERAL})*)", re.M)


def joined(literals):
    """Adjacent string literals as one, escapes as they are written."""
    return "".join(x[1:-1] for x in re.findall(LITERAL, literals))


def in_sources():
    messages = {}
    for path in sorted((ROOT / "src").rglob("*.[ch]")):
        for found in MARKED.findall(path.read_text()):
            messages.setdefault(joined(found), path.relative_to(ROOT))
    return messages


def translated(folder):
    """What has a translation, and all entries with the file of each."""
    done, entries = set(), {}
    for po in sorted(folder.glob("*.po")):
        for english, text in ENTRY.findall("\n" + po.read_text()):
            entries[joined(english)] = po.relative_to(ROOT)
            if joined(text):
                done.add(joined(english))
    entries.pop("", None)
    return done, entries


def main():
    messages = in_sources()
    faults = 0
    for folder in sorted((ROOT / "po").iterdir()):
        done, entries = translated(folder)
        for text in [m for m in messages if m not in done]:
            print(f'#: {messages[text]}\nmsgid "{text}"\nmsgstr ""\n')
            faults += 1
        for text in sorted(set(entries) - set(messages)):
            print(f'{entries[text]}: no source has "{text}"')
            faults += 1
    return 1 if faults and sys.argv[1:] == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(main())
