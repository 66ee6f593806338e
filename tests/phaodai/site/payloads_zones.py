"""What a well-meaning officer sends to the pages about lockdown zones."""

from typing import Any
from uuid import UUID

from phaodai.foundation.scope import SYSTEM, entering
from tests.world import World

BY_MARK = {"zone": ("containment.Zone", "name"), "gate-of-zone": ("containment.Gate", "name")}


def _records(mark: str) -> dict[str, tuple[str, str, str]]:
    """Zones and gates are read in the whole province; who answers for the area changes them."""
    own, other, outside = f"{mark} Tân Lộc", f"{mark} Phú Khê", f"{mark} Sơn Giang"
    return {
        **dict.fromkeys(("command", "office", "auditor"), (own, "", outside)),
        **dict.fromkeys(("head", "epidemiologist", "station"), (own, other, outside)),
        "facility": ("", own, outside),
        "front": (other, own, outside),
    }


RECORDS = {"zone": _records("Mốc vùng"), "gate-of-zone": _records("Mốc chốt")}


def _home_inside(zone: Any) -> int:
    """A household of the zone, whoever may see it."""
    with entering(SYSTEM):
        return zone.inside.values_list("household_id", flat=True).first() or 0


def sent(page: str, record: Any, world: World) -> dict[str, Any]:
    """The fields to send to `page`, by its name; nothing for pages of other parts."""
    hamlet = world.units["98001.1"].pk
    fields: dict[str, dict[str, Any]] = {
        "containment-zone-new": {"name": "Ngõ 5", "hamlets": [hamlet]},
        "containment-zone-step": {"step": "prolong", "planned_until": "2021-12-12", "reason": "Ca mới"},
        "containment-zone-reshape": {"step": "shrink", "hamlets": [hamlet], "reason": "Hết nguồn lây"},
        "containment-zone-gates": {"lam": "chot", "chot-name": "Chốt sau"},
        "containment-zone-needs": {"kind": "food", "what": "Gạo", "quantity": "1", "due_on": "2021-11-25", "all": "1"},
        "containment-gate": {"who": "98A-123.45", "direction": "in", "purpose": "food", "key": str(UUID(int=9))},
    }
    if page == "containment-zone-checks":
        return {page: {"household": _home_inside(record), "found": "present", "key": str(UUID(int=8))}}
    return {page: fields[page]} if page in fields else {}
