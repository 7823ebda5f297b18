"""Write 40 logs of 20 kinds, each of them a scenario's many times over.

    bench/wide.py CASES FOLDER BYTES

All together they have as many bytes.  No kind is there for its easy lines:
what a scenario tells is told again every few kilobytes.
"""

import pathlib
import sys

SOURCES = (
    "healthy-cbs-log/CBS.log",
    "healthy-classic-log/WindowsUpdate.log",
    "failed-then-well/WindowsUpdate.log",
    "checksur-fixed/CheckSUR.log",
    "echoes-of-one-repair/dism.log",
    "msi-translated-success/install.log",
    "reporting-recovery-partition/ReportingEvents.log",
    "server-healthy/u_ex261119.log",
    "server-healthy/httperr1.log",
    "server-routine-faults/SoftwareDistribution.log",
    "setup-other-error/setupact.log",
    "ccm-scan-503/WUAHandler.log",
    "ccm-app-setup-failed/AppEnforce.log",
    "intune-healthy/IntuneManagementExtension.log",
    "ccm-sync-unreachable/wsyncmgr.log",
    "device-healthy/setupapi.dev.log",
    "join-healthy/NetSetup.LOG",
    "mrt-healthy/mrt.log",
    "pfro-healthy/PFRO.log",
    "firewall-only/pfirewall.log",
)

MARKS = (b"\xff\xfe", b"\xef\xbb\xbf")


def head_length(data):
    """What stands once: a mark of the encoding, names of columns."""
    at = next((len(m) for m in MARKS if data.startswith(m)), 0)
    while data[at:at + 1] == b"#":
        at = data.index(b"\n", at) + 1
    return at


def write_copies(source, path, size):
    """The file over and over, without its head."""
    data = source.read_bytes()
    head = head_length(data)
    with open(path, "wb") as f:
        f.write(data[:head])
        data = data[head:]
        block = data * (1 + (1 << 20) // len(data))
        for _ in range(size // len(block) + 1):
            f.write(block)


def main():
    """Two PCs with a log of each kind."""
    cases, folder, size = sys.argv[1:]
    each = int(size) // (2 * len(SOURCES))
    for pc in ("pc-1", "pc-2"):
        for name in SOURCES:
            source = pathlib.Path(cases) / name
            target = pathlib.Path(folder) / pc / name
            target.parent.mkdir(parents=True, exist_ok=True)
            write_copies(source, target, each)


if __name__ == "__main__":
    main()
