#!/usr/bin/env python3
"""The server: pages, the interface for programs, diagnoses, and who may ask.

    tests/serve.py PROGRAM SCHEMA OPENAPI

Speaks to the loopback only, over sockets of its own where a request is one
that no library would write.  What the interface answers is held against its
description, each time.
"""
import contextlib
import gzip
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

import jsonschema

from contract import Contract, faults
from served import BOUNDARY, FORM, Server, form, until
from tally import Tally

CASES = pathlib.Path(__file__).parent / "cases"
LOG = CASES / "soap-prerequisite-limit" / "WindowsUpdate.log"
SECRET = "Contoso-Secret-4711"
CODE = "/en/code/07/0x80244007.html"
# The folder of a diagnosis, within that of its server.
JOB = "*/" + "?" * 32
# What no request of a test can bring about on a sound machine.
OUT_OF_REACH = {("POST", "/api/v1/diagnosis", "507")}


def main_of(page):
    return re.search(rb"<main.*</main>", page, re.S)[0]


def raw(server, request, timeout=60):
    """What comes back for these bytes, until the server ends it."""
    answer = b""
    with socket.create_connection(("127.0.0.1", server.port)) as s:
        s.settimeout(timeout)
        # What is refused may be answered before all of it is sent.
        with contextlib.suppress(ConnectionError, TimeoutError):
            s.sendall(request)
        with contextlib.suppress(ConnectionError, TimeoutError):
            while piece := s.recv(65536):
                answer += piece
    return answer


def raw_status(server, head, body=b""):
    """The status of a request that is closed behind it; 0: none came."""
    answer = raw(server, head.encode("latin-1")
                 + b"Connection: close\r\n\r\n" + body)
    found = re.match(rb"HTTP/1\.1 (\d+)", answer)
    return int(found[1]) if found else 0


def head_of(server, method, path, **headers):
    return f"{method} {path} HTTP/1.1\r\nHost: {server.host}\r\n" + "".join(
        f"{k.replace('_', '-')}: {v}\r\n" for k, v in headers.items())


def check_pages(t, server, program):
    status, headers, _ = server.get("/", Accept_Language="fr-FR,fr;q=0.9")
    t.check("the root leads to the browser's language",
            status == 302 and headers["Location"] == "./fr/index.html",
            headers["Location"])
    for path in ("/en/index.html", "/fr/index.html", "/en/about.html",
                 "/en/events.html", "/en/search.html?q=component+store",
                 "/en/search.html", CODE, "/en/topic/msi-busy.html",
                 "/fr/symptom/blue-screen.html", "/en/family/wu.html",
                 "/en/log/cbs.html", "/page.css", "/page.js", "/site.css",
                 "/site.js", "/robots.txt"):
        status, headers, body = server.get(path)
        t.check(f"{path} is there", status == 200 and len(body) > 20, status)
        policy = headers["Content-Security-Policy"]
        t.check(f"{path} is bound by a policy",
                "default-src 'none'" in policy and "unsafe" not in policy)
        t.check(f"{path} is taken for nothing else",
                headers["X-Content-Type-Options"] == "nosniff")
    for path in ("/en/code/07/0x80244008.html", "/en/code/07/0x8024400.html",
                 "/en/topic/none.html", "/de/index.html", "/en/code/", "/x",
                 "/en/index.html/", "//etc/passwd", "/en/../../etc/passwd",
                 "/../../../../etc/passwd", "/en/topic/..%2f..%2fetc.html",
                 "/%2e%2e/%2e%2e/etc/passwd", "/..\\..\\etc\\passwd",
                 "/en/log/../../../etc/passwd", CODE + "%00", "/%00",
                 "/en/diagnosis/../page.html", "/page.css/x", "/upload",
                 "/en/diagnosis/" + "0" * 32 + "/upload",
                 "/en/diagnosis/" + "0" * 32 + "/page.html"):
        status, _, body = server.get(path)
        t.check(f"{path} is not", status == 404 and b"root:" not in body,
                status)
    saved = subprocess.run([program, "--lang", "en", "0x80244007", "--format",
                            "html"], capture_output=True, check=True).stdout
    t.check("a page that is served and one that is saved say the same",
            main_of(saved) == main_of(server.get(CODE)[2]))
    t.check("a page of another language says so",
            b'<html lang="fr"' in server.get("/fr/index.html")[2])
    for path, place in (("/en/", "../en/"), ("/en", "./en/"),
                        ("/fr/", "../fr/")):
        status, headers, _ = server.get(path, Accept_Language="de")
        t.check(f"{path} leads to that language's home", status == 302
                and headers["Location"] == place + "index.html",
                (status, headers["Location"]))
    for path in ("/0x80244007", "/WU_E_PT_SOAPCLIENT_SOAPFAULT",
                 "/-2145107961"):
        status, headers, _ = server.get(path, Accept_Language="fr")
        t.check(f"{path} leads to its page", status == 302 and
                headers["Location"] == "./fr/code/07/0x80244007.html",
                headers["Location"])


