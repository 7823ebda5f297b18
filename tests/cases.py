#!/usr/bin/env python3
"""Scenarios: logs of a machine in, episodes, findings and text out.

    tests/cases.py [--rewrite] [--only NAME] PROGRAM STAGE WRITE_ETL

tests/cases/README names each case with the verdict and the causes it must
have.  tests/cases/NAME holds its logs, and beside them what a person has
read: case.episodes (what the trackers made of each file), case.findings (the
answer in short), case.txt (what the user sees) and, for some, case.records
and case.html (the page).  case.options, if there is one, holds more arguments
for PROGRAM.  A trace X.etl is what WRITE_ETL makes of case.X.etl: options on
its first line, and a log.

Each case is also told in other ways, which must change nothing: other ids and
hosts, other dates, other line ends, UTF-16, and WindowsUpdate.log as the trace
that it is made of.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import uuid

from golden import BUILT_IN
from tally import Tally, first_difference

FOLDER = pathlib.Path(__file__).parent / "cases"
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "80"}


def run(folder, *arguments):
    result = subprocess.run(
        [str(a) for a in arguments], capture_output=True, cwd=folder,
        env={**os.environ, **ENVIRONMENT}, timeout=60, check=False)
    return result.returncode, result.stdout, result.stderr


def inputs(folder):
    """Files of the case, and folders, which stand for machines."""
    return sorted(p.name for p in folder.iterdir()
                  if not p.name.startswith("case."))


def files_below(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*")
                  if p.is_file() and not p.name.startswith("case."))


def options(folder):
    path = folder / "case.options"
    return path.read_text().split() if path.exists() else []


# The answer in short

def place(quote):
    at = quote["at"]
    if "record" in at:
        return "%s, record %s" % (quote["file"], at["record"])
    return "%s:%s" % (quote["file"], at["line"])


def finding_lines(finding):
    cause = "/".join(filter(None, [finding.get("topic"),
                                   finding.get("cause")]))
    if finding["severity"] != "fault":
        yield "%s %s x%s  %s" % (
            finding["severity"], finding["id"], finding["count"],
            " ".join(place(q) for q in finding["evidence"]))
        return
    yield "fault %s (%s) %s" % (finding["id"], cause or "no topic",
                                finding["confidence"])
    yield "  " + finding["title"]
    if finding.get("machine"):
        yield "  on " + finding["machine"]
    for quote in finding["evidence"]:
        yield "  %s  %s" % (place(quote), quote["text"].splitlines()[0][:90])
    yield "  codes " + " ".join(finding.get("codes", []))
    yield "  steps " + " ".join(s["id"] for s in finding.get("steps", []))


def short(answer):
    lines = ["verdict " + answer["verdict"], answer["summary"]]
    for finding in answer["findings"]:
        lines += finding_lines(finding)
    for o in answer["outcomes"]:
        lines.append("outcome %s%s %s, failing %s" % (
            o["kind"], " [%s]" % o["subject"] if o.get("subject") else "",
            o["state"], o.get("failing", 0)))
    for c in answer["coverage"]:
        if c["state"] != "read":
            lines.append("%s %s" % (c["state"], c.get("log") or c.get("file")))
        for problem in c.get("problems", []):
            lines.append("problem %s: %s" % (c.get("file"), problem))
    return "".join(line + "\n" for line in lines).encode()


class Told:
    """What the programs say of a folder of logs."""

    def __init__(self, program, stage, folder, more=()):
        names = inputs(folder)
        self.status, self.json, self.errors = run(
            folder, program, "diagnose", "--lang", "en", "--format", "json",
            *more, *names)
        _, self.text, _ = run(folder, program, "diagnose", "--lang", "en",
                              *more, *names)
        self.answer = json.loads(self.json)
        self.faults = [f for f in self.answer["findings"]
                       if f["severity"] == "fault"]
        self.program = program
        self.more = more
        self.stage = stage
        self.folder = folder

    def html(self):
        return run(self.folder, self.program, "diagnose", "--lang", "en",
                   "--format", "html", *self.more, *inputs(self.folder))[1]

    def causes(self):
        return ["/".join(filter(None, [f.get("topic"), f.get("cause")]))
                or f["id"] for f in self.faults]

    def golden(self):
        files = files_below(self.folder)
        yield "episodes", run(self.folder, self.stage, *files)[1]
        yield "findings", short(self.answer)
        yield "txt", self.text
        if (self.folder / "case.html").exists():
            yield "html", BUILT_IN.sub(b"", self.html())
        if (self.folder / "case.records").exists():
            yield "records", run(self.folder, self.stage, "--records",
                                 *files)[1]

    def gist(self):
        """What may not change when the story is told otherwise."""
        return (self.answer["verdict"],
                [(f["id"], f["severity"], f.get("confidence"), f.get("count"),
                  [place(q) for q in f["evidence"]])
                 for f in self.answer["findings"]],
                [(o["kind"], o["state"], o.get("failing"))
                 for o in self.answer["outcomes"]])


# Twins: the same story told otherwise

# Names of services and engines, which mean something.
KEPT = re.compile(
    "3DA21691|9482F4B4|7971F918|855E8A7C|8B24B027|00000000-0000|d16d444c",
    re.IGNORECASE)
GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def other_guid(match):
    old = match.group()
    if KEPT.match(old):
        return old
    new = str(uuid.uuid5(uuid.NAMESPACE_URL, old.lower()))
    return new.upper() if old == old.upper() else new


def other_names(text):
    text = GUID.sub(other_guid, text)
    for old, new in (("contoso", "fabrikam"), ("Contoso", "Fabrikam"),
                     ("wsus01", "updates7"), ("PC-0412", "FRONT-DESK")):
        text = text.replace(old, new)
    return text


def other_dates(text):
    """Every story plays in November 2026, and now in March 2027."""
    text = re.sub(r"2026([-/.])11\1", r"2027\g<1>03\g<1>", text)
    text = re.sub(r"\b11-(\d+)-2026", r"03-\1-2027", text)
    return re.sub(r"\b11/(\d+)/2026", r"3/\1/2027", text)


TWINS = {
    "other names": lambda text: other_names(text).encode("utf-8-sig"),
    "other dates": lambda text: other_dates(text).encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
}


def decode(data):
    """The text of a log; of an unknown code page, with marks."""
    if data[:2] == b"\xff\xfe":
        return data.decode("utf-16")
    if data[1:2] == b"\0":
        return data.decode("utf-16-le")
    return data.decode("utf-8-sig", "replace")


# Of what Get-WindowsUpdateLog writes, and of no other.
STAMP = re.compile(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\.\d{7} +\d+ +\d+ +[A-Z]")


# The marks of crash dumps.
DUMPS = (b"PAGEDU", b"MDMP")


def is_binary(data):
    """A trace begins with a buffer's header and a system event."""
    return (data.startswith(DUMPS) or
            data[72:76] in (b"\2\0\1\xC0", b"\2\0\2\xC0"))


