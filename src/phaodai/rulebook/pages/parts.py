"""What every page of the law shows: its tabs, the disease, and the rulebook of the officer's province."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.components import Chip, Chips, Tab, Tabs
from phaodai.foundation.scope import Actor
from phaodai.rulebook.book import Rulebook, diseases
from phaodai.rulebook.provincial import awaits_verification, rulebook_for
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.showing.addresses import day_url, measures_url, with_query
from phaodai.rulebook.showing.names import disease_name


def book_of(actor: Actor, disease: str) -> Rulebook:
    """The rulebook as it counts for this officer."""
    return rulebook_for(actor.area.province, disease)


def law_page(
    request: HttpRequest, name: str, book: Rulebook, shown: dict[str, Any], *, tab: str, status: int = 200
) -> HttpResponse:
    """A page of the law with its tabs and the choice of the disease."""
    frame = {"tabs": _tabs(book, tab), "disease_chips": _disease_chips(request, book.disease), "disease": book.disease}
    return render(request, f"rulebook/{name}.html", frame | shown, status=status)


def _tabs(book: Rulebook, current: str) -> Tabs:
    waiting = len(awaiting(book))
    doors: list[tuple[str, str, str, int | None]] = [
        ("bench", _("What if"), with_query(reverse("law"), book.disease), None),
        ("measures", _("Measures"), measures_url(book.disease), None),
        ("day", _("On a day"), day_url(clock.today(), book.disease), None),
        ("documents", _("Documents"), with_query(reverse("law-documents"), book.disease), len(book.documents)),
        ("queue", _("To verify"), with_query(reverse("law-queue"), book.disease), waiting),
    ]
    return Tabs(
        [Tab(label, url, count, current=key == current) for key, label, url, count in doors], _("Parts of the law")
    )


def _disease_chips(request: HttpRequest, current: str) -> Chips:
    """The same page about another disease; pages of one value or document lead to the beginning."""
    path = request.path if request.resolver_match and not request.resolver_match.kwargs else reverse("law")
    chips = [Chip(disease_name(one), with_query(path, one), current=one == current) for one in diseases()]
    return Chips(chips, _("Disease"))


def awaiting(book: Rulebook) -> list[Provision]:
    """The national values that wait for a signature in this province, by document and in the order of the packs."""
    signed = {(one.table, one.row, one.begin) for several in book.provisions.values() for one in several if one.scope}
    waiting = [
        one
        for several in book.provisions.values()
        for one in several
        if awaits_verification(one) and not _is_signed(one, signed)
    ]
    return sorted(waiting, key=lambda one: (one.document.date, one.document.number, one.table, one.order))


def _is_signed(provision: Provision, signed: set[tuple[str, str, dt.date]]) -> bool:
    """Whether an entry of the province begins within the days of this very version."""
    return any(
        (table, row) == (provision.table, provision.row) and provision.counts_on(begin) for table, row, begin in signed
    )
