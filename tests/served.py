"""A server of winwhy while tests speak to it: started, asked, stopped."""
import http.client
import json
import os
import re
import signal
import subprocess
import tempfile
import time

BOUNDARY = "----winwhy"
FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def form(files=(), **fields):
    """The body of a form with files, as a browser sends it."""
    parts = [(f'name="{name}"'.encode(), value.encode())
             for name, value in fields.items()]
    parts += [(b'name="files"; filename="' +
               (name if isinstance(name, bytes) else name.encode()) + b'"',
               data) for name, data in files]
    return b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; ".encode() + head
        + b"\r\n\r\n" + data + b"\r\n" for head, data in parts
    ) + f"--{BOUNDARY}--\r\n".encode()


def until(done, tries=100, pause=0.05):
    """What it returns, once that is something, or in the end."""
    for _ in range(tries):
        got = done()
        if got:
            break
        time.sleep(pause)
    return got


class Server:
    """The command itself, on a port that is free; all it writes is kept, but
    a log that is written elsewhere."""

    def __init__(self, program, *options, log=None, folder=None):
        self.folder = folder or tempfile.TemporaryDirectory()
        self.contract = None
        self.wrong = []
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [program, "serve", "--lang", "en", "--port", "0", *options],
            stdout=log or self.log, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "TMPDIR": self.folder.name})
        address = self.process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", address)
        if not found:
            raise SystemExit(f"no address: {address!r}")
        self.port = int(found[1])
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}/"

    def ask(self, method, path, body=None, headers=()):
        """A request by itself: status, headers, body."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        link.request(method, path, body, dict(headers))
        answer = link.getresponse()
        data = answer.read()
        link.close()
        if self.contract is not None and path.startswith("/api/"):
            problem = self.contract.problem(
                method, path, answer.status, answer.headers["Content-Type"],
                data)
            if problem:
                self.wrong.append((method, path, problem))
        return answer.status, answer.headers, data

    def get(self, path, **headers):
        return self.ask("GET", path, None,
                        {k.replace("_", "-"): v for k, v in headers.items()})

    def json(self, path, **headers):
        return json.loads(self.get(path, **headers)[2])

    def start(self, body, headers=FORM, query=""):
        """A diagnosis: the status, and what is said of it."""
        status, _, answer = self.ask("POST", "/api/v1/diagnosis" + query, body,
                                     headers)
        return status, json.loads(answer)

    def wait_for(self, name):
        """How a diagnosis ended."""
        for _ in range(600):
            state = self.json(f"/api/v1/diagnosis/{name}")
            if state.get("state") not in ("waiting", "reading"):
                return state
            time.sleep(0.05)
        return {"state": "never done"}

    def stop(self):
        """Its exit status, what it wrote, and what it left on the disk."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        _, err = self.process.communicate(timeout=60)
        self.log.seek(0)
        left = os.listdir(self.folder.name)
        self.folder.cleanup()
        return self.process.returncode, self.log.read(), err, left
