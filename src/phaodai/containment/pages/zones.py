"""All lockdown zones of the province: what is closed off, who is inside by day, which zones are loose, and the proposals."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.containment.actions.zones_figures import ZoneFigures, figures_of
from phaodai.containment.models import Zone, ZoneStep
from phaodai.containment.pages.zones_map import zones_map
from phaodai.containment.pages.zones_words import count, state_mark, verdict_mark
from phaodai.containment.rules.zones import InsideDay, Standing, inside_by_day
from phaodai.foundation import clock
from phaodai.foundation.charts import Chart, Spec
from phaodai.foundation.components import Cell, Column, Empty, KeyFigure, KeyFigures, Name, Row, Table
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import percent, short_day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier, Unit

SHOWN_DAYS = 28
ORDER = ("proposed", "decided", "tightened", "open", "shrunk")


@page(Permission.CONTAINMENT_ZONE_READ)
def zones(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Zones that wait, that are closed off, and what became of the area day by day."""
    today = clock.today()
    found = _standing(actor)
    figures = figures_of(actor=actor, moment=clock.now(), zones=found)
    days = _days(actor, today)
    shown = {
        "map": zones_map(found, _communes(actor, today), today),
        "figures": _tiles(found, figures, days),
        "table": _table(found, figures),
        "chart": _chart(days, _people(actor, today)) if any(day.people for day in days) else None,
        "may_propose": actor.may(Permission.CONTAINMENT_ZONE_PROPOSE),
    }
    return render(request, "containment/zones.html", shown)


def _standing(actor: Actor) -> list[Zone]:
    """Zones that are not over, what waits for a decision first."""
    rows = Zone.objects.visible_to(actor).exclude(state__in=(Zone.State.LIFTED, Zone.State.DECLINED))
    return sorted(rows.order_by("sort_key"), key=lambda zone: ORDER.index(zone.state))


def _communes(actor: Actor, today: date) -> list[Unit]:
    return list(
        Unit.objects.as_of(today).filter(province_id=actor.area.province).tier(Tier.COMMUNE).order_by("sort_key")
    )


def _people(actor: Actor, today: date) -> int:
    """Who lives in the province, as its communes state it."""
    rows = Unit.objects.as_of(today).filter(province_id=actor.area.province).tier(Tier.COMMUNE)
    return rows.aggregate(people=Sum("population"))["people"] or 0


def _days(actor: Actor, today: date) -> list[InsideDay]:
    steps = ZoneStep.objects.filter(zone__in=Zone.objects.visible_to(actor)).exclude(kind="propose").order_by("at")
    known = steps.values_list("zone_id", "on", "kind", "households", "people")
    standings = [Standing(zone, on, kind not in _OUTSIDE, homes, people) for zone, on, kind, homes, people in known]
    return inside_by_day(standings, today - timedelta(days=SHOWN_DAYS - 1), today)


_OUTSIDE = ("decide", "decline", "lift")


def _tiles(found: Sequence[Zone], figures: dict[int, ZoneFigures], days: Sequence[InsideDay]) -> KeyFigures:
    now, week = days[-1], days[-8]
    waiting = sum(zone.state in (Zone.State.PROPOSED, Zone.State.DECIDED) for zone in found)
    loose = [zone for zone in found if figures[zone.pk].tightness.inside]
    late = sum(figures[zone.pk].tightness.facts.needs_late for zone in found)
    changed = _("%(count)s a week ago") % {"count": count(week.people)}
    return KeyFigures(
        [
            KeyFigure(_("Zones in lockdown"), count(now.zones)),
            KeyFigure(_("People inside"), count(now.people), detail=changed),
            KeyFigure(_("Wait for a decision"), count(waiting)),
            KeyFigure(_("Loose inside"), count(len(loose)), late=bool(loose)),
            KeyFigure(_("Households whose needs are late"), count(late), late=bool(late)),
        ]
    )


def _table(found: Sequence[Zone], figures: dict[int, ZoneFigures]) -> Table:
    columns = [
        Column("zone", _("Lockdown zone")),
        Column("state", _("State")),
        Column("households", _("Households"), numeric=True),
        Column("people", _("People"), numeric=True),
        Column("tight", _("How tight")),
        Column("end", _("End")),
    ]
    empty = Empty(_("No zone is in lockdown and none is proposed."))
    return Table(
        _("Lockdown zones"), columns, [_row(zone, figures[zone.pk]) for zone in found], empty=empty, element="zones"
    )


def _row(zone: Zone, figures: ZoneFigures) -> Row:
    url, ends = reverse("containment-zone", args=[zone.pk]), zone.planned_until
    by_rule = figures.end.on if figures.end else None
    note = _("by the rule %(day)s") % {"day": short_day(by_rule, language())} if by_rule and by_rule != ends else ""
    return Row(
        str(zone.pk),
        [
            Cell(Name(zone.name, url)),
            Cell(state_mark(zone)),
            Cell(count(zone.households), numeric=True),
            Cell(count(zone.people), numeric=True),
            Cell(verdict_mark(figures.tightness) if zone.is_closed_off else ""),
            Cell(day_words(ends, language()) if ends else "–", note=note),
        ],
        url=url,
    )


def _chart(days: Sequence[InsideDay], everybody: int) -> Chart:
    now, most = days[-1], max(days, key=lambda day: day.people)
    if now.people < most.people:
        title = _("%(people)s people inside lockdown zones, down from %(most)s on %(day)s")
    else:
        title = _("%(people)s people inside lockdown zones, the most in four weeks")
    told = {"people": count(now.people), "most": count(most.people), "day": short_day(most.on, language())}
    return Chart(
        title % told,
        _("people inside by day; everybody else lives in the green area"),
        _("Bars by day: people inside lockdown zones over the last four weeks."),
        _bars(days),
        [_("Day"), _("Zones"), _("Households inside"), _("People inside"), _("Outside, green area")],
        [_line(day, everybody) for day in reversed(days)],
        key="inside",
    )


def _line(day: InsideDay, everybody: int) -> list[str]:
    outside = (
        f"{count(everybody - day.people)} ({percent(1 - day.people / everybody, 2, language())})" if everybody else "–"
    )
    return [day_words(day.on, language()), count(day.zones), count(day.households), count(day.people), outside]


def _bars(days: Sequence[InsideDay]) -> Spec:
    values: list[dict[str, Any]] = [{"on": day.on.isoformat(), "people": day.people} for day in days]
    return {
        "data": {"values": values},
        "mark": {"type": "bar", "color": "var(--ink2)", "width": {"band": 0.86}},
        "height": 150,
        "encoding": {
            "x": {
                "field": "on",
                "type": "temporal",
                "timeUnit": "yearmonthdate",
                "axis": {"format": "%d/%m", "tickCount": 6, "title": None},
            },
            "y": {"field": "people", "type": "quantitative", "axis": {"tickCount": 4, "format": ",d", "title": None}},
        },
    }
