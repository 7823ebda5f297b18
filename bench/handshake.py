"""What a handshake with an update server costs beside the server's own time.

    bench/handshake.py WINWHY ROUNDS

Prints, as milliseconds, the median of what each of winwhy and curl takes
beyond the time in which the server has a request; curl sends the calls that
winwhy was seen to send, with nothing understood.
"""

import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tests"))
from wsus_answers import CALLS, part_of  # noqa: E402
from wsus_server import Server  # noqa: E402


def curl_command(server, folder):
    """The calls that were made last, one after the other."""
    command = ["curl", "-s", "--noproxy", "*"]
    for number, (_, path, headers, body) in enumerate(server.requests):
        if part_of(path, headers["SOAPAction"] or "") not in CALLS:
            continue
        saved = pathlib.Path(folder) / str(number)
        saved.write_bytes(body)
        command += ["-o", "/dev/null", "--data-binary", f"@{saved}", "-H",
                    "Content-Type: " + headers["Content-Type"], "-H",
                    "SOAPAction: " + headers["SOAPAction"],
                    server.url + path, "--next"]
    return command[:-1]


def cost(server, command):
    """Milliseconds of a command that the server did not take."""
    before = server.busy
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    spent = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{command[0]}: exit status {done.returncode}")
    return (spent - (server.busy - before)) * 1000


def main():
    """Side by side, so that a slow minute falls on both."""
    winwhy, rounds = sys.argv[1], int(sys.argv[2])
    with Server("known=yes") as server, \
            tempfile.TemporaryDirectory() as folder:
        commands = {"handshake": [winwhy, "wsus", server.url]}
        cost(server, commands["handshake"])
        commands["handshake-curl"] = curl_command(server, folder)
        figures = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                figures[name].append(cost(server, command))
    for name, taken in figures.items():
        print(f"{name}\t{statistics.median(taken):.3f}")


if __name__ == "__main__":
    main()
