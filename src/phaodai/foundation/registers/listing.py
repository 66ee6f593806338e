"""From an address to rows: search, chips, order and page of a register, without a word of HTML."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from phaodai.foundation.asked import whole
from phaodai.foundation.formats import fold
from phaodai.foundation.registers.declaration import Column, Register
from phaodai.foundation.registers.finding import COUNTED_AT_MOST, holding, keys_of, part_of
from phaodai.foundation.scope import Actor

# Where more rows than this are counted off before a page, they are passed by their keys, without what the columns join.
PASSED_WHOLE = 500


@dataclass(frozen=True)
class Wish:
    """What an address asks of a register."""

    search: str
    filters: dict[str, str]
    order: str
    page: int
    after: int = 0
    """The row before the page, by its id; 0 where the page is found by its number."""
    before: int = 0
    """The row behind the page, where somebody goes back."""


@dataclass(frozen=True)
class Page:
    """One page of rows."""

    rows: list[Any]
    number: int
    more: bool
    hits: list[int] | None = None
    """The keys of all rows that hold the words looked for, up to one more than are counted."""


def wish_of(register: Register, query: QueryDict) -> Wish:
    """Read `?q=…&<filter>=…&xep=…&trang=…&sau=…`; what is not understood is left out, never an error."""
    filters = {f.name: str(query[f.name]) for f in register.filters if query.get(f.name)}
    page = whole(query.get("trang"), 1)
    return Wish(
        query.get("q", "").strip(),
        filters,
        query.get("xep", ""),
        page if 0 < page < 10**6 else 1,
        whole(query.get("sau")),
        whole(query.get("truoc")),
    )


def matching(register: Register, wish: Wish, actor: Actor, moment: datetime) -> QuerySet[Any]:
    """Every row that fits the wish and that the officer may see, unordered."""
    return holding(narrowed(register, wish, actor, moment), register.search_field, words_of(wish))


def words_of(wish: Wish) -> list[str]:
    """The words that are looked for, as they are kept."""
    return fold(wish.search).split()


def narrowed(register: Register, wish: Wish, actor: Actor, moment: datetime) -> QuerySet[Any]:
    """Every row that fits the filters, whatever words it holds."""
    rows = register.listed(actor)
    for one in register.filters:
        if one.name in wish.filters:
            rows = one.narrow(rows, wish.filters[one.name], actor, moment)
    return rows


def ordered(register: Register, rows: QuerySet[Any], order: str) -> QuerySet[Any]:
    """Rows in the asked order; the primary key breaks ties, so that no row is on two pages."""
    return rows.order_by(*_order(register, order))


def _order(register: Register, order: str) -> list[str]:
    column = register.column(order.removeprefix("-"))
    names = list(column.order) if column and column.order else list(register.order)
    if column and column.order and order.startswith("-"):
        names = [_turned(name) for name in names]
    if names[-1].removeprefix("-") in ("id", "pk"):
        return names
    return [*names, "-pk" if names[-1].startswith("-") else "pk"]


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def page_of(register: Register, wish: Wish, actor: Actor, moment: datetime) -> Page:
    """The asked page. One row more than a page is read, to know whether there is another, instead of counting.

    A page that says which row it follows, or goes before, is read from there on, however deep it lies; else rows are
    counted off, which takes the longer the deeper it is.
    """
    rows, names, size = narrowed(register, wish, actor, moment), _order(register, wish.order), register.page_size
    reading = _Reading(register, actor, words_of(wish))
    if wish.after and (following := _beyond(register, actor, names, wish.after)) is not None:
        found, _hits = reading.part(rows.filter(following), names, slice(0, size + 1))
        return Page(found[:size], wish.page, len(found) > size)
    turned = [_turned(name) for name in names]
    if wish.before and (preceding := _beyond(register, actor, turned, wish.before)) is not None:
        found, _hits = reading.part(rows.filter(preceding), turned, slice(0, size))
        return Page(found[::-1], wish.page, more=True)
    start = (wish.page - 1) * size
    found, hits = reading.part(rows, names, slice(start, start + size + 1))
    return Page(found[:size], wish.page, len(found) > size, hits)


@dataclass(frozen=True)
class _Reading:
    """Rows of a register, those alone that hold the words if there are any."""

    register: Register
    actor: Actor
    words: list[str]

    def part(self, rows: QuerySet[Any], names: list[str], part: slice) -> tuple[list[Any], list[int] | None]:
        """A part of the rows in an order; and where words are looked for, the keys of all of them, unless they are too many."""
        if self.words:
            field = self.register.search_field
            hits = keys_of(holding(rows, field, self.words), names)
            few = len(hits) <= COUNTED_AT_MOST
            return self._kept(hits[part] if few else part_of(rows, field, self.words, names, part)), hits
        if part.start < PASSED_WHOLE:
            return list(rows.order_by(*names)[part]), None
        return self._kept(list(rows.order_by(*names).values_list("pk", flat=True)[part])), None

    def _kept(self, keys: list[int]) -> list[Any]:
        kept = self.register.listed(self.actor).in_bulk(keys)
        return [kept[key] for key in keys]


def can_go_on(register: Register, order: str) -> bool:
    """Whether a row of this order says where the next page begins."""
    return _are_filled(register, _order(register, order))


def _are_filled(register: Register, names: list[str]) -> bool:
    """Whether an order is by fields of the record itself that are never empty."""
    filled = {"pk"} | {one.name for one in register.model._meta.concrete_fields if not one.null}
    return {name.removeprefix("-") for name in names} <= filled


def _beyond(register: Register, actor: Actor, names: list[str], pk: int) -> Q | None:
    """The condition of rows that come after a row in an order; None where that cannot be said."""
    if not _are_filled(register, names):
        return None
    plain = [name.removeprefix("-") for name in names]
    values = register.listed(actor).filter(pk=pk).values_list(*plain).first()
    if values is None:
        return None
    beyond = Q()
    for place, name in enumerate(names):
        same = dict(zip(plain[:place], values[:place], strict=True))
        beyond |= Q(**same) & Q(**{f"{plain[place]}__{'lt' if name.startswith('-') else 'gt'}": values[place]})
    # What the other conditions imply, said alone, is what lets the index begin at the row.
    return Q(**{f"{plain[0]}__{'lte' if names[0].startswith('-') else 'gte'}": values[0]}) & beyond


def sortable(column: Column) -> bool:
    """Whether the head of the column can be clicked."""
    return bool(column.order)