def check_made(tally, write_etl, folder, rewrite):
    for source in sorted(folder.glob("case.*.etl")):
        first, _, log = source.read_bytes().partition(b"\n")
        made = subprocess.run([write_etl, *first.decode().split()], input=log,
                              check=True, capture_output=True).stdout
        path = folder / source.name.removeprefix("case.")
        if rewrite:
            path.write_bytes(made)
        tally.check(f"{folder.name}: {path.name} is as it is made",
                    path.exists() and path.read_bytes() == made)


def as_traces(write_etl, folder, target):
    """The case with update logs as traces; how many of them there are."""
    traces = 0
    for name in files_below(folder):
        data = (folder / name).read_bytes()
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if STAMP.match(data[:80].decode("latin-1")):
            traces += 1
            data = subprocess.run([write_etl], input=data, check=True,
                                  capture_output=True).stdout
        path.write_bytes(data)
    return traces


def retell(folder, target, twin):
    for name in files_below(folder):
        data = (folder / name).read_bytes()
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = decode(data)
        # Of a console, or no text: left as it is.
        if "\ufffd" in text or is_binary(data):
            path.write_bytes(data)
        else:
            path.write_bytes(twin(text.replace("\r\n", "\n")))


def check_golden(tally, folder, told, rewrite):
    for name, actual in told.golden():
        path = folder / ("case." + name)
        if rewrite:
            path.write_bytes(actual)
        expected = path.read_bytes() if path.exists() else b""
        tally.check(f"{folder.name}: {name}", expected == actual,
                    first_difference(expected, actual))


