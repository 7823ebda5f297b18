"""Whether names have the numbers that public headers give them; what those
lack is held against facts.tsv, which is ours and has a source in each row."""
import headers
from knowledge import AUDIT, read_table


def problems(rows, counts):
    """rows: dictionaries of the tables, with their family.  What was compared
    is added to counts."""
    known = {(r["name"], r["value"]) for r in read_table(AUDIT / "known.tsv")}
    facts = {}
    for row in read_table(AUDIT / "facts.tsv"):
        facts.setdefault(row["name"], set()).add(int(row["value"], 16))
    names = headers.read_names()
    if not names:
        yield f"no headers under {headers.FOLDER}"
    used = set()
    for row in rows:
        name, value = row["name"], row["value"]
        if name in names:
            counts["in headers"] += 1
            right, where = names[name], "the headers"
        elif name in facts:
            counts["in facts"] += 1
            right, where = facts[name], "facts.tsv"
        else:
            counts["in neither"] += 1
            continue
        if int(value, 16) in right:
            continue
        if (name, value) in known:
            used.add((name, value))
            counts["known mistakes of headers"] += 1
            continue
        there = ", ".join(f"{v:08X}" for v in sorted(right))
        yield f"{row['family']} {name} is {value}, and {there} in {where}"
    for name, value in sorted(known - used):
        yield f"known.tsv excuses {name} {value}, which needs no excuse"
