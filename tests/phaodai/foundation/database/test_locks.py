"""Locks that end with their holder."""

from pathlib import Path

import pytest

from phaodai.foundation.database import DatabaseUnavailable
from phaodai.foundation.database.locks import FileLock, is_held, locked


def test_users_share_and_the_supervisor_is_alone(tmp_path: Path) -> None:
    first, second, supervisor = (FileLock(tmp_path / "lock") for _ in range(3))
    assert first.try_lock(shared=True)
    assert second.try_lock(shared=True)
    assert not supervisor.try_lock()
    first.close()
    assert not supervisor.try_lock()
    second.close()
    assert supervisor.try_lock()
    assert is_held(tmp_path / "lock")
    supervisor.close()
    assert not is_held(tmp_path / "lock")


def test_nobody_holds_a_lock_that_was_never_made(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_waiting_ends_with_a_word(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "lock", seconds=1),
        pytest.raises(DatabaseUnavailable, match="stayed locked"),
        locked(tmp_path / "lock", seconds=0),
    ):
        pytest.fail("two held it")


def test_a_lock_in_no_folder_is_explained(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="cannot open"):
        FileLock(tmp_path / "none" / "lock")