EVENT = re.compile(r"Event ID (\d*) of ([^:]*):")


def tells_event(quote, lines):
    """An event is told in a form of its own: is it the one that stands there?"""
    match = EVENT.match(quote["text"])
    there = "\n".join(lines[quote["at"]["line"] - 1:][:40])
    return match and all(word in there for word in match.groups())


def check_quotes(tally, folder, told):
    """A quoted line stands where the answer says."""
    for finding in told.answer["findings"]:
        for quote in finding["evidence"]:
            name = next((n for n in files_below(folder)
                         if n.endswith(quote["file"])), None)
            data = (folder / name).read_bytes()
            if is_binary(data):
                continue
            lines = decode(data).split("\n")
            line = lines[quote["at"]["line"] - 1]
            first = quote["text"].split("\n")[0].split()[:4]
            # The frame round a message, if it has one, is not quoted.
            for frame in ("<![LOG[", "Message     : "):
                line = line.removeprefix(frame)
            line = re.sub(r'^\{"winwhy":.*?"text":"', "", line)
            begins = " ".join(line.split()).startswith(" ".join(first))
            tally.check(f"{folder.name}: quote {place(quote)}",
                        begins or "\ufffd" in line
                        or tells_event(quote, lines),
                        (line[:70], quote["text"][:70]))


def has_binary(folder):
    return any(is_binary((folder / name).read_bytes())
               for name in files_below(folder))


def check_twins(tally, program, folder, told, more):
    for name, twin in TWINS.items():
        # The dates of a trace stay as they are.
        if name == "other dates" and has_binary(folder):
            continue
        with tempfile.TemporaryDirectory() as target:
            retell(folder, pathlib.Path(target), twin)
            other = Told(program, None, pathlib.Path(target), more)
            same = other.gist() == told.gist()
            tally.check(f"{folder.name}: {name}", same,
                        "" if same else f"\n  {told.gist()}"
                        f"\n  {other.gist()}")


def without_places(gist):
    """A record that goes on over lines counts once in a trace."""
    verdict, findings, outcomes = gist
    return verdict, [f[:-1] for f in findings], outcomes


def check_traces(tally, program, write_etl, folder, told, more):
    if has_binary(folder):
        return
    with tempfile.TemporaryDirectory() as target:
        if as_traces(write_etl, folder, pathlib.Path(target)) == 0:
            return
        other = Told(program, None, pathlib.Path(target), more)
        same = without_places(other.gist()) == without_places(told.gist())
        tally.check(f"{folder.name}: traces", same,
                    "" if same else f"\n  {told.gist()}\n  {other.gist()}")


def expectations():
    """Name -> verdict and causes, of the table in README."""
    table = {}
    for line in (FOLDER / "README").read_text().splitlines():
        fields = [f.strip() for f in line.split("|")]
        if len(fields) == 4:
            table[fields[0]] = fields[1], fields[2].split()
    return table


def check_case(tally, programs, folder, expected, rewrite):
    program, stage, write_etl = programs
    check_made(tally, write_etl, folder, rewrite)
    more = options(folder)
    told = Told(program, stage, folder, more)
    tally.check(f"{folder.name}: status", told.status in (0, 3),
                (told.status, told.errors))
    tally.check(f"{folder.name}: verdict and causes",
                (told.answer["verdict"], told.causes()) == expected,
                f"\n  expected {expected}"
                f"\n  came     {told.answer['verdict'], told.causes()}")
    check_golden(tally, folder, told, rewrite)
    check_quotes(tally, folder, told)
    check_twins(tally, program, folder, told, more)
    check_traces(tally, program, write_etl, folder, told, more)


def main():
    arguments = sys.argv[1:]
    rewrite = "--rewrite" in arguments
    only = (arguments[arguments.index("--only") + 1]
            if "--only" in arguments else "")
    programs = list(map(os.path.abspath, arguments[-3:]))
    tally = Tally()
    table = expectations()
    folders = sorted(p for p in FOLDER.iterdir() if p.is_dir())
    tally.check("README names each case, and no other",
                sorted(table) == [p.name for p in folders],
                set(table) ^ {p.name for p in folders})
    for folder in folders:
        if only in folder.name and folder.name in table:
            check_case(tally, programs, folder, table[folder.name], rewrite)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())
