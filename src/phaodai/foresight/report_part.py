"""What foresight puts into the reports of a unit: the reproduction number and the coming weeks, each with its interval."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.command.report_parts import Figures, ReportPart, add_report_part
from phaodai.command.rules.periods import Period
from phaodai.foresight.models import EarlyWarning, Estimate
from phaodai.foresight.pages.overview import SERVES
from phaodai.foresight.showing import quantiles_of_week
from phaodai.foundation.formats import day, interval, number
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Area

WEEK = timedelta(days=7)
WEEKS_AHEAD = 2


def figures_in(area: Area, period: Period, until: datetime) -> Figures | None:
    """The last estimate of the unit that still serves at the end of the period; None where there is none."""
    del until
    unit = area.commune or area.district or area.province
    known = Estimate.objects.filter(unit=unit, on__gt=period.last - SERVES)
    estimate = known.newest(period.last).first()
    if estimate is None:
        return None
    warned = EarlyWarning.objects.since(period.last, WEEK).filter(**area.narrowing)
    return {
        "on": estimate.on.isoformat(),
        "reproduction": [estimate.reproduction_low, estimate.reproduction, estimate.reproduction_high],
        "weeks": _weeks(estimate),
        "warned": warned.values("unit").distinct().count(),
    }


def _weeks(estimate: Estimate) -> list[list[object]]:
    """Of each coming week its last day and the 2.5, 50 and 97.5% of its cases."""
    if estimate.figures["weeks"] is None:
        return []
    ahead = range(min(WEEKS_AHEAD, len(estimate.figures["weeks"]["quantiles"])))
    ends = [(estimate.last + (week + 1) * WEEK).isoformat() for week in ahead]
    return [[end, *quantiles_of_week(estimate, week)] for week, end in zip(ahead, ends, strict=True)]


def words_of(figures: Figures) -> list[str]:
    """What is expected and how far it may miss; what could not be estimated is said."""
    return [_reproduction(figures), *_expected(figures), _warned(figures)]


def _reproduction(figures: Figures) -> str:
    low, median, high = figures["reproduction"]
    on = day(date.fromisoformat(figures["on"]), language())
    if median is None or low is None or high is None:
        return _("Too few cases on %(day)s for a reproduction number.") % {"day": on}
    return _("Reproduction number R on %(day)s: %(median)s (95%%: %(ends)s).") % {
        "day": on,
        "median": number(median, 2, language()),
        "ends": interval(low, high, 2, language()),
    }


def _expected(figures: Figures) -> list[str]:
    if not figures["weeks"]:
        return [_("No forecast: too few days were counted.")]
    words = _("Expected in the seven days to %(day)s: %(median)s new cases (95%%: %(ends)s).")
    return [
        words
        % {
            "day": day(date.fromisoformat(end), language()),
            "median": number(median, 0, language()),
            "ends": interval(low, high, 0, language()),
        }
        for end, low, median, high in figures["weeks"]
    ]


def _warned(figures: Figures) -> str:
    if not figures["warned"]:
        return _("No unit left the band of its forecast in seven days.")
    return _("Units above the band of their forecast in seven days: %(count)d.") % {"count": figures["warned"]}


add_report_part(
    ReportPart(key="foresight", title=gettext_lazy("Forecast"), place=60, figures=figures_in, words=words_of)
)
