"""What the forms of doses send, which records each role finds, and many doses for a long list."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.story_vaccination_gaps import REFERENCE
from tests.world import World

EVENING = datetime.fromisoformat("2021-11-23T17:00:00+07:00")
BY_MARK: dict[str, tuple[str, str]] = {
    "dose": ("vaccination.Dose", "full_name"),
    "dose-doubt": ("vaccination.DoseDoubt", "dose__full_name"),
    "dose-session": ("vaccination.Session", "name"),
    "dose-sheet": ("vaccination.DoseSheet", "name"),
    "reaction": ("vaccination.AdverseReaction", "dose__full_name"),
}
PARTS: dict[str, dict[str, str]] = {
    "dose-phone-deed": {"name": "hoi"},
    "dose-deed": {"name": "nghi-ngo"},
    "dose-reaction-deed": {"name": "muc-do"},
    "reaction-report": {"reference": REFERENCE},
}
HERE, NEAR, FAR = ("Mốc mũi tiêm Tân Lộc", "Mốc mũi tiêm Phú Khê", "Mốc mũi tiêm Sơn Giang")
_MINE = {
    **dict.fromkeys(("command", "office", "head", "front", "auditor"), (HERE, "", FAR)),
    # The health centre and the enterprise gave none of these doses, and their area is not theirs to see.
    **dict.fromkeys(("epidemiologist", "facility"), ("", "", HERE)),
    "station": (HERE, "", NEAR),
}
RECORDS: dict[str, dict[str, tuple[str, str, str]]] = {
    **dict.fromkeys(("dose", "dose-doubt", "reaction"), _MINE),
    "dose-session": {
        role: tuple(mark.replace("mũi tiêm", "buổi tiêm") for mark in marks)  # type: ignore[misc]
        for role, marks in _MINE.items()
    },
    "dose-sheet": {
        role: tuple(mark and f"{mark}.xlsx" for mark in marks)  # type: ignore[misc]
        for role, marks in _MINE.items()
    },
}


def sent() -> dict[str, dict[str, Any]]:
    """The fields by page."""
    return {
        "dose-deed": {"settled": "stands", "reason": "Đã xem sổ của trạm"},
        "reaction-report": {"key": "00000000-0000-4000-8000-000000000778", "ordinary": "fever"},
        "dose-sheet-mend": {"o-3-1": "AstraZeneca"},
        "dose-sheet-give-up": {"row": "3"},
        "dose-reaction-deed": {"severity": "moderate", "outcome": "", "treatment": "Uống nước"},
    }


def fill_doses(count: int, world: World) -> None:
    """`count` doses of Tân Lộc, a minute apart."""
    from phaodai.vaccination.models import Dose

    area = world.units["98001"].area.columns
    Dose.objects.bulk_create(
        Dose(
            key=uuid4(), full_name=f"Người {number}", search_key=f"nguoi {number}", identity_key=uuid4(),
            fingerprint=uuid4(), product="astrazeneca", number=1, given_at=EVENING - timedelta(minutes=number),
            given_on=EVENING.date(), source="sheet", received_at=EVENING, **area,
        )
        for number in range(count)
    )  # fmt: skip


MAKERS = {"mui-tiem": fill_doses}
