"""Who lives under one roof, and which records are of one person: kept in the process and on disk, beside what changed since."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from epidemic.tracing import Rosters, Via
from epidemic.tracing.arrays import ArraysError, map_arrays, write_arrays
from phaodai.surveillance.tracing.days import folder_of

_FILE = "roofs.arrays"
_FIELDS = ("group_pointers", "groups", "member_pointers", "members", "place")
_COPY = """copy (select person_id::int, household_id::int from surveillance_roofs({0})) to stdout (format binary)"""
_HEADER, _TRAILER = 19, 2
_RECORD = np.dtype([("fields", ">i2"), ("one", ">i4"), ("person", ">i4"), ("two", ">i4"), ("household", ">i4")])
# Beyond so many changes the whole is read again: one or two seconds for 1.8 million people.
MOST_CHANGES = 20_000
Pairs = list[tuple[int, int | None]]


class Mark(NamedTuple):
    """Grows with every person added and every person changed."""

    newest: int
    changes: int


@dataclass(frozen=True)
class Roofs:
    """Households as they stood at a mark: `base` as of an earlier one, `newcomers` what was added since."""

    base_mark: Mark
    mark: Mark
    base: Rosters
    newcomers: Rosters
    aliases: dict[int, int]

    @property
    def rosters(self) -> tuple[Rosters, ...]:
        """What the index asks."""
        return (self.base, self.newcomers) if len(self.newcomers.members) else (self.base,)

    def records_of(self, person: int) -> list[int]:
        """A person's record and those that were merged into it."""
        return [person, *(record for record, kept in self.aliases.items() if kept == person)]

    def kept_records(self, persons: NDArray[np.int32]) -> NDArray[np.int32]:
        """The record that was kept of each."""
        if not self.aliases:
            return persons
        return np.array([self.aliases.get(person, person) for person in persons.tolist()], np.int32)


_lock = Lock()
_kept: dict[tuple[str, int], Roofs] = {}


def roofs_of(province_id: int) -> Roofs:
    """The households of a province as they stand now."""
    key = (str(connection.settings_dict["NAME"]), province_id)
    mark = Mark(*_rows("select * from surveillance_roofs_mark(%s)", province_id)[0])
    kept = _kept.get(key)
    if kept is None or kept.mark != mark:
        kept = _brought_up(province_id, kept or _stored(province_id), mark)
        with _lock:
            _kept[key] = kept
    return kept


def _brought_up(province_id: int, kept: Roofs | None, mark: Mark) -> Roofs:
    """What changed since is laid over the base; where somebody moved, all is read again."""
    if kept is None or kept.base_mark.newest > mark.newest or kept.base_mark.changes > mark.changes:
        return _read(province_id, mark)
    changed: Pairs = _rows("select * from surveillance_roofs_changed(%s, %s, %s)", province_id, *kept.base_mark)
    before = {person: _roof_in(kept.base, person) for person, _household in changed}
    moved = any(before[person] not in (None, household) for person, household in changed)
    if moved or len(changed) > MOST_CHANGES:
        return _read(province_id, mark)
    new = [household for person, household in changed if before[person] is None and household is not None]
    return Roofs(kept.base_mark, mark, kept.base, _under(province_id, new), _aliases(province_id))


def _roof_in(base: Rosters, person: int) -> int | None:
    if person >= len(base.group_pointers) - 1:
        return None
    first, last = base.group_pointers[person : person + 2]
    return int(base.groups[first]) if last > first else None


def _under(province_id: int, households: list[int]) -> Rosters:
    """Everybody under the roofs of newcomers."""
    rows = _rows("select * from surveillance_under_roofs(%s, %s)", province_id, households) if households else []
    members = np.array(rows, np.int64).reshape(-1, 2)
    groups = np.unique(members[:, 1], return_inverse=True)[1].reshape(-1)
    return Rosters.of(Via.HOUSEHOLD, person=members[:, 0], group=groups)


def _aliases(province_id: int) -> dict[int, int]:
    """Each merged record with the one that was kept, however many mergers lie between them."""
    into: dict[int, int] = dict(_rows("select * from surveillance_aliases(%s)", province_id))
    while further := {record: into[kept] for record, kept in into.items() if kept in into}:
        into |= further
    return into


def _read(province_id: int, mark: Mark) -> Roofs:
    """Everything anew, by COPY in its binary form."""
    with connection.cursor() as cursor, cursor.copy(_COPY.format(int(province_id))) as copy:
        whole = b"".join(copy)
    rows = np.frombuffer(whole[_HEADER:-_TRAILER], _RECORD)
    base = Rosters.of(Via.HOUSEHOLD, person=rows["person"].astype(np.int64), group=rows["household"].astype(np.int64))
    write_arrays(_path(province_id), mark._asdict(), {name: getattr(base, name) for name in _FIELDS})
    return Roofs(mark, mark, base, _under(province_id, []), _aliases(province_id))


def _stored(province_id: int) -> Roofs | None:
    """What another process has left on the disk."""
    try:
        facts, arrays = map_arrays(_path(province_id))
    except (FileNotFoundError, ArraysError):
        return None
    mark = Mark(**facts)
    base = Rosters(Via.HOUSEHOLD, *(arrays[name] for name in _FIELDS))
    return Roofs(mark, mark, base, _under(province_id, []), {})


def _path(province_id: int) -> Path:
    folder = folder_of(province_id)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / _FILE


def _rows(statement: str, *values: int | list[int]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Any] = cursor.fetchall()
    return found
