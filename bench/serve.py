"""What winwhy serve answers in a second, beside nginx with the same bytes.

    bench/serve.py WINWHY SECONDS ROUNDS

A page as it is, and as it is packed for browsers; searches as somebody types
them.  Each server has one core to itself in turn, and wrk another.  Prints
medians: requests a second, their ratio pair by pair, and milliseconds that 99
of 100 requests took at most.
"""
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tests"))
from served import Server  # noqa: E402

PAGE = "en/code/07/0x80244007.html"
CONNECTIONS, TYPISTS = 64, 4
# Static files, and a log as the other has one.
CONFIG = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error;
events {{ worker_connections 512; }}
http {{
	access_log /dev/null;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 100000000;
	open_file_cache max=100;
	client_body_temp_path {folder}/body;
	proxy_temp_path {folder}/proxy;
	fastcgi_temp_path {folder}/fastcgi;
	uwsgi_temp_path {folder}/uwsgi;
	scgi_temp_path {folder}/scgi;
	server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""
# Each key of some words is a request.
TYPING = """
local words = {"component store", "access denied", "soap fault", "0x8024",
	"certificate expired", "profile service"}
local asked, n = {}, 0
for _, text in ipairs(words) do
	for i = 2, #text do
		asked[#asked + 1] = "/api/v1/search?q=" ..
			text:sub(1, i):gsub(" ", "+")
	end
end
function request()
	n = n % #asked + 1
	return wrk.format("GET", asked[n])
end
"""


def pin(core, command):
    return ["taskset", "-c", str(core), *command]


def wrk(url, seconds, connections, *options):
    """Requests a second, and the 99th percentile in milliseconds."""
    told = subprocess.run(
        pin(1, ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency",
                *options, url]), capture_output=True, text=True, check=True)
    told = told.stdout
    if "Non-2xx" in told or "Socket errors" in told:
        sys.exit(told)
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", told).groups()
    return (float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]),
            float(value) * {"us": .001, "ms": 1, "s": 1000}[unit])


def start_nginx(folder, port):
    config = folder / "nginx.conf"
    config.write_text(CONFIG.format(folder=folder, port=port))
    return subprocess.Popen(pin(0, [NGINX, "-p", folder, "-c", config]),
                            stderr=subprocess.DEVNULL)


def free_port():
    import socket
    with socket.create_server(("127.0.0.1", 0)) as s:
        return s.getsockname()[1]


def measure(server, nginx, seconds, rounds, script):
    packed = ["-H", "Accept-Encoding: gzip"]
    asked = {
        "serve": (server + PAGE, CONNECTIONS),
        "serve-nginx": (nginx + "plain.html", CONNECTIONS),
        "serve-packed": (server + PAGE, CONNECTIONS, *packed),
        "serve-packed-nginx": (nginx + "packed.bin", CONNECTIONS),
        "serve-search": (server + "api/v1/search?q=soap", TYPISTS, "-s",
                         script),
    }
    taken = {name: [] for name in asked}
    for _ in range(rounds):
        for name, (url, connections, *options) in asked.items():
            taken[name].append(wrk(url, seconds, connections, *options))
    return taken


def tell(taken):
    for name, rows in taken.items():
        print(f"{name}\t{statistics.median(r for r, _ in rows):.0f}")
        print(f"{name}-p99\t{statistics.median(p for _, p in rows):.3f}")
    for name in ("serve", "serve-packed"):
        ratios = [ours[0] / theirs[0] for ours, theirs in
                  zip(taken[name], taken[name + "-nginx"])]
        print(f"{name}-ratio\t{statistics.median(ratios):.3f}")


NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


def main():
    winwhy, seconds, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    os.sched_setaffinity(0, {0})
    server = Server(winwhy)
    os.sched_setaffinity(0, {1})
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        (folder / "plain.html").write_bytes(server.get("/" + PAGE)[2])
        (folder / "packed.bin").write_bytes(
            server.get("/" + PAGE, Accept_Encoding="gzip")[2])
        (folder / "typing.lua").write_text(TYPING)
        port = free_port()
        nginx = start_nginx(folder, port)
        time.sleep(.5)
        tell(measure(server.url, f"http://127.0.0.1:{port}/", seconds, rounds,
                     folder / "typing.lua"))
        nginx.terminate()
        nginx.wait()
    server.stop()


if __name__ == "__main__":
    main()
