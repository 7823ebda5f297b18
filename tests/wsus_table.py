"""The table of wsus.py: servers, and what is said of them.

The codes are those of the map of codes: what clients before Windows 8 and
those from it on end a scan with.
"""
import dataclasses
import re

CREDENTIALS = "probe-user:secret-of-the-proxy"
HANDSHAKE = "GetConfig GetAuthorizationCookie GetCookie SyncUpdates"


@dataclasses.dataclass
class Row:
    name: str
    server: str          # the words of its Server
    verdict: str = "fault"
    step: str = ""       # that broke
    modern: str = ""     # the code on Windows 8 and later
    legacy: str = ""     # and on Windows 7
    says: tuple = ()     # words of the answer
    arguments: tuple = ()
    url: str = "{url}"
    calls: str = ""      # that were made


def sound(name, server, *says, **others):
    return Row(name, server, "no_fault", says=says, **others)


HEALTHY = [
    sound("healthy", "known=yes", calls=HANDSHAKE),
    sound("healthy, not registered", "", calls=HANDSHAKE),
    sound("healthy, registers", "", arguments=("--register",),
          calls="GetConfig GetAuthorizationCookie GetCookie RegisterComputer "
                "SyncUpdates"),
    sound("gzip", "known=yes *=gzip"),
    sound("chunked", "known=yes *=chunked"),
    sound("no length", "known=yes *=unsized"),
    sound("gzip in chunks", "known=yes *=gzip,chunked"),
    sound("byte by byte", "known=yes GetConfig=pace:0.0002"),
    sound("service URL from the root", "known=yes "
          "GetConfig=set:ServiceUrl//SimpleAuthWebService/SimpleAuth.asmx"),
    sound("service URL, whole", "known=yes GetConfig="
          "set:ServiceUrl/{url}/SimpleAuthWebService/SimpleAuth.asmx"),
    sound("a certificate that holds", "known=yes tls=good"),
    sound("a late configuration", "known=yes GetConfig=wait:2.2", "slow"),
    sound("the server's name in large letters", "known=yes",
          url="HTTP://{address}:{port}/"),
    sound("a clock that is ahead", "known=yes *=skew:7200", "clock"),
    sound("a clock that is behind", "known=yes *=skew:-7200", "clock"),
    sound("no file of old clients", "known=yes selfupdate=status:404", "404"),
    sound("a program for old clients", "known=yes selfupdate=html"),
    sound("no version file", "known=yes version=status:404", "404"),
    # No client reads that file.
    sound("a large version file", "known=yes version=huge:8",
          "answer-too-large", calls=HANDSHAKE),
    sound("no answer for the version file", "known=yes version=reset",
          "closed-without-answer", calls=HANDSHAKE),
    sound("a late version file", "known=yes version=wait:3",
          "answer-timed-out", arguments=("--timeout", "1s"),
          calls=HANDSHAKE),
    sound("a version file that is cut", "known=yes version=cut:8",
          "answer-cut", calls=HANDSHAKE),
    sound("a page for the version file", "known=yes version=html",
          "web-page", calls=HANDSHAKE),
    sound("an older server", "known=yes GetConfig=set:ProtocolVersion/3.1"),
    sound("an old server", "known=yes GetConfig=without:ProtocolVersion"),
    sound("no reporting", "known=yes reporting=status:404", "404"),
    sound("a broken reporting", "known=yes reporting=status:500", "500"),
    sound("no content", "known=yes content=status:404", "404"),
    sound("one of two addresses", "known=yes", url="{localhost}"),
]

# What an HTTP status becomes, on every client.
STATUS = {
    400: "16", 401: "17", 403: "18", 404: "19", 405: "1A", 407: "1B",
    408: "1C", 409: "1D", 410: "1E", 500: "1F", 501: "20", 502: "21",
    503: "22", 504: "23", 505: "24",
    # All others are one.
    300: "2B", 304: "2B", 402: "2B", 406: "2B", 411: "2B", 413: "2B",
    414: "2B", 415: "2B", 426: "2B", 429: "2B", 431: "2B", 506: "2B",
    507: "2B", 511: "2B", 599: "2B",
}


def before(call):
    """The calls of a conversation that ends with this one."""
    return HANDSHAKE[:HANDSHAKE.index(call)] + call


