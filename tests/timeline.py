#!/usr/bin/env python3
"""winwhy timeline: the records of several logs in one order.

    tests/timeline.py PROGRAM

The order is that of UTC, whatever clock a log is kept on; nothing is lost, and
each filter leaves what it says.
"""
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "examples"))
import endpoint  # noqa: E402

from tally import Tally

EXAMPLE = pathlib.Path(__file__).parent.parent / "examples" / "pc-0412.zip"
MEBI = 1 << 20
SEED = 20261119  # of all that is drawn

CBS = """\
2026-11-19 08:00:00, Info                  CBS    Session: 1_1 initialized
2026-11-19 08:00:02, Error                 CBS    Failed [HRESULT = 0x80070005]
2026-11-19 08:00:01, Info                  CBS    written late
  and goes on
2026-11-19 08:10:00, Warning               CSI    Something is missing
2026-11-19 09:00:00, Info                  CBS    Session: 1_1 finalized
"""
PLAIN = """\
no time yet
2026-11-19T07:00:01+00:00 ERROR service returned 0x80070005
2026-11-19T07:10:01+00:00 INFO all is well
goes on without a time
2026-11-19T10:00:00+00:00 INFO later
"""
LOCAL = """\
2026-11-19 08:00:01.500 ERROR local 0x80244007
2026-11-19 08:10:02 INFO local
"""


class Checks(Tally):
    def __init__(self, program):
        self.program = os.path.abspath(program)
        self.sanitized = "san" in self.program
        super().__init__()

    def run(self, *arguments, **how):
        done = subprocess.run(
            [self.program, "timeline", "--lang", "en", *map(str, arguments)],
            capture_output=True, timeout=300, check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"}, **how)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def records(self, *arguments):
        _, out, _ = self.run("--format", "jsonl", *arguments)
        return [json.loads(line) for line in out.splitlines()]


def write(folder, **files):
    for name, text in files.items():
        (pathlib.Path(folder) / (name + ".log")).write_text(text)


def places(records):
    return [(r["file"], r["at"]["line"]) for r in records]


def test_order(tally):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, cbs=CBS, local=LOCAL)
        got = places(tally.records(folder))
        tally.check("one clock", got == [
            ("cbs.log", 1), ("cbs.log", 3), ("local.log", 1), ("cbs.log", 2),
            ("cbs.log", 5), ("local.log", 2), ("cbs.log", 6)], got)
        _, out, _ = tally.run(folder)
        lines = out.splitlines()
        tally.check("text", len(lines) == 7 and lines[0].startswith(
            "2026-11-19 08:00:00      ") and "written late and goes on" in
            lines[1].replace("   ", " "), out)
        tally.check("text: whole in a pipe", "cbs.log:2    error" in out and
                    "Failed [HRESULT = 0x80070005]" in out, out)
        _, out, _ = tally.run("--width", 70, folder)
        tally.check("text: cut to the width",
                    all(len(line) <= 80 for line in out.splitlines()) and
                    "…" in out, out)
        _, out, _ = tally.run("--colour", "always", folder)
        tally.check("text: colour", "\x1b[1m0x80070005\x1b[0m" in out, out)


def test_zones(tally):
    """Two clocks: what one log says in UTC, another in local time."""
    with tempfile.TemporaryDirectory() as folder:
        write(folder, plain=PLAIN,
              other=PLAIN.replace("T07:", "T08:").replace("T10:", "T11:")
              .replace("+00:00", "+01:00").replace("service", "other"))
        records = tally.records(folder)
        got = [(r["file"], r["at"]["line"]) for r in records]
        tally.check("zones: in step", sorted(got[:2]) == [
            ("other.log", 2), ("plain.log", 2)] and len(got) == 8, got)
        tally.check("zones: both times", all(
            r["utc"][11:13] in ("07", "10") for r in records if "utc" in r)
            and {r["time"][11:13] for r in records if "time" in r} ==
            {"07", "08", "10", "11"}, records)
        untimed = [r for r in records if "time" not in r]
        tally.check("zones: behind the one before", len(untimed) == 2 and
                    all(r["at"]["line"] == 4 for r in untimed), untimed)
        _, out, _ = tally.run(folder)
        tally.check("zones: shown in UTC", out.startswith(
            "2026-11-19 07:00:01Z"), out)
        _, out, _ = tally.run("--format", "json", folder)
        tally.check("zones: said", json.loads(out)["clock"] == "utc")
        got = places(tally.records("--around", "2026-11-19 07:10:00",
                                   "--within", "30s", folder))
        tally.check("zones: around", len(got) == 4, got)


