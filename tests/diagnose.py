#!/usr/bin/env python3
"""The same story told otherwise has the same verdict; another story, another.

    tests/diagnose.py PROGRAM

What a table of codes could not pass: ids, hosts, dates, cultures, encodings
and the border between two files change, and the verdict stays; the lines that
decide are taken away, and it drops to unknown; the outcome is turned, and it
becomes no_fault.
"""
import datetime as dt
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "examples"))
import endpoint  # noqa: E402

from tally import Tally

NOISE = 120  # lines around each scan; the story is the same with few


class Checks(Tally):
    def __init__(self, program):
        self.program = os.path.abspath(program)
        super().__init__()

    def run(self, *arguments):
        result = subprocess.run(
            [self.program, "--lang", "en", *map(str, arguments)],
            capture_output=True, timeout=120, check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"})
        return result.returncode, result.stdout, result.stderr


def write(folder, files):
    for name, data in files.items():
        path = pathlib.Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def diagnose(tally, files, *options):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, files)
        status, out, _ = tally.run("--format", "json", *options, folder)
        return status, json.loads(out)


def told(tally, **changes):
    return diagnose(tally, endpoint.Endpoint(noise=NOISE, **changes).files())


# What may change without changing the verdict.
SAME = {
    "ids": dict(seed=7),
    "host and server": dict(host="FRONT-DESK", server="sup.other.test"),
    "dates": dict(first=dt.datetime(2025, 2, 26, 7, 30)),
    "zone": dict(zone=-330),
    "US stamps": dict(culture="us", first=dt.datetime(2026, 3, 14, 7, 30)),
    "German stamps": dict(culture="de", first=dt.datetime(2026, 3, 14, 7)),
    "UTF-16": dict(encoding="utf-16"),
    "no mark": dict(encoding="utf-8"),
    "UTF-16 without a mark": dict(encoding="utf-16-le"),
    "rotation": dict(rotated=True),
    "rotation and UTF-16": dict(rotated=True, encoding="utf-16", seed=3),
}


def test_same(tally):
    for name, changes in {"as it is": {}, **SAME}.items():
        _, answer = told(tally, **changes)
        faults = [f for f in answer["findings"] if f["severity"] == "fault"]
        tally.check(name, answer["verdict"] == "fault", answer["summary"])
        tally.check(name + ": one fault", len(faults) == 1,
                    [f["id"] for f in faults])
        tally.check(name + ": the cause",
                    [(f.get("topic"), f.get("cause")) for f in faults[:1]] ==
                    [("wu-soap-fault", "prerequisite-limit")],
                    faults[:1] and faults[0]["id"])
        tally.check(name + ": steps",
                    faults and "wsus-raise-prerequisite-limit" in
                    [s["id"] for s in faults[0].get("steps", [])])


def test_quotes(tally):
    """Each quoted line stands where the answer says."""
    files = endpoint.Endpoint(noise=NOISE).files()
    _, answer = diagnose(tally, files)
    for finding in answer["findings"]:
        for quote in finding["evidence"]:
            data = next(d for n, d in files.items()
                        if n.endswith(quote["file"]))
            encoding = ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff")
                        else "utf-8-sig")
            line = data.decode(encoding).split("\r\n")[
                quote["at"]["line"] - 1]
            tally.check("quote " + finding["id"],
                        line.strip().startswith(quote["text"].strip()[:60]),
                        (line[:60], quote["text"][:60]))


def test_other_ending(tally):
    _, answer = told(tally, ending="success")
    tally.check("turned to success", answer["verdict"] == "no_fault",
                answer["summary"])
    _, answer = told(tally, ending="cut")
    tally.check("deciding lines away", answer["verdict"] == "unknown",
                answer["summary"])
    tally.check("what would settle it",
                any(c["state"] == "missing" for c in answer["coverage"]))
    _, answer = told(tally, ending="success", rotated=True)
    tally.check("success over two files", answer["verdict"] == "no_fault",
                answer["summary"])


def test_history(tally):
    """How often since when, and the last success, follow the log."""
    _, answer = told(tally)
    fault = answer["findings"][0]
    tally.check("failures in a row", fault["failing"] == 16, fault)
    tally.check("last success",
                fault["last_success"].startswith("2026-11-11"))
    tally.check("since", fault["since"].startswith("2026-11-12"))


def test_options(tally):
    files = endpoint.Endpoint(noise=NOISE).files()
    status, answer = diagnose(tally, files, "--until", "2026-11-11 23:00",
                              "--exit-verdict")
    tally.check("--until before the trouble",
                answer["verdict"] != "fault", answer["summary"])
    status, answer = diagnose(tally, files, "--exit-verdict")
    tally.check("--exit-verdict fault", status == 10, status)
    status, answer = diagnose(tally, files, "--only", "cbs,dism",
                              "--exit-verdict")
    tally.check("--only", answer["verdict"] == "no_fault" and status == 0,
                answer["summary"])
    status, _, err = tally.run("diagnose", "--only", "nonsense", ".")
    tally.check("--only nonsense", status == 2, err)
    _, answer = diagnose(tally, files, "--until", "2026-11-12")
    tally.check("--until a day takes all of it",
                answer["findings"][0]["failing"] == 2, answer["summary"])
    _, answer = diagnose(tally, files, "--since", "2026-11-12",
                         "--until", "2026-11-12")
    tally.check("one day", answer["findings"][0]["failing"] == 2,
                answer["summary"])
    _, answer = diagnose(tally, files, "--until", "2026-11-11")
    tally.check("--until the day before", answer["verdict"] != "fault",
                answer["summary"])
    status, _, err = tally.run("diagnose", "--since", "soon", ".")
    tally.check("--since soon", status == 2, err)


