"""Names and numbers of the public-domain Windows headers of MinGW-w64."""
import functools
import pathlib
import re

FOLDER = pathlib.Path("/usr/share/mingw-w64/include")

DEFINE = re.compile(
    r"^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)[ \t]+(\S.*?)[ \t]*$", re.M)
ITEM = re.compile(r"(?:^|[{,])\s*([A-Za-z_]\w*)\s*=\s*([^,}\n]+)", re.M)
COMMENT = re.compile(r"/\*.*?\*/|//.*")

# What the headers put around a number: casts, macros, brackets.
AROUND = re.compile(
    r"""\(\s*(?:HRESULT|NTSTATUS|DWORD|LONG|long|int|ULONG|SCODE|RPC_STATUS|
        SECURITY_STATUS|MMRESULT|UINT|WORD|UINT32|CONFIGRET)\s*\)|
        _HRESULT_TYPEDEF_|_NDIS_ERROR_TYPEDEF_|_DRT_TYPEDEF_|__MSABI_LONG|
        NTSTATUS_TYPEDEF|[()\s]""", re.X)
NUMBER = r"0[xX][0-9A-Fa-f]+|\d+"
SUM = re.compile(rf"^(?:(\w+)\+)?(-?(?:{NUMBER}))[uUlL]*$")


def value_of(digits):
    return int(digits, 16 if "x" in digits.lower() else 10)


def parse(text):
    """(what is added to, number) that a macro or an enumerator stands for; the
    first is a name, a number or None.  None where it is something else."""
    found = SUM.match(AROUND.sub("", COMMENT.sub("", text)))
    if not found:
        return None
    base, value = found[1], value_of(found[2])
    return (base, value) if -2**31 <= value < 2**32 else None


@functools.cache
def read_names():
    """Every name, with the set of its numbers: headers may differ."""
    names, sums = {}, []
    for path in sorted(FOLDER.rglob("*.h")):
        text = path.read_text(encoding="latin-1")
        for name, rest in DEFINE.findall(text) + ITEM.findall(text):
            found = parse(rest)
            if found is None:
                continue
            base, value = found
            if base and re.fullmatch(NUMBER, base):
                value += value_of(base)
                base = None
            if base:
                sums.append((name, base, value))
            else:
                names.setdefault(name, set()).add(value & 0xFFFFFFFF)
    for name, base, value in sums:
        for number in names.get(base, ()):
            names.setdefault(name, set()).add((number + value) & 0xFFFFFFFF)
    return names
