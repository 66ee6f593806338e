"""Many facilities, beds, reports, sources, plans, people, shifts and teams, so that their lists page and count."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from phaodai.care.models import (
    Bed,
    BedReport,
    Facility,
    OxygenSource,
    Shift,
    Team,
    UpgradePlan,
    Ward,
    Worker,
)
from phaodai.territory.models import Place
from tests.world import World

EVENING = datetime.fromisoformat("2021-11-23T17:00:00+07:00")


def _area(world: World) -> dict[str, Any]:
    return world.units["98001"].area.columns


def _facilities(count: int, world: World) -> list[Facility]:
    area = _area(world)
    places = Place.objects.bulk_create(
        Place(code=f"BV-{number}", name=f"Cơ sở {number}", kind="health", **area) for number in range(count)
    )
    return Facility.objects.bulk_create(
        Facility(
            place=place, code=place.code, name=place.name, kind="field", tier=1, organisation=world.bodies["TTTH"],
            opened_on=date(2021, 11, 1), phone=f"0204 {number:06}", sort_key=f"co so {number:04}",
            search_key=f"co so {number}", **area,
        )
        for number, place in enumerate(places)
    )  # fmt: skip


def _beds(count: int, world: World) -> None:
    facility = _facilities(1, world)[0]
    ward = Ward.objects.create(facility=facility, name="Khoa đông", **_area(world))
    Bed.objects.bulk_create(
        Bed(
            facility=facility,
            ward=ward,
            label=f"T{number}",
            state_since=EVENING,
            sort_key=f"t {number:04}",
            search_key=f"co so 0 t{number}",
            **_area(world),
        )
        for number in range(count)
    )


def _reports(count: int, world: World) -> None:
    facility = _facilities(1, world)[0]
    numbers = {f"{kind}_{what}": 0 for kind in ("plain", "oxygen", "icu") for what in ("beds", "used")}
    BedReport.objects.bulk_create(
        BedReport(
            facility=facility,
            day=date(2021, 1, 1) + timedelta(days=number),
            counted_at=EVENING,
            **numbers,
            **_area(world),
        )
        for number in range(count)
    )


def _sources(count: int, world: World) -> None:
    facility = _facilities(1, world)[0]
    OxygenSource.objects.bulk_create(
        OxygenSource(
            facility=facility, kind="tank", name=f"Bồn {number}", litres=9000, counted_at=EVENING, **_area(world)
        )
        for number in range(count)
    )


def _plans(count: int, world: World) -> None:
    facility = _facilities(1, world)[0]
    UpgradePlan.objects.bulk_create(
        UpgradePlan(
            facility=facility, kind="icu", beds=number + 1, ready_on=date(2021, 12, 1) + timedelta(days=number),
            answers=world.bodies["TTTH"], order_reference=f"{number}/QĐ", **_area(world),
        )
        for number in range(count)
    )  # fmt: skip


def _workers(count: int, world: World) -> list[Worker]:
    return Worker.objects.bulk_create(
        Worker(
            code=f"T-{number}", name=f"Nhân viên {number}", skills=["nurse"], organisation=world.bodies["TTTH"],
            sort_key=f"nv {number:04}", search_key=f"nhan vien {number}", **_area(world),
        )
        for number in range(count)
    )  # fmt: skip


def _shifts(count: int, world: World) -> None:
    Shift.objects.bulk_create(
        Shift(
            worker=worker, organisation=world.bodies["TTTH"], where=f"Chốt {number}",
            starts_at=EVENING + timedelta(hours=number), ends_at=EVENING + timedelta(hours=number + 8), **_area(world),
        )
        for number, worker in enumerate(_workers(count, world))
    )  # fmt: skip


def _teams(count: int, world: World) -> None:
    Team.objects.bulk_create(
        Team(
            name=f"Đội {number}", organisation=world.bodies["TTTH"], sort_key=f"doi {number:04}",
            search_key=f"doi {number}", **_area(world),
        )
        for number in range(count)
    )  # fmt: skip


MAKERS: dict[str, Callable[[int, World], Any]] = {
    "co-so-dieu-tri": _facilities,
    "giuong": _beds,
    "bao-cao-giuong": _reports,
    "nguon-o-xy": _sources,
    "ke-hoach-giuong": _plans,
    "nhan-luc": _workers,
    "ca-truc": _shifts,
    "doi-y-te": _teams,
}
