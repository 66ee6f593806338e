"""How results are drawn: a path beside today's with their bands, and the frontier of lives and livelihoods."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from phaodai.foresight.pages.scenario_words import SERIES
from phaodai.foundation.charts import Chart, quantity
from phaodai.foundation.charts.theme import Spec
from phaodai.foundation.formats import day, interval, number, short_day
from phaodai.foundation.registers.showing import language

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
COLOURS = {"today": "var(--ink3)", "plan": "var(--act)"}


def path_chart(results: dict[str, Any], series: str, start: date, title: str) -> Chart:
    """A daily series of both paths: medians, and the 50% and 95% of the seeds; its table is by week."""
    today, plan = (results["daily"][place][series] for place in (0, 1))
    values = [
        {
            "on": (start + timedelta(days=at)).isoformat(),
            "path": path,
            **{f"q{place}": bands[place][at] for place in range(5)},
        }
        for path, bands in (("today", today), ("plan", plan))
        for at in range(results["days"])
    ]
    return Chart(
        title,
        _(
            "%(series)s %(when)s. Lines: middle of the seeds; bands: 50%% and 95%%. Blue: the scenario; grey: today's path"
        )
        % {"series": SERIES[series], "when": _("a day") if series in FLOWS else _("at the day's end")},
        title,
        _paths_spec(values),
        [_("Week from"), _("Today's path"), _("95%"), _("Scenario"), _("95%")],
        _week_rows(results, series, start),
        key=f"path-{series}",
    )


FLOWS = frozenset({"infections", "cases", "deaths", "tests", "workdays_lost", "school_days_lost"})


def _week_rows(results: dict[str, Any], series: str, start: date) -> list[list[str]]:
    today, plan = (results["weeks"][place][series] for place in (0, 1))
    return [
        [day(start + timedelta(weeks=week), language()), *_cells(today, week), *_cells(plan, week)]
        for week in range(len(today[0]))
    ]


def _cells(bands: Sequence[Sequence[int]], week: int) -> list[str]:
    return [number(bands[2][week], 0, language()), interval(bands[0][week], bands[4][week], 0, language())]


def _paths_spec(values: list[dict[str, Any]]) -> Spec:
    x = {"field": "on", "type": "temporal", "axis": {"format": "%d/%m", "labelOverlap": True, "tickCount": 7}}
    colour = {"field": "path", "scale": {"domain": list(COLOURS), "range": list(COLOURS.values())}, "legend": None}
    bands = [
        {
            "mark": {"type": "area", "opacity": opacity},
            "encoding": {"x": x, "y": quantity(low), "y2": {"field": high}, "color": colour},
        }
        for low, high, opacity in (("q0", "q4", 0.15), ("q1", "q3", 0.28))
    ]
    line = {"mark": {"type": "line", "strokeWidth": 1.8}, "encoding": {"x": x, "y": quantity("q2"), "color": colour}}
    return {"$schema": SCHEMA, "height": 160, "data": {"values": values}, "layer": [*bands, line]}


def frontier_chart(points: Sequence[dict[str, Any]], figure: str, title: str) -> Chart:
    """Each point's workdays lost against deaths or infections, with the 95% of its seeds; its table holds the same."""
    values = [
        {
            "label": str(point["letter"]),
            "days": point["totals"]["workdays_lost"][2],
            "low": point["totals"][figure][0],
            "middle": point["totals"][figure][2],
            "high": point["totals"][figure][4],
            "best": point["best"],
        }
        for point in points
    ]
    return Chart(
        title,
        _("Up: %(series)s; right: workdays lost. Bars: 95%% of the seeds. Full points: no other one is better in both")
        % {"series": str(SERIES[figure]).lower()},
        title,
        _points_spec(values, figure),
        [_("Point"), _("Measures"), str(SERIES[figure]), _("95%"), str(SERIES["workdays_lost"])],
        [
            [
                point["letter"],
                point["name"],
                number(point["totals"][figure][2], 0, language()),
                interval(point["totals"][figure][0], point["totals"][figure][4], 0, language()),
                number(point["totals"]["workdays_lost"][2], 0, language()),
            ]
            for point in points
        ],
        key=f"frontier-{figure}",
    )


def _points_spec(values: list[dict[str, Any]], figure: str) -> Spec:
    x = {
        "field": "days",
        "type": "quantitative",
        "title": str(SERIES["workdays_lost"]),
        "axis": {"format": ",d", "tickCount": 5, "grid": True},
    }
    scale = {"zero": True}

    def y(field: str) -> Spec:
        return {
            "field": field, "type": "quantitative", "title": str(SERIES[figure]), "scale": scale,
            "axis": {"format": ",d", "tickCount": 5, "grid": True},
        }  # fmt: skip

    fill = {"condition": {"test": "datum.best", "value": "var(--act)"}, "value": "var(--sheet)"}
    return {
        "$schema": SCHEMA,
        "height": 300,
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "rule", "color": "var(--ink3)"},
                "encoding": {"x": x, "y": y("low"), "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 70, "stroke": "var(--act)", "strokeWidth": 1.5},
                "encoding": {"x": x, "y": y("middle"), "fill": fill},
            },
            {
                "mark": {"type": "text", "dx": 9, "dy": -8, "fontWeight": 600, "color": "var(--ink)"},
                "encoding": {"x": x, "y": y("middle"), "text": {"field": "label"}},
            },
        ],
    }


def days_words(start: date, days: int) -> str:
    """From when to when a scenario looks."""
    about = {
        "first": short_day(start, language()),
        "last": day(start + timedelta(days=days - 1), language()),
    }
    return _("%(first)s to %(last)s") % about
