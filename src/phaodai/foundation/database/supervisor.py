"""The process between us and the server: starts it, restarts it when it dies, stops it when nobody uses it.

It learns of users through a file lock that each of them holds, so a user that is killed leaves like any other. When
the supervisor itself is killed, Linux tells the server to shut down (PR_SET_PDEATHSIG); elsewhere the server stays
until the next supervisor, which the next user starts.
"""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from types import FrameType

from phaodai.foundation.database.cluster import Cluster, halt
from phaodai.foundation.database.errors import DatabaseUnavailable
from phaodai.foundation.database.folders import Folders
from phaodai.foundation.database.locks import FileLock

LINGER_SECONDS = 1.0  # so that commands typed one after the other share one server
POLL_SECONDS = 0.2
PREDECESSOR_SECONDS = 90.0
RESTARTS, WITHIN_SECONDS = 5, 60.0
KEPT_LOGS = 10
LARGEST_START_LOG = 1_000_000  # bytes
READY = "ready"


class Supervisor:
    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self.users = FileLock(folders.users_lock)
        self.asked_to_stop = False
        self.crashes: deque[float] = deque(maxlen=RESTARTS)
        signal.signal(signal.SIGTERM, self._on_stop)

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def start(self) -> None:
        self.cluster = Cluster.prepared(self.folders)
        self.server = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        return self.cluster.start(interrupted=lambda: self.asked_to_stop)

    def watch(self) -> None:
        """Until asked to stop, or until there has been no user for a while."""
        alone_since: float | None = None
        while not self.asked_to_stop:
            time.sleep(POLL_SECONDS)
            prune_logs(self.folders)
            if self.server.poll() is not None:
                self._restart()
            if not self.users.try_lock():
                alone_since = None
                continue
            alone_since = alone_since or time.monotonic()
            if time.monotonic() - alone_since >= LINGER_SECONDS:
                return  # keeping the lock: whoever comes now waits until we are gone, and starts anew
            self.users.unlock()

    def _restart(self) -> None:
        now = time.monotonic()
        say(f"the server ended with {self.server.returncode}; starting it again")
        if len(self.crashes) == RESTARTS and now - self.crashes[0] < WITHIN_SECONDS:
            raise DatabaseUnavailable(f"the database ended {RESTARTS} times within {WITHIN_SECONDS:.0f} seconds")
        self.crashes.append(now)
        self.server = self._started()

    def stop(self) -> None:
        if self.server.poll() is None:
            halt(self.server.pid)
            self.server.wait()
        self.folders.leave_no_socket(self.cluster.account)


def detach() -> None:
    """Go on as nobody's child in a session of our own, so that Ctrl-C in a terminal does not reach the server."""
    if os.fork():
        os._exit(0)
    os.setsid()


def prune_logs(folders: Folders) -> None:
    """Keep the newest logs; their names begin with the time. The server rotates by size but never deletes."""
    for old in sorted(folders.log.glob("*.log"))[:-KEPT_LOGS]:
        old.unlink(missing_ok=True)


def say(message: str) -> None:
    """To start.log."""
    print(time.strftime("%Y-%m-%d %H:%M:%S"), message, file=sys.stderr, flush=True)


def report(outcome: str) -> None:
    """Tell the process that started us, if it still lives, and let it go on."""
    try:
        os.write(sys.stdout.fileno(), f"{outcome}\n".encode())
    except BrokenPipeError:
        say("the process that asked for the database is gone")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    os.close(silence)


def supervise(folders: Folders) -> None:
    """Start the server, say so, and stay. Raises DatabaseUnavailable."""
    own = FileLock(folders.supervisor_lock)
    own.lock(seconds=PREDECESSOR_SECONDS)
    own.write(str(os.getpid()))
    supervisor = Supervisor(folders)
    supervisor.start()
    report(READY)
    try:
        supervisor.watch()
    finally:
        supervisor.stop()


def main(home: str) -> int:
    os.umask(0o077)
    detach()
    folders = Folders(Path(home))
    if folders.start_log.exists() and folders.start_log.stat().st_size > LARGEST_START_LOG:
        os.truncate(folders.start_log, 0)
    try:
        supervise(folders)
    except (DatabaseUnavailable, OSError, subprocess.SubprocessError) as problem:
        reason = reason_of(problem)
        say(reason)
        report(reason)
        return 1
    return 0


def reason_of(problem: Exception) -> str:
    if isinstance(problem, DatabaseUnavailable):
        return str(problem)
    hint = "; root may not change users here: work as an ordinary user" if os.geteuid() == 0 else ""
    return f"cannot start the database: {problem}{hint}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
