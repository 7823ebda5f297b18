#!/usr/bin/env python3
"""Pages are valid, stand alone, and show hostile text as text.

    tests/html_pages.py PROGRAM

A parser of HTML that knows the standard's errors reads pages of many codes,
events and diagnoses, in both languages; what no page may have is looked for:
ids twice, links that lead nowhere, headings that are skipped, anything that a
browser would fetch, style or script that the policy does not name.
"""
import base64
import gzip
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from markup import Page, markup_problems, tag, text_of
from tally import Tally

CASES = pathlib.Path(__file__).parent / "cases"
ASKED = ["0x80244007", "0x80070002", "0x7E", "0x80072F8F", "1603", "0x9F",
         "0x9F (0x3, 0x0, 0x0, 0x0)", "0xC1900101-0x20017", "0x800F081F",
         "0xC0000005", "0xD0000022", "0x8A5B0001", "E_FAIL", "WU_E_PT",
         "Event ID 4625", "Windows Error Reporting 1001",
         "WindowsUpdateClient 20", "nothing at all",
         "error 0x80070005, then 0x80070002, then event 4625", "5", "-1811"]
TOLD = ["soap-prerequisite-limit", "healthy-update-log", "dump-driver",
        "cut-in-a-scan", "msi-custom-action", "events-logons",
        "echoes-of-one-repair", "dump-damaged", "device-healthy"]
# What a page of a code may take, style and script with it.
WIRE_MAX = 30 * 1024

EVIL = "</pre></script><script>alert(1)</script><img src=x onerror=alert(2)>" \
       "\"'&amp;&#60;\u202e\x1b[31m"
FETCHING = {"img", "iframe", "object", "embed", "video", "audio", "base",
            "form", "applet"}


def run(program, *arguments, cwd=None):
    return subprocess.run(
        [program, *arguments], capture_output=True, timeout=120, cwd=cwd,
        env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False).stdout


def problems(page):
    """What is wrong with a page, in words."""
    yield from markup_problems(page)
    ids = page.ids()
    for e in page.all:
        yield from (f"{tag(e)} has {a}" for a in e.attrib
                    if a.startswith("on") or a == "style" or a == "src")
        if tag(e) in FETCHING:
            yield f"a {tag(e)}"
    for a in page.of("a"):
        # Of a code or a page of the site, where there is no site.
        href = a.get("href", "#")
        if a.get("href", "").startswith("#") and href[1:] not in ids:
            yield f"{href} leads nowhere"
        if not re.match(r"#|https?://", href):
            yield f"a link to {href}"
    for link in page.of("link"):
        if link.get("href") != "data:,":
            yield f"a link element to {link.get('href')}"


def policy_problems(page):
    policy = next(m.get("content") for m in page.of("meta")
                  if m.get("http-equiv") == "Content-Security-Policy")
    for e in page.of("style", "script"):
        digest = hashlib.sha256(text_of(e).encode()).digest()
        name = f"'sha256-{base64.b64encode(digest).decode()}'"
        if f"{tag(e)}-src {name}" not in policy:
            yield f"the policy does not name the {tag(e)}"
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield f"policy {policy}"


def check(tally, name, data, lang="en"):
    page = Page(data)
    wrong = list(problems(page)) + list(policy_problems(page))
    if page.of("html")[0].get("lang") != lang:
        wrong.append("lang")
    if len(page.of("main")) != 1 or not text_of(page.of("title")[0]).strip():
        wrong.append("no main, or no title")
    tally.check(name, not wrong, wrong[:5])
    return page


def inputs(case):
    return sorted(str(p) for p in (CASES / case).iterdir()
                  if not p.name.startswith("case."))


def pages(tally, program):
    for lang in ("en", "fr"):
        for asked in ASKED:
            data = run(program, "--format", "html", "--lang", lang,
                       "explain", asked)
            check(tally, f"{lang} {asked}", data, lang)
            size = len(gzip.compress(data, 6))
            tally.check(f"{lang} {asked}: {size} bytes", size <= WIRE_MAX)
        for case in TOLD:
            for command in ("diagnose", "codes", "timeline"):
                check(tally, f"{lang} {command} {case}",
                      run(program, "--format", "html", "--lang", lang,
                          command, *inputs(case)), lang)
    for what in ("", "events", "about", "symptom/printer", "family/robocopy",
                 "topic/msi-busy", "log/cbs"):
        for lang in ("en", "fr"):
            check(tally, f"{lang} list {what}",
                  run(program, "--format", "html", "--lang", lang, "list",
                      *([what] if what else [])), lang)
    check(tally, "search", run(program, "--format", "html", "search",
                               "component", "store"))


def shown(text):
    """As it can be shown: without characters that no page may hold."""
    return text.replace("\x1b", "")


def hostile(tally, program):
    page = check(tally, "hostile question",
                 run(program, "--format", "html", EVIL))
    tally.check("a question is text", shown(EVIL) in text_of(page.of("h1")[0]),
                text_of(page.of("h1")[0]))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name, "a <b>&\"'")
        folder.mkdir()
        log = (CASES / "soap-prerequisite-limit" / "WindowsUpdate.log")
        text = log.read_text().replace("UpdateOrchestrator", EVIL)
        (folder / "<i>x&amp;.log").write_text(text)
        page = check(tally, "hostile log",
                     run(program, "--format", "html", folder.name, cwd=name))
        quotes = "".join(text_of(e) for e in page.of("pre"))
        tally.check("a line is text", shown(EVIL) in quotes)
        tally.check("a name is text", "<i>x&amp;.log" in
                    text_of(page.of("main")[0]))
        tally.check("only its own script", len(page.of("script")) == 1)


def answer_file(tally, program):
    with tempfile.TemporaryDirectory() as name:
        path = pathlib.Path(name, "report.html")
        path.write_text("before")
        path.chmod(0o640)
        out = run(program, "--format", "html", "-o", str(path), "0x80244007")
        tally.check("-o: nothing on standard output", out == b"")
        tally.check("-o: the page is in the file", path.read_bytes() ==
                    run(program, "--format", "html", "0x80244007"))
        tally.check("-o: its mode stays", path.stat().st_mode & 0o777 == 0o640)
        run(program, "-o", str(path), "--as", "nonsense", "5")
        tally.check("-o: kept when the question is wrong",
                    path.read_bytes()[:9] == b"<!DOCTYPE")
        run(program, "codes", "--format", "json", f"-o{path}", name)
        tally.check("-o: read before it is replaced",
                    b'"kind": "codes"' in path.read_bytes())
        run(program, "timeline", "-o", str(path), *inputs("cut-in-a-scan"))
        tally.check("-o: a time line", b"WindowsUpdate.log" in
                    path.read_bytes())
        tally.check("-o: nothing is left over", os.listdir(name) ==
                    ["report.html"], os.listdir(name))
        missing = subprocess.run([program, "-o", f"{name}/no/x", "5"],
                                 capture_output=True, check=False)
        tally.check("-o: a folder that is missing", missing.returncode == 4 and
                    b"no such file or folder" in missing.stderr)


def main():
    program = os.path.abspath(sys.argv[1])
    tally = Tally()
    pages(tally, program)
    hostile(tally, program)
    answer_file(tally, program)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return tally.failed > 0


if __name__ == "__main__":
    sys.exit(main())
