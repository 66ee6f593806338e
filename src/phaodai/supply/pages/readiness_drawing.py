"""The gap by week: a table of need, what there will be and what is missing; and a chart of one thing."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.foundation.charts import Chart, quantity
from phaodai.foundation.components import Cell, Column, Empty, Row, Table
from phaodai.foundation.formats import short_day
from phaodai.foundation.registers.showing import language
from phaodai.supply.pages.funds import amount
from phaodai.supply.pages.readiness_words import age_words, pillar_name
from phaodai.supply.rules.readiness import Asked, gap_of, share_of, weeks_of

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
CHARTS = 4


def gap_table(asked: Sequence[Asked], today: Any) -> Table:
    """One row for each thing; each week says what is asked and, in plum, what is missing of it."""
    starts = sorted({week for one in asked for week in one.needs})
    columns = [Column("what", _("What")), Column("have", _("There now"), numeric=True)]
    columns += [Column(f"w{start:%m%d}", short_day(start, language()), numeric=True) for start in starts]
    columns.append(Column("gap", _("To get"), numeric=True))
    rows = [_row(one, starts, today) for one in asked]
    empty = Empty(_("No scenario in use asks this unit for anything yet. Hand needs over from the page of a scenario."))
    return Table(_("Need and gap by week"), columns, rows, empty=empty, element="gap")


def _row(one: Asked, starts: Sequence[Any], today: Any) -> Row:
    weeks = {week.start: week for week in weeks_of(one)}
    cells = [
        Cell(one.name, f"{pillar_name(one.pillar)}{f', {one.unit}' if one.unit else ''}"),
        Cell(amount(one.have), "" if one.used_up else _whence(one, today), numeric=True),
    ]
    for start in starts:
        week = weeks.get(start)
        if week is None:
            cells.append(Cell("–", numeric=True))
            continue
        missing = _("missing %(much)s") % {"much": amount(week.gap)} if week.gap else ""
        cells.append(Cell(amount(week.need), missing, numeric=True, kind="late" if week.gap else ""))
    gap = gap_of(one)
    cells.append(Cell(amount(gap) if gap else _("enough"), numeric=True, kind="late" if gap else ""))
    return Row(one.key, cells)


def _whence(one: Asked, today: Any) -> str:
    """Out of what a figure was counted, and how old it is."""
    age = age_words(one.as_of, today) if one.as_of or not one.source else ""
    return ", ".join(part for part in (one.source, age) if part)


def gap_charts(asked: Sequence[Asked]) -> list[Chart]:
    """Bars of need with the line of what there will be, for the things that are shortest."""
    shortest = sorted((one for one in asked if gap_of(one) > 0), key=share_of)
    return [_chart(one) for one in shortest[:CHARTS]]


def _chart(one: Asked) -> Chart:
    weeks = weeks_of(one)
    title = _("%(what)s: %(gap)s to get") % {"what": one.name, "gap": amount(gap_of(one))}
    values = [
        {
            "week": short_day(week.start, language()),
            "need": float(week.need),
            "have": float(week.have),
            "short": week.gap > 0,
        }
        for week in weeks
    ]
    rows = [
        [short_day(week.start, language()), amount(week.need), amount(week.have), amount(week.gap)] for week in weeks
    ]
    subtitle = _("By week. Bars: need, plum where it is not met; line: what there will be")
    columns = [_("Week from"), pgettext("readiness", "Need"), _("There will be"), _("Missing")]
    return Chart(title, subtitle, title, _spec(values), columns, rows, key=f"gap-{one.key.replace(':', '-')}")


def _spec(values: list[dict[str, Any]]) -> dict[str, Any]:
    x = {"field": "week", "type": "ordinal", "sort": None, "axis": {"labelAngle": 0}}
    colour = {"condition": {"test": "datum.short", "value": "var(--late)"}, "value": "var(--data)"}
    return {
        "$schema": SCHEMA,
        "height": 130,
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "bar", "opacity": 0.75}, "encoding": {"x": x, "y": quantity("need"), "color": colour}},
            {
                "mark": {"type": "line", "point": True, "color": "var(--ink)", "strokeWidth": 1.8},
                "encoding": {"x": x, "y": quantity("have")},
            },
        ],
    }
