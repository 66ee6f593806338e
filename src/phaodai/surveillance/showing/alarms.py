"""Alarms of early detection in words and as drawings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation.charts import Chart, Spec
from phaodai.foundation.components import Component, Text
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import interval, number, short_day
from phaodai.foundation.registers.showing import language
from phaodai.surveillance.models import Alarm, Exceedance, SignalSource
from phaodai.surveillance.rules.early_detection import Series

DRAWN = timedelta(days=27)
"""Four weeks are drawn."""
STEP, HEIGHT = 8, 60


def latest_of(alarm: Alarm) -> list[Exceedance]:
    """Of each source its last day above, the strongest first."""
    last: dict[str, Exceedance] = {}
    for one in sorted(alarm.exceedances.all(), key=lambda one: one.day):
        last[one.source] = one
    return sorted(last.values(), key=lambda one: -one.statistic)


def sentence_of(alarm: Alarm, one: Exceedance) -> str:
    """What was counted, what is usual, and since when it is above: "Absent from school: 14 people, usually 3–5; …"."""
    low, high = one.usual
    since = min(other.day for other in alarm.exceedances.all() if other.source == one.source)
    about = {
        "source": one.get_source_display(),
        "counted": counted_words(one.source, one.count),
        "usual": interval(low, high, 0, language()) if high > low else number(high, 0, language()),
        "limit": number(one.limit, 1, language()),
        "method": one.method,
        "day": short_day(since, language()),
    }
    return (
        _("%(source)s: %(counted)s, usually %(usual)s; above the %(method)s limit of %(limit)s since %(day)s") % about
    )


def counted_words(source: str, count: int) -> str:
    """A count with what is counted: people, or sales at the pharmacy."""
    shown = {"count": number(count, 0, language())}
    if source == SignalSource.PHARMACIES:
        return ngettext("%(count)s sale", "%(count)s sales", count) % shown
    return ngettext("%(count)s person", "%(count)s people", count) % shown


@dataclass(frozen=True)
class Drawn:
    """Four weeks of one unit: day, count (None: nobody reported), limit (None: not judged), whether above."""

    days: Sequence[date]
    counts: Sequence[float | None]
    expected: Sequence[float | None]
    limits: Sequence[float | None]
    above: Sequence[bool]


def drawn(series: Series | None, unit_id: int) -> Drawn | None:
    """The last four weeks of a unit; None where it has no count."""
    if series is None or unit_id not in series.units:
        return None
    column, size = series.units.index(unit_id), len(series.counts)
    rows = slice(size - 1 - DRAWN.days, size)
    days = [series.day(place) for place in range(size)][rows]
    found = series.found
    counts, expected, limits = (_known(one[rows, column]) for one in (series.counts, found.expected, found.limit))
    return Drawn(days, counts, expected, limits, found.alarm[rows, column].tolist())


def _known(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


@dataclass(frozen=True)
class SmallSignal(Component):
    """Four weeks of counts with the limit of each day, at a glance; the page of the alarm holds the figures."""

    found: Drawn
    label: Text

    template: ClassVar[str] = "surveillance/signal_small.html"

    @property
    def top(self) -> float:
        return max([*(one or 0 for one in (*self.found.counts, *self.found.limits)), 3.0]) * 1.1

    @property
    def width(self) -> int:
        return len(self.found.days) * STEP

    @property
    def bars(self) -> str:
        return self._bars(above=False)

    @property
    def bars_above(self) -> str:
        return self._bars(above=True)

    @property
    def limit(self) -> str:
        """The limit as a line that is broken where a day was not judged."""
        steps, joined = [], False
        for place, limit in enumerate(self.found.limits):
            if limit is not None:
                steps.append(f"{'L' if joined else 'M'}{place * STEP} {self._y(limit)}h{STEP}")
            joined = limit is not None
        return "".join(steps)

    def _bars(self, *, above: bool) -> str:
        rows = zip(self.found.counts, self.found.above, strict=True)
        bars = ((place, count) for place, (count, rang) in enumerate(rows) if count and rang == above)
        return "".join(f"M{place * STEP + 1} {HEIGHT}V{self._y(count)}h{STEP - 2}V{HEIGHT}z" for place, count in bars)

    def _y(self, value: float) -> float:
        return round(HEIGHT * (1 - min(value / self.top, 1.0)), 1)


def chart_of(alarm: Alarm, one: Exceedance, found: Drawn) -> Chart:
    """Counts of one source, what was expected and the limit by day, with the table behind it."""
    return Chart(
        sentence_of(alarm, one),
        _("a day; dark: above its limit; line: the limit; dashes: what was expected"),
        _("Counts by day in four weeks, with the limit above which a day is unusual."),
        _spec(found),
        [_("Day"), _("With the sign"), _("Expected"), _("Limit"), _("Above")],
        [_row(found, place) for place in range(len(found.days))],
        key=f"signal-{one.source}",
    )


def _row(found: Drawn, place: int) -> list[Text]:
    figures = (found.expected[place], found.limits[place])
    shown = [_("not judged") if value is None else number(value, 1, language()) for value in figures]
    count = found.counts[place]
    told = _("no report") if count is None else number(count, 0, language())
    return [day_words(found.days[place], language()), told, *shown, _("above") if found.above[place] else ""]


def _spec(found: Drawn) -> Spec:
    names = [one.isoformat() for one in found.days]
    values = [
        {"on": on, "count": count, "expected": expected, "limit": limit, "above": above}
        for on, count, expected, limit, above in zip(
            names, found.counts, found.expected, found.limits, found.above, strict=True
        )
    ]
    label = "substring(datum.value, 8, 10) + '/' + substring(datum.value, 5, 7)"
    axis = {"values": names[::7], "labelAngle": 0, "labelExpr": label}
    x = {"field": "on", "type": "ordinal", "scale": {"domain": names}, "axis": axis}
    colour = {"condition": {"test": "datum.above", "value": "var(--late)"}, "value": "var(--data)"}
    bars = {"mark": {"type": "bar"}, "encoding": {"x": x, "y": _y("count"), "color": colour}}
    limit = {
        "mark": {"type": "line", "interpolate": "step", "color": "var(--ink2)"},
        "encoding": {"x": x, "y": _y("limit")},
    }
    usual = {
        "mark": {"type": "line", "strokeDash": [4, 3], "color": "var(--ink3)"},
        "encoding": {"x": x, "y": _y("expected")},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "height": 150,
        "layer": [bars, limit, usual],
    }


def _y(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "axis": {"tickCount": 4, "title": None}}
