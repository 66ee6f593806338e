"""Serve the installation that DATABASE_URL or the private server holds: web server and clock jobs together."""

import argparse
import os
import signal
import socket
import subprocess
import sys
from types import FrameType

from phaodai.__main__ import Refused
from phaodai.foundation.database import DatabaseUnavailable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The address to serve at."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 serves the whole network")
    parser.add_argument("--workers", type=int, default=2)


def run(args: argparse.Namespace) -> int:
    """Open the installation and serve until interrupted."""
    from phaodai.site.installation import open_installation

    require_free(args.host, args.port)
    try:
        server = open_installation(lambda line: print(line, file=sys.stderr))
    except DatabaseUnavailable as problem:
        raise Refused(str(problem)) from problem
    try:
        return serve(args.host, args.port, args.workers)
    finally:
        server.leave()


def require_free(host: str, port: int) -> None:
    """Refuse a port that somebody else serves, before anything is set up."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Refused(f"port {port} is taken; choose another with --port {port + 1}") from problem


def serve(host: str, port: int, workers: int) -> int:
    """Run the web server and the worker of the clock jobs; both end together."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
    web = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
         "--blocking-threads", "4", "--log-level", "warning", "phaodai.site.wsgi:application"]
    )  # fmt: skip
    jobs = subprocess.Popen([sys.executable, "-m", "django", "procrastinate", "worker"])
    print(f"Pháo Đài: http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}  (Ctrl+C to stop)", flush=True)  # noqa: S104

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for process in (web, jobs):
            process.terminate()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    code = web.wait()
    jobs.terminate()
    jobs.wait()
    return 0 if code in (0, -signal.SIGTERM, -signal.SIGINT) else 1
