#!/usr/bin/env python3
"""winwhy-unpack on sound and on hostile archives, by the frames it writes.

    tests/unpack.py PROGRAM

The archives are built here, in memory or in a folder that is deleted.
"""
import bz2
import gzip
import io
import lzma
import os
import pathlib
import random
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import zipfile
import zlib

# The numbers of enum ww_why.
(WHOLE, ENCRYPTED, UNSUPPORTED, DAMAGED, TRUNCATED, UNREAD, BYTES, RATIO,
 ENTRIES, DEPTH, NAME, SPOOL, MEMORY, SECONDS, KIND, LINK, SPECIAL) = range(17)

MAGIC = b"WWUNPAK1"
MEBI = 1 << 20

# Lines of a log, different enough not to be a bomb.
LOG = b"".join(b"2026-11-19 08:41:%02d, Info  CBS  %08x\r\n" %
               (i % 60, i * 2654435761 % (1 << 32)) for i in range(20000))
SMALL = b"2026-11-19 08:41:07, Error  CBS  0x800f081f\r\n"

program = None
failures = 0


class Result:
    """What a run says: members in order, problems and counts.

    Without `keep` a member's bytes are only counted.
    """

    def __init__(self, stream, keep=True):
        assert stream.read(8) == MAGIC, "no frames"
        self.members, self.problems, self.skipped = [], [], {}
        self.done = False
        name, data = None, None
        while head := stream.read(5):
            assert not self.done, "a frame behind the last"
            assert len(head) == 5, "a cut frame"
            kind, size = struct.unpack("<cI", head)
            load = stream.read(size)
            assert len(load) == size, "a cut frame"
            if name is not None:
                assert kind in b"DE", kind
            if kind == b"B":
                name, data = load.decode(), []
            elif kind == b"D":
                assert 0 < size <= 65536
                data.append(load if keep else size)
            elif kind == b"E":
                whole = b"".join(data) if keep else sum(data)
                self.members.append((name, whole, load[0]))
                name = None
            elif kind == b"P":
                self.problems.append((load[0], load[1:].decode()))
            elif kind == b"S":
                self.skipped[load[0]] = struct.unpack("<Q", load[1:])[0]
            else:
                assert kind == b"Z", kind
                self.done = True
        assert self.done, "no last frame"

    def names(self):
        return [name for name, _, _ in self.members]

    def ends(self):
        return [(name, why) for name, _, why in self.members]


def feed(child, archive):
    try:
        child.stdin.write(archive)
        child.stdin.close()
    except BrokenPipeError:
        pass


def run(archive, keep=True):
    """The archive as bytes through a pipe, or as a path through a file."""
    if isinstance(archive, bytes):
        child = subprocess.Popen([program], stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE)
        writer = threading.Thread(target=feed, args=(child, archive))
        writer.start()
        result = Result(child.stdout, keep)
        writer.join()
    else:
        with open(archive, "rb") as file:
            child = subprocess.Popen([program], stdin=file,
                                     stdout=subprocess.PIPE)
        result = Result(child.stdout, keep)
    child.stdout.close()
    same(child.wait(), 0)
    return result


def both(archive, folder):
    """Through a file and through a pipe: the same is said."""
    path = folder / "archive"
    path.write_bytes(archive)
    seeking, streaming = run(path), run(archive)
    assert seeking.members == streaming.members, "pipe and file differ"
    assert seeking.problems == streaming.problems
    return seeking


def same(got, wanted):
    assert got == wanted, f"{str(got)[:400]} is not {str(wanted)[:400]}"


def make_zip(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def make_tar(members, mode="w", **how):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, **how) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            if isinstance(data, bytes):
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
            else:
                info.type, info.linkname = data
                archive.addfile(info)
    return out.getvalue()


