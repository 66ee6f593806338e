"""How estimates are said and drawn: words, figures with their intervals, the small curve, the whole one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foresight.models import Estimate
from phaodai.foresight.rules.days import Growth
from phaodai.foresight.rules.estimating import FEWEST_CASES, FEWEST_DAYS, FEWEST_TOLD
from phaodai.foundation.charts import Chart, DailyCount, DailyForecast, daily_curve
from phaodai.foundation.components import Component, Content, State, Text
from phaodai.foundation.formats import EN_DASH, day, interval, number, short_day
from phaodai.foundation.registers.showing import language

WEEK = 7
PAST_DAYS = 42
SMALL_PAST, SMALL_AHEAD = 28, 14
SMALL_STEP, SMALL_HEIGHT = 5, 60
SURE_GROWTH = 0.0


def unit_url(unit_id: int) -> str:
    """The page of a unit's forecast."""
    return reverse("foresight-unit", args=[unit_id])


def lacking_words(lack: str) -> str:
    """Why something was not estimated, and what would help."""
    words = {
        "reproduction": _("No reproduction number: fewer than %(count)d cases in the last seven days.")
        % {"count": FEWEST_CASES},
        "forecast": _("No forecast: it needs counts of %(count)d days, and one of the last week.")
        % {"count": FEWEST_DAYS},
        "nowcast": _(
            "No correction for late reports: it needs two weeks whose counts were sent day by day, "
            "with %(count)d cases in all."
        )
        % {"count": FEWEST_TOLD},
        "evaluation": _("No score of past forecasts yet: it needs counts of seven weeks, with cases in them."),
    }
    return words[lack]


def reproduction_words(estimate: Estimate) -> tuple[str, str]:
    """R with its 95% interval, each by itself: 1,18 and 1,06–1,31; a dash and nothing where it is not known."""
    if estimate.reproduction is None or estimate.reproduction_low is None or estimate.reproduction_high is None:
        return EN_DASH, ""
    low, high = estimate.reproduction_low, estimate.reproduction_high
    return number(estimate.reproduction, 2, language()), interval(low, high, 2, language())


def certainty_words(estimate: Estimate) -> str:
    """On which side of 1 the reproduction number surely lies."""
    if estimate.reproduction_low is None or estimate.reproduction_high is None:
        return _("too few cases")
    if estimate.reproduction_low > 1:
        return _("surely above 1")
    return _("surely below 1") if estimate.reproduction_high < 1 else _("above or below 1: not clear")


def growth_of(estimate: Estimate) -> Growth | None:
    """The growth that was kept."""
    kept = estimate.figures["growth"]
    return Growth(**kept) if kept else None


def trend_words(estimate: Estimate) -> str:
    """What the counts of two weeks say, as a finding."""
    growth = growth_of(estimate)
    if growth is None:
        none = all(count == 0 for count in estimate.figures["counts"][-2 * WEEK :])
        return _("No case in two weeks") if none else _("Too little data to say whether cases rise or fall")
    days = Growth.doubling(growth.rate)
    if growth.low > SURE_GROWTH and days:
        return _("Cases rise: they double in about %(days)s days") % {"days": number(days, 0, language())}
    if growth.high < SURE_GROWTH and days:
        return _("Cases fall: they halve in about %(days)s days") % {"days": number(-days, 0, language())}
    return _("Whether cases rise or fall cannot be told yet")


def next_week(estimate: Estimate) -> tuple[str, str]:
    """Cases of the coming seven days with the 95% interval; a dash and nothing without a forecast."""
    weeks = estimate.figures["weeks"]
    if weeks is None:
        return EN_DASH, ""
    low, median, high = (_at(weeks, 0, level) for level in (0.025, 0.5, 0.975))
    return number(median, 0, language()), interval(low, high, 0, language())


def _at(weeks: dict[str, Any], week: int, level: float) -> float:
    place = min(range(len(weeks["levels"])), key=lambda one: abs(weeks["levels"][one] - level))
    value: float = weeks["quantiles"][week][place]
    return value


def week_rows(estimate: Estimate) -> list[list[str]]:
    """The coming weeks: last day, median, 50% and 95% interval."""
    weeks = estimate.figures["weeks"] or {"quantiles": []}
    rows = []
    for week in range(len(weeks["quantiles"])):
        ends = estimate.last + timedelta(weeks=week + 1)
        values = [_at(weeks, week, level) for level in (0.025, 0.25, 0.5, 0.75, 0.975)]
        rows.append([day(ends, language()), number(values[2], 0, language()), *_intervals(values)])
    return rows


