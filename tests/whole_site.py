#!/usr/bin/env python3
"""A site is whole, valid, the same each time, and keeps to its folder.

    tests/whole_site.py PROGRAM COMPILER [--all]

Of the real site every name is looked at, and some 300 pages (with --all each
one) are read by a parser that knows the standard's errors; their links are
followed, and each <main> is held against the page that the command saves.
Folders, archives, the list of files and hostile knowledge are tried with a
small catalogue.
"""
import concurrent.futures
import gzip
import io
import json
import os
import pathlib
import posixpath
import re
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as xml

from compile_rejects import good, write
from markup import Page, markup_problems, tag, text_of
from tally import Tally

BASE = "https://w.example/why/"
LIST = ".winwhy-site"
ASSETS = ["page.css", "page.js", "site.css", "site.js"]
ONCE = {*ASSETS, "index.html", "404.html", "robots.txt", "sitemap.xml",
        "sitemap-1.xml"}
ATOM = "{http://www.w3.org/2005/Atom}"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SAMPLES = 300
# What a page of a code may take over the wire, with all that it loads.
WIRE_MAX = 30 * 1024
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;"
# Pages that are looked at besides every so manieth.
NAMED = ["index.html", "about.html", "events.html", "search.html",
         "code/07/0x80244007.html", "code/02/0x80070002.html",
         "code/7E/0x0000007E.html", "family/wu.html", "topic/msi-busy.html",
         "symptom/printer.html", "log/cbs.html"]


