"""From an address to rows: search, chips, order and page of a register, without a word of HTML."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from phaodai.foundation.asked import whole
from phaodai.foundation.formats import fold
from phaodai.foundation.registers.declaration import Column, Register
from phaodai.foundation.scope import Actor

# Beyond this a count is said as "more than": counting every row of a province on each keystroke helps nobody.
COUNTED_AT_MOST = 10_000


@dataclass(frozen=True)
class Wish:
    """What an address asks of a register."""

    search: str
    filters: dict[str, str]
    order: str
    page: int


@dataclass(frozen=True)
class Page:
    """One page of rows."""

    rows: list[Any]
    number: int
    more: bool


def wish_of(register: Register, query: QueryDict) -> Wish:
    """Read `?q=…&<filter>=…&xep=…&trang=…`; what is not understood is left out, never an error."""
    filters = {f.name: str(query[f.name]) for f in register.filters if query.get(f.name)}
    page = whole(query.get("trang"), 1)
    return Wish(
        query.get("q", "").strip(),
        filters,
        query.get("xep", ""),
        page if 0 < page < 10**6 else 1,
    )


def matching(register: Register, wish: Wish, actor: Actor, moment: datetime) -> QuerySet[Any]:
    """Every row that fits the wish and that the officer may see, unordered."""
    rows = register.rows(actor)
    for word in fold(wish.search).split():
        rows = rows.filter(**{f"{register.search_field}__contains": word})
    for one in register.filters:
        if one.name in wish.filters:
            rows = one.narrow(rows, wish.filters[one.name], actor, moment)
    return rows


def ordered(register: Register, rows: QuerySet[Any], order: str) -> QuerySet[Any]:
    """Rows in the asked order; the primary key breaks ties, so that no row is on two pages."""
    column = register.column(order.removeprefix("-"))
    names = list(column.order) if column and column.order else list(register.order)
    if column and column.order and order.startswith("-"):
        names = [_turned(name) for name in names]
    return rows.order_by(*names, "pk")


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def page_of(register: Register, wish: Wish, actor: Actor, moment: datetime) -> Page:
    """The asked page. One row more than a page is read, to know whether there is another, instead of counting."""
    rows = ordered(register, matching(register, wish, actor, moment), wish.order)
    start = (wish.page - 1) * register.page_size
    found = list(rows[start : start + register.page_size + 1])
    return Page(found[: register.page_size], wish.page, len(found) > register.page_size)


def counted(rows: QuerySet[Any]) -> int:
    """How many rows, up to `COUNTED_AT_MOST` + 1."""
    return int(rows.order_by().values("pk")[: COUNTED_AT_MOST + 1].count())


def chip_counts(register: Register, wish: Wish, actor: Actor, moment: datetime) -> dict[tuple[str, str], int]:
    """For each chip, how many rows it would leave, given the search and the other filters."""
    counts = {}
    for one in register.filters:
        others = Wish(wish.search, {k: v for k, v in wish.filters.items() if k != one.name}, "", 1)
        base = matching(register, others, actor, moment)
        for value, _label in one.choices(actor):
            counts[one.name, value] = counted(one.narrow(base, value, actor, moment))
    return counts


def sortable(column: Column) -> bool:
    """Whether the head of the column can be clicked."""
    return bool(column.order)
