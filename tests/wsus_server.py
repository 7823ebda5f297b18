#!/usr/bin/env python3
"""A WSUS for tests: it answers as one does, or as one that is broken.

    tests/wsus_server.py [PART=HOW...]

Prints its address and serves, on loopback alone, until it is stopped.

PART is a call (GetConfig, GetAuthorizationCookie, GetCookie, SyncUpdates,
RegisterComputer), what is looked for besides (version, selfupdate, content,
reporting) or * for all; HOW is what is done to the sound answer, a name of
CHANGES with its argument behind a colon (what is special in it as %XX, {url}
for its own address, {cookie} and {authorization} for the cookies), several
with commas between: SyncUpdates=once,fault:CookieExpired.
OPTIONS lists what may stand there besides, about the connection.
"""
import base64
import contextlib
import email.utils
import http.server
import os
import re
import socket
import ssl
import struct
import sys
import tempfile
import threading
import time
import urllib.parse

from certificates import Certificates
from wsus_answers import CALLS, CHANGES, REFUSED, SOUND, Reply, error_page, \
    part_of, sound

OPTIONS = {
    "tls": "good, wrong-name, expired, future, untrusted, client, client-1.2 "
           "or old",
    "plain": "yes: plain HTTP on the port below that of TLS, too",
    "listen": "no: nobody; full: nobody takes the connection; silent: nobody "
              "speaks on it",
    "at": "ADDRESS:PORT, where the system is not to choose",
    "proxy": "open or USER:PASSWORD: takes requests for any server",
    "known": "yes: the computer needs no registration",
}

IIS = (("Cache-Control", "private"), ("Server", "Microsoft-IIS/10.0"),
       ("X-AspNet-Version", "4.0.30319"), ("X-Powered-By", "ASP.NET"))
MEBI = 1 << 20


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are two writes, and the second would wait for an answer.
    disable_nagle_algorithm = True
    timeout = 60
    in_tunnel = False

    def log_message(self, *arguments):
        pass

    def handle(self):
        try:
            super().handle()
        except ssl.SSLError:
            # A close with something unread would overtake the alert.
            self.connection.shutdown(socket.SHUT_WR)
            while socket.socket.recv(self.connection, MEBI):
                pass

    def parse_request(self):
        self.since = time.perf_counter()
        return super().parse_request()

    def do_POST(self):
        self.answer()
        self.server.wsus.busy += time.perf_counter() - self.since

    do_GET = do_HEAD = do_CONNECT = do_POST

    def answer(self):
        wsus = self.server.wsus
        size = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(size)
        wsus.requests.append((self.command, self.path, self.headers, body))
        if not self.is_allowed():
            return
        if self.command == "CONNECT":
            self.tunnel()
            return
        self.send(wsus.reply(self.path, self.headers.get("SOAPAction", ""),
                             body))

    def is_allowed(self):
        proxy = self.server.wsus.options.get("proxy", "open")
        wanted = "Basic " + base64.b64encode(proxy.encode()).decode()
        if (self.in_tunnel or proxy == "open" or
                wanted == self.headers["Proxy-Authorization"]):
            return True
        reply = error_page(Reply("", b""), 407)
        reply.headers.append(("Proxy-Authenticate", 'Basic realm="proxy"'))
        self.send(reply)
        return False

    def tunnel(self):
        """Whatever server is asked for through the proxy, it is this one."""
        self.send_response_only(200)
        self.end_headers()
        self.in_tunnel = True
        self.connection = self.server.wsus.context.wrap_socket(
            self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)

    def send(self, reply):
        time.sleep(reply.wait)
        if reply.drop:
            self.hang_up(reply)
            return
        self.send_head(reply)
        if self.command == "HEAD":
            return
        body = reply.body[:reply.cut]
        if reply.framing == "chunked":
            body = b"%x\r\n%b\r\n" % (len(reply.body), body)
            if reply.cut is None:
                body += b"0\r\n\r\n"
        if reply.pace:
            for byte in body:
                self.wfile.write(bytes([byte]))
                time.sleep(reply.pace)
        else:
            self.wfile.write(body)

    def send_head(self, reply):
        self.send_response_only(reply.status, "Answer" if reply.status not in
                                self.responses else None)
        for name, value in IIS:
            self.send_header(name, value)
        self.send_header("Date", email.utils.formatdate(
            time.time() + reply.skew, usegmt=True))
        self.send_header("Content-Type", reply.kind)
        for name, value in reply.headers:
            self.send_header(name, value)
        if reply.framing == "length":
            self.send_header("Content-Length", str(len(reply.body)))
        elif reply.framing == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
        if reply.framing == "close" or reply.cut is not None:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()

    def hang_up(self, reply):
        """Without an answer; a reset is what a close with no linger sends."""
        self.close_connection = True
        if reply.drop == "speak":
            self.wfile.write(reply.body)
        if reply.drop == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                       struct.pack("ii", 1, 0))
            os.close(self.connection.detach())


