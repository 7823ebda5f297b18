#!/usr/bin/env python3
"""winwhy-catalogue(5) and the help have what the code has.

    tests/catalogue_manual.py

Each section, field, kind and word list of src/catalogue/ must stand on the
page, at its place and with its width, and nothing else may.  The help of
--only names all kinds of logs.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).parent.parent
WORDS_WIDE = {"LIST": 2, "IDS": 2}
PLAIN_WIDTHS = {"HEAP": "bytes", "TEXT": "4 bytes for each language",
                "ID": "4 bytes", "PILOT": "2 bytes", "NAME": "8 bytes",
                "POSTING": "4 bytes"}
WEIGHTS = {"TITLE": "a word of a topic's title", "NAME": "code's name",
           "SUMMARY": "a topic's summary", "MEANING": "a code's meaning",
           "CAUSE": "a cause's title", "BODY": "a topic's paragraphs"}


def read(path):
    return (ROOT / path).read_text()


def macro(text, name):
    body = re.search(rf"define {name}\(\w\)((?:.*\\\n)*.*)", text).group(1)
    return re.findall(r"\w\((\w+)\)", body)


def target_of(kind, target):
    if kind == "ENUM":
        return "ENUM " + target.removeprefix("WW_WORDS_").lower()
    return f"{kind} {target.removeprefix('WW_S_')}" \
        if target.startswith("WW_S_") else kind


def code_sections():
    """{section: [(place, name, kind)]}, plain ones with None."""
    text = read("src/catalogue/format.h")
    sections = dict.fromkeys(macro(text, "WW_PLAIN_SECTIONS"))
    for section in macro(text, "WW_RECORD_SECTIONS"):
        sections[section] = []
    for section, name, kind, target in re.findall(
            r"F\((\w+), (\w+), (\w+),\s+(?:\"\w*\"|NULL),\s+\d,\s+(\w+)\)",
            text):
        fields = sections[section]
        at = fields[-1][0] + WORDS_WIDE.get(fields[-1][2].split()[0], 1) \
            if fields else 0
        fields.append((at, name, target_of(kind, target)))
    return sections


def code_words():
    text = re.sub(r"\s+", " ", read("src/catalogue/schema.c"))
    return {name: re.findall(r'"([^"]+)"', words) for name, words in
            re.findall(r"char \*const (\w+)_words\[\] = \{([^}]+)\}", text)}


def page_sections(page):
    """Likewise, with the number and the widths of the headings."""
    sections, headings = {}, {}
    for name, number, width in re.findall(
            r"^\.It (\w+) \(section (\d+), ([^)]+)\)", page, re.M):
        sections[name], headings[name] = None, (int(number), width)
    for part in re.split(r"^\.Ss ", page, flags=re.M)[1:]:
        found = re.match(r"(\w+) \(section (\d+), (\d+) words?, (\d+) bytes\)",
                         part)
        if not found:
            continue
        sections[found[1]] = [
            (int(at), name, kind) for at, name, kind in
            re.findall(r"^\.It (\d+) Ta (\w+) Ta ([\w ]+?) Ta ", part, re.M)]
        headings[found[1]] = tuple(int(n) for n in found.groups()[1:])
    return sections, headings


def page_words(page):
    lists = page.split("The lists of ENUM, from 0:")[1].split(".El")[0]
    return {name: words.replace("\n", " ").strip().split(", ") for name, words
            in re.findall(r"^\.It (\w+)\n([^.]+)", lists, re.M)}


def check_sections(page, wrong):
    code = code_sections()
    there, headings = page_sections(page)
    for number, (name, fields) in enumerate(code.items()):
        if name not in there:
            wrong.append(f"section {name} is missing")
            continue
        if there[name] != fields:
            wrong.append(f"section {name}: {there[name]}, not {fields}")
        if fields is None:
            expected = number, PLAIN_WIDTHS[name]
        else:
            width = fields[-1][0] + WORDS_WIDE.get(
                fields[-1][2].split()[0], 1)
            expected = number, width, width * 4
        if headings[name] != expected:
            wrong.append(f"section {name}: {headings[name]}, not {expected}")
    wrong += [f"there is no section {name}" for name in there.keys() - code]
    return len(code)


def check_numbers(page, sections, wrong):
    text = read("src/catalogue/format.h")
    version = re.search(r"CATALOGUE_VERSION\s+(\d+)", text)[1]
    langs = re.search(r"LANGS_MAX (\d+)", text)[1]
    flags = re.findall(r"WW_FLAG_(\w+) = (\d+)", text)
    pattern = dict(re.findall(r"define WW_(\w+)\s+(\d+)",
                              read("src/rules/pattern.h")))
    weights = dict(re.findall(r"WEIGHT_(\w+) = (\d+)",
                              read("src/compile/terms.c")))
    sentences = [
        f"version of the format: {version}",
        f"a directory and {sections} sections.",
        f"entries in the directory: {sections}\n",
        f"the directory has {sections} entries.",
        f"numbers, from {24 + 12 * sections} on",
        f"LANG has 1 to {langs} records.",
        f"at most {langs} languages",
        f"has at most {pattern['PIECES_MAX']} pieces, ",
        f"at most {re.search(r'IDS_MAX (.+)', read('src/catalogue/validate.c'))[1]} numbers",
        f"takes {re.search(r'RULES_MAX (.+)', read('src/diagnose/rules.c'))[1]} for one kind",
    ]
    sentences += [f"{bit} {name.lower()}" for name, bit in flags]
    flat = re.sub(r"\s+", " ", page)
    wrong += [f"the page does not say: {s}" for s in sentences
              if s.strip() not in flat]
    for name, words in WEIGHTS.items():
        if not re.search(rf"\b{weights[name]} to (?:one of )?(?:a )?{words}",
                         flat):
            wrong.append(f"{words} has the weight {weights[name]}")


def mix(v):
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        v = (v ^ v >> shift) * factor & 0xFFFFFFFF
    return v ^ v >> 16


def check_example(page, wrong):
    numbers = re.search(
        r"mix\((\w+)\) is (\w+)\.\nWith (\d+) buckets and (\d+) places the "
        r"bucket is (\d+), and with the pilot (\d+)\nthe place is (\d+)", page)
    value, mixed, buckets, places, bucket, pilot, place = (
        int(n, 0) for n in numbers.groups())
    salted = value ^ (pilot + 1) * 0x9E3779B9 & 0xFFFFFFFF
    found = mix(value), mix(value) * buckets >> 32, mix(salted) * places >> 32
    if found != (mixed, bucket, place):
        wrong.append(f"the example of the hash gives {found}")


def check_help(dialects, wrong):
    option = re.search(r'"only", "LOGS",([^,]+),', read("src/cli/options.c"))
    named = "".join(re.findall(r'"([^"]+)"', option[1])).split()
    if set(named) != set(dialects):
        wrong.append(f"--only: {sorted(set(named) ^ set(dialects))}")


def main():
    page = read("man/winwhy-catalogue.5")
    wrong = []
    sections = check_sections(page, wrong)
    check_numbers(page, sections, wrong)
    check_example(page, wrong)
    code, there = code_words(), page_words(page)
    check_help(code["dialect"], wrong)
    wrong += [f"words of {name}: {there.get(name)}, not {code.get(name)}"
              for name in sorted(code.keys() | there)
              if code.get(name) != there.get(name)]
    for item in wrong:
        print(f"not ok {item}")
    print(f"{sections} sections, {len(code)} lists, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
