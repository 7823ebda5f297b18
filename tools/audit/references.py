"""What nothing refers to: a step that no cause takes, a source nobody cites.
That what is referred to exists, the compiler checks."""
from knowledge import as_list


def cited(data, found):
    """Add the ids of every "sources" in the data."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "sources":
                found.update(str(source) for source in as_list(value))
            else:
                cited(value, found)
    elif isinstance(data, list):
        for item in data:
            cited(item, found)


def problems(files, tables, sources):
    """files: all other YAML, by path below knowledge/; tables: the rows of
    codes and facilities."""
    used, taken, steps = set(), set(), []
    for path, data in files.items():
        cited(data, used)
        if path.startswith("steps/"):
            steps += [step["id"] for step in data]
        if path.startswith("topics/"):
            for cause in data["causes"]:
                taken.update(as_list(cause["steps"]))
    for row in tables:
        used.update(row["sources"].split(","))
    for step in steps:
        if step not in taken:
            yield f"step {step} is taken by no cause"
    for source in sources:
        if str(source["id"]) not in used:
            yield f"source {source['id']} is cited nowhere"
