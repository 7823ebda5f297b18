#!/usr/bin/env python3
"""What winwhy-compile must reject.

Usage: compile_rejects.py WINWHY_COMPILE

Builds a minimal knowledge folder that compiles, then breaks one thing at a
time: the compiler must end with status 1, write no catalogue, and say on
standard error which file is wrong and why.
"""

import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

TIMEOUT = 60  # seconds; each run takes milliseconds

HEADING = "value\tname\torigin\tmeaning\tflags\tsources\treviewed\n"

SOURCE = {
    "id": "page",
    "title": "A page",
    "publisher": "Somebody",
    "read": "2026-01-01",
}

FAMILY = {
    "id": "wu",
    "name": "Windows Update Agent",
    "space": "hresult",
    "raised": "By the agent.",
    "surfaces": "In a window.",
    "sources": ["page"],
}

CONTEXT = {
    "id": "wu",
    "words": ["wu"],
    "title": "Windows Update",
    "families": ["wu"],
}

POWER = {
    "id": "power",
    "codes": ["bugcheck:9F"],
    "parameters": [{"what": "the case"}, {"what": "a device"},
                   {"what": "a status", "is": "ntstatus"}, {"what": "a list"}],
    "cases": [{"parameter": 1, "value": "0x3", "means": "It was late."}],
    "sources": ["page"],
}

EVENT = {
    "id": "update-20",
    "provider": "Contoso-Update",
    "aliases": ["Contoso"],
    "number": 20,
    "weight": "outcome",
    "title": "An update failed",
    "says": "{title} failed with {code}",
    "forms": [{"versions": "0", "fields": [
        {"name": "title"},
        {"name": "code", "is": "hresult", "base": "hex"},
        {"name": "kind", "what": "which kind",
         "values": [{"value": "1", "means": "a driver"}]}]}],
    "certainty": "observed",
    "sources": ["page"],
}

KNOWLEDGE = pathlib.Path(__file__).parent.parent / "knowledge"


def ids(name):
    """The ids of our own file: of logs and episodes the program has a list."""
    return re.findall(r"^- id: (\S+)$", (KNOWLEDGE / name).read_text(), re.M)


LOGS = [{"id": name, "title": name, "side": "client", "holds": "Lines."}
        for name in ids("logs.yaml")]
EPISODES = [{"id": name, "title": name, "failed": "It failed with {code}",
             "bare": "It failed", "succeeded": "it succeeded"}
            for name in ids("episodes.yaml")]

TROUBLE = {
    "id": "http-503",
    "says": "The server turns clients away",
    "side": "server",
    "clients": [{"client": "windows-8", "codes": ["WU_E_ONE"],
                 "certainty": "likely", "sources": ["page"]}],
}

STEP = {"id": "GetConfig", "title": "configuration", "slow": 2000,
        "certainty": "likely", "sources": ["page"]}

SHOWS = {
    "id": "limit-reached",
    "says": "cause",
    "logs": ["wu"],
    "patterns": ["limit {limit:int} is reached"],
    "episodes": ["wu-scan"],
    "near": [{"signature": "limit-read", "within": "episode"}],
    "topic": "alpha",
    "cause": "limit",
    "title": "The limit of {limit} is reached",
    "because": "The line says so.",
    "hits": ["The limit 200 is reached."],
    "misses": ["The limit 200 was set."],
    "certainty": "documented",
    "sources": ["page"],
}

HARMLESS = {
    "id": "limit-read",
    "says": "harmless",
    "logs": ["wu"],
    "patterns": ["limit was read"],
    "title": "The limit was read",
    "because": "Reading changes nothing.",
    "hits": ["The limit was read."],
    "misses": ["The limit was set."],
    "certainty": "observed",
    "sources": ["page"],
}

LOOK = {
    "id": "look",
    "title": "Look at the log",
    "side": "client",
    "place": "on the client",
    "shell": "none",
    "elevated": "no",
    "risk": "none",
    "expect": "A line.",
    "certainty": "likely",
    "sources": ["page"],
}

CHANGE = {
    **LOOK,
    "id": "change",
    "title": "Change the limit",
    "risk": "low",
    "risk_why": "It may be too high.",
    "precheck": "Write the old limit down.",
    "undo": "Set the old limit.",
    "stop": "When the limit is high already.",
}


