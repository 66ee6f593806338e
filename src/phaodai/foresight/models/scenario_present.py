"""The present that a scenario starts from: people, cases, levels and doses of a unit's communes."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count

from phaodai.care.models import Facility
from phaodai.care.models.facilities_counts import facilities_now
from phaodai.care.rules.facilities import KINDS, together
from phaodai.containment.models import LevelDecision, Site, WeeklyIndicator
from phaodai.containment.models.sites_free import sites_now
from phaodai.foresight.models.estimates import Estimate
from phaodai.foresight.rules.scenario_packs import Present
from phaodai.foundation.clock import VIETNAM
from phaodai.surveillance.models import Membership
from phaodai.territory.models import Place, Tier, Unit

WEEK = 7
SERVES = timedelta(weeks=2)
"""An older estimate, or an older sheet of doses, says nothing of the present."""
DOSES_SERVE = timedelta(weeks=8)
FEWEST_WORKERS = 50
"""A park with fewer names on its rosters has hardly sent them."""


def communes_of(unit: Unit, on: date) -> list[Unit]:
    """The communes of a province or district that stand on a day."""
    rows = Unit.objects.within(unit).as_of(on).tier(Tier.COMMUNE).select_related("parent")
    return list(rows.order_by("sort_key", "code"))


def beginning_of(unit: Unit, on: date) -> dict[str, Any]:
    """What is known of a unit on the morning of a day, as plain values to be kept with a plan.

    Cases are those of the last seven days in the kept estimates, which know the sheets of counts and the line list; they
    carry no person and are open to the whole province.
    """
    communes = communes_of(unit, on)
    ids = [one.pk for one in communes]
    codes = {one.pk: one.code for one in communes}
    cases = _cases(ids, on)
    whole = _cases([unit.pk], on).get(unit.pk, 0)
    return {
        "on": on.isoformat(),
        "communes": [
            {
                "code": one.code,
                "people": one.population or 0,
                "district": one.parent.name if one.parent else "",
                "name": one.name,
            }
            for one in communes
        ],
        "cases": {codes[pk]: count for pk, count in cases.items() if count},
        "rest": max(whole - sum(cases.values()), 0),
        "levels": {codes[pk]: level for pk, level in LevelDecision.objects.levels_on(on, ids).items()},
        "vaccinated": _vaccinated(ids, on),
        **_capacities(unit, on),
    }


def parks_of(unit: Unit, on: date) -> list[dict[str, Any]]:
    """The industrial parks of a unit with as many workers as stand on their rosters on a day."""
    codes = {one.pk: one.code for one in communes_of(unit, on)}
    known = Place.objects.open().filter(kind=Place.Kind.INDUSTRIAL_PARK, commune_id__in=codes)
    listed = Membership.objects.filter(place__in=known, during__contains=on)
    workers = listed.values("place__name", "place__commune_id").annotate(workers=Count("person", distinct=True))
    return [
        {"name": one["place__name"], "commune": codes[commune], "workers": one["workers"]}
        for one in workers.filter(workers__gte=FEWEST_WORKERS).order_by("-workers", "place__name")
        if (commune := one["place__commune_id"]) is not None
    ]


def present_in(beginning: dict[str, Any]) -> Present:
    """What was kept, for the rules."""
    return Present(
        people=sum(one["people"] for one in beginning["communes"]),
        cases=beginning["cases"],
        levels=beginning["levels"],
        rest=beginning["rest"],
        vaccinated=beginning["vaccinated"],
        beds=beginning.get("beds", {}),
        places=beginning.get("places", 0),
    )


def _capacities(unit: Unit, on: date) -> dict[str, Any]:
    """Beds by kind and places in quarantine that are set up in a unit."""
    area, morning = unit.area.narrowing, datetime.combine(on, time(0), tzinfo=VIETNAM)
    facilities = facilities_now(Facility.objects.open().filter(**area), morning)
    sites = sites_now(Site.objects.open().filter(**area), on)
    return {
        "beds": {kind: together(one.counted.of(kind) for one in facilities).beds for kind in KINDS},
        "places": sum(one.capacity.places for one in sites),
    }


def _cases(ids: Sequence[int], on: date) -> dict[int, int]:
    rows = Estimate.objects.filter(unit_id__in=ids, on__gt=on - SERVES).newest(on)
    return {row.unit_id: int(sum(count or 0 for count in row.figures["counts"][-WEEK:])) for row in rows}


def _vaccinated(ids: Sequence[int], on: date) -> float | None:
    """The share of adults with a full course; None where nobody counted.

    Where residents with a full course were not counted, the lower of two shares that were stands for it: adults with one
    dose, and older people with a full course.
    """
    rows = WeeklyIndicator.objects.filter(unit_id__in=ids, week_ending__gt=on - DOSES_SERVE, week_ending__lt=on)
    last = list(rows.order_by("unit_id", "-week_ending").distinct("unit_id"))
    if full := _share([(one.residents_full, one.adults) for one in last]):
        return full
    known = [_share([(one.adults_one_dose, one.adults) for one in last])]
    known += [_share([(one.elderly_full, one.elderly) for one in last])]
    return min((share for share in known if share is not None), default=None)


def _share(counted: Sequence[tuple[int | None, int | None]]) -> float | None:
    """Of the communes that counted both; residents of 12 to 17 may be among the vaccinated, so that it is cut at all."""
    both = [(part, whole) for part, whole in counted if part is not None and whole]
    return round(min(1.0, sum(part for part, _ in both) / sum(whole for _, whole in both)), 4) if both else None
