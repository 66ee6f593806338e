"""The figures that scenario levels ask for, of a province and its districts on a day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from phaodai.care.models import Facility
from phaodai.care.models.facilities_counts import FacilityNow, facilities_now
from phaodai.care.rules.facilities import together
from phaodai.containment.models import LevelDecision, Site
from phaodai.containment.models.sites_free import SiteNow, sites_now
from phaodai.containment.rules.cohorts import Capacity
from phaodai.foresight.models.estimates import Estimate
from phaodai.foresight.models.warnings import EarlyWarning
from phaodai.foundation.clock import VIETNAM
from phaodai.territory.models import Tier, Unit

WEEK = 7
SERVES = timedelta(days=4)
"""An older estimate triggers nothing."""
SERIOUS = 3
FEWEST = 5
"""Beds or places of which a share is spoken: of fewer, one patient more would be a leap. A working figure."""


def units_of(province_id: int, on: date) -> list[Unit]:
    """The province and its districts: the units whose heads have tasks of scenario levels."""
    rows = Unit.objects.as_of(on).filter(province_id=province_id, tier__in=(Tier.PROVINCE, Tier.DISTRICT))
    return list(rows.order_by("tier", "sort_key", "code"))


def figures_of(province: int, units: Sequence[Unit], on: date) -> dict[int, dict[str, float | None]]:
    """By unit of a province: warnings and cases of a week, the lower end of R, the share of communes at level 3 or 4, and
    the shares taken of beds with oxygen, of intensive care and of places in quarantine."""
    communes = list(Unit.objects.as_of(on).filter(province_id=province).tier(Tier.COMMUNE))
    levels = LevelDecision.objects.levels_on(on, [one.pk for one in communes])
    estimates = Estimate.objects.filter(unit__in=units, on__gt=on - SERVES).newest(on)
    by_unit = {one.unit_id: one for one in estimates}
    warned = list(EarlyWarning.objects.filter(province_id=province).since(on, timedelta(days=WEEK)))
    morning = datetime.combine(on, time(0), tzinfo=VIETNAM)
    beds = facilities_now(Facility.objects.open().filter(province_id=province), morning)
    sites = sites_now(Site.objects.open().filter(province_id=province), on)
    return {
        unit.pk: {
            "warnings": sum(unit.area.holds(one) for one in warned),
            "high_share": _high_share([one for one in communes if unit.area.holds(one)], levels),
            **_taken([one for one in beds if unit.area.holds(one.facility)]),
            **_places([one for one in sites if unit.area.holds(one.site)]),
            **_estimated(by_unit.get(unit.pk), [one for one in communes if unit.area.holds(one)]),
        }
        for unit in units
    }


def _high_share(communes: Sequence[Unit], levels: dict[int, int]) -> float | None:
    known = [levels[one.pk] for one in communes if one.pk in levels]
    return round(sum(level >= SERIOUS for level in known) / len(known), 4) if known else None


def _estimated(estimate: Estimate | None, communes: Sequence[Unit]) -> dict[str, float | None]:
    people = sum(one.population or 0 for one in communes)
    if estimate is None or not people:
        return {"weekly_cases_per_100k": None, "reproduction_low": estimate.reproduction_low if estimate else None}
    cases = sum(count or 0 for count in estimate.figures["counts"][-WEEK:])
    return {
        "weekly_cases_per_100k": round(cases / people * 100_000, 1),
        "reproduction_low": estimate.reproduction_low,
    }


def _taken(facilities: Sequence[FacilityNow]) -> dict[str, float | None]:
    """Of beds that give oxygen, and of those of intensive care alone."""
    intensive = together(one.counted.of("icu") for one in facilities)
    oxygen = intensive + together(one.counted.of("oxygen") for one in facilities)
    return {
        "oxygen_beds_taken": _share(oxygen.used, oxygen.beds),
        "intensive_beds_taken": _share(intensive.used, intensive.beds),
    }


def _places(sites: Sequence[SiteNow]) -> dict[str, float | None]:
    whole = sum((one.capacity for one in sites), Capacity())
    return {"places_taken": _share(whole.taken, whole.places)}


def _share(taken: int, of: int) -> float | None:
    return taken / of if of >= FEWEST else None
