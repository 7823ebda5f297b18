#!/usr/bin/env python3
"""winwhy wsus against a server that is sound, and against broken ones.

    tests/wsus.py [--rewrite] PROGRAM [WORD...]

Each row of wsus_table.py is a server of wsus_server.py, what is said of it,
the step that broke, and the code that each generation of clients would show.
With WORDs, only rows are tried whose name has one of them.  --rewrite writes
tests/wsus/ anew, the answers that a person has read.
"""
import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import yaml
from jsonschema import Draft202012Validator

from certificates import Certificates
from tally import Tally, first_difference
from wsus_answers import CALLS, LAST_CHANGE, SOUND, part_of
from wsus_messages import REQUESTS, SAMPLES, Messages, fits, outline
from wsus_server import Server
from wsus_table import CAUSES, CREDENTIALS, HANDSHAKE, ROWS, RULES_OUT

HERE = pathlib.Path(__file__).parent
GOLDEN = HERE / "wsus"
SCHEMA = HERE.parent / "docs/schema/winwhy-1.schema.json"
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
TROUBLES = HERE.parent / "knowledge/troubles.yaml"
def secrets_in(server, output):
    """Which cookies and credentials stand in it, in whole or in part."""
    basic = base64.b64encode(CREDENTIALS.encode()).decode()
    return [secret for secret in (*server.secrets.values(), basic,
                                  CREDENTIALS.split(":")[1])
            for at in range(0, max(1, len(secret) - 20), 20)
            if secret[at:at + 20].encode() in output]


class Checks(Tally):
    def __init__(self, program, folder):
        self.program = os.path.abspath(program)
        self.certificates = Certificates(folder)
        self.folder = pathlib.Path(folder)
        self.schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
        self.troubles = set()  # that were met
        super().__init__()

    def server(self, words):
        self.words = words
        # A port that others may have, too, at an address that they have not.
        elsewhere = ".".join(["127", *map(str, os.urandom(2)), "77"])
        return Server(*words.replace("{elsewhere}", elsewhere).split(),
                      certificates=self.certificates)

    def run(self, *arguments, **environment):
        clean = {name: value for name, value in os.environ.items()
                 if name.lower() not in PROXIES}
        return subprocess.run(
            [self.program, *map(str, arguments)], capture_output=True,
            timeout=120, check=False,
            env={**clean, "LC_ALL": "C.UTF-8", **environment})

    def probe(self, server, url, *arguments):
        """What is said of a server; no secret of it may be in that."""
        places = {"url": server.url, "address": server.address,
                  "port": str(server.port),
                  "localhost": server.url.replace(server.address,
                                                  "localhost")}
        capture = self.folder / "capture"
        done = self.run("wsus", url.format(**places), "--lang", "en",
                        "--ca", self.certificates.authority,
                        "--capture", capture,
                        *(word.format(**places) for word in arguments))
        written = capture.read_bytes()
        self.check(f"no secrets of {self.words or url} {arguments}",
                   not secrets_in(server, done.stdout + done.stderr +
                                  written))
        return done


# What the answer says.

def turns_of(answer):
    return answer["probes"][0]["conversation"]


def broken_step(answer):
    return next((turn["id"] for turn in turns_of(answer)
                 if turn["state"] == "failed"), "")


def codes_of(answer):
    """The code that a scan ends with, for each generation of clients."""
    generations = {"windows-8": "modern", "windows-7": "legacy"}
    return {generations[client["generation"]]:
            client["codes"][0]["value"].removeprefix("0x")
            for client in answer["probes"][0].get("clients", [])}


def ruled_out(answer):
    return {against["what"] for finding in answer["findings"]
            for against in finding.get("contradicts", [])}


