"""Places and users, without a server."""

import os
import stat
from pathlib import Path

import pytest

from phaodai.foundation.database import DatabaseUnavailable, data_folder
from phaodai.foundation.database.folders import (
    LONGEST_SOCKET_FOLDER,
    Account,
    Folders,
    blocked_parent,
    refuse_if_foreign,
)

STRANGER = Account(uid=54321, gid=54321, name="stranger")


def test_the_data_folder_is_the_chosen_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PHAODAI_DATA", "~/somewhere")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_folder() == (tmp_path / "somewhere").resolve()
    monkeypatch.setenv("PHAODAI_DATA", "relative")
    assert data_folder() == Path.cwd().resolve() / "relative"
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.setenv("PHAODAI_DATA", str(tmp_path / "link"))
    assert data_folder() == (tmp_path / "real").resolve()


def test_the_data_folder_follows_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PHAODAI_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert data_folder() == Path("/var/lib/phaodai")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert data_folder().name == "phaodai"
    assert data_folder() != Path("/var/lib/phaodai")


@pytest.mark.parametrize(("length", "inside"), [(LONGEST_SOCKET_FOLDER, True), (LONGEST_SOCKET_FOLDER + 1, False)])
def test_the_socket_folder_never_outgrows_a_socket_address(length: int, *, inside: bool) -> None:
    home = Path("/" + "x" * (length - len("//postgres/run")))
    socket = Folders(home).socket(STRANGER)
    assert (socket == home / "postgres" / "run") is inside
    assert len(os.fsencode(socket / ".s.PGSQL.5432.lock")) < 104


@pytest.mark.parametrize("awkward", ["a,b", "a'b", 'a"b', "a\\b"])
def test_awkward_signs_stay_out_of_hosts(awkward: str) -> None:
    assert not set(str(Folders(Path("/") / awkward).socket(STRANGER))) & set(",'\"\\")


def test_two_data_folders_have_two_sockets() -> None:
    homes = [Path("/" + name * 100) for name in "ab"]
    assert len({Folders(home).socket(STRANGER) for home in homes}) == 2


def test_the_first_folder_that_bars_the_way_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IXOTH)
    barred = tmp_path / "barred"
    (barred / "inner").mkdir(parents=True)
    barred.chmod(0o700)
    assert blocked_parent(barred / "inner", STRANGER) == barred
    barred.chmod(0o701)
    (barred / "inner").chmod(0o701)
    assert blocked_parent(barred / "inner", STRANGER) is None
    owner = Account(os.geteuid(), os.getegid(), "me")
    barred.chmod(0o077)
    assert blocked_parent(barred / "inner", owner) == barred
    barred.chmod(0o700)


def test_a_link_in_the_place_of_the_socket_folder_is_refused(tmp_path: Path) -> None:
    me = Account(os.geteuid(), os.getegid(), "me")
    refuse_if_foreign(tmp_path / "none", me)
    refuse_if_foreign(tmp_path, me)
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(DatabaseUnavailable, match="in the way"):
        refuse_if_foreign(tmp_path / "link", me)
