"""A unit's page: what it is on a day, what it came from, what it became, who borders it."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from phaodai.foundation.components import Action, Cell, Column, Content, Fact, Facts, Name, Row, Table
from phaodai.foundation.components import Tier as TierMark
from phaodai.foundation.formats import number
from phaodai.foundation.language import page_language
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Succession, TerritoryList, Tier, Unit
from phaodai.territory.pages.asking import day_of, list_url, map_url, unit_of, unit_url, written
from phaodai.territory.pages.drawing import below, map_of
from phaodai.territory.pages.paths import paths_of
from phaodai.territory.pages.words import count_of, heirs_note, period
from phaodai.territory.panels import panels_of


@page(Permission.TERRITORY_UNIT_READ)
def unit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One unit, seen on `?ngay=`."""
    day, shown = day_of(request), unit_of(actor, pk)
    standing, seen_on = shown.stands_on(day), shown.nearest(day)
    inner, first = list(below(shown, seen_on)), _first_list(shown)
    return render(
        request,
        "territory/unit.html",
        {
            "unit": shown,
            "day": day,
            "path": [(one, unit_url(one, seen_on)) for one in paths_of([shown])[shown.pk]],
            "note": None if standing else heirs_note(shown, day),
            "facts": _facts(shown, inner, seen_on, first),
            "as_ever": shown.since == first and shown.until is None,
            "origins": _changes(Succession.objects.steps([shown.pk], forward=False), "old"),
            "successors": _changes(Succession.objects.steps([shown.pk], forward=True), "new"),
            "neighbours": _neighbours(shown, seen_on),
            "map": _map(shown, inner, seen_on),
            "buttons": [Action(_("List of what lies below"), list_url(seen_on, shown), "table")] if inner else [],
            "panels": panels_of(shown, actor, day),
        },
    )


def _map(shown: Unit, inner: Sequence[Unit], day: date) -> Content:
    """What lies below a unit, or the unit alone where nothing does."""
    return map_of(shown.name, inner, day, map_url(day, shown)) if inner else map_of(shown.name, [shown], day)


def _first_list(shown: Unit) -> date | None:
    """The day of the earliest list of the unit's series."""
    return TerritoryList.objects.filter(gazetteer=shown.gazetteer).order_by("on").values_list("on", flat=True).first()


def _facts(shown: Unit, inner: Sequence[Unit], day: date, first: date | None) -> Facts:
    above = shown.parent
    counts = {tier: sum(one.tier == tier for one in inner) for tier in Tier.values}
    facts = [
        Fact(_("Code"), shown.code),
        Fact(_("Type"), shown.type),
        Fact(
            _("Stands under"),
            format_html('<a href="{}">{}</a>', unit_url(above, day), above.name)
            if above
            else _("nobody, it is of the first tier"),
        ),
        Fact(_("In force"), period(shown, first), wide=True),
        Fact(
            _("Directly below"),
            " · ".join(count_of(tier, count) for tier, count in counts.items() if count) or _("nothing known"),
        ),
        Fact(
            _("Population"),
            number(shown.population, language=page_language()) if shown.population is not None else _("not known"),
        ),
        Fact(
            _("Area"),
            f"{number(shown.area_km2, 1, page_language())} km²" if shown.area_km2 is not None else _("not known"),
        ),
    ]
    if shown.name_en:
        facts.insert(2, Fact(_("English name"), shown.name_en))
    return Facts(facts, ruled=True)


def _changes(successions: Iterable[Succession], end: str) -> Table | None:
    """Where a unit came from (`end` "old") or went to ("new"), with how much of it; None where nothing is known."""
    rows = []
    for succession in sorted(successions, key=lambda one: one.coverage != Succession.Coverage.FULL):
        other: Unit = getattr(succession, end)
        address = unit_url(other, other.last_day if end == "old" and other.last_day else other.since)
        mark = TierMark(Tier(other.tier).label)
        cells = [
            Cell(Name(other.name, address, mark)),
            Cell(_part(succession, end)),
            Cell(written(succession.on)),
            Cell(succession.get_basis_display(), kind="doubtful" if succession.basis == Succession.Basis.CODE else ""),
        ]
        rows.append(Row(str(other.pk), cells, url=address))
    columns = [
        Column("unit", _("Unit")),
        Column("part", _("How much")),
        Column("on", _("On")),
        Column("basis", _("Known from")),
    ]
    caption = _("What it came from") if end == "old" else _("What it became")
    return Table(caption, columns, rows, element=f"{end}-units") if rows else None


def _part(succession: Succession, end: str) -> str:
    whole = succession.coverage == Succession.Coverage.FULL
    if end == "old":
        return _("the whole of it came in") if whole else _("a part of it came in")
    return _("went in as a whole") if whole else _("a part went in")


def _neighbours(shown: Unit, day: date) -> Content:
    found = Unit.objects.filter(pk__in=shown.neighbourhood.values("neighbour")).order_by("sort_key")
    links = format_html_join(" · ", '<a href="{}">{}</a>', ((unit_url(one, day), one.name) for one in found))
    return links or _("Not known: borders are stated only where outlines fit together.")
