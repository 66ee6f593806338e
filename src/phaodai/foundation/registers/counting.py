"""How many rows a wish leaves: the total of a list and the number on each chip, asked as rarely and as shortly as may be."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from phaodai.foundation.registers.declaration import Filter, Register
from phaodai.foundation.registers.listing import Page, Wish, matching
from phaodai.foundation.scope import Actor

# Beyond this a count is said as "more than": counting every row of a province on each keystroke helps nobody.
COUNTED_AT_MOST = 10_000
# In a list that is longer, each chip is counted by itself, two dozen of them for one page.
COUNTED_ALONE = 1_000


class Count(NamedTuple):
    """How many rows a chip leaves; more than `many` where not all were counted."""

    many: int
    more: bool = False


Counts = dict[tuple[str, str], Count | None]


@dataclass
class Counting:
    """What is counted for one page: each total once, whichever part of the page asks."""

    register: Register
    actor: Actor
    moment: datetime
    known: dict[tuple[str, frozenset[tuple[str, str]]], int] = field(default_factory=dict)

    def know(self, wish: Wish, found: Page) -> None:
        """Take the total from a list that is on one page: there is nothing to count."""
        if found.number == 1 and not found.more and not wish.after:
            self.known[_key(wish)] = len(found.rows)

    def total(self, wish: Wish) -> int:
        """How many rows fit, up to `COUNTED_AT_MOST` + 1."""
        if _key(wish) not in self.known:
            rows = matching(self.register, wish, self.actor, self.moment)
            self.known[_key(wish)] = _counted(rows, COUNTED_AT_MOST)
        return self.known[_key(wish)]

    def chips(self, wish: Wish) -> Counts:
        """For each chip, how many rows it would leave, given the search and the other filters."""
        counts: Counts = {}
        for one in self.register.filters:
            others = replace(wish, filters={name: value for name, value in wish.filters.items() if name != one.name})
            values = [value for value, _label in one.choices(self.actor)]
            told = self._of_filter(one, values, others)
            counts |= {(one.name, value): told.get(value) for value in values}
        return counts

    def _of_filter(self, one: Filter, values: Sequence[str], others: Wish) -> dict[str, Count]:
        """Of few rows, all values together. Of many, each value along its index; a word that so many rows hold has none,
        and its chips go without numbers."""
        total = self.total(others)
        if total == 0:
            return dict.fromkeys(values, Count(0))
        rows = matching(self.register, others, self.actor, self.moment)
        if total <= COUNTED_AT_MOST:
            return {value: Count(many) for value, many in one.counts(rows, self.actor, self.moment).items()}
        if others.search:
            return {}
        return {value: _alone(one.narrow(rows, value, self.actor, self.moment)) for value in values}


def _key(wish: Wish) -> tuple[str, frozenset[tuple[str, str]]]:
    return wish.search, frozenset(wish.filters.items())


def _alone(rows: QuerySet[Any]) -> Count:
    many = _counted(rows, COUNTED_ALONE)
    return Count(min(many, COUNTED_ALONE), many > COUNTED_ALONE)


def _counted(rows: QuerySet[Any], at_most: int) -> int:
    return int(rows.order_by().values("pk")[: at_most + 1].count())
