"""`DATABASE_URL`: a second cluster that the test starts, with passwords, and users who may more or less."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from phaodai.foundation.database import (
    DatabaseUnavailable,
    create_database,
    drop_database,
    endpoints,
    ensure_running,
    status,
    stop,
)
from phaodai.foundation.database.binaries import find
from phaodai.foundation.database.cluster import clean_environment, halt, says_ready
from phaodai.foundation.database.folders import Folders
from tests.fault.conftest import Place, temporary_folder
from tests.waiting import eventually

pytestmark = pytest.mark.fault


@dataclass(frozen=True)
class Elsewhere:
    """A server that is not ours."""

    socket: Path

    def url(self, user: str, database: str = "province", password: str = "secret") -> str:
        return f"postgresql://{user}:{password}@/{database}?host={quote(str(self.socket), safe='')}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url("boss", database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@pytest.fixture(scope="module")
def server() -> Iterator[Elsewhere]:
    with temporary_folder() as home:
        account = Folders(home).account()
        home.chmod(0o711)
        cluster, password = home / "cluster", home / "password"
        for folder in (cluster, socket := home / "socket"):
            account.take(folder)
        password.write_text("secret\n")
        password.chmod(0o644)
        programs = find(Folders(home)).folder
        options = {"cwd": "/", "env": clean_environment(), "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        made = ["-D", cluster, "-U", "boss", "--pwfile", password, "-A", "scram-sha-256", "-E", "UTF8", "--no-sync"]
        subprocess.run([programs / "initdb", *made], check=True, **options, **account.as_options())
        run = ["-D", cluster, "-k", socket, "-c", "listen_addresses=", "-c", "fsync=off"]
        process = subprocess.Popen([programs / "postgres", *run], **options, **account.as_options())
        eventually(lambda: says_ready(cluster, process.pid))
        yield Elsewhere(socket)
        halt(process.pid)
        process.wait()


@pytest.fixture
def elsewhere(server: Elsewhere, place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    """The other server with an empty database `province` of user `clerk`, who may make roles and databases."""
    server.run("create role clerk login createrole createdb password 'secret'", "create database province owner clerk")
    monkeypatch.setenv("DATABASE_URL", server.url("clerk"))
    yield server
    server.run("drop database if exists province with (force)", "drop database if exists other with (force)")
    server.run("drop role if exists phaodai_app", "drop role if exists humble", "drop role clerk")


def refused() -> str:
    with pytest.raises(DatabaseUnavailable) as caught:
        ensure_running()
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)
    return str(caught.value)


def user_of(app: dict[str, object]) -> str:
    with psycopg.connect(**app) as connection:
        return connection.execute("select current_user").fetchone()[0]


def test_the_application_role_is_made_with_a_kept_password(elsewhere: Elsewhere, place: Place) -> None:
    doors = ensure_running().endpoints
    assert (doors.owner.user, doors.owner.database) == ("clerk", "province")
    assert user_of(doors.app.for_psycopg()) == "phaodai_app"
    kept = place.home / "database-app-password"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.read_text() == doors.app.password
    assert doors.app.password not in repr(doors)
    assert ensure_running().home is None
    assert place.is_silent()


def test_its_state_is_told_and_it_is_never_stopped(elsewhere: Elsewhere) -> None:
    assert status().running
    assert "secret" not in repr(status())
    with pytest.raises(DatabaseUnavailable, match="not ours to stop"):
        stop()


def test_a_missing_database_is_made(elsewhere: Elsewhere) -> None:
    elsewhere.run("drop database province")
    ensure_running()
    create_database("other", template="province")
    assert user_of(endpoints("other").app.for_psycopg()) == "phaodai_app"
    drop_database("other")
    drop_database("other")


def test_a_user_who_may_not_make_roles_is_told_so(elsewhere: Elsewhere) -> None:
    elsewhere.run("alter role clerk nocreaterole")
    assert "CREATEROLE" in refused()


def test_another_application_role_can_be_named(elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere.run("alter role clerk nocreaterole", "create role humble login noinherit password 'secret'")
    monkeypatch.setenv("DATABASE_APP_URL", elsewhere.url("humble"))
    assert user_of(ensure_running().endpoints.app.for_psycopg()) == "humble"


@pytest.mark.parametrize("right", ["superuser", "bypassrls", "createrole"])
def test_an_application_role_that_may_too_much_is_refused(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch, right: str
) -> None:
    elsewhere.run(f"create role humble login {right} password 'secret'")
    monkeypatch.setenv("DATABASE_APP_URL", elsewhere.url("humble"))
    assert "may do too much" in refused()


def test_an_application_role_that_can_become_the_owner_is_refused(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.run("create role humble login noinherit password 'secret'", "grant clerk to humble")
    monkeypatch.setenv("DATABASE_APP_URL", elsewhere.url("humble"))
    assert "may do too much" in refused()


def test_a_lost_password_is_set_anew_unless_another_installation_uses_the_role(
    elsewhere: Elsewhere, place: Place
) -> None:
    first = ensure_running().endpoints.app
    (place.home / "database-app-password").unlink()
    with psycopg.connect(**first.for_psycopg()):
        assert "DATABASE_APP_URL" in refused()
    second = ensure_running().endpoints.app
    assert second.password != first.password
    assert user_of(second.for_psycopg()) == "phaodai_app"


def test_a_user_who_may_not_make_tables_is_told_so(elsewhere: Elsewhere) -> None:
    elsewhere.run("alter database province owner to boss")
    assert "let it own the database" in refused()


def test_a_database_in_another_encoding_is_refused(elsewhere: Elsewhere) -> None:
    elsewhere.run(
        "drop database province",
        "create database province owner clerk template template0 encoding 'LATIN1' locale 'C'",
    )
    assert "LATIN1" in refused()


@pytest.mark.parametrize("address", ["mysql://x", "postgresql://clerk:secret@[::1/x", "host"])
def test_an_address_that_is_none_is_refused(place: Place, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    assert "DATABASE_URL is not an address" in refused()


def test_a_server_that_is_not_there_is_named(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://clerk:secret@/province?host={place.home}")
    assert "cannot sign in to database 'province' as 'clerk'" in refused()
