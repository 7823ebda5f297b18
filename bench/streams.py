"""Write the logs of a folder as one text and as NDJSON, line by line.

    bench/streams.py FOLDER TEXT NDJSON
"""

import json
import pathlib
import sys


def lines_of(folder):
    """Every line of every log, as text."""
    for path in sorted(pathlib.Path(folder).iterdir()):
        with open(path, encoding="utf-8", errors="replace",
                  newline="\n") as log:
            for line in log:
                yield line.rstrip("\r\n")


def main():
    """Write both, so that they hold the same messages."""
    folder, text_path, ndjson_path = sys.argv[1:]
    with open(text_path, "w", encoding="utf-8") as text, \
            open(ndjson_path, "w", encoding="utf-8") as ndjson:
        for number, line in enumerate(lines_of(folder), 1):
            text.write(line + "\n")
            ndjson.write(json.dumps(
                {"@timestamp": "2026-11-19T08:41:07.123Z",
                 "host": {"name": "PC-0412"}, "message": line,
                 "offset": number}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
