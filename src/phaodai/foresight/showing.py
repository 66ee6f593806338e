"""How estimates are said: words, figures with their intervals, marks."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foresight.models import Estimate
from phaodai.foresight.rules.days import Growth
from phaodai.foresight.rules.estimating import FEWEST_CASES, FEWEST_DAYS, FEWEST_TOLD
from phaodai.foundation.components import Component, Content, State, Text
from phaodai.foundation.formats import EN_DASH, day, interval, number
from phaodai.foundation.registers.showing import language

WEEK = 7
PAST_DAYS = 42
SMALL_PAST, SMALL_AHEAD = 28, 14
SMALL_STEP, SMALL_HEIGHT = 5, 60


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
    days = growth.doubling
    if days is None:
        return _("Whether cases rise or fall cannot be told yet")
    about = {"days": number(abs(days), 0, language())}
    if days > 0:
        return _("Cases rise: they double in about %(days)s days") % about
    return _("Cases fall: they halve in about %(days)s days") % about


def next_week(estimate: Estimate) -> tuple[str, str]:
    """Cases of the coming seven days with the 95% interval; a dash and nothing without a forecast."""
    weeks = estimate.figures["weeks"]
    if weeks is None:
        return EN_DASH, ""
    low, median, high = quantiles_of_week(estimate, 0)
    return number(median, 0, language()), interval(low, high, 0, language())


def quantiles_of_week(estimate: Estimate, week: int) -> tuple[float, float, float]:
    """The 2.5, 50 and 97.5% of the cases of a coming week, 0 the next; only for an estimate with a forecast."""
    weeks = estimate.figures["weeks"]
    return _at(weeks, week, 0.025), _at(weeks, week, 0.5), _at(weeks, week, 0.975)


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
        rows.append([day(ends, language()), number(values[2], 0, language()), *interval_words(values)])
    return rows


def interval_words(values: Sequence[float]) -> list[str]:
    """The 50% and the 95% interval of five quantiles."""
    low95, low50, _median, high50, high95 = values
    return [interval(low50, high50, 0, language()), interval(low95, high95, 0, language())]


def last_week(estimate: Estimate) -> float:
    """Cases counted in the last seven days."""
    return sum(count or 0 for count in estimate.figures["counts"][-WEEK:])


def elsewhere_words(estimate: Estimate) -> str | None:
    """How many cases of the last seven days were infected elsewhere: they stand in the curve, and are not forecast."""
    elsewhere = sum(count or 0 for count in estimate.figures["imported"][-WEEK:])
    return _("and %(count)s infected elsewhere") % {"count": number(elsewhere, 0, language())} if elsewhere else None


def warning_mark() -> Component:
    """A unit that left its band."""
    return State(_("above its band"), "late", "warning")


def warned(content: Text, *, is_warned: bool) -> Content:
    """A name with the mark of a warning beside it."""
    return [content, " ", warning_mark()] if is_warned else content
