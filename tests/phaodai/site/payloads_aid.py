"""Funds, readiness and mutual aid: which records each role finds inside and outside, what forms send, many rows."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from phaodai.supply.models import (
    AidRequest,
    Donation,
    Fund,
    FundEntry,
    FundHolding,
    NeedMapping,
    ReadinessFigure,
)
from tests.world import World

EVENING = datetime.fromisoformat("2021-11-23T17:00:00+07:00")
Marks = tuple[str, str, str]


def _of(words: str, *, own: bool = False) -> dict[str, Marks]:
    """Something of the province's office, of two districts and of another province; `own` also shows a centre its district."""
    here, mine, near, far = (words % name for name in ("Bình Minh", "Thuận Hòa", "Phú Khê", "Sơn Giang"))
    return {
        "command": ("", here, far),
        "office": (here, near, far),
        "head": (mine, "", near),
        "epidemiologist": ("", mine, near) if own else ("", "", mine),
        **dict.fromkeys(("station", "facility", "front"), ("", "", near)),
        "auditor": ("", here, far),
    }


_ANY_UNIT: dict[str, Marks] = dict.fromkeys(
    ("command", "office", "head", "epidemiologist", "station", "auditor"), ("98001", "", "97001")
) | dict.fromkeys(("facility", "front"), ("", "", "98001"))
_IN_PROVINCE: dict[str, Marks] = {
    role: (f"Mốc diễn tập {name}", "", "Mốc diễn tập Sơn Giang")
    for role, name in {
        **dict.fromkeys(("command", "office", "auditor"), "Bình Minh"),
        **dict.fromkeys(("head", "epidemiologist", "station", "facility", "front"), "Thuận Hòa"),
    }.items()
}
RECORDS: dict[str, dict[str, Marks]] = {
    "fund": _of("Mốc quỹ %s"),
    "donation": _of("Mốc công ty %s"),
    "fund-line": _of("Mốc sổ %s Tiền"),
    "statement": dict.fromkeys(_IN_PROVINCE, ("Mốc quỹ Bình Minh", "", "Mốc quỹ Sơn Giang")),
    "ready-unit": _ANY_UNIT,
    "ready-figure": _of("Mốc giường %s", own=True),
    "mapping": dict.fromkeys(_IN_PROVINCE, ("Mốc quy đổi Bình Minh", "", "Mốc quy đổi Sơn Giang")),
    "drill": _IN_PROVINCE,
    "drill-call": _of("Mốc diễn tập %s", own=True),
    "aid": _of("Mốc tương trợ %s", own=True),
}
BY_MARK = {
    "fund": ("supply.Fund", "name"),
    "donation": ("supply.Donation", "giver_name"),
    "fund-line": ("supply.FundEntry", "words"),
    "statement": ("supply.FundStatement", "fund_name"),
    "ready-unit": ("territory.Unit", "code"),
    "ready-figure": ("supply.ReadinessFigure", "words"),
    "mapping": ("supply.NeedMapping", "note"),
    "drill": ("supply.ReadinessDrill", "title"),
    "drill-call": ("supply.DrillCall", "drill__title"),
    "aid": ("supply.AidRequest", "subject"),
}
PARTS: dict[str, dict[str, str]] = {
    "supply-donation-receipt": {"suffix": "pdf"},
    "quy-doi-cell": {"field": "note"},
    "so-san-sang-cell": {"field": "words"},
}