def make_cab(members, pack=True, method=None):
    """One folder of stored blocks, or of MSZIP without a shared history."""
    content = b"".join(data for _, data in members)
    blocks = b""
    count = 0
    for at in range(0, len(content), 32768):
        plain = content[at:at + 32768]
        data = plain
        if pack:
            squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
            data = b"CK" + squeeze.compress(plain) + squeeze.flush()
        blocks += struct.pack("<IHH", 0, len(data), len(plain)) + data
        count += 1
    table = b""
    at = 0
    for name, data in members:
        table += struct.pack("<IIHHHH", len(data), at, 0, 0x5A21, 0, 0x20)
        table += name.encode() + b"\0"
        at += len(data)
    files_at = 36 + 8
    data_at = files_at + len(table)
    head = struct.pack("<4sIIIIIBBHHHHH", b"MSCF", 0, data_at + len(blocks),
                       0, files_at, 0, 3, 1, 1, len(members), 0, 0, 0)
    folder = struct.pack("<IHH", data_at, count,
                         int(pack) if method is None else method)
    return head + folder + table + blocks


MEMBERS = [("Windows/Logs/CBS/CBS.log", LOG), ("empty.log", b""),
           ("été.log", SMALL)]


def test_sound_formats(folder):
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED,
                   zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        result = both(make_zip(MEMBERS, method), folder)
        same(result.members, [(n, d, WHOLE) for n, d in MEMBERS])
        same(result.problems, [])
    for mode, kind in (("w", tarfile.USTAR_FORMAT),
                       ("w", tarfile.GNU_FORMAT), ("w", tarfile.PAX_FORMAT),
                       ("w:gz", tarfile.PAX_FORMAT),
                       ("w:bz2", tarfile.GNU_FORMAT),
                       ("w:xz", tarfile.USTAR_FORMAT)):
        result = both(make_tar(MEMBERS, mode, format=kind), folder)
        same(result.members, [(n, d, WHOLE) for n, d in MEMBERS])
    for pack in (False, True):
        ascii_only = [MEMBERS[0], ("small.log", SMALL)]
        result = both(make_cab(ascii_only, pack), folder)
        same(result.members, [(n, d, WHOLE) for n, d in ascii_only])


def test_single_files(folder):
    for data in (gzip.compress(LOG), bz2.compress(LOG), lzma.compress(LOG)):
        result = both(data, folder)
        same(result.members, [("", LOG, WHOLE)])
        result = both(make_zip([("CBS.log.packed", data)]), folder)
        same(result.members, [("CBS.log.packed", LOG, WHOLE)])


