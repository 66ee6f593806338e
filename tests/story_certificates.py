"""Certificates under way and counts of people in three communes: of two districts, and elsewhere."""

from datetime import date, datetime
from typing import Any

from tests.world import World

# The commune, who lives there, whose certificate it is, and the unit that issues it.
PLACES = (
    ("Tân Lộc", "98001", "Tráng A Lộc", "TYTL"),
    ("Phú Khê", "98101", "Vừ Văn Khê", "UBXPK"),
    ("Sơn Giang", "97001", "Lầu Thị Giang", "VPSG"),
)


def build_certificates(world: World, evening: datetime) -> None:
    """A draft and a count of the adults in each."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for number, (name, commune, resident, body) in enumerate(PLACES, 1):
            _draft(f"Mốc chứng nhận {name}", world, commune, resident, body, number, evening)
            _count(f"Mốc mẫu số {name}", world.units[commune], number)
        _withdrawn(world, evening)
        _order(world, evening)


def _draft(mark: str, world: World, commune: str, resident: str, body: str, number: int, evening: datetime) -> None:
    from phaodai.foundation.formats import fold, sort_key
    from phaodai.people.models import Person
    from phaodai.vaccination.models import Certificate, CoverageMark, Revocation

    area: dict[str, Any] = world.units[commune].area.columns
    Certificate.objects.create(
        person=Person.objects.get(full_name=resident), organisation=world.bodies[body], state="drafted",
        code=f"URN:UVCI:01:VN:TEST{number}", full_name=mark, birth="1980", nationality="VN", disease="840539006",
        doses_received=2, dose_number=2, vaccinated_on=date(2021, 11, 20), product="astrazeneca", drafted_at=evening,
        sort_key=sort_key(mark), search_key=fold(mark), **area,
    )  # fmt: skip
    Revocation.objects.create(digest=f"{number:032x}", revoked_at=evening)
    CoverageMark.objects.create(on=date(2021, 11, 20), **area)


def _withdrawn(world: World, evening: datetime) -> None:
    """What the same resident of Tân Lộc had before."""
    from phaodai.vaccination.models import Certificate

    row = Certificate.objects.get(full_name="Mốc chứng nhận Tân Lộc")
    row.pk, row.code, row.full_name = None, "URN:UVCI:01:VN:TESTCU", "Tráng A Lộc"
    row.sort_key, row.search_key = "trang a loc", "trang a loc"
    row.state, row.reason, row.revoked_at = "revoked", "Nhầm ngày sinh", evening
    row.save(force_insert=True)


def _count(mark: str, unit: Any, number: int) -> None:
    from phaodai.vaccination.models import CoverageCount, Denominator

    area: dict[str, Any] = unit.area.columns
    Denominator.objects.create(
        unit=unit, code=unit.code, population="adults", people=4_000 + number, counted_on=date(2021, 11, 1), source=mark,
        **area,
    )  # fmt: skip
    CoverageCount.objects.create(on=date(2021, 11, 20), number=1, band=18, doses=3_000, **area)


def _order(world: World, evening: datetime) -> None:
    from phaodai.vaccination.models import CertificateOrder

    unit = world.units["98001"]
    CertificateOrder.objects.create(
        unit=unit, organisation=world.bodies["TYTL"], officer=world.officers["ngoc"], state="finished", asked_at=evening,
        people=2, issued=0, left_out={"course-open": 2}, ended_at=evening, **unit.area.columns,
    )  # fmt: skip
