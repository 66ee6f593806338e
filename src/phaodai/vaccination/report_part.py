"""What vaccination puts into the reports of a unit: coverage in the words of the directives, and the doses of the period."""

from datetime import date, datetime
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.command.report_parts import Figures, ReportPart, add_report_part
from phaodai.command.rules.periods import Period
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import number, percent
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Area
from phaodai.territory.models import Unit
from phaodai.vaccination.models import CoverageCount
from phaodai.vaccination.models.coverage_figures import coverage_of
from phaodai.vaccination.rules.coverage import POPULATIONS

TOLD = ("adults", "grades-9-12", "grades-6-8")
"""As a directive of December 2021 tells them (Trà Vinh, note 4)."""
NUMBERS = (1, 2)


def figures_in(area: Area, period: Period, until: datetime) -> Figures | None:
    """Doses and people of each population at the end of the period; None where no dose was ever counted."""
    del until
    unit = Unit.objects.filter(pk=area.commune or area.district or area.province or 0).first()
    counts = CoverageCount.objects.filter(on__lte=period.last, **area.narrowing)
    if unit is None or not counts.exists():
        return None
    told = {key: _of_population(unit, key, period.last) for key in TOLD}
    new = counts.filter(on__gte=period.first).aggregate(doses=Sum("doses"))["doses"] or 0
    return {"on": period.last.isoformat(), "new": new, **told}


def _of_population(unit: Unit, key: str, on: date) -> dict[str, list[int | None]]:
    found = coverage_of([unit], POPULATIONS[key], on, NUMBERS)[unit.pk]
    return {str(dose): [covered.given, covered.people.people] for dose, covered in found.items()}


def words_of(figures: Figures) -> list[str]:
    """The sentence of the directives, and the doses of the period."""
    new = _("Doses given in the period: %(count)s.") % {"count": number(figures["new"], 0, language())}
    return [coverage_sentence(figures), new]


def coverage_sentence(figures: Figures) -> str:
    """Everybody of whom at least one dose is known; people without a count have no share, and that is said."""
    pupils = (
        ("grades-9-12", _("pupils of grades 9 to 12")),
        ("grades-6-8", _("pupils of grades 6 to 8")),
    )
    parts = [_adults(figures["adults"]), *(_pupils(figures[key], who) for key, who in pupils if figures[key]["1"][0])]
    on = date.fromisoformat(figures["on"])
    return _("By %(day)s, %(parts)s.") % {"day": day_words(on, language()), "parts": "; ".join(parts)}


def _adults(counts: dict[str, Any]) -> str:
    words = _(
        "people aged 18 and over: %(first)s were given dose 1, %(first_share)s, %(second)s were given dose 2, "
        "%(second_share)s"
    )
    return words % _said(counts)


def _pupils(counts: dict[str, Any], who: str) -> str:
    if not counts["2"][0]:
        return _("%(who)s: %(first)s were given dose 1, %(first_share)s") % {"who": who, **_said(counts)}
    words = _("%(who)s: %(first)s were given dose 1, %(first_share)s, dose 2 %(second)s, %(second_share)s")
    return words % {"who": who, **_said(counts)}


def _said(counts: dict[str, Any]) -> dict[str, str]:
    first, second = counts["1"], counts["2"]
    return {
        "first": number(first[0], 0, language()),
        "first_share": _share(*first),
        "second": number(second[0], 0, language()),
        "second_share": _share(*second),
    }


def _share(given: int, people: int | None) -> str:
    if not people:
        return _("of an unknown number of people")
    return _("reaching %(share)s") % {"share": percent(given / people, 1, language())}


add_report_part(
    ReportPart(key="vaccination", title=gettext_lazy("Vaccination"), place=30, figures=figures_in, words=words_of)
)
