#!/usr/bin/env python3
"""What a visitor of the server sees, in Chromium: search while typing, logs
that are dropped, chosen or pasted, with script and without, and the answer.

    tests/browser_serve.py PROGRAM
"""
import os
import pathlib
import sys
import tempfile
import time

import browser
from served import Server, until
from tally import Tally

LOG = browser.CASES / "soap-prerequisite-limit" / "WindowsUpdate.log"
HTML = "<img src=x onerror=alert(1)>.log"
ENTER, DOWN, ESCAPE = "\ue007", "\ue015", "\ue00c"
VERDICT = "return document.querySelector('.verdict')?.textContent"
DROP = """
const data = new DataTransfer();
data.items.add(new File([arguments[0]], arguments[1]));
for (const kind of ["dragenter", "dragover", "drop"])
	document.querySelector("form.send").dispatchEvent(new DragEvent(kind,
		{dataTransfer: data, bubbles: true, cancelable: true}));
"""


class Visitor(browser.Browser):
    def open(self, path, fragment=""):
        self.call("POST", "/url", {"url": "about:blank"})
        self.log("performance")
        self.log("browser")
        self.call("POST", "/url", {"url": f"{path}{fragment}"})

    def run(self, script, *args):
        return self.call("POST", "/execute/sync",
                         {"script": script, "args": list(args)})

    def address(self):
        return self.call("GET", "/url")

    def element(self, selector):
        found = self.call("POST", "/element", {
            "using": "css selector", "value": selector})
        return next(iter(found.values()))

    def type(self, selector, text):
        self.call("POST", f"/element/{self.element(selector)}/value",
                  {"text": text})

    def click(self, selector):
        self.call("POST", f"/element/{self.element(selector)}/click", {})

    def until(self, script, seconds=20):
        """What the script returns, once that is something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            got = self.run(script)
            if got:
                return got
            time.sleep(0.05)
        return None


def search(t, b, url):
    b.open(url + "en/index.html")
    b.type("#q", "component store corr")
    shown = b.until("return document.querySelectorAll("
                    "'#found:not([hidden]) [role=option]').length")
    t.check("what is found is shown while one types", shown, shown)
    b.press(ESCAPE)
    t.check("Escape puts it away",
            b.run("return document.getElementById('found').hidden"))
    b.type("#q", "u")
    b.until("return !document.getElementById('found').hidden")
    b.press(DOWN)
    chosen = b.run("return document.querySelector('[aria-selected=true]')"
                   ".dataset.href")
    b.press(ENTER)
    t.check("Enter leads there", b.until(
        f"return location.href === {chosen!r} && "
        "document.readyState === 'complete'"), b.address())
    b.open(url + "en/index.html")
    for typed, page in (
            ("0x80244007", "code/07/0x80244007.html"),
            ("-2145107961", "code/07/0x80244007.html"),
            ("80244007", "code/07/0x80244007.html"),
            ("E_ACCESSDENIED", "code/05/0x80070005.html")):
        b.open(url + "en/index.html")
        b.type("#q", typed)
        b.until("return document.querySelector('#found:not([hidden])')")
        time.sleep(0.5)
        shown = b.run("return [...document.querySelectorAll('#found li')]"
                      ".map(li => [li.dataset.href, li.textContent])")
        t.check(f"{typed} shows its code first",
                shown and shown[0][0] == f"{url}en/{page}", shown)
        t.check(f"{typed} shows no row twice",
                len(shown) == len({tuple(row) for row in shown}), shown)
    b.open(url + "en/index.html")
    b.type("#q", "-2145107961" + ENTER)
    t.check("a code leads to its page", b.until(
        "return location.pathname === '/en/code/07/0x80244007.html'"),
        b.address())
    b.open(url + "en/index.html")
    b.type("#q", "setup.exe: Error 0xC0000005 while writing <b>x</b>" + ENTER)
    t.check("a pasted line is explained", b.until(
        "return document.querySelector('main')?.textContent"
        ".includes('STATUS_ACCESS_VIOLATION')"), b.address())
    b.open(url + "en/index.html")
    b.type("#q", "Soap fault detail: errorCode='InvalidParameters', "
           "message='parameters.InstalledNonLeafUpdateIDs'")
    leads = b.until("return document.querySelector("
                    "'#found:not([hidden]) li')?.dataset.href")
    t.check("a line without a code shows its topic",
            leads == f"{url}en/topic/wu-soap-fault.html", leads)
    b.press(ESCAPE)
    b.type("#q", ENTER)
    t.check("and is recognised", b.until(
        "return document.querySelector('#recognised')?.textContent"
        ".includes('more installed prerequisites')"), b.address())


def silent(t, b, what):
    """Nothing broke a policy, and nobody else was asked."""
    told = [e["message"] for e in b.log("browser") if "favicon" not in
            e["message"]]
    t.check(f"{what}: silent", not told, told)


def answered(t, b, what):
    verdict = b.until(VERDICT)
    t.check(f"{what}: the verdict is read", verdict == "FAULT", verdict)
    t.check(f"{what}: its lines, too", b.run(
        "return document.querySelector('main').textContent"
        ".includes('InvalidParameters')"))


def drop(t, b, url):
    b.open(url + "en/index.html")
    b.run(DROP, LOG.read_text(), HTML)
    answered(t, b, "dropped")
    silent(t, b, "dropped")
    t.check("a name is no markup", b.run(
        "return document.querySelector('main img') === null && "
        "document.querySelector('main').textContent.includes('<img')"))
    address = b.address()
    saves = b.run("return [...document.querySelectorAll('nav.saves a')]"
                  ".map(a => a.href)")
    t.check("it can be saved", [s.rsplit(".")[-1] for s in saves]
            == ["html", "json", "txt"], saves)
    return address


def delete(t, b, address):
    b.open(address)
    b.click("nav.saves form button")
    t.check("it can be deleted", b.until(
        "return location.pathname.endsWith('/index.html')"), b.address())
    b.open(address)
    t.check("and is gone", b.until("return document.querySelector('h1')")
            and not b.run(VERDICT))


def choose(t, b, url):
    """The picker, and names left out, in French."""
    b.open(url + "fr/index.html")
    b.type("input[type=file]", str(LOG))
    b.click("input[name=redact]")
    if not b.address().endswith("page.html"):
        b.run("const go = document.querySelector('form.send button');"
              "if (go && !go.disabled) go.click()")
    b.until(VERDICT)
    t.check("chosen: in one's language", b.run(
        "return document.documentElement.lang") == "fr")
    t.check("chosen: names are left out", b.run(
        "const text = document.querySelector('main').textContent;"
        "return text.includes('host-1') && !/contoso/i.test(text)"))
    silent(t, b, "chosen")


def send_form(b, url, field, what):
    """What a browser without script has in the end of what it sends."""
    b.devtools("Emulation.setScriptExecutionDisabled", value=True)
    b.open(url + "en/index.html")
    b.type(field, what)
    b.click("form.send button")
    until(lambda: 'class="verdict' in b.call("GET", "/source"), pause=0.1)
    source = b.call("GET", "/source")
    b.devtools("Emulation.setScriptExecutionDisabled", value=False)
    return source


def paste_without_script(t, b, url):
    line = [x for x in LOG.read_text().splitlines() if "0x80244007" in x][0]
    source = send_form(b, url, "form.send textarea", line)
    t.check("without script: the page comes by itself",
            'class="verdict' in source and "0x80244007" in source,
            b.address())


def send_without_script(t, b, url):
    source = send_form(b, url, "input[type=file]", str(LOG))
    t.check("without script: a file is read", ">FAULT<" in source,
            b.address())


def refused(t, b, url):
    """A server that says no says so to who has sent something."""
    b.open(url + "en/index.html")
    b.run("document.querySelector('form.send button').click()")
    said = b.until("return document.querySelector('form.send [role=status]')"
                   ".textContent")
    t.check("nothing was sent, which is told", said and "nothing" in said,
            said)


def main():
    if browser.CHROMIUM is None or browser.DRIVER is None:
        print("chromium or chromium-driver is not installed")
        return 77
    t = Tally()
    server = Server(os.path.abspath(sys.argv[1]))
    with tempfile.TemporaryDirectory() as folder:
        b = Visitor(pathlib.Path(folder))
        search(t, b, server.url)
        address = drop(t, b, server.url)
        pages = {"home": server.url + "en/index.html",
                 "results": server.url + "en/search.html?q=soap",
                 "code": server.url + "en/code/07/0x80244007.html",
                 "nowhere": server.url + "en/nothing.html",
                 "answer": address}
        for title, page in pages.items():
            browser.looks(t, b, title, page)
            browser.accessible(t, b, title, page)
            b.open(page)
            if title != "nowhere":
                silent(t, b, title)
        delete(t, b, address)
        choose(t, b, server.url)
        refused(t, b, server.url)
        paste_without_script(t, b, server.url)
        send_without_script(t, b, server.url)
        b.close()
    server.stop()
    print(f"{t.passed} passed, {t.failed} failed")
    return t.failed > 0


if __name__ == "__main__":
    sys.exit(main())
