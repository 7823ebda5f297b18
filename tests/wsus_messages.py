"""What winwhy asks a WSUS, held against what agents ask and may ask.

REQUESTS is what stands in the requests of a real agent, in its order; the
schema is that of wsus.wsdl, which libxml2 and zeep read, neither of them by
any code of ours.
"""
import pathlib
import re

import zeep
from lxml import etree

from wsus_answers import CLIENT, CLIENT_PATH, SIMPLE, SIMPLE_PATH, SOAP

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parent.parent / "shared/samples/licensed/wsus-wire"

# Of each call: service, path, elements.  A question mark: an agent that has
# what belongs there sends it, and another one does not.
REQUESTS = {
    "GetConfig": (CLIENT, CLIENT_PATH, ["protocolVersion"]),
    "GetAuthorizationCookie": (SIMPLE, SIMPLE_PATH, [
        "clientId", "targetGroupName?", "dnsName"]),
    "GetCookie": (CLIENT, CLIENT_PATH, [
        "authCookies", "authCookies/AuthorizationCookie",
        "authCookies/AuthorizationCookie/PlugInId",
        "authCookies/AuthorizationCookie/CookieData",
        "oldCookie?", "oldCookie/Expiration?", "oldCookie/EncryptedData?",
        "lastChange", "currentTime", "protocolVersion"]),
    # These two by the specification.
    "SyncUpdates": (CLIENT, CLIENT_PATH, [
        "cookie", "cookie/Expiration", "cookie/EncryptedData", "parameters",
        "parameters/ExpressQuery", "parameters/InstalledNonLeafUpdateIDs?",
        "parameters/OtherCachedUpdateIDs?", "parameters/SkipSoftwareSync",
        "parameters/NeedTwoGroupOutOfScopeUpdates?"]),
    "RegisterComputer": (CLIENT, CLIENT_PATH, None),
}


def outline(element, empty=True):
    """The names of what is in an element, in their order; without those that
    hold nothing, unless they are wanted."""
    names = []
    for child in element.iterchildren(tag=etree.Element):
        if not empty and not "".join(child.itertext()):
            continue
        name = etree.QName(child).localname
        names.append(name)
        names += [name + "/" + below for below in outline(child, empty)]
    return names


def fits(names, described):
    """Whether they are those, without any of the optional ones."""
    pattern = "".join(f"({re.escape(name.rstrip('?'))};)" +
                      ("?" if name.endswith("?") else "")
                      for name in described)
    return re.fullmatch(pattern, "".join(name + ";" for name in names))


class Messages:
    def __init__(self):
        self.client = zeep.Client(str(HERE / "wsus.wsdl"))
        schemas = etree.parse(HERE / "wsus.wsdl").iter(
            "{http://www.w3.org/2001/XMLSchema}schema")
        self.schemas = {
            schema.get("targetNamespace"):
            etree.XMLSchema(etree.fromstring(etree.tostring(schema)))
            for schema in schemas}

    @staticmethod
    def content(body):
        """The one element in an envelope, whatever the prefixes."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        envelope = etree.fromstring(body, parser)
        tags = [envelope.tag] + [child.tag for child in envelope]
        assert tags == [f"{{{SOAP}}}Envelope", f"{{{SOAP}}}Body"], tags
        content, = envelope[0]
        return content

    def problems(self, body):
        """What libxml2 and zeep object to in a message."""
        try:
            content = self.content(body)
            schema = self.schemas[etree.QName(content).namespace]
            if not schema.validate(content):
                return [entry.message for entry in schema.error_log]
            self.client.get_element(content.tag).parse(
                content, self.client.wsdl.types)
        except (AssertionError, LookupError, ValueError, etree.LxmlError,
                zeep.exceptions.Error) as failure:
            return [repr(failure)]
        return []

    def as_zeep_writes(self, content):
        """What an independent client would send to say the same."""
        element = self.client.get_element(content.tag)
        envelope = etree.Element("envelope")
        element.render(envelope, element.parse(content,
                                               self.client.wsdl.types))
        return envelope[0]

    def request_problems(self, call, path, headers, body):
        """What is not as an agent sends it."""
        service, expected, described = REQUESTS[call]
        wrong = self.problems(body)
        if wrong:
            return wrong
        content = self.content(body)
        if content.tag != f"{{{service}}}{call}":
            wrong.append(content.tag)
        names = outline(content)
        if described and not fits(names, described):
            wrong.append(f"elements {names}")
        # zeep has no word for a list of nothing, and leaves it out.
        if (outline(self.as_zeep_writes(content), False) !=
                outline(content, False)):
            wrong.append("zeep writes it otherwise")
        if path.lower() != expected.lower():
            wrong.append(f"path {path}")
        for name, value in (("Content-Type", "text/xml; charset=utf-8"),
                            ("SOAPAction", f'"{service}/{call}"')):
            if headers[name] != value:
                wrong.append(f"{name}: {headers[name]}")
        return wrong
