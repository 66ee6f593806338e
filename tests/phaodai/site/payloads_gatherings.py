"""What the forms of gatherings and checks send, and which records each role finds inside and outside the area."""

from typing import Any
from uuid import UUID

from phaodai.containment.rules.checklists import checklist_for
from tests.world import World

REFERENCE = "M98001CWTH"
BY_MARK: dict[str, tuple[str, str]] = {
    "gathering": ("containment.Gathering", "venue"),
    "gathering-photo": ("containment.GatheringPhoto", "name"),
    "place-check": ("containment.Check", "checklist"),
    "place-check-photo": ("containment.CheckPhoto", "name"),
    "check-finding": ("containment.CheckFinding", "item"),
    "checked-place": ("territory.Place", "code"),
}


def _of_three(words: str) -> dict[str, tuple[str, str, str]]:
    """Something of Tân Lộc, Phú Khê and Sơn Giang: the province sees two, a district or commune its own."""
    mine, near, far = (words % name for name in ("Tân Lộc", "Phú Khê", "Sơn Giang"))
    return {
        **dict.fromkeys(("command", "office", "auditor"), (mine, "", far)),
        **dict.fromkeys(("head", "station"), (mine, "", near)),
        **dict.fromkeys(("epidemiologist", "facility"), ("", "", mine)),
        "front": (near, "", mine),
    }


def _of_places(market: str, school: str) -> dict[str, tuple[str, str, str]]:
    """Something of the market of Tân Lộc, and of the school of Phú Khê."""
    return {
        **dict.fromkeys(("command", "office", "auditor"), (market, "", "")),
        **dict.fromkeys(("head", "station"), (market, "", school)),
        **dict.fromkeys(("epidemiologist", "facility"), ("", "", market)),
        "front": (school, "", market),
    }


RECORDS: dict[str, dict[str, tuple[str, str, str]]] = {
    "gathering": _of_three("Mốc cưới %s"),
    "gathering-photo": _of_three("Mốc %s.jpg"),
    "place-check": _of_places("market", "school"),
    "place-check-photo": _of_places("Mốc Chợ Tân Lộc.jpg", "Mốc Trường Phú Khê.jpg"),
    "check-finding": _of_places("masks", "hands"),
    "checked-place": _of_places("CHO-TL", "TRUONG-PK"),
}
PARTS: dict[str, dict[str, str]] = {
    "gathering-answer": {"reference": REFERENCE},
    "containment-check-code": {"code": "CHO-TL"},
    "ton-tai-5k-cell": {"field": "note"},
}


def sent(world: World, version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    market = checklist_for("market")
    assert market is not None
    return {
        "gathering-announce": {
            "kind": "wedding", "unit": world.units["98001"].pk, "venue": "Sân nhà", "begins_at": "2021-11-27T09:00",
            "ends_at": "2021-11-27T13:00", "expected": "40", "indoors": "no", "organiser_name": "Lò Thị Mai",
            "organiser_phone": "0912 345 678",
        },
        "containment-gathering-rule": {"outcome": "limited", "most": "20", "reason": "Sân nhỏ"},
        "containment-gathering-inspect": {"key": str(UUID(int=41)), "counted": "18", "found": "kept"},
        "containment-check-place": {"key": str(UUID(int=42)), **{one.id: "ok" for one in market.items}},
        "ton-tai-5k-edit": {"version": version, "deadline": "02/12/2021", "note": "Chờ hàng"},
        "ton-tai-5k-cell": {"version": version, "note": "Chờ hàng"},
    }  # fmt: skip