def test_filters(tally):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, cbs=CBS, local=LOCAL, plain=PLAIN)
        for name, options, expected in (
                ("errors", ["--level", "error"], 3),
                ("warnings", ["--level", "warning"], 4),
                ("words", ["--text", "LATE written"], 1),
                ("other words", ["--text", "written nowhere"], 0),
                ("a kind of log", ["--source", "cbs"], 5),
                ("a component", ["--source", "CSI"], 1),
                ("a file", ["--source", "local"], 2),
                ("only", ["--only", "cbs"], 5),
                ("since", ["--since", "2026-11-19 09:00", "--only", "cbs"], 1),
                ("until", ["--until", "2026-11-19 08:00:01"], 5),
                ("since, without a time", ["--since", "2026-11-19 07:05",
                                           "--source", "plain"], 3),
                ("until, without a time", ["--until", "2026-11-19 07:05",
                                           "--source", "plain"], 1),
                ("a code", ["--around", "0x80070005", "--within", "0s",
                            "--only", "cbs"], 1),
                ("a decimal code", ["--around", "-2147024891", "--within",
                                    "1s", "--only", "cbs"], 2),
                ("a name", ["--around", "ERROR_ACCESS_DENIED", "--within",
                            "1s", "--only", "cbs"], 2),
                ("no such code", ["--around", "0x80240022"], 0)):
            got = tally.records(*options, folder)
            tally.check("filter: " + name, len(got) == expected,
                        (len(got), places(got)))
        for options in (["--around", "soon"], ["--within", "5x"],
                        ["--level", "bad"], ["--only", "nonsense"],
                        ["--since", "soon"], ["--format", "md"],
                        ["--format", "ndjson"]):
            status, out, err = tally.run(*options, folder)
            tally.check(f"usage: {options}", status == 2 and err and not out,
                        (status, out, err))


def test_level_of_logs_without(tally):
    """WindowsUpdate.log has no levels: an end with a failure is an error."""
    got = tally.records("--level", "error", "--source", "wu", EXAMPLE)
    tally.check("no levels", got and all("level" not in r or
                                         r["level"] == "error" for r in got)
                and all(any(c.startswith("0x8") for c in r.get("codes", []))
                        for r in got), got[:2])


def test_all(tally):
    """Nothing is lost: as many records as the diagnosis counted."""
    records = tally.records(EXAMPLE)
    done = subprocess.run([tally.program, "--format", "json", EXAMPLE],
                          capture_output=True, check=False)
    counted = sum(c.get("records", 0)
                  for c in json.loads(done.stdout)["coverage"])
    tally.check("all of the example", len(records) == counted,
                (len(records), counted))
    times = [r["time"] for r in records if "time" in r]
    tally.check("in order", [t[:19] for t in times] ==
                sorted(t[:19] for t in times))
    status, out, _ = tally.run("--format", "json", EXAMPLE)
    answer = json.loads(out)
    tally.check("json: has a limit", status == 0 and
                len(answer["records"]) == 10000 and answer["more"], status)
    tally.check("json: the same", answer["records"] == records[:10000])
    _, french, _ = tally.run("--lang", "fr", "--level", "error", EXAMPLE)
    tally.check("French", "erreur" in french, french[:200])


