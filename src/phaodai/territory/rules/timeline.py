"""Lists laid side by side in time: which rows they make, and how those meet the rows that are there already.

A list states every unit in force from its day until the next known list. A row of the timeline is a run of lists that
say the same of a unit: name, type and everything above it. The rows that are stored and the days of the lists say all
that the lists said, so a list can be added before, between or after the others and gives what loading them in order
would have given.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from phaodai.foundation.formats import fold
from phaodai.territory.rules.names import bare
from phaodai.territory.rules.units import Entry, Key


@dataclass(frozen=True, slots=True)
class Standing:
    """What makes a unit the same from one list to the next."""

    code: str
    name: str
    type: str
    parent: "Standing | None"
    parent_tier: int = 0


State = Mapping[Key, Standing]


@dataclass(frozen=True, slots=True)
class Row:
    """A stored row: in force from `since` until the day before `until` (None: still)."""

    id: int
    key: Key
    name: str
    type: str
    parent_id: int | None
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Run:
    """A row as the lists want it."""

    key: Key
    standing: Standing
    since: date
    until: date | None

    @property
    def parent_key(self) -> Key | None:
        """Tier and code of the unit above."""
        above = self.standing.parent
        return (self.standing.parent_tier, above.code) if above else None


@dataclass(frozen=True)
class Plan:
    """How stored rows become the runs: each run has the stored row it takes over or None; `dropped` rows have no run.

    `twins` gives, for a run that takes no row, a stored row that said the same (a row that a list cut in two).
    """

    taken: dict[Run, Row | None]
    twins: dict[Run, Row]
    dropped: tuple[Row, ...]


def state_of(entries: Iterable[Entry]) -> dict[Key, Standing]:
    """The standing of each unit of one checked list."""
    by_key = {entry.key: entry for entry in entries}
    state: dict[Key, Standing] = {}

    def stand(key: Key) -> Standing:
        if key not in state:
            entry = by_key[key]
            above = stand(entry.parent) if entry.parent else None
            state[key] = Standing(entry.code, entry.name, entry.type, above, entry.parent[0] if entry.parent else 0)
        return state[key]

    for key in by_key:
        stand(key)
    return state


def standings(rows: Iterable[Row]) -> dict[int, Standing]:
    """The standing of each stored row by its id."""
    by_id = {row.id: row for row in rows}
    found: dict[int, Standing] = {}

    def stand(row: Row) -> Standing:
        if row.id not in found:
            above = by_id[row.parent_id] if row.parent_id is not None else None
            found[row.id] = Standing(
                row.key[1], row.name, row.type, stand(above) if above else None, above.key[0] if above else 0
            )
        return found[row.id]

    for row in by_id.values():
        stand(row)
    return found


def states(rows: Sequence[Row], days: Iterable[date]) -> dict[date, State]:
    """What each known list said, read back from the stored rows."""
    said = standings(rows)
    return {
        day: {row.key: said[row.id] for row in rows if row.since <= day and (row.until is None or day < row.until)}
        for day in days
    }


def runs(lists: Mapping[date, State]) -> list[Run]:
    """The rows that the lists make together, parents before children."""
    days = sorted(lists)
    keys = sorted({key for state in lists.values() for key in state})
    return [run for key in keys for run in _runs_of(key, days, [lists[day].get(key) for day in days])]


def _runs_of(key: Key, days: Sequence[date], said: Sequence[Standing | None]) -> Iterator[Run]:
    start = 0
    for place in range(1, len(days) + 1):
        if place < len(days) and said[place] == said[start]:
            continue
        if (standing := said[start]) is not None:
            yield Run(key, standing, days[start], days[place] if place < len(days) else None)
        start = place


def match(rows: Sequence[Row], wanted: Sequence[Run]) -> Plan:
    """Give each run the earliest stored row that says the same in the same time, else the row that it corrects.

    A row is corrected (keeps its id, changes its name) when a list of the same day replaces the one that opened it.
    """
    said = standings(rows)
    stored: dict[Key, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.since):
        stored[row.key].append(row)
    taken: dict[Run, Row] = {}
    twins: dict[Run, Row] = {}
    used: set[int] = set()
    for run in wanted:
        alike = [row for row in stored[run.key] if said[row.id] == run.standing and _overlap(row, run)]
        if alike:
            (twins if alike[0].id in used else taken)[run] = alike[0]
            used.add(alike[0].id)
    for run in wanted:
        for row in stored[run.key] if run not in taken and run not in twins else ():
            if row.id not in used and (row.since, row.until) == (run.since, run.until):
                taken[run] = row
                used.add(row.id)
    return Plan({run: taken.get(run) for run in wanted}, twins, tuple(row for row in rows if row.id not in used))


def _overlap(row: Row, run: Run) -> bool:
    return (row.until is None or run.since < row.until) and (run.until is None or row.since < run.until)


def parent_of(run: Run, by_key: Mapping[Key, Sequence[Run]]) -> Run | None:
    """The run above this one: its parent's that began last before it did."""
    if run.parent_key is None:
        return None
    above = by_key[run.parent_key]
    return above[bisect_right([one.since for one in above], run.since) - 1]


def continuations(wanted: Sequence[Run]) -> Iterator[tuple[Run, Run, str]]:
    """Runs that go on under the same tier and code the day another ends, with how sure that is.

    A code stays with the unit that keeps the seat of the old one (Decision 124/2004/QĐ-TTg, art. 1), so the old unit
    went at least in part into the new; where the name is the same too, as a whole.
    """
    for old, new in pairwise(wanted):
        if old.key == new.key and old.until == new.since:
            yield old, new, "full" if _plain(old) == _plain(new) else "partial"


def _plain(run: Run) -> str:
    return fold(bare(run.standing.name, run.standing.type))
