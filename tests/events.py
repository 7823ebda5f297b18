#!/usr/bin/env python3
"""winwhy events, and the diagnosis of event logs.

    tests/events.py PROGRAM WRITER TRACE_WRITER

The writers make the logs: tests/writers/write_evtx.c and write_etl.c.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

from tally import Tally

NAMESPACE = "{http://schemas.microsoft.com/win/2004/08/events/event}"
UPDATE_LOG = """\
2026/11/19 08:00:00.1234567 4352  900   Agent           * START * Finding updates
2026/11/19 08:00:01.0000000 4352  900   ComApi          two
 lines
2026/11/19 08:00:02.0000000 4352  901   Misc            *FAILED* [80240022] end
"""
TITLE = "2026-11 Cumulative Update (KB5031455)"


def unique(pairs):
    """An object of JSON, whose keys all differ."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError(f"a key twice: {pairs}")
    return made


class Checks(Tally):
    def __init__(self, program, writer, trace_writer, folder):
        self.program = os.path.abspath(program)
        self.writer = os.path.abspath(writer)
        self.trace_writer = os.path.abspath(trace_writer)
        self.folder = pathlib.Path(folder)
        super().__init__()

    def write(self, name):
        path = self.folder / (name + ".evtx")
        subprocess.run([self.writer, name, path], check=True)
        return path

    def trace(self, *options, log=UPDATE_LOG):
        path = self.folder / "update.etl"
        with path.open("wb") as stream:
            subprocess.run([self.trace_writer, *options], stdout=stream,
                           input=log.encode(), check=True)
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
        return status, [json.loads(line, object_pairs_hook=unique)
                        for line in out.split("\n") if line], err


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


def test_carving(tally):
    """What is left of older records where a chunk was used again."""
    log = tally.write("reused")
    status, events, err = tally.events(log)
    tally.check("not unless asked for", (status, err) == (0, "") and
                [e["record"] for e in events] == [1100, 1101], (events, err))
    status, events, err = tally.events("--carve", log)
    tally.check("carved", status == 0 and
                [(e["record"], e.get("carved")) for e in events] ==
                [(1100, None), (1101, None)] +
                [(n, True) for n in range(1003, 1010)], events)
    tally.check("carved: whole", events[2]["data"] == {
        "param1": "Contoso Sync Service", "param2": "stopped",
        "Binary": "43006F006E0074006F0073006F005300760063002F003400"},
        events[2])
    tally.check("carved: told", "records carved from unused space: 7" in err
                and "1 x " not in err and
                "hold no whole one" in err and
                "records that could not be carved: 1" in err, err)
    _, out, _ = tally.run("events", "--carve", log)
    tally.check("carved: text", [line.split("  ")[2] for line in
                                 out.splitlines()] ==
                ["System 1100", "System 1101"] +
                [f"System {n} (carved)" for n in range(1003, 1010)], out)
    _, out, _ = tally.run("events", "--carve", "--format", "xml", log)
    tally.check("carved: XML", [tree.fromstring(line).get(
        "{urn:winwhy}carved") for line in out.splitlines()] ==
        2 * [None] + 7 * ["true"], out)
    _, events, _ = tally.events("--carve", "--text", "stopped", "--until",
                                "2026-11-19 08:00:40", log)
    tally.check("carved: filters", [e["record"] for e in events] ==
                [1003, 1005], events)

    log = tally.write("reused-by-others")
    status, events, err = tally.events("--carve", log)
    tally.check("no template, no guess", status == 0 and
                [e["record"] for e in events] == [1100] and
                "its template was overwritten" in err and
                "carved from" not in err, (events, err))
    _, events, err = tally.events("--carve", "--id", "7036", log)
    tally.check("nor one that is only counted", not events and
                "carved from" not in err, err)
    status, events, err = tally.events("--carve", tally.write("reused-copy"))
    tally.check("once is enough", status == 0 and
                [e["record"] for e in events] ==
                list(range(1000, 1010)) + [1100], events)


