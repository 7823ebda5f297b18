"""The knowledge as Python's own lists and dictionaries."""
import csv
import pathlib

import yaml

AUDIT = pathlib.Path(__file__).parent
ROOT = AUDIT.parent.parent
FOLDER = ROOT / "knowledge"


def read_yaml(path):
    return yaml.load(path.read_text(encoding="utf-8"),
                     Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def read_table(path):
    """The rows of a .tsv, as dictionaries."""
    with path.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))


def read_codes():
    """The rows of all families' codes, with their family."""
    return [{**row, "family": path.stem}
            for path in sorted((FOLDER / "codes").glob("*.tsv"))
            for row in read_table(path)]


def read_folder(name):
    """{name of the file: what it holds}"""
    return {path.stem: read_yaml(path)
            for path in sorted((FOLDER / name).glob("*.yaml"))}


def as_list(value):
    """Where one thing may stand without the brackets of a list."""
    return value if isinstance(value, list) else [value]