def run(program, *arguments, lang="en"):
    return subprocess.run(
        [program, *arguments], capture_output=True, timeout=600, check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": lang})


def folder_files(folder):
    return {str(p.relative_to(folder)): p.read_bytes()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def tar_files(data):
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return {m.name: tar.extractfile(m).read() for m in tar}


# One page

def links(page):
    """The addresses a page leads to or loads, of whatever element."""
    for e in page.all:
        for name in ("href", "src", "action"):
            if name in e.attrib and not (
                    tag(e) == "link" and e.get("rel") in ("canonical", "icon")
                    or e.get("hreflang") and tag(e) == "link"):
                yield e.attrib[name]


def link_problems(name, page, names, ids):
    for link in links(page):
        address, _, fragment = link.partition("#")
        if address.startswith(("https://", "http://")):
            if address.startswith(BASE) and name != "404.html":
                yield f"{link} names the whole address"
            continue
        to = posixpath.normpath(posixpath.join(posixpath.dirname(name),
                                               address)) if address else name
        if to not in names:
            yield f"{link} leads nowhere"
        if fragment and to == name and fragment not in ids:
            yield f"#{fragment} leads nowhere"


def head_problems(name, page):
    """Canonical and hreflang name the page in each of its languages."""
    def named(rel):
        return {link.get("hreflang"): link.get("href")
                for link in page.of("link")
                if link.get("rel") == rel and link.get("type") is None}
    lang, _, rest = name.partition("/")
    if named("canonical") != {None: BASE + name}:
        yield f"canonical {named('canonical')}"
    wanted = {each: f"{BASE}{each}/{rest}" for each in ("en", "fr")}
    if named("alternate") != wanted:
        yield f"alternates {named('alternate')}"
    if page.of("html")[0].get("lang") != lang:
        yield "lang"


def data_problems(page):
    for e in page.of("script"):
        if e.get("type") == "application/ld+json":
            graph = json.loads(text_of(e))["@graph"]
            if graph[0]["@type"] != "TechArticle":
                yield f"linked data {graph}"
        elif not e.get("src") or text_of(e):
            yield "a script within"
    for e in page.all:
        yield from (f"{tag(e)} has {a}" for a in e.attrib
                    if a.startswith("on") or a == "style")
    if page.of("style"):
        yield "a style within"


def page_problems(name, data, names):
    page = Page(data)
    yield from markup_problems(page)
    yield from link_problems(name, page, names, set(page.ids()))
    if "/" in name:
        yield from head_problems(name, page)
    yield from data_problems(page)
    if len(page.of("main")) != 1 or not text_of(page.of("title")[0]).strip():
        yield "no main, or no title"


def main_of(data):
    return data.partition(b"<main>")[2].partition(b"</main>")[0]


def saved(program, name, data):
    """The <main> of the same page from the command; None: it has none."""
    lang, kind, *rest = name.removesuffix(".html").split("/")
    if kind == "code":
        return main_of(run(program, "--format", "html", "--lang", lang,
                           "explain", rest[-1]).stdout), main_of(data)
    if kind in ("event", "search"):
        return b"", b""
    what = {"index": []}.get(kind, ["/".join([kind, *rest])])
    page = run(program, "--format", "html", "--lang", lang, "list",
               *what).stdout
    # Lists are made of links, which a page that stands alone has not.
    return main_of(page), re.sub(rb'<a href="\.[^"]*">', b"<a>",
                                 main_of(data))


def examine(arguments):
    program, name, data, names = arguments
    problems = list(page_problems(name, data, names))
    if "/" in name:
        theirs, ours = saved(program, name, data)
        if theirs != ours:
            problems.append("another <main> than the command saves")
    return name, problems


# The whole of it

def looked_at(names, everything):
    pages = sorted(n for n in names if n.endswith(".html"))
    step = 1 if everything else len(pages) // SAMPLES
    return {*pages[::step], *(f"{lang}/{name}" for lang in ("en", "fr")
                              for name in NAMED), "index.html", "404.html"}


def real_site(tally, program, everything):
    data = run(program, "site", "--tar", "--base", BASE).stdout
    files = tar_files(data)
    names = set(files)
    looked = looked_at(names, everything)
    with concurrent.futures.ProcessPoolExecutor() as pool:
        for name, problems in pool.map(
                examine, ((program, n, files[n], names)
                          for n in sorted(looked)), chunksize=16):
            tally.check(name, not problems, problems[:5])
    tally.check("enough pages", len(looked) >= SAMPLES, len(looked))
    once(tally, files)
    maps(tally, files)
    feeds(tally, files)
    wire(tally, files)
    return files


def index_of(script):
    return json.loads(re.fullmatch(rb"winwhySearch\((.*)\);\n", script,
                                   re.S).group(1))


def once(tally, files):
    names = {n for n in files if "/" not in n}
    tally.check("what a site has once", names == ONCE, names ^ ONCE)
    tally.check("robots", files["robots.txt"].decode().splitlines() ==
                ["User-agent: *", "Allow: /", f"Sitemap: {BASE}sitemap.xml"])
    for lang in ("en", "fr"):
        rows = index_of(files[f"{lang}/search.js"]).splitlines()
        found = {row.split("\t")[0].lstrip("#") for row in rows}
        pages = {n[3:-5] for n in files if re.match(
            rf"{lang}/(topic|symptom|family|log|event|code)/", n)}
        pages = {p[8:] if p.startswith("code/") else p for p in pages}
        tally.check(f"{lang}: the search finds each page and no other",
                    found == pages, list(found ^ pages)[:5])


def maps(tally, files):
    index = xml.fromstring(files["sitemap.xml"])
    parts = [e.text for e in index.iter(MAPS + "loc")]
    listed = []
    for part in parts:
        urls = [e.text for e in xml.fromstring(
            files[part.removeprefix(BASE)]).iter(MAPS + "loc")]
        tally.check(f"{part}: not too many", 0 < len(urls) <= 50000)
        listed += urls
    pages = {BASE + n for n in files if n.endswith(".html") and "/" in n}
    tally.check("sitemaps: each page once", len(listed) == len(pages) and
                set(listed) == pages)


def feeds(tally, files):
    for lang in ("en", "fr"):
        feed = xml.fromstring(files[f"{lang}/feed.xml"])
        entries = feed.findall(ATOM + "entry")
        days = [e.find(ATOM + "updated").text for e in entries]
        tally.check(f"{lang}: feed, latest first", len(entries) == 50 and
                    days == sorted(days, reverse=True) and
                    feed.find(ATOM + "updated").text == days[0])
        for e in entries:
            link = e.find(ATOM + "link").get("href")
            tally.check(f"{lang}: feed, {link}", link == e.find(
                ATOM + "id").text and link.removeprefix(BASE) in files and
                e.find(ATOM + "title").text and
                e.find(ATOM + "summary").text)


def wire(tally, files):
    """Of all codes: the page, and the style and scripts it needs.

    A few small numbers are so many codes at once, each with all that is known
    of it, that they take more.
    """
    loaded = sum(len(gzip.compress(files[name], 6)) for name in ASSETS)
    large = []
    for name, data in files.items():
        # Text shrinks to a quarter and less.
        if "/code/" in name and len(data) > 3 * (WIRE_MAX - loaded):
            size = loaded + len(gzip.compress(data, 6))
            if size > WIRE_MAX:
                large.append(name)
                tally.check(f"{name}: {size} bytes over the wire",
                            size <= 1.5 * WIRE_MAX and
                            b'<details class="fold">' in data)
    tally.check("nearly all pages of codes are small", len(large) <= 30,
                len(large))


# Folders, with a small catalogue

def small_catalogue(compiler, folder, change=lambda files: None):
    files = good()
    change(files)
    knowledge = folder / "knowledge"
    write(knowledge, files)
    catalogue = folder / "small.cat"
    subprocess.run([compiler, "-o", str(catalogue), str(knowledge)],
                   check=True)
    return catalogue


def counts(done):
    return [int(n) for n in re.findall(rb"\d+", done.stdout)]


def rewrites(tally, site, folder):
    """What is written, left alone and removed, run after run."""
    out = folder / "out"
    first = site(out)
    files = folder_files(out)
    tally.check("first run", first.returncode == 0 and
                counts(first) == [len(files) - 1, 0, 0], first)
    stamps = {n: os.stat(out / n).st_mtime_ns for n in files}
    again = site(out)
    tally.check("second run writes nothing",
                counts(again) == [0, len(files) - 1, 0] and
                {n: os.stat(out / n).st_mtime_ns for n in files} == stamps,
                again)
    site(folder / "other")
    tally.check("two sites are equal", folder_files(folder / "other") == files)
    tar = site("--tar")
    tally.check("an archive is the folder", tar_files(tar.stdout) == {
        n: data for n, data in files.items() if n != LIST})
    tally.check("two archives are equal", site("--tar").stdout == tar.stdout)

    victim = out / "en" / "topic" / "alpha.html"
    data = victim.read_bytes()
    victim.write_bytes(data.replace(b"alpha", b"omega"))
    done = site(out)
    tally.check("what was changed is written again",
                counts(done)[0] == 1 and folder_files(out) == files, done)
    victim.unlink()
    tally.check("what is gone is written again",
                counts(site(out))[0] == 1 and folder_files(out) == files)
    done = site(out, "--base", "https://other.example/")
    tally.check("other options, other files", counts(done)[0] > 5 and
                folder_files(out) != files)
    site(out)
    tally.check("and back", folder_files(out) == files)


def keeps_to_itself(tally, site, folder):
    out = folder / "kept"
    site(out, "--base", BASE)
    mine = out / "en" / "mine.html"
    mine.write_text("mine")
    (out / "note.txt").write_text("mine")
    done = site(out)
    tally.check("what is no more is removed, and nothing else",
                counts(done)[2] == 3 and mine.exists() and
                (out / "note.txt").exists() and
                not (out / "en" / "feed.xml").exists() and
                not (out / "sitemap.xml").exists(), done)

    clash = out / "sitemap.xml"
    clash.write_text("mine")
    done = site(out, "--base", BASE)
    tally.check("a file of others in the way", done.returncode == 4 and
                b"was not written by" in done.stderr and
                clash.read_text() == "mine", done)
    clash.unlink()
    done = site(out, "--base", BASE)
    tally.check("the next run goes on", done.returncode == 0 and
                b"sitemapindex" in clash.read_bytes(), done)

    outside = folder / "outside"
    outside.write_text("mine")
    clash.unlink()
    clash.symlink_to(outside)
    done = site(out, "--base", BASE)
    tally.check("a link is not followed", done.returncode == 4 and
                outside.read_text() == "mine", done)

    full = folder / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine")
    done = site(full)
    tally.check("a folder with other things", done.returncode == 4 and
                b"is not empty" in done.stderr and
                os.listdir(full) == ["letter.txt"], done)
    hidden = folder / "hidden"
    (hidden / ".git").mkdir(parents=True)
    tally.check("hidden things are no hindrance",
                site(hidden).returncode == 0)


def lists(tally, site, folder):
    """A list of files is input like any other."""
    for evil in ("5 ../outside", "5 /etc/passwd", "5 en//x", "5 .hidden",
                 "5 en/../../outside", "x en/index.html", "5", "5 ",
                 "99999999999999999999999 a", "5 a\0b"):
        out = folder / "listed"
        site(out)
        outside = folder / "outside"
        outside.write_text("12345")
        path = out / LIST
        path.write_bytes(path.read_bytes() + evil.encode() + b"\n")
        done = site(out, "--base", BASE)
        tally.check(f"a list with {evil!r}", done.returncode == 4 and
                    b"is no list" in done.stderr and outside.exists(), done)
        path.unlink()
        for name in sorted(out.rglob("*"), reverse=True):
            name.rmdir() if name.is_dir() else name.unlink()


def usage(tally, program, folder):
    for arguments in ([], ["--tar", "x"], ["a", "b"],
                      [str(folder / "u"), "--base", "ftp://x/"],
                      [str(folder / "u"), "--base", "https://x/\"><b>"]):
        done = run(program, "site", *arguments)
        tally.check(f"usage: {arguments}", done.returncode == 2 and
                    done.stderr and not (folder / "u").exists(), done)
    done = run(program, "site", str(folder / "no" / "such"))
    tally.check("a folder that cannot be made", done.returncode == 4, done)


def hostile(tally, program, compiler, folder):
    """Whoever writes knowledge may be careless with the signs of HTML."""
    def spoil(files):
        files["topics/alpha.yaml"]["title"] = EVIL
        files["topics/alpha.yaml"]["summary"] = EVIL
        files["topics/alpha.yaml"]["faq"][0]["question"] = EVIL
        files["symptoms.yaml"][0]["title"] = EVIL
        files["codes/wu.tsv"] = files["codes/wu.tsv"].replace("One.", EVIL)
    catalogue = small_catalogue(compiler, folder, spoil)
    data = run(program, "--catalogue", str(catalogue), "site", "--tar",
               "--base", BASE).stdout
    files = tar_files(data)
    for name, page in files.items():
        if name.endswith(".html"):
            problems = [p for p in page_problems(name, page, set(files))
                        if not p.startswith("alternates")]
            tally.check(f"hostile: {name}", not problems, problems[:3])
    page = Page(files["en/topic/alpha.html"])
    tally.check("hostile: shown as text",
                EVIL in text_of(page.of("h1")[0]))
    tally.check("hostile: the index is one string", EVIL in index_of(
        files["en/search.js"]))
    feed = xml.fromstring(files["en/feed.xml"])
    tally.check("hostile: text in the feed", EVIL in [
        e.text for e in feed.iter(ATOM + "title")])


def main():
    program, compiler = map(os.path.abspath, sys.argv[1:3])
    tally = Tally()
    real_site(tally, program, "--all" in sys.argv)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        catalogue = small_catalogue(compiler, folder)

        def site(*arguments):
            return run(program, "--catalogue", str(catalogue), "site",
                       *map(str, arguments))
        rewrites(tally, site, folder)
        keeps_to_itself(tally, site, folder)
        lists(tally, site, folder)
        usage(tally, program, folder)
        hostile(tally, program, compiler, folder)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return tally.failed > 0


if __name__ == "__main__":
    sys.exit(main())