def check_http(t, server):
    plain = server.get(CODE)
    packed = server.get(CODE, Accept_Encoding="gzip")
    t.check("pages are packed for who can unpack them",
            packed[1]["Content-Encoding"] == "gzip"
            and gzip.decompress(packed[2]) == plain[2])
    t.check("a page is small on the wire", len(packed[2]) <= 30_000,
            len(packed[2]))
    tag = packed[1]["ETag"]
    t.check("a tag names the bytes", tag and tag != plain[1]["ETag"])
    for wanted in (tag, f'"x", {tag}', f"W/{tag}"):
        status, headers, body = server.get(CODE, If_None_Match=wanted,
                                           Accept_Encoding="gzip")
        t.check(f"who has {wanted} does not get it again", status == 304
                and body == b"" and headers["ETag"] == tag
                and headers["Content-Length"] in (None, str(len(packed[2]))),
                (status, headers["Content-Length"]))
    t.check("who has another does", server.get(
        CODE, If_None_Match=plain[1]["ETag"], Accept_Encoding="gzip")[0] == 200)
    t.check("what was kept is what was made", server.get(CODE)[2] == plain[2]
            == server.get(CODE + "?x=1")[2])
    status, headers, body = server.ask("HEAD", CODE)
    t.check("HEAD has no body", status == 200 and body == b""
            and headers["Content-Length"] == str(len(plain[2])))
    status, headers, _ = server.ask("DELETE", CODE)
    t.check("pages are not deleted",
            status == 405 and headers["Allow"] == "GET", status)
    request = f"GET /robots.txt HTTP/1.1\r\nHost: {server.host}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port)) as s:
        answers = []
        for _ in range(2):
            s.sendall(request.encode())
            answers.append(s.recv(65536).startswith(b"HTTP/1.1 200"))
        t.check("a connection serves a second request", all(answers))
    both = raw(server, (request + request.replace(
        "\r\n\r\n", "\r\nConnection: close\r\n\r\n")).encode())
    t.check("and one that came with the first", both.count(b"200 OK") == 2)


def check_guard(t, server):
    for host in ("evil.example", "evil.example:80", "127.evil.example",
                 "localhost.evil.example", "[::2]", ""):
        for path in ("/en/index.html", "/api/v1/search?q=1"):
            status = raw_status(server, f"GET {path} HTTP/1.1\r\n"
                                f"Host: {host}\r\n")
            t.check(f"{path} of Host {host!r} is turned away",
                    status in (400, 421), status)
    t.check("so is none", raw_status(
        server, "GET /en/index.html HTTP/1.1\r\n") in (400, 421))
    t.check("so is the cache's page",
            server.get(CODE, Host="evil.example")[0] == 421)
    for host in ("localhost", f"LOCALHOST:{server.port}", "[::1]:1",
                 "127.0.0.1"):
        status, _, _ = server.get("/en/index.html", Host=host)
        t.check(f"Host {host!r} is ours", status == 200, status)
    body = form(text="0x80244007")
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"},
                    {"Sec-Fetch-Site": "cross-site"},
                    {"Origin": f"http://127.0.0.1:{server.port + 1}"}):
        for path in ("/en/diagnosis", f"/en/diagnosis/{'0' * 32}/delete"):
            status, _, _ = server.ask("POST", path, body, {**FORM, **headers})
            t.check(f"a post from elsewhere is turned away: {headers}",
                    status == 403, status)


