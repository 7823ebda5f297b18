"""What can be measured of a meaning: that it is one sentence, that it tells
more than its symbol spells, and that no other code has it."""
import collections
import re

COMMON = set("""a an the of to in on for and or that this it is was were are be
    been by with from at as not no its has have had than then so which who what
    when where while because would could can may must did does do but into out
    off only one two all any some more most less too very there here their they
    them he his other another such own same just already still yet""".split())

ENDINGS = ("ings", "ing", "ations", "ation", "ions", "ion", "ied", "ies", "ed",
           "es", "s", "ly", "er", "e")

# Of a meaning's words, so many may stand in its symbol, and so few must not.
SHARED_MAX = 0.5
OWN_MIN = 2

WORDS_MIN, WORDS_MAX = 4, 36

EMPTY = re.compile(
    r"an error (has )?occurred|please|contact (your|the) (system )?admin|"
    r"unknown error|unspecified error", re.I)

ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|No)\.")


def stem(word):
    word = word.lower()
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[:-len(ending)]
    return word


def words_of(meaning):
    return [stem(w) for w in re.findall(r"[A-Za-z]+", meaning)
            if w.lower() not in COMMON and len(w) > 1]


def parts_of(name):
    name = re.sub(r"([a-z])([A-Z])", r"\1_\2", name)
    return {stem(w) for w in re.split(r"[_\d\W]+", name)
            if w and w.lower() not in ("error", "e", "err", "status", "st")}


def wrong(name, meaning):
    """What is wrong with it, in words."""
    words, parts = words_of(meaning), parts_of(name)
    shared = [w for w in words if w in parts]
    if not meaning.endswith("."):
        yield "has no full stop"
    if len(re.findall(r"[.!?](?:\s|$)", ABBREVIATION.sub("", meaning))) > 1:
        yield "is more than one sentence"
    if not WORDS_MIN <= len(meaning.split()) <= WORDS_MAX:
        yield f"has {len(meaning.split())} words"
    if EMPTY.search(meaning):
        yield "says nothing"
    if words and (len(shared) / len(words) > SHARED_MAX
                  or len(set(words) - parts) < OWN_MIN):
        yield "spells its symbol: " + " ".join(sorted(set(shared)))


PREFIX = re.compile(
    r"^(ERROR|STATUS|RPC_S|RPC_NT|EPT_S|EPT_NT|SEC_E|CRYPT_E|E|SPAPI_E|"
    r"DNS_ERROR|WSA|NTE|FVE_E|TPM_E|HCS_E|FRS_ERR)_?")


def is_same_failure(a, b):
    """The same failure under two numbers: one wraps the other, as 0x80070005
    wraps 5, or the kernel and Win32 have a name each for it."""
    values = int(a["value"], 16), int(b["value"], 16)
    low, high = min(values), max(values)
    return (low == high or high in (low | 0x80070000, low | 0x10000000)
            or PREFIX.sub("", a["name"]) == PREFIX.sub("", b["name"]))


def problems(rows, declared):
    """rows: dictionaries of the tables, with their family; declared: meanings
    that several codes have on purpose."""
    seen = collections.defaultdict(list)
    for row in rows:
        if not row["meaning"]:
            continue
        for why in wrong(row["name"], row["meaning"]):
            yield f"{row['family']} {row['name']} {why}: {row['meaning']}"
        seen[row["meaning"]].append(row)
    for meaning, same in seen.items():
        first = same[0]
        for row in same[1:]:
            if (row["family"] != first["family"] and meaning not in declared
                    and not is_same_failure(row, first)):
                yield (f"{row['family']} {row['name']} says the same as "
                       f"{first['family']} {first['name']}: {meaning}")