def differences(row, answer):
    """What is not as the row says."""
    if answer["verdict"] != row.verdict:
        yield answer["verdict"]
    if broken_step(answer) != row.step:
        yield f"broke at {broken_step(answer)}"
    codes = codes_of(answer)
    for generation in "modern", "legacy":
        expected, got = getattr(row, generation), codes.get(generation, "")
        if expected != got:
            yield f"{generation}: {got}, not {expected}"
    cause = CAUSES.get(row.name)
    if cause and answer["findings"][0].get("cause") != cause:
        yield f"does not name {cause}"
    for what in RULES_OUT.get(row.modern, ()):
        if what not in ruled_out(answer):
            yield f"does not rule out {what}"


def try_row(tally, row):
    with tally.server(row.server) as server:
        done = tally.probe(server, row.url, "--format", "json",
                           *row.arguments)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        tally.check(row.name, False, done)
        return
    text = done.stdout.decode()
    wrong = [*differences(row, answer),
             *(f"does not say {word}" for word in row.says
               if word not in text),
             *(error.message for error in tally.schema.iter_errors(answer))]
    told = [turn["id"] for turn in turns_of(answer) if turn["id"] in CALLS]
    for calls in (server.calls(), told) if row.calls else ():
        if calls != row.calls.split():
            wrong.append(f"calls {calls}")
    tally.check(row.name, not wrong, wrong)
    tally.troubles.update(turn.get("trouble") for turn in turns_of(answer))


# What no server on loopback can bring about: the unit tests have it.
NOT_HERE = {"name-timed-out"}


def test_troubles(tally):
    """Whatever a probe can break on, some row or test has broken it on."""
    known = {trouble["id"] for trouble in
             yaml.safe_load(TROUBLES.read_text())}
    # A status of HTTP that clients do not know has no word of its own.
    met = {"http-other" if trouble not in known and
           str(trouble).startswith("http-") else trouble
           for trouble in tally.troubles}
    tally.check("troubles", known - met == NOT_HERE, (known - met) ^ NOT_HERE)


# Messages, both those of the server and those of winwhy.

def test_server(tally, messages):
    """The server of these tests speaks as the specification says."""
    with tally.server("known=yes") as server:
        for call in CALLS:
            body = SOUND[call](server)
            tally.check("answer to " + call, not messages.problems(body),
                        messages.problems(body))


def test_samples(tally, messages):
    """And so do a real server and a real agent, where their words are."""
    for path in sorted(SAMPLES.glob("*.body")):
        body = path.read_bytes()
        call, _, kind = path.name.removesuffix(".body").partition(".")
        call = {name.lower(): name for name in CALLS}.get(call)
        if not call:
            continue
        tally.check("sample " + path.name, not messages.problems(body),
                    messages.problems(body))
        names = outline(messages.content(body))
        if kind == "response":
            with tally.server("") as server:
                ours = messages.content(SOUND[call](server))
            tally.check("as in " + path.name, outline(ours) == names, names)
        else:
            tally.check("described as in " + path.name,
                        fits(names, REQUESTS[call][2]), names)


def test_requests(tally, messages):
    """What is sent, and that it holds what was answered before."""
    with tally.server("") as server:
        tally.probe(server, "{url}", "--register")
        tally.probe(server, "{url}")
    ids = set()
    said = {}
    for _, path, headers, body in server.requests:
        call = part_of(path, headers["SOAPAction"] or "")
        if call not in CALLS:
            continue
        wrong = messages.request_problems(call, path, headers, body)
        tally.check("request " + call, not wrong, wrong)
        said[call] = messages.content(body)
        if call == "GetAuthorizationCookie":
            ids.add(said[call].findtext("{*}clientId"))
    for call, path, expected in (
            ("GetCookie", "lastChange", LAST_CHANGE),
            ("GetCookie", "authCookies/{*}AuthorizationCookie/{*}CookieData",
             server.secrets["authorization"]),
            ("SyncUpdates", "cookie/{*}EncryptedData",
             server.secrets["cookie"])):
        got = said[call].findtext("{*}" + path)
        tally.check(f"{path} of {call}", got == expected, got)
    tally.check("one computer", len(ids) == 1, ids)


