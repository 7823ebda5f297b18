#!/usr/bin/env python3
"""Pages in a real browser: Chromium, headless, told what to do by WebDriver.

    tests/browser.py PROGRAM

Saved pages are opened from the disk.  Nothing is fetched, nothing is told on
the console, the policy holds; keys reach everything, focus is seen, text has
its contrast in light and dark, nothing runs out of a phone's screen; copying,
folding, zoom and filters work, and without script all is there.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

from tally import Tally

CASES = pathlib.Path(__file__).parent / "cases"
# Of npm, where tools/packages.sh has fetched it.
AXE = (CASES.parent.parent / "tools" / "audit" / "node_modules" / "axe-core" /
       "axe.min.js")
CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--disable-dev-shm-usage"]
# Through no proxy.
LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))
TAB = "\ue004"

CONTRAST = r"""
function channel(v) {
	v /= 255;
	return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
}
function light(c) {
	return .2126 * channel(c[0]) + .7152 * channel(c[1]) +
		.0722 * channel(c[2]);
}
const numbers = s => s.match(/[\d.]+/g).map(Number);
function ground(e) {
	for (; e; e = e.parentElement) {
		const c = numbers(getComputedStyle(e).backgroundColor);
		if (c.length < 4 || c[3] > 0) return c;
	}
	return [255, 255, 255];
}
const bad = [];
for (const e of document.querySelectorAll("body *")) {
	if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
		continue;
	if (["SCRIPT", "STYLE"].includes(e.tagName)) continue;
	const style = getComputedStyle(e);
	const ink = e.namespaceURI.includes("svg") ? style.fill : style.color;
	const a = light(numbers(ink)), b = light(ground(e));
	const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
	if (ratio < 4.5) bad.push(e.tagName + " " + e.className + " " +
		ratio.toFixed(2));
}
return bad;
"""
ACCESSIBLE = """
return axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa",
	"wcag22aa", "best-practice"], preload: false}).then(r => r.violations.map(v =>
	v.id + " " + v.nodes[0].html.slice(0, 100)));