def check_diagnosis(t, server):
    status, started = server.start(form([("a/b/WindowsUpdate.log",
                                          LOG.read_bytes())]))
    name = started.get("diagnosis", "")
    t.check("a diagnosis is started",
            status == 202 and re.fullmatch("[0-9a-f]{32}", name), started)
    t.check("it is done", server.wait_for(name) == {"diagnosis": name,
                                                    "state": "done"})
    report = server.json(f"/api/v1/diagnosis/{name}/report")
    t.check("it says what the command says", report["verdict"] == "fault",
            report["verdict"])
    page = server.get(f"/en/diagnosis/{name}/page.html")
    alone = server.get(f"/en/diagnosis/{name}/report.html")
    t.check("page and report that is kept say the same",
            main_of(page[2]) == main_of(alone[2]))
    t.check("the report is for keeps",
            "attachment" in alone[1]["Content-Disposition"])
    text = server.get(f"/en/diagnosis/{name}/report.txt")[2]
    t.check("it is text, too", text.startswith(b"FAULT"), text[:40])
    t.check("nobody else's cache keeps it",
            page[1]["Cache-Control"] == "no-store" and not page[1]["ETag"])
    left = list(pathlib.Path(server.folder.name).glob("*/*/upload"))
    t.check("what was sent is deleted", not left, left)
    status, _, _ = server.ask("DELETE", f"/api/v1/diagnosis/{name}")
    t.check("a diagnosis can be deleted", status == 204)
    status, _, _ = server.get(f"/en/diagnosis/{name}/page.html")
    t.check("it is gone then", status == 404, status)
    left = list(pathlib.Path(server.folder.name).glob(JOB))
    t.check("so are its files", not left, left)
    return name


def check_visit(t, server):
    """As a browser without scripts does it."""
    headers = {**FORM, "Origin": f"http://{server.host}"}
    status, answer, _ = server.ask(
        "POST", "/fr/diagnosis",
        form([("../../etc/cron.d/<img src=x>.log", LOG.read_bytes()),
              ("", b"")], text="", redact="on"), headers)
    place = answer["Location"]
    t.check("a visitor is led to the answer", status == 303 and place, status)
    path = "/" + place.replace("../", "")
    name = path.split("/")[3]
    first = server.get(path)
    t.check("the page waits with the visitor", first[0] == 200, first[0])
    server.wait_for(name)
    page = server.get(path)[2]
    t.check("and then shows the answer, in French",
            b"&lt;img" in page and b"<img" not in page
            and b'lang="fr"' in page)
    t.check("names are left out that were to be",
            b"host-1" in page and b"contoso" not in page.lower())
    status, answer, _ = server.ask("POST", f"/fr/diagnosis/{name}/delete",
                                   "", {"Content-Length": "0"})
    t.check("who has seen it may delete it", status == 303, status)
    status, _, body = server.get(path)
    t.check("and is told so", status == 404 and b"<h1" in body)
    return name


def check_unnamed(t, server):
    """As programs send a file, some without its name."""
    for named in ("", "; filename=\"\"", "; filename*=UTF-8''%C3%A9.log"):
        body = (f"--{BOUNDARY}\r\nContent-Disposition: form-data; "
                f"name=\"files\"{named}\r\n\r\n").encode()
        status, started = server.start(
            body + LOG.read_bytes() + f"\r\n--{BOUNDARY}--\r\n".encode())
        t.check(f"a file is one whose name is {named!r}", status == 202,
                (status, started))
        if status == 202:
            name = started["diagnosis"]
            server.wait_for(name)
            report = server.json(f"/api/v1/diagnosis/{name}/report")
            t.check("and is read", report["verdict"] == "fault", report)
            server.ask("DELETE", f"/api/v1/diagnosis/{name}")


def status_at(port):
    """Of a page; 0: nobody answers there."""
    link = http.client.HTTPConnection("127.0.0.1", port)
    with contextlib.suppress(OSError), contextlib.closing(link):
        link.request("GET", "/robots.txt")
        return link.getresponse().status
    return 0


