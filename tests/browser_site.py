#!/usr/bin/env python3
"""A site in a real browser, opened from the disk as from a server.

    tests/browser_site.py PROGRAM

Search answers while one types and by the keyboard alone; codes lead to their
pages; in both languages, light and dark, on a phone and without script; no
page asks for anything that is not of the site.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

from browser import ACCESSIBLE, AXE, CHROMIUM, DRIVER, TAB, Browser, \
    accessible, looks, requests
from tally import Tally

ENTER, ESCAPE, DOWN, UP = "\ue007", "\ue00c", "\ue015", "\ue013"
PAGES = ["en/index.html", "fr/index.html", "en/about.html", "en/events.html",
         "en/search.html", "en/code/07/0x80244007.html",
         "fr/code/9F/0x0000009F.html", "en/family/msi.html",
         "en/topic/msi-busy.html", "fr/symptom/printer.html",
         "en/log/cbs.html"]
SEEN = "return [...document.querySelectorAll('#found li')].map(l => " \
       "l.textContent.trim().replace(/\\s+/g, ' '))"
LINE = "2026-11-19 08:41:07 1234 5678 Agent *FAILED* [80244007] SyncUpdates " \
       "failed, then 0x8024000B"


class Site:
    def __init__(self, browser, folder):
        self.browser = browser
        self.folder = folder

    def open(self, name, more=""):
        self.browser.open(self.folder / name, more)

    def run(self, script):
        return self.browser.run(script)

    def where(self):
        return self.browser.call("GET", "/url").removeprefix(
            f"file://{self.folder}/")

    def type(self, text):
        for letter in text:
            self.browser.press(letter)

    def until(self, script):
        """Whether it comes true soon."""
        return self.run("""
            const until = Date.now() + 5000;
            return new Promise(done => {
                (function look() {
                    if ((() => { %s })()) return done(true);
                    if (Date.now() > until) return done(false);
                    setTimeout(look, 20);
                })();
            });""" % script)

    def found(self):
        self.until("return document.querySelector('#found li')")
        return self.run(SEEN)


def asks_nobody(tally, site, name):
    site.browser.log("browser")
    site.open(name)
    site.run("document.getElementById('q').focus()")
    site.type("0x8024")
    site.found()
    others = {url for url in requests(site.browser)
              if not url.startswith(("data:", f"file://{site.folder}/"))}
    tally.check(f"{name}: nothing of others is fetched", not others, others)
    told = [e["message"] for e in site.browser.log("browser")]
    tally.check(f"{name}: silent", not told, told)


def types(tally, site):
    site.open("en/index.html")
    tally.check("home: the box has the focus", site.run(
        "return document.activeElement.id") == "q")
    for text, first in (("0x80244007", "0x80244007 WU_E_PT_SOAPCLIENT_SOAPF"),
                        ("WU_E_PT_SOAPCLIENT_SOAPFAULT", "0x80244007 "),
                        ("-2145107961", "0x80244007 "),
                        ("1603", "1603 ERROR_INSTALL_FAILURE"),
                        ("component store corrupt", "The component store"),
                        ("WU_E_PT_SOAPCL", "0x802440")):
        site.run("const q = document.getElementById('q'); q.value = ''; "
                 "q.focus(); q.dispatchEvent(new Event('input'))")
        site.type(text)
        site.until("return document.querySelector('#found li') && "
                   "document.getElementById('q').ariaExpanded === 'true'")
        rows = site.run(SEEN)
        tally.check(f"typed: {text}", any(first in row for row in rows[:3]),
                    rows[:3])
    site.run("const q = document.getElementById('q'); q.value = %r; "
             "q.dispatchEvent(new Event('input'))" % LINE)
    site.until("return document.querySelectorAll('#found li').length === 2")
    rows = site.run(SEEN)
    tally.check("a line of a log: its codes", len(rows) == 2 and
                "0x80244007" in "".join(rows) and
                "0x8024000B" in "".join(rows), rows)
    site.run("const q = document.getElementById('q'); q.value = "
             "'zzqqxx yyww'; q.dispatchEvent(new Event('input'))")
    tally.check("nothing found is said", site.until(
        "return document.querySelector('.quiet').textContent === "
        "document.querySelector('[role=search]').dataset.none"))
    tally.check("nothing found: no list", site.run(
        "return document.getElementById('found').hidden"))


def quick(tally, site):
    """A stroke is answered before the next one comes."""
    site.open("en/index.html")
    site.run("return load()")
    took = site.run("const start = performance.now(); "
                    "for (const text of ['update', 'access denied', '0x8007']) "
                    "look(text); return (performance.now() - start) / 3")
    tally.check(f"search: {took:.1f} ms a stroke", took < 100)


def keyboard(tally, site):
    site.open("en/index.html")
    site.type("access denied")
    count = len(site.found())
    state = "const q = document.getElementById('q'); return [" \
            "q.ariaExpanded, q.getAttribute('aria-activedescendant'), " \
            "document.querySelector('#found [aria-selected=true]')?.id ?? null]"
    tally.check("keys: open, nothing chosen", site.run(state) ==
                ["true", None, None], site.run(state))
    site.browser.press(DOWN)
    tally.check("keys: down", site.run(state) ==
                ["true", "found-0", "found-0"], site.run(state))
    site.browser.press(DOWN)
    site.browser.press(UP)
    site.browser.press(UP)
    tally.check("keys: up to the box", site.run(state)[1] is None)
    site.browser.press(UP)
    tally.check("keys: round to the last", site.run(state)[1] ==
                f"found-{count - 1}", site.run(state))
    site.browser.press(ESCAPE)
    tally.check("keys: Escape closes and keeps the words", site.run(state)[0]
                == "false" and site.run("return document.getElementById('q')"
                                        ".value") == "access denied")
    site.type(" ")
    site.found()
    site.browser.press(DOWN)
    goal = site.run("return document.querySelector('#found-0').dataset.href")
    site.browser.press(ENTER)
    site.until("return document.readyState === 'complete'")
    tally.check("keys: Enter goes there", goal.endswith(site.where()) and
                site.where() != "en/index.html", (goal, site.where()))
    site.open("fr/index.html")
    site.type("imprimante")
    site.found()
    site.browser.press(ENTER)
    tally.check("keys: Enter without a choice lists all", site.until(
        "return document.querySelectorAll('#results dt').length > 3") and
        site.where().startswith("fr/search.html?q=imprimante"), site.where())
    site.open("en/index.html")
    site.type("0x80244007")
    site.found()
    site.browser.press(ENTER)
    tally.check("keys: Enter behind a whole code", site.until(
        "return location.pathname.endsWith('/code/07/0x80244007.html')"),
        site.where())


def pointer(tally, site):
    site.open("en/index.html")
    site.type("msi")
    site.found()
    goal = site.run("return document.querySelector('#found-1').dataset.href")
    site.run("document.querySelector('#found-1').click()")
    site.until("return document.readyState === 'complete'")
    tally.check("pointer: a row leads to its page",
                goal.endswith(site.where()), (goal, site.where()))


def links(tally, site):
    site.open("en/code/07/0x80244007.html")
    tally.check("a code of the page leads to its page", site.run(
        "return document.querySelector('#related a[data-code]').href")
        .endswith("/en/code/13/0x803D0013.html"))
    tally.check("the links behind the page are laid away", site.run(
        "return document.querySelector('nav.codes').hidden"))
    tally.check("the other language is the same page", site.run(
        "return document.querySelector('.languages a').href")
        .endswith("/fr/code/07/0x80244007.html"))
    site.run("document.querySelector('.trail a').click()")
    site.until("return document.readyState === 'complete'")
    tally.check("the way home", site.where() == "en/index.html")


def without_script(tally, site):
    browser = site.browser
    browser.devtools("Emulation.setScriptExecutionDisabled", value=True)

    def dom():
        root = browser.devtools("DOM.getDocument")["root"]["nodeId"]
        return browser.devtools("DOM.getOuterHTML", nodeId=root)["outerHTML"]
    site.open("en/code/07/0x80244007.html")
    page = dom()
    tally.check("no script: links to the codes stand behind the page",
                '<nav class="codes"' in page and "hidden" not in
                page.partition('<nav class="codes"')[2][:60])
    site.open("en/search.html", "?q=access+denied")
    page = dom()
    tally.check("no script: the search says so and leads on",
                "the search needs script" in page and
                '../en/index.html">Symptoms' in page)
    browser.devtools("Emulation.setScriptExecutionDisabled", value=False)


def tabs(tally, site):
    """The box, the button, languages and the page's own links, all seen."""
    site.open("en/topic/msi-busy.html")
    reached = set()
    for _ in range(12):
        site.browser.press(TAB)
        focus = site.run("const e = document.activeElement, s = "
                         "getComputedStyle(e); return [e.tagName, "
                         "s.outlineStyle !== 'none' && "
                         "parseFloat(s.outlineWidth) >= 2]")
        reached.add(focus[0])
        tally.check(f"focus is seen: {focus[0]}", focus[1])
    tally.check("keys reach box, button and links",
                {"INPUT", "BUTTON", "A"} <= reached, reached)


