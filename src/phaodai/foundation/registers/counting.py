"""How many rows a wish leaves: the total of a list and the number on each chip, asked as rarely and as shortly as may be."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from phaodai.foundation.registers.declaration import Filter, Register
from phaodai.foundation.registers.finding import COUNTED_AT_MOST, keys_of
from phaodai.foundation.registers.listing import Page, Wish, matching, words_of
from phaodai.foundation.scope import Actor

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
    known: dict["_Key", int] = field(default_factory=dict)
    hits: dict["_Key", list[int]] = field(default_factory=dict)
    """The rows that hold the words looked for: found once, for the page and for every chip."""

    def know(self, wish: Wish, found: Page) -> None:
        """Take what finding the page told, or that it is the only one: there is nothing to count."""
        if found.hits is not None:
            self.hits[_key(wish)] = found.hits
        elif found.number == 1 and not found.more and not wish.after:
            self.known[_key(wish)] = len(found.rows)

    def total(self, wish: Wish) -> int:
        """How many rows fit, up to `COUNTED_AT_MOST` + 1."""
        key = _key(wish)
        if key not in self.known:
            searched = bool(words_of(wish))
            self.known[key] = len(self._found(wish)) if searched else _counted(self._matching(wish), COUNTED_AT_MOST)
        return self.known[key]

    def _found(self, wish: Wish) -> list[int]:
        key = _key(wish)
        if key not in self.hits:
            self.hits[key] = keys_of(self._matching(wish))
        return self.hits[key]

    def _matching(self, wish: Wish) -> QuerySet[Any]:
        return matching(self.register, wish, self.actor, self.moment)

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
        if total <= COUNTED_AT_MOST:
            return {
                value: Count(many) for value, many in one.counts(self._few(others), self.actor, self.moment).items()
            }
        if others.search:
            return {}
        rows = self._matching(others)
        return {value: _alone(one.narrow(rows, value, self.actor, self.moment)) for value in values}

    def _few(self, wish: Wish) -> QuerySet[Any]:
        """The rows that fit, by their keys where words found them."""
        if words_of(wish):
            return self.register.listed(self.actor).filter(pk__among=self._found(wish))
        return self._matching(wish)


_Key = tuple[str, frozenset[tuple[str, str]]]


def _key(wish: Wish) -> _Key:
    return wish.search, frozenset(wish.filters.items())


def _alone(rows: QuerySet[Any]) -> Count:
    many = _counted(rows, COUNTED_ALONE)
    return Count(min(many, COUNTED_ALONE), many > COUNTED_ALONE)


def _counted(rows: QuerySet[Any], at_most: int) -> int:
    return int(rows.order_by().values("pk")[: at_most + 1].count())