def check_closed(t, program):
    """Started without streams, as some supervisors do it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", program,
                           "serve", "--port", str(port)]) as started:
        status = until(lambda: status_at(port))
        held = pathlib.Path(f"/proc/{started.pid}/fd")
        if held.exists():
            held = [os.readlink(held / str(fd)) for fd in range(3)]
            t.check("the streams are nothing else then",
                    held == ["/dev/null"] * 3, held)
        t.check("it serves all the same", status == 200, status)
        started.terminate()


def check_pasted(t, server):
    _, started = server.start(form(text=f"{SECRET} failed with 0x80244007"))
    name = started["diagnosis"]
    server.wait_for(name)
    report = server.json(f"/api/v1/diagnosis/{name}/report")
    t.check("pasted lines are read", "0x80244007" in json.dumps(report))
    return name


def left_over(server, pattern):
    """Files that are there still a while after the answer."""
    folder = pathlib.Path(server.folder.name)
    until(lambda: not any(folder.glob(pattern)))
    return list(folder.glob(pattern))


def check_refusals(t, server):
    """Of a server that takes one megabyte at most."""
    rows = [
        ("nothing in it", form(), FORM, 400),
        ("an empty file", form([("a.log", b"")]), FORM, 400),
        ("cut short", form([("a.log", b"x" * 100)])[:-8], FORM, 400),
        ("no form", b"hello", {"Content-Type": "text/plain"}, 415),
        ("no boundary", b"hello",
         {"Content-Type": "multipart/form-data"}, 415),
        ("more than is taken", form([("a.log", b"x" * 2_000_000)]), FORM, 413),
        ("too many files", form([(f"{i}", b"x") for i in range(2001)]), FORM,
         413),
        ("head too long", b"--" + BOUNDARY.encode() + b"\r\nX: "
         + b"y" * 5000 + b"\r\n\r\n", FORM, 400),
    ]
    for what, body, headers, expected in rows:
        status, answer = server.start(body, headers)
        t.check(f"refused: {what}",
                status == expected and "problem" in answer, status)
    path = "/api/v1/diagnosis"
    kind = FORM["Content-Type"]
    t.check("refused: no length", server.ask(
        "POST", path, iter([form(text="0x5")]), FORM)[0] == 411)
    for length in (1 << 40, 1 << 62):
        t.check(f"refused at once: {length} bytes", raw_status(
            server, head_of(server, "POST", path, Content_Type=kind,
                            Content_Length=length)) == 413)
    t.check("who asks before is told before", raw_status(
        server, head_of(server, "POST", path, Content_Type=kind,
                        Content_Length=2_000_000,
                        Expect="100-continue")) == 413)
    body = form([("a.log", b"x" * 2_000_000)])
    for kinds in ({"Content_Length": 5, "Transfer_Encoding": "chunked"},
                  {"Transfer_Encoding": "chunked", "Content_Length": 5},
                  {"Content_Length": 5, "Transfer_Encoding": "identity"}):
        status = raw_status(
            server, head_of(server, "POST", path, Content_Type=kind, **kinds),
            b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))
        t.check(f"refused: two lengths, {list(kinds)}", status == 400, status)
    for twice in (f"Host: {server.host}", "Content-Length: 4"):
        status = raw_status(
            server, head_of(server, "POST", "/api/v1/explain",
                            Content_Length=3) + twice + "\r\n", b"0x5 ")
        t.check(f"refused: a second {twice[:4]}", status == 400, status)
    left = left_over(server, JOB)
    t.check("nothing is left of what was refused", not left, left)


def check_crowd(t, server):
    """Uploads that are begun and not ended."""
    head = head_of(server, "POST", "/api/v1/diagnosis", Content_Length=1000,
                   Content_Type=FORM["Content-Type"]) + "\r\n"
    crowd = [socket.create_connection(("127.0.0.1", server.port))
             for _ in range(8)]
    for s in crowd:
        s.sendall(head.encode() + b"--")
    jobs = pathlib.Path(server.folder.name)
    until(lambda: len(list(jobs.glob("*/*/upload"))) == 8)
    status, answer = server.start(form(text="0x80244007"))
    t.check("only so many visits at a time", status == 503, answer)
    t.check("pages are there all the same", server.get(CODE)[0] == 200)
    for s in crowd:
        s.close()
    left = left_over(server, "*/*/upload")
    t.check("who goes away leaves nothing", not left, left)
    status, started = server.start(form(text="0x80244007"))
    t.check("and makes room", status == 202, started)
    server.wait_for(started["diagnosis"])


def check_hostile(t, server):
    names = [b"\x00\xff", b"a" * 3000, b"..\\..\\x", b"/", b"'", b"con",
             b"<script>alert(1)</script>", b"\xe2\x80\xaegol.exe"]
    status, started = server.start(form([(n, os.urandom(2000))
                                         for n in names]))
    state = server.wait_for(started["diagnosis"])
    t.check("odd names are read", state["state"] == "done", state)
    page = server.get(f"/en/diagnosis/{started['diagnosis']}/page.html")[2]
    t.check("and are no markup", b"<script>alert" not in page)
    bomb = gzip.compress(bytes(200_000_000), 9)
    for _ in range(2):
        bomb = gzip.compress(bomb)
    _, started = server.start(form([("bomb.gz", bomb)]))
    state = server.wait_for(started["diagnosis"])
    t.check("packed in packed ends", state["state"] == "done", state)
    t.check("thousands of headers are too many", raw_status(
        server, head_of(server, "GET", CODE) + "".join(
            f"X-{i}: y\r\n" for i in range(5000))) in (400, 431, 413))
    t.check("so is a long address", raw_status(
        server, head_of(server, "GET", "/" + "a" * 60_000)) in (400, 414, 431))
    for length in ("abc", "-1", "1" * 40):
        status = raw_status(server, head_of(
            server, "POST", "/api/v1/explain", Content_Length=length), b"x")
        t.check(f"a length of {length[:4]} is none",
                status in (0, 400, 413), status)
    status = raw_status(server, head_of(
        server, "POST", "/api/v1/explain", Content_Length=4,
        Transfer_Encoding="chunked"), b"3\r\n0x5\r\n0\r\n\r\n")
    t.check("two lengths are no way in", status == 400, status)
    for nonsense in (b"\r\n\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET",
                     b"G" * 100_000, b"GET / HTTP/9.9\r\n\r\n",
                     b"GET http://evil.example/ HTTP/1.1\r\n\r\n"):
        answer = raw(server, nonsense, timeout=1)
        t.check(f"{nonsense[:12]} is no request", b"200 OK" not in answer,
                answer[:40])
    t.check("it is there all the same", server.get(CODE)[0] == 200)


def children_of(pid):
    tasks = pathlib.Path(f"/proc/{pid}/task")
    return [int(c) for task in tasks.iterdir()
            for c in (task / "children").read_text().split()]


def check_killed(t, server):
    """A reader that dies is a failure that is told."""
    if not pathlib.Path("/proc/self/task").exists():
        return
    _, started = server.start(form([("big.log", b"0x80244007 x\n"
                                     * 12_000_000)]))
    name = started["diagnosis"]
    readers = children_of(server.process.pid)
    for pid in readers:
        os.kill(pid, signal.SIGKILL)
    state = server.wait_for(name)
    t.check("a reader that dies is told of", len(readers) == 1
            and state["state"] == "failed" and state["problem"], state)
    status, _, body = server.get(f"/en/diagnosis/{name}/page.html")
    t.check("on the page, too", status == 500 and b"<h1" in body, status)
    left = list(pathlib.Path(server.folder.name).glob("*/*/upload"))
    t.check("and what was sent is deleted", not left, left)
    server.ask("DELETE", f"/api/v1/diagnosis/{name}")


def drip(server, pieces, pause):
    """How long a server bears it; seconds."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port)) as s:
        s.settimeout(pause)
        try:
            for piece in pieces:
                s.sendall(piece)
                try:
                    if s.recv(100) in (b"",):
                        break
                except TimeoutError:
                    continue
        except ConnectionError:
            pass
        return time.monotonic() - began