def open_list(tally, site, scheme):
    """The list of answers: contrast, and the accessibility checker."""
    site.browser.devtools("Emulation.setEmulatedMedia", features=[
        {"name": "prefers-color-scheme", "value": scheme}])
    site.open("en/index.html")
    site.type("access")
    site.found()
    site.browser.press(DOWN)
    if AXE.exists():
        site.run(AXE.read_text())
        bad = site.run(ACCESSIBLE)
        tally.check(f"list of answers: accessible, {scheme}", not bad, bad)
    site.browser.devtools("Emulation.setEmulatedMedia", features=[])


def main():
    if CHROMIUM is None or DRIVER is None:
        print("chromium or chromium-driver is not installed")
        return 77
    program = os.path.abspath(sys.argv[1])
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name, "site").resolve()
        subprocess.run([program, "site", str(folder)], check=True,
                       stdout=subprocess.DEVNULL,
                       env={**os.environ, "LC_ALL": "C"})
        browser = Browser(name)
        site = Site(browser, folder)
        for page in PAGES:
            asks_nobody(tally, site, page)
            looks(tally, browser, page, folder / page)
            accessible(tally, browser, page, folder / page)
        for scheme in ("light", "dark"):
            open_list(tally, site, scheme)
        types(tally, site)
        quick(tally, site)
        keyboard(tally, site)
        pointer(tally, site)
        links(tally, site)
        tabs(tally, site)
        without_script(tally, site)
        browser.close()
    print(f"{tally.passed} passed, {tally.failed} failed")
    return tally.failed > 0


if __name__ == "__main__":
    sys.exit(main())