# Where requests go.

def test_other_host(tally):
    """Nobody but the server is asked, whatever it says."""
    with tally.server("known=yes at=127.0.0.2:0") as other:
        service = other.url + CALLS["GetAuthorizationCookie"]
        for name, words, call in (
                ("service URL", "GetConfig=set:ServiceUrl/" + service,
                 "GetConfig"),
                ("redirect", f"GetConfig=redirect:{service}", "GetConfig")):
            with tally.server("known=yes " + words) as server:
                done = tally.probe(server, "{url}", "--format", "json")
            answer = json.loads(done.stdout)
            tally.troubles.add(turns_of(answer)[-1]["trouble"])
            tally.check(f"other host, {name}: not asked", not other.requests,
                        other.requests)
            tally.check(f"other host, {name}: said",
                        other.url in done.stdout.decode() and
                        broken_step(answer) == call, answer)
        with tally.server("known=yes GetConfig=set:ServiceUrl/" +
                          service) as server:
            server.secrets = other.secrets
            done = tally.probe(server, "{url}", "--format", "json",
                               "--follow")
            tally.check("other host: followed", json.loads(done.stdout)[
                "verdict"] == "no_fault" and other.calls() ==
                ["GetAuthorizationCookie"], done.stdout)


def test_deadline(tally):
    """Who says nothing is given up as soon as was said."""
    for words in "listen=silent", "listen=full", "*=wait:60", "*=pace:1":
        with tally.server(words) as server:
            start = time.monotonic()
            tally.probe(server, "{url}", "--timeout", "1s")
            spent = time.monotonic() - start
        tally.check(f"{words} is given up", spent < 10, spent)


def test_capture(tally):
    """A capture says what the probe said, and says it again."""
    for words in ("known=yes", "SyncUpdates=fault:ServerBusy",
                  "GetConfig=status:503", "listen=no"):
        with tally.server(words) as server:
            told = json.loads(tally.probe(server, "{url}", "--format",
                                          "json").stdout)
        read = json.loads(tally.run(tally.folder / "capture", "--format",
                                    "json", "--lang", "en").stdout)
        tally.check(f"{words}: read again", told["verdict"] ==
                    read["verdict"] and told["summary"] == read["summary"] and
                    codes_of(told) == codes_of(read) and
                    broken_step(told) == broken_step(read), read)


def test_exit(tally):
    for words, status in (("known=yes", 0), ("GetConfig=status:503", 10)):
        with tally.server(words) as server:
            done = tally.probe(server, "{url}", "--exit-verdict")
            tally.check(f"{words}: exit status", done.returncode == status,
                        done.returncode)
            done = tally.probe(server, "{url}")
            tally.check(f"{words}: answered", done.returncode == 0,
                        done.returncode)


def test_watch(tally):
    """Again and again: an answer each time, all of them in the capture."""
    with tally.server("known=yes") as server:
        done = tally.probe(server, "{url}", "--every", "1s", "--count", "2",
                           "--format", "jsonl")
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        tally.check("watched", [answer["verdict"] for answer in answers] ==
                    ["no_fault"] * 2 and server.calls() ==
                    HANDSHAKE.split() * 2, done)
        lines = (tally.folder / "capture").read_text().splitlines()
        tally.check("both kept", sum("ends well" in json.loads(line)["text"]
                                     for line in lines) == 2, lines)


def test_formats(tally):
    """No format says less than another."""
    with tally.server("SyncUpdates=fault:ServerBusy known=yes") as server:
        for words in ("--format", "text"), ("--format", "md"), \
                ("--format", "jsonl"), ("--lang", "fr"):
            done = tally.probe(server, "{url}", *words)
            text = done.stdout.decode()
            tally.check(f"said in {words[1]}", all(
                word in text for word in ("SyncUpdates", "ServerBusy",
                                          "0x80244007", "0x8024400D")), text)