UPLOAD = (f"POST /api/v1/diagnosis HTTP/1.1\r\nHost: localhost\r\n"
          f"Content-Length: 100000\r\nContent-Type: {FORM['Content-Type']}"
          f"\r\n\r\n").encode()


def slow_clients(server):
    """Threads that fill a row each: what was tried, seconds, at most."""
    rows = []

    def run(what, pieces, pause, most):
        rows.append((what, drip(server, pieces, pause), most))

    tries = [
        ("who falls silent", [b"GET / HT", b""] + [b""] * 60, 1, 25),
        ("who sends a byte now and then",
         [b"GET / HTTP/1.1\r\nX: "] + [b"y"] * 120, 0.5, 40),
        ("who has nothing to ask", [b""] * 60, 1, 25),
        ("who sends a file byte by byte", [UPLOAD] + [b"y"] * 60, 1, 40),
    ]
    threads = [threading.Thread(target=run, args=row) for row in tries]
    for thread in threads:
        thread.start()
    return threads, rows


def check_slow(t, threads, rows):
    for thread in threads:
        thread.join()
    for what, seconds, most in rows:
        t.check(f"{what} is cut off", seconds < most, seconds)


def check_api(t, server, openapi):
    t.check("the description is the file",
            server.json("/api/v1/openapi.json") == openapi)
    for path, kind in (("explain?q=0x80244007", "explain"),
                       ("explain?q=5&as=win32&lang=fr", "explain"),
                       ("explain?q=pc-1+0x5&redact=1", "explain"),
                       ("search?q=soap", "search"), ("list", "list"),
                       ("list?what=family/wu", "list"),
                       ("list?what=topic/wu-soap-fault&lang=fr", "list")):
        got = server.json(f"/api/v1/{path}")
        t.check(f"{path} answers", got["kind"] == kind)
    post = {"Content-Type": "text/plain"}
    status, _, body = server.ask("POST", "/api/v1/explain",
                                 f"{SECRET} failed with 0x80244007", post)
    t.check("text is explained", json.loads(body)["answers"][0]["readings"])
    status, _, body = server.ask("POST", "/api/v1/explain",
                                 iter([b"failed with ", b"0x80244007"]), post)
    t.check("whose length nobody said, too",
            status == 200 and b"SOAPFAULT" in body)
    for path, body, expected in (
            ("explain", "x" * 2_000_000, 413), ("explain", " ", 400),
            ("explain?as=nothing", "5", 400), ("search", "x", 405),
            ("nothing", "x", 405)):
        status, _, _ = server.ask("POST", f"/api/v1/{path}", body, post)
        t.check(f"POST {path} is a problem", status == expected, status)
    for path, expected in (("explain?q=1&as=nothing", 400), ("explain", 400),
                           ("search", 400), ("search?q=%20", 400),
                           ("list?what=nothing", 404),
                           ("diagnosis/" + "0" * 32, 404),
                           ("diagnosis/" + "0" * 32 + "/report", 404),
                           ("nothing", 404), ("", 404)):
        status, _, _ = server.get(f"/api/v1/{path}")
        t.check(f"{path} is a problem", status == expected, status)
    french = server.json("/api/v1/list?what=nothing&lang=fr")["problem"]
    english = server.json("/api/v1/list?what=nothing&lang=en")["problem"]
    t.check("problems are told in one's language", french != english, french)