def _intervals(values: Sequence[float]) -> list[str]:
    """The 50% and the 95% interval of five quantiles."""
    low95, low50, _median, high50, high95 = values
    return [interval(low50, high50, 0, language()), interval(low95, high95, 0, language())]


def last_week(estimate: Estimate) -> float:
    """Cases counted in the last seven days."""
    return sum(count or 0 for count in estimate.figures["counts"][-WEEK:])


def warning_mark() -> Component:
    """A unit that left its band."""
    return State(_("above its band"), "late", "warning")


@dataclass(frozen=True)
class SmallCurve(Component):
    """Four weeks of counts and two of forecast, for comparing units at a glance; the unit's page holds the figures."""

    estimate: Estimate

    template: ClassVar[str] = "foresight/small_curve.html"

    @property
    def past(self) -> list[float | None]:
        return list(self.estimate.figures["counts"][-SMALL_PAST:])

    @property
    def ahead(self) -> list[list[float]]:
        return (self.estimate.figures["forecast"] or [])[:SMALL_AHEAD]

    @property
    def top(self) -> float:
        return max([*(count or 0 for count in self.past), *(row[3] for row in self.ahead), 3.0]) * 1.15

    @property
    def width(self) -> int:
        return (SMALL_PAST + SMALL_AHEAD) * SMALL_STEP

    @property
    def bars(self) -> str:
        """All counts as one path of upright bars."""
        begin = SMALL_PAST - len(self.past)
        bars = ((begin + place, count) for place, count in enumerate(self.past) if count)
        return "".join(f"M{x * SMALL_STEP} {SMALL_HEIGHT}V{self._y(count)}h4V{SMALL_HEIGHT}z" for x, count in bars)

    @property
    def band95(self) -> str:
        return self._band(0, 4)

    @property
    def band50(self) -> str:
        return self._band(1, 3)

    @property
    def median(self) -> str:
        return " ".join(f"{self._x(place)},{self._y(row[2])}" for place, row in enumerate(self.ahead))

    @property
    def label(self) -> str:
        """The drawing in words."""
        cases = number(last_week(self.estimate), 0, language())
        median, ends = next_week(self.estimate)
        about = {"unit": self.estimate.unit.name, "cases": cases, "median": median, "ends": ends}
        return _("%(unit)s: %(cases)s cases in seven days; the next seven: %(median)s (%(ends)s)") % about

    def _band(self, low: int, high: int) -> str:
        there = [f"{self._x(place)},{self._y(row[high])}" for place, row in enumerate(self.ahead)]
        back = [f"{self._x(place)},{self._y(row[low])}" for place, row in enumerate(self.ahead)]
        return " ".join([*there, *reversed(back)])

    def _x(self, place: int) -> int:
        return (SMALL_PAST + place) * SMALL_STEP + 2

    def _y(self, value: float) -> float:
        """Height on the drawing; what is above the top is cut there."""
        return round(SMALL_HEIGHT * (1 - min(value / self.top, 1.0)), 1)


def curve_of(estimate: Estimate, *, ahead: int, title: Text, key: str = "curve") -> Chart:
    """Counts by day with what is still to be reported, and the forecast with its bands."""
    counts, forecast = _counts(estimate), _forecast(estimate, ahead)
    spec = daily_curve(counts, forecast, [(estimate.last, _("last count"))], language=language())
    return Chart(
        title,
        _("dark: in the community; light: infected elsewhere; dashed: with late reports; bands 50% and 95%"),
        _description(estimate),
        spec,
        [_("Day"), _("Cases"), _("With late reports"), _("50% interval"), _("95% interval")],
        [*_past_rows(estimate), *_coming_rows(forecast)],
        key=key,
    )


def _description(estimate: Estimate) -> str:
    median, ends = next_week(estimate)
    about = {"cases": number(last_week(estimate), 0, language()), "median": median, "ends": ends}
    words = _("%(cases)s cases in the last seven days; %(median)s (%(ends)s) expected in the next seven.")
    return words % about if ends else _("%(cases)s cases in the last seven days; no forecast.") % about