def cause(name):
    return {
        "id": name,
        "title": f"The {name} is wrong",
        "likelihood": "usual",
        "evidence": [{"shows": f"a line with {name}"}],
        "settle": f"Look for {name}.",
        "steps": ["look", "change"],
        "certainty": "likely",
        "sources": ["page"],
    }


def topic(name):
    return {
        "id": name,
        "kind": "cause",
        "codes": ["WU_E_ONE"],
        "title": f"Something of {name}",
        "changed": "2026-01-01",
        "summary": f"In short, {name}.",
        "meaning": [f"In depth, {name}."],
        "raised": [{"who": "The agent", "when": "Always",
                    "sources": ["page"]}],
        "rules_out": [{"what": "The disk", "because": "It was read",
                       "scope": "client", "certainty": "likely",
                       "sources": ["page"]}],
        "settle": {
            "lead": "Read the log.",
            "columns": ["Line", "Time"],
            "branches": [
                {"when": ["one", "early"], "cause": "limit"},
                {"when": ["two", "late"], "verdict": "Nothing is wrong."},
            ],
        },
        "causes": [cause("limit"), cause("server")],
        "logged": [{"where": "A log", "what": "A line"}],
        "faq": [{"question": "What is it?", "answer": "It is that.",
                 "sources": ["page"]}],
        "sources": ["page"],
    }


def good():
    """The minimal knowledge: paths to YAML data, or to text as it stands."""
    return copy.deepcopy({
        "sources.yaml": [SOURCE],
        "families/wu.yaml": FAMILY,
        "facilities.tsv": "kind\tnumber\tname\ttitle\tsources\n"
                          "hresult\t36\tFACILITY_WU\tupdate\tpage\n",
        "contexts.yaml": [CONTEXT],
        "codes/wu.tsv": HEADING +
                        "80240001\tWU_E_ONE\twuerror.h\tOne.\t\tpage\t\n"
                        "80240002\tWU_E_TWO\twuerror.h\t\tcarrier,sum"
                        "\tpage\t\n",
        "steps/wu.yaml": [LOOK, CHANGE],
        "topics/alpha.yaml": topic("alpha"),
        "topics/beta.yaml": topic("beta"),
        "symptoms.yaml": [{"id": "search", "title": "The search fails",
                           "topics": ["alpha", "beta"]}],
        "logs.yaml": LOGS,
        "episodes.yaml": EPISODES,
        "troubles.yaml": [TROUBLE],
        "probe-steps.yaml": [STEP],
        "signatures/wu.yaml": [SHOWS, HARMLESS],
        "stops/power.yaml": [POWER],
        "events/update.yaml": [EVENT],
    })