def check_search(t, server):
    status, headers, _ = server.get("/en/search.html?q=-2145107961")
    t.check("a code leads to its page", status == 302 and
            headers["Location"] == "../en/code/07/0x80244007.html",
            headers["Location"])
    _, _, body = server.get(f"/en/search.html?q={SECRET}+0xC0000005")
    t.check("a pasted line is explained", b"STATUS_ACCESS_VIOLATION" in body)
    _, _, body = server.get("/en/search.html?q=%3Cscript%3Ealert(1)")
    t.check("what is asked is no markup", b"<script>alert" not in body)
    status, _, body = server.get("/en/search.html?q=zzzzqqqq")
    t.check("what is not found is told", status == 200 and b"<main" in body)


def check_stop(t, program):
    """What has begun is answered; what comes later is not."""
    server = Server(program)
    text = b"failed with 0x80244007"
    with socket.create_connection(("127.0.0.1", server.port)) as s:
        s.sendall(head_of(server, "POST", "/api/v1/explain",
                          Content_Length=len(text)).encode() + b"\r\n"
                  + text[:5])
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        try:
            socket.create_connection(("127.0.0.1", server.port)).close()
            t.check("nobody new is let in", False)
        except ConnectionRefusedError:
            t.check("nobody new is let in", True)
        s.sendall(text[5:])
        answer = s.recv(1_000_000)
        t.check("who was let in is answered", b"200 OK" in answer,
                answer[:40])
    status, _, err, left = server.stop()
    t.check("then it ends", status == 0 and not left, (status, err, left))