def test_tools(folder):
    """What Python cannot write, where the tools are installed."""
    (folder / "CBS.log").write_bytes(LOG)
    (folder / "small.log").write_bytes(SMALL)
    wanted = [("CBS.log", LOG, WHOLE), ("small.log", SMALL, WHOLE)]
    if shutil.which("7z"):
        def seven(*arguments):
            subprocess.run(["7z", "a", "-bd", *arguments, "CBS.log",
                            "small.log"], cwd=folder, check=True,
                           stdout=subprocess.DEVNULL)

        seven("sound.7z")
        sound = (folder / "sound.7z").read_bytes()
        same(both(sound, folder).members, wanted)
        result = both(make_zip([("in.7z", sound)]), folder)
        same(result.members, [("in.7z/" + n, d, w) for n, d, w in wanted])
        same(run(sound[:len(sound) // 2]).members, [])
        seven("-psecret", "secret.7z")
        result = run(folder / "secret.7z")
        same(result.members, [])
        same({why for why, _ in result.problems}, {ENCRYPTED})
        seven("-psecret", "-mhe=on", "hidden.7z")
        same(run(folder / "hidden.7z").problems, [(ENCRYPTED, "")])
        seven("-psecret", "-tzip", "-mem=AES256", "aes.zip")
        same(run(folder / "aes.zip").problems,
             [(ENCRYPTED, "CBS.log"), (ENCRYPTED, "small.log")])
    if shutil.which("zstd"):
        packed = subprocess.run(["zstd", "-c", "CBS.log"], cwd=folder,
                                check=True, capture_output=True).stdout
        same(both(packed, folder).members, [("", LOG, WHOLE)])
    if shutil.which("gcab"):
        subprocess.run(["gcab", "-cz", "tool.cab", "CBS.log", "small.log"],
                       cwd=folder, check=True)
        same(run(folder / "tool.cab").members, wanted)


def nest(depth, inner=None):
    data = make_zip([("deep.log", SMALL)]) if inner is None else inner
    for level in range(depth - 1):
        data = make_zip([(f"{level}.zip", data), (f"{level}.log", SMALL)])
    return data


def test_nested(folder):
    cab = make_cab([("CbsPersist.log", LOG)])
    data = make_tar([("a.zip", make_zip([("b.cab", cab), ("c.log", SMALL)])),
                     ("d.log", SMALL)], "w:gz")
    result = both(data, folder)
    same(result.members, [("a.zip/b.cab/CbsPersist.log", LOG, WHOLE),
                          ("a.zip/c.log", SMALL, WHOLE),
                          ("d.log", SMALL, WHOLE)])
    same(both(nest(4), folder).names(),
         ["2.zip/1.zip/0.zip/deep.log", "2.zip/1.zip/0.log", "2.zip/1.log",
          "2.log"])


def test_depth(folder):
    result = both(nest(5), folder)
    same(result.problems, [(DEPTH, "3.zip/2.zip/1.zip/0.zip")])
    same(result.names(), ["3.zip/2.zip/1.zip/0.log", "3.zip/2.zip/1.log",
                          "3.zip/2.log", "3.log"])


def test_compressed_tar_is_one_level(folder):
    data = SMALL
    for level in range(4):
        data = make_tar([("x", data)], "w:gz")
    same(both(data, folder).members, [("x/x/x/x", SMALL, WHOLE)])
    data = make_tar([("x", data)], "w:gz")
    same(both(data, folder).problems, [(DEPTH, "x/x/x/x")])
    for level in range(30):
        data = gzip.compress(data)
    assert both(data, folder).problems


def test_nul_run(folder):
    """A log that starts with NULs is no empty tar archive."""
    data = bytes(2048) + SMALL
    same(both(gzip.compress(data), folder).members, [("", data, WHOLE)])


def test_head_only(folder):
    hive = b"regf" + bytes(200000)
    result = both(make_zip([("SYSTEM.hive", hive), ("a.log", SMALL)]), folder)
    same(result.members, [("SYSTEM.hive", hive[:512], KIND),
                          ("a.log", SMALL, WHOLE)])


def test_bombs(folder):
    zeros = bytes(64 * MEBI)
    result = both(make_zip([("bomb.log", zeros), ("a.log", SMALL)]), folder)
    same(result.ends(), [("bomb.log", RATIO), ("a.log", WHOLE)])
    assert 10 * MEBI <= len(result.members[0][1]) < 20 * MEBI
    # What follows in a solid archive would have to be unpacked as well.
    for data in (make_tar([("bomb.log", zeros), ("a.log", SMALL)], "w:gz"),
                 make_tar([("b.dmp", b"MDMP\x93\xa7" + zeros)], "w:xz")):
        result = both(data, folder)
        same(result.problems, [(RATIO, "")])
    result = both(gzip.compress(zeros), folder)
    same(result.ends(), [("", RATIO)])
    result = both(make_cab([("bomb.log", zeros)]), folder)
    same(result.ends()[0][0], "bomb.log")


def test_bomb_of_bombs(folder):
    zeros = bytes(9 * MEBI)
    layer = make_zip([(f"{i}.log", zeros) for i in range(20)])
    layer = make_zip([(f"{i}.zip", layer) for i in range(12)])
    result = run(make_zip([("x.zip", layer)]), keep=False)
    assert (RATIO, "") in result.problems, result.problems
    assert len(result.members) < 150


def test_overlap(folder):
    """Many directory entries that share one packed kernel."""
    kernel = make_zip([("k", bytes(9 * MEBI))])
    end = kernel.rindex(b"PK\5\6")
    central = kernel[kernel.index(b"PK\1\2"):end]
    count = 5000
    body = kernel[:kernel.index(b"PK\1\2")]
    data = body + central * count + struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(central) * count,
        len(body), 0)
    path = folder / "overlap.zip"
    path.write_bytes(data)
    result = run(path, keep=False)
    total = sum(size for _, size, _ in result.members)
    assert total < 2 << 30, total


def test_names(folder):
    names = ["../../etc/passwd", "/etc/shadow", "C:\\Windows\\x.log",
             "..\\..\\x.log", "a/./b.log", "CON", "x" * 300]
    result = both(make_tar([(n, SMALL) for n in names]), folder)
    same(result.names(), names)
    strange = "red\x1b[31m\nline\u202egol.exe"
    result = both(make_zip([(strange, SMALL)]), folder)
    same(result.names(), ["red\ufffd[31m\ufffdline\ufffdgol.exe"])
    data = make_zip([("a?b.log", SMALL)]).replace(b"a?b.log", b"a\0b.log")
    same(len(both(data, folder).members), 1)
    data = make_zip([("a?b.log", SMALL)]).replace(b"a?b.log", b"a\xffb.log")
    same(both(data, folder).names(), ["a\ufffdb.log"])
    # Names that are longer than any, in an archive within an archive.
    long = "d/" * 2100 + "x.log"
    result = both(make_tar([(long, SMALL), ("a.log", SMALL)]), folder)
    same([len(n) for n in result.names()], [4096, 5])
    same(result.skipped, {NAME: 1})


def test_links_and_devices(folder):
    data = make_tar([("a.log", SMALL),
                     ("s", (tarfile.SYMTYPE, "/etc/passwd")),
                     ("h", (tarfile.LNKTYPE, "a.log")),
                     ("f", (tarfile.FIFOTYPE, "")),
                     ("c", (tarfile.CHRTYPE, "")),
                     ("d", (tarfile.DIRTYPE, ""))])
    result = both(data, folder)
    same(result.names(), ["a.log"])
    same(result.skipped, {LINK: 2, SPECIAL: 2})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("s")
        info.create_system = 3
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    same(both(out.getvalue(), folder).skipped, {LINK: 1})


def test_encrypted_zip(folder):
    data = bytearray(make_zip([("a.log", SMALL), ("b.log", SMALL)]))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    result = both(bytes(data), folder)
    same(result.problems, [(ENCRYPTED, "a.log")])
    same(result.members, [("b.log", SMALL, WHOLE)])


def test_unsupported(folder):
    data = bytearray(make_zip([("a.log", SMALL), ("b.log", SMALL)]))
    for at in (8, data.index(b"PK\1\2") + 10):
        data[at:at + 2] = struct.pack("<H", 97)
    result = both(bytes(data), folder)
    same(result.problems, [(UNSUPPORTED, "a.log")])
    same(result.members, [("b.log", SMALL, WHOLE)])
    quantum = make_cab([("a.log", SMALL)], method=2)
    same(both(quantum, folder).problems,
         [(UNSUPPORTED, "a.log"), (UNSUPPORTED, "")])


def cut_off(data, name, folder):
    """The member's start is given, and that its end is missing."""
    result = both(data, folder)
    got = [m for m in result.members if m[0] == name]
    assert len(got) == 1, (result.ends(), result.problems)
    assert LOG.startswith(got[0][1]) and 0 < len(got[0][1]) < len(LOG)
    same(got[0][2], TRUNCATED)


def test_truncated(folder):
    for data, name in (
            (make_zip([("a.log", LOG)]), "a.log"),
            (make_zip([("a.log", LOG)], zipfile.ZIP_STORED), "a.log"),
            (make_tar([("a.log", LOG)]), "a.log"),
            (make_tar([("a.log", LOG)], "w:gz"), "a.log"),
            (make_cab([("a.log", LOG)]), "a.log"),
            (gzip.compress(LOG), ""), (lzma.compress(LOG, preset=0), "")):
        cut_off(data[:len(data) * 2 // 3], name, folder)
    inner = make_tar([("a.log", LOG)], "w:gz")
    inner = inner[:len(inner) * 2 // 3]
    cut_off(make_zip([("in.tar.gz", inner)]), "in.tar.gz/a.log", folder)
    outer = make_zip([("in.tar.gz", make_tar([("a.log", LOG)], "w:gz"))])
    cut_off(outer[:len(outer) * 2 // 3], "in.tar.gz/a.log", folder)


def test_damaged(folder):
    data = bytearray(make_zip([("a.log", LOG), ("b.log", SMALL)]))
    data[14] ^= 0xFF
    data[data.index(b"PK\1\2") + 16] ^= 0xFF
    result = both(bytes(data), folder)
    same(result.members, [("a.log", LOG, DAMAGED), ("b.log", SMALL, WHOLE)])
    data = bytearray(make_tar([("a.log", SMALL), ("b.log", SMALL)]))
    data[1024 + 20] ^= 0xFF
    result = both(bytes(data), folder)
    same(result.names(), ["a.log"])
    same(result.problems, [(DAMAGED, "")])


def test_no_archive(folder):
    for data in (b"", b"just text", b"PK\3\4", b"MSCF\0\0\0\0" + b"x" * 600,
                 b"\x1f\x8b\x08 is how a gzip file begins\n" * 40,
                 b"7z\xbc\xaf\x27\x1c" + b"x" * 2000,
                 b"BZh91AY&SY" + b"x" * 900, b"\xfd7zXZ\0" + b"x" * 900):
        result = both(data, folder)
        same(result.members, [])
        same(len(result.problems), 1)
        same(result.problems[0][1], "")
    result = both(make_zip([("fake.gz", b"\x1f\x8b\x08 text\n" * 99)]), folder)
    same(result.members, [])
    same([name for _, name in result.problems], ["fake.gz"])


def test_entries(folder):
    count = 200000
    body, central = [], []
    for i in range(count):
        name = b"%06d" % i
        head = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x21,
                           zlib.crc32(b"x"), 1, 1, len(name), 0)
        body.append(b"PK\3\4" + head + name + b"x")
        central.append(b"PK\1\2" + struct.pack("<H", 20) + head +
                       struct.pack("<HHHII", 0, 0, 0, 0,
                                   i * len(body[0])) + name)
    body, central = b"".join(body), b"".join(central)
    # More than 65535 entries: the count stands in the zip64 records.
    zip64 = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count,
                                    count, len(central), len(body))
    locator = b"PK\6\7" + struct.pack("<IQI", 0, len(body) + len(central), 1)
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF,
                                  0xFFFFFFFF, 0xFFFFFFFF, 0)
    path = folder / "many.zip"
    path.write_bytes(body + central + zip64 + locator + end)
    result = run(path)
    same(len(result.members), 100000)
    same(result.problems, [(ENTRIES, "")])


def test_spool(folder):
    """An archive inside that is too large to be gathered."""
    size = 257 * MEBI
    info = tarfile.TarInfo("large.7z")
    info.size = size
    path = folder / "large.tar"
    with open(path, "wb") as file:
        file.write(info.tobuf())
        file.write(b"7z\xbc\xaf\x27\x1c")
        file.seek(512 + size)
        tail = tarfile.TarInfo("a.log")
        tail.size = len(SMALL)
        file.write(tail.tobuf() + SMALL.ljust(512, b"\0") + bytes(1024))
    result = run(path)
    same(result.problems, [(SPOOL, "large.7z")])
    same(result.members, [("a.log", SMALL, WHOLE)])


def test_memory(folder):
    """An xz file that claims to need four gibibytes."""
    if b"__asan_init" in pathlib.Path(program).read_bytes():
        return
    data = bytearray(lzma.compress(LOG, preset=0))
    at = 12
    size = (data[at] + 1) * 4
    place = data.index(b"\x21\x01", at)
    data[place + 2] = 40
    crc = zlib.crc32(bytes(data[at:at + size - 4]))
    data[at + size - 4:at + size] = struct.pack("<I", crc)
    result = both(bytes(data), folder)
    same(result.members, [])
    same(result.problems, [(MEMORY, "")])


def test_sparse(folder):
    """A hole of a sparse file is read as NULs."""
    hole = 100000
    info = tarfile.TarInfo("sparse.log")
    info.size = len(SMALL)
    head = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    head[156:157] = b"S"
    head[386:410] = b"%011o\0%011o\0" % (hole, len(SMALL))
    head[483:495] = b"%011o\0" % (hole + len(SMALL))
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    data = bytes(head) + SMALL.ljust(512, b"\0") + bytes(1024)
    result = both(data, folder)
    same(result.members, [("sparse.log", bytes(hole) + SMALL, WHOLE)])


def test_reader_gone(folder):
    path = folder / "large.zip"
    path.write_bytes(make_zip([("a.log", LOG * 10)]))
    with open(path, "rb") as file:
        child = subprocess.Popen([program], stdin=file,
                                 stdout=subprocess.PIPE)
    child.stdout.read(100)
    child.stdout.close()
    assert child.wait(timeout=30) != 0


def test_confined(folder):
    """While it waits for the archive, it is confined already."""
    if not pathlib.Path("/proc/self/status").exists():
        return
    inherited = os.open("/etc/passwd", os.O_RDONLY)
    child = subprocess.Popen([program], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, pass_fds=[inherited])
    os.close(inherited)
    status = pathlib.Path(f"/proc/{child.pid}/status")
    calm = 0
    for _ in range(500):
        lines = status.read_text().splitlines()
        waits = "State:\tS (sleeping)" in lines
        calm = calm + 1 if waits and "NoNewPrivs:\t1" in lines else 0
        if calm == 3:
            break
        time.sleep(0.02)
    descriptors = os.listdir(f"/proc/{child.pid}/fd")
    limits = pathlib.Path(f"/proc/{child.pid}/limits").read_text()
    child.stdin.close()
    Result(child.stdout)
    child.stdout.close()
    same(child.wait(), 0)
    assert "NoNewPrivs:\t1" in lines, lines
    same(sorted(descriptors), ["0", "1", "2"])
    same(re.search(r"Max open files +(\d+)", limits)[1], "3")
    if b"seccomp_load" in pathlib.Path(program).read_bytes():
        assert "Seccomp:\t2" in lines, lines


def test_flipped_bits(folder):
    """Whatever was hit: the frames are sound, and it ends."""
    seed = random.Random(1)
    sound = [make_zip(MEMBERS), make_tar(MEMBERS, "w:gz"),
             make_cab([("a.log", LOG)]), nest(3), make_tar(MEMBERS)]
    for data in sound:
        for _ in range(40):
            bad = bytearray(data)
            for _ in range(seed.randint(1, 8)):
                bad[seed.randrange(len(bad))] ^= 1 << seed.randrange(8)
            run(bytes(bad[:seed.randint(len(bad) // 2, len(bad))]))


def test_usage(folder):
    assert subprocess.run([program, "a", "b"],
                          capture_output=True).returncode == 2
    missing = subprocess.run([program, folder / "none"], capture_output=True)
    same(missing.returncode, 3)
    path = folder / "named.zip"
    path.write_bytes(make_zip(MEMBERS))
    named = subprocess.run([program, path], capture_output=True)
    same(Result(io.BytesIO(named.stdout)).names(), [n for n, _ in MEMBERS])


def main():
    global program, failures
    program = sys.argv[1]
    count = 0
    for name, test in list(globals().items()):
        if not name.startswith("test_"):
            continue
        count += 1
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(pathlib.Path(folder))
            except (AssertionError, UnicodeDecodeError) as error:
                failures += 1
                line = error.__traceback__
                while line.tb_next and line.tb_next.tb_frame.f_code.co_name \
                        not in ("same",):
                    line = line.tb_next
                print(f"not ok {name}, line {line.tb_lineno}: "
                      f"{str(error)[:900]}")
    print(f"{count - failures} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
