"""The supervisor's small duties, without a server."""

from pathlib import Path

from phaodai.foundation.database.folders import Folders
from phaodai.foundation.database.supervisor import KEPT_LOGS, prune_logs


def test_only_the_newest_logs_are_kept(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.log.mkdir(parents=True)
    names = [f"postgres-202111{day:02}-064000.log" for day in range(1, KEPT_LOGS + 4)]
    for name in reversed(names):
        (folders.log / name).touch()
    prune_logs(folders)
    assert sorted(path.name for path in folders.log.iterdir()) == names[-KEPT_LOGS:]
    prune_logs(folders)
    assert len(list(folders.log.iterdir())) == KEPT_LOGS