def test_hostile(tally):
    """What a server says is shown, and nothing more happens."""
    words = ("SyncUpdates=fault:%1b[31mRed%0aProbe%20of%20x%20ends%20well/"
             + "y" * 300000, "GetConfig=title:%1b]0;gotcha%07%0d%0aNote%20x",
             "GetConfig=redirect:http://x/%1b[2J")
    for server_words in words:
        with tally.server("known=yes " + server_words) as server:
            done = tally.probe(server, "{url}")
        output = done.stdout + (tally.folder / "capture").read_bytes()
        name = server_words[:40]
        tally.check(f"{name}: no controls",
                    not re.search(rb"[\0-\x09\x0b-\x1f\x7f]", output), output)
        tally.check(f"{name}: a fault", done.stdout.startswith(b"FAULT"),
                    done.stdout)
        tally.check(f"{name}: short", len(output) < 100000, len(output))


def test_environment(tally):
    """The proxy that all programs are told of, and its credentials."""
    with tally.server("known=yes proxy=" + CREDENTIALS) as server:
        proxy = server.url.replace("//", f"//{CREDENTIALS}@")
        for name, value, through in (("http_proxy", proxy, True),
                                     ("all_proxy", proxy, True),
                                     ("no_proxy", "wsus.invalid", False)):
            done = tally.run("wsus", "http://wsus.invalid:8530", "--format",
                             "json", **{"http_proxy": proxy, name: value}
                             if name == "no_proxy" else {name: value})
            answer = json.loads(done.stdout)
            tally.check(f"{name} is heeded", through ==
                        (answer["verdict"] == "no_fault"), answer)
            tally.check(f"{name}: no secrets", not secrets_in(
                server, done.stdout + done.stderr), done)
        done = tally.run("wsus", "http://wsus.invalid:8530", "--no-proxy",
                         "--format", "json", http_proxy=proxy)
        tally.check("--no-proxy is heeded", broken_step(json.loads(
            done.stdout)) == "resolve", done)


def test_redacted(tally):
    with tally.server("known=yes proxy=open") as server:
        done = tally.probe(server, "http://srv01.corp.example:8530",
                           "--redact", "--proxy", server.url)
        text = done.stdout.decode().lower()
        tally.check("redacted", "no fault" in text and not any(
            word in text for word in ("srv01", "corp", "127.0.0.1")), text)


def test_redacted_words(tally):
    """A server that is called like a word of ours takes none of them away."""
    told = {}
    for host in "srv01", "wsus", "content", "server", "ms", "client":
        with tally.server("known=yes proxy=open GetConfig=title:At%20" +
                          host) as server:
            words = ("--redact", "--proxy", server.url)
            parts = [tally.probe(server, f"http://{host}:8530", *words,
                                 "--format", how).stdout for how in
                     ("md", "text", "html")]
            parts += [tally.run(tally.folder / "capture", "--redact",
                                "--lang", "en").stdout]
            parts += [tally.run("timeline", tally.folder / "capture",
                                "--redact", "--lang", "en").stdout]
        text = b"".join(parts).decode().replace(str(server.port), "PORT")
        text = re.sub(r"\d+ ms *|\d+ bytes *|\d\d:\d\d:\d\d(\.\d+)?", "N ",
                      text)
        told[host] = re.sub(r"sha256-[^' ]+", "HASH", text)
    for host, text in told.items():
        tally.check(f"redacted, called {host}", text == told["srv01"] and
                    "At host-1" in text,
                    first_difference(told["srv01"], text))


