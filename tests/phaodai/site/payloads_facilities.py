"""What the forms of facilities, beds, staff and rosters send, and whose rows they are."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from phaodai.foundation.formats import sort_key
from phaodai.foundation.scope import SYSTEM, entering

_ROLES = ("command", "office", "head", "epidemiologist", "station", "facility", "front", "auditor")
# Where beds are is known in the province: inside what the officer's unit answers for, partly inside what it only sees.
_FACILITY = dict.fromkeys(_ROLES, ("Mốc bệnh viện Tân Lộc", "", "Mốc bệnh viện Giang Sơn")) | {
    "head": ("Mốc bệnh viện Tân Lộc", "Mốc bệnh viện Phú Khê", "Mốc bệnh viện Giang Sơn"),
    "epidemiologist": ("Mốc bệnh viện Tân Lộc", "Mốc bệnh viện Phú Khê", "Mốc bệnh viện Giang Sơn"),
    "station": ("", "Mốc bệnh viện Tân Lộc", "Mốc bệnh viện Giang Sơn"),
    "facility": ("", "Mốc bệnh viện Tân Lộc", "Mốc bệnh viện Giang Sơn"),
    "front": ("Mốc bệnh viện Phú Khê", "Mốc bệnh viện Tân Lộc", "Mốc bệnh viện Giang Sơn"),
}
# Who works where is known in the area and to the own body.
_WORKER = dict.fromkeys(_ROLES, ("Mốc bệnh viện Tân Lộc y tá", "", "Mốc bệnh viện Giang Sơn y tá")) | {
    **dict.fromkeys(
        ("head", "epidemiologist", "station"), ("Mốc bệnh viện Tân Lộc y tá", "", "Mốc bệnh viện Phú Khê y tá")
    ),
    "facility": ("", "", "Mốc bệnh viện Tân Lộc y tá"),
    "front": ("Mốc bệnh viện Phú Khê y tá", "", "Mốc bệnh viện Tân Lộc y tá"),
}
_BODIES = {
    "Mốc bệnh viện Tân Lộc": "TTTH",
    "Mốc bệnh viện Phú Khê": "UBXPK",
    "Mốc bệnh viện Giang Sơn": "SYTSG",
    "": "",
}
RECORDS: dict[str, dict[str, tuple[str, str, str]]] = {
    **dict.fromkeys(("care-facility", "bed-report", "oxygen-source", "bed-plan"), _FACILITY),
    **dict.fromkeys(("worker", "shift"), _WORKER),
    "bed": {role: tuple(one and f"{sort_key(one)}1" for one in marks) for role, marks in _FACILITY.items()},  # type: ignore[misc]
    "care-team": {role: tuple(_BODIES[one] for one in marks) for role, marks in _FACILITY.items()},  # type: ignore[misc]
}
BY_MARK = {
    "bed": ("care.Bed", "sort_key"),
    "care-facility": ("care.Facility", "name"),
    "bed-report": ("care.BedReport", "facility__name"),
    "oxygen-source": ("care.OxygenSource", "facility__name"),
    "bed-plan": ("care.UpgradePlan", "facility__name"),
    "worker": ("care.Worker", "name"),
    "shift": ("care.Shift", "worker__name"),
    "care-team": ("care.Team", "organisation__code"),
}
PARTS = {
    "co-so-dieu-tri-cell": {"field": "phone"},
    "bao-cao-giuong-cell": {"field": "plain_beds"},
    "ke-hoach-giuong-cell": {"field": "beds"},
    "nhan-luc-cell": {"field": "phone"},
    "doi-y-te-cell": {"field": "name"},
    "ca-truc-bulk": {"verb": "huy"},
}
REPORT = {
    "plain_beds": "20",
    "plain_used": "5",
    "oxygen_beds": "4",
    "oxygen_used": "1",
    "icu_beds": "0",
    "icu_used": "0",
}


def _sheet(head: str, row: str) -> Any:
    return SimpleUploadedFile("danh-sach.csv", f"{head}\n{row}\n".encode(), "text/csv")


def _place(code: str) -> int:
    from phaodai.territory.models import Place

    with entering(SYSTEM):
        return Place.objects.get(code=code).pk


def sent(world: Any, version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    from phaodai.care.models import Shift

    with entering(SYSTEM):
        shift = Shift.objects.get(organisation__code="TTTH").pk
    shift_of_today = {"where": "Chốt số 1", "first_day": "2021-11-27", "starts": "07:00", "hours": "8"}
    return {
        "care-facility-new": {
            "name": "Bệnh viện dã chiến 2", "kind": "field", "tier": "1", "organisation": world.bodies["TTTH"].pk,
            "place": _place("CSDT-98001"), "order_reference": "16/QĐ-UBND",
        },
        "care-facility-deed": {"viec": "oxy", "oxy-name": "Bồn", "oxy-kind": "tank", "oxy-count": "1", "oxy-litres": "9000"},
        "care-bed-report": REPORT,
        "care-people-deed": {"viec": "lap-doi", "doi-name": "Tổ 5", "doi-organisation": world.bodies["TTTH"].pk},
        "care-roster-new": shift_of_today,
        "co-so-dieu-tri-edit": {"version": version, "name": "Mốc bệnh viện", "phone": "0204 111", "keeps_bed_book": "on"},
        "co-so-dieu-tri-cell": {"version": version, "phone": "0204 111"},
        "bao-cao-giuong-create": {"facility": "BV-98001", "day": "23/11/2021", **REPORT},
        "bao-cao-giuong-edit": {"version": version, **REPORT},
        "bao-cao-giuong-cell": {"version": version, "plain_beds": "30"},
        "bao-cao-giuong-import": {"file": _sheet("Cơ sở;Ngày;Giường thường", "BV-98001;23/11/2021;20")},
        "ke-hoach-giuong-edit": {
            "version": version, "ready_on": "01/12/2021", "beds": "6", "doctors": "1", "nurses": "2", "oxygen_flow": "0",
        },
        "ke-hoach-giuong-cell": {"version": version, "beds": "6"},
        "nhan-luc-create": {
            "code": "NV-77", "name": "Lò Văn Bảy", "kind": "staff", "skills": "Điều dưỡng", "organisation": "TTTH",
        },
        "nhan-luc-edit": {"version": version, "name": "Lò Văn Bảy", "kind": "staff", "skills": "Bác sĩ; Lấy mẫu"},
        "nhan-luc-cell": {"version": version, "phone": "0912 000 111"},
        "nhan-luc-import": {"file": _sheet("Mã nhân viên;Họ tên;Đơn vị", "NV-78;Lò Văn Tám;TTTH")},
        "ca-truc-create": {
            "worker": "NV-BV-98001", "where": "Chốt số 1", "starts_at": "27/11/2021 07:00", "ends_at": "27/11/2021 15:00",
        },
        "ca-truc-import": {
            "file": _sheet("Người trực;Nơi trực;Từ;Đến", "NV-BV-98001;Chốt số 1;27/11/2021 07:00;27/11/2021 15:00")
        },
        "ca-truc-bulk": {"row": [shift], "confirmed": "1"},
        "doi-y-te-edit": {"version": version, "name": "Tổ 6"},
        "doi-y-te-cell": {"version": version, "name": "Tổ 6"},
    }  # fmt: skip
