"""The territory on a day: a unit, what lies below it as a list and as a map, and the search over all of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation.components import Cell, Chip, Chips, Column, Content, Empty, Name, Pager, Row, Table
from phaodai.foundation.formats import number
from phaodai.foundation.language import page_language
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.territory.models import TerritoryList, Tier, Unit
from phaodai.territory.pages.asking import COUNTRY, day_of, list_url, map_url, unit_of, unit_url, written
from phaodai.territory.pages.drawing import below, map_of
from phaodai.territory.pages.feeds import ranked
from phaodai.territory.pages.paths import paths_of
from phaodai.territory.pages.words import count_of, heirs_note

SHOWN = 50
_COLUMN_OF = {Tier.PROVINCE: "province_id", Tier.DISTRICT: "district_id", Tier.COMMUNE: "commune_id"}


@page(Permission.TERRITORY_UNIT_READ)
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What lies below the chosen unit on the chosen day; with `?q=`, every unit of that day that fits the words."""
    day, words = day_of(request), request.GET.get("q", "").strip()
    unit = None if words else _chosen(request, actor, day)
    found = _search(request, words, day) if words else _list(unit, day)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "territory/table.html", found)
    lists = list(TerritoryList.objects.order_by("on"))
    shown = {
        "day": day,
        "heading": _heading(unit, words),
        "unit": unit,
        "path": [(one, list_url(day, one)) for one in paths_of([unit])[unit.pk]] if unit else [],
        "country_url": list_url(day),
        "unit_url": unit_url(unit, day) if unit else "",
        "country": COUNTRY,
        "lists": _lists_in_force(lists, unit, day),
        "chips": _chips(lists, unit, day, words),
        "map": None if words else _map(unit, found["units"], day),
        **found,
    }
    return render(request, "territory/browse.html", shown)


def _heading(unit: Unit | None, words: str) -> str:
    if words:
        return _("Found: %(words)s") % {"words": words}
    return unit.name if unit else _("Territory")


def _chosen(request: HttpRequest, actor: Actor, day: date) -> Unit | None:
    """The unit in `?don-vi=`; without one the officer's own, None for the whole country."""
    asked = request.GET.get("don-vi", "")
    if asked.isdigit():
        return None if asked == COUNTRY else unit_of(actor, int(asked))
    own = actor.area.commune or actor.area.district or actor.area.province
    return Unit.objects.as_of(day).filter(pk=own).select_related("parent").first() if own else None


def _list(unit: Unit | None, day: date) -> dict[str, Any]:
    """The table of what lies below a unit; of what the unit became where it is not in force."""
    if unit and not unit.stands_on(day):
        units = [heir.unit for heir in unit.became(day)]
        return {
            "note": heirs_note(unit, day),
            "units": units,
            "table": _table(units, day, _("What it became"), Empty(_("Nothing to list."))),
        }
    units = list(below(unit, day))
    caption = _("Units of %(unit)s") % {"unit": unit.name} if unit else _("Provinces")
    return {"note": None, "units": units, "table": _table(units, day, caption, _nothing_below(unit, day))}


def _map(unit: Unit | None, units: Sequence[Unit], day: date) -> Content:
    """The map of the list, to move in where the list is what lies below one unit."""
    if not units:
        return None
    if unit and not unit.stands_on(day):
        return map_of(_("What it became"), units, day)
    return map_of(unit.name if unit else _("The whole country"), units, day, map_url(day, unit))


def _nothing_below(unit: Unit | None, day: date) -> Empty:
    if unit:
        return Empty(_("No list names units below %(unit)s on %(day)s.") % {"unit": unit.name, "day": written(day)})
    first = TerritoryList.objects.order_by("on").first()
    if first is None:
        return Empty(
            _(
                "No list of units is loaded."
                " Whoever keeps this system loads one with the command phaodai load-territory."
            )
        )
    return Empty(
        _("No list is known for %(day)s. The earliest is of %(first)s.")
        % {"day": written(day), "first": written(first.on)}
    )


def _search(request: HttpRequest, words: str, day: date) -> dict[str, Any]:
    asked = request.GET.get("trang", "1")
    number_of_page = int(asked) if asked.isdigit() and 0 < int(asked) < 10**4 else 1
    found = ranked(words, day)
    start, total = (number_of_page - 1) * SHOWN, found.count()
    units = list(found[start : start + SHOWN])
    turn = [list_url(day, None, q=words, trang=str(number_of_page + step)) for step in (-1, 1)]
    pager = Pager(len(units), total, turn[0] if number_of_page > 1 else "", turn[1] if start + SHOWN < total else "")
    empty = Empty(
        _("No unit of %(day)s fits “%(words)s”. Try part of the name, or another day.")
        % {"day": written(day), "words": words}
    )
    return {
        "note": None,
        "units": units,
        "table": _table(units, day, _("Units found"), empty, pager=pager, with_path=True),
    }


