"""Addresses for psycopg and for Django, and nothing started on the way."""

from pathlib import Path

import pytest

from phaodai.foundation.database import endpoints
from phaodai.foundation.database.addresses import Address, stored_password

URL = "postgresql://clerk:s%40cret@db.example:6432/province?sslmode=require"


def test_an_external_address_is_read_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    monkeypatch.setenv("PHAODAI_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_APP_URL", raising=False)
    doors = endpoints()
    assert doors.owner == Address("db.example", "6432", "province", "clerk", "s@cret", {"sslmode": "require"})
    assert doors.app.user == "phaodai_app"
    assert doors.app.for_psycopg()["sslmode"] == "require"
    assert doors.app.for_django()["OPTIONS"] == {"sslmode": "require"}
    assert endpoints("test_one").app.database == "test_one"
    assert "s@cret" not in repr(doors)


def test_the_application_s_own_address_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    monkeypatch.setenv("DATABASE_APP_URL", "postgresql://humble:other@pool.example/province")
    app = endpoints().app
    assert (app.host, app.user, app.password) == ("pool.example", "humble", "other")


def test_a_private_address_is_a_folder_and_needs_no_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PHAODAI_DATA", str(tmp_path / "data"))
    doors = endpoints("other")
    assert Path(doors.app.host).is_absolute()
    assert (doors.owner.user, doors.app.user, doors.app.database) == ("phaodai_owner", "phaodai_app", "other")
    assert "password" not in doors.app.for_psycopg()
    assert not (tmp_path / "data").exists()


def test_a_password_is_made_once_and_is_nobody_else_s(tmp_path: Path) -> None:
    first = stored_password(tmp_path / "home")
    assert stored_password(tmp_path / "home") == first
    assert stored_password(tmp_path / "other") != first
    (kept,) = (tmp_path / "home").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
