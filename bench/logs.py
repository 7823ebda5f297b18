"""Hold what winwhy says of the logs of loggen against what was written.

    bench/logs.py WINWHY FOLDER EXPECTED

Codes, each with its count; episodes, by kind and outcome; findings.  Prints
what differs; exit status 1 when something does.
"""

import json
import subprocess
import sys


def ask(winwhy, *arguments):
    """What winwhy answers, as data."""
    command = [winwhy, *arguments[:-1], "--format", "json", arguments[-1]]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}")
    return json.loads(done.stdout)


def codes_of(answer):
    """Value to count; 1603 and the like are written in decimal."""
    return {int(code["value"], 0): code["count"] for code in answer["codes"]}


def episodes_of(answer):
    """Kind to counts by outcome, over all subjects."""
    sums = {}
    for outcome in answer["outcomes"]:
        counts = sums.setdefault(outcome["kind"], {})
        for state in ("succeeded", "failed", "cancelled", "open"):
            counts[state] = counts.get(state, 0) + outcome[state]
    return sums


def differences(what, expected, got):
    """A sentence for each key that differs."""
    for key in sorted(expected.keys() | got.keys()):
        name = f"0x{key:08X}" if isinstance(key, int) else key
        if expected.get(key) != got.get(key):
            yield (f"{what} {name}: {expected.get(key)} written, "
                   f"{got.get(key)} found")


def main():
    """Compare what was printed when the logs were written."""
    winwhy, logs, expected_path = sys.argv[1:]
    with open(expected_path, encoding="utf-8") as f:
        expected = json.load(f)
    written = {int(k, 0): n for k, n in expected["codes"].items()}
    stated = {int(k, 0): n for k, n in expected["stated"].items()}
    episodes = {kind: {**counts, "cancelled": 0, "open": 0}
                for kind, counts in expected["episodes"].items()}
    answer = ask(winwhy, "diagnose", logs)
    faults = [f for f in answer["findings"] if f["severity"] == "fault"]
    wrong = [
        *differences("codes:", written,
                     codes_of(ask(winwhy, "codes", logs))),
        *differences("diagnose:", {**written, **stated}, codes_of(answer)),
        *differences("episodes of", episodes, episodes_of(answer)),
        *differences("findings,", {"in all": expected["findings"]},
                     {"in all": len(faults)}),
    ]
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
