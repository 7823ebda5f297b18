#!/usr/bin/env python3
"""Damaged and hostile inputs, given to the whole program.

    tests/hostile.py PROGRAM [UNPACK]

Whatever it is given, the program ends with status 0 or 3 and says something
that can be read; what is well beside it is still reported; and no damage makes
a fault of a healthy log.  UNPACK is winwhy-unpack, where it was built.
"""
import io
import json
import os
import pathlib
import random
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "examples"))
import endpoint  # noqa: E402

from tally import Tally

PAGE = 4096
MEBI = 1 << 20
SECONDS = 120
FEW = 60  # lines around each scan: the story is the same with few

SEED = 20261119  # of all that is drawn; another finds other damage


class Checks(Tally):
    def __init__(self, program):
        self.program = os.path.abspath(program)
        self.sanitized = "san" in self.program
        super().__init__()
        self.most_memory = 0

    def run(self, name, *arguments, data=None, feed=None):
        """The answer; {} when the run itself was wrong."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                [self.program, "diagnose", "--lang", "en", "--format", "json",
                 *map(str, arguments)],
                stdin=subprocess.PIPE if data is not None or feed
                else subprocess.DEVNULL,
                stdout=out, stderr=err,
                env={**os.environ, "LC_ALL": "C.UTF-8"})
            if data is not None:
                process.stdin.write(data)
                process.stdin.close()
            if feed:
                feed(process)
            status = self.wait(process)
            out.seek(0)
            err.seek(0)
            text, errors = out.read(), err.read()
        if not self.check(name + ": status", status in (0, 3),
                          (status, errors[-300:])):
            return {}
        try:
            return json.loads(text)
        except ValueError as e:
            self.check(name + ": an answer", False, (e, text[:100]))
            return {}

    def wait(self, process):
        timer = threading.Timer(SECONDS, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        self.most_memory = usage.ru_maxrss // 1024  # MiB
        return process.returncode


def story(**changes):
    """Logs of the endpoint: name -> bytes."""
    return endpoint.Endpoint(noise=FEW, **changes).files()


HEALTHY = story(ending="success")
FAULTY = story()
UPDATE_LOG = "PC-0412/Windows/Logs/WindowsUpdate/WindowsUpdate.log"
CBS_LOG = "PC-0412/Windows/Logs/CBS/CBS.log"


def write(folder, files):
    for name, data in files.items():
        path = pathlib.Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def give(tally, name, data, *arguments):
    """The answer to one file of these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "some.log"
        path.write_bytes(data)
        return tally.run(name, *arguments, path)


def never_a_fault(tally, name, data):
    answer = give(tally, name, data)
    tally.check(name + ": no fault", answer.get("verdict") != "fault",
                answer.get("summary"))
    return answer


def problems(answer):
    return " ".join(p for c in answer.get("coverage", [])
                    for p in [*c.get("problems", []), c.get("because", "")])


# Damage to healthy logs