def write(folder, files):
    for name in ("families", "codes", "steps", "topics", "signatures",
                 "stops", "events"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        if not isinstance(content, (str, bytes)):
            # JSON is YAML too, and quotes every text.
            content = json.dumps(content, indent=1)
        if isinstance(content, str):
            content = content.encode()
        (folder / path).write_bytes(content)


ALPHA = "topics/alpha.yaml"
CODES = "codes/wu.tsv"
STEPS = "steps/wu.yaml"
SIGNATURES = "signatures/wu.yaml"
STOPS = "stops/power.yaml"
EVENTS = "events/update.yaml"
ONE = "80240001\tWU_E_ONE\twuerror.h\tOne.\t\tpage\t\n"

CASES = []


def case(name, where, reason):
    """A function that breaks the good files.

    where: what the line with the reason must name.  Checks that look across
    files know ids rather than files, so an id will do for them.
    """
    def add(breaks):
        CASES.append((name, where, reason, breaks))
        return breaks
    return add


def edit(name, where, reason, path, value, *keys):
    """Set, or with value None remove, one member of one file, or all of it."""
    *way, last = path, *keys

    def breaks(files):
        at = files
        for key in way:
            at = at[key]
        if value is None:
            del at[last]
        else:
            at[last] = value
    CASES.append((name, where, reason, breaks))


def table(name, reason, row, path=CODES, heading=HEADING):
    """Replace the table of codes."""
    def breaks(files):
        files[path] = heading + row
    CASES.append((name, path, reason, breaks))


def text(name, where, reason, path, content):
    """Replace a file as it stands."""
    def breaks(files):
        files[path] = content
    CASES.append((name, where, reason, breaks))


# Causes.
edit("cause without evidence", ALPHA, 'CAUSE needs "evidence"',
     ALPHA, None, "causes", 0, "evidence")
edit("cause with empty evidence", ALPHA, '"evidence" is empty',
     ALPHA, [], "causes", 0, "evidence")
edit("cause without source", ALPHA, 'CAUSE needs "sources"',
     ALPHA, None, "causes", 1, "sources")
edit("cause with empty sources", ALPHA, '"sources" is empty',
     ALPHA, [], "causes", 1, "sources")
edit("cause without step", ALPHA, '"steps" is empty',
     ALPHA, [], "causes", 1, "steps")
edit("one cause only", "alpha", "1 causes, at least 2 are needed",
     ALPHA, [cause("limit")], "causes")
edit("rules nothing out", ALPHA, '"rules_out" is empty',
     ALPHA, [], "rules_out")

# Events.
edit("event without a title", EVENTS, 'EVENT_KIND needs "title"',
     EVENTS, None, 0, "title")
edit("event without a source", EVENTS, 'EVENT_KIND needs "sources"',
     EVENTS, None, 0, "sources")
edit("event without a weight", EVENTS, 'EVENT_KIND needs "weight"',
     EVENTS, None, 0, "weight")
edit("event with fields and no sentence", "update-20",
     'an event with fields needs "says"', EVENTS, None, 0, "says")
edit("event whose sentence names no field", "update-20",
     'the sentence names no field: "reason"', EVENTS, "{title}: {reason}",
     0, "says")
edit("code of an event without a base", "update-20",
     'field "code": is and base stand together', EVENTS, None,
     0, "forms", 0, "fields", 1, "base")
edit("base of an event's field without a code", "update-20",
     'field "code": is and base stand together', EVENTS, None,
     0, "forms", 0, "fields", 1, "is")
edit("code of an event of an unknown kind", EVENTS, '"colour"',
     EVENTS, "colour", 0, "forms", 0, "fields", 1, "is")
edit("field of an event twice", "update-20", 'field "title" stands twice',
     EVENTS, "title", 0, "forms", 0, "fields", 2, "name")
edit("form of an event without fields", EVENTS, '"fields" is empty',
     EVENTS, [], 0, "forms", 0, "fields")
edit("event twice", "update-21", "20 stands twice",
     EVENTS, [EVENT, {**EVENT, "id": "update-21"}])
edit("event by an alias twice", "update-21", "20 stands twice",
     EVENTS, [EVENT, {**EVENT, "id": "update-21", "provider": "contoso",
                      "aliases": ["C"]}])
edit("number of an event above 16 bits", "update-20",
     "number is above 65535", EVENTS, 65536, 0, "number")

# Signatures.
edit("pattern that cannot be read", "limit-reached",
     "no hole has this type", SIGNATURES,
     ["limit {limit:colour} is reached"], 0, "patterns")
edit("pattern without a literal", "limit-reached", "pattern",
     SIGNATURES, ["{limit:int}"], 0, "patterns")
edit("line that is not hit", "limit-reached", "does not hit",
     SIGNATURES, ["The limit 200 is near."], 0, "hits")
edit("line that is not missed", "limit-reached", "does not miss",
     SIGNATURES, ["The limit 201 is reached."], 0, "misses")
edit("line that was never near", "limit-reached", "has nothing in common",
     SIGNATURES, ["Wholly another."], 0, "misses")
edit("pattern that nothing shows", "limit-read", "no line shows what pattern 2",
     SIGNATURES, ["limit was read", "bounds were read"], 1, "patterns")
edit("signature without hits", SIGNATURES, '"hits"',
     SIGNATURES, None, 0, "hits")
edit("signature without misses", SIGNATURES, '"misses"',
     SIGNATURES, None, 0, "misses")
edit("signature of a missing cause", "limit-reached",
     'the topic has no cause "gone"', SIGNATURES, "gone", 0, "cause")
edit("signature that shows nothing", "limit-reached",
     "shows a cause, and names none", SIGNATURES, None, 0, "cause")
edit("harmless for no reason", "limit-read",
     "does not say why it is harmless", SIGNATURES, None, 1, "because")
edit("near a missing signature", "limit-reached",
     'no signature has the id "gone"', SIGNATURES, "gone",
     0, "near", 0, "signature")
edit("near by seconds without their number", "limit-reached",
     "a count belongs to records and seconds", SIGNATURES, "seconds",
     0, "near", 0, "within")
edit("signature of an unknown log", SIGNATURES, '"diary"',
     SIGNATURES, ["diary"], 0, "logs")
edit("kind of log that is missing", "LOG_KIND", "is not in its place",
     "logs.yaml", LOGS[:-1])
edit("kind of episode that is unknown", "EPISODE_KIND",
     "has more records than words", "episodes.yaml",
     EPISODES + [{**EPISODES[0], "id": "dream"}])

for name, pattern, reason in (
        ("with a short literal", "abc{n:int}",
         "begins with a literal of 5 bytes"),
        ("with an open hole", "limit {n:int", "without its closing brace"),
        ("with a lone brace", "limit } of", "a closing brace without a hole"),
        ("with {rest} inside", "limit {rest} of", "nothing follows {rest}"),
        ("with holes that touch", "limit {a:text}{b:int}",
         "is followed by a hole"),
        ("with many holes", "limit " + "{int}." * 11,
         "more holes than a pattern has"),
        ("with many pieces", "limit " + "{gap}." * 12,
         "more pieces than a pattern has")):
    edit(f"pattern {name}", "limit-read", reason,
         SIGNATURES, [pattern], 1, "patterns")
for member in ("patterns", "hits", "misses", "logs", "sources"):
    edit(f"signature with empty {member}", SIGNATURES,
         f'"{member}" is empty', SIGNATURES, [], 1, member)
edit("signature of a cause without a topic", "limit-reached",
     'the topic has no cause "limit"', SIGNATURES, None, 0, "topic")
edit("signature of a missing topic", SIGNATURES,
     'no TOPIC has the id "gone"', SIGNATURES, "gone", 0, "topic")
edit("near within an episode with a number", "limit-reached",
     "a count belongs to records and seconds", SIGNATURES, 3,
     0, "near", 0, "count")
edit("near in an unknown way", SIGNATURES, '"miles" is none of the words',
     SIGNATURES, "miles", 0, "near", 0, "within")
edit("signature that says something else", SIGNATURES,
     '"blame" is none of the words', SIGNATURES, "blame", 0, "says")
edit("signature of an unknown episode", SIGNATURES,
     '"upgrade" is none of the words', SIGNATURES, ["upgrade"],
     0, "episodes")
edit("unknown key in a signature", SIGNATURES,
     'SIGNATURE has no key "regex"', SIGNATURES, "x", 0, "regex")

# Kinds of logs and of episodes.
edit("kinds of logs in another order", "LOG_KIND", "is not in its place",
     "logs.yaml", LOGS[::-1])
edit("log of a missing context", "logs.yaml", 'no CONTEXT has the id "gone"',
     "logs.yaml", "gone", 0, "context")
edit("log without what it holds", "logs.yaml", 'LOG_KIND needs "holds"',
     "logs.yaml", None, 0, "holds")
edit("kinds of episodes in another order", "EPISODE_KIND",
     "is not in its place", "episodes.yaml", EPISODES[::-1])
edit("episode without its sentence", "episodes.yaml",
     'EPISODE_KIND needs "failed"', "episodes.yaml", None, 0, "failed")
edit("episode inside an unknown one", "episodes.yaml",
     '"upgrade" is none of the words', "episodes.yaml", ["upgrade"],
     0, "inside")
edit("episode settled by an unknown log", "episodes.yaml",
     '"event" is none of the words', "episodes.yaml", ["event"],
     0, "settled_by")
edit("episode of a missing topic", "episodes.yaml",
     'no TOPIC has the id "gone"', "episodes.yaml", "gone", 0, "topic")
edit("trouble of an unknown generation", "troubles.yaml",
     '"windows-xp" is none of the words', "troubles.yaml", "windows-xp",
     0, "clients", 0, "client")
edit("trouble without its sentence", "troubles.yaml",
     'TROUBLE needs "says"', "troubles.yaml", None, 0, "says")
edit("client with a code that is none", "http-503",
     'no code is called "WU_E_TEN"', "troubles.yaml", ["WU_E_TEN"],
     0, "clients", 0, "codes")
edit("client with a stop code", "http-503",
     "is no HRESULT and no Win32 code", "troubles.yaml", ["bugcheck:7E"],
     0, "clients", 0, "codes")
edit("trouble twice", "http-503", "stands twice", "troubles.yaml",
     [TROUBLE, TROUBLE])
edit("step of a probe without its limit", "probe-steps.yaml",
     'PROBE_STEP needs "slow"', "probe-steps.yaml", None, 0, "slow")
edit("no kinds of logs", "logs.yaml", "could not open", "logs.yaml", None)
edit("no kinds of episodes", "episodes.yaml", "could not open",
     "episodes.yaml", None)

# What there is to browse.
edit("topic under no symptom", "beta", "stands under no symptom",
     "symptoms.yaml", ["alpha"], 0, "topics")
edit("symptom of a missing topic", "symptoms.yaml",
     'no TOPIC has the id "gone"', "symptoms.yaml", ["alpha", "beta", "gone"],
     0, "topics")
edit("symptom without a title", "symptoms.yaml", 'SYMPTOM needs "title"',
     "symptoms.yaml", None, 0, "title")
edit("no symptoms", "symptoms.yaml", "could not open", "symptoms.yaml", None)

# What a cause matches.
edit("number of a match", "alpha", '"three" is no hexadecimal number', ALPHA,
     [{"kind": "p1", "value": "0x3,three"}], "causes", 0, "match")
edit("match of nothing", "alpha", '"" is no hexadecimal number', ALPHA,
     [{"kind": "extend", "value": "0x3,"}], "causes", 0, "match")

# Stop codes and their parameters.
edit("three parameters", "power", "3 parameters, a stop code has 4", STOPS,
     POWER["parameters"][:3], 0, "parameters")
edit("three parameters in a case", "power",
     "3 parameters, a stop code has 4", STOPS, POWER["parameters"][:3],
     0, "cases", 0, "parameters")
edit("parameter of no kind", STOPS, '"address" is none of the words', STOPS,
     "address", 0, "parameters", 1, "is")
edit("case of a fifth parameter", "power", "there is no parameter 5", STOPS,
     5, 0, "cases", 0, "parameter")
edit("case of no number", "power", '"three" is no hexadecimal number', STOPS,
     "three", 0, "cases", 0, "value")
edit("stop of an HRESULT", "power", "0x80240001 is no stop code", STOPS,
     ["WU_E_ONE"], 0, "codes")
edit("stop code in two records", "power-2", "0x0000009F stands twice", STOPS,
     [POWER, {**POWER, "id": "power-2"}])
edit("stop that stands twice", "power", "this STOP stands twice", STOPS,
     [POWER, {**POWER, "codes": ["bugcheck:A0"]}])

# Steps with a risk.
for member in ("undo", "risk_why", "precheck", "stop"):
    edit(f"step with risk without {member}", "change",
         "a step with a risk needs", STEPS, None, 1, member)

# Keys and words.
edit("unknown key", ALPHA, 'TOPIC has no key "extra"', ALPHA, "x", "extra")
edit("unknown key in a cause", ALPHA, 'CAUSE has no key "extra"',
     ALPHA, "x", "causes", 0, "extra")
edit("unknown key in a family", "families/wu.yaml",
     'FAMILY has no key "extra"', "families/wu.yaml", "x", "extra")
edit("missing title", ALPHA, 'TOPIC needs "title"', ALPHA, None, "title")
edit("unknown kind", ALPHA, '"reason" is none of the words',
     ALPHA, "reason", "kind")
edit("unknown likelihood", ALPHA, '"always" is none of the words',
     ALPHA, "always", "causes", 0, "likelihood")
edit("unknown shell", STEPS, '"bash" is none of the words',
     STEPS, "bash", 0, "shell")
edit("word in other case", STEPS, '"None" is none of the words',
     STEPS, "None", 0, "risk")
edit("unknown space", "families/wu.yaml", '"posix" is none of the words',
     "families/wu.yaml", "posix", "space")
edit("order no number", ALPHA, '"first" is no number',
     ALPHA, "first", "order")

# Ids that lead nowhere.
edit("dangling step", ALPHA, 'no STEP has the id "gone"',
     ALPHA, ["gone"], "causes", 0, "steps")
edit("dangling source", ALPHA, 'no SOURCE has the id "gone"',
     ALPHA, ["gone"], "sources")
edit("dangling source of a step", STEPS, 'no SOURCE has the id "gone"',
     STEPS, ["gone"], 0, "sources")
edit("dangling family", "contexts.yaml", 'no FAMILY has the id "gone"',
     "contexts.yaml", ["gone"], 0, "families")
edit("dangling context", ALPHA, 'no CONTEXT has the id "gone"',
     ALPHA, ["gone"], "contexts")
edit("dangling cause", "alpha", 'a branch names no cause: "gone"',
     ALPHA, "gone", "settle", "branches", 0, "cause")
edit("dangling code", "alpha", 'no code is called "WU_E_GONE"',
     ALPHA, ["WU_E_GONE"], "codes")
edit("dangling related code", "alpha", 'no code is called "WU_E_GONE"',
     ALPHA, [{"code": "WU_E_GONE", "note": "A note."}], "related")
edit("code of no space", "alpha", 'no code is called "posix:80240001"',
     ALPHA, ["posix:80240001"], "codes")
edit("code of nine digits", "alpha", 'no code is called "hresult:180240001"',
     ALPHA, ["hresult:180240001"], "codes")

# Branches.
edit("branch with a cell too few", "alpha", "a branch has not 2 cells",
     ALPHA, ["one"], "settle", "branches", 0, "when")
edit("branch with a cell too many", "alpha", "a branch has not 2 cells",
     ALPHA, ["a", "b", "c"], "settle", "branches", 1, "when")
edit("branch with cause and verdict", "alpha",
     "a branch needs a cause or a verdict",
     ALPHA, "Both.", "settle", "branches", 0, "verdict")
edit("branch with neither", "alpha", "a branch needs a cause or a verdict",
     ALPHA, None, "settle", "branches", 1, "verdict")

# Texts.
edit("empty text", ALPHA, '"title" is empty', ALPHA, "", "title")
edit("blank text", ALPHA, '"summary" is empty', ALPHA, " \n ", "summary")
edit("empty paragraph", ALPHA, "is empty", ALPHA, [""], "meaning")
edit("text of 70,000 bytes", ALPHA, "text of 70000 bytes",
     ALPHA, "x" * 70000, "summary")
edit("list where a text belongs", ALPHA, '"title" takes one text',
     ALPHA, ["a"], "title")
edit("text where a record belongs", ALPHA, "CAUSE takes keys and values",
     ALPHA, ["a", "b"], "causes")

# Codes.
for digits in ("8024000", "802400010", "8024000G", "0x802400", "8024000a",
               ""):
    table(f'value "{digits}"', "is not eight upper-case hexadecimal digits",
          ONE.replace("80240001", digits))
table("wrong heading", "the heading is not", ONE,
      heading=HEADING.replace("origin", "header"))
table("no heading", "the heading is not", ONE, heading="")
table("empty table", "the heading is not", "", heading="")
table("column too few", "6 columns, the heading has 7",
      ONE.replace("\t\n", "\n"))
table("column too many", "8 columns, the heading has 7",
      ONE.replace("\n", "\t\n"))
table("blank line", "1 columns, the heading has 7", ONE + "\n")
table("unknown flag", 'no flag is called "odd"',
      ONE.replace("One.\t", "One.\todd"))
table("unknown flag among known", 'no flag is called "odd"',
      ONE.replace("One.\t", "One.\tsum,odd"))
table("code without source", "the row has no source",
      ONE.replace("page", ""))
table("code with dangling source", 'no source has the id "gone"',
      ONE.replace("page", "gone"))
text("codes without a family", "codes/gone.tsv", "no file for this family",
     "codes/gone.tsv", HEADING)
text("facility of no kind", "facilities.tsv",
     '"win32" is neither hresult nor ntstatus', "facilities.tsv",
     "kind\tnumber\tname\ttitle\tsources\nwin32\t1\tF\tt\tpage\n")
text("facility number", "facilities.tsv", "1x",
     "facilities.tsv",
     "kind\tnumber\tname\ttitle\tsources\nhresult\t1x\tF\tt\tpage\n")


# Ids and sentences that stand too often.
@case("duplicate source", "page", "this SOURCE stands twice")
def _(files):
    files["sources.yaml"].append(SOURCE)


@case("duplicate step", "look", "this STEP stands twice")
def _(files):
    files[STEPS].append(LOOK)


@case("duplicate topic", "gamma", "not its own name")
def _(files):
    files["topics/gamma.yaml"] = topic("alpha")


@case("duplicate context", "wu", "this CONTEXT stands twice")
def _(files):
    files["contexts.yaml"].append(CONTEXT)


@case("duplicate signature", "limit-read", "this SIGNATURE stands twice")
def _(files):
    files[SIGNATURES].append(HARMLESS)


@case("duplicate cause in a topic", "alpha", "twice")
def _(files):
    files[ALPHA]["causes"][1]["id"] = "limit"


@case("id that is not the file's name", "topics/alpha.yaml", "other")
def _(files):
    files[ALPHA]["id"] = "other"


@case("sentence in four topics", "stands in over 3 topics", "same words again")
def _(files):
    for name in ("a1", "a2", "a3", "a4"):
        files[f"topics/{name}.yaml"] = topic(name)
        files[f"topics/{name}.yaml"]["meaning"] = [
            f"Of {name}. These are the same words again and again. "
            f"Then {name}."]


@case("sentence in four topics, as the last", "stands in over 3 topics",
      "same words again")
def _(files):
    for name in ("a1", "a2", "a3", "a4"):
        files[f"topics/{name}.yaml"] = topic(name)
        files[f"topics/{name}.yaml"]["meaning"] = [
            f"Of {name}. These are the same words again and again."]


@case("sentence in four topics, last or not", "stands in over 3 topics",
      "same words again")
def _(files):
    for i, name in enumerate(("a1", "a2", "a3", "a4")):
        files[f"topics/{name}.yaml"] = topic(name)
        files[f"topics/{name}.yaml"]["meaning"] = [
            "These are the same words again and again." +
            (f" Then {name}." if i % 2 else "")]


# YAML that is none, or too much.
text("not YAML", ALPHA, ":", ALPHA, "id: [unclosed\n")
text("tab for indentation", ALPHA, ":", ALPHA, "id:\n\t- x\n")
text("not UTF-8", ALPHA, ":", ALPHA, b"id: \xff\xfe\xff\n")
text("empty file", ALPHA, "is empty", ALPHA, "")
text("one word", ALPHA, "TOPIC takes keys and values", ALPHA, "word\n")
text("deep YAML", ALPHA, ":", ALPHA,
     "meaning: " + "[" * 50 + "x" + "]" * 50 + "\n")
text("very deep YAML", ALPHA, ":", ALPHA, "[" * 5000)
text("very deep YAML that closes", ALPHA, ":", ALPHA,
     "[" * 5000 + "]" * 5000 + "\n")
text("alias to itself", ALPHA, ":", ALPHA,
     "&a\ncauses: [*a, *a]\nsettle: *a\n")
text("alias bomb", ALPHA, ":", ALPHA,
     "a: &a [x,x,x,x,x,x,x,x,x,x]\n" +
     "".join(f"{k}: &{k} [{','.join([f'*{p}'] * 10)}]\n"
             for p, k in zip("abcdefg", "bcdefgh")) + "meaning: *h\n")


@case("no sources", "sources.yaml", "could not open")
def _(files):
    del files["sources.yaml"]


@case("no contexts", "contexts.yaml", "could not open")
def _(files):
    del files["contexts.yaml"]


def run(compiler, folder):
    output = folder / "out.cat"
    done = subprocess.run(
        [compiler, "-o", str(output), str(folder / "knowledge")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT,
        check=False)
    return (done.returncode, done.stderr.decode(errors="replace"),
            output.exists())


def compile_files(compiler, files):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        write(folder / "knowledge", files)
        try:
            return run(compiler, folder)
        except subprocess.TimeoutExpired:
            return "timeout", "", False


def faults_of(case_, status, stderr, written):
    _, where, reason, _ = case_
    if status != 1:
        yield f"status {status}, not 1"
    if written:
        yield "a catalogue was written"
    # Both in one line: a right reason with a wrong file misleads.
    if not any(where in line and reason in line
               for line in stderr.splitlines()):
        yield f"no line with {where!r} and {reason!r}"


def report(name, faults, stderr):
    print(("not ok" if faults else "ok") + f" - {name}")
    for fault in faults:
        print(f"# {fault}")
    if faults:
        for line in stderr.splitlines()[:5]:
            print(f"# stderr: {line[:200]}")
    return not faults


def main():
    if len(sys.argv) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    compiler = sys.argv[1]
    status, stderr, written = compile_files(compiler, good())
    faults = [] if (status, written) == (0, True) else [f"status {status}"]
    results = [report("the good knowledge compiles", faults, stderr)]
    for case_ in CASES:
        files = good()
        case_[3](files)
        status, stderr, written = compile_files(compiler, files)
        faults = list(faults_of(case_, status, stderr, written))
        results.append(report(case_[0], faults, stderr))
    failed = results.count(False)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