def check_stalled(t, program):
    """Whoever reads the log has stopped reading, as a pager does."""
    asked = 8000
    reads, writes = os.pipe()
    server = Server(program, log=writes)
    os.close(writes)
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    answered = 0
    try:
        for _ in range(asked):
            link.request("GET", "/" + "x" * 190)
            answered += link.getresponse().read() != b""
    except OSError:
        pass
    link.close()
    t.check("a log that nobody reads holds nobody up", answered == asked,
            answered)
    with open(reads, "rb", buffering=0) as log:
        lines = log.read(30_000)
        time.sleep(1)
        server.get("/last")
        os.set_blocking(reads, False)
        for _ in range(100):
            lines += log.read(1 << 16) or b""
            if b" /last " in lines:
                break
            time.sleep(0.1)
        lost = sum(int(n) for n in
                   re.findall(rb'"(\d+) lines lost" 0 0\n', lines))
        t.check("what was not written is told of", lost > 0 and asked + 1
                == lines.count(b" HTTP/1.1") + lost, lost)
        for _ in range(1000):
            server.get("/" + "x" * 190)
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        try:
            status = server.process.wait(20)
        except subprocess.TimeoutExpired:
            server.process.kill()
            status = "killed"
    left = server.stop()[3]
    t.check("and it ends when it is told to", status == 0 and not left,
            (status, left, time.monotonic() - began))


def check_starting(t, program):
    def run(*arguments):
        done = subprocess.run([program, "serve", *arguments], text=True,
                              capture_output=True, timeout=30, check=False)
        return done.returncode, done.stderr

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, err = run("--port", port)
        t.check("a port that is taken", status == 4 and "listens" in err,
                (status, err))
    for arguments in (["--port", "65536"], ["--port", "x"], ["--port", ""],
                      ["--upload-max", "9000"], ["a.log"]):
        status, err = run(*arguments)
        t.check(f"wrong: {arguments}", status == 2 and err, (status, err))
    for address in ("pc.example", "192.0.2.1"):
        status, err = run("--listen", address, "--port", "0")
        t.check(f"{address} is not listened on", status == 4
                and address in err, (status, err))
    status, err = run("--catalogue", str(LOG))
    t.check("what is no catalogue is not served", status == 3, (status, err))


def check_kept(t, program):
    """Nobody's answer goes because others ask for theirs."""
    server = Server(program)
    _, first = server.start(form(text="0x80244007"))
    server.wait_for(first["diagnosis"])
    status, kept, tries = 202, 1, 0
    while kept < 65 and tries < 2000:
        status, answer = server.start(form(text="0x5"))
        tries += 1
        kept += status == 202
        if status == 503:
            if "answers" in answer["problem"]:
                break
            time.sleep(0.05)
    t.check("as many answers are kept as are said", kept == 64, kept)
    t.check("and then visits are refused", status == 503, status)
    t.check("an answer stays for a while", server.json(
        f"/api/v1/diagnosis/{first['diagnosis']}")["state"] == "done")
    server.ask("DELETE", f"/api/v1/diagnosis/{first['diagnosis']}")
    t.check("one that is deleted makes room",
            server.start(form(text="0x5"))[0] == 202)
    server.stop()


def half_sent(server):
    """A visit of which a customer's line has arrived, and no more."""
    s = socket.create_connection(("127.0.0.1", server.port))
    s.sendall(UPLOAD + form([("a.log", SECRET.encode())])[:-8])
    uploads = pathlib.Path(server.folder.name)
    until(lambda: any(f.stat().st_size > 0
                      for f in uploads.glob("*/*/upload")))
    return s