def status_rows():
    for status, low in STATUS.items():
        yield Row(f"status {status}", f"GetConfig=status:{status}",
                  step="GetConfig", modern="802440" + low,
                  legacy="802440" + low, says=(str(status),))
    for call in HANDSHAKE.split():
        yield Row(f"status 503 of {call}", f"known=yes {call}=status:503",
                  step=call, modern="80244022", legacy="80244022")


# Fault codes that a client answers by beginning again, and where.
RECOVERED = {
    "InvalidCookie": HANDSHAKE, "ServerChanged": HANDSHAKE,
    "ConfigChanged": HANDSHAKE,
    "CookieExpired": HANDSHAKE.partition(" ")[2],
    "InvalidAuthorizationCookie": HANDSHAKE.partition(" ")[2],
}
FINAL = ("RegistrationNotRequired", "InvalidParameters",
         "InternalServerError", "ServerBusy", "SomethingNew")
REFUSED = {"modern": "80244007", "legacy": "8024400D"}
MOVED = {"modern": "80244025", "legacy": "80244025"}


def fault_rows():
    for call in HANDSHAKE.split():
        reached = before(call)
        for code in (*RECOVERED, *FINAL):
            row = Row(f"fault {code} of {call}",
                      f"known=yes {call}=fault:{code}", step=call,
                      says=(code, call), **REFUSED)
            if code == "InternalServerError":
                row.legacy = "8024400E"
            if code in FINAL:
                row.calls = reached
            yield row
        for code in "FileLocationChanged", "FileLocationsChanged":
            yield Row(f"fault {code} of {call}",
                      f"known=yes {call}=fault:{code}", step=call,
                      says=(code,), **MOVED)
        if call != "SyncUpdates":
            # Of a computer that a server does not know it may say so only
            # where that matters.
            yield Row(f"fault RegistrationRequired of {call}",
                      f"{call}=fault:RegistrationRequired", step=call,
                      calls=reached, **REFUSED)
    for code, again in RECOVERED.items():
        yield sound(f"once {code}", "known=yes "
                    f"SyncUpdates=once,fault:{code}", code,
                    calls=HANDSHAKE + " " + again)
        yield Row(f"old fault {code}",
                  f"known=yes SyncUpdates=old-fault:{code}",
                  step="SyncUpdates", says=(code,), **REFUSED)
    for parameter in "InstalledNonLeafUpdateIDs", "OtherCachedUpdateIDs":
        yield Row(f"too many {parameter}", "known=yes SyncUpdates="
                  f"fault:InvalidParameters/parameters.{parameter}",
                  step="SyncUpdates", says=("parameters." + parameter,),
                  **REFUSED)
    yield sound("registers though it need not",
                "known=yes GetConfig=set:IsRegistrationRequired/true "
                "RegisterComputer=fault:RegistrationNotRequired",
                arguments=("--register",))
    yield Row("registers in vain", "SyncUpdates=fault:RegistrationRequired",
              step="SyncUpdates", arguments=("--register",), **REFUSED)
    for code in "InvalidParameters", "InternalServerError", "ServerBusy":
        yield Row(f"fault {code} of RegisterComputer",
                  f"RegisterComputer=fault:{code}", step="RegisterComputer",
                  modern="80244007", legacy="8024400E" if
                  code == "InternalServerError" else "8024400D",
                  arguments=("--register",))


# A fault that says only who is at fault.
FAULTCODES = {"VersionMismatch": "8024400B", "MustUnderstand": "8024400C",
              "Client": "8024400D", "Server": "8024400E",
              "Other": "80244007"}

