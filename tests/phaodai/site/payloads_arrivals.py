"""What the forms of arrivals, checkpoints and journeys send, and whose records are inside and outside."""

from typing import Any

from phaodai.foundation.scope import SYSTEM, entering
from tests.story_arrivals import REFERENCE
from tests.world import World

PARTS: dict[str, dict[str, str]] = {
    "declaration": {"reference": REFERENCE},
    "chot-cell": {"field": "phone"},
    "nguoi-den-bulk": {"verb": "quyet-dinh"},
}


def sent(world: World, record: Any, version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    traveller = {
        "full_name": "Lò Thị Mới",
        "origin": world.units["97"].pk,
        "destination": world.units["98001"].pk,
    }
    shift = {"name": "Lò Văn Trực", "starts_at": "2021-11-24T18:00", "ends_at": "2021-11-25T06:00"}
    return {
        "declare-journey": traveller | {"travelling_on": "2021-11-25"},
        "declaration-find": {"ma": REFERENCE},
        "containment-checkpoint-record": traveller | {"key": "00000000-0000-4000-8000-000000000777"},
        "containment-checkpoint-phone": {"ma": REFERENCE},
        "containment-checkpoint-duty": shift,
        "containment-arrival-decide": {"outcome": "home", "days": "7", "reason": "Công văn 12/SYT"},
        "nguoi-den-bulk": {"row": _to_decide(), "confirmed": "1", "outcome": "home", "days": "7", "reason": "Công văn 12"},
        "containment-arrival-visit": {"own_room": "on"},
        "containment-arrival-place": {"site": _site(world)},
        "containment-monitoring-watch": {"word": "well"},
        "containment-monitoring-stop": {"reason": "Đã thành F1"},
        "containment-groups": {
            "checkpoint": _gate(),
            "plate": "97B-999.99",
            "expected_at": "2021-11-24T20:00",
            "origin": world.units["97"].pk,
        },
        "containment-group": {"off": _passenger(record)},
        "chot-create": {
            "name": "Chốt mới", "organisation": world.bodies["UBTL"].pk, "kind": "road", "opened_at": "2021-11-24 06:00",
        },
        "chot-edit": {"version": version, "name": "Chốt đổi tên", "kind": "road", "opened_at": "2021-11-20 06:00"},
        "chot-cell": {"version": version, "phone": "0260 3 868 686"},
        "cap-do-noi-di-create": {
            "unit": world.units["970"].pk, "level": "3", "since": "2021-11-22", "source": "Trang của tỉnh",
        },
    }  # fmt: skip


def _site(world: World) -> int:
    """An open site of the commune."""
    from phaodai.containment.models import Site

    with entering(SYSTEM):
        sites = Site.objects.open().filter(commune_id=world.units["98001"].pk)
        return sites.order_by("pk").values_list("pk", flat=True)[0]


def _to_decide() -> list[int]:
    """Everybody who waits for a decision, whoever may see them."""
    from phaodai.containment.models import Arrival

    with entering(SYSTEM):
        return list(Arrival.objects.filter(step="to-decide").values_list("pk", flat=True))


def _gate() -> int:
    from phaodai.containment.models import Checkpoint

    with entering(SYSTEM):
        return Checkpoint.objects.get(organisation__code="TYTL").pk


def _passenger(record: Any) -> int:
    """Who declared to come with the coach."""
    from phaodai.containment.models import ArrivalGroup, Declaration

    if not isinstance(record, ArrivalGroup):
        return 0
    with entering(SYSTEM):
        return Declaration.objects.get(plate=record.plate).pk


def _bound_for(mark: str) -> dict[str, tuple[str, str, str]]:
    """An arrival of Tân Lộc, seen by whose area it lies in; that of Phú Khê or of the other province is outside."""
    khe, giang = "Mốc đến Phú Khê", "Mốc đến Sơn Giang"
    return {
        "command": (mark, "", giang),
        "office": (mark, "", giang),
        "head": (mark, "", khe),
        "epidemiologist": ("", "", mark),
        "station": (mark, "", khe),
        "facility": ("", "", mark),
        "front": ("", "", mark),
        "auditor": (mark, "", giang),
    }


def _gates(loc: str, khe: str, giang: str) -> dict[str, tuple[str, str, str]]:
    """Checkpoints and coaches are known in the whole province."""
    return {
        "command": (loc, "", giang),
        "office": (loc, "", giang),
        "head": (loc, khe, giang),
        "epidemiologist": ("", loc, giang),
        "station": (loc, khe, giang),
        "facility": ("", loc, giang),
        "front": (khe, loc, giang),
        "auditor": (loc, "", giang),
    }


_GATES = _gates("Mốc chốt Tân Lộc", "Mốc chốt Phú Khê", "Mốc chốt Sơn Giang")
RECORDS: dict[str, dict[str, tuple[str, str, str]]] = {
    "arrival": _bound_for("Mốc đến Tân Lộc"),
    "arrival-visit": _bound_for("Mốc thăm Tân Lộc"),
    "arrival-place": _bound_for("Mốc nơi Tân Lộc"),
    "arrival-over": _bound_for("Mốc hết Tân Lộc"),
    "monitoring": _bound_for("Mốc dõi Tân Lộc")
    | dict.fromkeys(("command", "office", "auditor"), ("Mốc dõi Tân Lộc", "", ""))
    | dict.fromkeys(("head", "station"), ("Mốc dõi Tân Lộc", "", "Mốc dõi Phú Khê")),
    "checkpoint": _GATES,
    "coach": _GATES,
    "origin-level": dict.fromkeys(_GATES, ("Mốc cấp Sơn Giang", "", "Mốc cấp Bình Minh")),
}
BY_MARK: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("arrival", "arrival-visit", "arrival-place", "arrival-over"), ("containment.Arrival", "full_name")
    ),
    "monitoring": ("containment.Monitoring", "arrival__full_name"),
    "checkpoint": ("containment.Checkpoint", "name"),
    "coach": ("containment.ArrivalGroup", "checkpoint__name"),
    "origin-level": ("containment.OriginLevel", "source"),
}
