"""The two charts that every report has: counts by unit, and the daily curve with its forecast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from phaodai.foundation.charts.theme import Spec
from phaodai.foundation.formats import Language, day, number


@dataclass(frozen=True, slots=True)
class Part:
    """One colour of a stacked bar: ``key`` in the counts, what it is called, and its token."""

    key: str
    label: str
    token: str


DONE_DUE_LATE = (Part("done", "xong", "data2"), Part("due", "trong hạn", "band"), Part("late", "trễ", "late"))


def stacked_bars(bars: Mapping[str, Mapping[str, float]], parts: Sequence[Part] = DONE_DUE_LATE) -> Spec:
    """Horizontal bars, one per unit in the given order: ``{"Huyện Thuận Hòa": {"done": 48, "due": 25, "late": 27}}``.

    The label column is cut by nothing; bars are counts of the same thing; the last part is written at the end.
    """
    values = [
        {"unit": unit, "part": part.label, "order": place, "count": counts.get(part.key, 0)}
        for unit, counts in bars.items()
        for place, part in enumerate(parts)
    ]
    colour = {"domain": [part.label for part in parts], "range": [f"var(--{part.token})" for part in parts]}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "height": {"step": 24},
        "mark": {"type": "bar", "height": 12},
        "encoding": {
            "y": {
                "field": "unit",
                "type": "nominal",
                "sort": None,
                "axis": {"labelLimit": 190, "labelColor": "var(--ink)", "labelFontSize": 12},
            },
            "x": {"field": "count", "type": "quantitative", "axis": {"grid": True, "tickMinStep": 1, "format": ",d"}},
            "color": {
                "field": "part",
                "type": "nominal",
                "scale": colour,
                "legend": {"orient": "top", "symbolType": "square"},
            },
            "order": {"field": "order", "type": "quantitative"},
        },
    }


@dataclass(frozen=True, slots=True)
class DailyCount:
    """New cases of a day; ``expected`` is the nowcast of a day whose reports are not all in."""

    on: date
    community: float
    contained: float
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class DailyForecast:
    """Median and the 50% and 95% intervals of a coming day."""

    on: date
    median: float
    low50: float
    high50: float
    low95: float
    high95: float


def daily_curve(
    counts: Sequence[DailyCount],
    forecast: Sequence[DailyForecast] = (),
    events: Sequence[tuple[date, str]] = (),
    *,
    language: Language = "vi",
) -> Spec:
    """New cases a day as stacked bars with the mean of seven days, and the forecast with its 50% and 95% bands."""
    days = [*(count.on for count in counts), *(coming.on for coming in forecast)]
    weekly = [each.isoformat() for each in days[::7]]
    axis = {
        "values": weekly,
        "labelAngle": 0,
        "labelExpr": _DAY_LABEL[language],
        "labelOverlap": True,
        "labelSeparation": 10,
    }
    x = {"field": "on", "type": "ordinal", "scale": {"domain": [each.isoformat() for each in days]}, "axis": axis}
    layers = [*_bands(forecast, x), *_bars(counts, x), *_marks(events, x)]
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "height": 150, "layer": layers}


def daily_rows(counts: Sequence[DailyCount], language: Language = "vi") -> list[list[str]]:
    """The table behind the curve: day, community, contained, sum."""
    return [[day(count.on, language), *(number(figure, 0, language) for figure in _figures(count))] for count in counts]


def _figures(count: DailyCount) -> tuple[float, float, float]:
    return count.community, count.contained, count.community + count.contained


_DAY_LABEL: dict[Language, str] = {
    "vi": "substring(datum.value, 8, 10) + '/' + substring(datum.value, 5, 7)",
    "en": "substring(datum.value, 8, 10) + '.' + substring(datum.value, 5, 7)",
}


def quantity(field: str, **more: Any) -> Spec:
    """The encoding of a number of people, days or things on an upright axis of few marks."""
    return {"field": field, "type": "quantitative", "axis": {"tickCount": 4, "format": ",d"}} | more


def _bars(counts: Sequence[DailyCount], x: Spec) -> list[Spec]:
    rows: list[Spec] = [
        {"on": count.on.isoformat(), "part": part, "count": figure, "order": place, "sum": sum(_figures(count)[:2])}
        for count in counts
        for place, (part, figure) in enumerate((("community", count.community), ("contained", count.contained)))
    ]
    mean = [
        {"on": count.on.isoformat(), "mean": sum(_figures(each)[2] for each in week) / len(week)}
        for place, count in enumerate(counts)
        if (week := counts[max(place - 6, 0) : place + 1]) and place >= 6
    ]
    hollow = [
        {"on": each.on.isoformat(), "low": _figures(each)[2], "high": each.expected}
        for each in counts
        if each.expected and each.expected > _figures(each)[2]
    ]
    colour = {"domain": ["community", "contained"], "range": ["var(--data)", "var(--data2)"]}
    bars = {"x": x, "y": quantity("count", stack=True), "order": {"field": "order"}}
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "bar", "width": {"band": 0.86}},
            "encoding": bars | {"color": {"field": "part", "scale": colour, "legend": None}},
        },
        {
            "data": {"values": hollow},
            "mark": {"type": "bar", "filled": False, "stroke": "var(--data)", "strokeDash": [2, 2], "strokeWidth": 1},
            "encoding": {"x": x, "y": quantity("low"), "y2": {"field": "high"}},
        },
        {
            "data": {"values": mean},
            "mark": {"type": "line", "color": "var(--ink)", "interpolate": "monotone"},
            "encoding": {"x": x, "y": quantity("mean")},
        },
    ]


def _bands(forecast: Sequence[DailyForecast], x: Spec) -> list[Spec]:
    if not forecast:
        return []
    values = [
        {
            "on": each.on.isoformat(),
            "median": each.median,
            "low50": each.low50,
            "high50": each.high50,
            "low95": each.low95,
            "high95": each.high95,
        }
        for each in forecast
    ]
    data = {"values": values}
    areas = [
        {
            "data": data,
            "mark": {"type": "area", "color": f"var(--{token})"},
            "encoding": {"x": x, "y": quantity(f"low{share}"), "y2": {"field": f"high{share}"}},
        }
        for share, token in ((95, "band2"), (50, "band"))
    ]
    median = {
        "data": data,
        "mark": {"type": "line", "color": "var(--act)", "strokeDash": [4, 3]},
        "encoding": {"x": x, "y": quantity("median")},
    }
    last = forecast[-1]
    words = f"{number(last.median, 0)} ({number(last.low95, 0)}–{number(last.high95, 0)})"
    label = {
        "data": {"values": [values[-1] | {"words": words}]},
        "mark": {"type": "text", "align": "right", "dy": -9, "fontWeight": 600},
        "encoding": {"x": x, "y": quantity("median"), "text": {"field": "words"}},
    }
    return [*areas, median, label]


def _marks(events: Sequence[tuple[date, str]], x: Spec) -> list[Spec]:
    """A dashed line for each event with its words on the side that has room, on a line of their own."""
    days = x["scale"]["domain"]
    return [
        layer
        for line, (on, words) in enumerate(events)
        for layer in _marked(
            {"on": on.isoformat(), "words": words}, x, line, early=days.index(on.isoformat()) < len(days) / 3
        )
    ]


def _marked(event: Mapping[str, str], x: Spec, line: int, *, early: bool) -> list[Spec]:
    data = {"values": [event]}
    align, dx = ("left", 4) if early else ("right", -4)
    rule = {
        "data": data,
        "mark": {"type": "rule", "strokeDash": [2, 3], "color": "var(--ink3)"},
        "encoding": {"x": x},
    }
    text = {
        "data": data,
        "mark": {"type": "text", "align": align, "dx": dx, "baseline": "top", "color": "var(--ink2)"},
        "encoding": {"x": x, "y": {"value": 2 + 13 * (line % 3)}, "text": {"field": "words"}},
    }
    return [rule, text]
