"""Serve the installation that DATABASE_URL or the private server holds: web server and clock jobs together."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

from phaodai.__main__ import Refused
from phaodai.foundation.database import DatabaseUnavailable
from phaodai.foundation.database.cluster import ends_with_parent

START_SECONDS = 60.0  # the first request after an update compiles every module
FINISH_SECONDS = 10  # for requests under way; one of granian's that is asked to end while it starts never does
END_SECONDS = 15.0
POLL_SECONDS = 0.1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The address to serve at."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 serves the whole network")
    parser.add_argument("--workers", type=int, default=2, help="processes of the web server")


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
    if not 0 < port < 1 << 16:
        raise Refused(f"{port} is no port; choose one between 1024 and 65535 with --port")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as problem:
            raise Refused(f"port {port} is the administrator's; choose one above 1023 with --port") from problem
        except OSError as problem:
            reason = f"cannot serve at {host}:{port} ({problem.strerror})"
            raise Refused(f"{reason}; choose another with --port {port + 1}") from problem


def serve(host: str, port: int, workers: int) -> int:
    """Run the web server and the worker of the clock jobs; when one ends, for whatever reason, so does the other."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
    asked_to_stop = _listen_for_stop()
    web = ["granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    web += ["--workers-kill-timeout", str(FINISH_SECONDS), "--blocking-threads", "4", "--log-level", "warning"]
    web += ["phaodai.site.wsgi:application"]
    children = [_start(web), _start(["django", "procrastinate", "worker"])]
    try:
        near = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
        if _answers(near, port, children, asked_to_stop):
            print(f"Pháo Đài: http://{near}:{port}  (Ctrl+C to stop)", flush=True)
        while not asked_to_stop and _all_live(children):
            time.sleep(POLL_SECONDS)
    finally:
        _end(children)
    if asked_to_stop:
        return 0
    print("phaodai serve: a part of the server ended by itself; its last words are above", file=sys.stderr)
    return 1


def _listen_for_stop() -> list[int]:
    """From now on Ctrl+C and SIGTERM only leave their number in this list."""
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    return asked


def _start(module: Sequence[str]) -> subprocess.Popen[bytes]:
    """A child in a session of its own: Ctrl+C reaches it through us, and what it leaves behind can be found by us."""
    command = [sys.executable, "-m", *module]
    # Ours is a process of one thread here, so that a function may run between fork and exec.
    return subprocess.Popen(command, start_new_session=True, preexec_fn=ends_with_parent())  # noqa: PLW1509


def _answers(host: str, port: int, children: Sequence[subprocess.Popen[bytes]], asked_to_stop: list[int]) -> bool:
    """Whether the web server has begun to answer, before it ended or took too long."""
    deadline = time.monotonic() + START_SECONDS
    while not asked_to_stop and _all_live(children) and time.monotonic() < deadline:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(POLL_SECONDS)
        else:
            return True
    return False


def _all_live(children: Sequence[subprocess.Popen[bytes]]) -> bool:
    return all(child.poll() is None for child in children)


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, wait a while, then end whatever is left of their sessions."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + END_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            print(f"phaodai serve: process {child.pid} does not end; it is ended", file=sys.stderr)
        _end_session(child.pid)


def _end_session(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
