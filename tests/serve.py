#!/usr/bin/env python3
"""The server: pages, the interface for programs, diagnoses, and who may ask.

    tests/serve.py PROGRAM SCHEMA OPENAPI

Speaks to the loopback only, over sockets of its own, so that requests can be
written as no library would.
"""
import gzip
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

import jsonschema

from tally import Tally

CASES = pathlib.Path(__file__).parent / "cases"
BOUNDARY = "----winwhy"
SECRET = "Contoso-Secret-4711"


class Server:
    def __init__(self, program, *options):
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0", *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "TMPDIR": self.folder.name})
        address = self.process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", address)
        if not found:
            raise SystemExit(f"no address: {address!r}")
        self.port = int(found[1])
        self.host = f"127.0.0.1:{self.port}"

    def ask(self, method, path, body=None, headers=()):
        """A request by itself: status, headers, body."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        link.request(method, path, body, dict(headers))
        answer = link.getresponse()
        data = answer.read()
        link.close()
        return answer.status, answer.headers, data

    def get(self, path, **headers):
        return self.ask("GET", path, None,
                        {k.replace("_", "-"): v for k, v in headers.items()})

    def json(self, path, **headers):
        return json.loads(self.get(path, **headers)[2])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        out, err = self.process.communicate(timeout=30)
        left = os.listdir(self.folder.name)
        self.folder.cleanup()
        return self.process.returncode, out, err, left


def form(files=(), **fields):
    parts = [(f'name="{name}"', value.encode())
             for name, value in fields.items()]
    parts += [(f'name="files"; filename="{name}"', data)
              for name, data in files]
    return b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n"
        .encode() + data + b"\r\n" for head, data in parts
    ) + f"--{BOUNDARY}--\r\n".encode()


FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def main_of(page):
    return re.search(rb"<main.*</main>", page, re.S)[0]


def check_pages(t, server, program):
    status, headers, _ = server.get("/", Accept_Language="fr-FR,fr;q=0.9")
    t.check("the root leads to the browser's language",
            status == 302 and headers["Location"] == "./fr/index.html",
            headers["Location"])
    for path in ("/en/index.html", "/fr/index.html", "/en/about.html",
                 "/en/events.html", "/en/search.html?q=component+store",
                 "/en/code/07/0x80244007.html", "/en/topic/msi-busy.html",
                 "/fr/symptom/blue-screen.html", "/en/family/wu.html",
                 "/en/log/cbs.html", "/page.css", "/site.js",
                 "/robots.txt"):
        status, headers, body = server.get(path)
        t.check(f"{path} is there", status == 200 and len(body) > 20, status)
        t.check(f"{path} is bound by a policy",
                "default-src 'none'" in headers["Content-Security-Policy"])
    for path in ("/en/code/07/0x80244008.html", "/en/code/07/0x8024400.html",
                 "/en/topic/none.html", "/de/index.html", "/en/", "/x",
                 "/en/../../etc/passwd", "/en/topic/..%2f..%2fetc.html",
                 "/en/code/07/0x80244007.html%00"):
        status, _, body = server.get(path)
        t.check(f"{path} is not", status == 404 and b"root:" not in body,
                status)
    saved = subprocess.run([program, "0x80244007", "--format", "html"],
                           capture_output=True, check=True).stdout
    served = server.get("/en/code/07/0x80244007.html")[2]
    t.check("a page that is served and one that is saved say the same",
            main_of(saved) == main_of(served))
    t.check("a page of another language says so",
            b'<html lang="fr"' in server.get("/fr/index.html")[2])


def check_http(t, server):
    path = "/en/code/07/0x80244007.html"
    plain = server.get(path)
    packed = server.get(path, Accept_Encoding="gzip")
    t.check("pages are packed for who can unpack them",
            packed[1]["Content-Encoding"] == "gzip"
            and gzip.decompress(packed[2]) == plain[2])
    t.check("a page is small on the wire", len(packed[2]) <= 30_000,
            len(packed[2]))
    tag = packed[1]["ETag"]
    t.check("a tag names the bytes", tag and tag != plain[1]["ETag"])
    status, _, body = server.get(path, If_None_Match=tag)
    t.check("who has a page does not get it again",
            status == 304 and body == b"", status)
    status, headers, body = server.ask("HEAD", path)
    t.check("HEAD has no body", status == 200 and body == b"")
    status, headers, _ = server.ask("DELETE", path)
    t.check("pages are not deleted",
            status == 405 and headers["Allow"] == "GET", status)
    with socket.create_connection(("127.0.0.1", server.port)) as s:
        request = f"GET /robots.txt HTTP/1.1\r\nHost: {server.host}\r\n\r\n"
        answers = []
        for _ in range(2):
            s.sendall(request.encode())
            answers.append(s.recv(65536).startswith(b"HTTP/1.1 200"))
        t.check("a connection serves a second request", all(answers))


def check_guard(t, server):
    for host in ("evil.example", "evil.example:80", "127.evil.example",
                 "localhost.evil.example", "[::2]", ""):
        status, _, _ = server.get("/en/index.html", Host=host)
        t.check(f"Host {host!r} is turned away", status in (400, 421), status)
    for host in ("localhost", f"LOCALHOST:{server.port}", "[::1]:1",
                 "127.0.0.1"):
        status, _, _ = server.get("/en/index.html", Host=host)
        t.check(f"Host {host!r} is ours", status == 200, status)
    body = form(text="0x80244007")
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"},
                    {"Sec-Fetch-Site": "cross-site"},
                    {"Origin": f"http://127.0.0.1:{server.port + 1}"}):
        status, _, _ = server.ask("POST", "/en/diagnosis", body,
                                  {**FORM, **headers})
        t.check(f"a post from elsewhere is turned away: {headers}",
                status == 403, status)


def wait_for(server, name):
    for _ in range(300):
        state = server.json(f"/api/v1/diagnosis/{name}")
        if state.get("state") not in ("waiting", "reading"):
            return state
        time.sleep(0.1)
    return {"state": "never done"}


def start(server, body, headers=FORM):
    status, _, answer = server.ask("POST", "/api/v1/diagnosis", body, headers)
    return status, json.loads(answer)


def check_diagnosis(t, server, envelope):
    log = (CASES / "soap-prerequisite-limit" / "WindowsUpdate.log").read_bytes()
    status, started = start(server, form([("a/b/WindowsUpdate.log", log)]))
    name = started.get("diagnosis", "")
    t.check("a diagnosis is started",
            status == 202 and re.fullmatch("[0-9a-f]{32}", name), started)
    t.check("it is done", wait_for(server, name) == {"diagnosis": name,
                                                     "state": "done"})
    report = server.json(f"/api/v1/diagnosis/{name}/report")
    t.check("it says what the command says", report["verdict"] == "fault",
            report["verdict"])
    envelope.validate(report)
    page = server.get(f"/en/diagnosis/{name}/page.html")
    alone = server.get(f"/en/diagnosis/{name}/report.html")
    t.check("page and report that is kept say the same",
            main_of(page[2]) == main_of(alone[2]))
    t.check("the report is for keeps",
            "attachment" in alone[1]["Content-Disposition"])
    t.check("nobody else's cache keeps it",
            page[1]["Cache-Control"] == "no-store")
    left = list(pathlib.Path(server.folder.name).glob("*/*/upload"))
    t.check("what was sent is deleted", not left, left)
    status, _, _ = server.ask("DELETE", f"/api/v1/diagnosis/{name}")
    t.check("a diagnosis can be deleted", status == 204)
    status, _, _ = server.get(f"/en/diagnosis/{name}/page.html")
    t.check("it is gone then", status == 404, status)
    return name


def check_visit(t, server):
    """As a browser without scripts does it."""
    log = (CASES / "soap-prerequisite-limit" / "WindowsUpdate.log").read_bytes()
    headers = {**FORM, "Origin": f"http://{server.host}"}
    status, answer, _ = server.ask(
        "POST", "/fr/diagnosis",
        form([("../../etc/cron.d/x", log), ("", b"")], text="", redact="on"),
        headers)
    place = answer["Location"]
    t.check("a visitor is led to the answer", status == 303 and place, status)
    path = "/" + place.replace("../", "")
    name = path.split("/")[3]
    first = server.get(path)
    t.check("the page waits with the visitor", first[0] == 200, first[0])
    wait_for(server, name)
    page = server.get(path)[2]
    t.check("and then shows the answer", b"cron.d/x" in page)
    status, answer, _ = server.ask("POST", f"/fr/diagnosis/{name}/delete",
                                   "", {"Content-Length": "0"})
    t.check("who has seen it may delete it", status == 303, status)
    return name


def check_refusals(t, server):
    rows = [
        ("nothing in it", form(), FORM, 400),
        ("cut short", form([("a.log", b"x" * 100)])[:-8], FORM, 400),
        ("no form", b"hello", {"Content-Type": "text/plain"}, 415),
        ("no boundary", b"hello",
         {"Content-Type": "multipart/form-data"}, 415),
        ("too large", b"", {**FORM, "Content-Length": str(1 << 40)}, 413),
        ("head too long", b"--" + BOUNDARY.encode() + b"\r\nX: "
         + b"y" * 5000 + b"\r\n\r\n", FORM, 400),
    ]
    for what, body, headers, expected in rows:
        status, answer = start(server, body, headers)
        t.check(f"refused: {what}",
                status == expected and "problem" in answer, status)
    left = list(pathlib.Path(server.folder.name).glob("*/*"))
    t.check("nothing is left of what was refused", not left, left)


def check_hostile(t, server):
    names = [b"\x00\xff", b"a" * 3000, b"..\\..\\x", b"/", b"\"", b"con"]
    files = b"".join(
        b"--" + BOUNDARY.encode()
        + b'\r\nContent-Disposition: form-data; name="files"; filename="'
        + name + b'"\r\n\r\n' + os.urandom(2000) + b"\r\n" for name in names)
    _, started = start(server, files + f"--{BOUNDARY}--\r\n".encode())
    state = wait_for(server, started["diagnosis"])
    t.check("odd names are read", state["state"] == "done", state)
    bomb = gzip.compress(b"0x80244007 " * 100_000)
    for _ in range(2):
        bomb = gzip.compress(bomb)
    _, started = start(server, form([("bomb.gz", bomb)]))
    state = wait_for(server, started["diagnosis"])
    t.check("packed in packed is read", state["state"] == "done", state)


def check_slow(t, server):
    with socket.create_connection(("127.0.0.1", server.port)) as s:
        s.settimeout(60)
        s.sendall(b"GET / HT")
        began = time.monotonic()
        try:
            ended = s.recv(100) == b"" or True
        except TimeoutError:
            ended = False
        t.check("who falls silent is cut off",
                ended and time.monotonic() - began < 40)


def check_api(t, server, openapi, envelope):
    schemas = openapi["components"]["schemas"]
    diagnosis = jsonschema.Draft202012Validator(schemas["Diagnosis"])
    problem = jsonschema.Draft202012Validator(schemas["Problem"])
    t.check("the description is the file",
            server.json("/api/v1/openapi.json") == openapi)
    for path, kind in (("explain?q=0x80244007", "explain"),
                       ("explain?q=5&as=win32&lang=fr", "explain"),
                       ("search?q=soap", "search"), ("list", "list"),
                       ("list?what=family/wu", "list")):
        got = server.json(f"/api/v1/{path}")
        envelope.validate(got)
        t.check(f"{path} answers", got["kind"] == kind)
    status, _, body = server.ask(
        "POST", "/api/v1/explain", f"{SECRET} failed with 0x80244007",
        {"Content-Type": "text/plain"})
    got = json.loads(body)
    envelope.validate(got)
    t.check("text is explained", got["answers"][0]["readings"])
    status, _, body = server.ask("POST", "/api/v1/explain", "x" * 2_000_000,
                                 {"Content-Type": "text/plain"})
    problem.validate(json.loads(body))
    t.check("but no more than a person reads", status == 413, status)
    for path, expected in (("explain?q=1&as=nothing", 400),
                           ("list?what=nothing", 404),
                           ("diagnosis/" + "0" * 32, 404),
                           ("diagnosis/" + "0" * 32 + "/report", 404),
                           ("nothing", 404)):
        status, _, body = server.get(f"/api/v1/{path}")
        problem.validate(json.loads(body))
        t.check(f"{path} is a problem", status == expected, status)
    _, started = start(server, form(text="0x80244007"))
    diagnosis.validate(started)
    diagnosis.validate(wait_for(server, started["diagnosis"]))
    # Every path that is described is one that is answered.
    for path, methods in openapi["paths"].items():
        for method in set(methods) & {"get", "post", "delete"}:
            status, _, _ = server.ask(
                method.upper(), path.replace("{name}", "0" * 32), "")
            t.check(f"{method} {path} is routed", status != 405, status)


def check_search(t, server):
    status, headers, _ = server.get("/en/search.html?q=-2145107961")
    t.check("a code leads to its page", status == 302 and
            headers["Location"] == "../en/code/07/0x80244007.html",
            headers["Location"])
    _, _, body = server.get(f"/en/search.html?q={SECRET}+0xC0000005")
    t.check("a pasted line is explained", b"STATUS_ACCESS_VIOLATION" in body)
    _, _, body = server.get("/en/search.html?q=%3Cscript%3Ealert(1)")
    t.check("what is asked is no markup", b"<script>alert" not in body)


def main():
    program, schema, description = sys.argv[1:]
    with open(schema, encoding="utf-8") as f:
        envelope = jsonschema.Draft202012Validator(json.load(f))
    with open(description, encoding="utf-8") as f:
        openapi = json.load(f)
    t = Tally()
    server = Server(program)
    check_pages(t, server, program)
    check_http(t, server)
    check_guard(t, server)
    check_search(t, server)
    check_api(t, server, openapi, envelope)
    names = [check_diagnosis(t, server, envelope), check_visit(t, server)]
    check_hostile(t, server)
    check_slow(t, server)
    status, out, err, left = server.stop()
    t.check("it ends when it is told to", status == 0, (status, err))
    t.check("nothing is left behind", left == [], left)
    t.check("each request is logged", '"GET /en/index.html HTTP/1.1" 200 ' in out)
    for secret in (SECRET, *names):
        t.check("no secret is logged", secret not in out + err)
    server = Server(program, "--upload-max", "1", "--host", "pc.example")
    check_refusals(t, server)
    status, _, _ = server.get("/robots.txt", Host="PC.example:80")
    t.check("a name that was given is ours", status == 200, status)
    server.stop()
    print(f"{t.passed} passed, {t.failed} failed")
    return 1 if t.failed else 0


if __name__ == "__main__":
    sys.exit(main())