"""
FOCUS = r"""
const e = document.activeElement;
if (e === document.body) return null;
const s = getComputedStyle(e);
return [e.tagName, s.outlineStyle, parseFloat(s.outlineWidth)];
"""
WIDE = r"""
return document.documentElement.scrollWidth - innerWidth;
"""


class Browser:
    """A session of WebDriver, with the standard library alone."""

    def __init__(self, folder):
        self.driver = subprocess.Popen(
            [DRIVER, "--port=0"], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        line = ""
        while "successfully on port" not in line:
            line = self.driver.stdout.readline()
        port = re.search(r"on port (\d+)", line).group(1)
        self.base = f"http://127.0.0.1:{port}"
        options = {"args": [*ARGUMENTS, f"--user-data-dir={folder}/profile"],
                   "binary": CHROMIUM}
        session = self.call("POST", "/session", {"capabilities": {
            "alwaysMatch": {
                "goog:chromeOptions": options,
                "goog:loggingPrefs": {"browser": "ALL",
                                      "performance": "ALL"}}}})
        self.base += "/session/" + session["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.base + path, data=data, method=method,
            headers={"Content-Type": "application/json"})
        with LOCAL.open(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def open(self, path, fragment=""):
        self.call("POST", "/url", {"url": "about:blank"})
        self.log("performance")
        self.call("POST", "/url", {"url": f"file://{path}{fragment}"})

    def log(self, kind):
        return self.call("POST", "/se/log", {"type": kind})

    def run(self, script):
        return self.call("POST", "/execute/sync",
                         {"script": script, "args": []})

    def devtools(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute",
                         {"cmd": command, "params": parameters})

    def press(self, key):
        self.call("POST", "/actions", {"actions": [
            {"type": "key", "id": "k", "actions": [
                {"type": "keyDown", "value": key},
                {"type": "keyUp", "value": key}]}]})

    def close(self):
        self.call("DELETE", "")
        self.driver.terminate()
        self.driver.wait(30)


def requests(browser):
    for entry in browser.log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            yield message["params"]["request"]["url"]


def alone(tally, browser, name, path):
    browser.open(path)
    fetched = {url for url in requests(browser)
               if not url.startswith(("data:", f"file://{path}"))}
    tally.check(f"{name}: nothing is fetched", not fetched, fetched)
    told = [e["message"] for e in browser.log("browser")]
    tally.check(f"{name}: silent", not told, told)


def accessible(tally, browser, name, path):
    if not AXE.exists():
        return
    browser.open(path)
    browser.run("for (const d of document.querySelectorAll('details')) "
                "d.open = true;")
    browser.run(AXE.read_text())
    bad = browser.run(ACCESSIBLE)
    tally.check(f"{name}: accessible", not bad, bad)


def looks(tally, browser, name, path):
    for scheme in ("light", "dark"):
        browser.devtools("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": scheme}])
        browser.open(path)
        browser.run("for (const d of document.querySelectorAll('details')) "
                    "d.open = true;")
        bad = browser.run(CONTRAST)
        tally.check(f"{name}: contrast, {scheme}", not bad, bad[:5])
    for width in (320, 390, 1280):
        browser.devtools("Emulation.setDeviceMetricsOverride", width=width,
                         height=800, deviceScaleFactor=1, mobile=width < 600)
        over = browser.run(WIDE)
        tally.check(f"{name}: fits {width}", over <= 0, over)
    browser.devtools("Emulation.clearDeviceMetricsOverride")
    browser.devtools("Emulation.setEmulatedMedia", features=[])


def keyboard(tally, browser, name, path):
    browser.open(path)
    reached, unseen = set(), []
    for _ in range(40):
        browser.press(TAB)
        focus = browser.run(FOCUS)
        if focus is None:
            continue
        reached.add(focus[0])
        if focus[1] == "none" or focus[2] < 2:
            unseen.append(focus)
    tally.check(f"{name}: focus is seen", not unseen, unseen[:3])
    tally.check(f"{name}: keys reach links, folds and buttons",
                {"A", "BUTTON", "SUMMARY"} <= reached, reached)


def first_seen(tally, browser, name, path):
    """The verdict and what to do first stand on the first screen."""
    for width, height in ((1280, 800), (390, 844)):
        browser.devtools("Emulation.setDeviceMetricsOverride", width=width,
                         height=height, deviceScaleFactor=1, mobile=False)
        browser.open(path)
        low = browser.run("return document.querySelector('.first, #which p')"
                          ".getBoundingClientRect().bottom")
        tally.check(f"{name}: first thing on {width}x{height}", low <= height,
                    low)
    browser.devtools("Emulation.clearDeviceMetricsOverride")


def code_page(tally, browser, path):
    browser.open(path)
    browser.run("document.querySelector('.copy button').click()")
    browser.run("return new Promise(done => setTimeout(done, 200))")
    label = browser.run(
        "return document.querySelector('.copy button').textContent")
    tally.check("copy: it says so", label == "Copied", label)
    step = browser.run("return document.querySelector('.steps li[id]').id")
    browser.open(path, "#" + browser.run(
        "return document.querySelector('.faq').closest('section').id"))
    tally.check("steps are folded", browser.run(
        "return !document.querySelector('.steps details').open"))
    browser.run("document.querySelectorAll('#sources li a')[0].focus()")
    browser.run("location.hash = 'source-1'")
    browser.run("return new Promise(done => setTimeout(done, 1500))")
    tally.check("a link of the page leads there", browser.run(
        "const r = document.getElementById('source-1')"
        ".getBoundingClientRect(); return r.top < innerHeight"))
    tally.check("the step has its place", step.startswith("step-"), step)
    browser.run("dispatchEvent(new Event('beforeprint'))")
    tally.check("on paper nothing is folded", browser.run(
        "return document.querySelector('details:not([open])') === null"))
    browser.run("dispatchEvent(new Event('afterprint'))")
    tally.check("what was folded is again", browser.run(
        "return document.querySelector('details:not([open])') !== null"))


def folded_reading(tally, browser, path):
    browser.open(path, "#r2-causes")
    tally.check("a link into what is folded opens it", browser.run(
        "return document.getElementById('r2-causes')"
        ".closest('details').open"))


def time_line(tally, browser, path):
    browser.open(path)
    first = "document.querySelector('.line rect').getAttribute('width')"
    before = browser.run("return " + first)
    browser.run("document.querySelector('.tools button').click()")
    after = browser.run("return " + first)
    tally.check("zoom: twice as wide", abs(
        float(after.strip("%")) - 2 * float(before.strip("%"))) < .01,
        (before, after))
    browser.run("document.querySelectorAll('.tools button')[4].click()")
    tally.check("zoom: all again", float(browser.run("return " + first)
                                         .strip("%")) - float(
                                             before.strip("%")) < .01)
    rows = "return [...document.querySelectorAll('.line tbody tr')]" \
           ".filter(r => !r.hidden).length"
    all_rows = browser.run(rows)
    labels = browser.run("return [...document.querySelectorAll"
                         "('.tools label')].map(l => l.textContent.trim())")
    tally.check("filters by source and level", "failures" in labels and any(
        "WindowsUpdate.log" in label for label in labels), labels)
    browser.run("document.querySelectorAll('.tools label input')[%d].click()"
                % labels.index("successes"))
    tally.check("filter: fewer rows", 0 < browser.run(rows) < all_rows)
    tally.check("each mark has a title", browser.run(
        "return [...document.querySelectorAll('.line circle')]"
        ".every(c => c.querySelector('title').textContent)"))


def without_script(tally, browser, name, path):
    browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(path)
    root = browser.devtools("DOM.getDocument")["root"]["nodeId"]
    dom = browser.devtools("DOM.getOuterHTML", nodeId=root)["outerHTML"]
    browser.devtools("Emulation.setScriptExecutionDisabled", value=False)
    main = path.read_text().split("<main>")[1].split("</main>")[0]
    tally.check(f"{name}: without script nothing is missing or added",
                dom.split("<main>")[1].count("<pre") == main.count("<pre") > 0
                and "<button" not in dom)


def main():
    if CHROMIUM is None or DRIVER is None:
        print("chromium or chromium-driver is not installed")
        return 77
    program = os.path.abspath(sys.argv[1])
    tally = Tally()
    asked = {
        "code": ["0x80244007"],
        "readings": ["0x80072F8F"],
        "french": ["--lang", "fr", "0x9F"],
        "event": ["Event ID 4625"],
        "several": ["error 0x80070005, then 0x80070002"],
        "records": ["timeline", str(CASES / "msi-custom-action" /
                                    "install.log")],
        "diagnosis": ["diagnose", str(CASES / "soap-prerequisite-limit" /
                                      "WindowsUpdate.log"),
                      str(CASES / "msi-custom-action" / "install.log")],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        paths = {}
        for title, arguments in asked.items():
            paths[title] = folder / f"{title}.html"
            subprocess.run([program, "--lang", "en", "--format", "html", "-o",
                            paths[title], *arguments], check=False)
        browser = Browser(folder)
        for title, path in paths.items():
            alone(tally, browser, title, path)
            looks(tally, browser, title, path)
            accessible(tally, browser, title, path)
        for title in ("code", "diagnosis"):
            keyboard(tally, browser, title, paths[title])
            first_seen(tally, browser, title, paths[title])
            without_script(tally, browser, title, paths[title])
        code_page(tally, browser, paths["code"])
        folded_reading(tally, browser, paths["readings"])
        time_line(tally, browser, paths["diagnosis"])
        browser.close()
    print(f"{tally.passed} passed, {tally.failed} failed")
    return tally.failed > 0


if __name__ == "__main__":
    sys.exit(main())
