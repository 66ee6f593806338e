"""How estimates are drawn: the small curve for comparing, the whole one with its forecast, the reproduction number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from phaodai.foresight.models import Estimate
from phaodai.foresight.showing import (
    WEEK,
    certainty_words,
    interval_words,
    last_week,
    next_week,
    reproduction_words,
)
from phaodai.foundation.charts import NARROW, WIDE, Chart, DailyCount, DailyForecast, daily_curve
from phaodai.foundation.components import Component, Text
from phaodai.foundation.formats import day, interval, number, short_day
from phaodai.foundation.registers.showing import language

PAST_DAYS = 42
SMALL_PAST, SMALL_AHEAD = 28, 14
SMALL_STEP, SMALL_HEIGHT = 5, 60
HEIGHT, LEFT, FOOT = 180, 30, 20
"""Of the drawing of the reproduction number: its height, the room for its scale and for the days."""
HIGHEST = 5.0
"""What lies above is cut: intervals of few cases would flatten all others."""


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
            *interval_words((one.low95, one.low50, one.median, one.high50, one.high95)),
        ]
        for one in forecast
    ]


@dataclass(frozen=True, slots=True)
class ReproductionChart(Chart):
    """The reproduction number by day, drawn without a library: a page has it at once. `known`: day, then 2.5, 50, 97.5%."""

    known: Sequence[tuple[date, Sequence[float]]] = field(default=())

    @property
    def wide(self) -> SafeString:
        return self._drawn(WIDE)

    @property
    def narrow(self) -> SafeString:
        return self._drawn(NARROW)

    def _drawn(self, width: int) -> SafeString:
        scale = _Scale(len(self.known), width, min(max(row[2] for _on, row in self.known), HIGHEST))
        low, median, high = (
            [scale.point(place, row[at]) for place, (_on, row) in enumerate(self.known)] for at in range(3)
        )
        return format_html(
            '<svg class="reproduction" viewBox="0 0 {} {}" role="img" aria-label="{}">{}<polygon points="{}"/>'
            '<path class="one" d="M{} {}H{}"/><polyline points="{}"/>{}</svg>',
            width, HEIGHT, self.title, scale.levels(), " ".join([*high, *reversed(low)]),
            LEFT, scale.y(1.0), width, " ".join(median), self._days(scale, width),
        )  # fmt: skip

    def _days(self, scale: "_Scale", width: int) -> SafeString:
        every = WEEK if width == WIDE else 2 * WEEK
        labels = [
            (scale.x(place), short_day(self.known[place][0], language())) for place in range(0, scale.days, every)
        ]
        rows = ((x, HEIGHT - 5, words) for x, words in labels)
        return format_html_join("", '<text class="day" x="{}" y="{}">{}</text>', rows)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days and values stand on the drawing."""

    days: int
    width: int
    top: float

    def x(self, place: int) -> float:
        return round(LEFT + 12 + place * (self.width - LEFT - 24) / max(self.days - 1, 1), 1)

    def y(self, value: float) -> float:
        return round((HEIGHT - FOOT) * (1 - min(value / self.top / 1.08, 1.0)) + 4, 1)

    def point(self, place: int, value: float) -> str:
        return f"{self.x(place)},{self.y(value)}"

    def levels(self) -> SafeString:
        """Rules with their values: halves up to 2, whole numbers above."""
        step = 0.5 if self.top <= 2 else 1.0
        values = [step * one for one in range(int(self.top / step) + 1)]
        rows = ((LEFT, self.y(one), self.width, self.y(one) + 4, number(one, 1, language())) for one in values)
        return format_html_join(
            "", '<path class="level" d="M{} {}H{}"/><text class="value" x="24" y="{}">{}</text>', rows
        )


def reproduction_chart(estimate: Estimate) -> Chart | None:
    """The reproduction number by day with its 95% interval."""
    rows = estimate.figures["reproduction"]
    if rows is None:
        return None
    first = estimate.last - timedelta(days=len(rows) - 1)
    known = [(first + timedelta(days=place), row) for place, row in enumerate(rows) if row[1] is not None][-PAST_DAYS:]
    median, ends = reproduction_words(estimate)
    return ReproductionChart(
        _("R %(median)s (%(ends)s): %(words)s") % {"median": median, "ends": ends, "words": certainty_words(estimate)},
        _("how many one case infects; mean of seven days, 95% interval"),
        _("Above 1 cases rise, below 1 they fall."),
        {},
        [_("Day"), "R", _("95% interval")],
        [
            [day(on, language()), number(row[1], 2, language()), interval(row[0], row[2], 2, language())]
            for on, row in known
        ],
        key="reproduction",
        known=known,
    )
