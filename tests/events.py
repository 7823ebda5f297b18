#!/usr/bin/env python3
"""winwhy events, and the diagnosis of event logs.

    tests/events.py PROGRAM WRITER

WRITER makes the logs: tests/writers/write_evtx.c.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

from tally import Tally

NAMESPACE = "{http://schemas.microsoft.com/win/2004/08/events/event}"
TITLE = "2026-11 Cumulative Update (KB5031455)"


class Checks(Tally):
    def __init__(self, program, writer, folder):
        self.program = os.path.abspath(program)
        self.writer = os.path.abspath(writer)
        self.folder = pathlib.Path(folder)
        super().__init__()

    def write(self, name):
        path = self.folder / (name + ".evtx")
        subprocess.run([self.writer, name, path], check=True)
        return path

    def run(self, *arguments, **how):
        done = subprocess.run(
            [self.program, *map(str, arguments)], capture_output=True,
            timeout=60, check=False, cwd=self.folder,
            env={**os.environ, "LC_ALL": "C.UTF-8"}, **how)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def events(self, *arguments):
        """As objects, with the exit status."""
        status, out, err = self.run("events", "--format", "jsonl", *arguments)
        return status, [json.loads(line) for line in out.splitlines()], err


def test_formats(tally):
    log = tally.write("update-fails")
    status, events, err = tally.events(log)
    tally.check("all events", (status, len(events), err) == (0, 5, ""),
                (status, len(events), err))
    tally.check("the second one", events[1] == {
        "time": "2026-11-19T08:00:07.0000000Z", "record": 1001,
        "provider": "Microsoft-Windows-WindowsUpdateClient", "id": 20,
        "version": 0, "level": 2, "task": 0, "opcode": 0,
        "keywords": "0x8000000000000000", "process": 1234, "thread": 4004,
        "channel": "System", "computer": "PC-0412.contoso.example",
        "user": "S-1-5-18",
        "data": {"errorCode": "0x80073712", "updateTitle": TITLE,
                 "updateGuid": "{0B7A6F19-47C4-454E-8C5C-E868D637E4D8}",
                 "updateRevisionNumber": 200,
                 "serviceGuid": "{0B7A6F19-47C4-454E-8C5C-E868D637E4D8}"}},
        events[1])
    tally.check("nested data", events[2]["user_data"] == {
        "CbsPackageChangeState": {
            "PackageIdentifier": "KB5031455", "IntendedPackageState": 5112,
            "ErrorCode": "0x80073712", "Client": "WindowsUpdateAgent"}},
        events[2])

    status, out, _ = tally.run("events", "--format", "xml", log)
    records = [tree.fromstring(line) for line in out.splitlines()]
    tally.check("as XML", status == 0 and [
        r.findtext(f"{NAMESPACE}System/{NAMESPACE}EventRecordID")
        for r in records] == ["1000", "1001", "1002", "1003", "1004"], out)

    status, out, _ = tally.run("events", log)
    tally.check("as text", status == 0 and out.splitlines()[1].startswith(
        "2026-11-19T08:00:07.0000000Z  error  System 1001  Event ID 20 of "
        "Microsoft-Windows-WindowsUpdateClient: errorCode = 0x80073712, "
        "updateTitle = " + TITLE), out)
    again = tally.run("events", log)
    tally.check("the same again", again == (status, out, ""))
    with log.open("rb") as stream:
        tally.check("from a pipe",
                    tally.run("events", "-", stdin=stream)[1] == out)


def test_filters(tally):
    log = tally.write("update-fails")
    for options, records in (
            (["--id", "20"], [1001, 1004]),
            (["--id", "44,7036"], [1000, 1003]),
            (["--provider", "servicing"], [1002]),
            (["--level", "error"], [1001, 1002, 1004]),
            (["--since", "2026-11-19 08:00:20"], [1003, 1004]),
            (["--until", "2026-11-19 08:00:00"], [1000]),
            (["--text", "sync RUNNING"], [1003]),
            (["--text", "nowhere"], []),
            (["--id", "20", "--until", "2026-11-19 08:00:10"], [1001])):
        status, events, err = tally.events(*options, log)
        tally.check(options, status == 0 and
                    [e["record"] for e in events] == records, err)
    for wrong in (["--id", "x"], ["--id", "1,,2"], ["--id", "70000"],
                  ["--format", "md"], ["--since", "soon"]):
        status, out, err = tally.run("events", *wrong, log)
        tally.check(wrong, status == 2 and out == "" and err, (status, err))


def test_damage(tally):
    log = tally.write("damaged")
    status, events, err = tally.events(log)
    tally.check("the rest is printed", status == 3 and
                [e["record"] for e in events] == [1000, 1001, 1003, 1004],
                (status, events))
    tally.check("and what is not is told", "1" in err and
                "its template lies outside of its chunk" in err and
                "records that could not be read: 1" in err, err)
    whole = tally.write("healthy")
    status, events, err = tally.events(whole, log)
    tally.check("several files", status == 3 and len(events) == 11, err)
    other = tally.folder / "other.log"
    other.write_text("2026-11-19 08:00:00 nothing\n")
    status, events, err = tally.events(other)
    tally.check("no event log", status == 3 and not events and
                "other.log" in err, err)
    status, events, err = tally.events(tally.folder)
    tally.check("a folder", len(events) >= 11 and "other.log" not in err, err)


def test_diagnosis(tally):
    for name, verdict in (("update-fails", "fault"), ("healthy", "no_fault"),
                          ("damaged", "fault"), ("logons", "fault")):
        log = tally.write(name)
        _, out, _ = tally.run("--format", "json", log)
        answer = json.loads(out)
        file = answer["coverage"][0]
        tally.check(name, answer["verdict"] == verdict, answer["verdict"])
        tally.check(name + ": its zone", file["zone"] == "+00:00", file)
        tally.check(name + ": how it was read",
                    file["state"] == ("partly" if name == "damaged" else
                                      "read"), file)
        # What only an export would tell is told by it as well.
        _, xml, _ = tally.run("events", "--format", "xml", log)
        export = tally.folder / (name + ".xml")
        export.write_text(xml)
        _, out, _ = tally.run("--format", "json", export)
        exported = json.loads(out)
        tally.check(name + ": as its export",
                    exported["verdict"] == verdict and
                    exported["summary"] == answer["summary"],
                    exported["summary"])


def test_folder(tally):
    """What of a folder is passed over is said."""
    folder = tally.folder / "pc"
    folder.mkdir()
    tally.write("update-fails").rename(folder / "System.evtx")
    (folder / "picture.png").write_bytes(b"no log")
    status, out, err = tally.run("events", folder)
    tally.check("a folder: events", status == 0 and out, err)
    tally.check("a folder: what is passed over",
                "names are not those of logs" in err, err)


def test_quotes(tally):
    """What no rule looks at is quoted all the same."""
    _, out, _ = tally.run("--format", "json", tally.write("logons"))
    tally.check("the whole event", "SubjectUserName = PC-0412$, TargetUserName "
                "= anna.muster, TargetDomainName = CONTOSO, Status = "
                "0xc000006d, SubStatus = 0xc0000234, LogonType = 3, "
                "WorkstationName = -, IpAddress = 192.0.2.17" in out, out)


def test_redaction(tally):
    """Events are printed whole, so that a promise to hide is refused."""
    log = tally.write("update-fails")
    status, out, err = tally.run("--redact", "events", log)
    tally.check("--redact is refused", status == 2 and out == "", err)


def main():
    with tempfile.TemporaryDirectory() as folder:
        tally = Checks(*sys.argv[1:3], folder)
        test_formats(tally)
        test_filters(tally)
        test_damage(tally)
        test_diagnosis(tally)
        test_folder(tally)
        test_quotes(tally)
        test_redaction(tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
