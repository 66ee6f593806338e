"""What beds put into the reports of a unit: taken and free beds by tier, the oldest figure, and oxygen that runs short."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.care.models import Facility, TreatmentTier
from phaodai.care.models.facilities_counts import FacilityNow, facilities_now
from phaodai.care.models.facilities_past import facilities_then
from phaodai.care.rules.facilities import KINDS, joined
from phaodai.care.rules.facilities_past import Then, sources_of
from phaodai.command.report_parts import Figures, ReportPart, add_report_part
from phaodai.command.rules.periods import Period
from phaodai.foundation.clock import VIETNAM, local_day
from phaodai.foundation.formats import moment as at_moment
from phaodai.foundation.formats import number
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Area


def figures_in(area: Area, _period: Period, until: datetime) -> Figures | None:
    """As they stood at that moment, by bed stays or that day's report, whichever says more; and which of the two it was."""
    day = local_day(until)
    open_then = Facility.objects.open_on(day).filter(**area.narrowing)
    listed = list(open_then.select_related("place").order_by("sort_key"))
    if not listed:
        return None
    then = facilities_then(listed, until)
    counted = joined(one.counted for one in then.values())
    return {
        "tiers": {
            str(tier.value): _tier([then[one.pk] for one in listed if one.tier == tier]) for tier in TreatmentTier
        },
        "free": {kind: counted.of(kind).free for kind in KINDS},
        "oldest": counted.counted_at.isoformat() if counted.counted_at else None,
        "sources": asdict(sources_of(one.taken for one in then.values())),
        **_oxygen(facilities_now(listed, until)),
    }


def _tier(then: list[Then]) -> dict[str, int]:
    all_beds = joined(one.counted for one in then).all
    return {"used": all_beds.used, "beds": all_beds.beds}


def _oxygen(now: list[FacilityNow]) -> dict[str, Any]:
    hours = [(one.oxygen.hours, one.facility.name) for one in now if one.oxygen and one.oxygen.hours is not None]
    short = sum(one.oxygen is not None and one.oxygen.alarm for one in now)
    least = min(hours, default=None)
    return {"short_of_oxygen": short, "least_oxygen": [round(least[0], 1), least[1]] if least else None}


def words_of(figures: Figures) -> list[str]:
    """Beds by tier, free beds by kind with the age of the oldest figure, oxygen."""
    said = [_beds_words(figures), _free_words(figures), *_source_words(figures)]
    if figures["least_oxygen"] is not None:
        hours, name = figures["least_oxygen"]
        about = {"count": figures["short_of_oxygen"], "hours": number(hours, 0, language()), "name": name}
        said.append(
            _("Oxygen: %(count)d facilities have less than a day; the least is %(hours)s hours (%(name)s).") % about
        )
    return said


def _beds_words(figures: Figures) -> str:
    tiers = [
        _("%(tier)s %(used)s of %(beds)s")
        % {
            "tier": str(TreatmentTier(int(tier)).label).lower(),
            "used": number(one["used"], 0, language()),
            "beds": number(one["beds"], 0, language()),
        }
        for tier, one in figures["tiers"].items()
    ]
    return _("Beds taken: %(tiers)s.") % {"tiers": "; ".join(tiers)}


def _source_words(figures: Figures) -> list[str]:
    """Nothing for figures that were kept before sources were."""
    sources = figures.get("sources")
    if sources is None:
        return []
    counts = {name: number(value, 0, language()) for name, value in sources.items()}
    said = [_("Counted from bed stays in %(stays)s facilities, from bed reports in %(reports)s.") % counts]
    if sources["apart"]:
        words = _("Where both speak they are %(apart)s patients apart; the larger figure is taken.")
        said.append(words % counts)
    return said


def _free_words(figures: Figures) -> str:
    counts = {kind: number(count, 0, language()) for kind, count in figures["free"].items()}
    oldest = figures["oldest"]
    when = at_moment(datetime.fromisoformat(oldest).astimezone(VIETNAM), language()) if oldest else _("unknown")
    words = _(
        "Free: %(plain)s plain, %(oxygen)s with oxygen, %(icu)s intensive care; the oldest figure is of %(when)s."
    )
    return words % {**counts, "when": when}


add_report_part(
    ReportPart(key="care-beds", title=gettext_lazy("Beds and oxygen"), place=40, figures=figures_in, words=words_of)
)
