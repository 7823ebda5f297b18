"""What a WSUS says, soundly or not: the answers of wsus_server.py.

An answer is a Reply; each of CHANGES does to a sound one what a broken server,
or what stands before it, does.
"""
import datetime
import gzip
import http
import re
import uuid

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
BASE = "http://www.microsoft.com/SoftwareDistribution/Server/"
CLIENT = BASE + "ClientWebService"
SIMPLE = BASE + "SimpleAuthWebService"
SCHEMA = ('xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
          'xmlns:xsd="http://www.w3.org/2001/XMLSchema"')
LAST_CHANGE = "2026-10-04T13:17:07.59Z"

CLIENT_PATH = "/ClientWebService/Client.asmx"
SIMPLE_PATH = "/SimpleAuthWebService/SimpleAuth.asmx"
CALLS = {"GetConfig": CLIENT_PATH, "GetAuthorizationCookie": SIMPLE_PATH,
         "GetCookie": CLIENT_PATH, "RegisterComputer": CLIENT_PATH,
         "SyncUpdates": CLIENT_PATH}
FILES = {"/clientwebservice/wusserverversion.xml": "version",
         "/selfupdate/wuident.cab": "selfupdate",
         "/iuident.cab": "selfupdate",
         "/reportingwebservice/reportingwebservice.asmx": "reporting"}

PORTAL = b"""<!DOCTYPE html>
<html><head><title>Sign in to the guest network</title></head>
<body><form action="/login"><input name="user"><br></form></body></html>
"""
MEBI = 1 << 20


def part_of(path, action):
    """What is asked for; IIS reads a path in any case."""
    path = re.sub("^https?://[^/]*", "", path).lower()
    call = action.strip('"').rsplit("/", 1)[-1]
    if path == CALLS.get(call, "").lower():
        return call
    if path.startswith("/content"):
        return "content"
    return FILES.get(path, "service" if path.endswith(".asmx") else "other")


class Reply:
    """What is sent, and how; CHANGES work on it."""

    def __init__(self, kind, body):
        self.status, self.kind, self.body = 200, kind, body
        self.headers = []
        self.framing = "length"  # or chunked, or until the connection closes
        self.cut = None          # so many bytes of the body, then the end
        self.wait = 0            # seconds before anything is sent
        self.pace = 0            # seconds between a byte and the next
        self.skew = 0            # seconds that the server's clock is ahead
        self.drop = None         # close, reset or speak: no answer of HTTP


# The sound answers, in the forms of a Windows Server 2025: the client service
# writes no declaration and the prefix s, the other one both and soap.

def client_envelope(content, schema=" " + SCHEMA):
    return (f'<s:Envelope xmlns:s="{SOAP}"><s:Body{schema}>{content}'
            '</s:Body></s:Envelope>').encode()


def simple_envelope(content):
    return ('<?xml version="1.0" encoding="utf-8"?>'
            f'<soap:Envelope xmlns:soap="{SOAP}" {SCHEMA}><soap:Body>{content}'
            '</soap:Body></soap:Envelope>').encode()


def tag(name, *content):
    return f"<{name}>{''.join(content)}</{name}>"


def response(call, content="", namespace=CLIENT):
    return (f'<{call}Response xmlns="{namespace}">{content}'
            f'</{call}Response>')


PROPERTIES = {"MaxExtendedUpdatesPerRequest": "50",
              "PackageServerShare": r"\\wsus\UpdateServicesPackages",
              "ProtocolVersion": "3.2", "IsInventoryRequired": "0",
              "ClientReportingLevel": "2"}


def config(server):
    plug_in = tag("AuthPlugInInfo", tag("PlugInID", "SimpleTargeting"),
                  tag("ServiceUrl", SIMPLE_PATH[1:]), "<Parameter/>")
    properties = "".join(tag("ConfigurationProperty", tag("Name", name),
                             tag("Value", value))
                         for name, value in PROPERTIES.items())
    return client_envelope(response("GetConfig", tag(
        "GetConfigResult", tag("LastChange", LAST_CHANGE),
        tag("IsRegistrationRequired", str(not server.known).lower()),
        tag("AuthInfo", plug_in), tag("Properties", properties))))


def authorization(server):
    return simple_envelope(response("GetAuthorizationCookie", tag(
        "GetAuthorizationCookieResult", tag("PlugInId", "SimpleTargeting"),
        tag("CookieData", server.secret("authorization"))), SIMPLE))


def cookie_fields(server):
    expires = datetime.datetime.now(datetime.timezone.utc) + \
        datetime.timedelta(hours=1)
    return (tag("Expiration", expires.strftime("%Y-%m-%dT%H:%M:%S.%fZ")) +
            tag("EncryptedData", server.secret("cookie")))