def test_settings(tally):
    """The proxy of a machine, held against that of the probe."""
    shown = tally.folder / "proxy.txt"
    with tally.server("known=yes proxy=open") as server:
        through = ("--proxy", server.url)
        rows = (("Proxy Server(s) : {proxy}", "", through, False),
                ("Proxy Server(s) : other:3128", "", through, True),
                ("Proxy Server(s) : http=other:1;https={proxy}", "", through,
                 True),
                ("Proxy Server(s) : https=other:1;http={proxy}", "", through,
                 False),
                ("Proxy Server(s) : {proxy}", "*.corp.*", through, True),
                ("Proxy Server(s) : {proxy}", "x;<local>", through, False),
                ("Direct access (no proxy server).", "", through, True))
        for setting, exempt, arguments, said in rows:
            tally.probe(server, "http://srv01.corp.example:8530", *arguments)
            shown.write_text(
                "Current WinHTTP proxy settings:\n\n    " + setting.format(
                    proxy=f"{server.address}:{server.port}") + "\n" +
                f"    Bypass List : {exempt}\n" * bool(exempt))
            done = tally.run(tally.folder / "capture", shown, "--format",
                             "json")
            probe = json.loads(done.stdout)["probes"][0]
            tally.check(f"{setting} {exempt}", said ==
                        ("machine_proxy" in probe), probe)


def test_address(tally):
    """Who forgets the command is told of it."""
    for address in "http://wsus01:8530", "HTTPS://wsus01/":
        done = tally.run(address)
        tally.check(f"{address} without a command", done.returncode == 2 and
                    b"winwhy wsus" in done.stderr, done)


def test_means(tally):
    """What cannot be used is no fault of the server's."""
    for words in (("--proxy", "gopher://x"), ("--ca", "/no/such/file")):
        done = tally.run("wsus", "http://127.0.0.1:9", *words)
        tally.check(f"{words} is refused", done.returncode == 2 and
                    not done.stdout, done)


def test_without_helper(tally):
    """Where the helper is not installed, that is said."""
    alone = tally.folder / "winwhy"
    shutil.copy(tally.program, alone)
    done = subprocess.run([alone, "wsus", "http://127.0.0.1:1"],
                          capture_output=True, timeout=60, check=False,
                          env={"LC_ALL": "C.UTF-8", "PATH": "/nowhere"})
    tally.check("without the helper", b"winwhy-wsus" in done.stderr and
                done.returncode == 3 and not done.stdout, done)


# Answers that a person has read: names of rows, without what changes.

TEXTS = {
    "healthy": "healthy", "not-registered": "healthy, not registered",
    "recovered": "once ConfigChanged",
    "prerequisites": "too many InstalledNonLeafUpdateIDs",
    "expired": "certificate: expired", "refused": "nobody listens",
}


def test_texts(tally, rewrite):
    rows = {row.name: row for row in ROWS}
    for name, row in TEXTS.items():
        row = rows[row]
        with tally.server(row.server) as server:
            # Wide, so that no figure moves a line's end.
            done = tally.probe(server, row.url, "--width", "200",
                               *row.arguments)
            text = done.stdout.decode().replace(str(server.port), "PORT")
        text = re.sub(r" +\d+ ms *", " N ms ", text).replace(" \n", "\n")
        text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID",
                      text)
        text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?Z?", "TIME",
                      text)
        path = GOLDEN / (name + ".out")
        if rewrite:
            path.write_text(text)
        expected = path.read_text()
        tally.check("text " + name, text == expected,
                    first_difference(expected, text))


def main():
    arguments = sys.argv[1:]
    rewrite = arguments[:1] == ["--rewrite"]
    program, *words = arguments[rewrite:]
    rows = [row for row in ROWS
            if not words or any(word in row.name for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        tally, messages = Checks(program, folder), Messages()
        for row in rows:
            try_row(tally, row)
        if not words:
            test_server(tally, messages)
            test_samples(tally, messages)
            test_requests(tally, messages)
            test_other_host(tally)
            test_deadline(tally)
            test_capture(tally)
            test_exit(tally)
            test_watch(tally)
            test_formats(tally)
            test_hostile(tally)
            test_environment(tally)
            test_redacted(tally)
            test_redacted_words(tally)
            test_settings(tally)
            test_address(tally)
            test_means(tally)
            test_without_helper(tally)
            test_troubles(tally)
            test_texts(tally, rewrite)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())