def test_archive(tally):
    files = endpoint.Endpoint(noise=NOISE).files()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "bundle.zip"
        path.write_bytes(endpoint.bundle(files))
        _, out, _ = tally.run("--format", "json", path)
        answer = json.loads(out)
        tally.check("zip", answer["verdict"] == "fault", answer["summary"])
        tally.check("zip: all files", len([c for c in answer["coverage"] if
                                           c["state"] == "read"]) ==
                    len(files))


def test_two_machines(tally):
    """One is well, one is not: they are told apart."""
    files = endpoint.Endpoint(noise=NOISE, host="PC-1").files()
    files.update(endpoint.Endpoint(noise=NOISE, host="PC-2", seed=9,
                                   ending="success").files())
    _, answer = diagnose(tally, files)
    tally.check("two machines", answer["verdict"] == "fault",
                answer["summary"])
    tally.check("the right machine",
                [f.get("machine") for f in answer["findings"]
                 if f["severity"] == "fault"] == ["PC-1"])
    good = [o for o in answer["outcomes"]
            if o.get("machine") == "PC-2" and o["kind"] == "wu-scan"]
    tally.check("the other is well",
                good and all(o["state"] == "succeeded" for o in good), good)


def test_example(tally):
    """The bundled example is what its generator writes today."""
    example = (pathlib.Path(__file__).parent.parent / "examples" /
               "pc-0412.zip")
    tally.check("the example is up to date", example.read_bytes() ==
                endpoint.bundle(endpoint.Endpoint().files()))
    status, out, _ = tally.run("--exit-verdict", example)
    tally.check("the example's verdict",
                status == 10 and out.startswith(b"FAULT"), out[:80])


def test_french(tally):
    """The example reads as if written in French: nothing falls back."""
    example = (pathlib.Path(__file__).parent.parent / "examples" /
               "pc-0412.zip")
    _, out, _ = tally.run("--lang", "fr", example)
    left = [line for line in out.decode().splitlines() if "[en]" in line]
    tally.check("the example in French", out.startswith(b"PANNE") and
                not left, (out[:80], left))


def test_braces(tally):
    """A title says what the line holds, also where that is in braces."""
    key = "HKEY_LOCAL_MACHINE\\Software\\{D4FA6763-9A2C-23C4-CA65-B9CBB4AD5446}"
    log = ("=== Verbose logging started: 11/19/2026  8:41:00  Build type: SHIP "
           "UNICODE 5.00.10011.00  Calling process: C:\\msiexec.exe ===\r\n"
           "MSI (s) (A4:10) [08:41:00:100]: Doing action: INSTALL\r\n"
           f"Error 1402. Could not open key: {key}. System error 5.  Verify "
           "that you have sufficient access to that key.\r\n"
           "Action ended 8:41:02: INSTALL. Return value 3.\r\n"
           "MSI (s) (A4:10) [08:41:03:000]: MainEngineThread is returning "
           "1603\r\n"
           "=== Verbose logging stopped: 11/19/2026  8:41:03 ===\r\n")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "msi.log"
        path.write_bytes(log.encode())
        _, out, _ = tally.run("--format", "json", path)
        title = json.loads(out)["findings"][0]["title"]
        tally.check("a key in braces", title.startswith(
            f"The registry key {key}"), title)


def test_brief_codes(tally):
    """One line for each code, the most frequent first."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "some.log"
        path.write_text("failed 0x80070005\nfailed 0x80244007\n"
                        "failed 0x80070005\n")
        _, out, _ = tally.run("--brief", "codes", path)
        lines = out.decode().splitlines()
        tally.check("brief codes", len(lines) == 2 and
                    lines[0].startswith("2 x 0x80070005  ERROR_ACCESS_") and
                    lines[1].startswith("1 x 0x80244007  WU_E_"), lines)


def test_path_like_event(tally):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, {"Kernel-Power/41": b"12:00:00 Error 0x80070005\n"})
        for name, read in ("Kernel-Power/41", True), ("VSS/8194", False):
            done = subprocess.run(
                [tally.program, "--lang", "en", name], cwd=folder,
                capture_output=True, timeout=120, check=False)
            tally.check(f"{name} is read: {read}",
                        (b"Looked at" in done.stdout) == read, done)
            tally.check(f"{name} is said to be read: {read}",
                        (b"read as a path" in done.stderr) == read, done)


def test_nothing(tally):
    with tempfile.TemporaryDirectory() as folder:
        status, out, _ = tally.run(folder)
        tally.check("an empty folder", status == 3, (status, out[:80]))
        status, out, _ = tally.run(folder + "/missing.log")
        tally.check("a missing file", status == 3 and b"missing" in out,
                    (status, out[:80]))


def main():
    tally = Checks(sys.argv[1])
    for test in (test_same, test_quotes, test_other_ending, test_history,
                 test_options, test_archive, test_two_machines, test_example,
                 test_french, test_braces, test_brief_codes,
                 test_path_like_event, test_nothing):
        test(tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
