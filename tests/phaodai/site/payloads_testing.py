"""What the forms of testing send, and which of its records each role finds inside, partly inside and outside."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from phaodai.foundation.scope import SYSTEM, entering
from tests.story_testing import BARCODE, DUE, DUE_ELSEWHERE, ELSEWHERE, POOLED
from tests.world import World

ROLES = ("command", "office", "head", "epidemiologist", "station", "facility", "front", "auditor")
CAMPAIGN, LABORATORY, LABELS = "Mốc đợt xét nghiệm", "Mốc phòng xét nghiệm", "MOC-"

BY_MARK: dict[str, tuple[str, str]] = {
    "campaign": ("surveillance.Campaign", "name"),
    "laboratory": ("surveillance.Laboratory", "name"),
    "labels": ("surveillance.LabelBatch", "prefix"),
    "tube": ("surveillance.Sample", "barcode"),
    "tube-owed": ("surveillance.Sample", "reason"),
}
# A campaign of Tân Lộc is seen by its district and province; its tubes also by the laboratory that they were sent to.
_UNSEEN: dict[str, tuple[str, ...]] = {
    "campaign": ("facility", "front"),
    "tube": ("epidemiologist", "front"),
    "tube-owed": ("epidemiologist", "front"),
}
_MARKS = {
    "campaign": (CAMPAIGN, "Mốc đợt Sơn Giang"),
    "laboratory": (LABORATORY, "Mốc phòng Sơn Giang"),
    "labels": (LABELS, "MSG-"),
    "tube": (BARCODE, ELSEWHERE),
    "tube-owed": (DUE, DUE_ELSEWHERE),
}


def _found(kind: str, role: str) -> tuple[str, str, str]:
    here, elsewhere = _MARKS[kind]
    if kind == "laboratory" and role != "facility":
        return ("", here, elsewhere)
    return ("", "", here) if role in _UNSEEN.get(kind, ()) else (here, "", elsewhere)


RECORDS = {kind: {role: _found(kind, role) for role in ROLES} for kind in _MARKS}


def results() -> SimpleUploadedFile:
    """A sheet of one result."""
    return SimpleUploadedFile("ket-qua.csv", f"Mã ống,Kết quả\n{BARCODE},Âm tính\n".encode(), "text/csv")


def sent(world: World) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    from phaodai.surveillance.models import Laboratory, Sample

    with entering(SYSTEM):
        laboratory = Laboratory.objects.get(name=LABORATORY).pk
        tubes = dict(Sample.objects.exclude(barcode="").values_list("barcode", "pk"))
        person = Sample.objects.get(barcode=BARCODE).person_id
    return {
        "surveillance-campaign-new": {
            "unit": world.units["98001"].pk, "name": "Chợ", "group": "everybody", "target_people": "30",
            "starts_on": "2021-11-24", "ends_on": "2021-11-25", "method": "pcr", "reason": "Ổ dịch",
        },
        "surveillance-labels-add": {"count": "5"},
        "surveillance-sample-take": {"ong": "MOC-0020", "person": person},
        "surveillance-samples-send": {"row": [tubes[POOLED]], "laboratory": laboratory},
        "surveillance-sample-drop": {"reason": "Chuyển đi"},
        "surveillance-results-seen": {"row": [tubes[BARCODE]]},
        "surveillance-sample-reject": {"reason": "leaked"},
        "surveillance-laboratory-receive": {"barcodes": BARCODE},
        "surveillance-laboratory-start": {"row": [tubes[BARCODE]]},
        "surveillance-laboratory-answer": {"barcode": BARCODE, "result": "negative"},
        "surveillance-laboratory-sheet": {"file": results()},
        "surveillance-rapid-read": {"result": "negative"},
    }  # fmt: skip