def test_traces(tally):
    log = tally.trace("--bias", "-60")
    status, out, err = tally.run("events", log)
    tally.check("a trace", (status, err) == (0, "") and out.splitlines() == [
        "2026-11-19T07:00:00.1234567Z  info  WUTraceLogging 1  "
        "Agent: * START * Finding updates",
        "2026-11-19T07:00:01.0000000Z  info  WUTraceLogging 2  "
        "ComApi: two  lines",
        "2026-11-19T07:00:02.0000000Z  info  WUTraceLogging 3  "
        "Misc: *FAILED* [80240022] end"], (out, err))
    _, events, _ = tally.events(log)
    tally.check("a trace: JSON", len(events) == 3 and events[1] == {
        "time": "2026-11-19T07:00:01.0000000Z", "record": 2,
        "provider": "WUTraceLogging",
        "provider_guid": "{0B7A6F19-47C4-454E-8C5C-E868D637E4D8}", "id": 0,
        "version": 0, "level": 4, "task": 0, "opcode": 0, "keywords": "0x0",
        "process": 4352, "thread": 900, "name": "ComApi",
        "data": {"Info": "two\n lines"}}, events)
    for options, records in (
            (["--id", "0"], [1, 2, 3]), (["--id", "20"], []),
            (["--provider", "tracelogg"], [1, 2, 3]),
            (["--provider", "elsewhere"], []), (["--level", "error"], []),
            (["--since", "2026-11-19 07:00:01"], [2, 3]),
            (["--until", "2026-11-19 07:00:01"], [1, 2]),
            (["--text", "comapi TWO"], [2])):
        status, events, err = tally.events(*options, log)
        tally.check(options, status == 0 and
                    [e["record"] for e in events] == records, events)
    # Whole: what is not printed is told, with who wrote it.
    log = tally.trace("--foreign", "2", "--numbers", "1", "--values", "1")
    status, events, err = tally.events(log)
    tally.check("others", status == 3 and events[0]["data"] == {
        "hr": "0x80070005", "jobs": [{"name": "a", "ok": True},
                                     {"name": "b", "ok": False}],
        "sizes": [7, 8], "user": "S-1-5-32-544"}, events)
    tally.check("and what cannot be", "2 x an event of provider "
                "{04030201-0605-0807-090a-0b0c0d0e0f10} holds no text" in err
                and "a number instead of its text (WPP)" in err, err)
    status, out, _ = tally.run("events", "--format", "xml", log)
    tally.check("a trace: XML", [
        tree.fromstring(line).findtext(f"{NAMESPACE}RenderingInfo/"
                                       f"{NAMESPACE}Task")
        for line in out.splitlines()] == ["JobsDone", "Agent", "ComApi",
                                          "Misc"], out)
    long = UPDATE_LOG.replace("two", "\u00e9" * 30000)
    log = tally.trace("--buffer", "65536", log=long)
    for options in ([], ["--text", "\u00e9" * 30000]):
        status, out, err = tally.run("events", *options, log)
        tally.check("a long text", status == 0 and
                    out.count("\u00e9") == 30000, err)
    # What was lost before the trace was a file is told, and no failure.
    status, events, err = tally.events(tally.trace("--lost", "5"))
    tally.check("lost before", status == 0 and len(events) == 3 and
                "5 x an event was lost while" in err, err)


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


def test_places(tally):
    """A place in a binary file is a record."""
    log = tally.write("update-fails").rename(tally.folder / "System.evtx")
    _, out, _ = tally.run(log)
    tally.check("quoted", "System.evtx, record 1004\n" in out and
                not re.search(r"evtx:\d", out), out)
    _, out, _ = tally.run("--lang", "fr", log)
    tally.check("quoted in French", "System.evtx, enregistrement 1004" in out,
                out)
    _, out, _ = tally.run("--format", "md", log)
    tally.check("quoted in Markdown", "System.evtx, record 1004" in out, out)
    _, out, _ = tally.run("codes", log)
    tally.check("codes", "System.evtx, record 1001-1004" in
                " ".join(out.split()), out)
    _, out, _ = tally.run("timeline", log)
    tally.check("timeline", "System.evtx, record 1002  error" in out, out)
    _, out, _ = tally.run("--format", "json", log)
    tally.check("JSON", [q["at"] for q in
                         json.loads(out)["findings"][0]["evidence"]] ==
                [{"record": 1002}, {"record": 1004}], out)
    _, xml, _ = tally.run("events", "--format", "xml", log)
    (tally.folder / "System.xml").write_text(xml)
    _, out, _ = tally.run(tally.folder / "System.xml")
    tally.check("an export has lines", "System.xml:5\n" in out, out)


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
        tally = Checks(*sys.argv[1:4], folder)
        test_formats(tally)
        test_filters(tally)
        test_damage(tally)
        test_carving(tally)
        test_traces(tally)
        test_diagnosis(tally)
        test_places(tally)
        test_folder(tally)
        test_quotes(tally)
        test_redaction(tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