def test_cut(tally):
    """A log that ends at any page has fewer lines, and no other ones."""
    for name, data in HEALTHY.items():
        for cut in range(0, len(data), PAGE * (1 + len(data) // (40 * PAGE))):
            never_a_fault(tally, f"{name} cut at {cut}", data[:cut])
            never_a_fault(tally, f"{name} from {cut}", data[cut:])


def test_bits(tally):
    draw = random.Random(SEED)
    for name, data in HEALTHY.items():
        for n in range(12):
            damaged = bytearray(data)
            for _ in range(1 + len(data) // 2000):
                at = draw.randrange(len(data))
                damaged[at] ^= 1 << draw.randrange(8)
            never_a_fault(tally, f"{name} with bits flipped, {n}",
                          bytes(damaged))


def test_nuls(tally):
    draw = random.Random(SEED)
    data = HEALTHY[UPDATE_LOG]
    for size in (1, 7, 512, PAGE, 3 * MEBI):
        lines = data.split(b"\r\n")
        lines.insert(draw.randrange(len(lines) // 2), bytes(size))
        answer = never_a_fault(tally, f"{size} NULs", b"\r\n".join(lines))
        tally.check(f"{size} NULs are told", "NUL" in problems(answer),
                    problems(answer))
        tally.check(f"{size} NULs: the verdict stays",
                    answer.get("verdict") == "no_fault",
                    answer.get("summary"))


ENCODINGS = ["utf-16-be", "utf-16-le", "utf-32", "utf-7", "cp037", "cp1252",
             "cp850", "shift_jis", "gb18030", "koi8-r"]


def test_encodings(tally):
    text = HEALTHY[UPDATE_LOG].decode("utf-8-sig").replace(
        "Power status changed", "État de l’alimentation modifié à 8 h")
    for encoding in ENCODINGS:
        never_a_fault(tally, encoding, text.encode(encoding, "replace"))
    utf8 = text.encode()
    never_a_fault(tally, "an odd number of bytes of UTF-16",
                  text.encode("utf-16-le")[:-1])
    never_a_fault(tally, "UTF-8 that turns into UTF-16",
                  utf8[:PAGE] + text.encode("utf-16-le"))
    never_a_fault(tally, "UTF-16 that turns into UTF-8",
                  text.encode("utf-16")[:PAGE] + utf8)
    never_a_fault(tally, "UTF-8 with half characters",
                  utf8.replace("É".encode(), b"\xc3"))
    never_a_fault(tally, "three marks", b"\xef\xbb\xbf" * 3 + utf8)
    never_a_fault(tally, "a wrong mark", b"\xff\xfe" + utf8)
    never_a_fault(tally, "carriage returns only",
                  utf8.replace(b"\r\n", b"\r"))


def test_time(tally):
    """Lines out of order are told; the last line of a file is not the last
    in time."""
    draw = random.Random(SEED)
    lines = HEALTHY[UPDATE_LOG].split(b"\r\n")
    backwards = never_a_fault(tally, "time going backwards",
                              b"\r\n".join(reversed(lines)))
    tally.check("time going backwards is told",
                "older than" in problems(backwards), problems(backwards))
    draw.shuffle(lines)
    never_a_fault(tally, "lines in no order", b"\r\n".join(lines))
    for year in (b"0000", b"1600", b"9999", b"2026-13", b"99999"):
        never_a_fault(tally, f"the year {year}",
                      HEALTHY[UPDATE_LOG].replace(b"2026", year))


def test_rubbish(tally):
    draw = random.Random(SEED)
    never_a_fault(tally, "nothing", b"")
    never_a_fault(tally, "a mark", b"\xef\xbb\xbf")
    never_a_fault(tally, "a line feed", b"\n")
    never_a_fault(tally, "all bytes", bytes(range(256)) * 64)
    never_a_fault(tally, "random bytes", draw.randbytes(2 * MEBI))
    never_a_fault(tally, "random text",
                  bytes(draw.choices(b"0x8 []:{}<>*\n\tFAILED", k=MEBI)))
    never_a_fault(tally, "escapes", b"\x1b[31m0x80244007\x1b]0;x\x07\n" * 99)
    never_a_fault(tally, "the program",
                  pathlib.Path(tally.program).read_bytes()[:8 * MEBI])
    for start in (b"ElfFile\0", b"PAGEDU64", b"MDMP\x93\xa7", b"MZ\x90\0",
                  b"regf", b"\x1f\x8b\x08\0", b"PK\x03\x04", b"MSCF\0\0\0\0",
                  b"7z\xbc\xaf\x27\x1c", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"):
        never_a_fault(tally, f"{start} and rubbish",
                      start + draw.randbytes(3 * PAGE))


# A log that fails, beside something hostile

def beside(tally, name, make, spared=True):
    """The fault beside it is still found; the answer."""
    with tempfile.TemporaryDirectory() as folder:
        write(folder, FAULTY)
        make(pathlib.Path(folder) / "PC-0412")
        answer = tally.run(name, folder)
        tally.check(name + ": the rest is reported", not spared or
                    answer.get("verdict") == "fault", answer.get("summary"))
        return answer


def test_folder(tally):
    def unreadable(folder):
        path = folder / "locked.log"
        path.write_bytes(HEALTHY[CBS_LOG])
        path.chmod(0)

    def loops(folder):
        (folder / "loop").symlink_to("..")
        (folder / "self").symlink_to("self")
        (folder / "dead").symlink_to("nowhere")

    def specials(folder):
        os.mkfifo(folder / "fifo.log")
        with socket.socket(socket.AF_UNIX) as s:
            here = os.getcwd()
            os.chdir(folder)  # the name of a socket has to be short
            s.bind("socket.log")
            os.chdir(here)

    def deep(folder):
        here = os.getcwd()
        for _ in range(300):
            os.mkdir(folder / "d") if folder else os.mkdir("d")
            os.chdir(folder / "d") if folder else os.chdir("d")
            folder = None
        pathlib.Path("end.log").write_bytes(HEALTHY[CBS_LOG])
        os.chdir(here)

    def names(folder):
        for name in (b"a\nb.log", b"\x1b[31m.log", b"\xff\xfe.log", b"-x",
                     b" ", b"%s%n.log", "\u202egol".encode(), b"x" * 250):
            with open(os.path.join(os.fsencode(folder), name), "wb") as f:
                f.write(HEALTHY[CBS_LOG][:PAGE])

    def many(folder):
        for n in range(3000):
            (folder / f"{n}.log").write_bytes(b"a line\n")

    if os.geteuid() != 0:
        answer = beside(tally, "an unreadable file", unreadable)
        tally.check("an unreadable file is told",
                    any(c["state"] == "unreadable"
                        for c in answer.get("coverage", [])))
    beside(tally, "links that loop", loops)
    beside(tally, "a pipe and a socket", specials)
    beside(tally, "a deep folder", deep)
    beside(tally, "odd names", names)
    beside(tally, "thousands of files", many)
    beside(tally, "binary rubbish", lambda folder: (folder / "x.log")
           .write_bytes(random.Random(SEED).randbytes(MEBI)))


def test_escapes(tally):
    """What a log holds cannot drive the terminal."""
    lines = FAULTY[UPDATE_LOG].replace(b"parameters.Inst",
                                       b"\x1b[2J\x07\x9b31mparameters.Inst")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "some.log"
        path.write_bytes(lines + b"0x80244007 \x1b]0;title\x07\n")
        for style in ("text", "md"):
            out = subprocess.run(
                [tally.program, "diagnose", "--lang", "en", "--format", style,
                 path], capture_output=True, check=False, timeout=SECONDS)
            bad = set(out.stdout.decode()) & {"\x1b", "\x07", "\x9b", "\0"}
            tally.check(f"{style} without escapes", not bad, bad)


# Size

def feed_line(process):
    """One line of 200 MiB, with a healthy log before and behind."""
    chunk = b"0x80244007 is no outcome. " * 40000
    try:
        process.stdin.write(HEALTHY[UPDATE_LOG])
        process.stdin.write(b"2026/11/20 08:00:00.0000000 1148  5876  Agent ")
        for _ in range(200 * MEBI // len(chunk)):
            process.stdin.write(chunk)
        process.stdin.write(b"\r\n" + HEALTHY[UPDATE_LOG])
        process.stdin.close()
    except BrokenPipeError:
        pass


def test_size(tally):
    answer = tally.run("a line of 200 MiB", "-", feed=feed_line)
    tally.check("a line of 200 MiB: the verdict stays",
                answer.get("verdict") == "no_fault", answer.get("summary"))
    tally.check("a line of 200 MiB is told", "64 KiB" in problems(answer),
                problems(answer))
    tally.check("a line of 200 MiB: memory stays flat",
                tally.sanitized or tally.most_memory < 128,
                tally.most_memory)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "sparse.log"
        with open(path, "wb") as f:
            f.write(HEALTHY[CBS_LOG])
            f.seek(200 * MEBI)
            f.write(b"\n")
        answer = tally.run("a sparse file", path)
        tally.check("a sparse file: the verdict stays",
                    answer.get("verdict") == "no_fault", answer.get("summary"))


def test_shrinks(tally):
    """A file that is cut off while it is read."""
    line = HEALTHY[CBS_LOG][:PAGE].split(b"\r\n")[3] + b"\r\n"
    for n in range(5):
        with tempfile.TemporaryDirectory() as folder:
            write(folder, FAULTY)
            path = pathlib.Path(folder) / "PC-0412" / "shrinks.log"
            path.write_bytes(line * (64 * MEBI // len(line)))

            def shrink(process, path=path, delay=n * 0.02):
                process.stdin.close()
                time.sleep(delay)
                os.truncate(path, 100)

            answer = tally.run(f"a file that shrinks, {n}", folder,
                               feed=shrink)
            tally.check(f"a file that shrinks, {n}: the rest is reported",
                        answer.get("verdict") == "fault",
                        answer.get("summary"))


# Archives

def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, data in members:
            z.writestr(name, data)
    return out.getvalue()


def bomb(depth):
    data = zipped([("zeros.log", bytes(64 * MEBI))])
    for _ in range(depth):
        data = zipped([(f"{n}.zip", data) for n in range(8)])
    return data


def test_archives(tally):
    everything = list(FAULTY.items())
    archives = {
        "a bomb": bomb(0),
        "a bomb of bombs": bomb(3),
        "many entries": zipped([(f"{n}.log", b"") for n in range(70000)],
                               zipfile.ZIP_STORED),
        "a cut archive": zipped(everything)[:-PAGE],
        "a damaged archive": zipped(everything)[:PAGE] + bytes(PAGE) +
        zipped(everything)[2 * PAGE:],
        "odd names": zipped([("../../etc/evil.log", b"x\n"),
                             ("/etc/evil.log", b"x\n"),
                             ("C:\\Windows\\evil.log", b"x\n"),
                             ("a" * 60000, b"x\n"), ("\x1b[31m.log", b"x\n")]),
    }
    for name, data in archives.items():
        beside(tally, name, lambda folder, data=data:
               (folder / "archive.zip").write_bytes(data))
    answer = give(tally, "a bomb by itself", bomb(0))
    tally.check("the limit of a bomb is told", problems(answer),
                answer.get("coverage"))
    answer = give(tally, "paths that lead out",
                  zipped([("../../../../tmp/winwhy-evil.log", b"x\n")]
                         + everything))
    tally.check("paths that lead out: the rest is reported",
                answer.get("verdict") == "fault", answer.get("summary"))
    tally.check("nothing was written outside",
                not os.path.exists("/tmp/winwhy-evil.log"))
    nested = zipped(everything)
    for _ in range(3):
        nested = zipped([("inner.zip", nested)])
    answer = give(tally, "nested archives", nested)
    tally.check("nested archives are read", answer.get("verdict") == "fault",
                answer.get("summary"))


def main():
    tally = Checks(sys.argv[1])
    # A crash must not fill the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tests = [test_cut, test_bits, test_nuls, test_encodings, test_time,
             test_rubbish, test_folder, test_escapes, test_size, test_shrinks]
    if len(sys.argv) > 2:
        tests.append(test_archives)
    for test in tests:
        begun = time.monotonic()
        test(tally)
        if "-v" in sys.argv:
            print(test.__name__, round(time.monotonic() - begun, 1))
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
