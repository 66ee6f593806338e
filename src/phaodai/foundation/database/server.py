"""What the program calls: have a database, let it go, stop it, and say how it is."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from phaodai.foundation.database.addresses import Endpoints, administrator, endpoints, is_external
from phaodai.foundation.database.errors import DatabaseUnavailable
from phaodai.foundation.database.folders import Folders, data_folder

if TYPE_CHECKING:
    from phaodai.foundation.database.locks import FileLock  # needs fcntl, which Windows lacks

WAIT_SECONDS = 150.0  # the longest start, crash recovery included
LEAVING_SECONDS = 90.0  # a server that is just stopping
POLL_SECONDS = 0.02

# One lock per data folder and process; the kernel drops it when the process ends, in whatever way.
_memberships: dict[Path, "FileLock"] = {}


@dataclass(frozen=True)
class Server:
    """A database server that stays as long as this process lives, or until it leaves."""

    endpoints: Endpoints
    version: int  # as PostgreSQL counts: 180006 is 18.6
    home: Path | None  # the data folder of a private server

    def leave(self) -> None:
        """This process needs the private server no more; the last one to leave has it stopped."""
        membership = _memberships.pop(self.home, None) if self.home else None
        if membership is not None:
            membership.close()


@dataclass(frozen=True)
class Status:
    """How the database is, for `phaodai check`. `place` never holds a password."""

    private: bool
    running: bool
    place: str
    log: Path | None = None
    version: int | None = None
    sessions: int | None = None
    problem: str | None = None


def ensure_running() -> Server:
    """Have the database up and its roles in place, starting the private server if need be.

    Call it early in every process that uses the database, and again whenever a connection fails: when the server is
    there it costs one connection. Raises DatabaseUnavailable with one line for the user.
    """
    from phaodai.foundation.database import roles

    if is_external():
        return Server(endpoints(), roles.prepare(), home=None)
    folders = _private_folders()
    folders.lay_out()
    _join(folders)
    return Server(endpoints(), _version_when_up(folders), folders.home)


def _private_folders() -> Folders:
    if os.name == "nt":
        raise DatabaseUnavailable("on Windows the program needs a PostgreSQL of yours: set DATABASE_URL to its address")
    return Folders(data_folder())


def _join(folders: Folders) -> None:
    from phaodai.foundation.database.locks import FileLock

    if folders.home not in _memberships:
        lock = FileLock(folders.users_lock)
        lock.lock(shared=True, seconds=LEAVING_SECONDS)
        _memberships[folders.home] = lock


def _version_when_up(folders: Folders) -> int:
    from phaodai.foundation.database import roles
    from phaodai.foundation.database.locks import is_held, locked

    version = roles.version_if_prepared() if is_held(folders.supervisor_lock) else None
    if version is not None:
        return version
    with locked(folders.start_lock, seconds=WAIT_SECONDS):
        _bring_up(folders)
        return roles.prepare()


def _bring_up(folders: Folders) -> None:
    """Launch a supervisor, or wait for the one that is there to bring its server back."""
    from phaodai.foundation.database.locks import is_held
    from phaodai.foundation.database.roles import connected

    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        if not is_held(folders.supervisor_lock):
            _launch(folders)
        try:
            with connected(administrator()):
                return
        except DatabaseUnavailable:
            if time.monotonic() > deadline:
                raise
        time.sleep(POLL_SECONDS)


def _launch(folders: Folders) -> None:
    """Start a supervisor and wait for its word: `ready`, or the reason why not."""
    command = [sys.executable, "-P", "-m", "phaodai.foundation.database.supervisor", str(folders.home)]
    with folders.start_log.open("ab") as log:
        # It goes on in a process of its own and this one ends at once, so there is no child to wait for.
        answer = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, check=False, cwd=folders.postgres
        )
    outcome = answer.stdout.decode(errors="replace").strip()
    if outcome != "ready":
        raise DatabaseUnavailable(outcome or f"the supervisor of the database ended at once; see {folders.start_log}")


def stop() -> bool:
    """Stop the private server even when it is in use; False when it was not running.

    Raises DatabaseUnavailable when it is not ours to stop, or does not.
    """
    if is_external():
        raise DatabaseUnavailable(
            "the database of DATABASE_URL is not ours to stop; unset it to stop the private server"
        )
    from phaodai.foundation.database.cluster import ends_within, stop_stray_server

    folders = _private_folders()
    supervisor = _supervisor(folders)
    if supervisor is None:
        return stop_stray_server(folders)
    try:
        supervisor.terminate()
        stopped = ends_within(LEAVING_SECONDS, supervisor)
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        raise DatabaseUnavailable(
            f"the server in {folders.home} was started by user '{supervisor.username()}'"
        ) from None
    if not stopped:
        raise DatabaseUnavailable(f"the server in {folders.home} does not stop; see {folders.log}")
    return True


def _supervisor(folders: Folders) -> psutil.Process | None:
    """The living supervisor. Its lock says that there is one; its command line that the number is not recycled."""
    from phaodai.foundation.database.locks import is_held

    if not is_held(folders.supervisor_lock):
        return None
    try:
        process = psutil.Process(int(folders.supervisor_lock.read_text()))
        return process if process.cmdline()[-1:] == [str(folders.home)] else None
    except (psutil.NoSuchProcess, ValueError):
        return None


def status() -> Status:
    """How the database is, without starting anything."""
    from phaodai.foundation.database import roles

    private = not is_external()
    place = str(data_folder()) if private else administrator().host
    log = Folders(data_folder()).log if private else None
    try:
        with roles.connected(administrator(endpoints().owner.database)) as connection:
            sessions = roles.count_sessions(connection)
            version = connection.info.server_version
            return Status(private=private, running=True, place=place, log=log, version=version, sessions=sessions)
    except DatabaseUnavailable as problem:
        return Status(private=private, running=False, place=place, log=log, problem=str(problem))
