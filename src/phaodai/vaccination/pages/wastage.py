"""Leftovers and losses of vaccine: by session, by lot, by unit."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from phaodai.foundation.components import Cell, Chip, Chips, Column, Empty, KeyFigure, KeyFigures, Row, Table
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import number as number_words
from phaodai.foundation.formats import percent
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import XLSX, write_sheet
from phaodai.territory.pages.asking import day_of
from phaodai.vaccination.law.vocabulary import product_label
from phaodai.vaccination.models import SessionLot
from phaodai.vaccination.models.wastage_figures import Account, accounts_of, lots_of_sessions, total
from phaodai.vaccination.rules.sessions_account import WASTE

DAYS = (7, 30, 90)
REASONS: dict[str, Promise] = {
    "end_of_day": pgettext_lazy("vaccine lost", "left in an opened vial"),
    "expired_open": pgettext_lazy("vaccine lost", "open too long"),
    "broken": pgettext_lazy("vaccine lost", "broken"),
    "cold_chain": pgettext_lazy("vaccine lost", "too warm or too cold"),
    "residue": pgettext_lazy("vaccine lost", "residue"),
    "other": pgettext_lazy("vaccine lost", "another reason"),
}
VIEWS: dict[str, tuple[Promise, Callable[[SessionLot], str], Callable[[SessionLot], str]]] = {
    "buoi": (
        pgettext_lazy("vaccine lost", "By session"),
        lambda row: f"{row.session.name}, {day_words(row.session.day, language())}",
        lambda row: row.session.organisation.name,
    ),
    "lo": (
        pgettext_lazy("vaccine lost", "By lot"),
        lambda row: f"{product_label(row.lot.product)} {row.lot.number}",
        lambda row: _("expires on %(day)s") % {"day": day_words(row.lot.expires_on, language())},
    ),
    "don-vi": (pgettext_lazy("vaccine lost", "By unit"), lambda row: row.session.organisation.name, lambda _row: ""),
}
Line = tuple[str, str, Account]


@page(Permission.VACCINATION_PLAN_READ)
def wastage(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The officer's area over a period that ends on `?ngay=`; with `?tep=1` the same as a sheet."""
    last, days, view = day_of(request), _days(request), _view(request)
    rows = lots_of_sessions(actor, last - timedelta(days=days - 1), last)
    lines = _lines(rows, view)
    if request.GET.get("tep"):
        return _sheet(lines, last)
    shown = {
        "figures": _figures(total(account for _name, _note, account in lines)),
        "chips": _chips(last, days, view),
        "table": _table(lines, view),
        "last": last,
        "days": days,
        "sheet_url": _url(last, days, view, tep=1),
    }
    return render(request, "vaccination/wastage.html", shown)


def _days(request: HttpRequest) -> int:
    return next((days for days in DAYS if request.GET.get("so-ngay") == str(days)), DAYS[1])


def _view(request: HttpRequest) -> str:
    asked = request.GET.get("xem", "")
    return asked if asked in VIEWS else "buoi"


def _url(last: date, days: int, view: str, **more: Any) -> str:
    asked = {"ngay": last.isoformat(), "so-ngay": days, "xem": view, **more}
    return f"{reverse('vaccination-wastage')}?{urlencode(asked)}"


def _chips(last: date, days: int, view: str) -> Chips:
    views = [Chip(label, _url(last, days, key), current=key == view) for key, (label, _name, _note) in VIEWS.items()]
    spans = [Chip(_("%(days)d days") % {"days": span}, _url(last, span, view), current=span == days) for span in DAYS]
    return Chips([*views, *spans], _("How it is added up"))


def _lines(rows: Sequence[SessionLot], view: str) -> list[Line]:
    """Accounts added up under one name; the largest loss first."""
    _label, name_of, note_of = VIEWS[view]
    accounts = accounts_of(rows)
    found: dict[str, tuple[str, Account]] = {}
    for row in rows:
        name = name_of(row)
        note, before = found.get(name, (note_of(row), Account()))
        found[name] = (note, before + accounts[row.pk])
    lines = [(name, note, account) for name, (note, account) in found.items()]
    return sorted(lines, key=lambda line: -line[2].lost)


def _figures(account: Account) -> KeyFigures:
    share = "–" if account.lost_share is None else percent(account.lost_share, 1, language())
    return KeyFigures(
        [
            KeyFigure(_("Doses brought to sessions"), _count(account.brought)),
            KeyFigure(_("Given"), _count(account.given)),
            KeyFigure(_("Taken back unopened"), _count(account.returned)),
            KeyFigure(
                pgettext("vaccine lost", "Lost"),
                _count(account.lost),
                detail=_("%(share)s of the doses drawn") % {"share": share} if account.drawn else "",
            ),
        ]
    )


def _count(doses: int) -> str:
    return number_words(doses, 0, language())


def _table(lines: Sequence[Line], view: str) -> Table:
    heads = (
        _("Brought"),
        _("Given"),
        pgettext("vaccine lost", "Taken back"),
        pgettext("vaccine lost", "Lost"),
        _("Share lost"),
        _("Not explained"),
    )
    columns = [Column("name", VIEWS[view][0]), *(Column(str(at), head, numeric=True) for at, head in enumerate(heads))]
    empty = Empty(_("No vaccine was brought to a session in this period."))
    rows = [Row(str(place), _cells(*line)) for place, line in enumerate(lines)]
    return Table(
        _("Leftovers and losses"), [*columns, Column("why", _("Why lost"))], rows, empty=empty, element="losses"
    )


def _cells(name: str, note: str, account: Account) -> list[Cell]:
    going = _("still running: what is lost is written down at the close") if account.open else ""
    share = "–" if account.lost_share is None else percent(account.lost_share, 1, language())
    counts = (account.brought, account.given, account.returned, account.lost)
    return [
        Cell(name, note=going or note),
        *(Cell(_count(count), numeric=True) for count in counts),
        Cell(share, numeric=True),
        Cell(_count(account.difference), numeric=True, kind="doubtful" if account.difference else ""),
        Cell(_reasons(account)),
    ]


def _reasons(account: Account) -> str:
    known = [(REASONS[reason], account.wasted[reason]) for reason in WASTE if account.wasted[reason]]
    return ", ".join(f"{label} {_count(count)}" for label, count in known)


def _sheet(lines: Sequence[Line], last: date) -> HttpResponse:
    header = [
        _("What"), _("Of"), _("Brought"), _("Given"), pgettext("vaccine lost", "Taken back"),
        pgettext("vaccine lost", "Lost"), _("Not explained"),
        *(str(label) for label in REASONS.values()),
    ]  # fmt: skip
    rows = [
        [
            name,
            note,
            one.brought,
            one.given,
            one.returned,
            one.lost,
            one.difference,
            *(one.wasted[key] for key in REASONS),
        ]
        for name, note, one in lines
    ]
    answer = HttpResponse(write_sheet(_("Leftovers and losses"), header, rows), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="hao-phi-{last.isoformat()}.xlsx"'
    return answer
