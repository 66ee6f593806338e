"""The segments of a province on disk, one file a day: derived from blocks, deleted and rebuilt at any time."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from numpy.typing import NDArray

from epidemic.tracing.arrays import PART, ArraysError, map_arrays, write_arrays
from epidemic.tracing.segments import Side, VisitSegment, build_segment
from epidemic.tracing.visits import Visits

if sys.platform != "win32":
    import fcntl

_SUFFIX = ".visits"
_SIDES = ("place", "person")
_FIELDS = ("pointers", "other", "start", "duration", "longest")


class SegmentCache:
    """A folder of segments, shared by any number of processes.

    A file appears whole or not at all, whenever its writer is killed; who has it mapped keeps what it was. A file that is
    damaged, of another version, or made from other visits is made again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._sweep()

    def segment(
        self, day: int, fingerprint: str, visits: Callable[[], Visits], *, persons: int, places: int
    ) -> VisitSegment:
        """The segment of a day, built where it is missing.

        Parameters
        ----------
        day
            Days since 1970-01-01.
        fingerprint
            Whatever changes when the day's visits do: a checksum or version of its blocks.
        visits
            Gives the day's visits when they are needed.
        persons, places
            How many identifiers there are.
        """
        found = self.stored(day, fingerprint)
        if found is None:
            self.store(day, fingerprint, build_segment(visits(), persons=persons, places=places))
            found = self.stored(day, fingerprint)
        if found is None:
            raise ArraysError(f"day {day} was replaced by another process while it was built: ask again")
        return found

    def stored(self, day: int, fingerprint: str, *, verify: bool = False) -> VisitSegment | None:
        """The segment of a day where it is there, whole, and made from these visits."""
        try:
            facts, arrays = map_arrays(self._path(day), verify=verify)
        except (FileNotFoundError, ArraysError):
            return None
        return _segment(facts, arrays) if facts["fingerprint"] == fingerprint else None

    def store(self, day: int, fingerprint: str, segment: VisitSegment) -> None:
        """Put a segment in the place of what was there of its day."""
        arrays = {f"{name}_{field}": getattr(side, field) for name, side, field in _fields(segment)}
        facts = {"fingerprint": fingerprint, "origin": segment.origin}
        with self._writing():
            write_arrays(self._path(day), facts, arrays)

    def days(self) -> list[int]:
        """Days that are there, ascending."""
        return sorted(int(path.stem) for path in self.folder.glob(f"*{_SUFFIX}"))

    def drop_before(self, day: int) -> None:
        """Delete what is older than a day: visits outlive their retention nowhere, not even here."""
        for old in self.days():
            if old < day:
                self._path(old).unlink(missing_ok=True)

    def _path(self, day: int) -> Path:
        return self.folder / f"{day}{_SUFFIX}"

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with (self.folder / "lock").open("a") as lock:
            _locked(lock, alone=False)
            yield

    def _sweep(self) -> None:
        """Delete what killed writers left; nobody writes while the lock is had alone."""
        with (self.folder / "lock").open("a") as lock:
            if not _locked(lock, alone=True):
                return
            for part in self.folder.glob(f".*{PART}"):
                part.unlink(missing_ok=True)


def _locked(lock: IO[str], *, alone: bool) -> bool:
    """Hold a lock until the file is closed, shared or, where nobody else holds it, alone; whether it was had."""
    if sys.platform == "win32":  # without such locks nothing is swept there
        return not alone
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
    except BlockingIOError:
        return False
    return True


def _fields(segment: VisitSegment) -> Iterator[tuple[str, Side, str]]:
    for name, side in zip(_SIDES, (segment.by_place, segment.by_person), strict=True):
        for field in _FIELDS:
            yield name, side, field


def _segment(facts: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> VisitSegment:
    sides = (Side(*(arrays[f"{name}_{field}"] for field in _FIELDS)) for name in _SIDES)
    return VisitSegment(facts["origin"], *sides)
