"""One small province, made by the command itself after its first attempt was killed; all tests here look at it."""

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.environment import BUILD

PEOPLE = 2_000
HOME = BUILD / "demo-data"
OUTSIDE = ("DATABASE_URL", "DATABASE_APP_URL")


@dataclass(frozen=True)
class Made:
    """What the command said: of the attempt that was killed, and of the one after it."""

    killed_at: str
    held_after_kill: str
    output: str
    errors: str


@contextmanager
def at_home() -> Iterator[None]:
    """This process's own data folder is the province's inside the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PHAODAI_DATA", str(HOME))
        for name in OUTSIDE:
            patch.delenv(name, raising=False)
        yield


def phaodai(*arguments: str) -> subprocess.Popen[str]:
    """The console script in the province's data folder, in a session of its own."""
    environment = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
    return subprocess.Popen(
        [sys.executable, "-m", "phaodai", *arguments],
        env=environment | {"PHAODAI_DATA": str(HOME)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Made once a run, whichever worker comes first; the server runs as long as a worker needs it."""
    from phaodai.foundation.database import ensure_running

    BUILD.mkdir(exist_ok=True)
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or tmp_path_factory.getbasetemp().name
    with at_home():
        server = ensure_running()
    try:
        yield _made_in(run)
    finally:
        server.leave()


def _made_in(run: str) -> Made:
    kept = BUILD / "demo-data.json"
    with (BUILD / "demo-data.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = json.loads(kept.read_text()) if kept.exists() else {}
        if told.get("run") != run:
            told = {"run": run} | asdict(_make())
            kept.write_text(json.dumps(told))
    return Made(**{name: value for name, value in told.items() if name != "run"})


def _make() -> Made:
    from demo.loading.databases import holding
    from phaodai.foundation.database import create_database, drop_database

    with at_home():
        drop_database("phaodai")
        create_database("phaodai")
        killed_at = _kill_at("Telling nine days of work")
        held = holding().name
    command = phaodai("demo", "--build-only", "--people", str(PEOPLE))
    output, errors = command.communicate()
    assert command.returncode == 0, errors
    return Made(killed_at, held, output, errors)


def _kill_at(step: str) -> str:
    """Kill the command as soon as it says that it has come to this step."""
    command = phaodai("demo", "--build-only", "--people", str(PEOPLE))
    assert command.stderr is not None
    for line in command.stderr:
        if step in line:
            os.killpg(command.pid, signal.SIGKILL)
            command.communicate()
            return line
    raise AssertionError(f"it ended with {command.wait()} before it came to '{step}'")


@pytest.fixture
def province(made: Made, django_db_blocker: DjangoDbBlocker) -> Iterator[Made]:
    """The made province as this process's database; tests only read it."""
    from phaodai.foundation import clock
    from phaodai.site.installation import pointing_at

    with django_db_blocker.unblock(), at_home(), pointing_at("phaodai"):
        clock.forget_shift()
        yield made
    clock.forget_shift()


@pytest.fixture
def home() -> Path:
    return HOME