def _rows(prefix: str) -> dict[str, str]:
    return {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"}


def sheet() -> SimpleUploadedFile:
    """One figure of the district."""
    lines = ("Đơn vị;Số liệu;Số lượng", "980;Xe cứu thương;2")
    return SimpleUploadedFile("so-lieu.csv", "\n".join(lines).encode(), "text/csv")


def sent(world: World, version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    key = str(UUID(int=7_778))
    mapping = {"pillar": "logistics", "item": "TEST-KN", "factor": "2", "down_to": "3"}
    return {
        "supply-funds": {"name": "Quỹ mới", "opened_on": "2021-11-01"},
        "supply-fund-deed": {
            "viec": "chi", "key": key, "quantity": "1.000.000", "purpose": "medicine", "words": "Kít", "decision": "QĐ 1",
            "on": "2021-11-24",
        },
        "supply-donation-new": {
            "key": key, "giver_kind": "person", "giver_name": "Lò Thị Mai", "received_on": "2021-11-24", "money": "500.000",
            **_rows("g"),
        },
        "supply-donation-deed": {"viec": "bien-nhan"},
        "supply-readiness-deed": {"viec": "so-lieu", "key": "ambulances", "quantity": "2"},
        "supply-drills": {"title": "Đếm", "hours": "4", "keys": "beds_tier_2", "unit_ids": str(world.units["98001"].pk)},
        "supply-drill": {"lesson": "Sổ chậm"},
        "supply-drill-answer": {"beds_tier_2": "3"},
        "supply-aid-new": {
            "key": key, "kind": "request", "direction": "in", "partner": "UBND tỉnh bạn", "subject": "Xin gạo",
            **_rows("g"), **_rows("t"), "g-0-name": "Gạo", "g-0-quantity": "100", "g-0-unit": "kg",
        },
        "supply-aid-deed": {"viec": "dong-y"},
        "quy-doi-create": {"key": "protective_sets", **mapping},
        "quy-doi-edit": {"version": version, **mapping},
        "quy-doi-cell": {"version": version, "note": "Định mức của tỉnh"},
        "so-san-sang-create": {"unit": "98001", "key": "ambulances", "quantity": "1"},
        "so-san-sang-edit": {"version": version, "quantity": "4"},
        "so-san-sang-cell": {"version": version, "words": "Đếm lại"},
        "so-san-sang-import": {"file": sheet()},
    }  # fmt: skip


def _office(world: World) -> dict[str, Any]:
    columns: dict[str, Any] = world.bodies["VPTU"].area.columns
    return columns


def _donations(count: int, world: World) -> None:
    fund = Fund.objects.get(name="Mốc quỹ Bình Minh")
    Donation.objects.bulk_create(
        Donation(
            fund=fund, giver_kind="body", giver_name=f"Cơ quan {number}", money=number * 1000, recorded_at=EVENING,
            received_on=date(2021, 1, 1) + timedelta(days=number), key=UUID(int=80_000 + number),
            search_key=f"co quan {number}", **_office(world),
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _entries(count: int, world: World) -> None:
    holding = FundHolding.objects.get(fund__name="Mốc quỹ Bình Minh", kind="money")
    FundEntry.objects.bulk_create(
        FundEntry(
            holding=holding, on=date(2021, 1, 1) + timedelta(days=number), quantity=number, purpose="other",
            words=f"Dòng {number}", recorded_at=EVENING, key=UUID(int=81_000 + number), search_key=f"dong {number}",
            **_office(world),
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _mappings(count: int, world: World) -> None:
    NeedMapping.objects.bulk_create(
        NeedMapping(province_id=world.units["98"].pk, key=f"need_{number:03}", pillar="means", figure="ambulances")
        for number in range(1, count + 1)
    )


def _figures(count: int, world: World) -> None:
    unit = world.units["98001"]
    ReadinessFigure.objects.bulk_create(
        ReadinessFigure(
            unit=unit, pillar="means", key=f"figure_{number:03}", quantity=number, search_key=f"so lieu {number}",
            as_of=EVENING - timedelta(hours=number), **unit.area.columns,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _aid(count: int, world: World) -> None:
    AidRequest.objects.bulk_create(
        AidRequest(
            organisation=world.bodies["VPTU"], kind="offer", direction="in", partner=f"Tỉnh {number}", subject=f"Giúp {number}",
            asked_at=EVENING - timedelta(hours=number), key=UUID(int=82_000 + number), search_key=f"giup {number}",
            **_office(world),
        )
        for number in range(1, count + 1)
    )  # fmt: skip


MAKERS: dict[str, Callable[[int, World], Any]] = {
    "ung-ho": _donations,
    "so-quy": _entries,
    "quy-doi": _mappings,
    "so-san-sang": _figures,
    "so-tuong-tro": _aid,
}
