"""Whether the commands of steps can be run: they parse, and call nothing that
current versions of Windows no longer have."""
import json
import pathlib
import re
import subprocess

FOLDER = pathlib.Path(__file__).parent

# Gone from Windows 11 24H2 and Server 2025, or from PowerShell 7.
REMOVED = re.compile(
    r"(?<![\w.\\-])(wmic|psr|mrinfo|dcpromo|jetpack|ntbackup|"
    r"Get-WmiObject|Invoke-WmiMethod|Set-WmiInstance|gwmi|New-WebServiceProxy|"
    r"Get-Computer(?:Restore)?Log)(?![\w-])", re.I)

PLACE = re.compile(r"<[^<>\n]+>")
QUOTED = re.compile(r"('[^'\n]*'|\"[^\"\n]*\")")
WORD = r"[A-Za-z_*][\w.*:/\\-]*"

CMD_INTERNAL = set("""assoc call cd chdir cls copy date del dir echo erase exit
    for ftype goto if md mkdir move path pause popd pushd rd rem ren rename
    rmdir set setlocal shift start time title type ver verify vol""".split())


def plain_powershell(text):
    """What the grammar does not know, written as it does: words in a list
    without quotes, a dash as an argument, a size with its unit, a type with
    the assembly it comes from."""
    text = re.sub(r"\[([A-Z][\w.]+),[\w.]+,ContentType=\w+\]", r"[\1]",
                  PLACE.sub("PLACE", text))
    parts = QUOTED.split(text)
    for i in range(0, len(parts), 2):
        part = re.sub(r"(?<=\s)(" + WORD + r")(?=\s*,)", r"'\1'", parts[i])
        part = re.sub(r"(?<=,)(\s*)(" + WORD + r")(?=[\s,|)}]|$)",
                      r"\1'\2'", part)
        part = re.sub(r"(?<=\s)-(?=\s)", "'-'", part)
        parts[i] = re.sub(r"\b(\d+)[KMGT]B\b", r"\1", part)
    return "".join(parts)


def wrong_powershell(steps):
    texts = [{"id": s["id"], "text": plain_powershell(s["commands"])}
             for s in steps]
    result = subprocess.run(
        ["node", FOLDER / "powershell.mjs"], input=json.dumps(texts),
        capture_output=True, text=True, check=False)
    if result.returncode != 0:
        yield f"the PowerShell grammar did not run: {result.stderr[:300]}"
    for line in result.stdout.splitlines():
        where, row, text = line.split("\t")
        yield f"step {where}: line {row} is no PowerShell: {text}"


def wrong_cmd_line(line):
    """Why a line is none of cmd.exe, or None."""
    line = PLACE.sub("PLACE", line).strip().lstrip("@(")
    if not line or line.startswith("::"):
        return None
    if line.count('"') % 2:
        return "a quote is open"
    bare = re.sub(r'"[^"]*"', "x", line)
    if bare.count("(") != bare.count(")") and not bare.endswith("("):
        return "a bracket is open"
    first = re.match(r'"[^"]+"|[^\s&|<>()]+', line)
    if not first:
        return "it begins with no command"
    name = first[0].strip('"').lower()
    if name in CMD_INTERNAL or re.fullmatch(r"[\w.%\\:()~ {}-]+", name):
        return None
    return f"no program is called {first[0]}"


def wrong_cmd(steps):
    for step in steps:
        text = re.sub(r"\^\n\s*", " ", step["commands"])
        for line in text.splitlines():
            why = wrong_cmd_line(line)
            if why:
                yield f"step {step['id']}: {why}: {line.strip()[:60]}"


def problems(steps):
    steps = [s for s in steps if s.get("commands")]
    yield from wrong_powershell(
        [s for s in steps if s["shell"] == "powershell"])
    yield from wrong_cmd([s for s in steps if s["shell"] == "cmd"])
    for step in steps:
        gone = REMOVED.search(step["commands"])
        if gone:
            yield f"step {step['id']}: Windows has no {gone[0]} any more"
