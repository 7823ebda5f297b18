#!/usr/bin/env python3
"""winwhy annotate as it is used: in a pipe, on files, behind rsyslog.

    tests/annotate.py PROGRAM

What is added can be taken out again and leaves the bytes that went in; an
object stays an object; a line is answered before the next one is there.  The
real rsyslogd is asked where it is installed.
"""
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from tally import Tally

DENIED = b"0x80070005"
SOAP = b"-2145107961"
MARK = b"  winwhy: "
MEBI = 1 << 20
SEED = 20261119  # of all that is drawn


class Checks(Tally):
    def __init__(self, program):
        self.program = os.path.abspath(program)
        self.sanitized = "san" in self.program
        super().__init__()

    def start(self, *arguments, **how):
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        return subprocess.Popen(
            [self.program, "annotate", *map(str, arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=environment, **how)

    def run(self, data, *arguments):
        process = self.start(*arguments)
        timer = threading.Timer(60, process.kill)
        timer.start()
        out, err = process.communicate(data)
        timer.cancel()
        return process.returncode, out, err


def ours(out):
    return [line for line in out.splitlines() if line.startswith(MARK)]


def others(out):
    return b"".join(line for line in out.splitlines(keepends=True)
                    if not line.startswith(MARK))


# Text

def test_text(tally):
    text = (b"start of it\r\nfailed with " + DENIED + b"\r\n"
            b"hr = " + SOAP + b", again " + DENIED + b"\r\nlast\r\n")
    status, out, err = tally.run(text)
    tally.check("text: status", (status, err) == (0, b""), (status, err))
    tally.check("text: the bytes stay", others(out) == text, out)
    lines = out.split(b"\r\n")
    tally.check("text: below its line",
                lines[2].startswith(MARK + DENIED + b"  ERROR_ACCESS_DENIED  "
                                    b"The account"), lines)
    tally.check("text: another spelling",
                lines[4].startswith(MARK + SOAP + b" = 0x80244007  WU_E_PT_"),
                lines)
    tally.check("text: once", len(ours(out)) == 2, out)


def test_noise(tally):
    """What is no failure, or only looks like a code, is left alone."""
    for line in (b"flags 0x30, size 0x00000026",
                 b"gle=0x000000b7", b"state 0x00240005, then more",
                 b"id 80070005-1234-4321-8888-0123456789ab",
                 b"0x87654321 has no name", b"S_OK"):
        tally.check("noise: " + line.decode(),
                    ours(tally.run(line + b"\n")[1]) == [], line)
    for line in (b"HRESULT = 0x00240005", b"error 0x00000005"):
        tally.check("announced: " + line.decode(),
                    len(ours(tally.run(line + b"\n")[1])) == 1, line)


def test_again(tally):
    line = b"failed: " + DENIED + b"\n"
    for option, times in (((), 3), (("--again", 100), 3),
                          (("--again", 50), 5), (("--again", 0), 250),
                          (("--again", "never"), 1)):
        _, out, _ = tally.run(250 * line, *option)
        tally.check(f"again {option}", len(ours(out)) == times,
                    len(ours(out)))
    status, _, err = tally.run(line, "--again", "often")
    tally.check("again: nonsense", status == 2 and b"number of lines" in err,
                err)


def test_end(tally):
    status, out, _ = tally.run(b"failed: " + DENIED)
    tally.check("no line end", status == 0 and
                out.startswith(b"failed: " + DENIED + b"\n" + MARK) and
                not out.endswith(b"\n"), out)
    tally.check("empty", tally.run(b"")[:2] == (0, b""))
    tally.check("no code", tally.run(b"no code")[:2] == (0, b"no code"))


def test_utf16(tally):
    text = "\ufeffd\u00e9j\u00e0 0x80070005\r\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        _, out, _ = tally.run(text.encode(encoding))
        tally.check(encoding, others(out).decode() == text[1:] and
                    len(ours(out)) == 1, out)


def test_words(tally):
    line = b"error 0x80072F8F\n"
    status, _, err = tally.run(line, "--in", "nonsense")
    tally.check("in: nonsense", status == 2 and b"nonsense" in err, err)
    names = {tally.run(line, "--in", where)[1].split(b"  ")[3]
             for where in ("wu", "wininet")}
    tally.check("in: decides", len(names) == 2, names)
    _, out, _ = tally.run(SOAP + b"\n", "--lang", "fr")
    tally.check("French", "a répondu".encode() in out, out)
    _, out, _ = tally.run(SOAP + b"\n", "--colour", "always")
    tally.check("colour", b"\x1b[36m" + MARK in out and
                out.startswith(SOAP + b"\n"), out)
    tally.check("no such format", tally.run(b"", "--format", "json")[0] == 2)


def test_files(tally):
    with tempfile.TemporaryDirectory() as folder:
        first = pathlib.Path(folder) / "first.log"
        second = pathlib.Path(folder) / "second.log"
        first.write_bytes(b"one " + DENIED + b"\n")
        second.write_bytes(b'{"a":"' + DENIED + b'"}\nno\n')
        status, out, err = tally.run(b"standard\n", first, "-", second)
        tally.check("files: in order", status == 0 and
                    others(out).startswith(b"one " + DENIED +
                                           b'\nstandard\n{"a"'), out)
        tally.check("files: each its format", b'"winwhy":[' in out and
                    b"no JSON objects: 1" in err, (out, err))
        status, out, err = tally.run(b"", folder + "/missing", first)
        tally.check("files: one is missing", status == 3 and
                    out.startswith(b"one") and b"missing" in err, err)


# NDJSON

def test_ndjson(tally):
    lines = [
        b'{"message":"failed\\n0x80070005","m":[1,{"x":"}"}]}',
        b'{"message":"nothing","other":"0x80070005"}',
        b'{ "message" : -2145107961 }  \r',
        b"no object 0x80070005",
        b'{"message":"0x80070005"',
        b'{"message":"0x80070005","winwhy":[]}',
        b"",
        b'{}',
    ]
    text = b"\n".join(lines) + b"\n"
    status, out, err = tally.run(text, "--field", "message")
    got = out.split(b"\n")
    tally.check("ndjson: status", status == 0 and
                b"no JSON objects: 2" in err, err)
    tally.check("ndjson: a line is a line", len(got) == len(lines) + 1, out)
    for n in (1, 3, 4, 5, 6, 7):
        tally.check(f"ndjson: line {n} stays", got[n] == lines[n], got[n])
    first = json.loads(got[0])
    tally.check("ndjson: the member", [c["code"] for c in first["winwhy"]] ==
                ["0x80070005"] and
                first["winwhy"][0]["name"] == "ERROR_ACCESS_DENIED", first)
    tally.check("ndjson: the bytes stay", got[0].startswith(lines[0][:-1]) and
                got[2].startswith(lines[2][:-4]) and
                got[2].endswith(b"]}  \r"), got[2])
    third = json.loads(got[2])
    tally.check("ndjson: a number", third["winwhy"][0] == {
        "code": "0x80244007", "name": "WU_E_PT_SOAPCLIENT_SOAPFAULT",
        "meaning": third["winwhy"][0]["meaning"], "topic": "wu-soap-fault"},
                third)
    _, out, _ = tally.run(text)
    tally.check("ndjson: every member", b"winwhy" in out.split(b"\n")[1])
    _, out, _ = tally.run(b'x 0x80070005\n{"a":1}\n', "--format", "ndjson")
    tally.check("ndjson: forced", out == b'x 0x80070005\n{"a":1}\n', out)
    _, out, _ = tally.run(b'{"a":"0x80070005"}\n', "--format", "text")
    tally.check("ndjson: refused", out.split(b"\n")[1].startswith(MARK), out)


def test_redact(tally):
    text = (b'{"host":"PC-0412","m":"C:\\\\Users\\\\greta\\\\x 0x80070005\\r\\n'
            b'Account Name:\\t\\tgmoser\\r\\n \\u00fc"}\n'
            b'{"SerialNumber":12345678,"n":12345678,"pid":1234,'
            b'"m":"\\tgmoser, Greta, \\"pc-0412\\" \\u00fc"}\n'
            b'no object of gmoser 0x80070005\n')
    status, out, err = tally.run(text, "--redact")
    words = (b"greta", b"gmoser", b"pc-0412", b"12345678")
    tally.check("redact: nobody is left", status == 0 and not
                any(word in out.lower() for word in words), out + err)
    first, second = map(json.loads, out.splitlines()[:2])
    tally.check("redact: strings", first["m"] == "C:\\Users\\user-1\\x "
                "0x80070005\r\nAccount Name:\t\tuser-2\r\n \u00fc" and
                second["m"] == "\tuser-2, user-1, \"host-1\" \u00fc", out)
    tally.check("redact: numbers", second["n"] == "serial-1" and
                second["pid"] == 1234, second)
    tally.check("redact: annotated", first["winwhy"][0]["code"] ==
                "0x80070005", first)
    _, out, _ = tally.run(b"User: CONTOSO\\greta failed\r\n"
                          b"0x80070005 for Greta\r\n", "--redact")
    tally.check("redact: text", out.splitlines()[0] ==
                b"User: domain-1\\user-1 failed" and
                out.splitlines()[1] == b"0x80070005 for user-1", out)


# Streams

def read_within(process, seconds):
    """A line of output, or b"" when none comes in time."""
    got = []
    reader = threading.Thread(
        target=lambda: got.append(process.stdout.readline()), daemon=True)
    reader.start()
    reader.join(seconds)
    return got[0] if got else b""


def test_waiting(tally):
    """Each line comes out before the next one goes in."""
    for arguments, line, starts in (
            ((), b"failed: " + DENIED + b"\n", (b"failed", MARK)),
            (("--format", "ndjson"), b'{"a":"' + DENIED + b'"}\n',
             (b'{"a":',)),
            (("--format", "mmexternal"), DENIED + b"\n", (b'{"$!":',)),
            (("--format", "mmexternal"), b"well\n", (b"{}",))):
        process = tally.start("--again", 0, *arguments)
        for _ in range(3):
            process.stdin.write(line)
            process.stdin.flush()
            for start in starts:
                got = read_within(process, 20)
                tally.check(f"waiting {arguments}", got.startswith(start),
                            got)
        process.stdin.close()
        tally.check("waiting: ends", process.wait(20) == 0)
        tally.check("waiting: quiet", process.stderr.read() == b"")


def test_closed(tally):
    """Who reads goes away, with and without the signal: no complaint."""
    for signals in (True, False):
        process = tally.start(restore_signals=signals)

        def feed():
            try:
                process.stdin.write(200000 * (b"failed: " + DENIED + b"\n"))
                process.stdin.close()
            except OSError:
                pass

        writer = threading.Thread(target=feed, daemon=True)
        writer.start()
        process.stdout.readline()
        process.stdout.close()
        status = process.wait(30)
        tally.check("closed: ends", status in (0, -signal.SIGPIPE), status)
        tally.check("closed: quiet", process.stderr.read() == b"")
    process = tally.start()
    process.stdin.write(b"line\n")
    process.stdin.flush()
    read_within(process, 20)
    process.send_signal(signal.SIGINT)
    tally.check("interrupted: ends", process.wait(20) == -signal.SIGINT)
    tally.check("interrupted: quiet", process.stderr.read() == b"")
    if os.path.exists("/dev/full"):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([tally.program, "annotate"], input=b"x\n",
                                  stdout=full, stderr=subprocess.PIPE,
                                  timeout=20, check=False)
        tally.check("a full disk", done.returncode == 4 and
                    b"could not write" in done.stderr, done)


def limited():
    resource.setrlimit(resource.RLIMIT_DATA, (16 * MEBI, 16 * MEBI))


def test_hostile(tally):
    """No bytes make it fail, and no line makes it hold more than it may."""
    draw = random.Random(SEED)
    pieces = [DENIED, SOAP, b'{"message":"', b'"}', b"\\u12", b"\\", b"\n",
              b"{", b"[", b",", b":", b'"', b"\xff", b"\xc3", b" " * 70]
    for n in range(40):
        data = b"".join(draw.choice(pieces)
                        for _ in range(draw.randrange(2000)))
        _, out, _ = tally.run(data, "--format", "text")
        same = others(out + b"\n").rstrip(b"\n") == data.rstrip(b"\n")
        tally.check(f"hostile {n}: the bytes stay", same)
        status, out, _ = tally.run(data, "--format", "mmexternal")
        replies = out.split(b"\n")
        tally.check(f"hostile {n}: replies", status == 0 and
                    len(replies) == data.count(b"\n") + 1 and
                    all(isinstance(json.loads(r), dict)
                        for r in replies[:-1]))
    deep = b'{"a":' * 100000 + b"1" + b"}" * 100000 + b"\n"
    status, out, err = tally.run(deep)
    tally.check("deep", status == 0 and out == deep and b"objects: 1" in err)
    if tally.sanitized:
        return
    for name, line in {"text": b"x " * 10 * MEBI,
                       "codes": (DENIED + b" ") * MEBI,
                       "different codes": b" ".join(
                           b"0x%08x" % (0x80240000 + n)
                           for n in range(MEBI)),
                       "object": b'{"a":"' + b"x" * 20 * MEBI + b'"}',
                       "backslashes": b'{"a":"' + b"\\" * 20 * MEBI,
                       "quotes": b'{"a":' + b'"' * 20 * MEBI}.items():
        for form in ("text", "ndjson", "mmexternal"):
            process = tally.start("--format", form, preexec_fn=limited)
            started = time.monotonic()
            out, err = process.communicate(line + b"\n")
            took = time.monotonic() - started
            tally.check(f"long line of {name}, {form}",
                        process.returncode == 0 and took < 20 and
                        (out.startswith(line) or form == "mmexternal"),
                        (process.returncode, took, err[-200:]))


# rsyslog

CONFIGURATION = """
global(workDirectory="{folder}")
module(load="imfile" mode="polling" pollingInterval="1")
module(load="mmexternal")
template(name="lines" type="string" string="%msg%|%$!winwhy%\\n")
input(type="imfile" file="{folder}/in.log" tag="win:" ruleset="explain")
ruleset(name="explain") {{
  action(type="mmexternal" interface.input="{interface}"
         binary="{program} annotate --format mmexternal")
  action(type="omfile" file="{folder}/out.log" template="lines")
}}
"""


def ask_rsyslog(tally, daemon, interface, folder):
    """What it writes of three lines."""
    folder = pathlib.Path(folder)
    (folder / "conf").write_text(CONFIGURATION.format(
        folder=folder, interface=interface, program=tally.program))
    (folder / "in.log").write_bytes(b"failed: 0x80070005\nwell\n"
                                    b"hr=0x80244007\n")
    process = subprocess.Popen(
        [daemon, "-n", "-f", str(folder / "conf"), "-i",
         str(folder / "pid")], stderr=subprocess.PIPE)
    out = folder / "out.log"
    until = time.monotonic() + 30
    while time.monotonic() < until and (
            not out.exists() or out.read_bytes().count(b"\n") < 3):
        time.sleep(0.1)
    process.terminate()
    _, err = process.communicate()
    return out.read_bytes().decode() if out.exists() else "", err


def test_rsyslog(tally):
    daemon = shutil.which("rsyslogd", path=os.environ.get("PATH", "") +
                          ":/usr/sbin:/sbin")
    if daemon is None:
        print("rsyslogd is not installed: its part is left out")
        return
    for interface in ("msg", "rawmsg", "fulljson"):
        with tempfile.TemporaryDirectory() as folder:
            text, err = ask_rsyslog(tally, daemon, interface, folder)
        lines = text.splitlines()
        if not tally.check(f"rsyslog {interface}: lines", len(lines) == 3,
                           (text, err)):
            continue
        first, second, third = (line.split("|")[1] for line in lines)
        tally.check(f"rsyslog {interface}: a code",
                    json.loads(first)[0]["name"] == "ERROR_ACCESS_DENIED",
                    first)
        tally.check(f"rsyslog {interface}: no code", second == "", second)
        tally.check(f"rsyslog {interface}: a topic",
                    json.loads(third)[0]["topic"] == "wu-soap-fault", third)


def main():
    tally = Checks(sys.argv[1])
    for test in (test_text, test_noise, test_again, test_end, test_utf16,
                 test_words, test_files, test_ndjson, test_redact,
                 test_waiting, test_closed, test_hostile, test_rsyslog):
        test(tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
