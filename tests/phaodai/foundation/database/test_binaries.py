"""Which PostgreSQL is chosen, with programs that only claim to be one."""

from pathlib import Path

import pytest

from phaodai.foundation.database import DatabaseUnavailable, binaries
from phaodai.foundation.database.binaries import EXTENSIONS, find
from phaodai.foundation.database.folders import Folders


def pretend(folder: Path, version: str, *, contrib: bool = True) -> str:
    """A folder of programs; returns the pattern that finds it."""
    place = folder / version / "bin"
    place.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (place / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version} (Some 1.2)'\n")
        (place / name).chmod(0o755)
    if contrib:
        controls = folder / version / "share" / "extension"
        controls.mkdir(parents=True)
        for name in EXTENSIONS:
            (controls / f"{name}.control").touch()
    return str(folder / "*" / "bin")


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.delenv("PHAODAI_POSTGRES", raising=False)
    monkeypatch.setattr(binaries, "STANDARD_PLACES", (str(tmp_path / "*" / "bin"),))
    monkeypatch.setattr(binaries, "SHARED_FILES", ("../share",))
    monkeypatch.setattr(binaries.shutil, "which", lambda _name: None)
    return Folders(tmp_path / "home")


def made_by(folders: Folders, version: int) -> None:
    folders.cluster.mkdir(parents=True)
    (folders.cluster / "PG_VERSION").write_text(f"{version}\n")


def test_the_newest_that_fits_is_taken(folders: Folders, tmp_path: Path) -> None:
    for version in ("14.20", "15.9", "16.10", "16.9", "19.1"):
        pretend(tmp_path, version)
    pretend(tmp_path, "17.2", contrib=False)
    assert find(folders).version == "16.10"


def test_an_old_cluster_keeps_its_version(folders: Folders, tmp_path: Path) -> None:
    pretend(tmp_path, "15.9")
    pretend(tmp_path, "16.9")
    made_by(folders, 15)
    assert find(folders).version == "15.9"


def test_the_wheel_steps_in(folders: Folders) -> None:
    chosen = find(folders)
    assert chosen.from_wheel
    assert chosen.major == 18


def test_a_cluster_of_no_version_at_hand_is_explained(folders: Folders, tmp_path: Path) -> None:
    pretend(tmp_path, "15.9")
    made_by(folders, 16)
    with pytest.raises(DatabaseUnavailable, match=r"made by PostgreSQL 16 and there is only 15\.9, 18\.\d+; install"):
        find(folders)


def test_a_choice_is_kept_to(folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, "15.9")
    pretend(tmp_path, "16.9")
    monkeypatch.setenv("PHAODAI_POSTGRES", "wheel")
    assert find(folders).from_wheel
    monkeypatch.setenv("PHAODAI_POSTGRES", "system")
    assert find(folders).version == "16.9"
    monkeypatch.setenv("PHAODAI_POSTGRES", str(tmp_path / "15.9" / "bin"))
    assert find(folders).version == "15.9"
    monkeypatch.setenv("PHAODAI_POSTGRES", str(tmp_path / "nowhere"))
    with pytest.raises(DatabaseUnavailable, match="nowhere names none"):
        find(folders)


def test_a_machine_without_any_is_told_what_to_install(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "find_spec", lambda _name: None)
    with pytest.raises(DatabaseUnavailable, match="install postgresql and postgresql-contrib"):
        find(folders)
