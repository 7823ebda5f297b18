#!/usr/bin/env python3
"""That the audit finds what it is there for.

    tests/audit.py
"""
import collections
import pathlib
import sys

from tally import Tally

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tools/audit"))
# pylint: disable=wrong-import-position
import audit  # noqa: E402
import commands  # noqa: E402
import headers  # noqa: E402
import meanings  # noqa: E402
import names  # noqa: E402
import references  # noqa: E402

MEANINGS = [
    ("WU_E_TOO_MANY_TRIPS", "The scan went round more often than allowed.",
     None),
    ("WU_E_TOO_MANY_TRIPS", "Too many trips were done.", "spells its symbol"),
    ("WU_E_X", "The scan went round more often than allowed", "no full stop"),
    ("WU_E_X", "The scan went round. It was too often.", "more than one"),
    ("WU_E_X", "It was late.", "3 words"),
    ("WU_E_X", "An error occurred while the scan was running.", "says nothing"),
]

STEPS = [
    ("powershell", "Get-Service wuauserv, bits | Format-Table Name, Status -Au",
     None),
    ("powershell", "Get-Service (wuauserv", "is no PowerShell"),
    ("powershell", "Get-WmiObject Win32_Service", "Windows has no Get-WmiObject"),
    ("cmd", 'reg query "HKLM\\SOFTWARE\\<key>" /v x', None),
    ("cmd", 'reg query "HKLM\\SOFTWARE', "a quote is open"),
    ("cmd", "wmic qfe list", "Windows has no wmic"),
    ("cmd", "| more", "begins with no command"),
]

NUMBERS = [
    ("((NTSTATUS)0xC0000005)", (None, 0xC0000005)),
    ("_HRESULT_TYPEDEF_(0x80070005)", (None, 0x80070005)),
    ("__MSABI_LONG(1603) /* MSI */", (None, 1603)),
    ("(INTERNET_ERROR_BASE + 7)", ("INTERNET_ERROR_BASE", 7)),
    ("sizeof(long)", None),
]


def row(family, name, value, meaning):
    return {"family": family, "name": name, "value": value, "meaning": meaning}


def check(tally, name, found, wanted):
    """That one of the problems found says what is wanted; None: none is."""
    found = list(found)
    good = (not found if wanted is None
            else any(wanted in problem for problem in found))
    tally.check(name, good, f"{found}")


def main():
    tally = Tally()
    for symbol, meaning, wanted in MEANINGS:
        check(tally, meaning, meanings.wrong(symbol, meaning), wanted)
    # All in one go: the grammar takes seconds to load.
    found = list(commands.problems(
        {"id": text, "shell": shell, "commands": text}
        for shell, text, _ in STEPS))
    for _, text, wanted in STEPS:
        check(tally, text,
              [p for p in found if p.startswith(f"step {text}: ")], wanted)
    tally.check("the grammar runs",
                not any("did not run" in p for p in found), f"{found}")
    for text, wanted in NUMBERS:
        tally.check(text, headers.parse(text) == wanted,
                    f"{headers.parse(text)}")
    denied = "Someone may not do what was asked."
    twins = [row("win32", "ERROR_ACCESS_DENIED", "00000005", denied),
             row("ntstatus", "STATUS_ACCESS_DENIED", "C0000022", denied)]
    check(tally, "the kernel's twin may say the same",
          meanings.problems(twins, ()), None)
    others = [twins[0], row("bits", "BG_E_SMALL", "80200003", denied)]
    check(tally, "another failure may not", meanings.problems(others, ()),
          "says the same as win32 ERROR_ACCESS_DENIED")
    check(tally, "unless that is declared",
          meanings.problems(others, {denied}), None)
    for name, value, wanted in [
            ("ERROR_ACCESS_DENIED", "00000005", None),
            ("ERROR_ACCESS_DENIED", "00000006", "00000005 in the headers"),
            ("CBS_E_INTERNAL_ERROR", "800F0806", "800F0800 in facts.tsv")]:
        found = [p for p in names.problems([row("x", name, value, "")],
                                           collections.Counter())
                 if "needs no excuse" not in p]
        check(tally, f"{name} {value}", found, wanted)
    check(tally, "address without a scheme", audit.wrong_addresses(
        [{"id": "x", "url": "learn.microsoft.com/x"}]), "is no address")
    # A field may hold one id or a list of them.
    files = {"steps/a.yaml": [{"id": "look", "sources": ["page"]},
                              {"id": "ask", "sources": "page"},
                              {"id": "spare", "sources": ["page"]}],
             "topics/t.yaml": {"causes": [{"steps": "look"},
                                          {"steps": ["ask"]}],
                               "sources": "guide"}}
    pages = [{"id": i} for i in ("page", "guide", "sdk", "mingw", "unread")]
    found = list(references.problems(files, [{"sources": "sdk,mingw"}], pages))
    tally.check("a step and a source stand unused", found ==
                ["step spare is taken by no cause",
                 "source unread is cited nowhere"], f"{found}")
    print(f"{tally.passed} passed, {tally.failed} failed")
    return tally.failed > 0


if __name__ == "__main__":
    sys.exit(main())