def test_shuffled(tally):
    """However far records go backward, and however many: sorted, stable."""
    draw = random.Random(SEED)
    stamps = [f"2026-11-{day:02} {hour:02}:{minute:02}:07 "
              for day in range(1, 29) for hour in range(24)
              for minute in range(60)]
    draw.shuffle(stamps)
    lines = [stamp + "INFO " + "x" * 400 + f" {n}"
             for n, stamp in enumerate(stamps)]
    with tempfile.TemporaryDirectory() as folder:
        # More than is kept in memory, in several runs of two files.
        write(folder, a="\n".join(2 * lines) + "\n",
              b="\n".join(lines) + "\n")
        _, out, err = tally.run(folder)
        got = [line[:19] for line in out.splitlines()]
        tally.check("shuffled: all", len(got) == 3 * len(lines),
                    (len(got), err))
        tally.check("shuffled: sorted", got == sorted(got))
        first = [line for line in out.splitlines()
                 if line.startswith("2026-11-01 00:00:07")]
        tally.check("shuffled: stable",
                    [line.split()[2].split(":")[0] for line in first] ==
                    ["a.log", "a.log", "b.log"], [x[:60] for x in first])
        if tally.sanitized:
            return
        status, _, err = tally.run(
            folder, preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_DATA, (96 * MEBI, 96 * MEBI)))
        tally.check("shuffled: flat memory", status == 0, (status, err))
        os.environ["TMPDIR"] = folder + "/missing"
        status, _, err = tally.run(folder)
        del os.environ["TMPDIR"]
        tally.check("no room: said", status == 4 and "timeline" in err,
                    (status, err))
        tally.check("no room: nothing is left", sorted(
            os.listdir(folder)) == ["a.log", "b.log"])


def test_unread(tally):
    with tempfile.TemporaryDirectory() as folder:
        status, out, _ = tally.run(folder)
        tally.check("an empty folder", (status, out) == (3, ""), status)
        write(folder, cbs=CBS)
        status, out, err = tally.run(folder, folder + "/missing")
        tally.check("one is missing", status == 0 and len(out.splitlines()) ==
                    5 and "missing" in err, (status, err))
        (pathlib.Path(folder) / "events.log").write_bytes(
            b"regf" + bytes(5000))
        status, out, err = tally.run(folder)
        tally.check("a binary file", status == 0 and "events.log" in err,
                    (status, err))
        status, _, _ = tally.run("--text", "nowhere", folder)
        tally.check("nothing fits", status == 1, status)
        status, _, err = tally.run()
        tally.check("nothing asked", status == 2, status)


def test_hostile(tally):
    draw = random.Random(SEED)
    pieces = [line.encode() + b"\n" for line in
              (CBS + PLAIN + LOCAL).splitlines()]
    pieces += [b"\0", b"\xff\xfe", b"\n" * 50, b"9999-12-31 23:59:59, Info  ",
               b"1601-01-01 00:00:00, Info  ", b"\x1b[2J", b"x" * 70000]
    for n in range(40):
        data = b"".join(draw.choice(pieces)
                        for _ in range(draw.randrange(200)))
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "some.log").write_bytes(data)
            for options in ([], ["--format", "json"], ["--level", "error"],
                            ["--around", "0x80070005"],
                            ["--around", "2026-11-19 08:00"]):
                status, out, err = tally.run(*options, folder)
                tally.check(f"hostile {n} {options}", status in (0, 1, 3) and
                            "\x1b[2J" not in out, (status, err[-200:]))
                if "json" in options:
                    json.loads(out)


def test_machines(tally):
    files = endpoint.Endpoint(noise=20, host="PC-1").files()
    files.update(endpoint.Endpoint(noise=20, host="PC-2", seed=9).files())
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            path = pathlib.Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        records = tally.records(folder)
        tally.check("machines", {r.get("machine") for r in records} ==
                    {"PC-1", "PC-2"})


def main():
    tally = Checks(sys.argv[1])
    for test in (test_order, test_zones, test_filters,
                 test_level_of_logs_without, test_all, test_shuffled,
                 test_unread, test_hostile, test_machines):
        test(tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
