"""Many gatherings, visits and findings, so that their lists have something to page and count."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from phaodai.containment.models import Check, CheckFinding, Gathering
from phaodai.territory.models import Place
from tests.world import World

EVENING = datetime.fromisoformat("2021-11-23T17:00:00+07:00")


def _gatherings(count: int, world: World) -> None:
    unit = world.units["98001"]
    area = unit.area.columns
    Gathering.objects.bulk_create(
        Gathering(
            reference=f"NHIEU{number:05}", kind="meeting", unit=unit, venue=f"Nhà văn hóa {number}", state="answered",
            begins_at=EVENING - timedelta(hours=number), ends_at=EVENING, last_day=EVENING.date(), expected=20 + number,
            outcome="allowed", answered_for=EVENING.date(), search_key=f"nha van hoa {number}", **area,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _places(count: int, world: World) -> list[Place]:
    unit = world.units["98001"]
    area = unit.area.columns
    return Place.objects.bulk_create(
        Place(
            code=f"QUAN-{number}", name=f"Quán {number}", kind="shop", sort_key=f"quan {number:04}",
            search_key=f"quan {number}", **area,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _checks(count: int, world: World) -> list[Check]:
    return Check.objects.bulk_create(
        Check(
            place=place, checklist="restaurant", checklist_version=1, visited_at=EVENING - timedelta(hours=number),
            received_at=EVENING, answers=[], asked=7, failed=0, complies=True, key=UUID(int=10_000 + number),
            province_id=place.province_id, district_id=place.district_id, commune_id=place.commune_id,
        )
        for number, place in enumerate(_places(count, world), 1)
    )  # fmt: skip


def _findings(count: int, world: World) -> None:
    CheckFinding.objects.bulk_create(
        CheckFinding(
            check_made=check, place=check.place, item="hands", words={"vi": "Rửa tay", "en": "Hands"},
            remedy={"vi": "Thêm xà phòng", "en": "Add soap"}, deadline=date(2021, 1, 1) + timedelta(days=number),
            province_id=check.province_id, district_id=check.district_id, commune_id=check.commune_id,
        )
        for number, check in enumerate(_checks(count, world), 1)
    )  # fmt: skip


MAKERS: dict[str, Callable[[int, World], Any]] = {
    "su-kien": _gatherings,
    "luot-kiem-tra": _checks,
    "ton-tai-5k": _findings,
}
