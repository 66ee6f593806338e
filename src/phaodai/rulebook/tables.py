"""The decision-table engine: the rows in force on one day, asked in order for many cases; the first that holds decides."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from phaodai.rulebook.facts import Columns, Mask
from phaodai.rulebook.provisions import CONFIDENCES, Provision
from phaodai.rulebook.words import Words

# Where no row of a table decides a case.
NO_ROW = -1  # rows are in force, none speaks of this case
MISSING = -2  # a fact that the row needs was not given
NOT_ASKED = -3  # the rule did not need this table for this case

Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """What a pack may put in one table.

    fields: names that `then` must carry, with `optional` ones beside them; both empty where `then` is a single value.
    bands: the number whose intervals must cover everything from `bands_from` on, without overlap, on every day.
    low, high: the least and the greatest number that a single value may be.
    by: the term that names separate regulations within the table (a policy, a scheme), each with its own time in force.
    rule: the rule that asks it; "" for a plain value.
    """

    name: str
    title: Words
    rule: str = ""
    unit: str = ""
    fields: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    bands: str = ""
    bands_from: float = 0.0
    low: float = -math.inf
    high: float = math.inf
    by: str = ""


@dataclass(frozen=True)
class Row:
    """A provision in force, with those of the same row that it beats that day, and its own last day."""

    provision: Provision
    losers: tuple[Provision, ...]
    last_day: dt.date | None


@dataclass(frozen=True)
class Table:
    """The rows of one table on one day, in the order in which they are asked."""

    spec: TableSpec
    rows: tuple[Row, ...]

    @cached_property
    def doubt(self) -> NDArray[np.int64]:
        """Per row, the place of its confidence letter in `CONFIDENCES`."""
        return np.array([CONFIDENCES.index(row.provision.confidence) for row in self.rows], dtype=np.int64)

    @cached_property
    def verified(self) -> Mask:
        return np.array([row.provision.verified for row in self.rows], dtype=np.bool_)

    def first_hits(self, columns: Columns, where: Mask) -> Positions:
        """Per case of `where`, the position of the first row that holds, or NO_ROW or MISSING; elsewhere NOT_ASKED."""
        hits = np.where(where, NO_ROW, NOT_ASKED)
        open_cases = where.copy()
        for position, row in enumerate(self.rows):
            truth = row.provision.when.test(columns)
            hits[open_cases & truth.holds] = position
            hits[open_cases & truth.unknown] = MISSING
            open_cases &= ~(truth.holds | truth.unknown)
            if not open_cases.any():
                break
        return hits


@dataclass(frozen=True)
class Answer:
    """What a table said of each case: the position of the row that decided, and its values."""

    table: Table
    hits: Positions

    def reached(self, place: int) -> Mask:
        """The cases for which the row at `place` was tested."""
        return np.asarray((self.hits >= place) | (self.hits == NO_ROW) | (self.hits == MISSING))

    @property
    def found(self) -> Mask:
        return np.asarray(self.hits >= 0)

    @cached_property
    def settled(self) -> Mask:
        """Where a verified row decided."""
        return np.asarray(self.found & np.append(self.table.verified, False)[self._gather])

    @property
    def _gather(self) -> Positions:
        return np.where(self.hits >= 0, self.hits, len(self.table.rows))

    def numbers(self, field: str = "", default: float = np.nan) -> NDArray[np.float64]:
        """One numeric field of `then` (all of it with no name); `default` where no row decided or the row is silent."""
        values = [default if value is None else float(value) for value in self._per_row(field)]
        return np.array([*values, default], dtype=np.float64)[self._gather]

    def objects(self, field: str = "") -> NDArray[Any]:
        """One field of `then` of any kind; None where no row decided or the row is silent."""
        values = np.empty(len(self.table.rows) + 1, dtype=object)
        values[:-1] = self._per_row(field)
        return np.asarray(values[self._gather])

    def words(self, field: str = "") -> NDArray[np.str_]:
        """One textual field of `then`; "" where no row decided."""
        return np.array([*("" if value is None else str(value) for value in self._per_row(field)), ""])[self._gather]

    def holds(self, field: str = "") -> Mask:
        """One yes/no field of `then`; False where no row decided."""
        return np.array([*(bool(value) for value in self._per_row(field)), False], dtype=np.bool_)[self._gather]

    def _per_row(self, field: str) -> list[Any]:
        thens = [row.provision.then for row in self.table.rows]
        return [
            then.get(field) if field and isinstance(then, Mapping) else then if not field else None for then in thens
        ]


def rows_on(day: dt.date, provisions: Iterable[Provision]) -> tuple[Row, ...]:
    """The winners of one table on one day, by priority and then in the order of the pack."""
    versions: dict[str, list[Provision]] = {}
    for provision in provisions:
        versions.setdefault(provision.row, []).append(provision)
    rows = [row for several in versions.values() if (row := _winner(day, several))]
    return tuple(sorted(rows, key=lambda row: (-row.provision.priority, row.provision.order)))


def _winner(day: dt.date, versions: list[Provision]) -> Row | None:
    current = sorted((one for one in versions if one.counts_on(day)), key=lambda one: one.precedence, reverse=True)
    if not current:
        return None
    winner, *losers = current
    return Row(winner, tuple(losers), _last_day(day, winner, versions))


def _last_day(day: dt.date, winner: Provision, versions: list[Provision]) -> dt.date | None:
    """The day before a later version takes over, if that comes before the winner's own end."""
    eve = dt.timedelta(days=1)
    ends = [one.begin - eve for one in versions if one.begin > day and one.precedence > winner.precedence]
    return min([*ends, *([winner.end] if winner.end else [])], default=None)