def cookie(server):
    return client_envelope(response("GetCookie", tag(
        "GetCookieResult", cookie_fields(server))))


def update(number):
    deployment = tag("Deployment", tag("ID", str(number)),
                     tag("Action", "Evaluate"), tag("IsAssigned", "true"),
                     tag("LastChangeTime", "2026-09-08"),
                     *(tag(name, "0") for name in
                       ("AutoSelect", "AutoDownload", "SupersedenceBehavior",
                        "FlagBitmask")))
    xml = (f'&lt;UpdateIdentity UpdateID="{uuid.UUID(int=number)}" '
           'RevisionNumber="1" /&gt;')
    return tag("UpdateInfo", tag("ID", str(number)), deployment,
               tag("IsLeaf", "false"), tag("Xml", xml))


def page(server):
    return client_envelope(response("SyncUpdates", tag(
        "SyncUpdatesResult", tag("NewUpdates", *map(update, (17, 18, 23))),
        tag("Truncated", "true"), tag("NewCookie", cookie_fields(server)),
        tag("DriverSyncNotNeeded", "false"))))


def registered(server):
    server.known = True
    return client_envelope(
        f'<RegisterComputerResponse xmlns="{CLIENT}"/>')


SOUND = {
    "GetConfig": config, "GetAuthorizationCookie": authorization,
    "GetCookie": cookie, "SyncUpdates": page, "RegisterComputer": registered,
    # What these hold is not documented: that they are there is what counts.
    "version": lambda server: b"<Version>10.0.26100.1</Version>",
    "selfupdate": lambda server: b"MSCF" + bytes(60),
}
KINDS = {"version": "text/xml", "selfupdate": "application/octet-stream"}
# Folders and services may not be browsed, and what is unknown is not there.
REFUSED = {"content": 403, "reporting": 403, "service": 403, "other": 404}


# What a call must hold, and the fault where it does not.
COOKIES = {"GetCookie": ("authorization", "InvalidAuthorizationCookie"),
           "RegisterComputer": ("cookie", "InvalidCookie"),
           "SyncUpdates": ("cookie", "InvalidCookie")}


def refusal(server, part, request):
    """The ErrorCode for a call that is not in its turn; or None."""
    secret, code = COOKIES.get(part, (None, None))
    if secret and server.secret(secret).encode() not in request:
        return code
    if part == "SyncUpdates" and not server.known:
        return "RegistrationRequired"
    return None


def sound(server, part, request):
    code = refusal(server, part, request)
    if code:
        return change_fault(Reply("", b""), code, part)
    if part in REFUSED:
        return error_page(Reply("", b""), REFUSED[part])
    return Reply(KINDS.get(part, "text/xml; charset=utf-8"),
                 SOUND[part](server))


# Changes: of a reply, by an argument, for a part.

def error_page(reply, status):
    try:
        phrase = http.HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unassigned"
    reply.status, reply.kind = status, "text/html"
    reply.body = (f"<html><head><title>{status} - {phrase}</title></head>"
                  f"<body><h1>{phrase}</h1></body></html>").encode()
    return reply


def change_status(reply, argument, part):
    return error_page(reply, int(argument))


def change_redirect(reply, argument, part):
    reply.headers.append(("Location", argument))
    return error_page(reply, 302)


def fault(reply, body):
    reply.status, reply.kind = 500, "text/xml; charset=utf-8"
    reply.body = body
    return reply


def client_fault(reply, *fields):
    return fault(reply, client_envelope(tag("s:Fault", *fields), ""))


def detail(argument, part):
    code, _, message = argument.partition("/")
    service = SIMPLE if part == "GetAuthorizationCookie" else CLIENT
    return tag("detail", tag("ErrorCode", code),
               tag("Message", message) if message else "",
               tag("ID", str(uuid.uuid4())),
               tag("Method", f'"{service}/{part}"'))


def change_fault(reply, argument, part):
    """CODE or CODE/MESSAGE, as a server from 2012 on says it."""
    side = "Server" if argument == "InternalServerError" else "Client"
    return client_fault(reply, tag("faultcode", "s:" + side),
                        tag("faultstring", "Fault occurred"),
                        detail(argument, part))


def change_old_fault(reply, argument, part):
    """The same as a server before 2012 says it."""
    stack = ("System.Web.Services.Protocols.SoapException: Fault occurred\n"
             "   at Microsoft.UpdateServices.Internal.SoapUtilities"
             ".ThrowException(ErrorCode errorCode, String message)")
    return fault(reply, simple_envelope(tag(
        "soap:Fault", tag("faultcode", "soap:Client"),
        tag("faultstring", stack),
        tag("faultactor", "http://wsus:8530" + CALLS[part]),
        detail(argument, part))))


