#!/usr/bin/env python3
"""Times a site of some 5,000 pages beside hugo making as many of like size.

    bench/site.py PROGRAM FOLDER ROUNDS

Both write the same pages: hugo is given the <main> of ours as content, a
layout that puts it into a frame, and nothing else to do.  Prints figures:
pages a second of both, the ratio (median over rounds), how much faster an
unchanged site is written again, and the memory of that.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

PAGES = 5000
CONFIG = """baseURL = "https://w.example/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "section"]
[markup.goldmark.renderer]
unsafe = true
"""
LAYOUT = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/page.css"></head>
<body>{{ .Content }}</body></html>
"""


def run(command, **more):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, **more)
    return time.perf_counter() - start


def knowledge_pages(site):
    return sorted(site.glob("en/**/*.html"))


def write_peer(folder, pages):
    """As many pages as hugo shall make, as HTML that it takes as it is."""
    content = folder / "content"
    layouts = folder / "layouts" / "_default"
    content.mkdir(parents=True)
    layouts.mkdir(parents=True)
    (folder / "config.toml").write_text(CONFIG)
    (layouts / "single.html").write_text(LAYOUT)
    (folder / "layouts" / "index.html").write_text("<p>home</p>\n")
    for number, page in enumerate(pages):
        main = page.read_text().partition("<main>")[2].partition("</main>")[0]
        below = content / f"{number % 256:02x}"
        below.mkdir(exist_ok=True)
        (below / f"p{number}.html").write_text(
            f"---\ntitle: p{number}\n---\n<main>{main}</main>\n")


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)


def measure(program, folder, rounds):
    site, peer, made = folder / "site", folder / "peer", folder / "made"
    for old in (site, peer):
        fresh(old)
    command = [program, "--lang", "en", "site", str(site)]
    run(command)
    pages = knowledge_pages(site)
    step = len(pages) / PAGES
    write_peer(peer, [pages[int(i * step)] for i in range(PAGES)])
    ours, theirs, again = [], [], []
    for _ in range(rounds):
        fresh(site)
        ours.append(run(command) / len(pages))
        again.append(run(command) / len(pages))
        fresh(made)
        theirs.append(run(["hugo", "--quiet", "--noTimes", "-s", str(peer),
                           "-d", str(made)]) / PAGES)
    figures = {
        "site": 1 / statistics.median(ours),
        "site-hugo": 1 / statistics.median(theirs),
        "site-ratio": statistics.median(t / o for t, o in zip(theirs, ours)),
        "site-again": statistics.median(o / a for o, a in zip(ours, again)),
    }
    for name, value in figures.items():
        print(f"{name}\t{value:.1f}")


def main():
    program, folder, rounds = sys.argv[1:4]
    measure(os.path.abspath(program), pathlib.Path(folder), int(rounds))


if __name__ == "__main__":
    main()
