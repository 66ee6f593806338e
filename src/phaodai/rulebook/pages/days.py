"""The law by days: what is in force and what changes on one, and the versions of a table over time."""

import datetime as dt
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from phaodai.foundation.components import Chip, Chips, Table
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.scope import Actor
from phaodai.rulebook.book import Rulebook
from phaodai.rulebook.pages.documents import provisions_of
from phaodai.rulebook.pages.parts import book_of, law_page
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.showing.addresses import EVERY, day_of, day_url, disease_of, read_day, table_url
from phaodai.rulebook.showing.decisions import provisions_table
from phaodai.rulebook.showing.names import rule_name
from phaodai.rulebook.showing.words import period_words, table_title

EVE = dt.timedelta(days=1)
SHOWN_AT_ONCE = 60
"""Versions of a table that stand below what is in force; more of them are a page of their own."""


@page(Permission.RULEBOOK_RULE_READ)
def day(request: HttpRequest, actor: Actor, on: str) -> HttpResponse:
    """What begins on a day, what ended on its eve, and all that is in force."""
    asked = read_day(on)
    if asked is None:
        raise NotHere(_("There is no such day. Write it like 2021-10-12."))
    book = book_of(actor, disease_of(request))
    begun = [one for one in provisions_of(book) if one.begin == asked]
    ended = [one for one in provisions_of(book) if one.end == asked - EVE]
    turns = turning_days(book)
    shown = {
        "day": asked,
        "begun": _changes(book, begun, _("What begins")) if begun else None,
        "ended": _changes(book, ended, _("What ended the day before")) if ended else None,
        "previous": _turn(book, max((one for one in turns if one < asked), default=None)),
        "next": _turn(book, min((one for one in turns if one > asked), default=None)),
        "in_force": in_force(book, asked),
    }
    return law_page(request, "day", book, shown, tab="day")


def turning_days(book: Rulebook) -> set[dt.date]:
    """The days on which something of the law changes."""
    begins = {one.begin for one in provisions_of(book)}
    return begins | {one.end + EVE for one in provisions_of(book) if one.end is not None}


def _turn(book: Rulebook, found: dt.date | None) -> tuple[dt.date, str] | None:
    return (found, day_url(found, book.disease)) if found else None


def _changes(book: Rulebook, provisions: list[Provision], caption: str) -> Table:
    ordered = sorted(provisions, key=lambda one: (one.table, one.order))
    return provisions_table(book, ordered, book.disease, caption, group=lambda one: table_title(book, one.table))


def in_force(book: Rulebook, on: dt.date) -> list[dict[str, object]]:
    """The tables that have anything in force on a day: title, rule, documents, how many values and how many unverified."""
    lines: list[dict[str, object]] = []
    for name, spec in book.tables.items():
        rows = book.table(name, on).rows if book.provisions.get(name) else ()
        if rows:
            lines.append(
                {
                    "title": table_title(book, name),
                    "url": table_url(name, book.disease, on),
                    "rule": rule_name(spec.rule) if spec.rule else "",
                    "documents": ", ".join(dict.fromkeys(row.provision.document.number for row in rows)),
                    "values": len(rows),
                    "unverified": sum(not row.provision.verified for row in rows),
                }
            )
    return lines


@page(Permission.RULEBOOK_RULE_READ)
def table(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """One table as it stood on a day, and each of its values through time."""
    book, on = book_of(actor, disease_of(request)), day_of(request)
    if not book.provisions.get(name):
        raise NotHere(_("The rulebook of this disease has no such table. Choose one from what is in force on a day."))
    rows = book.table(name, on).rows
    winners, losers = [row.provision for row in rows], [loser for row in rows for loser in row.losers]
    spec = book.tables[name]
    shown = {
        "title": table_title(book, name),
        "rule": rule_name(spec.rule) if spec.rule else "",
        "day": on,
        "now": provisions_table(book, winners, book.disease, _("In force on the day")) if winners else None,
        "losers": provisions_table(book, losers, book.disease, _("Beaten on the day")) if losers else None,
        "spans": _spans(book, name, on),
    } | _versions(book, name, on, every=bool(request.GET.get(EVERY)))
    return law_page(request, "table", book, shown, tab="day")


def _versions(book: Rulebook, name: str, on: dt.date, *, every: bool) -> dict[str, object]:
    """All versions of a table; of a large one only when they are asked for, and then they alone."""
    versions = book.provisions[name]
    if len(versions) > SHOWN_AT_ONCE and not every:
        return {"every_url": table_url(name, book.disease, on, every=True), "count": len(versions)}
    timeline: dict[str, object] = {"timeline": _timeline(book, versions)}
    return timeline | ({"alone": True} if every else {})


def _spans(book: Rulebook, name: str, on: dt.date) -> Chips:
    """The periods between two changes of the table, each a door to its first day."""
    begins = sorted({one.begin for one in book.provisions[name]})
    current = max((one for one in begins if one <= on), default=None)
    chips = [
        Chip(period_words(one, None), table_url(name, book.disease, one), current=one == current) for one in begins
    ]
    return Chips(chips, _("Changes of this table"))


def _timeline(book: Rulebook, provisions: Sequence[Provision]) -> Table:
    """Every version of every value, the versions of one value one below the other."""
    ordered = sorted(provisions, key=lambda one: (-one.priority, _first_order(provisions, one), one.row, one.begin))
    return provisions_table(book, ordered, book.disease, _("All versions"))


def _first_order(provisions: Sequence[Provision], one: Provision) -> int:
    return min(other.order for other in provisions if other.row == one.row)