def _days(estimate: Estimate) -> list[tuple[date, int]]:
    """The days shown, with their place in the kept counts."""
    size = len(estimate.figures["counts"])
    places = range(max(size - PAST_DAYS, 0), size)
    return [(estimate.first + timedelta(days=place), place) for place in places]


def _now(estimate: Estimate, place: int) -> list[float] | None:
    """What a past day will have been: 2.5%, 50% and 97.5%; None where its count stands or nothing is known."""
    nowcast = estimate.figures["nowcast"]
    at = place - len(estimate.figures["counts"]) + len(nowcast) if nowcast else -1
    if at < 0 or nowcast[at][1] is None:
        return None
    row: list[float] = nowcast[at]
    return row if row[2] > (estimate.figures["counts"][place] or 0) else None


def _counts(estimate: Estimate) -> list[DailyCount]:
    counts, imported = estimate.figures["counts"], estimate.figures["imported"]
    found = []
    for on, place in _days(estimate):
        now = _now(estimate, place)
        found.append(DailyCount(on, counts[place] or 0, imported[place], now[1] + imported[place] if now else None))
    return found


def _forecast(estimate: Estimate, ahead: int) -> list[DailyForecast]:
    rows = (estimate.figures["forecast"] or [])[:ahead]
    return [
        DailyForecast(estimate.on + timedelta(days=place), median, low50, high50, low95, high95)
        for place, (low95, low50, median, high50, high95) in enumerate(rows)
    ]


def _past_rows(estimate: Estimate) -> list[list[Text]]:
    counts = estimate.figures["counts"]
    rows: list[list[Text]] = []
    for on, place in _days(estimate):
        now, count = _now(estimate, place), counts[place]
        told = _("no report") if count is None else number(count, 0, language())
        middle, ends = (number(now[1], 0, language()), interval(now[0], now[2], 0, language())) if now else ("", "")
        rows.append([day(on, language()), told, middle, "", ends])
    return rows


def _coming_rows(forecast: Sequence[DailyForecast]) -> list[list[Text]]:
    return [
        [
            day(one.on, language()),
            _("forecast %(median)s") % {"median": number(one.median, 0, language())},
            "",
            *_intervals((one.low95, one.low50, one.median, one.high50, one.high95)),
        ]
        for one in forecast
    ]


def reproduction_chart(estimate: Estimate) -> Chart | None:
    """The reproduction number by day with its 95% interval."""
    rows = estimate.figures["reproduction"]
    if rows is None:
        return None
    first = estimate.last - timedelta(days=len(rows) - 1)
    known = [(first + timedelta(days=place), row) for place, row in enumerate(rows) if row[1] is not None][-PAST_DAYS:]
    median, ends = reproduction_words(estimate)
    return Chart(
        _("R %(median)s (%(ends)s): %(words)s") % {"median": median, "ends": ends, "words": certainty_words(estimate)},
        _("how many one case infects; mean of seven days, 95% interval"),
        _("Above 1 cases rise, below 1 they fall."),
        _reproduction_spec(known),
        [_("Day"), "R", _("95% interval")],
        [
            [day(on, language()), number(row[1], 2, language()), interval(row[0], row[2], 2, language())]
            for on, row in known
        ],
        key="reproduction",
    )


def _reproduction_spec(known: Sequence[tuple[date, Sequence[float]]]) -> dict[str, Any]:
    values = [
        {"on": short_day(on, language()), "low": row[0], "median": row[1], "high": min(row[2], 6)} for on, row in known
    ]
    axis = {"values": [value["on"] for value in values[::WEEK]], "labelAngle": 0, "labelOverlap": True}
    x = {"field": "on", "type": "ordinal", "sort": None, "axis": axis}
    y: dict[str, Any] = {"field": "median", "type": "quantitative", "axis": {"tickCount": 4}}
    band = {
        "mark": {"type": "area", "color": "var(--band)"},
        "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}},
    }
    line = {"mark": {"type": "line", "color": "var(--act)"}, "encoding": {"x": x, "y": y}}
    one = {
        "data": {"values": [{"one": 1}]},
        "mark": {"type": "rule", "strokeDash": [3, 3], "color": "var(--ink3)"},
        "encoding": {"y": {"field": "one", "type": "quantitative"}},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "height": 150,
        "data": {"values": values},
        "layer": [band, line, one],
    }


def warned(content: Text, *, is_warned: bool) -> Content:
    """A name with the mark of a warning beside it."""
    return [content, " ", warning_mark()] if is_warned else content
