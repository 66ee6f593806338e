"""What a form of stock, orders and equipment sends, and which stores lie inside and outside of whose area."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

Marks = tuple[str, str, str]

# Address parts beside the row id.
PARTS: dict[str, dict[str, str]] = {
    "supply-move": {"what": "xuat"},
    "supply-store-part": {"what": "xuat"},
    "mat-hang-cell": {"field": "lead_days"},
    "kho-cell": {"field": "phone"},
    "thiet-bi-cell": {"field": "where"},
}

_NAMES: dict[str, Marks] = {
    "command": ("Tân Lộc", "", "Sơn Giang"),
    "office": ("Tân Lộc", "", "Sơn Giang"),
    "head": ("Tân Lộc", "Phú Khê", "Sơn Giang"),
    "epidemiologist": ("Thuận Hòa", "Tân Lộc", "Sơn Giang"),
    "station": ("Tân Lộc", "Phú Khê", "Sơn Giang"),
    "facility": ("", "Tân Lộc", "Sơn Giang"),
    "front": ("Phú Khê", "Tân Lộc", "Sơn Giang"),
    "auditor": ("Tân Lộc", "", "Sơn Giang"),
}


def _marks(before: str) -> dict[str, Marks]:
    """The rows of the stores' kind: what lies where is known in the whole province."""
    return {role: _of_each(names, f"{before} {{}}".format) for role, names in _NAMES.items()}


def _of_each(names: Marks, mark: Callable[[str], str | None]) -> Marks:
    inside, partly, outside = (mark(name) or "" if name else "" for name in names)
    return inside, partly, outside


_STORES, _MACHINES = _marks("Mốc kho"), _marks("Mốc máy")
# What was done is known in the area, and to who keeps the store.
_BOOKS: dict[str, Marks] = {role: (names[0], "", names[1] or names[2]) for role, names in _STORES.items()}
_BOOKS["facility"] = ("", "", "Mốc kho Tân Lộc")
# The receipts of the story by their keys.
_RECEIPTS = {
    f"Mốc kho {name}": str(UUID(int=number))
    for number, name in enumerate(("Thuận Hòa", "Tân Lộc", "Phú Khê", "Sơn Giang"), 1)
}
# The masks of each store, by what they are found with.
_MASKS = {
    "Mốc kho Thuận Hòa": "kt-yt khau trang y te m01 moc kho thuan hoa ttyt thuan hoa",
    "Mốc kho Tân Lộc": "kt-yt khau trang y te m01 moc kho tan loc tyt tan loc",
    "Mốc kho Phú Khê": "kt-yt khau trang y te m01 moc kho phu khe ubnd xa phu khe",
    "Mốc kho Sơn Giang": "kt-yt hang son giang kt-yt m01 moc kho son giang syt son giang",
}
RECORDS: dict[str, dict[str, Marks]] = {
    "store": _STORES,
    "stock-level": {role: _of_each(names, _MASKS.get) for role, names in _STORES.items()},
    "stock-item": dict.fromkeys(_NAMES, ("Khẩu trang y tế", "", "Hàng Sơn Giang KT-YT")),
    "movement": {role: _of_each(names, _RECEIPTS.get) for role, names in _BOOKS.items()},
    "order": {role: _of_each(names, "Mốc đơn {}".format) for role, names in _BOOKS.items()},
    "equipment": _MACHINES,
}
# Kind -> model and the column that holds the mark.
BY_MARK = {
    "store": ("supply.Store", "name"),
    "stock-level": ("supply.StockLevel", "search_key"),
    "stock-item": ("supply.Item", "name"),
    "movement": ("supply.Movement", "key"),
    "order": ("supply.Order", "reason"),
    "equipment": ("supply.Equipment", "serial"),
}


def sent(version: int, record: Any) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    key = str(UUID(int=77))
    return {
        "supply-store": {"viec": "de-nghi", "key": key},
        "supply-move": {"key": key, "about": "Tổ lấy mẫu", "mat-hang": "KT-YT", "so-luong": "5"},
        "supply-movement": {"viec": "dao", "key": key, "about": "Ghi nhầm"},
        "supply-order": {"viec": "approved"},
        "supply-equipment": {"viec": "tinh-trang", "state": "repair"},
        "supply-redeployments": {"viec": "gui", "row": "0"},
        "mat-hang-create": {"code": "GT", "name": "Găng tay", "unit": "đôi", "kind": "ppe", "lead_days": "7"},
        "mat-hang-edit": {
            "version": version, "name": "Khẩu trang y tế", "unit": "cái", "kind": "ppe", "dated": "on", "lead_days": "5",
        },
        "mat-hang-cell": {"version": version, "lead_days": "5"},
        "kho-create": {"name": "Kho mới", "tier": "district", "organisation": "TTTH"},
        "kho-edit": {"version": version, "name": getattr(record, "name", ""), "tier": "commune", "phone": "0204 111 222"},
        "kho-cell": {"version": version, "phone": "0204 111 222"},
        "thiet-bi-create": {"item": "MTO2", "serial": "S9", "organisation": "TTTH", "origin": "bought"},
        "thiet-bi-edit": {"version": version, "serial": getattr(record, "serial", ""), "origin": "given", "where": "Phòng 2"},
        "thiet-bi-cell": {"version": version, "where": "Phòng 2"},
    }  # fmt: skip
