"""What the forms of screening send."""

from typing import Any

from phaodai.foundation.scope import SYSTEM, entering

ROUND_CELL = {"field": "name"}


def homes() -> list[int]:
    """The households in the care of a team, whoever may see them."""
    from phaodai.surveillance.models import TeamHousehold

    with entering(SYSTEM):
        return list(TeamHousehold.objects.values_list("household_id", flat=True))


def other_team() -> int:
    """The team of the same commune that has none of them."""
    from phaodai.surveillance.models import Team

    with entering(SYSTEM):
        return Team.objects.get(name="Tổ 3").pk


def sent(version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    return {
        "screening-decline": {"reason": "Đã lấy mẫu hôm qua"},
        "screening-move": {"row": homes(), "team": other_team()},
        "dot-ra-soat-edit": {
            "version": version, "name": "Vòng 1", "starts_on": "2021-11-23", "ends_on": "2021-11-26",
            "target_percent": "95",
        },
        "dot-ra-soat-cell": {"version": version, "name": "Vòng 1"},
    }  # fmt: skip
