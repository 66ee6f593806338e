"""A hospital, a treatment area and one of the other province, each with a ward, a bed, oxygen, staff and a shift."""

from datetime import date, datetime, time, timedelta
from typing import Any

from tests.story_surveillance import area_of
from tests.world import World

FACILITIES = (
    # name, commune, run by, kind, tier
    ("Mốc bệnh viện Tân Lộc", "98001", "TTTH", "centre", 2),
    ("Mốc bệnh viện Phú Khê", "98101", "UBXPK", "field", 1),
    ("Mốc bệnh viện Giang Sơn", "97001", "SYTSG", "hospital", 3),
)


def build_facilities(world: World, evening: datetime) -> None:
    """Each by the same hand: what is open, who works there, what is planned and who is lent."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for name, commune, body, kind, tier in FACILITIES:
            facility = _facility(world, name, commune, body, kind, tier)
            _inside(facility, evening)
            _people(facility, evening)


def _facility(world: World, name: str, commune: str, body: str, kind: str, tier: int) -> Any:
    from phaodai.care.models import Facility
    from phaodai.foundation.formats import fold, sort_key
    from phaodai.territory.models import Place

    area = world.units[commune].area.columns
    keys = {"sort_key": sort_key(name), "search_key": fold(name)}
    place = Place.objects.create(code=f"CSDT-{commune}", name=name, kind="health", **keys, **area)
    return Facility.objects.create(
        place=place, code=f"BV-{commune}", name=name, kind=kind, tier=tier, organisation=world.bodies[body],
        opened_on=date(2021, 11, 1), **keys, **area,
    )  # fmt: skip


def _inside(facility: Any, evening: datetime) -> None:
    from phaodai.care.actions.facilities_shared import bed_words
    from phaodai.care.models import Bed, BedReport, FacilityStep, OxygenSource, UpgradePlan, Ward

    area = area_of(facility)
    ward = Ward.objects.create(facility=facility, name="Khoa 1", **area)
    for number, kind in enumerate(("plain", "oxygen"), start=1):
        Bed.objects.create(
            facility=facility, ward=ward, label=f"G{number}", kind=kind, state_since=evening,
            sort_key=f"{facility.sort_key}{number}", search_key=bed_words(facility, f"G{number}"), **area,
        )  # fmt: skip
    numbers = {f"{kind}_{what}": 0 for kind in ("plain", "oxygen", "icu") for what in ("beds", "used")}
    BedReport.objects.create(facility=facility, day=evening.date(), counted_at=evening, **numbers, **area)
    OxygenSource.objects.create(
        facility=facility, kind="cylinder", name="Bình 40 lít", count=10, litres=6000, counted_at=evening, **area
    )
    UpgradePlan.objects.create(
        facility=facility, kind="icu", beds=4, ready_on=date(2021, 12, 1), answers=facility.organisation,
        order_reference="15/QĐ-UBND", **area,
    )  # fmt: skip
    FacilityStep.objects.create(facility=facility, what="opened", order_reference="12/QĐ-UBND", at=evening)


def _people(facility: Any, evening: datetime) -> None:
    from phaodai.care.models import Shift, StaffNeed, Team, TeamLoan, TeamMember, Worker

    body, area = facility.organisation, area_of(facility)
    keys = {"sort_key": facility.sort_key, "search_key": facility.search_key, **area}
    worker = Worker.objects.create(
        code=f"NV-{facility.code}", name=f"{facility.name} y tá", skills=["nurse"], organisation=body, **keys
    )
    team = Team.objects.create(name="Mốc tổ lưu động", organisation=body, leader=worker, **keys)
    TeamMember.objects.create(team=team, worker=worker, since=evening.date())
    TeamLoan.objects.create(
        team=team, to_province="Bắc Ninh", task="Lấy mẫu", people=1, since=date(2021, 12, 1),
        until=date(2021, 12, 5), **area,
    )  # fmt: skip
    StaffNeed.objects.create(
        place=facility.place, skill="nurse", people=2, starts=time(7), hours=8, since=evening.date(), **area
    )
    Shift.objects.create(
        worker=worker, team=team, organisation=body, place=facility.place, where=facility.name,
        starts_at=evening + timedelta(hours=1), ends_at=evening + timedelta(hours=9), **area,
    )  # fmt: skip
