"""The share of places that comply: by kind, by commune and week by week, each with its interval and its numbers."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.containment.models.checks_figures import (
    WEEK,
    Seen,
    Standing,
    monday_of,
    seen_in_weeks,
    share_among,
    standing_by_commune,
    standing_by_kind,
)
from phaodai.containment.rules.checklists import checklists
from phaodai.containment.rules.checks import Share
from phaodai.foundation import clock
from phaodai.foundation.charts import Chart
from phaodai.foundation.components import Cell, Column, Empty, Row, Table
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import number, percent, short_day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit
from phaodai.territory.pages.asking import day_of

WEEKS = 8


@page(Permission.CONTAINMENT_GATHERING_READ)
def share(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The officer's area in the week of `?ngay=` and the seven before."""
    day = min(day_of(request), clock.today())
    area, week = actor.area.narrowing, monday_of(day)
    seen = seen_in_weeks(area, week - (WEEKS - 1) * WEEK, week)
    now = [one for one in seen if one.week == week]
    whole = share_among(now)
    kinds, communes = standing_by_kind(area, now), standing_by_commune(area, now)
    shown = {
        "week": week,
        "last": week + timedelta(days=6),
        "before": week - WEEK,
        "after": week + WEEK if week + WEEK <= clock.today() else None,
        "whole": whole,
        "share": share_words(whole),
        "interval": interval_words(whole),
        "places": sum(one.places for one in kinds.values()),
        "never": sum(one.never for one in kinds.values()),
        "kinds": _table(_("By kind of place"), _("Kind"), _named_kinds(kinds)),
        "communes": _table(_("By commune"), _("Commune"), _named_communes(communes)),
        "chart": _chart(seen, week),
    }
    return render(request, "containment/checks_share.html", shown)


def share_words(share: Share) -> str:
    """8/10 (80%); a dash where nobody was visited."""
    if share.value is None:
        return "–"
    return f"{share.met}/{share.visited} ({percent(share.value, 0, language())})"


def interval_words(share: Share) -> str:
    """49–94%; a dash where nobody was visited: then nothing is known."""
    if share.value is None:
        return "–"
    return f"{percent(share.low, 0, language()).removesuffix('%')}–{percent(share.high, 0, language())}"


def _named_kinds(kinds: dict[str, Standing]) -> list[tuple[str, Standing]]:
    return [(checklists()[key].name.of(language()), one) for key, one in kinds.items()]


def _named_communes(communes: dict[int | None, Standing]) -> list[tuple[str, Standing]]:
    units = Unit.objects.in_bulk([pk for pk in communes if pk])
    named = [(units[pk].name if pk else _("in no commune yet"), one) for pk, one in communes.items()]
    # Those that most likely fail first: the upper end of what the visits allow, then by name.
    return sorted(named, key=lambda row: (row[1].share.high if row[1].share.visited else 2.0, row[0]))


def _table(caption: str, first: str, rows: Iterable[tuple[str, Standing]]) -> Table:
    columns = [
        Column("name", first),
        Column("share", _("Comply, of those visited"), numeric=True),
        Column("interval", _("Between (95%)"), numeric=True),
        Column("places", pgettext("check", "Places"), numeric=True),
        Column("never", _("Never visited"), numeric=True),
    ]
    lines = [
        Row(
            name,
            [
                Cell(name),
                Cell(share_words(one.share), numeric=True),
                Cell(interval_words(one.share), numeric=True),
                Cell(number(one.places, 0, language()), numeric=True),
                Cell(number(one.never, 0, language()), numeric=True, kind="late" if one.never else ""),
            ],
        )
        for name, one in rows
    ]
    empty = Empty(_("No place of this area has a checklist. Places are entered in the register of places."))
    return Table(caption, columns, lines, empty=empty, element=f"share-{first}")


def _chart(seen: list[Seen], week: date) -> Chart | None:
    weeks = [week - back * WEEK for back in range(WEEKS - 1, -1, -1)]
    shares = [(one, share_among(row for row in seen if row.week == one)) for one in weeks]
    known = [(one, share) for one, share in shares if share.value is not None]
    if not known:
        return None
    first, last = known[0], known[-1]
    named = {"share": percent(last[1].value or 0, 0, language()), "week": day_words(last[0], language())}
    described = named | {"first": percent(first[1].value or 0, 0, language()), "since": day_words(first[0], language())}
    return Chart(
        _("%(share)s of the places visited in the week of %(week)s comply") % named,
        _("share of places by week; the bar is the 95 percent interval"),
        _("From %(first)s in the week of %(since)s to %(share)s in the week of %(week)s.") % described,
        _spec(known),
        [_("Week"), _("Comply, of those visited"), _("Between (95%)")],
        [[day_words(one, language()), share_words(share), interval_words(share)] for one, share in shares],
        key="share",
    )


def _spec(known: list[tuple[date, Share]]) -> dict[str, Any]:
    values = [
        {"week": short_day(one, language()), "share": share.value, "low": share.low, "high": share.high}
        for one, share in known
    ]
    weeks = {"field": "week", "type": "ordinal", "sort": None, "axis": {"labelAngle": 0}}
    axis = {"format": ".0%", "grid": True}
    height = {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}
    ends = {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "height": 180,
        "encoding": {"x": weeks},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 10, "color": "var(--band)"}, "encoding": ends},
            {"mark": {"type": "point", "filled": True, "size": 70, "color": "var(--data)"}, "encoding": {"y": height}},
        ],
    }