def check_left(t, program):
    """The folder of a server that was killed, and one that is deleted."""
    server = Server(program)
    folder = pathlib.Path(server.folder.name)
    other = Server(program, folder=server.folder)
    half_sent(other).close()
    server.process.kill()
    with half_sent(other):
        other.process.kill()
        other.process.wait()
    server.process.wait()
    t.check("a server that is killed leaves something",
            list(folder.glob("*/*/upload")))
    (folder / "winwhy-serve.mine").mkdir()
    (folder / "winwhy-serve.mine" / "a.txt").touch()
    server = Server(program, folder=server.folder)
    third = Server(program, folder=server.folder)
    t.check("the next one deletes it, and no folder of one that runs",
            not list(folder.glob("*/*/upload"))
            and len(list(folder.glob("winwhy-serve.??????"))) == 2)
    t.check("nor what is no server's",
            (folder / "winwhy-serve.mine" / "a.txt").exists())
    shutil.rmtree(folder / "winwhy-serve.mine")
    for old in folder.glob("winwhy-serve.*"):
        shutil.rmtree(old)
        old.mkdir(mode=0o777)
    status, started = server.start(form(text="0x80244007"))
    t.check("a folder that was deleted is made anew", status == 202
            and server.wait_for(started["diagnosis"])["state"] == "done"
            and not list(old.glob("*")), started)
    third.process.send_signal(signal.SIGTERM)
    third.process.wait()
    status, _, _, left = server.stop()
    t.check("and deleted at the end", status == 0
            and len(left) <= 2, (status, left))


def check_limited(t, program):
    """With options, and with a log that is read at the end."""
    server = Server(program, "--upload-max", "1", "--host",
                    "pc.example, winwhy:8443", "--lang", "fr")
    check_refusals(t, server)
    for host in ("PC.example:80", "winwhy", "winwhy:8443", "winwhy."):
        status, _, _ = server.get("/robots.txt", Host=host)
        t.check(f"{host} was given and is ours", status == 200, status)
    t.check("others are not", server.get("/", Host="pc")[0] == 421)
    t.check("whose browser wants no language we have gets ours",
            server.get("/", Accept_Language="de")[1]["Location"]
            == "./fr/index.html")
    server.stop()


def main():
    program, schema, description = sys.argv[1:]
    with open(schema, encoding="utf-8") as f:
        envelope = jsonschema.Draft202012Validator(json.load(f))
    with open(description, encoding="utf-8") as f:
        openapi = json.load(f)
    t = Tally()
    unsound = faults(openapi)
    t.check("the description is sound", not unsound, unsound)
    server = Server(program)
    server.contract = Contract(openapi, envelope)
    bored = Server(program)
    slow = slow_clients(bored)
    check_pages(t, server, program)
    check_http(t, server)
    check_guard(t, server)
    check_search(t, server)
    check_api(t, server, openapi)
    names = [check_diagnosis(t, server), check_visit(t, server),
             check_pasted(t, server)]
    check_unnamed(t, server)
    check_refusals_of_description = Server(program, "--upload-max", "1")
    check_refusals_of_description.contract = server.contract
    check_refusals(t, check_refusals_of_description)
    check_refusals_of_description.stop()
    check_crowd(t, server)
    check_hostile(t, server)
    check_killed(t, server)
    check_slow(t, *slow)
    bored.stop()
    status, out, err, left = server.stop()
    t.check("it ends when it is told to", status == 0, (status, err))
    t.check("nothing is left behind", left == [], left)
    t.check("each request is logged",
            re.search(r'^127\.0\.0\.1 - - \[[^]]+ \+0000\] '
                      r'"GET /en/index\.html HTTP/1\.1" 200 \d+$', out, re.M))
    for secret in (SECRET, "cron.d", "WindowsUpdate", *names):
        t.check(f"no secret is logged: {secret}", secret not in out + err)
    wrong = server.wrong + check_refusals_of_description.wrong
    t.check("all is as it is described", not wrong, wrong[:5])
    unmet = server.contract.unmet() - OUT_OF_REACH
    t.check("all that is described was met", not unmet, unmet)
    check_limited(t, program)
    check_stop(t, program)
    check_stalled(t, program)
    check_kept(t, program)
    check_left(t, program)
    check_closed(t, program)
    check_starting(t, program)
    print(f"{t.passed} passed, {t.failed} failed")
    return 1 if t.failed else 0


if __name__ == "__main__":
    sys.exit(main())
