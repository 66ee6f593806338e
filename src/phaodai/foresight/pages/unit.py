"""One unit: its curve with forecast, its reproduction number, the coming weeks, what it rests on and how good it was."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.containment.pages.unit import name_of, unit_of
from phaodai.foresight.drawing import curve_of, reproduction_chart
from phaodai.foresight.models import EarlyWarning, Estimate
from phaodai.foresight.pages.scores import score_table
from phaodai.foresight.rules.days import Growth
from phaodai.foresight.rules.estimating import OLDEST, SERIAL_MEAN, SERIAL_SD
from phaodai.foresight.showing import (
    WEEK,
    certainty_words,
    elsewhere_words,
    growth_of,
    lacking_words,
    last_week,
    next_week,
    reproduction_words,
    trend_words,
    week_rows,
)
from phaodai.foundation import clock
from phaodai.foundation.components import Cell, Column, Empty, Fact, Facts, KeyFigure, KeyFigures, Row, Table
from phaodai.foundation.formats import EN_DASH, as_of, interval, number, weekday_and_day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit

AHEAD = 28
WARNED_WITHIN = timedelta(weeks=1)


@page(Permission.FORESIGHT_FORECAST_READ)
def unit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The last estimate of a unit, as it was kept."""
    found = unit_of(actor, pk)
    estimate = Estimate.objects.filter(unit=found).newest(clock.today()).select_related("unit").first()
    return render(request, "foresight/unit.html", {"unit": found, "name": name_of(found)} | _context(found, estimate))


def _context(unit: Unit, estimate: Estimate | None) -> dict[str, Any]:
    counts_url = f"{reverse('so-ca-ngay-list')}?q={unit.bare_name}"
    if estimate is None:
        words = _("Nobody has sent daily counts of this unit, and the line list holds no case of it.")
        return {"empty": Empty(words), "counts_url": counts_url}
    warnings = EarlyWarning.objects.filter(unit=unit).since(clock.today(), WARNED_WITHIN)
    return {
        "estimate": estimate,
        "counts_url": counts_url,
        "old": (clock.today() - estimate.on).days,
        "silent": all(count is None for count in estimate.figures["counts"][-OLDEST:]),
        "trend": trend_words(estimate),
        "figures": _key_figures(estimate),
        "curve": curve_of(estimate, ahead=AHEAD, title=trend_words(estimate)),
        "reproduction": reproduction_chart(estimate),
        "weeks": _weeks(estimate) if estimate.figures["weeks"] else None,
        "scores": score_table(estimate.figures["evaluation"]) if estimate.figures["evaluation"] else None,
        "lacking": [lacking_words(lack) for lack in estimate.lacks],
        "basis": _basis(estimate),
        "warnings": warnings.order_by("-day"),
    }


def _key_figures(estimate: Estimate) -> KeyFigures:
    median, ends = reproduction_words(estimate)
    coming, coming_ends = next_week(estimate)
    yesterday = estimate.figures["counts"][-1]
    return KeyFigures(
        [
            KeyFigure(
                _("Cases on the last day"),
                EN_DASH if yesterday is None else number(yesterday, 0, language()),
                note=_late_reports(estimate),
            ),
            KeyFigure(_("Last seven days"), number(last_week(estimate), 0, language()), note=elsewhere_words(estimate)),
            KeyFigure(
                _("Next seven days"), coming, detail=coming_ends, note=_("95% interval") if coming_ends else None
            ),
            KeyFigure(_("Reproduction number R"), median, detail=ends, note=certainty_words(estimate)),
            _growth_figure(estimate),
        ]
    )


def _late_reports(estimate: Estimate) -> str | None:
    """What the last day will have been once all reports are in."""
    nowcast, count = estimate.figures["nowcast"], estimate.figures["counts"][-1]
    if not nowcast or nowcast[-1][1] is None or nowcast[-1][2] <= (count or 0):
        return None
    low, median, high = nowcast[-1]
    about = {"median": number(median, 0, language()), "ends": interval(low, high, 0, language())}
    return _("%(median)s (%(ends)s) with late reports") % about


def _growth_figure(estimate: Estimate) -> KeyFigure:
    growth = growth_of(estimate)
    if growth is None:
        return KeyFigure(_("Growth a day"), EN_DASH)
    ends = f"{interval(100 * growth.low, 100 * growth.high, 1, language())}%"
    return KeyFigure(
        _("Growth a day"), f"{number(100 * growth.rate, 1, language())}%", detail=ends, note=_growth_words(growth)
    )


def _growth_words(growth: Growth) -> str | None:
    """In how many days cases double or halve, as far as the interval says which of the two."""
    days = growth.doubling
    if days is None:
        return _("rising or falling: not clear")
    about = {"days": number(abs(days), 0, language())}
    if abs(days) >= 10 * WEEK:
        return None
    return (_("doubles in %(days)s days") if days > 0 else _("halves in %(days)s days")) % about


def _weeks(estimate: Estimate) -> Table:
    columns = [
        Column("ends", _("Week ending")),
        Column("median", _("Cases, middle"), numeric=True),
        Column("half", _("50% interval"), numeric=True),
        Column("most", _("95% interval"), numeric=True),
    ]
    rows = [
        Row(str(place), [Cell(row[0]), *(Cell(words, numeric=True) for words in row[1:])])
        for place, row in enumerate(week_rows(estimate))
    ]
    return Table(_("The coming weeks"), columns, rows, element="coming-weeks")


def _basis(estimate: Estimate) -> Facts:
    counts = estimate.figures["counts"]
    known = sum(count is not None for count in counts)
    days = _("%(known)d of %(all)d days were reported") % {"known": known, "all": len(counts)}
    facts = [
        Fact(_("Computed"), as_of(estimate.as_of, language())),
        Fact(_("Last day counted"), weekday_and_day(estimate.last, language())),
        Fact(_("Source"), estimate.get_source_display(), note=days),
        *_methods(estimate),
        Fact(_("Version of the method"), estimate.engine),
    ]
    if estimate.figures["left_out"]:
        facts.append(Fact(_("Cases without a date"), number(estimate.figures["left_out"], 0, language())))
    return Facts(facts)


def _methods(estimate: Estimate) -> list[Fact]:
    """How each figure was made that could be made."""
    serial = {"mean": number(SERIAL_MEAN, 1, language()), "sd": number(SERIAL_SD, 1, language())}
    methods = {
        "nowcast": (_("Late reports"), _("Learned from how late earlier days were reported (Lawless 1994).")),
        "reproduction": ("R", _("Method of Cori 2013; serial interval %(mean)s days, sd %(sd)s.") % serial),
        "forecast": (
            _("Forecast"),
            _("Four simple models, weighted by their past errors; the bands are as wide as past errors were."),
        ),
    }
    return [Fact(*words, wide=True) for figure, words in methods.items() if figure not in estimate.lacks]