# What comes in the place of an answer, and what a client makes of it.
INSTEAD = {
    "a web page": ("html", "80240439", "8024400A"),
    "another document": ("other", "80240439", "8024400A"),
    "entities of entities": ("bomb", "80240439", "8024400A"),
    "nothing": ("empty", "80240440", "80244009"),
    "closed": ("close", "80240440", "80244009"),
    "reset": ("reset", "80240440", "80244009"),
    "cut off": ("cut:200", "80240439", "80244009"),
    "cut off in a chunk": ("chunked,cut:200", "80240439", "80244009"),
    "cut off at an end": ("unsized,cut:200", "80240439", "80244009"),
    "more than is read": ("huge:64", "80240446", ""),
    "much in little": ("huge:64,gzip", "80240446", ""),
    "status 503": ("status:503", "80244022", "80244022"),
    "status 404": ("status:404", "80244019", "80244019"),
}
# What an answer may lack, where that breaks something, and on what.
LACKING = {
    "GetConfig=without:AuthPlugInInfo": "80244027",
    "GetConfig=without:AuthInfo": "80244027",
    "GetConfig=set:ServiceUrl/": "80244028",
    "GetConfig=without:ServiceUrl": "80244028",
    "GetConfig=without:MaxExtendedUpdatesPerRequest": "8024402A",
    "GetConfig=without:Properties": "8024402A",
    "GetConfig=set:MaxExtendedUpdatesPerRequest/many": "80244029",
    "GetConfig=set:MaxExtendedUpdatesPerRequest/-1": "80244029",
    "GetAuthorizationCookie=without:CookieData": "80244028",
    "GetAuthorizationCookie=without:GetAuthorizationCookieResult":
        "80244028",
}

# Required elements that are missing, or of which a client can make nothing.
UNUSABLE = ("GetConfig=without:LastChange", "GetConfig=set:LastChange/never",
            "GetConfig=without:IsRegistrationRequired",
            "GetCookie=without:Expiration",
            "GetCookie=set:Expiration/yesterday",
            "SyncUpdates=without:Truncated",
            "SyncUpdates=set:Truncated/perhaps")


def answer_rows():
    for call in HANDSHAKE.split():
        for name, (how, modern, legacy) in INSTEAD.items():
            yield Row(f"{name} for {call}", f"known=yes {call}={how}",
                      step=call, modern=modern, legacy=legacy)
    for faultcode, code in FAULTCODES.items():
        yield Row(f"faultcode {faultcode}",
                  f"GetConfig=faultcode:{faultcode}", step="GetConfig",
                  modern="80244007", legacy=code)
    yield Row("a fault that is cut off",
              "GetConfig=fault:InternalServerError,unsized,cut:250",
              step="GetConfig", modern="80240439", legacy="80244008")
    yield Row("a page says where one is", "GetConfig=html", step="GetConfig",
              modern="80240439", legacy="8024400A",
              says=("Sign in to the guest network",))
    yield Row("a web page whatever is asked", "*=html", step="GetConfig",
              modern="80240439", legacy="8024400A",
              says=("Sign in to the guest network",))
    for title, shown in (("R%c3%a9seau%20invit%c3%a9s,latin1", "Réseau invités"),
                         ("R%c3%a9seau", "Réseau"),
                         ("R&eacute;seau%20&#233;%20&amp;%20&#x2014;",
                          "Réseau é & —")):
        yield Row("a page's title: " + shown, "GetConfig=title:" + title,
                  step="GetConfig", modern="80240439", legacy="8024400A",
                  says=(shown,))
    for server, code in LACKING.items():
        yield Row("lacks: " + server, "known=yes " + server,
                  step=server.partition("=")[0], modern=code, legacy=code)
    for server in UNUSABLE:
        step, _, how = server.partition("=")
        yield Row("unusable: " + server, "known=yes " + server, step=step,
                  modern="80240439", legacy="8024400A",
                  says=(re.split("[:/]", how)[1],), calls=before(step))
    # There is no authorisation to be had: the cookie is refused for that.
    yield Row("nothing to be authorised by", "known=yes GetConfig="
              "set:PlugInID/Anonymous,set:ServiceUrl/", step="GetCookie",
              calls="GetConfig GetCookie GetCookie",
              says=("InvalidAuthorizationCookie",), **REFUSED)
    yield Row("no cookie", "GetCookie=without:EncryptedData",
              step="GetCookie", modern="80240439", legacy="8024400A")