class Listener(http.server.ThreadingHTTPServer):
    request_queue_size = 32
    context = None

    def get_request(self):
        connection, address = super().get_request()
        if self.context:
            # The handshake is the thread's, at its first read.
            connection = self.context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def handle_error(self, request, client_address):
        """A client that goes away is one of the things that are tested."""


class Server:
    """One WSUS, for the length of a with.  Of requests it keeps method,
    target, headers and body, and how many seconds all took it."""

    def __init__(self, *words, certificates=None):
        pairs = [word.split("=", 1) for word in words]
        self.changes = {part: how.split(",") for part, how in pairs
                        if part not in OPTIONS}
        unknown = set(self.changes) - set(SOUND) - set(REFUSED) - {"*"}
        assert not unknown, unknown
        self.options = {part: how for part, how in pairs if part in OPTIONS}
        self.requests, self.seen, self.secrets = [], set(), {}
        self.busy = 0
        self.known = self.options.get("known") == "yes"
        self.tls = self.options.get("tls")
        self.certificates = certificates
        self.stack = contextlib.ExitStack()

    def secret(self, name):
        """A cookie: the same one as long as the server lives."""
        return self.secrets.setdefault(
            name, base64.b64encode(os.urandom(192)).decode())

    def reply(self, path, action, request):
        part = part_of(path, action)
        changes = self.changes.get(part, self.changes.get("*", []))
        if changes[:1] == ["once"]:
            changes = changes[1:] if part not in self.seen else []
        self.seen.add(part)
        reply = sound(self, part, request)
        for change in changes:
            name, _, argument = change.partition(":")
            reply = CHANGES[name](reply, self.filled(argument), part)
        return reply

    def filled(self, argument):
        """What is special in it, and {url} and the cookies in braces."""
        return re.sub(r"{(\w+)}", lambda hole: self.url if hole[1] == "url"
                      else self.secret(hole[1]), urllib.parse.unquote(argument))

    def calls(self):
        """The SOAP calls that were made, in their order."""
        parts = (part_of(path, headers["SOAPAction"] or "")
                 for _, path, headers, _ in self.requests)
        return [part for part in parts if part in CALLS]

    def listener(self, address, port):
        listener = Listener((address, port), Handler)
        listener.wsus = self
        self.stack.callback(listener.server_close)
        return listener

    def listeners(self):
        """At a port of the system's choice; with plain HTTP below TLS, at
        two that are neighbours."""
        address, _, port = self.options.get("at", "127.0.0.1:0").rpartition(
            ":")
        if self.options.get("plain") != "yes":
            return [self.listener(address, int(port))]
        for _ in range(100):
            upper = self.listener(address, 0)
            with contextlib.suppress(OSError):
                return [upper, self.listener(address,
                                             upper.server_port - 1)]
        raise OSError("no two ports beside each other are free")

    def __enter__(self):
        listeners = self.listeners()
        first = listeners[0].socket
        self.address, self.port = first.getsockname()[:2]
        scheme = "https" if self.tls else "http"
        self.url = f"{scheme}://{self.address}:{self.port}"
        if self.tls:
            self.context = self.certificates.context(self.tls)
            if "proxy" not in self.options:
                listeners[0].context = self.context
        how = self.options.get("listen", "yes")
        if how == "no":
            self.stack.close()
        elif how == "full":
            self.fill(first)
        elif how == "yes":
            for listener in listeners:
                self.serve(listener)
        return self

    def fill(self, listening):
        """A queue that is full makes the system ignore who connects."""
        listening.listen(0)
        for _ in range(4):
            waiting = socket.socket()
            waiting.setblocking(False)
            waiting.connect_ex(listening.getsockname())
            self.stack.callback(waiting.close)

    def serve(self, listener):
        thread = threading.Thread(target=listener.serve_forever, args=[0.01],
                                  daemon=True)
        thread.start()
        listener.block_on_close = False
        self.stack.callback(thread.join)
        self.stack.callback(listener.shutdown)

    def __exit__(self, *failure):
        self.stack.close()


def main():
    with tempfile.TemporaryDirectory() as folder, \
            Server(*sys.argv[1:], certificates=Certificates(folder)) as server:
        if server.tls:
            print("trusts", server.certificates.authority)
        print(server.url, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
