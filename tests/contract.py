"""An OpenAPI description, held against what a server answers.

Each answer must be described: its path, its method, its status, its type and
its schema; at the end each description must have been met, but for those that
a test names as out of its reach.
"""
import json
import re

import jsonschema


def resolve(document, part):
    """What a "$ref" of this document leads to."""
    while "$ref" in part:
        at = document
        for key in part["$ref"].removeprefix("#/").split("/"):
            at = at[key]
        part = at
    return part


def faults(document):
    """What a reader of the description would stumble over."""
    found = []
    ids = [o["operationId"] for p in document["paths"].values()
           for m, o in p.items() if m != "parameters"]
    if len(ids) != len(set(ids)):
        found.append("two operations of one name")
    for ref in re.findall(r'"\$ref": "([^"]+)"', json.dumps(document)):
        try:
            resolve(document, {"$ref": ref})
        except KeyError:
            found.append(f"{ref} leads nowhere")
    for path, item in document["paths"].items():
        named = {p["name"] for p in item.get("parameters", ())}
        if named != set(re.findall(r"\{(\w+)\}", path)):
            found.append(f"{path}: its parameters")
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    try:
        from openapi_spec_validator import validate
    except ImportError:
        return found
    validate(document)
    return found


class Contract:
    def __init__(self, document, envelope):
        self.document = document
        self.envelope = envelope
        self.rows = [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path)
                     for path in document["paths"]]
        self.met = set()

    def problem(self, method, path, status, kind, body):
        """What is not as described; None: all is."""
        found = [p for pattern, p in self.rows
                 if pattern.fullmatch(path.split("?")[0])]
        if not found or method.lower() not in self.document["paths"][found[0]]:
            general = self.document["components"]["schemas"]["Problem"]
            return self.mismatch(general, kind, body) \
                if status in (404, 405) else "not described"
        responses = self.document["paths"][found[0]][method.lower()][
            "responses"]
        if str(status) not in responses:
            return f"status {status} is not described"
        self.met.add((method.upper(), found[0], str(status)))
        content = resolve(self.document, responses[str(status)]).get("content")
        if content is None:
            return "there is a body" if body else None
        return self.mismatch(content["application/json"]["schema"], kind, body)

    def mismatch(self, schema, kind, body):
        if kind != "application/json":
            return f"its type is {kind}"
        value = json.loads(body)
        try:
            jsonschema.validate(value, resolve(self.document, schema))
            if "schema" in value and "kind" in value:
                self.envelope.validate(value)
        except jsonschema.ValidationError as error:
            return error.message
        return None

    def unmet(self):
        """Each answer that is described and was never given."""
        described = {(m.upper(), path, status)
                     for path, item in self.document["paths"].items()
                     for m, o in item.items() if m != "parameters"
                     for status in o["responses"]}
        return described - self.met
