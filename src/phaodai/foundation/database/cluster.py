"""The cluster on disk and its server process: made, started, stopped, and cleared of what dead processes left."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from phaodai.foundation.database import configuration
from phaodai.foundation.database.binaries import Binaries, find
from phaodai.foundation.database.errors import DatabaseUnavailable
from phaodai.foundation.database.folders import UNFINISHED, Account, Folders

START_SECONDS = 120  # replaying a full write-ahead log after a crash
STOP_SECONDS = 60  # writing out the shared buffers
LEFTOVER_SECONDS = 30
POLL_SECONDS = 0.02
PR_SET_PDEATHSIG = 1
STILL_ATTACHED = "pre-existing shared memory block"
TELLING = ("FATAL:", "PANIC:", "error:", "ERROR:")


@dataclass(frozen=True)
class Cluster:
    folders: Folders
    account: Account
    binaries: Binaries

    @classmethod
    def prepared(cls, folders: Folders) -> "Cluster":
        """Find the programs, make the cluster if there is none, clear what is stale, write the configuration."""
        account = folders.account()
        folders.open_to(account)
        for half in folders.unfinished():
            shutil.rmtree(half, ignore_errors=True)
        cluster = cls(folders, account, find(folders).reachable_by(account, folders))
        if not folders.cluster.exists():
            cluster.initialise()
        stop_stray_server(folders)
        configuration.write(folders, account)
        return cluster

    def initialise(self) -> None:
        """Make the cluster beside its place and move it there whole."""
        self.folders.require_space()
        # A name of its own: an initdb whose supervisor was killed may still be removing what it had made.
        growing = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=self.folders.postgres))
        self.account.take(growing)
        made = subprocess.run(
            [self.binaries.folder / "initdb", *self._initdb_options(growing)],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folders.postgres,
            env=clean_environment(),
            preexec_fn=ends_with_parent(),
            **self.account.as_options(),
        )
        if made.returncode:
            raise DatabaseUnavailable(f"cannot make the database: {telling_line(made.stderr)}")
        growing.rename(self.folders.cluster)

    def _initdb_options(self, growing: Path) -> list[str]:
        # Code-point order and Unicode's upper and lower case, the same on every machine and after any upgrade of libc.
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        locale = builtin if self.binaries.major >= 17 else ["--locale=C.UTF-8"]
        place = ["--pgdata", str(growing), f"--username={configuration.ADMINISTRATOR}"]
        return [*place, *locale, "--encoding=UTF8", "--data-checksums", "--auth=peer", "--no-instructions"]

    def start(self, *, interrupted: Callable[[], bool]) -> subprocess.Popen[bytes]:
        """Start the server and wait until it accepts connections. Raises DatabaseUnavailable."""
        deadline = time.monotonic() + LEFTOVER_SECONDS
        while True:
            offset = _size(self.folders.start_log)
            server = self._spawn()
            if self._wait_until_ready(server, interrupted):
                return server
            reason = self._reason(offset)
            if STILL_ATTACHED not in reason or time.monotonic() > deadline:
                raise DatabaseUnavailable(f"the database does not start: {reason}")
            time.sleep(10 * POLL_SECONDS)

    def _spawn(self) -> subprocess.Popen[bytes]:
        clear_stale_files(self.folders, self.account)
        configuration_file = f"--config-file={self.folders.configuration}"
        with self.folders.start_log.open("ab") as log:
            return subprocess.Popen(
                [self.binaries.folder / "postgres", "-D", self.folders.cluster, configuration_file],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folders.postgres,
                env=clean_environment(),
                preexec_fn=ends_with_parent(),  # noqa: PLW1509 (the supervisor has no threads)
                **self.account.as_options(),
            )

    def _wait_until_ready(self, server: subprocess.Popen[bytes], interrupted: Callable[[], bool]) -> bool:
        """True when ready, False when the server has ended."""
        deadline = time.monotonic() + START_SECONDS
        while server.poll() is None:
            if says_ready(self.folders.cluster, server.pid):
                return True
            if interrupted() or time.monotonic() > deadline:
                halt(server.pid)
                raise DatabaseUnavailable(f"the database was not ready in time; see {self.folders.log}")
            time.sleep(POLL_SECONDS)
        return False

    def _reason(self, offset: int) -> str:
        with self.folders.start_log.open("rb") as log:
            log.seek(offset)
            said = log.read().decode(errors="replace")
        newest = max(self.folders.log.glob("*.log"), default=None)
        if any(word in said for word in TELLING) or newest is None:
            return f"{telling_line(said)} (log: {self.folders.start_log})"
        return f"{telling_line(_tail(newest))} (log: {newest})"


def ends_with_parent() -> Callable[[], None]:
    """What a child of ours does before it becomes PostgreSQL: ask Linux to interrupt it when we die, however we die."""
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform.startswith("linux") else None

    def bind() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, signal.SIGINT)
            if os.getppid() != parent:
                os._exit(1)

    return bind


def stop_stray_server(folders: Folders) -> bool:
    """Stop a server of this cluster that has no supervisor any more; False when there is none."""
    pid = running_server(folders.cluster)
    if pid is None:
        return False
    halt(pid)
    return True


def running_server(cluster: Path) -> int | None:
    """The process number of the cluster's live server.

    postmaster.pid alone proves nothing: its process may be dead, a zombie that nobody reaps, or a stranger that was
    given the same number. A live server has the cluster on its command line, which a zombie has lost.
    """
    first = _lines(cluster / "postmaster.pid")[:1]
    if not first or not first[0].strip().isdigit():
        return None
    pid = int(first[0])
    return pid if serves(pid, cluster) else None


def serves(pid: int, cluster: Path) -> bool:
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE or process.uids().real != cluster.stat().st_uid:
            return False
        return str(cluster) in process.cmdline() or Path(process.cwd()) == cluster.resolve()
    except (psutil.Error, OSError):
        return False


def halt(pid: int) -> None:
    """Stop the server process: first politely (fast shutdown), then at once; committed data are safe either way."""
    try:
        process = psutil.Process(pid)
        for asked, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
            process.send_signal(asked)
            if ends_within(seconds, process):
                return
    except psutil.NoSuchProcess:
        return
    raise DatabaseUnavailable(f"process {pid} of the database does not stop")


def ends_within(seconds: float, process: psutil.Process) -> bool:
    """Wait for a process that need not be our child; a zombie has ended, though nobody may ever reap it."""
    deadline = time.monotonic() + seconds
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def clear_stale_files(folders: Folders, account: Account) -> None:
    """Remove the lock files of a dead server. Only the supervisor calls this, having made sure that none is alive."""
    account.run(lambda: stop_leftover_sessions(folders.cluster))
    (folders.cluster / "postmaster.pid").unlink(missing_ok=True)
    for stale in folders.socket(account).glob(".s.PGSQL.*"):
        stale.unlink(missing_ok=True)


def stop_leftover_sessions(cluster: Path) -> None:
    """A killed server's busy sessions live on, holding its shared memory, until their query ends: end them now."""
    for process in psutil.process_iter():
        try:
            if process.name() == "postgres" and Path(process.cwd()) == cluster.resolve():
                process.send_signal(signal.SIGQUIT)
        except (psutil.Error, OSError):
            continue


def clean_environment() -> dict[str, str]:
    """Ours without what would steer PostgreSQL from outside (PGDATA, PGOPTIONS, a locale that does not exist)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def telling_line(output: str) -> str:
    """What is wrong, from the lines of a program's complaint: the first serious one, without time and process."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    for line in lines:
        for word in TELLING:
            if word in line:
                return line.partition(word)[2].strip()
    return lines[-1] if lines else "no reason given"


def says_ready(cluster: Path, pid: int) -> bool:
    lines = _lines(cluster / "postmaster.pid")
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:  # not there, or not for us to read
        return []


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _tail(path: Path, size: int = 4000) -> str:
    return path.read_bytes()[-size:].decode(errors="replace")
