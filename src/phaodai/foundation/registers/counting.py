"""How many rows a wish leaves: the total of a list and the number on each chip, asked as rarely and as shortly as may be."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from phaodai.foundation.registers.declaration import Filter, Register
from phaodai.foundation.registers.listing import Page, Wish, matching
from phaodai.foundation.scope import Actor

# Beyond this a count is said as "more than": counting every row of a province on each keystroke helps nobody.
COUNTED_AT_MOST = 10_000

Counts = dict[tuple[str, str], int | None]


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
            self.known[_key(wish)] = _counted(matching(self.register, wish, self.actor, self.moment))
        return self.known[_key(wish)]

    def chips(self, wish: Wish) -> Counts:
        """For each chip, how many rows it would leave, given the search and the other filters."""
        counts: Counts = {}
        for one in self.register.filters:
            others = replace(wish, filters={name: value for name, value in wish.filters.items() if name != one.name})
            told = self._of_filter(one, others)
            counts |= {(one.name, value): told.get(value) for value, _label in one.choices(self.actor)}
        return counts

    def _of_filter(self, one: Filter, others: Wish) -> dict[str, int]:
        """Of few rows, all values together. Of many, each value along its index; a word that so many rows hold has none,
        and its chips go without numbers."""
        total = self.total(others)
        if total == 0:
            return {value: 0 for value, _label in one.choices(self.actor)}
        rows = matching(self.register, others, self.actor, self.moment)
        if total <= COUNTED_AT_MOST:
            return one.counts(rows, self.actor, self.moment)
        if others.search:
            return {}
        values = [value for value, _label in one.choices(self.actor)]
        return {value: _counted(one.narrow(rows, value, self.actor, self.moment)) for value in values}


def _key(wish: Wish) -> tuple[str, frozenset[tuple[str, str]]]:
    return wish.search, frozenset(wish.filters.items())


def _counted(rows: QuerySet[Any]) -> int:
    return int(rows.order_by().values("pk")[: COUNTED_AT_MOST + 1].count())
