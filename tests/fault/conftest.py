"""A place of its own for each test, and the certainty that no server and no folder outlives it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from phaodai.foundation.database import stop
from phaodai.foundation.database.cluster import running_server
from phaodai.foundation.database.folders import Folders
from tests.waiting import eventually

CLIENT = Path(__file__).with_name("client.py")
# A killed process loses nothing that the kernel has, so waiting for a disk would only prove that the disk is slow.
ROOMY_MEMORY = Path("/dev/shm")
SETTINGS = ("DATABASE_URL", "DATABASE_APP_URL", "PGHOST", "PGUSER")


def is_alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Not pytest's: as root it makes its folders 0700, and the server's own user may not pass."""
    folder = Path(tempfile.mkdtemp(prefix="phaodai-fault-", dir=ROOMY_MEMORY if ROOMY_MEMORY.exists() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@dataclass
class Place:
    """One data folder, its processes, and programs that use it."""

    home: Path
    programs: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def folders(self) -> Folders:
        return Folders(self.home)

    def program(self, deed: str, *before: str) -> subprocess.Popen[str]:
        """Start the client without waiting for it; `before` is what runs it (such as `prlimit ...`)."""
        command = [*before, sys.executable, str(CLIENT), deed]
        program = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.programs.append(program)
        return program

    def holder(self) -> subprocess.Popen[str]:
        """A program that uses the server now."""
        program = self.program("hold")
        assert said_by(program).startswith("up ")
        return program

    def server(self) -> psutil.Process:
        process = self.server_or_none()
        assert process is not None
        return process

    def server_or_none(self) -> psutil.Process | None:
        pid = running_server(self.folders.cluster)
        return None if pid is None else psutil.Process(pid)

    def supervisor(self) -> psutil.Process:
        return psutil.Process(int(self.folders.supervisor_lock.read_text()))

    def processes(self) -> list[psutil.Process]:
        """Supervisor, server and sessions of this place that are alive."""
        return [one for one in psutil.process_iter() if self._concerns(one)]

    def _concerns(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE or str(CLIENT) in process.cmdline():
                return False
            return str(self.home) in " ".join([*process.cmdline(), process.cwd()])
        except psutil.Error:
            return False

    def is_silent(self) -> bool:
        return not self.processes()

    def end(self) -> None:
        os.environ["PHAODAI_DATA"] = str(self.home)
        os.environ.pop("DATABASE_URL", None)
        for program in self.programs:
            finish(program)
        leave(self.home)
        stop()
        eventually(self.is_silent)


def said_by(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    return program.stdout.readline().strip()


def finish(program: subprocess.Popen[str], asked: signal.Signals | None = None) -> str:
    """End a program (by closing its input, or by a signal) and give back what else it had said."""
    if asked is not None:
        program.send_signal(asked)
    return program.communicate(timeout=60)[0]


def leave(home: Path) -> None:
    """This process lets go of the server, if it held it."""
    from phaodai.foundation.database.server import _memberships

    if home in _memberships:
        _memberships.pop(home).close()


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    with temporary_folder() as home, ExitStack() as ending:
        monkeypatch.setenv("PHAODAI_DATA", str(home))
        place = Place(home)
        ending.callback(place.end)
        yield place
