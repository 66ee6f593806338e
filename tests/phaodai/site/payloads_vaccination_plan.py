"""What a form of the plan of vaccination sends, which of its rows lie inside and outside of whose area, and many of them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from phaodai.foundation.scope import SYSTEM, entering
from tests.world import World

Marks = tuple[str, str, str]

PARTS: dict[str, dict[str, str]] = {
    "buoi-tiem-cell": {"field": "name"},
    "lo-vac-xin-cell": {"field": "certificate"},
    "tu-bao-quan-cell": {"field": "name"},
    "nguoi-tiem-bulk": {"verb": "khong-thay"},
}
# Sessions are known in the whole province, fridges and people on the lists in their area.
_SESSIONS: dict[str, Marks] = {
    "command": ("Tân Lộc", "", "Sơn Giang"),
    "office": ("Tân Lộc", "", "Sơn Giang"),
    "head": ("Tân Lộc", "Phú Khê", "Sơn Giang"),
    "epidemiologist": ("", "Tân Lộc", "Sơn Giang"),
    "station": ("Tân Lộc", "Phú Khê", "Sơn Giang"),
    "facility": ("", "Tân Lộc", "Sơn Giang"),
    "front": ("Phú Khê", "Tân Lộc", "Sơn Giang"),
    "auditor": ("Tân Lộc", "", "Sơn Giang"),
}
_FRIDGES: dict[str, Marks] = {
    "command": ("Tân Lộc", "", "Sơn Giang"),
    "office": ("Tân Lộc", "", "Sơn Giang"),
    "head": ("Tân Lộc", "", "Phú Khê"),
    "epidemiologist": ("", "", "Tân Lộc"),
    "station": ("Tân Lộc", "", "Phú Khê"),
    "facility": ("", "", "Tân Lộc"),
    "front": ("Phú Khê", "", "Tân Lộc"),
    "auditor": ("Tân Lộc", "", "Sơn Giang"),
}
_PEOPLE = {"Tân Lộc": "Tân", "Phú Khê": "Phú", "Sơn Giang": "Giang"}


def _named(marks: dict[str, Marks], words: Callable[[str], str]) -> dict[str, Marks]:
    def one(name: str) -> str:
        return words(name) if name else ""

    return {role: (one(inside), one(partly), one(outside)) for role, (inside, partly, outside) in marks.items()}


RECORDS: dict[str, dict[str, Marks]] = {
    "vaccination-session": _named(_SESSIONS, "Mốc buổi tiêm {}".format),
    "fridge": _named(_FRIDGES, "Mốc tủ lạnh {}".format),
    "list-entry": _named(_FRIDGES, lambda name: f"Mốc Lò Thị {_PEOPLE[name]}"),
    "vaccine-lot": dict.fromkeys(_SESSIONS, ("MOC-98001", "", "MOC-97001")),
}
BY_MARK = {
    "vaccination-session": ("vaccination.Session", "name"),
    "fridge": ("vaccination.ColdPlace", "name"),
    "list-entry": ("vaccination.ListEntry", "full_name"),
    "vaccine-lot": ("vaccination.VaccineLot", "number"),
}


def sent(version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    from phaodai.territory.models import Unit

    unit = Unit.objects.get(code="98001").pk
    hours = {"starts_at": "07:30", "ends_at": "11:00", "teams": 1, "per_hour": 20}
    return {
        "vaccination-plan": {
            "viec": "mo", "unit": unit, "group": "health-workers", "opens_on": "2021-11-24", "document": "KH 12",
        },
        "vaccination-session-new": {"unit": unit, "name": "Trạm y tế", "day": "2021-11-26", **hours},
        "vaccination-session-deed": {"viec": "huy", "reason": "Mưa lũ"},
        "vaccination-lot": {"viec": "giu", "giu-reason": "Lọ có cặn"},
        "vaccination-cold": {"viec": "nhat-ky"},
        "buoi-tiem-edit": {"version": version, "name": "Mốc buổi tiêm", "teams": "2", "per_hour": "20"},
        "buoi-tiem-cell": {"version": version, "name": "Mốc buổi tiêm 2"},
        "lo-vac-xin-edit": {"version": version, "doses_per_vial": "10", "open_hours": "6", "certificate": "GCN 1"},
        "lo-vac-xin-cell": {"version": version, "certificate": "GCN 1"},
        "tu-bao-quan-create": {"name": "Tủ mới", "kind": "fridge", "low": "2", "high": "8"},
        "tu-bao-quan-edit": {"version": version, "name": "Mốc tủ", "low": "2", "high": "8"},
        "tu-bao-quan-cell": {"version": version, "name": "Mốc tủ 1"},
        "nguoi-tiem-bulk": {"row": [_listed()], "confirmed": "1"},
    }  # fmt: skip


def _listed() -> int:
    from phaodai.vaccination.models import ListEntry

    with entering(SYSTEM):
        return ListEntry.objects.get(full_name="Mốc Lò Thị Tân").pk


def _entries(count: int, world: World) -> None:
    from phaodai.vaccination.models import ListEntry

    area = world.units["98001"].area.columns
    ListEntry.objects.bulk_create(
        ListEntry(
            full_name=f"Hà Văn {number}", birth_year=1970, group="workers", rank=13, same_key=f"{number}",
            hamlet=world.units["98001.1"], sort_key=f"{number:04}", search_key=f"ha van {number}", **area,
        )
        for number in range(count)
    )  # fmt: skip


def _sessions(count: int, world: World) -> None:
    from phaodai.vaccination.models import Session

    area = world.units["98001"].area.columns
    Session.objects.bulk_create(
        Session(
            name=f"Điểm {number}", organisation=world.bodies["TYTL"], day=date(2021, 10, 1) + timedelta(days=number % 20),
            sort_key=f"diem {number:04}", search_key=f"diem {number}", **area,
        )
        for number in range(count)
    )  # fmt: skip


def _lots(count: int, world: World) -> None:
    from phaodai.supply.models import Batch
    from phaodai.vaccination.models import VaccineLot

    item, province = Batch.objects.get(number="MOC-98001").item, world.units["98"].pk
    expires_on = date(2022, 5, 1)
    batches = Batch.objects.bulk_create(
        Batch(province_id=province, item=item, number=f"L{number:04}", expires_on=expires_on) for number in range(count)
    )
    VaccineLot.objects.bulk_create(
        VaccineLot(
            province_id=province, batch=batch, product="astrazeneca", number=batch.number, expires_on=expires_on,
            doses_per_vial=10, sort_key=batch.number, search_key=batch.number.lower(),
        )
        for batch in batches
    )  # fmt: skip


def _fridges(count: int, world: World) -> None:
    from phaodai.vaccination.models import ColdPlace

    body = world.bodies["TYTL"]
    ColdPlace.objects.bulk_create(
        ColdPlace(
            name=f"Tủ {number}", kind="fridge", organisation=body, low=2, high=8, sort_key=f"tu {number:04}",
            search_key=f"tu {number}", **body.area.columns,
        )
        for number in range(count)
    )  # fmt: skip


MAKERS: dict[str, Callable[[int, World], Any]] = {
    "nguoi-tiem": _entries,
    "buoi-tiem": _sessions,
    "lo-vac-xin": _lots,
    "tu-bao-quan": _fridges,
}