def change_faultcode(reply, argument, part):
    """A fault that says no more than who is at fault."""
    return client_fault(reply, tag("faultcode", "s:" + argument),
                        tag("faultstring", "The message cannot be processed."))


def change_html(reply, argument, part):
    reply.kind, reply.body = "text/html", PORTAL
    return reply


def change_other(reply, argument, part):
    reply.body = b'<?xml version="1.0"?><feed><entry/></feed>'
    return reply


def change_empty(reply, argument, part):
    reply.body = b""
    return reply


def change_title(reply, argument, part):
    reply.kind = "text/html"
    reply.body = f"<html><title>{argument}</title><br></html>".encode()
    return reply


def change_latin1(reply, argument, part):
    """What a page holds, in the code page of old web servers."""
    reply.body = reply.body.decode().encode("cp1252")
    return reply


def change_set(reply, argument, part):
    """NAME/VALUE: the text of an element, or the value of a property."""
    name, _, value = argument.partition("/")
    pattern = f"(<{name}>|<Name>{name}</Name><Value>)[^<]*"
    reply.body, count = re.subn(pattern, lambda match: match[1] + value,
                                reply.body.decode())
    assert count, f"{part} has no {name}"
    reply.body = reply.body.encode()
    return reply


def change_without(reply, argument, part):
    """The element of this name, or the property, is left out."""
    pattern = (f"<{argument}>.*</{argument}>|<ConfigurationProperty>"
               f"<Name>{argument}</Name>.*?</ConfigurationProperty>")
    body, count = re.subn(pattern, "", reply.body.decode())
    assert count, f"{part} has no {argument}"
    reply.body = body.encode()
    return reply


COOKIE = rb"(<(?:CookieData|EncryptedData)>)([^<]+)"


def change_comment(reply, argument, part):
    """Behind the document, where XML allows it."""
    reply.body += f"<!-- {argument} -->".encode()
    return reply


def change_header(reply, argument, part):
    """NAME/VALUE"""
    name, _, value = argument.partition("/")
    reply.headers.append((name, value))
    return reply


def change_verbatim(reply, argument, part):
    reply.body = re.sub(COOKIE, rb"\1<![CDATA[\2]]>", reply.body)
    return reply


def change_remark(reply, argument, part):
    """A comment within a cookie."""
    reply.body = re.sub(COOKIE.replace(b"+", b"{8}"),
                        rb"\1\2<!-- -->", reply.body)
    return reply


def change_torn(reply, argument, part):
    """Nothing more from the middle of a cookie on."""
    reply.body = reply.body[:re.search(COOKIE, reply.body).end() - 50]
    return reply


def change_gzip(reply, argument, part):
    reply.headers.append(("Content-Encoding", "gzip"))
    reply.body = gzip.compress(reply.body)
    return reply


def change_chunked(reply, argument, part):
    reply.framing = "chunked"
    return reply


def change_unsized(reply, argument, part):
    reply.framing = "close"
    return reply


def change_cut(reply, argument, part):
    reply.cut = int(argument)
    return reply


def change_huge(reply, argument, part):
    """So many MiB of text in the first element that has any."""
    filler = b">" + b"x" * (int(argument) * MEBI)
    reply.body = re.sub(rb">(?=[^<])", lambda match: filler, reply.body, 1)
    return reply


def change_bomb(reply, argument, part):
    """Entities of entities, ten to the ninth power of them."""
    levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">'
                     for i in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY e0 "lol">{levels}]>'.encode()
    body = reply.body[reply.body.find(b"?>") + 2:] \
        if reply.body.startswith(b"<?") else reply.body
    reply.body = head + re.sub(rb">(?=[^<])", b">&e9;", body, 1)
    return reply


def change_wait(reply, argument, part):
    reply.wait = float(argument)
    return reply


def change_pace(reply, argument, part):
    reply.pace = float(argument)
    return reply


def change_skew(reply, argument, part):
    reply.skew = int(argument)
    return reply


def change_close(reply, argument, part):
    reply.drop = "close"
    return reply


def change_ssh(reply, argument, part):
    reply.drop, reply.body = "speak", b"SSH-2.0-OpenSSH_9.2\r\n"
    return reply


def change_reset(reply, argument, part):
    reply.drop = "reset"
    return reply


CHANGES = {name[len("change_"):].replace("_", "-"): function
           for name, function in list(globals().items())
           if name.startswith("change_")}
