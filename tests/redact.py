#!/usr/bin/env python3
"""No identity is left in a report that is to be handed on.

    tests/redact.py PROGRAM

Identities are planted in logs of several kinds, in the forms by which they
are recognised and, elsewhere, as bare words; and those that the logs of the
scenarios have anyway are looked for.  None may stand in any rendering, while
codes, versions, KB numbers and Windows' own names stay.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from tally import Tally

CASES = pathlib.Path(__file__).parent / "cases"
RENDERINGS = (["--full"], ["--brief"], ["--format", "json"],
              ["--format", "jsonl"], ["--format", "md"],
              ["--format", "html"],
              ["--lang", "fr", "--full"])
PUBLIC = re.compile(r"(localhost|microsoft\.com|windowsupdate\.com|windows\.com"
                    r"|live\.com|xmlsoap\.org|w3\.org|example\.com)$", re.I)

PLANTED = ["Greta", "gmoser", "CONTOSO-NORD", "contoso-nord.lan", "NB-7741",
           "WSUS-BERN", "10.66.7.8", "S-1-5-21-7-8-9-1104", "5CG9988XYZ"]
KEPT = ["0x80244007", "10.0.19041.4522", "UpdateOrchestrator",
        "{3DA21691-E39D-4DA6-8A4B-B43877BCB1B7}"]


def run(program, folder, *arguments):
    result = subprocess.run(
        [program, *arguments], capture_output=True, cwd=folder, timeout=120,
        env={**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}, check=False)
    return (result.stdout + result.stderr).decode("utf-8", "replace")


def has_word(text, word):
    return re.search(r"(?<!\w)" + re.escape(word) + r"(?!\w)", text, re.I)


def plant(folder):
    """A scan that fails, told by a machine whose people are named."""
    source = (CASES / "soap-prerequisite-limit" / "WindowsUpdate.log")
    log = source.read_text().replace("wsus01.contoso.test",
                                     "WSUS-BERN.contoso-nord.lan")
    stamp = log.splitlines()[-1][:60].split("Agent")[0]
    log += "".join(
        stamp + "Agent           " + text + "\n" for text in (
            r"Impersonated user: CONTOSO-NORD\gmoser",
            r"SerialNumber=5CG9988XYZ",
            "*FAILED* [80070005] for gmoser at WSUS-BERN, 10.66.7.8",
            "SID S-1-5-21-7-8-9-1104",
            "* START * Finding updates CallerId = gmoser at NB-7741  Id = 99"))
    machine = folder / "NB-7741"
    machine.mkdir()
    (machine / "WindowsUpdate.log").write_text(log)
    package = (CASES / "msi-custom-action" / "install.log").read_text("utf-16")
    (machine / "install.log").write_text(
        package.replace("Prepare", r"C:\Users\gmoser\Prepare"))
    (folder / "PC-0001").mkdir()
    (folder / "PC-0001" / "setuperr.log").write_text(
        (CASES / "setup-file-damaged" / "setuperr.log").read_text().replace(
            r"C:\ProgramData\Contoso", r"C:\Users\Greta\Documents"))


def planted(tally, program):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        plant(folder)
        for command in ("diagnose", "codes"):
            for rendering in RENDERINGS:
                out = run(program, folder, command, "--redact", *rendering,
                          "NB-7741", "PC-0001")
                left = [word for word in PLANTED if has_word(out, word)]
                tally.check(f"planted: {command} {' '.join(rendering)}",
                            not left, left)
        for rendering in (["--full"], ["--format", "json"],
                          ["--format", "jsonl"]):
            out = run(program, folder, "timeline", "--redact", *rendering,
                      "NB-7741", "PC-0001")
            left = [word for word in PLANTED if has_word(out, word)]
            tally.check(f"planted: timeline {' '.join(rendering)}",
                        not left and "user-1" in out, left or out[-400:])
        out = run(program, folder, "annotate", "--redact",
                  "NB-7741/WindowsUpdate.log")
        # Only its folder calls the machine so.
        left = [word for word in PLANTED
                if word != "NB-7741" and has_word(out, word)]
        tally.check("planted: annotate", not left and "winwhy: " in out, left)
        out = run(program, folder, "diagnose", "--redact", "--format", "json",
                  "NB-7741")
        plain = run(program, folder, "diagnose", "--format", "json", "NB-7741")
        for word in KEPT:
            tally.check(f"kept: {word}", (word in out) == (word in plain))
        tally.check("the verdict is the same",
                    json.loads(out)["verdict"] == json.loads(plain)["verdict"])


def identities(folder):
    """What a second reader of the logs would call an identity."""
    found = set()
    for path in folder.rglob("*"):
        if not path.is_file() or path.name.startswith("case."):
            continue
        data = path.read_bytes()
        text = data.replace(b"\0", b"").decode("utf-8", "replace")
        for host in re.findall(r"https?://([A-Za-z][\w.-]*\w)", text):
            if not PUBLIC.search(host):
                found.add(host)
        found.update(re.findall(r"\\\\([A-Za-z][\w.-]*)\\[\w$]", text))
        found.update(name for name in re.findall(r"\\Users\\([\w.-]+)\\", text)
                     if name.lower() not in ("public", "default",
                                             "administrator"))
    return found


def scenarios(tally, program):
    for folder in sorted(p for p in CASES.iterdir() if p.is_dir()):
        inputs = sorted(p.name for p in folder.iterdir()
                        if not p.name.startswith("case."))
        words = identities(folder)
        for rendering in (["--full"], ["--format", "json"]):
            out = run(program, folder, "diagnose", "--redact", *rendering,
                      *inputs)
            # Steps name hosts of their own making, in commands.
            left = [word for word in words if has_word(out, word)]
            tally.check(f"{folder.name} {' '.join(rendering)}", not left, left)


def question(tally, program):
    out = run(program, ".", "--redact",
              r"Greta of CONTOSO-NORD: access to \\WSUS-BERN\x for "
              r"greta@contoso-nord.lan was refused")
    left = [word for word in PLANTED if has_word(out, word)]
    tally.check("a question that has no code", not left, left)
    out = run(program, ".", "--redact",
              "Group policy settings were overwritten by a higher authority "
              "(Domain Controller) to: Server "
              "http://WSUS-BERN.contoso-nord.lan:8530 and Policy ENABLED")
    left = [word for word in PLANTED if has_word(out, word)]
    tally.check("a line of a log, known by its name of a server",
                not left and "http://host-1" in out, out)


def main():
    program = os.path.abspath(sys.argv[1])
    tally = Tally()
    planted(tally, program)
    scenarios(tally, program)
    question(tally, program)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return tally.failed > 0


if __name__ == "__main__":
    sys.exit(main())