def secret_rows():
    """Cookies written as XML allows it, too, and credentials."""
    for call in HANDSHAKE.split()[1:]:
        yield sound(f"cookie of {call}, verbatim",
                    f"known=yes {call}=verbatim")
        yield sound(f"cookie of {call}, in parts", f"known=yes {call}=remark")
        yield Row(f"cookie of {call}, torn", f"known=yes {call}=torn",
                  step=call, modern="80240439", legacy="80244009")
    repeat = "comment:{cookie}{authorization},header:X-Session/{cookie}"
    for part in (*HANDSHAKE.split(), "version", "selfupdate", "content"):
        yield sound(f"cookies repeated for {part}",
                    f"known=yes {part}={repeat}")
    yield sound("a cookie of the web server", "known=yes GetConfig="
                "header:Set-Cookie/A={session};%20path=/,comment:{session}")
    yield Row("a cookie in a fault", "known=yes SyncUpdates="
              "fault:InvalidParameters/{cookie}", step="SyncUpdates",
              says=("InvalidParameters",), **REFUSED)
    yield Row("a cookie in a title", "known=yes SyncUpdates=title:{cookie}",
              step="SyncUpdates", modern="80240439", legacy="8024400A")
    yield Row("a cookie in a redirection", "known=yes SyncUpdates="
              "redirect:{url}/{cookie}", step="SyncUpdates",
              modern="8024402B", legacy="8024402B")
    yield Row("credentials of the server", "known=yes", step="address",
              modern="8024043A", legacy="80072EE6",
              url="http://" + CREDENTIALS + "@{address}:{port}")


def connection_rows():
    hurry = ("--timeout", "1s")
    refused = {"modern": "80240438", "legacy": "80072EFD"}
    late = {"modern": "8024401C", "legacy": "80072EE2", "arguments": hurry}
    yield Row("nobody listens", "listen=no", step="connect", **refused)
    yield Row("another service", "*=ssh", step="GetConfig", modern="80240439",
              legacy="80244009")
    yield Row("reset at once", "*=reset", step="GetConfig", modern="80240440",
              legacy="80244009")
    yield Row("nobody speaks", "listen=silent", step="GetConfig", **late)
    yield Row("nobody takes the connection", "listen=full", step="connect",
              **late)
    yield Row("a late answer", "known=yes GetCookie=wait:3", step="GetCookie",
              **late)
    yield Row("an answer without an end", "known=yes GetConfig=pace:0.05",
              step="GetConfig", **late)
    yield Row("no address of HTTP", "known=yes", step="address",
              modern="8024043A", legacy="80072EE6", url="ftp://{address}/")
    # The system knows that by itself: nothing is sent.
    yield Row("no way there", "known=yes", step="connect",
              url="http://255.255.255.255:{port}", **refused)
    yield Row("a header without an end", "known=yes "
              "GetConfig=header:X/" + "y" * 200000, step="GetConfig",
              modern="80244FFF")
    yield Row("no such name", "known=yes", step="resolve", modern="8024402C",
              legacy="8024402C", url="http://wsus.invalid:{port}")
    for kind, modern, legacy in (("expired", "800B0101", "80072F8F"),
                                 ("future", "800B0101", "80072F8F"),
                                 ("untrusted", "800B0109", "80072F8F"),
                                 ("wrong-name", "800B010F", "80072F8F"),
                                 ("client", "80072F0C", "80072F0C"),
                                 ("client-1.2", "80072F0C", "80072F0C"),
                                 ("old", "80072F8F", "80072F8F")):
        yield Row("certificate: " + kind, "tls=" + kind, step="tls",
                  modern=modern, legacy=legacy)
    yield Row("TLS where there is none", "known=yes", step="tls",
              modern="80072F8F", legacy="80072F8F",
              url="https://{address}:{port}")
    yield Row("no TLS where there is some", "tls=good", step="GetConfig",
              modern="80240440", legacy="80244009",
              url="http://{address}:{port}")
    yield sound("the usual port", "known=yes at={elsewhere}:8530",
                url="{address}")
    yield sound("no port of a URL", "known=yes at={elsewhere}:8530",
                url="http://{address}")
    yield Row("a port of TLS alone", "tls=wrong-name at={elsewhere}:8531",
              step="tls", modern="800B010F", legacy="80072F8F",
              url="{address}:8531")
    yield sound("the port of TLS without any", "known=yes at={elsewhere}:8531",
                url="{address}:8531")
    for path in ("ClientWebService/client.asmx", "selfupdate/wuident.cab",
                 "ClientWebService/wusserverversion.xml?x=1",
                 "SimpleAuthWebService/SimpleAuth.asmx", "Content",
                 "iuident.cab", "#"):
        yield sound("an address with " + path, "known=yes",
                    url="{url}/" + path, calls=HANDSHAKE)
    yield sound("a name with a path", "known=yes",
                url="{address}:{port}/ClientWebService/client.asmx",
                calls=HANDSHAKE)
    yield sound("content beside TLS", "known=yes tls=good plain=yes")


