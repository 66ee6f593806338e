"""File locks that the kernel lets go of when their holder dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from phaodai.foundation.database.errors import DatabaseUnavailable

POLL_SECONDS = 0.02


class FileLock:
    """An flock on a file. Counting users by such locks needs no process numbers, which get recycled."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as problem:
            raise DatabaseUnavailable(f"cannot open {path}: {problem.strerror}; is it another user's?") from None

    def try_lock(self, *, shared: bool = False) -> bool:
        try:
            fcntl.flock(self._descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as problem:
            raise DatabaseUnavailable(
                f"cannot lock {self.path}: {problem.strerror}; choose a folder on a local disk with PHAODAI_DATA"
            ) from None
        return True

    def lock(self, *, seconds: float, shared: bool = False) -> None:
        """Wait for the lock; DatabaseUnavailable after `seconds`."""
        deadline = time.monotonic() + seconds
        while not self.try_lock(shared=shared):
            if time.monotonic() > deadline:
                raise DatabaseUnavailable(f"{self.path} stayed locked for {seconds:.0f} seconds; try `phaodai stop`")
            time.sleep(POLL_SECONDS)

    def unlock(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._descriptor)

    def write(self, text: str) -> None:
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text.encode(), 0)


@contextmanager
def locked(path: Path, *, seconds: float) -> Iterator[None]:
    lock = FileLock(path)
    try:
        lock.lock(seconds=seconds)
        yield
    finally:
        lock.close()


def is_held(path: Path) -> bool:
    """Whether some process holds the lock exclusively. Two who ask at once do not mistake each other for the holder."""
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        return not lock.try_lock(shared=True)
    finally:
        lock.close()
