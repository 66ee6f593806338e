"""What the forms of patients and transfers send, which records each role finds, and long lists of them."""

from datetime import datetime, timedelta
from typing import Any

from tests.world import World

EVENING = datetime.fromisoformat("2021-11-23T17:00:00+07:00")
BY_MARK: dict[str, tuple[str, str]] = {
    "patient": ("care.Patient", "initials"),
    "dead": ("care.Patient", "initials"),
    "transfer": ("care.Transfer", "initials"),
    "ambulance": ("care.Ambulance", "crew"),
}
PARTS: dict[str, dict[str, str]] = {"xe-cuu-thuong-cell": {"field": "phone"}}
ROLES = ("command", "office", "head", "epidemiologist", "station", "facility", "front", "auditor")


def _of(kind: str) -> dict[str, tuple[str, str, str]]:
    """In the hospital that the health centre runs; the enterprise's officer runs none."""
    found = dict.fromkeys(ROLES, (f"Mốc {kind} Tân Lộc", "", f"Mốc {kind} Giang Sơn"))
    return found | {"facility": ("", "", f"Mốc {kind} Tân Lộc")}


RECORDS: dict[str, dict[str, tuple[str, str, str]]] = {
    "patient": _of("bệnh nhân"),
    "dead": _of("tử vong"),
    "transfer": _of("chuyển tuyến"),
    # Known in the whole province; mended by whoever runs it.
    "ambulance": {
        **_of("xe"),
        "epidemiologist": ("Mốc xe Tân Lộc", "Mốc xe Phú Khê", "Mốc xe Giang Sơn"),
        **dict.fromkeys(("station", "facility"), ("", "Mốc xe Tân Lộc", "Mốc xe Giang Sơn")),
    },
}


def sent(world: World, version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    from phaodai.care.models import Facility, InsideInfection
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        facility = Facility.objects.get(name="Mốc bệnh viện Tân Lộc").pk
        infection = InsideInfection.objects.get(facility=facility).pk
    car = {"equipment": "oxygen", "crew": "Mốc xe Tân Lộc", "phone": "0204 115"}
    return {
        "care-patient-new": {"facility": facility, "full_name": "Lò Thị Mơ", "reason": "disease"},
        "care-patient-deed": {
            "viec": "kham", "kham-spo2": "97", "kham-support": "none", "kham-severity": "mild", "kham-reason": "Khám",
        },
        "care-death-review": {"direct_cause": "Suy hô hấp"},
        "care-transfers": {"urgency": "b_urgent", "state": "approved", "minutes": "12"},
        "care-transfer-deed": {"viec": "dong-y", "key": "00000000-0000-4000-8000-000000000771"},
        "care-inside": {"infection": infection, "answer": "confirmed", "reason": "Cùng phòng ca khác"},
        "xe-cuu-thuong-create": {**car, "plate": "98A-99999", "organisation": world.bodies["TTTH"].pk},
        "xe-cuu-thuong-edit": {**car, "version": version},
        "xe-cuu-thuong-cell": {"version": version, "phone": "0204 116"},
    }  # fmt: skip


def more_patients(count: int, world: World) -> None:
    """Patients of Tân Lộc who wait for a place."""
    from phaodai.care.models import Patient

    Patient.objects.bulk_create(
        Patient(
            initials=f"L.V.{number} 1980", search_key=f"l v {number}", registered_at=EVENING - timedelta(minutes=number),
            severity="mild", tier=1, **world.units["98001"].area.columns,
        )
        for number in range(count)
    )  # fmt: skip


def more_ambulances(count: int, world: World) -> None:
    """Ambulances of the health centre."""
    from phaodai.care.models import Ambulance

    body = world.bodies["TTTH"]
    Ambulance.objects.bulk_create(
        Ambulance(plate=f"98B-{number:05}", organisation=body, search_key=f"98b-{number:05}", **body.area.columns)
        for number in range(count)
    )


MAKERS = {"benh-nhan": more_patients, "xe-cuu-thuong": more_ambulances}