def proxy_rows():
    proxy = ("--proxy", "http://{address}:{port}")
    login = ("--proxy", "http://" + CREDENTIALS + "@{address}:{port}")
    wrong = ("--proxy", "http://probe-user:wrong@{address}:{port}")
    server = "proxy=" + CREDENTIALS
    there = "http://wsus.invalid:8530"
    asks = {"modern": "8024401B", "legacy": "8024401B", "says": ("407",)}
    yield sound("by a proxy", "known=yes proxy=open", arguments=proxy,
                url=there)
    yield sound("by a proxy that asks who", "known=yes " + server,
                arguments=login, url=there)
    yield sound("TLS by a proxy that asks who", "known=yes tls=good " + server,
                arguments=login, url="https://localhost:8531")
    yield Row("a proxy that was not told who", server, step="GetConfig",
              arguments=proxy, url=there, **asks)
    yield Row("a proxy that was told wrong", server, step="GetConfig",
              arguments=wrong, url=there, **asks)
    yield Row("TLS, and the proxy was not told who", "tls=good " + server,
              step="proxy", arguments=proxy, url="https://localhost:8531",
              **asks)
    yield Row("a proxy that reaches nobody", "proxy=open *=status:502",
              step="GetConfig", arguments=proxy, url=there,
              modern="80244021", legacy="80244021", says=("502",))
    yield Row("no proxy", "proxy=open listen=no", step="connect",
              arguments=proxy, url=there, modern="80240438",
              legacy="80072EFD")
    yield Row("no such proxy", "known=yes", step="resolve", modern="8024402C",
              legacy="8024402C",
              arguments=("--proxy", "http://proxy.invalid:8080"))


# What a code rules out, of what the topics say.
RULES_OUT = {
    "80244007": ("name resolution", "TLS and certificate trust",
                 "a stopped WsusPool or web site"),
    "80244017": ("reachability and names",),
    "80244018": ("reachability and names",),
    "80244019": ("the network between the two",),
    "8024401B": ("reachability and names",),
    "8024401C": ("the address being unknown",),
    "8024401F": ("the pool being stopped",),
    "80244021": ("the pool being stopped",),
    "80244022": ("name, route, firewall and port",
                 "a wrong URL on a working WSUS"),
    "8024402C": ("WSUS, IIS and SUSDB",),
    "80240438": ("name resolution", "WSUS refusing the client"),
    "80240439": ("name, route and port", "certificate trust"),
    "800B0101": ("an unreachable server",),
    "800B0109": ("an unreachable server",),
    "80072F0C": ("reachability and names",),
    "80072F8F": ("name resolution, routing, a closed port",),
}

# The cause that is named, where what came tells it.
CAUSES = {
    "status 401": "anonymous-off", "status 403": "tls-required",
    "status 404": "directories-missing", "status 407": "proxy-sign-in",
    "status 502": "gateway", "status 503": "pool-stopped",
    "too many InstalledNonLeafUpdateIDs": "prerequisite-limit",
    "too many OtherCachedUpdateIDs": "cached-update-limit",
    "fault InvalidCookie of SyncUpdates": "stale-cookie",
    "fault ServerBusy of SyncUpdates": "wsus-overloaded",
    "fault InternalServerError of GetAuthorizationCookie":
        "servicing-unfinished",
    "faultcode Client": "wrong-service",
    "a web page for GetConfig": "page",
    "another document for GetConfig": "other-server",
    "cut off for SyncUpdates": "cut-reply",
    "closed for GetConfig": "cut-off",
    "lacks: GetConfig=without:AuthInfo": "incomplete-configuration",
    **{"unusable: " + server: "part-missing" for server in UNUSABLE},
    "no cookie": "part-missing", "no way there": "no-way",
    "nobody listens": "site-stopped", "nobody speaks": "server-slow",
    "nobody takes the connection": "packets-dropped",
    "no such name": "server-name", "no such proxy": "proxy-name",
    "no proxy": "proxy-unreachable",
    "certificate: expired": "server-certificate",
    "certificate: wrong-name": "server-certificate",
    "certificate: untrusted": "server-root",
    "certificate: client": "client-certificate",
}

ROWS = [*HEALTHY, *status_rows(), *fault_rows(), *answer_rows(),
        *secret_rows(), *connection_rows(), *proxy_rows()]