def _table(
    units: Sequence[Unit], day: date, caption: str, empty: Empty, *, pager: Pager | None = None, with_path: bool = False
) -> Table:
    counts, above = _counts(units, day), paths_of(units) if with_path else defaultdict(list)
    rows = [_cells(unit, day, counts[unit.pk], above[unit.pk]) for unit in units]
    # A column in which no unit has anything to say is left out: few lists give people and area.
    said = [column for column in _columns() if any(cells[column.key].content != "" for cells in rows)]
    lines = [
        Row(str(unit.pk), [cells[column.key] for column in said], url=unit_url(unit, day))
        for unit, cells in zip(units, rows, strict=True)
    ]
    return Table(caption, said, lines, pager=pager, empty=empty, element="units")


def _columns() -> list[Column]:
    return [
        Column("name", _("Unit")),
        Column("code", _("Code")),
        Column("below", _("Below it")),
        Column("population", _("Population"), numeric=True),
        Column("area", _("Area, km²"), numeric=True),
        Column("since", _("In force since")),
    ]


def _cells(unit: Unit, day: date, counts: Counter[int], above: Sequence[Unit]) -> dict[str, Cell]:
    path = ", ".join(one.name for one in reversed(above))
    return {
        "name": Cell(Name(unit.name, unit_url(unit, day)), note=path),
        "code": Cell(unit.code),
        "below": Cell(_below(unit, day, counts)),
        "population": Cell(_written_number(unit.population, 0), numeric=True),
        "area": Cell(_written_number(unit.area_km2, 1), numeric=True),
        "since": Cell(written(unit.since)),
    }


def _written_number(value: float | None, places: int) -> str:
    return "" if value is None else number(value, places, page_language())


def _below(unit: Unit, day: date, counts: Counter[int]) -> Content:
    """How many units of each tier lie below, as a door to them."""
    words = " · ".join(count_of(tier, counts[tier]) for tier in sorted(counts))
    return format_html('<a class="figure-link" href="{}">{}</a>', list_url(day, unit), words) if words else ""


def _counts(units: Iterable[Unit], day: date) -> dict[int, Counter[int]]:
    """For each unit, how many units of each tier below it; hamlets are counted for communes alone."""
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    by_tier: dict[int, list[int]] = defaultdict(list)
    for unit in units:
        by_tier[unit.tier].append(unit.pk)
    for tier, ids in by_tier.items():
        if column := _COLUMN_OF.get(Tier(tier)):
            deepest = Tier.HAMLET if tier == Tier.COMMUNE else Tier.COMMUNE
            inner = Unit.objects.as_of(day).filter(**{f"{column}__in": ids}, tier__gt=tier, tier__lte=deepest)
            for above, inner_tier, count in inner.values_list(column, "tier").annotate(count=Count("pk")).order_by():
                counts[above][inner_tier] = count
    return counts


def _lists_in_force(lists: Sequence[TerritoryList], unit: Unit | None, day: date) -> list[str]:
    """In words, the lists that state this day: of the unit's own series, or of every one."""
    latest = {
        one.gazetteer: one for one in lists if one.on <= day and (unit is None or unit.gazetteer == one.gazetteer)
    }
    return [
        ngettext(
            "list of %(day)s (%(tiers)d tiers, %(units)s unit)",
            "list of %(day)s (%(tiers)d tiers, %(units)s units)",
            one.units,
        )
        % {"day": written(one.on), "tiers": one.tiers, "units": number(one.units, language=page_language())}
        for one in latest.values()
    ]


def _chips(lists: Sequence[TerritoryList], unit: Unit | None, day: date, words: str) -> Chips:
    """The days of the known lists, and the search over the units of the chosen day."""
    days = sorted({one.on for one in lists if unit is None or one.gazetteer == unit.gazetteer})
    present = max((one for one in days if one <= day), default=None)
    chips = [
        Chip(_("List of %(day)s") % {"day": written(one)}, list_url(one, unit), current=one == present) for one in days
    ]
    hidden = [("ngay", day.isoformat()), ("don-vi", str(unit.pk) if unit else COUNTRY)]
    return Chips(
        chips, _("Lists"), search_url=list_url(day).split("?")[0], search=words, target="#unit-list", hidden=hidden
    )
